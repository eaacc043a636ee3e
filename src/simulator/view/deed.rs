//! What a page does when a button is pressed, and how it stays fresh.

use crate::{
    browser::event_source::{State, Stream, open},
    error::AppError,
    i18n::use_i18n,
};
use leptos::{prelude::*, task::spawn_local};
use std::future::Future;

/// The page's one live stream, which all phones on it share: a browser opens six connections to a server at most.
#[derive(Clone, Copy)]
pub struct Live(StoredValue<Vec<(Signal<String>, Ticker)>>);

/// Counts up whenever something has changed on one phone.
#[derive(Clone, Copy)]
struct Ticker(RwSignal<u32>);

impl Live {
    /// Opens the stream for these people.
    pub fn open(users: Signal<Vec<String>>) -> Self {
        let phones = StoredValue::new(Vec::<(Signal<String>, Ticker)>::new());
        let tell = move |room: &str| {
            let concerned = phones.try_with_value(|phones| {
                let wanted = |user: &Signal<String>| {
                    let user = user.try_get_untracked().unwrap_or_default();
                    // Who is in a group only the simulator knows.
                    room.is_empty() || !room.contains('/') || room.ends_with(&user)
                };
                phones.iter().filter(|(user, _)| wanted(user)).map(|(_, ticker)| *ticker).collect::<Vec<_>>()
            });
            for ticker in concerned.unwrap_or_default() {
                let _ = ticker.0.try_update(|count| *count = count.wrapping_add(1));
            }
        };
        // Kept by the effect itself: what belongs to one thread must not be made while a page is rendered.
        Effect::new(move |_: Option<Stream>| {
            let users = users.get().join(",");
            let url = move |_: &str| format!("/simulator/events?user={users}");
            let state = move |state| {
                if state == State::Open {
                    tell("");
                }
            };
            open(url, move |event| tell(&event.data), state)
        });
        Self(phones)
    }

    /// Everything inside the present component belongs to the phone of `user`.
    pub fn phone(self, user: Signal<String>) {
        let ticker = Ticker(RwSignal::new(0));
        provide_context(ticker);
        Effect::new(move |_| {
            let _ = self.0.try_update_value(|phones| phones.push((user, ticker)));
        });
        on_cleanup(move || {
            let _ = self.0.try_update_value(|phones| phones.retain(|(_, other)| other.0 != ticker.0));
        });
    }
}

/// The deeds of one page: what failed last, and how often the page has changed.
#[derive(Clone, Copy)]
pub struct Deeds {
    error: RwSignal<Option<AppError>>,
    version: RwSignal<u32>,
}

impl Deeds {
    /// For a page that also follows the live stream of `topic`: a user id, `log`, or empty for what
    /// concerns everyone.
    pub fn live(topic: Signal<String>) -> Self {
        let deeds = Self { error: RwSignal::new(None), version: RwSignal::new(0) };
        if let Some(Ticker(ticker)) = use_context() {
            Effect::new(move |before: Option<u32>| {
                let now = ticker.get();
                if before.is_some() {
                    deeds.look();
                }
                now
            });
            return deeds;
        }
        // As in `Live`.
        Effect::new(move |_: Option<Stream>| {
            let topic = topic.get();
            let url = move |_: &str| format!("/simulator/events?user={topic}");
            let state = move |state| {
                if state == State::Open {
                    deeds.look();
                }
            };
            open(url, move |_| deeds.look(), state)
        });
        deeds
    }

    /// Counts up whenever the page should look again.
    pub fn version(self) -> u32 {
        self.version.get()
    }

    /// Looks again.
    pub fn look(self) {
        // The page may have been left in the meantime.
        let _ = self.version.try_update(|version| *version = version.wrapping_add(1));
    }

    /// Does something, then looks again; `after` runs when it went well.
    pub fn run<T: 'static>(
        self,
        work: impl Future<Output = Result<T, AppError>> + 'static,
        after: impl FnOnce(T) + 'static,
    ) {
        spawn_local(async move {
            match work.await {
                Ok(value) => {
                    let _ = self.error.try_set(None);
                    after(value);
                    self.look();
                }
                Err(error) => {
                    let _ = self.error.try_set(Some(error));
                }
            }
        });
    }
}

/// What failed last.
#[component]
pub fn Trouble(
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div role="alert" class="sim__trouble">
            {move || deeds.error.get().map(|error| view! { <p>{i18n.error(&error)}</p> })}
        </div>
    }
}
