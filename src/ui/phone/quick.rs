//! Quick replies: the row of answers that belongs to the newest message of a room.

use super::{Taps, items, tappable, web, word};
use crate::{
    i18n::{Key, use_i18n},
    ui::{Icon, IconView},
};
use leptos::prelude::*;
use serde_json::Value;

fn replies(message: &Value) -> &[Value] {
    message.get("quickReply").map(|quick| items(quick, "items")).unwrap_or_default()
}

/// Whether a message object has any.
pub fn has_quick_replies(message: &Value) -> bool {
    !replies(message).is_empty()
}

/// The icon that LINE shows where an item brings none.
fn own_icon(action: &Value) -> Option<Icon> {
    Some(match word(action, "type") {
        "camera" | "cameraRoll" => Icon::Picture,
        "location" => Icon::Pin,
        _ => return None,
    })
}

/// The row; nothing when the message has no quick replies.
pub fn quick_replies(message: &Value, taps: Taps) -> Option<AnyView> {
    let i18n = use_i18n();
    let each = replies(message).iter().enumerate().filter_map(|(number, item)| {
        let action = item.get("action").filter(|action| action.is_object())?;
        let icon = match web(item, "imageUrl") {
            Some(src) => Some(view! { <img class="msg-quick__icon" src=src alt="" loading="lazy"/> }.into_any()),
            None => own_icon(action).map(|icon| view! { <IconView icon/> }.into_any()),
        };
        let inner = view! { {icon}<span dir="auto">{word(action, "label").to_owned()}</span> };
        let at = format!("/quickReply/items/{number}/action");
        let item = tappable(action, at, taps, "msg-quick__item", None, None, inner.into_any());
        Some(view! { <li>{item}</li> })
    });
    let each: Vec<_> = each.collect();
    (!each.is_empty())
        .then(|| view! { <ul class="msg-quick" tabindex="0" aria-label=i18n.t(Key::PhoneQuick)>{each}</ul> }.into_any())
}
