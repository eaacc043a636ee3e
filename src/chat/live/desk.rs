//! What one browser knows of an account's rooms. Every row carries a sequence number and the
//! higher one wins, so hearing a thing twice, late, or in another order changes nothing.

use super::open::OpenRoom;
use crate::{
    chat::model::{
        Counts, Cursor, Filter, Message, MessagePage, Quota, Room, RoomDetail, RoomPage, Update, draft::Draft,
    },
    error::AppError,
    id::{MessageId, RoomId},
};
use std::collections::HashMap;

/// The rooms of one account as this browser knows them, and the room that is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    filter: Filter,
    rooms: HashMap<RoomId, Room>,
    loaded: bool,
    /// Why there is no list, when none has arrived.
    trouble: Option<AppError>,
    /// The list is complete down to here; none when it is complete to its end.
    next: Option<Cursor>,
    /// The open room, if it stood in the list when it was opened: it keeps its place there although
    /// reading or resolving it takes it out of the view.
    kept: Option<RoomId>,
    figures: Figures,
    open: Option<OpenRoom>,
    /// From where the stream has to tell; none before anything was loaded.
    seq: Option<i64>,
    /// The stream has begun: from then on only it moves `seq`.
    streamed: bool,
}

/// What the server tells beside the rows; none of it is known before the first answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Figures {
    counts: (i64, Counts),
    quota: (i64, Option<Quota>),
}

impl Desk {
    /// Rooms of the current view, in the order in which they are shown: latest first.
    pub fn list(&self) -> Vec<RoomId> {
        if !self.loaded {
            return Vec::new();
        }
        let mut rows: Vec<&Room> = self
            .rooms
            .values()
            .filter(|room| self.covers(room) && (self.filter.holds(room) || self.kept == Some(room.id)))
            .collect();
        rows.sort_unstable_by_key(|room| std::cmp::Reverse((room.at, room.id)));
        rows.into_iter().map(|room| room.id).collect()
    }

    /// One room, if it was ever told of.
    pub fn room(&self, id: RoomId) -> Option<&Room> {
        self.rooms.get(&id)
    }

    /// The room that is open.
    pub fn open_room(&self) -> Option<&OpenRoom> {
        self.open.as_ref()
    }

    /// Id of the room that is open.
    pub fn open_id(&self) -> Option<RoomId> {
        self.open.as_ref().map(|open| open.id)
    }

    /// The view that is shown.
    pub fn filter(&self) -> Filter {
        self.filter
    }

    /// Whether a first page has arrived.
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// Why the list of the view could not be read; what was shown before stays known.
    pub fn trouble(&self) -> Option<&AppError> {
        self.trouble.as_ref()
    }

    /// Where the next page begins; none when everything is here.
    pub fn next(&self) -> Option<Cursor> {
        self.next
    }

    /// How many rooms each view holds.
    pub fn counts(&self) -> Counts {
        self.figures.counts.1
    }

    /// What LINE lets us send this month; none while nothing is known.
    pub fn quota(&self) -> Option<Quota> {
        self.figures.quota.1
    }

    /// Everything up to this sequence number has been told.
    pub fn seq(&self) -> i64 {
        self.seq.unwrap_or_default()
    }

    /// Takes in what the live stream told. Of a `reset` only the figures are used: the caller loads
    /// the rest again.
    pub fn apply(&mut self, update: Update) {
        for room in update.rooms {
            self.put_room(room);
        }
        for (room, message) in update.messages {
            self.put_message(room, message);
        }
        self.put_counts(update.seq, update.counts);
        self.put_quota(update.seq, update.quota);
        self.streamed = true;
        self.seq = self.seq.max(Some(update.seq));
    }

    /// The first page of a view. Rows that the page does not have and that are not newer are gone.
    pub fn load_page(&mut self, filter: Filter, page: RoomPage) {
        if self.filter != filter {
            self.filter = filter;
            self.kept = None;
        }
        let open = self.open_id();
        self.rooms.retain(|id, room| room.seq > page.seq || Some(*id) == open);
        self.loaded = true;
        self.trouble = None;
        self.take_page(page);
        self.keep();
    }

    /// The first page of the view that is asked for could not be read.
    pub fn list_failed(&mut self, error: AppError) {
        self.trouble = Some(error);
    }

    /// A further page of the view that is shown; pages of another view are ignored.
    pub fn load_more(&mut self, filter: Filter, page: RoomPage) {
        if self.filter == filter {
            self.take_page(page);
        }
    }

    fn take_page(&mut self, page: RoomPage) {
        for room in page.rooms {
            self.put_room(room);
        }
        self.next = page.next;
        self.put_counts(page.seq, page.counts);
        self.begin(page.seq);
    }

    /// Opens a room before its messages are here. Opening the open room changes nothing.
    pub fn open(&mut self, id: RoomId) {
        if self.open_id() == Some(id) {
            return;
        }
        self.kept = None;
        self.open = Some(OpenRoom::new(id));
        self.keep();
    }

    /// No room is open any more.
    pub fn close(&mut self) {
        self.open = None;
        self.kept = None;
    }

    /// The messages of a room arrived; ignored when another room has been opened meanwhile.
    pub fn load_room(&mut self, detail: RoomDetail) {
        let RoomDetail { room, messages, older, people, profile, quota, seq } = detail;
        let id = room.id;
        if self.open.is_none() {
            self.open(id);
        }
        self.put_room(room);
        self.put_quota(seq, quota);
        if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
            open.load(messages, older, seq);
            open.people = people;
            open.profile = profile;
        }
        self.keep();
        self.begin(seq);
    }

    /// The room could not be read; what is shown of it already stays.
    pub fn room_failed(&mut self, id: RoomId, error: AppError) {
        self.open(id);
        if let Some(open) = self.open_mut(id) {
            open.trouble = Some(error);
        }
    }

    /// Older messages of a room arrived.
    pub fn load_older(&mut self, room: RoomId, page: MessagePage) {
        if let Some(open) = self.open_mut(room) {
            open.load_older(page);
        }
    }

    /// The composer sent a draft: its bubbles are shown at once, under the key that names it.
    pub fn send_started(&mut self, room: RoomId, key: &str, draft: &Draft, now: i64) {
        if let Some(open) = self.open_mut(room) {
            open.send_started(key, draft, now);
        }
    }

    /// The server answered, or could not be reached.
    pub fn send_answered(&mut self, room: RoomId, key: &str, answer: Result<Vec<Message>, AppError>) {
        if let Some(open) = self.open_mut(room) {
            open.send_answered(key, answer);
        }
    }

    /// Takes a bubble away that the server never took.
    pub fn forget_pending(&mut self, room: RoomId, key: &str) {
        if let Some(open) = self.open_mut(room) {
            open.forget(key);
        }
    }

    /// A message as a server function gave it back.
    pub fn put_message(&mut self, room: RoomId, message: Message) {
        if let Some(open) = self.open_mut(room) {
            open.put(message);
        }
    }

    /// A message of the open room.
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.open.as_ref()?.message(id)
    }

    /// Changes a room on the screen before the server has confirmed it. The row keeps its sequence
    /// number: what the server says next wins.
    pub fn change_room(&mut self, id: RoomId, change: impl FnOnce(&mut Room)) {
        if let Some(room) = self.rooms.get_mut(&id) {
            change(room);
        }
    }

    fn open_mut(&mut self, room: RoomId) -> Option<&mut OpenRoom> {
        self.open.as_mut().filter(|open| open.id == room)
    }

    /// Which of page and room came first makes no difference.
    fn keep(&mut self) {
        let open = self.open_id().and_then(|id| self.rooms.get(&id));
        if let Some(room) = open.filter(|room| self.loaded && self.filter.holds(room)) {
            self.kept = Some(room.id);
        }
    }

    fn covers(&self, room: &Room) -> bool {
        self.next.is_none_or(|next| (room.at, room.id) >= (next.at, next.id))
    }

    fn put_room(&mut self, room: Room) {
        match self.rooms.get_mut(&room.id) {
            Some(known) if known.seq > room.seq => {}
            Some(known) => *known = room,
            None => {
                self.rooms.insert(room.id, room);
            }
        }
    }

    /// The list and the room are read one after the other: the stream begins after the older of both.
    fn begin(&mut self, seq: i64) {
        if !self.streamed {
            self.seq = Some(self.seq.map_or(seq, |known| known.min(seq)));
        }
    }

    fn put_counts(&mut self, seq: i64, counts: Counts) {
        if seq >= self.figures.counts.0 {
            self.figures.counts = (seq, counts);
        }
    }

    fn put_quota(&mut self, seq: i64, quota: Quota) {
        if seq >= self.figures.quota.0 {
            self.figures.quota = (seq, Some(quota));
        }
    }
}
