//! Flex containers: a bubble, or a carousel of bubbles.

use super::{
    action::Home,
    node::{Check, Limit, NEEDED, Node, OPTIONAL},
};
use serde_json::Value;

const SIZES: [&str; 7] = ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"];
const BLOCKS: [&str; 4] = ["header", "hero", "body", "footer"];
/// The most pictures of a message that may move.
const ANIMATED_LIMIT: usize = 10;

impl Check {
    pub(super) fn flex(&mut self, message: &Node) {
        self.text(&message.child("altText"), NEEDED, Limit::Units(1_500));
        let container = message.child("contents");
        if !self.object(&container, NEEDED) {
            return;
        }
        let container = container.within(message, "");
        match self.one_of(&container.child("type"), NEEDED, &["bubble", "carousel"]) {
            Some("bubble") => self.bubble(&container, false),
            Some("carousel") => self.carousel(&container),
            _ => return,
        }
        if animated(container.value) > ANIMATED_LIMIT {
            self.wrong(format!("must not have more than {ANIMATED_LIMIT} animated images"), &container);
        }
    }

    fn carousel(&mut self, carousel: &Node) {
        self.known(carousel, &["type", "contents"]);
        self.weight(carousel, "carousel", 50);
        let list = carousel.child("contents");
        let bubbles = self.list(&list, NEEDED, 1, 12);
        for bubble in &bubbles {
            if self.object(bubble, NEEDED) && self.one_of(&bubble.child("type"), NEEDED, &["bubble"]).is_some() {
                self.bubble(bubble, true);
            }
        }
        let sizes = bubbles.iter().filter(|bubble| bubble.child("type").value == "bubble");
        let mut sizes = sizes.map(|bubble| bubble.value.get("size").and_then(Value::as_str).unwrap_or("mega"));
        if let Some(first) = sizes.next()
            && sizes.any(|other| other != first)
        {
            self.wrong("all bubbles must be of the same size", &list);
        }
    }

    fn bubble(&mut self, bubble: &Node, in_carousel: bool) {
        self.known(bubble, &["type", "size", "direction", "header", "hero", "body", "footer", "styles", "action"]);
        self.weight(bubble, "bubble", 30);
        let size = bubble.child("size");
        self.one_of(&size, OPTIONAL, &SIZES);
        self.one_of(&bubble.child("direction"), OPTIONAL, &["ltr", "rtl"]);
        if !BLOCKS.iter().any(|block| bubble.child(block).is_there()) {
            self.wrong("At least one block must be specified", bubble);
        }
        for block in BLOCKS {
            let at = bubble.child(block);
            let kinds: &[&str] = if block == "hero" { &["box", "image", "video"] } else { &["box"] };
            if at.is_there() {
                self.component(&at, kinds);
            }
        }
        if bubble.value.pointer("/hero/type").is_some_and(|kind| kind == "video")
            && (in_carousel || matches!(size.value.as_str(), Some("nano" | "micro" | "deca" | "hecto")))
        {
            self.wrong("embedding videos in messages is not allowed", &bubble.child("hero"));
        }
        self.styles(&bubble.child("styles"));
        self.action(&bubble.child("action"), OPTIONAL, Home::Flex);
    }

    fn styles(&mut self, styles: &Node) {
        if !self.object(styles, OPTIONAL) {
            return;
        }
        self.known(styles, &BLOCKS);
        for block in BLOCKS {
            let style = styles.child(block);
            if self.object(&style, OPTIONAL) {
                self.known(&style, &["backgroundColor", "separator", "separatorColor"]);
                self.colour(&style.child("backgroundColor"), true);
                self.flag(&style.child("separator"));
                self.colour(&style.child("separatorColor"), true);
            }
        }
    }

    /// Flex is the one place where LINE refuses properties that it does not know.
    pub(super) fn known(&mut self, at: &Node, names: &[&str]) {
        for (name, value) in at.value.as_object().into_iter().flatten() {
            if !value.is_null() && !names.contains(&name.as_str()) {
                self.wrong("unknown field", &at.child(name));
            }
        }
    }

    fn weight(&mut self, at: &Node, name: &str, kilobytes: usize) {
        if at.value.to_string().len() > kilobytes * 1_024 {
            let words = "Too large flex message. The maximum size of JSON data that defines a";
            self.wrong(format!("{words} {name} is {kilobytes} KB."), at);
        }
    }
}

/// How many pictures move.
fn animated(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(animated).sum(),
        Value::Object(fields) => {
            usize::from(value.get("animated").is_some_and(|animated| animated == true))
                + fields.values().map(animated).sum::<usize>()
        }
        _ => 0,
    }
}
