//! The phones: pages on which anyone becomes a virtual friend.

mod bubble;
mod compose;
mod crowds;
mod deed;
mod faults;
mod home;
mod log;
mod menu;
mod room;
mod settings;
#[cfg(feature = "ssr")]
pub mod shell;
mod who;

use crate::{
    browser,
    i18n::{I18n, Key, Lang, use_i18n},
    ui::Clock,
};
use leptos::prelude::*;
use leptos_router::{
    components::{A, ParentRoute, Route, Router, Routes},
    nested_router::Outlet,
    path,
};

/// The simulator's pages.
#[component]
pub fn SimulatorApp() -> impl IntoView {
    if use_context::<I18n>().is_none() {
        let lang = browser::document_attribute("lang").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default();
        provide_context(I18n { lang });
    }
    Clock::provide();
    view! {
        <Router>
            <Routes fallback=Lost>
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("/") view=who::WhoPage/>
                    <Route path=path!("/u/:user") view=home::HomePage/>
                    <Route path=path!("/u/:user/chat/:room") view=room::RoomPage/>
                    <Route path=path!("/settings") view=settings::SettingsPage/>
                    <Route path=path!("/log") view=log::LogPage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The bar above, and the page.
#[component]
fn Frame() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="sim">
            <header class="sim__bar">
                <span class="sim__name">{i18n.t(Key::SimTitle)}</span>
                <nav class="sim__nav" aria-label=i18n.t(Key::SimNav)>
                    <A href="/" exact=true>{i18n.t(Key::SimPhones)}</A>
                    <A href="/settings">{i18n.t(Key::SimSettings)}</A>
                    <A href="/log">{i18n.t(Key::SimLog)}</A>
                </nav>
            </header>
            <main class="sim__main">
                <Outlet/>
            </main>
        </div>
    }
}

#[component]
fn Lost() -> impl IntoView {
    view! { <main class="sim__main"><p class="sim__page">{use_i18n().t(Key::SimNotFound)}</p></main> }
}

/// A number that follows from an id, for the ground of its picture.
fn seed(id: &str) -> i64 {
    id.bytes().fold(7, |sum: i64, byte| sum.wrapping_mul(31).wrapping_add(i64::from(byte)))
}
