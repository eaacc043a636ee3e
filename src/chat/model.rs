//! Rooms, messages and their rules. Pure: shared by the server and the browser.

mod delivery;
pub mod draft;
pub mod gone;
pub mod here;
pub mod history;
pub mod later;
mod media;
pub mod note;
pub mod place;
pub mod search;
pub mod setting;
mod text;
pub mod upload;

pub use delivery::{Delivery, Failure, Via};
pub use media::{Media, MediaState};
pub use text::{DraftError, check_text};

use crate::{
    id::{ContactId, CrewId, MessageId, OperatorId, RoomId},
    line::event::{Content, Notice},
    team::model::Roster,
};
use serde::{Deserialize, Serialize};

mod assign;

pub use assign::*;

/// Rooms on one page of the list (features.md row 2).
pub const ROOMS_PAGE: usize = 25;
/// Messages that a room opens with, and that scrolling up adds.
pub const MESSAGES_PAGE: usize = 50;
/// How long after an event its reply token is taken to be good, in milliseconds. LINE says about a
/// minute; we stop a little earlier, so that "free" on the button is not a lie.
pub const REPLY_WINDOW: i64 = 55_000;

/// What kind of conversation a room is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// One friend.
    User,
    /// A LINE group.
    Group,
    /// A multi-person room from before groups.
    Room,
}

impl RoomKind {
    /// As the database has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Room => "room",
        }
    }

    /// From what the database has.
    pub fn from_name(name: &str) -> Self {
        match name {
            "group" => Self::Group,
            "room" => Self::Room,
            _ => Self::User,
        }
    }
}

/// Where a room stands in the work of the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomState {
    /// To be handled.
    #[default]
    Open,
    /// To come back to.
    FollowUp,
    /// Done; a new message from the friend opens it again.
    Resolved,
}

impl RoomState {
    /// As the database has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::FollowUp => "follow_up",
            Self::Resolved => "resolved",
        }
    }

    /// From what the database has.
    pub fn from_name(name: &str) -> Self {
        match name {
            "follow_up" => Self::FollowUp,
            "resolved" => Self::Resolved,
            _ => Self::Open,
        }
    }
}

/// Whether the other side can receive what we send.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Friendship {
    /// Not known: wrote without our having seen them become a friend.
    #[default]
    Unknown,
    /// A friend, or a group that the account is in.
    Friend,
    /// Blocked us; or a group that the account has left.
    Gone,
}

impl Friendship {
    /// As the database has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Friend => "friend",
            Self::Gone => "gone",
        }
    }

    /// From what the database has.
    pub fn from_name(name: &str) -> Self {
        match name {
            "friend" => Self::Friend,
            "gone" => Self::Gone,
            _ => Self::Unknown,
        }
    }
}

/// A view of the list (features.md rows 9-14). Each is a URL.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// Every room except spam.
    All,
    /// Neither spam nor resolved.
    #[default]
    Inbox,
    /// With something unread, not spam.
    Unread,
    /// Marked to come back to, not spam.
    FollowUp,
    /// Done, not spam.
    Resolved,
    /// Spam, and nothing else.
    Spam,
}

impl Filter {
    /// In the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Inbox, Self::Unread, Self::FollowUp, Self::Resolved, Self::All, Self::Spam];

    /// The word in the URL.
    pub fn slug(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Inbox => "inbox",
            Self::Unread => "unread",
            Self::FollowUp => "follow-up",
            Self::Resolved => "resolved",
            Self::Spam => "spam",
        }
    }

    /// From the word in a URL.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.slug() == slug)
    }

    /// Whether a room belongs into this view.
    pub fn holds(self, room: &Room) -> bool {
        match self {
            _ if room.deleted => false,
            Self::Spam => room.spam,
            _ if room.spam => false,
            Self::All => true,
            Self::Inbox => room.state != RoomState::Resolved,
            Self::Unread => room.unread > 0,
            Self::FollowUp => room.state == RoomState::FollowUp,
            Self::Resolved => room.state == RoomState::Resolved,
        }
    }
}

/// How many rooms each view holds. Kept by the database in the transaction that changes a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named after the views")]
pub struct Counts {
    pub all: i64,
    pub inbox: i64,
    pub unread: i64,
    pub follow_up: i64,
    pub resolved: i64,
    pub spam: i64,
}

impl Counts {
    /// The count of one view.
    pub fn of(&self, filter: Filter) -> i64 {
        match filter {
            Filter::All => self.all,
            Filter::Inbox => self.inbox,
            Filter::Unread => self.unread,
            Filter::FollowUp => self.follow_up,
            Filter::Resolved => self.resolved,
            Filter::Spam => self.spam,
        }
    }

    /// What is left when `other` is taken away.
    pub fn without(self, other: Self) -> Self {
        Self {
            all: self.all - other.all,
            inbox: self.inbox - other.inbox,
            unread: self.unread - other.unread,
            follow_up: self.follow_up - other.follow_up,
            resolved: self.resolved - other.resolved,
            spam: self.spam - other.spam,
        }
    }
}

/// A row of the list, and the head of an open room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Room {
    /// Room.
    pub id: RoomId,
    /// The account's sequence number at the last change of this row: of two copies the higher is newer.
    pub seq: i64,
    /// Friend, group or multi-person room.
    pub kind: RoomKind,
    /// LINE's display name; empty while it is not known, or when the person is gone for good.
    pub name: String,
    /// Address of the picture, if there is one.
    pub picture: Option<String>,
    /// Where it stands.
    pub state: RoomState,
    /// In the spam folder.
    pub spam: bool,
    /// Whether they can receive what we send.
    pub friendship: Friendship,
    /// Messages that came in since an operator last looked.
    pub unread: i64,
    /// The last line, if anything was ever said.
    pub last: Option<LastLine>,
    /// When something last happened here (Unix ms); the list is in this order, latest first.
    pub at: i64,
    /// Until when an answer is free (Unix ms); none when there is no unused reply token.
    pub reply_until: Option<i64>,
    /// Members that a push to this room is counted for: 1 for a friend.
    pub members: i64,
    /// Messages that are to be sent later.
    #[serde(default)]
    pub later: i64,
    /// The colleague who has it.
    pub assignee: Option<OperatorId>,
    /// The crew that has it.
    pub crew: Option<CrewId>,
    /// It was deleted: no view shows it.
    #[serde(default)]
    pub deleted: bool,
}

impl Room {
    /// Whether an answer sent at `now` would be free.
    pub fn reply_is_free(&self, now: i64) -> bool {
        self.reply_until.is_some_and(|until| until > now)
    }
}

/// The last line of a room, as the list shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LastLine {
    /// Who said it.
    pub direction: Direction,
    /// [`Content::name`].
    pub kind: String,
    /// The words, cut to what a row can show; may be empty (a picture).
    pub text: String,
    /// What happened, when it was an event.
    pub notice: Option<Notice>,
}

/// Which way a message went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the friend.
    In,
    /// From us.
    Out,
    /// Neither: something that happened.
    Event,
}

impl Direction {
    /// As the database has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Event => "event",
        }
    }

    /// From what the database has.
    pub fn from_name(name: &str) -> Self {
        match name {
            "in" => Self::In,
            "out" => Self::Out,
            _ => Self::Event,
        }
    }
}

/// A friend or a group member, as a message names its sender.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// Contact.
    pub id: ContactId,
    /// LINE's user id: mentions and notices name people by it.
    pub user_id: String,
    /// Display name; empty while not known.
    pub name: String,
    /// Picture.
    pub picture: Option<String>,
}

/// One message or event of a room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Message {
    /// Sorts by LINE's time.
    pub id: MessageId,
    /// The account's sequence number at its last change.
    pub seq: i64,
    /// Which way.
    pub direction: Direction,
    /// When it was sent (Unix ms).
    pub at: i64,
    /// What it is.
    pub content: Content,
    /// Who sent it, from their side.
    pub person: Option<Person>,
    /// Who sent it, from our side.
    pub operator: Option<Author>,
    /// Its bytes, when it has any.
    pub media: Option<Media>,
    /// LINE's id: quotations name it.
    pub line_id: Option<String>,
    /// The LINE id of the message that this one quotes.
    pub quoted: Option<String>,
    /// The friend changed the text later.
    pub edited: bool,
    /// How sending went; `Received` for everything that came in.
    pub delivery: Delivery,
    /// The key that the composer made, so that the bubble shown at once and this are the same.
    pub key: Option<String>,
    /// Until when sending it can be undone (Unix ms).
    #[serde(default)]
    pub held_until: Option<i64>,
    /// The message that `quoted` names, as it was when this was read; none when this room has no such message.
    pub quote: Option<Quote>,
}

/// A message of the same room that another one speaks of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quote {
    /// Message.
    pub id: MessageId,
    /// Which way it went.
    pub direction: Direction,
    /// Who said it, on either side; empty while not known.
    pub name: String,
    /// [`Content::name`].
    pub kind: String,
    /// Its words, cut to what a line can show.
    pub text: String,
}

/// A colleague.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Author {
    /// Operator.
    pub id: OperatorId,
    /// Name.
    pub name: String,
}

/// Where the next page of the list begins: after this row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cursor {
    /// [`Room::at`] of the last row shown.
    pub at: i64,
    /// Its id.
    pub id: RoomId,
}

/// One page of the list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RoomPage {
    /// At most [`ROOMS_PAGE`], latest first.
    pub rooms: Vec<Room>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
    /// Counts of all views.
    pub counts: Counts,
    /// The account's sequence number that this page includes: the live stream goes on from here.
    pub seq: i64,
    /// What is this operator's own; with the first page of a view only.
    pub own: Option<Own>,
}

/// An opened room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RoomDetail {
    /// The room.
    pub room: Room,
    /// At most [`MESSAGES_PAGE`], oldest first.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub older: bool,
    /// The friend, or the members of a group whom we have met.
    pub people: Vec<Person>,
    /// Facts about the friend.
    pub profile: Profile,
    /// What LINE lets us send this month.
    pub quota: Quota,
    /// The account's sequence number that this includes.
    pub seq: i64,
    /// The same person in other accounts that the operator can open.
    #[serde(default)]
    pub kin: Vec<gone::Kin>,
}

/// Facts about the friend, or about the group.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Profile {
    /// Status message of the friend.
    pub status: Option<String>,
    /// Language of the friend's LINE, a BCP 47 tag.
    pub language: Option<String>,
    /// When we first met (Unix ms).
    pub first_seen: i64,
}

/// Older messages.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MessagePage {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Whether there are older ones still.
    pub older: bool,
}

/// Messages after others.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NewerPage {
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Whether there are newer ones still.
    pub newer: bool,
}

/// The messages around one that was asked for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MessageWindow {
    /// The one that was asked for.
    pub target: MessageId,
    /// Oldest first; the target is among them.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub older: bool,
    /// Whether there are newer ones.
    pub newer: bool,
    /// The account's sequence number that this includes.
    pub seq: i64,
}

/// What LINE lets this account send this month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Quota {
    /// The cap; none when there is none, or while it is not known.
    pub limit: Option<i64>,
    /// Used so far; LINE calls it approximate.
    pub used: i64,
}

impl Quota {
    /// Messages left; none when there is no cap.
    pub fn left(self) -> Option<i64> {
        self.limit.map(|limit| (limit - self.used).max(0))
    }
}

/// What the live stream carries: whole rows, so that applying one twice or out of order does no harm.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Update {
    /// Everything up to this sequence number has been told.
    pub seq: i64,
    /// More changed than the stream will tell: load the page's data again.
    pub reset: bool,
    /// Rooms that changed.
    pub rooms: Vec<Room>,
    /// Messages that changed, with their room.
    pub messages: Vec<(RoomId, Message)>,
    /// Counts of all views.
    pub counts: Counts,
    /// What LINE lets us send.
    pub quota: Quota,
    /// It tells everything after this sequence number: whoever was not told that far has a gap before it.
    pub after: i64,
    /// Counts of those who have rooms, where they changed.
    pub holdings: Vec<Holding>,
    /// The people and crews, when they changed.
    pub roster: Option<Roster>,
    /// This operator's own pins and mutes, where they changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// Rooms that are looked through by name, the latest: as many as take a few milliseconds.
pub const NAMED_ROOMS: i64 = 5_000;
/// Rooms that a search by name answers.
pub const NAMES_FOUND: usize = 8;

/// A room in few words: enough to name it and to go there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoomName {
    /// Room.
    pub id: RoomId,
    /// Its name; may be empty.
    pub name: String,
    /// Its picture.
    pub picture: Option<String>,
    /// More than one friend.
    pub group: bool,
}

/// The last line of the list for a message: at most 120 characters, on one line.
pub fn last_words(content: &Content) -> String {
    content.words().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_has_its_url() {
        for filter in Filter::ALL {
            assert_eq!(Filter::from_slug(filter.slug()), Some(filter));
        }
        assert_eq!(Filter::from_slug("everything"), None);
    }
}
