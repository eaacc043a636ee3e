//! A button that copies a text, and says so.

use crate::{
    browser::clipboard,
    i18n::{Key, use_i18n},
    ui::hydrated,
};
use leptos::prelude::*;
use std::time::Duration;

/// How long it says so.
const SAID: Duration = Duration::from_secs(2);

/// The button.
#[component]
pub fn CopyText(
    /// What is copied.
    text: String,
    /// What the button says.
    words: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        clipboard::copy(&text);
        copied.set(true);
        set_timeout(
            move || {
                let _ = copied.try_set(false);
            },
            SAID,
        );
    };
    view! {
        <button type="button" class="sim-button copy-text" disabled=move || !alive.get() on:click=copy>
            {words}
        </button>
        <span class="copy-text__said" role="status">{move || copied.get().then(|| i18n.t(Key::UiCopied))}</span>
    }
}
