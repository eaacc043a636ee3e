//! What is picked above the composer: emoji go into the text, a sticker becomes a bubble of its own.

use super::Compose;
use crate::{
    chat::model::draft::Bubble,
    i18n::{Key, use_i18n},
    line::sticon::LINE_EMOJI_PRODUCT,
    ui::{Picked, Picker, Toasts},
};
use leptos::prelude::*;

/// See the module.
#[component]
pub fn Panel(compose: Compose) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let picked = move |picked| match picked {
        Picked::Emoji(emoji) => compose.insert_text(&emoji),
        Picked::Line(emoji) => {
            let words = format!("({})", emoji.word);
            compose.chosen.update(|chosen| {
                let picked = (words.clone(), LINE_EMOJI_PRODUCT.to_owned(), emoji.id.to_owned());
                if !chosen.contains(&picked) {
                    chosen.push(picked);
                }
            });
            compose.insert_text(&words);
        }
        Picked::Sticker(pack, id) => {
            let sticker = Bubble::Sticker { package_id: pack.id.to_string(), sticker_id: id.to_string() };
            if !compose.add(sticker) {
                toasts.show(i18n.t(Key::ChatTooMany));
            }
        }
    };
    view! { <Picker picked=Callback::new(picked)/> }
}
