//! Searching: what is asked for, and what is found.

use super::{Direction, Room, RoomKind};
use crate::id::{MessageId, OperatorId, RoomId};
use serde::{Deserialize, Serialize};

/// Longest question, in characters.
pub const QUESTION_LIMIT: usize = 200;
/// Messages of one page.
pub const FOUND_PAGE: usize = 30;
/// Most rooms that are shown.
pub const FOUND_ROOMS: usize = 50;

/// Kinds of messages that can be asked for, as [`crate::line::event::Content::name`] says them; a note is one of ours.
pub const KINDS: [&str; 9] = ["text", "image", "video", "audio", "file", "location", "sticker", "rich", "note"];

/// What is asked for. Without words it needs a filter; then all that passes is found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// Words, all of which must be there; words in quotation marks stand together.
    pub words: String,
    /// In this room only.
    pub room: Option<RoomId>,
    /// One of [`KINDS`].
    pub kind: Option<String>,
    /// Came in, or went out.
    pub direction: Option<Direction>,
    /// Written by this colleague.
    pub operator: Option<OperatorId>,
    /// Not before (Unix ms).
    pub from: Option<i64>,
    /// Before (Unix ms).
    pub until: Option<i64>,
}

impl Question {
    /// Whether only some messages may be found, and so no rooms.
    pub fn filtered(&self) -> bool {
        let Self { words: _, room, kind, direction, operator, from, until } = self;
        room.is_some()
            || kind.is_some()
            || direction.is_some()
            || operator.is_some()
            || from.is_some()
            || until.is_some()
    }

    /// Nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && !self.filtered()
    }
}

/// Where the next page begins: before this message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct FoundCursor {
    /// Message.
    pub id: MessageId,
    /// Its room.
    pub room: RoomId,
}

/// One page of what was found.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Found {
    /// Rooms, best first; on the first page only.
    pub rooms: Vec<FoundRoom>,
    /// Messages, latest first.
    pub messages: Vec<FoundMessage>,
    /// Where to go on. It may follow a page with few messages or none: looking through much that did not fit is
    /// done in steps, so that every answer is quick.
    pub next: Option<FoundCursor>,
    /// How much of the older messages can be found already, in per cent; none when all can.
    pub indexed: Option<i64>,
}

/// A room that was found.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FoundRoom {
    /// The room.
    pub room: Room,
    /// What of it was found: `name`, `member`, and whatever else the index holds of rooms.
    pub field: String,
    /// The words that were found.
    pub text: Vec<Piece>,
}

/// A message that was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FoundMessage {
    /// Message.
    pub id: MessageId,
    /// Its room.
    pub room: RoomId,
    /// The room's name; empty while not known.
    pub name: String,
    /// Picture of the room.
    pub picture: Option<String>,
    /// Friend or group.
    pub room_kind: RoomKind,
    /// The room is in the spam folder.
    pub spam: bool,
    /// When it was sent (Unix ms).
    pub at: i64,
    /// Which way.
    pub direction: Direction,
    /// What kind.
    pub kind: String,
    /// Who wrote it, where the room's name does not say so.
    pub author: Option<String>,
    /// Its words around what was found; empty for a picture.
    pub text: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Piece {
    /// The piece.
    pub text: String,
    /// This is what was asked for.
    pub found: bool,
}
