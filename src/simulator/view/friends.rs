//! The first screen's first part: oneself, the accounts that are friends, those that are not yet, the blocked ones.

use super::{
    chats::TabBar,
    phone::{HomeData, use_phone},
    place::Place,
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::model::{Account, FriendPath, Home},
    ui::{Avatar, AvatarSize, Icon, IconView},
};
use leptos::prelude::*;

/// The screen.
#[component]
pub fn FriendsScreen(
    /// What the phone knows.
    home: HomeData,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    view! {
        <div class="phone__part-screen">
            <header class="phone__head">
                <h1>{i18n.t(Key::SimFriends)}</h1>
                {phone.alone.then(|| view! { <a class="sim-button" href="/">{i18n.t(Key::SimSwitch)}</a> })}
                <a class="sim-button" href=phone.href(&Place::Add) aria-label=i18n.t(Key::SimAddFriends)>
                    <IconView icon=Icon::Plus/>
                </a>
            </header>
            <div class="phone__scroll">
                <Transition>
                    {move || home.get().map(|result| match result {
                        Ok(home) => view! { <Lists home/> }.into_any(),
                        Err(_) => view! { <p class="phone__hint">{i18n.t(Key::SimNotFound)}</p> }.into_any(),
                    })}
                </Transition>
            </div>
            <TabBar home/>
        </div>
    }
}

#[component]
fn Lists(home: Home) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let me = home.me;
    let pick = |wanted: fn(&&Account) -> bool| home.accounts.iter().filter(wanted).cloned().collect::<Vec<_>>();
    let friends = pick(|account| account.added && !account.blocked);
    let blocked = pick(|account| account.blocked && !account.deleted);
    let new = pick(|account| !account.added && !account.blocked);
    let groups: Vec<_> = home.chats.into_iter().filter(|chat| chat.group).collect();
    let nobody = friends.is_empty();
    let user = me.id.clone();
    let rows = |list: Vec<Account>, path: Option<FriendPath>| {
        list.into_iter().map(|account| view! { <AccountRow user=user.clone() account path/> }).collect_view()
    };
    view! {
        <div class="phone__me">
            <Avatar name=me.name.clone() seed=seed(&me.id) size=AvatarSize::Large/>
            <div class="phone__words">
                <span class="phone__title">{me.name.clone()}</span>
                <span class="phone__hint">{home.status}</span>
            </div>
        </div>
        <h2 class="phone__part">{i18n.fill(Key::SimFriendsOf, &[("count", &friends.len())])}</h2>
        {nobody.then(|| view! {
            <div class="phone__empty">
                <p>{i18n.t(Key::SimNoFriends)}</p>
                <a class="sim-button sim-button--main" href=phone.href(&Place::Add)>{i18n.t(Key::SimAddFriends)}</a>
            </div>
        })}
        <ul class="phone__list">{rows(friends, None)}</ul>
        {(!groups.is_empty()).then(|| view! {
            <h2 class="phone__part">{i18n.t(Key::SimGroups)}</h2>
            <ul class="phone__list">
                {groups.into_iter().map(|chat| view! {
                    <li>
                        <a class="phone__row" href=Place::room(&chat.id).href(&user)>
                            <Avatar name=chat.title.clone() seed=seed(&chat.id) group=true/>
                            <span class="phone__title">{chat.title}</span>
                        </a>
                    </li>
                }).collect_view()}
            </ul>
        })}
        {(!new.is_empty()).then(|| view! {
            <h2 class="phone__part">{i18n.t(Key::SimRecommended)}</h2>
            <ul class="phone__list">{rows(new, Some(FriendPath::Recommendation))}</ul>
        })}
        {(!blocked.is_empty()).then(|| view! {
            <h2 class="phone__part">{i18n.t(Key::SimBlockedPart)}</h2>
            <ul class="phone__list">{rows(blocked, None)}</ul>
        })}
    }
}

/// An account in a list; leads to its profile.
#[component]
pub fn AccountRow(
    /// Whose phone it is.
    user: String,
    /// The account.
    account: Account,
    /// How it was found, when it is one to be added.
    path: Option<FriendPath>,
) -> impl IntoView {
    let place = Place::Account { channel: account.channel.clone(), path };
    let id = if account.premium_id.is_empty() { account.basic_id } else { account.premium_id };
    view! {
        <li>
            <a class="phone__row" href=place.href(&user)>
                <Avatar name=account.name.clone() picture=Some(account.picture) seed=seed(&account.channel)/>
                <span class="phone__words">
                    <span class="phone__title">{account.name}</span>
                    <span class="phone__last">{id}</span>
                </span>
            </a>
        </li>
    }
}
