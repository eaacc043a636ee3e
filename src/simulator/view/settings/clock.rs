//! The platform's clock.

use super::super::deed::Deeds;
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{api, model::PlatformCard},
    time::{DAY, HOUR},
    ui::{hydrated, time::iso},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// `2026-12-24T09:30` in Japan, as a browser's field wants it.
fn japan(time: i64) -> String {
    iso(time + 9 * HOUR).chars().take(16).collect()
}

/// What it shows, and how to set it.
#[component]
pub fn ClockCard(
    /// The platform.
    platform: Resource<Result<PlatformCard, AppError>>,
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let look = move || platform.get().and_then(Result::ok);
    let at = RwSignal::new(String::new());
    let set = move |event: SubmitEvent| {
        event.prevent_default();
        if !at.get_untracked().is_empty() {
            deeds.run(api::set_clock(at.get_untracked(), 0), |()| ());
        }
    };
    let step = move |words: Key, advance: i64| {
        view! {
            <button
                type="button"
                class="sim-button"
                disabled=move || !alive.get()
                on:click=move |_| deeds.run(api::set_clock(String::new(), advance), |()| ())
            >
                {i18n.t(words)}
            </button>
        }
    };
    view! {
        <form class="sim-form sim-card" on:submit=set aria-labelledby="clock">
            <h2 id="clock">{i18n.t(Key::SimClock)}</h2>
            <p>{i18n.t(Key::SimClockMore)}</p>
            <Transition>
                {move || look().map(|card| {
                    let shown = japan(card.now).replace('T', " ");
                    view! {
                        <p>
                            <strong>{i18n.fill(Key::SimClockShows, &[("time", &shown)])}</strong>
                            " "
                            {(card.offset == 0).then(|| i18n.t(Key::SimClockReal))}
                        </p>
                    }
                })}
            </Transition>
            <label for="clock-at">{i18n.t(Key::SimClockAt)}</label>
            <div class="sim-form__row">
                <input
                    id="clock-at"
                    type="datetime-local"
                    prop:value=move || at.get()
                    on:input=move |event| at.set(event_target_value(&event))
                />
                <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimClockSet)}
                </button>
            </div>
            <div class="sim-card__buttons">
                {step(Key::SimClockHour, HOUR)} {step(Key::SimClockDay, DAY)} {step(Key::SimClockBack, 0)}
            </div>
        </form>
    }
}
