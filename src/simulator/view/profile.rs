//! The profile page of an account: its picture and ids, and what a friend can do with it.

use super::{
    beacon::Beacon,
    confirm::{Answer, Question},
    deed::Deeds,
    phone::use_phone,
    place::Place,
    seed,
    wallet::CouponRow,
};
use crate::{
    browser::clipboard,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{FriendPath, Profile},
    },
    ui::{Avatar, AvatarSize, Icon, IconView, hydrated},
};
use leptos::prelude::*;

/// In words by which way somebody came.
fn way(path: FriendPath) -> Key {
    match path {
        FriendPath::Qr => Key::SimPathQr,
        FriendPath::Link => Key::SimPathLink,
        FriendPath::Search => Key::SimPathSearch,
        FriendPath::Recommendation => Key::SimPathRecommendation,
        FriendPath::Login => Key::SimPathLogin,
    }
}

/// The screen.
#[component]
pub fn ProfileScreen(
    /// Channel id.
    channel: String,
    /// How it was found.
    path: Option<FriendPath>,
    /// The phone's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let profile = Resource::new(
        move || (phone.user.get(), channel.clone(), deeds.version()),
        |(user, channel, _)| api::read_profile(user, channel),
    );
    view! {
        <div class="phone__part-screen">
            <header class="phone__head">
                <a class="sim-button" href=phone.href(&Place::Friends) aria-label=i18n.t(Key::UiBack)>
                    <IconView icon=Icon::Back/>
                </a>
                <h1>{i18n.t(Key::SimProfile)}</h1>
            </header>
            <div class="phone__scroll">
                <Transition>
                    {move || profile.get().map(|result| match result {
                        Ok(profile) => view! { <Shown profile path deeds/> }.into_any(),
                        Err(error) => view! { <p class="phone__hint">{i18n.error(&error)}</p> }.into_any(),
                    })}
                </Transition>
            </div>
        </div>
    }
}

#[component]
fn Shown(profile: Profile, path: Option<FriendPath>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let account = profile.account.clone();
    let state = match (account.blocked, account.added) {
        (true, _) => Some(i18n.t(Key::SimBlockedNow).to_owned()),
        (false, false) => Some(i18n.t(Key::SimNotYet).to_owned()),
        (false, true) => profile.path.map(|path| i18n.fill(Key::SimCameBy, &[("path", &i18n.t(way(path)))])),
    };
    let coupons = profile.coupons.clone();
    let (near, channel) = (account.added && !account.blocked, account.channel.clone());
    view! {
        <div class="phone-profile">
            <div class="phone-profile__cover" aria-hidden="true"></div>
            <Avatar
                name=account.name.clone()
                picture=Some(account.picture.clone())
                seed=seed(&account.channel)
                size=AvatarSize::Large
            />
            <h2>{account.name.clone()}</h2>
            <p class="phone__hint">{account.basic_id.clone()} " " {account.premium_id.clone()}</p>
            {state.map(|words| view! { <p class="phone__hint">{words}</p> })}
            <Deals profile=profile.clone() path deeds/>
        </div>
        <h2 class="phone__part">{i18n.t(Key::SimItsCode)}</h2>
        <div class="phone-profile__code">
            <img src=format!("/simulator/qr/{}", account.channel) alt=i18n.t(Key::SimItsCode) width="160" height="160"/>
            <Links profile/>
        </div>
        {near.then(|| view! { <Beacon channel deeds/> })}
        {(!coupons.is_empty()).then(|| view! {
            <h2 class="phone__part">{i18n.t(Key::SimCoupons)}</h2>
            <ul class="phone__list">
                {coupons.into_iter().map(|card| view! { <CouponRow user=phone.user.get_untracked() card/> }).collect_view()}
            </ul>
        })}
    }
}

#[component]
fn Links(profile: Profile) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let line = move |link: String| {
        let copied = link.clone();
        let copy = move |_| {
            clipboard::copy(&copied);
            phone.say(Key::UiCopied);
        };
        let label = i18n.fill(Key::SimCopyLink, &[("link", &link)]);
        view! {
            <li>
                <code>{link}</code>
                <button type="button" class="sim-button" aria-label=label disabled=move || !alive.get() on:click=copy>
                    <IconView icon=Icon::Copy/>
                </button>
            </li>
        }
    };
    view! { <ul class="phone-links">{line(profile.link)}{line(profile.short)}</ul> }
}

/// The buttons.
#[component]
fn Deals(profile: Profile, path: Option<FriendPath>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let account = profile.account;
    let (channel, name, muted) = (account.channel, account.name, profile.muted);
    let closed = move || !alive.get();
    let user = move || phone.user.get_untracked();
    let add = {
        let channel = channel.clone();
        move |_| {
            let word = path.map(FriendPath::word).unwrap_or_default().to_owned();
            deeds.run(api::add_by(user(), channel.clone(), word), |()| ());
        }
    };
    let block = {
        let channel = channel.clone();
        move |_| deeds.run(api::block(user(), channel.clone()), |()| ())
    };
    let mute = {
        let channel = channel.clone();
        move |_| deeds.run(api::mute(user(), channel.clone(), !muted), |()| ())
    };
    let delete = {
        let channel = channel.clone();
        move |_| {
            let channel = channel.clone();
            let work = Callback::new(move |()| {
                deeds.run(api::delete_friend(user(), channel.clone()), move |()| phone.go(Place::Friends));
            });
            phone.ask(Question {
                title: i18n.fill(Key::SimDeleteSure, &[("name", &name)]),
                more: i18n.t(Key::SimDeleteMore).to_owned(),
                yes: i18n.t(Key::SimDelete).to_owned(),
                answer: Answer::Run(work),
            });
        }
    };
    let chat = phone.href(&Place::room(&channel));
    let pass_on = phone.href(&Place::Recommend { channel });
    let delete_button = view! {
        <button type="button" class="sim-button" disabled=closed on:click=delete>{i18n.t(Key::SimDelete)}</button>
    };
    if account.blocked {
        return view! {
            <div class="phone-profile__deals">
                <button type="button" class="sim-button sim-button--main" disabled=closed on:click=add>
                    {i18n.t(Key::SimUnblock)}
                </button>
                {(!account.deleted).then_some(delete_button)}
            </div>
        }
        .into_any();
    }
    if !account.added {
        return view! {
            <div class="phone-profile__deals">
                <button type="button" class="sim-button sim-button--main" disabled=closed on:click=add>
                    {i18n.t(Key::SimAdd)}
                </button>
                <a class="sim-button" href=chat>{i18n.t(Key::SimOpen)}</a>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="phone-profile__deals">
            <a class="sim-button sim-button--main" href=chat>{i18n.t(Key::SimOpen)}</a>
            <a class="sim-button" href=pass_on>{i18n.t(Key::SimPassOn)}</a>
            <button type="button" class="sim-button" disabled=closed on:click=mute>
                {i18n.t(if muted { Key::SimUnmute } else { Key::SimMute })}
            </button>
            <button type="button" class="sim-button" disabled=closed on:click=block>{i18n.t(Key::SimBlock)}</button>
            {delete_button}
        </div>
    }
    .into_any()
}
