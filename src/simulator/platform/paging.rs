//! Lists in pages: `limit`, and continuation tokens that are good for a day (line-platform.md §1).

use super::refusal::Refusal;
use crate::time::DAY;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;

/// Where a list goes on, and how much of it is wanted.
#[derive(Default, Deserialize)]
pub struct Page {
    start: Option<String>,
    limit: Option<String>,
}

impl Page {
    /// How many are wanted, `usual` when nothing was said.
    pub fn limit(&self, usual: usize, most: usize) -> Result<usize, Refusal> {
        let limit = self.limit.as_ref().map_or(Ok(usual), |limit| limit.parse());
        let wrong = || Refusal::new(400, "The value for the 'limit' parameter is invalid");
        limit.ok().filter(|limit| (1..=most).contains(limit)).ok_or_else(wrong)
    }

    /// The entry after which the page begins, if it is not the first.
    pub fn after(&self, now: i64) -> Result<Option<String>, Refusal> {
        let Some(start) = &self.start else { return Ok(None) };
        let last = BASE64_URL_SAFE_NO_PAD.decode(start).ok().and_then(|bytes| {
            let text = String::from_utf8(bytes).ok()?;
            let (made, last) = text.split_once('/')?;
            let age = now - made.parse::<i64>().ok()?;
            (0..=DAY).contains(&age).then(|| last.to_owned())
        });
        last.map(Some).ok_or_else(|| Refusal::new(400, "Invalid start param"))
    }
}

/// What is answered as `next` when a page ended with `last`.
pub fn next(last: &str, now: i64) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{now}/{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_last_a_day() {
        let page = |start: &str| Page { start: Some(start.into()), limit: None };
        let token = next("U1", 1_000);
        assert_eq!(page(&token).after(1_000 + DAY), Ok(Some("U1".into())));
        assert!(page(&token).after(1_001 + DAY).is_err() && page("nonsense").after(0).is_err());
        assert_eq!(Page::default().limit(300, 1_000), Ok(300));
        for wrong in ["0", "1001", "-1", "x"] {
            assert!(Page { start: None, limit: Some(wrong.into()) }.limit(300, 1_000).is_err());
        }
    }
}
