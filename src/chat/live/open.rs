//! The open room: a window on its messages, and what was sent from here but is not among them yet.
//!
//! The window usually reaches the present, where what comes in is shown at once. It may also show an earlier time: then
//! what comes in is kept, counted, and shown when the reader gets there. It never grows beyond [`WINDOW`]: reading on at
//! one end lets go of the other, so that a room of any size costs the same.

use crate::{
    chat::model::{
        Delivery, Direction, Message, MessagePage, MessageWindow, NewerPage, Person, Profile, draft::Draft, gone::Kin,
    },
    error::AppError,
    id::{MessageId, RoomId},
};
use std::collections::{BTreeMap, BTreeSet};

/// Messages that are held at once.
pub const WINDOW: usize = 400;

/// The room that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenRoom {
    /// Room.
    pub id: RoomId,
    /// The friend, or the members of a group whom we have met.
    pub people: Vec<Person>,
    /// Facts about the friend.
    pub profile: Profile,
    messages: BTreeMap<MessageId, Message>,
    /// The window begins here and is complete from here on; none before the first page, and when it begins with
    /// the first message of all.
    from: Option<MessageId>,
    /// The window ends here; none when it reaches the present.
    to: Option<MessageId>,
    loaded: bool,
    /// The newest message when the reader last saw the present.
    seen: Option<MessageId>,
    /// What came in after it.
    unseen: BTreeSet<MessageId>,
    /// Why the message that the address asks for can't be shown.
    pub astray: Option<AppError>,
    /// Why it could not be read the last time.
    pub trouble: Option<AppError>,
    pending: Vec<Pending>,
    /// The same person in other accounts.
    pub kin: Vec<Kin>,
}

/// What was sent from this browser and that the server has not confirmed yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// Made by the composer; the message will carry it.
    pub key: String,
    /// What was composed.
    pub draft: Draft,
    /// When Send was pressed (Unix ms).
    pub at: i64,
    /// How it is going.
    pub state: PendingState,
}

/// How sending from the browser to the server is going.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingState {
    /// On its way.
    Sending,
    /// The server could not be reached: it is sent again with the same key.
    Waiting,
    /// The server refused it.
    Refused(AppError),
}

impl OpenRoom {
    /// A room of which nothing is known yet.
    pub fn new(id: RoomId) -> Self {
        Self {
            id,
            people: Vec::new(),
            profile: Profile::default(),
            messages: BTreeMap::new(),
            from: None,
            to: None,
            loaded: false,
            seen: None,
            unseen: BTreeSet::new(),
            astray: None,
            trouble: None,
            pending: Vec::new(),
            kin: Vec::new(),
        }
    }

    /// Whether the first messages have arrived.
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// Whether there are older messages than those shown.
    pub fn older(&self) -> bool {
        self.from.is_some()
    }

    /// Whether there are newer messages than those shown: the window does not reach the present.
    pub fn newer(&self) -> bool {
        self.to.is_some()
    }

    /// The oldest message that is shown.
    pub fn oldest(&self) -> Option<MessageId> {
        self.from.or_else(|| self.messages().next().map(|message| message.id))
    }

    /// The newest message of a window that does not reach the present.
    pub fn end(&self) -> Option<MessageId> {
        self.to
    }

    /// A message in the middle of the window.
    pub fn middle(&self) -> Option<MessageId> {
        let shown: Vec<MessageId> = self.messages().map(|message| message.id).collect();
        shown.get(shown.len() / 2).copied()
    }

    /// How many messages came in since the reader last saw the present.
    pub fn unseen(&self) -> usize {
        self.unseen.len()
    }

    /// What is shown, oldest first. Discarded messages stay known, so that a late copy does not
    /// bring them back, but are not shown; nor is what stands outside of the window.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        let shown = self.loaded;
        self.messages
            .values()
            .filter(move |message| shown && message.delivery != Delivery::Discarded && self.within(message.id))
    }

    fn within(&self, id: MessageId) -> bool {
        self.from.is_none_or(|from| id >= from) && self.to.is_none_or(|to| id <= to)
    }

    /// Whether this message is on the screen.
    pub fn shows(&self, id: MessageId) -> bool {
        let known = self.messages.get(&id).filter(|message| message.delivery != Delivery::Discarded);
        self.loaded && known.is_some() && self.within(id)
    }

    /// The message with which `count` unread ones begin, counted from the newest; none when there are none, or when they
    /// begin outside of the window.
    pub fn unread_from(&self, count: i64) -> Option<MessageId> {
        let count = usize::try_from(count).ok().filter(|count| *count > 0 && !self.newer())?;
        let mut incoming = self.messages().rev().filter(|message| message.direction == Direction::In);
        let first = match incoming.nth(count - 1) {
            Some(message) => Some(message),
            None if self.older() => None,
            None => self.messages().find(|message| message.direction == Direction::In),
        };
        first.map(|message| message.id)
    }

    /// One message, shown or not.
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages.get(&id)
    }

    /// The message that LINE calls `line_id`, if it is here.
    pub fn by_line_id(&self, line_id: &str) -> Option<&Message> {
        self.messages().rev().find(|message| message.line_id.as_deref() == Some(line_id))
    }

    /// A person of this room by LINE's user id.
    pub fn person(&self, user_id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.user_id == user_id)
    }

    /// What is not among the messages yet, in the order in which they were sent.
    pub fn pending(&self) -> impl Iterator<Item = &Pending> {
        self.pending.iter().filter(|pending| !self.arrived(&pending.key))
    }

    /// One of them.
    pub fn pending_by_key(&self, key: &str) -> Option<&Pending> {
        self.pending().find(|pending| pending.key == key)
    }

    fn arrived(&self, key: &str) -> bool {
        self.messages.values().rev().any(|message| message.key.as_deref() == Some(key))
    }

    pub(super) fn put(&mut self, message: Message) {
        if message.direction == Direction::In && self.seen.is_some_and(|seen| message.id > seen) {
            self.unseen.insert(message.id);
        }
        self.keep(message);
    }

    fn keep(&mut self, message: Message) {
        if self.messages.get(&message.id).is_none_or(|known| known.seq <= message.seq) {
            self.messages.insert(message.id, message);
        }
    }

    /// The reader is at the newest message.
    pub(super) fn caught_up(&mut self) {
        self.seen = self.messages.keys().next_back().copied();
        self.unseen.clear();
    }

    /// The latest messages of the room: the window reaches the present.
    pub(super) fn load(&mut self, messages: Vec<Message>, older: bool, seq: i64) {
        self.replace(messages, older, false, seq);
        if self.seen.is_none() {
            self.caught_up();
        }
    }

    /// The window moves to another time.
    pub(super) fn load_around(&mut self, window: MessageWindow) {
        self.astray = None;
        self.replace(window.messages, window.older, window.newer, window.seq);
    }

    fn replace(&mut self, messages: Vec<Message>, older: bool, newer: bool, seq: i64) {
        // What is newer than the answer was told by the stream meanwhile.
        self.messages.retain(|_, message| message.seq > seq);
        self.from = messages.first().map(|message| message.id).filter(|_| older);
        self.to = messages.last().map(|message| message.id).filter(|_| newer);
        self.loaded = true;
        messages.into_iter().for_each(|message| self.keep(message));
    }

    /// The messages before `before`. Ignored when the window begins elsewhere by now.
    pub(super) fn load_older(&mut self, before: MessageId, page: MessagePage) {
        if !self.loaded || self.oldest() != Some(before) {
            return;
        }
        self.from = page.messages.first().map(|message| message.id).or(self.from).filter(|_| page.older);
        page.messages.into_iter().for_each(|message| self.keep(message));
        self.let_go_of_newest();
    }

    /// The messages from `from` on. Ignored when the window ends elsewhere by now.
    pub(super) fn load_newer(&mut self, from: MessageId, page: NewerPage) {
        if self.to != Some(from) {
            return;
        }
        self.to = page.messages.last().map(|message| message.id).filter(|_| page.newer);
        page.messages.into_iter().for_each(|message| self.keep(message));
        self.let_go_of_oldest();
    }

    fn shown(&self) -> Vec<MessageId> {
        self.messages().map(|message| message.id).collect()
    }

    fn let_go_of_newest(&mut self) {
        let shown = self.shown();
        let Some(to) = shown.get(WINDOW - 1).copied().filter(|_| shown.len() > WINDOW) else { return };
        // What lies behind the old end came in meanwhile and was never on the screen.
        let end = self.to.replace(to);
        self.messages.retain(|id, _| *id <= to || end.is_some_and(|end| *id > end));
    }

    /// Lets go of the oldest messages of a window that has grown too large.
    pub(super) fn let_go_of_oldest(&mut self) {
        let shown = self.shown();
        let Some(from) = shown.len().checked_sub(WINDOW).filter(|extra| *extra > 0).map(|extra| shown[extra]) else {
            return;
        };
        self.from = Some(from);
        self.messages.retain(|id, _| *id >= from);
    }

    pub(super) fn send_started(&mut self, key: &str, draft: &Draft, now: i64) {
        match self.pending.iter_mut().find(|pending| pending.key == key) {
            Some(pending) => pending.state = PendingState::Sending,
            None => self.pending.push(Pending {
                key: key.to_owned(),
                draft: draft.clone(),
                at: now,
                state: PendingState::Sending,
            }),
        }
    }

    pub(super) fn send_answered(&mut self, key: &str, answer: Result<Vec<Message>, AppError>) {
        match answer {
            Ok(messages) => {
                self.forget(key);
                messages.into_iter().for_each(|message| self.keep(message));
            }
            Err(error) => {
                if let Some(pending) = self.pending.iter_mut().find(|pending| pending.key == key) {
                    pending.state = match error {
                        AppError::Unreachable | AppError::Unavailable => PendingState::Waiting,
                        error => PendingState::Refused(error),
                    };
                }
            }
        }
    }

    pub(super) fn forget(&mut self, key: &str) {
        self.pending.retain(|pending| pending.key != key);
    }
}
