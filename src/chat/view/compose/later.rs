//! Sending later: choosing a time, and what waits.

use super::{
    super::{outbox, use_desktop},
    Compose,
    tray::name,
};
use crate::{
    chat::{
        api,
        live::feed::ask_to_log_in,
        model::later::{Later, is_possible},
    },
    error::AppError,
    i18n::{Key, use_i18n},
    id::RoomId,
    time::{DAY, HOUR, now},
    ui::{Dialog, Icon, IconView, Time, TimeStyle, Toasts},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

/// A time in the browser's zone as its field has it: `2026-11-21T18:00`.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
fn local(at: i64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

/// The time that a field has, in the browser's zone.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
fn read(text: &str) -> Option<i64> {
    let at = js_sys::Date::new(&JsValue::from_str(text)).get_time();
    at.is_finite().then_some(at as i64)
}

/// Tomorrow at nine, in the browser's zone.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
fn tomorrow() -> i64 {
    let date = js_sys::Date::new(&JsValue::from_f64((now() + DAY) as f64));
    date.set_hours(9);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    date.get_time() as i64
}

/// Chooses the time. Open while `open` is true.
#[component]
pub fn LaterSheet(compose: Compose, id: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let begun = compose.editing.get_untracked().map_or_else(|| now() + HOUR, |(_, at)| at);
    let at = RwSignal::new(local(begun));
    let (wrong, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    // One key for this sheet: pressing twice plans once.
    let key = StoredValue::new(outbox::new_key());
    let plan = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = untrack(|| compose.draft());
        if draft.check().is_err() {
            return wrong.set(Some(i18n.t(Key::ChatLaterEmpty).to_owned()));
        }
        let Some(at) = read(&at.get_untracked()).filter(|at| is_possible(*at, now())) else {
            return wrong.set(Some(i18n.t(Key::ChatLaterWrong).to_owned()));
        };
        busy.set(true);
        let editing = compose.editing.get_untracked();
        spawn_local(async move {
            let account = compose.account();
            let answer = match editing {
                Some((later, _)) => api::change_later(account, later, draft, at).await,
                None => api::send_later(account, id, key.get_value(), draft, at).await,
            };
            match answer {
                Ok(_) => {
                    if compose.room.get_untracked() == Some(id) {
                        compose.clear();
                    }
                    toasts.show(i18n.t(Key::ChatLaterDone));
                    open.try_set(false);
                }
                Err(error) => {
                    ask_to_log_in(&error);
                    wrong.try_set(Some(i18n.error(&error)));
                }
            }
            busy.try_set(false);
        });
    };
    let quick = move |key: Key, time: fn() -> i64| {
        view! {
            <button type="button" class="button" on:click=move |_| at.set(local(time()))>{i18n.t(key)}</button>
        }
    };
    view! {
        <Dialog open title=i18n.t(Key::ChatLaterList) id="later-title">
            <form class="composer-sheet" on:submit=plan>
                <div class="composer-sheet__row">
                    {quick(Key::ChatLaterHour, || now() + HOUR)}
                    {quick(Key::ChatLaterTomorrow, tomorrow)}
                </div>
                <div class="field">
                    <label class="field__label" for="later-at">{i18n.t(Key::ChatLaterWhen)}</label>
                    <input
                        class="field__input"
                        id="later-at"
                        type="datetime-local"
                        required=true
                        prop:value=move || at.get()
                        on:input=move |event| {
                            at.set(event_target_value(&event));
                            wrong.set(None);
                        }
                    />
                    <p class="field__error" role="alert">{move || wrong.get()}</p>
                </div>
                <div class="dialog__actions">
                    <button type="submit" class="button button--primary" disabled=move || busy.get()>
                        {i18n.t(Key::ChatLaterSet)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// Says that something waits, and shows it.
#[component]
pub fn Waiting(compose: Compose, id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desktop().feed.desk;
    let open = RwSignal::new(false);
    let count = Memo::new(move |_| desk.with(|desk| desk.room(id).map_or(0, |room| room.later)));
    view! {
        {move || {
            let count = count.get();
            (count > 0)
                .then(|| {
                    view! {
                        <button type="button" class="composer-later" on:click=move |_| open.set(true)>
                            <IconView icon=Icon::Clock/>
                            {i18n.fill(Key::ChatLaterCount, &[("count", &count)])}
                        </button>
                    }
                })
        }}
        {move || open.get().then(|| view! { <List compose id open count/> })}
    }
}

#[component]
fn List(compose: Compose, id: RoomId, open: RwSignal<bool>, count: Memo<i64>) -> impl IntoView {
    let i18n = use_i18n();
    let all = RwSignal::new(false);
    let waiting = RwSignal::new(None::<Result<Vec<Later>, AppError>>);
    Effect::new(move |_| {
        count.track();
        let only = (!all.get()).then_some(id);
        spawn_local(async move {
            let answer = api::list_later(compose.account(), only).await;
            waiting.try_set(Some(answer));
        });
    });
    let which = move |key: Key, on: bool| {
        let pressed = move || if all.get() == on { "true" } else { "false" };
        view! {
            <button type="button" class="button" aria-pressed=pressed on:click=move |_| all.set(on)>{i18n.t(key)}</button>
        }
    };
    let rows = move || match waiting.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <p role="alert">{i18n.error(&error)}</p> }.into_any(),
        Some(Ok(rows)) if rows.is_empty() => view! { <p>{i18n.t(Key::ChatLaterNone)}</p> }.into_any(),
        Some(Ok(rows)) => {
            let rows = rows.into_iter().map(|later| view! { <Row compose id open waiting later/> }).collect_view();
            view! { <ul class="composer-waiting">{rows}</ul> }.into_any()
        }
    };
    view! {
        <Dialog open title=i18n.t(Key::ChatLaterList) id="waiting-title">
            <div class="composer-sheet__row" role="group">
                {which(Key::ChatLaterHere, false)}
                {which(Key::ChatLaterAll, true)}
            </div>
            {rows}
        </Dialog>
    }
}

#[component]
fn Row(
    compose: Compose,
    id: RoomId,
    open: RwSignal<bool>,
    waiting: RwSignal<Option<Result<Vec<Later>, AppError>>>,
    later: Later,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let busy = RwSignal::new(false);
    let (this, here) = (later.id, later.room == id);
    let gone = move || {
        waiting.try_update(|waiting| {
            if let Some(Ok(rows)) = waiting {
                rows.retain(|row| row.id != this);
            }
        });
    };
    let cancel = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::cancel_later(compose.account(), this).await {
                Ok(draft) => {
                    gone();
                    let back = Callback::new(move |()| compose.restore(draft.clone()));
                    if here {
                        toasts.offer(i18n.t(Key::ChatLaterCancelled), i18n.t(Key::ChatLaterEdit), back);
                    } else {
                        toasts.show(i18n.t(Key::ChatLaterCancelled));
                    }
                }
                Err(error) => toasts.error(&error),
            }
            busy.try_set(false);
        });
    };
    let send = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::later_now(compose.account(), this).await {
                Ok(()) => gone(),
                Err(error) => toasts.error(&error),
            }
            busy.try_set(false);
        });
    };
    let draft = later.draft.clone();
    let edit = move |_| {
        // What was being written stays where it is kept.
        compose.clear();
        compose.editing.set(Some((this, later.at)));
        compose.restore(draft.clone());
        open.set(false);
        compose.focus();
    };
    let words: Vec<String> = later.draft.bubbles.iter().map(|bubble| name(i18n, bubble)).collect();
    let link = move |key: Key| i18n.t(key);
    view! {
        <li class="composer-waiting__row">
            <p class="composer-waiting__head">
                <strong><Time at=later.at style=TimeStyle::Full/></strong>
                " · "
                {later.author.clone()}
                {(!here).then(|| format!(" → {}", later.room_name))}
            </p>
            <p class="composer-waiting__words" dir="auto">{words.join(" / ")}</p>
            <div class="composer-waiting__acts">
                {here
                    .then(|| {
                        view! {
                            <button type="button" class="link-button" disabled=busy on:click=edit>{link(Key::ChatLaterEdit)}</button>
                        }
                    })}
                <button type="button" class="link-button" disabled=busy on:click=send>{link(Key::ChatLaterNow)}</button>
                <button type="button" class="link-button" disabled=busy on:click=cancel>{link(Key::ChatLaterCancel)}</button>
            </div>
        </li>
    }
}

/// Says that something is being changed that will be sent later.
#[component]
pub fn Editing(compose: Compose, id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let (_, at) = compose.editing.get()?;
        Some(view! {
            <div class="composer-quote">
                <p>
                    <strong>{i18n.t(Key::ChatLaterEditing)}</strong>
                    <span class="composer-quote__words"><Time at style=TimeStyle::Full/></span>
                </p>
                <button
                    type="button"
                    class="composer-icon"
                    aria-label=i18n.t(Key::UiCancel)
                    title=i18n.t(Key::UiCancel)
                    on:click=move |_| compose.begin(id)
                >
                    <IconView icon=Icon::Close/>
                </button>
            </div>
        })
    }
}
