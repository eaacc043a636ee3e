//! People, and how they stand to accounts and rooms.

use crate::simulator::model::FriendPath;
use serde::{Deserialize, Serialize};

/// A virtual friend.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// `U` and 32 hex digits.
    pub id: String,
    /// The name on their profile.
    pub name: String,
    /// Has a profile picture.
    pub picture: bool,
    /// The line under the name.
    pub status: String,
    /// BCP 47, when they told LINE.
    pub language: Option<String>,
    /// When they came.
    pub created: i64,
    /// Counts up over all who came.
    #[serde(default)]
    pub number: u64,
}

/// Between a friend and an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Friendship {
    /// Added it as a friend; `false` for those who only wrote.
    pub added: bool,
    /// Blocked it.
    pub blocked: bool,
    /// Unix milliseconds of their last message to it.
    pub wrote: i64,
    /// Unix milliseconds when they added it first; 0 for those who only wrote.
    #[serde(default)]
    pub since: i64,
    /// How many mailings there had been each time they came or went (see [`super::mailing`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<usize>,
    /// By which way they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<FriendPath>,
    /// Blocked, and taken from the phone's lists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// How far the room is read.
    #[serde(default, skip_serializing_if = "Seat::is_new")]
    pub seat: Seat,
    /// When they blocked it and unblocked it, by turns: Unix milliseconds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<i64>,
}

/// How somebody stands to a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seat {
    /// The id of the last bubble that they saw.
    pub seen: u64,
    /// New messages show no banner.
    pub muted: bool,
}

impl Seat {
    fn is_new(&self) -> bool {
        *self == Self::default()
    }
}

impl Friendship {
    /// Messages to many arrive: added, and not blocked.
    pub fn welcomes(&self) -> bool {
        self.added && !self.blocked
    }

    /// Whether it was blocked when `test` still held of the time; it must hold up to some moment and never
    /// after it. Histories may have been played in any order.
    pub fn blocked_while(&self, test: impl Fn(i64) -> bool) -> bool {
        if self.when.is_empty() { self.blocked } else { self.when.iter().filter(|time| test(**time)).count() % 2 == 1 }
    }
}
