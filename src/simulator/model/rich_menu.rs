//! A rich menu as a phone shows it, and the dates and times that one can pick on it
//! (line-platform.md §7, §9).

use super::Tap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What lies under a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RichMenu {
    /// `richmenu-` and 32 hex digits; its picture is found by it.
    pub id: String,
    /// Pixels, as are the places of its areas.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Open when the chat is opened.
    pub selected: bool,
    /// The words on the bar that opens and closes it, at most 14 characters.
    pub bar: String,
    /// What can be tapped, at most 20.
    pub areas: Vec<Area>,
}

/// A part of a menu's picture that can be tapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Pixels from the left.
    pub x: u32,
    /// Pixels from the top.
    pub y: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What is read aloud; may be empty.
    pub label: String,
    /// What the phone itself has to do.
    pub tap: Tap,
}

/// Asks for a date, a time, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picker {
    /// Which of them.
    pub mode: Mode,
    /// Chosen at first; may be empty.
    pub initial: String,
    /// The first that can be chosen; may be empty.
    pub min: String,
    /// The last that can be chosen; may be empty.
    pub max: String,
}

impl Picker {
    /// Reads a `datetimepicker` action.
    pub fn of(action: &Value) -> Option<Self> {
        let text = |name: &str| action.get(name).and_then(Value::as_str);
        let mode = Mode::from_word(text("mode")?)?;
        let at = |name: &str| text(name).and_then(|text| mode.read(text)).unwrap_or_default();
        Some(Self { mode, initial: at("initial"), min: at("min"), max: at("max") })
    }

    /// What was chosen, if it can be.
    pub fn accept(&self, chosen: &str) -> Option<String> {
        let chosen = self.mode.read(chosen)?;
        // Years have four digits everywhere, so texts sort as times do.
        let late = self.min.is_empty() || chosen >= self.min;
        let early = self.max.is_empty() || chosen <= self.max;
        (late && early).then_some(chosen)
    }
}

/// What is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// `2026-11-21`
    Date,
    /// `09:30`
    Time,
    /// `2026-11-21T09:30`
    Datetime,
}

impl Mode {
    /// LINE's word for it, in actions and in the `params` of a postback.
    pub fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Datetime => "datetime",
        }
    }

    /// The mode of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Date, Self::Time, Self::Datetime].into_iter().find(|mode| mode.word() == word)
    }

    /// The type of the browser's field for it.
    pub fn field(self) -> &'static str {
        if self == Self::Datetime { "datetime-local" } else { self.word() }
    }

    /// A value in LINE's form: days from 1900 to 2100, minutes, and `T` between them (`t` is taken too).
    pub fn read(self, text: &str) -> Option<String> {
        let good = match self {
            Self::Date => is_date(text),
            Self::Time => is_time(text),
            Self::Datetime => text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time)),
        };
        good.then(|| text.to_ascii_uppercase())
    }
}

/// The numbers of a text whose parts have so many digits each.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut found = [0; N];
    let mut parts = text.split(separator);
    for (number, digits) in found.iter_mut().zip(digits) {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

fn is_date(text: &str) -> bool {
    let Some([year, month, day]) = numbers(text, '-', [4, 2, 2]) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => 0,
    };
    (1_900..=2_100).contains(&year) && (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    numbers(text, ':', [2, 2]).is_some_and(|[hour, minute]| hour < 24 && minute < 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_real_dates_can_be_picked() {
        for (mode, good) in [(Mode::Date, "2028-02-29"), (Mode::Time, "00:00"), (Mode::Datetime, "2100-12-31T23:59")] {
            assert_eq!(mode.read(good).as_deref(), Some(good));
        }
        for (mode, bad) in [
            (Mode::Date, "2026-02-29"),
            (Mode::Date, "1899-12-31"),
            (Mode::Date, "2026-1-01"),
            (Mode::Time, "24:00"),
            (Mode::Time, "10:00:00"),
            (Mode::Datetime, "2026-01-01 10:00"),
            (Mode::Datetime, ""),
        ] {
            assert_eq!(mode.read(bad), None, "{bad}");
        }
        let picker = Picker::of(&json!({ "mode": "datetime", "min": "2026-01-01t10:00", "max": "2026-01-02T10:00" }));
        let accept = |chosen| picker.as_ref().and_then(|picker| picker.accept(chosen));
        assert_eq!(accept("2026-01-01T10:00").as_deref(), Some("2026-01-01T10:00"));
        assert_eq!(accept("2026-01-01T09:59"), None);
        assert_eq!(accept("2026-01-02T10:01"), None);
    }
}
