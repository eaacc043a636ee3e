//! What a call meets when faults are switched on.

use super::{Refusal, bearer};
use crate::simulator::{model::FaultKind, state::Shared};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::stream;
use std::time::Duration;

/// The fewest milliseconds between two pieces of a body that trickles in.
const TICK: u64 = 10;

/// An answer that is given in place of the real one.
#[derive(Clone, Debug)]
pub enum Instead {
    /// As LINE refuses.
    Refusal(Refusal),
    /// As a gateway in front of LINE fails.
    Gateway,
}

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        match self {
            Self::Refusal(refusal) => refusal.into_response(),
            Self::Gateway => {
                let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
                (StatusCode::BAD_GATEWAY, Html(page)).into_response()
            }
        }
    }
}

/// The faults that strike one call.
#[derive(Clone, Debug, Default)]
pub struct Broken {
    /// Whose token the call carries.
    pub channel: Option<String>,
    /// Answered without doing the work.
    pub refusal: Option<Instead>,
    /// Milliseconds before anything happens.
    latency: Option<u64>,
    /// Cut before the work.
    pub cut_before: bool,
    /// Cut after the work.
    pub cut_after: bool,
    /// Milliseconds over which the body comes.
    slow: Option<u64>,
    truncated: bool,
    wrong_type: bool,
}

impl Broken {
    /// Uses up the faults that strike here.
    pub fn strike(sim: &Shared, parts: &Parts) -> Self {
        let (path, token) = (parts.uri.path(), bearer(&parts.headers));
        sim.with(|world| {
            let channel = token.and_then(|token| world.tokens.get(token)).map(|token| token.channel.clone());
            let whose = channel.clone().unwrap_or_default();
            let mut strike = |kind| world.strike_at(kind, path, &whose);
            let refusal = if token.is_some() && strike(FaultKind::ExpiredToken).is_some() {
                Some(Instead::Refusal(Refusal::unauthorized()))
            } else if strike(FaultKind::RateLimit).is_some() {
                Some(Instead::Refusal(Refusal::rate_limit()))
            } else if strike(FaultKind::ServerError).is_some() {
                Some(Instead::Refusal(Refusal::new(500, "Internal server error")))
            } else if strike(FaultKind::BadGateway).is_some() {
                Some(Instead::Gateway)
            } else {
                None
            };
            Self {
                refusal,
                latency: strike(FaultKind::Latency).map(|fault| fault.millis),
                cut_before: strike(FaultKind::CutBefore).is_some(),
                cut_after: strike(FaultKind::CutAfter).is_some(),
                slow: strike(FaultKind::SlowBody).map(|fault| fault.millis),
                truncated: strike(FaultKind::TruncatedBody).is_some(),
                wrong_type: strike(FaultKind::WrongType).is_some(),
                channel,
            }
        })
    }

    /// Is slow.
    pub async fn wait(&self) {
        if let Some(millis) = self.latency {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
    }

    /// Calls the body something that it is not: JSON a page, a film a picture, and all else a film.
    pub fn relabel(&self, headers: &mut HeaderMap) {
        if !self.wrong_type {
            return;
        }
        let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.as_bytes()).unwrap_or_default();
        let wrong = if kind.starts_with(b"application/json") {
            "text/html; charset=utf-8"
        } else if kind.starts_with(b"video/") {
            "image/jpeg"
        } else {
            "video/mp4"
        };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(wrong));
    }

    /// For the log.
    pub fn note(&self) -> String {
        let told = [
            (self.latency.is_some(), "slow on purpose"),
            (self.refusal.is_some(), "refused on purpose"),
            (self.slow.is_some(), "the body trickled on purpose"),
            (self.truncated, "the body was cut in the middle on purpose"),
            (self.wrong_type, "a wrong content type on purpose"),
        ];
        told.iter().filter(|(so, _)| *so).map(|(_, words)| *words).collect::<Vec<_>>().join(", ")
    }

    /// The body as it is to arrive. The length that was promised stays what it was.
    pub fn body(&self, headers: &mut HeaderMap, body: Bytes) -> Body {
        if (!self.truncated && self.slow.is_none()) || body.is_empty() {
            return Body::from(body);
        }
        headers.insert(header::CONTENT_LENGTH, body.len().into());
        let sent = if self.truncated { body.slice(..body.len() / 2) } else { body };
        let millis = self.slow.unwrap_or_default();
        let pieces = usize::try_from(millis / TICK).unwrap_or(usize::MAX).clamp(1, sent.len().max(1));
        let wait = Duration::from_millis(millis) / u32::try_from(pieces).unwrap_or(u32::MAX);
        let (size, broken) = (sent.len().div_ceil(pieces).max(1), self.truncated);
        let stream = stream::unfold(Some(sent), move |rest| async move {
            let mut rest = rest?;
            if rest.is_empty() {
                // An error in place of the rest ends the connection.
                let cut = std::io::Error::other("the body is cut on purpose");
                return broken.then_some((Err(cut), None));
            }
            tokio::time::sleep(wait).await;
            let first = rest.split_to(size.min(rest.len()));
            Some((Ok::<_, std::io::Error>(first), Some(rest)))
        });
        Body::from_stream(stream)
    }
}

/// Closes the connection without an answer, as a broken network would. Unwinding ends the task that
/// serves this connection, and with it the socket; the panic hook is not called.
pub fn cut() -> ! {
    std::panic::resume_unwind(Box::new("the connection is cut on purpose"))
}
