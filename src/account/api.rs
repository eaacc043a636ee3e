//! What the browser may ask about connected accounts.

use super::model::{AccountDetail, Check};
use crate::{error::AppError, id::AccountId};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::{account::service, server::session, team::model::Permission};

/// Connects an account and goes to its settings. An empty token means that we fetch tokens ourselves;
/// an empty base means LINE's hosts.
#[server(endpoint = "account/connect")]
pub async fn connect(
    channel_id: String,
    channel_secret: String,
    access_token: String,
    api_base: String,
) -> Result<AccountId, AppError> {
    let op = session::require_any(Permission::ManageAccounts).await?;
    service::connect(&op, &channel_id, &channel_secret, &access_token, &api_base).await
}

/// The base URLs besides LINE's own that an account may use here.
#[server(endpoint = "account/hosts")]
pub async fn line_hosts() -> Result<Vec<String>, AppError> {
    let op = session::require_any(Permission::ManageAccounts).await?;
    Ok(op.state.config.line_hosts.clone())
}

/// An account with its settings.
#[server(name = FetchAccountDetail, endpoint = "account/detail")]
pub async fn account_detail(account: AccountId) -> Result<AccountDetail, AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    service::detail(&op).await
}

/// Looks at everything that must be right, by asking LINE.
#[server(endpoint = "account/checks")]
pub async fn run_checks(account: AccountId) -> Result<Vec<Check>, AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    service::run_checks(&op).await
}

/// Sets our webhook address at LINE.
#[server(endpoint = "account/webhook")]
pub async fn set_webhook(account: AccountId) -> Result<(), AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    service::set_webhook(&op).await
}

/// Replaces the secrets of an account; an empty field keeps what is there.
#[server(endpoint = "account/update")]
pub async fn update_credentials(
    account: AccountId,
    channel_secret: String,
    access_token: String,
) -> Result<(), AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    service::update_credentials(&op, &channel_secret, &access_token).await
}

/// Disconnects an account: everything of it is deleted. `confirm` is its basic id, typed by the operator.
#[server(endpoint = "account/disconnect")]
pub async fn disconnect(account: AccountId, confirm: String) -> Result<(), AppError> {
    let op = session::require(account, Permission::ManageAccounts).await?;
    service::disconnect(&op, &confirm).await
}
