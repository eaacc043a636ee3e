//! A place in a message, and the rules that hold in many places.

use super::{Details, UNREADABLE};
use crate::line::count::{graphemes, utf16};
use serde_json::Value;

/// A property that must be there.
pub const NEEDED: bool = true;
/// A property that may be missing.
pub const OPTIONAL: bool = false;

/// How LINE speaks about a place.
#[derive(Clone, Copy, PartialEq)]
enum Voice {
    /// The outside of a message: `messages[0].text`.
    Outer,
    /// An action outside a template or Flex: `messages[0].quickReply.items[0].action.text`.
    Action,
    /// Within a message: `template/columns/0/title`, `/body/contents/0/text`.
    Inner,
}

/// A value and its path. What is missing is null: LINE makes no difference.
#[derive(Clone)]
pub struct Node<'v> {
    /// The value.
    pub value: &'v Value,
    path: String,
    voice: Voice,
}

impl<'v> Node<'v> {
    /// A place on the outside.
    pub fn outer(value: &'v Value, path: &str) -> Self {
        Self { value, path: path.into(), voice: Voice::Outer }
    }

    /// The same place as the beginning of what lies within its message; `path` is its path there.
    pub fn within(&self, message: &Node, path: &str) -> Self {
        Self { value: self.value, path: format!("{}:{path}", message.path), voice: Voice::Inner }
    }

    /// The same place, as an action; what lies within a message knows no difference.
    pub fn of_action(mut self) -> Self {
        if self.voice == Voice::Outer {
            self.voice = Voice::Action;
        }
        self
    }

    /// A property.
    pub fn child(&self, name: &str) -> Self {
        let path = match self.voice {
            Voice::Inner => format!("{}/{name}", self.path),
            _ if self.path.is_empty() => name.into(),
            _ => format!("{}.{name}", self.path),
        };
        Self { value: self.value.get(name).unwrap_or(&Value::Null), path, voice: self.voice }
    }

    /// An item of a list.
    fn item(&self, at: usize, value: &'v Value) -> Self {
        let path = match self.voice {
            Voice::Inner => format!("{}/{at}", self.path),
            _ => format!("{}[{at}]", self.path),
        };
        Self { value, path, voice: self.voice }
    }

    /// Whether there is something.
    pub fn is_there(&self) -> bool {
        !self.value.is_null()
    }

    /// Whether it lies within a message.
    pub fn is_inner(&self) -> bool {
        self.voice == Voice::Inner
    }
}

/// How long a text may be, and how LINE counts that.
#[derive(Clone, Copy)]
pub enum Limit {
    /// UTF-16 code units.
    Units(usize),
    /// Grapheme clusters: what a reader takes for one letter.
    Letters(usize),
}

/// Collects what is wrong.
pub struct Check {
    /// What was found.
    pub details: Details,
    /// Whether addresses of files must be https.
    pub strict: bool,
}

impl Check {
    /// Nothing is wrong yet.
    pub fn new(strict: bool) -> Self {
        Self { details: Vec::new(), strict }
    }

    /// Something is wrong.
    pub fn wrong(&mut self, words: impl Into<String>, at: &Node) {
        // The root of a Flex container has no name but a slash.
        let path = if at.path.ends_with(':') { format!("{}/", at.path) } else { at.path.clone() };
        self.details.push((words.into(), path));
    }

    /// A value of the wrong JSON type, or one that LINE does not know within a message.
    pub fn unreadable(&mut self, at: &Node) {
        self.wrong(if at.is_inner() { "invalid property" } else { UNREADABLE }, at);
    }

    /// Whether there is something; it is wrong when it is needed and missing.
    fn is_there(&mut self, at: &Node, needed: bool) -> bool {
        if needed && !at.is_there() {
            self.wrong(if at.voice == Voice::Outer { "May not be empty" } else { "must be specified" }, at);
        }
        at.is_there()
    }

    /// A text as it is.
    pub fn string<'v>(&mut self, at: &Node<'v>, needed: bool) -> Option<&'v str> {
        if !self.is_there(at, needed) {
            return None;
        }
        let text = at.value.as_str();
        if text.is_none() {
            self.unreadable(at);
        }
        text
    }

    /// A text that is neither empty nor too long; nothing if it is wrong.
    pub fn text<'v>(&mut self, at: &Node<'v>, needed: bool, limit: Limit) -> Option<&'v str> {
        let text = self.string(at, needed)?;
        let (length, most) = match limit {
            Limit::Units(most) => (utf16(text), most),
            Limit::Letters(most) => (graphemes(text), most),
        };
        if text.is_empty() {
            self.wrong(if at.is_inner() { "must be non-empty text" } else { "May not be empty" }, at);
        } else if length > most && at.is_inner() {
            self.wrong(format!("must not be longer than {most} characters"), at);
        } else if length > most {
            self.wrong(format!("Length must be between 0 and {most}"), at);
        } else {
            return Some(text);
        }
        None
    }

    /// One of some words.
    pub fn one_of<'v>(&mut self, at: &Node<'v>, needed: bool, words: &[&str]) -> Option<&'v str> {
        let word = self.string(at, needed)?;
        if words.contains(&word) {
            return Some(word);
        }
        if at.is_inner() {
            self.unreadable(at);
        } else {
            self.wrong(format!("Must be one of the following values: [{}]", words.join(", ")), at);
        }
        None
    }

    /// A yes or no.
    pub fn flag(&mut self, at: &Node) {
        if at.is_there() && !at.value.is_boolean() {
            self.unreadable(at);
        }
    }

    /// A whole number that is at least `least`.
    pub fn whole(&mut self, at: &Node, needed: bool, least: i64) {
        if !at.is_there() {
            if needed {
                self.wrong("must be specified", at);
            }
            return;
        }
        match at.value.as_i64().and_then(|number| i32::try_from(number).ok()) {
            None => self.unreadable(at),
            Some(number) if i64::from(number) < least => {
                self.wrong(format!("must be greater than or equal to {least}"), at);
            }
            Some(_) => {}
        }
    }

    /// Whether it is an object.
    pub fn object(&mut self, at: &Node, needed: bool) -> bool {
        if self.is_there(at, needed) && !at.value.is_object() {
            self.unreadable(at);
        }
        at.value.is_object()
    }

    /// The items of a list of `least` to `most`.
    pub fn list<'v>(&mut self, at: &Node<'v>, needed: bool, least: usize, most: usize) -> Vec<Node<'v>> {
        if !self.is_there(at, needed) {
            return Vec::new();
        }
        let Some(items) = at.value.as_array() else {
            self.unreadable(at);
            return Vec::new();
        };
        if (least..=most).contains(&items.len()) {
            return items.iter().enumerate().map(|(index, item)| at.item(index, item)).collect();
        }
        self.wrong(
            match at.voice {
                Voice::Inner if items.len() > most => format!("must not be more than {most} items"),
                Voice::Inner => format!("must not be less than {least} items"),
                _ => format!("Size must be between {least} and {most}"),
            },
            at,
        );
        Vec::new()
    }
}
