//! How the platform behaves: pace and limits.

use super::super::deed::Deeds;
use crate::{
    error::{AppError, Reason},
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{Manners, PlatformCard},
    },
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};
use std::str::FromStr;

/// What stands in the form; shown anew when somebody else changes it, and left alone while nobody does.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shown {
    manners: Manners,
    audience_wait: i64,
    privacy: bool,
    strict: bool,
}

/// The card.
#[component]
pub fn MannersCard(
    /// The platform.
    platform: Resource<Result<PlatformCard, AppError>>,
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="sim-card" aria-labelledby="manners">
            <h2 id="manners">{i18n.t(Key::SimManners)}</h2>
            <p>{i18n.t(Key::SimMannersMore)}</p>
            <Transition>
                <Now platform deeds/>
            </Transition>
        </section>
    }
}

/// The form as things stand. Within the waiting part: that is where the memo may read what is waited for.
#[component]
fn Now(platform: Resource<Result<PlatformCard, AppError>>, deeds: Deeds) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let card = platform.get()?.ok()?;
        let PlatformCard { manners, audience_wait, privacy, strict, .. } = card;
        Some(Shown { manners, audience_wait, privacy, strict })
    });
    move || shown.get().map(|shown| view! { <Form shown deeds/> })
}

fn number<T: FromStr>(text: RwSignal<String>) -> Result<T, AppError> {
    let text = text.get_untracked();
    text.trim().parse().map_err(|_| AppError::field("number", Reason::Invalid))
}

#[component]
fn Form(shown: Shown, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let Shown { manners, audience_wait, privacy, strict } = shown;
    let text = |value: i64| RwSignal::new(value.to_string());
    let (rate_limits, hide) = (RwSignal::new(manners.rate_limits), RwSignal::new(privacy));
    let (pace, audience) = (text(manners.narrowcast_pace), text(audience_wait));
    let (batch, times) = (text(manners.webhook_batch.into()), text(manners.redeliveries.into()));
    let (wait, suspend) = (text(manners.redelivery_wait), text(manners.suspend_after.into()));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let work = async move {
            let manners = Manners {
                rate_limits: rate_limits.get_untracked(),
                narrowcast_pace: number(pace)?,
                webhook_batch: number(batch)?,
                redeliveries: number(times)?,
                redelivery_wait: number(wait)?,
                suspend_after: number(suspend)?,
            };
            api::set_platform(manners, number(audience)?, hide.get_untracked()).await
        };
        deeds.run(work, |()| ());
    };
    let check = |words: Key, value: RwSignal<bool>| {
        view! {
            <label class="sim-form__check">
                <input
                    type="checkbox"
                    prop:checked=move || value.get()
                    on:change=move |event| value.set(event_target_checked(&event))
                />
                {i18n.t(words)}
            </label>
        }
    };
    let field = |id: &'static str, words: Key, value: RwSignal<String>| {
        view! {
            <label for=id>{i18n.t(words)}</label>
            <input
                id=id
                inputmode="numeric"
                autocomplete="off"
                required=true
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
    };
    view! {
        <form class="sim-form" on:submit=save>
            {strict.then(|| view! { <p>{i18n.t(Key::SimStrict)}</p> })}
            {check(Key::SimRateLimits, rate_limits)}
            {check(Key::SimPrivacy, hide)}
            {field("pace-narrowcast", Key::SimNarrowcastPace, pace)}
            {field("pace-audience", Key::SimAudienceWait, audience)}
            {field("pace-batch", Key::SimBatch, batch)}
            {field("pace-redeliveries", Key::SimRedeliveries, times)}
            {field("pace-wait", Key::SimRedeliveryWait, wait)}
            {field("pace-suspend", Key::SimSuspendAfter, suspend)}
            <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                {i18n.t(Key::UiSave)}
            </button>
        </form>
    }
}
