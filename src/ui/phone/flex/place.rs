//! How a component lies in its box: its share of it, the space before it, and where it was moved to.

use super::value::{self, Length, share, space, text};
use crate::ui::phone::Taps;
use leptos::prelude::ReadSignal;
use serde_json::Value;

/// What a component must know of the boxes around it.
#[derive(Clone, Copy)]
pub struct Spot {
    /// Whether it lies in a row: in a horizontal or baseline box.
    pub row: bool,
    /// The space before it, unless it asks for another; none where nothing stands before it.
    pub before: Option<f64>,
    /// How many boxes are around it.
    pub depth: usize,
    /// How many of those can be tapped: what lies further in is tapped first.
    pub layer: usize,
    /// Who answers taps.
    pub taps: Taps,
    /// Whether the page is alive.
    pub alive: ReadSignal<bool>,
}

/// Declarations for a style attribute. Takes numbers, checked colours and words of this program only.
#[derive(Default)]
pub struct Css(String);

impl Css {
    /// Adds a declaration.
    pub fn set(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        self.0.push_str(name);
        self.0.push(':');
        self.0.push_str(value);
    }

    /// Adds all of another, which win where both speak of the same.
    pub fn and(&mut self, other: &Self) {
        if !self.0.is_empty() && !other.0.is_empty() {
            self.0.push(';');
        }
        self.0.push_str(&other.0);
    }

    /// The attribute; none where there is nothing to say.
    pub fn attribute(self) -> Option<String> {
        (!self.0.is_empty()).then_some(self.0)
    }

    /// Adds a declaration if there is a value.
    pub fn put(&mut self, name: &str, length: Option<Length>) {
        if let Some(length) = length {
            self.set(name, &length.css());
        }
    }

    /// Adds a declaration if there is a colour.
    pub fn paint(&mut self, name: &str, colour: Option<&str>) {
        if let Some(colour) = colour {
            self.set(name, colour);
        }
    }
}

/// Whether it was taken out of the flow.
pub fn is_absolute(node: &Value) -> bool {
    text(node, "position") == Some("absolute")
}

/// How it takes part in its box: `flex` of CSS. In rows components share the width equally unless they say
/// otherwise, in columns each is as high as it needs; a side that is given goes before a share.
pub fn flex(node: &Value, row: bool) -> String {
    let given = text(node, "type") == Some("box") && value::side(node, if row { "width" } else { "height" }).is_some();
    let share = if given { 0.0 } else { share(node).unwrap_or(if row { 1.0 } else { 0.0 }) };
    match share {
        0.0 => "none".to_owned(),
        share if row => format!("{share} 0 0px"),
        share => format!("{share} 0 auto"),
    }
}

/// The space before it. What stands first has none; an own margin goes before the spacing of the box.
pub fn margin(node: &Value, before: Option<f64>) -> f64 {
    before.map_or(0.0, |spacing| space(node, "margin").unwrap_or(spacing))
}

/// Where a component lies, as declarations.
pub fn lie(node: &Value, spot: Spot) -> Css {
    let mut css = Css::default();
    if is_absolute(node) {
        css.set("position", "absolute");
    } else {
        css.set("flex", &flex(node, spot.row));
        let margin = margin(node, spot.before);
        if margin > 0.0 {
            let name = if spot.row { "margin-inline-start" } else { "margin-block-start" };
            css.put(name, Some(Length::Px(margin)));
        }
    }
    for (name, side) in [
        ("offsetTop", "inset-block-start"),
        ("offsetBottom", "inset-block-end"),
        ("offsetStart", "inset-inline-start"),
        ("offsetEnd", "inset-inline-end"),
    ] {
        css.put(side, value::offset(node, name));
    }
    css
}

/// The class for where it stands when it has more height than it needs.
pub fn gravity(node: &Value) -> &'static str {
    match text(node, "gravity") {
        Some("center") => " flexm--middle",
        Some("bottom") => " flexm--bottom",
        _ => "",
    }
}
