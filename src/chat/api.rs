//! What the browser may ask of the desk. Every function names the permission it needs.

use super::model::{
    Cursor, Filter, Message, MessagePage, RoomDetail, RoomPage, RoomState,
    draft::Draft,
    later::{Download, Later},
    setting::{ChatSetting, Manners, Voice},
};
use crate::{
    error::AppError,
    id::{AccountId, LaterId, MessageId, RoomId},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    chat::{outgoing, scheduled, service},
    server::session,
    team::model::Permission,
};

/// One page of the list, latest first, beginning after `after`.
#[server(endpoint = "chat/list_rooms", input = Json)]
pub async fn list_rooms(account: AccountId, filter: Filter, after: Option<Cursor>) -> Result<RoomPage, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::list_rooms(&op, filter, after).await
}

/// Opens a room with its latest messages.
#[server(endpoint = "chat/open_room", input = Json)]
pub async fn open_room(account: AccountId, room: RoomId) -> Result<RoomDetail, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::open_room(&op, room).await
}

/// The messages before `before`.
#[server(endpoint = "chat/older_messages", input = Json)]
pub async fn older_messages(account: AccountId, room: RoomId, before: MessageId) -> Result<MessagePage, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::older_messages(&op, room, before).await
}

/// An operator has seen everything in this room.
#[server(endpoint = "chat/mark_read", input = Json)]
pub async fn mark_read(account: AccountId, room: RoomId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::mark_read(&op, room).await
}

/// Sends a text. `key` is made by the composer: sending the same key again gives the same message
/// back and sends nothing.
#[server(endpoint = "chat/send_text", input = Json)]
pub async fn send_text(account: AccountId, room: RoomId, key: String, text: String) -> Result<Message, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::send_text(&op, room, &key, &text).await
}

/// Sends what was composed, in one go; for five seconds it can be undone, where the account wants that. `key` as above.
#[server(name = SendDraft, endpoint = "chat/send", input = Json)]
pub async fn send(account: AccountId, room: RoomId, key: String, draft: Draft) -> Result<Vec<Message>, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    outgoing::send(&op, room, &key, draft, true).await
}

/// Takes back what is held, and gives back what was composed.
#[server(endpoint = "chat/undo", input = Json)]
pub async fn undo(account: AccountId, room: RoomId, message: MessageId) -> Result<Draft, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    outgoing::undo(&op, room, message).await
}

/// Sends a message again that failed, or whose fate is unknown and a person has decided.
#[server(endpoint = "chat/retry", input = Json)]
pub async fn retry(account: AccountId, room: RoomId, message: MessageId) -> Result<Message, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    outgoing::retry(&op, room, message).await
}

/// Takes a message that was not sent out of the room.
#[server(endpoint = "chat/discard", input = Json)]
pub async fn discard(account: AccountId, room: RoomId, message: MessageId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    outgoing::discard(&op, room, message).await
}

/// Keeps what was composed, to be sent at a time. `key` as above.
#[server(endpoint = "chat/send_later", input = Json)]
pub async fn send_later(
    account: AccountId,
    room: RoomId,
    key: String,
    draft: Draft,
    at: i64,
) -> Result<Later, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    scheduled::add(&op, room, &key, draft, at).await
}

/// What will be sent, the next first: in one room, or in all.
#[server(endpoint = "chat/list_later", input = Json)]
pub async fn list_later(account: AccountId, only: Option<RoomId>) -> Result<Vec<Later>, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    scheduled::list(&op, only).await
}

/// Changes what will be sent, and when.
#[server(endpoint = "chat/change_later", input = Json)]
pub async fn change_later(account: AccountId, later: LaterId, draft: Draft, at: i64) -> Result<Later, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    scheduled::change(&op, later, draft, at).await
}

/// Takes back what would have been sent, and gives back what was composed.
#[server(endpoint = "chat/cancel_later", input = Json)]
pub async fn cancel_later(account: AccountId, later: LaterId) -> Result<Draft, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    scheduled::cancel(&op, later).await
}

/// Sends it now.
#[server(endpoint = "chat/later_now", input = Json)]
pub async fn later_now(account: AccountId, later: LaterId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    scheduled::send_now(&op, later).await
}

/// Shows the friend that an answer is being made.
#[server(endpoint = "chat/start_loading", input = Json)]
pub async fn start_loading(account: AccountId, room: RoomId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    outgoing::start_loading(&op, room).await
}

/// What the composer goes by.
#[server(name = FetchManners, endpoint = "chat/manners", input = Json)]
pub async fn manners(account: AccountId) -> Result<Manners, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    outgoing::manners(&op).await
}

/// Changes how the account chats.
#[server(endpoint = "chat/set_setting", input = Json)]
pub async fn set_setting(account: AccountId, setting: ChatSetting) -> Result<(), AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    scheduled::set_setting(&op, setting).await
}

/// Changes how the operator chats for the account.
#[server(endpoint = "chat/set_voice", input = Json)]
pub async fn set_voice(account: AccountId, voice: Voice) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    scheduled::set_voice(&op, voice).await
}

/// The page from which a message's file is downloaded.
#[server(name = FetchDownload, endpoint = "chat/download", input = Json)]
pub async fn download(account: AccountId, message: MessageId) -> Result<Download, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    scheduled::download(&op, message).await
}

/// Takes that page back.
#[server(endpoint = "chat/revoke_download", input = Json)]
pub async fn revoke_download(account: AccountId, message: MessageId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    scheduled::revoke(&op, message).await
}

/// Puts a room into a state.
#[server(endpoint = "chat/set_state", input = Json)]
pub async fn set_state(account: AccountId, room: RoomId, state: RoomState) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::set_state(&op, room, state).await
}

/// Moves a room into the spam folder or out of it.
#[server(endpoint = "chat/set_spam", input = Json)]
pub async fn set_spam(account: AccountId, room: RoomId, spam: bool) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::set_spam(&op, room, spam).await
}
