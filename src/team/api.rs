//! What the browser may ask about the team and about oneself.

use super::model::{Crew, Enrolment, InvitationRow, Invited, Me, OperatorRow, SessionRow, TwoStep};
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

/// Ends a log-in that owes its code: six digits of the app, or a recovery code. Open to whoever gave the
/// right password in this browser.
#[server(endpoint = "team/code")]
pub async fn enter_code(code: String, next: Option<String>) -> Result<(), AppError> {
    service::two_step::enter(&code, next.as_deref()).await
}

/// Whether this operator logs in with a code.
#[server(name = FetchTwoStep, endpoint = "team/two_step")]
pub async fn two_step() -> Result<TwoStep, AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::two_step::state(&op).await
}

/// Makes a secret for an authenticator app; it counts once [`confirm_two_step`] has seen a code of it.
#[server(endpoint = "team/two_step_begin")]
pub async fn begin_two_step(password: String) -> Result<Enrolment, AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::two_step::begin(&op, password).await
}

/// Turns the second step on; gives the recovery codes.
#[server(endpoint = "team/two_step_confirm")]
pub async fn confirm_two_step(code: String) -> Result<Vec<String>, AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::two_step::confirm(&op, &code).await
}

/// Turns the second step off.
#[server(endpoint = "team/two_step_off")]
pub async fn turn_off_two_step(password: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::two_step::turn_off(&op, password).await
}

/// Makes new recovery codes; the old ones work no more.
#[server(endpoint = "team/recovery_codes")]
pub async fn renew_recovery_codes(password: String) -> Result<Vec<String>, AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::two_step::renew_codes(&op, password).await
}

/// Turns the second step of a colleague off, who lost phone and recovery codes.
#[server(endpoint = "team/two_step_reset")]
pub async fn reset_two_step(operator: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::two_step::reset(&op, &operator).await
}

/// Makes a link with which one colleague joins in this role.
#[server(endpoint = "team/invite")]
pub async fn invite(role: String, note: String) -> Result<String, AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::invite::invite(&op, &role, &note).await
}

/// The links that nobody has used yet.
#[server(endpoint = "team/invitations")]
pub async fn list_invitations() -> Result<Vec<InvitationRow>, AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::invite::list(&op).await
}

/// Takes a link back.
#[server(endpoint = "team/revoke_invitation")]
pub async fn revoke_invitation(id: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::invite::revoke(&op, &id).await
}

/// What a link to join invites to; none when it is no longer good. Open to anyone.
#[server(name = LookAtLink, endpoint = "team/invited")]
pub async fn invited(token: String) -> Result<Option<Invited>, AppError> {
    service::invite::look(&token).await
}

/// Joins the team with a link. Open to whoever holds it.
#[server(endpoint = "team/join")]
pub async fn join(token: String, name: String, email: String, password: String) -> Result<(), AppError> {
    service::invite::join(&token, &name, &email, password).await
}

/// Makes a link with which a colleague who has forgotten it sets a new password.
#[server(endpoint = "team/password_link")]
pub async fn password_link(operator: String) -> Result<String, AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::invite::password_link(&op, &operator).await
}

/// Sets a new password with a link. Open to whoever holds it.
#[server(endpoint = "team/new_password")]
pub async fn set_new_password(token: String, password: String) -> Result<(), AppError> {
    service::invite::set_new_password(&token, password).await
}

/// Every team of people that rooms can be given to.
#[server(endpoint = "team/crews")]
pub async fn list_crews() -> Result<Vec<Crew>, AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::list_crews(&op).await
}

/// Adds a crew (`crew` is empty), or changes its name and members.
#[server(endpoint = "team/save_crew")]
pub async fn save_crew(crew: String, name: String, #[server(default)] members: Vec<String>) -> Result<(), AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::save_crew(&op, &crew, &name, &members).await
}

/// Dissolves a crew.
#[server(endpoint = "team/remove_crew")]
pub async fn remove_crew(crew: String) -> Result<(), AppError> {
    let op = session::require_any(Permission::ManageTeam).await?;
    service::remove_crew(&op, &crew).await
}

/// Begins or ends one's own shift.
#[server(endpoint = "team/shift")]
pub async fn set_shift(on: bool) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::set_shift(&op, on).await
}

/// After how many minutes without a request one's shift ends by itself; 0 is never.
#[server(endpoint = "team/away")]
pub async fn set_away(minutes: i64) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::set_away(&op, minutes).await
}

/// Switches single keys (J, K, E and so on) on or off for this operator.
#[server(endpoint = "team/keys")]
pub async fn set_single_keys(on: bool) -> Result<(), AppError> {
    let op = session::require_any(Permission::OwnProfile).await?;
    service::set_single_keys(&op, on).await
}
