//! The words of a message, with what can be opened or looked at inside them.

use super::{
    Taps,
    parts::{self, Part},
    tappable,
};
use crate::line::event::{Emoji, Mention};
use leptos::prelude::*;
use serde_json::json;

/// A text with links, mentions and LINE's emoji. Links are told to `taps`, and are plain links without.
pub fn rich_text(text: &str, emojis: &[Emoji], mentions: &[Mention], taps: Taps) -> AnyView {
    let parts = parts::parts(text, emojis, mentions);
    let parts = parts.into_iter().map(|part| match part {
        Part::Words(words) => words.into_any(),
        Part::Mention(name) => view! { <span class="msg-text__mention">{name}</span> }.into_any(),
        Part::Emoji { src, alt } => {
            view! { <img class="msg-text__emoji" src=src alt=alt loading="lazy" decoding="async"/> }.into_any()
        }
        Part::Link(href) => {
            let action = json!({ "type": "uri", "uri": href });
            tappable(&action, String::new(), taps, "msg-text__link", None, None, href.into_any())
        }
    });
    view! { <p class="msg-text" dir="auto">{parts.collect_view()}</p> }.into_any()
}
