//! What events mean for rooms, messages and jobs. Pure: given the rooms as they are, it says what they
//! become.

use super::told;
use crate::{
    chat::model::{Friendship, REPLY_WINDOW, RoomKind, RoomState, last_words},
    id::make,
    line::event::{Content, Event, Kind, Source},
    time::{DAY, MINUTE},
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A profile is asked for anew after this long.
const PROFILE_AGE: i64 = DAY;
/// A redelivered reply token is good only within this long of the event (line-platform.md §5).
const TOKEN_AGE: i64 = 20 * MINUTE;

/// A contact that an event names.
#[derive(Clone, Copy)]
pub struct ContactRef {
    /// Its id.
    pub id: i64,
    /// When its profile was last asked for.
    pub profile_at: i64,
}

/// A room as the database has it, or as it will be. It is read from an array, so the order of the fields is
/// that of the columns in [`crate::chat::store::batch::rooms`].
#[derive(Clone, Serialize, Deserialize, Default)]
pub struct RoomDraft {
    /// Id.
    pub id: i64,
    /// [`RoomKind::name`].
    pub kind: String,
    /// LINE's id of the conversation.
    pub line_id: String,
    /// The friend.
    pub contact: Option<i64>,
    /// [`RoomState::name`].
    pub state: String,
    /// [`Friendship::name`].
    pub friendship: String,
    /// Time of the event that said so.
    pub friendship_at: i64,
    /// Unread messages.
    pub unread: i64,
    /// Latest event.
    pub at: i64,
    /// Id of the message that the last line shows.
    pub last_id: i64,
    /// Its direction.
    pub direction: Option<String>,
    /// Its kind.
    pub last_kind: Option<String>,
    /// Its words.
    pub text: Option<String>,
    /// Its notice, as JSON.
    pub notice: Option<String>,
    /// The newest unused reply token.
    pub token: Option<String>,
    /// Until when it is good.
    pub until: Option<i64>,
    /// When the group's summary was last asked for.
    #[serde(skip_serializing)]
    pub profile_at: i64,
    /// When the room was first seen.
    pub created_at: i64,
}

/// A message to be inserted.
#[derive(Serialize)]
pub struct MessageDraft {
    room: i64,
    id: i64,
    direction: &'static str,
    kind: &'static str,
    content: String,
    at: i64,
    contact: Option<i64>,
    line_id: Option<String>,
    event_id: String,
    quoted: Option<String>,
    quote_token: Option<String>,
    read_token: Option<String>,
}

/// Bytes to be fetched.
#[derive(Serialize)]
pub struct MediaDraft {
    id: i64,
    room: i64,
    line_id: String,
    file_name: Option<String>,
}

/// Somebody seen in a group.
#[derive(Serialize)]
pub struct MemberDraft {
    room: i64,
    contact: i64,
    gone: i64,
    at: i64,
}

impl MemberDraft {
    /// Who, where.
    pub fn key(&self) -> (i64, i64) {
        (self.room, self.contact)
    }
}

/// Work to be done after the commit.
#[derive(Serialize)]
pub struct JobDraft {
    id: i64,
    kind: &'static str,
    subject: i64,
    lane: i64,
    payload: String,
    run_at: i64,
}

/// A change to a message that may already be stored.
pub enum Change {
    /// Taken back: forget its words and bytes.
    Unsend(String),
    /// New text.
    Edit(String, Content),
}

/// What is to be written.
#[derive(Default)]
pub struct Folded {
    /// Rooms, new and changed.
    pub rooms: Vec<RoomDraft>,
    /// New messages.
    pub messages: Vec<MessageDraft>,
    /// New media.
    pub media: Vec<MediaDraft>,
    /// Members seen.
    pub members: Vec<MemberDraft>,
    /// New jobs.
    pub jobs: Vec<JobDraft>,
    /// Changes to messages.
    pub changes: Vec<Change>,
    /// Rooms in which the friend wrote, each once.
    pub written: Vec<i64>,
}

/// Every LINE user whom an event names as an actor or a member.
pub fn users(event: &Event) -> impl Iterator<Item = &str> {
    let members: &[String] = match &event.kind {
        Kind::MemberJoined(users) | Kind::MemberLeft(users) => users,
        _ => &[],
    };
    event.source.as_ref().and_then(Source::user).into_iter().chain(members.iter().map(String::as_str))
}

/// LINE's id of the message whose words an event brings.
pub fn line_id(event: &Event) -> Option<&str> {
    match &event.kind {
        Kind::Message(message) | Kind::Edited(message) => Some(&message.id),
        _ => None,
    }
}

/// LINE's id of the message that an event changes.
fn changed(event: &Event) -> Option<&String> {
    match &event.kind {
        Kind::Edited(message) => Some(&message.id),
        Kind::Unsend(line_id) => Some(line_id),
        _ => None,
    }
}

/// Applies `events`, which are in the order of their time, to `rooms` by LINE's ids.
pub fn fold(
    events: &[&Event],
    mut rooms: HashMap<String, RoomDraft>,
    contacts: &HashMap<String, ContactRef>,
    unsent: &HashSet<String>,
    now: i64,
) -> Folded {
    let mut folded = Folded::default();
    let mut asked = HashSet::new();
    let mut wrote = HashSet::new();
    for event in events {
        match &event.kind {
            Kind::Unsend(line_id) => folded.changes.push(Change::Unsend(line_id.clone())),
            Kind::Edited(message) => folded.changes.push(Change::Edit(message.id.clone(), message.content.clone())),
            _ => {}
        }
        let Some(source) = &event.source else { continue };
        let actor = source.user().and_then(|user| Some((user, *contacts.get(user)?)));
        let room = rooms.entry(source.id().to_owned()).or_insert_with(|| RoomDraft::open(source, event, contacts));
        for user in users(event) {
            let Some(contact) = contacts.get(user) else { continue };
            if contact.profile_at < now - PROFILE_AGE && asked.insert(contact.id) {
                let payload = serde_json::json!({"user": user, "kind": room.kind, "room": room.line_id});
                folded.jobs.push(JobDraft::new("profile", contact.id, contact.id, payload.to_string(), now));
            }
            if !matches!(source, Source::User(_)) {
                let gone = i64::from(matches!(event.kind, Kind::MemberLeft(_)));
                folded.members.push(MemberDraft { room: room.id, contact: contact.id, gone, at: event.timestamp });
            }
        }
        let membership = matches!(event.kind, Kind::MemberJoined(_) | Kind::MemberLeft(_));
        if !matches!(source, Source::User(_))
            && !matches!(event.kind, Kind::Leave)
            && (room.profile_at < now - PROFILE_AGE || membership)
            && asked.insert(room.id)
        {
            folded.jobs.push(JobDraft::new("group", room.id, room.id, "{}".into(), now));
        }
        room.take_token(event, now);
        room.take_friendship(event);
        let Some((direction, content)) = shown(event) else { continue };
        let incoming = match &event.kind {
            Kind::Message(message) => Some(message),
            _ => None,
        };
        let content = match incoming {
            Some(message) if unsent.contains(&message.id) => Content::Unsent,
            _ => content,
        };
        let id = make::at(event.timestamp.min(now + MINUTE));
        if let Some(message) = incoming
            && content.has_bytes()
        {
            let file_name = if let Content::File { name, .. } = &content { Some(name.clone()) } else { None };
            folded.media.push(MediaDraft { id, room: room.id, line_id: message.id.clone(), file_name });
            folded.jobs.push(JobDraft::new("media", id, id, "{}".into(), now));
        }
        if direction == "in" && !matches!(content, Content::Unsent) && wrote.insert(room.id) {
            folded.written.push(room.id);
        }
        // What happened to an earlier message is told where it happened, and is not what was said last.
        if changed(event).is_none() {
            room.take_line(event.timestamp, id, direction, &content);
        }
        folded.messages.push(MessageDraft {
            room: room.id,
            id,
            direction,
            kind: content.name(),
            content: serde_json::to_string(&content).unwrap_or_default(),
            at: event.timestamp,
            contact: actor.map(|(_, contact)| contact.id),
            line_id: incoming.map(|message| message.id.clone()),
            event_id: event.id.clone(),
            quoted: incoming.and_then(|message| message.quoted.as_ref()).or(changed(event)).cloned(),
            quote_token: incoming.and_then(|message| message.quote_token.clone()),
            read_token: incoming.and_then(|message| message.mark_as_read_token.clone()),
        });
    }
    folded.rooms = rooms.into_values().collect();
    // Always in the same order, so that two nodes can't wait for each other's rows.
    folded.rooms.sort_by_key(|room| room.id);
    folded
}

/// What a room shows of an event.
fn shown(event: &Event) -> Option<(&'static str, Content)> {
    match &event.kind {
        Kind::Message(message) => Some(("in", message.content.clone())),
        _ => told::notice(event).map(|notice| ("event", Content::Notice { notice })),
    }
}

impl RoomDraft {
    fn open(source: &Source, event: &Event, contacts: &HashMap<String, ContactRef>) -> Self {
        let (kind, contact) = match source {
            Source::User(user) => (RoomKind::User, contacts.get(user).map(|contact| contact.id)),
            Source::Group(..) => (RoomKind::Group, None),
            Source::Room(..) => (RoomKind::Room, None),
        };
        Self {
            id: make::next(),
            kind: kind.name().into(),
            line_id: source.id().into(),
            contact,
            state: RoomState::Open.name().into(),
            friendship: Friendship::Unknown.name().into(),
            at: event.timestamp,
            created_at: event.timestamp,
            ..Self::default()
        }
    }

    fn take_token(&mut self, event: &Event, now: i64) {
        if let Some(token) = &event.reply_token
            && event.active
            && event.timestamp > now - TOKEN_AGE
        {
            self.token = Some(token.clone());
            self.until = Some(now + REPLY_WINDOW);
        }
    }

    fn take_friendship(&mut self, event: &Event) {
        let friendship = match event.kind {
            Kind::Follow { .. } | Kind::Join => Friendship::Friend,
            Kind::Unfollow | Kind::Leave => Friendship::Gone,
            // In a group we are a member, or this would not have reached us.
            Kind::Message(_) | Kind::MemberJoined(_) if self.kind != "user" => Friendship::Friend,
            // Whoever writes has not blocked us (any more).
            Kind::Message(_) if self.friendship == Friendship::Gone.name() => Friendship::Unknown,
            _ => return,
        };
        if event.timestamp >= self.friendship_at {
            self.friendship = friendship.name().into();
            self.friendship_at = event.timestamp;
            if friendship == Friendship::Gone {
                self.token = None;
                self.until = None;
            }
        }
    }

    fn take_line(&mut self, at: i64, id: i64, direction: &'static str, content: &Content) {
        if direction == "in" && !matches!(content, Content::Unsent) {
            self.unread += 1;
            if self.state == RoomState::Resolved.name() {
                self.state = RoomState::Open.name().into();
            }
        }
        if id < self.last_id {
            return;
        }
        self.at = self.at.max(at);
        self.last_id = id;
        self.direction = Some(direction.into());
        self.last_kind = Some(content.name().into());
        self.text = Some(last_words(content));
        self.notice = match content {
            Content::Notice { notice } => serde_json::to_string(notice).ok(),
            _ => None,
        };
    }
}

impl JobDraft {
    fn new(kind: &'static str, subject: i64, lane: i64, payload: String, run_at: i64) -> Self {
        Self { id: make::next(), kind, subject, lane, payload, run_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(kind: &str, at: i64, extra: serde_json::Value) -> Event {
        let mut raw = json!({"type": kind, "webhookEventId": format!("E{kind}{at}"), "timestamp": at, "mode": "active",
            "source": {"type": "user", "userId": "U1"}});
        if let (Some(raw), Some(extra)) = (raw.as_object_mut(), extra.as_object()) {
            raw.extend(extra.clone());
        }
        Event::read(raw).unwrap_or_else(|| panic!("not an event"))
    }

    fn text(at: i64, words: &str) -> Event {
        event(
            "message",
            at,
            json!({"replyToken": format!("T{at}"), "message": {"id": at.to_string(), "type": "text", "text": words}}),
        )
    }

    fn folded(events: &[Event], rooms: HashMap<String, RoomDraft>, now: i64) -> Folded {
        let contacts = HashMap::from([("U1".to_owned(), ContactRef { id: 7, profile_at: 0 })]);
        let mut events: Vec<&Event> = events.iter().collect();
        events.sort_by_key(|event| event.timestamp);
        fold(&events, rooms, &contacts, &HashSet::new(), now)
    }

    #[test]
    fn a_message_reopens_a_resolved_room_and_the_latest_line_wins() {
        let now = 1_700_000_000_000;
        let room = RoomDraft {
            id: 1,
            kind: "user".into(),
            line_id: "U1".into(),
            state: "resolved".into(),
            ..RoomDraft::default()
        };
        let result = folded(&[text(now, "second"), text(now - 5, "first")], HashMap::from([("U1".into(), room)]), now);
        let room = &result.rooms[0];
        assert_eq!((room.state.as_str(), room.unread, room.text.as_deref()), ("open", 2, Some("second")));
        assert_eq!(room.token.as_deref(), Some(format!("T{now}").as_str()));
        assert_eq!(result.messages.len(), 2);
        assert_eq!(result.jobs.len(), 1, "one profile for one person");
    }

    #[test]
    fn a_late_unfollow_does_not_undo_a_later_follow() {
        let now = 1_700_000_000_000;
        let follow = event("follow", now, json!({}));
        let rooms = folded(&[follow], HashMap::new(), now).rooms;
        let room = rooms[0].clone();
        assert_eq!(room.friendship, "friend");
        let late = folded(&[event("unfollow", now - 10, json!({}))], HashMap::from([("U1".into(), room)]), now);
        assert_eq!(late.rooms[0].friendship, "friend");
        assert_eq!(late.rooms[0].last_kind.as_deref(), Some("notice"));
    }

    #[test]
    fn events_without_a_source_touch_no_room() {
        let raw = json!({"type": "accountLink", "webhookEventId": "E", "timestamp": 1});
        let events = [Event::read(raw).unwrap_or_else(|| panic!("not an event"))];
        let result = folded(&events, HashMap::new(), 5);
        assert!(result.rooms.is_empty() && result.messages.is_empty());
    }
}
