//! What friends did with messages: saw a bubble, opened a link, played a film (line-platform.md §11).

use super::World;
use crate::{simulator::model::Author, time::MINUTE};
use serde::{Deserialize, Serialize};

/// Who looks again within this time is still looking.
pub(super) const VISIT: i64 = 30 * MINUTE;
/// How many of the last bubbles a look at a chat shows.
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

    /// The request that sent a bubble, and which of its bubbles, from 1; none where no request did. `room` is the
    /// key of the room in which it stands.
    fn origin(&self, room: &str, message: &str) -> Option<(String, usize)> {
        let number: u64 = message.parse().ok()?;
        if let Some(call) = self.sent.get(&number).and_then(|at| self.accepted.get(*at)) {
            let at = call.sent.iter().position(|sent| sent["id"] == message)?;
            return (call.arrived && self.places.get(message).is_some_and(|place| place == room))
                .then(|| (call.request_id.clone(), at + 1));
        }
        let mailing = self.mailing_with(room, message)?;
        let at = mailing.messages.iter().position(|bubble| bubble.id == message)?;
        Some((mailing.request_id.clone(), at + 1))
    }

    /// Whether a friend looked at a bubble in the last half hour.
    fn has_looked(&self, origin: &(String, usize), user: &str, at: i64) -> bool {
        let before = self.reactions.get(&origin.0).map(Vec::as_slice).unwrap_or_default();
        let mut same = before.iter().rev().filter(|one| one.user == user && one.seq == origin.1 && one.is_look());
        same.next().is_some_and(|last| at - last.time < VISIT)
    }

    fn saw(&mut self, (request_id, seq): (String, usize), user: &str, at: i64) {
        self.react(Reaction { request_id, user: user.to_owned(), seq, url: None, played: None, time: at });
    }

    /// Bubbles of a room come into a friend's sight, each once in a visit: whoever shows them knows what a visit is.
    /// Of those that no request sent nothing is counted.
    pub fn sight(&mut self, user: &str, room: &str, messages: &[String], at: i64) {
        let key = self.key_of(user, room);
        for message in messages.iter().take(IN_SIGHT) {
            if let Some(origin) = self.origin(&key, message) {
                self.saw(origin, user, at);
            }
        }
    }

    /// A friend opens an address of a bubble. Who does that has seen it.
    pub(in crate::simulator) fn click(&mut self, user: &str, room: &str, message: &str, url: &str, at: i64) {
        let web = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
        let Some(origin) = self.origin(room, message).filter(|_| web) else { return };
        if !self.has_looked(&origin, user, at) {
            self.saw(origin.clone(), user, at);
        }
        let (request_id, seq) = origin;
        let (user, url) = (user.to_owned(), Some(url.to_owned()));
        self.react(Reaction { request_id, user, seq, url, played: None, time: at });
    }

    /// A friend plays a film or sound of a bubble, as far as so many percent.
    pub fn play(&mut self, user: &str, room: &str, message: &str, percent: u8, at: i64) {
        let key = self.key_of(user, room);
        let body = self.bubble(&key, message).map(|message| message.body).unwrap_or_default();
        let plays = matches!(body["type"].as_str(), Some("video" | "audio")) || body.get("video").is_some();
        let Some(origin) = self.origin(&key, message).filter(|_| plays) else { return };
        if !self.has_looked(&origin, user, at) {
            self.saw(origin.clone(), user, at);
        }
        let (request_id, seq) = origin;
        let (user, played) = (user.to_owned(), Some(percent.min(100)));
        self.react(Reaction { request_id, user, seq, url: None, played, time: at });
    }

    /// A friend opens a chat: what an account sent and stands there is seen, and the menu below. Looking again
    /// within half an hour changes nothing.
    pub fn look(&mut self, room: &str, user: &str, at: i64) {
        let key = self.key_of(user, room);
        let bubbles = self.bubbles_in(&key, IN_SIGHT);
        for bubble in bubbles.iter().filter(|bubble| bubble.time <= at && !bubble.unsent) {
            let Author::Bot(_) = bubble.from else { continue };
            let new = self.origin(&key, &bubble.id).filter(|origin| !self.has_looked(origin, user, at));
            if let Some(origin) = new {
                self.saw(origin, user, at);
            }
        }
        self.look_at_menu(room, user, at);
    }
}
