//! What follows when a friend taps an action: in a message, under it, or on a rich menu (line-platform.md §7).

use super::{Place, Trouble};
use crate::simulator::{
    mint,
    model::{Author, Message, Tap, action_at},
    world::World,
};
use serde_json::{Value, json};

impl World {
    /// Taps the action at `pointer` of a message. `value` is the date or time that was picked, where the action
    /// asks for one; without a pointer it is the address in the words of the message that was tapped. Answers what is left for the phone itself to do, of which the platform hears nothing.
    ///
    /// # Errors
    /// When the message is not in this room of the friend's, has no action there, or `value` can't be picked.
    pub fn act(
        &mut self,
        user: &str,
        room: &str,
        message: &str,
        pointer: &str,
        value: &str,
        at: i64,
    ) -> Result<Tap, Trouble> {
        let place = self.place(user, room)?;
        let found = self.message_in(&place.room, message).filter(|message| !message.unsent).ok_or(Trouble::NotFound)?;
        if pointer.is_empty() {
            // An address that stands in the words is no action, but opening it is counted all the same.
            let words = found.body["text"].as_str().unwrap_or_default();
            if value.is_empty() || !words.contains(value) {
                return Err(Trouble::NoAction);
            }
            self.click(user, &place.room, message, value, at);
            return Ok(Tap::Open { uri: value.to_owned() });
        }
        let action = action_at(&found.body, pointer).ok_or(Trouble::NoAction)?;
        if action["type"] == "richmenuswitch" {
            return Err(Trouble::Misplaced);
        }
        // An account that has left a group hears nothing of its old buttons, and the one that came after it neither.
        let hears = match &found.from {
            Author::Bot(sender) => place.channel.as_ref() == Some(sender),
            _ => true,
        };
        let tap = self.perform(user, room, &action, value, hears, at)?;
        if let Tap::Open { uri } = &tap {
            self.click(user, &place.room, message, uri, at);
        }
        Ok(tap)
    }

    /// A message that a room shows.
    fn message_in(&self, room: &str, id: &str) -> Option<&Message> {
        if self.places.get(id).is_some_and(|place| place == room) {
            return self.rooms.get(room)?.messages.iter().rev().find(|message| message.id == id);
        }
        self.mailed(room, id)
    }

    /// Performs an action in a room: the one way in which taps on messages and on menus become bubbles and events.
    /// With `hears`, the account of the room is told about postbacks.
    pub(in crate::simulator) fn perform(
        &mut self,
        user: &str,
        room: &str,
        action: &Value,
        value: &str,
        hears: bool,
        at: i64,
    ) -> Result<Tap, Trouble> {
        let word = |name: &str| action.get(name).and_then(Value::as_str).filter(|word| !word.is_empty());
        let data = word("data").unwrap_or_default();
        let tap = Tap::of(action);
        match (word("type").unwrap_or_default(), &tap) {
            ("message", _) => {
                self.say(user, room, text(word("text").unwrap_or_default()), None, at)?;
            }
            ("postback", _) => {
                let mut silent = false;
                if let Some(words) = word("text") {
                    self.say(user, room, text(words), None, at)?;
                } else if let Some(words) = word("displayText") {
                    self.show(user, room, words, at)?;
                } else {
                    silent = true;
                }
                self.tell(user, room, json!({ "data": data }), silent, hears, at)?;
            }
            ("datetimepicker", Tap::Pick { picker }) => {
                let chosen = picker.accept(value).ok_or(Trouble::Invalid)?;
                let params = json!({ (picker.mode.word()): chosen });
                self.tell(user, room, json!({ "data": data, "params": params }), true, hears, at)?;
            }
            ("richmenuswitch", _) => {
                let alias = word("richMenuAliasId").unwrap_or_default();
                let status = self.switch(user, room, alias);
                let params = json!({ "newRichMenuAliasId": alias, "status": status });
                self.tell(user, room, json!({ "data": data, "params": params }), false, hears, at)?;
            }
            ("videoPlayComplete", _) => {
                let Place { channel, to, source, .. } = self.place(user, room)?;
                // LINE tells it one to one only.
                if let Some(channel) = channel.filter(|_| hears && to == user) {
                    let told = json!({ "trackingId": word("trackingId").unwrap_or_default() });
                    let payload = json!({ "type": "videoPlayComplete", "videoPlayComplete": told });
                    self.event(&channel, at, &source, Some(&to), payload);
                }
            }
            ("uri" | "clipboard" | "camera" | "cameraRoll" | "location", _) => {}
            _ => return Err(Trouble::NoAction),
        }
        Ok(tap)
    }

    /// Shows `displayText`: a bubble of the friend's of which the webhook hears nothing.
    fn show(&mut self, user: &str, room: &str, words: &str, at: i64) -> Result<(), Trouble> {
        let place = self.place(user, room)?;
        let message = Message {
            id: mint::message_id(at),
            time: at,
            from: Author::User(user.into()),
            body: text(words),
            unsent: false,
            edited: false,
            silent: false,
            read: false,
            read_token: String::new(),
            quote_token: String::new(),
        };
        self.put(&place.room, message);
        Ok(())
    }

    /// Sends a postback, with a line about it in the room where nothing else is to be seen of it.
    fn tell(
        &mut self,
        user: &str,
        room: &str,
        postback: Value,
        notice: bool,
        hears: bool,
        at: i64,
    ) -> Result<(), Trouble> {
        let Place { room, channel, to, source } = self.place(user, room)?;
        if notice {
            self.notice(&room, "tapped", postback["data"].as_str().unwrap_or_default(), at);
        }
        if let Some(channel) = channel.filter(|_| hears) {
            let payload = json!({ "type": "postback", "postback": postback });
            self.event(&channel, at, &source, Some(&to), payload);
        }
        Ok(())
    }
}

fn text(words: &str) -> Value {
    json!({ "type": "text", "text": words })
}
