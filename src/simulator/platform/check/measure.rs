//! Colours, lengths, angles and proportions, as Flex writes them.

use super::node::{Check, Node, OPTIONAL};

/// How something may be measured: with words, or with a number and a unit.
pub struct Measure {
    words: &'static [&'static str],
    units: &'static [&'static str],
    /// The smallest number; none when it may be negative.
    least: Option<f64>,
    /// The largest number.
    most: f64,
}

const UNITS: [&str; 3] = ["px", "%", "deg"];
const STEPS: &[&str] = &["none", "xs", "sm", "md", "lg", "xl", "xxl"];
const SIZES: &[&str] = &["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"];
const PICTURES: &[&str] = &["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl", "full"];
const BORDERS: &[&str] = &["none", "light", "normal", "medium", "semi-bold", "bold"];

const fn measure(words: &'static [&'static str], units: &'static [&'static str]) -> Measure {
    Measure { words, units, least: Some(0.0), most: f64::MAX }
}

/// Margins, spacings, corners.
pub const SPACE: Measure = measure(STEPS, &["px"]);
/// Paddings.
pub const PADDING: Measure = measure(STEPS, &["px", "%"]);
/// Offsets: the only ones that may be negative.
pub const OFFSET: Measure = Measure { least: None, ..PADDING };
/// Widths of borders.
pub const BORDER: Measure = measure(BORDERS, &["px"]);
/// Widths and heights of boxes.
pub const SIDE: Measure = measure(&[], &["px", "%"]);
/// Sizes of letters and icons.
pub const LETTER: Measure = measure(SIZES, &["px"]);
/// Sizes of pictures.
pub const PICTURE: Measure = measure(PICTURES, &["px", "%"]);
/// Space between lines.
pub const LINE: Measure = measure(&[], &["px"]);
/// The direction of a gradient; a full turn is 0 again.
pub const ANGLE: Measure = Measure { most: 359.999_999, ..measure(&[], &["deg"]) };
/// A place within a gradient.
pub const CENTRE: Measure = Measure { most: 100.0, ..measure(&[], &["%"]) };

impl Check {
    /// A measure.
    pub(super) fn measure(&mut self, at: &Node, measure: &Measure) {
        let Some(text) = self.string(at, OPTIONAL) else { return };
        if measure.words.contains(&text) {
            return;
        }
        let unit = UNITS.into_iter().find_map(|unit| Some((text.strip_suffix(unit)?, unit)));
        match unit.and_then(|(number, unit)| Some((number_of(number)?, unit))) {
            None => self.unreadable(at),
            Some((_, unit)) if !measure.units.contains(&unit) => self.wrong("invalid unit", at),
            Some((number, _)) if measure.least.is_some_and(|least| number < least) => {
                self.wrong("lower limit exceeded", at);
            }
            Some((number, _)) if number > measure.most => self.wrong("upper limit exceeded", at),
            Some(_) => {}
        }
    }

    /// `#RRGGBB`, and where it may shine through `#RRGGBBAA`.
    pub(super) fn colour(&mut self, at: &Node, alpha: bool) {
        if let Some(text) = self.string(at, OPTIONAL) {
            let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
            if !digits.is_some_and(|digits| digits.len() == 6 || (alpha && digits.len() == 8)) {
                self.unreadable(at);
            }
        }
    }

    /// Width to height, `20:13`.
    pub(super) fn ratio(&mut self, at: &Node) {
        let Some(text) = self.string(at, OPTIONAL) else { return };
        let sides = text.split_once(':').and_then(|(width, height)| Some((number_of(width)?, number_of(height)?)));
        let known = 1.0..=100_000.0;
        match sides.filter(|(width, height)| known.contains(width) && known.contains(height)) {
            None => self.unreadable(at),
            Some((width, height)) if height > 3.0 * width => {
                self.wrong("aspect ratio must be in the range (0 < (h/w) <= 3)", at);
            }
            Some(_) => {}
        }
    }
}

/// A number in plain digits: Rust's own reading would take `1e5`, `inf` and `+1` as well.
fn number_of(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (plain(whole) && plain(part)).then(|| text.parse().ok())?
}
