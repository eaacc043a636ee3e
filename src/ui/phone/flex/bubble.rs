//! Bubbles and their blocks.

use super::{
    BLOCKS,
    boxes::{boxed, part},
    picture,
    place::{Css, Spot},
    tap,
    value::{self, Length, colour, is_on, text},
};
use leptos::prelude::*;
use serde_json::Value;

/// How large a bubble is drawn.
#[derive(Debug, PartialEq)]
pub struct Size {
    /// Its width; a narrower phone makes it narrower.
    pub width: f64,
    /// The radius of its corners.
    pub corner: f64,
    /// The padding of header and body: top, sides, bottom.
    pub padding: (f64, f64, f64),
    /// The padding below a body with a footer under it.
    pub above_footer: f64,
}

/// The size of a bubble; mega, unless it says otherwise.
pub fn size(bubble: &Value) -> Size {
    let (width, corner, padding, above_footer) = match text(bubble, "size") {
        Some("nano") => (120.0, 10.0, (10.0, 10.0, 10.0), 10.0),
        Some("micro") => (160.0, 10.0, (10.0, 10.0, 10.0), 10.0),
        Some("deca") => (220.0, 10.0, (11.0, 14.0, 13.0), 17.0),
        Some("hecto") => (241.0, 10.0, (11.0, 14.0, 13.0), 17.0),
        Some("kilo") => (260.0, 10.0, (13.0, 13.0, 13.0), 17.0),
        Some("giga") => (500.0, 5.0, (20.0, 20.0, 20.0), 10.0),
        _ => (300.0, 17.0, (20.0, 20.0, 20.0), 10.0),
    };
    Size { width, corner, padding, above_footer }
}

/// The component of a block, if it is one that can stand there.
fn block<'a>(bubble: &'a Value, name: &str) -> Option<&'a Value> {
    let block = bubble.get(name)?;
    match text(block, "type")? {
        "box" => Some(block),
        "image" if name == "hero" => Some(block),
        "video" if name == "hero" && (value::address(block, "url").is_some() || block.get("altContent").is_some()) => {
            Some(block)
        }
        _ => None,
    }
}

/// Whether it is a bubble with a block.
pub fn draws(bubble: &Value) -> bool {
    text(bubble, "type") == Some("bubble") && BLOCKS.iter().any(|name| block(bubble, name).is_some())
}

/// A bubble.
pub fn bubble(bubble: &Value, at: &str, spot: Spot) -> AnyView {
    let size = size(bubble);
    let layer = spot.layer + usize::from(tap::action(bubble).is_some());
    let inner = Spot { layer, ..spot };
    let mut parts: Vec<AnyView> = Vec::new();
    for name in BLOCKS {
        let Some(node) = block(bubble, name) else { continue };
        let at = format!("{at}/{name}");
        let drawn = match text(node, "type") {
            Some("image") => Some(picture::image(node, &at, inner)),
            Some("video") => picture::video(node, &at, inner),
            _ => Some(boxed(node, &at, inner, padding(bubble, name, &size))),
        };
        let mut css = Css::default();
        let style = bubble.get("styles").and_then(|styles| styles.get(name)).unwrap_or(&Value::Null);
        css.paint("background-color", colour(style, "backgroundColor"));
        // The first block has nothing above it to be separated from.
        if is_on(style, "separator") && !parts.is_empty() {
            let mut rule = Css::default();
            rule.paint("border-color", colour(style, "separatorColor"));
            parts.push(part("flexm__rule".to_owned(), rule, vec![]));
        }
        let class = if name == "body" { "flexm__block flexm__block--body" } else { "flexm__block" };
        parts.push(part(class.to_owned(), css, drawn.into_iter().collect()));
    }
    parts.extend(tap::over(bubble, at, spot));
    let mut css = Css::default();
    css.put("inline-size", Some(Length::Px(size.width)));
    css.put("border-radius", Some(Length::Px(size.corner)));
    let dir = if text(bubble, "direction") == Some("rtl") { "rtl" } else { "ltr" };
    view! { <div class="flexm__bubble" dir=dir style=css.attribute()>{parts}</div> }.into_any()
}

/// What a block keeps free around what is in its box, which fills it.
fn padding(bubble: &Value, name: &str, size: &Size) -> Css {
    let mut css = Css::default();
    css.set("flex", "1 0 auto");
    let (top, sides, bottom) = size.padding;
    match name {
        "hero" => {}
        "footer" => css.set("padding", "10px"),
        _ => {
            let footed = name == "body" && block(bubble, "footer").is_some();
            let bottom = if footed { size.above_footer } else { bottom };
            css.set("padding", &format!("{top}px {sides}px {bottom}px"));
        }
    }
    css
}
