//! Keys of the index. A text is found by its characters, pairs of characters and, in alphabets (Latin, Thai),
//! triples: whatever is asked for is cut the same way, so that nothing is missed. What a message is (its
//! room, kind, direction, author) are keys too, and filters are looked up like words.

/// Begins each field of a room, so that "begins with" can be asked for.
pub const START: char = '\u{2}';
/// Ends each field of a room.
pub const END: char = '\u{3}';

/// Bits of a character.
const BITS: u32 = 21;
/// A filter's key, not a text's.
const FILTER: u64 = 1 << 63;

/// Most keys that one question looks up: more would only be read, as few documents have all of these.
const MOST: usize = 8;

fn key(chars: &[char]) -> u64 {
    let at = |at: usize| chars.get(at).map_or(0, |c| u64::from(u32::from(*c)));
    at(0) << (2 * BITS) | at(1) << BITS | at(2)
}

/// Writes many words with few letters: two letters say little, three are needed.
fn alphabetic(c: char) -> bool {
    !matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// All keys of a folded text; sorted, each once.
pub fn of_text(text: &str) -> Vec<u64> {
    let mut keys = Vec::with_capacity(text.len());
    for run in text.split(' ') {
        let run: Vec<char> = run.chars().collect();
        for at in 0..run.len() {
            keys.push(key(&run[at..=at]));
            if at + 1 < run.len() {
                keys.push(key(&run[at..at + 2]));
            }
            if run.get(at..at + 3).is_some_and(|triple| triple.iter().all(|c| alphabetic(*c))) {
                keys.push(key(&run[at..at + 3]));
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys that every text has which contains all of these folded words.
pub fn of_question<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut keys = Vec::new();
    for run in words.flat_map(|word| word.split(' ')) {
        let run: Vec<char> = run.chars().collect();
        let triple = |at: usize| run.get(at..at + 3).is_some_and(|triple| triple.iter().all(|c| alphabetic(*c)));
        match run.len() {
            0 => {}
            1 => keys.push(key(&run)),
            _ => {
                for at in 0..run.len() - 1 {
                    if triple(at) {
                        keys.push(key(&run[at..at + 3]));
                    } else if at == 0 || !triple(at - 1) {
                        keys.push(key(&run[at..at + 2]));
                    }
                }
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    if keys.len() > MOST {
        // From all over the question, not only its lowest letters.
        keys = (0..MOST).filter_map(|at| keys.get(at * keys.len() / MOST).copied()).collect();
    }
    keys
}

/// The key of a fact about a message, like `("kind", "image")`. FNV-1a, because it is kept on the disk.
pub fn of_fact(name: &str, value: &str) -> u64 {
    let bytes = name.bytes().chain([0]).chain(value.bytes());
    let hash =
        bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    FILTER | hash >> 1
}

/// In which of `shards` (a power of two) a key lies. A shard of a block twice as large is half of this one.
pub fn shard(key: u64, shards: u32) -> u32 {
    // splitmix64
    let mut mixed = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    u32::try_from((mixed ^ (mixed >> 31)) & u64::from(shards - 1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::search::fold::fold;
    use proptest::prelude::*;

    #[test]
    fn keys_on_the_disk_stay_what_they_are() {
        assert_eq!(
            of_text("予約"),
            [key(&['予']), key(&['予', '約']), key(&['約'])]
                .into_iter()
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
        );
        assert_eq!(of_question(["abc"].into_iter()), [key(&['a', 'b', 'c'])]);
        assert_eq!(of_question(["a予約"].into_iter()).len(), 2);
        assert_eq!(shard(key(&['予']), 1 << 20) & 127, shard(key(&['予']), 128));
        assert_eq!(of_fact("kind", "image"), 11_961_385_919_753_851_775);
    }

    proptest! {
        /// Recall: a text that contains the words has every key that the question looks up.
        #[test]
        fn nothing_is_missed(before in ".{0,9}|[ก-๎ ]{0,9}", word in "\\PC{1,9}|[一-龠ぁ-ん]{1,12}|[ก-๎]{1,20}|[a-z ]{1,40}", after in ".{0,9}") {
            let text = fold(&format!("{before}{word}{after}")).text;
            let word = fold(&word).text;
            if text.contains(&word) {
                let keys = of_text(&text);
                for key in of_question(std::iter::once(word.as_str())) {
                    prop_assert!(keys.binary_search(&key).is_ok());
                }
            }
        }
    }
}
