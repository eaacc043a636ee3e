//! Buttons.

use super::{
    boxes::part,
    place::{self, Css, Spot},
    tap,
    text::{self, fit, width},
    value::{self, colour},
};
use leptos::prelude::*;
use serde_json::Value;

/// A button with the label of its action; nothing without one, as there would be nothing to see or to do.
pub fn button(node: &Value, at: &str, spot: Spot) -> Option<AnyView> {
    let action = tap::action(node)?;
    let label = value::text(action, "label").unwrap_or_default().to_owned();
    let small = value::text(node, "height") == Some("sm");
    let class = match (value::text(node, "style"), small) {
        (Some("primary"), false) => "flexm__button flexm__button--primary",
        (Some("primary"), true) => "flexm__button flexm__button--primary flexm__button--small",
        (Some("secondary"), false) => "flexm__button flexm__button--secondary",
        (Some("secondary"), true) => "flexm__button flexm__button--secondary flexm__button--small",
        (_, false) => "flexm__button",
        (_, true) => "flexm__button flexm__button--small",
    };
    let mut css = Css::default();
    let filled = matches!(value::text(node, "style"), Some("primary" | "secondary"));
    css.paint(if filled { "background-color" } else { "color" }, colour(node, "color"));
    let mut letters = Css::default();
    if text::can_fit(node, spot) {
        css.set("container-type", "inline-size");
        letters.set("font-size", &fit(16.0, width(&label, false)));
    }
    let inner = view! { <span class="flexm__label" style=letters.attribute()>{label.clone()}</span> }.into_any();
    let drawn = if spot.taps.live() {
        if spot.layer > 0 {
            css.and(&tap::lifted(spot));
        }
        let name = label.trim().is_empty().then(|| tap::name(action, node));
        tap::button(class, css, action, &format!("{at}/action"), name, Some(inner), spot)
    } else {
        part(class.to_owned(), css, vec![inner])
    };
    let class = format!("flexm__item{}", place::gravity(node));
    Some(part(class, place::lie(node, spot), vec![drawn]))
}
