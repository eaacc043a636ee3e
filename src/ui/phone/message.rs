//! A whole message object: what draws it, and what it is called in one line.

use super::{Scene, Source, coupon, flex, imagemap, media, parts, rich_text, template, web, word};
use crate::{
    i18n::{I18n, Key, use_i18n},
    ui::Tag,
};
use leptos::prelude::*;
use serde_json::{Value, json};

/// How much room a message wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Words, in a bubble.
    Bubble,
    /// A picture that needs no bubble around it.
    Bare,
    /// Bare, and as wide as there is room.
    Wide,
}

/// How much room a message wants.
pub fn shape(message: &Value) -> Shape {
    match word(message, "type") {
        "image" | "video" | "sticker" => Shape::Bare,
        "template" | "coupon" if is_drawn(message) => Shape::Wide,
        "imagemap" if is_drawn(message) => Shape::Wide,
        "flex" if is_drawn(message) => Shape::Wide,
        _ => Shape::Bubble,
    }
}

/// Whether a message of this kind is drawn here, and not told by its words alone.
pub fn is_drawn(message: &Value) -> bool {
    match word(message, "type") {
        "text" | "textV2" | "image" | "video" | "audio" | "file" | "location" | "sticker" | "coupon" => true,
        "template" => message
            .pointer("/template/type")
            .and_then(Value::as_str)
            .is_some_and(|kind| ["buttons", "confirm", "carousel", "image_carousel"].contains(&kind)),
        "flex" => message
            .pointer("/contents/type")
            .and_then(Value::as_str)
            .is_some_and(|kind| ["bubble", "carousel"].contains(&kind)),
        "imagemap" => {
            web(message, "baseUrl").is_some()
                && message.pointer("/baseSize/height").and_then(Value::as_f64).is_some_and(|height| height >= 1.0)
        }
        _ => false,
    }
}

/// Where the bytes of a message are: at an address that it names, or where its phone has put them.
fn source(message: &Value, scene: &Scene) -> Source {
    let outside = message.get("contentProvider").filter(|provider| word(provider, "type") == "external");
    let object = outside.unwrap_or(message);
    Source {
        full: web(object, "originalContentUrl").or_else(|| scene.held.clone()),
        small: web(object, "previewImageUrl"),
        ..Source::default()
    }
}

/// Draws a message object.
pub fn message(message: &Value, scene: &Scene) -> AnyView {
    let number = |name: &str| message.get(name).and_then(Value::as_i64);
    let name = |user: &str| scene.names.iter().find(|(id, _)| id == user).map(|(_, name)| name.clone());
    let drawn = match word(message, "type") {
        "text" | "textV2" => {
            let (text, emojis, mentions) = parts::read(message, name);
            Some(rich_text(&text, &emojis, &mentions, scene.taps))
        }
        "image" => Some(set(message).unwrap_or_else(|| media::picture(&source(message, scene)))),
        "video" => Some(media::video(&source(message, scene), seen(message, scene))),
        "audio" => Some(media::audio(&source(message, scene), number("duration"))),
        "file" => {
            let size = number("fileSize").unwrap_or_default();
            Some(media::file(&source(message, scene), word(message, "fileName"), size))
        }
        "location" => {
            let degrees = |name: &str| message.get(name).and_then(Value::as_f64).unwrap_or_default();
            let (title, address) = (word(message, "title"), word(message, "address"));
            Some(media::location(title, address, degrees("latitude"), degrees("longitude")))
        }
        "sticker" => Some(media::sticker(word(message, "stickerId"), &sticker_words(message))),
        "coupon" => Some(coupon::coupon(message, scene.taps)),
        "template" => message.get("template").and_then(|object| template::template(object, scene.taps)),
        "imagemap" => imagemap::imagemap(message, scene.taps),
        "flex" if is_drawn(message) => message.get("contents").map(|object| flex(object, "/contents", scene.taps)),
        _ => None,
    };
    drawn.unwrap_or_else(|| unknown(word(message, "type"), message))
}

/// Pictures that were sent in one go, where whoever shows them has gathered their addresses.
fn set(message: &Value) -> Option<AnyView> {
    let addresses = super::items(message, "pictures").iter().filter_map(Value::as_str);
    let known = addresses.filter(|address| address.starts_with("/simulator/content/"));
    let pictures: Vec<_> =
        known.map(|address| media::picture(&Source { full: Some(address.to_owned()), ..Source::default() })).collect();
    (pictures.len() > 1).then(|| media::pictures(pictures))
}

/// Tells that a film was seen to its end, where the account wants to know.
fn seen(message: &Value, scene: &Scene) -> Option<Callback<()>> {
    let (taps, id) = (scene.taps, word(message, "trackingId").to_owned());
    (taps.live() && !id.is_empty()).then(|| {
        Callback::new(move |()| taps.tap("/trackingId", &json!({ "type": "videoPlayComplete", "trackingId": id })))
    })
}

/// What a sticker shows, in words.
fn sticker_words(message: &Value) -> String {
    let text = word(message, "text");
    if !text.is_empty() {
        return text.to_owned();
    }
    super::items(message, "keywords").iter().filter_map(Value::as_str).take(3).collect::<Vec<_>>().join(", ")
}

/// A message that can't be drawn: its words if it has any, and what it is made of.
pub fn unknown(kind: &str, message: &Value) -> AnyView {
    let i18n = use_i18n();
    let words = word(message, "altText").to_owned();
    let kind = kind.to_owned();
    let raw = serde_json::to_string_pretty(message).unwrap_or_default();
    view! {
        {(!words.is_empty()).then(|| view! { <p class="msg-text" dir="auto">{words}</p> })}
        <details class="msg-unknown">
            <summary>{i18n.t(Key::ChatKindUnknown)}" "<Tag>{kind}</Tag></summary>
            <pre tabindex="0">{raw}</pre>
        </details>
    }
    .into_any()
}

/// Who a message says that it is from, for it alone: a name, and the address of a picture.
pub fn sender(message: &Value) -> (Option<String>, Option<String>) {
    let Some(sender) = message.get("sender") else { return (None, None) };
    (Some(word(sender, "name").to_owned()).filter(|name| !name.is_empty()), web(sender, "iconUrl"))
}

/// A message in one line, as lists and quotations show it.
pub fn line(i18n: I18n, message: &Value, names: &[(String, String)]) -> String {
    let key = match word(message, "type") {
        "text" | "textV2" => {
            let name = |user: &str| names.iter().find(|(id, _)| id == user).map(|(_, name)| name.clone());
            return parts::read(message, name).0;
        }
        "file" => return word(message, "fileName").to_owned(),
        "image" => Key::ChatKindImage,
        "video" => Key::ChatKindVideo,
        "audio" => Key::ChatKindAudio,
        "sticker" => Key::ChatKindSticker,
        "location" => Key::ChatKindLocation,
        "coupon" => Key::PhoneCoupon,
        other => {
            let words = word(message, "altText");
            return if words.is_empty() { format!("[{other}]") } else { words.to_owned() };
        }
    };
    i18n.t(key).to_owned()
}
