//! Whom a narrowcast reaches: friends who are in the audiences that it names and are as it asks.

use super::{
    demographic,
    narrowcast::{KEPT, Phase},
    refusal::Refusal,
    wish::{Source, Wish},
};
use crate::simulator::{
    crowd::{Nature, People, Who},
    mailing::{To, number},
    world::World,
};
use std::collections::HashMap;

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

    /// The friends for whom the conditions hold.
    pub(super) fn chosen(&self, channel: &str, wish: &Wish, now: i64) -> People {
        let leaves: Vec<&Source> = wish.recipient.iter().flat_map(|tree| tree.leaves()).collect();
        let audiences: HashMap<i64, People> = leaves
            .iter()
            .filter_map(|leaf| match leaf {
                Source::Audience(id) => Some((*id, self.audience_members(channel, *id)?)),
                Source::Redelivery(_) => None,
            })
            .collect();
        let earlier: HashMap<&str, People> = leaves
            .iter()
            .filter_map(|leaf| match leaf {
                Source::Redelivery(id) => Some((id.as_str(), self.recipients(channel, id)?)),
                Source::Audience(_) => None,
            })
            .collect();
        let is_in = |source: &Source, who: Who| match source {
            Source::Audience(id) => audiences.get(id).is_some_and(|members| members.contains(who)),
            Source::Redelivery(id) => earlier.get(id.as_str()).is_some_and(|people| people.contains(who)),
        };
        let fits = |who: Who, nature: &dyn Fn() -> Nature, since: &dyn Fn() -> i64| {
            wish.recipient.as_ref().is_none_or(|tree| tree.holds(&|source| is_in(source, who)))
                && wish.filter.as_ref().is_none_or(|tree| {
                    let (nature, since) = (nature(), since());
                    tree.holds(&|one| one.is_of(&nature, since, now))
                })
        };
        let others = self.others(channel).filter(|(_, friend)| friend.welcomes()).filter_map(|(user, friend)| {
            let number = number(user)?;
            let who = Who::Alone(number);
            fits(who, &|| demographic::nature(number), &|| friend.since).then_some(who)
        });
        let special = self.special(channel);
        let members = self.crowds_of(channel).flat_map(|crowd| (0..crowd.count).map(move |at| (crowd, at)));
        let members = members.filter_map(|(crowd, at)| {
            let friend = special.get(&(crowd.number, at));
            let who = Who::Member(crowd.number, at);
            let welcomes = friend.map_or_else(|| !crowd.had_blocked(at), |friend| friend.welcomes());
            (welcomes && fits(who, &|| crowd.nature(at), &|| crowd.came(at))).then_some(who)
        });
        others.chain(members).collect()
    }

    /// Those to whom an earlier message to many came.
    fn recipients(&self, channel: &str, request_id: &str) -> Option<People> {
        let all = self.mailings.get(channel)?;
        let at = all.iter().rposition(|mailing| mailing.request_id == request_id)?;
        if let To::Chosen(people) = &all[at].to {
            return Some(people.clone());
        }
        let others = self.others(channel).filter(|(user, _)| self.got(channel, at, user));
        let mut people: People = others.filter_map(|(user, _)| number(user).map(Who::Alone)).collect();
        self.members_got(channel, at, |crowd, member| people.insert(Who::Member(crowd.number, member)));
        Some(people)
    }
}
