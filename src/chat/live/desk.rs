//! What one browser knows of an account's rooms. Every row carries a sequence number and the
//! higher one wins, so hearing a thing twice, late, or in another order changes nothing.

use super::open::OpenRoom;
use crate::{
    chat::model::{
        Counts, Cursor, Filter, Holding, Mark, Message, MessagePage, MessageWindow, NewerPage, Own, Quota, Room,
        RoomDetail, RoomPage, Update, View, Who, draft::Draft, gone::Kin,
    },
    error::AppError,
    id::{MessageId, OperatorId, RoomId},
    team::model::Roster,
};
use std::collections::{BTreeSet, HashMap};

/// The rooms of one account as this browser knows them, and the room that is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    view: View,
    rooms: HashMap<RoomId, Room>,
    loaded: bool,
    /// Why there is no list, when none has arrived.
    trouble: Option<AppError>,
    /// The list is complete down to here; none when it is complete to its end.
    next: Option<Cursor>,
    /// The number up to which the first page spoke of every room of the view.
    floor: i64,
    /// The open room, if it stood in the list when it was opened: it keeps its place there although
    /// reading or resolving it takes it out of the view.
    kept: Option<RoomId>,
    figures: Figures,
    open: Option<OpenRoom>,
    /// From where the stream has to tell; none before anything was loaded.
    seq: Option<i64>,
    /// The stream has begun: from then on only it moves `seq`.
    streamed: bool,
    /// Stretches (from, to) that were told although something before them was not.
    ahead: BTreeSet<(i64, i64)>,
    /// Whoever looks.
    me: OperatorId,
    /// Their pins and mutes.
    marks: HashMap<RoomId, Mark>,
    /// Who has how many.
    holdings: HashMap<i64, Holding>,
    roster: Roster,
}

/// What the server tells beside the rows; none of it is known before the first answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Figures {
    counts: (i64, Counts),
    quota: (i64, Option<Quota>),
}

impl Desk {
    /// Rooms of the current view, in the order in which they are shown: those that are pinned, then the others, both
    /// latest first.
    pub fn list(&self) -> Vec<RoomId> {
        if !self.loaded {
            return Vec::new();
        }
        let mut rows: Vec<&Room> = self
            .rooms
            .values()
            .filter(|room| {
                self.covers(room) && !room.deleted && (self.view.holds(room, self.me) || self.kept == Some(room.id))
            })
            .collect();
        rows.sort_unstable_by_key(|room| std::cmp::Reverse((self.is_pinned(room.id), room.at, room.id)));
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

    /// The state that is shown.
    pub fn filter(&self) -> Filter {
        self.view.filter
    }

    /// The view that is shown: a state, and whose rooms.
    pub fn view(&self) -> View {
        self.view
    }

    /// Whoever looks.
    pub fn me(&self) -> OperatorId {
        self.me
    }

    /// The people and crews that rooms can be given to.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Whether this operator keeps the room on top.
    pub fn is_pinned(&self, room: RoomId) -> bool {
        self.marks.get(&room).is_some_and(|mark| mark.pinned_at > 0)
    }

    /// Whether this operator wants to hear nothing of the room.
    pub fn is_muted(&self, room: RoomId) -> bool {
        self.marks.get(&room).is_some_and(|mark| mark.muted)
    }

    /// How many rooms somebody has in each view.
    pub fn counts_of(&self, who: Who) -> Counts {
        let of = |holder: i64| self.holdings.get(&holder).map(|holding| holding.counts).unwrap_or_default();
        match who {
            Who::Anyone => self.counts(),
            // 0 stands for whatever anybody has.
            Who::Nobody => self.counts().without(of(0)),
            Who::Mine => of(self.me.0),
            Who::Person(id) => of(id.0),
            Who::Crew(id) => of(id.0),
        }
    }

    /// Rooms with something unread that this operator wants to hear of: neither spam nor muted.
    pub fn badge(&self) -> i64 {
        let muted = self.holdings.get(&self.me.0).map_or(0, |holding| holding.muted);
        (self.counts().unread - muted).max(0)
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
            // What was on its way when a later page was read is no news of a room that the page does not have.
            if room.seq > self.floor || self.rooms.contains_key(&room.id) {
                self.put_room(room);
            }
        }
        for (room, message) in update.messages {
            self.put_message(room, message);
        }
        self.put_counts(update.seq, update.counts);
        self.put_quota(update.seq, update.quota);
        update.holdings.into_iter().for_each(|holding| self.put_holding(holding));
        update.marks.into_iter().for_each(|mark| self.put_mark(mark));
        self.put_roster(update.roster);
        self.streamed = true;
        // What is told anew as a whole has no gap before it.
        self.told(if update.reset { i64::MIN } else { update.after }, update.seq);
    }

    /// The first page of a view. Rows that the page does not have and that are not newer are gone.
    pub fn load_page(&mut self, view: impl Into<View>, mut page: RoomPage) {
        let view = view.into();
        if self.view != view {
            self.view = view;
            self.kept = None;
        }
        let open = self.open_id();
        self.rooms.retain(|id, room| room.seq > page.seq || Some(*id) == open);
        self.floor = self.floor.max(page.seq);
        self.loaded = true;
        self.trouble = None;
        self.take_own(page.seq, page.own.take());
        self.take_page(page);
        self.keep();
    }

    /// The first page of the view that is asked for could not be read.
    pub fn list_failed(&mut self, error: AppError) {
        self.trouble = Some(error);
    }

    /// A further page of the view that is shown; pages of another view are ignored.
    pub fn load_more(&mut self, view: impl Into<View>, page: RoomPage) {
        if self.view == view.into() {
            self.take_page(page);
        }
    }

    /// What a first page says of the operator; older news of it is gone.
    fn take_own(&mut self, seq: i64, own: Option<Own>) {
        let Some(own) = own else { return };
        self.me = own.me;
        self.marks.retain(|_, mark| mark.seq > seq);
        self.holdings.retain(|_, holding| holding.seq > seq);
        own.pinned.into_iter().for_each(|room| self.put_room(room));
        own.marks.into_iter().for_each(|mark| self.put_mark(mark));
        own.holdings.into_iter().for_each(|holding| self.put_holding(holding));
        self.put_roster(Some(own.roster));
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
        self.take_room(detail, true);
    }

    /// What is known about a room arrived, while the reader is at an earlier time of it: its messages stay.
    pub fn load_facts(&mut self, detail: RoomDetail) {
        self.take_room(detail, false);
    }

    fn take_room(&mut self, detail: RoomDetail, present: bool) {
        let RoomDetail { room, messages, older, people, profile, quota, seq, kin } = detail;
        let id = room.id;
        if self.open.is_none() {
            self.open(id);
        }
        self.put_room(room);
        self.put_quota(seq, quota);
        if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
            if present || !open.loaded() {
                open.load(messages, older, seq);
            }
            open.people = people;
            open.profile = profile;
            open.kin = kin;
        }
        self.keep();
        self.begin(seq);
    }

    /// The same person in other accounts, as the server told after a change.
    pub fn load_kin(&mut self, room: RoomId, kin: Vec<Kin>) {
        if let Some(open) = self.open_mut(room) {
            open.kin = kin;
        }
    }

    /// The room could not be read; what is shown of it already stays.
    pub fn room_failed(&mut self, id: RoomId, error: AppError) {
        self.open(id);
        if let Some(open) = self.open_mut(id) {
            open.trouble = Some(error);
        }
    }

    /// The messages before `before` arrived.
    pub fn load_older(&mut self, room: RoomId, before: MessageId, page: MessagePage) {
        if let Some(open) = self.open_mut(room) {
            open.load_older(before, page);
        }
    }

    /// Newer messages arrived for a reader at an earlier time.
    pub fn load_newer(&mut self, room: RoomId, from: MessageId, page: NewerPage) {
        if let Some(open) = self.open_mut(room) {
            open.load_newer(from, page);
        }
    }

    /// The messages around one that was asked for arrived.
    pub fn load_around(&mut self, room: RoomId, window: MessageWindow) {
        if let Some(open) = self.open_mut(room) {
            open.load_around(window);
        }
    }

    /// The message that was asked for can't be shown; none when nobody asks for it any more.
    pub fn set_astray(&mut self, room: RoomId, why: Option<AppError>) {
        if let Some(open) = self.open_mut(room).filter(|open| open.astray != why) {
            open.astray = why;
        }
    }

    /// The reader is at the newest message of a room: nothing in it is new any more, and what lies far back may go.
    pub fn caught_up(&mut self, room: RoomId) {
        if let Some(open) = self.open_mut(room).filter(|open| !open.newer()) {
            open.caught_up();
            open.let_go_of_oldest();
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

    /// Changes the operator's own mark before the server has confirmed it, in the same way.
    pub fn change_mark(&mut self, room: RoomId, change: impl FnOnce(&mut Mark)) {
        change(self.marks.entry(room).or_insert(Mark { room, seq: 0, pinned_at: 0, muted: false }));
    }

    /// The operator's own mark on a room.
    pub fn mark(&self, room: RoomId) -> Mark {
        self.marks.get(&room).copied().unwrap_or(Mark { room, seq: 0, pinned_at: 0, muted: false })
    }

    fn open_mut(&mut self, room: RoomId) -> Option<&mut OpenRoom> {
        self.open.as_mut().filter(|open| open.id == room)
    }

    /// Which of page and room came first makes no difference.
    fn keep(&mut self) {
        let open = self.open_id().and_then(|id| self.rooms.get(&id));
        if let Some(room) = open.filter(|room| self.loaded && self.view.holds(room, self.me)) {
            self.kept = Some(room.id);
        }
    }

    fn covers(&self, room: &Room) -> bool {
        // What is pinned is known however old it is.
        self.next.is_none_or(|next| (room.at, room.id) >= (next.at, next.id)) || self.is_pinned(room.id)
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

    /// Everything from `after` up to `seq` is known now; what was told beyond a gap counts once the gap is closed.
    fn told(&mut self, after: i64, seq: i64) {
        self.ahead.insert((after, seq));
        while let Some(stretch) = self.ahead.first().copied().filter(|(after, _)| *after <= self.seq()) {
            self.ahead.remove(&stretch);
            self.seq = self.seq.max(Some(stretch.1));
        }
    }

    fn put_holding(&mut self, holding: Holding) {
        if self.holdings.get(&holding.holder).is_none_or(|known| known.seq <= holding.seq) {
            self.holdings.insert(holding.holder, holding);
        }
    }

    fn put_mark(&mut self, mark: Mark) {
        if self.marks.get(&mark.room).is_none_or(|known| known.seq <= mark.seq) {
            self.marks.insert(mark.room, mark);
        }
    }

    fn put_roster(&mut self, roster: Option<Roster>) {
        if let Some(roster) = roster.filter(|roster| roster.seq >= self.roster.seq) {
            self.roster = roster;
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
