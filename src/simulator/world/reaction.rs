//! What friends did with messages: saw a bubble, opened a link, played a film (line-platform.md §11).

use super::World;
use crate::time::MINUTE;
use serde::{Deserialize, Serialize};

/// Who looks again within this time is still looking.
const VISIT: i64 = 30 * MINUTE;
/// How many of the last mailings a look at a chat shows.
const IN_SIGHT: usize = 50;

/// One impression, one click, or one start of a film or sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// The request that sent the message.
    #[serde(alias = "request_id")]
    pub request_id: String,
    /// User id.
    pub user: String,
    /// Which bubble of the request, from 1.
    pub seq: usize,
    /// The address that was opened; none when the bubble was only seen or played.
    pub url: Option<String>,
    /// How much of a film or sound was played, percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub played: Option<u8>,
    /// Unix milliseconds.
    pub time: i64,
}

impl Reaction {
    /// Whether a bubble was seen, and nothing more.
    pub fn is_look(&self) -> bool {
        self.url.is_none() && self.played.is_none()
    }
}

impl World {
    /// Remembers a reaction. `false` when no such request was accepted.
    pub fn react(&mut self, reaction: Reaction) -> bool {
        if !self.accepted.iter().rev().any(|call| call.request_id == reaction.request_id) {
            return false;
        }
        let count = self.reactions.get(&reaction.request_id).map_or(0, Vec::len);
        self.save("reaction", &format!("{}/{count:09}", reaction.request_id), &reaction);
        self.reactions.entry(reaction.request_id.clone()).or_default().push(reaction);
        true
    }

    /// A friend opens the chat with an account: what came to many and stands there is seen, and the menu
    /// below. Looking again within half an hour changes nothing.
    pub fn look(&mut self, channel: &str, user: &str, at: i64) {
        let all = self.mailings.get(channel).map(Vec::as_slice).unwrap_or_default();
        let first = all.len().saturating_sub(IN_SIGHT);
        let mut seen = Vec::new();
        for (number, mailing) in all.iter().enumerate().skip(first) {
            if at < mailing.time || !self.got(channel, number, user) {
                continue;
            }
            let before = self.reactions.get(&mailing.request_id).map(Vec::as_slice).unwrap_or_default();
            for seq in 1..=mailing.messages.len() {
                let mut same = before.iter().rev().filter(|one| one.user == user && one.seq == seq && one.is_look());
                if same.next().is_none_or(|last| at - last.time >= VISIT) {
                    let (request_id, user) = (mailing.request_id.clone(), user.to_owned());
                    seen.push(Reaction { request_id, user, seq, url: None, played: None, time: at });
                }
            }
        }
        for reaction in seen {
            self.react(reaction);
        }
        self.look_at_menu(channel, user, at, VISIT);
    }
}
