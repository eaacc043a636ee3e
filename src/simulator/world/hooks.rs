//! How each channel's webhooks went, as LINE's console counts them (line-platform.md §8): rows `hook` (sums),
//! `hook_hour` and `hook_error`.

use super::World;
use crate::{
    simulator::{
        clock, mint,
        model::{HookCounts, HookError, HookPeriod, HookReport},
    },
    time::{DAY, HOUR},
};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// How many failures are kept with what they were.
const ERRORS: usize = 50;
/// How long hours are kept.
const KEPT: i64 = 30 * DAY;

/// A channel's webhooks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Hooks {
    /// Counted since then, Unix milliseconds.
    pub since: i64,
    /// All of them.
    pub counts: HookCounts,
    /// Of which were sent again.
    pub redelivered: u64,
    /// Failures in a row just now.
    pub in_a_row: u32,
    /// Nothing is sent since then.
    pub suspended_since: Option<i64>,
    /// Events that were not sent for that reason.
    pub suspended: u64,
    /// By the beginning of the hour.
    #[serde(skip)]
    pub hours: BTreeMap<i64, HookCounts>,
    /// By ULID, the oldest first.
    #[serde(skip)]
    pub errors: VecDeque<(String, HookError)>,
}

impl World {
    /// Counts a webhook that was sent; `log` is its number there.
    pub fn count_webhook(&mut self, channel: &str, error: HookError, again: bool) {
        let (now, limit) = (self.now(), self.manners.suspend_after);
        let hooks = self.hooks.entry(channel.to_owned()).or_default();
        if hooks.counts.total == 0 && hooks.since == 0 {
            hooks.since = now;
        }
        hooks.counts.count(&error.reason);
        hooks.redelivered += u64::from(again);
        let hour = now - now.rem_euclid(HOUR);
        let counts = hooks.hours.entry(hour).or_default();
        counts.count(&error.reason);
        let counts = *counts;
        let old: Vec<i64> = hooks.hours.range(..now - KEPT).map(|(hour, _)| *hour).collect();
        for hour in &old {
            hooks.hours.remove(hour);
        }
        let mut kept = None;
        let mut dropped = None;
        if error.reason == "OK" {
            hooks.in_a_row = 0;
        } else {
            hooks.in_a_row += 1;
            if limit > 0 && hooks.in_a_row >= limit && hooks.suspended_since.is_none() {
                hooks.suspended_since = Some(now);
            }
            let id = mint::ulid(now);
            if hooks.errors.len() >= ERRORS {
                dropped = hooks.errors.pop_front().map(|(id, _)| id);
            }
            hooks.errors.push_back((id.clone(), error.clone()));
            kept = Some(id);
        }
        let sums = hooks.clone_sums();
        self.save("hook", channel, &sums);
        self.save("hook_hour", &format!("{channel}/{hour:015}"), &counts);
        for hour in old {
            self.forget("hook_hour", &format!("{channel}/{hour:015}"));
        }
        if let Some(id) = kept {
            self.save("hook_error", &format!("{channel}/{id}"), &error);
        }
        if let Some(id) = dropped {
            self.forget("hook_error", &format!("{channel}/{id}"));
        }
        self.changed("webhooks");
    }

    /// Whether webhooks of this channel are suspended; if so these events are counted as not sent.
    pub fn is_suspended(&mut self, channel: &str, events: usize) -> bool {
        let Some(hooks) = self.hooks.get_mut(channel).filter(|hooks| hooks.suspended_since.is_some()) else {
            return false;
        };
        hooks.suspended += u64::try_from(events).unwrap_or_default();
        let sums = hooks.clone_sums();
        self.save("hook", channel, &sums);
        self.changed("webhooks");
        true
    }

    /// Webhooks are sent again: the endpoint was tested with success, or set anew.
    pub fn resume_webhooks(&mut self, channel: &str) {
        if let Some(hooks) = self.hooks.get_mut(channel) {
            (hooks.suspended_since, hooks.in_a_row) = (None, 0);
            let sums = hooks.clone_sums();
            self.save("hook", channel, &sums);
            self.changed("webhooks");
        }
    }

    /// Begins to count anew.
    pub fn reset_webhooks(&mut self, channel: &str) {
        let now = self.now();
        let Some(before) = self.hooks.remove(channel) else { return };
        self.forget("hook", channel);
        for hour in before.hours.keys() {
            self.forget("hook_hour", &format!("{channel}/{hour:015}"));
        }
        for (id, _) in &before.errors {
            self.forget("hook_error", &format!("{channel}/{id}"));
        }
        let hooks = Hooks { since: now, suspended_since: before.suspended_since, ..Hooks::default() };
        self.save("hook", channel, &hooks);
        self.hooks.insert(channel.to_owned(), hooks);
        self.changed("webhooks");
    }

    /// What the page and the API tell; none when there is no such channel.
    pub fn hook_report(&self, channel: &str) -> Option<HookReport> {
        let found = self.channels.get(channel)?;
        let (empty, now) = (Hooks::default(), self.now());
        let hooks = self.hooks.get(channel).unwrap_or(&empty);
        let mut days: BTreeMap<i64, HookPeriod> = BTreeMap::new();
        for (hour, counts) in &hooks.hours {
            // A day of Japan begins at 15:00 UTC of the day before.
            let from = hour - (hour + 9 * HOUR).rem_euclid(DAY);
            let day = days.entry(clock::day(*hour)).or_insert(HookPeriod { from, counts: HookCounts::default() });
            day.counts.add(counts);
        }
        let hours = hooks.hours.range(now - DAY..).rev();
        Some(HookReport {
            channel: channel.to_owned(),
            name: found.name.clone(),
            endpoint: found.endpoint.clone().unwrap_or_default(),
            active: found.active,
            since: hooks.since,
            counts: hooks.counts,
            redelivered: hooks.redelivered,
            in_a_row: hooks.in_a_row,
            suspended_since: hooks.suspended_since,
            suspended: hooks.suspended,
            hours: hours.map(|(from, counts)| HookPeriod { from: *from, counts: *counts }).collect(),
            days: days.into_values().rev().collect(),
            errors: hooks.errors.iter().rev().map(|(_, error)| error.clone()).collect(),
        })
    }

    /// Takes in a row of the simulator's file. `hook` sorts before the others.
    pub(in crate::simulator) fn read_hook(&mut self, kind: &str, id: &str, body: &[u8]) -> anyhow::Result<()> {
        if kind == "hook" {
            self.hooks.insert(id.to_owned(), serde_json::from_slice(body)?);
            return Ok(());
        }
        let (channel, rest) = id.split_once('/').context("no slash in the id of a webhook's row")?;
        let hooks = self.hooks.entry(channel.to_owned()).or_default();
        if kind == "hook_hour" {
            hooks.hours.insert(rest.parse()?, serde_json::from_slice(body)?);
        } else {
            hooks.errors.push_back((rest.to_owned(), serde_json::from_slice(body)?));
        }
        Ok(())
    }
}

impl Hooks {
    /// The sums alone, as they are written down.
    fn clone_sums(&self) -> Self {
        Self {
            since: self.since,
            counts: self.counts,
            redelivered: self.redelivered,
            in_a_row: self.in_a_row,
            suspended_since: self.suspended_since,
            suspended: self.suspended,
            ..Self::default()
        }
    }
}
