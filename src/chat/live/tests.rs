use super::*;
use crate::{
    chat::model::{
        Counts, Cursor, Delivery, Direction, Filter, Friendship, Message, MessagePage, MessageWindow, NewerPage,
        Profile, Quota, Room, RoomDetail, RoomKind, RoomPage, RoomState, Update, Via, draft::Draft,
    },
    error::AppError,
    id::{MessageId, RoomId},
    line::event::Content,
};
use proptest::prelude::*;

/// Something that happens to a desk.
type Step<'a> = Box<dyn Fn(&mut Desk) + 'a>;

fn room(id: i64, seq: i64, at: i64) -> Room {
    Room {
        id: RoomId(id),
        seq,
        kind: RoomKind::User,
        name: format!("friend {id}"),
        picture: None,
        state: RoomState::Open,
        spam: false,
        friendship: Friendship::Friend,
        unread: 0,
        last: None,
        at,
        reply_until: None,
        members: 1,
        later: 0,
        assignee: None,
        crew: None,
        deleted: false,
    }
}

fn message(id: i64, seq: i64) -> Message {
    Message {
        id: MessageId(id),
        seq,
        direction: Direction::In,
        at: id,
        content: Content::Text { text: format!("{id} at {seq}"), emojis: vec![], mentions: vec![] },
        person: None,
        operator: None,
        media: None,
        line_id: None,
        quoted: None,
        edited: false,
        delivery: Delivery::Received,
        key: None,
        held_until: None,
        quote: None,
    }
}

fn page(rooms: Vec<Room>, next: Option<Cursor>, seq: i64) -> RoomPage {
    RoomPage { rooms, next, counts: Counts::default(), seq, own: None }
}

fn detail(room: Room, messages: Vec<Message>, older: bool, seq: i64) -> RoomDetail {
    RoomDetail {
        room,
        messages,
        older,
        people: vec![],
        profile: Profile::default(),
        quota: Quota::default(),
        seq,
        kin: vec![],
    }
}

fn update(seq: i64, rooms: Vec<Room>, messages: Vec<(RoomId, Message)>) -> Update {
    Update {
        seq,
        reset: false,
        rooms,
        messages,
        counts: Counts { all: seq, ..Counts::default() },
        quota: Quota::default(),
        after: 0,
        holdings: vec![],
        roster: None,
        marks: vec![],
    }
}

fn desk() -> Desk {
    let mut desk = Desk::default();
    desk.load_page(
        Filter::Inbox,
        page(vec![room(1, 1, 30), room(2, 1, 20)], Some(Cursor { at: 20, id: RoomId(2) }), 5),
    );
    desk
}

fn ids(desk: &Desk) -> Vec<i64> {
    desk.list().into_iter().map(|id| id.0).collect()
}

fn shown(desk: &Desk) -> Vec<i64> {
    desk.open_room().into_iter().flat_map(|open| open.messages().map(|m| m.id.0)).collect()
}

#[test]
fn a_deleted_room_leaves_every_list_even_when_it_is_open() {
    let mut desk = Desk::default();
    desk.load_page(
        Filter::Inbox,
        RoomPage {
            rooms: vec![room(1, 1, 10), room(2, 1, 20)],
            next: None,
            counts: Counts::default(),
            seq: 1,
            own: None,
        },
    );
    desk.open(RoomId(2));
    desk.apply(update(2, vec![Room { deleted: true, ..room(2, 2, 20) }], vec![]));
    assert_eq!(desk.list(), [RoomId(1)]);
    assert!(desk.room(RoomId(2)).is_some_and(|room| room.deleted), "its pane says so");
    assert!(Filter::ALL.iter().all(|filter| !filter.holds(&Room {
        deleted: true,
        spam: *filter == Filter::Spam,
        ..room(2, 2, 20)
    })));
    desk.apply(update(3, vec![room(2, 3, 20)], vec![]));
    assert_eq!(desk.list(), [RoomId(2), RoomId(1)]);
}

#[test]
fn new_rooms_enter_at_their_place_and_only_where_the_list_is_complete() {
    let mut desk = desk();
    desk.apply(update(6, vec![room(3, 6, 25), room(4, 6, 10)], vec![]));
    assert_eq!(ids(&desk), [1, 3, 2]);
    desk.load_more(Filter::Inbox, page(vec![], None, 6));
    assert_eq!(ids(&desk), [1, 3, 2, 4]);
    desk.apply(update(7, vec![room(2, 7, 40)], vec![]));
    assert_eq!(ids(&desk), [2, 1, 3, 4]);
}

#[test]
fn a_resolved_room_leaves_unless_it_is_open() {
    let mut desk = desk();
    desk.open(RoomId(2));
    let resolved = |id, seq| Room { state: RoomState::Resolved, ..room(id, seq, 20) };
    desk.apply(update(6, vec![resolved(1, 6), resolved(2, 6)], vec![]));
    assert_eq!(ids(&desk), [2]);
    desk.open(RoomId(1));
    assert_eq!(ids(&desk), Vec::<i64>::new());
}

#[test]
fn the_open_room_keeps_its_place_whether_it_or_the_list_came_first() {
    let (list, opened) = (page(vec![room(1, 1, 30)], None, 5), detail(room(1, 1, 30), vec![], false, 5));
    let mut desks = [Desk::default(), Desk::default()];
    desks[0].load_page(Filter::Inbox, list.clone());
    desks.iter_mut().for_each(|desk| desk.load_room(opened.clone()));
    desks[1].load_page(Filter::Inbox, list);
    for mut desk in desks {
        desk.apply(update(6, vec![Room { state: RoomState::Resolved, ..room(1, 6, 30) }], vec![]));
        assert_eq!(ids(&desk), [1]);
        desk.close();
        assert_eq!(ids(&desk), Vec::<i64>::new());
    }
}

#[test]
fn the_server_has_the_last_word_over_an_early_change() {
    let mut desk = desk();
    desk.change_room(RoomId(1), |room| room.state = RoomState::Resolved);
    assert_eq!(ids(&desk), [2]);
    desk.apply(update(6, vec![room(1, 6, 30)], vec![]));
    assert_eq!(ids(&desk), [1, 2]);
}

#[test]
fn messages_that_come_before_the_room_has_loaded_are_kept() {
    let mut desk = desk();
    desk.open(RoomId(1));
    desk.apply(update(9, vec![], vec![(RoomId(1), message(12, 9)), (RoomId(2), message(13, 9))]));
    assert_eq!(shown(&desk), Vec::<i64>::new());
    desk.load_room(detail(room(1, 1, 30), vec![message(10, 1), message(11, 1)], true, 8));
    assert_eq!(shown(&desk), [10, 11, 12]);
}

#[test]
fn nothing_is_shown_before_a_gap() {
    let mut desk = desk();
    desk.load_room(detail(room(1, 1, 30), vec![message(10, 1)], true, 5));
    desk.apply(update(6, vec![], vec![(RoomId(1), message(3, 6))]));
    assert_eq!(shown(&desk), [10]);
    desk.load_older(
        RoomId(1),
        MessageId(10),
        MessagePage { messages: vec![message(3, 5), message(5, 1)], older: false },
    );
    assert_eq!(shown(&desk), [3, 5, 10]);
    assert_eq!(desk.message(MessageId(3)).map(|m| m.seq), Some(6));
}

#[test]
fn discarded_messages_vanish_and_stay_away() {
    let mut desk = desk();
    desk.load_room(detail(room(1, 1, 30), vec![message(10, 1)], false, 5));
    let gone = Message { delivery: Delivery::Discarded, ..message(10, 6) };
    desk.apply(update(6, vec![], vec![(RoomId(1), gone)]));
    desk.apply(update(7, vec![], vec![(RoomId(1), message(10, 5))]));
    assert_eq!(shown(&desk), Vec::<i64>::new());
}

#[test]
fn a_sent_text_becomes_its_message_whichever_answer_comes_first() {
    let sent = |seq| Message {
        direction: Direction::Out,
        key: Some("k".into()),
        delivery: Delivery::Sent { via: Via::Reply },
        ..message(20, seq)
    };
    for stream_first in [false, true] {
        let mut desk = desk();
        desk.load_room(detail(room(1, 1, 30), vec![], false, 5));
        desk.send_started(RoomId(1), "k", &Draft::text("hello"), 20);
        desk.send_answered(RoomId(1), "k", Err(AppError::Unreachable));
        let waiting = desk.open_room().and_then(|open| open.pending_by_key("k")).map(|p| p.state.clone());
        assert_eq!(waiting, Some(PendingState::Waiting));
        let mut steps: Vec<Step> = vec![
            Box::new(|desk| desk.send_answered(RoomId(1), "k", Ok(vec![sent(6)]))),
            Box::new(|desk| desk.apply(update(7, vec![], vec![(RoomId(1), sent(7))]))),
        ];
        if stream_first {
            steps.reverse();
        }
        for step in steps {
            step(&mut desk);
            assert_eq!(desk.open_room().map(|open| open.pending().count()), Some(0));
            assert_eq!(shown(&desk), [20]);
        }
        assert_eq!(desk.message(MessageId(20)).map(|m| m.seq), Some(7));
    }
}

prop_compose! {
    /// What a server may tell: every row version has its own sequence number.
    fn updates()(rows in prop::collection::vec((1_i64..6, 0_i64..60, 0_u8..3, any::<bool>(), 1_i64..12, any::<bool>()), 1..24)) -> Vec<Update> {
        rows.into_iter().enumerate().map(|(i, (id, at, state, spam, msg, discarded))| {
            let seq = 10 + i as i64;
            let state = [RoomState::Open, RoomState::FollowUp, RoomState::Resolved][usize::from(state)];
            let delivery = if discarded { Delivery::Discarded } else { Delivery::Received };
            update(seq, vec![Room { state, spam, ..room(id, seq, at) }], vec![(RoomId(1), Message { delivery, ..message(msg, seq) })])
        }).collect()
    }
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_ends_the_same(
        (original, mixed) in updates().prop_flat_map(|all| {
            let twice = [all.clone(), all.clone()].concat();
            (Just(all), Just(twice).prop_shuffle())
        }),
        open in 1_i64..3,
    ) {
        let start = || {
            let mut desk = desk();
            desk.load_room(detail(room(open, 1, 30), vec![message(4, 1), message(6, 1)], true, 5));
            desk
        };
        let (mut one, mut other) = (start(), start());
        original.into_iter().for_each(|update| one.apply(update));
        mixed.into_iter().for_each(|update| other.apply(update));
        prop_assert_eq!(one.list(), other.list());
        prop_assert_eq!(one, other);
    }

    #[test]
    fn the_list_holds_what_fits_in_order(updates in updates()) {
        let mut desk = desk();
        updates.into_iter().for_each(|update| desk.apply(update));
        let rooms: Vec<Room> = desk.list().into_iter().filter_map(|id| desk.room(id).cloned()).collect();
        prop_assert!(rooms.iter().all(|room| Filter::Inbox.holds(room)));
        prop_assert!(rooms.windows(2).all(|pair| (pair[0].at, pair[0].id) > (pair[1].at, pair[1].id)));
    }
}

fn around(target: i64, ids: &[i64], older: bool, newer: bool, seq: i64) -> MessageWindow {
    let messages = ids.iter().map(|id| message(*id, 1)).collect();
    MessageWindow { target: MessageId(target), messages, older, newer, seq }
}

#[test]
fn an_earlier_time_stays_as_it_is_while_the_present_goes_on() {
    let mut desk = desk();
    desk.load_room(detail(room(1, 1, 30), vec![message(90, 1), message(91, 1)], true, 5));
    desk.load_around(RoomId(1), around(20, &[10, 20, 30], true, true, 5));
    desk.apply(update(6, vec![], vec![(RoomId(1), message(95, 6)), (RoomId(1), message(20, 6))]));
    assert_eq!(shown(&desk), [10, 20, 30]);
    assert_eq!(desk.message(MessageId(20)).map(|message| message.seq), Some(6), "changed where it stands");
    assert_eq!(desk.open_room().map(|open| (open.newer(), open.unseen())), Some((true, 1)));
    // Reading on closes the gap without losing what came in meanwhile.
    let page = |ids: &[i64], newer| NewerPage { messages: ids.iter().map(|id| message(*id, 1)).collect(), newer };
    desk.load_newer(RoomId(1), MessageId(30), page(&[30, 90], true));
    assert_eq!(shown(&desk), [10, 20, 30, 90]);
    desk.load_newer(RoomId(1), MessageId(30), page(&[30, 40], false));
    assert_eq!(shown(&desk), [10, 20, 30, 90], "an answer for another end is ignored");
    desk.load_newer(RoomId(1), MessageId(90), page(&[90, 91], false));
    assert_eq!(shown(&desk), [10, 20, 30, 90, 91, 95]);
    desk.caught_up(RoomId(1));
    assert_eq!(desk.open_room().map(|open| (open.newer(), open.unseen())), Some((false, 0)));
}

#[test]
fn unread_messages_are_counted_from_the_newest() {
    let mut desk = desk();
    let sent = Message { direction: Direction::Out, ..message(12, 1) };
    desk.load_room(detail(room(1, 1, 30), vec![message(10, 1), message(11, 1), sent, message(13, 1)], true, 5));
    let from = |count| desk.open_room().and_then(|open| open.unread_from(count)).map(|id| id.0);
    assert_eq!([from(0), from(1), from(2), from(9)], [None, Some(13), Some(11), None]);
}

#[test]
fn a_message_that_is_not_there_is_said_until_another_is_asked_for() {
    let mut desk = desk();
    desk.load_room(detail(room(1, 1, 30), vec![message(10, 1)], false, 5));
    desk.set_astray(RoomId(1), Some(AppError::NotFound));
    assert_eq!(shown(&desk), [10]);
    assert!(desk.open_room().is_some_and(|open| open.astray.is_some()));
    desk.load_around(RoomId(1), around(10, &[10], false, false, 5));
    assert!(desk.open_room().is_some_and(|open| open.astray.is_none() && !open.newer()));
}

/// A room as the server has it: ids with the number of their last change. Pages are read from it as the server does.
#[derive(Clone, Debug, Default)]
struct Server {
    rows: std::collections::BTreeMap<i64, i64>,
    seq: i64,
}

const PAGE: usize = 60;

fn page_of<'a>(rows: impl Iterator<Item = (&'a i64, &'a i64)>) -> Vec<Message> {
    rows.take(PAGE).map(|(id, seq)| message(*id, *seq)).collect()
}

impl Server {
    fn older(&self, before: i64) -> MessagePage {
        let mut messages = page_of(self.rows.range(..before).rev());
        messages.reverse();
        MessagePage { messages, older: self.rows.range(..before).count() > PAGE }
    }

    fn newer(&self, from: i64) -> NewerPage {
        NewerPage { messages: page_of(self.rows.range(from..)), newer: self.rows.range(from..).count() > PAGE }
    }

    fn around(&self, target: i64) -> MessageWindow {
        let (before, after) = (self.older(target), self.newer(target));
        let messages = [before.messages, after.messages].concat();
        MessageWindow { target: MessageId(target), messages, older: before.older, newer: after.newer, seq: self.seq }
    }
}

/// What a reader, the server and the wire between them may do.
#[derive(Clone, Debug)]
enum Deed {
    /// A message is written somewhere in time, or changed; the stream brings it at once, or later.
    Write(i64, bool),
    /// The stream brings what was held back.
    Deliver,
    Older,
    Newer,
    Around(usize),
    Present,
    /// The answer to the last question comes late: everything before it happened first.
    Answer,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        4 => (0_i64..2_000, any::<bool>()).prop_map(|(id, late)| Deed::Write(id, late)),
        2 => Just(Deed::Deliver),
        6 => Just(Deed::Older),
        4 => Just(Deed::Newer),
        2 => (0_usize..900).prop_map(Deed::Around),
        1 => Just(Deed::Present),
        6 => Just(Deed::Answer),
    ];
    prop::collection::vec(deed, 1..80)
}

enum Answer {
    Older(MessageId, MessagePage),
    Newer(MessageId, NewerPage),
    Around(MessageWindow),
    Present(Box<RoomDetail>),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Wherever the reader goes, and however late answers and news come: what is shown is a stretch of the room without a
    /// gap, of bounded length, and up to date as soon as everything has been delivered.
    #[test]
    fn the_window_is_a_stretch_of_the_room(deeds in deeds()) {
        let mut server = Server { rows: (0..900).map(|n| (n * 2, 1)).collect(), seq: 1 };
        let mut desk = desk();
        let present = |server: &Server| {
            let page = server.older(i64::MAX);
            detail(room(1, 1, 30), page.messages, page.older, server.seq)
        };
        desk.load_room(present(&server));
        let mut held: Vec<Update> = Vec::new();
        let mut asked: Option<Answer> = None;
        for deed in deeds {
            match deed {
                Deed::Write(id, late) => {
                    server.seq += 1;
                    server.rows.insert(id, server.seq);
                    held.push(update(server.seq, vec![], vec![(RoomId(1), message(id, server.seq))]));
                    if !late {
                        held.drain(..).for_each(|update| desk.apply(update));
                    }
                }
                Deed::Deliver => held.drain(..).for_each(|update| desk.apply(update)),
                // One question at a time, as the log asks.
                Deed::Older | Deed::Newer | Deed::Around(_) | Deed::Present if asked.is_some() => {}
                Deed::Older => {
                    let before = desk.open_room().filter(|open| open.older()).and_then(|open| open.oldest());
                    asked = before.map(|before| Answer::Older(before, server.older(before.0)));
                }
                Deed::Newer => {
                    let from = desk.open_room().and_then(|open| open.end());
                    asked = from.map(|from| Answer::Newer(from, server.newer(from.0)));
                }
                Deed::Around(n) => {
                    let target = server.rows.keys().nth(n).copied();
                    asked = target.map(|target| Answer::Around(server.around(target)));
                }
                Deed::Present => asked = Some(Answer::Present(Box::new(present(&server)))),
                Deed::Answer => match asked.take() {
                    Some(Answer::Older(before, page)) => desk.load_older(RoomId(1), before, page),
                    Some(Answer::Newer(from, page)) => desk.load_newer(RoomId(1), from, page),
                    Some(Answer::Around(window)) => desk.load_around(RoomId(1), window),
                    Some(Answer::Present(detail)) => desk.load_room(*detail),
                    None => {}
                },
            }
            let count = shown(&desk).len();
            prop_assert!(count > 0 && count <= crate::chat::live::open::WINDOW + 90, "{count} are shown");
        }
        held.drain(..).for_each(|update| desk.apply(update));
        let ids = shown(&desk);
        let (first, last) = (ids[0], ids[ids.len() - 1]);
        let wanted: Vec<i64> = server.rows.range(first..=last).map(|(id, _)| *id).collect();
        prop_assert_eq!(&ids, &wanted, "a gap");
        for id in &ids {
            let seq = desk.message(MessageId(*id)).map(|message| message.seq);
            prop_assert_eq!(seq, server.rows.get(id).copied(), "{} is stale", id);
        }
        let open = desk.open_room().unwrap_or_else(|| panic!("closed"));
        prop_assert_eq!(open.older(), server.rows.range(..first).next().is_some());
        if !open.newer() {
            prop_assert_eq!(Some(last), server.rows.keys().next_back().copied(), "the present is missing");
        }
    }
}
