//! Sessions: who is asking. The browser holds a random token, the database only its hash.

use super::state::State;
use crate::{
    error::AppError,
    i18n::Lang,
    id::{AccountId, OperatorId},
    team::{
        model::{HALF_LOGIN, Permission, Role},
        store,
    },
    time::{DAY, MINUTE, now},
};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// A session that was not used for this long has ended (ASVS 7.3.1).
pub const IDLE: i64 = 7 * DAY;
/// A session ends this long after log-in, however much it is used (ASVS 7.3.2).
pub const ABSOLUTE: i64 = 30 * DAY;

/// The operator who is asking, and for which account. Every use case takes one.
#[derive(Clone)]
pub struct Operator {
    /// The server.
    pub state: State,
    /// Who.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Hash of the session's token.
    pub session: String,
    /// The account that every query is bound to; none where no account is concerned.
    account: Option<AccountId>,
}

impl Operator {
    /// The account that this request is about.
    pub fn account(&self) -> AccountId {
        self.account.unwrap_or_default()
    }
}

/// The operator behind this server function or page, if their role includes `permission` and the
/// account exists.
pub async fn require(account: AccountId, permission: Permission) -> Result<Operator, AppError> {
    let op = require_any(permission).await?;
    let op = within(op, account).await;
    answer(op)
}

/// The operator behind this server function or page, where no account is concerned.
pub async fn require_any(permission: Permission) -> Result<Operator, AppError> {
    let state = expect_context::<State>();
    let headers = use_context::<Parts>().map(|parts| parts.headers).unwrap_or_default();
    answer(from_headers(&state, &headers, permission).await)
}

/// The operator behind a plain route, bound to an account.
pub async fn from_request(
    state: &State,
    headers: &HeaderMap,
    account: AccountId,
    permission: Permission,
) -> Result<Operator, AppError> {
    within(from_headers(state, headers, permission).await?, account).await
}

/// The same operator in another account, if they may do this there.
pub async fn elsewhere(op: &Operator, account: AccountId, permission: Permission) -> Result<Operator, AppError> {
    if !op.role.may(permission) {
        return Err(AppError::Forbidden);
    }
    within(op.clone(), account).await
}

async fn within(op: Operator, account: AccountId) -> Result<Operator, AppError> {
    if op.state.directory.exists(&op.state.db, account).await? {
        Ok(Operator { account: Some(account), ..op })
    } else {
        Err(AppError::NotFound)
    }
}

/// The operator behind these headers, where no account is concerned.
pub async fn from_headers(state: &State, headers: &HeaderMap, permission: Permission) -> Result<Operator, AppError> {
    let token = cookie(headers, &cookie_name(state)).ok_or(AppError::Unauthenticated)?;
    let hash = hash(token);
    let now = now();
    let session = store::session(state.db.read(), &hash).await?.ok_or(AppError::Unauthenticated)?;
    if session.seen_at + IDLE < now || session.created_at + ABSOLUTE < now {
        return Err(AppError::Unauthenticated);
    }
    if session.seen_at + 5 * MINUTE < now {
        store::touch_session(&state.db, &hash, session.operator, now).await?;
    }
    if !session.role.may(permission) {
        return Err(AppError::Forbidden);
    }
    Ok(Operator {
        state: state.clone(),
        id: session.operator,
        name: session.name,
        role: session.role,
        session: hash,
        account: None,
    })
}

/// Says that the answer of a server function goes straight to the browser, not into a page.
#[derive(Clone, Copy)]
pub struct Direct;

/// Gives a refusal its HTTP status; Leptos would send 500 for every error. Within a page the page
/// decides: it may redirect to the log-in instead.
pub fn answer<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let Err(error) = &result
        && use_context::<Direct>().is_some()
        && let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = axum::http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}

/// Starts a session in this browser; the token it had before, if any, stays what it was.
pub async fn begin(state: &State, operator: OperatorId) -> Result<(), AppError> {
    let token = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let agent = use_context::<Parts>()
        .and_then(|parts| parts.headers.get(header::USER_AGENT)?.to_str().ok().map(str::to_owned))
        .unwrap_or_default();
    store::add_session(&state.db, &hash(&token), operator, &agent.chars().take(300).collect::<String>()).await?;
    set_cookie(state, &cookie_name(state), &token, ABSOLUTE / 1_000, true);
    Ok(())
}

/// Makes this browser forget its token.
pub fn forget(state: &State) {
    set_cookie(state, &cookie_name(state), "", 0, true);
}

/// Remembers that this browser gave the right password and owes the code.
pub async fn begin_half(state: &State, operator: OperatorId) -> Result<(), AppError> {
    let token = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    store::two_step::begin_half(&state.db, &hash(&token), operator).await?;
    set_cookie(state, &half_name(state), &token, HALF_LOGIN / 1_000, true);
    Ok(())
}

/// The hash that names this browser's half log-in, if it has begun one.
pub fn half(state: &State) -> Option<String> {
    let headers = use_context::<Parts>().map(|parts| parts.headers)?;
    cookie(&headers, &half_name(state)).map(hash)
}

/// Makes this browser forget its half log-in.
pub fn forget_half(state: &State) {
    set_cookie(state, &half_name(state), "", 0, true);
}

fn half_name(state: &State) -> String {
    format!("{}-code", cookie_name(state))
}

/// The address of the browser. A proxy on this machine is believed when it names another.
pub fn client_address() -> String {
    let Some(parts) = use_context::<Parts>() else { return String::new() };
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    match (peer, forwarded) {
        (Some(peer), Some(list)) if peer.is_loopback() => list.rsplit(',').next().unwrap_or_default().trim().to_owned(),
        (Some(peer), _) => peer.to_string(),
        (None, _) => String::new(),
    }
}

/// Sets a cookie on the answer of this server function.
pub fn set_cookie(state: &State, name: &str, value: &str, seconds: i64, http_only: bool) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let secure = if is_https(state) { "; Secure" } else { "" };
    let http_only = if http_only { "; HttpOnly" } else { "" };
    let text = format!("{name}={value}; Path=/; SameSite=Lax; Max-Age={seconds}{http_only}{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// Keeps the page's language in this browser, so that the log-in page speaks it too.
pub fn set_lang(state: &State, lang: Lang) {
    set_cookie(state, "lang", lang.tag(), 365 * DAY / 1_000, false);
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
        .filter(|value| !value.is_empty())
}

fn is_https(state: &State) -> bool {
    state.public_url.starts_with("https://")
}

/// `__Host-` ties the cookie to this very host, but browsers take it over https only.
fn cookie_name(state: &State) -> String {
    if is_https(state) { "__Host-engawa" } else { "engawa" }.into()
}

/// What the database keeps of a token.
pub fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_cookie_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; engawa=tok; engawax=2"));
        assert_eq!(cookie(&headers, "engawa"), Some("tok"));
        assert_eq!(cookie(&headers, "b"), None);
    }
}
