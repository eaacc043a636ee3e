//! What a LINE Beacon can cause.

use serde::{Deserialize, Serialize};

/// What happened near a beacon. LINE no longer tells of leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeaconKind {
    /// Came into its range.
    Enter,
    /// Tapped the banner that it shows at the head of the chat list.
    Banner,
    /// Is in its range, told every ten seconds at most.
    Stay,
}

impl BeaconKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Enter, Self::Banner, Self::Stay];

    /// Its word in LINE's events.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Banner => "banner",
            Self::Stay => "stay",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
