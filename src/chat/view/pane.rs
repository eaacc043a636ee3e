//! The middle pane: an open room.

use super::{detail::Detail, farewell, head::Head, log::Log, note::Writing, outbox, presence, use_desktop};
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    id::RoomId,
    ui::{Button, EmptyState, Icon, LinkButton, Skeleton},
};
use leptos::prelude::*;

/// How far the room is.
#[derive(Clone, PartialEq)]
enum Stage {
    Waiting,
    Failed(AppError),
    Here,
    /// It was deleted while it was open.
    Deleted,
}

/// Head, messages, composer, and the facts beside them.
#[component]
pub fn RoomPane(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let feed = desktop.feed;
    outbox::restore(feed, id);
    presence::be_here(feed, id);
    let stage = Memo::new(move |_| {
        feed.desk.with(|desk| match desk.open_room().filter(|open| open.id == id) {
            _ if desk.room(id).is_some_and(|room| room.deleted) => Stage::Deleted,
            Some(open) if open.loaded() => Stage::Here,
            Some(open) => open.trouble.clone().map_or(Stage::Waiting, Stage::Failed),
            None => Stage::Waiting,
        })
    });
    move || match stage.get() {
        Stage::Here => view! {
            <section class="pane chat-room" aria-labelledby="room-name">
                <Head id/>
                <Log id/>
                <presence::Bar/>
                <Writing id/>
                <farewell::Questions id/>
            </section>
            <Detail id/>
        }
        .into_any(),
        Stage::Failed(error) => view! {
            <section class="pane chat-room">
                <EmptyState icon=Icon::Warning title=i18n.error(&error)>
                    <Button icon=Icon::Retry on_click=move |_| feed.fetch_room()>
                        {i18n.t(Key::UiRetry)}
                    </Button>
                    <LinkButton href=Signal::derive(move || desktop.place.get().list_href())>
                        {i18n.t(Key::ChatBack)}
                    </LinkButton>
                </EmptyState>
            </section>
        }
        .into_any(),
        Stage::Deleted => view! { <farewell::Deleted id/> }.into_any(),
        Stage::Waiting => view! { <section class="pane chat-room"><Skeleton lines=6/></section> }.into_any(),
    }
}
