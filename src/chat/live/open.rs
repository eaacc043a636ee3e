//! The open room: its messages, and what was sent from here but is not among them yet.

use crate::{
    chat::model::{Delivery, Message, MessagePage, Person, Profile, draft::Draft},
    error::AppError,
    id::{MessageId, RoomId},
};
use std::collections::BTreeMap;

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
    /// Messages are complete from here on; none before the first page, and when all are here.
    from: Option<MessageId>,
    loaded: bool,
    /// Why it could not be read the last time.
    pub trouble: Option<AppError>,
    pending: Vec<Pending>,
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
            loaded: false,
            trouble: None,
            pending: Vec::new(),
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

    /// The oldest message that is shown.
    pub fn oldest(&self) -> Option<MessageId> {
        self.from.or_else(|| self.messages().next().map(|message| message.id))
    }

    /// What is shown, oldest first. Discarded messages stay known, so that a late copy does not
    /// bring them back, but are not shown; nor is what stands before a gap.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        let shown = self.loaded;
        self.messages.values().filter(move |message| {
            shown && message.delivery != Delivery::Discarded && self.from.is_none_or(|from| message.id >= from)
        })
    }

    /// One message.
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
        if self.messages.get(&message.id).is_none_or(|known| known.seq <= message.seq) {
            self.messages.insert(message.id, message);
        }
    }

    pub(super) fn load(&mut self, messages: Vec<Message>, older: bool, seq: i64) {
        self.messages.retain(|_, message| message.seq > seq);
        self.from = messages.first().map(|message| message.id).filter(|_| older);
        self.loaded = true;
        messages.into_iter().for_each(|message| self.put(message));
    }

    pub(super) fn load_older(&mut self, page: MessagePage) {
        self.from = page.messages.first().map(|message| message.id).or(self.from).filter(|_| page.older);
        page.messages.into_iter().for_each(|message| self.put(message));
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
                messages.into_iter().for_each(|message| self.put(message));
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
