//! Variables: words in braces that become the friend's name, today's date, and the like. `{friend.name|you}` says
//! what stands there when there is nothing to put in. What only looks like a variable stays as it was written.

use crate::{
    chat::model::draft::Bubble,
    line::{count::utf16, event::Emoji},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The variables that are offered, in their order.
pub const OFFERED: [&str; 4] = ["friend.name", "operator.name", "account.name", "date"];
/// The longest name of a variable, in characters.
const NAME_LIMIT: usize = 60;

/// What variables become.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Values {
    /// Name of the friend; empty while it is not known, and for groups.
    pub friend: String,
    /// Name of the operator who sends.
    pub operator: String,
    /// Name of the account.
    pub account: String,
    /// Today, as the friend writes dates. Only the browser knows what day it is for the operator.
    pub date: String,
    /// Language of the friend, a BCP 47 tag; empty while it is not known.
    pub lang: String,
    /// Facts about the friend, by name.
    pub fields: Vec<(String, String)>,
}

impl Values {
    /// What a variable becomes; empty when nothing is known.
    fn get(&self, name: &str) -> &str {
        match name {
            "friend.name" => &self.friend,
            "operator.name" => &self.operator,
            "account.name" => &self.account,
            "date" => &self.date,
            _ => {
                let field = name.strip_prefix("friend.").or_else(|| name.strip_prefix("field.")).unwrap_or(name);
                self.fields.iter().find(|(known, _)| known == field).map_or("", |(_, value)| value.as_str())
            }
        }
    }
}

/// A piece of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// Words as they are.
    Words(&'a str),
    /// A variable.
    Variable {
        /// Its name.
        name: &'a str,
        /// What stands there when it is empty.
        fallback: Option<&'a str>,
        /// As it was written, with its braces.
        whole: &'a str,
    },
}

/// Takes a text apart.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    while let Some((start, end)) = next(text, from) {
        let (Some(before), Some(whole)) = (text.get(from..start), text.get(start..end)) else { break };
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        let inner = whole.trim_start_matches('{').trim_end_matches('}');
        let (name, fallback) = inner.split_once('|').map_or((inner, None), |(name, rest)| (name, Some(rest.trim())));
        pieces.push(Piece::Variable { name: name.trim(), fallback, whole });
        from = end;
    }
    if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// Where the next variable stands, from a place on.
fn next(text: &str, from: usize) -> Option<(usize, usize)> {
    for (at, _) in text.get(from..)?.match_indices('{') {
        let start = from + at;
        let inner = text.get(start + 1..)?;
        let length = inner.find(['{', '}', '\n'])?;
        if inner.get(length..)?.starts_with('}') && inner.get(..length).is_some_and(is_variable) {
            return Some((start, start + length + 2));
        }
    }
    None
}

/// Whether what stands in braces is a variable: one that we know, or a fact of the friend's, known or not.
fn is_variable(inner: &str) -> bool {
    let name = inner.split('|').next().unwrap_or_default().trim();
    let field = name.strip_prefix("friend.").or_else(|| name.strip_prefix("field."));
    name.chars().count() <= NAME_LIMIT
        && (OFFERED.contains(&name) || field.is_some_and(|field| !field.is_empty() && field.trim() == field))
}

/// A text whose variables were filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// Variables, as they were written, for which there was nothing to put in and nothing to stand there instead.
    pub empty: Vec<String>,
}

/// Fills the variables of a text.
pub fn fill(text: &str, values: &Values) -> Filled {
    let mut filled = Filled::default();
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => filled.text.push_str(words),
            Piece::Variable { name, fallback, whole } => {
                let value = values.get(name).trim();
                if value.is_empty() && fallback.is_none_or(str::is_empty) {
                    note(&mut filled.empty, whole);
                }
                filled.text.push_str(if value.is_empty() { fallback.unwrap_or_default() } else { value });
            }
        }
    }
    filled
}

fn note(empty: &mut Vec<String>, whole: &str) {
    if !empty.iter().any(|known| known == whole) {
        empty.push(whole.to_owned());
    }
}

/// Fills the variables of a message: of its text, or of every text of a card. Answers those that stayed empty.
pub fn fill_bubble(bubble: &mut Bubble, values: &Values) -> Vec<String> {
    let mut empty = Vec::new();
    match bubble {
        Bubble::Text { text, emojis } => {
            let filled = fill(text, values);
            *emojis = moved(text, emojis, values);
            *text = filled.text;
            empty = filled.empty;
        }
        Bubble::Card { message } => fill_json(message, "", values, &mut empty),
        _ => {}
    }
    empty
}

/// LINE's emoji, moved along with the words around them. One that stands in a variable goes with it.
fn moved(text: &str, emojis: &[Emoji], values: &Values) -> Vec<Emoji> {
    if emojis.is_empty() {
        return Vec::new();
    }
    let (mut kept, mut before, mut after) = (Vec::new(), 0, 0);
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => {
                let length = utf16(words);
                let within = |emoji: &&Emoji| emoji.index >= before && emoji.index + emoji.length <= before + length;
                kept.extend(
                    emojis
                        .iter()
                        .filter(within)
                        .map(|emoji| Emoji { index: emoji.index - before + after, ..emoji.clone() }),
                );
                (before, after) = (before + length, after + length);
            }
            Piece::Variable { whole, .. } => {
                before += utf16(whole);
                after += utf16(&fill(whole, values).text);
            }
        }
    }
    kept
}

fn fill_json(value: &mut Value, name: &str, values: &Values, empty: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains('{') => {
            // What stands in an address is written as addresses are.
            let address = matches!(name, "uri" | "url" | "linkUri") || name.ends_with("Url");
            let filled = if address { fill(text, &encoded(values)) } else { fill(text, values) };
            filled.empty.iter().for_each(|whole| note(empty, whole));
            *text = filled.text;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_json(item, name, values, empty)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, field)| fill_json(field, name, values, empty)),
        _ => {}
    }
}

fn encoded(values: &Values) -> Values {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    Values {
        friend: encode(values.friend.trim()),
        operator: encode(values.operator.trim()),
        account: encode(values.account.trim()),
        date: encode(values.date.trim()),
        lang: values.lang.clone(),
        fields: values.fields.iter().map(|(name, value)| (name.clone(), encode(value.trim()))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn values() -> Values {
        Values {
            friend: "さくら".into(),
            operator: "Mika".into(),
            account: "湯屋".into(),
            date: "11月21日".into(),
            fields: vec![("靴".into(), "24 cm".into())],
            ..Values::default()
        }
    }

    fn filled(text: &str) -> (String, Vec<String>) {
        let filled = fill(text, &values());
        (filled.text, filled.empty)
    }

    #[test]
    fn variables_become_words() {
        assert_eq!(
            filled("{friend.name}様、{account.name}の{operator.name}です。{date} { friend.name }").0,
            "さくら様、湯屋のMikaです。11月21日 さくら"
        );
        assert_eq!(filled("{friend.靴|?} {field.靴}").0, "24 cm 24 cm");
        let nobody = fill("{friend.name|お客様}、{friend.name}。{friend.size}", &Values::default());
        assert_eq!(nobody.text, "お客様、。");
        assert_eq!(nobody.empty, ["{friend.name}", "{friend.size}"]);
        assert_eq!(fill("{friend.size|}", &Values::default()).empty, ["{friend.size|}"], "an empty word helps nobody");
    }

    #[test]
    fn what_is_no_variable_stays() {
        for text in [
            "{^_^}",
            "{}",
            "{{",
            "}{",
            "{ friend name }",
            "{friend.}",
            "{date",
            "{da\nte}",
            "{\"a\":1}",
            "{Date}",
            "{friend. x}",
        ] {
            assert_eq!(filled(text), (text.to_owned(), Vec::new()), "{text}");
        }
        assert_eq!(filled("{{date}}").0, "{11月21日}");
        assert_eq!(filled("{a{date}").0, "{a11月21日");
    }

    #[test]
    fn what_a_friend_is_called_is_not_read_again() {
        let values = Values { friend: "{operator.name}".into(), operator: "Mika".into(), ..Values::default() };
        assert_eq!(fill("{friend.name}", &values).text, "{operator.name}");
    }

    #[test]
    fn cards_are_filled_too() {
        let mut card = Bubble::Card {
            message: json!({ "type": "flex", "altText": "{friend.name}", "contents": { "type": "bubble", "body": {
                "contents": [{ "type": "text", "text": "Hi {friend.name}, {friend.x}" }, { "action": { "type": "uri", "uri": "https://x.example/?n={friend.name}" } }] } } }),
        };
        assert_eq!(fill_bubble(&mut card, &values()), ["{friend.x}"]);
        let Bubble::Card { message } = card else { return };
        assert_eq!(message["altText"], "さくら");
        assert_eq!(message.pointer("/contents/body/contents/0/text"), Some(&json!("Hi さくら, ")));
        let uri = json!("https://x.example/?n=%E3%81%95%E3%81%8F%E3%82%89");
        assert_eq!(message.pointer("/contents/body/contents/1/action/uri"), Some(&uri));
    }

    #[test]
    fn emoji_move_along() {
        let emoji = |index| Emoji { index, length: 4, product_id: "p".into(), emoji_id: "1".into() };
        let mut text = Bubble::Text { text: "(hi){friend.name}(hi)".into(), emojis: vec![emoji(0), emoji(17)] };
        fill_bubble(&mut text, &values());
        assert_eq!(text, Bubble::Text { text: "(hi)さくら(hi)".into(), emojis: vec![emoji(0), emoji(7)] });
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole_text(text in "([a-zあ\\n{}|. ]|\\{friend\\.name\\}|\\{date\\|x\\}|friend\\.){0,30}") {
            let whole: String = pieces(&text).iter().map(|piece| match piece {
                Piece::Words(words) => *words,
                Piece::Variable { whole, .. } => *whole,
            }).collect();
            prop_assert_eq!(whole, text);
        }

        #[test]
        fn nothing_is_left_to_fill(before in "[^{}]{0,10}", value in "[^{}]{1,10}", after in "[^{}]{0,10}") {
            prop_assume!(!value.trim().is_empty());
            let values = Values { friend: value.clone(), ..Values::default() };
            let filled = fill(&format!("{before}{{friend.name}}{after}"), &values);
            prop_assert_eq!(filled.text, format!("{before}{}{after}", value.trim()));
            prop_assert!(filled.empty.is_empty());
        }

        #[test]
        fn a_text_without_braces_stays(text in "[^{}]*") {
            prop_assert_eq!(fill(&text, &values()).text, text);
        }

        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = fill(&text, &values());
        }
    }
}
