//! The platform itself: its clock, how it behaves, and what is in it.

use crate::time::SECOND;
use serde::{Deserialize, Serialize};

/// How the platform behaves on the wire; can be changed while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Manners {
    /// Refuses with 429 what comes faster than LINE allows (line-platform.md §3).
    pub rate_limits: bool,
    /// How long a narrowcast waits, and then how long it is being sent, milliseconds.
    pub narrowcast_pace: i64,
    /// The most events in one webhook; they gather while one is on its way. 1 sends each by itself.
    pub webhook_batch: u32,
    /// How often a failed webhook is sent again, where the channel has that switched on. LINE does not say.
    pub redeliveries: u32,
    /// The wait before that, milliseconds; doubles each time. LINE does not say.
    pub redelivery_wait: i64,
    /// Nothing is sent any more after so many failures in a row, until the channel's webhook is tested or set
    /// anew; 0 for never. LINE does that "if webhooks keep failing" and does not say when.
    pub suspend_after: u32,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            rate_limits: false,
            narrowcast_pace: SECOND,
            webhook_batch: 20,
            redeliveries: 5,
            redelivery_wait: SECOND,
            suspend_after: 0,
        }
    }
}

/// What the settings page shows of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformCard {
    /// How it behaves.
    pub manners: Manners,
    /// How long filling an audience takes, milliseconds.
    pub audience_wait: i64,
    /// Numbers that could tell of single people are hidden.
    pub privacy: bool,
    /// What its clock shows, Unix milliseconds.
    pub now: i64,
    /// How far that is ahead of the real time, milliseconds.
    pub offset: i64,
    /// What is in it.
    pub counts: StateCounts,
    /// Kept in a file beside the memory.
    pub kept: bool,
    /// Insists on https.
    pub strict: bool,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCounts {
    /// Channels.
    pub channels: u64,
    /// Virtual friends.
    pub users: u64,
    /// Groups.
    pub groups: u64,
    /// Messages in rooms.
    pub messages: u64,
    /// Pictures, films, sounds and files.
    pub contents: u64,
}
