//! Messages as we send them (line-platform.md §6): LINE's JSON, made from what our screens know.

use super::event::Emoji;
use serde_json::{Value, json};

/// The sign on which LINE wants its emoji to stand.
const PLACEHOLDER: &str = "$";

/// A text. In ours LINE's emoji stand on words; in LINE's they stand on a sign of one unit each.
pub fn text(text: &str, emojis: &[Emoji]) -> Value {
    let (mut words, mut marks, mut units, mut from) = (String::new(), Vec::new(), 0, 0);
    for emoji in emojis {
        let (Some(start), Some(end)) = (byte(text, emoji.index), byte(text, emoji.index + emoji.length)) else {
            continue;
        };
        let Some(before) = text.get(from..start) else { continue };
        words.push_str(before);
        units += before.encode_utf16().count();
        marks.push(json!({ "index": units, "productId": emoji.product_id, "emojiId": emoji.emoji_id }));
        words.push_str(PLACEHOLDER);
        units += 1;
        from = end;
    }
    words.push_str(text.get(from..).unwrap_or_default());
    let mut message = json!({ "type": "text", "text": words });
    if !marks.is_empty() {
        message["emojis"] = marks.into();
    }
    message
}

/// The place in bytes of a place in UTF-16 units; none in the middle of a letter, or behind the end.
fn byte(text: &str, units: usize) -> Option<usize> {
    let mut passed = 0;
    for (at, c) in text.char_indices() {
        if passed == units {
            return Some(at);
        }
        passed += c.len_utf16();
    }
    (passed == units).then_some(text.len())
}

/// Whether an emoji begins and ends between letters of the text.
pub fn cuts(text: &str, emoji: &Emoji) -> bool {
    byte(text, emoji.index).is_some() && byte(text, emoji.index + emoji.length).is_some()
}

/// A sticker.
pub fn sticker(package: &str, sticker: &str) -> Value {
    json!({ "type": "sticker", "packageId": package, "stickerId": sticker })
}

/// A picture and its small picture, by their addresses.
pub fn image(original: &str, preview: &str) -> Value {
    json!({ "type": "image", "originalContentUrl": original, "previewImageUrl": preview })
}

/// A film and the picture that stands for it, by their addresses.
pub fn video(original: &str, preview: &str) -> Value {
    json!({ "type": "video", "originalContentUrl": original, "previewImageUrl": preview })
}

/// A sound by its address, so many milliseconds long.
pub fn audio(original: &str, duration: i64) -> Value {
    json!({ "type": "audio", "originalContentUrl": original, "duration": duration })
}

/// A place.
pub fn location(title: &str, address: &str, latitude: f64, longitude: f64) -> Value {
    json!({ "type": "location", "title": title, "address": address, "latitude": latitude, "longitude": longitude })
}

/// A coupon.
pub fn coupon(id: &str) -> Value {
    json!({ "type": "coupon", "couponId": id })
}

/// Puts a message under another name, and with another picture, than the account's.
pub fn send_as(message: &mut Value, name: Option<&str>, icon: Option<&str>) {
    let mut sender = serde_json::Map::new();
    sender.extend(name.map(|name| ("name".to_owned(), name.into())));
    sender.extend(icon.map(|icon| ("iconUrl".to_owned(), icon.into())));
    if !sender.is_empty() {
        message["sender"] = sender.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_stand_on_one_sign() {
        let emoji = |index, length| Emoji { index, length, product_id: "p".into(), emoji_id: "001".into() };
        let made = text("🍎(smile)あ$(hi)", &[emoji(2, 7), emoji(11, 4)]);
        assert_eq!(made["text"], "🍎$あ$$");
        assert_eq!((&made["emojis"][0]["index"], &made["emojis"][1]["index"]), (&json!(2), &json!(5)));
        assert_eq!(text("$5", &[]), json!({ "type": "text", "text": "$5" }));
        // Half a letter can't be taken out.
        assert_eq!(text("🍎", &[emoji(1, 1)])["text"], "🍎");
    }
}
