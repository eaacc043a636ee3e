//! Rooms that were deleted and can still be brought back, and people who are known in several accounts.

use super::{Cursor, RoomKind};
use crate::{
    id::{AccountId, RoomId},
    time::DAY,
};
use serde::{Deserialize, Serialize};

/// For how long a deleted room can be brought back.
pub const KEPT_FOR: i64 = 30 * DAY;
/// Deleted rooms on one page.
pub const DELETED_PAGE: usize = 50;
/// People who are offered as the same person, per account.
pub const LIKELY: i64 = 8;

/// A room that was deleted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeletedRoom {
    /// Room.
    pub id: RoomId,
    /// Friend, group or multi-person room.
    pub kind: RoomKind,
    /// Its name.
    pub name: String,
    /// Its picture.
    pub picture: Option<String>,
    /// When it was deleted (Unix ms).
    pub at: i64,
    /// Until when it can be brought back (Unix ms).
    pub until: i64,
    /// Who deleted it; none when they are no longer in the team.
    pub by: Option<String>,
}

/// Deleted rooms, the latest first.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct DeletedPage {
    /// At most [`DELETED_PAGE`].
    pub rooms: Vec<DeletedRoom>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
}

/// A friend as another account knows them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kin {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// Their room there.
    pub room: RoomId,
    /// Their name there.
    pub name: String,
    /// Their picture there.
    pub picture: Option<String>,
}
