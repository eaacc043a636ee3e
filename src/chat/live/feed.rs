//! The wire: one stream per tab keeps the desk fresh; after a cut it goes on from where it was.

use super::{Desk, PendingState};
use crate::{
    browser::{
        self,
        event_source::{self, State, Stream},
    },
    chat::{api, model},
    error::AppError,
    id::{AccountId, RoomId},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// A cut shorter than this is not worth a word.
const PATIENCE: Duration = Duration::from_secs(2);

/// The inbox of one account in this tab: hand it out by context, copy it freely.
#[derive(Clone, Copy)]
pub struct Feed {
    /// Whose inbox.
    pub account: AccountId,
    /// What this tab knows.
    pub desk: RwSignal<Desk>,
    /// The connection has been lost for a while.
    pub lost: RwSignal<bool>,
    link: RwSignal<State>,
}

impl Feed {
    /// An empty desk. Nothing is fetched before [`Feed::follow`].
    pub fn new(account: AccountId) -> Self {
        Self { account, desk: RwSignal::default(), lost: RwSignal::new(false), link: RwSignal::default() }
    }

    /// Opens the stream as soon as the first page is here; it closes with the component.
    pub fn follow(self) {
        let loaded = Memo::new(move |_| self.desk.with(Desk::loaded));
        Effect::new(move |_| {
            if loaded.get() {
                // Made here, never on the server: what is local to a thread must die on it.
                StoredValue::new_local(self.connect());
            }
        });
        Effect::new(move |_| match self.link.get() {
            State::Connecting => {}
            State::Open => {
                self.lost.set(false);
                self.send_waiting();
            }
            State::Lost => {
                set_timeout(
                    move || {
                        if self.link.try_get_untracked() == Some(State::Lost) {
                            self.lost.set(true);
                            // A stream does not say why it was refused; a question does.
                            self.reload();
                        }
                    },
                    PATIENCE,
                );
            }
        });
    }

    fn connect(self) -> Stream {
        let url = move |_: &str| format!("/a/{}/live?after={}", self.account, self.desk.with_untracked(Desk::seq));
        let on_event = move |event: event_source::Event| {
            let Ok(update) = serde_json::from_str::<model::Update>(&event.data) else { return };
            let reset = update.reset;
            self.desk.try_update(|desk| desk.apply(update));
            if reset {
                self.reload();
            }
        };
        let on_state = move |state| {
            if self.link.try_get_untracked().is_some_and(|known| known != state) {
                self.link.set(state);
            }
        };
        event_source::open(url, on_event, on_state)
    }

    /// Reads the first page and the open room again, without touching what is being written.
    pub fn reload(self) {
        let (filter, open) = self.desk.with_untracked(|desk| (desk.filter(), desk.open_id()));
        spawn_local(async move {
            match api::list_rooms(self.account, filter, None).await {
                Ok(page) => {
                    self.desk.try_update(|desk| {
                        if desk.filter() == filter {
                            desk.load_page(filter, page)
                        }
                    });
                }
                Err(error) => return ask_to_log_in(&error),
            }
            if let Some(room) = open
                && let Ok(detail) = api::open_room(self.account, room).await
            {
                self.desk.try_update(|desk| {
                    if desk.open_id() == Some(room) {
                        desk.load_room(detail)
                    }
                });
            }
        });
    }

    /// Sends a text under `key`; its bubble is there at once. Asking again with the same key is safe.
    pub fn send(self, room: RoomId, key: String, text: String) {
        self.desk.update(|desk| desk.send_started(room, &key, &text, crate::time::now()));
        spawn_local(async move {
            let answer = api::send_text(self.account, room, key.clone(), text.clone()).await;
            if answer == Err(AppError::Unauthenticated) {
                // Perhaps it is somebody else who logs in: the text waits for a person, as a draft.
                browser::store(&draft_key(self.account, room), Some(&text));
                self.desk.try_update(|desk| desk.forget_pending(room, &key));
                return ask_to_log_in(&AppError::Unauthenticated);
            }
            let waits = matches!(answer, Err(AppError::Unreachable | AppError::Unavailable));
            self.desk.try_update(|desk| desk.send_answered(room, &key, answer));
            // The stream may never notice a short cut: look again by the clock, too.
            if waits {
                set_timeout(move || self.send_waiting(), 2 * PATIENCE);
            }
        });
    }

    fn send_waiting(self) {
        let waiting = self.desk.try_with_untracked(|desk| {
            let open = desk.open_room()?;
            let texts = open.pending().filter(|pending| pending.state == PendingState::Waiting);
            Some((open.id, texts.map(|pending| (pending.key.clone(), pending.text.clone())).collect::<Vec<_>>()))
        });
        if let Some((room, texts)) = waiting.flatten() {
            texts.into_iter().for_each(|(key, text)| self.send(room, key, text));
        }
    }
}

/// When the session has ended: leads to the log-in page and back to this place.
pub fn ask_to_log_in(error: &AppError) {
    if *error != AppError::Unauthenticated {
        return;
    }
    if let Some(location) = browser::window().map(|window| window.location()) {
        let here = location.pathname().unwrap_or_default();
        let _ = location.set_href(&format!("/login?next={}", String::from(js_sys::encode_uri_component(&here))));
    }
}

/// Where this browser keeps what is being written to a room.
pub fn draft_key(account: AccountId, room: RoomId) -> String {
    format!("engawa.draft.{account}.{room}")
}

/// Where this browser keeps what was sent to a room and not confirmed.
pub fn outbox_key(account: AccountId, room: RoomId) -> String {
    format!("engawa.outbox.{account}.{room}")
}
