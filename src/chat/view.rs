//! The inbox: list, room, composer.

mod bubble;
mod compose;
mod composer;
mod delivery;
mod detail;
mod head;
mod keys;
mod list;
mod log;
mod media;
mod outbox;
mod pane;
mod place;
mod row;
mod settings;
mod thread;
mod words;

pub use settings::ChatSettingsPage;

use super::live::feed::Feed;
use crate::{
    i18n::{Key, use_i18n},
    id::AccountId,
    team::view::Session,
    ui::{Banner, EmptyState, Icon, PageTitle, Skeleton},
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};
use place::Place;

/// The inbox of an account: for every address below `/a/{account}/chats`. It reads the address
/// itself, so that going from room to room changes what is open and keeps the rest.
#[component]
pub fn ChatPage() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    // While the reader leaves for another page, the last place stays.
    let place = Memo::new(move |last: Option<&Option<Place>>| Place::read(&path.get()).or(last.copied().flatten()));
    let account = Memo::new(move |_| place.get().map(|place| place.account));
    // The routes below are empty, but navigating waits until they are shown: without a place for them the
    // address would never change.
    let inbox = move || match account.get() {
        Some(account) => {
            let place = Memo::new(move |_| place.get().unwrap_or_default());
            view! { <Inbox account place/> }.into_any()
        }
        None => view! {
            <main id="content" class="chat" tabindex="-1">
                <EmptyState icon=Icon::Chat title=i18n.t(Key::ErrorNotFound)/>
            </main>
        }
        .into_any(),
    };
    view! {
        {inbox}
        <Outlet/>
    }
}

/// What the parts of the inbox share.
#[derive(Clone, Copy)]
struct Desktop {
    feed: Feed,
    place: Memo<Place>,
    /// The facts about the friend are shown although there is no room for them beside the messages.
    details: RwSignal<bool>,
    /// What is being composed: anybody here may put something in.
    compose: compose::Compose,
}

fn use_desktop() -> Desktop {
    expect_context()
}

#[component]
fn Inbox(account: AccountId, place: Memo<Place>) -> impl IntoView {
    let i18n = use_i18n();
    let filter = Memo::new(move |_| place.get().filter);
    let room = Memo::new(move |_| place.get().room);
    let feed = Feed::new(account, filter, room);
    feed.follow();
    feed.follow_address();
    let details = RwSignal::new(false);
    let compose = compose::Compose::new(feed);
    compose.learn();
    provide_context(Desktop { feed, place, details, compose });
    Effect::new(move |_| {
        room.track();
        details.set(false);
    });
    let first = Resource::new(|| (), move |()| feed.first());
    // The number beside "Chats" in the frame follows what happens here.
    if let Some(session) = use_context::<Session>() {
        let unread = Memo::new(move |_| feed.desk.with(|desk| desk.loaded().then(|| desk.counts().unread)));
        Effect::new(move |_| {
            if let Some(unread) = unread.get() {
                session.set_unread(account, unread);
            }
        });
    }
    let right = move || match room.get() {
        Some(id) => view! { <pane::RoomPane id/> }.into_any(),
        None => view! {
            <section class="chat-nothing">
                <EmptyState icon=Icon::Chat title=i18n.t(Key::ChatNothingOpen) text=i18n.t(Key::ChatNothingOpenHint)/>
            </section>
        }
        .into_any(),
    };
    let lost = Signal::derive(move || feed.lost.get().then(|| i18n.t(Key::ChatLost).to_owned()));
    view! {
        <PageTitle text=i18n.t(Key::ChatTitle)/>
        <main
            id="content"
            class="chat"
            class:chat--room=move || room.get().is_some()
            class:chat--details=move || details.get()
            tabindex="-1"
        >
            <Banner text=lost/>
            <Suspense fallback=waiting>
                {move || Suspend::new(async move {
                    feed.begin(first.await);
                    view! { <list::ListPane/> {right} }
                })}
            </Suspense>
            <keys::Keys/>
        </main>
    }
}

/// Both panes, of which nothing is known yet.
fn waiting() -> impl IntoView {
    view! {
        <section class="pane chat-list"><Skeleton lines=8/></section>
        <section class="pane chat-room"><Skeleton lines=6/></section>
    }
}

#[cfg(test)]
mod tests;
