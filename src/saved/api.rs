//! What the browser may ask of saved messages. Whose message it is decides further, in the service.

use super::model::{Asked, Form, Library, Saved, Taken, variable::Values};
use crate::{
    error::AppError,
    id::{AccountId, FolderId, RoomId, SavedId},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::{saved::service, server::session, team::model::Permission};

/// One page of the list, with the folders.
#[server(endpoint = "saved/list", input = Json)]
pub async fn list_saved(account: AccountId, asked: Asked) -> Result<Library, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::list(&op, asked).await
}

/// One message.
#[server(endpoint = "saved/open", input = Json)]
pub async fn open_saved(account: AccountId, saved: SavedId) -> Result<Saved, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::open(&op, saved).await
}

/// One message for a composer, and what its variables become there.
#[server(endpoint = "saved/take", input = Json)]
pub async fn take_saved(account: AccountId, saved: SavedId, room: RoomId) -> Result<Taken, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::take(&op, saved, room).await
}

/// What variables become in a room, or without a friend.
#[server(endpoint = "saved/values", input = Json)]
pub async fn read_values(account: AccountId, friend: Option<RoomId>) -> Result<Values, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::values(&op, friend).await
}

/// Saves a new message, or a change to the one that was opened as `version`. The team's need [`Permission::EditSaved`].
#[server(endpoint = "saved/save", input = Json)]
pub async fn save(account: AccountId, saved: Option<SavedId>, version: i64, form: Form) -> Result<SavedId, AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::save(&op, saved, version, form).await
}

/// Deletes a message; it can be brought back.
#[server(endpoint = "saved/remove", input = Json)]
pub async fn remove(account: AccountId, saved: SavedId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::remove(&op, saved).await
}

/// Brings a deleted message back.
#[server(endpoint = "saved/restore", input = Json)]
pub async fn restore(account: AccountId, saved: SavedId) -> Result<(), AppError> {
    let op = session::require(account, Permission::Reply).await?;
    service::restore(&op, saved).await
}

/// Adds a folder.
#[server(endpoint = "saved/add_folder", input = Json)]
pub async fn add_folder(account: AccountId, name: String) -> Result<FolderId, AppError> {
    let op = session::require(account, Permission::EditSaved).await?;
    service::add_folder(&op, &name).await
}

/// Gives a folder another name.
#[server(endpoint = "saved/rename_folder", input = Json)]
pub async fn rename_folder(account: AccountId, folder: FolderId, name: String) -> Result<(), AppError> {
    let op = session::require(account, Permission::EditSaved).await?;
    service::rename_folder(&op, folder, &name).await
}

/// Deletes a folder; its messages stay.
#[server(endpoint = "saved/remove_folder", input = Json)]
pub async fn remove_folder(account: AccountId, folder: FolderId) -> Result<(), AppError> {
    let op = session::require(account, Permission::EditSaved).await?;
    service::remove_folder(&op, folder).await
}

/// The team's messages as a file.
#[server(endpoint = "saved/export", input = Json)]
pub async fn export(account: AccountId) -> Result<String, AppError> {
    let op = session::require(account, Permission::ReadChats).await?;
    service::export(&op).await
}

/// Adds the messages of a file; answers how many.
#[server(endpoint = "saved/import", input = Json)]
pub async fn import(account: AccountId, file: String) -> Result<u32, AppError> {
    let op = session::require(account, Permission::EditSaved).await?;
    service::import(&op, &file).await
}
