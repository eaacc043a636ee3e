//! What the browser may ask about notes, about who is here, and about the ends of rooms.

use super::*;
use crate::{
    chat::model::{
        Author,
        gone::{DeletedPage, Kin},
        here::{Here, Sign},
        note::MentionPage,
    },
    id::OperatorId,
};

/// Writes a note for colleagues. `key` is made by the browser: the same key again gives the same note back.
/// `mentions` are those who were picked from the list, where a name is not enough.
#[server(endpoint = "chat/add_note", input = Json)]
pub async fn add_note(
    account: AccountId,
    room: RoomId,
    key: String,
    text: String,
    mentions: Vec<OperatorId>,
) -> Result<Message, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    note::add(&op, room, &key, &text, &mentions).await
}

/// Changes a note of one's own, or of others for those who manage.
#[server(endpoint = "chat/edit_note", input = Json)]
pub async fn edit_note(
    account: AccountId,
    room: RoomId,
    message: MessageId,
    text: String,
    mentions: Vec<OperatorId>,
) -> Result<Message, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    note::edit(&op, room, message, &text, &mentions).await
}

/// Takes a note out of its room.
#[server(endpoint = "chat/delete_note", input = Json)]
pub async fn delete_note(account: AccountId, room: RoomId, message: MessageId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    note::delete(&op, room, message).await
}

/// Everybody who can be named in a note.
#[server(endpoint = "chat/colleagues", input = Json)]
pub async fn colleagues(account: AccountId) -> Result<Vec<Author>, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    note::colleagues(&op).await
}

/// The notes that name the operator, the latest first, beginning before `before`.
#[server(endpoint = "chat/mentions", input = Json)]
pub async fn mentions(account: AccountId, before: Option<MessageId>) -> Result<MentionPage, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    note::mentions(&op, before).await
}

/// How many notes name the operator and were not read.
#[server(endpoint = "chat/count_mentions", input = Json)]
pub async fn count_mentions(account: AccountId) -> Result<i64, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    note::unread(&op).await
}

/// The operator has read a note that names them, or all of them; answers how many are left.
#[server(endpoint = "chat/read_mentions", input = Json)]
pub async fn read_mentions(account: AccountId, message: Option<MessageId>) -> Result<i64, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    note::read(&op, message).await
}

/// A sign of life from a tab that shows a room; answers who else is there.
#[server(endpoint = "chat/be_here", input = Json)]
pub async fn be_here(account: AccountId, room: RoomId, tab: String, sign: Sign) -> Result<Here, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    presence::sign(&op, room, &tab, sign).await
}

/// Deletes a room with everything in it; for 30 days it can be brought back.
#[server(endpoint = "chat/delete_room", input = Json)]
pub async fn delete_room(account: AccountId, room: RoomId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    gone::delete(&op, room).await
}

/// Brings a deleted room back.
#[server(endpoint = "chat/restore_room", input = Json)]
pub async fn restore_room(account: AccountId, room: RoomId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    gone::restore(&op, room).await
}

/// Removes a deleted room for good, before its 30 days are over.
#[server(endpoint = "chat/purge_room", input = Json)]
pub async fn purge_room(account: AccountId, room: RoomId) -> Result<(), AppError> {
    let op = session::require(account, Permission::EndChats).await?;
    gone::purge_now(&op, room).await
}

/// Rooms that were deleted and can be brought back, the latest first.
#[server(endpoint = "chat/deleted_rooms", input = Json)]
pub async fn deleted_rooms(account: AccountId, after: Option<Cursor>) -> Result<DeletedPage, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    gone::list(&op, after).await
}

/// Has the account leave a group or a multi-person room at LINE.
#[server(endpoint = "chat/leave_group", input = Json)]
pub async fn leave_group(account: AccountId, room: RoomId) -> Result<(), AppError> {
    let op = session::require(account, Permission::EndChats).await?;
    gone::leave(&op, room).await
}

/// Friends of the operator's other accounts who may be the same person: those whose name holds `name`.
#[server(endpoint = "chat/find_kin", input = Json)]
pub async fn find_kin(account: AccountId, room: RoomId, name: String) -> Result<Vec<Kin>, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    kin::find(&op, room, &name).await
}

/// Says that the friend of this room is the friend of that one, in another account; answers everybody who is.
#[server(endpoint = "chat/link_kin", input = Json)]
pub async fn link_kin(
    account: AccountId,
    room: RoomId,
    other: AccountId,
    other_room: RoomId,
) -> Result<Vec<Kin>, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    kin::link(&op, room, other, other_room).await
}

/// Takes that back.
#[server(endpoint = "chat/unlink_kin", input = Json)]
pub async fn unlink_kin(
    account: AccountId,
    room: RoomId,
    other: AccountId,
    other_room: RoomId,
) -> Result<Vec<Kin>, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    kin::unlink(&op, room, other, other_room).await
}
