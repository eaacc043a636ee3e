//! Who looks at a room and who writes in it. Nothing of it is stored: signs of life arrive, are told on, and expire
//! by themselves.

use super::Author;
use crate::{
    id::{OperatorId, RoomId},
    time::SECOND,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How often a browser says that a room is being looked at.
pub const HEARTBEAT: i64 = 25 * SECOND;
/// Who has not said so for this long is gone.
pub const LOOKING: i64 = 60 * SECOND;
/// A browser says at most once in this time that somebody writes.
pub const KEYSTROKES: i64 = 3 * SECOND;
/// Who has not said so for this long has stopped writing.
pub const WRITING: i64 = 7 * SECOND;
/// Tabs of one room that are remembered: more is nobody's day at work.
const MOST_TABS: usize = 400;

/// A sign of life from one tab.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The room is on the screen.
    Looking,
    /// Something is being written.
    Writing,
    /// The room was left.
    Left,
}

/// One colleague in a room, however many tabs they have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Present {
    /// Who.
    pub who: Author,
    /// For how many milliseconds more they count as looking.
    pub looking: i64,
    /// For how many milliseconds more they count as writing; zero when they don't.
    pub writing: i64,
}

/// Everybody in a room: what a browser is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Here {
    /// Room.
    pub room: RoomId,
    /// In the order of their names.
    pub people: Vec<Present>,
}

#[derive(Clone, Debug)]
struct Tab {
    who: Author,
    looking: i64,
    writing: i64,
}

/// What a node knows of one room.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    tabs: HashMap<(OperatorId, String), Tab>,
    /// What was last told, as moments.
    told: Vec<(OperatorId, i64, i64)>,
}

impl Watch {
    /// Takes a sign at `now`. True when others have to be told: somebody came, went or writes, or what they were told
    /// runs out soon. A sign that arrives twice is told once.
    pub fn take(&mut self, who: &Author, tab: &str, sign: Sign, now: i64) -> bool {
        self.tabs.retain(|_, tab| tab.looking > now);
        let key = (who.id, tab.to_owned());
        match sign {
            Sign::Left => drop(self.tabs.remove(&key)),
            _ if self.tabs.len() >= MOST_TABS && !self.tabs.contains_key(&key) => {}
            _ => {
                let writing = self.tabs.get(&key).map_or(0, |tab| tab.writing);
                let writing = if sign == Sign::Writing { now + WRITING } else { writing };
                self.tabs.insert(key, Tab { who: who.clone(), looking: now + LOOKING, writing });
            }
        }
        let seen = self.moments(now);
        let news = seen.len() != self.told.len()
            || seen.iter().zip(&self.told).any(|(new, old)| {
                new.0 != old.0
                    || new.1 - old.1 > HEARTBEAT / 2
                    || new.2 - old.2 > SECOND
                    || (new.2 > now) != (old.2 > now)
            });
        if news {
            self.told = seen;
        }
        news
    }

    /// Everybody here, each once.
    pub fn people(&self, now: i64) -> Vec<Present> {
        let mut people: HashMap<OperatorId, Present> = HashMap::new();
        for tab in self.tabs.values().filter(|tab| tab.looking > now) {
            let new = Present { who: tab.who.clone(), looking: tab.looking - now, writing: (tab.writing - now).max(0) };
            let known = people.entry(tab.who.id).or_insert_with(|| new.clone());
            known.looking = known.looking.max(new.looking);
            known.writing = known.writing.max(new.writing);
        }
        let mut people: Vec<Present> = people.into_values().collect();
        people.sort_by(|a, b| (&a.who.name, a.who.id).cmp(&(&b.who.name, b.who.id)));
        people
    }

    /// Nobody is here any more.
    pub fn is_empty(&self, now: i64) -> bool {
        self.tabs.values().all(|tab| tab.looking <= now)
    }

    fn moments(&self, now: i64) -> Vec<(OperatorId, i64, i64)> {
        let moment =
            |one: Present| (one.who.id, now + one.looking, if one.writing > 0 { now + one.writing } else { 0 });
        self.people(now).into_iter().map(moment).collect()
    }
}

/// What a browser was told, by its own clock: it lets people go by itself when nothing more is heard.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct HereNow(HashMap<RoomId, Vec<(Author, i64, i64)>>);

impl HereNow {
    /// Takes in what the server told.
    pub fn take(&mut self, here: Here, now: i64) {
        let until = |left: i64| if left > 0 { now + left } else { 0 };
        let people: Vec<_> =
            here.people.into_iter().map(|one| (one.who, until(one.looking), until(one.writing))).collect();
        if people.is_empty() {
            self.0.remove(&here.room);
        } else {
            self.0.insert(here.room, people);
        }
    }

    /// The others who look at a room at `now`, and whether they write.
    pub fn others(&self, room: RoomId, me: OperatorId, now: i64) -> Vec<(Author, bool)> {
        let all = self.0.get(&room).into_iter().flatten();
        let here = all.filter(|(who, looking, _)| who.id != me && *looking > now);
        here.map(|(who, _, writing)| (who.clone(), *writing > now)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aoi() -> Author {
        Author { id: OperatorId(1), name: "Aoi".into() }
    }

    #[test]
    fn two_tabs_are_one_person_until_both_are_gone() {
        let mut watch = Watch::default();
        assert!(watch.take(&aoi(), "one", Sign::Looking, 0));
        assert!(!watch.take(&aoi(), "two", Sign::Looking, 10), "nothing new for the others");
        assert_eq!(watch.people(20).len(), 1);
        watch.take(&aoi(), "one", Sign::Left, 30);
        assert_eq!(watch.people(40).len(), 1);
        assert!(watch.take(&aoi(), "two", Sign::Left, 50));
        assert!(watch.people(60).is_empty() && watch.is_empty(60));
    }

    #[test]
    fn a_sign_that_comes_twice_is_told_once_and_a_heartbeat_is_told() {
        let mut watch = Watch::default();
        assert!(watch.take(&aoi(), "one", Sign::Writing, 0));
        assert!(!watch.take(&aoi(), "one", Sign::Writing, 40), "heard again from the database");
        assert!(watch.take(&aoi(), "one", Sign::Writing, KEYSTROKES));
        assert!(watch.take(&aoi(), "one", Sign::Looking, HEARTBEAT));
    }

    #[test]
    fn writing_and_looking_end_by_themselves() {
        let mut watch = Watch::default();
        watch.take(&aoi(), "one", Sign::Writing, 0);
        assert!(watch.people(WRITING - 1)[0].writing > 0);
        assert_eq!(watch.people(WRITING)[0].writing, 0);
        assert!(watch.people(LOOKING).is_empty());
        let mut now = HereNow::default();
        now.take(Here { room: RoomId(5), people: watch.people(1) }, 1_000_000);
        assert_eq!(now.others(RoomId(5), OperatorId(2), 1_000_001), [(aoi(), true)]);
        assert_eq!(now.others(RoomId(5), OperatorId(2), 1_000_000 + WRITING), [(aoi(), false)]);
        assert!(now.others(RoomId(5), OperatorId(2), 1_000_000 + LOOKING).is_empty());
        assert!(now.others(RoomId(5), OperatorId(1), 1_000_001).is_empty(), "not oneself");
    }
}
