//! Logging in, the team, and oneself.

mod crew;
pub mod invite;
pub mod two_step;

pub use crew::*;

use super::{
    model::{Me, OperatorRow, Permission, Role, SessionRow},
    store,
};
use crate::{
    account,
    audit::{
        model::Action,
        service::{record, record_stranger},
    },
    chat::{self, service::assign::TeamChange},
    error::{AppError, Reason},
    i18n::{I18n, Lang},
    id::OperatorId,
    server::{
        password,
        session::{self, Operator},
        state::State,
    },
    time::{MINUTE, now},
};
use axum::http::HeaderMap;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use leptos::prelude::{expect_context, use_context};
use leptos_router::location::Url;

/// Failed log-ins that are counted together.
const WINDOW: i64 = 15 * MINUTE;
/// Failures within [`WINDOW`] from one address for one e-mail.
const PAIR_LIMIT: i64 = 5;
/// Failures within [`WINDOW`] from one address. An owner who logs in from elsewhere is not locked out
/// by somebody who guesses.
const ADDRESS_LIMIT: i64 = 50;
/// The setting that holds the hash of the one-time token of the first start.
const SETUP: &str = "setup";

/// Starts a session and redirects; or asks for the code first, where the operator wants that.
pub async fn log_in(email: &str, password: String, next: Option<&str>) -> Result<(), AppError> {
    let result = try_log_in(email, password).await;
    match &result {
        Ok(true) => leptos_axum::redirect(safe_path(next)),
        Ok(false) => leptos_axum::redirect(&format!("/login/code?next={}", Url::escape(safe_path(next)))),
        Err(_) => {}
    }
    session::answer(result.map(drop))
}

/// Whether that was all.
async fn try_log_in(email: &str, password: String) -> Result<bool, AppError> {
    let state = expect_context::<State>();
    let email = normal_email(email);
    let address = session::client_address();
    let subjects = [(format!("{address} {email}"), PAIR_LIMIT), (address, ADDRESS_LIMIT)];
    throttle(&state, &subjects).await?;
    let known = store::credentials(state.db.read(), &email).await?;
    let hash = known.as_ref().map(|c| c.password.clone());
    let right = password.len() <= password::LONGEST && password::verify(password, hash).await?;
    // What was typed may be a password in the wrong field: only names that exist are written down.
    let name = if known.is_some() { email.as_str() } else { "" };
    let Some(operator) = known.filter(|_| right) else {
        store::note_failure(&state.db, &subjects.map(|(subject, _)| subject)).await?;
        record_stranger(&state, name, Action::LogInFailed, "").await;
        return Err(AppError::field("password", Reason::WrongLogin));
    };
    session::set_lang(&state, operator.lang);
    if store::two_step::is_on(state.db.read(), operator.id).await? {
        session::begin_half(&state, operator.id).await?;
        return Ok(false);
    }
    session::begin(&state, operator.id).await?;
    record_stranger(&state, &email, Action::LoggedIn, "").await;
    Ok(true)
}

/// Refuses whoever has failed too often within [`WINDOW`], each subject up to its limit.
async fn throttle(state: &State, subjects: &[(String, i64)]) -> Result<(), AppError> {
    for (subject, limit) in subjects {
        let (failures, first) = store::failures(state.db.read(), subject, now() - WINDOW).await?;
        if failures >= *limit {
            let wait = (first + WINDOW - now()).max(1_000) / 1_000;
            return Err(AppError::TooMany { seconds: u32::try_from(wait).unwrap_or(u32::MAX) });
        }
    }
    Ok(())
}

/// Demands one's own password again, before what protects the log-in is changed (ASVS 7.5.1).
async fn confirm_password(op: &Operator, field: &str, password: String) -> Result<(), AppError> {
    let subjects = [(format!("password {}", op.id), PAIR_LIMIT)];
    throttle(&op.state, &subjects).await?;
    let (_, _, hash) = store::own(op.state.db.read(), op.id).await?;
    if password.len() > password::LONGEST || !password::verify(password, Some(hash)).await? {
        store::note_failure(&op.state.db, &subjects.map(|(subject, _)| subject)).await?;
        return Err(AppError::field(field, Reason::WrongLogin));
    }
    Ok(())
}

/// Ends this session, or all of this operator's, and goes to the log-in page.
pub async fn log_out(op: &Operator, everywhere: bool) -> Result<(), AppError> {
    if everywhere {
        store::end_sessions(&op.state.db, op.id, "").await?;
        record(op, Action::LoggedOutEverywhere, "").await;
    } else {
        store::end_session(&op.state.db, &op.session).await?;
    }
    session::forget(&op.state);
    // Whoever has left every browser does not wait for rooms any more.
    if store::session_count(op.state.db.read(), op.id).await? == 0 {
        crew::shift(&op.state, op.id, false).await?;
    }
    leptos_axum::redirect("/login");
    Ok(())
}

/// The link with which the first owner is created; none when there is somebody already. Each start
/// makes a new one, and the last one counts.
pub async fn setup_link(state: &State) -> anyhow::Result<Option<String>> {
    if store::has_owner(state.db.read()).await? {
        return Ok(None);
    }
    let token = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
    store::set_setting(&state.db, SETUP, Some(&session::hash(&token))).await?;
    Ok(Some(format!("{}/setup?token={token}", state.public_url)))
}

/// Creates the owner, logs them in, and goes on to connecting an account.
pub async fn set_up(token: &str, name: &str, email: &str, password: String) -> Result<(), AppError> {
    session::answer(try_set_up(token, name, email, password).await)
}

async fn try_set_up(token: &str, name: &str, email: &str, password: String) -> Result<(), AppError> {
    let state = expect_context::<State>();
    let kept = store::setting(state.db.read(), SETUP).await?;
    if kept.as_deref() != Some(&session::hash(token)) || store::has_owner(state.db.read()).await? {
        return Err(AppError::Forbidden);
    }
    let lang = use_context::<I18n>().unwrap_or_default().lang;
    let id = create(&state, name, email, Role::Owner, lang, password).await?;
    store::set_setting(&state.db, SETUP, None).await?;
    session::begin(&state, id).await?;
    leptos_axum::redirect("/");
    Ok(())
}

/// Creates an operator from what somebody typed.
pub async fn create(
    state: &State,
    name: &str,
    email: &str,
    role: Role,
    lang: Lang,
    password: String,
) -> Result<OperatorId, AppError> {
    let name = check_name(name)?;
    let email = normal_email(email);
    let valid = email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
    if !valid || email.len() > 254 || email.contains(char::is_whitespace) {
        return Err(AppError::field("email", if email.is_empty() { Reason::Empty } else { Reason::Invalid }));
    }
    check_password("password", &password)?;
    let hash = password::hash(password).await?;
    store::add(&state.db, name, &email, role, lang, &hash).await.map_err(|error| {
        if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            AppError::field("email", Reason::Taken)
        } else {
            error.into()
        }
    })
}

/// Who asks for a page.
pub async fn visitor(state: &State, headers: &HeaderMap) -> Result<Me, AppError> {
    me(&session::from_headers(state, headers, Permission::OwnProfile).await?).await
}

/// Who is logged in, and what they can open.
pub async fn me(op: &Operator) -> Result<Me, AppError> {
    let (email, lang, _) = store::own(op.state.db.read(), op.id).await?;
    let mut accounts = account::service::briefs_for(&op.state, op.id).await?;
    for account in &mut accounts {
        account.mentions = chat::service::note::unread_of(&op.state, account.id, op.id).await?;
    }
    let (on_shift, away) = store::crew::shift(op.state.db.read(), op.id).await?;
    let shift_away = away / MINUTE;
    let single_keys = store::single_keys(op.state.db.read(), op.id).await?;
    let name = op.name.clone();
    Ok(Me { id: op.id, name, email, role: op.role, lang, accounts, on_shift, shift_away, single_keys })
}

/// Everybody in the team.
pub async fn list_operators(op: &Operator) -> Result<Vec<OperatorRow>, AppError> {
    Ok(store::all(op.state.db.read(), op.id).await?)
}

/// Adds an operator. Only an owner makes owners.
pub async fn add_operator(
    op: &Operator,
    name: &str,
    email: &str,
    role: &str,
    password: String,
) -> Result<(), AppError> {
    let result = async {
        let role = grantable(op, role)?;
        let lang = use_context::<I18n>().unwrap_or_default().lang;
        create(&op.state, name, email, role, lang, password).await?;
        record(op, Action::OperatorAdded, &format!("{} · {}", normal_email(email), role.as_str())).await;
        // The screens learn whom rooms can be given to.
        Ok(TeamChange::begin(&op.state).await?.commit().await?)
    };
    session::answer(result.await)
}

/// Gives an operator another role. Nobody changes their own, and there is always an owner.
pub async fn change_role(op: &Operator, operator: &str, role: &str) -> Result<(), AppError> {
    let result = async {
        let role = grantable(op, role)?;
        let (id, before) = other(op, operator).await?;
        store::set_role(&op.state.db, id, role).await?;
        let email = store::own(op.state.db.read(), id).await?.0;
        record(op, Action::RoleChanged, &format!("{email} · {} → {}", before.as_str(), role.as_str())).await;
        Ok(())
    };
    session::answer(result.await)
}

/// Removes an operator; their sessions end, and their rooms are free for others.
pub async fn remove_operator(op: &Operator, operator: &str) -> Result<(), AppError> {
    let result = async {
        let (id, _) = other(op, operator).await?;
        let email = store::own(op.state.db.read(), id).await?.0;
        let mut change = TeamChange::begin(&op.state).await?;
        change.release(op, id).await?;
        store::remove(change.connection(), id).await?;
        change.commit().await?;
        record(op, Action::OperatorRemoved, &email).await;
        Ok(())
    };
    session::answer(result.await)
}

/// An operator who is not oneself and whom one may change: an owner only by an owner.
async fn other(op: &Operator, operator: &str) -> Result<(OperatorId, Role), AppError> {
    let id: OperatorId = operator.parse().map_err(|_| AppError::NotFound)?;
    let role = store::role_of(op.state.db.read(), id).await?.ok_or(AppError::NotFound)?;
    if id == op.id || (role == Role::Owner && op.role != Role::Owner) {
        return Err(AppError::Forbidden);
    }
    Ok((id, role))
}

fn grantable(op: &Operator, role: &str) -> Result<Role, AppError> {
    match Role::from_name(role) {
        None => Err(AppError::field("role", Reason::Invalid)),
        Some(Role::Owner) if op.role != Role::Owner => Err(AppError::Forbidden),
        Some(role) => Ok(role),
    }
}

/// The browsers in which this operator is logged in.
pub async fn list_sessions(op: &Operator) -> Result<Vec<SessionRow>, AppError> {
    Ok(store::sessions(op.state.db.read(), op.id, &op.session).await?)
}

/// Changes one's own name and language.
pub async fn update_profile(op: &Operator, name: &str, lang: &str) -> Result<(), AppError> {
    let result = async {
        let name = check_name(name)?;
        let lang = Lang::from_tag(lang).ok_or_else(|| AppError::field("lang", Reason::Invalid))?;
        store::set_profile(&op.state.db, op.id, name, lang).await?;
        session::set_lang(&op.state, lang);
        if name != op.name {
            TeamChange::begin(&op.state).await?.commit().await?;
        }
        Ok(())
    };
    session::answer(result.await)
}

/// Switches one's own single keys on or off.
pub async fn set_single_keys(op: &Operator, on: bool) -> Result<(), AppError> {
    Ok(store::set_single_keys(&op.state.db, op.id, on).await?)
}

/// Changes one's own password; every other browser is logged out.
pub async fn change_password(op: &Operator, current: String, new: String) -> Result<(), AppError> {
    let result = async {
        confirm_password(op, "current", current).await?;
        check_password("new", &new)?;
        store::set_password(&op.state.db, op.id, &password::hash(new).await?).await?;
        store::end_sessions(&op.state.db, op.id, &op.session).await?;
        record(op, Action::PasswordChanged, "").await;
        Ok(())
    };
    session::answer(result.await)
}

fn check_name(name: &str) -> Result<&str, AppError> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(AppError::field("name", Reason::Empty)),
        1..=60 => Ok(name),
        _ => Err(AppError::field("name", Reason::TooLong { limit: 60 })),
    }
}

/// A new password is long enough, and not one of those that everybody tries first.
pub fn check_password(field: &str, password: &str) -> Result<(), AppError> {
    let least = u32::try_from(password::SHORTEST).unwrap_or_default();
    let most = u32::try_from(password::LONGEST).unwrap_or_default();
    if password.chars().count() < password::SHORTEST {
        return Err(AppError::field(field, Reason::TooShort { limit: least }));
    }
    if password.len() > password::LONGEST {
        return Err(AppError::field(field, Reason::TooLong { limit: most }));
    }
    let common = ["password", "12345678", "123456789", "1234567890", "qwertyuiop", "password1", "iloveyou", "11111111"];
    if common.contains(&password.to_lowercase().as_str()) {
        return Err(AppError::field(field, Reason::Invalid));
    }
    Ok(())
}

fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Only a path of this console: a log-in link must not lead elsewhere (ASVS 3.7.2).
fn safe_path(next: Option<&str>) -> &str {
    match next {
        Some(path) if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) => path,
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_stays_in_the_house() {
        assert_eq!(safe_path(Some("/a/1/chats/inbox/2?x=1")), "/a/1/chats/inbox/2?x=1");
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nx: y"] {
            assert_eq!(safe_path(Some(bad)), "/", "{bad}");
        }
    }
}
