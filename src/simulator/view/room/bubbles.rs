//! What was said, by days.

use super::super::{
    bubble::{Bubble, Names, Quoted, preview},
    compose::author,
    talk::Talk,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::model::{Author, Message, Room},
    ui::{Time, TimeStyle},
};
use leptos::prelude::*;

const DAY: i64 = 86_400_000;
/// What one says within this time is drawn as one.
const CLOSE: i64 = 60_000;

/// How far the reader's clock is ahead of UTC, in milliseconds; 0 on the server.
fn ahead() -> i64 {
    if cfg!(target_arch = "wasm32") {
        #[expect(clippy::cast_possible_truncation, reason = "a number of minutes, less than a day")]
        let minutes = js_sys::Date::new_0().get_timezone_offset() as i64;
        -minutes * 60_000
    } else {
        0
    }
}

/// Whether a message goes on with what the one before it began.
fn follows(before: Option<&Message>, message: &Message) -> bool {
    before.is_some_and(|before| {
        before.from == message.from
            && message.from != Author::Notice
            && !before.unsent
            && (message.time - before.time) < CLOSE
            // Who lends their name to one message does not lend it to the next.
            && before.body.get("sender") == message.body.get("sender")
    })
}

/// See the module.
#[component]
pub fn Bubbles(
    /// The room.
    room: Room,
    /// What goes on in it.
    talk: Talk,
) -> impl IntoView {
    let i18n = use_i18n();
    // The server does not know where the reader is: it shows UTC's days, the page corrects them.
    let zone = RwSignal::new(0);
    Effect::new(move |_| zone.set(ahead()));
    let me = room.me.id.clone();
    provide_context(Names(room.members.iter().map(|person| (person.id.clone(), person.name.clone())).collect()));
    let quote = |number: usize| {
        let (_, message) = room.quotes.iter().find(|(at, _)| *at == number)?;
        let name = author(Some(&room), message);
        Some(Quoted { id: message.id.clone(), name, line: preview(i18n, message) })
    };
    let mut before: Option<&Message> = None;
    let bubbles = room.messages.iter().enumerate().map(|(number, message)| {
        let earlier = before.map(|before| before.time);
        let close = follows(before, message);
        before = Some(message);
        let at = message.time;
        let new_day = move || {
            let day = |time: i64| (time + zone.get()).div_euclid(DAY);
            earlier.is_none_or(|earlier| day(earlier) != day(at))
        };
        let name = author(Some(&room), message);
        view! {
            {move || new_day().then(|| view! {
                <li class="phone__day"><Time at=at style=TimeStyle::Day/></li>
            })}
            <Bubble message=message.clone() me=me.clone() name talk quoted=quote(number) close/>
        }
    });
    let bubbles = bubbles.collect_view();
    let name = room.bot.as_ref().map(|bot| bot.name.clone()).unwrap_or_default();
    view! {
        {room.messages.is_empty().then(|| view! { <p class="phone__empty">{i18n.t(Key::SimEmptyRoom)}</p> })}
        <ul class="phone__bubbles">{bubbles}</ul>
        {room.loading.then(|| view! {
            <div class="phone-bubble phone-bubble--busy" role="status">
                <span class="visually-hidden">{format!("{name}: {}", i18n.t(Key::SimBusy))}</span>
                <span class="phone-dots" aria-hidden="true"><i></i><i></i><i></i></span>
            </div>
        })}
    }
}
