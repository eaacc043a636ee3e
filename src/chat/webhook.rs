//! Where LINE posts its webhooks.

use super::ingest::Delivery;
use crate::{
    account,
    id::AccountId,
    line::{
        event::{Event, Webhook},
        signature,
    },
    server::state::State,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Path, Request, State as Extract},
    http::{HeaderMap, StatusCode},
};
use bytes::Bytes;
use std::time::Duration;
use tokio::sync::oneshot;

/// A sender that takes longer than this for its body is not LINE.
const BODY_TIME: Duration = Duration::from_secs(10);
/// The largest body, in bytes: as large as LINE's own requests may be.
const BODY_LIMIT: usize = 2 << 20;
/// LINE waits two seconds; an answer after that is of use to nobody.
const COMMIT_TIME: Duration = Duration::from_secs(10);

/// `POST /line/webhook/{account}`: 200 only after everything in it is on the disk. A bad signature and
/// an unknown account get the same answer.
pub async fn receive(
    Extract(state): Extract<State>,
    Path(account): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> StatusCode {
    let body = match read(request.into_body(), &headers).await {
        Ok(body) => body,
        Err(status) => return status,
    };
    let Ok(account) = account.parse::<AccountId>() else { return StatusCode::UNAUTHORIZED };
    let channel = match state.directory.channel(&state, account).await {
        Ok(Some(channel)) => channel,
        Ok(None) => return StatusCode::UNAUTHORIZED,
        Err(error) => {
            tracing::error!(%account, error = format!("{error:#}"), "an account's credentials can't be read");
            return StatusCode::SERVICE_UNAVAILABLE;
        }
    };
    let signed = headers.get(signature::HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let good = signature::verify(&channel.secret, &body, signed);
    if !good {
        metrics::counter!("engawa_webhooks_refused_total").increment(1);
        note(&state, account, &channel, false).await;
        return StatusCode::UNAUTHORIZED;
    }
    note(&state, account, &channel, true).await;
    // Signed by LINE but not as documented: nothing we could keep, and nothing LINE could do about it.
    let Ok(webhook) = serde_json::from_slice::<Webhook>(&body) else { return StatusCode::BAD_REQUEST };
    let events: Vec<Event> = webhook.events.into_iter().filter_map(Event::read).collect();
    if events.is_empty() {
        return StatusCode::OK;
    }
    let (done, committed) = oneshot::channel();
    if state.ingest.send(Delivery { account, events, done }).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match tokio::time::timeout(COMMIT_TIME, committed).await {
        Ok(Ok(())) => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn read(body: Body, headers: &HeaderMap) -> Result<Bytes, StatusCode> {
    let said = headers.get("content-length").and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|length| length > BODY_LIMIT) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    match tokio::time::timeout(BODY_TIME, to_bytes(body, BODY_LIMIT)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Remembers when a webhook came, well or badly signed, for the account's checks: at most once a
/// minute of each. Before the answer, so that whoever asked LINE for a test finds it here.
async fn note(state: &State, account: AccountId, channel: &account::directory::Channel, good: bool) {
    if channel.note_due(good)
        && let Err(error) = account::store::note_signature(&state.db, account, good).await
    {
        tracing::warn!(%account, %error, "a webhook could not be noted");
    }
}
