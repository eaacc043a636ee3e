//! What the browser may ask about the team and about oneself.

use super::model::{Me, OperatorRow, SessionRow};
use crate::error::AppError;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::{server::session, team::model::Permission, team::service};

/// Starts a session and goes to `next` (a path of this console), or to the first page. Open to anyone.
#[server(endpoint = "team/login")]
pub async fn log_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    service::log_in(&email, password, next.as_deref()).await
}

/// Ends this session, or all of this operator's.
#[server(endpoint = "team/logout")]
pub async fn log_out(everywhere: Option<bool>) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::log_out(&op, everywhere.unwrap_or(false)).await
}

/// Creates the owner with the one-time token that the server printed at its first start. Open to
/// whoever holds the token.
#[server(endpoint = "team/setup")]
pub async fn set_up(token: String, name: String, email: String, password: String) -> Result<(), AppError> {
    service::set_up(&token, &name, &email, password).await
}

/// The operator who is logged in.
#[server(name = FetchMe, endpoint = "team/me")]
pub async fn me() -> Result<Me, AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::me(&op).await
}

/// Everybody in the team.
#[server(endpoint = "team/list")]
pub async fn list_operators() -> Result<Vec<OperatorRow>, AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::list_operators(&op).await
}

/// Adds an operator with a first password.
#[server(endpoint = "team/add")]
pub async fn add_operator(name: String, email: String, role: String, password: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::add_operator(&op, &name, &email, &role, password).await
}

/// Gives an operator another role.
#[server(endpoint = "team/role")]
pub async fn change_role(operator: String, role: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::change_role(&op, &operator, &role).await
}

/// Removes an operator and ends their sessions.
#[server(endpoint = "team/remove")]
pub async fn remove_operator(operator: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::remove_operator(&op, &operator).await
}

/// The browsers in which this operator is logged in.
#[server(endpoint = "team/sessions")]
pub async fn list_sessions() -> Result<Vec<SessionRow>, AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::list_sessions(&op).await
}

/// Changes the operator's own name and language.
#[server(endpoint = "team/profile")]
pub async fn update_profile(name: String, lang: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::update_profile(&op, &name, &lang).await
}

/// Changes the operator's own password and ends their other sessions.
#[server(endpoint = "team/password")]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::change_password(&op, current, new).await
}

/// Switches single keys (J, K, E and so on) on or off for this operator.
#[server(endpoint = "team/keys")]
pub async fn set_single_keys(on: bool) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::set_single_keys(&op, on).await
}
