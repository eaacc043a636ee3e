//! The middle pane: an open room.

use super::{composer::Composer, detail::Detail, head::Head, log::Log, outbox, use_desktop};
use crate::{
    chat::model::RoomDetail,
    error::AppError,
    i18n::{Key, use_i18n},
    id::RoomId,
    ui::{Button, EmptyState, Icon, LinkButton, Skeleton},
};
use leptos::prelude::*;

/// The room that was asked for, and what it holds.
pub type Opened = Resource<Option<(RoomId, Result<RoomDetail, AppError>)>>;

/// Head, messages, composer, and the facts beside them.
#[component]
pub fn RoomPane(id: RoomId, opened: Opened) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let feed = desktop.feed;
    feed.desk.update(|desk| desk.open(id));
    outbox::restore(feed, id);
    view! {
        <Suspense fallback=|| view! { <section class="pane chat-room"><Skeleton lines=6/></section> }>
            {move || Suspend::new(async move {
                match opened.await {
                    Some((room, Ok(detail))) if room == id => {
                        feed.desk.update(|desk| desk.load_room(detail));
                        view! {
                            <section class="pane chat-room" aria-labelledby="room-name">
                                <Head id/>
                                <Log id/>
                                <Composer id/>
                            </section>
                            <Detail id/>
                        }
                        .into_any()
                    }
                    Some((room, Err(error))) if room == id => view! {
                        <section class="pane chat-room">
                            <EmptyState icon=Icon::Warning title=i18n.error(&error)>
                                <Button icon=Icon::Retry on_click=move |_| opened.refetch()>
                                    {i18n.t(Key::UiRetry)}
                                </Button>
                                <LinkButton href=Signal::derive(move || desktop.place.get().list_href())>
                                    {i18n.t(Key::ChatBack)}
                                </LinkButton>
                            </EmptyState>
                        </section>
                    }
                    .into_any(),
                    // The answer of the room that was open before.
                    _ => view! { <section class="pane chat-room"><Skeleton lines=6/></section> }.into_any(),
                }
            })}
        </Suspense>
    }
}
