//! The menu of a bubble: opened by holding it, by the other mouse button, or by its own button.

use super::super::{
    bubble::preview,
    talk::{Held, Offers, Talk},
};
use crate::{
    browser::clipboard,
    i18n::{Key, use_i18n},
    simulator::api,
    ui::{Icon, IconView},
};
use leptos::{html, prelude::*};

/// See the module.
#[component]
pub fn HeldMenu(
    /// What goes on in the room.
    talk: Talk,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    let copied = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if talk.held.with(Option::is_some) {
            copied.set(false);
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let close = move || talk.held.set(None);
    let item = move |icon: Icon, key: Key, danger: bool, act: Callback<()>| {
        view! {
            <button
                type="button"
                class="held__item"
                class:held__item--danger=danger
                on:click=move |_| { close(); act.run(()); }
            >
                <IconView icon/>
                {i18n.t(key)}
            </button>
        }
    };
    let inside = move || {
        let Held { message, .. } = talk.held.get()?;
        let offers = talk.room.with(|room| room.as_ref().map(|room| Offers::of(&message, room)))?;
        let line = preview(i18n, &message);
        let (quoted, edited, text, id) = (message.clone(), message.clone(), line.clone(), message.id.clone());
        let quote = Callback::new(move |()| talk.quote(quoted.clone()));
        let copy = Callback::new(move |()| {
            clipboard::copy(&text);
            copied.set(true);
        });
        let edit = Callback::new(move |()| talk.edit(edited.clone()));
        let unsend = Callback::new(move |()| {
            let user = talk.user.get_untracked();
            talk.deeds.run(api::unsend(user, id.clone()), |()| ());
        });
        Some(view! {
            <p class="held__line">{line}</p>
            {offers.quote.then(|| item(Icon::Quote, Key::SimQuote, false, quote))}
            {offers.copy.then(|| item(Icon::Copy, Key::UiCopy, false, copy))}
            {offers.edit.then(|| item(Icon::Pencil, Key::SimEdit, false, edit))}
            {offers.unsend.then(|| item(Icon::Trash, Key::SimUnsend, true, unsend))}
        })
    };
    // The dialog's own ground is what lies outside of its items.
    let outside = move |event: leptos::ev::MouseEvent| {
        if event_target::<web_sys::Element>(&event).tag_name() == "DIALOG" {
            close();
        }
    };
    let place =
        move || talk.held.with(|held| held.as_ref().map(|held| format!("--x: {}px; --y: {}px", held.at.0, held.at.1)));
    view! {
        <dialog
            class="held"
            style=place
            node_ref=node
            aria-label=i18n.t(Key::SimActions)
            on:close=move |_| close()
            on:click=outside
        >
            <div class="held__items">{inside}</div>
        </dialog>
        <p role="status" class="visually-hidden">{move || copied.get().then(|| i18n.t(Key::UiCopied))}</p>
    }
}
