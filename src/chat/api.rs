//! What the browser may ask of the desk. Every function names the permission it needs.

pub mod notes;

use super::model::{
    Cursor, Filter, Holder, Message, MessagePage, MessageWindow, NewerPage, RoomDetail, RoomName, RoomPage, RoomState,
    Rules, Who,
    draft::Draft,
    later::{Download, Later},
    search::{Found, FoundCursor, Question},
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
    chat::{
        self,
        model::View,
        outgoing, presence, scheduled,
        service::{self, gone, kin, note},
    },
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

/// Rooms whose name fits what was typed, the best first; the latest when nothing was typed.
#[server(endpoint = "chat/find_rooms", input = Json)]
pub async fn find_rooms(account: AccountId, name: String) -> Result<Vec<RoomName>, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::find_rooms(&op, &name).await
}
