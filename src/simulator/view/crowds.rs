//! Friends by the thousand: the form that makes them, and how far they are.

use super::deed::Deeds;
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{ChannelCard, CrowdCard, CrowdWish},
    },
    ui::{Progress, hydrated},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Languages under their own names; the first is all of them.
const LANGUAGES: [(&str, &str); 4] = [("ja", "日本語"), ("th", "ไทย"), ("zh", "繁體中文"), ("en", "English")];

/// 1234567 as 1,234,567.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first % 3 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A field with a label above it.
fn field(id: &'static str, label: &'static str, numeric: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="sim-form__field">
            <label for=id>{label}</label>
            <input
                id=id
                inputmode=numeric
                autocomplete="off"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// What there is, and the form to make more.
#[component]
pub fn Crowds(
    /// The address of the API, and the channels.
    cards: Resource<Result<(String, Vec<ChannelCard>), AppError>>,
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let crowds = Resource::new(move || deeds.version(), |_| api::crowds());
    let text = |text: &str| RwSignal::new(text.to_owned());
    let (channel, count, language, seed) = (text(""), text("10000"), text(""), text("1"));
    let (open, click, answer, block, menu) = (text("60"), text("20"), text("0.5"), text("0.1"), text("2"));
    let (webhooks, announce) = (RwSignal::new(true), RwSignal::new(false));
    // Which crowd is about to be removed.
    let sure = RwSignal::new(None::<u16>);
    let channels = move || cards.get().and_then(Result::ok).map(|(_, cards)| cards).unwrap_or_default();
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let wish = CrowdWish {
            channel: channel.get_untracked(),
            count: count.get_untracked(),
            language: language.get_untracked(),
            seed: seed.get_untracked(),
            rates: [open, click, answer, block, menu].map(|rate| rate.get_untracked()),
            webhooks: webhooks.get_untracked(),
            announce: announce.get_untracked(),
        };
        deeds.run(api::create_crowd(wish), |()| ());
    };
    let check = |label: Key, value: RwSignal<bool>| {
        view! {
            <label class="sim-form__check">
                <input
                    type="checkbox"
                    prop:checked=move || value.get()
                    on:change=move |event| value.set(event_target_checked(&event))
                />
                {i18n.t(label)}
            </label>
        }
    };
    let list = move || {
        let crowds = crowds.get()?.ok()?;
        if crowds.is_empty() {
            return Some(view! { <p>{i18n.t(Key::SimCrowdNone)}</p> }.into_any());
        }
        let rows = crowds.into_iter().map(|crowd| view! { <Row crowd deeds sure/> });
        Some(view! { <ul class="sim-card__faults">{rows.collect_view()}</ul> }.into_any())
    };
    view! {
        <section class="sim-card" aria-labelledby="crowds">
            <h2 id="crowds">{i18n.t(Key::SimCrowds)}</h2>
            <p>{i18n.t(Key::SimCrowdsMore)}</p>
            <Transition>{list}</Transition>
            <form class="sim-form" on:submit=create>
                <div class="sim-form__grid">
                    <div class="sim-form__field">
                        <label for="crowd-channel">{i18n.t(Key::SimCrowdFor)}</label>
                        <Transition>
                            {move || {
                                let options = channels().into_iter().map(|card| {
                                    let chosen = channel.with_untracked(|chosen| *chosen == card.id);
                                    view! { <option value=card.id selected=chosen>{card.name}</option> }
                                });
                                view! {
                                    <select
                                        id="crowd-channel"
                                        on:change=move |event| channel.set(event_target_value(&event))
                                    >
                                        {options.collect_view()}
                                    </select>
                                }
                            }}
                        </Transition>
                    </div>
                    {field("crowd-count", i18n.t(Key::SimCrowdCount), "numeric", count)}
                    <div class="sim-form__field">
                        <label for="crowd-language">{i18n.t(Key::SimCrowdLanguage)}</label>
                        <select id="crowd-language" on:change=move |event| language.set(event_target_value(&event))>
                            <option value="">{i18n.t(Key::SimCrowdMixed)}</option>
                            {LANGUAGES.map(|(tag, name)| view! { <option value=tag>{name}</option> }).collect_view()}
                        </select>
                    </div>
                    {field("crowd-seed", i18n.t(Key::SimCrowdSeed), "numeric", seed)}
                </div>
                <fieldset class="sim-form__grid">
                    <legend>{i18n.t(Key::SimCrowdRates)}</legend>
                    {field("crowd-open", i18n.t(Key::SimCrowdOpen), "decimal", open)}
                    {field("crowd-click", i18n.t(Key::SimCrowdClick), "decimal", click)}
                    {field("crowd-answer", i18n.t(Key::SimCrowdAnswer), "decimal", answer)}
                    {field("crowd-block", i18n.t(Key::SimCrowdBlock), "decimal", block)}
                    {field("crowd-menu", i18n.t(Key::SimCrowdMenu), "decimal", menu)}
                </fieldset>
                {check(Key::SimCrowdWebhooks, webhooks)}
                {check(Key::SimCrowdAnnounce, announce)}
                <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimCrowdMake)}
                </button>
            </form>
        </section>
    }
}

/// One crowd, and how far it is.
#[component]
fn Row(crowd: CrowdCard, deeds: Deeds, sure: RwSignal<Option<u16>>) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let number = crowd.number;
    let remove = move |_| {
        if sure.get_untracked() == Some(number) {
            sure.set(None);
            deeds.run(api::remove_crowd(number), |()| ());
        } else {
            sure.set(Some(number));
        }
    };
    let asked = move || sure.get() == Some(number);
    let count = grouped(u64::from(crowd.count));
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("name", &crowd.name), ("count", &count), ("reach", &grouped(crowd.reach))];
    let line = i18n.fill(Key::SimCrowdLine, &values);
    let told = crowd.told.filter(|told| *told < crowd.count).map(|told| {
        let words = i18n.fill(Key::SimCrowdTold, &[("told", &grouped(u64::from(told))), ("count", &count)]);
        let part = f64::from(told) / f64::from(crowd.count);
        view! { <p>{words.clone()}</p> <Progress part=Signal::stored(part) label=words/> }
    });
    let waiting = (crowd.waiting > 0).then(|| {
        let waiting = grouped(u64::try_from(crowd.waiting).unwrap_or_default());
        view! { <p>{i18n.fill(Key::SimCrowdWaiting, &[("count", &waiting)])}</p> }
    });
    view! {
        <li>
            <p>{line}</p>
            {told}
            {waiting}
            <p role="status">{move || asked().then(|| i18n.t(Key::SimCrowdSure))}</p>
            <div class="sim-card__buttons">
                <button
                    type="button"
                    class="sim-button"
                    class:sim-button--danger=asked
                    disabled=move || !alive.get()
                    on:click=remove
                >
                    {i18n.t(Key::SimCrowdRemove)}
                </button>
                {move || asked().then(|| view! {
                    <button type="button" class="sim-button" on:click=move |_| sure.set(None)>
                        {i18n.t(Key::UiCancel)}
                    </button>
                })}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        let all = [0, 12, 999, 1_000, 12_345, 123_456, 1_000_000].map(grouped);
        assert_eq!(all, ["0", "12", "999", "1,000", "12,345", "123,456", "1,000,000"]);
    }
}
