//! Lengths as LINE counts them.

/// The longest text message, in UTF-16 code units.
pub const TEXT_LIMIT: usize = 5_000;
/// The most bubbles that one request may carry.
pub const BUBBLES_LIMIT: usize = 5;

/// UTF-16 code units: how LINE counts the length of a text.
pub fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_apple_counts_twice() {
        assert_eq!(super::utf16("🍎a"), 3);
        assert_eq!(super::utf16("สวัสดี"), 6);
    }
}
