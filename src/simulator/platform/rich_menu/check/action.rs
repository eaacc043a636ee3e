//! The actions of a rich menu's areas (line-platform.md §7).

use super::{Check, clusters, utf16};
use crate::simulator::model::Mode;
use serde_json::Value;

const TYPES: &str = "[clipboard, datetimepicker, message, postback, richmenuswitch, uri]";
const INPUTS: &str = "[closeRichMenu, openRichMenu, openKeyboard, openVoice]";

fn word<'a>(action: &'a Value, name: &str) -> Option<&'a str> {
    action.get(name).and_then(Value::as_str)
}

impl Check {
    /// Checks an action. Camera, camera roll and location are for quick replies only.
    pub(super) fn action(&mut self, action: &Value, path: &str) {
        // Optional here: it is only read aloud.
        self.option(action, path, "label", 20, clusters);
        match word(action, "type") {
            Some("postback") => self.postback(action, path),
            Some("message") => self.text(action, path, "text", 300, clusters),
            Some("uri") => self.uri(action, path),
            Some("datetimepicker") => self.picker(action, path),
            Some("richmenuswitch") => {
                self.text(action, path, "richMenuAliasId", 32, utf16);
                self.text(action, path, "data", 300, utf16);
            }
            Some("clipboard") => self.text(action, path, "clipboardText", 1_000, utf16),
            None => self.wrong("must be specified", &format!("{path}.type")),
            Some(_) => self.one_of(TYPES, path, "type"),
        }
    }

    fn one_of(&mut self, words: &str, path: &str, name: &str) {
        self.wrong(&format!("Must be one of the following values: {words}"), &format!("{path}.{name}"));
    }

    fn postback(&mut self, action: &Value, path: &str) {
        self.text(action, path, "data", 300, utf16);
        for name in ["displayText", "text", "fillInText"] {
            self.option(action, path, name, 300, clusters);
        }
        if word(action, "displayText").is_some() && word(action, "text").is_some() {
            self.wrong("'displayText' and 'text' can't be used together", &format!("{path}.text"));
        }
        let input = word(action, "inputOption");
        if input.is_some_and(|input| !INPUTS[1..INPUTS.len() - 1].split(", ").any(|known| known == input)) {
            self.one_of(INPUTS, path, "inputOption");
        }
        if word(action, "fillInText").is_some() && input != Some("openKeyboard") {
            self.wrong("'fillInText' needs 'inputOption' openKeyboard", &format!("{path}.fillInText"));
        }
    }

    fn uri(&mut self, action: &Value, path: &str) {
        let before = self.details.len();
        self.text(action, path, "uri", 1_000, utf16);
        let known = ["http:", "https:", "line:", "tel:"];
        let good = word(action, "uri").is_some_and(|uri| {
            known.iter().any(|scheme| uri.len() > scheme.len() && uri.starts_with(scheme))
                && !uri.contains(|c: char| c.is_whitespace() || c.is_control())
        });
        if self.details.len() == before && !good {
            self.wrong("invalid uri", &format!("{path}.uri"));
        }
    }

    /// `initial`, `max` and `min` have the form of the mode, and stand in their order.
    fn picker(&mut self, action: &Value, path: &str) {
        self.text(action, path, "data", 300, utf16);
        let Some(mode) = word(action, "mode").and_then(Mode::from_word) else {
            return self.one_of("[date, time, datetime]", path, "mode");
        };
        let mut at = |name: &str| {
            let given = word(action, name)?;
            let read = mode.read(given);
            if read.is_none() {
                self.wrong("invalid datetime format", &format!("{path}.{name}"));
            }
            read
        };
        let (initial, min, max) = (at("initial"), at("min"), at("max"));
        if let (Some(min), Some(max)) = (&min, &max)
            && max <= min
        {
            self.wrong("'max' must be later than 'min'", &format!("{path}.max"));
        }
        if initial.is_some_and(|at| min.is_some_and(|min| at < min) || max.is_some_and(|max| at > max)) {
            self.wrong("'initial' must be between 'min' and 'max'", &format!("{path}.initial"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong(action: &Value) -> Vec<String> {
        let mut check = Check { details: Vec::new() };
        check.action(action, "a");
        check.details.into_iter().map(|(_, path)| path).collect()
    }

    #[test]
    fn actions_are_told_apart() {
        for action in [
            json!({ "type": "postback", "data": "a", "displayText": "b", "inputOption": "openKeyboard", "fillInText": "c" }),
            json!({ "type": "message", "text": "🍎".repeat(300) }),
            json!({ "type": "uri", "uri": "tel:0123", "label": "Call" }),
            json!({ "type": "datetimepicker", "data": "d", "mode": "datetime", "initial": "2026-11-21t10:00", "max": "2026-12-01T00:00" }),
            json!({ "type": "richmenuswitch", "richMenuAliasId": "tab-b", "data": "b" }),
            json!({ "type": "clipboard", "clipboardText": "x" }),
        ] {
            assert_eq!(wrong(&action), Vec::<String>::new(), "{action}");
        }
        for (action, path) in [
            (json!({ "type": "camera" }), "a.type"),
            (json!({ "text": "x" }), "a.type"),
            (json!({ "type": "postback" }), "a.data"),
            (json!({ "type": "postback", "data": "a", "inputOption": "x" }), "a.inputOption"),
            (json!({ "type": "postback", "data": "a", "displayText": "b", "text": "b" }), "a.text"),
            (json!({ "type": "uri", "uri": "javascript:alert(1)" }), "a.uri"),
            (json!({ "type": "uri", "uri": "x".repeat(1_001) }), "a.uri"),
            (json!({ "type": "message", "text": "x", "label": "x".repeat(21) }), "a.label"),
            (json!({ "type": "datetimepicker", "data": "d", "mode": "date", "min": "2026-02-30" }), "a.min"),
            (json!({ "type": "datetimepicker", "data": "d", "mode": "time", "min": "10:00", "max": "09:00" }), "a.max"),
            (json!({ "type": "datetimepicker", "data": "d", "mode": "week" }), "a.mode"),
        ] {
            assert_eq!(wrong(&action), [path], "{action}");
        }
    }
}
