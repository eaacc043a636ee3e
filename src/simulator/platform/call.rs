//! What surrounds every call: its request id, its size, the faults that are switched on, the log,
//! and whose token it carries.

use super::refusal::Refusal;
use crate::{
    simulator::{
        mint,
        model::{FaultKind, LogEntry},
        state::Shared,
    },
    time,
};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde_json::Value;
use std::time::Duration;

/// The header that lets a call be tried again without being done twice.
pub const RETRY_KEY: &str = "x-line-retry-key";

/// The endpoints that know it.
const RETRIED: [&str; 4] =
    ["/v2/bot/message/push", "/v2/bot/message/multicast", "/v2/bot/message/narrowcast", "/v2/bot/message/broadcast"];

/// The largest body that the platform takes.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// Where a file of ids may be larger.
pub const BY_FILE: &str = "/v2/bot/audienceGroup/upload/byFile";

/// The id that the answer will carry.
#[derive(Clone)]
struct RequestId(String);

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
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .ok_or_else(Refusal::unauthorized)?;
        let channel = sim.with(|world| {
            let token = world.tokens.get(token)?;
            (token.ends.is_none_or(|ends| ends > world.now())).then(|| token.channel.clone())
        });
        let channel = channel.ok_or_else(Refusal::unauthorized)?;
        let route = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        if sim.rules.rate_limits && !sim.with(|world| world.take_token(&channel, &parts.method, route)) {
            return Err(Refusal::rate_limit());
        }
        if parts.headers.contains_key(RETRY_KEY) && !RETRIED.contains(&route) {
            return Err(Refusal::new(400, "The retry key can't be used with this endpoint"));
        }
        Ok(Self {
            sim: sim.clone(),
            channel,
            request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        })
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

/// Closes the connection without an answer, as a broken network would. Unwinding ends the task that
/// serves this connection, and with it the socket; the panic hook is not called.
fn cut() -> ! {
    std::panic::resume_unwind(Box::new("the connection is cut on purpose"))
}

/// See the module.
pub async fn around(State(sim): State<Shared>, request: Request, next: Next) -> Response {
    let began = time::now();
    let id = mint::request_id();
    let target = format!("{} {}", request.method(), request.uri());
    let path = request.uri().path().to_owned();
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(RequestId(id.clone()));
    let limit = if path == BY_FILE { super::audience::FILE_LIMIT } else { BODY_LIMIT };
    let body = match to_bytes(body, limit).await {
        Ok(body) => body,
        Err(_) => return with_id(too_large().into_response(), &id),
    };
    let (latency, refused, cut_before, cut_after) = sim.with(|world| {
        let mut strike = |kind| world.strike(kind, &path);
        let refused = if strike(FaultKind::RateLimit).is_some() {
            Some(Refusal::rate_limit())
        } else if strike(FaultKind::ServerError).is_some() {
            Some(Refusal::new(500, "Internal server error"))
        } else {
            None
        };
        let latency = strike(FaultKind::Latency).map(|fault| fault.millis);
        (latency, refused, strike(FaultKind::CutBefore).is_some(), strike(FaultKind::CutAfter).is_some())
    });
    if let Some(millis) = latency {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
    let asked = text(&body);
    let note = |status: u16, answer: String| {
        let entry = LogEntry {
            id: 0,
            time: began,
            webhook: false,
            target: target.clone(),
            request: asked.clone(),
            status,
            answer,
            millis: time::now() - began,
        };
        sim.with(|world| world.log(entry));
    };
    if cut_before {
        note(0, "cut before the work was done".into());
        cut();
    }
    let response = match refused {
        Some(refusal) => refusal.into_response(),
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    };
    let (parts, body) = response.into_parts();
    let status = parts.status.as_u16();
    // Answers are whole in memory already.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let json =
        parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if cut_after {
        note(0, format!("{status}, then cut after the work was done"));
        cut();
    }
    note(status, if json { text(&body) } else { format!("{} bytes", body.len()) });
    with_id(Response::from_parts(parts, Body::from(body)), &id)
}

/// The beginning of a body, as the log keeps it.
fn text(body: &Bytes) -> String {
    String::from_utf8_lossy(&body[..body.len().min(32_000)]).chars().take(8_000).collect()
}

fn with_id(mut response: Response, id: &str) -> Response {
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert("x-line-request-id", id);
    }
    response
}
