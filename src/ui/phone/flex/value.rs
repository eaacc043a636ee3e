//! What a Flex Message may say about colours, lengths and addresses, read strictly: a value that is not exactly what
//! LINE allows is as if it were not there. Numbers are parsed and written anew and colours are checked digit by
//! digit, so no text of a stranger ever reaches a style or an address.

use serde_json::Value;

/// Larger numbers are no measures; they would only make the browser work.
const MOST: f64 = 10_000.0;

/// A length as CSS takes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// Pixels of the phone.
    Px(f64),
    /// Of the box around.
    Percent(f64),
}

impl Length {
    /// For a style attribute.
    pub fn css(self) -> String {
        match self {
            Self::Px(number) => format!("{}px", rounded(number)),
            Self::Percent(number) => format!("{}%", rounded(number)),
        }
    }
}

/// Three places after the point are enough for every screen.
pub fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// A text of an object.
pub fn text<'a>(node: &'a Value, name: &str) -> Option<&'a str> {
    node.get(name).and_then(Value::as_str)
}

/// Whether a switch of an object is on.
pub fn is_on(node: &Value, name: &str) -> bool {
    node.get(name).and_then(Value::as_bool) == Some(true)
}

/// The list of an object; nothing where there is none.
pub fn list<'a>(node: &'a Value, name: &str) -> &'a [Value] {
    node.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The components' share of a box; some libraries write it as `1.0`.
pub fn share(node: &Value) -> Option<f64> {
    let number = node.get("flex")?.as_f64()?;
    (number >= 0.0).then(|| rounded(number.min(MOST)))
}

/// A colour of an object, `#RRGGBB` or `#RRGGBBAA`.
pub fn colour<'a>(node: &'a Value, name: &str) -> Option<&'a str> {
    let text = text(node, name)?;
    let digits = text.strip_prefix('#')?;
    (matches!(digits.len(), 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(text)
}

/// A number in plain digits, without an exponent, a plus or a name such as `inf`.
fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain(whole) && plain(part) { text.parse().ok() } else { None }
}

/// A number with a unit.
fn measured(text: &str, unit: &str) -> Option<f64> {
    plain_number(text.strip_suffix(unit)?).map(|number| number.clamp(-MOST, MOST))
}

/// Space of every kind: margins, spacing, paddings, corners, offsets.
pub fn step(word: &str) -> Option<f64> {
    Some(match word {
        "none" => 0.0,
        "xs" => 2.0,
        "sm" => 4.0,
        "md" => 8.0,
        "lg" => 12.0,
        "xl" => 16.0,
        "xxl" => 20.0,
        _ => return None,
    })
}

/// Space that cannot be negative, in pixels: margins, spacing, corners.
pub fn space(node: &Value, name: &str) -> Option<f64> {
    let text = text(node, name)?;
    step(text).or_else(|| measured(text, "px")).filter(|number| *number >= 0.0)
}

/// Space that may also be a part of the box around: paddings and offsets.
fn any_space(node: &Value, name: &str) -> Option<Length> {
    let text = text(node, name)?;
    step(text).or_else(|| measured(text, "px")).map(Length::Px).or_else(|| measured(text, "%").map(Length::Percent))
}

fn positive(length: Length) -> bool {
    matches!(length, Length::Px(number) | Length::Percent(number) if number >= 0.0)
}

/// A padding.
pub fn padding(node: &Value, name: &str) -> Option<Length> {
    any_space(node, name).filter(|length| positive(*length))
}

/// An offset, the only measure that may be negative.
pub fn offset(node: &Value, name: &str) -> Option<Length> {
    any_space(node, name)
}

/// A side of a box: pixels or a part of the box around.
pub fn side(node: &Value, name: &str) -> Option<Length> {
    let text = text(node, name)?;
    let length = measured(text, "px").map(Length::Px).or_else(|| measured(text, "%").map(Length::Percent))?;
    positive(length).then_some(length)
}

/// The width of a border, in pixels.
pub fn border(node: &Value) -> Option<f64> {
    Some(match text(node, "borderWidth")? {
        "none" => 0.0,
        "light" => 0.5,
        "normal" => 1.0,
        "medium" => 2.0,
        "semi-bold" => 3.0,
        "bold" => 4.0,
        other => return measured(other, "px").filter(|number| *number >= 0.0),
    })
}

/// The size of letters and icons, in pixels.
pub fn letter(node: &Value) -> Option<f64> {
    Some(match text(node, "size")? {
        "xxs" => 11.0,
        "xs" => 13.0,
        "sm" => 14.0,
        "md" => 16.0,
        "lg" => 19.0,
        "xl" => 22.0,
        "xxl" => 29.0,
        "3xl" => 35.0,
        "4xl" => 48.0,
        "5xl" => 74.0,
        other => return measured(other, "px").filter(|number| *number >= 0.0),
    })
}

/// The width of a picture; medium, unless it says otherwise.
pub fn picture(node: &Value) -> Length {
    let pixels = match text(node, "size").unwrap_or("md") {
        "xxs" => 40.0,
        "xs" => 60.0,
        "sm" => 80.0,
        "lg" => 120.0,
        "xl" => 140.0,
        "xxl" => 160.0,
        "3xl" => 180.0,
        "4xl" => 200.0,
        "5xl" => 240.0,
        "full" => return Length::Percent(100.0),
        _ => return side(node, "size").unwrap_or(Length::Px(100.0)),
    };
    Length::Px(pixels)
}

/// Space between the lines of a text, in pixels.
pub fn line_spacing(node: &Value) -> Option<f64> {
    measured(text(node, "lineSpacing")?, "px").filter(|number| *number > 0.0)
}

/// Width and height of a picture, `20:13`; a square, unless it says otherwise. LINE allows a height of three widths.
pub fn ratio(node: &Value, name: &str) -> (f64, f64) {
    let known = 1.0..=100_000.0;
    let sides = text(node, name).and_then(|text| text.split_once(':'));
    let side = |text: &str| plain_number(text).filter(|side| known.contains(side));
    match sides.and_then(|(width, height)| Some((side(width)?, side(height)?))) {
        Some((width, height)) => (rounded(width), rounded(height.min(3.0 * width))),
        None => (1.0, 1.0),
    }
}

/// A gradient, as CSS draws it: LINE turns it the same way, 0 degrees to the top.
pub fn gradient(node: &Value) -> Option<String> {
    let it = node.get("background")?;
    if text(it, "type") != Some("linearGradient") {
        return None;
    }
    let (start, end) = (colour(it, "startColor")?, colour(it, "endColor")?);
    let angle = text(it, "angle").and_then(|angle| measured(angle, "deg")).unwrap_or_default();
    let centre = colour(it, "centerColor").map_or_else(String::new, |colour| {
        let place = text(it, "centerPosition").and_then(|place| measured(place, "%")).unwrap_or(50.0);
        format!(",{colour} {}%", rounded(place.clamp(0.0, 100.0)))
    });
    Some(format!("linear-gradient({}deg,{start} 0%{centre},{end} 100%)", rounded(angle)))
}

/// An address that a picture or film may have: https, or a simulator on this machine.
pub fn address<'a>(node: &'a Value, name: &str) -> Option<&'a str> {
    let url = text(node, name)?;
    if url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`')) {
        return None;
    }
    let host =
        |url: &str| url.split(['/', '?', '#']).next().is_some_and(|host| !host.is_empty() && !host.contains('@'));
    if let Some(rest) = url.strip_prefix("https://") {
        return host(rest).then_some(url);
    }
    let rest = url.strip_prefix("http://")?;
    let rest = rest.strip_prefix("127.0.0.1").or_else(|| rest.strip_prefix("localhost"))?;
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let digits = port.strip_prefix(':').unwrap_or(port);
    let known = port.is_empty() || (port.starts_with(':') && digits.bytes().all(|byte| byte.is_ascii_digit()));
    known.then_some(url)
}
