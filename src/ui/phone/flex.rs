//! Flex Messages.

use super::Taps;
use leptos::prelude::*;
use serde_json::Value;

/// A bubble or carousel of bubbles. `at` is where `contents` stands in the message object: `/contents`.
pub fn flex(contents: &Value, at: &str, taps: Taps) -> AnyView {
    let _ = (contents, at, taps);
    ().into_any()
}
