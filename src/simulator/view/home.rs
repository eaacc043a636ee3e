//! A phone's first screen: chats, accounts to add, a new group.

use super::{
    bubble::preview,
    deed::{Deeds, Trouble},
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{Account, Chat, Home, Person},
    },
    ui::{Avatar, Time, TimeStyle, hydrated},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

/// The user of this address.
pub fn user_param() -> Signal<String> {
    let params = use_params_map();
    Signal::derive(move || params.with(|params| params.get("user").unwrap_or_default()))
}

/// Whose phone this is, and what is on it.
#[component]
pub fn HomePage() -> impl IntoView {
    let i18n = use_i18n();
    let user = user_param();
    let deeds = Deeds::live(user);
    let home = Resource::new(move || (user.get(), deeds.version()), |(user, _)| api::read_home(user));
    let people = Resource::new(|| (), |()| api::people());
    view! {
        <section class="phone" aria-label=i18n.t(Key::SimChats)>
            <div class="phone__screen phone__scroll">
                <Trouble deeds/>
                <Transition>
                    {move || home.get().map(|result| match result {
                        Ok(home) => view! { <Screen home deeds/> }.into_any(),
                        Err(error) => view! { <p class="phone__hint">{i18n.error(&error)}</p> }.into_any(),
                    })}
                </Transition>
                <Transition>
                    {move || {
                        let others = people.get()?.ok()?;
                        let accounts = home.get()?.ok()?.accounts;
                        Some(view! { <NewGroup user others accounts deeds/> })
                    }}
                </Transition>
            </div>
        </section>
    }
}

#[component]
fn Screen(home: Home, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let me = home.me.clone();
    let user = me.id.clone();
    let new: Vec<Account> = home.accounts.iter().filter(|account| !account.added || account.blocked).cloned().collect();
    let none = home.accounts.is_empty();
    let quiet = home.chats.is_empty();
    view! {
        <header class="phone__head">
            <Avatar name=me.name.clone() seed=seed(&me.id)/>
            <h1>{me.name.clone()}</h1>
            <a class="sim-button" href="/">{i18n.t(Key::SimSwitch)}</a>
        </header>
        <h2 class="phone__part">{i18n.t(Key::SimChats)}</h2>
        {quiet.then(|| view! { <p class="phone__hint">{i18n.t(Key::SimNoChats)}</p> })}
        <ul class="phone__list">
            {home.chats.into_iter().map(|chat| view! { <Row user=user.clone() chat/> }).collect_view()}
        </ul>
        <h2 class="phone__part">{i18n.t(Key::SimAccounts)}</h2>
        {none.then(|| view! { <p class="phone__hint">{i18n.t(Key::SimNoChannels)}</p> })}
        <ul class="phone__list">
            {new.into_iter().map(|account| view! { <Stranger user=me.id.clone() account deeds/> }).collect_view()}
        </ul>
    }
}

#[component]
fn Row(user: String, chat: Chat) -> impl IntoView {
    let i18n = use_i18n();
    let last = chat.last.as_ref().map(|last| preview(i18n, last)).unwrap_or_default();
    let time = chat.last.as_ref().map(|last| last.time);
    view! {
        <li>
            <a class="phone__row" href=format!("/u/{user}/chat/{}", chat.id)>
                <Avatar name=chat.title.clone() seed=seed(&chat.id) group=chat.group/>
                <span class="phone__words">
                    <span class="phone__title">{chat.title}</span>
                    <span class="phone__last">{last}</span>
                </span>
                {time.map(|time| view! { <Time at=time style=TimeStyle::List/> })}
            </a>
        </li>
    }
}

#[component]
fn Stranger(user: String, account: Account, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let channel = account.channel.clone();
    let words = if account.blocked { Key::SimUnblock } else { Key::SimAdd };
    let label = format!("{}: {}", i18n.t(words), account.name);
    view! {
        <li class="phone__row">
            <Avatar name=account.name.clone() seed=seed(&account.channel)/>
            <span class="phone__words">
                <span class="phone__title">{account.name}</span>
                <span class="phone__last">{account.basic_id}</span>
            </span>
            <button
                class="sim-button sim-button--main"
                aria-label=label
                disabled=move || !alive.get()
                on:click=move |_| deeds.run(api::add(user.clone(), channel.clone()), |()| ())
            >
                {i18n.t(words)}
            </button>
        </li>
    }
}

#[component]
fn NewGroup(user: Signal<String>, others: Vec<Person>, accounts: Vec<Account>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let name = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::<String>::new());
    let channel = RwSignal::new(String::new());
    let navigate = use_navigate();
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        let me = user.get_untracked();
        let back = me.clone();
        let work = api::create_group(me, name.get_untracked(), chosen.get_untracked(), channel.get_untracked());
        deeds.run(work, move |group| navigate(&format!("/u/{back}/chat/{group}"), NavigateOptions::default()));
    };
    let others = others.into_iter().filter(|person| person.id != user.get_untracked()).take(20).collect::<Vec<_>>();
    view! {
        <details class="phone__more">
            <summary>{i18n.t(Key::SimNewGroup)}</summary>
            <form class="sim-form" on:submit=create>
                <label for="group-name">{i18n.t(Key::SimGroupName)}</label>
                <input
                    id="group-name"
                    required=true
                    maxlength="50"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <fieldset>
                    <legend>{i18n.t(Key::SimWithMembers)}</legend>
                    {others.into_iter().map(|person| {
                        let id = person.id;
                        view! {
                            <label class="sim-form__check">
                                <input
                                    type="checkbox"
                                    on:change=move |event| {
                                        let on = event_target_checked(&event);
                                        chosen.update(|chosen| {
                                            chosen.retain(|other| *other != id);
                                            if on { chosen.push(id.clone()); }
                                        });
                                    }
                                />
                                {person.name}
                            </label>
                        }
                    }).collect_view()}
                </fieldset>
                <label for="group-bot">{i18n.t(Key::SimWithAccount)}</label>
                <select id="group-bot" on:change=move |event| channel.set(event_target_value(&event))>
                    <option value="">{i18n.t(Key::SimNobody)}</option>
                    {accounts.into_iter().map(|account| {
                        view! { <option value=account.channel>{account.name}</option> }
                    }).collect_view()}
                </select>
                <button class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimCreate)}
                </button>
            </form>
        </details>
    }
}
