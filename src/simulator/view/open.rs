//! Addresses that a friend opens.

use crate::{browser, ui::phone::is_address};

/// Opens an address that somebody tapped, beside the phone. What could run as a script is not opened.
pub fn open_uri(uri: &str) {
    if !is_address(uri) {
        return;
    }
    if let Some(window) = browser::window() {
        // Telephone numbers and mail lead to another program, which needs no window of its own.
        let target = if uri.starts_with("http") { "_blank" } else { "_self" };
        let _ = window.open_with_url_and_target_and_features(uri, target, "noopener,noreferrer");
    }
}
