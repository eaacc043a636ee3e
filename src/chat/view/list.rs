//! The left pane: views, and the rooms of one of them.

use super::{
    row::RoomRow,
    search::{Results, SearchBox},
    use_desktop,
    who::Whose,
};
use crate::{
    browser::sight,
    chat::{
        api,
        live::Desk,
        model::{Filter, View, Who},
    },
    i18n::{Key, use_i18n},
    ui::{Button, EmptyState, Icon, Toasts, hydrated},
};
use leptos::{html, prelude::*, task::spawn_local};

/// Title, views, and rows.
#[component]
pub fn ListPane() -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let trouble = Memo::new(move |_| feed.desk.with(|desk| desk.trouble().cloned()));
    let rows = move || match trouble.get() {
        None => view! { <Rows/> }.into_any(),
        Some(error) => view! {
            <EmptyState icon=Icon::Warning title=i18n.error(&error)>
                <Button icon=Icon::Retry on_click=move |_| feed.fetch_list()>
                    {i18n.t(Key::UiRetry)}
                </Button>
            </EmptyState>
        }
        .into_any(),
    };
    let search = use_desktop().search;
    let searching = Memo::new(move |_| search.ask.with(|ask| !ask.is_empty()));
    let list = move || match searching.get() {
        true => view! { <Results/> }.into_any(),
        false => view! { <Whose/> <Views/> {rows} }.into_any(),
    };
    view! {
        <section class="pane chat-list" aria-labelledby="chat-title">
            <h1 id="chat-title" class="chat-list__title">{i18n.t(Key::ChatTitle)}</h1>
            <SearchBox/>
            {list}
        </section>
    }
}

fn name(filter: Filter) -> Key {
    match filter {
        Filter::All => Key::ChatFilterAll,
        Filter::Inbox => Key::ChatFilterInbox,
        Filter::Unread => Key::ChatFilterUnread,
        Filter::FollowUp => Key::ChatFilterFollowUp,
        Filter::Resolved => Key::ChatFilterResolved,
        Filter::Spam => Key::ChatFilterSpam,
    }
}

/// Why a view is empty: what it is for.
fn empty(view: View) -> (Key, Key) {
    match view.who {
        Who::Anyone => {}
        Who::Mine => return (Key::ChatEmptyMine, Key::ChatEmptyMineHint),
        Who::Nobody => return (Key::ChatEmptyNobody, Key::ChatEmptyNobodyHint),
        Who::Person(_) | Who::Crew(_) => return (Key::ChatEmptyTheirs, Key::ChatEmptyTheirsHint),
    }
    match view.filter {
        Filter::All => (Key::ChatEmptyAll, Key::ChatEmptyAllHint),
        Filter::Inbox => (Key::ChatEmptyInbox, Key::ChatEmptyInboxHint),
        Filter::Unread => (Key::ChatEmptyUnread, Key::ChatEmptyUnreadHint),
        Filter::FollowUp => (Key::ChatEmptyFollowUp, Key::ChatEmptyFollowUpHint),
        Filter::Resolved => (Key::ChatEmptyResolved, Key::ChatEmptyResolvedHint),
        Filter::Spam => (Key::ChatEmptySpam, Key::ChatEmptySpamHint),
    }
}

/// The views of the list, each with its count.
#[component]
pub fn Views() -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let view = move |filter: Filter| {
        let place = desktop.place;
        let count = Memo::new(move |_| desktop.feed.desk.with(|desk| desk.counts_of(place.get().who).of(filter)));
        view! {
            <li>
                <a
                    class="chat-view"
                    href=move || place.get().filter_href(filter)
                    aria-current=move || (place.get().filter == filter).then_some("page")
                >
                    {i18n.t(name(filter))}
                    <span class="chat-view__count">
                        {move || Some(count.get()).filter(|count| *count > 0).map(|count| count.to_string())}
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="chat-views" aria-label=i18n.t(Key::ChatViews)>
            <ul>
                {Filter::ALL.into_iter().map(view).collect_view()}
                <super::deleted::DeletedView/>
            </ul>
        </nav>
    }
}

/// The rooms of a view, or why there are none.
#[component]
pub fn Rows() -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let desk = desktop.feed.desk;
    let ids = Memo::new(move |_| desk.with(Desk::list));
    let none = Memo::new(move |_| desk.with(|desk| desk.loaded() && desk.next().is_none()) && ids.with(Vec::is_empty));
    view! {
        <ul class="list chat-rows">
            <For each=move || ids.get() key=|id| *id children=move |id| view! { <RoomRow id/> }/>
        </ul>
        {move || {
            none.get()
                .then(|| {
                    let (title, text) = empty(desk.with_untracked(Desk::view));
                    view! { <EmptyState icon=Icon::Inbox title=i18n.t(title) text=i18n.t(text)/> }
                })
        }}
        <More/>
    }
}

/// The end of the list: fetches what follows when it comes into view, or when it is pressed.
#[component]
fn More() -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let busy = RwSignal::new(false);
    let alive = hydrated();
    let next = Memo::new(move |_| feed.desk.with(|desk| desk.next()));
    let more = move || {
        let (view, Some(after)) = feed.desk.with_untracked(|desk| (desk.view(), desk.next())) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::list_rooms(feed.account, view.filter, Some(after), Some(view.who)).await;
            busy.try_set(false);
            match answer {
                Ok(page) => {
                    feed.desk.try_update(|desk| desk.load_more(view, page));
                }
                Err(error) => toasts.error(&error),
            }
        });
    };
    let end = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        // Watched anew after each page: an end that never leaves the view is seen only once.
        if next.get().is_some()
            && let Some(end) = end.get()
        {
            sight::watch(&end, more);
        }
    });
    view! {
        <div class="chat-more" node_ref=end>
            {move || {
                next.get()
                    .map(|_| {
                        view! {
                            <Button busy disabled=Signal::derive(move || !alive.get()) on_click=move |_| more()>
                                {i18n.t(Key::ChatMoreRooms)}
                            </Button>
                        }
                    })
            }}
        </div>
    }
}
