//! What can be changed while the platform runs: how long things take, and how shy it is with numbers.

use crate::time::SECOND;
use serde::{Deserialize, Serialize};

/// Read whenever a question is asked, so a change also counts for what is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// How long filling an audience takes, milliseconds. LINE takes hours.
    pub audience_wait: i64,
    /// Hides what could tell of single people: numbers under 20, click and impression audiences
    /// under 50 (line-platform.md §10, §11). Off for demos, which have a dozen friends.
    pub privacy: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { audience_wait: 3 * SECOND, privacy: true }
    }
}
