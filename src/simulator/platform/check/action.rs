//! What a tap does. The same actions stand in templates, Flex, quick replies and rich menus.

use super::node::{Check, Limit, NEEDED, Node, OPTIONAL};
use crate::simulator::model::Mode;

/// Where an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// A button of a template.
    Template,
    /// The picture or the text of a template.
    Picture,
    /// A column of an image carousel.
    ImageCarousel,
    /// A quick reply.
    QuickReply,
    /// A button of a Flex message.
    FlexButton,
    /// Anything else of a Flex message.
    Flex,
    /// A video of a Flex message.
    FlexVideo,
    /// An area of a rich menu.
    RichMenu,
}

impl Home {
    /// Whether a label is needed, and how long it may be.
    fn label(self) -> (bool, usize) {
        match self {
            Self::Template | Self::QuickReply => (NEEDED, 20),
            Self::Picture | Self::RichMenu => (OPTIONAL, 20),
            Self::ImageCarousel => (OPTIONAL, 12),
            Self::FlexButton => (NEEDED, 40),
            Self::Flex | Self::FlexVideo => (OPTIONAL, 40),
        }
    }

    fn types(self) -> &'static [&'static str] {
        match self {
            Self::QuickReply => {
                &["postback", "message", "uri", "datetimepicker", "clipboard", "camera", "cameraRoll", "location"]
            }
            Self::RichMenu => &["postback", "message", "uri", "datetimepicker", "clipboard", "richmenuswitch"],
            Self::FlexVideo => &["uri"],
            _ => &["postback", "message", "uri", "datetimepicker", "clipboard"],
        }
    }
}

impl Check {
    /// An action.
    pub(super) fn action(&mut self, action: &Node, needed: bool, home: Home) {
        if !self.object(action, needed) {
            return;
        }
        self.label(action, home);
        match self.one_of(&action.child("type"), NEEDED, home.types()) {
            Some("postback") => self.postback(action),
            Some("message") => {
                self.text(&action.child("text"), NEEDED, Limit::Letters(300));
            }
            Some("uri") => {
                self.link(&action.child("uri"), NEEDED);
                let other = action.child("altUri");
                if self.object(&other, OPTIONAL) {
                    self.link(&other.child("desktop"), OPTIONAL);
                }
            }
            Some("datetimepicker") => self.date_picker(action),
            Some("clipboard") => {
                self.text(&action.child("clipboardText"), NEEDED, Limit::Units(1_000));
            }
            Some("richmenuswitch") => {
                let alias = action.child("richMenuAliasId");
                let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
                if self.text(&alias, NEEDED, Limit::Units(32)).is_some_and(|id| !id.bytes().all(fits)) {
                    self.wrong("invalid richMenuAliasId", &alias);
                }
                self.data(action);
            }
            _ => {}
        }
    }

    fn label(&mut self, action: &Node, home: Home) {
        let (needed, most) = home.label();
        let label = action.child("label");
        let missing = needed && label.value.as_str().map_or(!label.is_there(), str::is_empty);
        match home {
            Home::QuickReply if missing => self.wrong("`label` must be specified", action),
            Home::FlexButton if missing => self.wrong("`label` must be specified", &label),
            _ => {
                self.text(&label, needed, Limit::Letters(most));
            }
        }
    }

    fn data(&mut self, action: &Node) {
        self.text(&action.child("data"), NEEDED, Limit::Units(300));
    }

    fn postback(&mut self, action: &Node) {
        self.data(action);
        for name in ["displayText", "text"] {
            self.text(&action.child(name), OPTIONAL, Limit::Letters(300));
        }
        if action.child("displayText").is_there() && action.child("text").is_there() {
            self.wrong("`displayText` and `text` can't be used together", action);
        }
        let options = ["closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"];
        let option = self.one_of(&action.child("inputOption"), OPTIONAL, &options);
        let fill = action.child("fillInText");
        if self.text(&fill, OPTIONAL, Limit::Letters(300)).is_some() && option != Some("openKeyboard") {
            self.wrong("`fillInText` needs `inputOption` to be openKeyboard", &fill);
        }
    }

    fn date_picker(&mut self, action: &Node) {
        self.data(action);
        let mode = self.one_of(&action.child("mode"), NEEDED, &["date", "time", "datetime"]).and_then(Mode::from_word);
        let Some(mode) = mode else { return };
        let [initial, max, min] = ["initial", "max", "min"].map(|name| {
            let at = action.child(name);
            let moment = mode.read(self.string(&at, OPTIONAL)?);
            if moment.is_none() {
                self.wrong("invalid datetime format for the specified mode", &at);
            }
            moment
        });
        // Years have four digits everywhere, so texts sort as times do.
        let early = |first: &Option<String>, then: &Option<String>| {
            first.as_ref().zip(then.as_ref()).is_none_or(|(first, then)| first <= then)
        };
        let empty = min.as_ref().zip(max.as_ref()).is_some_and(|(min, max)| min >= max);
        if !early(&min, &initial) || !early(&initial, &max) || empty {
            self.wrong("invalid date time order", action);
        }
    }
}
