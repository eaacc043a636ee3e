//! What the parts of a room's log share: where the reader is, and the ways to other messages.

use crate::{
    browser,
    chat::{api, live::feed::Feed},
    id::{MessageId, RoomId},
    ui::Toasts,
};
use leptos::{prelude::*, reactive::owner::WeakOwner};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{Desktop, use_desktop};

/// An end of the window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Where it began, in the past.
    Oldest,
    /// Where the present lies.
    Newest,
}

/// The reader of one room: a context of its log.
#[derive(Clone, Copy)]
pub struct Reading {
    desktop: Desktop,
    /// Whose log.
    pub room: RoomId,
    /// The picture that is shown large.
    pub picture: RwSignal<Option<MessageId>>,
    /// The message whose actions are offered, and where (CSS pixels).
    pub held: RwSignal<Option<(MessageId, i32, i32)>>,
    /// The end at which messages are being read.
    pub busy: RwSignal<Option<End>>,
    /// Puts a message that is here before the reader's eyes.
    pub show: StoredValue<Option<Callback<MessageId>>>,
    /// Weakly: it keeps this reader.
    owner: StoredValue<Option<WeakOwner>>,
    toasts: Toasts,
}

impl Reading {
    /// A reader, who becomes a context.
    pub fn provide(room: RoomId) -> Self {
        let reading = Self {
            desktop: use_desktop(),
            room,
            picture: RwSignal::new(None),
            held: RwSignal::new(None),
            busy: RwSignal::new(None),
            show: StoredValue::new(None),
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
            toasts: use_context().unwrap_or_default(),
        };
        provide_context(reading);
        reading
    }

    /// What keeps the browser's copy.
    pub fn feed(self) -> Feed {
        self.desktop.feed
    }

    /// The address of a message.
    pub fn href(self, message: MessageId) -> String {
        // What is searched for beside it stays.
        let search = self.desktop.search.ask.with_untracked(|ask| ask.query(None)).replacen('?', "&", 1);
        self.desktop.place.with_untracked(|place| place.message_href(self.room, message)) + &search
    }

    /// Goes to an address of this room; from an event only.
    pub fn navigate(self, href: &str, replace: bool) {
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        if let Some(owner) = self.owner.try_get_value().flatten().and_then(|owner| owner.upgrade()) {
            owner.with(|| use_navigate()(href, options));
        }
    }

    /// From one message to another that it speaks of. Going back leads to the first.
    pub fn jump(self, from: MessageId, to: MessageId) {
        let here = browser::window().map(|window| (window.history(), window.location().search().unwrap_or_default()));
        let Some((Ok(history), query)) = here else { return };
        if super::place::message_in(&query) == Some(to) {
            // Already asked for: the address does not change, but the reader may have gone on from there.
            if let Some(show) = self.show.get_value() {
                show.run(to);
            }
            return;
        }
        let _ = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(&self.href(from)));
        self.navigate(&self.href(to), false);
    }

    /// Away from the message that the address asks for, to the present.
    pub fn to_present(self) {
        if self.feed().message_now().is_some() {
            let search = self.desktop.search.ask.with_untracked(|ask| ask.query(None));
            let href = self.desktop.place.with_untracked(|place| place.room_href(self.room)) + &search;
            self.navigate(&href, true);
        } else {
            self.feed().to_present();
        }
    }

    /// Reads a page more at one end. `false` when there is no more, or a page is being read already.
    pub async fn read_on(self, end: End) -> bool {
        let (account, room, desk) = (self.feed().account, self.room, self.feed().desk);
        if self.busy.try_get_untracked() != Some(None) {
            return false;
        }
        let edge = desk.try_with_untracked(|desk| {
            let open = desk.open_room().filter(|open| open.id == room)?;
            match end {
                End::Oldest => open.oldest().filter(|_| open.older()),
                End::Newest => open.end(),
            }
        });
        let Some(edge) = edge.flatten() else { return false };
        self.busy.set(Some(end));
        let done = match end {
            End::Oldest => api::older_messages(account, room, edge).await.map(|page| {
                desk.try_update(|desk| desk.load_older(room, edge, page));
            }),
            End::Newest => api::newer_messages(account, room, edge).await.map(|page| {
                desk.try_update(|desk| desk.load_newer(room, edge, page));
            }),
        };
        self.busy.try_set(None);
        if let Err(error) = &done {
            self.toasts.error(error);
        }
        done.is_ok()
    }
}

/// The reader of this room.
pub fn use_reading() -> Reading {
    expect_context()
}
