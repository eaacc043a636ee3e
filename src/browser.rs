//! Thin hooks on the browser. Everything compiles natively and does nothing there: these are called
//! from effects and event handlers, which never run on the server.

pub mod beacon;
pub mod capture;
pub mod clipboard;
pub mod cookie;
pub mod event_source;
pub mod file;
pub mod keys;
pub mod media;
pub mod sight;
pub mod text;
pub mod upload;

use web_sys::{Document, Window};

/// The window; none on the server.
pub fn window() -> Option<Window> {
    cfg!(target_arch = "wasm32").then(web_sys::window).flatten()
}

/// The document; none on the server.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// An attribute of `<html>`.
pub fn document_attribute(name: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(name)
}

/// Sets an attribute of `<html>`.
pub fn set_document_attribute(name: &str, value: &str) {
    if let Some(html) = document().and_then(|d| d.document_element()) {
        let _ = html.set_attribute(name, value);
    }
}

/// The text of the element with this id.
pub fn element_text(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// Reads a value that this browser keeps.
pub fn stored(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a value in this browser, or forgets it. A full or forbidden storage is no error: what is
/// kept here is a convenience.
pub fn store(key: &str, value: Option<&str>) {
    if let Some(Ok(Some(storage))) = window().map(|w| w.local_storage()) {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

/// The Unix ms at which a day begins where the reader is (months from 1; days beyond the month's are of the next).
/// Nothing is asked on the server: 0 there.
pub fn midnight(year: u32, month: i32, day: i32) -> i64 {
    if window().is_none() {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    let at = js_sys::Date::new_with_year_month_day(year, month - 1, day).get_time() as i64;
    at
}

/// The page's scheme, host and port; empty on the server.
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}
