//! What a friend opens outside the chat: addresses, coupons.

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

/// Opens the page of a coupon on the phone of `user`.
pub fn open_coupon(user: &str, id: &str) {
    if let Some(window) = browser::window().filter(|_| id.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        let _ = window.location().set_href(&format!("/u/{user}/coupon/{id}"));
    }
}
