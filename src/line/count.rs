//! Lengths as LINE counts them.

/// The longest text message, in UTF-16 code units.
pub const TEXT_LIMIT: usize = 5_000;
/// The most bubbles that one request may carry.
pub const BUBBLES_LIMIT: usize = 5;

/// UTF-16 code units: how LINE counts the length of a text.
pub fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Grapheme clusters, what a reader takes for one letter: how LINE counts labels, titles and what a tap says.
///
/// Knows the marks of the scripts of LINE's markets, joined emoji, flags and Hangul. A mark that it does not
/// know counts as a letter of its own, so that a text is sooner too long here than at LINE.
pub fn graphemes(text: &str) -> usize {
    let (mut count, mut flags, mut picture, mut last) = (0, 0, false, '\0');
    for c in text.chars() {
        let joined = match c {
            '\n' => last == '\r',
            '\u{1f1e6}'..='\u{1f1ff}' => flags % 2 == 1,
            '\u{1100}'..='\u{115f}' => matches!(last, '\u{1100}'..='\u{115f}'),
            '\u{1160}'..='\u{11ff}' => matches!(last, '\u{1100}'..='\u{11ff}' | '가'..='힣'),
            _ => is_mark(c) || (last == '\u{200d}' && picture && is_picture(c)),
        };
        // A mark needs a letter before it.
        count += usize::from(!joined || matches!(last, '\0' | '\r' | '\n') && c != '\n');
        flags = if matches!(c, '\u{1f1e6}'..='\u{1f1ff}') { flags + 1 } else { 0 };
        picture = is_picture(c) || (picture && is_mark(c));
        last = c;
    }
    count
}

/// Whether a character belongs to the one before it.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{93c}' | '\u{93e}'..='\u{94f}' | '\u{e31}' | '\u{e33}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb3}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20f0}' | '\u{302a}'..='\u{302f}'
        | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{ff9e}' | '\u{ff9f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character can be joined with another to one picture.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1f1e5}' | '\u{1f200}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_apple_counts_twice() {
        assert_eq!(super::utf16("🍎a"), 3);
        assert_eq!(super::utf16("สวัสดี"), 6);
    }

    #[test]
    fn letters_count_once() {
        let counted = [
            ("", 0),
            ("🍎a", 2),
            ("สวัสดี", 4),
            ("か\u{3099}", 1),
            ("👩‍👩‍👧‍👦👍🏽", 2),
            ("🇯🇵🇹🇭🇹🇼", 3),
            ("한국\u{1112}\u{1161}\u{11ab}", 3),
            ("1\u{fe0f}\u{20e3}e\u{301}\r\n", 3),
            ("\u{301}", 1),
        ];
        for (text, count) in counted {
            assert_eq!(super::graphemes(text), count, "{text}");
        }
    }
}
