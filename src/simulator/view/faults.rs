//! Switches for the platform's misbehaviour.

use super::deed::Deeds;
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::FaultKind},
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};

fn words(kind: FaultKind) -> Key {
    match kind {
        FaultKind::Latency => Key::SimFaultLatency,
        FaultKind::RateLimit => Key::SimFaultRateLimit,
        FaultKind::MonthlyLimit => Key::SimFaultMonthlyLimit,
        FaultKind::ServerError => Key::SimFaultServerError,
        FaultKind::CutBefore => Key::SimFaultCutBefore,
        FaultKind::CutAfter => Key::SimFaultCutAfter,
        FaultKind::DuplicateWebhook => Key::SimFaultDuplicateWebhook,
        FaultKind::LateWebhook => Key::SimFaultLateWebhook,
        FaultKind::ReorderWebhook => Key::SimFaultReorderWebhook,
        FaultKind::ContentPreparing => Key::SimFaultContentPreparing,
        FaultKind::ContentGone => Key::SimFaultContentGone,
    }
}

/// What is switched on, and the form to switch on more.
#[component]
pub fn Faults(
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let faults = Resource::new(move || deeds.version(), |_| api::faults());
    let kind = RwSignal::new(FaultKind::ALL[0].word().to_owned());
    let (path, times, millis) =
        (RwSignal::new(String::new()), RwSignal::new("1".to_owned()), RwSignal::new("1000".to_owned()));
    let switch_on = move |event: SubmitEvent| {
        event.prevent_default();
        let work =
            api::switch_on(kind.get_untracked(), path.get_untracked(), times.get_untracked(), millis.get_untracked());
        deeds.run(work, |()| ());
    };
    let list = move || {
        let faults = faults.get()?.ok()?;
        if faults.is_empty() {
            return Some(view! { <p>{i18n.t(Key::SimNoFaults)}</p> }.into_any());
        }
        let rows = faults.into_iter().map(|fault| {
            let left = fault.remaining.map(|count| i18n.fill(Key::SimTimesLeft, &[("count", &count)]));
            let what = [i18n.t(words(fault.kind)).to_owned(), fault.path.clone(), left.unwrap_or_default()];
            let what: Vec<String> = what.into_iter().filter(|part| !part.is_empty()).collect();
            view! {
                <li class="sim-form__row">
                    <span>{what.join(" · ")}</span>
                    <button
                        class="sim-button"
                        disabled=move || !alive.get()
                        on:click=move |_| deeds.run(api::switch_off(fault.id), |()| ())
                    >
                        {i18n.t(Key::SimSwitchOff)}
                    </button>
                </li>
            }
        });
        Some(view! { <ul class="sim-card__faults">{rows.collect_view()}</ul> }.into_any())
    };
    let input = |id: &'static str, label: Key, value: RwSignal<String>| {
        view! {
            <label for=id>{i18n.t(label)}</label>
            <input
                id=id
                autocomplete="off"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
    };
    view! {
        <section class="sim-card" aria-labelledby="faults">
            <h2 id="faults">{i18n.t(Key::SimFaults)}</h2>
            <p>{i18n.t(Key::SimFaultsMore)}</p>
            <Transition>{list}</Transition>
            <form class="sim-form" on:submit=switch_on>
                <label for="fault-kind">{i18n.t(Key::SimFaultKind)}</label>
                <select id="fault-kind" on:change=move |event| kind.set(event_target_value(&event))>
                    {FaultKind::ALL.map(|kind| {
                        view! { <option value=kind.word()>{i18n.t(words(kind))}</option> }
                    }).collect_view()}
                </select>
                {input("fault-path", Key::SimFaultPath, path)}
                {input("fault-times", Key::SimFaultTimes, times)}
                {input("fault-millis", Key::SimFaultMillis, millis)}
                <button class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimSwitchOn)}
                </button>
            </form>
        </section>
    }
}
