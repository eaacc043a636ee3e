//! The words that are asked for: read, looked for in a text, and marked in it.

use super::fold::{Folded, fold};
use crate::{
    chat::model::search::{Piece, QUESTION_LIMIT},
    line::event::Content,
};
use serde_json::Value;

/// Most words of one question; further ones are not looked at.
const MOST_WORDS: usize = 12;
/// Characters of a message that are shown.
const SNIPPET: usize = 140;
/// Characters that are shown before the first thing that was found.
const BEFORE: usize = 30;
/// Bytes of a message's own words that are searched; LINE's longest text has fewer.
const LONGEST: usize = 40_000;

/// Reads a question: white space parts words, quotation marks keep them together. Folded, each once. Every
/// text is a question: there are no operators and nothing to escape.
pub fn read(question: &str) -> Vec<String> {
    let question: String = question.chars().take(QUESTION_LIMIT).collect();
    let mut words: Vec<String> = Vec::new();
    for (at, part) in question.split(['"', '“', '”', '„', '＂']).enumerate() {
        let parts: Vec<&str> = if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
        for word in parts.into_iter().map(|part| fold(part).text) {
            if !word.is_empty() && !words.contains(&word) && words.len() < MOST_WORDS {
                words.push(word);
            }
        }
    }
    words
}

/// Whether a folded text has all the words.
pub fn has_all(text: &str, words: &[String]) -> bool {
    words.iter().all(|word| text.contains(word.as_str()))
}

/// What of a message can be searched: what a reader sees of it.
pub fn of_content(content: &Content) -> String {
    let mut text = match content {
        Content::Location { title, address, .. } => format!("{title}\n{address}"),
        Content::Rich { body } => {
            let mut found = Vec::new();
            walk(body, &mut found);
            found.join("\n")
        }
        // What we say of an event is said in the reader's language; only what it carries would be found.
        Content::Notice { .. } | Content::Unsent | Content::Unknown { .. } => String::new(),
        other => other.words(),
    };
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
    }
    text
}

/// The texts of a card, each once, in the order of the object.
fn walk(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(text) if ["altText", "text", "title", "label"].contains(&name.as_str()) => {
                        if !text.is_empty() && !found.contains(text) && found.len() < 300 {
                            found.push(text.clone());
                        }
                    }
                    value => walk(value, found),
                }
            }
        }
        _ => {}
    }
}

/// Where the words stand in a text: byte ranges of the original, in order, none touching another.
fn ranges(original: &str, folded: &Folded, words: &[String]) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        let found = folded.text.match_indices(word.as_str());
        ranges.extend(found.map(|(at, word)| folded.source(original, at, at + word.len())));
    }
    ranges.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
    for (from, to) in ranges.into_iter().filter(|(from, to)| from < to) {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// The text with what was found marked, whole.
pub fn mark(original: &str, words: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |text: Option<&str>, found: bool| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), found });
        }
    };
    for (from, to) in ranges(original, &fold(original), words) {
        push(original.get(at..from), false);
        push(original.get(from..to), true);
        at = to;
    }
    push(original.get(at..), false);
    pieces
}

/// A line around the first thing that was found, with everything in it marked.
pub fn snippet(original: &str, words: &[String]) -> Vec<Piece> {
    let pieces = mark(original, words);
    let first = pieces.iter().position(|piece| piece.found).unwrap_or_default();
    let lead: usize = pieces.iter().take(first).map(|piece| piece.text.chars().count()).sum();
    let mut skip = if lead > BEFORE + 10 { lead - BEFORE } else { 0 };
    let cut = skip > 0;
    let mut room = SNIPPET;
    let mut shown: Vec<Piece> = Vec::new();
    for piece in pieces {
        let count = piece.text.chars().count();
        let from = skip.min(count);
        skip -= from;
        let size = (count - from).min(room);
        room -= size;
        let text: String =
            piece.text.chars().skip(from).take(size).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        if !text.is_empty() {
            shown.push(Piece { text, ..piece });
        }
        if from + size < count {
            shown.push(Piece { text: "…".into(), found: false });
            break;
        }
    }
    if cut {
        shown.insert(0, Piece { text: "…".into(), found: false });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn words(question: &str) -> Vec<String> {
        read(question)
    }

    fn marked(text: &str, question: &str) -> Vec<String> {
        mark(text, &words(question)).into_iter().filter(|piece| piece.found).map(|piece| piece.text).collect()
    }

    #[test]
    fn questions_are_words_and_phrases() {
        assert_eq!(words("  予約　明日 "), ["予約", "明日"]);
        assert_eq!(words("\"thank you\" Friday friday"), ["thank you", "friday"]);
        assert_eq!(words("“see you"), ["see you"]);
        assert_eq!(words("a* OR (b) NEAR/2 -c"), ["a*", "or", "(b)", "near/2", "-c"]);
        assert!(words(" \"\" \u{200B}").is_empty());
    }

    #[test]
    fn what_was_found_is_marked_as_it_was_written() {
        assert_eq!(marked("ｶﾀｶﾅで予約", "カタカナ 予約"), ["ｶﾀｶﾅ", "予約"]);
        assert_eq!(marked("Crème BRÛLÉE", "creme brulee"), ["Crème", "BRÛLÉE"]);
        assert_eq!(marked("ご予\n約です", "予約"), ["予\n約"]);
        assert_eq!(marked("aaaa", "aa"), ["aaaa"]);
        assert_eq!(marked("ขอบคุณที่มา", "คุณที"), ["คุณที่"]);
    }

    #[test]
    fn a_snippet_shows_the_first_find() {
        let text = format!("{}\nneedle{}", "x".repeat(300), "y".repeat(300));
        let shown = snippet(&text, &words("needle"));
        assert_eq!(shown.iter().find(|piece| piece.found).map(|piece| piece.text.as_str()), Some("needle"));
        assert!(
            shown.first().is_some_and(|piece| piece.text == "…") && shown.last().is_some_and(|piece| piece.text == "…")
        );
        assert!(shown.iter().map(|piece| piece.text.chars().count()).sum::<usize>() < SNIPPET + 3);
    }

    #[test]
    fn cards_are_searched_by_what_they_show() {
        let body = json!({ "type": "flex", "altText": "Menu", "contents": { "type": "bubble", "body": { "type": "box", "contents": [
            { "type": "text", "text": "抹茶ラテ" }, { "type": "button", "action": { "type": "uri", "label": "Order", "uri": "https://x.example" } }] } } });
        let text = of_content(&Content::Rich { body });
        assert!(["Menu", "抹茶ラテ", "Order"].iter().all(|word| text.contains(word)) && !text.contains("example"));
        assert_eq!(of_content(&Content::Unsent), "");
    }

    proptest! {
        #[test]
        fn marking_loses_nothing(text in "\\PC{0,60}|[ก-๎ \n]{0,60}|[ぁ-んァ-ンｱ-ﾝﾞ゙]{0,60}", question in "\\PC{0,8}|[ก-๎]{1,3}|[ぁ-ん]{1,2}") {
            let pieces = mark(&text, &words(&question));
            prop_assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text.clone());
            let list = words(&question);
            if !list.is_empty() && has_all(&fold(&text).text, &list) {
                prop_assert!(pieces.iter().any(|piece| piece.found));
            }
            snippet(&text, &list);
        }
    }
}
