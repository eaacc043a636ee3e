//! What goes on in a room on one phone, besides what the platform keeps: what is being written, which bubble is
//! held, what it quotes. It outlives the drawn bubbles, which are made anew whenever the room has changed.

use super::{
    deed::Deeds,
    phone::{Phone, use_phone},
    wanted::{Wanted, Wish},
};
use crate::simulator::{
    api,
    model::{Author, Mark, Message, Room, message},
};
use leptos::{html, prelude::*, task::spawn_local};
use serde_json::Value;
use std::collections::HashSet;
use web_sys::Element;

/// A bubble whose menu is open, and where it was touched.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The message.
    pub message: Message,
    /// From the left and from the top of the window.
    pub at: (i32, i32),
}

/// See the module.
#[derive(Clone, Copy)]
pub struct Talk {
    /// Whose phone it is.
    pub user: Signal<String>,
    /// The room's id.
    pub id: Signal<String>,
    /// The page's deeds.
    pub deeds: Deeds,
    /// The phone.
    pub phone: Phone,
    /// The room, once the page is alive; nothing before that.
    pub room: RwSignal<Option<Room>>,
    /// What is being written.
    pub draft: RwSignal<String>,
    /// What was chosen for it and not typed.
    pub marks: RwSignal<Vec<Mark>>,
    /// What the next message quotes.
    pub quoting: RwSignal<Option<Message>>,
    /// Which message is being changed.
    pub editing: RwSignal<Option<Message>>,
    /// The bubble whose menu is open.
    pub held: RwSignal<Option<Held>>,
    /// The bubble that was jumped to.
    pub found: RwSignal<String>,
    /// The sheet of the group's members is open.
    pub group: RwSignal<bool>,
    /// The sheet for a new group with this account is open.
    pub begin: RwSignal<bool>,
    /// What the bubbles stand on.
    pub wall: NodeRef<html::Div>,
    /// Counts up when what stands under the bubbles grows or shrinks.
    pub foot: RwSignal<u32>,
    /// What the line to write in is asked for.
    pub wish: Wish,
    /// Bubbles of the account that came into sight since the room was opened.
    seen: StoredValue<HashSet<String>>,
}

impl Talk {
    /// For one page.
    pub fn new(user: Signal<String>, id: Signal<String>, deeds: Deeds) -> Self {
        Self {
            user,
            id,
            deeds,
            phone: use_phone(),
            room: RwSignal::new(None),
            draft: RwSignal::new(String::new()),
            marks: RwSignal::new(Vec::new()),
            quoting: RwSignal::new(None),
            editing: RwSignal::new(None),
            held: RwSignal::new(None),
            found: RwSignal::new(String::new()),
            group: RwSignal::new(false),
            begin: RwSignal::new(false),
            wall: NodeRef::new(),
            foot: RwSignal::new(0),
            wish: Wish(RwSignal::new(None)),
            seen: StoredValue::new(HashSet::new()),
        }
    }

    /// As if the room had just been entered.
    pub fn clear(self) {
        self.room.set(None);
        self.draft.set(String::new());
        self.marks.set(Vec::new());
        self.quoting.set(None);
        self.editing.set(None);
        self.held.set(None);
        self.found.set(String::new());
        self.group.set(false);
        self.begin.set(false);
        self.seen.set_value(HashSet::new());
    }

    /// Bubbles came into sight: the platform is told of each once while the room is open.
    pub fn sight(self, bubbles: &[Element]) {
        let ids = bubbles.iter().filter_map(|bubble| bubble.get_attribute("data-id"));
        let new = self.seen.try_update_value(|seen| ids.filter(|id| seen.insert(id.clone())).collect::<Vec<_>>());
        let Some(new) = new.filter(|new| !new.is_empty()) else { return };
        let (user, room) = self.here();
        spawn_local(async move {
            // A statistic that is lost is nothing to the phone.
            let _ = api::sight(user, room, new).await;
        });
    }

    /// A film or sound stopped.
    pub fn played(self, player: &Element, percent: u8) {
        let bubble = player.closest("[data-sent]").ok().flatten();
        let Some(message) = bubble.and_then(|bubble| bubble.get_attribute("data-id")) else { return };
        let (user, room) = self.here();
        spawn_local(async move {
            let _ = api::play(user, room, message, percent).await;
        });
    }

    /// Whose phone and which room, outside of what follows changes.
    pub fn here(self) -> (String, String) {
        (self.user.get_untracked(), self.id.get_untracked())
    }

    /// Nothing can be sent.
    pub fn blocked(self) -> bool {
        self.room.with(|room| room.as_ref().is_some_and(|room| room.blocked))
    }

    /// Sends a message object, with the quote that is chosen if it can carry one.
    pub fn send(self, mut body: Value, failed: impl FnOnce() + 'static) {
        let (user, room) = self.here();
        let quotes = matches!(body["type"].as_str(), Some("text" | "sticker"));
        let quoting = self.quoting.get_untracked().filter(|_| quotes);
        if let Some(quoted) = &quoting {
            body["quotedMessageId"] = quoted.id.clone().into();
            self.quoting.set(None);
        }
        let work = async move {
            let sent = api::send_message(user, room, body).await;
            if sent.is_err() {
                let _ = self.quoting.try_set(quoting);
                failed();
            }
            sent
        };
        self.deeds.run(work, |()| ());
    }

    /// Sends what is written, or changes the message that is being changed. What could not be sent comes back,
    /// unless something else has been begun.
    pub fn write(self) {
        let (text, marks) = (self.draft.get_untracked(), self.marks.get_untracked());
        if text.trim().is_empty() || self.room.with_untracked(|room| room.as_ref().is_some_and(|room| room.blocked)) {
            return;
        }
        let body = message(&text, &marks);
        self.draft.set(String::new());
        self.marks.set(Vec::new());
        let back = move |editing: Option<Message>| {
            if self.draft.try_with_untracked(String::is_empty) == Some(true) {
                self.draft.set(text);
                self.marks.set(marks);
                self.editing.set(editing);
            }
        };
        let Some(old) = self.editing.get_untracked() else { return self.send(body, move || back(None)) };
        self.editing.set(None);
        let user = self.user.get_untracked();
        let work = async move {
            let done = api::edit(user, old.id.clone(), body).await;
            if done.is_err() {
                back(Some(old));
            }
            done
        };
        self.deeds.run(work, |()| ());
    }

    /// Begins to answer a message.
    pub fn quote(self, message: Message) {
        self.editing.set(None);
        self.quoting.set(Some(message));
        self.wish.ask(Wanted::Keyboard { fill_in: String::new() });
    }

    /// Begins to change a text.
    pub fn edit(self, message: Message) {
        self.quoting.set(None);
        self.marks.set(self.room.with_untracked(|room| marks_of(&message.body, room.as_ref())));
        let text = message.body["text"].as_str().unwrap_or_default().to_owned();
        self.editing.set(Some(message));
        self.wish.ask(Wanted::Keyboard { fill_in: text });
    }

    /// Opens the menu of a message, if there is anything in it.
    pub fn hold(self, message: &Message, at: (i32, i32)) {
        let offers = self.room.with_untracked(|room| room.as_ref().map(|room| Offers::of(message, room)));
        if offers.is_some_and(|offers| !offers.none()) {
            self.held.set(Some(Held { message: message.clone(), at }));
        }
    }

    /// Goes to a message that was quoted, and shows which it is.
    pub fn jump(self, id: &str) {
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        let wall = self.wall.get_untracked();
        // Another phone on the page may show the same room.
        let bubble = wall.and_then(|wall| wall.query_selector(&format!("[data-id='{digits}']")).ok().flatten());
        let Some(bubble) = bubble else { return };
        bubble.scroll_into_view();
        self.found.set(String::new());
        let id = id.to_owned();
        // Drawn once without it, so that it lights up again.
        request_animation_frame(move || {
            let _ = self.found.try_set(id);
        });
    }

    /// Leaves the message as it was.
    pub fn stop_editing(self) {
        self.editing.set(None);
        self.draft.set(String::new());
        self.marks.set(Vec::new());
    }
}

/// The marks of a text that was sent, so that they stay when it is changed.
fn marks_of(body: &Value, room: Option<&Room>) -> Vec<Mark> {
    let units: Vec<u16> = body["text"].as_str().unwrap_or_default().encode_utf16().collect();
    let part = |mark: &Value| {
        let number = |name: &str| mark[name].as_u64().and_then(|number| usize::try_from(number).ok());
        let (index, length) = number("index").zip(number("length"))?;
        Some(String::from_utf16_lossy(units.get(index..index.checked_add(length)?)?))
    };
    let mentions = body.pointer("/mention/mentionees").and_then(Value::as_array).into_iter().flatten();
    let mentions = mentions.filter_map(|mention| {
        let name = part(mention)?.trim_start_matches('@').to_owned();
        Some(match mention["userId"].as_str() {
            Some(id) => Mark::Person(id.to_owned(), name),
            None => Mark::All(name),
        })
    });
    let emojis = body["emojis"].as_array().into_iter().flatten().filter_map(|emoji| {
        let words = part(emoji)?;
        let known = crate::simulator::model::LINE_EMOJI.iter();
        known.map(|emoji| Mark::Emoji(*emoji)).find(|mark| mark.words() == words)
    });
    // Who has left can't be mentioned again.
    let there = |mark: &Mark| match mark {
        Mark::Person(id, _) => room.is_some_and(|room| {
            room.members.iter().any(|member| member.id == *id) || room.bot.as_ref().is_some_and(|bot| bot.user == *id)
        }),
        _ => true,
    };
    mentions.filter(there).chain(emojis).collect()
}

/// What the menu of a bubble offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offers {
    pub quote: bool,
    pub copy: bool,
    pub edit: bool,
    pub unsend: bool,
}

impl Offers {
    /// For this message in this room.
    pub fn of(message: &Message, room: &Room) -> Self {
        let mine = message.from == Author::User(room.me.id.clone()) && !message.read_token.is_empty();
        let text = matches!(message.body["type"].as_str(), Some("text" | "textV2"));
        let age = room.now - message.time;
        let (edit, unsend) = room.windows;
        Self {
            quote: !message.quote_token.is_empty() && !room.blocked,
            copy: text,
            edit: mine && text && room.id.starts_with('C') && age <= edit,
            unsend: mine && age <= unsend,
        }
    }

    /// There is nothing to be done.
    pub fn none(self) -> bool {
        !(self.quote || self.copy || self.edit || self.unsend)
    }
}
