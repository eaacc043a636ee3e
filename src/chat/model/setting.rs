//! How an account and its operators chat.

use crate::id::UploadId;
use serde::{Deserialize, Serialize};

/// The longest that a file can be downloaded, in days.
pub const LINK_DAYS: i64 = 365;

/// When a friend is told that we have read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadMode {
    /// As soon as somebody looks into the room.
    #[default]
    Open,
    /// With our answer.
    Reply,
    /// Never.
    Never,
}

impl ReadMode {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Open, Self::Reply, Self::Never];

    /// As the database has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reply => "reply",
            Self::Never => "never",
        }
    }

    /// From the word.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|mode| mode.name() == name).unwrap_or_default()
    }
}

/// How an account chats.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChatSetting {
    /// When a friend is told that we have read.
    pub read: ReadMode,
    /// Sending can be undone for five seconds.
    pub undo: bool,
    /// Answers carry the operator's name instead of the account's, unless they choose otherwise.
    pub as_me: bool,
    /// How long a file can be downloaded, in days; 0 is for ever.
    pub link_days: i64,
}

impl Default for ChatSetting {
    fn default() -> Self {
        Self { read: ReadMode::Open, undo: true, as_me: false, link_days: 30 }
    }
}

/// How an operator chats for an account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Voice {
    /// The name beside their answers; empty for their own.
    pub name: String,
    /// The picture beside their answers.
    pub icon: Option<UploadId>,
    /// Enter sends; otherwise Ctrl or ⌘ with Enter.
    pub enter_sends: bool,
}

impl Default for Voice {
    fn default() -> Self {
        Self { name: String::new(), icon: None, enter_sends: true }
    }
}

/// What the composer goes by.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Manners {
    /// Of the account.
    pub setting: ChatSetting,
    /// Of the operator.
    pub voice: Voice,
    /// LINE can fetch files from here.
    pub files: bool,
}
