//! Messages in one of LINE's four layouts.

use super::{Taps, items, tappable, web, word};
use crate::i18n::{Key, use_i18n};
use leptos::prelude::*;
use serde_json::Value;

/// A template; nothing for a kind that is not known.
pub fn template(template: &Value, taps: Taps) -> Option<AnyView> {
    let at = "/template";
    Some(match word(template, "type") {
        "buttons" => card(template, template, at.to_owned(), taps),
        "confirm" => confirm(template, at, taps),
        "carousel" => {
            let columns = items(template, "columns").iter().enumerate();
            row(columns
                .map(|(number, column)| card(template, column, format!("{at}/columns/{number}"), taps))
                .collect())
        }
        "image_carousel" => {
            let columns = items(template, "columns").iter().enumerate();
            row(columns.map(|(number, column)| poster(column, format!("{at}/columns/{number}"), taps)).collect())
        }
        _ => return None,
    })
}

/// Cards side by side, which are all as high as the highest.
fn row(cards: Vec<AnyView>) -> AnyView {
    let i18n = use_i18n();
    let cards = cards.into_iter().map(|card| view! { <li>{card}</li> });
    view! {
        <ul class="msg-row" tabindex="0" aria-label=i18n.t(Key::PhoneCards)>{cards.collect_view()}</ul>
    }
    .into_any()
}

/// The ground behind a picture that does not fill its box.
fn ground(card: &Value) -> String {
    let colour = word(card, "imageBackgroundColor");
    let digits = colour.strip_prefix('#').unwrap_or_default();
    let known = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if known { format!("background-color: {colour}") } else { String::new() }
}

/// Buttons, or a column of a carousel: `whole` says how its picture is shaped.
fn card(whole: &Value, card: &Value, at: String, taps: Taps) -> AnyView {
    let (title, text) = (word(card, "title").to_owned(), word(card, "text").to_owned());
    let image = web(card, "thumbnailImageUrl").map(|src| {
        let square = word(whole, "imageAspectRatio") == "square";
        let contain = word(whole, "imageSize") == "contain";
        let style = Some(ground(card)).filter(|style| !style.is_empty());
        view! {
            <span class="msg-card__frame" class:msg-card__frame--square=square style=style>
                <img class="msg-card__image" class:msg-card__image--contain=contain src=src alt="" loading="lazy"/>
            </span>
        }
    });
    let words = view! {
        {image}
        <span class="msg-card__words">
            {(!title.is_empty()).then(|| view! { <strong class="msg-card__title" dir="auto">{title}</strong> })}
            <span class="msg-card__text" dir="auto">{text}</span>
        </span>
    };
    let top = match card.get("defaultAction").filter(|action| action.is_object()) {
        Some(action) => {
            let at = format!("{at}/defaultAction");
            tappable(action, at, taps, "msg-card__top", None, None, words.into_any())
        }
        None => view! { <div class="msg-card__top">{words}</div> }.into_any(),
    };
    view! {
        <div class="msg-card">
            {top}
            {actions(card, &at, taps)}
        </div>
    }
    .into_any()
}

/// The buttons of a card.
fn actions(card: &Value, at: &str, taps: Taps) -> AnyView {
    let each = items(card, "actions").iter().enumerate().map(|(number, action)| {
        let label = word(action, "label").to_owned();
        tappable(action, format!("{at}/actions/{number}"), taps, "msg-card__action", None, None, label.into_any())
    });
    view! { <div class="msg-card__actions">{each.collect_view()}</div> }.into_any()
}

/// A question with two answers side by side.
fn confirm(template: &Value, at: &str, taps: Taps) -> AnyView {
    let text = word(template, "text").to_owned();
    view! {
        <div class="msg-card msg-card--confirm">
            <div class="msg-card__top">
                <span class="msg-card__words"><span class="msg-card__text" dir="auto">{text}</span></span>
            </div>
            {actions(template, at, taps)}
        </div>
    }
    .into_any()
}

/// A column of an image carousel: a square picture, its words on it.
fn poster(column: &Value, at: String, taps: Taps) -> AnyView {
    let action = column.get("action").cloned().unwrap_or_default();
    let label = word(&action, "label").to_owned();
    let name = label.is_empty().then(|| use_i18n().t(Key::ChatKindImage).to_owned());
    let src = web(column, "imageUrl");
    let inner = view! {
        <img class="msg-poster__image" src=src alt="" loading="lazy"/>
        {(!label.is_empty()).then(|| view! { <span class="msg-poster__label">{label}</span> })}
    };
    tappable(&action, format!("{at}/action"), taps, "msg-poster", name, None, inner.into_any())
}
