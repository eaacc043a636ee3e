//! The list of chats, and the bar that leads to the phone's three first screens.

use super::{
    bubble::preview,
    phone::{HomeData, use_phone},
    place::Place,
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::model::{Author, Chat, Home, UNREAD_LIMIT},
    ui::{Avatar, Icon, IconView, Time, TimeStyle},
};
use leptos::prelude::*;

/// A number of unread messages, as phones write it.
pub fn count(unread: u32) -> String {
    if unread >= UNREAD_LIMIT { "99+".to_owned() } else { unread.to_string() }
}

/// The green mark with a number; nothing when everything is read.
#[component]
fn Unread(count_of: u32) -> impl IntoView {
    let i18n = use_i18n();
    (count_of > 0).then(|| {
        view! {
            <span class="phone-count">
                <span aria-hidden="true">{count(count_of)}</span>
                <span class="visually-hidden">{i18n.fill(Key::SimUnread, &[("count", &count(count_of))])}</span>
            </span>
        }
    })
}

/// The bar at the foot of the first screens.
#[component]
pub fn TabBar(
    /// What the phone knows.
    home: HomeData,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let unread = move || {
        let home = home.get().and_then(Result::ok)?;
        Some(home.chats.iter().map(|chat| chat.unread).fold(0, u32::saturating_add))
    };
    let tab = move |place: Place, icon: Icon, words: Key, counted: bool| {
        let href = phone.href(&place);
        let current = move || (phone.place.get() == place).then_some("page");
        view! {
            <a class="phone-tabs__tab" href=href aria-current=current>
                <IconView icon/>
                <span>{i18n.t(words)}</span>
                {counted.then(|| view! {
                    <Transition>{move || unread().map(|count_of| view! { <Unread count_of/> })}</Transition>
                })}
            </a>
        }
    };
    view! {
        <nav class="phone-tabs" aria-label=i18n.t(Key::SimPhone)>
            {tab(Place::Friends, Icon::People, Key::SimFriends, false)}
            {tab(Place::Chats, Icon::Chat, Key::SimChats, true)}
            {tab(Place::Wallet, Icon::Ticket, Key::SimWallet, false)}
        </nav>
    }
}

/// The screen.
#[component]
pub fn ChatsScreen(
    /// What the phone knows.
    home: HomeData,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    view! {
        <div class="phone__part-screen">
            <header class="phone__head">
                <h1>{i18n.t(Key::SimChats)}</h1>
                <a class="sim-button" href=phone.href(&Place::Group)>{i18n.t(Key::SimNewGroup)}</a>
                <a class="sim-button" href=phone.href(&Place::Add) aria-label=i18n.t(Key::SimAddFriends)>
                    <IconView icon=Icon::Plus/>
                </a>
            </header>
            <div class="phone__scroll">
                <Transition>
                    {move || home.get().map(|result| match result {
                        Ok(home) => view! { <List home/> }.into_any(),
                        Err(_) => view! { <p class="phone__hint">{i18n.t(Key::SimNotFound)}</p> }.into_any(),
                    })}
                </Transition>
            </div>
            <TabBar home/>
        </div>
    }
}

#[component]
fn List(home: Home) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    if home.chats.is_empty() {
        return view! {
            <div class="phone__empty">
                <p>{i18n.t(Key::SimNoChats)}</p>
                <a class="sim-button sim-button--main" href=phone.href(&Place::Add)>{i18n.t(Key::SimAddFriends)}</a>
            </div>
        }
        .into_any();
    }
    let me = home.me.id;
    let rows = home.chats.into_iter().map(|chat| view! { <Row me=me.clone() chat/> }).collect_view();
    view! { <ul class="phone__list">{rows}</ul> }.into_any()
}

#[component]
fn Row(me: String, chat: Chat) -> impl IntoView {
    let i18n = use_i18n();
    let mut last = chat.last.as_ref().map(|last| preview(i18n, last)).unwrap_or_default();
    let mine = chat.last.as_ref().is_some_and(|last| last.from == Author::User(me.clone()));
    if mine {
        last = i18n.fill(Key::SimMine, &[("text", &last)]);
    }
    let time = chat.last.as_ref().map(|last| last.time);
    view! {
        <li>
            <a class="phone__row" href=Place::room(&chat.id).href(&me)>
                <Avatar name=chat.title.clone() seed=seed(&chat.id) group=chat.group/>
                <span class="phone__words">
                    <span class="phone__title">
                        {chat.title}
                        {chat.muted.then(|| view! {
                            <span class="phone__mark" title=i18n.t(Key::SimMuted)>
                                <IconView icon=Icon::Bell/>
                                <span class="visually-hidden">{i18n.t(Key::SimMuted)}</span>
                            </span>
                        })}
                    </span>
                    <span class="phone__last">{last}</span>
                </span>
                <span class="phone__side">
                    {time.map(|time| view! { <Time at=time style=TimeStyle::List/> })}
                    <Unread count_of=chat.unread/>
                </span>
            </a>
        </li>
    }
}
