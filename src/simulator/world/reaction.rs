//! What friends did with messages that went to many: saw a bubble, opened a link (line-platform.md §11).

use super::World;
use serde::{Deserialize, Serialize};

/// One impression, or one click.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// The request that sent the message.
    pub request_id: String,
    /// User id.
    pub user: String,
    /// Which bubble of the request, from 1.
    pub seq: usize,
    /// The address that was opened; none when the bubble was only seen.
    pub url: Option<String>,
    /// Unix milliseconds.
    pub time: i64,
}

impl World {
    /// Remembers a reaction. `false` when no such request was accepted.
    pub fn react(&mut self, reaction: Reaction) -> bool {
        if !self.accepted.iter().any(|call| call.request_id == reaction.request_id) {
            return false;
        }
        let count = self.reactions.get(&reaction.request_id).map_or(0, Vec::len);
        self.save("reaction", &format!("{}/{count:09}", reaction.request_id), &reaction);
        self.reactions.entry(reaction.request_id.clone()).or_default().push(reaction);
        true
    }
}
