//! Small settings of this browser that the server reads too.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// One year in seconds.
const YEAR: u32 = 31_536_000;

/// Sets a cookie for a year; an empty value removes it. For settings only, never for secrets.
pub fn set(name: &str, value: &str) {
    let age = if value.is_empty() { 0 } else { YEAR };
    if let Some(document) = document().and_then(|d| d.dyn_into::<HtmlDocument>().ok()) {
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Lax"));
    }
}
