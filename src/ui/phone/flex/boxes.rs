//! Boxes, and what lies in them.

use super::{
    button, picture,
    place::{self, Css, Spot, is_absolute},
    tap, text,
    value::{self, Length, colour, list, padding, side},
};
use leptos::prelude::*;
use serde_json::Value;

/// A plain part of the picture.
pub fn part(class: String, css: Css, inner: Vec<AnyView>) -> AnyView {
    view! { <div class=class style=css.attribute()>{inner}</div> }.into_any()
}

/// Any component; nothing for one that LINE does not have.
pub fn component(node: &Value, at: &str, spot: Spot) -> Option<AnyView> {
    if spot.depth > super::DEEPEST {
        return None;
    }
    match value::text(node, "type")? {
        "box" => Some(boxed(node, at, spot, Css::default())),
        "text" => text::text(node, at, spot),
        "button" => button::button(node, at, spot),
        "image" => Some(picture::image(node, at, spot)),
        "icon" => Some(picture::icon(node, spot)),
        "separator" => Some(separator(node, spot)),
        "filler" => Some(filler(node)),
        "spacer" => Some(spacer(node, spot)),
        _ => None,
    }
}

/// A box. `css` is what its place in the bubble asks for: the padding of a block.
pub fn boxed(node: &Value, at: &str, spot: Spot, css: Css) -> AnyView {
    let layout = value::text(node, "layout").unwrap_or("vertical");
    let row = matches!(layout, "horizontal" | "baseline");
    let mut class = String::from(match layout {
        "horizontal" => "flexm__box flexm__box--row",
        "baseline" => "flexm__box flexm__box--row flexm__box--baseline",
        _ => "flexm__box",
    });
    if !spot.row && !is_absolute(node) {
        // A row is as wide as its column, however the column aligns what lies in it.
        class.push_str(if row && side(node, "width").is_none() { " flexm--wide" } else { "" });
    }
    let mut style = place::lie(node, spot);
    style.and(&css);
    look(node, &mut style);
    arrange(node, &mut style);
    let layer = spot.layer + usize::from(tap::action(node).is_some());
    let inner = Spot { row, depth: spot.depth + 1, layer, ..spot };
    let mut parts = children(node, at, inner);
    parts.extend(tap::over(node, at, spot));
    part(class, style, parts)
}

/// The components of a box with the space between them.
fn children(node: &Value, at: &str, spot: Spot) -> Vec<AnyView> {
    let spacing = value::space(node, "spacing").unwrap_or_default();
    let mut before = None;
    let mut parts = Vec::new();
    for (number, child) in list(node, "contents").iter().enumerate() {
        let Some(view) = component(child, &format!("{at}/contents/{number}"), Spot { before, ..spot }) else {
            continue;
        };
        parts.push(view);
        if !is_absolute(child) {
            // A spacer is itself the space before the next.
            before = Some(if value::text(child, "type") == Some("spacer") { 0.0 } else { spacing });
        }
    }
    parts
}

/// Its sides, paddings, ground and edge.
fn look(node: &Value, css: &mut Css) {
    for (name, property) in [
        ("width", "inline-size"),
        ("height", "block-size"),
        ("maxWidth", "max-inline-size"),
        ("maxHeight", "max-block-size"),
    ] {
        css.put(property, side(node, name));
    }
    for (name, property) in [
        ("paddingAll", "padding"),
        ("paddingTop", "padding-block-start"),
        ("paddingBottom", "padding-block-end"),
        ("paddingStart", "padding-inline-start"),
        ("paddingEnd", "padding-inline-end"),
    ] {
        css.put(property, padding(node, name));
    }
    css.paint("background-color", colour(node, "backgroundColor"));
    if let Some(gradient) = value::gradient(node) {
        css.set("background-image", &gradient);
    }
    css.put("border-width", value::border(node).map(Length::Px));
    css.paint("border-color", colour(node, "borderColor"));
    css.put("border-radius", value::space(node, "cornerRadius").map(Length::Px));
}

/// How it lays out what lies in it.
fn arrange(node: &Value, css: &mut Css) {
    const WORDS: [&str; 6] = ["center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"];
    let known = |name: &str, words: &[&'static str]| {
        let given = value::text(node, name)?;
        words.iter().find(|word| **word == given).copied()
    };
    if let Some(word) = known("justifyContent", &WORDS) {
        css.set("justify-content", word);
    }
    // A baseline box aligns by the baseline and by nothing else.
    if value::text(node, "layout") != Some("baseline")
        && let Some(word) = known("alignItems", &WORDS[..3])
    {
        css.set("align-items", word);
    }
}

/// A hairline across the box.
fn separator(node: &Value, spot: Spot) -> AnyView {
    let mut css = Css::default();
    let margin = place::margin(node, spot.before);
    if margin > 0.0 {
        css.put(if spot.row { "margin-inline-start" } else { "margin-block-start" }, Some(Length::Px(margin)));
    }
    css.paint("border-color", colour(node, "color"));
    let class = if spot.row { "flexm__rule flexm__rule--upright" } else { "flexm__rule" };
    part(class.to_owned(), css, vec![])
}

/// What fills the free space; it takes no space between it and what stands before it.
fn filler(node: &Value) -> AnyView {
    let mut css = Css::default();
    match value::share(node).unwrap_or(1.0) {
        0.0 => css.set("flex", "none"),
        share => css.set("flex", &format!("{share} 0 0px")),
    }
    part("flexm__filler".to_owned(), css, vec![])
}

/// Space at an edge, as the first messages of LINE had it.
fn spacer(node: &Value, spot: Spot) -> AnyView {
    let mut css = Css::default();
    let size = value::text(node, "size").and_then(value::step).unwrap_or(8.0);
    css.put(if spot.row { "inline-size" } else { "block-size" }, Some(Length::Px(size)));
    part("flexm__filler".to_owned(), css, vec![])
}
