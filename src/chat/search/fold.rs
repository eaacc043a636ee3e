//! A text as searching sees it. What people would call the same is made the same: width and form (NFKC),
//! case, accents of Latin, Greek and Cyrillic letters, Katakana and Hiragana, kinds of dashes and quotes,
//! the order in which Thai marks were typed. White space is one space; between two characters of a script that
//! writes without spaces (Thai, Japanese, Chinese) it is nothing, so that a line break does not hide a word.
//!
//! Every character knows where it came from, so that what was found can be marked in the original.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A folded text, and where its characters stand in the original.
#[derive(Default, Debug)]
pub struct Folded {
    /// The text.
    pub text: String,
    chars: Vec<Place>,
}

/// One character: its byte in the folded text, and its bytes in the original.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: usize,
    from: usize,
    to: usize,
}

impl Folded {
    /// The bytes of `original` that became the bytes `from..to` of the folded text. It never tears a mark from its
    /// letter.
    pub fn source(&self, original: &str, from: usize, to: usize) -> (usize, usize) {
        let first = self.chars.partition_point(|place| place.at < from);
        let last = self.chars.partition_point(|place| place.at < to);
        let Some(chars) = self.chars.get(first..last).filter(|chars| !chars.is_empty()) else { return (0, 0) };
        let start = chars.iter().map(|place| place.from).min().unwrap_or_default();
        let mut end = chars.iter().map(|place| place.to).max().unwrap_or_default();
        let rest = original.get(end..).unwrap_or_default().chars();
        end += rest.take_while(|c| is_combining_mark(*c) || invisible(*c)).map(char::len_utf8).sum::<usize>();
        (start, end)
    }

    fn push(&mut self, c: char, from: usize, to: usize) {
        // Two SARA E look like SARA AE, and are often typed for it.
        if c == 'เ' && self.text.ends_with('เ') {
            if let Some(last) = self.chars.last_mut() {
                self.text.pop();
                self.text.push('แ');
                last.to = to;
            }
            return;
        }
        let place = Place { at: self.text.len(), from, to };
        self.text.push(c);
        self.chars.push(place);
        // Above and below one consonant the order of typing can't be seen: vowels, tones, then the ring of SARA AM.
        let Some(rank) = thai_rank(c) else { return };
        let size = c.len_utf8();
        let mut at = self.chars.len() - 1;
        while at > 0 {
            let before = self.text[..self.chars[at].at].chars().next_back();
            if before.and_then(thai_rank).is_none_or(|before| before <= rank) {
                break;
            }
            // All Thai characters have three bytes: exchanging two leaves every position as it is.
            let (one, two) = (self.chars[at - 1], self.chars[at]);
            let start = one.at;
            let before: String = self.text[start..start + size].to_owned();
            self.text.replace_range(start..start + 2 * size, &format!("{c}{before}"));
            self.chars[at - 1] = Place { at: start, from: two.from, to: two.to };
            self.chars[at] = Place { at: two.at, from: one.from, to: one.to };
            at -= 1;
        }
    }
}

fn thai_rank(c: char) -> Option<u8> {
    match c {
        '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}' => Some(0),
        '\u{e48}'..='\u{e4c}' => Some(1),
        '\u{e4d}' => Some(2),
        _ => None,
    }
}

/// Folds a text.
pub fn fold(original: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(original.len()), chars: Vec::new() };
    let mut space = None;
    let mut chars = original.char_indices().peekable();
    let mut cluster = String::new();
    while let Some((from, c)) = chars.next() {
        let mut to = from + c.len_utf8();
        cluster.clear();
        while let Some((at, next)) = chars.peek().copied().filter(|(_, next)| joins(*next)) {
            if cluster.is_empty() {
                cluster.push(c);
            }
            cluster.push(next);
            to = at + next.len_utf8();
            chars.next();
        }
        let mut take = |c: char| {
            if c.is_whitespace() {
                space = space.or(Some((from, to)));
                return;
            }
            if let Some((from, to)) = space.take()
                && let Some(last) = folded.text.chars().next_back()
                && !(unspaced(last) && unspaced(c))
            {
                folded.push(' ', from, to);
            }
            folded.push(c, from, to);
        };
        if cluster.is_empty() && plain(c) {
            take(c.to_ascii_lowercase());
        } else if cluster.is_empty() {
            letters(std::iter::once(c), &mut take);
        } else {
            letters(cluster.chars(), &mut take);
        }
    }
    folded
}

/// Characters that fold to themselves, apart from ASCII capitals: most of what is written.
fn plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{e01}'..='\u{e32}' | '\u{e34}'..='\u{e4e}' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether a character belongs to the one before it. Thai marks stand for themselves: people type, and look for, one
/// after another.
fn joins(c: char) -> bool {
    match c {
        '\u{e00}'..='\u{eff}' | '\0'..='\u{2ff}' => false,
        '\u{ff9e}' | '\u{ff9f}' | '\u{1160}'..='\u{11ff}' => true,
        c => is_combining_mark(c) && !invisible(c),
    }
}

fn letters(cluster: impl Iterator<Item = char>, take: &mut impl FnMut(char)) {
    for c in cluster.nfkc().flat_map(char::to_lowercase) {
        match c {
            c if invisible(c) => {}
            'ß' => "ss".chars().for_each(&mut *take),
            'ς' => take('σ'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => take('-'),
            '\u{2018}'..='\u{201b}' | '\u{2032}' => take('\''),
            '\u{201c}'..='\u{201f}' | '\u{2033}' => take('"'),
            // Katakana to Hiragana.
            '\u{30a1}'..='\u{30f6}' | '\u{30fd}' | '\u{30fe}' => {
                take(char::from_u32(u32::from(c) - 0x60).unwrap_or(c));
            }
            '\0'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => {
                std::iter::once(c)
                    .nfd()
                    .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
                    .for_each(|c| take(if c == 'ς' { 'σ' } else { c }));
            }
            c => take(c),
        }
    }
}

/// What takes no room and says nothing: joiners, directions, variants, controls that are no white space.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        || c.is_control() && !c.is_whitespace()
}

/// Scripts that write words without spaces between them. (A voiced mark that stands alone stays alone.)
fn unspaced(c: char) -> bool {
    !matches!(c, '\u{3099}' | '\u{309a}')
        && matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folds(text: &str) -> String {
        fold(text).text
    }

    #[test]
    fn what_people_call_the_same_is_the_same() {
        for (one, other) in [
            ("ｶﾞｷﾞｸﾞ ﾊﾟﾝ", "がぎぐぱん"),
            ("カタカナ", "ｶﾀｶﾅ"),
            ("ＡＢＣ１２３", "abc123"),
            ("Café Ünïted", "cafe united"),
            ("e\u{301}te\u{301}", "été"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Nguyễn", "nguyen"),
            ("ご予約\n承りました", "ご予約承りました"),
            ("佐藤　花子", "佐藤花子"),
            ("ไป\nไหน", "ไปไหน"),
            ("น้ำ", "น\u{e4d}\u{e49}า"),
            ("ที่", "ท\u{e48}\u{e35}"),
            ("เเมว", "แมว"),
            ("สวัส\u{200b}ดี", "สวัสดี"),
            ("❤\u{fe0f}", "❤"),
            ("one\r\n  two\tthree ", "One two three"),
            ("“it’s” 10–20", "\"it's\" 10-20"),
            ("㈱㍻", "(株)平成"),
        ] {
            assert_eq!(folds(one), folds(other), "{one} and {other}");
        }
        for (one, other) in [("か", "が"), ("は", "ぱ"), ("ที่", "ที"), ("a b", "ab"), ("ー", "-"), ("대 한", "대한")]
        {
            assert_ne!(folds(one), folds(other), "{one} and {other}");
        }
    }

    #[test]
    fn marks_are_not_torn_from_their_letter() {
        let text = "ดีที่สุด";
        let folded = fold(text);
        let at = folded.text.find("ที").unwrap_or_default();
        let (from, to) = folded.source(text, at, at + "ที".len());
        assert_eq!(&text[from..to], "ที่");
        let text = "ｶﾞｽ代";
        let (from, to) = fold(text).source(text, 0, "が".len());
        assert_eq!(&text[from..to], "ｶﾞ");
    }

    proptest! {
        #[test]
        fn every_place_is_in_the_original(text in "\\PC*|[ก-๛ ]{0,12}|[ぁ-ヾｦ-ﾟ゛゜　\n]{0,12}|[a-zÀ-ỹ\u{300}-\u{30f}]{0,9}") {
            let folded = fold(&text);
            for (at, c) in folded.text.char_indices() {
                let (from, to) = folded.source(&text, at, at + c.len_utf8());
                prop_assert!(from < to && text.is_char_boundary(from) && text.is_char_boundary(to));
            }
            prop_assert!(!folded.text.starts_with(' ') && !folded.text.ends_with(' ') && !folded.text.contains("  "));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[ก-๎ a-zA-Zä-üÀ-Ý]{0,14}|[ぁ-んァ-ヶー一-龠　 ｱ-ﾝﾞﾟ]{0,14}") {
            let once = folds(&text);
            prop_assert_eq!(folds(&once), once);
        }

        #[test]
        fn composed_or_not_makes_no_difference(text in "[À-ỹa-z が-ぽガ-ポ]{0,14}") {
            prop_assert_eq!(folds(&text.nfd().collect::<String>()), folds(&text));
        }
    }
}
