//! The form that switches a fault on.

use super::{
    super::deed::Deeds,
    words::{group, more, name},
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{FaultGroup, FaultKind},
    },
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// A labelled field of one line.
fn field(id: &'static str, label: Key, value: RwSignal<String>, numeric: bool) -> impl IntoView {
    view! {
        <div class="fault-form__field">
            <label for=id>{use_i18n().t(label)}</label>
            <input
                id=id
                autocomplete="off"
                inputmode=if numeric { "decimal" } else { "text" }
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// What goes wrong, where, how often and for how long.
#[component]
pub fn FaultForm(
    /// The page's deeds.
    deeds: Deeds,
    /// Ids and names of the channels.
    channels: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let kind = RwSignal::new(FaultKind::ALL[0]);
    let text = |text: &str| RwSignal::new(text.to_owned());
    let (path, channel, percent, times) = (text(""), text(""), text("100"), text("1"));
    let (millis, seconds) = (text("1000"), text(""));
    let switch_on = move |event: SubmitEvent| {
        event.prevent_default();
        let work = api::switch_on(
            kind.get_untracked().word().to_owned(),
            path.get_untracked(),
            channel.get_untracked(),
            percent.get_untracked(),
            times.get_untracked(),
            millis.get_untracked(),
            seconds.get_untracked(),
        );
        deeds.run(work, |()| ());
    };
    let kinds = FaultGroup::ALL.map(|one| {
        let options = FaultKind::ALL.into_iter().filter(|kind| kind.group() == one).map(|kind| {
            view! { <option value=kind.word()>{i18n.t(name(kind))}</option> }
        });
        view! { <optgroup label=i18n.t(group(one))>{options.collect_view()}</optgroup> }
    });
    let choose = move |event| {
        if let Some(chosen) = FaultKind::from_word(&event_target_value(&event)) {
            kind.set(chosen);
        }
    };
    view! {
        <form class="sim-form sim-card" on:submit=switch_on aria-labelledby="fault-new">
            <h2 id="fault-new">{i18n.t(Key::SimFaultsNew)}</h2>
            <div class="fault-form">
                <div class="fault-form__field fault-form__field--wide">
                    <label for="fault-kind">{i18n.t(Key::SimFaultKind)}</label>
                    <select id="fault-kind" aria-describedby="fault-more" on:change=choose>
                        {kinds.into_iter().collect_view()}
                    </select>
                    <p id="fault-more" class="fault__more" aria-live="polite">{move || i18n.t(more(kind.get()))}</p>
                </div>
                <div class="fault-form__field">
                    <label for="fault-channel">{i18n.t(Key::SimFaultChannel)}</label>
                    <select id="fault-channel" on:change=move |event| channel.set(event_target_value(&event))>
                        <option value="">{i18n.t(Key::SimLogAll)}</option>
                        <Transition>
                            <For each=move || channels.get() key=|(id, _)| id.clone() let((id, name))>
                                <option value=id.clone()>{format!("{name} · {id}")}</option>
                            </For>
                        </Transition>
                    </select>
                </div>
                {field("fault-path", Key::SimFaultPath, path, false)}
                {field("fault-percent", Key::SimFaultPercent, percent, true)}
                {field("fault-times", Key::SimFaultTimes, times, true)}
                {field("fault-seconds", Key::SimFaultSeconds, seconds, true)}
                <div class="fault-form__time" hidden=move || !kind.get().takes_time()>
                    {field("fault-millis", Key::SimFaultMillis, millis, true)}
                </div>
            </div>
            <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                {i18n.t(Key::SimSwitchOn)}
            </button>
        </form>
    }
}
