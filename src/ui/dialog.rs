//! A question that has to be answered first: the browser's own `<dialog>`, which keeps the focus
//! inside, closes by Esc and gives the focus back.

use super::{button::Button, button::ButtonKind, icon::Icon};
use crate::i18n::{Key, use_i18n};
use leptos::{html, prelude::*};

/// Open while `open` is true; sets it to false when it is closed by any means.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it asks.
    #[prop(into)]
    title: String,
    /// Id of its heading, unique on the page.
    #[prop(into)]
    id: String,
    /// Its content, with its buttons in an element of class `dialog__actions`.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    let labelled = id.clone();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=labelled on:close=move |_| open.set(false)>
            <div class="dialog__head">
                <h2 id=id>{title}</h2>
                <Button
                    kind=ButtonKind::Ghost
                    icon=Icon::Close
                    label=i18n.t(Key::UiClose)
                    on_click=move |_| open.set(false)
                />
            </div>
            <div class="dialog__body">{children()}</div>
        </dialog>
    }
}
