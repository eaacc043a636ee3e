//! Keys: what a press means, and where it leads.

use super::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Whether the press belongs to a composition of Japanese, Chinese or Thai; 229 is how Safari tells its last key.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Whether a single key was meant for something that takes text, for a dialog, or for the browser.
pub fn is_writing(event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || is_composing(event) {
        return true;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target.closest("input, textarea, select, dialog[open], [contenteditable]").ok().flatten().is_some()
    })
}

/// Ctrl or ⌘ with a letter, and nothing else.
pub fn is_command(event: &KeyboardEvent, letter: &str) -> bool {
    (event.ctrl_key() != event.meta_key())
        && !event.alt_key()
        && !event.shift_key()
        && !is_composing(event)
        && event.key().eq_ignore_ascii_case(letter)
}

/// The key that goes with letters here: ⌘ on Apple's machines, else Ctrl.
pub fn command_key() -> &'static str {
    let platform = window().and_then(|window| window.navigator().platform().ok()).unwrap_or_default();
    if ["Mac", "iPhone", "iPad"].iter().any(|apple| platform.starts_with(apple)) { "⌘" } else { "Ctrl" }
}

/// The element of this id, if it is on the page and can be seen.
pub fn shown(id: &str) -> Option<HtmlElement> {
    let element = document()?.get_element_by_id(id)?.dyn_into::<HtmlElement>().ok()?;
    (element.offset_width() > 0).then_some(element)
}

/// Puts the focus on the first of these that is there. False when none is.
pub fn focus_first(ids: &[&str]) -> bool {
    let found = ids.iter().find_map(|id| shown(id));
    found.is_some_and(|element| element.focus().is_ok())
}
