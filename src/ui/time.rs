//! Times in words. The server does not know the reader's clock, so both sides first write the same
//! neutral text; once the page is alive it becomes the reader's own, and stays up to date.

mod intl;
mod neutral;

pub use neutral::{iso, neutral};

use crate::i18n::use_i18n;
use leptos::prelude::*;
use std::time::Duration;

/// Which words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TimeStyle {
    /// "3 minutes ago", "yesterday".
    #[default]
    Relative,
    /// As short as a list needs it: 14:32 today, Thu this week, 2 Nov before.
    List,
    /// 14:32.
    Clock,
    /// Saturday 21 November.
    Day,
    /// 21 November 2026, 14:32.
    Full,
}

/// The present time in Unix ms, once a half minute; a context, so that all times on a page share
/// one timer. Zero until the page is alive.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<i64>);

impl Clock {
    /// Starts the clock and hands it out as context.
    pub fn provide() {
        let clock = RwSignal::new(0);
        provide_context(Self(clock));
        Effect::new(move |_| {
            clock.set(crate::time::now());
            if let Ok(timer) = set_interval_with_handle(move || clock.set(crate::time::now()), Duration::from_secs(30))
            {
                on_cleanup(move || timer.clear());
            }
        });
    }

    /// Now, in Unix ms; zero on the server and until the page is alive.
    pub fn now(self) -> i64 {
        self.0.get()
    }
}

/// Today, as letters of this language have it: "21 November 2026"; empty on the server, which does not know the day.
pub fn today(lang: crate::i18n::Lang) -> String {
    if crate::browser::window().is_none() {
        return String::new();
    }
    intl::date_words(lang, crate::time::now())
}

/// A moment in the reader's words, with the exact time on hover.
#[component]
pub fn Time(
    /// The moment, Unix ms.
    #[prop(into)]
    at: Signal<i64>,
    /// Which words.
    #[prop(optional)]
    style: TimeStyle,
) -> impl IntoView {
    let lang = use_i18n().lang;
    let clock = use_context::<Clock>();
    let now = move || clock.map_or(0, Clock::now);
    let words = move || match now() {
        0 => neutral(at.get()),
        now => intl::words(lang, at.get(), now, style),
    };
    let exact = move || match now() {
        0 => format!("{} UTC", neutral(at.get())),
        now => intl::words(lang, at.get(), now, TimeStyle::Full),
    };
    view! { <time class="time" datetime=move || iso(at.get()) title=exact>{words}</time> }
}
