//! What follows when members tap the rich menu: a message, a postback, another menu. As with answers, a webhook hears
//! of it when its time has come, a few at a time. What they tapped is counted without this.

use super::{Crowd, moves::Step, visit::MORNING};
use crate::{
    simulator::{clock, model::Picker, world::World},
    time::{DAY, MINUTE},
};
use serde_json::Value;

/// How far the taps of a crowd are told. Not kept over a restart: what would have happened meanwhile does not.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Until then, Unix milliseconds.
    until: i64,
    /// The next one is then, unless a menu changes.
    next: i64,
}

/// One tap that is due.
struct Due {
    time: i64,
    member: u32,
    menu: String,
    area: usize,
}

/// What somebody picks where an action asks for a date or time: what stands there at first, or the day of the tap.
fn picked(action: &Value, time: i64) -> String {
    let initial = action["initial"].as_str().unwrap_or_default();
    if !initial.is_empty() {
        return initial.to_owned();
    }
    let iso = clock::iso(time + 9 * 60 * MINUTE);
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default().to_owned();
    match action["mode"].as_str() {
        Some("time") => part(11, 16),
        Some("datetime") => part(0, 16),
        _ => part(0, 10),
    }
}

impl World {
    /// Menus are others now: what members tap next has to be found out again.
    pub(in crate::simulator) fn menus_changed(&mut self) {
        for told in self.menu_taps.values_mut() {
            told.next = 0;
        }
        if !self.crowds.is_empty() {
            self.stir = true;
        }
    }

    /// The taps after `from` until `to`, in order, and when the next one is.
    fn taps_due(&self, crowd: &Crowd, from: i64, to: i64) -> (Vec<Due>, i64) {
        let start = |time: i64| clock::start(clock::day(time)).unwrap_or(time);
        let (mut due, mut next) = (Vec::new(), start(to) + DAY + MORNING);
        // A tap follows its visit within a minute.
        let mut day = start(from - MINUTE);
        while day <= to {
            crowd.visits(day, |visit| {
                let shown = self.menu_then(&crowd.channel, || crowd.user_id(visit.member), visit.time);
                let menu = shown.and_then(|menu| self.rich_menu(&crowd.channel, menu));
                let Some(menu) = menu.filter(|menu| menu.picture.is_some()) else { return };
                let Some((area, time)) = crowd.taps(visit, menu).filter(|(_, time)| *time > from) else { return };
                if time > to {
                    next = next.min(time);
                } else if crowd.came(visit.member) <= visit.time {
                    due.push(Due { time, member: visit.member, menu: menu.id.clone(), area });
                }
            });
            day += DAY;
        }
        due.sort_unstable_by_key(|due| (due.time, due.member));
        (due, next)
    }

    /// Makes members tap what is due, as much as a tick of `millis` allows.
    pub(super) fn tap_menus(&mut self, millis: u32, step: &mut Step) {
        let now = self.now();
        let crowds: Vec<Crowd> = self.crowds_here().filter(|crowd| crowd.webhooks).cloned().collect();
        for crowd in crowds {
            let before = self.menu_taps.get(&crowd.number).copied().filter(|told| told.until <= now);
            let mut told = before.unwrap_or(Told { until: now, next: 0 });
            let none = self.rich_menus.get(&crowd.channel).is_none_or(|all| all.menus.is_empty());
            if none || crowd.rates_at(now).menu <= 0.0 {
                self.menu_taps.insert(crowd.number, Told { until: now, next: 0 });
                continue;
            }
            if now >= told.next {
                let (due, next) = self.taps_due(&crowd, told.until, now);
                let most = usize::try_from((crowd.per_second * millis).div_ceil(1_000)).unwrap_or(usize::MAX);
                let more = due.get(most).is_some();
                for one in due.into_iter().take(most) {
                    told.until = one.time;
                    self.tap_for(&crowd, &one, step);
                }
                told = if more { Told { next: 0, ..told } } else { Told { until: now, next } };
                self.menu_taps.insert(crowd.number, told);
            }
            let next = told.next.max(now);
            step.next = Some(step.next.map_or(next, |other| other.min(next)));
        }
    }

    fn tap_for(&mut self, crowd: &Crowd, due: &Due, step: &mut Step) {
        let user = crowd.user_id(due.member);
        let action = self.rich_menu(&crowd.channel, &due.menu);
        let action = action.and_then(|menu| menu.body.pointer(&format!("/areas/{}/action", due.area))).cloned();
        let Some(action) = action.filter(|_| self.is_friend(&crowd.channel, &user)) else { return };
        let value = Picker::of(&action).map(|_| picked(&action, due.time)).unwrap_or_default();
        // What can't be picked any more is not.
        let done = self.perform(&user, &crowd.channel, &action, &value, true, due.time).is_ok();
        if done && !step.channels.contains(&crowd.channel) {
            step.channels.push(crowd.channel.clone());
        }
    }
}
