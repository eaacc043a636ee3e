//! The bytes of a message, as far as the screens have to know of them.

use crate::id::MediaId;
use serde::{Deserialize, Serialize};

/// The bytes of a message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Media {
    /// Names it in `/media/{account}/{id}`.
    pub id: MediaId,
    /// Whether the bytes are here.
    pub state: MediaState,
    /// Content type, once known.
    pub content_type: String,
    /// Bytes, once known.
    pub size: i64,
    /// Pixels of a picture, once known.
    pub width: Option<i64>,
    /// Pixels of a picture, once known.
    pub height: Option<i64>,
}

/// Whether a message's bytes are here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaState {
    /// Being fetched.
    Pending,
    /// Stored.
    Ready,
    /// LINE no longer has them.
    Gone,
    /// Could not be fetched, or is larger than we keep.
    Failed,
}

impl MediaState {
    /// As the database has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Ready => "ready",
            Self::Gone => "gone",
            Self::Failed => "failed",
        }
    }

    /// From what the database has.
    pub fn from_name(name: &str) -> Self {
        match name {
            "ready" => Self::Ready,
            "gone" => Self::Gone,
            "failed" => Self::Failed,
            _ => Self::Pending,
        }
    }
}
