//! Engawa: the veranda between a business and its friends on LINE.
//!
//! This is the map of the house. Small types that every room may use stand first, then what speaks
//! LINE, then the design system, then one room per thing an operator does.
#![recursion_limit = "256"]
// The bundler is compiled without either side.
#![cfg(any(feature = "ssr", feature = "hydrate"))]

pub mod error;
pub mod i18n;
pub mod id;
pub mod line;
pub mod time;

pub mod browser;
pub mod ui;

pub mod account;
pub mod app;
pub mod audit;
pub mod chat;
pub mod saved;
pub mod team;

pub mod simulator;

#[cfg(feature = "ssr")]
pub mod server;

/// Takes over the server-rendered page; called by the script that `app::shell` writes.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    i18n::load_page_texts();
    // The phones and the console share one program and say in the page which they are.
    wasm_bindgen_futures::spawn_local(async {
        if browser::document_attribute("data-app").as_deref() == Some("simulator") {
            phones().await;
        } else {
            let body = leptos::tachys::dom::body();
            leptos::mount::hydrate_from_async(body, app::App).await.forget();
        }
        browser::set_document_attribute("data-hydrated", "");
    });
}

/// The phones, which the console does not need: fetched when they are shown.
#[cfg(feature = "hydrate")]
#[leptos::lazy]
fn phones() {
    leptos::mount::hydrate_body(simulator::view::SimulatorApp);
}
