//! Keys for those who answer all day: rooms, writing, resolving. What they do is in the palette too.

use super::{head::toggle_state, use_desktop};
use crate::{
    app::{Action, Commands, Run},
    browser::{self, keys},
    chat::{live::Desk, model::RoomState},
    i18n::{Key, use_i18n},
    team::view::Session,
    ui::{Icon, Toasts},
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The field of the composer.
const WRITE: &str = "chat-text";

/// Listens while the inbox is on the screen.
#[component]
pub fn Keys() -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let desk = desktop.feed.desk;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let session = use_context::<Session>();
    let navigate = use_navigate();
    let go = Callback::new(move |to: String| navigate(&to, NavigateOptions::default()));
    let step = Callback::new(move |by: isize| {
        let (place, list) = (desktop.place.get_untracked(), desk.with_untracked(Desk::list));
        let at = place.room.and_then(|room| list.iter().position(|id| *id == room));
        let next = at.map_or(Some(0), |at| at.checked_add_signed(by));
        if let Some(room) = next.and_then(|next| list.get(next)) {
            go.run(place.room_href(*room));
        }
    });
    let state = Callback::new(move |state: RoomState| {
        if let Some(room) = desktop.place.get_untracked().room {
            toggle_state(desktop.feed, toasts, room, state);
        }
    });
    let write = Callback::new(|()| {
        if !keys::focus_first(&[WRITE]) {
            // A note is being written: the first tab is that of the answer.
            let tab = browser::document().and_then(|document| document.query_selector(".writing__tab").ok().flatten());
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                tab.click();
                set_timeout(|| drop(keys::shown(WRITE).map(|area| area.focus())), std::time::Duration::ZERO);
            }
        }
    });
    let assign = Callback::new(move |()| {
        if desktop.place.get_untracked().room.is_some() {
            desktop.assigning.set(true);
        }
    });
    let escape = move |event: &ev::KeyboardEvent| {
        let place = desktop.place.get_untracked();
        let writing = browser::document().and_then(|document| document.active_element());
        match writing.filter(|element| element.tag_name() == "TEXTAREA") {
            // The first Esc leaves the text, the second the room.
            Some(element) => drop(element.unchecked_into::<web_sys::HtmlElement>().blur()),
            None if keys::is_writing(event) => {}
            None if desktop.details.get_untracked() => desktop.details.set(false),
            None if place.room.is_some() => go.run(untrack(|| desktop.list_href())),
            None => {}
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && !keys::is_composing(&event) {
            return escape(&event);
        }
        let off = session.is_some_and(|session| !session.me.with_untracked(|me| me.single_keys));
        if off || event.default_prevented() || keys::is_writing(&event) {
            return;
        }
        match event.key().as_str() {
            "j" | "J" => step.run(1),
            "k" | "K" => step.run(-1),
            "e" | "E" => state.run(RoomState::Resolved),
            "f" | "F" => state.run(RoomState::FollowUp),
            "a" | "A" => assign.run(()),
            "r" | "R" => write.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, on_key);
        on_cleanup(move || handle.remove());
    });
    let Some(commands) = use_context::<Commands>() else { return };
    let details = Callback::new(move |()| desktop.details.update(|shown| *shown = !*shown));
    let back = Callback::new(move |()| go.run(untrack(|| desktop.list_href())));
    let at = Memo::new(move |_| {
        let room = desktop.place.get().room?;
        desk.with(|desk| desk.room(room).map(|room| room.state))
    });
    commands.offer(move || {
        let action = |id, icon, name: Key, key, run| Action { id, icon, name: i18n.t(name).to_owned(), key, run };
        // The palette may outlive the inbox by a moment.
        let moved = |by| -> Run {
            Arc::new(move || {
                step.try_run(by);
            })
        };
        let put = |wanted| -> Run {
            Arc::new(move || {
                state.try_run(wanted);
            })
        };
        let plain = |what: Callback<()>| -> Run {
            Arc::new(move || {
                what.try_run(());
            })
        };
        let moves = [
            action("next", Icon::Down, Key::ChatKeyNext, "J", moved(1)),
            action("previous", Icon::Back, Key::ChatKeyPrevious, "K", moved(-1)),
        ];
        let Some(now) = at.get() else { return moves.into() };
        let resolve = if now == RoomState::Resolved { Key::ChatReopen } else { Key::ChatResolve };
        let mut all = vec![
            action("resolve", Icon::Check, resolve, "E", put(RoomState::Resolved)),
            action("write", Icon::Pencil, Key::ChatKeyWrite, "R", plain(write)),
            action("follow-up", Icon::Flag, Key::ChatFilterFollowUp, "F", put(RoomState::FollowUp)),
            action("assign", Icon::User, Key::ChatKeyAssign, "A", plain(assign)),
            action("details", Icon::Info, Key::ChatDetails, "", plain(details)),
            action("back", Icon::Back, Key::ChatBack, "Esc", plain(back)),
        ];
        all.extend(moves);
        all
    });
}
