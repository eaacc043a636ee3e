//! Channels, and what has to be pasted into a console; faults.

use super::{
    crowds::Crowds,
    deed::{Deeds, Trouble},
    faults::Faults,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::ChannelCard},
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let deeds = Deeds::live(Signal::stored(String::new()));
    let cards = Resource::new(move || deeds.version(), |_| api::cards());
    let name = RwSignal::new(String::new());
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        deeds.run(api::create_channel(name.get_untracked()), move |()| name.set(String::new()));
    };
    view! {
        <div class="sim__page">
            <h1>{i18n.t(Key::SimChannels)}</h1>
            <p>{i18n.t(Key::SimChannelsMore)}</p>
            <Trouble deeds/>
            <Transition>
                {move || cards.get().and_then(Result::ok).map(|(base, cards)| {
                    cards.into_iter().map(|card| view! { <Card base=base.clone() card deeds/> }).collect_view()
                })}
            </Transition>
            <form class="sim-form sim-card" on:submit=create>
                <h2>{i18n.t(Key::SimNewChannel)}</h2>
                <label for="channel-name">{i18n.t(Key::SimAccountName)}</label>
                <div class="sim-form__row">
                    <input
                        id="channel-name"
                        required=true
                        maxlength="50"
                        autocomplete="off"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <button class="sim-button sim-button--main" disabled=move || !alive.get()>
                        {i18n.t(Key::SimCreate)}
                    </button>
                </div>
            </form>
            <Crowds cards deeds/>
            <Faults deeds/>
        </div>
    }
}

#[component]
fn Card(base: String, card: ChannelCard, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let used = match card.quota {
        Some(quota) => i18n.fill(Key::SimQuota, &[("used", &card.used), ("quota", &quota)]),
        None => i18n.fill(Key::SimNoQuota, &[("used", &card.used)]),
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
            <button class="sim-button sim-button--main" disabled=move || !alive.get()>{i18n.t(Key::UiSave)}</button>
        </form>
    }
}
