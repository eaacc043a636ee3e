//! How sending a message went, under its bubble, and what can be done about it.

use super::{
    compose::{
        extras::{FileLink, Undo},
        tray,
    },
    use_desktop, words,
};
use crate::{
    chat::{
        api,
        live::{PendingState, feed::ask_to_log_in},
        model::{Delivery, Message, Via, draft::Bubble},
    },
    i18n::{I18n, Key, use_i18n},
    ui::{
        Time, TimeStyle, Toasts,
        phone::{Taps, rich_text},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// The state of a message of ours; nothing for what came in.
#[component]
pub fn Sent(message: Message) -> impl IntoView {
    let i18n = use_i18n();
    match &message.delivery {
        Delivery::Received | Delivery::Discarded => ().into_any(),
        Delivery::Queued { waiting: false } if message.held_until.is_some() => {
            view! { <Undo id=message.id until=message.held_until.unwrap_or_default()/> }.into_any()
        }
        Delivery::Queued { waiting } => {
            let key = if *waiting { Key::ChatWaiting } else { Key::ChatSending };
            view! { <span class="say__state">{i18n.t(key)}</span> }.into_any()
        }
        Delivery::Sent { via } => {
            let key = if *via == Via::Reply { Key::ChatViaReply } else { Key::ChatViaPush };
            view! {
                <span class="say__state">{i18n.t(key)}</span>
                <FileLink message/>
            }
            .into_any()
        }
        Delivery::Failed { why } => {
            let words = words::failure(i18n, why);
            view! {
                <span class="say__state say__state--wrong" role="alert">{words}</span>
                <Again message asks=false/>
            }
            .into_any()
        }
        Delivery::Unknown => view! {
            <span class="say__state say__state--wrong" role="alert">{i18n.t(Key::ChatFateUnknown)}</span>
            <Again message asks=true/>
        }
        .into_any(),
    }
}

/// Sends a message again, or takes it out of the room. What may arrive twice is asked about first.
#[component]
fn Again(message: Message, asks: bool) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let Some(room) = feed.desk.with_untracked(|desk| desk.open_id()) else { return ().into_any() };
    let id = message.id;
    let retry = move || {
        busy.set(true);
        spawn_local(async move {
            match api::retry(feed.account, room, id).await {
                Ok(message) => {
                    feed.desk.try_update(|desk| desk.put_message(room, message));
                }
                Err(error) => {
                    ask_to_log_in(&error);
                    toasts.error(&error);
                }
            }
            busy.try_set(false);
        });
    };
    let again = move |_| if asks && !asking.get_untracked() { asking.set(true) } else { retry() };
    let discard = move |_| {
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = api::discard(feed.account, room, id).await {
                ask_to_log_in(&error);
                toasts.error(&error);
            }
            busy.try_set(false);
        });
    };
    let words = move || match (asks, asking.get()) {
        (false, _) => Key::UiRetry,
        (true, false) => Key::ChatSendAgain,
        (true, true) => Key::ChatSendAgainSure,
    };
    view! {
        <span class="say__actions">
            <button type="button" class="link-button" disabled=busy on:click=again>{move || i18n.t(words())}</button>
            <button type="button" class="link-button" disabled=busy on:click=discard>{i18n.t(Key::ChatDiscard)}</button>
        </span>
    }
    .into_any()
}

/// What was sent from here and the server has not confirmed yet.
#[component]
pub fn PendingBubble(
    /// The key that the composer made.
    key: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let name = key.clone();
    let pending = Memo::new(move |_| {
        feed.desk.with(|desk| desk.open_room().and_then(|open| open.pending_by_key(&name)).cloned())
    });
    move || {
        let pending = pending.get()?;
        let room = feed.desk.with_untracked(|desk| desk.open_id())?;
        let (words, refused) = match &pending.state {
            PendingState::Sending => (i18n.t(Key::ChatSending).to_owned(), false),
            PendingState::Waiting => (i18n.t(Key::ChatWaiting).to_owned(), false),
            PendingState::Refused(error) => (i18n.error(error), true),
        };
        let (key, again, draft) = (pending.key.clone(), pending.key.clone(), pending.draft.clone());
        Some(view! {
            <div class="say say--mine say--first say--pending">
                <div class="say__what">
                    {pending.draft.bubbles.iter().map(|bubble| view! { <div class="bubble">{said(i18n, bubble)}</div> }).collect_view()}
                    <div class="say__below">
                        <Time at=pending.at style=TimeStyle::Clock/>
                        <span class="say__state" class:say__state--wrong=refused>{words}</span>
                        {refused
                            .then(|| {
                                view! {
                                    <span class="say__actions">
                                        <button
                                            type="button"
                                            class="link-button"
                                            on:click=move |_| feed.send(room, again.clone(), draft.clone())
                                        >
                                            {i18n.t(Key::UiRetry)}
                                        </button>
                                        <button
                                            type="button"
                                            class="link-button"
                                            on:click=move |_| feed.desk.update(|desk| desk.forget_pending(room, &key))
                                        >
                                            {i18n.t(Key::ChatDiscard)}
                                        </button>
                                    </span>
                                }
                            })}
                    </div>
                </div>
            </div>
        })
    }
}

/// A bubble before it is a message: texts in full, of the rest its name.
fn said(i18n: I18n, bubble: &Bubble) -> AnyView {
    match bubble {
        Bubble::Text { text, emojis } => rich_text(text, emojis, &[], Taps::default()),
        bubble => tray::name(i18n, bubble).into_any(),
    }
}
