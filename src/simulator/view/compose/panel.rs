//! What is picked above a phone's line: emoji go into the text, a sticker is sent at once.

use super::text::Line;
use crate::{
    simulator::model::{Mark, sticker_words},
    ui::{Picked, Picker},
};
use leptos::prelude::*;
use serde_json::json;

/// See the module.
#[component]
pub fn Panel(
    /// The line to write in.
    line: Line,
) -> impl IntoView {
    let picked = move |picked| match picked {
        Picked::Emoji(emoji) => line.insert(&emoji),
        Picked::Line(emoji) => {
            let mark = Mark::Emoji(emoji);
            line.insert(&mark.words());
            line.mark(mark);
        }
        Picked::Sticker(pack, id) => {
            let mut body = json!({
                "type": "sticker",
                "packageId": pack.id.to_string(),
                "stickerId": id.to_string(),
                "stickerResourceType": pack.kind,
            });
            if let Some(words) = sticker_words(id) {
                body["keywords"] = json!([words]);
            }
            line.talk.send(body, || ());
        }
    };
    view! { <Picker picked=Callback::new(picked) stickers=true/> }
}
