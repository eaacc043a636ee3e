//! The whole state as a file: down and up.

use super::super::deed::Deeds;
use crate::{
    browser,
    error::{AppError, Reason},
    i18n::{Key, use_i18n},
    simulator::model::{PlatformCard, StateCounts},
    ui::{Dialog, hydrated},
};
use leptos::{html, prelude::*};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What a file would change, or has changed.
#[derive(Clone, Copy, Deserialize)]
struct Change {
    before: StateCounts,
    after: StateCounts,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

/// Sends the chosen file; `look` changes nothing yet.
async fn send(input: web_sys::HtmlInputElement, look: bool) -> Result<Change, AppError> {
    let file = input.files().and_then(|files| files.get(0)).ok_or(AppError::field("file", Reason::Empty))?;
    let begin = || -> Result<js_sys::Promise, JsValue> {
        let init = web_sys::RequestInit::new();
        init.set_method("PUT");
        init.set_body(&file);
        let window = browser::window().ok_or(JsValue::NULL)?;
        Ok(window.fetch_with_str_and_init(&format!("/simulator/api/state?look={look}"), &init))
    };
    let lost = |_| AppError::Unreachable;
    let answer = JsFuture::from(begin().map_err(lost)?).await.map_err(lost)?;
    let answer: web_sys::Response = answer.dyn_into().map_err(lost)?;
    let text = JsFuture::from(answer.text().map_err(lost)?).await.map_err(lost)?.as_string().unwrap_or_default();
    if answer.ok() {
        return serde_json::from_str(&text).map_err(|_| AppError::Unreachable);
    }
    let message = serde_json::from_str::<Refusal>(&text).map_or(text, |refusal| refusal.message);
    Err(AppError::field("file", Reason::Refused { message }))
}

/// The card.
#[component]
pub fn StateCard(
    /// The platform.
    platform: Resource<Result<PlatformCard, AppError>>,
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let look = move || platform.get().and_then(Result::ok);
    let file = NodeRef::<html::Input>::new();
    let (asking, change) = (RwSignal::new(false), RwSignal::new(None::<Change>));
    let (wrong, done) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let answered = StoredValue::new(false);
    let said = move |error: AppError| match error {
        // The simulator's own words, not LINE's.
        AppError::Field { reason: Reason::Refused { message }, .. } => message,
        error => i18n.error(&error),
    };
    let chosen = move |_| {
        let Some(input) = file.get_untracked() else { return };
        wrong.set(None);
        done.set(false);
        leptos::task::spawn_local(async move {
            match send(input.clone(), true).await {
                Ok(found) => {
                    answered.set_value(false);
                    change.set(Some(found));
                    asking.set(true);
                }
                Err(error) => {
                    input.set_value("");
                    wrong.set(Some(said(error)));
                }
            }
        });
    };
    let replace = move |_| {
        let Some(input) = file.get_untracked() else { return };
        answered.set_value(true);
        asking.set(false);
        leptos::task::spawn_local(async move {
            let sent = send(input.clone(), false).await;
            input.set_value("");
            match sent {
                Ok(_) => {
                    done.set(true);
                    deeds.run(std::future::ready(Ok(())), |()| ());
                }
                Err(error) => wrong.set(Some(said(error))),
            }
        });
    };
    // Closed by any means without an answer, the file is no longer meant: choosing it again must ask again.
    Effect::new(move |was: Option<bool>| {
        let open = asking.get();
        if was == Some(true)
            && !open
            && !answered.get_value()
            && let Some(input) = file.get_untracked()
        {
            input.set_value("");
        }
        open
    });
    let holds = move |counts: StateCounts| {
        let StateCounts { channels, users, groups, messages, contents } = counts;
        i18n.fill(
            Key::SimStateHolds,
            &[
                ("channels", &channels),
                ("users", &users),
                ("groups", &groups),
                ("messages", &messages),
                ("contents", &contents),
            ],
        )
    };
    view! {
        <section class="sim-card" aria-labelledby="state">
            <h2 id="state">{i18n.t(Key::SimState)}</h2>
            <p>{i18n.t(Key::SimStateMore)}</p>
            <Transition>
                {move || look().map(|card| view! {
                    <p>{holds(card.counts)}</p>
                    <p>{i18n.t(if card.kept { Key::SimStateKept } else { Key::SimStateMemory })}</p>
                })}
            </Transition>
            <div class="sim-card__buttons">
                <a class="sim-button" href="/simulator/api/state" download="" rel="external">
                    {i18n.t(Key::SimStateDownload)}
                </a>
                <label class="sim-button state__file">
                    <span>{i18n.t(Key::SimStateUpload)}</span>
                    <input
                        class="state__input"
                        type="file"
                        accept="application/json,.json"
                        node_ref=file
                        disabled=move || !alive.get()
                        on:change=chosen
                    />
                </label>
            </div>
            <div role="alert">{move || wrong.get().map(|words| view! { <p class="wire__cut">{words}</p> })}</div>
            <p role="status">{move || done.get().then(|| i18n.t(Key::SimStateDone))}</p>
            <Dialog open=asking title=i18n.t(Key::SimStateReplace) id="state-replace">
                {move || change.get().map(|change| view! {
                    <p>{i18n.t(Key::SimStateNow)}<br/>{holds(change.before)}</p>
                    <p>{i18n.t(Key::SimStateThen)}<br/>{holds(change.after)}</p>
                })}
                <div class="dialog__actions">
                    <button type="button" class="sim-button" on:click=move |_| asking.set(false)>{i18n.t(Key::UiCancel)}</button>
                    <button type="button" class="sim-button sim-button--danger" on:click=replace>
                        {i18n.t(Key::SimStateConfirm)}
                    </button>
                </div>
            </Dialog>
        </section>
    }
}
