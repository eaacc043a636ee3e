//! Makes ids (server only).

use super::TIME_SHIFT;
use crate::time::now;
use std::sync::{
    LazyLock,
    atomic::{AtomicU64, Ordering},
};

/// Ten random bits in place of a node number that somebody would have to hand out, over twelve of
/// counter. Two processes collide only if they draw the same node, millisecond and count.
static NEXT: LazyLock<(i64, AtomicU64)> = LazyLock::new(|| {
    let node = i64::from(rand::random::<u16>() & 0x3FF);
    (node, AtomicU64::new(u64::from(rand::random::<u16>())))
});

/// A new id for something that happens now.
pub fn next() -> i64 {
    at(now())
}

/// A new id for something that happened at `time` (Unix milliseconds; clamped to what an id holds).
pub fn at(time: i64) -> i64 {
    let count = NEXT.1.fetch_add(1, Ordering::Relaxed) & 0xFFF;
    let time = time.clamp(0, (1 << 41) - 1);
    (time << TIME_SHIFT) | (NEXT.0 << 12) | i64::try_from(count).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_differ_and_sort_by_time() {
        let made: std::collections::HashSet<i64> = (0..4096).map(|_| at(1_700_000_000_000)).collect();
        assert_eq!(made.len(), 4096);
        assert!(at(1_700_000_000_001) > *made.iter().max().unwrap_or(&0));
        assert!(at(i64::MAX) > 0 && at(i64::MIN) >= 0);
    }
}
