//! Two operators act on the same rooms, in every interleaving, over bad wires: what both see at the end is what the database
//! has. The database here is a model of it; `tests/assign.rs` does the same with the real ones.

use super::Desk;
use crate::{
    chat::model::{
        Counts, Cursor, Delivery, Direction, Filter, Friendship, Holding, Mark, Message, Own, Quota, Room, RoomDetail,
        RoomKind, RoomPage, RoomState, Update, View, Who,
    },
    id::{CrewId, MessageId, OperatorId, RoomId},
    line::event::Content,
    team::model::{Colleague, Crew, Roster},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const OPERATORS: [OperatorId; 2] = [OperatorId(101), OperatorId(102)];
const CREW: CrewId = CrewId(201);
const PAGE: usize = 3;

/// What somebody does to a room.
#[derive(Clone, Copy, Debug)]
enum Act {
    State(RoomState),
    Spam(bool),
    Assign(Option<OperatorId>, Option<CrewId>),
    Pin(bool),
    Mute(bool),
    Read,
    Send,
    /// The friend writes.
    Hear,
}

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// This operator (0 or 1) does this to this room; on their own screen it may be seen before the server has answered.
    Act(usize, i64, Act, bool),
    /// A frame is made of what changed since the last one.
    Frame,
    /// One of the frames that are under way to this operator arrives: any of them, perhaps not for the last time.
    Arrive(usize, usize, bool),
    /// The stream of this operator is cut: what was under way is lost; a new one tells what they do not know.
    Cut(usize),
    /// This operator looks at another view, or reads theirs again.
    Look(usize, View),
    /// This operator reads the next page.
    More(usize),
    /// This operator opens a room.
    Open(usize, i64),
}

/// The truth.
#[derive(Clone, Default)]
struct Truth {
    seq: i64,
    rooms: BTreeMap<i64, Room>,
    messages: BTreeMap<i64, (RoomId, Message)>,
    marks: BTreeMap<(OperatorId, i64), Mark>,
    holdings: BTreeMap<i64, Holding>,
}

fn counts<'a>(rooms: impl Iterator<Item = &'a Room> + Clone) -> Counts {
    let of = |filter: Filter| i64::try_from(rooms.clone().filter(|room| filter.holds(room)).count()).unwrap_or(-1);
    Counts {
        all: of(Filter::All),
        inbox: of(Filter::Inbox),
        unread: of(Filter::Unread),
        follow_up: of(Filter::FollowUp),
        resolved: of(Filter::Resolved),
        spam: of(Filter::Spam),
    }
}

impl Truth {
    fn new() -> Self {
        let mut truth = Self { seq: 1, ..Self::default() };
        for id in 1..=6 {
            let room = Room {
                id: RoomId(id),
                seq: 1,
                kind: RoomKind::User,
                name: String::new(),
                picture: None,
                state: RoomState::Open,
                spam: false,
                friendship: Friendship::Friend,
                unread: 0,
                last: None,
                at: id,
                reply_until: None,
                members: 1,
                assignee: None,
                crew: None,
                deleted: false,
                later: 0,
            };
            truth.rooms.insert(id, room);
        }
        truth
    }

    fn act(&mut self, by: OperatorId, id: i64, act: Act) {
        self.seq += 1;
        let seq = self.seq;
        let Some(room) = self.rooms.get_mut(&id) else { return };
        change(room, act);
        match act {
            Act::Pin(on) | Act::Mute(on) => {
                let fresh = Mark { room: RoomId(id), seq, pinned_at: 0, muted: false };
                let mark = self.marks.entry((by, id)).or_insert(fresh);
                mark.seq = seq;
                if matches!(act, Act::Pin(_)) {
                    mark.pinned_at = i64::from(on);
                } else {
                    mark.muted = on;
                }
            }
            Act::Send | Act::Hear => {
                room.at = 10 * seq;
                let direction = if matches!(act, Act::Hear) { Direction::In } else { Direction::Out };
                self.messages.insert(seq, (RoomId(id), message(seq, direction)));
            }
            _ => {}
        }
        room.seq = seq;
        self.count();
    }

    /// As the triggers do: a holding that changed has the number of this commit.
    fn count(&mut self) {
        let holders = OPERATORS.map(|id| id.0).into_iter().chain([CREW.0, 0]);
        for holder in holders {
            let has = |room: &&Room| {
                let (person, crew) = (room.assignee.map(|id| id.0), room.crew.map(|id| id.0));
                if holder == 0 { person.or(crew).is_some() } else { person == Some(holder) || crew == Some(holder) }
            };
            let muted = self.marks.iter().filter(|((by, room), mark)| {
                let room = &self.rooms[room];
                by.0 == holder && mark.muted && !room.spam && room.unread > 0
            });
            let muted = i64::try_from(muted.count()).unwrap_or(-1);
            let counts = counts(self.rooms.values().filter(has));
            let known = self.holdings.entry(holder).or_insert(Holding { holder, ..Holding::default() });
            if (known.counts, known.muted) != (counts, muted) {
                *known = Holding { holder, seq: self.seq, counts, muted };
            }
        }
    }

    fn own_marks(&self, me: OperatorId) -> Vec<Mark> {
        self.marks.iter().filter(|((by, _), _)| *by == me).map(|(_, mark)| *mark).collect()
    }

    fn frame(&self, after: i64, me: OperatorId) -> Update {
        let news = |seq: i64| seq > after;
        Update {
            seq: self.seq,
            reset: false,
            rooms: self.rooms.values().filter(|room| news(room.seq)).cloned().collect(),
            messages: self.messages.values().filter(|(_, message)| news(message.seq)).cloned().collect(),
            counts: counts(self.rooms.values()),
            quota: Quota::default(),
            after,
            holdings: self.holdings.values().filter(|holding| news(holding.seq)).copied().collect(),
            roster: None,
            marks: self.own_marks(me).into_iter().filter(|mark| news(mark.seq)).collect(),
        }
    }

    /// A view in its order, without the pins.
    fn view(&self, view: View, me: OperatorId) -> Vec<Room> {
        let mut rooms: Vec<Room> = self.rooms.values().filter(|room| view.holds(room, me)).cloned().collect();
        rooms.sort_by_key(|room| std::cmp::Reverse((room.at, room.id)));
        rooms
    }

    fn page(&self, view: View, me: OperatorId, after: Option<Cursor>) -> RoomPage {
        let mut rooms = self.view(view, me);
        rooms.retain(|room| after.is_none_or(|after| (room.at, room.id) < (after.at, after.id)));
        let more = rooms.len() > PAGE;
        rooms.truncate(PAGE);
        let next = rooms.last().filter(|_| more).map(|last| Cursor { at: last.at, id: last.id });
        let marks = self.own_marks(me);
        let pinned = marks.iter().filter(|mark| mark.pinned_at > 0).map(|mark| self.rooms[&mark.room.0].clone());
        let own = after.is_none().then(|| Own {
            me,
            pinned: pinned.collect(),
            marks: marks.clone(),
            holdings: self.holdings.values().copied().collect(),
            roster: Roster {
                seq: 1,
                people: OPERATORS.map(|id| Colleague { id, name: id.to_string(), on_shift: true }).to_vec(),
                crews: vec![Crew { id: CREW, name: "crew".into(), members: OPERATORS.to_vec() }],
            },
        });
        RoomPage { rooms, next, counts: counts(self.rooms.values()), seq: self.seq, own }
    }

    fn detail(&self, id: i64) -> RoomDetail {
        let messages = self.messages.values().filter(|(room, _)| room.0 == id).map(|(_, message)| message.clone());
        RoomDetail {
            room: self.rooms[&id].clone(),
            messages: messages.collect(),
            older: false,
            people: vec![],
            profile: Default::default(),
            quota: Quota::default(),
            seq: self.seq,
            kin: vec![],
        }
    }
}

fn message(seq: i64, direction: Direction) -> Message {
    Message {
        id: MessageId(seq),
        seq,
        direction,
        at: seq,
        content: Content::Text { text: seq.to_string(), emojis: vec![], mentions: vec![] },
        person: None,
        operator: None,
        media: None,
        line_id: None,
        quoted: None,
        edited: false,
        delivery: Delivery::Received,
        key: None,
        quote: None,
        held_until: None,
    }
}

fn change(room: &mut Room, act: Act) {
    match act {
        Act::State(state) => {
            room.state = state;
            if state == RoomState::Resolved {
                room.unread = 0;
            }
        }
        Act::Spam(spam) => room.spam = spam,
        Act::Assign(person, crew) => (room.assignee, room.crew) = (person, crew),
        Act::Read | Act::Send => room.unread = 0,
        Act::Hear => {
            room.unread += 1;
            if room.state == RoomState::Resolved {
                room.state = RoomState::Open;
            }
        }
        Act::Pin(_) | Act::Mute(_) => {}
    }
}

/// One operator's browser, and what is on its way to it.
struct Browser {
    me: OperatorId,
    desk: Desk,
    coming: Vec<Update>,
}

impl Browser {
    fn new(me: OperatorId, view: View, truth: &Truth) -> Self {
        let mut desk = Desk::default();
        desk.load_page(view, truth.page(view, me, None));
        Self { me, desk, coming: vec![] }
    }

    /// Reads on to the end of the list, as somebody does who scrolls.
    fn hear_the_end(&mut self, truth: &Truth) {
        while let Some(next) = self.desk.next() {
            let page = truth.page(self.desk.view(), self.me, Some(next));
            self.desk.load_more(self.desk.view(), page);
        }
    }

    /// What must be true once everything was told.
    fn agrees(&mut self, truth: &Truth) -> Result<(), TestCaseError> {
        self.desk.close();
        let view = self.desk.view();
        let pinned: Vec<RoomId> =
            truth.own_marks(self.me).iter().filter(|mark| mark.pinned_at > 0).map(|mark| mark.room).collect();
        let mut wanted = truth.view(view, self.me);
        // Down to where it has been read, the list is what the database has; what is pinned stands before all else.
        if let Some(next) = self.desk.next() {
            wanted.retain(|room| (room.at, room.id) >= (next.at, next.id) || pinned.contains(&room.id));
        }
        wanted.sort_by_key(|room| !pinned.contains(&room.id));
        let wanted: Vec<RoomId> = wanted.into_iter().map(|room| room.id).collect();
        prop_assert_eq!(self.desk.list(), wanted);
        for id in self.desk.list() {
            prop_assert_eq!(self.desk.room(id), truth.rooms.get(&id.0));
        }
        prop_assert_eq!(self.desk.counts(), counts(truth.rooms.values()));
        let people = [Who::Mine, Who::Nobody, Who::Crew(CREW), Who::Person(OPERATORS[0]), Who::Person(OPERATORS[1])];
        for who in people {
            prop_assert_eq!(
                self.desk.counts_of(who),
                counts(truth.rooms.values().filter(|room| who.holds(room, self.me)))
            );
        }
        let badge = truth.rooms.values().filter(|room| {
            let muted = truth.marks.get(&(self.me, room.id.0)).is_some_and(|mark| mark.muted);
            !room.spam && room.unread > 0 && !muted
        });
        prop_assert_eq!(self.desk.badge(), i64::try_from(badge.count()).unwrap_or(-1));
        prop_assert_eq!(self.desk.seq(), truth.seq);
        Ok(())
    }
}

fn act() -> impl Strategy<Value = Act> {
    let person = prop::option::of(prop::sample::select(OPERATORS.to_vec()));
    prop_oneof![
        prop::sample::select(vec![RoomState::Open, RoomState::FollowUp, RoomState::Resolved]).prop_map(Act::State),
        any::<bool>().prop_map(Act::Spam),
        (person, prop::option::of(Just(CREW))).prop_map(|(person, crew)| Act::Assign(person, crew)),
        any::<bool>().prop_map(Act::Pin),
        any::<bool>().prop_map(Act::Mute),
        Just(Act::Read),
        Just(Act::Send),
        Just(Act::Hear),
    ]
}

fn view() -> impl Strategy<Value = View> {
    let who = vec![Who::Anyone, Who::Mine, Who::Nobody, Who::Crew(CREW), Who::Person(OPERATORS[0])];
    (prop::sample::select(Filter::ALL.to_vec()), prop::sample::select(who))
        .prop_map(|(filter, who)| View { filter, who })
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 0_usize..2;
    prop_oneof![
        6 => (who(), 1_i64..=6, act(), any::<bool>()).prop_map(|(who, room, act, early)| Step::Act(who, room, act, early)),
        4 => Just(Step::Frame),
        5 => (who(), any::<usize>(), any::<bool>()).prop_map(|(who, which, again)| Step::Arrive(who, which, again)),
        1 => who().prop_map(Step::Cut),
        1 => (who(), view()).prop_map(|(who, view)| Step::Look(who, view)),
        1 => who().prop_map(Step::More),
        1 => (who(), 1_i64..=6).prop_map(|(who, room)| Step::Open(who, room)),
    ]
}

fn play(steps: Vec<Step>, views: [View; 2]) -> Result<(), TestCaseError> {
    let mut truth = Truth::new();
    let mut browsers = [0, 1].map(|n| Browser::new(OPERATORS[n], views[n], &truth));
    let mut framed = truth.seq;
    for step in steps {
        match step {
            Step::Act(by, room, act, early) => {
                if early && !matches!(act, Act::Hear | Act::Send) {
                    let desk = &mut browsers[by].desk;
                    match act {
                        Act::Pin(on) => desk.change_mark(RoomId(room), |mark| mark.pinned_at = i64::from(on)),
                        Act::Mute(on) => desk.change_mark(RoomId(room), |mark| mark.muted = on),
                        act => desk.change_room(RoomId(room), |room| change(room, act)),
                    }
                }
                truth.act(OPERATORS[by], room, act);
            }
            Step::Frame => {
                for browser in &mut browsers {
                    browser.coming.push(truth.frame(framed, browser.me));
                }
                framed = truth.seq;
            }
            Step::Arrive(who, which, again) => {
                let browser = &mut browsers[who];
                if !browser.coming.is_empty() {
                    let at = which % browser.coming.len();
                    let update = browser.coming[at].clone();
                    if !again {
                        browser.coming.remove(at);
                    }
                    browser.desk.apply(update);
                }
            }
            Step::Cut(who) => {
                let browser = &mut browsers[who];
                browser.coming = vec![truth.frame(browser.desk.seq(), browser.me)];
            }
            Step::Look(who, view) => {
                let browser = &mut browsers[who];
                browser.desk.load_page(view, truth.page(view, browser.me, None));
            }
            Step::More(who) => {
                let browser = &mut browsers[who];
                if let Some(next) = browser.desk.next() {
                    let page = truth.page(browser.desk.view(), browser.me, Some(next));
                    browser.desk.load_more(browser.desk.view(), page);
                }
            }
            Step::Open(who, room) => {
                browsers[who].desk.open(RoomId(room));
                browsers[who].desk.load_room(truth.detail(room));
            }
        }
    }
    for browser in &mut browsers {
        // At last the wire holds: what is still under way arrives, then the stream goes on from what was had last.
        for update in std::mem::take(&mut browser.coming) {
            browser.desk.apply(update);
        }
        let rest = truth.frame(browser.desk.seq(), browser.me);
        browser.desk.apply(rest);
        let open = browser.desk.open_room().map(|open| (open.id, open.messages().cloned().collect::<Vec<_>>()));
        if let Some((id, messages)) = open {
            prop_assert_eq!(messages, truth.detail(id.0).messages);
        }
        browser.agrees(&truth)?;
        browser.hear_the_end(&truth);
        browser.agrees(&truth)?;
    }
    Ok(())
}

/// What one desk shows after each of these.
fn seen(view: View, acts: &[(i64, Act)]) -> Vec<Vec<i64>> {
    let mut truth = Truth::new();
    let mut browser = Browser::new(OPERATORS[0], view, &truth);
    browser.hear_the_end(&truth);
    let mut show = |room, act| {
        truth.act(OPERATORS[0], room, act);
        let update = truth.frame(browser.desk.seq(), browser.me);
        browser.desk.apply(update);
        browser.desk.list().into_iter().map(|id| id.0).collect()
    };
    acts.iter().map(|(room, act)| show(*room, *act)).collect()
}

#[test]
fn a_room_leaves_a_view_and_comes_back_at_its_place() {
    let mine = View { filter: Filter::Inbox, who: Who::Mine };
    let (me, other) = (Some(OPERATORS[0]), Some(OPERATORS[1]));
    let acts = [
        (2, Act::Assign(me, None)),
        (5, Act::Assign(me, None)),
        (4, Act::Assign(me, None)),
        (4, Act::Assign(other, None)),
        (5, Act::State(RoomState::Resolved)),
        (4, Act::Assign(me, None)),
        (5, Act::State(RoomState::Open)),
    ];
    let wanted = [vec![2], vec![5, 2], vec![5, 4, 2], vec![5, 2], vec![2], vec![4, 2], vec![5, 4, 2]];
    assert_eq!(seen(mine, &acts), wanted);
}

#[test]
fn pins_stand_on_top_in_the_order_of_the_list() {
    let acts = [(2, Act::Pin(true)), (5, Act::Pin(true)), (2, Act::Hear), (2, Act::Pin(false)), (5, Act::Spam(true))];
    let wanted = [
        vec![2, 6, 5, 4, 3, 1],
        vec![5, 2, 6, 4, 3, 1],
        vec![2, 5, 6, 4, 3, 1],
        vec![5, 2, 6, 4, 3, 1],
        vec![2, 6, 4, 3, 1],
    ];
    assert_eq!(seen(View::from(Filter::Inbox), &acts), wanted);
}

/// A frame was under way while a later page was read, which no longer has the room.
#[test]
fn what_comes_after_a_later_page_is_no_news() {
    let steps = vec![
        Step::Act(0, 2, Act::Assign(None, Some(CREW)), false),
        Step::Act(0, 2, Act::Spam(true), false),
        Step::Frame,
        Step::Act(0, 2, Act::Assign(None, None), false),
        Step::Frame,
        Step::Arrive(0, 1, false),
        Step::Look(0, View { filter: Filter::Spam, who: Who::Crew(CREW) }),
    ];
    let view = View::from(Filter::Inbox);
    assert!(play(steps, [view, view]).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn two_desks_end_as_the_database(steps in prop::collection::vec(step(), 0..60), one in view(), two in view()) {
        play(steps, [one, two])?;
    }
}
