//! The messages of the open room: opens at the end, stays there while new ones come, and goes back
//! in time without the view jumping.

use super::{
    bubble::{Bubble, Pictures},
    delivery::PendingBubble,
    thread::{self, Row},
    use_desktop,
};
use crate::{
    browser::{self, sight},
    chat::{
        api,
        model::{Direction, Message},
    },
    i18n::{Key, use_i18n},
    id::RoomId,
    ui::{Clock, Icon, IconView, Spinner, Time, TimeStyle, Toasts},
};
use leptos::{ev, html, prelude::*, task::spawn_local};

/// Nearer to the end than this (CSS pixels) counts as being there.
const NEAR: i32 = 80;

/// The log of a room.
#[component]
pub fn Log(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let desk = feed.desk;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let clock = use_context::<Clock>();
    let log = NodeRef::<html::Div>::new();
    let alive = Memo::new(move |_| clock.is_some_and(|clock| clock.now() > 0));
    let rows = Memo::new(move |_| {
        let alive = alive.get();
        // The server does not know the reader's zone: both sides begin with UTC.
        let day = |at: i64| thread::day_in(at, if alive { zone(at) } else { 0 });
        desk.with(|desk| desk.open_room().filter(|open| open.id == id).map(|open| thread::rows(open, day)))
            .unwrap_or_default()
    });
    let older = Memo::new(move |_| desk.with(|desk| desk.open_room().is_some_and(|open| open.older())));
    let (at_end, unseen, busy) = (RwSignal::new(true), RwSignal::new(false), RwSignal::new(false));

    let to_end = move || {
        if let Some(log) = log.try_get_untracked().flatten() {
            log.set_scroll_top(log.scroll_height());
        }
    };
    let scrolled = move |_| {
        let Some(log) = log.get_untracked() else { return };
        let end = log.scroll_height() - log.scroll_top() - log.client_height() < NEAR;
        at_end.set(end);
        if end {
            unseen.set(false);
        }
    };
    let last = Memo::new(move |_| rows.with(|rows| rows.last().cloned()));
    Effect::new(move |before: Option<Option<Row>>| {
        let now = last.get();
        log.get()?;
        if before.as_ref() == Some(&now) {
            return now;
        }
        let ours = matches!(now, Some(Row::Pending(_)));
        if before.flatten().is_none() || at_end.get_untracked() || ours {
            request_animation_frame(to_end);
        } else {
            unseen.set(true);
        }
        now
    });

    // The reader's own days and times take other room than the neutral ones.
    Effect::new(move |_| {
        if alive.get() && at_end.get_untracked() {
            request_animation_frame(to_end);
        }
    });

    let go_back = move || {
        let Some(before) = desk.with_untracked(|desk| desk.open_room().filter(|open| open.older())?.oldest()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::older_messages(feed.account, id, before).await;
            match answer {
                Ok(page) => {
                    let place = log.try_get_untracked().flatten().map(|log| (log.scroll_height(), log.scroll_top()));
                    desk.try_update(|desk| desk.load_older(id, page));
                    request_animation_frame(move || {
                        if let (Some((height, top)), Some(log)) = (place, log.try_get_untracked().flatten()) {
                            log.set_scroll_top(top + log.scroll_height() - height);
                        }
                        busy.try_set(false);
                    });
                }
                Err(error) => {
                    toasts.error(&error);
                    busy.try_set(false);
                }
            }
        });
    };
    let start = NodeRef::<html::Div>::new();
    let oldest = Memo::new(move |_| desk.with(|desk| desk.open_room().and_then(|open| open.oldest())));
    Effect::new(move |_| {
        oldest.get();
        if older.get()
            && let Some(start) = start.get()
        {
            // After the first paint, when the log has gone to its end.
            let start = start.clone();
            sight::watch(&start, move || {
                if !busy.get_untracked() {
                    go_back()
                }
            });
        }
    });
    mark_read_when_seen(id);
    let spoken = spoken(id);

    view! {
        <div class="chat-log-place">
            <div class="chat-log" role="log" aria-live="off" aria-label=i18n.t(Key::ChatLog) tabindex="0" node_ref=log on:scroll=scrolled>
                <div class="chat-log__start" node_ref=start>
                    {move || busy.get().then(|| view! { <Spinner/> })}
                </div>
                <For each=move || rows.get() key=Row::clone children=row/>
            </div>
            {move || {
                unseen
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="chat-pill" on:click=move |_| to_end()>
                                <IconView icon=Icon::Down/>
                                {i18n.t(Key::ChatNewMessages)}
                            </button>
                        }
                    })
            }}
            <p class="visually-hidden" aria-live="polite">{spoken}</p>
        </div>
    }
}

fn row(row: Row) -> AnyView {
    match row {
        Row::Day(at) => view! { <p class="chat-day"><Time at style=TimeStyle::Day/></p> }.into_any(),
        Row::Message { id, first, last } => view! { <Bubble id first last/> }.into_any(),
        Row::Pictures { ids, first } => view! { <Pictures ids first/> }.into_any(),
        Row::Pending(key) => view! { <PendingBubble key/> }.into_any(),
    }
}

/// Minutes that the reader's zone is behind UTC at this time.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "milliseconds and minutes fit")]
fn zone(at: i64) -> i64 {
    js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64)).get_timezone_offset() as i64
}

/// What came in since the room was opened, for those who hear the page.
fn spoken(id: RoomId) -> Memo<String> {
    let desk = use_desktop().feed.desk;
    let i18n = use_i18n();
    let opened = StoredValue::new(None::<i64>);
    Memo::new(move |_| {
        desk.with(|desk| {
            let open = desk.open_room().filter(|open| open.id == id && open.loaded())?;
            let newest: &Message = open.messages().next_back()?;
            let first = opened.get_value().unwrap_or_else(|| {
                opened.set_value(Some(newest.id.0));
                newest.id.0
            });
            if newest.id.0 == first || newest.direction != Direction::In {
                return None;
            }
            let words =
                super::words::kind(i18n, newest.content.name(), &crate::chat::model::last_words(&newest.content));
            let name = newest.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
            Some(if name.is_empty() { words } else { format!("{name}: {words}") })
        })
        .unwrap_or_default()
    })
}

/// A room that is looked at has nothing unread.
fn mark_read_when_seen(id: RoomId) {
    let feed = use_desktop().feed;
    let looked = RwSignal::new(0_u32);
    let unread = Memo::new(move |_| feed.desk.with(|desk| desk.room(id).map_or(0, |room| room.unread)));
    Effect::new(move |_| {
        let look = move || {
            looked.try_update(|count| *count = count.wrapping_add(1));
        };
        let focus = window_event_listener(ev::focus, move |_| look());
        let shown = window_event_listener(ev::Custom::<ev::Event>::new("visibilitychange"), move |_| look());
        on_cleanup(move || {
            focus.remove();
            shown.remove();
        });
    });
    Effect::new(move |_| {
        looked.track();
        let seen =
            browser::document().is_some_and(|document| !document.hidden() && document.has_focus().unwrap_or(true));
        if unread.get() == 0 || !seen {
            return;
        }
        feed.desk.update(|desk| desk.change_room(id, |room| room.unread = 0));
        spawn_local(async move {
            // Nothing is lost when this does not arrive: the dot comes back with the next reload.
            let _ = api::mark_read(feed.account, id).await;
        });
    });
}
