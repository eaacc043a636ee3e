//! What stands under a message of ours while it can be undone, and what became of the file that it hands over.

use super::super::use_desktop;
use crate::{
    chat::{
        api,
        live::feed::ask_to_log_in,
        model::{Delivery, Message, later::Download},
    },
    error::AppError,
    i18n::{Key, use_i18n},
    id::MessageId,
    line::event::Content,
    time::{SECOND, now},
    ui::{CopyButton, Dialog, Time, TimeStyle, Toasts},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Counts down and takes back.
#[component]
pub fn Undo(
    /// Message.
    id: MessageId,
    /// Until when it can be taken back (Unix ms).
    until: i64,
) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let (feed, compose) = (desktop.feed, desktop.compose);
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let (left, busy) = (RwSignal::new(0_i64), RwSignal::new(false));
    Effect::new(move |_| {
        let tick = move || {
            left.try_set((until - now() + SECOND - 1).max(0) / SECOND);
        };
        tick();
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_millis(250)) {
            on_cleanup(move || timer.clear());
        }
    });
    let undo = move |_| {
        let Some(room) = feed.desk.with_untracked(|desk| desk.open_id()) else { return };
        busy.set(true);
        spawn_local(async move {
            match api::undo(feed.account, room, id).await {
                Ok(draft) => {
                    if compose.room.get_untracked() == Some(room) {
                        compose.restore(draft);
                        compose.focus();
                    }
                }
                // It has gone; the message says so itself.
                Err(AppError::Conflict) => {}
                Err(error) => {
                    ask_to_log_in(&error);
                    toasts.error(&error);
                }
            }
            busy.try_set(false);
        });
    };
    let words = move || match left.get() {
        0 => i18n.t(Key::ChatSending).to_owned(),
        left => i18n.fill(Key::ChatUndoIn, &[("seconds", &left)]),
    };
    view! {
        <span class="say__state">{words}</span>
        {move || {
            (left.get() > 0)
                .then(|| {
                    view! {
                        <button type="button" class="link-button" disabled=busy on:click=undo>{i18n.t(Key::ChatUndo)}</button>
                    }
                })
        }}
    }
}

/// The page from which a file of ours is downloaded: how often it was, until when it can be, and taking it back.
#[component]
pub fn FileLink(message: Message) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let open = RwSignal::new(false);
    let found = RwSignal::new(None::<Download>);
    let id = message.id;
    let ours = matches!(message.content, Content::File { .. }) && matches!(message.delivery, Delivery::Sent { .. });
    let look = move || {
        spawn_local(async move {
            match api::download(feed.account, id).await {
                Ok(download) => {
                    found.try_set(Some(download));
                    open.try_set(true);
                }
                Err(error) => toasts.error(&error),
            }
        });
    };
    let revoke = move |_| {
        spawn_local(async move {
            match api::revoke_download(feed.account, id).await {
                Ok(()) => look(),
                Err(error) => toasts.error(&error),
            }
        });
    };
    let inside = move |download: Download| {
        let until = match download.expires_at {
            _ if download.revoked => view! { <p>{i18n.t(Key::ChatLinkRevoked)}</p> }.into_any(),
            Some(at) => view! { <p>{i18n.t(Key::ChatLinkUntil)} " " <Time at style=TimeStyle::Full/></p> }.into_any(),
            None => view! { <p>{i18n.t(Key::ChatLinkForever)}</p> }.into_any(),
        };
        view! {
            <CopyButton value=download.url label=i18n.t(Key::ChatLink)/>
            <p>{i18n.fill(Key::ChatLinkCount, &[("count", &download.downloads)])}</p>
            {until}
            <div class="dialog__actions">
                {(!download.revoked)
                    .then(|| {
                        view! {
                            <button type="button" class="button button--danger" on:click=revoke>
                                {i18n.t(Key::ChatLinkRevoke)}
                            </button>
                        }
                    })}
            </div>
        }
    };
    ours.then(|| {
        view! {
            <button type="button" class="link-button" on:click=move |_| look()>{i18n.t(Key::ChatLink)}</button>
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <Dialog open title=i18n.t(Key::ChatLinkTitle) id="link-title">
                                {move || found.get().map(inside)}
                            </Dialog>
                        }
                    })
            }}
        }
    })
}
