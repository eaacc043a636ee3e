//! What is to be sent at a time, and the pages from which files are downloaded.

use super::draft::Draft;
use crate::{
    id::{LaterId, OperatorId, RoomId},
    time::{DAY, MINUTE, SECOND},
};
use serde::{Deserialize, Serialize};

/// How long sending can be undone, in milliseconds.
pub const UNDO: i64 = 5 * SECOND;
/// A reply token must be good for this long after the time to undo, or nothing is held back.
const MARGIN: i64 = 5 * SECOND;
/// The furthest time that something can be sent at.
const FURTHEST: i64 = 366 * DAY;

/// Something that will be sent at a time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Later {
    /// Its id.
    pub id: LaterId,
    /// To whom.
    pub room: RoomId,
    /// Their name.
    pub room_name: String,
    /// Who wrote it.
    pub operator: OperatorId,
    /// Their name.
    pub author: String,
    /// What.
    pub draft: Draft,
    /// When (Unix ms).
    pub at: i64,
}

/// Whether something can be sent at a time: in the future, and within a year.
pub fn is_possible(at: i64, now: i64) -> bool {
    at >= now - MINUTE && at <= now + FURTHEST
}

/// Until when a message that is sent `now` is held back so that it can be undone; none when it must go at once,
/// because the free answer would run out.
pub fn hold(undo: bool, now: i64, reply_until: Option<i64>) -> Option<i64> {
    let until = now + UNDO;
    let runs_out = reply_until.is_some_and(|end| end > now && end < until + MARGIN);
    (undo && !runs_out).then_some(until)
}

/// The page from which a friend downloads a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Download {
    /// Its address.
    pub url: String,
    /// How often it was downloaded.
    pub downloads: i64,
    /// Until when it can be (Unix ms).
    pub expires_at: Option<i64>,
    /// It was taken back.
    pub revoked: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_held_while_a_free_answer_runs_out() {
        assert_eq!(hold(true, 1_000, None), Some(6_000));
        assert_eq!(hold(false, 1_000, None), None);
        assert_eq!(hold(true, 1_000, Some(60_000)), Some(6_000));
        assert_eq!(hold(true, 1_000, Some(9_000)), None);
        // It has run out already: there is nothing to lose.
        assert_eq!(hold(true, 1_000, Some(900)), Some(6_000));
    }

    #[test]
    fn later_is_neither_past_nor_never() {
        let now = 400 * DAY;
        assert!(is_possible(now + MINUTE, now) && is_possible(now - SECOND, now));
        assert!(
            !is_possible(now - 2 * MINUTE, now) && !is_possible(now + 400 * DAY, now) && !is_possible(i64::MIN, now)
        );
    }
}
