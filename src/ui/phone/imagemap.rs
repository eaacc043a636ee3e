//! Pictures with places to tap.

use super::{Taps, items, tappable, web, word};
use crate::i18n::{Key, use_i18n};
use leptos::prelude::*;
use serde_json::{Value, json};

/// The width that areas are measured in.
const WIDTH: f64 = 1_040.0;

/// Where an area stands in its picture, in hundredths. Numbers only, so nothing else gets into the style.
fn place(area: Option<&Value>, height: f64) -> Option<String> {
    let number = |name: &str| area?.get(name)?.as_f64();
    let share = |part: f64, whole: f64| (part * 100.0 / whole).clamp(0.0, 100.0);
    Some(format!(
        "left: {:.3}%; top: {:.3}%; width: {:.3}%; height: {:.3}%",
        share(number("x")?, WIDTH),
        share(number("y")?, height),
        share(number("width")?, WIDTH),
        share(number("height")?, height)
    ))
}

/// An imagemap; nothing when it has no picture.
pub fn imagemap(message: &Value, taps: Taps) -> Option<AnyView> {
    let i18n = use_i18n();
    let src = format!("{}/1040", web(message, "baseUrl")?);
    let height = message.pointer("/baseSize/height").and_then(Value::as_f64).filter(|height| *height >= 1.0)?;
    let areas = items(message, "actions").iter().enumerate().filter_map(|(number, action)| {
        let label = [word(action, "label"), word(action, "text")].into_iter().find(|label| !label.is_empty());
        let label = label.map_or_else(|| i18n.fill(Key::SimMenuArea, &[("number", &(number + 1))]), str::to_owned);
        let place = place(action.get("area"), height)?;
        Some(tappable(
            action,
            format!("/actions/{number}"),
            taps,
            "msg-map__area",
            Some(label),
            Some(place),
            ().into_any(),
        ))
    });
    Some(
        view! {
            <div class="msg-map" style=format!("aspect-ratio: 1040 / {height}")>
                <img class="msg-map__picture" src=src alt=word(message, "altText").to_owned() loading="lazy"/>
                {areas.collect_view()}
                {message.get("video").and_then(|video| film(video, height, taps))}
            </div>
        }
        .into_any(),
    )
}

/// The film on the picture. Seen to its end, it shows where it leads.
fn film(video: &Value, height: f64, taps: Taps) -> Option<AnyView> {
    let i18n = use_i18n();
    let src = web(video, "originalContentUrl")?;
    let poster = web(video, "previewImageUrl");
    let place = place(video.get("area"), height)?;
    let ended = RwSignal::new(false);
    let link = video.get("externalLink").filter(|link| link.is_object()).cloned();
    let link = move || {
        let link = link.as_ref().filter(|_| ended.get())?;
        let action = json!({ "type": "uri", "uri": word(link, "linkUri") });
        let label = word(link, "label").to_owned().into_any();
        Some(tappable(&action, "/video/externalLink".into(), taps, "msg-map__link", None, None, label))
    };
    Some(
        view! {
            <div class="msg-map__film" style=place>
                <video
                    src=src
                    poster=poster
                    controls
                    preload="none"
                    playsinline
                    aria-label=i18n.t(Key::ChatKindVideo)
                    on:ended=move |_| ended.set(true)
                    on:play=move |_| ended.set(false)
                ></video>
                {link}
            </div>
        }
        .into_any(),
    )
}
