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
pub mod chat;
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
    // The simulator's phone and the console share one bundle and say in the page which they are.
    if browser::document_attribute("data-app").as_deref() == Some("simulator") {
        leptos::mount::hydrate_body(simulator::view::SimulatorApp);
    } else {
        leptos::mount::hydrate_body(app::App);
    }
    browser::set_document_attribute("data-hydrated", "");
}
