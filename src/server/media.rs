//! Bytes on disk: each file under the name of its SHA-256, so that the same picture is kept once; and
//! how they are served: to logged-in operators only, with headers under which nothing in them can run.

use super::{picture, session, state::State};
use crate::{error::AppError, id::AccountId, id::MediaId, team::model::Permission};
use anyhow::Context;
use axum::{
    body::Body,
    extract::{Path as UrlPath, Request, State as Extract},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use image::imageops::FilterType;
use sha2::{Digest, Sha256};
use sqlx::Row;
use std::{
    io::{Cursor, SeekFrom},
    path::{Path, PathBuf},
    time::Duration,
};
use tempfile::TempPath;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio_util::io::ReaderStream;

/// The largest file that is kept, in bytes: LINE's own limit for films.
pub const LARGEST: u64 = 200 << 20;
/// How long a body may stand still.
const STALLED: Duration = Duration::from_secs(60);
/// The largest small picture of a film, in bytes.
const LARGEST_PREVIEW: usize = 4 << 20;
/// Longest side of a thumbnail, in pixels.
const THUMB: u32 = 480;
/// A file that was stored.
pub struct Stored {
    /// Its name.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// What its first bytes say it is.
    pub content_type: &'static str,
    /// Pixels, of a picture.
    pub pixels: Option<(u32, u32)>,
    /// A thumbnail was made.
    pub thumb: bool,
}

/// Where a file lies.
pub fn path(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256.get(..2).unwrap_or("00")).join(sha256)
}

/// A body that was received whole and is not kept yet: dropped, it is gone.
pub struct Received {
    /// Where it lies for now.
    pub part: TempPath,
    /// The name that it would be kept under.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Its first bytes, up to 64.
    pub head: Vec<u8>,
}

/// Receives a body. `None` when it is larger than `limit`, as soon as that is known.
pub async fn receive<E>(
    state: &State,
    body: impl Stream<Item = Result<Bytes, E>>,
    limit: u64,
) -> anyhow::Result<Option<Received>>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let part =
        tempfile::NamedTempFile::new_in(state.config.media_dir()).context("the media folder can't be written")?;
    let (file, part) = part.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    let (mut hash, mut size, mut head) = (Sha256::new(), 0_u64, Vec::with_capacity(64));
    let mut body = std::pin::pin!(body);
    loop {
        // A sender that stopped without a word holds no place for ever.
        let chunk = tokio::time::timeout(STALLED, body.next()).await.context("the content stopped coming")?;
        let Some(chunk) = chunk else { break };
        let chunk = chunk.context("the content was cut off")?;
        size += chunk.len() as u64;
        if size > limit {
            return Ok(None);
        }
        if head.len() < 64 {
            head.extend(chunk.iter().take(64 - head.len()));
        }
        hash.update(&chunk);
        file.write_all(&chunk).await?;
    }
    file.sync_all().await?;
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(Received { part, sha256, size, head }))
}

/// Puts what was received in its place, and says where that is.
pub async fn keep(state: &State, received: Received) -> anyhow::Result<PathBuf> {
    let target = path(&state.config.media_dir(), &received.sha256);
    if let Some(parent) = target.parent() {
        tokio::fs::create_dir_all(parent).await?;
    }
    received.part.persist(&target).context("a file could not be put in its place")?;
    Ok(target)
}

/// Keeps bytes that we made, and answers their name.
pub async fn keep_bytes(state: &State, bytes: Vec<u8>) -> anyhow::Result<String> {
    let body = stream::once(std::future::ready(Ok::<_, std::io::Error>(Bytes::from(bytes))));
    let received = receive(state, body, LARGEST).await?.context("too large")?;
    let sha256 = received.sha256.clone();
    keep(state, received).await?;
    Ok(sha256)
}

/// Makes a thumbnail of a picture that is kept; answers its pixels, and nothing when it can't be read.
pub async fn thumb(target: &Path) -> anyhow::Result<Option<(u32, u32)>> {
    let (from, to) = (target.to_owned(), thumb_path(target));
    Ok(tokio::task::spawn_blocking(move || make_thumb(&from, &to)).await?.unwrap_or_else(|error| {
        tracing::info!(%error, "no thumbnail for a picture");
        None
    }))
}

/// Stores a body, and makes a thumbnail of a picture. `None` when it is larger than [`LARGEST`].
pub async fn store(state: &State, response: reqwest::Response) -> anyhow::Result<Option<Stored>> {
    let Some(received) = receive(state, response.bytes_stream(), LARGEST).await? else { return Ok(None) };
    let (sha256, size, content_type) = (received.sha256.clone(), received.size, sniff(&received.head));
    let target = keep(state, received).await?;
    let pixels = if content_type.starts_with("image/") { thumb(&target).await? } else { None };
    Ok(Some(Stored { sha256, size, content_type, pixels, thumb: pixels.is_some() }))
}

/// Where the thumbnail of a file lies.
pub fn thumb_path(file: &Path) -> PathBuf {
    file.with_extension("thumb.jpg")
}

/// Decodes a picture within limits and writes it small and new, which also drops whatever else the
/// file carried (places, cameras).
fn make_thumb(from: &Path, to: &Path) -> anyhow::Result<Option<(u32, u32)>> {
    let picture = picture::open(from)?;
    let pixels = (picture.width(), picture.height());
    let small =
        if pixels.0.max(pixels.1) > THUMB { picture.resize(THUMB, THUMB, FilterType::Triangle) } else { picture };
    let mut bytes = Cursor::new(Vec::new());
    let canvas = picture::on_white(&small);
    canvas.write_to(&mut bytes, image::ImageFormat::Jpeg)?;
    std::fs::write(to, bytes.into_inner())?;
    Ok(Some(pixels))
}

/// Makes the thumbnail of a stored film from the small picture that LINE has of it; answers that picture's pixels.
pub async fn poster(state: &State, sha256: &str, preview: reqwest::Response) -> anyhow::Result<Option<(u32, u32)>> {
    let folder = state.config.media_dir();
    let mut body = preview.bytes_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = body.next().await {
        bytes.extend_from_slice(&chunk.context("the small picture was cut off")?);
        anyhow::ensure!(bytes.len() <= LARGEST_PREVIEW, "the small picture is not small");
    }
    let to = thumb_path(&path(&folder, sha256));
    tokio::task::spawn_blocking(move || {
        let part = tempfile::NamedTempFile::new_in(&folder).context("the media folder can't be written")?;
        std::fs::write(part.path(), bytes)?;
        make_thumb(part.path(), &to)
    })
    .await?
}

/// Removes a file and its thumbnail.
pub async fn remove(state: &State, sha256: &str) {
    let file = path(&state.config.media_dir(), sha256);
    let _ = tokio::fs::remove_file(thumb_path(&file)).await;
    let _ = tokio::fs::remove_file(file).await;
}

/// What the first bytes say. Never what somebody claims: a page that is called a picture stays a
/// download.
pub fn sniff(head: &[u8]) -> &'static str {
    let at = |offset: usize, mark: &[u8]| head.get(offset..offset + mark.len()) == Some(mark);
    match () {
        () if at(0, b"\xFF\xD8\xFF") => "image/jpeg",
        () if at(0, b"\x89PNG\r\n\x1A\n") => "image/png",
        () if at(0, b"GIF87a") || at(0, b"GIF89a") => "image/gif",
        () if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        () if at(4, b"ftypM4A") => "audio/mp4",
        () if at(4, b"ftyp") => "video/mp4",
        () if at(0, b"ID3") || at(0, b"\xFF\xFB") || at(0, b"\xFF\xF3") => "audio/mpeg",
        () if at(0, b"RIFF") && at(8, b"WAVE") => "audio/wav",
        () if at(0, b"%PDF-") => "application/pdf",
        () => "application/octet-stream",
    }
}

/// `GET /media/{account}/{id}` and `…/thumb`.
pub async fn serve(
    Extract(state): Extract<State>,
    UrlPath((account, id)): UrlPath<(String, String)>,
    request: Request,
) -> Response {
    answer(&state, &account, &id, false, request.headers()).await
}

/// The thumbnail of a picture or film; the picture itself where none could be made.
pub async fn serve_thumb(
    Extract(state): Extract<State>,
    UrlPath((account, id)): UrlPath<(String, String)>,
    request: Request,
) -> Response {
    answer(&state, &account, &id, true, request.headers()).await
}

async fn answer(state: &State, account: &str, id: &str, thumb: bool, headers: &HeaderMap) -> Response {
    let result = async {
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let id: MediaId = id.parse().map_err(|_| AppError::NotFound)?;
        let op = session::from_request(state, headers, account, Permission::ReadChats).await?;
        let row = sqlx::query(
            "SELECT sha256, content_type, file_name, thumb FROM media WHERE account_id = $1 AND id = $2 AND state = 'ready'
                AND EXISTS (SELECT 1 FROM room r WHERE r.account_id = media.account_id AND r.id = media.room_id AND r.spam < 2)",
        )
        .bind(op.account().0)
        .bind(id.0)
        .fetch_optional(state.db.read())
        .await?
        .ok_or(AppError::NotFound)?;
        let sha256: Option<String> = row.try_get("sha256")?;
        let mut content_type: String = row.try_get("content_type")?;
        let name: Option<String> = row.try_get("file_name")?;
        let sha256 = sha256.ok_or(AppError::NotFound)?;
        let mut file = path(&state.config.media_dir(), &sha256);
        if thumb && row.try_get::<i32, _>("thumb")? != 0 {
            file = thumb_path(&file);
            content_type = "image/jpeg".into();
        } else if thumb && !content_type.starts_with("image/") {
            return Err(AppError::NotFound);
        }
        file_response(&file, &content_type, name.as_deref(), headers).await.map_err(AppError::from)
    };
    result.await.unwrap_or_else(|error: AppError| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

/// A file with safe headers, whole or the one range that players ask for.
pub async fn file_response(
    file: &Path,
    content_type: &str,
    name: Option<&str>,
    headers: &HeaderMap,
) -> anyhow::Result<Response> {
    let mut file = tokio::fs::File::open(file).await.context("a stored file is missing")?;
    let size = file.metadata().await?.len();
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    // Several ranges at once, or what is no range at all, may be answered with everything; what lies behind the
    // end may not, or a player would take the beginning for it.
    let range = asked.and_then(|asked| range(asked, size));
    if range.is_none() && asked.is_some_and(is_range) {
        let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
        let whole = HeaderValue::from_str(&format!("bytes */{size}"))?;
        response.headers_mut().insert(header::CONTENT_RANGE, whole);
        return Ok(response);
    }
    let (from, length) = range.unwrap_or((0, size));
    file.seek(SeekFrom::Start(from)).await?;
    let mut response = Response::new(Body::from_stream(ReaderStream::new(file.take(length))));
    if range.is_some() {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let text = format!("bytes {from}-{}/{size}", from + length - 1);
        response.headers_mut().insert(header::CONTENT_RANGE, HeaderValue::from_str(&text)?);
    }
    let shown = ["image/", "video/", "audio/"].iter().any(|kind| content_type.starts_with(kind));
    let disposition = match (shown, name) {
        (true, _) => "inline".to_owned(),
        (false, None) => "attachment".to_owned(),
        (false, Some(name)) => format!("attachment; filename*=UTF-8''{}", percent(name)),
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_str(content_type)?);
    out.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    out.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition)?);
    out.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // The bytes of an id never change, but they may be taken back: a day, for this browser only.
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
    out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    out.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    Ok(response)
}

/// `bytes=a-b`, `bytes=a-` or `bytes=-n`, within `size`.
fn range(text: &str, size: u64) -> Option<(u64, u64)> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), Ok(to)) => (from, to.min(size.checked_sub(1)?)),
        (Ok(from), Err(_)) if to.is_empty() => (from, size.checked_sub(1)?),
        (Err(_), Ok(last)) if from.is_empty() => (size.saturating_sub(last), size.checked_sub(1)?),
        _ => return None,
    };
    (from <= to).then(|| (from, to - from + 1))
}

/// Whether this asks for one range of bytes, wherever it lies.
fn is_range(text: &str) -> bool {
    let number = |text: &str| text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix("bytes=")
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(from, to)| number(from) && number(to) && !(from.is_empty() && to.is_empty()))
}

/// Percent-encodes what RFC 5987 does not allow.
pub fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_stay_inside_the_file() {
        assert_eq!(range("bytes=0-99", 50), Some((0, 50)));
        assert_eq!(range("bytes=10-", 50), Some((10, 40)));
        assert_eq!(range("bytes=-5", 50), Some((45, 5)));
        assert_eq!(range("bytes=60-70", 50), None);
        assert_eq!(range("bytes=0-", 0), None);
        assert_eq!(range("lines=1-2", 50), None);
        assert!(is_range("bytes=60-70") && is_range("bytes=60-") && is_range("bytes=-5"));
        assert!(!is_range("bytes=0-1,5-6") && !is_range("bytes=-") && !is_range("lines=1-2"));
    }

    #[test]
    fn a_page_is_never_a_picture() {
        assert_eq!(sniff(b"<html><script>"), "application/octet-stream");
        assert_eq!(sniff(b"<svg xmlns="), "application/octet-stream");
        assert_eq!(sniff(b"\xFF\xD8\xFF\xE0"), "image/jpeg");
        assert_eq!(percent("見積 1.pdf"), "%E8%A6%8B%E7%A9%8D%201.pdf");
    }
}
