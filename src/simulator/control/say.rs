//! How tests and phones say something, send files, change their words and take them back.

use super::{Answer, Trouble, done, told};
use crate::simulator::{mint, state::Shared, world::Content};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Multipart, Path, State, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

/// The largest picture, in bytes (line-platform.md §6).
const PICTURE_LIMIT: usize = 10_000_000;
/// The largest film, sound or file, in bytes.
const FILE_LIMIT: usize = 200_000_000;
/// What an upload may weigh with all that goes around its files.
const BODY_LIMIT: usize = FILE_LIMIT + 1_000_000;

/// Paths under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/users/{user}/say", post(say))
        .route("/users/{user}/upload", post(upload))
        .route("/users/{user}/edit", post(edit))
        .route("/users/{user}/unsend", post(unsend))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

#[derive(Deserialize)]
struct Say {
    room: String,
    message: Value,
    base64: Option<String>,
    mime: Option<String>,
    #[serde(default)]
    preparing: i64,
    time: Option<i64>,
}

async fn say(State(sim): State<Shared>, Path(user): Path<String>, Json(say): Json<Say>) -> Answer {
    let now = sim.now();
    let mut message = say.message;
    let content = match say.base64 {
        None => None,
        Some(text) => {
            let wrong = |_| Trouble::Impossible("base64 can't be read");
            let bytes = Bytes::from(BASE64_STANDARD.decode(text).map_err(wrong)?);
            let mime = say.mime.unwrap_or_else(|| "application/octet-stream".into());
            if message["type"] == "file" && message.get("fileSize").is_none() {
                message["fileSize"] = bytes.len().into();
            } else if matches!(message["type"].as_str(), Some("image" | "video" | "audio")) {
                message["contentProvider"] = json!({ "type": "line" });
            }
            let kind = message["type"].as_str().unwrap_or("file").to_owned();
            fits(&kind, bytes.len())?;
            Some(Content { bytes, mime, kind, gone: false, ready_at: now + say.preparing })
        }
    };
    sim.with(|world| world.say(&user, &say.room, message, content, say.time.unwrap_or(now)))
        .map(|id| Json(json!({ "messageId": id })))
}

/// Refuses what LINE would not carry.
fn fits(kind: &str, size: usize) -> Result<(), Trouble> {
    let limit = if kind == "image" { PICTURE_LIMIT } else { FILE_LIMIT };
    if size > limit { Err(Trouble::TooBig(limit)) } else { Ok(()) }
}

/// The message object for bytes, as LINE describes them in a webhook.
fn describe(mime: &str, name: &str, size: usize, duration: Option<u32>) -> Value {
    let provider = json!({ "type": "line" });
    match mime.split('/').next() {
        // A drawing in XML is no picture to a phone.
        Some("image") if !mime.starts_with("image/svg") => json!({ "type": "image", "contentProvider": provider }),
        Some(kind @ ("video" | "audio")) => {
            json!({ "type": kind, "duration": duration.unwrap_or(5_000), "contentProvider": provider })
        }
        _ => json!({ "type": "file", "fileName": name, "fileSize": size }),
    }
}

fn unread(error: MultipartError) -> Response {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Trouble::TooBig(FILE_LIMIT).into_response();
    }
    told(error.status(), &error.body_text())
}

async fn upload(
    State(sim): State<Shared>,
    Path(user): Path<String>,
    mut form: Multipart,
) -> Result<Json<Value>, Response> {
    let (mut room, mut duration, mut files) = (String::new(), None, Vec::new());
    while let Some(field) = form.next_field().await.map_err(unread)? {
        match field.name() {
            Some("room") => room = field.text().await.map_err(unread)?,
            Some("duration") => duration = field.text().await.map_err(unread)?.parse().ok(),
            _ => {
                let name = field.file_name().unwrap_or("file").to_owned();
                let mime = field
                    .content_type()
                    .map_or_else(|| mime_guess::from_path(&name).first_or_octet_stream().to_string(), str::to_owned);
                let bytes = field.bytes().await.map_err(unread)?;
                let message = describe(&mime, &name, bytes.len(), duration.take());
                let kind = message["type"].as_str().unwrap_or("file").to_owned();
                fits(&kind, bytes.len()).map_err(IntoResponse::into_response)?;
                files.push((message, Content { bytes, mime, kind, gone: false, ready_at: 0 }));
            }
        }
    }
    if files.is_empty() {
        return Err(told(StatusCode::BAD_REQUEST, "there is no file"));
    }
    number(&mut files);
    let sent: Result<Vec<String>, Trouble> = sim.with(|world| {
        let now = world.now();
        files.into_iter().map(|(message, content)| world.say(&user, &room, message, Some(content), now)).collect()
    });
    let ids = sent.map_err(IntoResponse::into_response)?;
    Ok(Json(json!({ "messageId": ids.first(), "messageIds": ids })))
}

/// Several pictures that are sent at once know of each other.
fn number(files: &mut [(Value, Content)]) {
    let total = files.iter().filter(|(_, content)| content.kind == "image").count();
    if total < 2 {
        return;
    }
    let id = mint::hex(64).to_ascii_uppercase();
    let pictures = files.iter_mut().filter(|(_, content)| content.kind == "image");
    for (index, (message, _)) in (1_usize..).zip(pictures) {
        message["imageSet"] = json!({ "id": id, "index": index, "total": total });
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    message_id: String,
    #[serde(default)]
    message: Value,
    time: Option<i64>,
}

async fn edit(State(sim): State<Shared>, Path(user): Path<String>, Json(change): Json<Change>) -> Answer {
    done(sim.with(|world| {
        let at = change.time.unwrap_or_else(|| world.now());
        world.edit(&user, &change.message_id, &change.message, at)
    }))
}

async fn unsend(State(sim): State<Shared>, Path(user): Path<String>, Json(change): Json<Change>) -> Answer {
    done(sim.with(|world| {
        let at = change.time.unwrap_or_else(|| world.now());
        world.unsend(&user, &change.message_id, at)
    }))
}
