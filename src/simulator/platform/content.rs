//! What friends sent: pictures, films, sounds and files.

use super::{
    call::Caller,
    refusal::{Answer, Refusal},
};
use crate::simulator::{model::FaultKind, world::Content};
use axum::{
    Json,
    extract::Path,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde_json::json;

enum Found {
    Ready(Content),
    Preparing(Content),
}

fn find(caller: &Caller, id: &str) -> Result<Found, Refusal> {
    caller.sim.with(|world| {
        let not_found = || Refusal::new(404, "not found");
        let room = world.places.get(id).ok_or_else(not_found)?;
        let ours = match world.groups.get(room) {
            Some(group) => group.bot.as_ref() == Some(&caller.channel),
            None => room.split('/').next().is_some_and(|channel| channel == caller.channel),
        };
        let content = world.contents.get(id).filter(|_| ours).cloned().ok_or_else(not_found)?;
        let path = format!("/v2/bot/message/{id}/content");
        let mut strike = |kind| world.strike_at(kind, &path, &caller.channel).is_some();
        if strike(FaultKind::ContentMissing) {
            return Err(not_found());
        }
        if content.gone || strike(FaultKind::ContentGone) {
            return Err(Refusal::new(410, "The content is gone"));
        }
        let preparing = strike(FaultKind::ContentPreparing) || content.ready_at > world.now();
        Ok(if preparing { Found::Preparing(content) } else { Found::Ready(content) })
    })
}

/// GET /v2/bot/message/{id}/content
pub async fn content(caller: Caller, Path(id): Path<String>) -> Answer {
    Ok(match find(&caller, &id)? {
        Found::Preparing(_) => (StatusCode::ACCEPTED, Json(json!({}))).into_response(),
        Found::Ready(content) => ([(header::CONTENT_TYPE, content.mime)], content.bytes).into_response(),
    })
}

/// GET …/content/preview: a smaller JPEG of a picture; of a film a drawn one, there is no decoder here.
pub async fn preview(caller: Caller, Path(id): Path<String>) -> Answer {
    let content = match find(&caller, &id)? {
        Found::Preparing(_) => return Ok((StatusCode::ACCEPTED, Json(json!({}))).into_response()),
        Found::Ready(content) => content,
    };
    let bytes = match content.kind.as_str() {
        "image" => smaller(&content.bytes).ok_or_else(|| Refusal::new(404, "not found"))?,
        "video" => crate::simulator::picture::jpeg(&id, 240, 160),
        _ => return Err(Refusal::new(400, "The content has no preview")),
    };
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

fn smaller(bytes: &[u8]) -> Option<Vec<u8>> {
    let picture = image::load_from_memory(bytes).ok()?.thumbnail(240, 240).to_rgb8();
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 80).encode_image(&picture).ok()?;
    Some(out)
}

/// GET …/content/transcoding: films and sounds only.
pub async fn transcoding(caller: Caller, Path(id): Path<String>) -> Answer {
    let (content, status) = match find(&caller, &id)? {
        Found::Preparing(content) => (content, "processing"),
        Found::Ready(content) => (content, "succeeded"),
    };
    if !matches!(content.kind.as_str(), "video" | "audio") {
        return Err(Refusal::new(400, "The content is neither video nor audio"));
    }
    Ok(Json(json!({ "status": status })).into_response())
}
