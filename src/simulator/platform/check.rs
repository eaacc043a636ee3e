//! Whether message objects are as LINE wants them, with its words and property paths for what is not.

use crate::line::count::{BUBBLES_LIMIT, TEXT_LIMIT, utf16};
use serde_json::Value;

/// What is wrong, and where.
pub type Details = Vec<(String, String)>;

const TYPES: [&str; 11] =
    ["text", "image", "video", "audio", "location", "sticker", "template", "imagemap", "flex", "textV2", "coupon"];

/// Checks `messages` of a request body. `strict` wants https in every address.
pub fn messages(body: &Value, strict: bool) -> Details {
    let mut check = Check { details: Vec::new(), strict };
    match body.get("messages").and_then(Value::as_array) {
        None => check.wrong("May not be empty", "messages"),
        Some(list) if list.is_empty() || list.len() > BUBBLES_LIMIT => {
            check.wrong("Size must be between 1 and 5", "messages");
        }
        Some(list) => {
            for (at, message) in list.iter().enumerate() {
                check.message(message, &format!("messages[{at}]"));
            }
        }
    }
    check.details
}

/// Checks that a property is a text that is not empty.
pub fn present(body: &Value, name: &str, details: &mut Details) {
    if body.get(name).and_then(Value::as_str).is_none_or(str::is_empty) {
        details.insert(0, ("May not be empty".into(), name.into()));
    }
}

struct Check {
    details: Details,
    strict: bool,
}

impl Check {
    fn wrong(&mut self, message: &str, path: &str) {
        self.details.push((message.into(), path.into()));
    }

    fn length(&mut self, message: &Value, path: &str, name: &str, limit: usize) {
        let path = format!("{path}.{name}");
        match message.get(name).and_then(Value::as_str) {
            None | Some("") => self.wrong("May not be empty", &path),
            Some(text) if utf16(text) > limit => {
                self.wrong(&format!("Length must be between 0 and {limit}"), &path);
            }
            Some(_) => {}
        }
    }

    fn url(&mut self, message: &Value, path: &str, name: &str) {
        let path = format!("{path}.{name}");
        match message.get(name).and_then(Value::as_str) {
            None | Some("") => self.wrong("May not be empty", &path),
            Some(url) if utf16(url) > 2_000 => self.wrong("Length must be between 0 and 2000", &path),
            Some(url) if url.starts_with("https://") || (!self.strict && url.starts_with("http://")) => {}
            Some(_) => self.wrong("invalid uri", &path),
        }
    }

    fn number(&mut self, message: &Value, path: &str, name: &str) {
        if message.get(name).and_then(Value::as_f64).is_none() {
            self.wrong("must be specified", &format!("{path}.{name}"));
        }
    }

    fn object(&mut self, message: &Value, path: &str, name: &str) {
        if !message.get(name).is_some_and(Value::is_object) {
            self.wrong("must be specified", &format!("{path}.{name}"));
        }
    }

    fn emojis(&mut self, message: &Value, path: &str) {
        let Some(emojis) = message.get("emojis").and_then(Value::as_array) else { return };
        if emojis.len() > 20 {
            self.wrong("Size must be between 0 and 20", &format!("{path}.emojis"));
        }
        let units: Vec<u16> = message.get("text").and_then(Value::as_str).unwrap_or_default().encode_utf16().collect();
        for (at, emoji) in emojis.iter().enumerate() {
            let index = emoji.get("index").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
            if index.and_then(|index| units.get(index)) != Some(&u16::from(b'$')) {
                self.wrong("index is invalid", &format!("{path}.emojis[{at}].index"));
            }
        }
    }

    fn common(&mut self, message: &Value, path: &str) {
        if let Some(items) = message.pointer("/quickReply/items") {
            let count = items.as_array().map_or(0, Vec::len);
            if count == 0 || count > 13 {
                self.wrong("Size must be between 1 and 13", &format!("{path}.quickReply.items"));
            }
        }
        if let Some(name) = message.pointer("/sender/name").and_then(Value::as_str)
            && utf16(name) > 20
        {
            self.wrong("Length must be between 0 and 20", &format!("{path}.sender.name"));
        }
    }

    fn message(&mut self, message: &Value, path: &str) {
        self.common(message, path);
        match message.get("type").and_then(Value::as_str) {
            Some("text") => {
                self.length(message, path, "text", TEXT_LIMIT);
                self.emojis(message, path);
            }
            Some("textV2") => self.length(message, path, "text", TEXT_LIMIT),
            Some("image" | "video") => {
                self.url(message, path, "originalContentUrl");
                self.url(message, path, "previewImageUrl");
            }
            Some("audio") => {
                self.url(message, path, "originalContentUrl");
                self.number(message, path, "duration");
            }
            Some("location") => {
                self.length(message, path, "title", 100);
                self.length(message, path, "address", 100);
                self.number(message, path, "latitude");
                self.number(message, path, "longitude");
            }
            Some("sticker") => {
                self.length(message, path, "packageId", 20);
                self.length(message, path, "stickerId", 20);
            }
            Some("imagemap") => {
                self.url(message, path, "baseUrl");
                self.length(message, path, "altText", 1_500);
                self.object(message, path, "baseSize");
            }
            Some("template") => {
                self.length(message, path, "altText", 1_500);
                self.object(message, path, "template");
            }
            Some("flex") => {
                self.length(message, path, "altText", 1_500);
                self.object(message, path, "contents");
            }
            Some("coupon") => self.length(message, path, "couponId", 26),
            None => self.wrong("May not be empty", &format!("{path}.type")),
            Some(_) => self.wrong(
                &format!("Must be one of the following values: [{}]", TYPES.join(", ")),
                &format!("{path}.type"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong(message: Value) -> Vec<(String, String)> {
        messages(&json!({ "messages": [message] }), true)
    }

    #[test]
    fn counts_text_as_line_does() {
        assert!(wrong(json!({ "type": "text", "text": "a".repeat(5_000) })).is_empty());
        let details = wrong(json!({ "type": "text", "text": "🍎".repeat(2_501) }));
        assert_eq!(details, [("Length must be between 0 and 5000".into(), "messages[0].text".into())]);
        let details = wrong(json!({ "type": "text", "text": "" }));
        assert_eq!(details, [("May not be empty".into(), "messages[0].text".into())]);
    }

    #[test]
    fn names_what_is_wrong() {
        assert_eq!(messages(&json!({ "messages": [] }), true)[0].0, "Size must be between 1 and 5");
        assert!(wrong(json!({ "type": "hologram" }))[0].0.starts_with("Must be one of"));
        assert_eq!(
            wrong(json!({ "type": "image", "originalContentUrl": "http://a", "previewImageUrl": "https://a" })).len(),
            1
        );
        assert!(wrong(json!({ "type": "sticker", "packageId": "446", "stickerId": "1988" })).is_empty());
        let emoji = |index| json!({ "type": "text", "text": "🍎$", "emojis": [{ "index": index, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001" }] });
        assert!(wrong(emoji(2)).is_empty());
        assert_eq!(wrong(emoji(1))[0].1, "messages[0].emojis[0].index");
    }
}
