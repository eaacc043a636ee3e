//! One message, or one set of pictures, as the room shows it.

use super::{
    delivery::Sent,
    event::event,
    fold::{Folded, is_long},
    held::More,
    media,
    reading::use_reading,
    use_desktop, words,
};
use crate::{
    chat::model::{Direction, Message, RoomKind, last_words},
    i18n::{Key, use_i18n},
    id::{MessageId, OperatorId},
    line::event::Content,
    team::view::Session,
    ui::{
        Avatar, AvatarSize, Icon, IconView, Time, TimeStyle,
        phone::{self, Scene, Shape, Taps},
    },
};
use leptos::{ev::MouseEvent, prelude::*};
use serde_json::Value;

/// Whose bubble it is, as the reader sees it.
fn side(message: &Message, me: Option<OperatorId>) -> &'static str {
    match (message.direction, &message.operator) {
        (Direction::Event, _) => "event",
        (Direction::In, _) => "theirs",
        (Direction::Out, None) => "automatic",
        (Direction::Out, Some(author)) if Some(author.id) == me || me.is_none() => "mine",
        (Direction::Out, Some(_)) => "colleague",
    }
}

/// A message; shown anew whenever the server changes it.
#[component]
pub fn Bubble(
    /// Message.
    id: MessageId,
    /// First of what one person said in one go.
    first: bool,
    /// Last of it.
    last: bool,
) -> impl IntoView {
    let desk = use_desktop().feed.desk;
    // A quotation changes with what it quotes.
    let seq = Memo::new(move |_| {
        desk.with(|desk| {
            let message = desk.message(id)?;
            let quoted = message.quote.as_ref().and_then(|quote| desk.message(quote.id));
            Some((message.seq, quoted.map(|quoted| quoted.seq)))
        })
    });
    move || {
        // Read, not only tracked: a memo that was never read follows nothing.
        seq.get();
        let message = desk.with_untracked(|desk| desk.message(id).cloned());
        message.map(|message| one(&message, first, last)).into_any()
    }
}

fn one(message: &Message, first: bool, last: bool) -> AnyView {
    if let Content::Notice { notice } = &message.content {
        return event(message, notice);
    }
    if let Content::Note { .. } = &message.content {
        return super::note::note(message);
    }
    let me = use_context::<Session>().map(|session| session.me.with_untracked(|me| me.id));
    let shape = match &message.content {
        Content::Sticker { .. } | Content::Image { .. } | Content::Video { .. } => Shape::Bare,
        Content::Rich { body } | Content::Unknown { raw: body, .. } => phone::shape(body),
        _ => Shape::Bubble,
    };
    let said = view! {
        {quotation(message)}
        <div
            class="bubble"
            class:bubble--bare=shape != Shape::Bubble
            class:bubble--wide=shape == Shape::Wide
            class:bubble--unsent=message.content == Content::Unsent
        >
            {content(message)}
        </div>
        {media::below(message)}
    };
    frame(message, side(message, me), first, last, said.into_any(), true)
}

/// Pictures that were sent together, as a grid.
#[component]
pub fn Pictures(
    /// Messages.
    ids: Vec<MessageId>,
    /// First of what one person said in one go.
    first: bool,
) -> impl IntoView {
    let desk = use_desktop().feed.desk;
    let known = ids.clone();
    let seqs = Memo::new(move |_| {
        desk.with(|desk| known.iter().map(|id| desk.message(*id).map(|message| message.seq)).collect::<Vec<_>>())
    });
    let one = |message: &Message| {
        view! { <div class="msg-set__one" id=anchor(message.id)>{content(message)}{media::below(message)}</div> }
            .into_any()
    };
    move || {
        seqs.get();
        let messages: Vec<Message> =
            desk.with_untracked(|desk| ids.iter().filter_map(|id| desk.message(*id).cloned()).collect());
        let me = use_context::<Session>().map(|session| session.me.with_untracked(|me| me.id));
        messages.last().map(|last| {
            let grid = phone::media::pictures(messages.iter().map(one).collect());
            frame(last, side(last, me), first, true, grid, false)
        })
    }
}

/// What stands around what was said: who, when, how sending went. `anchored` gives it the message's id on the page.
fn frame(message: &Message, side: &'static str, first: bool, last: bool, said: AnyView, anchored: bool) -> AnyView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    // One to one there is only one they can be.
    let alone = feed.desk.with_untracked(|desk| {
        desk.open_id().and_then(|id| desk.room(id)).is_some_and(|room| room.kind == RoomKind::User)
    });
    let author = match side {
        "theirs" if alone => None,
        "theirs" => message.person.as_ref().map(|person| {
            let name = Some(person.name.clone()).filter(|name| !name.is_empty());
            (person.id.0, name.unwrap_or_else(|| i18n.t(Key::ChatUnknownName).to_owned()), person.picture.clone())
        }),
        "colleague" => message.operator.as_ref().map(|author| (author.id.0, author.name.clone(), None)),
        _ => None,
    };
    let called = calls_us(&message.content);
    let mut below = Vec::new();
    if called {
        below.push(view! { <span class="say__called">{i18n.t(Key::ChatMentionsUs)}</span> }.into_any());
    }
    if side == "automatic" {
        below.push(view! { <IconView icon=Icon::Robot/>{i18n.t(Key::ChatAutomatic)} }.into_any());
    }
    if message.edited {
        below.push(i18n.t(Key::ChatEdited).into_any());
    }
    let id = message.id;
    let marked = move || feed.message() == Some(id);
    let shows_time = last || message.direction == Direction::Out;
    view! {
        <div
            class=format!("say say--{side}")
            class:say--first=first
            class:say--called=called
            class:say--marked=marked
            id=anchored.then(|| anchor(id))
        >
            {author
                .clone()
                .map(|(seed, name, picture)| {
                    view! {
                        <span class="say__who">
                            {first.then(|| view! { <Avatar name picture seed size=AvatarSize::Small/> })}
                        </span>
                    }
                })}
            <div class="say__what">
                {author.filter(|_| first).map(|(_, name, _)| view! { <span class="say__name" dir="auto">{name}</span> })}
                {said}
                {(shows_time || !below.is_empty())
                    .then(|| {
                        view! {
                            <div class="say__below">
                                {below.into_iter().map(|part| view! { <span>{part}</span> }).collect_view()}
                                {shows_time.then(|| view! { <Time at=message.at style=TimeStyle::Clock/> })}
                                <Sent message=message.clone()/>
                            </div>
                        }
                    })}
            </div>
            <More id/>
        </div>
    }
    .into_any()
}

/// Whether the account itself is named.
fn calls_us(content: &Content) -> bool {
    matches!(content, Content::Text { mentions, .. } if mentions.iter().any(|mention| mention.is_self))
}

/// The id of a message on the page.
pub fn anchor(id: MessageId) -> String {
    format!("m{id}")
}

fn content(message: &Message) -> AnyView {
    let i18n = use_i18n();
    match &message.content {
        Content::Text { text, emojis, mentions } => {
            let words = phone::rich_text(text, emojis, mentions, Taps::default());
            if is_long(text) { view! { <Folded>{words}</Folded> }.into_any() } else { words }
        }
        Content::Image { external, .. } => media::picture(message, external.as_ref()),
        Content::Video { external, .. } => phone::media::video(&media::source(message, external.as_ref()), None),
        Content::Audio { duration, external } => {
            phone::media::audio(&media::source(message, external.as_ref()), *duration)
        }
        Content::File { name, size } => phone::media::file(&media::source(message, None), name, *size),
        Content::Location { title, address, latitude, longitude } => {
            phone::media::location(title, address, *latitude, *longitude)
        }
        Content::Sticker { sticker_id, keywords, text, .. } => {
            let words = text.clone().unwrap_or_else(|| keywords.iter().take(3).cloned().collect::<Vec<_>>().join(", "));
            phone::media::sticker(sticker_id, &words)
        }
        Content::Unsent => view! { <p class="msg-missing">{i18n.t(Key::ChatUnsent)}</p> }.into_any(),
        Content::Notice { .. } | Content::Note { .. } => ().into_any(),
        Content::Rich { body } => rich(body),
        // What an earlier version did not know may be known by now.
        Content::Unknown { raw, .. } if phone::is_drawn(raw) => rich(raw),
        Content::Unknown { kind, raw } => phone::unknown(kind, raw),
    }
}

/// A message as its phone shows it. Nothing happens here when it is tapped; one reads what would.
fn rich(body: &Value) -> AnyView {
    let i18n = use_i18n();
    let names = use_desktop().feed.desk.with_untracked(|desk| {
        let people = desk.open_room().into_iter().flat_map(|open| &open.people);
        people.map(|person| (person.user_id.clone(), person.name.clone())).collect()
    });
    let told = RwSignal::new(None::<String>);
    let taps = Taps::to(Callback::new(move |act: phone::Act| told.set(Some(phone::explain(i18n, &act.action)))));
    let told = move || {
        let dismiss = move |_| told.set(None);
        told.get().map(|words| {
            view! {
                <span class="say__told" dir="auto">
                    {words}
                    <button type="button" class="link-button" on:click=dismiss>{i18n.t(Key::UiClose)}</button>
                </span>
            }
        })
    };
    let (name, icon) = phone::sender(body);
    let sender = (name.is_some() || icon.is_some()).then(|| {
        view! {
            <span class="say__name say__sender" dir="auto">
                {icon.map(|src| view! { <img class="say__icon" src=src alt="" loading="lazy" decoding="async"/> })}
                {name}
            </span>
        }
    });
    view! {
        {sender}
        {phone::message(body, &Scene { taps, names, ..Scene::default() })}
        {phone::quick_replies(body, taps)}
        <span role="status">{told}</span>
    }
    .into_any()
}

/// The message that this one quotes, small; leads to it, wherever in the room it is.
fn quotation(message: &Message) -> Option<AnyView> {
    let i18n = use_i18n();
    message.quoted.as_ref()?;
    let Some(quote) = &message.quote else {
        return Some(view! { <span class="say__quote">{i18n.t(Key::ChatQuoteElsewhere)}</span> }.into_any());
    };
    let reading = use_reading();
    let known = reading.feed().desk.with_untracked(|desk| {
        let original = desk.message(quote.id)?;
        Some(words::kind(i18n, original.content.name(), &last_words(&original.content)))
    });
    let words = known.unwrap_or_else(|| words::kind(i18n, &quote.kind, &quote.text));
    let (from, to, name) = (message.id, quote.id, quote.name.clone());
    let go = move |event: MouseEvent| {
        // With a key held down the reader wants a window of their own.
        if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            event.prevent_default();
            reading.jump(from, to);
        }
    };
    Some(
        view! {
            <a class="say__quote" href=reading.href(to) title=i18n.t(Key::ChatQuoted) on:click=go>
                {(!name.is_empty()).then(|| view! { <span class="say__quoted" dir="auto">{name}</span> })}
                <span dir="auto">{words}</span>
            </a>
        }
        .into_any(),
    )
}
