//! The channels, and what has to be pasted into a console.

use super::super::{deed::Deeds, entry::Entry};
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{api, model::ChannelCard},
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// A card for each channel.
#[component]
pub fn Channels(
    /// The address of the API, and the channels.
    cards: Resource<Result<(String, Vec<ChannelCard>), AppError>>,
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let look = move || cards.get().and_then(Result::ok).unwrap_or_default();
    // A card is made anew only when what can be set was changed elsewhere: whoever types into it must not lose
    // that because a message was counted.
    let still = move |card: &ChannelCard| ChannelCard { used: 0, ..card.clone() };
    let used = move |id: String| {
        Signal::derive(move || look().1.iter().find(|card| card.id == id).map_or(0, |card| card.used))
    };
    view! {
        <Transition>
            <For
                each=move || {
                    let (base, cards) = look();
                    cards.iter().map(|card| (base.clone(), still(card))).collect::<Vec<_>>()
                }
                key=|(_, card)| format!("{card:?}")
                let((base, card))
            >
                {
                    let used = used(card.id.clone());
                    view! { <Card base=base.clone() card=card.clone() used deeds/><Entry base card deeds/> }
                }
            </For>
        </Transition>
    }
}

/// One channel: its credentials to copy, and what can be set.
#[component]
fn Card(base: String, card: ChannelCard, used: Signal<u64>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let quota_of = card.quota;
    let used = move || match quota_of {
        Some(quota) => i18n.fill(Key::SimQuota, &[("used", &used.get()), ("quota", &quota)]),
        None => i18n.fill(Key::SimNoQuota, &[("used", &used.get())]),
    };
    let endpoint = RwSignal::new(card.endpoint.clone());
    let quota = RwSignal::new(card.quota.map(|quota| quota.to_string()).unwrap_or_default());
    let active = RwSignal::new(card.active);
    let redelivery = RwSignal::new(card.redelivery);
    let id = card.id.clone();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (endpoint, quota) = (endpoint.get_untracked(), quota.get_untracked());
        let work = api::set_channel(id.clone(), endpoint, active.get_untracked(), redelivery.get_untracked(), quota);
        deeds.run(work, |()| ());
    };
    let field = |suffix: &str| format!("{}-{suffix}", card.id);
    let (endpoint_id, quota_id) = (field("endpoint"), field("quota"));
    view! {
        <form class="sim-form sim-card" on:submit=save>
            <h2>{card.name.clone()} " " <span class="sim-card__id">{card.basic_id.clone()}</span></h2>
            <dl class="sim-card__facts">
                <dt>{i18n.t(Key::SimChannelId)}</dt><dd><code>{card.id.clone()}</code></dd>
                <dt>{i18n.t(Key::SimSecret)}</dt><dd><code>{card.secret.clone()}</code></dd>
                <dt>{i18n.t(Key::SimToken)}</dt><dd><code>{card.token.clone()}</code></dd>
                <dt>{i18n.t(Key::SimBaseUrl)}</dt><dd><code>{base}</code></dd>
            </dl>
            <p>{used}</p>
            <label for=endpoint_id.clone()>{i18n.t(Key::SimEndpoint)}</label>
            <input
                id=endpoint_id
                type="url"
                maxlength="500"
                placeholder=i18n.t(Key::SimNoEndpoint)
                prop:value=move || endpoint.get()
                on:input=move |event| endpoint.set(event_target_value(&event))
            />
            <label for=quota_id.clone()>{i18n.t(Key::SimMonthly)}</label>
            <input
                id=quota_id
                inputmode="numeric"
                prop:value=move || quota.get()
                on:input=move |event| quota.set(event_target_value(&event))
            />
            <label class="sim-form__check">
                <input
                    type="checkbox"
                    prop:checked=move || active.get()
                    on:change=move |event| active.set(event_target_checked(&event))
                />
                {i18n.t(Key::SimUseWebhook)}
            </label>
            <label class="sim-form__check">
                <input
                    type="checkbox"
                    prop:checked=move || redelivery.get()
                    on:change=move |event| redelivery.set(event_target_checked(&event))
                />
                {i18n.t(Key::SimRedelivery)}
            </label>
            <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>{i18n.t(Key::UiSave)}</button>
        </form>
    }
}
