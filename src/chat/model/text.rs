//! Texts before they are sent.

use crate::line::count;

/// Why a text can't be sent. Checked in the composer and again on the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DraftError {
    /// Nothing but white space.
    Empty,
    /// Longer than LINE takes, by this many UTF-16 units.
    TooLong(usize),
}

/// Checks a text before it is sent; gives it back without white space around it.
pub fn check_text(text: &str) -> Result<&str, DraftError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DraftError::Empty);
    }
    match count::utf16(text).checked_sub(count::TEXT_LIMIT) {
        Some(over) if over > 0 => Err(DraftError::TooLong(over)),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_as_line_counts() {
        assert_eq!(check_text(" \n\t"), Err(DraftError::Empty));
        assert_eq!(check_text(" a "), Ok("a"));
        assert!(check_text(&"あ".repeat(5_000)).is_ok());
        assert_eq!(check_text(&"あ".repeat(5_001)), Err(DraftError::TooLong(1)));
        assert_eq!(check_text(&"🍎".repeat(2_501)), Err(DraftError::TooLong(2)));
    }
}
