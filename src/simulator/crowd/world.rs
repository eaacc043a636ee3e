//! Crowds among everything else that exists. Whoever asks for a user or a friendship asks here, so that
//! members of crowds are like all others.

use super::{Crowd, LIMIT, Languages, People, Rates, Who, mix};
use crate::{
    simulator::{
        friend::Trouble,
        mailing::{To, number},
        model::FriendPath,
        world::{Friendship, Seat, User, World},
    },
    time::DAY,
};
use serde::Deserialize;
use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    ops::Bound,
};

/// How a new crowd is to be; what is left out is usual.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCrowd {
    /// Whose friends.
    pub channel: String,
    /// How many.
    pub count: u32,
    /// Everything follows from it.
    #[serde(default)]
    pub seed: u32,
    /// How many days ago the first of them came; two years unless said.
    pub days: Option<i64>,
    /// What they speak.
    #[serde(default)]
    pub languages: Languages,
    /// The share of them who have blocked the account already.
    #[serde(default)]
    pub blocked: f64,
    /// What they do.
    #[serde(default)]
    pub rates: Rates,
    /// The channel's webhook hears of what they do.
    #[serde(default = "yes")]
    pub webhooks: bool,
    /// It hears of so many things a second.
    pub per_second: Option<u32>,
    /// It is told that they came, too.
    #[serde(default)]
    pub announce: bool,
}

fn yes() -> bool {
    true
}

impl NewCrowd {
    /// Of this size, for this channel, with everything as usual.
    pub fn of(channel: &str, count: u32) -> Self {
        Self {
            channel: channel.to_owned(),
            count,
            seed: 0,
            days: None,
            languages: Languages::default(),
            blocked: 0.0,
            rates: Rates::default(),
            webhooks: true,
            per_second: None,
            announce: false,
        }
    }

    /// Computes what takes a moment, before anybody is held up by it: `now` is when the last of them came.
    ///
    /// # Errors
    /// [`Trouble::Invalid`] when a number is out of bounds.
    pub fn prepare(self, now: i64) -> Result<Crowd, Trouble> {
        let days = self.days.unwrap_or(730);
        let good = (1..=LIMIT).contains(&self.count)
            && (0..=3_650).contains(&days)
            && (0.0..=1.0).contains(&self.blocked)
            && self.rates.good()
            && self.per_second.is_none_or(|rate| (1..=100_000).contains(&rate));
        if !good {
            return Err(Trouble::Invalid);
        }
        let mixed = self.languages == Languages::default();
        let mut crowd = Crowd {
            number: 0,
            channel: self.channel,
            count: self.count,
            seed: self.seed,
            made: now,
            since: now - days * DAY,
            languages: if mixed { Languages::MIXED } else { self.languages },
            blocked: self.blocked,
            blocking: 0,
            mailings: 0,
            rates: vec![(0, self.rates)],
            webhooks: self.webhooks,
            per_second: self.per_second.unwrap_or(100),
            announced: self.announce.then_some(0),
            gone: None,
        };
        if self.blocked > 0.0 {
            let blocking = (0..self.count).filter(|at| crowd.had_blocked(*at)).count();
            crowd.blocking = u32::try_from(blocking).unwrap_or_default();
        }
        Ok(crowd)
    }
}

impl Crowd {
    /// A member as a user.
    fn user(&self, at: u32) -> User {
        let person = self.person(at);
        User {
            id: self.user_id(at),
            name: person.name(),
            picture: person.picture(),
            status: person.status().to_owned(),
            language: person.language().map(str::to_owned),
            created: self.came(at),
            number: 0,
        }
    }

    /// How a member stands to the account before anything happened between them.
    pub(super) fn friendship(&self, at: u32) -> Friendship {
        let blocked = self.had_blocked(at);
        Friendship {
            added: true,
            blocked,
            wrote: 0,
            since: self.came(at),
            // What had been sent before they were there did not come to them.
            turns: if blocked || self.mailings == 0 { Vec::new() } else { vec![self.mailings] },
            when: if blocked { vec![self.blocked_at(at)] } else { Vec::new() },
            path: FriendPath::from_word(self.person(at).path()),
            deleted: false,
            seat: Seat::default(),
        }
    }
}

/// Members of crowds with whom something happened, and how they stand to the account now.
pub type Special<'a> = HashMap<(u16, u32), &'a Friendship>;

impl World {
    /// Adds a crowd and answers its number.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] without such a channel, [`Trouble::Taken`] when there are 65,536 already.
    pub fn add_crowd(&mut self, mut crowd: Crowd) -> Result<u16, Trouble> {
        if !self.channels.contains_key(&crowd.channel) {
            return Err(Trouble::NotFound);
        }
        let number = u16::try_from(self.crowds.len()).map_err(|_| Trouble::Taken)?;
        crowd.number = number;
        crowd.mailings = self.mailings.get(&crowd.channel).map_or(0, Vec::len);
        self.crowds.push(crowd);
        self.save_crowd(number);
        self.changed("");
        self.stir = true;
        Ok(number)
    }

    /// Writes a crowd back.
    pub fn save_crowd(&mut self, number: u16) {
        if let Some(crowd) = self.crowds.get(usize::from(number)).filter(|_| self.keep).cloned() {
            self.save("crowd", &format!("{number:05}"), &crowd);
        }
    }

    /// The crowds of a channel.
    pub fn crowds_of<'a>(&'a self, channel: &'a str) -> impl Iterator<Item = &'a Crowd> {
        self.crowds_here().filter(move |crowd| crowd.channel == channel)
    }

    /// All crowds but those that were taken away.
    pub fn crowds_here(&self) -> impl DoubleEndedIterator<Item = &Crowd> {
        self.crowds.iter().filter(|crowd| crowd.gone.is_none())
    }

    /// A crowd that is there.
    pub fn crowd_here(&mut self, number: u16) -> Result<&mut Crowd, Trouble> {
        let crowd = self.crowds.get_mut(usize::from(number)).filter(|crowd| crowd.gone.is_none());
        crowd.ok_or(Trouble::NotFound)
    }

    /// The crowd in which this number is, and which of its members.
    pub fn member(&self, number: u128) -> Option<(&Crowd, u32)> {
        let (seed, number, at) = mix::read(number)?;
        let crowd = self.crowds.get(usize::from(number))?;
        (crowd.seed == seed && at < crowd.count && crowd.gone.is_none()).then_some((crowd, at))
    }

    /// A user as sets know them; none for ids that are not of LINE's form.
    pub fn who(&self, user: &str) -> Option<Who> {
        number(user).map(|number| self.who_is(number))
    }

    /// The same for the number in an id.
    pub fn who_is(&self, number: u128) -> Who {
        self.member(number).map_or(Who::Alone(number), |(crowd, at)| Who::Member(crowd.number, at))
    }

    /// A user's id.
    pub fn id_of(&self, who: Who) -> String {
        match who {
            Who::Alone(number) => format!("U{number:032x}"),
            Who::Member(number, at) => {
                self.crowds.get(usize::from(number)).map(|crowd| crowd.user_id(at)).unwrap_or_default()
            }
        }
    }

    /// Whether there is such a user.
    pub fn has_user(&self, user: &str) -> bool {
        self.users.contains_key(user) || number(user).is_some_and(|number| self.member(number).is_some())
    }

    /// A user.
    pub fn user(&self, user: &str) -> Option<Cow<'_, User>> {
        let stored = self.users.get(user).map(Cow::Borrowed);
        stored.or_else(|| self.member(number(user)?).map(|(crowd, at)| Cow::Owned(crowd.user(at))))
    }

    /// What there is between an account and a user.
    pub fn friend(&self, channel: &str, user: &str) -> Option<Cow<'_, Friendship>> {
        let stored = self.friends.get(channel).and_then(|all| all.get(user)).map(Cow::Borrowed);
        stored.or_else(|| {
            let (crowd, at) = self.member(number(user)?)?;
            (crowd.channel == channel).then(|| Cow::Owned(crowd.friendship(at)))
        })
    }

    /// The same to change; from then on it is kept. None between strangers.
    pub fn friend_mut(&mut self, channel: &str, user: &str) -> Option<&mut Friendship> {
        if !self.friends.get(channel).is_some_and(|all| all.contains_key(user)) {
            let friend = self.friend(channel, user)?.into_owned();
            self.friends.entry(channel.to_owned()).or_default().insert(user.to_owned(), friend);
        }
        self.friends.get_mut(channel)?.get_mut(user)
    }

    /// The same, with a stranger as somebody of whom nothing is known yet.
    pub fn friend_or_new(&mut self, channel: &str, user: &str) -> &mut Friendship {
        let known = self.friend(channel, user).map(Cow::into_owned);
        let all = self.friends.entry(channel.to_owned()).or_default();
        all.entry(user.to_owned()).or_insert_with(|| known.unwrap_or_default())
    }

    /// The members of a channel's crowds with whom something happened.
    pub fn special(&self, channel: &str) -> Special<'_> {
        if self.crowds.is_empty() {
            return Special::new();
        }
        let stored = self.friends.get(channel).into_iter().flatten();
        stored
            .filter_map(|(user, friend)| {
                let (crowd, at) = self.member(number(user)?).filter(|(crowd, _)| crowd.channel == channel)?;
                Some(((crowd.number, at), friend))
            })
            .collect()
    }

    /// Friends that are kept one by one and are in no crowd of this channel.
    pub fn others<'a>(&'a self, channel: &'a str) -> impl Iterator<Item = (&'a String, &'a Friendship)> {
        let stored = self.friends.get(channel).into_iter().flatten();
        stored.filter(move |(user, _)| !self.is_member(channel, user))
    }

    fn is_member(&self, channel: &str, user: &str) -> bool {
        !self.crowds.is_empty()
            && number(user).and_then(|number| self.member(number)).is_some_and(|(crowd, _)| crowd.channel == channel)
    }

    /// How many friends a message to all of them reaches.
    pub fn reach_of(&self, channel: &str) -> u64 {
        let others = self.others(channel).filter(|(_, friend)| friend.welcomes()).count();
        let usual: u64 = self.crowds_of(channel).map(|crowd| u64::from(crowd.count - crowd.blocking)).sum();
        let mut reach = u64::try_from(others).unwrap_or(u64::MAX).saturating_add(usual);
        for ((number, at), friend) in self.special(channel) {
            let was = !self.crowds[usize::from(number)].had_blocked(at);
            reach = reach + u64::from(friend.welcomes()) - u64::from(was);
        }
        reach
    }

    /// Friends to whom messages to many come, at most `limit` of them, from `after` on: first those in no
    /// crowd by their ids, then the crowds.
    pub fn followers_after(&self, channel: &str, after: Option<&str>, limit: usize) -> Vec<String> {
        let place = after.and_then(number).and_then(|number| self.member(number));
        let place = place.filter(|(crowd, _)| crowd.channel == channel).map(|(crowd, at)| (crowd.number, at));
        let mut found = Vec::new();
        if place.is_none() {
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let stored = self.friends.get(channel).into_iter();
            let stored = stored.flat_map(|all| all.range::<str, _>((from, Bound::Unbounded)));
            let others = stored.filter(|(user, friend)| friend.welcomes() && !self.is_member(channel, user));
            found.extend(others.map(|(user, _)| user.clone()).take(limit));
        }
        if found.len() == limit || self.crowds.is_empty() {
            return found;
        }
        let special = self.special(channel);
        for crowd in self.crowds_of(channel) {
            let first = match place {
                Some((number, _)) if crowd.number < number => continue,
                Some((number, at)) if crowd.number == number => at + 1,
                _ => 0,
            };
            for at in first..crowd.count {
                if found.len() == limit {
                    return found;
                }
                let friend = special.get(&(crowd.number, at));
                if friend.map_or_else(|| !crowd.had_blocked(at), |friend| friend.welcomes()) {
                    found.push(crowd.user_id(at));
                }
            }
        }
        found
    }

    /// Calls `see` for every member of a crowd to whom mailing number `at` of a channel came.
    pub fn members_got(&self, channel: &str, at: usize, mut see: impl FnMut(&Crowd, u32)) {
        let Some(mailing) = self.mailings.get(channel).and_then(|all| all.get(at)) else { return };
        match &mailing.to {
            To::Friends => {
                let special = self.special(channel);
                // Also those that were taken away since then: what they did stays counted.
                let were = |crowd: &&Crowd| crowd.mailings <= at && crowd.gone.is_none_or(|gone| mailing.time <= gone);
                for crowd in self.crowds.iter().filter(|crowd| crowd.channel == channel).filter(were) {
                    for member in 0..crowd.count {
                        let friend = special.get(&(crowd.number, member));
                        if friend.map_or_else(|| !crowd.had_blocked(member), |friend| friend.welcomed(at)) {
                            see(crowd, member);
                        }
                    }
                }
            }
            To::These(numbers) => {
                for (crowd, member) in numbers.iter().filter_map(|number| self.member(*number)) {
                    see(crowd, member);
                }
            }
            To::Chosen(people) => {
                for who in people.iter() {
                    if let Who::Member(number, member) = who
                        && let Some(crowd) = self.crowds.get(usize::from(number))
                    {
                        see(crowd, member);
                    }
                }
            }
        }
    }

    /// Everybody in these sets, by their ids.
    pub fn ids_of(&self, people: &People, limit: usize) -> Vec<String> {
        people.iter().take(limit).map(|who| self.id_of(who)).collect()
    }

    /// Users as a set; ids that are not of LINE's form are left out.
    pub fn people_of<'a>(&self, users: impl IntoIterator<Item = &'a String>) -> People {
        users.into_iter().filter_map(|user| self.who(user)).collect()
    }

    /// The first members of each crowd, for a list to choose from.
    pub fn some_members(&self, each: u32) -> Vec<(String, String)> {
        let crowds = self.crowds_here().flat_map(|crowd| (0..crowd.count.min(each)).map(move |at| (crowd, at)));
        crowds.map(|(crowd, at)| (crowd.user_id(at), crowd.person(at).name())).collect()
    }

    /// The numbers of crowds that have something to tell.
    pub(super) fn telling(&self) -> BTreeSet<u16> {
        self.crowds_here()
            .filter(|crowd| crowd.announced.is_some_and(|told| told < crowd.count))
            .map(|crowd| crowd.number)
            .collect()
    }
}
