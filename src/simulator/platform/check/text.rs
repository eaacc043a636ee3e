//! Texts, with LINE's emoji and with mentions.

use super::node::{Check, Limit, NEEDED, Node, OPTIONAL};
use crate::{line::count::TEXT_LIMIT, simulator::mint};
use std::collections::HashMap;

/// The most emoji, and the most mentions, of one message.
const MARKS_LIMIT: usize = 20;

impl Check {
    pub(super) fn plain_text(&mut self, message: &Node) {
        let text = self.text(&message.child("text"), NEEDED, Limit::Units(TEXT_LIMIT));
        self.string(&message.child("quoteToken"), OPTIONAL);
        let units: Vec<u16> = text.unwrap_or_default().encode_utf16().collect();
        for emoji in self.list(&message.child("emojis"), OPTIONAL, 0, MARKS_LIMIT) {
            if !self.object(&emoji, NEEDED) {
                continue;
            }
            let index = emoji.child("index");
            match index.value.as_u64().and_then(|index| usize::try_from(index).ok()) {
                // Without a text nothing can be said about places in it.
                _ if text.is_none() => {}
                None if index.value.as_i64().is_none() => self.whole(&index, NEEDED, 0),
                at if at.and_then(|at| units.get(at)) == Some(&u16::from(b'$')) => {}
                _ => self.wrong("index is invalid", &index),
            }
            self.emoji_ids(&emoji);
        }
    }

    fn emoji_ids(&mut self, emoji: &Node) {
        for name in ["productId", "emojiId"] {
            self.text(&emoji.child(name), NEEDED, Limit::Units(100));
        }
    }

    pub(super) fn text_v2(&mut self, message: &Node) {
        let at = message.child("text");
        let text = self.text(&at, NEEDED, Limit::Units(TEXT_LIMIT));
        self.string(&message.child("quoteToken"), OPTIONAL);
        let substitution = message.child("substitution");
        let kinds = self.substitution(&substitution);
        let Some(text) = text else { return };
        let at = at.within(message, "text");
        let Some(keys) = keys(text) else {
            self.wrong("The braces '{' and '}' must be paired, or doubled to stand for themselves.", &at);
            return;
        };
        let mut count: HashMap<&str, usize> = HashMap::new();
        for key in keys {
            if !is_key(key) {
                self.wrong(
                    format!("The key '{key}' enclosed in '{{}}' does not match the pattern '^[a-zA-Z0-9_]{{1,20}}$'."),
                    &at,
                );
            } else if substitution.child(key).is_there() {
                *count.entry(kinds.get(key).copied().unwrap_or_default()).or_default() += 1;
            } else {
                self.wrong(format!("The key '{key}' is not found in the substitution."), &at);
            }
        }
        for kind in ["mention", "emoji"] {
            if count.get(kind).is_some_and(|count| *count > MARKS_LIMIT) {
                self.wrong(format!("must not have more than {MARKS_LIMIT} of {kind}"), &at);
            }
        }
    }

    /// Checks what stands for keys; answers the kind of each.
    fn substitution<'v>(&mut self, substitution: &Node<'v>) -> HashMap<&'v str, &'v str> {
        let mut kinds = HashMap::new();
        if !self.object(substitution, OPTIONAL) {
            return kinds;
        }
        let Some(fields) = substitution.value.as_object() else { return kinds };
        if fields.len() > 100 {
            self.wrong("Size must be between 0 and 100", substitution);
            return kinds;
        }
        for key in fields.keys() {
            let value = substitution.child(key);
            if !is_key(key) {
                self.wrong("The key does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.", &value);
            } else if self.object(&value, NEEDED)
                && let Some(kind) = self.one_of(&value.child("type"), NEEDED, &["mention", "emoji"])
            {
                kinds.insert(key.as_str(), kind);
                if kind == "mention" { self.mentionee(&value.child("mentionee")) } else { self.emoji_ids(&value) }
            }
        }
        kinds
    }

    fn mentionee(&mut self, mentionee: &Node) {
        if self.object(mentionee, NEEDED)
            && self.one_of(&mentionee.child("type"), NEEDED, &["user", "all"]) == Some("user")
        {
            let user = mentionee.child("userId");
            if self.text(&user, NEEDED, Limit::Units(33)).is_some_and(|id| !mint::is_line_id(id, "U")) {
                self.wrong("invalid userId", &user);
            }
        }
    }
}

fn is_key(key: &str) -> bool {
    (1..=20).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What stands in braces, in order; nothing if they don't pair. Doubled braces stand for themselves.
fn keys(text: &str) -> Option<Vec<&str>> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (brace, after) = rest.get(at..)?.split_at_checked(1)?;
        if let Some(after) = after.strip_prefix(brace) {
            rest = after;
            continue;
        }
        // A brace that closes nothing leaves no key before it.
        let (key, after) = (brace == "{").then(|| after.split_once('}'))??;
        if key.contains('{') {
            return None;
        }
        keys.push(key);
        rest = after;
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    #[test]
    fn braces_hold_keys() {
        assert_eq!(super::keys("{a} and {b_1}{{not}}"), Some(vec!["a", "b_1"]));
        assert_eq!(super::keys("{}"), Some(vec![""]));
        for odd in ["{", "}", "{a", "a}", "{a{b}", "{{}"] {
            assert_eq!(super::keys(odd), None, "{odd}");
        }
    }
}
