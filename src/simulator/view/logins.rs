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
    let new = RwSignal::new(0_u32);
    // What is being typed must outlive whatever happens on the page: a form is made once for its channel, and what
    // may change beside its fields is read by parts.
    let known = RwSignal::new(Default::default());
    Effect::new(move |_| {
        if let Some(Ok(read)) = logins.get() {
            known.set(read);
        }
    });
    let ids = Memo::new(move |_| known.with(|(cards, _)| cards.iter().map(|card| card.id.clone()).collect::<Vec<_>>()));
    let accounts = Memo::new(move |_| known.with(|(_, accounts)| accounts.clone()));
    let card =
        move |id: &str| known.with(|(cards, _)| cards.iter().find(|card| card.id == id).cloned()).unwrap_or_default();
    view! {
        <h2>{i18n.t(Key::SimLogins)}</h2>
        <p>{i18n.t(Key::SimLoginsMore)}</p>
        <For each=move || ids.get() key=String::clone let:id>
            {
                let begun = untrack(|| card(&id));
                let facts = Memo::new(move |_| card(&id));
                view! { <Card begun facts=Some(facts) accounts deeds made=new/> }
            }
        </For>
        // Begun anew once one was made.
        <For each=move || [new.get()] key=|count| *count let:_count>
            <Card begun=LoginCard { email: true, ..LoginCard::default() } facts=None accounts deeds made=new/>
        </For>
    }
}

#[component]
fn Card(
    /// What the fields begin with.
    begun: LoginCard,
    /// The channel as it is now; none for the form that makes one.
    facts: Option<Memo<LoginCard>>,
    /// Accounts to link it with.
    accounts: Memo<Vec<ChannelCard>>,
    /// The page's deeds.
    deeds: Deeds,
    /// Counts up with each that was made.
    made: RwSignal<u32>,
) -> impl IntoView {
    let card = begun;
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
        deeds.run(api::set_login(card), move |()| {
            if new {
                made.update(|count| *count = count.wrapping_add(1));
            }
        });
    };
    let title = move || facts.map_or_else(|| i18n.t(Key::SimNewLogin).to_owned(), |card| card.get().name);
    let facts = facts.map(|card| move || {
        let card = card.get();
        view! {
            <dl class="sim-card__facts">
                <dt>{i18n.t(Key::SimChannelId)}</dt><dd><code>{card.id}</code></dd>
                <dt>{i18n.t(Key::SimSecret)}</dt><dd><code>{card.secret}</code></dd>
                {card.apps.into_iter().map(|(url, endpoint)| {
                    view! { <dt>{i18n.t(Key::SimLiffApp)}</dt><dd><code>{url}</code>" → "<code>{endpoint}</code></dd> }
                }).collect_view()}
            </dl>
        }
    });
    let (name_id, redirects_id) = (field("name"), field("redirects"));
    let (provider_id, linked_id) = (field("provider"), field("linked"));
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
                {move || accounts.get().into_iter().map(|account| {
                    let chosen = linked.with_untracked(|linked| *linked == account.id);
                    view! { <option value=account.id selected=chosen prop:selected=chosen>{account.name}</option> }
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
