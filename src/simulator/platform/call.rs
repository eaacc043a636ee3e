//! What surrounds every call: its request id, its size, the faults that are switched on (`broken`), the log,
//! and whose token it carries.

mod broken;

use super::refusal::Refusal;
use crate::simulator::{
    mint,
    state::Shared,
    wire::{Record, Side, Watch},
};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use broken::Broken;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// The header that lets a call be tried again without being done twice.
pub const RETRY_KEY: &str = "x-line-retry-key";

/// The endpoints that know it.
const RETRIED: [&str; 4] =
    ["/v2/bot/message/push", "/v2/bot/message/multicast", "/v2/bot/message/narrowcast", "/v2/bot/message/broadcast"];

/// The largest body that the platform takes.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// Where a file of ids may be larger.
pub const BY_FILE: &str = "/v2/bot/audienceGroup/upload/byFile";

/// What is known of a call before and after its work.
struct Known {
    /// The id that the answer will carry.
    id: String,
    /// Whose it turned out to be; the log asks.
    channel: OnceLock<String>,
}

/// The token that a call carries.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Whose token a call carries.
pub struct Caller {
    /// The simulator.
    pub sim: Shared,
    /// Channel id.
    pub channel: String,
    /// The id that the answer will carry.
    pub request_id: String,
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, sim: &Shared) -> Result<Self, Refusal> {
        let token = bearer(&parts.headers).ok_or_else(Refusal::unauthorized)?;
        let route = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        let found = sim.with(|world| {
            let token = world.tokens.get(token).filter(|token| token.ends.is_none_or(|ends| ends > world.now()))?;
            let channel = token.channel.clone();
            let in_time = !world.manners.rate_limits || world.take_token(&channel, &parts.method, route);
            // A LINE Login channel has LIFF apps and people who logged in, but no account.
            let no_account = route.starts_with("/v2/bot/") && world.logins.channels.contains_key(&channel);
            Some((channel, in_time, no_account))
        });
        let (channel, in_time, no_account) = found.ok_or_else(Refusal::unauthorized)?;
        let known = parts.extensions.get::<Arc<Known>>();
        if let Some(known) = known {
            let _ = known.channel.set(channel.clone());
        }
        let request_id = known.map(|known| known.id.clone()).unwrap_or_default();
        if no_account {
            return Err(Refusal::new(403, "Access to this API is not available for your account"));
        }
        if !in_time {
            return Err(Refusal::rate_limit());
        }
        if parts.headers.contains_key(RETRY_KEY) && !RETRIED.contains(&route) {
            return Err(Refusal::new(400, "The retry key can't be used with this endpoint"));
        }
        Ok(Self { sim: sim.clone(), channel, request_id })
    }
}

/// A call with a JSON body.
pub struct Call {
    /// Whose.
    pub caller: Caller,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body; an object, or nothing was sent.
    pub body: Value,
}

impl FromRequest<Shared> for Call {
    type Rejection = Refusal;

    async fn from_request(request: Request, sim: &Shared) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, sim).await?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let bytes = to_bytes(body, BODY_LIMIT).await.map_err(|_| too_large())?;
        let body = if bytes.is_empty() {
            Value::Null
        } else if kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            serde_json::from_slice(&bytes).map_err(|error| {
                let (line, column) = (error.line(), error.column());
                Refusal::new(
                    400,
                    format!("The request body could not be parsed as JSON (line: {line}, column: {column})"),
                )
            })?
        } else {
            return Err(Refusal::new(415, format!("The content type, {kind}, is not supported")));
        };
        Ok(Self { caller, headers: parts.headers, body })
    }
}

fn too_large() -> Refusal {
    Refusal::new(413, "The request entity is too large")
}

/// Any path or method that is not there. LINE says no more than "Not found"; the header tells whoever builds
/// a bot that it is the address that is wrong.
pub async fn nothing_here() -> Response {
    ([("x-simulator-unrouted", "1")], Refusal::not_found()).into_response()
}

/// Operations that need a contract with LINE (pnp, shop, module): refused as for everybody without one.
pub async fn partners_only(_caller: Caller) -> Refusal {
    not_for_you()
}

/// The refusal itself, for the operation to which a module's own id and secret are sent instead of a token.
pub fn not_for_you() -> Refusal {
    Refusal::new(403, "Access to this API is not available for your account")
}

/// See the module.
pub async fn around(State(sim): State<Shared>, request: Request, next: Next) -> Response {
    let watch = Watch::start();
    // In the world's hands, where ids may follow from a seed.
    let id = sim.with(|_| mint::request_id());
    let known = Arc::new(Known { id, channel: OnceLock::new() });
    let (mut parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map(|target| target.as_str().to_owned()).unwrap_or_default();
    let method = parts.method.as_str().to_owned();
    let headers = parts.headers.clone();
    let limit = if parts.uri.path() == BY_FILE { super::audience::FILE_LIMIT } else { BODY_LIMIT };
    let body = to_bytes(body, limit).await;
    let asked = Side::new(headers, body.as_ref().unwrap_or(&Default::default()));
    let broken = if sim.is_faulty() { Broken::strike(&sim, &parts) } else { Broken::default() };
    parts.extensions.insert(known.clone());
    let note = |asked: Side, status: u16, answer: Side, note: String| {
        let channel = known.channel.get().cloned().or_else(|| broken.channel.clone()).unwrap_or_default();
        sim.log.keep(Record {
            id: 0,
            time: watch.time,
            webhook: false,
            channel,
            request_id: known.id.clone(),
            method: method.clone(),
            target: target.clone(),
            request: asked,
            status,
            answer,
            micros: watch.micros(),
            note,
        })
    };
    broken.wait().await;
    if broken.cut_before {
        note(asked, 0, Side::default(), "cut before the work was done".into());
        broken::cut();
    }
    let response = match (body, &broken.refusal) {
        (Err(_), _) => too_large().into_response(),
        (_, Some(refusal)) => refusal.clone().into_response(),
        (Ok(body), None) => next.run(Request::from_parts(parts, Body::from(body))).await,
    };
    let (mut parts, body) = response.into_parts();
    if let Ok(id) = HeaderValue::from_str(&known.id) {
        parts.headers.insert("x-line-request-id", id);
    }
    broken.relabel(&mut parts.headers);
    let status = parts.status.as_u16();
    // Answers are whole in memory already.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let answer = Side::new(parts.headers.clone(), &body);
    if broken.cut_after {
        note(asked, 0, answer, format!("{status}, then cut after the work was done"));
        broken::cut();
    }
    note(asked, status, answer, broken.note());
    let body = broken.body(&mut parts.headers, body);
    Response::from_parts(parts, body)
}
