//! What a page does when a button is pressed, and how it stays fresh.

use crate::{
    browser::event_source::{State, Stream, open},
    error::AppError,
    i18n::use_i18n,
};
use leptos::{prelude::*, task::spawn_local};
use std::future::Future;

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
        // Kept by the effect itself: what belongs to one thread must not be made while a page is rendered.
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
