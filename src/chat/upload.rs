//! Bringing files: the route that takes them from a browser, and the addresses under which they are found.
//! What a file is, its bytes say, not its name.

use super::{
    model::upload::{self, Upload, UploadKind},
    store::upload as store,
};
use crate::{
    error::{AppError, Reason},
    id::{AccountId, OperatorId, UploadId, make},
    server::{
        film, jobs,
        media::{self, Received},
        picture, session,
        state::State,
    },
    team::model::Permission,
    time::{DAY, now},
};
use axum::{
    Json,
    body::BodyDataStream,
    extract::{Path, Query, Request, State as Extract},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use serde::Deserialize;
use std::time::Duration;

/// The largest picture of a film that a browser may bring, in bytes.
const POSTER_LIMIT: u64 = 8 << 20;

/// How long after a file came those that nobody sent are looked for.
const SWEEP: i64 = 2 * DAY + 1;

/// What the address tells about a file.
#[derive(Deserialize)]
pub struct About {
    kind: String,
    #[serde(default)]
    name: String,
}

/// `POST /a/{account}/upload?kind=…&name=…`: the body is the file. Answers an [`Upload`].
pub async fn receive(
    Extract(state): Extract<State>,
    Path(account): Path<String>,
    Query(about): Query<About>,
    request: Request,
) -> Response {
    let result = async {
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let op = session::from_request(&state, request.headers(), account, Permission::Reply).await?;
        let kind = UploadKind::from_name(&about.kind).ok_or_else(|| wrong(Reason::Invalid))?;
        let received = body(&state, request, kind.limit()).await?;
        let name = upload::clean_name(&about.name);
        add(&state, account, op.id, kind, name, received).await
    };
    answer(result.await)
}

/// `POST /a/{account}/upload/{id}/preview`: the picture that stands for a film.
pub async fn receive_preview(
    Extract(state): Extract<State>,
    Path((account, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let result = async {
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let id: UploadId = id.parse().map_err(|_| AppError::NotFound)?;
        session::from_request(&state, request.headers(), account, Permission::Reply).await?;
        let received = body(&state, request, POSTER_LIMIT).await?;
        let made = picture::remake(&received.part).await.map_err(|_| wrong(Reason::NotPicture))?;
        let preview = media::keep_bytes(&state, made.preview).await?;
        let mut tx = state.db.begin().await?;
        let film = store::one(&mut tx, account, id).await?.filter(|stored| stored.upload.kind == UploadKind::Video);
        let Some(film) = film else { return Err(AppError::NotFound) };
        let before = store::set_preview(&mut tx, account, id, &preview).await?;
        tx.commit().await?;
        if let Some(before) = before.filter(|before| *before != preview) {
            drop_file(&state, &before).await?;
        }
        Ok(film.upload)
    };
    answer(result.await)
}

fn wrong(reason: Reason) -> AppError {
    AppError::field("file", reason)
}

fn too_large(limit: u64) -> AppError {
    wrong(Reason::TooLarge { limit: u32::try_from(limit >> 20).unwrap_or_default() })
}

fn answer(result: Result<Upload, AppError>) -> Response {
    let mut response = match result {
        Ok(upload) => Json(upload).into_response(),
        Err(error) => {
            let large = matches!(&error, AppError::Field { reason: Reason::TooLarge { .. }, .. });
            let status = if large { 413 } else { error.status() };
            (StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), Json(error)).into_response()
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Takes a body within its limit; one that says beforehand that it is larger is not kept at all.
async fn body(state: &State, request: Request, limit: u64) -> Result<Received, AppError> {
    let length =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let mut body = request.into_body().into_data_stream();
    if length.is_some_and(|length| length > limit) {
        forget(body).await;
        return Err(too_large(limit));
    }
    let received = media::receive(state, &mut body, limit).await;
    match received {
        Ok(Some(received)) if received.size == 0 => Err(wrong(Reason::Empty)),
        Ok(Some(received)) => Ok(received),
        Ok(None) => {
            forget(body).await;
            Err(too_large(limit))
        }
        Err(error) => {
            tracing::info!(error = format!("{error:#}"), "an upload was not received");
            Err(AppError::Unreachable)
        }
    }
}

/// Lets a sender come to its end, for a while: one that is still sending reads no answer, and would say that the
/// connection broke instead of what is wrong.
async fn forget(mut body: BodyDataStream) {
    let reading = async { while let Some(Ok(_)) = body.next().await {} };
    let _ = tokio::time::timeout(Duration::from_secs(20), reading).await;
}

/// Looks at a file, makes of it what LINE takes, and keeps it.
pub async fn add(
    state: &State,
    account: AccountId,
    operator: OperatorId,
    kind: UploadKind,
    name: String,
    received: Received,
) -> Result<Upload, AppError> {
    let sniffed = media::sniff(&received.head);
    let mut new = store::Stored {
        upload: Upload {
            id: UploadId(make::next()),
            kind,
            name,
            content_type: sniffed.to_owned(),
            size: i64::try_from(received.size).unwrap_or(i64::MAX),
            width: None,
            height: None,
            duration: None,
        },
        token: new_token(),
        sha256: received.sha256.clone(),
        preview: None,
        thumb: false,
    };
    match kind {
        UploadKind::Image => {
            let made = picture::remake(&received.part).await.map_err(|error| {
                tracing::info!(%account, error = format!("{error:#}"), "a picture was refused");
                wrong(Reason::NotPicture)
            })?;
            let upload = &mut new.upload;
            upload.content_type = made.content_type.to_owned();
            upload.size = i64::try_from(made.bytes.len()).unwrap_or(i64::MAX);
            (upload.width, upload.height) = (Some(i64::from(made.size.0)), Some(i64::from(made.size.1)));
            new.sha256 = media::keep_bytes(state, made.bytes).await?;
            new.preview = Some(media::keep_bytes(state, made.preview).await?);
            new.thumb = media::thumb(&media::path(&state.config.media_dir(), &new.sha256)).await?.is_some();
        }
        UploadKind::Video => {
            let film = read(&received, film::film).await?.filter(|film| film.mp4 && film.pictures);
            new.upload.duration = Some(film.ok_or_else(|| wrong(Reason::NotFilm))?.duration);
            new.upload.content_type = "video/mp4".to_owned();
            new.preview = Some(media::keep_bytes(state, picture::film()?).await?);
            media::keep(state, received).await?;
        }
        UploadKind::Audio => {
            let table = read(&received, film::film).await?.filter(|film| film.mp4 && !film.pictures);
            let (content_type, duration) = match table {
                Some(table) => ("audio/mp4", Some(table.duration)),
                None => ("audio/mpeg", read(&received, film::mp3).await?),
            };
            new.upload.duration = Some(duration.ok_or_else(|| wrong(Reason::NotSound))?);
            new.upload.content_type = content_type.to_owned();
            media::keep(state, received).await?;
        }
        UploadKind::File => {
            if is_active(&received.head, &new.upload.name) {
                return Err(wrong(Reason::Active));
            }
            media::keep(state, received).await?;
        }
    }
    let mut tx = state.db.begin().await?;
    store::add(&mut tx, account, operator, &new).await?;
    // One for the account: whoever brings the next file after it ran plans the next.
    jobs::add_at(&mut tx, account, "sweep", account.0, -account.0, "{}", now() + SWEEP).await?;
    tx.commit().await?;
    Ok(new.upload)
}

/// Reads a file's own tables away from the threads that serve.
async fn read<T: Send + 'static>(received: &Received, look: fn(&std::path::Path) -> T) -> Result<T, AppError> {
    let path = received.part.to_path_buf();
    tokio::task::spawn_blocking(move || look(&path)).await.map_err(|error| AppError::from(anyhow::Error::from(error)))
}

/// Whether a browser could take it for a page or a drawing with scripts, by its beginning or by its name.
fn is_active(head: &[u8], name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["svg", "svgz", "html", "htm", "xhtml", "xht", "mht", "mhtml", "hta", "shtml"].contains(&ending.as_str())
        || ["<!doctype html", "<html", "<svg", "<script", "<head", "<body"].iter().any(|mark| head.starts_with(mark))
        || head.starts_with("<?xml") && (head.contains("<svg") || head.contains("xhtml"))
}

/// 128 random bits, as they stand in an address.
pub fn new_token() -> String {
    rand::random::<[u8; 16]>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Removes a file that nothing names any more.
pub async fn drop_file(state: &State, sha256: &str) -> anyhow::Result<()> {
    if !store::is_named(state.db.read(), sha256).await? {
        media::remove(state, sha256).await;
    }
    Ok(())
}

/// `GET /a/{account}/upload/{id}` and `…/thumb`: for operators.
pub async fn show(
    Extract(state): Extract<State>,
    Path((account, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    shown(&state, &account, &id, false, &headers).await
}

/// The small picture of a file.
pub async fn show_small(
    Extract(state): Extract<State>,
    Path((account, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    shown(&state, &account, &id, true, &headers).await
}

async fn shown(state: &State, account: &str, id: &str, small: bool, headers: &HeaderMap) -> Response {
    let result = async {
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let id: UploadId = id.parse().map_err(|_| AppError::NotFound)?;
        session::from_request(state, headers, account, Permission::ReadChats).await?;
        let mut connection = state.db.read().acquire().await?;
        let stored = store::one(&mut connection, account, id).await?.ok_or(AppError::NotFound)?;
        drop(connection);
        let folder = state.config.media_dir();
        let (path, content_type) = match stored.preview.filter(|_| small) {
            Some(preview) => (media::path(&folder, &preview), "image/jpeg".to_owned()),
            None => (media::path(&folder, &stored.sha256), stored.upload.content_type),
        };
        Ok::<_, AppError>(media::file_response(&path, &content_type, Some(&stored.upload.name), headers).await?)
    };
    result.await.unwrap_or_else(|error| refused(&error))
}

fn refused(error: &AppError) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// Where LINE and friends find a file, below the public address.
pub fn public_path(account: AccountId, stored: &store::Stored, preview: bool) -> String {
    let name = match stored.upload.content_type.as_str() {
        _ if preview => "preview.jpg",
        "image/png" => "original.png",
        "image/jpeg" => "original.jpg",
        "video/mp4" => "original.mp4",
        "audio/mp4" => "original.m4a",
        "audio/mpeg" => "original.mp3",
        _ => "original.bin",
    };
    format!("/m/{account}-{}/{name}", stored.token)
}

/// `GET /m/{account}-{token}/{name}`: for LINE and for friends. Files that are handed over by a page are not here.
pub async fn serve(
    Extract(state): Extract<State>,
    Path((token, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let result = async {
        let (account, token) = token.split_once('-').ok_or(AppError::NotFound)?;
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let stored = store::by_token(state.db.read(), account, token).await?;
        let stored = stored.filter(|stored| stored.upload.kind != UploadKind::File).ok_or(AppError::NotFound)?;
        let folder = state.config.media_dir();
        let (path, content_type) = if name == "preview.jpg" {
            (media::path(&folder, stored.preview.as_deref().ok_or(AppError::NotFound)?), "image/jpeg")
        } else if name.starts_with("original.") {
            (media::path(&folder, &stored.sha256), stored.upload.content_type.as_str())
        } else {
            return Err(AppError::NotFound);
        };
        let mut response = media::file_response(&path, content_type, None, &headers).await?;
        let out = response.headers_mut();
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=604800, immutable"));
        // LINE's apps and the simulator's phones show it on pages of their own.
        out.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
        Ok(response)
    };
    result.await.unwrap_or_else(|error| refused(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_drawings_are_known() {
        assert!(is_active(b" \n<SVG xmlns=", "logo.png"));
        assert!(is_active(b"<?xml version='1.0'?><svg", "a"));
        assert!(is_active(b"anything", "page.HTML"));
        assert!(is_active("\u{feff}<!DOCTYPE html>".as_bytes(), "a.txt"));
        assert!(!is_active(b"%PDF-1.7", "a.pdf"));
        assert!(!is_active(b"<?xml version='1.0'?><invoice>", "a.xml"));
    }
}
