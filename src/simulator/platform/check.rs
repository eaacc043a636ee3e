//! Whether message objects are as LINE wants them, with its words and property paths for what is not.
//!
//! LINE looks twice. First at the outside of every message, in dotted paths (`messages[0].text`); only when
//! nothing is wrong there, at what lies within a template, a Flex container or the text of a `textV2`, in
//! paths with slashes that begin in the message (`template/actions/0/uri`, `/body/contents/0/text`). The two
//! are answered with different sentences, see `Refusal::details`. Unknown properties are ignored outside Flex.

mod action;
mod address;
mod catalogue;
mod component;
mod flex;
mod imagemap;
mod measure;
mod media;
mod node;
mod template;
mod text;

use crate::line::count::BUBBLES_LIMIT;
pub use action::Home;
use node::{Check, Limit, NEEDED, Node, OPTIONAL};
use serde_json::Value;

/// What is wrong, and where. A fault within a message has the message and a colon before its path
/// (`messages[0]:/body/contents/0/text`).
pub type Details = Vec<(String, String)>;

/// Stands where the words would be, when a property has a JSON type that LINE can't read at all.
pub const UNREADABLE: &str = "";

const TYPES: [&str; 11] =
    ["text", "image", "video", "audio", "location", "sticker", "template", "imagemap", "flex", "textV2", "coupon"];

/// Checks `messages` of a request body, and what goes with it. `strict` wants https in every address of a file.
pub fn messages(body: &Value, strict: bool) -> Details {
    let mut check = Check::new(strict);
    let body = Node::outer(body, "");
    check.flag(&body.child("notificationDisabled"));
    let list = body.child("messages");
    for message in check.list(&list, NEEDED, 1, BUBBLES_LIMIT) {
        if check.object(&message, NEEDED) {
            check.message(&message);
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

/// Checks an action outside a message; `path` is where it stands (`areas[0].action`).
pub fn action(action: &Value, path: &str, home: Home) -> Details {
    // Addresses of files are none of an action's.
    let mut check = Check::new(false);
    check.action(&Node::outer(action, path).of_action(), NEEDED, home);
    check.details
}

impl Check {
    fn message(&mut self, message: &Node) {
        self.quick_reply(&message.child("quickReply"));
        self.sender(&message.child("sender"));
        match self.one_of(&message.child("type"), NEEDED, &TYPES) {
            Some("text") => self.plain_text(message),
            Some("textV2") => self.text_v2(message),
            Some("sticker") => self.sticker(message),
            Some("image") => self.image(message),
            Some("video") => self.video(message),
            Some("audio") => self.audio(message),
            Some("location") => self.location(message),
            Some("coupon") => self.coupon(message),
            Some("imagemap") => self.imagemap(message),
            Some("template") => self.template(message),
            Some("flex") => self.flex(message),
            _ => {}
        }
    }

    fn quick_reply(&mut self, quick_reply: &Node) {
        if !self.object(quick_reply, OPTIONAL) {
            return;
        }
        for item in self.list(&quick_reply.child("items"), NEEDED, 1, 13) {
            if self.object(&item, NEEDED) {
                self.one_of(&item.child("type"), NEEDED, &["action"]);
                self.url(&item.child("imageUrl"), OPTIONAL);
                self.action(&item.child("action").of_action(), NEEDED, Home::QuickReply);
            }
        }
    }

    fn sender(&mut self, sender: &Node) {
        if !self.object(sender, OPTIONAL) {
            return;
        }
        let name = sender.child("name");
        // "Online shop" may be a name; only the brand itself is reserved.
        if self.text(&name, OPTIONAL, Limit::Units(20)).is_some_and(|name| name.contains("LINE")) {
            self.wrong("must not contain LINE", &name);
        }
        self.url(&sender.child("iconUrl"), OPTIONAL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
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
    fn what_lies_within_a_message_is_marked() {
        let details = wrong(json!({ "type": "flex", "altText": "x", "contents": { "type": "bubble" } }));
        assert_eq!(details, [("At least one block must be specified".into(), "messages[0]:/".into())]);
    }

    #[test]
    fn only_files_must_be_https_and_only_if_strict() {
        let message = json!({ "type": "image", "originalContentUrl": "http://a.example/", "previewImageUrl": "https://a.example/" });
        assert_eq!(wrong(message.clone()), [("invalid uri".into(), "messages[0].originalContentUrl".into())]);
        assert!(messages(&json!({ "messages": [message] }), false).is_empty());
    }

    #[test]
    fn a_rich_menu_checks_its_actions_here() {
        let switch = json!({ "type": "richmenuswitch", "richMenuAliasId": "next", "data": "page=2" });
        assert!(action(&switch, "areas[0].action", Home::RichMenu).is_empty());
        let details = action(&json!({ "type": "uri", "uri": "ftp://a.example" }), "areas[0].action", Home::RichMenu);
        assert_eq!(details, [("invalid uri".into(), "areas[0].action.uri".into())]);
        assert_eq!(action(&switch, "areas[0].action", Home::Flex).len(), 1);
    }

    /// Any JSON, often with the names and words that the checks look for.
    fn anything() -> impl Strategy<Value = Value> {
        const WORDS: &str = "type|text|flex|bubble|box|body|hero|contents|template|buttons|carousel|columns|actions|action|uri|\
            imagemap|area|baseSize|textV2|substitution|\\{a\\}|\\{|emojis|index|video|altContent|span|image|size|url|1:1|5px|-1%|\
            background|linearGradient|angle|datetimepicker|mode|date|initial|2026-02-30|layout|baseline|quickReply|items|sender|\\PC{0,3}";
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            WORDS.prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 60, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((WORDS, inner), 0..6)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(message in anything(), kind in prop::sample::select(TYPES.to_vec()), within in anything()) {
            messages(&message, true);
            let mut message = json!({ "type": kind, "text": message, "quickReply": within, "sender": within });
            for name in ["contents", "template", "emojis", "substitution", "baseSize", "actions", "video"] {
                message[name] = within.clone();
            }
            wrong(message);
        }
    }
}
