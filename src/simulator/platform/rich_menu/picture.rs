//! The picture of a rich menu.

use super::{done, find, refuse};
use crate::simulator::{
    platform::{
        call::Caller,
        refusal::{Answer, Refusal},
    },
    world::rich_menu::Picture,
};
use axum::{
    body::Bytes,
    extract::Path,
    http::{HeaderMap, header},
    response::IntoResponse,
};
use image::{ImageFormat, ImageReader};
use std::io::Cursor;

/// The largest picture.
const BYTES: usize = 1024 * 1024;

/// The media type of a picture that a rich menu may have: JPEG or PNG of at most 1 MB, 800 to 2,500
/// pixels wide, at least 250 high, at least 1.45 times as wide as high. Only its header is read.
fn media_type(bytes: &Bytes) -> Option<&'static str> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mime = match reader.format()? {
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Png => "image/png",
        _ => return None,
    };
    let (width, height) = reader.into_dimensions().ok()?;
    let shape =
        (800..=2_500).contains(&width) && height >= 250 && super::check::wide_enough(width.into(), height.into());
    (shape && bytes.len() <= BYTES).then_some(mime)
}

/// POST /v2/bot/richmenu/{id}/content: once only.
pub async fn upload(caller: Caller, Path(id): Path<String>, headers: HeaderMap, bytes: Bytes) -> Answer {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    caller.sim.with(|world| {
        let menu = find(world, &caller, &id)?;
        if !matches!(kind, "image/jpeg" | "image/png") {
            return Err(Refusal::new(415, format!("The content type, {kind}, is not supported")));
        }
        if menu.picture.is_some() {
            return Err(refuse(400, "An image has already been uploaded to the richmenu"));
        }
        let mime = media_type(&bytes).ok_or_else(|| refuse(400, "The image size is not allowed for richmenu"))?;
        let picture = Picture { bytes, mime: mime.to_owned() };
        world.set_rich_menu_picture(&caller.channel, &id, picture);
        done()
    })
}

/// GET /v2/bot/richmenu/{id}/content
pub async fn download(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.sim.with(|world| {
        let picture = find(world, &caller, &id)?.picture.clone().ok_or_else(Refusal::not_found)?;
        Ok(([(header::CONTENT_TYPE, picture.mime)], picture.bytes).into_response())
    })
}
