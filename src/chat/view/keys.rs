//! Keys for those who answer all day: rooms, writing, resolving, and the list of the keys.

use super::{head::toggle_state, use_desktop};
use crate::{
    browser,
    chat::{live::Desk, model::RoomState},
    i18n::{Key, use_i18n},
    ui::{Dialog, Toasts},
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

/// Whether the key was meant for something that takes text, or belongs to the browser.
fn is_writing(event: &ev::KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return true;
    }
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        target.closest("input, textarea, select, dialog[open], [contenteditable]").ok().flatten().is_some()
    })
}

/// Listens while the inbox is on the screen.
#[component]
pub fn Keys() -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let desk = desktop.feed.desk;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let help = RwSignal::new(false);
    let step = move |go: &dyn Fn(String), by: isize| {
        let (place, list) = (desktop.place.get_untracked(), desk.with_untracked(Desk::list));
        let at = place.room.and_then(|room| list.iter().position(|id| *id == room));
        let next = at.map_or(Some(0), |at| at.checked_add_signed(by));
        if let Some(room) = next.and_then(|next| list.get(next)) {
            go(place.room_href(*room));
        }
    };
    let on_key = move |go: &dyn Fn(String), event: ev::KeyboardEvent| {
        let place = desktop.place.get_untracked();
        if event.key() == "Escape" && !event.default_prevented() && !event.is_composing() {
            let writing = browser::document().and_then(|document| document.active_element());
            match writing.filter(|element| element.tag_name() == "TEXTAREA") {
                // The first Esc leaves the text, the second the room.
                Some(element) => drop(element.unchecked_into::<web_sys::HtmlElement>().blur()),
                None if is_writing(&event) => {}
                None if desktop.details.get_untracked() => desktop.details.set(false),
                None if place.room.is_some() => go(untrack(|| desktop.list_href())),
                None => {}
            }
            return;
        }
        if is_writing(&event) {
            return;
        }
        let state = |state| {
            if let Some(room) = place.room {
                toggle_state(desktop.feed, toasts, room, state);
            }
        };
        match event.key().as_str() {
            "j" | "J" => step(go, 1),
            "k" | "K" => step(go, -1),
            "e" | "E" => state(RoomState::Resolved),
            "f" | "F" => state(RoomState::FollowUp),
            "a" | "A" if place.room.is_some() => desktop.assigning.set(true),
            "?" => help.set(true),
            "r" | "R" => {
                let area = browser::document().and_then(|document| document.get_element_by_id("chat-text"));
                if let Some(area) = area {
                    let _ = area.unchecked_into::<web_sys::HtmlElement>().focus();
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move |_| {
        let navigate = use_navigate();
        let go = move |to: String| navigate(&to, NavigateOptions::default());
        let handle = window_event_listener(ev::keydown, move |event| on_key(&go, event));
        on_cleanup(move || handle.remove());
    });
    let all = [
        ("J", Key::ChatKeyNext),
        ("K", Key::ChatKeyPrevious),
        ("R", Key::ChatKeyWrite),
        ("E", Key::ChatKeyResolve),
        ("F", Key::ChatKeyFollowUp),
        ("A", Key::ChatKeyAssign),
        ("Esc", Key::ChatKeyBack),
        ("Enter", Key::ChatKeySend),
        ("Shift + Enter", Key::ChatKeyLine),
        ("?", Key::ChatKeyHelp),
    ];
    let lines = move |(key, what): (&'static str, Key)| {
        view! {
            <div class="chat-key">
                <dt><kbd>{key}</kbd></dt>
                <dd>{i18n.t(what)}</dd>
            </div>
        }
    };
    view! {
        <Dialog open=help title=i18n.t(Key::ChatKeys) id="chat-keys">
            <dl class="chat-keys">{all.into_iter().map(lines).collect_view()}</dl>
        </Dialog>
    }
}
