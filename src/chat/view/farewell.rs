//! What the menu of a room asks before it does it: taking its history away, leaving a group, deleting the room.

use super::{download::DownloadForm, use_desktop, words};
use crate::{
    chat::{
        api::notes as api,
        live::feed::ask_to_log_in,
        model::{Friendship, RoomKind},
    },
    error::AppError,
    i18n::{Key, use_i18n},
    id::RoomId,
    team::view::Session,
    ui::{Button, ButtonKind, Dialog, EmptyState, Icon, IconView, LinkButton, Toasts, hydrated},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Which part of the history.
    Download,
    /// Whether to leave the group.
    Leave,
    /// Whether to delete the room.
    Delete,
}

/// Goes where a room that ends leads to. For the inbox itself: the room's own parts end with it.
pub fn follow(leave: RwSignal<Option<String>>) {
    Effect::new(move |_| {
        let navigate = use_navigate();
        if let Some(to) = leave.get() {
            leave.set(None);
            navigate(&to, NavigateOptions::default());
        }
    });
}

/// The lines of the room's menu.
#[component]
pub fn Entries(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let alive = hydrated();
    let manages = use_context::<Session>().is_some_and(|session| session.me.with_untracked(|me| me.role.manages()));
    let in_group = Memo::new(move |_| {
        desktop.feed.desk.with(|desk| {
            desk.room(id).is_some_and(|room| room.kind != RoomKind::User && room.friendship != Friendship::Gone)
        })
    });
    let entry = move |ask: Ask, icon: Icon, name: Key| {
        view! {
            <button
                type="button"
                class="menu__item"
                disabled=move || !alive.get()
                on:click=move |_| desktop.asking.set(Some(ask))
            >
                <IconView icon/>
                {i18n.t(name)}
            </button>
        }
    };
    view! {
        {entry(Ask::Download, Icon::Download, Key::ChatHistory)}
        {move || (manages && in_group.get()).then(|| entry(Ask::Leave, Icon::Logout, Key::ChatLeave))}
        {entry(Ask::Delete, Icon::Trash, Key::ChatDelete)}
    }
}

/// The dialogs of the menu.
#[component]
pub fn Questions(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let [download, leave, delete] = [Ask::Download, Ask::Leave, Ask::Delete].map(|ask| {
        let open = RwSignal::new(false);
        Effect::new(move |_| open.set(desktop.asking.get() == Some(ask)));
        Effect::new(move |before: Option<bool>| {
            let open = open.get();
            if before == Some(true) && !open && desktop.asking.get_untracked() == Some(ask) {
                desktop.asking.set(None);
            }
            open
        });
        open
    });
    view! {
        <Dialog open=download title=i18n.t(Key::ChatHistory) id="ask-download">
            <p>{i18n.t(Key::ChatHistoryAbout)}</p>
            <DownloadForm path=format!("/a/{}/history/{id}.csv", desktop.feed.account)/>
        </Dialog>
        <Dialog open=leave title=i18n.t(Key::ChatLeave) id="ask-leave">
            <LeaveForm id open=leave/>
        </Dialog>
        <Dialog open=delete title=i18n.t(Key::ChatDelete) id="ask-delete">
            <DeleteForm id open=delete/>
        </Dialog>
    }
}

fn room_name(id: RoomId) -> impl Fn() -> String {
    let (i18n, desk) = (use_i18n(), use_desktop().feed.desk);
    move || desk.with(|desk| desk.room(id).map(|room| words::room_name(i18n, room)).unwrap_or_default())
}

#[component]
fn LeaveForm(id: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let name = room_name(id);
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let leave = move |_| {
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            match api::leave_group(feed.account, id).await {
                Ok(()) => {
                    feed.desk.try_update(|desk| desk.change_room(id, |room| room.friendship = Friendship::Gone));
                    open.try_set(false);
                }
                Err(error) => {
                    ask_to_log_in(&error);
                    wrong.try_set(Some(error));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <p>{move || i18n.fill(Key::ChatLeaveLost, &[("name", &name())])}</p>
        {move || wrong.get().map(|error| view! { <p class="field__error" role="alert">{i18n.error(&error)}</p> })}
        <div class="dialog__actions">
            <Button on_click=move |_| open.set(false)>{i18n.t(Key::UiCancel)}</Button>
            <Button kind=ButtonKind::Danger busy on_click=leave>{i18n.t(Key::ChatLeave)}</Button>
        </div>
    }
}

#[component]
fn DeleteForm(id: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let account = desktop.feed.account;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let name = room_name(id);
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let delete = move |_| {
        let list = desktop.place.get_untracked().list_href();
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            match api::delete_room(account, id).await {
                Ok(()) => {
                    open.try_set(false);
                    let undo = Callback::new(move |()| {
                        spawn_local(async move {
                            if let Err(error) = api::restore_room(account, id).await {
                                toasts.error(&error);
                            }
                        });
                    });
                    toasts.offer(i18n.t(Key::ChatDeletedNow), i18n.t(Key::UiUndo), undo);
                    desktop.leave.try_set(Some(list));
                }
                Err(error) => {
                    ask_to_log_in(&error);
                    wrong.try_set(Some(error));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <p>{move || i18n.fill(Key::ChatDeleteLost, &[("name", &name())])}</p>
        <p>{i18n.t(Key::ChatDeleteAgain)}</p>
        <p>
            <a class="link" href=format!("/a/{account}/history/{id}.csv") download="" rel="external">
                {i18n.t(Key::ChatDeleteFirst)}
            </a>
        </p>
        {move || wrong.get().map(|error| view! { <p class="field__error" role="alert">{i18n.error(&error)}</p> })}
        <div class="dialog__actions">
            <Button on_click=move |_| open.set(false)>{i18n.t(Key::UiCancel)}</Button>
            <Button kind=ButtonKind::Danger busy on_click=delete>{i18n.t(Key::ChatDelete)}</Button>
        </div>
    }
}

/// In the place of a room that was deleted while it was open.
#[component]
pub fn Deleted(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let feed = desktop.feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let busy = RwSignal::new(false);
    let restore = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::restore_room(feed.account, id).await {
                Ok(()) => feed.fetch_room(),
                Err(error) => {
                    ask_to_log_in(&error);
                    toasts.error(&error);
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="pane chat-room">
            <EmptyState icon=Icon::Trash title=i18n.t(Key::ChatDeletedHere) text=i18n.t(Key::ChatDeletedHereHint)>
                <Button icon=Icon::Retry busy on_click=restore>{i18n.t(Key::ChatRestore)}</Button>
                <LinkButton href=Signal::derive(move || desktop.place.get().list_href())>
                    {i18n.t(Key::ChatBack)}
                </LinkButton>
            </EmptyState>
        </section>
    }
}
