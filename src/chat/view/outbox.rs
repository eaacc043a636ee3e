//! What was sent but not confirmed survives the tab: it is kept in the browser, and sent
//! again under the same key, which can't double it.

use crate::{
    browser,
    chat::{
        live::feed::{Feed, outbox_key},
        model::draft::Draft,
    },
    id::RoomId,
};
use leptos::prelude::*;

/// Sends what an earlier tab could not, and keeps what this one has not got through yet.
pub fn restore(feed: Feed, room: RoomId) {
    let waiting = Memo::new(move |_| {
        feed.desk.with(|desk| {
            let open = desk.open_room().filter(|open| open.id == room && open.loaded())?;
            Some(open.pending().map(|pending| (pending.key.clone(), pending.draft.clone())).collect::<Vec<_>>())
        })
    });
    Effect::new(move |restored: Option<bool>| {
        let Some(waiting) = waiting.get() else { return restored.unwrap_or(false) };
        let name = outbox_key(feed.account, room);
        if restored != Some(true) {
            let kept: Vec<(String, Draft)> =
                browser::stored(&name).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
            kept.into_iter().for_each(|(key, draft)| feed.send(room, key, draft));
            return true;
        }
        let json = serde_json::to_string(&waiting).ok().filter(|_| !waiting.is_empty());
        browser::store(&name, json.as_deref());
        true
    });
}

/// A key for a new draft: 128 random bits, in hexadecimal.
pub fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    let crypto = browser::window().and_then(|window| window.crypto().ok());
    if crypto.is_none_or(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_err()) {
        // A page that is not served securely still has a clock and a die.
        bytes[..8].copy_from_slice(&crate::time::now().to_be_bytes());
        bytes[8..].copy_from_slice(&js_sys::Math::random().to_bits().to_be_bytes());
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
