//! The clipboard.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies a text, from within a click. By way of a hidden text area, because the newer interface is
/// missing on plain HTTP addresses, where self-hosted consoles often live.
pub fn copy(text: &str) {
    let Some(document) = document() else { return };
    let Some(body) = document.body() else { return };
    let Ok(area) = document.create_element("textarea") else { return };
    let Ok(area) = area.dyn_into::<HtmlTextAreaElement>() else { return };
    area.set_value(text);
    area.set_class_name("visually-hidden");
    if body.append_child(&area).is_ok() {
        area.select();
        if let Ok(document) = document.dyn_into::<HtmlDocument>() {
            let _ = document.exec_command("copy");
        }
        area.remove();
    }
}
