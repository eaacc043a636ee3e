//! Bubbles, as a phone draws them.

use super::{hand::Hand, hold::Hold, seed, talk::Talk};
use crate::{
    i18n::{I18n, Key, use_i18n},
    simulator::model::{Author, Message},
    ui::{
        Avatar, AvatarSize, Icon, IconView, Time, TimeStyle,
        phone::{self, Scene, Shape},
    },
};
use leptos::prelude::*;
use serde_json::Value;

fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What a notice says.
fn notice(i18n: I18n, body: &Value) -> String {
    let names = text(body, "text");
    match text(body, "type") {
        "added" => i18n.t(Key::SimAdded).to_owned(),
        "unblocked" => i18n.t(Key::SimUnblocked).to_owned(),
        "blocked" => i18n.t(Key::SimBlocked).to_owned(),
        "came" => i18n.fill(Key::SimCame, &[("names", &names)]),
        "left" => i18n.fill(Key::SimLeft, &[("names", &names)]),
        "renamed" => i18n.fill(Key::SimRenamed, &[("name", &names)]),
        "tapped" => i18n.fill(Key::SimTapped, &[("text", &names)]),
        other => other.to_owned(),
    }
}

/// A message in one line.
pub fn preview(i18n: I18n, message: &Message) -> String {
    let body = &message.body;
    if message.unsent {
        return i18n.t(Key::SimUnsent).to_owned();
    }
    if message.from == Author::Notice {
        return notice(i18n, body);
    }
    phone::line(i18n, body, &names())
}

/// The names of those in the room, by user id: for whom a text names.
#[derive(Clone)]
pub struct Names(pub Vec<(String, String)>);

fn names() -> Vec<(String, String)> {
    use_context::<Names>().map(|Names(names)| names).unwrap_or_default()
}

/// The content of a bubble.
fn content(message: &Message) -> AnyView {
    let taps = use_context::<Hand>().map(|hand| hand.taps(message.id.clone(), message.body.clone()));
    let held = Some(format!("/simulator/content/{}", message.id));
    let scene = Scene { taps: taps.unwrap_or_default(), held, names: names() };
    phone::message(&message.body, &scene)
}

/// What a message quotes, in a line.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// The quoted message.
    pub id: String,
    /// Who said it.
    pub name: String,
    /// What it says.
    pub line: String,
}

/// One message, on the phone of `me`.
#[component]
pub fn Bubble(
    /// The message.
    message: Message,
    /// Whose phone it is.
    me: String,
    /// Name of its author.
    name: String,
    /// What goes on in the room.
    talk: Talk,
    /// What it quotes.
    quoted: Option<Quoted>,
    /// Its author said something right before.
    close: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let place = message.id.clone();
    if message.unsent || message.from == Author::Notice {
        let words = preview(i18n, &message);
        return view! { <li data-id=place class="phone-bubble phone-bubble--notice"><p>{words}</p></li> }.into_any();
    }
    let (mine, author) = match &message.from {
        Author::User(id) => (*id == me, id.clone()),
        Author::Bot(id) => (false, id.clone()),
        Author::Notice => (false, String::new()),
    };
    let sent = matches!(message.from, Author::Bot(_));
    let shape = phone::shape(&message.body);
    let inside = content(&message);
    // A message may bring a name and a picture of its own; whose account it is stays to be read.
    let (own_name, picture) = phone::sender(&message.body);
    let shown = match own_name {
        Some(own) => i18n.fill(Key::SimSender, &[("name", &own), ("account", &name)]),
        None => name.clone(),
    };
    let id = message.id.clone();
    let found = move || talk.found.with(|found| *found == id);
    let hold = Hold::new(talk, message.clone());
    let label =
        format!("{}: {}", i18n.t(Key::SimActions), preview(i18n, &message).chars().take(40).collect::<String>());
    let quote = quoted.map(|Quoted { id, name, line }| {
        view! {
            <button
                type="button"
                class="phone-bubble__quote"
                title=i18n.t(Key::SimJump)
                on:click=move |_| talk.jump(&id)
            >
                <strong>{name}</strong>
                <span>{line}</span>
            </button>
        }
    });
    view! {
        <li
            data-id=place
            data-sent=sent.then_some("")
            class="phone-bubble"
            class:phone-bubble--mine=mine
            class:phone-bubble--close=close
            class:phone-bubble--found=found
            class:phone-bubble--wide=shape == Shape::Wide
        >
            {(!mine).then(|| view! {
                <Avatar name=name.clone() picture=picture.clone() seed=seed(&author) size=AvatarSize::Small/>
            })}
            <div class="phone-bubble__column">
                {(!mine && !close).then(|| view! { <span class="phone-bubble__name">{shown.clone()}</span> })}
                <div
                    class="phone-bubble__hold"
                    on:contextmenu=move |event| hold.menu(&event)
                    on:pointerdown=move |event| hold.down(&event)
                    on:pointermove=move |event| hold.moved(&event)
                    on:pointerup=move |_| hold.let_go()
                    on:pointercancel=move |_| hold.let_go()
                >
                    {quote}
                    <div class="phone-bubble__body" class:phone-bubble__body--bare=shape != Shape::Bubble>{inside}</div>
                </div>
            </div>
            <div class="phone-bubble__meta">
                <button
                    type="button"
                    class="phone-bubble__more"
                    aria-label=label
                    aria-haspopup="dialog"
                    on:click=move |event| hold.press(&event)
                >
                    <IconView icon=Icon::More/>
                </button>
                {message.edited.then(|| view! { <span>{i18n.t(Key::SimEdited)}</span> })}
                {message.silent.then(|| view! { <span>{i18n.t(Key::SimSilent)}</span> })}
                {(mine && message.read).then(|| view! { <span>{i18n.t(Key::SimRead)}</span> })}
                <Time at=message.time style=TimeStyle::Clock/>
            </div>
        </li>
    }
    .into_any()
}
