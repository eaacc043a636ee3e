//! The phones: pages on which anyone becomes a virtual friend.

mod add;
mod banner;
mod beacon;
mod bubble;
mod chats;
mod compose;
mod confirm;
mod copy;
mod coupon;
mod crowds;
mod deed;
mod docs;
mod door;
mod entry;
mod faults;
mod friends;
mod group;
mod hand;
mod hold;
mod log;
mod logins;
mod menu;
mod one;
mod people;
mod phone;
mod phones;
mod pick;
mod place;
mod profile;
mod quick;
mod room;
mod settings;
mod share;
mod sheet;
mod talk;
mod wallet;
mod wanted;
mod webhooks;
mod who;

pub use phone::{Phone, use_phone};
pub use place::Place;

use crate::{
    browser,
    i18n::{I18n, Key, Lang, use_i18n},
    ui::{Clock, Sprite},
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
    if use_context::<Sprite>().is_none() {
        provide_context(Sprite(browser::document_attribute("data-icons").unwrap_or_default()));
    }
    Clock::provide();
    if use_context::<Sprite>().is_none() {
        provide_context(Sprite(browser::document_attribute("data-icons").unwrap_or_default()));
    }
    view! {
        <Router>
            <Routes fallback=Lost>
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("/") view=who::WhoPage/>
                    // The phone stays while its screens change; it reads the rest of the address itself.
                    <ParentRoute path=path!("/u/:user") view=one::OnePhone>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("/*place") view=|| ()/>
                    </ParentRoute>
                    <Route path=path!("/phones") view=phones::PhonesPage/>
                    <Route path=path!("/R/*place") view=door::DoorPage/>
                    <Route path=path!("/lin.ee/:code") view=door::DoorPage/>
                    <Route path=path!("/coupon/:id") view=door::DoorPage/>
                    <Route path=path!("/settings") view=settings::SettingsPage/>
                    <Route path=path!("/faults") view=faults::FaultsPage/>
                    <Route path=path!("/log") view=log::LogPage/>
                    <Route path=path!("/log/:id") view=log::EntryPage/>
                    <Route path=path!("/webhooks") view=webhooks::WebhooksPage/>
                    <Route path=path!("/docs") view=docs::DocsPage/>
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
                    <A href="/faults">{i18n.t(Key::SimFaults)}</A>
                    <A href="/log">{i18n.t(Key::SimLog)}</A>
                    <A href="/docs">{i18n.t(Key::SimDocs)}</A>
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
