//! Saying something, saying it otherwise, and taking it back.

use super::{Place, Trouble};
use crate::simulator::{
    mint,
    model::{Author, Message},
    world::{Content, World},
};
use serde_json::{Value, json};

/// What can be quoted, and therefore has a quote token.
const QUOTABLE: [&str; 4] = ["text", "sticker", "image", "video"];

impl World {
    /// A bubble of a room, also one that went to many.
    pub fn bubble(&self, room: &str, id: &str) -> Option<Message> {
        let own = self.rooms.get(room).and_then(|room| room.messages.iter().rfind(|message| message.id == id));
        own.cloned().or_else(|| self.mail_in(room, usize::MAX).into_iter().rfind(|message| message.id == id))
    }

    /// Says something in a room: `body` is the message object without its ids. Answers the message id.
    ///
    /// # Errors
    /// When the room or the friend does not exist, the account is blocked, or no phone could send this.
    pub fn say(
        &mut self,
        user: &str,
        room: &str,
        body: Value,
        content: Option<Content>,
        at: i64,
    ) -> Result<String, Trouble> {
        let place = self.place(user, room)?;
        let body = self.checked(&place, &body)?;
        let id = mint::message_id(at);
        if let Some(content) = content {
            self.contents.insert(id.clone(), content);
            self.save_content(&id);
        }
        self.utter(user, room, place, &id, body.clone(), Some(body), at);
        Ok(id)
    }

    /// Puts words into a room: as `shown` on the phones, and as `told` to the channel, if it hears of them at all.
    #[expect(clippy::too_many_arguments, reason = "who, where, which, what twice, when")]
    pub(super) fn utter(
        &mut self,
        user: &str,
        room: &str,
        place: Place,
        id: &str,
        shown: Value,
        told: Option<Value>,
        at: i64,
    ) {
        let kind = told.as_ref().and_then(|told| told["type"].as_str()).unwrap_or_default();
        let quotable = QUOTABLE.contains(&kind);
        let message = Message {
            id: id.to_owned(),
            time: at,
            from: Author::User(user.into()),
            body: shown,
            unsent: false,
            edited: false,
            silent: false,
            read: false,
            read_token: format!("{}.{id}", mint::hex(24)),
            quote_token: if quotable { mint::hex(40) } else { String::new() },
        };
        let (read, quote) = (message.read_token.clone(), message.quote_token.clone());
        self.put(&place.room, message);
        // Who writes has read what stands above.
        self.see(user, room);
        let (Some(channel), Some(mut event)) = (place.channel, told) else { return };
        if place.to == user {
            let friend = self.friend_or_new(&channel, user);
            friend.wrote = friend.wrote.max(at);
            self.save_friend(&channel, user);
        }
        event["id"] = id.into();
        event["markAsReadToken"] = read.into();
        if quotable {
            event["quoteToken"] = quote.into();
        }
        self.event(&channel, at, &place.source, Some(&place.to), json!({ "type": "message", "message": event }));
    }

    /// A message of this friend's that can still be changed, and where it stands.
    fn own(&self, user: &str, message: &str, life: i64, at: i64) -> Result<(Place, Message), Trouble> {
        let room = self.places.get(message).ok_or(Trouble::NotFound)?.clone();
        let found = self.bubble(&room, message).ok_or(Trouble::NotFound)?;
        // Of a bubble that a tapped button put there the account knows nothing.
        if found.from != Author::User(user.into()) || found.unsent || found.read_token.is_empty() {
            return Err(Trouble::NotFound);
        }
        let place = self.place(user, room.split('/').next().unwrap_or(&room))?;
        if at - found.time > life { Err(Trouble::TooLate) } else { Ok((place, found)) }
    }

    /// Puts other words into a text that was said in a group. The account hears of it with the same
    /// message id, a new quote token, and no token for marking as read.
    ///
    /// # Errors
    /// When it is not this friend's, is gone, no text, not in a group, or too old.
    pub fn edit(&mut self, user: &str, message: &str, body: &Value, at: i64) -> Result<(), Trouble> {
        let (place, mut found) = self.own(user, message, self.settings.edit_window, at)?;
        if !place.room.starts_with('C') || found.body["type"] != "text" {
            return Err(Trouble::Impossible("only texts in groups can be edited"));
        }
        let mut body = body.clone();
        body["type"] = "text".into();
        // What it quotes stays.
        if let Some(body) = body.as_object_mut() {
            body.remove("quotedMessageId");
        }
        let mut words = self.checked(&place, &body)?;
        if let Some(quoted) = found.body.get("quotedMessageId") {
            words["quotedMessageId"] = quoted.clone();
        }
        found.body = words.clone();
        found.edited = true;
        found.quote_token = mint::hex(40);
        let quote_token = found.quote_token.clone();
        self.replace(&place.room, found);
        words["id"] = message.into();
        words["quoteToken"] = quote_token.into();
        if let Some(channel) = &place.channel {
            let payload = json!({ "type": "messageEdited", "message": words });
            self.event(channel, at, &place.source, Some(&place.to), payload);
        }
        Ok(())
    }

    /// Takes a message back: its words and its content are gone.
    ///
    /// # Errors
    /// When it is not this friend's, is gone already, or too old.
    pub fn unsend(&mut self, user: &str, message: &str, at: i64) -> Result<(), Trouble> {
        let (place, mut found) = self.own(user, message, self.settings.unsend_window, at)?;
        found.unsent = true;
        found.body = Value::Null;
        self.replace(&place.room, found);
        if let Some(content) = self.contents.get_mut(message) {
            content.gone = true;
            content.bytes = bytes::Bytes::new();
            self.save_content(message);
        }
        if let Some(channel) = &place.channel {
            let payload = json!({ "type": "unsend", "unsend": { "messageId": message } });
            self.event(channel, at, &place.source, None, payload);
        }
        Ok(())
    }

    /// Puts a changed message in the place of the old one.
    fn replace(&mut self, room: &str, message: Message) {
        self.save_message(room, &message);
        if let Some((_, old)) = self.message_mut(&message.id) {
            *old = message;
        }
        self.changed(room);
    }
}
