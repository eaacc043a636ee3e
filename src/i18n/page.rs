//! Texts in the browser: the one table that the page carries.

use super::{Key, Lang};
use std::cell::RefCell;

thread_local! {
    static TEXTS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Reads the table out of `<script id="texts">`; once, before hydration. The texts live as long as
/// the page, so leaking them costs nothing and lets them be `&'static str` on both sides.
pub fn load_page_texts() {
    let json = crate::browser::element_text("texts").unwrap_or_default();
    let texts: Vec<String> = serde_json::from_str(&json).unwrap_or_default();
    TEXTS.with_borrow_mut(|table| *table = texts.into_iter().map(|text| &*text.leak()).collect());
}

/// The text of `key` in the language of this page.
pub fn text(_: Lang, key: Key) -> &'static str {
    TEXTS.with_borrow(|table| table.get(key as usize).copied().unwrap_or_default())
}
