//! The words of a message, with what can be opened or looked at inside them.

use super::{
    Taps,
    parts::{self, Part},
    tappable,
};
use crate::line::event::{Emoji, Mention};
use leptos::{html, prelude::*};
use serde_json::json;

/// A text with links, mentions and LINE's emoji. Links are told to `taps`, and are plain links without.
pub fn rich_text(text: &str, emojis: &[Emoji], mentions: &[Mention], taps: Taps) -> AnyView {
    let parts = parts::parts(text, emojis, mentions);
    let parts = parts.into_iter().map(|part| match part {
        Part::Words(words) => words.into_any(),
        Part::Mention(name) => view! { <span class="msg-text__mention">{name}</span> }.into_any(),
        Part::Us(name) => view! { <mark class="msg-text__mention msg-text__mention--us">{name}</mark> }.into_any(),
        Part::Emoji { src, alt } => emoji(src, alt),
        Part::Link(href) => {
            let action = json!({ "type": "uri", "uri": href });
            tappable(&action, String::new(), taps, "msg-text__link", None, None, href.into_any())
        }
    });
    view! { <p class="msg-text" dir="auto">{parts.collect_view()}</p> }.into_any()
}

/// An emoji of LINE's by its address; its words when LINE does not give the picture out.
fn emoji(src: String, alt: String) -> AnyView {
    let failed = RwSignal::new(false);
    // A picture that failed before the page was alive told nobody.
    let picture = NodeRef::<html::Img>::new();
    Effect::new(move |_| {
        if picture.get().is_some_and(|picture| picture.complete() && picture.natural_width() == 0) {
            failed.set(true);
        }
    });
    let drawn = move || {
        let (src, alt) = (src.clone(), alt.clone());
        if failed.get() {
            return alt.into_any();
        }
        let fail = move |_| failed.set(true);
        view! { <img class="msg-text__emoji" src=src alt=alt decoding="async" node_ref=picture on:error=fail/> }
            .into_any()
    };
    drawn.into_any()
}
