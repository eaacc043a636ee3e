//! Flex Messages, drawn as LINE's phone draws them. The message is walked as it came: what is unknown or malformed is
//! left out and the rest stays. Sizes are those of LINE's own simulator of Flex Messages.

mod boxes;
mod bubble;
mod button;
mod picture;
mod place;
mod tap;
mod text;
mod value;

#[cfg(test)]
mod tests;

use super::Taps;
use crate::{
    i18n::{Key, use_i18n},
    ui::hydrated,
};
use leptos::prelude::*;
use place::Spot;
use serde_json::Value;

/// The blocks of a bubble in the order in which they are drawn.
const BLOCKS: [&str; 4] = ["header", "hero", "body", "footer"];

/// Boxes in boxes beyond this are not drawn: a page has only so much stack.
const DEEPEST: usize = 32;

/// Whether there is anything to draw; if not, the message is its `altText`.
pub fn draws(contents: &Value) -> bool {
    match value::text(contents, "type") {
        Some("bubble") => bubble::draws(contents),
        Some("carousel") => value::list(contents, "contents").iter().any(bubble::draws),
        _ => false,
    }
}

/// A bubble or carousel of bubbles. `at` is where `contents` stands in the message object: `/contents`.
pub fn flex(contents: &Value, at: &str, taps: Taps) -> AnyView {
    if !draws(contents) {
        return ().into_any();
    }
    // A still picture needs nothing of the browser.
    let alive = if taps.live() { hydrated() } else { signal(false).0 };
    let spot = Spot { row: false, before: None, depth: 0, layer: 0, taps, alive };
    if value::text(contents, "type") == Some("bubble") {
        return view! { <div class="flexm">{bubble::bubble(contents, at, spot)}</div> }.into_any();
    }
    let bubbles = value::list(contents, "contents").iter().enumerate().filter(|(_, bubble)| bubble::draws(bubble));
    let bubbles: Vec<AnyView> =
        bubbles.map(|(number, bubble)| bubble::bubble(bubble, &format!("{at}/contents/{number}"), spot)).collect();
    let label = use_i18n().t(Key::FlexCards);
    // Reached by keyboard, as its cards may hold nothing that is.
    view! { <div class="flexm flexm--carousel" role="group" tabindex="0" aria-label=label>{bubbles}</div> }.into_any()
}
