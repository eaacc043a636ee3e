//! What is to be written down: rows, which [`crate::simulator::store`] takes in the order in which they were made.

use super::{World, one_to_one};
use crate::simulator::model::Message;
use serde::Serialize;
use serde_json::{Value, json};

/// A row to write, or to remove when there is no body.
#[derive(Debug)]
pub struct Row {
    /// What it is.
    pub kind: &'static str,
    /// Which.
    pub id: String,
    /// Its bytes.
    pub body: Option<Vec<u8>>,
}

/// A row of bytes: what they are, as a line of JSON, and the bytes.
pub(super) fn with_head(head: &Value, bytes: &[u8]) -> Vec<u8> {
    let mut body = head.to_string().into_bytes();
    body.push(b'\n');
    body.extend_from_slice(bytes);
    body
}

/// Takes a row of [`with_head`] apart.
pub(in crate::simulator) fn split_head(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = body.iter().position(|byte| *byte == b'\n')?;
    Some((&body[..end], &body[end + 1..]))
}

impl World {
    /// Notes that `value` is to be written.
    pub fn save(&mut self, kind: &'static str, id: &str, value: &impl Serialize) {
        if self.keep {
            let body = serde_json::to_vec(value).ok();
            self.rows.push(Row { kind, id: id.to_owned(), body });
        }
    }

    /// Writes a channel back.
    pub fn save_channel(&mut self, id: &str) {
        if let Some(channel) = self.channels.get(id).filter(|_| self.keep).cloned() {
            self.save("channel", id, &channel);
        }
    }

    /// Writes a friendship back.
    pub fn save_friend(&mut self, channel: &str, user: &str) {
        if let Some(friend) = self.friends.get(channel).and_then(|all| all.get(user)).filter(|_| self.keep).cloned() {
            self.save("friend", &one_to_one(channel, user), &friend);
        }
    }

    /// Writes a group back.
    pub fn save_group(&mut self, id: &str) {
        if let Some(group) = self.groups.get(id).filter(|_| self.keep).cloned() {
            self.save("group", id, &group);
        }
    }

    /// Writes a message back.
    pub fn save_message(&mut self, room: &str, message: &Message) {
        if self.keep {
            self.save("message", &message.id, &json!({ "room": room, "message": message }));
        }
    }

    /// Writes a content back, or that it is gone.
    pub fn save_content(&mut self, id: &str) {
        if let Some(content) = self.contents.get(id).filter(|_| self.keep) {
            let head = json!({ "mime": content.mime, "kind": content.kind, "gone": content.gone });
            let body = with_head(&head, &content.bytes);
            self.save_bytes("content", id, body);
        }
    }

    /// Notes that bytes are to be written.
    pub(super) fn save_bytes(&mut self, kind: &'static str, id: &str, body: Vec<u8>) {
        if self.keep {
            self.rows.push(Row { kind, id: id.to_owned(), body: Some(body) });
        }
    }

    /// Notes that a row is to be removed.
    pub fn forget(&mut self, kind: &'static str, id: &str) {
        if self.keep {
            self.rows.push(Row { kind, id: id.to_owned(), body: None });
        }
    }
}
