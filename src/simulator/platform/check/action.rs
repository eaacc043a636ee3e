//! What a tap does. The same actions stand in templates, Flex, quick replies and rich menus.

use super::node::{Check, Limit, NEEDED, Node, OPTIONAL};

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
    #[allow(dead_code, reason = "rich menus are checked by their own part of the platform")]
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
        let Some(mode) = self.one_of(&action.child("mode"), NEEDED, &["date", "time", "datetime"]) else { return };
        let [initial, max, min] = ["initial", "max", "min"].map(|name| {
            let at = action.child(name);
            let moment = moment(self.string(&at, OPTIONAL)?, mode);
            if moment.is_none() {
                self.wrong("invalid datetime format for the specified mode", &at);
            }
            moment
        });
        let early = |first: Option<_>, then: Option<_>| first.zip(then).is_none_or(|(first, then)| first <= then);
        if !early(min, initial) || !early(initial, max) || min.zip(max).is_some_and(|(min, max)| min >= max) {
            self.wrong("invalid date time order", action);
        }
    }
}

/// A moment of a picker: year, month, day, hour, minute.
type Moment = [u16; 5];

/// Reads `2026-11-21`, `10:30` or `2026-11-21t10:30`, from 1900 to 2100.
fn moment(text: &str, mode: &str) -> Option<Moment> {
    let (date, time) = match mode {
        "date" => (Some(text), None),
        "time" => (None, Some(text)),
        _ => text.split_once(['t', 'T']).map(|(date, time)| (Some(date), Some(time)))?,
    };
    let [year, month, day] = date.map_or(Some([2000, 1, 1]), |date| digits(date, '-', [4, 2, 2]))?;
    let [hour, minute] = time.map_or(Some([0, 0]), |time| digits(time, ':', [2, 2]))?;
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let known = (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day);
    (known && hour < 24 && minute < 60).then_some([year, month, day, hour, minute])
}

/// Numbers of fixed widths with a sign between them.
fn digits<const N: usize>(text: &str, between: char, widths: [usize; N]) -> Option<[u16; N]> {
    let mut parts = text.split(between);
    let mut numbers = [0; N];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let part = parts.next().filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}
