//! Finding a name by what somebody types, alike in every language of the console: letters are folded, words may come
//! in any order, and the best fit comes first.

/// Letters made alike: small, of usual width, hiragana for katakana, without the accents of Latin letters.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{3000}' => folded.push(' '),
            '\u{ff01}'..='\u{ff5e}' => push_small(&mut folded, shift(c, -0xfee0)),
            '\u{30a1}'..='\u{30f6}' => folded.push(shift(c, -0x60)),
            '\u{ff66}'..='\u{ff9d}' => folded.push(wide(c)),
            // The marks that make narrow kana voiced stand behind them.
            '\u{ff9e}' | '\u{ff9f}' => voice(&mut folded, c),
            'À'..='ž' => push_small(&mut folded, plain(c)),
            '\u{300}'..='\u{36f}' => {}
            _ => push_small(&mut folded, c),
        }
    }
    folded
}

/// Hiragana for a narrow katakana.
fn wide(c: char) -> char {
    const WIDE: &str = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";
    let at = u32::from(c).saturating_sub(0xff66) as usize;
    WIDE.chars().nth(at).unwrap_or(c)
}

fn voice(text: &mut String, mark: char) {
    let Some(last) = text.pop() else { return };
    let by = match (last, mark) {
        ('う', '\u{ff9e}') => 0x4e,
        ('か'..='ち' | 'つ'..='と' | 'は'..='ほ', '\u{ff9e}') => 1,
        ('は'..='ほ', '\u{ff9f}') => 2,
        _ => 0,
    };
    text.push(shift(last, by));
}

fn push_small(text: &mut String, c: char) {
    text.extend(c.to_lowercase());
}

#[expect(clippy::cast_sign_loss, reason = "code points are far from both ends")]
fn shift(c: char, by: i32) -> char {
    char::from_u32((c as i32 + by) as u32).unwrap_or(c)
}

/// The letter without its accent, for the languages written around LINE's markets.
fn plain(c: char) -> char {
    match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => 'a',
        'Ç' | 'ç' | 'Ć'..='č' => 'c',
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='į' => 'i',
        'Ñ' | 'ñ' | 'Ń'..='ň' => 'n',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ō'..='ő' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => 'u',
        'Ý' | 'ý' | 'ÿ' => 'y',
        _ => c,
    }
}

/// How well `query` fits `text`, both folded: the lower the better; none when it does not. Every word of the query
/// must be found. A name that begins with it fits best, then one with a word that does, then one that holds it
/// anywhere (words are not parted in Japanese, Thai and Chinese), then one with its letters in their order.
pub fn fit(query: &str, text: &str) -> Option<u32> {
    let words: Vec<&str> = query.split_whitespace().collect();
    if text.starts_with(query.trim()) {
        return Some(0);
    }
    words.iter().map(|word| fit_word(word, text)).sum::<Option<u32>>().map(|sum| sum + 1)
}

fn fit_word(word: &str, text: &str) -> Option<u32> {
    if let Some((at, _)) = text.match_indices(word).find(|(at, _)| begins_word(text, *at)) {
        return Some(u32::from(at > 0));
    }
    if text.contains(word) {
        return Some(4);
    }
    // Two letters in their order stand in nearly everything.
    if word.chars().count() < 3 {
        return None;
    }
    let (mut letters, mut gaps, mut begun) = (word.chars().peekable(), 0_u32, false);
    for c in text.chars() {
        match letters.peek() {
            None => break,
            Some(wanted) if *wanted == c => {
                letters.next();
                begun = true;
            }
            Some(_) => gaps += u32::from(begun),
        }
    }
    // Letters that lie far apart are found by accident.
    let far = u32::try_from(word.chars().count() * 3).unwrap_or(u32::MAX);
    (letters.peek().is_none() && gaps <= far).then_some(8 + gaps)
}

fn begins_word(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|before| !before.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, text: &str) -> Option<u32> {
        fit(&fold(query), &fold(text))
    }

    #[test]
    fn letters_are_alike() {
        assert_eq!(fold("ＡＢＣ　カフェ Café ŌSAKA"), "abc かふぇ cafe osaka");
        assert_eq!(fold("ｶﾞｷﾞﾂﾞﾊﾟﾌﾟｳﾞﾝｰﾞ"), "がぎづぱぷゔんー");
        assert_eq!(fold("สวัสดี 設定"), "สวัสดี 設定");
        assert!(finds("かもがわ", "湯屋 カモガワ").is_some());
        assert!(finds("設定", "開啟帳號設定").is_some());
        assert!(finds("สวัส", "คำว่าสวัสดี").is_some());
    }

    #[test]
    fn the_best_fit_comes_first() {
        let order = ["Settings", "Team settings", "Unsettings", "Send the things"];
        let ranks: Vec<u32> = order.iter().map(|text| finds("sett", text).unwrap_or(99)).collect();
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert_eq!(finds("gts sets", "Settings"), None, "not in their order");
        assert_eq!(finds("xz", "Settings"), None);
        assert!(finds("settings team", "Team settings").is_some(), "in any order");
        assert!(finds("stngs", "Settings").is_some(), "letters left out");
        assert_eq!(finds("", "anything"), Some(0));
    }

    proptest::proptest! {
        #[test]
        fn a_text_is_found_by_any_part_of_it(text in "[a-zア-ンก-ฮ一-龯]{1,12}", from in 0_usize..12, length in 1_usize..12) {
            let part: String = text.chars().skip(from).take(length).collect();
            proptest::prop_assert!(part.is_empty() || finds(&part, &text).is_some());
        }

        #[test]
        fn nothing_panics(query in "\\PC*", text in "\\PC*") {
            let _ = finds(&query, &text);
        }
    }
}
