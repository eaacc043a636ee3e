//! One message, or one set of pictures, as the room shows it.

use super::{delivery::Sent, media, text::rich_text, use_desktop, words};
use crate::{
    chat::model::{Direction, Message, RoomKind},
    i18n::{Key, use_i18n},
    id::{MessageId, OperatorId},
    line::event::Content,
    team::view::Session,
    ui::{Avatar, AvatarSize, Icon, IconView, Tag, Time, TimeStyle},
};
use leptos::prelude::*;

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
    let bare = matches!(message.content, Content::Sticker { .. } | Content::Image { .. } | Content::Video { .. });
    let said = view! {
        {quotation(message)}
        <div class="bubble" class:bubble--bare=bare class:bubble--unsent=message.content == Content::Unsent>
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
            let grid = messages.iter().map(|message| view! { <li>{content(message)}</li> }).collect_view();
            frame(last, side(last, me), first, true, view! { <ul class="bubble-set">{grid}</ul> }.into_any())
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
        Content::Text { text, emojis, mentions } => {
            view! { <p class="bubble__text" dir="auto">{rich_text(text, emojis, mentions)}</p> }.into_any()
        }
        Content::Image { external, .. } => media::picture(message, external.as_ref()),
        Content::Video { external, .. } => media::video(message, external.as_ref()),
        Content::Audio { duration, external } => media::audio(message, *duration, external.as_ref()),
        Content::File { name, size } => media::file(message, name, *size),
        Content::Location { title, address, latitude, longitude } => {
            media::location(title, address, *latitude, *longitude)
        }
        Content::Sticker { .. } => media::sticker(&message.content),
        Content::Unsent => view! { <p class="bubble__missing">{i18n.t(Key::ChatUnsent)}</p> }.into_any(),
        Content::Notice { .. } => ().into_any(),
        Content::Unknown { kind, raw } => {
            let (kind, raw) = (kind.clone(), serde_json::to_string_pretty(raw).unwrap_or_default());
            view! {
                <details class="bubble__unknown">
                    <summary>{i18n.t(Key::ChatKindUnknown)}" "<Tag>{kind}</Tag></summary>
                    <pre>{raw}</pre>
                </details>
            }
            .into_any()
        }
    }
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
