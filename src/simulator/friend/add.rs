//! Becoming a friend, by which way; deleting, muting, reading, passing on.

use super::Trouble;
use crate::simulator::{
    mint,
    model::{Author, FriendPath, Message},
    world::{Seat, World, one_to_one},
};
use serde_json::{Value, json};

/// How long the code of a short link is.
const CODE: usize = 7;

/// The code of the short link to a channel, always the same.
pub fn short_code(channel: &str) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mix = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut rest = channel.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
    let letter = |_| {
        let at = usize::try_from(rest % 62).unwrap_or_default();
        rest /= 62;
        char::from(ALPHABET[at])
    };
    (0..CODE).map(letter).collect()
}

impl World {
    /// Adds an account as a friend, or unblocks it. The way of the first time stays.
    ///
    /// # Errors
    /// When one of them does not exist.
    pub fn follow_by(&mut self, channel: &str, user: &str, path: Option<FriendPath>, at: i64) -> Result<(), Trouble> {
        let greeting = self.channels.get(channel).ok_or(Trouble::NotFound)?.greeting.clone();
        if !self.has_user(user) {
            return Err(Trouble::NotFound);
        }
        let mailings = self.mailings.get(channel).map_or(0, Vec::len);
        let friend = self.friend_or_new(channel, user);
        if friend.welcomes() {
            return Ok(());
        }
        let new = !friend.added;
        if new {
            friend.since = at;
            friend.path = path;
        }
        if friend.blocked {
            friend.when.push(at);
        }
        friend.turn(mailings);
        let unblocked = friend.blocked;
        friend.added = true;
        friend.blocked = false;
        friend.deleted = false;
        self.save_friend(channel, user);
        self.tell_follow(channel, user, unblocked, at);
        let room = one_to_one(channel, user);
        self.notice(&room, if unblocked { "unblocked" } else { "added" }, "", at);
        if new && !greeting.is_empty() {
            let body = json!({ "messages": [{ "type": "text", "text": greeting }] });
            self.arrive(channel, Some(&room), &body, at);
        }
        Ok(())
    }

    /// Takes an account from the phone's lists, which blocks it too.
    ///
    /// # Errors
    /// When the friend does not know it.
    pub fn delete_friend(&mut self, channel: &str, user: &str, at: i64) -> Result<(), Trouble> {
        self.block(channel, user, at)?;
        if let Some(friend) = self.friend_mut(channel, user) {
            friend.deleted = true;
        }
        self.save_friend(channel, user);
        self.changed(&one_to_one(channel, user));
        Ok(())
    }

    /// How somebody stands to a room: a channel id or a group id.
    pub fn seat(&self, user: &str, room: &str) -> Seat {
        if self.groups.contains_key(room) {
            return self.seats.get(&one_to_one(room, user)).copied().unwrap_or_default();
        }
        self.friend(room, user).map(|friend| friend.seat).unwrap_or_default()
    }

    /// Changes how somebody stands to a room, and answers whether it is different now. Who only looked at an account
    /// is not known to it, and nothing is kept of that.
    fn sit(&mut self, user: &str, room: &str, change: impl FnOnce(&mut Seat)) -> bool {
        let mut seat = self.seat(user, room);
        let before = seat;
        change(&mut seat);
        if seat == before {
            return false;
        }
        if self.groups.contains_key(room) {
            let key = one_to_one(room, user);
            self.save("seat", &key, &seat);
            self.seats.insert(key, seat);
        } else if let Some(friend) = self.friend_mut(room, user) {
            friend.seat = seat;
            self.save_friend(room, user);
        }
        true
    }

    /// Has read the room to its end.
    pub fn see(&mut self, user: &str, room: &str) {
        let key = self.key_of(user, room);
        let own = self.rooms.get(&key).and_then(|room| room.messages.last());
        let mailed = self.mail_in(&key, 1).pop();
        let newest = own.into_iter().chain(mailed.as_ref()).filter_map(|message| message.id.parse().ok()).max();
        let newest: u64 = newest.unwrap_or_default();
        if self.sit(user, room, |seat| seat.seen = seat.seen.max(newest)) {
            self.changed(&one_to_one(room, user));
        }
    }

    /// New messages of this room show a banner, or none.
    pub fn mute(&mut self, user: &str, room: &str, muted: bool) {
        if self.sit(user, room, |seat| seat.muted = muted) {
            self.changed(&one_to_one(room, user));
        }
    }

    /// The channel with this id: the basic one or the premium one, with or without its `@`, in any case.
    pub fn channel_by_id(&self, id: &str) -> Option<&str> {
        let wanted = id.trim().trim_start_matches('@');
        let is = |own: &str| !wanted.is_empty() && own.trim_start_matches('@').eq_ignore_ascii_case(wanted);
        let mut found = self
            .channels
            .values()
            .filter(|channel| is(&channel.basic_id) || channel.premium_id.as_deref().is_some_and(is));
        found.next().map(|channel| channel.id.as_str())
    }

    /// The channel of a short link.
    pub fn channel_by_code(&self, code: &str) -> Option<&str> {
        self.channels.keys().find(|id| short_code(id) == code).map(String::as_str)
    }

    /// Passes a text on to a group or a friend, and answers the room in which it stands. Bots hear of what their
    /// members pass on as of anything they say.
    ///
    /// # Errors
    /// When there is nobody of that id, or somebody is not in the group.
    pub fn share(&mut self, user: &str, to: &str, text: &str, at: i64) -> Result<String, Trouble> {
        let room = self.room_with(user, to, at)?;
        self.say(user, &room, json!({ "type": "text", "text": text }), None, at)?;
        Ok(room)
    }

    /// Passes an account on to a group or a friend: a card of which no bot hears, with the address that adds it.
    /// Answers the room in which it stands.
    ///
    /// # Errors
    /// When there is nobody of that id, no such account, or somebody is not in the group.
    pub fn recommend(&mut self, user: &str, to: &str, channel: &str, link: &str, at: i64) -> Result<String, Trouble> {
        let name = self.channels.get(channel).ok_or(Trouble::NotFound)?.name.clone();
        let room = self.room_with(user, to, at)?;
        let body: Value = json!({ "type": "text", "text": format!("{name}\n{link}") });
        let message = Message {
            id: mint::message_id(at),
            time: at,
            from: Author::User(user.into()),
            body,
            unsent: false,
            read: false,
            read_token: String::new(),
            quote_token: String::new(),
            silent: false,
            edited: false,
        };
        self.put(&room, message);
        self.see(user, &room);
        Ok(room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_codes_differ() {
        assert_eq!(short_code("2000000001").len(), CODE);
        assert_ne!(short_code("2000000001"), short_code("2000000002"));
        assert_eq!(short_code("2000000001"), short_code("2000000001"));
    }
}
