//! Cards as people paste them: a whole message object, or only what a designer of Flex Messages gives out.

use crate::chat::model::draft::Bubble;
use serde_json::{Value, json};

/// What a new card begins with.
pub const STARTER: &str = r##"{
  "type": "bubble",
  "body": {
    "type": "box",
    "layout": "vertical",
    "spacing": "md",
    "contents": [
      { "type": "text", "text": "{friend.name|Hello}", "weight": "bold", "size": "lg", "wrap": true },
      { "type": "text", "text": "…", "wrap": true }
    ]
  },
  "footer": {
    "type": "box",
    "layout": "vertical",
    "contents": [
      { "type": "button", "style": "primary", "action": { "type": "uri", "label": "Open", "uri": "https://example.com/" } }
    ]
  }
}"##;

/// Makes a card of JSON and of the words for the notification; words of the JSON's own count when there are no others.
///
/// # Errors
/// What is wrong with the JSON, in the words of the parser.
pub fn read(text: &str, alt: &str) -> Result<Bubble, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    let mut message = match kind {
        "bubble" => json!({ "type": "flex", "contents": value }),
        "carousel" if value.get("contents").is_some() => json!({ "type": "flex", "contents": value }),
        "buttons" | "confirm" | "carousel" | "image_carousel" => json!({ "type": "template", "template": value }),
        _ => value,
    };
    if !alt.trim().is_empty() && message.is_object() {
        message["altText"] = alt.trim().into();
    }
    Ok(Bubble::Card { message })
}

/// A card as it is edited: its JSON, and the words for the notification.
pub fn write(message: &Value) -> (String, String) {
    let alt = message.get("altText").and_then(Value::as_str).unwrap_or_default().to_owned();
    // What a sender chose beside the card stays with it.
    let plain = message.as_object().is_some_and(|object| object.len() == 3);
    let inner = ["contents", "template"].into_iter().find_map(|name| message.get(name)).filter(|_| plain);
    (serde_json::to_string_pretty(inner.unwrap_or(message)).unwrap_or_default(), alt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_becomes_a_card() {
        for (pasted, kind) in [
            (r#"{"type":"bubble"}"#, "flex"),
            (r#"{"type":"carousel","contents":[]}"#, "flex"),
            (r#"{"type":"carousel","columns":[]}"#, "template"),
            (r#"{"type":"confirm"}"#, "template"),
            (r#"{"type":"flex","contents":{"type":"bubble"}}"#, "flex"),
        ] {
            let Ok(Bubble::Card { message }) = read(pasted, " words ") else { panic!("{pasted}") };
            assert_eq!((&message["type"], &message["altText"]), (&json!(kind), &json!("words")), "{pasted}");
            let (text, alt) = write(&message);
            assert_eq!(read(&text, &alt), Ok(Bubble::Card { message }), "{pasted}");
        }
        let whole = r#"{"type":"flex","altText":"own","contents":{"type":"bubble"},"sender":{"name":"x"}}"#;
        let Ok(Bubble::Card { message }) = read(whole, "") else { panic!() };
        assert_eq!((&message["altText"], write(&message).0.contains("sender")), (&json!("own"), true));
        assert!(read("{", "").is_err());
        assert!(read("[]", "x").is_ok_and(|card| card.check().is_err()));
        assert_eq!(read(STARTER, "x").map(|card| card.check()), Ok(Ok(())));
    }
}
