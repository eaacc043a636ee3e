//! What a tap would do, in words: for those who look at a message that they can't answer.

use super::word;
use crate::i18n::{I18n, Key};
use serde_json::Value;

/// What an action does, in one sentence.
pub fn explain(i18n: I18n, action: &Value) -> String {
    let fill = |key: Key, name: &str, field: &str| i18n.fill(key, &[(name, &word(action, field))]);
    match word(action, "type") {
        "message" => fill(Key::PhoneSays, "text", "text"),
        "postback" => {
            let shown = [word(action, "displayText"), word(action, "text")].into_iter().find(|words| !words.is_empty());
            match shown {
                Some(text) => i18n.fill(Key::PhoneShowsAndPosts, &[("text", &text), ("data", &word(action, "data"))]),
                None => fill(Key::PhonePosts, "data", "data"),
            }
        }
        "uri" => {
            let field = if word(action, "uri").is_empty() { "linkUri" } else { "uri" };
            fill(Key::PhoneOpens, "address", field)
        }
        "datetimepicker" => fill(Key::PhonePicks, "data", "data"),
        "clipboard" => fill(Key::PhoneCopies, "text", "clipboardText"),
        "richmenuswitch" => fill(Key::PhoneSwitches, "name", "richMenuAliasId"),
        "coupon" => i18n.t(Key::PhoneCouponOpen).to_owned(),
        "camera" => i18n.t(Key::PhoneCamera).to_owned(),
        "cameraRoll" => i18n.t(Key::PhoneAlbum).to_owned(),
        "location" => i18n.t(Key::PhonePlace).to_owned(),
        other => other.to_owned(),
    }
}
