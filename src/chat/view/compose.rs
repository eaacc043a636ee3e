//! What is being composed in the open room: the text, what goes with it, and whatever else parts of the inbox put in.

pub mod extras;
pub mod files;
pub mod later;
mod panel;
mod place;
pub mod tools;
pub mod tray;

use crate::{
    browser,
    chat::{
        api,
        live::feed::{Feed, draft_key},
        model::{
            draft::{Bubble, Draft, place_emojis},
            setting::Manners,
        },
    },
    id::{LaterId, MessageId, RoomId, SavedId},
    line::count::{BUBBLES_LIMIT, utf16},
};
use files::Going;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

/// The id of the text area on the page.
pub const AREA: &str = "chat-text";

/// An emoji of LINE's that was picked: the words that stand for it, product and emoji.
pub type Chosen = (String, String, String);

/// What is being composed: found in the desktop's context, copied freely.
#[derive(Clone, Copy)]
pub struct Compose {
    feed: Feed,
    /// The room whose composer is on the screen.
    pub room: RwSignal<Option<RoomId>>,
    /// What stands in the text area: goes last.
    pub text: RwSignal<String>,
    /// LINE's emoji that were picked for it.
    pub chosen: RwSignal<Vec<Chosen>>,
    /// What goes before it.
    pub bubbles: RwSignal<Vec<Bubble>>,
    /// What it answers.
    pub quoting: RwSignal<Option<MessageId>>,
    /// Arrives without a sound.
    pub silent: RwSignal<bool>,
    /// Under the operator's own name; none while nobody has chosen.
    pub as_me: RwSignal<Option<bool>>,
    /// What will be sent later and is being changed, with its time.
    pub editing: RwSignal<Option<(LaterId, i64)>>,
    /// Files on their way to the server, of every room.
    pub going: RwSignal<Vec<Going>>,
    /// How this account and this operator chat.
    pub manners: RwSignal<Manners>,
    /// Saved messages that went in: they count once this is sent.
    pub saved: RwSignal<Vec<SavedId>>,
}

impl Compose {
    /// Nothing yet.
    pub fn new(feed: Feed) -> Self {
        Self {
            feed,
            room: RwSignal::default(),
            text: RwSignal::default(),
            chosen: RwSignal::default(),
            bubbles: RwSignal::default(),
            quoting: RwSignal::default(),
            silent: RwSignal::default(),
            as_me: RwSignal::default(),
            editing: RwSignal::default(),
            going: RwSignal::default(),
            manners: RwSignal::default(),
            saved: RwSignal::default(),
        }
    }

    /// Learns how this account and this operator chat.
    pub fn learn(self) {
        Effect::new(move |_| {
            spawn_local(async move {
                if let Ok(manners) = api::manners(self.feed.account).await {
                    self.manners.try_set(manners);
                }
            });
        });
    }

    /// Whose inbox it is.
    pub fn account(self) -> crate::id::AccountId {
        self.feed.account
    }

    /// Puts words where the caret is, and goes there.
    pub fn insert_text(self, words: &str) {
        let at = area().and_then(|area| area.selection_end().ok().flatten());
        let mut caret = 0;
        self.text.update(|text| {
            let at = at.and_then(|at| usize::try_from(at).ok()).map_or(text.len(), |at| byte(text, at));
            text.insert_str(at, words);
            caret = utf16(&text[..at]) + utf16(words);
        });
        self.focus_at(Some(caret));
    }

    /// Adds something before the text. `false` when there is no more room: LINE takes five.
    pub fn add(self, bubble: Bubble) -> bool {
        if !self.has_room() {
            return false;
        }
        self.bubbles.update(|bubbles| bubbles.push(bubble));
        true
    }

    /// Whether one more fits.
    pub fn has_room(self) -> bool {
        let text = self.text.with_untracked(|text| usize::from(!text.trim().is_empty()));
        self.bubbles.with_untracked(Vec::len) + text < BUBBLES_LIMIT
    }

    /// Answers a message of the open room.
    pub fn quote(self, message: MessageId) {
        self.quoting.set(Some(message));
        self.focus();
    }

    /// Goes to the text.
    pub fn focus(self) {
        self.focus_at(None);
    }

    fn focus_at(self, caret: Option<usize>) {
        request_animation_frame(move || {
            let Some(area) = area() else { return };
            let _ = area.focus();
            if let Some(caret) = caret.and_then(|caret| u32::try_from(caret).ok()) {
                let _ = area.set_selection_range(caret, caret);
            }
        });
    }

    /// What would be sent now.
    pub fn draft(self) -> Draft {
        let mut bubbles = self.bubbles.get();
        let text = self.text.with(|text| text.trim().to_owned());
        if !text.is_empty() {
            let emojis = self.chosen.with(|chosen| place_emojis(&text, chosen));
            bubbles.push(Bubble::Text { text, emojis });
        }
        let as_me = self.as_me.get().unwrap_or_else(|| self.manners.with(|manners| manners.setting.as_me));
        Draft { bubbles, quote: self.quoting.get(), silent: self.silent.get(), as_me, saved: self.saved.get() }
    }

    /// Empties everything, as after sending.
    pub fn clear(self) {
        self.text.set(String::new());
        self.chosen.set(Vec::new());
        self.bubbles.set(Vec::new());
        self.quoting.set(None);
        self.silent.set(false);
        self.as_me.set(None);
        self.editing.set(None);
        self.saved.set(Vec::new());
    }

    /// Brings a draft back. What is being written stays, and what comes back stands before it.
    pub fn restore(self, draft: Draft) {
        let Draft { mut bubbles, quote, silent, as_me, saved } = draft;
        if self.text.with_untracked(|text| text.trim().is_empty())
            && let Some(Bubble::Text { text, emojis }) = bubbles.pop_if(|last| matches!(last, Bubble::Text { .. }))
        {
            let chosen = emojis.iter().filter_map(|emoji| {
                let words = text.get(byte(&text, emoji.index)..byte(&text, emoji.index + emoji.length))?;
                Some((words.to_owned(), emoji.product_id.clone(), emoji.emoji_id.clone()))
            });
            self.chosen.set(chosen.collect());
            self.text.set(text);
        }
        self.bubbles.update(|here| here.splice(0..0, bubbles).for_each(drop));
        if quote.is_some() {
            self.quoting.set(quote);
        }
        self.silent.set(silent);
        self.saved.set(saved);
        let usual = self.manners.with_untracked(|manners| manners.setting.as_me);
        self.as_me.set((as_me != usual).then_some(as_me));
    }

    /// Brings back what was being written to a room.
    pub fn begin(self, room: RoomId) {
        self.clear();
        self.room.set(Some(room));
        if let Some(kept) = self.kept(room) {
            self.restore(kept);
        }
    }

    /// Keeps what is being written; it is there in the next tab, too.
    pub fn keep(self, room: RoomId) {
        let draft = self.draft();
        // Nothing is left of what went in.
        if draft.is_empty() && !draft.saved.is_empty() {
            self.saved.set(Vec::new());
        }
        // What is being changed is kept by the server.
        if self.editing.get().is_none() {
            let json = serde_json::to_string(&draft).ok().filter(|_| !draft.is_empty());
            browser::store(&draft_key(self.feed.account, room), json.as_deref());
        }
    }

    fn kept(self, room: RoomId) -> Option<Draft> {
        let kept = browser::stored(&draft_key(self.feed.account, room))?;
        // An earlier version kept the text alone.
        Some(serde_json::from_str(&kept).unwrap_or_else(|_| Draft::text(&kept)))
    }

    /// Something is ready that was begun in `room`, which may be closed by now.
    pub fn deliver(self, room: RoomId, bubble: Bubble) {
        if self.room.get_untracked() == Some(room) {
            self.bubbles.update(|bubbles| bubbles.push(bubble));
        } else {
            let mut draft = self.kept(room).unwrap_or_default();
            draft.bubbles.insert(0, bubble);
            browser::store(&draft_key(self.feed.account, room), serde_json::to_string(&draft).ok().as_deref());
        }
    }
}

fn area() -> Option<HtmlTextAreaElement> {
    browser::document()?.get_element_by_id(AREA)?.dyn_into().ok()
}

/// The place in bytes of a place in UTF-16 units.
fn byte(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, c) in text.char_indices() {
        if passed >= units {
            return at;
        }
        passed += c.len_utf16();
    }
    text.len()
}
