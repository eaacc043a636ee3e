//! A set of users. Members of crowds take a bit each, so that half a million of them take 125 kB.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::collections::BTreeMap;

/// A user, as sets know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// The digits of an id of LINE's form.
    Alone(u128),
    /// A crowd, and which of its members.
    Member(u16, u32),
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alone: Vec<u128>,
    /// By crowd.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    members: BTreeMap<u16, Bits>,
}

/// A bit for each member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bits(Vec<u8>);

fn place(at: u32) -> (usize, u8) {
    (usize::try_from(at / 8).unwrap_or(usize::MAX), 1 << (at % 8))
}

impl Bits {
    fn insert(&mut self, at: u32) {
        let (byte, bit) = place(at);
        if self.0.len() <= byte {
            self.0.resize(byte + 1, 0);
        }
        self.0[byte] |= bit;
    }

    fn contains(&self, at: u32) -> bool {
        let (byte, bit) = place(at);
        self.0.get(byte).is_some_and(|bits| bits & bit != 0)
    }

    fn count(&self) -> usize {
        self.0.iter().map(|bits| usize::try_from(bits.count_ones()).unwrap_or_default()).sum()
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        let bytes = self.0.iter().zip((0_u32..).step_by(8)).filter(|(bits, _)| **bits != 0);
        bytes.flat_map(|(bits, first)| (0..8).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| first + bit))
    }
}

impl Serialize for Bits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Self).map_err(D::Error::custom)
    }
}

impl People {
    /// Adds somebody.
    pub fn insert(&mut self, who: Who) {
        match who {
            Who::Member(crowd, at) => self.members.entry(crowd).or_default().insert(at),
            // The usual order is the sorted one.
            Who::Alone(number) if self.alone.last().is_none_or(|last| *last < number) => self.alone.push(number),
            Who::Alone(number) => {
                if let Err(at) = self.alone.binary_search(&number) {
                    self.alone.insert(at, number);
                }
            }
        }
    }

    /// Whether somebody is in it.
    pub fn contains(&self, who: Who) -> bool {
        match who {
            Who::Alone(number) => self.alone.binary_search(&number).is_ok(),
            Who::Member(crowd, at) => self.members.get(&crowd).is_some_and(|bits| bits.contains(at)),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.alone.len() + self.members.values().map(Bits::count).sum::<usize>()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everybody, each once.
    pub fn iter(&self) -> impl Iterator<Item = Who> {
        let members = self.members.iter().flat_map(|(crowd, bits)| bits.iter().map(|at| Who::Member(*crowd, at)));
        self.alone.iter().copied().map(Who::Alone).chain(members)
    }

    /// Adds everybody of another set.
    pub fn extend(&mut self, other: &Self) {
        self.alone.extend(&other.alone);
        self.alone.sort_unstable();
        self.alone.dedup();
        for (crowd, bits) in &other.members {
            let own = &mut self.members.entry(*crowd).or_default().0;
            if own.len() < bits.0.len() {
                own.resize(bits.0.len(), 0);
            }
            for (own, other) in own.iter_mut().zip(&bits.0) {
                *own |= other;
            }
        }
    }

    /// Keeps `count` of them, chosen at random.
    pub fn pick(&mut self, count: usize) {
        let (mut left, mut wanted) = (self.len(), count);
        let mut kept = Self::default();
        for who in self.iter() {
            let chance = u64::try_from(left).unwrap_or(u64::MAX).max(1);
            if rand::random::<u64>() % chance < u64::try_from(wanted).unwrap_or(u64::MAX) {
                kept.insert(who);
                wanted -= 1;
            }
            left -= 1;
        }
        *self = kept;
    }
}

impl FromIterator<Who> for People {
    fn from_iter<T: IntoIterator<Item = Who>>(all: T) -> Self {
        let mut people = Self::default();
        let mut alone = Vec::new();
        for who in all {
            match who {
                Who::Alone(number) => alone.push(number),
                member => people.insert(member),
            }
        }
        alone.sort_unstable();
        alone.dedup();
        people.alone = alone;
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_once() {
        let some =
            [Who::Alone(9), Who::Member(0, 7), Who::Alone(3), Who::Member(0, 8), Who::Member(2, 0), Who::Alone(9)];
        let mut people: People = some.into_iter().collect();
        people.insert(Who::Member(0, 7));
        people.insert(Who::Alone(5));
        people.insert(Who::Alone(5));
        assert_eq!(people.len(), 6);
        assert!(some.iter().all(|who| people.contains(*who)) && !people.contains(Who::Member(0, 9)));
        assert_eq!(people.iter().collect::<Vec<_>>().len(), 6);
        let text = serde_json::to_string(&people).unwrap_or_default();
        assert_eq!(serde_json::from_str::<People>(&text).ok(), Some(people.clone()));
        let mut more: People = (0..100).map(|at| Who::Member(0, at)).collect();
        more.extend(&people);
        assert_eq!(more.len(), 104);
        more.pick(30);
        assert_eq!(more.len(), 30);
        more.pick(99);
        assert_eq!(more.len(), 30);
    }
}
