//! Whom a narrowcast reaches: friends who are in the audiences that it names and are as it asks.

use super::{
    narrowcast::{KEPT, Phase},
    refusal::Refusal,
    wish::{Source, Wish},
};
use crate::simulator::{mailing::number, world::World};
use std::collections::{HashMap, HashSet};

impl World {
    /// Refuses audiences and earlier narrowcasts that are not there.
    pub(super) fn known(&self, channel: &str, wish: &Wish, now: i64) -> Result<(), Refusal> {
        for source in wish.recipient.iter().flat_map(|tree| tree.leaves()) {
            match source {
                Source::Audience(id) if self.audience_members(channel, *id).is_none() => {
                    return Err(Refusal::new(400, format!("Invalid audience group id: {id}")));
                }
                Source::Redelivery(id) if !self.can_repeat(channel, id, now) => {
                    return Err(Refusal::new(400, format!("Invalid request id: {id}")));
                }
                Source::Audience(_) | Source::Redelivery(_) => {}
            }
        }
        Ok(())
    }

    fn can_repeat(&self, channel: &str, id: &str, now: i64) -> bool {
        self.narrowcasts.iter().any(|one| {
            let done = matches!(one.phase, Phase::Succeeded { .. });
            one.request_id == id && one.channel == channel && done && now - one.accepted < KEPT
        })
    }

    /// The friends for whom the conditions hold, as sorted numbers.
    pub(super) fn chosen(&self, channel: &str, wish: &Wish, now: i64) -> Vec<u128> {
        let leaves: Vec<&Source> = wish.recipient.iter().flat_map(|tree| tree.leaves()).collect();
        let audiences: HashMap<i64, HashSet<String>> = leaves
            .iter()
            .filter_map(|leaf| match leaf {
                Source::Audience(id) => Some((*id, self.audience_members(channel, *id)?)),
                Source::Redelivery(_) => None,
            })
            .collect();
        let mailings = self.mailings.get(channel).map(Vec::as_slice).unwrap_or_default();
        let earlier: HashMap<&str, usize> = leaves
            .iter()
            .filter_map(|leaf| match leaf {
                Source::Redelivery(id) => {
                    Some((id.as_str(), mailings.iter().rposition(|mailing| mailing.request_id == *id)?))
                }
                Source::Audience(_) => None,
            })
            .collect();
        let is_in = |source: &Source, user: &str| match source {
            Source::Audience(id) => audiences.get(id).is_some_and(|members| members.contains(user)),
            Source::Redelivery(id) => earlier.get(id.as_str()).is_some_and(|at| self.got(channel, *at, user)),
        };
        let mut numbers: Vec<u128> = self
            .friends
            .get(channel)
            .into_iter()
            .flatten()
            .filter(|(user, friend)| {
                friend.welcomes()
                    && wish.recipient.as_ref().is_none_or(|tree| tree.holds(&|source| is_in(source, user)))
                    && wish.filter.as_ref().is_none_or(|tree| tree.holds(&|one| one.is_of(user, friend, now)))
            })
            .filter_map(|(user, _)| number(user))
            .collect();
        numbers.sort_unstable();
        numbers
    }
}

/// Keeps `count` of them, chosen at random.
pub fn pick(numbers: &mut Vec<u128>, count: usize) {
    for at in 0..count.min(numbers.len()) {
        let left = u64::try_from(numbers.len() - at).unwrap_or(u64::MAX);
        let other = at + usize::try_from(rand::random::<u64>() % left).unwrap_or_default();
        numbers.swap(at, other);
    }
    numbers.truncate(count);
    numbers.sort_unstable();
}
