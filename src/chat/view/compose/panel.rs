//! Emoji, LINE's emoji and stickers to pick from.

use super::{Compose, emoji};
use crate::{
    chat::model::draft::Bubble,
    i18n::{Key, use_i18n},
    line::{
        sticker::{Pack, STICKER_PACKS, sticker_url, sticker_words},
        sticon::{LINE_EMOJI, LINE_EMOJI_PRODUCT, emoji_url},
    },
    ui::Toasts,
};
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Emoji,
    Line,
    Pack(Pack),
}

/// A picture of LINE's; words where it can't be loaded.
#[component]
fn Picture(url: String, words: String) -> impl IntoView {
    let failed = RwSignal::new(false);
    move || {
        if failed.get() {
            view! { <span class="composer-panel__words" aria-hidden="true">{words.clone()}</span> }.into_any()
        } else {
            view! { <img src=url.clone() alt="" loading="lazy" on:error=move |_| failed.set(true)/> }.into_any()
        }
    }
}

/// See the module.
#[component]
pub fn Panel(compose: Compose) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(Shown::Emoji);
    let tab = move |what: Shown, label: String, inside: AnyView| {
        let on = move || if shown.get() == what { "true" } else { "false" };
        view! {
            <button
                type="button"
                class="composer-panel__tab"
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
        Shown::Emoji => view! { <Emoji compose/> }.into_any(),
        Shown::Line => view! { <LineEmojis compose/> }.into_any(),
        Shown::Pack(pack) => view! { <Stickers compose pack/> }.into_any(),
    };
    view! {
        <div class="composer-panel">
            <div class="composer-panel__tabs" role="group" aria-label=i18n.t(Key::ChatEmoji)>
                {tab(Shown::Emoji, i18n.t(Key::SimEmoji).to_owned(), "😊".into_any())}
                {tab(Shown::Line, i18n.t(Key::SimLineEmoji).to_owned(), "(L)".into_any())}
                {packs.collect_view()}
            </div>
            <div class="composer-panel__choices" tabindex="0" role="group" aria-label=i18n.t(Key::ChatEmoji)>{inside}</div>
        </div>
    }
}

#[component]
fn Emoji(compose: Compose) -> impl IntoView {
    let i18n = use_i18n();
    let group = move |name: Key, all: Vec<String>| {
        let each = all.into_iter().map(|one| {
            let put = one.clone();
            let put = move |_| {
                compose.insert_text(&put);
                emoji::picked(&put);
            };
            view! { <button type="button" class="composer-panel__emoji" on:click=put>{one}</button> }
        });
        view! {
            <h3 class="composer-panel__title">{i18n.t(name)}</h3>
            <div class="composer-panel__grid composer-panel__grid--small">{each.collect_view()}</div>
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
fn LineEmojis(compose: Compose) -> impl IntoView {
    let each = LINE_EMOJI.map(|emoji| {
        let words = format!("({})", emoji.word);
        let label = words.clone();
        let put = move |_| {
            compose.chosen.update(|chosen| {
                let picked = (words.clone(), LINE_EMOJI_PRODUCT.to_owned(), emoji.id.to_owned());
                if !chosen.contains(&picked) {
                    chosen.push(picked);
                }
            });
            compose.insert_text(&words);
        };
        view! {
            <button type="button" class="composer-panel__emoji" aria-label=label title=emoji.word on:click=put>
                <Picture url=emoji_url(LINE_EMOJI_PRODUCT, emoji.id) words=emoji.word.to_owned()/>
            </button>
        }
    });
    view! { <div class="composer-panel__grid composer-panel__grid--small">{each.collect_view()}</div> }
}

#[component]
fn Stickers(compose: Compose, pack: Pack) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let each = (pack.first..=pack.last).map(|id| {
        let number = id.to_string();
        let words = sticker_words(id).map_or_else(|| number.clone(), str::to_owned);
        let label = i18n.fill(Key::SimStickerNumber, &[("number", &words)]);
        let stick = move |_| {
            let sticker = Bubble::Sticker { package_id: pack.id.to_string(), sticker_id: id.to_string() };
            if !compose.add(sticker) {
                toasts.show(i18n.t(Key::ChatTooMany));
            }
        };
        view! {
            <button type="button" class="composer-panel__sticker" aria-label=label on:click=stick>
                <Picture url=sticker_url(&number) words/>
            </button>
        }
    });
    view! { <div class="composer-panel__grid">{each.collect_view()}</div> }
}
