//! The clipboard.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies a text, from within a click. By way of a hidden text area, because the newer interface is
/// missing on plain HTTP addresses, where self-hosted consoles often live.
pub fn copy(text: &str) {
    if let Some(body) = document().and_then(|document| document.body()) {
        copy_within(&body, text);
    }
}

/// The same from within an open dialog, where nothing outside of it can be selected.
pub fn copy_within(place: &web_sys::Node, text: &str) {
    let Some(document) = document() else { return };
    let Ok(area) = document.create_element("textarea") else { return };
    let Ok(area) = area.dyn_into::<HtmlTextAreaElement>() else { return };
    area.set_value(text);
    area.set_class_name("visually-hidden");
    if place.append_child(&area).is_ok() {
        area.select();
        if let Ok(document) = document.dyn_into::<HtmlDocument>() {
            let _ = document.exec_command("copy");
        }
        area.remove();
    }
}
