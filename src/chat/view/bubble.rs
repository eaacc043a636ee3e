//! One message, or one set of pictures, as the room shows it.

use super::{delivery::Sent, media, use_desktop, words};
use crate::{
    chat::model::{Direction, Message, RoomKind},
    i18n::{Key, use_i18n},
    id::{MessageId, OperatorId},
    line::event::Content,
    team::view::Session,
    ui::{
        Avatar, AvatarSize, Icon, IconView, Time, TimeStyle,
        phone::{self, Scene, Shape, Taps},
    },
};
use leptos::prelude::*;
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
    let seq = Memo::new(move |_| desk.with(|desk| desk.message(id).map(|message| message.seq)));
    move || {
        // Read, not only tracked: a memo that was never read follows nothing.
        seq.get();
        let message = desk.with_untracked(|desk| desk.message(id).cloned());
        message.map(|message| one(&message, first, last)).into_any()
    }
}

fn one(message: &Message, first: bool, last: bool) -> AnyView {
    let i18n = use_i18n();
    let desk = use_desktop().feed.desk;
    if let Content::Notice { notice } = &message.content {
        let words = desk.with_untracked(|desk| words::notice(i18n, notice, desk.open_room()));
        return view! {
            <p class="chat-event" id=anchor(message.id)>{words}" "<Time at=message.at style=TimeStyle::Clock/></p>
        }
        .into_any();
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
            class:bubble--unsent=message.content == Content::Unsent
        >
            {content(message)}
        </div>
    };
    frame(message, side(message, me), first, last, said.into_any())
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
    move || {
        seqs.get();
        let messages: Vec<Message> =
            desk.with_untracked(|desk| ids.iter().filter_map(|id| desk.message(*id).cloned()).collect());
        let me = use_context::<Session>().map(|session| session.me.with_untracked(|me| me.id));
        messages.last().map(|last| {
            let grid = phone::media::pictures(messages.iter().map(content).collect());
            frame(last, side(last, me), first, true, grid)
        })
    }
}

fn frame(message: &Message, side: &'static str, first: bool, last: bool, said: AnyView) -> AnyView {
    let i18n = use_i18n();
    // One to one there is only one they can be.
    let alone = use_desktop().feed.desk.with_untracked(|desk| {
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
    let mut below = Vec::new();
    if side == "automatic" {
        below.push(view! { <IconView icon=Icon::Robot/>{i18n.t(Key::ChatAutomatic)} }.into_any());
    }
    if message.edited {
        below.push(i18n.t(Key::ChatEdited).into_any());
    }
    let shows_time = last || message.direction == Direction::Out;
    view! {
        <div class=format!("say say--{side}") class:say--first=first id=anchor(message.id)>
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
                {author.filter(|_| first).map(|(_, name, _)| view! { <span class="say__name">{name}</span> })}
                {said}
                <super::compose::reply::Reply message=message.clone()/>
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
        </div>
    }
    .into_any()
}

/// The id of a message on the page.
pub fn anchor(id: MessageId) -> String {
    format!("m{id}")
}

fn content(message: &Message) -> AnyView {
    let i18n = use_i18n();
    match &message.content {
        Content::Text { text, emojis, mentions } => phone::rich_text(text, emojis, mentions, Taps::default()),
        Content::Image { external, .. } => phone::media::picture(&media::source(message, external.as_ref())),
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
        Content::Notice { .. } => ().into_any(),
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
    view! {
        {phone::sender(body).0.map(|name| view! { <span class="say__name">{name}</span> })}
        {phone::message(body, &Scene { taps, names, ..Scene::default() })}
        {phone::quick_replies(body, taps)}
        <span role="status">{told}</span>
    }
    .into_any()
}

/// The message that this one quotes, small; leads to it when it is here.
fn quotation(message: &Message) -> Option<AnyView> {
    let i18n = use_i18n();
    let line_id = message.quoted.as_deref()?;
    let original = use_desktop().feed.desk.with_untracked(|desk| {
        let original = desk.open_room()?.by_line_id(line_id)?;
        let words = words::kind(i18n, original.content.name(), &crate::chat::model::last_words(&original.content));
        Some((original.id, words))
    });
    Some(match original {
        Some((id, words)) => {
            view! { <a class="say__quote" href=format!("#{}", anchor(id)) rel="external" dir="auto">{words}</a> }
                .into_any()
        }
        None => view! { <span class="say__quote">{i18n.t(Key::ChatQuoteElsewhere)}</span> }.into_any(),
    })
}
