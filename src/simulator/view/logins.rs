//! LINE Login channels on the settings page.

use super::deed::Deeds;
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{ChannelCard, LoginCard},
    },
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Those that there are, and the form to make one.
#[component]
pub fn Logins(
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let logins = Resource::new(move || deeds.version(), |_| api::logins());
    view! {
        <h2>{i18n.t(Key::SimLogins)}</h2>
        <p>{i18n.t(Key::SimLoginsMore)}</p>
        <Transition>
            {move || logins.get().and_then(Result::ok).map(|(cards, accounts)| {
                let new = LoginCard { email: true, ..LoginCard::default() };
                cards
                    .into_iter()
                    .chain([new])
                    .map(|card| view! { <Card card accounts=accounts.clone() deeds/> })
                    .collect_view()
            })}
        </Transition>
    }
}

#[component]
fn Card(card: LoginCard, accounts: Vec<ChannelCard>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let new = card.id.is_empty();
    let field = |suffix: &str| if new { format!("login-{suffix}") } else { format!("login-{}-{suffix}", card.id) };
    let (name, redirects) = (RwSignal::new(card.name.clone()), RwSignal::new(card.redirects.clone()));
    let (provider, linked) = (RwSignal::new(card.provider.clone()), RwSignal::new(card.linked.clone()));
    let (email, native) = (RwSignal::new(card.email), RwSignal::new(card.native));
    let id = card.id.clone();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let card = LoginCard {
            id: id.clone(),
            name: name.get_untracked(),
            redirects: redirects.get_untracked(),
            provider: provider.get_untracked(),
            linked: linked.get_untracked(),
            email: email.get_untracked(),
            native: native.get_untracked(),
            ..LoginCard::default()
        };
        deeds.run(api::set_login(card), |()| ());
    };
    let facts = (!new).then(|| {
        view! {
            <dl class="sim-card__facts">
                <dt>{i18n.t(Key::SimChannelId)}</dt><dd><code>{card.id.clone()}</code></dd>
                <dt>{i18n.t(Key::SimSecret)}</dt><dd><code>{card.secret.clone()}</code></dd>
                {card.apps.clone().into_iter().map(|(url, endpoint)| {
                    view! { <dt>{i18n.t(Key::SimLiffApp)}</dt><dd><code>{url}</code>" → "<code>{endpoint}</code></dd> }
                }).collect_view()}
            </dl>
        }
    });
    let title = if new { i18n.t(Key::SimNewLogin).to_owned() } else { card.name.clone() };
    let (name_id, redirects_id) = (field("name"), field("redirects"));
    let (provider_id, linked_id) = (field("provider"), field("linked"));
    let chosen = card.linked.clone();
    view! {
        <form class="sim-form sim-card" on:submit=save>
            <h3>{title}</h3>
            {facts}
            <label for=name_id.clone()>{i18n.t(Key::SimServiceName)}</label>
            <input
                id=name_id
                required=true
                maxlength="50"
                autocomplete="off"
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
            />
            <label for=redirects_id.clone()>{i18n.t(Key::SimRedirects)}</label>
            <textarea
                id=redirects_id
                rows="3"
                spellcheck="false"
                prop:value=move || redirects.get()
                on:input=move |event| redirects.set(event_target_value(&event))
            ></textarea>
            <label for=linked_id.clone()>{i18n.t(Key::SimLinked)}</label>
            <select id=linked_id on:change=move |event| linked.set(event_target_value(&event))>
                <option value="">{i18n.t(Key::SimNobody)}</option>
                {accounts.into_iter().map(|account| {
                    let selected = account.id == chosen;
                    view! { <option value=account.id selected=selected>{account.name}</option> }
                }).collect_view()}
            </select>
            <label for=provider_id.clone()>{i18n.t(Key::SimProvider)}</label>
            <input
                id=provider_id
                maxlength="50"
                autocomplete="off"
                prop:value=move || provider.get()
                on:input=move |event| provider.set(event_target_value(&event))
            />
            <label class="sim-form__check">
                <input
                    type="checkbox"
                    prop:checked=move || email.get()
                    on:change=move |event| email.set(event_target_checked(&event))
                />
                {i18n.t(Key::SimMayEmail)}
            </label>
            <label class="sim-form__check">
                <input
                    type="checkbox"
                    prop:checked=move || native.get()
                    on:change=move |event| native.set(event_target_checked(&event))
                />
                {i18n.t(Key::SimNative)}
            </label>
            <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                {i18n.t(if new { Key::SimCreate } else { Key::UiSave })}
            </button>
        </form>
    }
}
