//! Makes identifiers and tokens in the forms that LINE uses.

use std::sync::atomic::{AtomicU64, Ordering};

/// `count` random hex digits.
pub fn hex(count: usize) -> String {
    (0..count).map(|_| char::from(b"0123456789abcdef"[usize::from(rand::random::<u8>() & 15)])).collect()
}

/// A user, group or room id: the letter and 32 hex digits.
pub fn line_id(letter: char) -> String {
    format!("{letter}{}", hex(32))
}

/// Whether `id` is a letter of `letters` and 32 hex digits.
pub fn is_line_id(id: &str, letters: &str) -> bool {
    id.len() == 33
        && id.starts_with(|first| letters.contains(first))
        && id.bytes().skip(1).all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A channel id: ten digits.
pub fn channel_id() -> String {
    (2_000_000_000 + u64::from(rand::random::<u32>()) % 7_999_999_999).to_string()
}

/// A message id for `time` (Unix milliseconds): 18 digits that sort by time, unique within the process.
pub fn message_id(time: i64) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed) % 100_000;
    format!("{:018}", u64::try_from(time).unwrap_or_default() * 100_000 + count)
}

/// What follows the channel id in the id of a LIFF app: eight letters and digits.
pub fn liff_suffix() -> String {
    letters(8)
}

/// The id of a key or of a token of v2.1.
pub fn key_id() -> String {
    letters(22)
}

/// `count` random letters and digits.
pub fn letters(count: usize) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    (0..count).map(|_| char::from(ALPHABET[usize::from(rand::random::<u16>()) % ALPHABET.len()])).collect()
}

/// A ULID for `time` (Unix milliseconds), as webhook events carry one.
pub fn ulid(time: i64) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = (u128::try_from(time).unwrap_or_default() << 80) | (rand::random::<u128>() >> 48);
    (0..26).rev().map(|place| char::from(ALPHABET[usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0)])).collect()
}

/// An access token; long ones as LINE's own are.
pub fn token() -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let bytes: [u8; 96] = std::array::from_fn(|_| rand::random());
    BASE64_STANDARD.encode(bytes)
}

/// A request id: a UUID.
pub fn request_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_lines() {
        assert!(is_line_id(&line_id('U'), "UCR"));
        assert!(!is_line_id("U123", "U") && !is_line_id(&line_id('C'), "U"));
        assert_eq!(message_id(1_763_700_000_000).len(), 18);
        assert!(message_id(2) > message_id(1));
        let (early, late) = (ulid(1_000), ulid(2_000));
        assert!(early < late && early.len() == 26);
        assert_eq!(&ulid(1_469_918_176_385)[..10], "01ARYZ6S41");
        assert_eq!(channel_id().len(), 10);
    }
}
