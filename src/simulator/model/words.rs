//! A text with LINE's emoji and mentions in it, as it is written on a phone: with words that stand for them.

use crate::line::{
    count::utf16,
    sticon::{LINE_EMOJI_PRODUCT, LineEmoji},
};
use serde_json::{Value, json};

/// Something that was chosen and not typed; the words stand for it in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// One of LINE's emoji, by its number.
    Emoji(LineEmoji),
    /// Somebody, or the bot: user id and name.
    Person(String, String),
    /// Everybody.
    All(String),
}

impl Mark {
    /// What stands for it in the text.
    pub fn words(&self) -> String {
        match self {
            Self::Emoji(emoji) => format!("({})", emoji.word),
            Self::Person(_, name) | Self::All(name) => format!("@{name}"),
        }
    }
}

/// The message object for a text in which `marks` were chosen. Wherever the words of a mark stand, it is meant;
/// longer words go before shorter ones, so that `@Kenji` is not `@Ken`.
pub fn message(text: &str, marks: &[Mark]) -> Value {
    let mut marks: Vec<(String, &Mark)> = marks.iter().map(|mark| (mark.words(), mark)).collect();
    marks.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    // Where in the text, in bytes, and what.
    let mut found: Vec<(usize, usize, &Mark)> = Vec::new();
    for (words, mark) in &marks {
        for (at, _) in text.match_indices(words.as_str()) {
            let end = at + words.len();
            if found.iter().all(|(from, to, _)| end <= *from || at >= *to) {
                found.push((at, end, mark));
            }
        }
    }
    found.sort_by_key(|(at, ..)| *at);
    let (mut emojis, mut mentionees) = (Vec::new(), Vec::new());
    for (at, end, mark) in found {
        let (index, length) = (utf16(&text[..at]), utf16(&text[at..end]));
        match mark {
            Mark::Emoji(emoji) => {
                emojis.push(
                    json!({ "index": index, "length": length, "productId": LINE_EMOJI_PRODUCT, "emojiId": emoji.id }),
                );
            }
            Mark::Person(id, _) => {
                mentionees.push(json!({ "index": index, "length": length, "type": "user", "userId": id }));
            }
            Mark::All(_) => mentionees.push(json!({ "index": index, "length": length, "type": "all" })),
        }
    }
    let mut message = json!({ "type": "text", "text": text });
    if !emojis.is_empty() {
        message["emojis"] = emojis.into();
    }
    if !mentionees.is_empty() {
        message["mention"] = json!({ "mentionees": mentionees });
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::sticon::LINE_EMOJI;

    #[test]
    fn marks_are_counted_in_utf16() {
        let ken = Mark::Person("U1".into(), "Ken".into());
        let kenji = Mark::Person("U2".into(), "Kenji".into());
        let marks = [ken, kenji, Mark::All("All".into()), Mark::Emoji(LINE_EMOJI[1])];
        let message = message("🍎@Kenji と@Ken (happy) @Aoi", &marks);
        assert_eq!(
            message["mention"]["mentionees"],
            json!([
                { "index": 2, "length": 6, "type": "user", "userId": "U2" },
                { "index": 10, "length": 4, "type": "user", "userId": "U1" },
            ])
        );
        let emoji = json!([{ "index": 15, "length": 7, "productId": LINE_EMOJI_PRODUCT, "emojiId": "002" }]);
        assert_eq!(message["emojis"], emoji);
    }

    #[test]
    fn what_was_typed_is_text() {
        assert_eq!(message("(happy) @Ken", &[]), json!({ "type": "text", "text": "(happy) @Ken" }));
    }
}
