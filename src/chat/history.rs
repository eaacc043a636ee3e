//! The history as a file: `GET /a/{account}/history.csv` for all rooms, `…/history/{room}.csv` for one. It is
//! written while it is read, so that its length is nobody's memory.

use super::{
    model::{Direction, history as csv},
    store::history::{self, Chapter, Entry, MESSAGES},
};
use crate::{
    audit::{self, model::Action},
    error::AppError,
    i18n::{I18n, Key, Lang},
    id::{AccountId, RoomId, TIME_SHIFT},
    server::{
        media,
        session::{self, Operator},
        state::State,
    },
    team::model::Permission,
    time::{DAY, MINUTE, now},
};
use axum::{
    body::Body,
    extract::{Path, Query, Request, State as Extract},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::stream;
use std::collections::HashMap;

/// What the address asks for. Dates are days of the reader's zone, both included.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub struct Span {
    from: String,
    to: String,
    /// Minutes that the reader's zone is ahead of UTC.
    zone: i64,
}

/// All rooms.
pub async fn all(
    Extract(state): Extract<State>,
    Path(account): Path<String>,
    Query(span): Query<Span>,
    request: Request,
) -> Response {
    answer(&state, &account, None, &span, request.headers()).await
}

/// One room: the last part of the address is `{room}.csv`.
pub async fn one(
    Extract(state): Extract<State>,
    Path((account, file)): Path<(String, String)>,
    Query(span): Query<Span>,
    request: Request,
) -> Response {
    answer(&state, &account, Some(file), &span, request.headers()).await
}

async fn answer(state: &State, account: &str, file: Option<String>, span: &Span, headers: &HeaderMap) -> Response {
    let result = async {
        // Another site may link here, but not have the file fetched.
        let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
        if site.is_some_and(|site| site != "same-origin" && site != "none") {
            return Err(AppError::Forbidden);
        }
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let permission = if file.is_some() { Permission::DownloadChat } else { Permission::DownloadAll };
        let op = session::from_request(state, headers, account, permission).await?;
        let one = match file {
            Some(file) => {
                let id =
                    file.strip_suffix(".csv").and_then(|id| id.parse::<RoomId>().ok()).ok_or(AppError::NotFound)?;
                let found = history::rooms(state.db.read(), op.account(), RoomId(0), Some(id)).await?;
                Some(found.into_iter().next().ok_or(AppError::NotFound)?)
            }
            None => None,
        };
        let limits = limits(span)?;
        let subject = one.as_ref().map_or("*", |one| one.name.as_str());
        audit::service::record(&op, Action::HistoryDownloaded, subject).await;
        let lang = session::cookie(headers, "lang").and_then(Lang::from_tag).unwrap_or_default();
        Ok(respond(&op, one, limits, span.zone, I18n { lang }))
    };
    result.await.unwrap_or_else(|error: AppError| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

/// The ids between which the span lies: an id begins with its time.
fn limits(span: &Span) -> Result<(i64, i64), AppError> {
    if !(-840..=840).contains(&span.zone) {
        return Err(AppError::NotFound);
    }
    let moment = |text: &str, days: i64| -> Result<Option<i64>, AppError> {
        if text.is_empty() {
            return Ok(None);
        }
        let day = csv::day(text).ok_or(AppError::NotFound)?;
        Ok(Some(((day + days) * DAY - span.zone * MINUTE).clamp(0, i64::MAX >> TIME_SHIFT) << TIME_SHIFT))
    };
    Ok((moment(&span.from, 0)?.unwrap_or(0), moment(&span.to, 1)?.unwrap_or(i64::MAX)))
}

fn respond(op: &Operator, one: Option<Chapter>, limits: (i64, i64), zone: i64, i18n: I18n) -> Response {
    let today = csv::time(now(), zone);
    let today = today.split('T').next().unwrap_or_default();
    let mut name = i18n.t(Key::ChatHistoryFile).to_owned();
    if let Some(name_of) = one.as_ref().map(|one| csv::safe_name(&one.name)).filter(|name| !name.is_empty()) {
        name = format!("{name}_{name_of}");
    }
    let name = media::percent(&format!("{name}_{today}.csv"));
    let mut first = String::new();
    csv::head(&mut first);
    let reader = Reader {
        state: op.state.clone(),
        account: op.account(),
        one: one.as_ref().map(|one| one.id),
        limits,
        zone,
        chapters: HashMap::new(),
        last: RoomId(0),
        at: None,
        pending: Some(first),
    };
    let body = stream::try_unfold(reader, |mut reader| async move {
        let part = reader.next().await.inspect_err(|error| tracing::error!(%error, "a history was cut off"))?;
        Ok::<_, sqlx::Error>(part.map(|part| (Bytes::from(part), reader)))
    });
    let mut response = Response::new(Body::from_stream(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    let disposition = format!("attachment; filename=\"history-{today}.csv\"; filename*=UTF-8''{name}");
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Reads on where it stopped.
struct Reader {
    state: State,
    account: AccountId,
    one: Option<RoomId>,
    limits: (i64, i64),
    zone: i64,
    /// The rooms whose messages are being read, and the last of them.
    chapters: HashMap<RoomId, Chapter>,
    last: RoomId,
    /// The last message that was written, while there may be more in these rooms.
    at: Option<(RoomId, i64)>,
    pending: Option<String>,
}

impl Reader {
    /// The next part of the file; none at its end.
    async fn next(&mut self) -> sqlx::Result<Option<String>> {
        if let Some(first) = self.pending.take() {
            return Ok(Some(first));
        }
        loop {
            let at = match self.at {
                Some(at) => at,
                None => {
                    let read = self.state.db.read();
                    let rooms = history::rooms(read, self.account, self.last, self.one).await?;
                    let (Some(first), Some(last)) = (rooms.first(), rooms.last()) else { return Ok(None) };
                    let at = (RoomId(first.id.0 - 1), i64::MAX);
                    self.last = last.id;
                    self.chapters = rooms.into_iter().map(|room| (room.id, room)).collect();
                    at
                }
            };
            let entries = history::messages(self.state.db.read(), self.account, at, self.last, self.limits).await?;
            let more = i64::try_from(entries.len()).is_ok_and(|count| count >= MESSAGES);
            self.at = entries.last().filter(|_| more).map(|last| (last.room, last.id));
            let mut out = String::new();
            for entry in &entries {
                self.write(entry, &mut out);
            }
            if !out.is_empty() {
                return Ok(Some(out));
            }
        }
    }

    fn write(&self, entry: &Entry, out: &mut String) {
        // A room that came, or was brought back, while its neighbours were read: it is for the next time.
        let Some(chapter) = self.chapters.get(&entry.room) else { return };
        let id = entry.id.to_string();
        let (file, link) = match &entry.media {
            Some((content_type, name)) => (
                name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| csv::file_name(&id, content_type)),
                format!("{}/media/{}/{id}", self.state.public_url, self.account),
            ),
            None => (String::new(), csv::elsewhere(&entry.content).unwrap_or_default().to_owned()),
        };
        csv::Line {
            time: csv::time(entry.at, self.zone),
            room: &chapter.name,
            room_kind: &chapter.kind,
            direction: csv::direction(Direction::from_name(&entry.direction), &entry.content),
            kind: entry.content.name(),
            sender: &entry.sender,
            text: csv::words(&entry.content),
            file,
            link,
        }
        .write(out);
    }
}
