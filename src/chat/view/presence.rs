//! Who else looks at the open room, and who writes in it: told before one's own first word.

use super::outbox;
use crate::{
    browser,
    chat::{
        api::notes::{BeHere, be_here as say},
        live::feed::Feed,
        model::{
            Author,
            here::{HEARTBEAT, KEYSTROKES, Sign},
        },
    },
    i18n::{Key, use_i18n},
    id::{OperatorId, RoomId},
    team::view::Session,
    time::now,
    ui::{Avatar, AvatarSize},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// Faces shown in the head; the rest is a number.
const FACES: usize = 3;

/// What the parts of an open room need to give signs of life; a context below the room.
#[derive(Clone, Copy)]
struct Life {
    feed: Feed,
    room: RoomId,
    /// Names this page among the operator's tabs.
    tab: StoredValue<String>,
    /// When it was last said that something is written.
    said: StoredValue<i64>,
    /// Moves on while somebody is here, so that people go when their time is over.
    clock: RwSignal<i64>,
}

impl Life {
    fn give(self, sign: Sign) {
        if let Some(tab) = self.tab.try_get_value().filter(|tab| !tab.is_empty()) {
            self.give_from(tab, sign);
        }
    }

    fn give_from(self, tab: String, sign: Sign) {
        let Self { feed, room, .. } = self;
        spawn_local(async move {
            // Nobody is told when this fails: it is no matter of the operator's.
            if let Ok(here) = say(feed.account, room, tab, sign).await {
                feed.here.try_update(|known| known.take(here, now()));
            }
        });
    }
}

/// Says that this room is being looked at, for as long as it is.
pub fn be_here(feed: Feed, room: RoomId) {
    let life =
        Life { feed, room, tab: StoredValue::new(String::new()), said: StoredValue::new(0), clock: RwSignal::new(0) };
    provide_context(life);
    let here = Memo::new(move |_| {
        feed.desk.with(|desk| desk.open_room().is_some_and(|open| open.id == room && open.loaded()))
    });
    Effect::new(move |_| {
        if !here.get() {
            return;
        }
        if life.tab.with_value(String::is_empty) {
            life.tab.set_value(outbox::new_key());
        }
        let tab = life.tab.get_value();
        let look = move || {
            if browser::document().is_some_and(|document| !document.hidden()) {
                life.give(Sign::Looking);
            }
        };
        look();
        let beat = set_interval_with_handle(look, Duration::from_millis(HEARTBEAT.unsigned_abs())).ok();
        let shown = window_event_listener(ev::Custom::<ev::Event>::new("visibilitychange"), move |_| look());
        let closed = {
            let tab = tab.clone();
            window_event_listener(ev::Custom::<ev::Event>::new("pagehide"), move |_| {
                let (account, tab) = (feed.account, tab.clone());
                browser::beacon::send(&BeHere { account, room, tab, sign: Sign::Left });
            })
        };
        let tick = move || {
            life.clock.try_set(now());
        };
        tick();
        let clock = set_interval_with_handle(tick, Duration::from_secs(2)).ok();
        on_cleanup(move || {
            beat.into_iter().chain(clock).for_each(|timer| timer.clear());
            shown.remove();
            closed.remove();
            life.give_from(tab.clone(), Sign::Left);
        });
    });
}

/// Said at most once in three seconds.
fn type_in(life: Life) {
    if life.said.try_get_value().is_some_and(|said| said + KEYSTROKES <= now()) {
        life.said.set_value(now());
        life.give(Sign::Writing);
    }
}

/// A handler of key strokes for the place where answers are written.
pub fn on_typing() -> impl Fn(ev::Event) + 'static {
    let life = use_context::<Life>();
    move |_| {
        if let Some(life) = life {
            type_in(life);
        }
    }
}

fn others() -> Memo<Vec<(Author, bool)>> {
    let life = use_context::<Life>();
    let me = use_context::<Session>().map_or(OperatorId(0), |session| session.me.with_untracked(|me| me.id));
    Memo::new(move |_| {
        let Some(life) = life else { return Vec::new() };
        // On the server nobody is here, and there is no clock.
        let now = if life.clock.get() > 0 { now() } else { i64::MAX };
        life.feed.here.with(|here| here.others(life.room, me, now))
    })
}

/// Pictures of those who look at this room too.
#[component]
pub fn Viewers() -> impl IntoView {
    let i18n = use_i18n();
    let others = others();
    move || {
        let all = others.get();
        (!all.is_empty()).then(|| {
            let names = all.iter().map(|(who, _)| who.name.clone()).collect::<Vec<_>>().join(", ");
            let label = i18n.fill(Key::ChatLookingToo, &[("names", &names)]);
            let more = all.len().saturating_sub(FACES);
            view! {
                <span class="viewers" role="img" aria-label=label.clone() title=label>
                    {all
                        .into_iter()
                        .take(FACES)
                        .map(|(who, writing)| {
                            view! {
                                <span class="viewers__face" class:viewers__face--writing=writing>
                                    <Avatar name=who.name seed=who.id.0 size=AvatarSize::Small/>
                                </span>
                            }
                        })
                        .collect_view()}
                    {(more > 0).then(|| view! { <span class="viewers__more">{format!("+{more}")}</span> })}
                </span>
            }
        })
    }
}

/// Above the place where one writes: who is writing, or else who is looking.
#[component]
pub fn Bar() -> impl IntoView {
    let i18n = use_i18n();
    let others = others();
    let words = Memo::new(move |_| {
        others.with(|all| {
            let names = |writing: bool| {
                let some = all.iter().filter(|(_, writes)| *writes || !writing);
                some.map(|(who, _)| who.name.clone()).collect::<Vec<_>>().join(", ")
            };
            let writing = all.iter().any(|(_, writes)| *writes);
            (!all.is_empty()).then(|| {
                let key = if writing { Key::ChatWritingNow } else { Key::ChatLookingToo };
                (i18n.fill(key, &[("names", &names(writing))]), writing)
            })
        })
    });
    view! {
        <p class="here" class:here--writing=move || words.with(|words| words.as_ref().is_some_and(|(_, writing)| *writing)) role="status">
            {move || words.get().map(|(words, _)| words)}
        </p>
    }
}
