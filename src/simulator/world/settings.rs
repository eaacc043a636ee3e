//! What can be changed while the platform runs: how long things take, and how shy it is with numbers.

use crate::time::{DAY, HOUR, SECOND};
use serde::{Deserialize, Serialize};

/// Read whenever a question is asked, so a change also counts for what is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// How long filling an audience takes, milliseconds. LINE takes hours.
    pub audience_wait: i64,
    /// Hides what could tell of single people: numbers under 20, click and impression audiences
    /// under 50, who came in the last three days (line-platform.md §10, §11). Off for demos, which have a
    /// dozen friends.
    pub privacy: bool,
    /// How long a friend can change their words in a group, milliseconds. LINE does not say it to bots' makers.
    pub edit_window: i64,
    /// How long a friend can take a message back, milliseconds. LINE does not say it to bots' makers.
    pub unsend_window: i64,
    /// How long after the end of a day, in Japan, its numbers can be asked for, milliseconds. LINE promises
    /// no hour: "about a day".
    pub insight_wait: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { audience_wait: 3 * SECOND, privacy: true, insight_wait: 0, edit_window: HOUR, unsend_window: DAY }
    }
}
