//! Images, icons and films. Their addresses stand in `src` and never in a style.

use super::{
    boxes::{component, part},
    place::{self, Css, Spot},
    tap,
    value::{self, Length, address, colour, letter, ratio, rounded, text},
};
use leptos::prelude::*;
use serde_json::Value;

/// A picture from an address; an empty frame if it is none that may be fetched. Silent: LINE gives it no words.
fn fetched(url: Option<&str>, class: &'static str) -> Option<AnyView> {
    let url = url?.to_owned();
    let view = view! { <img class=class src=url alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"/> };
    Some(view.into_any())
}

/// A frame with the proportion that the message asks for.
fn framed(node: &Value, width: Length, class: &'static str, inner: Vec<AnyView>) -> AnyView {
    let mut css = Css::default();
    css.put("inline-size", Some(width));
    let (wide, high) = ratio(node, "aspectRatio");
    css.set("aspect-ratio", &format!("{wide}/{high}"));
    css.paint("background-color", colour(node, "backgroundColor"));
    part(class.to_owned(), css, inner)
}

/// An image. Its size is the width of its frame, which is never wider than its box.
pub fn image(node: &Value, at: &str, spot: Spot) -> AnyView {
    let cover = text(node, "aspectMode") == Some("cover");
    let class = if cover { "flexm__image flexm__image--cover" } else { "flexm__image" };
    let mut css = place::lie(node, spot);
    let mut width = value::picture(node);
    let own = place::is_absolute(node) || (spot.row && value::share(node) == Some(0.0));
    if let (Length::Percent(_), true) = (width, own) {
        // Its box does not give it a width of its own to take a part of.
        css.put("inline-size", Some(width));
        width = Length::Percent(100.0);
    }
    let mut parts: Vec<AnyView> = fetched(address(node, "url"), class).into_iter().collect();
    parts.extend(tap::over(node, at, spot));
    let frame = framed(node, width, "flexm__frame", parts);
    let align = match text(node, "align") {
        Some("start") => " flexm__picture--start",
        Some("end") => " flexm__picture--end",
        _ => "",
    };
    part(format!("flexm__picture{align}{}", place::gravity(node)), css, vec![frame])
}

/// An icon: as high as letters of its size, on the baseline. It never grows.
pub fn icon(node: &Value, spot: Spot) -> AnyView {
    let mut css = place::lie(node, spot);
    if !place::is_absolute(node) {
        css.set("flex", "none");
    }
    let size = letter(node).unwrap_or(16.0);
    let (wide, high) = ratio(node, "aspectRatio");
    css.put("block-size", Some(Length::Px(size)));
    css.put("inline-size", Some(Length::Px(rounded(size * wide / high))));
    part("flexm__icon".to_owned(), css, fetched(address(node, "url"), "flexm__image").into_iter().collect())
}

/// The film of a hero. In a live picture it plays; in a still one it shows that it would. Where it may not be
/// fetched, what the message offers instead is drawn.
pub fn video(node: &Value, at: &str, spot: Spot) -> Option<AnyView> {
    let poster = address(node, "previewUrl");
    let Some(url) = address(node, "url") else {
        return component(node.get("altContent")?, &format!("{at}/altContent"), spot);
    };
    let mut parts: Vec<AnyView> = Vec::new();
    if spot.taps.live() {
        let (url, poster) = (url.to_owned(), poster.map(str::to_owned));
        // Its controls lie above what can be tapped around it.
        let lifted = tap::lifted(spot).attribute();
        let film = view! {
            <video
                class="flexm__film"
                style=lifted
                src=url
                poster=poster
                controls=true
                preload="none"
                playsinline=true
            ></video>
        };
        parts.push(film.into_any());
    } else {
        parts.extend(fetched(poster, "flexm__image flexm__image--cover"));
        parts.push(part("flexm__play".to_owned(), Css::default(), vec![]));
    }
    if let Some(action) = tap::action(node) {
        let label = text(action, "label").unwrap_or_default().to_owned();
        if spot.taps.live() {
            let name = label.trim().is_empty().then(|| tap::name(action, node));
            let inner = Some(label.into_any());
            parts.push(tap::button(
                "flexm__more",
                tap::lifted(spot),
                action,
                &format!("{at}/action"),
                name,
                inner,
                spot,
            ));
        } else if !label.is_empty() {
            parts.push(part("flexm__more".to_owned(), Css::default(), vec![label.into_any()]));
        }
    }
    Some(framed(node, Length::Percent(100.0), "flexm__frame flexm__frame--film", parts))
}
