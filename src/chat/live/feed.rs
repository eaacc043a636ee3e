//! The wire: reads what the address asks for, then one stream per tab keeps the desk fresh; after a
//! cut it goes on from where it was.

use super::{Desk, PendingState};
use crate::{
    browser::{
        self,
        event_source::{self, State, Stream},
    },
    chat::{
        api,
        model::{self, Filter, RoomDetail, RoomPage, draft::Draft},
    },
    error::AppError,
    id::{AccountId, RoomId},
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
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
    /// The view that the address asks for.
    filter: Memo<Filter>,
    /// The room that the address asks for.
    room: Memo<Option<RoomId>>,
    link: RwSignal<State>,
}

/// What an address asks for, as the server told it: the page carries it to the browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct First {
    list: (Filter, Result<RoomPage, AppError>),
    room: Option<(RoomId, Result<RoomDetail, AppError>)>,
}

impl Feed {
    /// An empty desk. Nothing is fetched before [`Feed::first`] and [`Feed::follow`].
    pub fn new(account: AccountId, filter: Memo<Filter>, room: Memo<Option<RoomId>>) -> Self {
        let (lost, link) = (RwSignal::new(false), RwSignal::default());
        Self { account, desk: RwSignal::default(), lost, filter, room, link }
    }

    /// Reads what the address asks for.
    pub async fn first(self) -> First {
        let (filter, room) = (self.filter.get_untracked(), self.room.get_untracked());
        let list = (filter, api::list_rooms(self.account, filter, None).await);
        let room = match room {
            Some(room) => Some((room, api::open_room(self.account, room).await)),
            None => None,
        };
        First { list, room }
    }

    /// Puts it on the desk: before anything is shown that reads the desk, because the server renders
    /// with several threads, and a signal that one of them writes can't be read by another.
    pub fn begin(self, first: First) {
        self.take_list(first.list.0, first.list.1);
        if let Some((room, answer)) = first.room {
            self.take_room(room, answer);
        }
    }

    /// From here on the desk follows the address.
    pub fn follow_address(self) {
        Effect::new(move |before: Option<Filter>| {
            let filter = self.filter.get();
            if before.is_some_and(|before| before != filter) {
                self.fetch_list();
            }
            filter
        });
        Effect::new(move |before: Option<Option<RoomId>>| {
            let room = self.room.get();
            match room {
                _ if before == Some(room) || before.is_none() => {}
                Some(room) => {
                    self.desk.update(|desk| desk.open(room));
                    self.fetch_room();
                }
                None => self.desk.update(Desk::close),
            }
            room
        });
    }

    /// Reads the first page of the view again.
    pub fn fetch_list(self) {
        let filter = self.filter.get_untracked();
        spawn_local(async move {
            let answer = api::list_rooms(self.account, filter, None).await;
            answer.as_ref().err().inspect(|error| ask_to_log_in(error));
            self.take_list(filter, answer);
        });
    }

    /// Reads the open room again.
    pub fn fetch_room(self) {
        let Some(room) = self.room.get_untracked() else { return };
        spawn_local(async move {
            let answer = api::open_room(self.account, room).await;
            answer.as_ref().err().inspect(|error| ask_to_log_in(error));
            self.take_room(room, answer);
        });
    }

    /// An answer to what the address no longer asks for is dropped.
    fn take_list(self, filter: Filter, answer: Result<RoomPage, AppError>) {
        if self.filter.try_get_untracked() == Some(filter) {
            self.desk.try_update(|desk| match answer {
                Ok(page) => desk.load_page(filter, page),
                Err(error) => desk.list_failed(error),
            });
        }
    }

    fn take_room(self, room: RoomId, answer: Result<RoomDetail, AppError>) {
        if self.room.try_get_untracked() == Some(Some(room)) {
            self.desk.try_update(|desk| match answer {
                Ok(detail) => desk.load_room(detail),
                Err(error) => desk.room_failed(room, error),
            });
        }
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

    /// Reads the list and the open room again, without touching what is being written.
    fn reload(self) {
        self.fetch_list();
        self.fetch_room();
    }

    /// Sends a draft under `key`; its bubbles are there at once. Asking again with the same key is safe.
    pub fn send(self, room: RoomId, key: String, draft: Draft) {
        self.desk.update(|desk| desk.send_started(room, &key, &draft, crate::time::now()));
        spawn_local(async move {
            let answer = api::send(self.account, room, key.clone(), draft.clone()).await;
            if answer == Err(AppError::Unauthenticated) {
                // Perhaps it is somebody else who logs in: it waits for a person, as a draft.
                let kept = serde_json::to_string(&draft).ok();
                browser::store(&draft_key(self.account, room), kept.as_deref());
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
            let drafts = open.pending().filter(|pending| pending.state == PendingState::Waiting);
            Some((open.id, drafts.map(|pending| (pending.key.clone(), pending.draft.clone())).collect::<Vec<_>>()))
        });
        if let Some((room, drafts)) = waiting.flatten() {
            drafts.into_iter().for_each(|(key, draft)| self.send(room, key, draft));
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
