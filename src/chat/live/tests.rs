use super::*;
use crate::{
    chat::model::{
        Counts, Cursor, Delivery, Direction, Filter, Friendship, Message, MessagePage, Profile, Quota, Room,
        RoomDetail, RoomKind, RoomPage, RoomState, Update, Via, draft::Draft,
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
    }
}

fn page(rooms: Vec<Room>, next: Option<Cursor>, seq: i64) -> RoomPage {
    RoomPage { rooms, next, counts: Counts::default(), seq }
}

fn detail(room: Room, messages: Vec<Message>, older: bool, seq: i64) -> RoomDetail {
    RoomDetail { room, messages, older, people: vec![], profile: Profile::default(), quota: Quota::default(), seq }
}

fn update(seq: i64, rooms: Vec<Room>, messages: Vec<(RoomId, Message)>) -> Update {
    Update {
        seq,
        reset: false,
        rooms,
        messages,
        counts: Counts { all: seq, ..Counts::default() },
        quota: Quota::default(),
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
    desk.load_older(RoomId(1), MessagePage { messages: vec![message(3, 5), message(5, 1)], older: false });
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
