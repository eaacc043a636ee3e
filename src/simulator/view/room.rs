//! A chat room on a phone.

use super::{
    bubble::{Bubble, Names},
    compose::Compose,
    deed::{Deeds, Trouble},
    hand::Hand,
    home::user_param,
    menu::Menu,
    pick::Foot,
    quick::Quick,
    wanted::Wish,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{Author, Room},
    },
    ui::hydrated,
};
use leptos::{html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

/// The room: its head, its bubbles, the line to write in.
#[component]
pub fn RoomPage() -> impl IntoView {
    let i18n = use_i18n();
    let user = user_param();
    let params = use_params_map();
    let id = Signal::derive(move || params.with(|params| params.get("room").unwrap_or_default()));
    let deeds = Deeds::live(user);
    let room = Resource::new(move || (user.get(), id.get(), deeds.version()), |(user, id, _)| api::read_room(user, id));
    let bottom = NodeRef::<html::Div>::new();
    let draft = RwSignal::new(String::new());
    let wish = Wish(RwSignal::new(None));
    provide_context(wish);
    let hand = Hand::new(user, id, deeds, wish);
    provide_context(hand);
    // Set by an effect: the line to write in stands outside the part that waits for the room, and
    // must be the same at first on both sides.
    let blocked = RwSignal::new(false);
    Effect::new(move |last: Option<Option<String>>| {
        let shown = room.get().and_then(Result::ok);
        blocked.set(shown.as_ref().is_some_and(|room| room.blocked));
        let newest = shown.and_then(|room| room.messages.last().map(|last| last.id.clone()));
        // Only what is new moves the view: a friend may be reading above.
        if last.flatten() != newest {
            request_animation_frame(move || {
                if let Some(list) = bottom.get_untracked() {
                    list.set_scroll_top(list.scroll_height());
                }
            });
        }
        newest
    });
    view! {
        <section class="phone" aria-label=i18n.t(Key::SimMessage)>
            <div class="phone__screen">
                <Transition>
                    {move || room.get().map(|result| match result {
                        Ok(room) => view! { <Head room deeds/> }.into_any(),
                        Err(error) => view! { <p class="phone__hint">{i18n.error(&error)}</p> }.into_any(),
                    })}
                </Transition>
                <div class="phone__wall" node_ref=bottom tabindex="0" role="log" aria-label=i18n.t(Key::SimChats)>
                    <Transition>
                        {move || room.get().and_then(Result::ok).map(|room| view! { <Bubbles room deeds/> })}
                    </Transition>
                </div>
                <Trouble deeds/>
                <Quick room hand/>
                <Compose user id deeds draft blocked/>
                <Menu room hand/>
                <Foot hand/>
            </div>
        </section>
    }
}

#[component]
fn Bubbles(room: Room, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let me = room.me.id.clone();
    provide_context(Names(room.members.iter().map(|person| (person.id.clone(), person.name.clone())).collect()));
    let name = |from: &Author| match from {
        Author::User(id) => room.members.iter().find(|person| person.id == *id).map(|person| person.name.clone()),
        Author::Bot(_) => room.bot.as_ref().map(|bot| bot.name.clone()),
        Author::Notice => None,
    };
    let bubbles = room.messages.iter().map(|message| {
        let name = name(&message.from).unwrap_or_default();
        view! { <Bubble message=message.clone() me=me.clone() name deeds/> }
    });
    let bubbles = bubbles.collect_view();
    view! {
        <ul class="phone__bubbles">{bubbles}</ul>
        {room.loading.then(|| view! { <p class="phone-bubble--notice">{i18n.t(Key::SimBusy)}</p> })}
    }
}

#[component]
fn Head(room: Room, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let back = format!("/u/{}", room.me.id);
    let doors = if room.group {
        view! { <GroupDoors room=room.clone() deeds/> }.into_any()
    } else {
        view! { <AccountDoors room=room.clone() deeds/> }.into_any()
    };
    view! {
        <header class="phone__head">
            <a class="sim-button" href=back aria-label=i18n.t(Key::UiBack)>"‹"</a>
            <h1>{room.title}</h1>
            {doors}
        </header>
    }
}

#[component]
fn AccountDoors(room: Room, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let (user, channel) = (room.me.id, room.id);
    let added = room.bot.as_ref().is_some_and(|bot| bot.added);
    let words = match (room.blocked, added) {
        (true, _) => Key::SimUnblock,
        (false, true) => Key::SimBlock,
        (false, false) => Key::SimAdd,
    };
    let act = move |_| {
        let (user, channel) = (user.clone(), channel.clone());
        if words == Key::SimBlock {
            deeds.run(api::block(user, channel), |()| ());
        } else {
            deeds.run(api::add(user, channel), |()| ());
        }
    };
    view! { <button class="sim-button" disabled=move || !alive.get() on:click=act>{i18n.t(words)}</button> }
}

#[component]
fn GroupDoors(room: Room, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let accounts = Resource::new(|| (), |()| api::cards());
    let names = room.members.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    let (group, user, home) = (room.id.clone(), room.me.id.clone(), format!("/u/{}", room.me.id));
    let navigate = use_navigate();
    let bot = room.bot.clone();
    let door = {
        let group = group.clone();
        move || {
            let group = group.clone();
            let button = move |channel: String, words: String| {
                let group = group.clone();
                let act = move |_| deeds.run(api::group_bot(group.clone(), channel.clone()), |()| ());
                view! { <button class="sim-button" disabled=move || !alive.get() on:click=act>{words}</button> }
            };
            match &bot {
                Some(bot) => button(String::new(), i18n.fill(Key::SimRemove, &[("name", &bot.name)])).into_any(),
                None => {
                    let cards = accounts.get().and_then(Result::ok).map(|(_, cards)| cards).unwrap_or_default();
                    cards
                        .into_iter()
                        .map(|card| button(card.id, i18n.fill(Key::SimInvite, &[("name", &card.name)])))
                        .collect_view()
                        .into_any()
                }
            }
        }
    };
    let leave = move |_| {
        let (navigate, home) = (navigate.clone(), home.clone());
        deeds.run(api::leave_group(user.clone(), group.clone()), move |()| navigate(&home, NavigateOptions::default()));
    };
    view! {
        <details class="phone__menu">
            <summary>{i18n.t(Key::UiMore)}</summary>
            <p>{i18n.fill(Key::SimMembers, &[("names", &names)])}</p>
            <Transition>{door}</Transition>
            <button class="sim-button" disabled=move || !alive.get() on:click=leave>{i18n.t(Key::SimLeave)}</button>
        </details>
    }
}
