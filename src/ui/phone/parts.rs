//! A text in its parts: words, addresses, mentions, and LINE's own emoji. LINE counts positions in
//! UTF-16 units; a position that makes no sense is ignored, never a reason to lose text.

use crate::line::event::{Emoji, Mention};
use serde_json::Value;

/// One part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Words.
    Words(String),
    /// An address that can be opened: http or https only.
    Link(String),
    /// A person who is named.
    Mention(String),
    /// The account, which is named.
    Us(String),
    /// A picture among the words.
    Emoji {
        /// LINE's address of it.
        src: String,
        /// What stands there when it can't be shown.
        alt: String,
    },
}

enum Mark<'a> {
    Mention(&'a Mention),
    Emoji(&'a Emoji),
}

/// Takes a text apart.
pub fn parts(text: &str, emojis: &[Emoji], mentions: &[Mention]) -> Vec<Part> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let slice = |from: usize, to: usize| String::from_utf16_lossy(&units[from..to]);
    let mut marks: Vec<(usize, usize, Mark)> = mentions
        .iter()
        .map(|mention| (mention.index, mention.length, Mark::Mention(mention)))
        .chain(emojis.iter().map(|emoji| (emoji.index, emoji.length, Mark::Emoji(emoji))))
        .collect();
    marks.sort_by_key(|mark| mark.0);
    let mut found = Vec::new();
    let mut done = 0;
    for (index, length, mark) in marks {
        let Some(end) = index.checked_add(length).filter(|end| *end <= units.len() && index >= done && length > 0)
        else {
            continue;
        };
        links(&slice(done, index), &mut found);
        found.push(match mark {
            Mark::Mention(mention) if mention.is_self => Part::Us(slice(index, end)),
            Mark::Mention(_) => Part::Mention(slice(index, end)),
            Mark::Emoji(emoji) if plain(&emoji.product_id) && plain(&emoji.emoji_id) => Part::Emoji {
                src: format!(
                    "https://stickershop.line-scdn.net/sticonshop/v1/sticon/{}/android/{}.png",
                    emoji.product_id, emoji.emoji_id
                ),
                alt: slice(index, end),
            },
            Mark::Emoji(_) => Part::Words(slice(index, end)),
        });
        done = end;
    }
    links(&slice(done, units.len()), &mut found);
    found
}

/// A text, and what stands where in it.
pub type Marked = (String, Vec<Emoji>, Vec<Mention>);

/// The text of a `text` or `textV2` object. `name` knows people by their user ids.
pub fn read(message: &Value, name: impl Fn(&str) -> Option<String>) -> Marked {
    let text = super::word(message, "text");
    if super::word(message, "type") == "textV2" {
        return substituted(text, message.get("substitution").unwrap_or(&Value::Null), name);
    }
    let list = |pointer: &str| message.pointer(pointer).cloned().unwrap_or_default();
    let emojis = serde_json::from_value(list("/emojis")).unwrap_or_default();
    let mentions = serde_json::from_value(list("/mention/mentionees")).unwrap_or_default();
    (text.to_owned(), emojis, mentions)
}

/// Puts what `substitution` names in the place of each `{key}`; doubled braces stand for themselves.
fn substituted(text: &str, substitution: &Value, name: impl Fn(&str) -> Option<String>) -> Marked {
    let (mut out, mut emojis, mut mentions) = (String::new(), Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (brace, after) = from.split_at(1);
        if let Some(after) = after.strip_prefix(brace) {
            out.push_str(brace);
            rest = after;
            continue;
        }
        let key = after.split_once('}').filter(|_| brace == "{");
        let Some((after, object)) = key.and_then(|(key, after)| Some((after, substitution.get(key)?))) else {
            out.push_str(brace);
            rest = after;
            continue;
        };
        let index = out.encode_utf16().count();
        let user = object.pointer("/mentionee/userId").and_then(Value::as_str);
        let words = match (super::word(object, "type"), user) {
            ("mention", Some(user)) => format!("@{}", name(user).unwrap_or_else(|| "…".to_owned())),
            ("mention", None) => "@All".to_owned(),
            _ => "(emoji)".to_owned(),
        };
        let length = words.encode_utf16().count();
        if super::word(object, "type") == "mention" {
            mentions.push(Mention { index, length, user_id: user.map(str::to_owned), is_self: false });
        } else {
            let id = |name: &str| super::word(object, name).to_owned();
            emojis.push(Emoji { index, length, product_id: id("productId"), emoji_id: id("emojiId") });
        }
        out.push_str(&words);
        rest = after;
    }
    out.push_str(rest);
    (out, emojis, mentions)
}

/// LINE's ids are letters and digits; anything else does not go into an address.
pub fn plain(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn links(text: &str, found: &mut Vec<Part>) {
    let mut rest = text;
    while let Some(start) = next_link(rest) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || ends_link(c)).unwrap_or(from.len());
        let address = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '}', '*']);
        if address.ends_with("//") {
            words(&rest[..start + end], found);
        } else {
            words(before, found);
            found.push(Part::Link(address.to_owned()));
            words(&from[address.len()..end], found);
        }
        rest = &from[end..];
    }
    words(rest, found);
}

fn next_link(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    [lower.find("https://"), lower.find("http://")].into_iter().flatten().min()
}

/// Signs that no address contains as such: quotes, and the stops of Japanese and Chinese.
fn ends_link(c: char) -> bool {
    matches!(c, '<' | '>' | '"' | '`' | '。' | '、' | '，' | '！' | '？' | '）' | '」' | '』' | '】' | '《' | '》')
}

fn words(text: &str, found: &mut Vec<Part>) {
    match found.last_mut() {
        _ if text.is_empty() => {}
        Some(Part::Words(words)) => words.push_str(text),
        _ => found.push(Part::Words(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Part {
        Part::Words(text.into())
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        assert_eq!(
            parts("見て https://a.example/x?y=1。どう？(HTTP://b.example).", &[], &[]),
            [
                words("見て "),
                Part::Link("https://a.example/x?y=1".into()),
                words("。どう？("),
                Part::Link("HTTP://b.example".into()),
                words(").")
            ]
        );
        assert_eq!(parts("javascript:alert(1) https://", &[], &[]), [words("javascript:alert(1) https://")]);
    }

    #[test]
    fn positions_are_utf16_units() {
        let mention = Mention { index: 3, length: 5, user_id: None, is_self: false };
        let emoji = Emoji { index: 9, length: 1, product_id: "p1".into(), emoji_id: "001".into() };
        assert_eq!(
            parts("🍎 @Mika $!", &[emoji], &[mention]),
            [
                words("🍎 "),
                Part::Mention("@Mika".into()),
                words(" "),
                Part::Emoji {
                    src: "https://stickershop.line-scdn.net/sticonshop/v1/sticon/p1/android/001.png".into(),
                    alt: "$".into()
                },
                words("!")
            ]
        );
    }

    #[test]
    fn keys_are_substituted() {
        let message = serde_json::json!({
            "type": "textV2", "text": "🍎 {who} and {all}: {smile} {{x}} {gone} {",
            "substitution": {
                "who": { "type": "mention", "mentionee": { "type": "user", "userId": "U1" } },
                "all": { "type": "mention", "mentionee": { "type": "all" } },
                "smile": { "type": "emoji", "productId": "p1", "emojiId": "001" },
            },
        });
        let (text, emojis, mentions) = read(&message, |user| (user == "U1").then(|| "Mika".to_owned()));
        assert_eq!(text, "🍎 @Mika and @All: (emoji) {x} {gone} {");
        assert_eq!(
            mentions.iter().map(|mention| (mention.index, mention.length)).collect::<Vec<_>>(),
            [(3, 5), (13, 4)]
        );
        assert_eq!((emojis[0].index, emojis[0].length), (19, 7));
        assert_eq!(read(&serde_json::json!({ "type": "text", "text": 5, "emojis": "x" }), |_| None).0, "");
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "(https?://|[a-z🍎。 ]|@){0,20}", index in 0_usize..30, length in 0_usize..9) {
            let mention = Mention { index, length, user_id: None, is_self: false };
            // A mark that cuts a pair of surrogates in two is LINE's mistake; look at whole ones only.
            let units: Vec<u16> = text.encode_utf16().collect();
            let whole = |at: usize| String::from_utf16(&units[..at.min(units.len())]).is_ok();
            prop_assume!(whole(index) && whole(index + length));
            let all: String = parts(&text, &[], &[mention]).into_iter().map(|part| match part {
                Part::Words(text) | Part::Link(text) | Part::Mention(text) | Part::Us(text) => text,
                Part::Emoji { alt, .. } => alt,
            }).collect();
            prop_assert_eq!(all, text);
        }
    }
}
