//! What can be tapped. A box that can be tapped may hold buttons, and buttons may not hold buttons: an empty button
//! is laid over everything that can be tapped, and what lies further in is lifted above it.

use super::{
    place::{Css, Spot},
    value::{list, text},
};
use leptos::prelude::*;
use serde_json::Value;

/// The action of a component or bubble, if it has one that can be named.
pub fn action(node: &Value) -> Option<&Value> {
    node.get("action").filter(|action| text(action, "type").is_some())
}

/// What a reader would call it: its label, else the words it lies under, else what it does.
pub fn name(action: &Value, node: &Value) -> String {
    if let Some(label) = text(action, "label").filter(|label| !label.trim().is_empty()) {
        return label.to_owned();
    }
    let mut words = String::new();
    gather(node, &mut words, 0);
    let words = words.trim();
    if !words.is_empty() {
        return words.chars().take(120).collect();
    }
    ["displayText", "text", "uri", "clipboardText", "data", "type"]
        .into_iter()
        .find_map(|key| text(action, key).filter(|text| !text.is_empty()))
        .unwrap_or_default()
        .to_owned()
}

/// The words inside a component, in their order.
fn gather(node: &Value, words: &mut String, depth: usize) {
    if depth > super::DEEPEST || words.len() > 500 {
        return;
    }
    let spans = list(node, "contents");
    match text(node, "type") {
        Some("span") => words.push_str(text(node, "text").unwrap_or_default()),
        Some("text") if spans.is_empty() => {
            words.push_str(text(node, "text").unwrap_or_default());
            words.push(' ');
        }
        Some("text" | "box") => {
            spans.iter().for_each(|inner| gather(inner, words, depth + 1));
            words.push(' ');
        }
        Some("bubble") => {
            for block in super::BLOCKS {
                if let Some(inner) = node.get(block) {
                    gather(inner, words, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// The button over something that can be tapped. `at` is where the thing stands; nothing in a still picture.
pub fn over(node: &Value, at: &str, spot: Spot) -> Option<AnyView> {
    let action = action(node).filter(|_| spot.taps.live())?;
    Some(button("flexm__tap", lifted(spot), action, &format!("{at}/action"), Some(name(action, node)), None, spot))
}

/// Above what can be tapped around it.
pub fn lifted(spot: Spot) -> Css {
    let mut css = Css::default();
    css.set("z-index", &(spot.layer + 1).to_string());
    css
}

/// A real button that tells of an action, and where in the message that stands.
pub fn button(
    class: &'static str,
    css: Css,
    action: &Value,
    at: &str,
    label: Option<String>,
    inner: Option<AnyView>,
    spot: Spot,
) -> AnyView {
    let (at, action) = (at.to_owned(), action.clone());
    view! {
        <button
            type="button"
            class=class
            data-at=at.clone()
            style=css.attribute()
            aria-label=label
            disabled=move || !spot.alive.get()
            on:click=move |_| spot.taps.tap(&at, &action)
        >
            {inner}
        </button>
    }
    .into_any()
}
