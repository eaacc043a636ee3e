//! Crowds: many virtual friends of an account at once, up to millions. A member is a number; who they
//! are, when they came and what they do with a message is computed from it and the crowd's seed when
//! somebody asks. Only what differs from that is kept, as for any friend: a block, a message.

mod gone;
mod mix;
mod moves;
mod people;
mod person;
pub mod pump;
mod react;
mod tapping;
mod visit;
mod world;

pub use moves::{Kept, Wave};
pub use people::{People, Who};
pub use person::{Country, Languages, Nature, Person};
pub use react::{Did, Shape};
pub use tapping::Told;
pub use world::NewCrowd;

use super::{
    friend::{NewChannel, Trouble},
    state::Shared,
};
use crate::time::DAY;
use mix::{mix, share};
use serde::{Deserialize, Serialize};

/// The most members that a crowd may have.
pub const LIMIT: u32 = 5_000_000;

/// What members do with a message: shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rates {
    /// Of those whom it reaches, who open it.
    pub open: f64,
    /// Of those who open it, who open a link in it.
    pub click: f64,
    /// Of those who open it, who play a film or sound in it.
    pub play: f64,
    /// Of those who open it, who write something back.
    pub answer: f64,
    /// Of those whom it reaches, who block the account for it.
    pub block: f64,
    /// Of all, who open the chat by themselves on a day, and see the rich menu.
    pub menu: f64,
    /// Of those who do, who tap it.
    pub tap: f64,
    /// The last ones open it so many milliseconds after it came; half of them in a thirtieth of that.
    pub within: i64,
}

impl Default for Rates {
    fn default() -> Self {
        Self { open: 0.6, click: 0.2, play: 0.4, answer: 0.005, block: 0.001, menu: 0.02, tap: 0.3, within: 3 * DAY }
    }
}

impl Rates {
    /// Whether all are shares, and the time is one to half a year.
    pub fn good(&self) -> bool {
        let shares = [self.open, self.click, self.play, self.answer, self.block, self.menu, self.tap];
        shares.iter().all(|share| (0.0..=1.0).contains(share)) && (0..=180 * DAY).contains(&self.within)
    }
}

/// See the module.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Crowd {
    /// Counts up over all channels.
    pub number: u16,
    /// Whose friends they are.
    pub channel: String,
    /// How many.
    pub count: u32,
    /// Everything follows from it.
    pub seed: u32,
    /// When they were made, and the last of them came: Unix milliseconds.
    pub made: i64,
    /// When the first of them came.
    pub since: i64,
    /// What they speak.
    pub languages: Languages,
    /// The share of them who had blocked the account before.
    pub blocked: f64,
    /// How many these are.
    pub blocking: u32,
    /// How many messages to many had been sent before they were there.
    pub mailings: usize,
    /// What they do, and since when.
    pub rates: Vec<(i64, Rates)>,
    /// Whether the channel's webhook hears of what they do.
    pub webhooks: bool,
    /// How many webhooks a second that may be.
    pub per_second: u32,
    /// How many of them the webhook has been told of, where it is to be told that they came.
    pub announced: Option<u32>,
    /// When it was taken away again, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<i64>,
}

impl Crowd {
    /// Bits that are always the same for this member and this purpose.
    fn draw(&self, at: u32, purpose: u64) -> u64 {
        mix(mix((u64::from(self.seed) << 32) | u64::from(at)) ^ purpose)
    }

    /// The digits of a member's user id.
    pub fn id(&self, at: u32) -> u128 {
        mix::id(self.seed, self.number, at)
    }

    /// A member's user id.
    pub fn user_id(&self, at: u32) -> String {
        format!("U{:032x}", self.id(at))
    }

    /// Who a member is.
    pub fn person(&self, at: u32) -> Person {
        Person::new(self.draw(at, 1), self.languages)
    }

    /// What LINE guesses of a member.
    pub fn nature(&self, at: u32) -> Nature {
        self.person(at).nature()
    }

    /// When a member added the account: evenly over time, in the order of their numbers.
    pub fn came(&self, at: u32) -> i64 {
        let span = (self.made - self.since).max(1);
        let within = i64::try_from(self.draw(at, 2) >> 1).unwrap_or_default() % span;
        let passed = (i128::from(at) * i128::from(span) + i128::from(within)) / i128::from(self.count.max(1));
        self.since + i64::try_from(passed).unwrap_or_default()
    }

    /// How many had come when `test` still holds of the time at which they did; it must hold up to some
    /// moment and never after it.
    pub fn came_while(&self, test: impl Fn(i64) -> bool) -> u32 {
        let (mut least, mut most) = (0, self.count);
        while least < most {
            let middle = least + (most - least) / 2;
            if test(self.came(middle)) {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        least
    }

    /// Whether a member had blocked the account before the crowd was made.
    pub fn had_blocked(&self, at: u32) -> bool {
        self.blocked > 0.0 && share(self.draw(at, 3)) < self.blocked
    }

    /// When one of those did.
    pub fn blocked_at(&self, at: u32) -> i64 {
        let came = self.came(at);
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "some years")]
        let later = ((self.made - came).max(0) as f64 * share(self.draw(at, 4))) as i64;
        came + later
    }

    /// What members did with messages at this time.
    pub fn rates_at(&self, time: i64) -> Rates {
        let found = self.rates.iter().rev().find(|(since, _)| *since <= time);
        found.or_else(|| self.rates.first()).map(|(_, rates)| *rates).unwrap_or_default()
    }
}

/// Makes the first crowd, of an account of its own if there is none; does nothing when there is a crowd.
///
/// # Errors
/// When there can't be so many.
pub fn first(sim: &Shared, count: u32) -> anyhow::Result<()> {
    let (known, now) = sim.with(|world| (!world.crowds.is_empty(), world.now()));
    if known {
        return Ok(());
    }
    let out_of_bounds = |_| anyhow::anyhow!("a crowd has between 1 and {LIMIT} members");
    let mut crowd = NewCrowd::of("", count).prepare(now).map_err(out_of_bounds)?;
    let added = sim.with(|world| {
        let known = world.channels.keys().min().cloned();
        let new = || NewChannel { name: "Crowd".into(), verified: true, ..NewChannel::default() };
        crowd.channel = match known {
            Some(channel) => channel,
            None => world.create_channel(new())?.id,
        };
        world.add_crowd(crowd)
    });
    added.map(|_| ()).map_err(|trouble: Trouble| anyhow::anyhow!("the crowd can't be made: {trouble:?}"))
}

#[cfg(test)]
pub(in crate::simulator) mod tests {
    use super::*;

    pub fn crowd(count: u32) -> Crowd {
        Crowd {
            number: 0,
            channel: "1".into(),
            count,
            seed: 7,
            made: 1_000 * DAY,
            since: 270 * DAY,
            languages: Languages::MIXED,
            blocked: 0.25,
            blocking: 0,
            mailings: 0,
            rates: vec![(0, Rates::default())],
            webhooks: true,
            per_second: 100,
            announced: None,
            gone: None,
        }
    }

    #[test]
    fn members_come_one_after_the_other() {
        let some = crowd(1_000);
        let times: Vec<i64> = (0..1_000).map(|at| some.came(at)).collect();
        assert!(times.is_sorted() && times[0] >= some.since && times[999] <= some.made);
        for day in [0, 269, 270, 271, 500, 999, 1_000] {
            let end = day * DAY;
            let came = times.iter().filter(|time| **time <= end).count();
            assert_eq!(some.came_while(|time| time <= end), u32::try_from(came).unwrap_or_default());
        }
        let blocking: Vec<u32> = (0..1_000).filter(|at| some.had_blocked(*at)).collect();
        assert!((200..300).contains(&blocking.len()));
        assert!(blocking.iter().all(|at| (some.came(*at)..=some.made).contains(&some.blocked_at(*at))));
    }

    #[test]
    fn what_members_do_changes_from_then_on() {
        let mut some = crowd(1);
        some.rates.push((500, Rates { open: 0.1, ..Rates::default() }));
        let at = |time| some.rates_at(time).open;
        assert!((at(499) - 0.6).abs() < 1e-9 && (at(500) - 0.1).abs() < 1e-9);
        assert!(Rates::default().good() && !Rates { open: 1.1, ..Rates::default() }.good());
    }
}
