//! What came of messages, counted: the reactions that are written down, and those of crowds, which are
//! computed. Everybody is counted once where people are counted.

use super::{Accepted, Reaction, World};
use crate::{
    simulator::{
        clock,
        crowd::{Crowd, Did, People, Shape, Who},
    },
    time::DAY,
};
use std::collections::BTreeMap;

/// Later reactions are not counted any more.
const COUNTED: i64 = 14 * DAY;

/// Of one bubble.
#[derive(Clone, Debug, Default)]
pub struct Bubble {
    /// How often it was displayed.
    pub impression: u64,
    /// Who saw it.
    pub seen: People,
    /// How often it was played: at all, and to 25, 50, 75 and 100 percent.
    pub played: [u64; 5],
    /// By whom.
    pub players: [People; 5],
}

/// Of one link in one bubble.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// How often it was opened.
    pub click: u64,
    /// By whom.
    pub who: People,
}

/// Of one request, or of all of a unit.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Who saw a bubble.
    pub opened: People,
    /// Who opened a link.
    pub clicked: People,
    /// Who started a film or sound.
    pub played: People,
    /// Who played one to its end.
    pub finished: People,
    /// By number, from 1.
    pub bubbles: BTreeMap<usize, Bubble>,
    /// By the number of the bubble, and the address.
    pub links: BTreeMap<usize, BTreeMap<String, Link>>,
    /// Who opened an address through any link.
    pub urls: BTreeMap<String, People>,
}

/// The value under a name, which is only copied when it is new.
fn entry<'a, V: Default>(map: &'a mut BTreeMap<String, V>, name: &str) -> &'a mut V {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), V::default());
    }
    map.entry(name.to_owned()).or_default()
}

impl Tally {
    fn saw(&mut self, who: Who, seq: usize) {
        let bubble = self.bubbles.entry(seq).or_default();
        bubble.impression += 1;
        bubble.seen.insert(who);
        self.opened.insert(who);
    }

    fn clicked(&mut self, who: Who, seq: usize, url: &str) {
        let link = entry(self.links.entry(seq).or_default(), url);
        link.click += 1;
        link.who.insert(who);
        entry(&mut self.urls, url).insert(who);
        self.clicked.insert(who);
    }

    fn played(&mut self, who: Who, seq: usize, percent: u8) {
        let bubble = self.bubbles.entry(seq).or_default();
        for (step, at) in [0, 25, 50, 75, 100].into_iter().enumerate().filter(|(_, at)| percent >= *at) {
            bubble.played[step] += 1;
            bubble.players[step].insert(who);
            if at == 100 {
                self.finished.insert(who);
            }
        }
        self.played.insert(who);
    }

    fn reaction(&mut self, who: Who, reaction: &Reaction) {
        match (&reaction.url, reaction.played) {
            (Some(url), _) => self.clicked(who, reaction.seq, url),
            (None, Some(percent)) => self.played(who, reaction.seq, percent),
            (None, None) => self.saw(who, reaction.seq),
        }
    }

    fn did(&mut self, who: Who, did: &Did, shape: &Shape) {
        for _ in did.opened.iter().flatten() {
            for seq in 1..=shape.bubbles {
                self.saw(who, seq);
            }
        }
        for (link, _) in did.clicked.iter().flatten() {
            if let Some((bubble, url)) = shape.links.get(*link) {
                self.clicked(who, bubble + 1, url);
            }
        }
        if let Some((bubble, percent, _)) = did.played {
            self.played(who, bubble + 1, percent);
        }
    }
}

impl World {
    /// The accepted call with this request id.
    pub fn call(&self, request_id: &str) -> Option<&Accepted> {
        self.accepted.iter().rev().find(|call| call.request_id == request_id)
    }

    /// Which mailing of its channel a call became.
    pub fn mailing_of(&self, call: &Accepted) -> Option<usize> {
        let all = self.mailings.get(&call.channel)?;
        all.iter().rposition(|mailing| mailing.request_id == call.request_id)
    }

    /// Calls `see` with what each member of a crowd did with a message until now.
    fn computed(&self, call: &Accepted, mut see: impl FnMut(&Crowd, u32, &Did, &Shape)) {
        let until = |sent: i64| self.now().min(sent + COUNTED);
        if let Some(at) = self.mailing_of(call) {
            let shape = self.mailings[&call.channel][at].shape();
            let until = until(shape.sent);
            self.members_got(&call.channel, at, |crowd, member| {
                see(crowd, member, &crowd.did(member, &shape, until), &shape)
            });
        } else if call.arrived
            && let Some(Who::Member(number, member)) = self.who(&call.to)
            && let Some(crowd) = self.crowds.get(usize::from(number))
        {
            let shape = Shape::new(&call.request_id, call.time, call.messages.iter());
            see(crowd, member, &crowd.did(member, &shape, until(shape.sent)), &shape);
        }
    }

    /// Adds what came of a call.
    pub fn tally(&self, call: &Accepted, tally: &mut Tally) {
        let sent = self.mailing_of(call).map_or(call.time, |at| self.mailings[&call.channel][at].time);
        let until = self.now().min(sent + COUNTED);
        for reaction in self.reactions.get(&call.request_id).into_iter().flatten() {
            if reaction.time <= until {
                // Ids that are not LINE's are for tests, and no two of those are of the same length and letters.
                let odd = || reaction.user.bytes().fold(1, |all: u128, byte| (all << 7) ^ u128::from(byte));
                tally.reaction(self.who(&reaction.user).unwrap_or_else(|| Who::Alone(odd())), reaction);
            }
        }
        self.computed(call, |crowd, member, did, shape| tally.did(Who::Member(crowd.number, member), did, shape));
    }

    /// Everything that came of a call, one by one: what is written down, then what crowds did.
    pub fn each_reaction(&self, call: &Accepted, mut see: impl FnMut(Reaction)) {
        self.reactions.get(&call.request_id).into_iter().flatten().cloned().for_each(&mut see);
        self.computed(call, |crowd, member, did, shape| {
            if did.opened[0].is_none() {
                return;
            }
            let user = crowd.user_id(member);
            let mut tell = |seq: usize, url: Option<&String>, played: Option<u8>, time: i64| {
                let (request_id, user) = (shape.request_id.clone(), user.clone());
                see(Reaction { request_id, user, seq, url: url.cloned(), played, time });
            };
            for time in did.opened.into_iter().flatten() {
                (1..=shape.bubbles).for_each(|seq| tell(seq, None, None, time));
            }
            for (link, time) in did.clicked.into_iter().flatten() {
                if let Some((bubble, url)) = shape.links.get(link) {
                    tell(bubble + 1, Some(url), None, time);
                }
            }
            if let Some((bubble, percent, time)) = did.played {
                tell(bubble + 1, None, Some(percent), time);
            }
        });
    }

    /// How many had added an account by the end of a day (`yyyyMMdd`), how many of them were blocking it
    /// then, and how many of the others LINE can choose by what they are.
    pub fn followers_on(&self, channel: &str, day: i64) -> (u64, u64, u64) {
        let by_then = |time: i64| clock::day(time) <= day;
        let (mut followers, mut blocks, mut known) = (0, 0, 0);
        for (_, friend) in self.others(channel).filter(|(_, friend)| friend.added && by_then(friend.since)) {
            let blocked = friend.blocked_while(by_then);
            followers += 1;
            blocks += u64::from(blocked);
            known += u64::from(!blocked);
        }
        let special = self.special(channel);
        for crowd in self.crowds_of(channel) {
            for member in 0..crowd.came_while(by_then) {
                let blocked = match special.get(&(crowd.number, member)) {
                    Some(friend) => friend.blocked_while(by_then),
                    None => crowd.had_blocked(member) && by_then(crowd.blocked_at(member)),
                };
                followers += 1;
                blocks += u64::from(blocked);
                known += u64::from(!blocked && crowd.nature(member).area.is_some());
            }
        }
        (followers, blocks, known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_once_and_deeds_each_time() {
        let mut tally = Tally::default();
        let ken = Who::Alone(1);
        let aoi = Who::Member(0, 5);
        for who in [ken, ken, aoi] {
            tally.saw(who, 1);
            tally.clicked(who, 1, "https://a.example");
        }
        tally.clicked(ken, 2, "https://a.example");
        tally.played(aoi, 3, 80);
        assert_eq!((tally.opened.len(), tally.clicked.len(), tally.played.len(), tally.finished.len()), (2, 2, 1, 0));
        assert_eq!((tally.bubbles[&1].impression, tally.bubbles[&1].seen.len()), (3, 2));
        assert_eq!(tally.links[&1]["https://a.example"].click, 3);
        assert_eq!(tally.urls["https://a.example"].len(), 2);
        assert_eq!(tally.bubbles[&3].played, [1, 1, 1, 1, 0]);
    }
}
