//! The head of a room: its name, and the doors to what can be done with it.

use super::super::{place::Place, seed, talk::Talk};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::Room},
    ui::{Avatar, AvatarSize, Icon, IconView, hydrated},
};
use leptos::prelude::*;

/// See the module.
#[component]
pub fn Head(
    /// The room.
    room: Room,
    /// What goes on in it.
    talk: Talk,
) -> impl IntoView {
    let i18n = use_i18n();
    let back = Place::Chats.href(&room.me.id);
    let doors = if room.group {
        view! { <GroupDoor talk/> }.into_any()
    } else {
        view! { <AccountDoors room=room.clone() talk/> }.into_any()
    };
    let count = room.members.len() + usize::from(room.group && room.bot.is_some());
    view! {
        <header class="phone__head">
            <a class="compose__icon" href=back aria-label=i18n.t(Key::UiBack)><IconView icon=Icon::Back/></a>
            <Avatar name=room.title.clone() seed=seed(&room.id) group=room.group size=AvatarSize::Small/>
            <h1 class="phone__name">
                {room.title}
                {room.group.then(|| view! { <span class="phone__count">{format!(" ({count})")}</span> })}
            </h1>
            {doors}
        </header>
    }
}

#[component]
fn AccountDoors(room: Room, talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let added = room.bot.as_ref().is_some_and(|bot| bot.added);
    let words = match (room.blocked, added) {
        (true, _) => Key::SimUnblock,
        (false, true) => Key::SimBlock,
        (false, false) => Key::SimAdd,
    };
    let act = move |_| {
        let (user, channel) = talk.here();
        if words == Key::SimBlock {
            talk.deeds.run(api::block(user, channel), |()| ());
        } else {
            talk.deeds.run(api::add(user, channel), |()| ());
        }
    };
    view! {
        <button
            type="button"
            class="compose__icon"
            aria-label=i18n.t(Key::SimNewGroup)
            title=i18n.t(Key::SimNewGroup)
            disabled=move || !alive.get()
            on:click=move |_| talk.begin.set(true)
        >
            <IconView icon=Icon::Group/>
        </button>
        <button type="button" class="sim-button" disabled=move || !alive.get() on:click=act>{i18n.t(words)}</button>
    }
}

#[component]
fn GroupDoor(talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    view! {
        <button
            type="button"
            class="compose__icon"
            aria-label=i18n.t(Key::SimGroup)
            title=i18n.t(Key::SimGroup)
            disabled=move || !alive.get()
            on:click=move |_| talk.group.set(true)
        >
            <IconView icon=Icon::People/>
        </button>
    }
}
