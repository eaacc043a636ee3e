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
        model::{self, MessageWindow, RoomDetail, RoomPage, View, draft::Draft, here::HereNow},
    },
    error::AppError,
    id::{AccountId, MessageId, RoomId},
    line::event::Content,
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
    view: Memo<View>,
    /// The room that the address asks for.
    room: Memo<Option<RoomId>>,
    link: RwSignal<State>,
    /// Who looks at which room.
    pub here: RwSignal<HereNow>,
    /// Counts what was heard of notes: each may name the reader.
    pub notes: RwSignal<u32>,
    /// The message that the address asks for.
    message: Memo<Option<MessageId>>,
}

/// What an address asks for, as the server told it: the page carries it to the browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct First {
    list: (View, Result<RoomPage, AppError>),
    room: Option<(RoomId, Result<RoomDetail, AppError>)>,
    around: Option<(RoomId, Result<MessageWindow, AppError>)>,
}

impl Feed {
    /// An empty desk. Nothing is fetched before [`Feed::first`] and [`Feed::follow`].
    pub fn new(
        account: AccountId,
        view: Memo<View>,
        room: Memo<Option<RoomId>>,
        message: Memo<Option<MessageId>>,
    ) -> Self {
        let (lost, link) = (RwSignal::new(false), RwSignal::default());
        let (here, notes) = (RwSignal::default(), RwSignal::new(0));
        Self { account, desk: RwSignal::default(), lost, view, room, link, here, notes, message }
    }

    /// The message that the address asks for; whoever asks follows it.
    pub fn message(self) -> Option<MessageId> {
        self.message.get()
    }

    /// The same, for once.
    pub fn message_now(self) -> Option<MessageId> {
        self.message.get_untracked()
    }

    /// Reads what the address asks for.
    pub async fn first(self) -> First {
        let (view, room) = (self.view.get_untracked(), self.room.get_untracked());
        let list = (view, api::list_rooms(self.account, view.filter, None, Some(view.who)).await);
        let (room, around) = match room {
            Some(room) => {
                let (answer, around) = self.read_room(room, self.message.get_untracked()).await;
                (Some((room, answer)), around.map(|around| (room, around)))
            }
            None => (None, None),
        };
        First { list, room, around }
    }

    /// Puts it on the desk: before anything is shown that reads the desk, because the server renders
    /// with several threads, and a signal that one of them writes can't be read by another.
    pub fn begin(self, first: First) {
        self.take_list(first.list.0, first.list.1);
        if let Some((room, answer)) = first.room {
            self.take_room(room, answer, true);
        }
        if let Some((room, answer)) = first.around {
            self.take_around(room, answer);
        }
    }

    /// A room, and the messages around one of them.
    async fn read_room(
        self,
        room: RoomId,
        target: Option<MessageId>,
    ) -> (Result<RoomDetail, AppError>, Option<Result<MessageWindow, AppError>>) {
        let answer = api::open_room(self.account, room).await;
        let around = match target.filter(|_| answer.is_ok()) {
            Some(target) => Some(api::messages_around(self.account, room, target).await),
            None => None,
        };
        (answer, around)
    }

    /// From here on the desk follows the address.
    pub fn follow_address(self) {
        Effect::new(move |before: Option<View>| {
            let view = self.view.get();
            if before.is_some_and(|before| before != view) {
                self.fetch_list();
            }
            view
        });
        Effect::new(move |before: Option<(Option<RoomId>, Option<MessageId>)>| {
            let now = (self.room.get(), self.message.get());
            match (before, now) {
                (None, _) => {}
                (Some(before), now) if before == now => {}
                (Some((before, _)), (Some(room), _)) if before != Some(room) => {
                    self.desk.update(|desk| desk.open(room));
                    self.fetch_room();
                }
                (Some(_), (Some(room), message)) => self.go_to(room, message),
                (Some(_), (None, _)) => self.desk.update(Desk::close),
            }
            now
        });
    }

    /// Within the open room to one of its messages, or to the present.
    fn go_to(self, room: RoomId, message: Option<MessageId>) {
        let (shown, newer) = self.desk.with_untracked(|desk| {
            let open = desk.open_room();
            (message.zip(open).is_some_and(|(id, open)| open.shows(id)), open.is_some_and(|open| open.newer()))
        });
        self.desk.update(|desk| desk.set_astray(room, None));
        match message {
            Some(target) if !shown => self.fetch_around(room, target),
            None if newer => self.fetch_room_at(None),
            _ => {}
        }
    }

    /// Back to the present, when the window is elsewhere.
    pub fn to_present(self) {
        self.fetch_room_at(None);
    }

    fn fetch_around(self, room: RoomId, target: MessageId) {
        spawn_local(async move {
            let answer = api::messages_around(self.account, room, target).await;
            answer.as_ref().err().inspect(|error| ask_to_log_in(error));
            if self.message.try_get_untracked() == Some(Some(target)) {
                self.take_around(room, answer);
            }
        });
    }

    /// Reads the first page of the view again.
    pub fn fetch_list(self) {
        let view = self.view.get_untracked();
        spawn_local(async move {
            let answer = api::list_rooms(self.account, view.filter, None, Some(view.who)).await;
            answer.as_ref().err().inspect(|error| ask_to_log_in(error));
            self.take_list(view, answer);
        });
    }

    /// Reads the room and the message that the address asks for.
    pub fn fetch_room(self) {
        self.fetch_room_at(self.message.get_untracked());
    }

    /// Reads the open room again, at a message or in the present.
    fn fetch_room_at(self, target: Option<MessageId>) {
        let Some(room) = self.room.get_untracked() else { return };
        spawn_local(async move {
            let (answer, around) = self.read_room(room, target).await;
            answer.as_ref().err().inspect(|error| ask_to_log_in(error));
            // At an earlier time the present is not shown even for a moment.
            self.take_room(room, answer, !matches!(around, Some(Ok(_))));
            if let Some(around) = around {
                self.take_around(room, around);
            }
        });
    }

    /// An answer to what the address no longer asks for is dropped.
    fn take_list(self, view: View, answer: Result<RoomPage, AppError>) {
        if self.view.try_get_untracked() == Some(view) {
            self.desk.try_update(|desk| match answer {
                Ok(page) => desk.load_page(view, page),
                Err(error) => desk.list_failed(error),
            });
        }
    }

    fn take_room(self, room: RoomId, answer: Result<RoomDetail, AppError>, present: bool) {
        if self.room.try_get_untracked() == Some(Some(room)) {
            self.desk.try_update(|desk| match answer {
                Ok(detail) if present => desk.load_room(detail),
                Ok(detail) => desk.load_facts(detail),
                Err(error) => desk.room_failed(room, error),
            });
        }
    }

    fn take_around(self, room: RoomId, answer: Result<MessageWindow, AppError>) {
        if self.room.try_get_untracked() == Some(Some(room)) {
            self.desk.try_update(|desk| match answer {
                Ok(window) => desk.load_around(room, window),
                Err(error) => desk.set_astray(room, Some(error)),
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
            if event.name == "here" {
                if let Ok(here) = serde_json::from_str(&event.data) {
                    self.here.try_update(|known| known.take(here, crate::time::now()));
                }
                return;
            }
            let Ok(update) = serde_json::from_str::<model::Update>(&event.data) else { return };
            let reset = update.reset;
            let is_note = |(_, message): &(RoomId, model::Message)| matches!(message.content, Content::Note { .. });
            if reset || update.messages.iter().any(is_note) {
                self.notes.try_update(|count| *count = count.wrapping_add(1));
            }
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
        let place = self.desk.with_untracked(|desk| desk.open_room().filter(|open| open.newer())?.middle());
        self.fetch_room_at(place);
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
        let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        let _ = location.set_href(&format!("/login?next={}", String::from(js_sys::encode_uri_component(&here))));
    }
}

/// Where this browser keeps what is being written to a room.
pub fn draft_key(account: AccountId, room: RoomId) -> String {
    format!("engawa.draft.{account}.{room}")
}

/// Where this browser keeps a note that is being written.
pub fn note_key(account: AccountId, room: RoomId) -> String {
    format!("engawa.note.{account}.{room}")
}

/// Where this browser keeps what was sent to a room and not confirmed.
pub fn outbox_key(account: AccountId, room: RoomId) -> String {
    format!("engawa.outbox.{account}.{room}")
}
