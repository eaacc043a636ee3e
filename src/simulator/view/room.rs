//! A chat room on a phone.

mod begin;
mod bubbles;
mod group;
mod head;
mod held;

use super::{
    compose::Compose,
    deed::{Deeds, Trouble},
    hand::Hand,
    menu::Menu,
    pick::Foot,
    quick::Quick,
    talk::Talk,
};
use crate::{
    browser::sight,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{Author, Message},
    },
    ui::{Icon, IconView},
};
use leptos::{html, prelude::*};
use std::time::Duration;

/// How far from the end one may have scrolled to be taken along by what is new.
const NEAR: i32 = 120;

/// The room: its head, its bubbles, the line to write in.
#[component]
pub fn RoomPage(
    /// Whose phone it is.
    user: Signal<String>,
    /// Channel id or group id.
    id: Signal<String>,
    /// What stands in the line to write in.
    text: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds::live(user);
    let room = Resource::new(move || (user.get(), id.get(), deeds.version()), |(user, id, _)| api::read_room(user, id));
    let talk = Talk::new(user, id, deeds);
    talk.draft.set(text);
    provide_context(talk.wish);
    let hand = Hand::new(user, id, deeds, talk.wish);
    provide_context(hand);
    let wall = talk.wall;
    // The end is in view; something new stands below what is being read.
    let (at_end, below) = (RwSignal::new(true), RwSignal::new(false));
    Effect::new(move |before: Option<(String, String)>| {
        let here = (user.get(), id.get());
        if before.is_some_and(|before| before != here) {
            talk.clear();
            at_end.set(true);
            below.set(false);
        }
        here
    });
    // By an effect: the line to write in stands outside the part that waits for the room, and must be the
    // same at first on both sides.
    Effect::new(move |last: Option<Option<Message>>| {
        let shown = room.get().and_then(Result::ok);
        let newest = shown.as_ref().and_then(|room| room.messages.last().cloned());
        let changed =
            last.as_ref().map(|last| last.as_ref().map(|last| &last.id)) != Some(newest.as_ref().map(|m| &m.id));
        if changed {
            let me = shown.as_ref().map(|room| Author::User(room.me.id.clone()));
            let mine = newest.as_ref().map(|newest| &newest.from) == me.as_ref();
            // Only what is new moves the view, and only of those who are not reading above.
            if last.flatten().is_none() || mine || at_end.get_untracked() {
                at_end.set(true);
                to_end(wall);
            } else {
                below.set(true);
            }
        }
        if let Some(left) = shown.as_ref().map(|room| room.loading_left).filter(|left| *left > 0) {
            // Nobody tells when the dots end by themselves.
            let left = Duration::from_millis(u64::try_from(left).unwrap_or_default() + 50);
            if let Ok(timer) = set_timeout_with_handle(move || deeds.look(), left) {
                on_cleanup(move || timer.clear());
            }
        }
        talk.room.set(shown);
        newest
    });
    let scrolled = move |_| {
        let near = near(wall);
        at_end.set(near);
        if near {
            below.set(false);
        }
    };
    // Who reads the end goes on to see it when the foot grows, or a picture has come.
    Effect::new(move |_| {
        talk.foot.track();
        if at_end.get_untracked() {
            to_end(wall);
        }
    });
    Effect::new(move |_| {
        if let Some(element) = wall.get() {
            sight::loads(&element, move || {
                if at_end.try_get_untracked() == Some(true) {
                    to_end(wall);
                }
            });
            sight::plays(&element, move |player, percent| talk.played(&player, percent));
        }
    });
    // What comes into sight is counted. The bubbles are drawn anew with the room, so they are watched anew too.
    let watched = RwSignal::new(0_u32);
    Effect::new(move |_| {
        talk.room.track();
        request_animation_frame(move || {
            let _ = watched.try_update(|count| *count = count.wrapping_add(1));
        });
    });
    Effect::new(move |_| {
        watched.track();
        if let Some(element) = wall.get() {
            sight::whole(&element, "[data-sent]", move |bubbles| talk.sight(&bubbles));
        }
    });
    view! {
        <div class="phone__part-screen">
                <Transition>
                    {move || room.get().map(|result| match result {
                        Ok(room) => view! { <head::Head room talk/> }.into_any(),
                        Err(error) => view! { <p class="phone__hint">{i18n.error(&error)}</p> }.into_any(),
                    })}
                </Transition>
                <div
                    class="phone__wall"
                    node_ref=wall
                    tabindex="0"
                    role="log"
                    aria-label=i18n.t(Key::SimChats)
                    on:scroll=scrolled
                >
                    <Transition>
                        {move || room.get().and_then(Result::ok).map(|room| view! { <bubbles::Bubbles room talk/> })}
                    </Transition>
                </div>
                {move || below.get().then(|| view! {
                    <button type="button" class="phone__below" on:click=move |_| to_end(wall)>
                        <IconView icon=Icon::Down/>
                        {i18n.t(Key::SimBelow)}
                    </button>
                })}
                <Trouble deeds/>
                <Quick room hand/>
                <Compose talk/>
                <Menu room hand/>
                <Foot hand/>
                <held::HeldMenu talk/>
                {move || talk.group.get().then(|| view! { <group::GroupSheet talk/> })}
                {move || talk.begin.get().then(|| view! { <begin::Begin talk open=talk.begin/> })}
        </div>
    }
}

fn near(wall: NodeRef<html::Div>) -> bool {
    wall.get_untracked().is_none_or(|wall| wall.scroll_height() - wall.scroll_top() - wall.client_height() < NEAR)
}

fn to_end(wall: NodeRef<html::Div>) {
    request_animation_frame(move || {
        if let Some(wall) = wall.get_untracked() {
            wall.set_scroll_top(wall.scroll_height());
        }
    });
}
