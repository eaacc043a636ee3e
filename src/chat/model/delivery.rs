//! How sending a message went.

use serde::{Deserialize, Serialize};

/// How sending a message went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Delivery {
    /// Came in.
    Received,
    /// Waiting for LINE. `waiting` is set when an attempt failed and another will follow.
    Queued {
        /// The last attempt did not reach LINE.
        waiting: bool,
    },
    /// LINE took it.
    Sent {
        /// By which way.
        via: Via,
    },
    /// LINE did not take it; the text is kept and can be sent again.
    Failed {
        /// Why.
        why: Failure,
    },
    /// LINE was reached but its answer was not. A reply can't be asked about, so a person decides.
    Unknown,
    /// Not sent, and taken out of the room by an operator: drop it from the screen.
    Discarded,
}

/// By which way a message went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// Free.
    Reply,
    /// Counted by LINE.
    Push,
}

/// Why LINE did not take a message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Failure {
    /// The month's messages are used up.
    Quota,
    /// The access token is not valid (any more).
    Token,
    /// LINE could not be reached for a long time.
    Unreachable,
    /// LINE's own words.
    Refused {
        /// LINE's message.
        message: String,
    },
    /// The friend has blocked us, or the group let us go.
    Gone,
    /// A file or a message that it needs is no longer there.
    Missing,
    /// The room was deleted before the message went out.
    RoomDeleted,
}
