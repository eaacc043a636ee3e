//! Texts and the spans in them.

use super::{
    boxes::part,
    place::{self, Css, Spot, is_absolute},
    tap,
    value::{self, Length, colour, is_on, letter, line_spacing, list, rounded},
};
use leptos::prelude::*;
use serde_json::Value;

/// The size of letters where nothing is said.
const MEDIUM: f64 = 16.0;

/// A text; nothing if it has neither words nor spans.
pub fn text(node: &Value, at: &str, spot: Spot) -> Option<AnyView> {
    let spans: Vec<&Value> =
        list(node, "contents").iter().filter(|span| value::text(span, "type") == Some("span")).collect();
    let words = value::text(node, "text");
    if spans.is_empty() && words.is_none() {
        return None;
    }
    let wrap = is_on(node, "wrap");
    let mut css = Css::default();
    let size = letter(node).unwrap_or(MEDIUM);
    letters(node, &mut css);
    if !spans.is_empty() {
        // A span may take the line off again, which it cannot if the line is drawn by the text.
        css.set("text-decoration", "none");
    }
    if let Some(align) = value::text(node, "align").filter(|align| matches!(*align, "center" | "end")) {
        css.set("text-align", align);
    }
    let mut line = String::from("flexm__line");
    if wrap {
        line.push_str(" flexm__line--wrap");
        let most = node.get("maxLines").and_then(Value::as_u64).filter(|most| *most > 0);
        if let Some(most) = most {
            line.push_str(" flexm__line--clamp");
            css.set("-webkit-line-clamp", &most.min(1000).to_string());
        }
        if let Some(spacing) = line_spacing(node) {
            // Between lines only: what it adds above the first and below the last is taken away again.
            css.set("line-height", &format!("calc(var(--flex-leading) * 1em + {}px)", rounded(spacing)));
            css.set("margin-block", &format!("-{}px", rounded(spacing / 2.0)));
        }
    }
    let fits = !wrap && can_fit(node, spot);
    if fits {
        let bold = value::text(node, "weight") == Some("bold");
        css.set("font-size", &fit(size, width(&said(words, &spans), bold)));
    }
    let inner: Vec<AnyView> = match words.filter(|_| spans.is_empty()) {
        Some(words) => vec![words.to_owned().into_any()],
        None => spans.into_iter().map(|it| span(it, node)).collect(),
    };
    let fit = if fits { " flexm__text--fit" } else { "" };
    let mut parts = vec![part(line, css, inner)];
    parts.extend(tap::over(node, at, spot));
    let class = format!("flexm__text{}{fit}", place::gravity(node));
    Some(part(class, place::lie(node, spot), parts))
}

/// How its letters look.
fn letters(node: &Value, css: &mut Css) {
    css.put("font-size", letter(node).map(Length::Px));
    css.paint("color", colour(node, "color"));
    match value::text(node, "weight") {
        Some("bold") => css.set("font-weight", "var(--weight-title)"),
        Some("regular") => css.set("font-weight", "var(--weight)"),
        _ => {}
    }
    match value::text(node, "style") {
        Some("italic") => css.set("font-style", "italic"),
        Some("normal") => css.set("font-style", "normal"),
        _ => {}
    }
    decorate(node, css);
}

fn decorate(node: &Value, css: &mut Css) {
    match value::text(node, "decoration") {
        Some("underline") => css.set("text-decoration", "underline"),
        Some("line-through") => css.set("text-decoration", "line-through"),
        _ => {}
    }
}

/// A span; what it does not say itself, its text says.
fn span(node: &Value, text: &Value) -> AnyView {
    let mut css = Css::default();
    letters(node, &mut css);
    if node.get("decoration").is_none() {
        decorate(text, &mut css);
    }
    let words = value::text(node, "text").unwrap_or_default().to_owned();
    view! { <span style=css.attribute()>{words}</span> }.into_any()
}

fn said(words: Option<&str>, spans: &[&Value]) -> String {
    if spans.is_empty() {
        return words.unwrap_or_default().to_owned();
    }
    spans.iter().filter_map(|span| value::text(span, "text")).collect()
}

/// Whether its letters shrink to its box: only where the box decides how wide it is.
pub fn can_fit(node: &Value, spot: Spot) -> bool {
    let asked = value::text(node, "adjustMode") == Some("shrink-to-fit");
    asked && !is_absolute(node) && (!spot.row || value::share(node) != Some(0.0))
}

/// The size of letters that fill the width around at most. The phone measures its text; a page that is drawn on a
/// server cannot, so the width is reckoned.
pub fn fit(size: f64, width: f64) -> String {
    format!("min({}px,calc(100cqi / {}))", rounded(size), rounded(width.max(1.0)))
}

/// About how wide a text is, in its own letters' size.
pub fn width(text: &str, bold: bool) -> f64 {
    let sum: f64 = text.chars().map(letter_width).sum();
    sum * if bold { 1.1 } else { 1.04 }
}

fn letter_width(c: char) -> f64 {
    match c {
        // Vowels and tones of Thai above and below, and other marks that stand on a letter.
        '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{0300}'..='\u{036F}' => 0.0,
        '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0.0,
        '\u{0E00}'..='\u{0E7F}' => 0.62,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.29,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' => 0.68,
        '\u{0000}'..='\u{007F}' => 0.57,
        '\u{0080}'..='\u{10FF}' => 0.62,
        _ => 1.0,
    }
}
