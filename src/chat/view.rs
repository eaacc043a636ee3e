//! The inbox: list, room, composer.

mod assign;
mod bubble;
mod compose;
mod composer;
mod deleted;
mod delivery;
mod detail;
mod download;
mod event;
mod farewell;
mod fold;
mod head;
mod held;
mod keys;
mod kin;
mod list;
mod log;
mod media;
mod mentions;
mod note;
mod outbox;
mod pane;
mod place;
mod presence;
mod reading;
mod row;
mod rules;
mod search;
mod settings;
mod thread;
mod viewer;
mod who;
mod words;

pub use deleted::DeletedPage;
pub use download::DownloadAll;
pub use mentions::MentionsPage;
pub use rules::AssignRules;
pub use settings::ChatSettingsPage;

use super::live::feed::Feed;
use crate::{
    i18n::{Key, use_i18n},
    id::{AccountId, MessageId},
    team::view::Session,
    ui::{Banner, EmptyState, Icon, PageTitle, Skeleton},
};
use leptos::prelude::*;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
};
use place::Place;
use search::{Ask, Search};

/// The inbox of an account: for every address below `/a/{account}/chats`. It reads the address
/// itself, so that going from room to room changes what is open and keeps the rest.
#[component]
pub fn ChatPage() -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    let (path, query) = (location.pathname, location.search);
    let message = Memo::new(move |_| place::message_in(&query.get()));
    // While the reader leaves for another page, the last place stays.
    let place = Memo::new(move |last: Option<&Option<Place>>| Place::read(&path.get()).or(last.copied().flatten()));
    let account = Memo::new(move |_| place.get().map(|place| place.account));
    // The routes below are empty, but navigating waits until they are shown: without a place for them the
    // address would never change.
    let inbox = move || match account.get() {
        Some(account) => {
            let place = Memo::new(move |_| place.get().unwrap_or_default());
            view! { <Inbox account place message/> }.into_any()
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
    /// The question that the open room's menu asks.
    asking: RwSignal<Option<farewell::Ask>>,
    /// Where to go when the open room has ended.
    leave: RwSignal<Option<String>>,
    /// How the composer takes a message to be quoted, when it can.
    quote: RwSignal<Option<Callback<MessageId>>>,
    /// The dialog that gives the open room to somebody is open.
    assigning: RwSignal<bool>,
    /// What is searched for.
    search: Search,
    /// What is being composed: anybody here may put something in.
    compose: compose::Compose,
}

impl Desktop {
    /// The address of the list, or of what was searched for in its place.
    fn list_href(self) -> String {
        format!("{}{}", self.place.get().list_href(), self.search.ask.get().query(None))
    }

    /// The address of what is open now, with another question.
    fn address(self, ask: &Ask) -> String {
        let place = self.place.get_untracked();
        let path = place.room.map_or_else(|| place.list_href(), |room| place.room_href(room));
        format!("{path}{}", ask.query(None))
    }
}

fn use_desktop() -> Desktop {
    expect_context()
}

#[component]
fn Inbox(account: AccountId, place: Memo<Place>, message: Memo<Option<MessageId>>) -> impl IntoView {
    let i18n = use_i18n();
    let shown = Memo::new(move |_| place.get().view());
    let room = Memo::new(move |_| place.get().room);
    let feed = Feed::new(account, shown, room, message);
    feed.follow();
    feed.follow_address();
    let details = RwSignal::new(false);
    let compose = compose::Compose::new(feed);
    compose.learn();
    let query = use_query_map();
    let search = Search::new(account, Memo::new(move |_| query.with(Ask::read)));
    search.follow_address();
    let (asking, leave) = (RwSignal::new(None), RwSignal::new(None));
    farewell::follow(leave);
    let assigning = RwSignal::new(false);
    provide_context(Desktop {
        feed,
        place,
        details,
        asking,
        leave,
        quote: RwSignal::new(None),
        assigning,
        search,
        compose,
    });
    mentions::follow(feed);
    Effect::new(move |_| {
        room.track();
        details.set(false);
        asking.set(None);
        assigning.set(false);
    });
    let first = Resource::new(|| (), move |()| feed.first());
    // The number beside "Chats" in the frame follows what happens here.
    if let Some(session) = use_context::<Session>() {
        let unread = Memo::new(move |_| feed.desk.with(|desk| desk.loaded().then(|| desk.badge())));
        Effect::new(move |_| {
            if let Some(unread) = unread.get() {
                session.set_unread(account, unread);
            }
        });
        let on_shift =
            Memo::new(move |_| feed.desk.with(|desk| desk.roster().person(desk.me()).map(|person| person.on_shift)));
        Effect::new(move |_| {
            if let Some(on) = on_shift.get() {
                session.set_on_shift(on);
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
