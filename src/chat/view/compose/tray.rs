//! What goes before the text: rows that can be moved and taken out, and the message that is answered.

use super::Compose;
use crate::{
    chat::{
        model::{Direction, draft::Bubble, last_words, upload::size_words},
        view::words,
    },
    i18n::{I18n, Key, use_i18n},
    line::sticker::sticker_url,
    ui::{Icon, IconView},
};
use leptos::prelude::*;

/// What a bubble is called where only a line is there for it.
pub fn name(i18n: I18n, bubble: &Bubble) -> String {
    match bubble {
        Bubble::Image { file } | Bubble::Video { file } | Bubble::Audio { file } | Bubble::File { file } => {
            file.name.clone()
        }
        Bubble::Coupon { title, .. } if !title.is_empty() => title.clone(),
        bubble => {
            let content = bubble.content();
            let words = words::kind(i18n, content.name(), &last_words(&content));
            let short: String = words.chars().take(60).collect();
            if short.len() < words.len() { format!("{short}…") } else { short }
        }
    }
}

/// The rows.
#[component]
pub fn Parts(compose: Compose) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        let bubbles = compose.bubbles.get();
        let last = bubbles.len().saturating_sub(1);
        bubbles.into_iter().enumerate().map(|(at, bubble)| row(compose, i18n, at, last, &bubble)).collect_view()
    };
    let any = Memo::new(move |_| compose.bubbles.with(|bubbles| !bubbles.is_empty()));
    move || {
        any.get().then(|| {
            view! { <ol class="composer-parts" aria-label=i18n.t(Key::ChatParts)>{rows}</ol> }
        })
    }
}

fn row(compose: Compose, i18n: I18n, at: usize, last: usize, bubble: &Bubble) -> AnyView {
    let name = name(i18n, bubble);
    let account = compose.account();
    let picture = match bubble {
        Bubble::Image { file } | Bubble::Video { file } => Some(format!("/a/{account}/upload/{}/thumb", file.id)),
        Bubble::Sticker { sticker_id, .. } => Some(sticker_url(sticker_id)),
        _ => None,
    };
    let icon = match bubble {
        Bubble::Audio { .. } => Icon::Mic,
        Bubble::File { .. } => Icon::File,
        Bubble::Location { .. } => Icon::Pin,
        Bubble::Card { .. } => Icon::Message,
        Bubble::Coupon { .. } => Icon::Ticket,
        Bubble::Text { .. } => Icon::Chat,
        _ => Icon::Picture,
    };
    let failed = RwSignal::new(false);
    let sign = move || match picture.clone().filter(|_| !failed.get()) {
        Some(url) => {
            view! { <img class="composer-part__picture" src=url alt="" on:error=move |_| failed.set(true)/> }.into_any()
        }
        None => view! { <IconView icon/> }.into_any(),
    };
    let size = bubble.upload().map(|file| size_words(file.size));
    let go = move |to: usize| {
        compose.bubbles.update(|bubbles| {
            if at.max(to) < bubbles.len() {
                bubbles.swap(at, to);
            }
        });
    };
    let button = |key: Key, icon: Icon, off: bool, act: Box<dyn Fn() + Send>| {
        let label = i18n.fill(key, &[("name", &name)]);
        view! {
            <button
                type="button"
                class="composer-icon"
                aria-label=label.clone()
                title=label
                disabled=off
                on:click=move |_| act()
            >
                <IconView icon/>
            </button>
        }
    };
    let up = (last > 0).then(|| {
        let up = button(Key::ChatMoveUp, Icon::Down, at == 0, Box::new(move || go(at.saturating_sub(1))));
        view! { <span class="composer-part__up">{up}</span> }
    });
    let down = (last > 0).then(|| button(Key::ChatMoveDown, Icon::Down, at == last, Box::new(move || go(at + 1))));
    let out = button(
        Key::ChatRemove,
        Icon::Close,
        false,
        Box::new(move || {
            compose.bubbles.update(|bubbles| {
                if at < bubbles.len() {
                    bubbles.remove(at);
                }
            });
        }),
    );
    view! {
        <li class="composer-part">
            {sign}
            <span class="composer-part__words" dir="auto">{name.clone()}</span>
            {size.map(|size| view! { <span class="composer-part__size">{size}</span> })}
            {up}
            {down}
            {out}
        </li>
    }
    .into_any()
}

/// The message that is answered.
#[component]
pub fn Quoting(compose: Compose) -> impl IntoView {
    let i18n = use_i18n();
    let desk = super::super::use_desktop().feed.desk;
    move || {
        let id = compose.quoting.get()?;
        let (who, words) = desk.with(|desk| {
            let Some(message) = desk.message(id) else { return (String::new(), String::new()) };
            let who = match message.direction {
                Direction::In => message.person.as_ref().map(|person| person.name.clone()),
                _ => message.operator.as_ref().map(|operator| operator.name.clone()),
            };
            let words = words::kind(i18n, message.content.name(), &last_words(&message.content));
            (who.unwrap_or_else(|| i18n.t(Key::ChatUnknownName).to_owned()), words)
        });
        Some(view! {
            <div class="composer-quote">
                <p>
                    <strong>{i18n.fill(Key::ChatReplyingTo, &[("name", &who)])}</strong>
                    <span class="composer-quote__words" dir="auto">{words}</span>
                </p>
                <button
                    type="button"
                    class="composer-icon"
                    aria-label=i18n.t(Key::ChatStopReply)
                    title=i18n.t(Key::ChatStopReply)
                    on:click=move |_| compose.quoting.set(None)
                >
                    <IconView icon=Icon::Close/>
                </button>
            </div>
        })
    }
}
