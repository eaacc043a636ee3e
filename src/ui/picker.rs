//! Emoji, LINE's emoji and stickers to pick from: above the composer, and on the simulator's phones.

mod emoji;

use crate::{
    i18n::{Key, use_i18n},
    line::{
        sticker::{Pack, STICKER_PACKS, sticker_url, sticker_words},
        sticon::{LINE_EMOJI, LINE_EMOJI_PRODUCT, LineEmoji, emoji_url},
    },
};
use leptos::prelude::*;

/// What somebody picked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picked {
    /// An emoji that every phone has.
    Emoji(String),
    /// One of LINE's own.
    Line(LineEmoji),
    /// A sticker of a pack, by its number.
    Sticker(Pack, u32),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Emoji,
    Line,
    Pack(Pack),
}

/// See the module.
#[component]
pub fn Picker(
    /// Is told what was picked; the picker stays open.
    picked: Callback<Picked>,
    /// Begins with the stickers.
    #[prop(optional)]
    stickers: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(if stickers { Shown::Pack(STICKER_PACKS[0]) } else { Shown::Emoji });
    let tab = move |what: Shown, label: String, inside: AnyView| {
        let on = move || if shown.get() == what { "true" } else { "false" };
        view! {
            <button
                type="button"
                class="picker__tab"
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
        Shown::Emoji => view! { <Emoji picked/> }.into_any(),
        Shown::Line => view! { <LineEmojis picked/> }.into_any(),
        Shown::Pack(pack) => view! { <Stickers picked pack/> }.into_any(),
    };
    view! {
        <div class="picker">
            <div class="picker__tabs" role="group" aria-label=i18n.t(Key::ChatEmoji)>
                {tab(Shown::Emoji, i18n.t(Key::SimEmoji).to_owned(), "😊".into_any())}
                {tab(Shown::Line, i18n.t(Key::SimLineEmoji).to_owned(), "(L)".into_any())}
                {packs.collect_view()}
            </div>
            <div class="picker__choices" tabindex="0" role="group" aria-label=i18n.t(Key::ChatEmoji)>{inside}</div>
        </div>
    }
}

/// A picture of LINE's; words where it can't be loaded.
#[component]
fn Picture(url: String, words: String) -> impl IntoView {
    let failed = RwSignal::new(false);
    move || {
        if failed.get() {
            view! { <span class="picker__words" aria-hidden="true">{words.clone()}</span> }.into_any()
        } else {
            view! { <img src=url.clone() alt="" loading="lazy" on:error=move |_| failed.set(true)/> }.into_any()
        }
    }
}

#[component]
fn Emoji(picked: Callback<Picked>) -> impl IntoView {
    let i18n = use_i18n();
    let group = move |name: Key, all: Vec<String>| {
        let each = all.into_iter().map(|one| {
            let put = one.clone();
            let put = move |_| {
                emoji::picked(&put);
                picked.run(Picked::Emoji(put.clone()));
            };
            view! { <button type="button" class="picker__emoji" on:click=put>{one}</button> }
        });
        view! {
            <h3 class="picker__title">{i18n.t(name)}</h3>
            <div class="picker__grid picker__grid--small">{each.collect_view()}</div>
        }
    };
    let recent = Some(emoji::recent()).filter(|recent| !recent.is_empty());
    view! {
        {recent.map(|recent| group(Key::ChatEmojiRecent, recent))}
        {emoji::GROUPS
            .map(|(name, all)| group(name, all.split(' ').map(str::to_owned).collect()))
            .collect_view()}
    }
}

#[component]
fn LineEmojis(picked: Callback<Picked>) -> impl IntoView {
    let each = LINE_EMOJI.map(|emoji| {
        view! {
            <button
                type="button"
                class="picker__emoji"
                aria-label=format!("({})", emoji.word)
                title=emoji.word
                on:click=move |_| picked.run(Picked::Line(emoji))
            >
                <Picture url=emoji_url(LINE_EMOJI_PRODUCT, emoji.id) words=emoji.word.to_owned()/>
            </button>
        }
    });
    view! { <div class="picker__grid picker__grid--small">{each.collect_view()}</div> }
}

#[component]
fn Stickers(picked: Callback<Picked>, pack: Pack) -> impl IntoView {
    let i18n = use_i18n();
    let each = (pack.first..=pack.last).map(|id| {
        let number = id.to_string();
        let words = sticker_words(id).map_or_else(|| number.clone(), str::to_owned);
        let label = i18n.fill(Key::SimStickerNumber, &[("number", &words)]);
        view! {
            <button
                type="button"
                class="picker__sticker"
                aria-label=label
                on:click=move |_| picked.run(Picked::Sticker(pack, id))
            >
                <Picture url=sticker_url(&number) words/>
            </button>
        }
    });
    view! { <div class="picker__grid">{each.collect_view()}</div> }
}
