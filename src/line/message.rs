//! Messages as we send them (line-platform.md §6).

use serde::{Deserialize, Serialize};

/// A message object of the Messaging API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Message {
    /// Text, at most 5,000 UTF-16 code units.
    Text {
        /// The text.
        text: String,
    },
}
