//! Deleted rooms: what they are, until when they can be brought back, and the end before that.

use super::use_desktop;
use crate::{
    app::use_account,
    chat::{
        api::notes as api,
        model::{
            RoomKind,
            gone::{DeletedPage as Page, DeletedRoom},
        },
    },
    error::AppError,
    i18n::{Key, use_i18n},
    id::{AccountId, RoomId},
    team::view::use_session,
    ui::{
        Avatar, Button, ButtonKind, Dialog, EmptyState, Icon, LinkButton, PageTitle, Skeleton, Time, TimeStyle, Toasts,
        hydrated,
    },
};
use leptos::{prelude::*, task::spawn_local};

/// The way there, after the views of the list.
#[component]
pub fn DeletedView() -> impl IntoView {
    let i18n = use_i18n();
    let account = use_desktop().feed.account;
    view! { <li><a class="chat-view" href=format!("/a/{account}/deleted")>{i18n.t(Key::ChatDeleted)}</a></li> }
}

/// `/a/{account}/deleted`
#[component]
pub fn DeletedPage() -> impl IntoView {
    let i18n = use_i18n();
    let account = use_account().with_untracked(|account| account.id);
    let first = Resource::new(|| (), move |()| api::deleted_rooms(account, None));
    view! {
        <PageTitle text=i18n.t(Key::ChatDeletedTitle)/>
        <main class="page" id="content" tabindex="-1">
            <header class="page__head">
                <h1>{i18n.t(Key::ChatDeletedTitle)}</h1>
                <p class="page__about">{i18n.t(Key::ChatDeletedAbout)}</p>
            </header>
            <p>
                <LinkButton href=format!("/a/{account}/chats") icon=Icon::Back>{i18n.t(Key::AppChats)}</LinkButton>
            </p>
            <Suspense fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match first.await {
                        Ok(page) => view! { <Rooms account page/> }.into_any(),
                        Err(error) => {
                            view! { <EmptyState icon=Icon::Warning title=i18n.error(&error)/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Rooms(account: AccountId, page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let asleep = Signal::derive(move || !alive.get());
    let busy = RwSignal::new(false);
    let (rooms, next) = (RwSignal::new(page.rooms), RwSignal::new(page.next));
    let ending = RwSignal::new(None::<DeletedRoom>);
    let asking = RwSignal::new(false);
    let wrong = move |error: &AppError| {
        session.heed(error);
        toasts.error(error);
    };
    let forget = move |id: RoomId| {
        rooms.try_update(|rooms| rooms.retain(|room| room.id != id));
    };
    let restore = move |id: RoomId| {
        spawn_local(async move {
            match api::restore_room(account, id).await {
                Ok(()) => {
                    forget(id);
                    toasts.show(i18n.t(Key::ChatRestored));
                }
                Err(error) => wrong(&error),
            }
        });
    };
    let end = move |_| {
        let Some(room) = ending.get_untracked() else { return };
        asking.set(false);
        spawn_local(async move {
            match api::purge_room(account, room.id).await {
                Ok(()) => forget(room.id),
                Err(error) => wrong(&error),
            }
        });
    };
    let more = move |_| {
        let after = next.get_untracked();
        busy.set(true);
        spawn_local(async move {
            match api::deleted_rooms(account, after).await {
                Ok(page) => {
                    next.try_set(page.next);
                    rooms.try_update(|rooms| rooms.extend(page.rooms));
                }
                Err(error) => wrong(&error),
            }
            busy.try_set(false);
        });
    };
    let name_of = move |room: &DeletedRoom| match (room.name.is_empty(), room.kind) {
        (false, _) => room.name.clone(),
        (true, RoomKind::User) => i18n.t(Key::ChatUnknownName).to_owned(),
        (true, _) => i18n.t(Key::ChatUnknownGroup).to_owned(),
    };
    let row = move |room: DeletedRoom| {
        let (id, name, group) = (room.id, name_of(&room), room.kind != RoomKind::User);
        let by = room.by.clone().unwrap_or_else(|| i18n.t(Key::ChatNoteNobody).to_owned());
        let (picture, at, until) = (room.picture.clone(), room.at, room.until);
        let end = move |_| {
            ending.set(Some(room.clone()));
            asking.set(true);
        };
        view! {
            <li class="gone">
                <Avatar name=name.clone() picture seed=id.0 group/>
                <div class="gone__words">
                    <span class="gone__name" dir="auto">{name}</span>
                    <span class="gone__when">
                        {i18n.fill(Key::ChatDeletedBy, &[("name", &by)])} " · " <Time at style=TimeStyle::Full/>
                    </span>
                    <span class="gone__when">{i18n.t(Key::ChatDeletedUntil)} " " <Time at=until style=TimeStyle::Full/></span>
                </div>
                <div class="gone__deeds">
                    <Button icon=Icon::Retry disabled=asleep on_click=move |_| restore(id)>
                        {i18n.t(Key::ChatRestore)}
                    </Button>
                    {session
                        .manages()
                        .then(|| {
                            view! {
                                <Button kind=ButtonKind::Ghost icon=Icon::Trash disabled=asleep on_click=end>
                                    {i18n.t(Key::ChatPurge)}
                                </Button>
                            }
                        })}
                </div>
            </li>
        }
    };
    let lost = move || {
        ending.with(|room| room.as_ref().map(|room| i18n.fill(Key::ChatPurgeLost, &[("name", &name_of(room))])))
    };
    view! {
        <ul class="gone-list">
            <For each=move || rooms.get() key=|room| room.id children=row/>
        </ul>
        {move || {
            rooms
                .with(Vec::is_empty)
                .then(|| {
                    view! {
                        <EmptyState
                            icon=Icon::Trash
                            title=i18n.t(Key::ChatDeletedNone)
                            text=i18n.t(Key::ChatDeletedNoneHint)
                        />
                    }
                })
        }}
        {move || next.get().map(|_| view! { <Button busy on_click=more>{i18n.t(Key::ChatMoreRooms)}</Button> })}
        <Dialog open=asking title=i18n.t(Key::ChatPurge) id="ask-purge">
            <p>{lost}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| asking.set(false)>{i18n.t(Key::UiCancel)}</Button>
                <Button kind=ButtonKind::Danger on_click=end>{i18n.t(Key::ChatPurge)}</Button>
            </div>
        </Dialog>
    }
}
