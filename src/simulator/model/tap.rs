//! What a phone does by itself when an action is tapped, in a message or on a rich menu
//! (line-platform.md §7).

use super::Picker;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a phone does, besides telling the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Tap {
    /// Nothing: a text is sent.
    Send,
    /// The menu or the keyboard may open or close.
    Postback {
        /// `inputOption`: what opens or closes; empty for neither.
        input: String,
        /// What is written already when the keyboard opens.
        fill_in: String,
    },
    /// Another menu comes, and is open.
    Switch,
    /// An address is opened; no webhook hears of it, but it is counted as a click.
    Open {
        /// `http`, `https`, `line` or `tel`.
        uri: String,
    },
    /// A date or time is asked for first.
    Pick {
        /// Which.
        picker: Picker,
    },
    /// A text is copied; no webhook hears of it.
    Copy {
        /// At most 1,000 UTF-16 units.
        text: String,
    },
    /// Something else of the phone's is opened, from which a message may come.
    Want {
        /// What.
        wanted: Wanted,
    },
}

/// What a quick reply can open on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Wanted {
    /// Takes a picture.
    Camera,
    /// Chooses pictures.
    CameraRoll,
    /// Chooses a place.
    Location,
}

impl Tap {
    /// What follows from an action in LINE's words.
    pub fn of(action: &Value) -> Self {
        let text = |name: &str| action.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        match text("type").as_str() {
            "postback" => Self::Postback { input: text("inputOption"), fill_in: text("fillInText") },
            "uri" => Self::Open { uri: text("uri") },
            "richmenuswitch" => Self::Switch,
            "clipboard" => Self::Copy { text: text("clipboardText") },
            "datetimepicker" => Picker::of(action).map_or(Self::Send, |picker| Self::Pick { picker }),
            "camera" => Self::Want { wanted: Wanted::Camera },
            "cameraRoll" => Self::Want { wanted: Wanted::CameraRoll },
            "location" => Self::Want { wanted: Wanted::Location },
            _ => Self::Send,
        }
    }
}

/// The action at a place in a message object, given as a JSON pointer; in the words that templates use,
/// also where an imagemap has its own. A film that wants to be told of has "seen to its end" at `/trackingId`. Nothing where no action can stand.
pub fn action_at(message: &Value, pointer: &str) -> Option<Value> {
    if pointer == "/trackingId" && message.get("type")? == "video" {
        return Some(
            serde_json::json!({ "type": "videoPlayComplete", "trackingId": message.pointer(pointer)?.as_str()? }),
        );
    }
    let found = message.pointer(pointer).filter(|found| found.is_object())?;
    let steps: Vec<&str> = pointer.split('/').collect();
    let is_number = |step: &str| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    match (message.get("type")?.as_str()?, steps.as_slice()) {
        (_, ["", "quickReply", "items", number, "action"]) if is_number(number) => {}
        ("template", ["", "template", .., "defaultAction" | "action"]) => {}
        ("template", ["", "template", .., "actions", number]) if is_number(number) => {}
        ("flex", ["", "contents", .., "action"]) => {}
        ("imagemap", ["", "actions", number]) if is_number(number) => {}
        ("imagemap", ["", "video", "externalLink"]) => {
            return Some(serde_json::json!({ "type": "uri", "uri": found.get("linkUri")? }));
        }
        _ => return None,
    }
    let mut action = found.clone();
    if let (Some(uri), None) = (found.get("linkUri"), found.get("uri")) {
        action["uri"] = uri.clone();
    }
    action.get("type").is_some_and(Value::is_string).then_some(action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_actions_are_found() {
        let say = json!({ "type": "message", "label": "a", "text": "b" });
        let quick = json!({ "items": [{ "type": "action", "action": say }] });
        let message = json!({
            "type": "template", "quickReply": quick,
            "template": { "type": "carousel", "columns": [{ "text": "x", "defaultAction": say, "actions": [say] }] },
        });
        for pointer in
            ["/quickReply/items/0/action", "/template/columns/0/actions/0", "/template/columns/0/defaultAction"]
        {
            assert_eq!(action_at(&message, pointer), Some(say.clone()), "{pointer}");
        }
        for pointer in
            ["", "/", "/template", "/template/columns/0", "/quickReply/items/0", "/quickReply/items/1/action", "x"]
        {
            assert_eq!(action_at(&message, pointer), None, "{pointer}");
        }
        // The same words elsewhere are no action.
        assert_eq!(
            action_at(&json!({ "type": "text", "text": "x", "contents": { "action": say } }), "/contents/action"),
            None
        );
    }

    #[test]
    fn an_imagemap_has_words_of_its_own() {
        let message = json!({
            "type": "imagemap", "actions": [{ "type": "uri", "linkUri": "https://a.example" }],
            "video": { "externalLink": { "linkUri": "https://b.example", "label": "More" } },
        });
        let uri = |pointer| action_at(&message, pointer).map(|action| Tap::of(&action));
        assert_eq!(uri("/actions/0"), Some(Tap::Open { uri: "https://a.example".into() }));
        assert_eq!(uri("/video/externalLink"), Some(Tap::Open { uri: "https://b.example".into() }));
        assert_eq!(uri("/video"), None);
    }
}
