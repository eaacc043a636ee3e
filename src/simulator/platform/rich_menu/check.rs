//! Whether a rich menu object is as LINE wants it (line-platform.md §2, §7, §9), with its words and
//! property paths for what is not. Where LINE publishes no words, they are like its others.

use crate::{
    line::count::graphemes,
    simulator::platform::{
        check::{self, Details, Home},
        refusal::Refusal,
    },
};
use serde_json::Value;

/// The menu id under `name` in a body, or what is wrong with it.
pub fn menu_id<'a>(body: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    is_menu_id(body.get(name)).map_err(|words| Refusal::details(&[(words.into(), name.into())]))
}

/// The id of a menu: `richmenu-` and 32 hex digits.
pub fn is_menu_id(value: Option<&Value>) -> Result<&str, &'static str> {
    let id = value.and_then(Value::as_str).ok_or("must be specified")?;
    let digits = id.strip_prefix("richmenu-").unwrap_or_default();
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if digits.len() == 32 && digits.bytes().all(hex) { Ok(id) } else { Err("invalid richMenuId") }
}

/// Whether something is at least 1.45 times as wide as high.
pub fn wide_enough(width: u64, height: u64) -> bool {
    width.saturating_mul(100) >= height.saturating_mul(145)
}

/// Checks a rich menu object: 800 to 2,500 wide, at least 250 high, at least 1.45 times as wide as high;
/// `name` up to 300, `chatBarText` up to 14 characters as a reader counts them; up to 20 areas.
pub fn rich_menu(body: &Value) -> Details {
    let mut check = Check { details: Vec::new() };
    let size = check.size(body);
    if body.get("selected").and_then(Value::as_bool).is_none() {
        check.wrong("must be specified", "selected");
    }
    check.text(body, "name", 300);
    check.text(body, "chatBarText", 14);
    match body.get("areas").and_then(Value::as_array) {
        None => check.wrong("must be specified", "areas"),
        Some(areas) if areas.len() > 20 => check.wrong("Size must be between 0 and 20", "areas"),
        Some(areas) => {
            for (at, area) in areas.iter().enumerate() {
                let path = format!("areas[{at}]");
                check.bounds(area, &format!("{path}.bounds"), size);
                match area.get("action").filter(|action| action.is_object()) {
                    None => check.wrong("must be specified", &format!("{path}.action")),
                    Some(action) => {
                        check.details.extend(check::action(action, &format!("{path}.action"), Home::RichMenu));
                    }
                }
            }
        }
    }
    check.details
}

struct Check {
    details: Details,
}

impl Check {
    fn wrong(&mut self, message: &str, path: &str) {
        self.details.push((message.into(), path.into()));
    }

    /// A text that must be there, counted as a reader does.
    fn text(&mut self, object: &Value, path: &str, limit: usize) {
        match object.get(path).and_then(Value::as_str) {
            None => self.wrong("must be specified", path),
            Some("") => self.wrong("May not be empty", path),
            Some(text) if graphemes(text) > limit => {
                self.wrong(&format!("Length must be between 0 and {limit}"), path);
            }
            Some(_) => {}
        }
    }

    /// A whole number from `least` on.
    fn number(&mut self, object: &Value, path: &str, name: &str, least: u64) -> Option<u64> {
        let path = format!("{path}.{name}");
        let Some(number) = object.get(name).filter(|number| number.is_number()) else {
            self.wrong("must be specified", &path);
            return None;
        };
        let number = number.as_u64().filter(|number| *number >= least);
        if number.is_none() {
            self.wrong(&format!("must be greater than or equal to {least}"), &path);
        }
        number
    }

    fn size(&mut self, body: &Value) -> Option<(u64, u64)> {
        let Some(size) = body.get("size").filter(|size| size.is_object()) else {
            self.wrong("must be specified", "size");
            return None;
        };
        let width = self.number(size, "size", "width", 0);
        let height = self.number(size, "size", "height", 250);
        if width.is_some_and(|width| !(800..=2_500).contains(&width)) {
            self.wrong("Must be between 800 and 2500", "size.width");
        }
        let (width, height) = (width?, height?);
        if !wide_enough(width, height) {
            self.wrong("The aspect ratio (width / height) must be greater than or equal to 1.45", "size");
        }
        Some((width, height))
    }

    /// A place inside the picture.
    fn bounds(&mut self, area: &Value, path: &str, size: Option<(u64, u64)>) {
        let Some(bounds) = area.get("bounds").filter(|bounds| bounds.is_object()) else {
            return self.wrong("must be specified", path);
        };
        let corner = (self.number(bounds, path, "x", 0), self.number(bounds, path, "y", 0));
        let extent = (self.number(bounds, path, "width", 1), self.number(bounds, path, "height", 1));
        if let (Some(size), (Some(x), Some(y)), (Some(width), Some(height))) = (size, corner, extent)
            && (x.saturating_add(width) > size.0 || y.saturating_add(height) > size.1)
        {
            self.wrong("must be inside the richmenu", path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_menu_is_inside_its_limits() {
        let menu = |width: u64, height: u64| {
            json!({
                "size": { "width": width, "height": height }, "selected": false, "name": "n", "chatBarText": "m",
                "areas": [{ "bounds": { "x": 0, "y": 0, "width": 800, "height": 250 }, "action": { "type": "message", "text": "t" } }],
            })
        };
        for (width, height) in [(2_500, 1_686), (2_500, 843), (800, 270), (800, 551)] {
            assert!(rich_menu(&menu(width, height)).is_empty(), "{width} by {height}");
        }
        for (width, height, path) in
            [(799, 270, "size.width"), (2_501, 843, "size.width"), (800, 552, "size"), (800, 249, "size.height")]
        {
            assert_eq!(rich_menu(&menu(width, height))[0].1, path, "{width} by {height}");
        }
    }
}
