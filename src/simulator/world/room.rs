//! Rooms: what stands in them, what can be answered, and how bubbles come into them.

use super::{Change, World};
use crate::{
    simulator::{
        mint,
        model::{Author, Message},
    },
    time::MINUTE,
};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A group chat.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// `C` and 32 hex digits (`R` for the old multi-person rooms).
    pub id: String,
    /// Its name.
    pub name: String,
    /// Has a picture.
    pub picture: bool,
    /// Users in it.
    pub members: Vec<String>,
    /// The channel whose bot is in it.
    pub bot: Option<String>,
}

/// What a room's phones show.
#[derive(Debug, Default)]
pub struct Room {
    /// The oldest first.
    pub messages: Vec<Message>,
    /// The account shows a loading animation until then.
    pub loading_until: i64,
}

/// Bytes that a message carries.
#[derive(Clone, Debug)]
pub struct Content {
    /// As sent.
    pub bytes: Bytes,
    /// Media type.
    pub mime: String,
    /// `image`, `video`, `audio`, `file`.
    pub kind: String,
    /// The message was taken back.
    pub gone: bool,
    /// Answered with 202 until then, Unix milliseconds.
    pub ready_at: i64,
}

/// One use, about a minute.
#[derive(Clone, Debug)]
pub struct ReplyToken {
    /// Whose.
    pub channel: String,
    /// User or group id.
    pub to: String,
    /// When the event happened.
    pub event: i64,
    /// When it was delivered last.
    pub issued: i64,
    /// Spent.
    pub used: bool,
}

/// The key of the room between an account and a friend.
pub fn one_to_one(channel: &str, user: &str) -> String {
    format!("{channel}/{user}")
}

impl World {
    /// The key of a room as a friend names it: a group by its id, an account by its channel.
    pub fn key_of(&self, user: &str, room: &str) -> String {
        if self.groups.contains_key(room) { room.to_owned() } else { one_to_one(room, user) }
    }

    /// Notes that a room changed.
    pub fn changed(&mut self, room: &str) {
        self.changes.push(Change { room: room.to_owned() });
    }

    /// Puts a bubble into a room.
    pub fn put(&mut self, room: &str, message: Message) {
        self.save_message(room, &message);
        self.places.insert(message.id.clone(), room.to_owned());
        self.rooms.entry(room.to_owned()).or_default().messages.push(message);
        self.changed(room);
    }

    /// Puts a line in small type into a room. `what` is a word of [`crate::simulator::view`].
    pub fn notice(&mut self, room: &str, what: &str, names: &str, time: i64) {
        let message = Message {
            id: mint::message_id(time),
            time,
            from: Author::Notice,
            body: json!({ "type": what, "text": names }),
            unsent: false,
            edited: false,
            read: false,
            read_token: String::new(),
            quote_token: String::new(),
            silent: false,
        };
        self.put(room, message);
    }

    /// The message with this id.
    pub fn message_mut(&mut self, id: &str) -> Option<(String, &mut Message)> {
        let room = self.places.get(id)?.clone();
        let messages = &mut self.rooms.get_mut(&room)?.messages;
        let at = messages.iter().rposition(|message| message.id == id)?;
        Some((room, &mut messages[at]))
    }

    /// Makes a reply token; the ones that nobody can use any more are forgotten on the way.
    pub fn reply_token(&mut self, channel: &str, to: &str, event: i64, now: i64) -> String {
        while let Some(front) = self.reply_order.front() {
            if self.reply_tokens.get(front).is_some_and(|token| now - token.issued < 30 * MINUTE) {
                break;
            }
            self.reply_tokens.remove(front);
            self.reply_order.pop_front();
        }
        let token = mint::hex(32);
        self.reply_tokens.insert(
            token.clone(),
            ReplyToken { channel: channel.into(), to: to.into(), event, issued: now, used: false },
        );
        self.reply_order.push_back(token.clone());
        token
    }
}
