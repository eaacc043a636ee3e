//! The head of an open room: who it is, who has it, and where the work on it stands.

use super::{
    assign::{Assignee, holder_name},
    use_desktop, words,
};
use crate::{
    chat::{
        api,
        live::feed::{Feed, ask_to_log_in},
        model::{Friendship, Mark, Room, RoomKind, RoomState},
    },
    error::{AppError, Reason},
    i18n::{Key, use_i18n},
    id::RoomId,
    ui::{Avatar, Icon, IconView, Menu, Toasts, hydrated},
};
use leptos::{prelude::*, task::spawn_local};
use std::future::Future;

/// Shows a change at once, asks the server for it, and takes it back when it is refused.
pub fn change<F>(feed: Feed, toasts: Toasts, id: RoomId, early: impl FnOnce(&mut Room), ask: F)
where
    F: Future<Output = Result<(), AppError>> + 'static,
{
    let before = feed.desk.with_untracked(|desk| desk.room(id).cloned());
    feed.desk.update(|desk| desk.change_room(id, early));
    spawn_local(async move {
        if let Err(error) = ask.await {
            ask_to_log_in(&error);
            toasts.error(&error);
            if let Some(before) = before {
                feed.desk.try_update(|desk| {
                    desk.change_room(id, |room| {
                        if room.seq == before.seq {
                            *room = before
                        }
                    })
                });
            }
        }
    });
}

/// Puts a room into a state, or back to open when it is in that state already.
pub fn toggle_state(feed: Feed, toasts: Toasts, id: RoomId, wanted: RoomState) {
    let now = feed.desk.with_untracked(|desk| desk.room(id).map(|room| room.state));
    let state = if now == Some(wanted) { RoomState::Open } else { wanted };
    let early = move |room: &mut Room| {
        room.state = state;
        // What is resolved has been read.
        if state == RoomState::Resolved {
            room.unread = 0;
        }
    };
    change(feed, toasts, id, early, api::set_state(feed.account, id, state));
}

/// Changes the operator's own mark on a room at once, and takes it back when the server refuses.
fn change_mark<F>(feed: Feed, toasts: Toasts, id: RoomId, early: impl FnOnce(&mut Mark), ask: F)
where
    F: Future<Output = Result<(), AppError>> + 'static,
{
    let before = feed.desk.with_untracked(|desk| desk.mark(id));
    feed.desk.update(|desk| desk.change_mark(id, early));
    spawn_local(async move {
        let Err(error) = ask.await else { return };
        ask_to_log_in(&error);
        match &error {
            AppError::Field { field, reason: Reason::Full { limit } } => {
                let key = if field == "pin" { Key::ChatPinsFull } else { Key::ChatMutesFull };
                toasts.wrong(key, &[("limit", limit)]);
            }
            error => toasts.error(error),
        }
        feed.desk.try_update(|desk| {
            desk.change_mark(id, |mark| {
                if mark.seq == before.seq {
                    *mark = before;
                }
            });
        });
    });
}

/// Keeps a room on top of the operator's own list, or lets it go.
fn toggle_pin(feed: Feed, toasts: Toasts, id: RoomId) {
    let on = !feed.desk.with_untracked(|desk| desk.is_pinned(id));
    let early = move |mark: &mut Mark| mark.pinned_at = i64::from(on);
    change_mark(feed, toasts, id, early, api::set_pin(feed.account, id, on));
}

/// The operator hears nothing of a room any more, or does again.
fn toggle_mute(feed: Feed, toasts: Toasts, id: RoomId) {
    let on = !feed.desk.with_untracked(|desk| desk.is_muted(id));
    change_mark(feed, toasts, id, move |mark| mark.muted = on, api::set_mute(feed.account, id, on));
}

/// Name, line below it, and the buttons of the room.
#[component]
pub fn Head(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let feed = desktop.feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let asleep = Signal::derive(move || !alive.get());
    let room = Memo::new(move |_| feed.desk.with(|desk| desk.room(id).cloned()));
    let state = Memo::new(move |_| room.with(|room| room.as_ref().map(|room| room.state).unwrap_or_default()));
    let spam = Memo::new(move |_| room.with(|room| room.as_ref().is_some_and(|room| room.spam)));
    let name = Signal::derive(move || {
        room.with(|room| room.as_ref().map(|room| words::room_name(i18n, room)).unwrap_or_default())
    });
    let picture = Signal::derive(move || room.with(|room| room.as_ref().and_then(|room| room.picture.clone())));
    let group = room.with_untracked(|room| room.as_ref().is_some_and(|room| room.kind != RoomKind::User));
    let below = move || {
        room.with(|room| {
            let room = room.as_ref()?;
            Some(match (room.kind, room.friendship) {
                (_, _) if room.spam => i18n.t(Key::ChatFilterSpam).to_owned(),
                (RoomKind::User, Friendship::Gone) => i18n.t(Key::ChatGone).to_owned(),
                (RoomKind::User, Friendship::Friend) => i18n.t(Key::ChatFriend).to_owned(),
                (RoomKind::User, Friendship::Unknown) => i18n.t(Key::ChatNotFriend).to_owned(),
                (_, Friendship::Gone) => i18n.t(Key::ChatGroupGone).to_owned(),
                _ => i18n.fill(Key::ChatMembers, &[("count", &room.members)]),
            })
        })
    };
    // Where there is no room for the name beside the picture of whoever has the room, it stands here.
    let holder = move || {
        feed.desk
            .with(|desk| desk.room(id).and_then(|room| holder_name(i18n, desk.roster(), room)))
            .map(|name| view! { <span class="assign__below">" · " {name}</span> })
    };
    let cut_off =
        move || room.with(|room| room.as_ref().is_some_and(|room| room.friendship == Friendship::Gone && !room.spam));
    let pinned = Memo::new(move |_| feed.desk.with(|desk| desk.is_pinned(id)));
    let muted = Memo::new(move |_| feed.desk.with(|desk| desk.is_muted(id)));
    let resolved = move || state.get() == RoomState::Resolved;
    let set_spam = move |_| {
        let wanted = !spam.get_untracked();
        change(feed, toasts, id, |room| room.spam = wanted, api::set_spam(feed.account, id, wanted));
    };
    view! {
        <header class="toolbar chat-head">
            <a class="button button--ghost button--icon chat-head__back" href=move || desktop.list_href()
                aria-label=i18n.t(Key::ChatBack) title=i18n.t(Key::ChatBack)>
                <IconView icon=Icon::Back/>
            </a>
            <h2 class="chat-head__title">
            <button
                type="button"
                class="chat-head__who"
                disabled=asleep
                title=i18n.t(Key::ChatDetails)
                aria-expanded=move || desktop.details.get().to_string()
                on:click=move |_| desktop.details.update(|shown| *shown = !*shown)
            >
                <Avatar name picture seed=id.0 group/>
                <span class="chat-head__words">
                    <span id="room-name" class="chat-head__name">{name}</span>
                    <span class="chat-head__below" class:chat-head__below--warn=cut_off>{below}{holder}</span>
                </span>
            </button>
            </h2>
            <super::presence::Viewers/>
            <Assignee id/>
            <button
                type="button"
                class="button button--icon chat-head__flag"
                disabled=asleep
                title=i18n.t(Key::ChatFollowUpTip)
                aria-label=i18n.t(Key::ChatFilterFollowUp)
                aria-pressed=move || (state.get() == RoomState::FollowUp).to_string()
                on:click=move |_| toggle_state(feed, toasts, id, RoomState::FollowUp)
            >
                <IconView icon=Icon::Flag/>
            </button>
            <button
                type="button"
                class="button chat-head__resolve"
                class:button--primary=move || !resolved()
                disabled=asleep
                title=i18n.t(Key::ChatResolveTip)
                on:click=move |_| toggle_state(feed, toasts, id, RoomState::Resolved)
            >
                <IconView icon=Icon::Check/>
                <span class="button__words">
                    {move || i18n.t(if resolved() { Key::ChatReopen } else { Key::ChatResolve })}
                </span>
            </button>
            <Menu label=i18n.t(Key::UiMore) button=|| view! { <IconView icon=Icon::More/> }>
                <button
                    type="button"
                    class="menu__item"
                    disabled=asleep
                    on:click=move |_| desktop.assigning.set(true)
                >
                    <IconView icon=Icon::User/>
                    {i18n.t(Key::ChatAssignTo)}
                </button>
                <button
                    type="button"
                    class="menu__item"
                    disabled=asleep
                    on:click=move |_| toggle_pin(feed, toasts, id)
                >
                    <IconView icon=Icon::Tack/>
                    {move || i18n.t(if pinned.get() { Key::ChatUnpin } else { Key::ChatPin })}
                </button>
                <button
                    type="button"
                    class="menu__item"
                    disabled=asleep
                    on:click=move |_| toggle_mute(feed, toasts, id)
                >
                    <IconView icon=Icon::BellOff/>
                    {move || i18n.t(if muted.get() { Key::ChatUnmute } else { Key::ChatMute })}
                </button>
                <button type="button" class="menu__item" disabled=asleep on:click=set_spam>
                    <IconView icon=Icon::Shield/>
                    {move || i18n.t(if spam.get() { Key::ChatNotSpam } else { Key::ChatSpam })}
                </button>
                <button
                    type="button"
                    class="menu__item"
                    disabled=asleep
                    on:click=move |_| desktop.details.update(|shown| *shown = !*shown)
                >
                    <IconView icon=Icon::Info/>
                    {i18n.t(Key::ChatDetails)}
                </button>
                <super::farewell::Entries id/>
            </Menu>
        </header>
    }
}
