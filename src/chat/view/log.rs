//! The messages of the open room: opens at the end, or at the message that the address asks for; stays where the reader
//! is while messages come and go above and below; goes back in time, and forward again to the present.

use super::{
    bubble::{Bubble, Pictures, anchor},
    delivery::PendingBubble,
    held::{self, Held, Hold},
    reading::{End, Reading},
    thread::{self, Row},
    use_desktop,
    viewer::Viewer,
};
use crate::{
    browser::{self, sight},
    chat::{
        api,
        model::{Direction, Message},
    },
    i18n::{Key, use_i18n},
    id::{MessageId, RoomId},
    ui::{Clock, Icon, IconView, Spinner, Time, TimeStyle},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Nearer to the end than this (CSS pixels) counts as being there.
const NEAR: i32 = 80;

/// The log of a room.
#[component]
pub fn Log(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let reading = Reading::provide(id);
    let desk = reading.feed().desk;
    let clock = use_context::<Clock>();
    let (log, inner) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let alive = Memo::new(move |_| clock.is_some_and(|clock| clock.now() > 0));
    let unread = RwSignal::new(desk.with_untracked(|desk| {
        let count = desk.room(id)?.unread;
        desk.open_room()?.unread_from(count)
    }));
    let rows = Memo::new(move |_| {
        let alive = alive.get();
        // The server does not know the reader's zone: both sides begin with UTC.
        let day = |at: i64| thread::day_in(at, if alive { zone(at) } else { 0 });
        let unread = unread.get();
        desk.with(|desk| desk.open_room().filter(|open| open.id == id).map(|open| thread::rows(open, day, unread)))
            .unwrap_or_default()
    });
    let newer = Memo::new(move |_| desk.with(|desk| desk.open_room().is_some_and(|open| open.newer())));
    let unseen = Memo::new(move |_| desk.with(|desk| desk.open_room().map_or(0, |open| open.unseen())));
    let at_end = RwSignal::new(true);
    let view = View { log, at_end, newer, place: StoredValue::new(None), sizes: StoredValue::new((0, 0)) };

    // Whoever is at the end has seen what is there.
    Effect::new(move |_| {
        if at_end.get() && !newer.get() && unseen.get() > 0 {
            desk.update(|desk| desk.caught_up(id));
        }
    });
    // What is sent from here is looked at in the present.
    let pending = Memo::new(move |_| desk.with(|desk| desk.open_room().map_or(0, |open| open.pending().count())));
    Effect::new(move |before: Option<usize>| {
        let now = pending.get();
        if before.is_some_and(|before| now > before) {
            at_end.set(true);
            if newer.get_untracked() {
                reading.to_present();
            } else {
                request_animation_frame(move || view.settle());
            }
        }
        now
    });
    let to_present = move |_| {
        at_end.set(true);
        if newer.get_untracked() {
            reading.to_present();
        } else {
            view.settle();
        }
    };
    Effect::new(move |_| {
        // Read, not only tracked: a memo that was never read follows nothing.
        newer.get();
        request_animation_frame(move || view.settle());
    });
    show_target(reading, view);
    Effect::new(move |_| {
        if let (Some(log), Some(inner)) = (log.get(), inner.get()) {
            sight::resizes(&[&log, &inner], move || view.settle());
        }
    });
    let (start, end) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    read_on_when_near(reading, End::Oldest, start);
    read_on_when_near(reading, End::Newest, end);
    mark_read_when_seen(id, unread);
    let spoken = spoken(id);
    let hold = Hold::new(reading);
    let scrolled = move |_| {
        hold.let_go();
        view.look();
    };
    let focused = move |_| {
        if let Some(log) = log.get_untracked() {
            held::reachable(&log);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if log.get_untracked().is_some_and(|log| held::walk(&log, &event)) {
            event.prevent_default();
        }
    };
    let astray = move || {
        let why = desk.with(|desk| desk.open_room().and_then(|open| open.astray.clone()))?;
        let words = match why {
            crate::error::AppError::NotFound => i18n.t(Key::ChatMessageGone).to_owned(),
            why => i18n.error(&why),
        };
        Some(view! { <p class="chat-astray" role="status">{words}</p> })
    };
    let busy = move |at: End| move || (reading.busy.get() == Some(at)).then(|| view! { <Spinner/> });
    view! {
        <div class="chat-log-place">
            {astray}
            <div
                class="chat-log"
                role="log"
                aria-live="off"
                aria-label=i18n.t(Key::ChatLog)
                tabindex="0"
                node_ref=log
                on:scroll=scrolled
                on:focus=focused
                on:keydown=on_key
                on:pointerdown=move |event| hold.down(&event)
                on:pointermove=move |event| hold.moved(&event)
                on:pointerup=move |_| hold.let_go()
                on:pointercancel=move |_| hold.let_go()
                on:contextmenu=move |event| hold.menu(&event)
            >
                <div class="chat-log__rows" node_ref=inner>
                    <div class="chat-log__start" node_ref=start>{busy(End::Oldest)}</div>
                    <For each=move || rows.get() key=Row::clone children=row/>
                    <div class="chat-log__start" node_ref=end>{busy(End::Newest)}</div>
                </div>
            </div>
            {move || {
                (alive.get() && (newer.get() || !at_end.get()))
                    .then(|| {
                        let count = unseen.get();
                        view! {
                            <button
                                type="button"
                                class="chat-pill"
                                class:chat-pill--small=count == 0
                                title=i18n.t(Key::ChatToLatest)
                                aria-label=(count == 0).then(|| i18n.t(Key::ChatToLatest))
                                on:click=to_present
                            >
                                <IconView icon=Icon::Down/>
                                {(count > 0).then(|| i18n.fill(Key::ChatUnseen, &[("count", &count)]))}
                            </button>
                        }
                    })
            }}
            <p class="visually-hidden" aria-live="polite">{spoken}</p>
            <Viewer/>
            <Held/>
        </div>
    }
}

fn row(row: Row) -> AnyView {
    let i18n = use_i18n();
    match row {
        Row::Day(at) => view! { <p class="chat-day"><Time at style=TimeStyle::Day/></p> }.into_any(),
        Row::Unread => view! { <p class="chat-unread"><span>{i18n.t(Key::ChatNewMessages)}</span></p> }.into_any(),
        Row::Message { id, first, last } => view! { <Bubble id first last/> }.into_any(),
        Row::Pictures { ids, first } => view! { <Pictures ids first/> }.into_any(),
        Row::Pending(key) => view! { <PendingBubble key/> }.into_any(),
    }
}

/// The part of the log that is before the reader's eyes. It is held in place by hand, because not every browser does
/// so by itself, and none does at the very top: what was at the upper edge stays there.
#[derive(Clone, Copy)]
struct View {
    log: NodeRef<html::Div>,
    at_end: RwSignal<bool>,
    newer: Memo<bool>,
    /// The uppermost message that is seen, by its id on the page, and where it stands below the upper edge.
    place: StoredValue<Option<(String, f64)>>,
    /// How high the rows and the log were when we looked last, in CSS pixels: while they change, what moves is not the
    /// reader.
    sizes: StoredValue<(i32, i32)>,
}

impl View {
    fn log(self) -> Option<HtmlElement> {
        self.log.try_get_untracked().flatten().map(Into::into)
    }

    /// The reader has scrolled, or we have.
    fn look(self) {
        let Some(log) = self.log() else { return };
        // Nothing but the reader leads away from the end: neither what grew since, nor the wait for the present.
        let changed = self.sizes.try_get_value() != Some((log.scroll_height(), log.client_height()));
        if self.at_end.try_get_untracked() == Some(true) && (changed || self.newer.try_get_untracked() == Some(true)) {
            return self.settle();
        }
        let end = log.scroll_height() - log.scroll_top() - log.client_height() < NEAR;
        let end = end && self.newer.try_get_untracked() == Some(false);
        if self.at_end.try_get_untracked().is_some_and(|before| before != end) {
            self.at_end.set(end);
        }
        self.remember(&log);
    }

    fn remember(self, log: &Element) {
        self.sizes.try_set_value((log.scroll_height(), log.client_height()));
        let edge = log.get_bounding_client_rect().top();
        let Ok(all) = log.query_selector_all(".chat-log__rows > [id^=m]") else { return };
        let at = |n: u32| all.get(n).and_then(|node| node.dyn_into::<Element>().ok());
        // They stand one below the other: the first whose foot is below the edge.
        let (mut from, mut to) = (0, all.length());
        while from < to {
            let middle = from + (to - from) / 2;
            if at(middle).is_some_and(|element| element.get_bounding_client_rect().bottom() <= edge) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        let place = at(from).map(|element| (element.id(), element.get_bounding_client_rect().top() - edge));
        self.place.try_update_value(|known| *known = place);
    }

    /// Something has changed its size, or came, or went: the reader's eyes stay where they are.
    fn settle(self) {
        let Some(log) = self.log() else { return };
        if self.at_end.try_get_untracked() == Some(true) {
            if self.newer.try_get_untracked() == Some(false) {
                log.set_scroll_top(log.scroll_height());
            }
        } else if let Some((id, top)) = self.place.try_get_value().flatten()
            && let Some(element) = browser::document().and_then(|document| document.get_element_by_id(&id))
        {
            let edge = log.get_bounding_client_rect().top();
            let moved = element.get_bounding_client_rect().top() - edge - top;
            #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
            log.set_scroll_top(log.scroll_top() + moved.round() as i32);
        }
        self.remember(&log);
    }

    /// Puts a message into the middle, and the focus on it.
    fn show(self, id: MessageId) {
        let Some(log) = self.log() else { return };
        let found = browser::document().and_then(|document| document.get_element_by_id(&anchor(id)));
        let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
        let _ = element.set_attribute("tabindex", "-1");
        let _ = element.focus();
        let (outer, inner) = (log.get_bounding_client_rect(), element.get_bounding_client_rect());
        let above = ((outer.height() - inner.height()) / 2.0).max(f64::from(NEAR) / 2.0);
        #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
        log.set_scroll_top(log.scroll_top() + (inner.top() - outer.top() - above).round() as i32);
        self.look();
    }
}

/// Leads to the message that the address asks for as soon as it is here, once.
fn show_target(reading: Reading, view: View) {
    let feed = reading.feed();
    reading.show.set_value(Some(Callback::new(move |id| view.show(id))));
    let here = Memo::new(move |_| {
        let target = feed.message();
        let shown = feed.desk.with(|desk| {
            let open = desk.open_room().filter(|open| open.id == reading.room);
            target.zip(open).is_some_and(|(id, open)| open.shows(id))
        });
        (target, shown)
    });
    Effect::new(move |done: Option<Option<MessageId>>| {
        let (target, shown) = here.get();
        let done = done.flatten().filter(|done| Some(*done) == target);
        view.log.get()?;
        if done.is_some() || !shown {
            return done;
        }
        // Not at the end even before it is there, or the view would jump to and fro.
        view.at_end.set(false);
        if let Some(target) = target {
            request_animation_frame(move || view.show(target));
        }
        target
    });
}

/// Reads on at one end of the window when the reader comes near it.
fn read_on_when_near(reading: Reading, end: End, mark: NodeRef<html::Div>) {
    let desk = reading.feed().desk;
    let edge = Memo::new(move |_| {
        desk.with(|desk| {
            let open = desk.open_room().filter(|open| open.id == reading.room)?;
            match end {
                End::Oldest => open.oldest().filter(|_| open.older()),
                End::Newest => open.end(),
            }
        })
    });
    Effect::new(move |_| {
        if edge.get().is_some()
            && let Some(mark) = mark.get()
        {
            sight::watch(&mark, move || {
                spawn_local(async move {
                    reading.read_on(end).await;
                });
            });
        }
    });
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
            let newest: &Message = open.messages().next_back().filter(|_| !open.newer())?;
            let first = opened.get_value().unwrap_or_else(|| {
                opened.set_value(Some(newest.id.0));
                newest.id.0
            });
            if newest.id.0 <= first || newest.direction != Direction::In {
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

/// A room that is looked at has nothing unread. What comes while nobody looks begins at `line`.
fn mark_read_when_seen(id: RoomId, line: RwSignal<Option<MessageId>>) {
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
        let count = unread.get();
        if count == 0 {
            return;
        }
        if !seen {
            let from = feed.desk.with_untracked(|desk| desk.open_room()?.unread_from(count));
            line.set(from);
            return;
        }
        feed.desk.update(|desk| desk.change_room(id, |room| room.unread = 0));
        spawn_local(async move {
            // Nothing is lost when this does not arrive: the dot comes back with the next reload.
            let _ = api::mark_read(feed.account, id).await;
        });
    });
}
