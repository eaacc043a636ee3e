//! LINE's message objects as a phone draws them: in the simulator's phones, in the inbox, and in the previews of
//! editors. What is not known degrades to its `altText`.
//!
//! Objects are walked as JSON and never trusted: what is missing or of another type is left out, and only addresses
//! of the web become sources of pictures. The looks are in `style/message.css`; the bubble around a message, who said
//! it and when, belong to whoever shows it.

mod coupon;
mod explain;
mod flex;
mod imagemap;
pub mod media;
mod message;
mod parts;
mod quick;
mod tappable;
mod template;
mod text;
pub mod words;

pub use explain::explain;
pub use flex::flex;
pub use media::Source;
pub use message::{Shape, is_drawn, line, message, sender, shape, unknown};
pub use quick::{has_quick_replies, quick_replies};
pub use tappable::{is_address, tappable};
pub use text::rich_text;

use leptos::prelude::*;
use serde_json::Value;

/// Somebody tapped an action inside a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Where the action stands in the message object: a JSON pointer, such as `/template/actions/0`. Empty for an
    /// address in a text, which is no action of the message's.
    pub at: String,
    /// The action object, in LINE's words.
    pub action: Value,
}

/// Who answers taps; a still picture when there is nobody.
#[derive(Clone, Copy, Default)]
pub struct Taps(Option<Callback<Act>>);

impl Taps {
    /// Taps are told to `callback`.
    pub fn to(callback: Callback<Act>) -> Self {
        Self(Some(callback))
    }

    /// Whether tapping does anything.
    pub fn live(self) -> bool {
        self.0.is_some()
    }

    /// Tells that the action at this place was tapped.
    pub fn tap(self, at: &str, action: &Value) {
        if let Some(callback) = self.0 {
            callback.run(Act { at: at.to_owned(), action: action.clone() });
        }
    }
}

/// What a message object does not say itself.
#[derive(Clone, Default)]
pub struct Scene {
    /// Who answers taps.
    pub taps: Taps,
    /// Where the bytes are that a phone has sent; the objects of webhooks name no address.
    pub held: Option<String>,
    /// Names by user id, for those whom a text names.
    pub names: Vec<(String, String)>,
}

/// A text of an object; empty when there is none.
fn word<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The address of a picture, film or sound of an object.
fn web(object: &Value, name: &str) -> Option<String> {
    let address = word(object, name);
    let known = address.starts_with("https://") || address.starts_with("http://");
    known.then(|| address.to_owned())
}

/// The items of a list of an object.
fn items<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    object.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests;
