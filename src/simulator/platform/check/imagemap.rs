//! Pictures with places to tap.

use super::node::{Check, Limit, NEEDED, Node, OPTIONAL};

/// The width that every imagemap is described in.
const WIDTH: i64 = 1_040;

impl Check {
    pub(super) fn imagemap(&mut self, message: &Node) {
        self.url(&message.child("baseUrl"), NEEDED);
        self.text(&message.child("altText"), NEEDED, Limit::Units(1_500));
        let size = message.child("baseSize");
        if self.object(&size, NEEDED) {
            let width = size.child("width");
            self.whole(&width, NEEDED, 1);
            if width.value.as_i64().is_some_and(|width| width > 0 && width != WIDTH) {
                self.wrong(format!("must be {WIDTH}"), &width);
            }
            self.whole(&size.child("height"), NEEDED, 1);
        }
        for action in self.list(&message.child("actions"), NEEDED, 0, 50) {
            if self.object(&action, NEEDED) {
                self.place_to_tap(&action);
            }
        }
        let video = message.child("video");
        if self.object(&video, OPTIONAL) {
            self.image(&video);
            self.area(&video.child("area"));
            let link = video.child("externalLink");
            if self.object(&link, OPTIONAL) {
                self.link(&link.child("linkUri"), NEEDED);
                self.text(&link.child("label"), NEEDED, Limit::Units(30));
            }
        }
    }

    fn place_to_tap(&mut self, action: &Node) {
        match self.one_of(&action.child("type"), NEEDED, &["uri", "message", "clipboard"]) {
            Some("uri") => self.link(&action.child("linkUri"), NEEDED),
            Some("message") => {
                self.text(&action.child("text"), NEEDED, Limit::Units(400));
            }
            Some("clipboard") => {
                self.text(&action.child("clipboardText"), NEEDED, Limit::Units(1_000));
            }
            _ => {}
        }
        self.text(&action.child("label"), OPTIONAL, Limit::Letters(100));
        self.area(&action.child("area"));
    }

    fn area(&mut self, area: &Node) {
        if self.object(area, NEEDED) {
            for (name, least) in [("x", 0), ("y", 0), ("width", 1), ("height", 1)] {
                self.whole(&area.child(name), NEEDED, least);
            }
        }
    }
}
