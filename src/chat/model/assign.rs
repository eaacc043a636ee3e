//! Who has a room: people and crews, the views by holder, pins and mutes, and whose turn it is.

use super::{Counts, Filter, Room};
use crate::{
    id::{CrewId, OperatorId, RoomId},
    team::model::Roster,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// Rooms that one operator can pin in an account: more would push the newest off the first screen.
pub const MOST_PINS: i64 = 10;
/// Rooms that one operator can mute in an account; they travel with the first page of the list.
pub const MOST_MUTES: i64 = 200;
/// The most that may be set as a capacity.
pub const MOST_CAPACITY: i64 = 1_000;

/// Whom a room is given to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// One colleague.
    Person(OperatorId),
    /// A team of people; anybody in it may take the room.
    Crew(CrewId),
}

/// Whose rooms a list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub enum Who {
    /// Everybody's, and nobody's.
    #[default]
    Anyone,
    /// Those of whoever looks.
    Mine,
    /// Given to no person and no crew.
    Nobody,
    /// A colleague's.
    Person(OperatorId),
    /// A crew's.
    Crew(CrewId),
}

impl Who {
    /// Whether a room belongs here; `me` is whoever looks.
    pub fn holds(self, room: &Room, me: OperatorId) -> bool {
        match self {
            Self::Anyone => true,
            Self::Mine => room.assignee == Some(me),
            Self::Nobody => room.assignee.is_none() && room.crew.is_none(),
            Self::Person(id) => room.assignee == Some(id),
            Self::Crew(id) => room.crew == Some(id),
        }
    }
}

/// The word in the address.
impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("anyone"),
            Self::Mine => f.write_str("mine"),
            Self::Nobody => f.write_str("nobody"),
            Self::Person(id) => write!(f, "person-{id}"),
            Self::Crew(id) => write!(f, "team-{id}"),
        }
    }
}

/// Not a word that [`Who`] writes.
#[derive(Debug)]
pub struct NoSuchWho;

impl fmt::Display for NoSuchWho {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a holder of rooms")
    }
}

impl FromStr for Who {
    type Err = NoSuchWho;

    fn from_str(word: &str) -> Result<Self, NoSuchWho> {
        match word {
            "anyone" => Ok(Self::Anyone),
            "mine" => Ok(Self::Mine),
            "nobody" => Ok(Self::Nobody),
            _ => match word.split_once('-') {
                Some(("person", id)) => id.parse().map(Self::Person).map_err(|_| NoSuchWho),
                Some(("team", id)) => id.parse().map(Self::Crew).map_err(|_| NoSuchWho),
                _ => Err(NoSuchWho),
            },
        }
    }
}

impl Serialize for Who {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

/// What a list shows: a state, and whose rooms. Each is an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize)]
pub struct View {
    /// The state.
    pub filter: Filter,
    /// Whose.
    pub who: Who,
}

impl From<Filter> for View {
    fn from(filter: Filter) -> Self {
        Self { filter, who: Who::Anyone }
    }
}

impl View {
    /// The word in the address: `inbox`, `unread.mine`, `resolved.person-17`.
    pub fn slug(self) -> String {
        match self.who {
            Who::Anyone => self.filter.slug().to_owned(),
            who => format!("{}.{who}", self.filter.slug()),
        }
    }

    /// From the word in an address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        let (filter, who) = slug.split_once('.').map_or((slug, None), |(filter, who)| (filter, Some(who)));
        let who = who.map_or(Some(Who::Anyone), |who| who.parse().ok().filter(|who| *who != Who::Anyone))?;
        Some(Self { filter: Filter::from_slug(filter)?, who })
    }

    /// Whether a room belongs into this view; `me` is whoever looks.
    pub fn holds(self, room: &Room, me: OperatorId) -> bool {
        self.filter.holds(room) && self.who.holds(room, me)
    }
}

/// How many rooms somebody has in each view. Kept by the database in the transaction that changes a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Holding {
    /// An operator's or a crew's id; 0 counts what anybody has.
    pub holder: i64,
    /// The account's sequence number at its last change.
    pub seq: i64,
    /// In each view.
    pub counts: Counts,
    /// Rooms with something unread that this operator has muted.
    pub muted: i64,
}

/// What one operator has marked for themselves in a room.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mark {
    /// Room.
    pub room: RoomId,
    /// The account's sequence number at its last change.
    pub seq: i64,
    /// It stays on top of their list, since then (Unix ms); 0 when it does not.
    pub pinned_at: i64,
    /// They hear nothing of it.
    pub muted: bool,
}

/// What an operator's first page carries beside the rooms.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Own {
    /// Whoever looks.
    pub me: OperatorId,
    /// The rooms that they have pinned, of whatever view.
    pub pinned: Vec<Room>,
    /// Their pins and mutes.
    pub marks: Vec<Mark>,
    /// Who has how many.
    pub holdings: Vec<Holding>,
    /// The people and crews that rooms can be given to.
    pub roster: Roster,
}

/// How an account gives out rooms.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rules {
    /// A room that nobody has, and in which the friend writes, is given to whoever's turn it is.
    pub auto: bool,
    /// Rooms that each may have that are not resolved.
    pub capacity: i64,
    /// Whoever answers a room that nobody has takes it.
    pub take_on_reply: bool,
    /// Everybody, with their own capacity where it differs; 0 means none are given to them.
    pub people: Vec<Duty>,
}

/// One colleague, as the rules name them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Duty {
    /// Who.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// Their own capacity; none when it is the account's.
    pub capacity: Option<i64>,
}

/// Somebody on shift who could take another room.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hand {
    /// Who.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// When they were last given a room: a number that grows with every room given out.
    pub turn: i64,
    /// How many more they can take.
    pub free: i64,
}

/// A room that waits to be given to somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Waiting {
    /// Since when (Unix ms).
    pub since: i64,
    /// Room.
    pub room: RoomId,
    /// Only somebody of this crew.
    pub crew: Option<CrewId>,
}

/// Gives out rooms in turn: whoever waits longest goes first, to the one with room left who was given one longest ago (of
/// those who never were, the one who joined first). Rooms for which nobody is free go on waiting. Afterwards `hands` hold
/// their new turns; `last` is the highest turn ever given.
pub fn deal(
    hands: &mut [Hand],
    waiting: &mut [Waiting],
    mut last: i64,
    belongs: impl Fn(CrewId, OperatorId) -> bool,
) -> Vec<(RoomId, OperatorId)> {
    waiting.sort_unstable();
    let mut given = Vec::new();
    for wait in waiting {
        let fits = |hand: &&mut Hand| hand.free > 0 && wait.crew.is_none_or(|crew| belongs(crew, hand.id));
        if let Some(hand) = hands.iter_mut().filter(fits).min_by_key(|hand| (hand.turn, hand.id)) {
            last += 1;
            hand.turn = last;
            hand.free -= 1;
            given.push((wait.room, hand.id));
        }
    }
    given
}

/// Who has a room after it was handed to `to`: a person keeps the crew that they belong to, a crew begins without a person.
pub fn handed(
    crew: Option<CrewId>,
    to: Option<Holder>,
    belongs: impl Fn(CrewId, OperatorId) -> bool,
) -> (Option<OperatorId>, Option<CrewId>) {
    match to {
        None => (None, None),
        Some(Holder::Crew(crew)) => (None, Some(crew)),
        Some(Holder::Person(id)) => (Some(id), crew.filter(|crew| belongs(*crew, id))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hand(id: i64, turn: i64, free: i64) -> Hand {
        Hand { id: OperatorId(id), name: String::new(), turn, free }
    }

    fn wait(since: i64, room: i64, crew: Option<i64>) -> Waiting {
        Waiting { since, room: RoomId(room), crew: crew.map(CrewId) }
    }

    #[test]
    fn every_view_has_its_address() {
        for who in [Who::Anyone, Who::Mine, Who::Nobody, Who::Person(OperatorId(7)), Who::Crew(CrewId(8))] {
            for filter in Filter::ALL {
                let view = View { filter, who };
                assert_eq!(View::from_slug(&view.slug()), Some(view));
            }
            let json = serde_json::to_string(&who).unwrap_or_default();
            assert_eq!(serde_json::from_str::<Who>(&json).ok(), Some(who));
        }
        for wrong in ["inbox.", "inbox.anyone", "inbox.person-", "inbox.person-x", "mine", "inbox.mine.mine", ".mine"] {
            assert_eq!(View::from_slug(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn rooms_go_round_and_stop_at_the_capacity() {
        let mut hands = [hand(1, 4, 2), hand(2, 0, 1), hand(3, 0, 0)];
        let mut waiting = [wait(5, 10, None), wait(3, 11, None), wait(4, 12, None), wait(9, 13, None)];
        let given = deal(&mut hands, &mut waiting, 4, |_, _| true);
        let given: Vec<_> = given.into_iter().map(|(room, to)| (room.0, to.0)).collect();
        assert_eq!(
            given,
            [(11, 2), (12, 1), (10, 1)],
            "the longest wait first, the longest idle first, and one waits on"
        );
    }

    #[test]
    fn a_crews_room_goes_to_its_people_only() {
        let mut hands = [hand(1, 0, 5), hand(2, 9, 5)];
        let mut waiting = [wait(1, 10, Some(7)), wait(2, 11, Some(8)), wait(3, 12, None)];
        let given = deal(&mut hands, &mut waiting, 9, |crew, who| crew == CrewId(7) && who == OperatorId(2));
        assert_eq!(given, [(RoomId(10), OperatorId(2)), (RoomId(12), OperatorId(1))]);
    }

    #[test]
    fn a_person_keeps_their_crew_and_leaves_anothers() {
        let belongs = |crew: CrewId, who: OperatorId| crew.0 == who.0;
        let to = |id| Some(Holder::Person(OperatorId(id)));
        assert_eq!(handed(Some(CrewId(1)), to(1), belongs), (Some(OperatorId(1)), Some(CrewId(1))));
        assert_eq!(handed(Some(CrewId(1)), to(2), belongs), (Some(OperatorId(2)), None));
        assert_eq!(handed(None, Some(Holder::Crew(CrewId(3))), belongs), (None, Some(CrewId(3))));
        assert_eq!(handed(Some(CrewId(1)), None, belongs), (None, None));
    }

    proptest! {
        /// With everybody free, nobody gets two rooms more than a colleague, however the turns stood.
        #[test]
        fn turns_are_fair(turns in prop::collection::vec(0_i64..9, 1..6), rooms in 0_i64..40) {
            let mut hands: Vec<Hand> = turns.iter().zip(1..).map(|(turn, id)| hand(id, *turn, 100)).collect();
            let mut waiting: Vec<Waiting> = (0..rooms).map(|n| wait(n, n, None)).collect();
            let given = deal(&mut hands, &mut waiting, 9, |_, _| true);
            prop_assert_eq!(given.len() as i64, rooms);
            let of = |hand: &Hand| given.iter().filter(|(_, to)| *to == hand.id).count();
            let (most, least) = (hands.iter().map(of).max(), hands.iter().map(of).min());
            prop_assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 1));
        }
    }
}
