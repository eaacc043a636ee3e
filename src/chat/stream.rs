//! The live stream of an account: server-sent events, each with the account's sequence number. What a
//! browser missed is read from the database when it comes back and says what it had last.

use super::{
    model::{Mark, Update},
    store::{assign, message, room},
};
use crate::{
    error::AppError,
    id::{AccountId, OperatorId},
    server::{
        hub::{Frame, Reader},
        session,
        state::State,
    },
    team::{self, model::Permission},
};
use axum::{
    extract::{Path, Query, Request, State as Extract},
    http::{HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream::{self, Stream, StreamExt};
use std::{collections::HashMap, convert::Infallible, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// More rooms or messages than this are not told one by one: the browser loads the page anew.
const MOST: i64 = 300;

/// What the browser had last.
#[derive(serde::Deserialize)]
pub struct After {
    #[serde(default)]
    after: i64,
}

/// `GET /a/{account}/live?after={seq}`
pub async fn live(
    Extract(state): Extract<State>,
    Path(account): Path<String>,
    Query(after): Query<After>,
    request: Request,
) -> Response {
    let op = match account.parse().map_err(|_| AppError::NotFound) {
        Ok(account) => session::from_request(&state, request.headers(), account, Permission::ReadChats).await,
        Err(error) => Err(error),
    };
    let (account, operator) = match op {
        Ok(op) => (op.account(), op.id),
        Err(error) => {
            return StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        }
    };
    metrics::counter!("engawa_streams_total").increment(1);
    let frames = listen(&state, account);
    let events = follow(state, account, operator, after.after, frames);
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // A proxy that gathers the answer before passing it on would make a live screen a dead one.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Joins the account's frames, and runs its reader when nobody does yet.
fn listen(state: &State, account: AccountId) -> Receiver<Frame> {
    let (frames, reader) = state.hub.listen(account);
    if let Some(reader) = reader {
        tokio::spawn(read(state.clone(), account, reader));
    }
    frames
}

/// First what was missed, then each frame that is newer than what was told.
fn follow(
    state: State,
    account: AccountId,
    operator: OperatorId,
    after: i64,
    frames: Receiver<Frame>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    // A stream never ends by itself: without this a server that is told to stop would wait for ever.
    let mut stop = state.stop.subscribe();
    let stopped = async move { stop.wait_for(|stop| *stop).await.map(drop).unwrap_or_default() };
    let start = (after, frames, true);
    stream::unfold(start, move |(mut told, mut frames, mut behind)| {
        let state = state.clone();
        async move {
            loop {
                let frame = if std::mem::take(&mut behind) {
                    match frame(&state, account, told).await {
                        Ok(frame) => frame,
                        // The stream ends; the browser comes back and asks again.
                        Err(_) => return None,
                    }
                } else {
                    match frames.recv().await {
                        Ok(frame) if frame.here => {
                            let event = Event::default().event("here").data(&*frame.json);
                            return Some((Ok(event), (told, frames, behind)));
                        }
                        // The reader began after something that this stream was not told: read it.
                        Ok(frame) if frame.seq > told && frame.after > told => {
                            behind = true;
                            None
                        }
                        Ok(frame) if frame.seq > told => Some(frame),
                        Ok(_) => None,
                        Err(RecvError::Lagged(_)) => {
                            behind = true;
                            None
                        }
                        Err(RecvError::Closed) => return None,
                    }
                };
                if let Some(frame) = frame {
                    told = frame.seq;
                    let event = Event::default().id(frame.seq.to_string()).data(frame.data(operator));
                    return Some((Ok(event), (told, frames, behind)));
                }
            }
        }
    })
    .take_until(stopped)
    .boxed()
}

/// Turns announcements into frames, once for everybody who listens on this node; ends when nobody does.
async fn read(state: State, account: AccountId, reader: Reader) {
    let mut told = match room::tally(state.db.read(), account).await {
        Ok((seq, ..)) => seq,
        Err(error) => {
            tracing::error!(%account, %error, "the live stream could not begin");
            0
        }
    };
    loop {
        // An announcement that was lost with another node's connection is made up for here.
        let _ = tokio::time::timeout(Duration::from_secs(10), reader.wake.notified()).await;
        if state.hub.retire(account, &reader) {
            return;
        }
        match frame(&state, account, told).await {
            Ok(Some(frame)) => {
                told = frame.seq;
                let _ = reader.frames.send(frame);
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%account, %error, "the live stream could not be read"),
        }
    }
}

/// Everything that changed after `seq`; none when nothing did.
async fn frame(state: &State, account: AccountId, after: i64) -> sqlx::Result<Option<Frame>> {
    let read = state.db.read();
    let (seq, counts, quota) = room::tally(read, account).await?;
    if seq == after {
        return Ok(None);
    }
    // A number from the future comes from before a restored backup: begin anew.
    let mut reset = seq < after;
    let (mut rooms, mut messages) = (Vec::new(), Vec::new());
    if !reset {
        rooms = room::since(read, account, after, MOST + 1).await?;
        messages = message::since(read, account, after, MOST + 1).await?;
        reset = [rooms.len(), messages.len()].iter().any(|n| i64::try_from(*n).is_ok_and(|n| n > MOST));
    }
    let (mut holdings, mut roster) = (Vec::new(), None);
    let mut own: HashMap<OperatorId, Vec<Mark>> = HashMap::new();
    if reset {
        rooms.clear();
        messages.clear();
    } else {
        holdings = assign::holdings(read, account, after).await?;
        for (operator, mark) in assign::marks_since(read, account, after).await? {
            own.entry(operator).or_default().push(mark);
        }
        let changed = assign::team_seq(read, account).await?;
        if changed > after {
            roster = Some(team::service::roster(read, changed).await?);
        }
    }
    let update = Update { seq, reset, rooms, messages, counts, quota, after, holdings, roster, marks: Vec::new() };
    let json = serde_json::to_string(&update).unwrap_or_default();
    let own = own.into_iter().map(|(operator, marks)| (operator, serde_json::to_string(&marks).unwrap_or_default()));
    Ok(Some(Frame { seq, json: json.into(), here: false, own: std::sync::Arc::new(own.collect()), after }))
}
