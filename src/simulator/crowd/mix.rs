//! Numbers that look random and follow from a seed, and the ids of a crowd's members: an id holds who it
//! is, so that a million of them need no table.

/// Spreads every bit over all of them (the end of splitmix64).
pub fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A number from a text, the same every time.
pub fn of_text(text: &str) -> u64 {
    mix(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)))
}

/// From 0 up to, but not including, 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
pub fn share(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// From 0 up to, but not including, `count`, which must not be 0.
pub fn among(bits: u64, count: usize) -> usize {
    usize::try_from((bits >> 16) % u64::try_from(count.max(1)).unwrap_or(1)).unwrap_or_default()
}

/// What tells the ids of crowds from all others: 48 bits in two places.
const HIGH: u64 = 0x656e_6761;
const LOW: u64 = 0x7761;
/// Keys of the rounds between what an id holds and what it looks like.
const KEYS: [u64; 4] = [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x27d4_eb2f_1656_67c5];

/// The digits of the user id of a member: crowd `number` with this seed, member `at`.
pub fn id(seed: u32, number: u16, at: u32) -> u128 {
    let mut left = (HIGH << 32) | u64::from(seed);
    let mut right = (LOW << 48) | (u64::from(number) << 32) | u64::from(at);
    for key in KEYS {
        (left, right) = (right, left ^ mix(right.wrapping_add(key)));
    }
    (u128::from(left) << 64) | u128::from(right)
}

/// Seed, crowd and member of an id that [`id`] made.
pub fn read(id: u128) -> Option<(u32, u16, u32)> {
    let low = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
    let (mut left, mut right) = (low(id >> 64), low(id));
    for key in KEYS.into_iter().rev() {
        (left, right) = (right ^ mix(left.wrapping_add(key)), left);
    }
    let ours = left >> 32 == HIGH && right >> 48 == LOW;
    let part = |bits: u64| u32::try_from(bits & 0xffff_ffff).unwrap_or_default();
    let number = u16::try_from((right >> 32) & 0xffff).unwrap_or_default();
    ours.then(|| (part(left), number, part(right)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_hold_who_they_are() {
        for (seed, number, at) in [(0, 0, 0), (7, 3, 999_999), (u32::MAX, u16::MAX, u32::MAX)] {
            assert_eq!(read(id(seed, number, at)), Some((seed, number, at)));
        }
        assert_eq!(read(0), None);
        assert_eq!(read(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef), None);
        let some: HashSet<u128> = (0..1_000).map(|at| id(1, 0, at) >> 96).collect();
        assert!(some.len() > 990, "they look alike");
    }

    #[test]
    fn shares_are_even() {
        let under = (0..10_000_u64).filter(|at| share(mix(*at)) < 0.3).count();
        assert!((2_800..3_200).contains(&under), "{under}");
        assert_eq!(of_text("a"), of_text("a"));
        assert_ne!(of_text("a"), of_text("b"));
    }
}
