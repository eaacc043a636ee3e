//! LINE's message objects as a phone draws them: in the simulator's phones, in the inbox, and in the previews of
//! editors. What is not known degrades to its `altText`.

mod flex;

pub use flex::flex;

use leptos::prelude::*;
use serde_json::Value;

/// Somebody tapped an action inside a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Where the action stands in the message object: a JSON pointer, such as `/template/actions/0`.
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
