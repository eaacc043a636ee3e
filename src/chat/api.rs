//! What the browser may ask of the desk. Every function names the permission it needs.

pub mod notes;

use super::model::{
    Cursor, Filter, Holder, Message, MessagePage, MessageWindow, NewerPage, RoomDetail, RoomPage, RoomState, Rules,
    View, Who,
    search::{Found, FoundCursor, Question},
};
use crate::{
    error::AppError,
    id::{AccountId, MessageId, RoomId},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{
    chat::{self, service},
    server::session,
    team::model::Permission,
};

/// One page of the list, latest first, beginning after `after`; everybody's rooms unless `who` says whose.
#[server(endpoint = "chat/list_rooms", input = Json)]
pub async fn list_rooms(
    account: AccountId,
    filter: Filter,
    after: Option<Cursor>,
    who: Option<Who>,
) -> Result<RoomPage, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::list_rooms(&op, View { filter, who: who.unwrap_or_default() }, after).await
}

/// Rooms and messages that fit a question, from `after` on.
#[server(endpoint = "chat/search", input = Json)]
pub async fn search(account: AccountId, question: Question, after: Option<FoundCursor>) -> Result<Found, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    chat::search::search(&op, &question, after).await
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

/// The messages from `from` on, which is the first of them.
#[server(endpoint = "chat/newer_messages", input = Json)]
pub async fn newer_messages(account: AccountId, room: RoomId, from: MessageId) -> Result<NewerPage, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::newer_messages(&op, room, from).await
}

/// A message with those around it.
#[server(endpoint = "chat/messages_around", input = Json)]
pub async fn messages_around(account: AccountId, room: RoomId, message: MessageId) -> Result<MessageWindow, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::messages_around(&op, room, message).await
}

/// LINE's JSON of something that happened.
#[server(endpoint = "chat/event_json", input = Json)]
pub async fn event_json(account: AccountId, room: RoomId, message: MessageId) -> Result<String, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::event_json(&op, room, message).await
}

/// Asks LINE once more for a picture, film, sound or file that could not be fetched.
#[server(endpoint = "chat/fetch_again", input = Json)]
pub async fn fetch_again(account: AccountId, room: RoomId, message: MessageId) -> Result<Message, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::fetch_again(&op, room, message).await
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

/// Sends a message again that failed, or whose fate is unknown and a person has decided.
#[server(endpoint = "chat/retry", input = Json)]
pub async fn retry(account: AccountId, room: RoomId, message: MessageId) -> Result<Message, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::retry(&op, room, message).await
}

/// Takes a message that was not sent out of the room.
#[server(endpoint = "chat/discard", input = Json)]
pub async fn discard(account: AccountId, room: RoomId, message: MessageId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::discard(&op, room, message).await
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

/// Gives a room to a person or a crew, or takes it from everybody. `only_free`: not when a colleague has it already.
#[server(endpoint = "chat/assign", input = Json)]
pub async fn assign(account: AccountId, room: RoomId, to: Option<Holder>, only_free: bool) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::assign::assign(&op, room, to, only_free).await
}

/// Keeps a room on top of this operator's own list, or lets it go.
#[server(endpoint = "chat/set_pin", input = Json)]
pub async fn set_pin(account: AccountId, room: RoomId, on: bool) -> Result<(), AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::assign::set_pin(&op, room, on).await
}

/// This operator wants to hear nothing of a room, or wants to again.
#[server(endpoint = "chat/set_mute", input = Json)]
pub async fn set_mute(account: AccountId, room: RoomId, on: bool) -> Result<(), AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::assign::set_mute(&op, room, on).await
}

/// How the account gives out rooms.
#[server(endpoint = "chat/rules", input = Json)]
pub async fn assign_rules(account: AccountId) -> Result<Rules, AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    service::assign::rules(&op).await
}

/// Changes how the account gives out rooms.
#[server(endpoint = "chat/set_rules", input = Json)]
pub async fn set_assign_rules(account: AccountId, rules: Rules) -> Result<(), AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    service::assign::set_rules(&op, &rules).await
}
