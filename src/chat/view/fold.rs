//! Long texts, of which the beginning is shown until the reader asks for the rest.

use crate::{
    i18n::{Key, use_i18n},
    ui::hydrated,
};
use leptos::prelude::*;

/// Longer texts (in characters) are folded.
const LONG: usize = 1_200;
/// Texts with more lines are folded, however short.
const LINES: usize = 24;

/// Whether a text is folded.
pub fn is_long(text: &str) -> bool {
    text.chars().nth(LONG).is_some() || text.lines().nth(LINES).is_some()
}

/// The beginning of something long, and a button for the rest.
#[component]
pub fn Folded(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let (open, alive) = (RwSignal::new(false), hydrated());
    view! {
        <div class="fold" class:fold--open=move || open.get()>
            <div class="fold__text">{children()}</div>
            <button
                type="button"
                class="link-button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                disabled=move || !alive.get()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || i18n.t(if open.get() { Key::ChatShowLess } else { Key::ChatShowMore })}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_texts_are_folded() {
        assert!(!is_long("") && !is_long(&"あ".repeat(LONG)) && !is_long(&"x\n".repeat(LINES)));
        assert!(is_long(&"あ".repeat(LONG + 1)) && is_long(&"x\n".repeat(LINES + 1)));
    }
}
