//! Writing into a field as a hand would: it can be undone, and the field tells of it.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Writes at the caret, over what is selected.
pub fn insert(area: &HtmlTextAreaElement, text: &str) {
    let _ = area.focus();
    // Nothing written over a selection takes it away.
    let command = if text.is_empty() { "delete" } else { "insertText" };
    if text.is_empty() && caret(area).is_some() {
        return;
    }
    let typed = document()
        .and_then(|document| document.dyn_into::<HtmlDocument>().ok())
        .and_then(|document| document.exec_command_with_show_ui_and_value(command, false, text).ok());
    if typed != Some(true) {
        // A browser without that command: it works, but can't be undone.
        let _ = area.set_range_text(text);
        if let Ok(event) = web_sys::Event::new("input") {
            let _ = area.dispatch_event(&event);
        }
    }
}

/// Selects from one place to another, in UTF-16 units.
pub fn select(area: &HtmlTextAreaElement, from: usize, to: usize) {
    let (from, to) = (u32::try_from(from).unwrap_or(u32::MAX), u32::try_from(to).unwrap_or(u32::MAX));
    let _ = area.set_selection_range(from, to);
}

/// Where the caret stands, in UTF-16 units; none while something is selected.
pub fn caret(area: &HtmlTextAreaElement) -> Option<usize> {
    let (from, to) = (area.selection_start().ok()??, area.selection_end().ok()??);
    (from == to).then(|| usize::try_from(from).unwrap_or_default())
}

/// The text before a place in UTF-16 units.
pub fn before(text: &str, units: usize) -> &str {
    let mut passed = 0;
    let end = text.char_indices().find(|(_, c)| {
        let here = passed >= units;
        passed += c.len_utf16();
        here
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::before;

    #[test]
    fn places_are_utf16() {
        assert_eq!(before("a🍎b", 1), "a");
        assert_eq!(before("a🍎b", 3), "a🍎");
        assert_eq!(before("a🍎b", 9), "a🍎b");
        assert_eq!(before("あ", 0), "");
    }
}
