//! Makes identifiers and tokens in the forms that LINE uses: by chance, or, for tests that compare whole answers,
//! the same ones in every run ([`Dice`]).

use rand::{
    RngExt, SeedableRng,
    distr::{Distribution, StandardUniform},
    rngs::StdRng,
};
use std::{
    cell::RefCell,
    sync::atomic::{AtomicU64, Ordering},
};

/// What identifiers follow from when they must be the same in every run.
#[derive(Debug)]
pub struct Dice {
    rng: StdRng,
    /// How many messages there have been.
    messages: u64,
}

impl Dice {
    /// Equal seeds make equal identifiers, in the order in which they are asked for.
    pub fn new(seed: u64) -> Self {
        Self { rng: StdRng::seed_from_u64(seed), messages: 0 }
    }
}

thread_local! {
    /// Of the simulator whose world this thread holds at the moment.
    static DICE: RefCell<Option<Dice>> = const { RefCell::new(None) };
}

/// Lets everything that `work` makes follow from `dice`, if there are any.
pub fn with_dice<R>(dice: &mut Option<Dice>, work: impl FnOnce() -> R) -> R {
    DICE.set(dice.take());
    let result = work();
    *dice = DICE.take();
    result
}

fn random<T>() -> T
where
    StandardUniform: Distribution<T>,
{
    DICE.with_borrow_mut(|dice| match dice {
        Some(dice) => dice.rng.random(),
        None => rand::random(),
    })
}

/// `count` random hex digits.
pub fn hex(count: usize) -> String {
    (0..count).map(|_| char::from(b"0123456789abcdef"[usize::from(random::<u8>() & 15)])).collect()
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
    (2_000_000_000 + u64::from(random::<u32>()) % 7_999_999_999).to_string()
}

/// A message id for `time` (Unix milliseconds): 18 digits that sort by time, unique within the process.
pub fn message_id(time: i64) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = DICE.with_borrow_mut(|dice| match dice {
        Some(dice) => {
            dice.messages += 1;
            dice.messages
        }
        None => COUNT.fetch_add(1, Ordering::Relaxed),
    });
    format!("{:018}", u64::try_from(time).unwrap_or_default() * 100_000 + count % 100_000)
}

/// What follows the channel id in the id of a LIFF app: eight letters and digits.
pub fn liff_suffix() -> String {
    letters(8)
}

/// The id of a key or of a token of v2.1.
pub fn key_id() -> String {
    letters(22)
}

fn letters(count: usize) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    (0..count).map(|_| char::from(ALPHABET[usize::from(random::<u16>()) % ALPHABET.len()])).collect()
}

/// A ULID for `time` (Unix milliseconds), as webhook events carry one.
pub fn ulid(time: i64) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = (u128::try_from(time).unwrap_or_default() << 80) | (random::<u128>() >> 48);
    (0..26).rev().map(|place| char::from(ALPHABET[usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0)])).collect()
}

/// An access token; long ones as LINE's own are.
pub fn token() -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let bytes: [u8; 96] = std::array::from_fn(|_| random());
    BASE64_STANDARD.encode(bytes)
}

/// A request id: a UUID.
pub fn request_id() -> String {
    uuid::Builder::from_random_bytes(random()).into_uuid().to_string()
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

    #[test]
    fn equal_seeds_make_equal_ids() {
        let some = || (line_id('U'), message_id(5), token(), request_id(), ulid(7), channel_id());
        let made = |seed| with_dice(&mut Some(Dice::new(seed)), some);
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
        let mut dice = Some(Dice::new(1));
        let (first, second) = (with_dice(&mut dice, some), with_dice(&mut dice, some));
        assert_eq!(first, made(1));
        assert_ne!(first, second);
        assert_ne!(some(), some(), "outside of it there is chance");
        assert!(uuid::Uuid::parse_str(&first.3).is_ok_and(|id| id.get_version_num() == 4));
    }
}
