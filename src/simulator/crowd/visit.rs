//! Members who open the chat by themselves, on any day and for no message: they see the rich menu below it, and some
//! of them tap it. As all that members do it follows from the crowd and the day, so it needs no place.

use super::{
    Crowd, Who,
    mix::{self, mix, share},
};
use crate::{
    simulator::{
        clock,
        world::{World, rich_menu::RichMenu},
    },
    time::{DAY, HOUR, SECOND},
};
use serde_json::Value;

/// People do not look at their phones before this hour, nor 17 hours later.
pub(super) const MORNING: i64 = 7 * HOUR;
const AWAKE: i64 = 16 * HOUR;

/// One look at the chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Who.
    pub member: u32,
    /// When, Unix milliseconds.
    pub time: i64,
    /// Draws for what they do there.
    bits: u64,
}

impl Crowd {
    /// Everybody who opens the chat by themselves on the day that begins then. It costs as much as there are such
    /// people, and not as much as there are members.
    pub fn visits(&self, start: i64, mut see: impl FnMut(Visit)) {
        let rate = self.rates_at(start).menu;
        let end = self.came_while(|time| time < start + DAY);
        if rate <= 0.0 {
            return;
        }
        let day = u64::try_from(start / SECOND).unwrap_or_default();
        let key = mix((u64::from(self.seed) << 32) ^ (u64::from(self.number) << 16)) ^ mix(day);
        let (mut at, mut turn) = (0_u32, 0_u64);
        while at < end {
            let bits = mix(key.wrapping_add(turn));
            turn += 1;
            // How many in a row stay away, drawn at once.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number of members; too many is the end"
            )]
            let away = if rate >= 1.0 { 0 } else { ((1.0 - share(bits)).ln() / (1.0 - rate).ln()) as u32 };
            at = at.saturating_add(away);
            if at < end {
                let within = i64::try_from(mix(bits ^ 1) >> 1).unwrap_or_default() % AWAKE;
                see(Visit { member: at, time: start + MORNING + within, bits });
            }
            at = at.saturating_add(1);
        }
    }

    /// The area of a menu that somebody taps on a visit, and when: large ones more often.
    pub(super) fn taps(&self, visit: Visit, menu: &RichMenu) -> Option<(usize, i64)> {
        let draw = |what: u64| mix(visit.bits ^ mix::of_text(&menu.id).wrapping_add(what << 40));
        if share(draw(2)) >= self.rates_at(visit.time).tap {
            return None;
        }
        let areas = menu.body["areas"].as_array()?;
        let size = |area: &Value| {
            let side = |name: &str| area["bounds"][name].as_u64().unwrap_or_default();
            side("width") * side("height")
        };
        let mut left = draw(3) % areas.iter().map(size).sum::<u64>().max(1);
        let area = areas.iter().position(|area| {
            let here = left < size(area);
            left = left.saturating_sub(size(area));
            here
        })?;
        let after = SECOND + i64::try_from(draw(4) >> 1).unwrap_or_default() % (20 * SECOND);
        Some((area, visit.time + after))
    }
}

impl World {
    /// Calls `see` with what members of crowds did with a menu on the days from `first` to `last` (`yyyyMMdd`), until
    /// now: who, the area that they tapped (none when they saw the menu), and when.
    pub fn crowd_menu_uses(
        &self,
        menu: &RichMenu,
        (first, last): (i64, i64),
        mut see: impl FnMut(Who, Option<usize>, i64),
    ) {
        let (Some(from), Some(to), now) = (clock::start(first), clock::start(last), self.now()) else { return };
        if menu.picture.is_none() {
            return;
        }
        let special = self.special(&menu.channel);
        for crowd in self.crowds_of(&menu.channel) {
            let mut start = from.max(clock::start(clock::day(menu.created)).unwrap_or(from));
            while start <= to && start <= now {
                crowd.visits(start, |visit| {
                    let (member, time) = (visit.member, visit.time);
                    if time > now || time < menu.created || crowd.came(member) > time {
                        return;
                    }
                    let by_then = |at: i64| at <= time;
                    let blocked = match special.get(&(crowd.number, member)) {
                        Some(friend) => friend.blocked_while(by_then),
                        None => crowd.had_blocked(member) && by_then(crowd.blocked_at(member)),
                    };
                    let shown = self.menu_then(&menu.channel, || crowd.user_id(member), time);
                    if blocked || shown != Some(menu.id.as_str()) {
                        return;
                    }
                    let who = Who::Member(crowd.number, member);
                    see(who, None, time);
                    if let Some((area, time)) = crowd.taps(visit, menu).filter(|(_, time)| *time <= now) {
                        see(who, Some(area), time);
                    }
                });
                start += DAY;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::crowd, *};
    use std::collections::HashSet;

    #[test]
    fn as_many_visit_as_the_rates_say_and_nobody_twice_a_day() {
        let mut some = crowd(100_000);
        let day = |some: &Crowd, start: i64| {
            let mut found = Vec::new();
            some.visits(start, |visit| found.push(visit));
            found
        };
        let today = day(&some, 1_000 * DAY);
        assert!((1_800..2_200).contains(&today.len()), "{}", today.len());
        assert_eq!(today, day(&some, 1_000 * DAY));
        assert_ne!(today, day(&some, 1_001 * DAY));
        assert_eq!(today.iter().map(|visit| visit.member).collect::<HashSet<_>>().len(), today.len());
        assert!(today.iter().all(|visit| (1_000 * DAY..1_001 * DAY).contains(&visit.time)));
        // Half of them had not come yet.
        let early = day(&some, (270 + 365) * DAY).len();
        assert!((900..1_100).contains(&early), "{early}");
        some.rates[0].1.menu = 1.0;
        assert_eq!(day(&some, 1_000 * DAY).len(), 100_000);
        some.rates[0].1.menu = 0.0;
        assert!(day(&some, 1_000 * DAY).is_empty());
    }
}
