//! A message to many people, kept once. No room gets a copy: who it was for is a rule or a list of
//! numbers, and a room looks its mailings up when somebody reads it. A broadcast to a million friends
//! is one entry here.

use super::{
    crowd::{People, Shape},
    mint,
    model::Message,
    world::{Friendship, World},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Who a mailing was for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum To {
    /// Every friend of that moment.
    Friends,
    /// These, as [`number`]s, sorted: 16 bytes each.
    These(Vec<u128>),
    /// These; members of crowds take a bit each.
    Chosen(People),
}

/// How many recipients the control API names at most.
const NAMED: usize = 10_000;

/// A multicast, narrowcast or broadcast that was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mailing {
    /// `multicast`, `narrowcast` or `broadcast`.
    pub kind: String,
    /// Whose.
    pub channel: String,
    /// The request that it was accepted with.
    pub request_id: String,
    /// Who it was for.
    pub to: To,
    /// How many people it reached.
    pub reached: u64,
    /// Its bubbles; all recipients see the same ids.
    pub messages: Vec<Message>,
    /// When it arrived, Unix milliseconds.
    pub time: i64,
}

/// The number in a user id. None for ids that are not LINE's, which the control API lets tests make:
/// no multicast can name them, and no narrowcast picks them.
pub fn number(user: &str) -> Option<u128> {
    mint::is_line_id(user, "U").then(|| u128::from_str_radix(user.get(1..)?, 16).ok()).flatten()
}

impl Friendship {
    /// Notes that the friend comes or goes; must be called before that is written down. `mailings` is
    /// how many there have been.
    pub fn turn(&mut self, mailings: usize) {
        // Before the first mailing there is nothing that could have been missed.
        if mailings > 0 {
            self.turns.push(mailings);
        }
    }

    /// Whether mailing number `at` to all friends found them welcoming: what they are today, turned
    /// back as often as they turned since.
    pub fn welcomed(&self, at: usize) -> bool {
        let since = self.turns.iter().rev().take_while(|turn| **turn > at).count();
        self.welcomes() ^ (since % 2 == 1)
    }
}

impl Mailing {
    /// What can be done with it.
    pub fn shape(&self) -> Shape {
        Shape::new(&self.request_id, self.time, self.messages.iter().map(|message| &message.body))
    }
}

impl World {
    /// Remembers a mailing, which makes it arrive.
    pub fn mail(&mut self, mailing: Mailing) {
        let channel = mailing.channel.clone();
        let at = self.mailings.get(&channel).map_or(0, Vec::len);
        self.save("mailing", &format!("{channel}/{at:012}"), &mailing);
        self.mailings.entry(channel.clone()).or_default().push(mailing);
        self.changed("");
        self.begin_wave(&channel, at, 0);
    }

    /// How the control API shows a mailing.
    pub fn shown_mailing(&self, mailing: &Mailing) -> Value {
        let to = match &mailing.to {
            To::Friends => None,
            To::These(numbers) => Some(numbers.iter().map(|number| format!("U{number:032x}")).collect::<Vec<_>>()),
            To::Chosen(people) => Some(self.ids_of(people, NAMED)),
        };
        json!({
            "kind": mailing.kind,
            "requestId": mailing.request_id,
            "time": mailing.time,
            "reached": mailing.reached,
            "to": to,
            "messages": mailing.messages,
        })
    }

    /// Whether mailing number `at` of a channel came to this user.
    pub fn got(&self, channel: &str, at: usize, user: &str) -> bool {
        let mailing = self.mailings.get(channel).and_then(|all| all.get(at));
        mailing.is_some_and(|mailing| match &mailing.to {
            To::These(numbers) => number(user).is_some_and(|number| numbers.binary_search(&number).is_ok()),
            To::Chosen(people) => self.who(user).is_some_and(|who| people.contains(who)),
            To::Friends => self.friend(channel, user).is_some_and(|friend| friend.welcomed(at)),
        })
    }

    /// The bubbles of the last mailings that came to a room, the oldest first: at least `limit` of them
    /// if there are so many.
    pub fn mail_in(&self, room: &str, limit: usize) -> Vec<Message> {
        let Some((channel, user)) = room.split_once('/') else { return Vec::new() };
        let Some(all) = self.mailings.get(channel) else { return Vec::new() };
        let (mut found, mut bubbles) = (Vec::new(), 0);
        for (at, mailing) in all.iter().enumerate().rev() {
            if bubbles >= limit {
                break;
            }
            if self.got(channel, at, user) {
                bubbles += mailing.messages.len();
                found.push(mailing);
            }
        }
        found.into_iter().rev().flat_map(|mailing| mailing.messages.iter().cloned()).collect()
    }

    /// The mailing of which this bubble is one, if it came to this room.
    pub fn mailing_with(&self, room: &str, message: &str) -> Option<&Mailing> {
        let (channel, user) = room.split_once('/')?;
        let mut all = self.mailings.get(channel)?.iter().enumerate().rev();
        let (at, mailing) = all.find(|(_, mailing)| mailing.messages.iter().any(|bubble| bubble.id == message))?;
        self.got(channel, at, user).then_some(mailing)
    }

    /// A bubble of a mailing that came to a room.
    pub fn mailed(&self, room: &str, message: &str) -> Option<&Message> {
        self.mailing_with(room, message)?.messages.iter().find(|bubble| bubble.id == message)
    }

    /// What a room shows: the last `limit` bubbles, the oldest first.
    pub fn bubbles_in(&self, room: &str, limit: usize) -> Vec<Message> {
        let own = self.rooms.get(room).map(|room| room.messages.as_slice()).unwrap_or_default();
        let mut bubbles = own[own.len().saturating_sub(limit)..].to_vec();
        bubbles.extend(self.mail_in(room, limit));
        bubbles.sort_by_key(|bubble| bubble.time);
        bubbles.drain(..bubbles.len().saturating_sub(limit));
        bubbles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_friend_got_what_was_sent_while_they_were_one() {
        let mut friend = Friendship { added: true, ..Friendship::default() };
        friend.turn(0);
        assert!(friend.welcomed(0) && friend.turns.is_empty());
        // Blocks after two mailings, comes back after five.
        friend.turn(2);
        friend.blocked = true;
        assert_eq!([0, 1, 2, 9].map(|at| friend.welcomed(at)), [true, true, false, false]);
        friend.turn(5);
        friend.blocked = false;
        assert_eq!([1, 2, 4, 5].map(|at| friend.welcomed(at)), [true, false, false, true]);
        let mut late = Friendship::default();
        late.turn(3);
        late.added = true;
        assert_eq!([2, 3].map(|at| late.welcomed(at)), [false, true]);
    }

    #[test]
    fn numbers_stand_for_user_ids() {
        let id = mint::line_id('U');
        assert_eq!(number(&id).map(|number| format!("U{number:032x}")), Some(id));
        assert_eq!(number("Uken"), None);
    }
}
