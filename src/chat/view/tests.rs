use super::{thread::Row, *};
use crate::{
    chat::{
        live::Desk,
        model::{
            Author, Counts, Delivery, Direction, Failure, Filter, Friendship, LastLine, Media, MediaState, Message,
            Person, Profile, Quota, Quote, Room, RoomDetail, RoomKind, RoomPage, RoomState, Via, Who,
        },
    },
    id::{ContactId, MediaId, MessageId, OperatorId, RoomId},
    line::event::{Content, Emoji, ImageSet, Mention, Notice},
};

/// What a stranger may write anywhere.
const NASTY: &str = "</textarea></title><script>window.__x=1</script><img src=x onerror=alert(1)>";
const NOON: i64 = 1_795_219_200_000;

fn room(id: i64, name: &str, kind: &str, text: &str, unread: i64, state: RoomState) -> Room {
    Room {
        id: RoomId(id),
        seq: 1,
        kind: if name == "Yoga retreat" { RoomKind::Group } else { RoomKind::User },
        name: name.into(),
        picture: None,
        state,
        spam: false,
        friendship: if name.is_empty() { Friendship::Gone } else { Friendship::Friend },
        unread,
        last: (!kind.is_empty()).then(|| LastLine {
            direction: if id == 6 { Direction::Out } else { Direction::In },
            kind: kind.into(),
            text: text.into(),
            notice: None,
        }),
        at: NOON - id * 600_000,
        reply_until: None,
        members: 1,
        assignee: None,
        crew: None,
        deleted: false,
        later: 0,
    }
}

fn text(text: &str) -> Content {
    Content::Text { text: text.into(), emojis: vec![], mentions: vec![] }
}

fn message(id: i64, direction: Direction, content: Content) -> Message {
    Message {
        id: MessageId(id),
        seq: 1,
        direction,
        at: NOON - 7_200_000 + id * 60_000,
        content,
        person: (direction == Direction::In).then(|| Person {
            id: ContactId(5),
            user_id: "U5".into(),
            name: "佐藤さん".into(),
            picture: None,
        }),
        operator: None,
        media: None,
        line_id: Some(format!("L{id}")),
        quoted: None,
        edited: false,
        delivery: if direction == Direction::Out { Delivery::Sent { via: Via::Reply } } else { Delivery::Received },
        key: None,
        held_until: None,
        quote: None,
    }
}

fn messages() -> Vec<Message> {
    use Direction::{Event, In, Out};
    let media = |id, state| {
        Some(Media {
            id: MediaId(id),
            state,
            content_type: String::new(),
            size: 9,
            width: Some(400),
            height: Some(300),
        })
    };
    let picture =
        || Content::Image { set: Some(ImageSet { id: "s".into(), index: None, total: None }), external: None };
    let mika = || Some(Author { id: OperatorId(2), name: "Mika".into() });
    vec![
        message(1, Event, Content::Notice { notice: Notice::Followed }),
        message(2, In, text("こんにちは。今夜の離れの露天風呂、まだ空いていますか？ https://example.com/a?b=1。")),
        message(3, Out, text("お問い合わせありがとうございます。スタッフがすぐにお返事します。")),
        Message {
            operator: mika(),
            quoted: Some("L2".into()),
            quote: Some(Quote {
                id: MessageId(2),
                direction: In,
                name: "佐藤さん".into(),
                kind: "text".into(),
                text: "こんにちは。".into(),
            }),
            ..message(4, Out, text("はい、18時から空いています。"))
        },
        message(
            5,
            In,
            Content::Text {
                text: "🍎 @Mika $!".into(),
                emojis: vec![Emoji { index: 9, length: 1, product_id: "p1".into(), emoji_id: "001".into() }],
                mentions: vec![Mention { index: 3, length: 5, user_id: None, is_self: false }],
            },
        ),
        Message { media: media(1, MediaState::Ready), ..message(6, In, picture()) },
        Message { media: media(2, MediaState::Pending), ..message(7, In, picture()) },
        message(
            8,
            In,
            Content::Sticker {
                package_id: "1".into(),
                sticker_id: "52002734".into(),
                resource: String::new(),
                keywords: vec!["hello".into()],
                text: None,
            },
        ),
        message(
            9,
            In,
            Content::Location {
                title: "玄関".into(), address: "京都市".into(), latitude: 35.0, longitude: 135.75
            },
        ),
        Message {
            media: media(3, MediaState::Ready),
            ..message(10, In, Content::File { name: NASTY.into(), size: 52_400 })
        },
        message(11, In, Content::Unknown { kind: "hologram".into(), raw: serde_json::json!({"x": NASTY}) }),
        message(12, In, Content::Unsent),
        message(13, In, text(NASTY)),
        Message {
            operator: mika(),
            delivery: Delivery::Failed { why: Failure::Quota },
            ..message(14, Out, text("一通目"))
        },
        Message { operator: mika(), delivery: Delivery::Unknown, ..message(15, Out, text("二通目")) },
        Message { operator: mika(), ..message(16, Event, Content::Note { text: NASTY.into(), mentions: vec![] }) },
    ]
}

fn desk() -> Desk {
    let mut desk = Desk::default();
    let open = room(2, "佐藤さん（常連・左利き）", "text", "わかりました。二名でお願いします🙏", 0, RoomState::Open);
    let rooms = vec![
        room(1, "สมหญิง ใจดี", "text", "ห้องริมแม่น้ำว่างวันเสาร์ไหมคะ", 2, RoomState::Open),
        open.clone(),
        room(3, "林 怡君", "text", "請問早餐可以改成素食嗎？", 1, RoomState::Open),
        room(4, "Yoga retreat", "text", "see you at the east gate", 0, RoomState::FollowUp),
        room(5, "Daniel Weber", "image", "", 0, RoomState::Open),
        room(6, "高橋 由美子", "text", "21時までにお越しください", 0, RoomState::Open),
        room(7, NASTY, "sticker", "", 0, RoomState::Open),
        room(8, "", "", "", 0, RoomState::Open),
    ];
    let counts = Counts { inbox: 8, unread: 2, follow_up: 1, all: 8, ..Counts::default() };
    desk.load_page(Filter::Inbox, RoomPage { rooms, next: None, counts, seq: 1, own: None });
    desk.load_room(RoomDetail {
        room: open,
        messages: messages(),
        older: false,
        people: vec![],
        profile: Profile { status: Some("今日も温泉".into()), language: Some("ja".into()), first_seen: NOON },
        quota: Quota { limit: Some(200), used: 16 },
        seq: 1,
        kin: vec![],
    });
    desk
}

fn html() -> String {
    Owner::new().with(|| {
        let place = Place { account: AccountId(7), filter: Filter::Inbox, room: Some(RoomId(2)), who: Who::Anyone };
        let place = Memo::new(move |_| place);
        let (view, room) = (Memo::new(move |_| place.get().view()), Memo::new(move |_| place.get().room));
        let feed = Feed::new(AccountId(7), view, room, Memo::new(move |_| None));
        feed.desk.set(desk());
        let (asking, leave, quote) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
        let compose = super::compose::Compose::new(feed);
        provide_context(Desktop {
            feed,
            place,
            details: RwSignal::new(false),
            asking,
            leave,
            quote,
            assigning: RwSignal::new(false),
            search: Search::new(AccountId(7), Memo::new(|_| Ask::default())),
            compose,
        });
        provide_context(crate::ui::Sprite("icons.svg".into()));
        let id = RoomId(2);
        view! {
            <main class="chat chat--room">
                <section class="pane chat-list">
                    <h1 class="chat-list__title">"Chats"</h1>
                    <list::Views/>
                    <list::Rows/>
                </section>
                <section class="pane chat-room">
                    <head::Head id/>
                    <log::Log id/>
                    <note::Writing id/>
                </section>
                <detail::Detail id/>
            </main>
        }
        .to_html()
    })
}

#[test]
fn nothing_that_a_stranger_wrote_becomes_a_tag() {
    let html = html();
    for tag in ["<script", "<img src=x", "</title>", "<img src=\"x"] {
        assert!(!html.contains(tag), "{tag} in {html}");
    }
    // One for answers and one for notes.
    assert_eq!(html.matches("</textarea>").count(), 2);
}

#[test]
fn every_kind_of_message_is_shown() {
    let html = html();
    for wanted in [
        "href=\"https://example.com/a?b=1\"",
        "rel=\"noopener noreferrer\"",
        "sticonshop/v1/sticon/p1/android/001.png",
        "class=\"msg-text__mention\">@Mika",
        "stickershop/v1/sticker/52002734/android/sticker.png",
        "src=\"/media/7/1/thumb\"",
        "being fetched from LINE",
        "openstreetmap.org/?mlat=35",
        "52 KB",
        "hologram",
        "Took back a message",
        "Became a friend",
        "href=\"/a/7/chats/inbox/2?message=2\"",
        "messages are used up",
        "aria-label=\"Note\" class=\"note\"",
        "Only your team sees this",
    ] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
}

#[test]
fn rooms_are_links_with_their_last_line() {
    let html = html();
    for wanted in ["href=\"/a/7/chats/inbox/3\"", "You: 21時までにお越しください", "Photo", "Unknown", "Follow-up"]
    {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
}

/// The rows of a room with these messages.
fn rows(messages: Vec<Message>, unread: Option<i64>) -> Vec<Row> {
    let mut desk = Desk::default();
    desk.load_room(RoomDetail {
        room: room(2, "Ken", "", "", 0, RoomState::Open),
        messages,
        older: false,
        people: vec![],
        profile: Profile::default(),
        quota: Quota::default(),
        seq: 1,
        kin: vec![],
    });
    let open = desk.open_room().unwrap_or_else(|| panic!("not open"));
    thread::rows(open, |at| at.div_euclid(crate::time::DAY), unread.map(MessageId))
}

fn said(id: i64, at: i64) -> Message {
    Message { at: NOON + at, ..message(id, Direction::In, text("x")) }
}

fn row(id: i64, first: bool, last: bool) -> Row {
    Row::Message { id: MessageId(id), first, last }
}

#[test]
fn bubbles_are_grouped_by_speaker_and_minute() {
    let ours = Message { at: NOON + 95_000, ..message(4, Direction::Out, text("x")) };
    let messages = vec![said(1, 0), said(2, 20_000), said(3, 70_000), ours, said(5, 100_000), said(6, 500_000)];
    let wanted = vec![
        Row::Day(NOON),
        row(1, true, false),
        row(2, false, true),
        row(3, false, true),
        row(4, true, true),
        Row::Unread,
        row(5, true, true),
        row(6, true, true),
    ];
    assert_eq!(rows(messages, Some(5)), wanted);
}

#[test]
fn pictures_of_a_set_stand_together_in_its_order_whoever_speaks_between() {
    let picture = |id: i64, set: &str, index: i64| Message {
        at: NOON + id * 1_000,
        content: Content::Image {
            set: Some(ImageSet { id: set.into(), index: Some(index), total: Some(3) }),
            external: None,
        },
        ..message(id, Direction::In, text(""))
    };
    let messages = vec![picture(1, "a", 3), said(2, 2_000), picture(3, "a", 1), picture(4, "b", 1), picture(5, "a", 2)];
    let wanted = vec![
        Row::Day(NOON + 1_000),
        Row::Pictures { ids: [3, 5, 1].map(MessageId).to_vec(), first: true },
        row(2, false, false),
        // One that is left of a set, or the first to come, is a picture like any other.
        row(4, false, true),
    ];
    assert_eq!(rows(messages, None), wanted);
}
