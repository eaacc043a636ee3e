//! What stands where there is no page.

use crate::{
    i18n::{Key, use_i18n},
    ui::{ButtonKind, EmptyState, Icon, LinkButton, PageTitle},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Sets the status of the page being rendered; a context that exists on the server only.
#[derive(Clone)]
pub struct PageStatus(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Says that there is no such page, with status 404 from the server.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    if let Some(status) = use_context::<PageStatus>() {
        (status.0)(404);
    }
    view! {
        <PageTitle text=i18n.t(Key::AppNotFound)/>
        <main class="page" id="content" tabindex="-1">
            <EmptyState icon=Icon::Search title=i18n.t(Key::AppNotFound) text=i18n.t(Key::AppNotFoundMore)>
                <LinkButton kind=ButtonKind::Primary href="/">{i18n.t(Key::AppHome)}</LinkButton>
            </EmptyState>
        </main>
    }
}
