//! The words of a message, with what can be opened or looked at inside them.

use super::rich::{self, Part};
use crate::line::event::{Emoji, Mention};
use leptos::prelude::*;

/// A text with links, mentions and LINE's emoji.
pub fn rich_text(text: &str, emojis: &[Emoji], mentions: &[Mention]) -> AnyView {
    rich::parts(text, emojis, mentions)
        .into_iter()
        .map(|part| match part {
            Part::Words(words) => words.into_any(),
            Part::Mention(name) => view! { <span class="bubble__mention">{name}</span> }.into_any(),
            Part::Emoji { src, alt } => {
                view! { <img class="bubble__emoji" src=src alt=alt loading="lazy" decoding="async"/> }.into_any()
            }
            Part::Link(href) => {
                let words = href.clone();
                view! { <a href=href target="_blank" rel="noopener noreferrer">{words}</a> }.into_any()
            }
        })
        .collect_view()
        .into_any()
}
