//! Emoji and stickers to choose from.

use super::text::Line;
use crate::{
    i18n::{Key, use_i18n},
    simulator::model::{LINE_EMOJI, Mark, Pack, STICKER_PACKS, emoji_url, sticker_url, sticker_words},
};
use leptos::prelude::*;
use serde_json::json;

/// Emoji that every phone has.
const EMOJI: [&str; 48] = [
    "😀",
    "😄",
    "😂",
    "🥲",
    "😊",
    "😍",
    "😘",
    "😋",
    "😎",
    "🤔",
    "😴",
    "😢",
    "😭",
    "😡",
    "😱",
    "🤗",
    "🙏",
    "👍",
    "👎",
    "👏",
    "🙌",
    "👋",
    "💪",
    "🤝",
    "❤️",
    "💔",
    "✨",
    "🎉",
    "🎁",
    "🔥",
    "⭐",
    "☀️",
    "☔",
    "❄️",
    "🌸",
    "🍁",
    "🍎",
    "🍣",
    "🍜",
    "🍰",
    "☕",
    "🍺",
    "🚃",
    "🚗",
    "✈️",
    "🏠",
    "🛁",
    "👨‍👩‍👧‍👦",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Emoji,
    Line,
    Pack(Pack),
}

/// A picture of LINE's; words where it can't be loaded.
#[component]
fn Picture(
    /// Where it is.
    url: String,
    /// What it shows.
    words: String,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    move || {
        if failed.get() {
            view! { <span class="compose__words" aria-hidden="true">{words.clone()}</span> }.into_any()
        } else {
            view! { <img src=url.clone() alt="" loading="lazy" on:error=move |_| failed.set(true)/> }.into_any()
        }
    }
}

/// See the module.
#[component]
pub fn Panel(
    /// The line to write in.
    line: Line,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(Shown::Pack(STICKER_PACKS[0]));
    let tab = move |what: Shown, label: String, inside: AnyView| {
        let on = move || if shown.get() == what { "true" } else { "false" };
        view! {
            <button
                type="button"
                class="compose__tab"
                aria-pressed=on
                aria-label=label.clone()
                title=label
                on:click=move |_| shown.set(what)
            >
                {inside}
            </button>
        }
    };
    let packs = STICKER_PACKS.map(|pack| {
        let number = pack.id.to_string();
        let inside = view! { <Picture url=sticker_url(&pack.first.to_string()) words=number.clone()/> }.into_any();
        tab(Shown::Pack(pack), i18n.fill(Key::SimStickerPack, &[("number", &number)]), inside)
    });
    let inside = move || match shown.get() {
        Shown::Emoji => view! { <Emoji line/> }.into_any(),
        Shown::Line => view! { <LineEmojis line/> }.into_any(),
        Shown::Pack(pack) => view! { <Stickers line pack/> }.into_any(),
    };
    view! {
        <div class="compose__panel">
            <div class="compose__tabs" role="group" aria-label=i18n.t(Key::SimStickers)>
                {tab(Shown::Emoji, i18n.t(Key::SimEmoji).to_owned(), "😊".into_any())}
                {tab(Shown::Line, i18n.t(Key::SimLineEmoji).to_owned(), "(L)".into_any())}
                {packs.collect_view()}
            </div>
            <div class="compose__choices" tabindex="0" role="group" aria-label=i18n.t(Key::SimStickers)>{inside}</div>
        </div>
    }
}

#[component]
fn Emoji(line: Line) -> impl IntoView {
    let each = EMOJI.map(|emoji| {
        view! { <button type="button" class="compose__emoji" on:click=move |_| line.insert(emoji)>{emoji}</button> }
    });
    view! { <div class="compose__grid compose__grid--small">{each.collect_view()}</div> }
}

#[component]
fn LineEmojis(line: Line) -> impl IntoView {
    let each = LINE_EMOJI.map(|emoji| {
        let mark = Mark::Emoji(emoji);
        let words = mark.words();
        let put = move |_| {
            line.insert(&mark.words());
            line.mark(mark.clone());
        };
        let url = emoji_url(crate::simulator::model::LINE_EMOJI_PRODUCT, emoji.id);
        view! {
            <button type="button" class="compose__emoji" aria-label=words title=emoji.word on:click=put>
                <Picture url words=emoji.word.to_owned()/>
            </button>
        }
    });
    view! { <div class="compose__grid compose__grid--small">{each.collect_view()}</div> }
}

#[component]
fn Stickers(line: Line, pack: Pack) -> impl IntoView {
    let i18n = use_i18n();
    let each = (pack.first..=pack.last).map(|id| {
        let number = id.to_string();
        let words = sticker_words(id).map_or_else(|| number.clone(), str::to_owned);
        let label = i18n.fill(Key::SimStickerNumber, &[("number", &words)]);
        let stick = move |_| {
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
        };
        view! {
            <button type="button" class="compose__sticker" aria-label=label on:click=stick>
                <Picture url=sticker_url(&number) words/>
            </button>
        }
    });
    view! { <div class="compose__grid">{each.collect_view()}</div> }
}
