//! How often rich menus were seen and tapped (line-platform.md §9). LINE tells of those that were made by
//! the API alone, which are all that there are here.

use super::{FLOOR, is_ready};
use crate::{
    simulator::{
        clock,
        crowd::Who,
        platform::{
            call::Caller,
            refusal::{Answer, Refusal},
        },
        world::World,
    },
    time::DAY,
};
use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many years back the first day may lie.
const YEARS: i64 = 3;

/// From when to when.
#[derive(Deserialize)]
pub struct Span {
    from: Option<String>,
    to: Option<String>,
}

impl Span {
    /// Both days, when `to` is not before `from` and at most so many days after it.
    fn read(&self, most: i64, today: i64) -> Result<(i64, i64), Refusal> {
        let day = |name: &str, text: &Option<String>| {
            let day = text.as_deref().and_then(clock::read);
            day.ok_or_else(|| Refusal::new(400, format!("The value for the '{name}' parameter is invalid")))
        };
        let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
        if from < today - YEARS * 10_000 {
            return Err(Refusal::new(400, "The value for the 'from' parameter is invalid"));
        }
        let start = |day: i64| clock::start(day).unwrap_or_default();
        let days = (start(to) - start(from)) / DAY;
        if days < 0 {
            return Err(Refusal::new(400, "The value for the 'to' parameter is invalid"));
        }
        if days > most {
            return Err(Refusal::new(400, format!("Date range exceeds. Max range is {most} days.")));
        }
        Ok((from, to))
    }
}

/// What happened to a menu in some days, when it can be told.
struct Used {
    /// Numbers of those who saw the menu (no area) or tapped an area, once for each time, by day.
    uses: BTreeMap<(Option<usize>, i64), Vec<u128>>,
    bounds: Vec<Value>,
    from: i64,
    to: i64,
}

impl Used {
    /// The days on which an area was tapped, or the menu seen, and by whom.
    fn days(&self, area: Option<usize>) -> impl Iterator<Item = (i64, &[u128])> {
        self.uses.range((area, i64::MIN)..=(area, i64::MAX)).map(|((_, day), uses)| (*day, uses.as_slice()))
    }
}

/// Count and people.
fn metrics(mut uses: Vec<u128>) -> (usize, usize) {
    let count = uses.len();
    uses.sort_unstable();
    uses.dedup();
    (count, uses.len())
}

/// A number for somebody, which nobody else has.
fn number(who: Who) -> u128 {
    match who {
        Who::Alone(number) => number,
        // Ids of LINE's form are random, so no other one is as small as this.
        Who::Member(crowd, at) => (u128::from(crowd) << 32) | u128::from(at),
    }
}

fn used(world: &World, channel: &str, id: &str, span: (i64, i64)) -> Result<Option<Used>, Refusal> {
    let menu = world.rich_menu(channel, id).ok_or_else(|| {
        let mut refusal = Refusal::new(404, "richmenu not found");
        refusal.body["details"] = json!([]);
        refusal
    })?;
    // Only days that are over, and on which there was the menu.
    let from = span.0.max(clock::day(menu.created));
    let mut to = span.1.min(clock::day(world.now()));
    while to >= from && !is_ready(to, world) {
        to = clock::day(clock::start(to).unwrap_or_default() - 1);
    }
    if from > to {
        return Ok(None);
    }
    let mut uses: BTreeMap<(Option<usize>, i64), Vec<u128>> = BTreeMap::new();
    let mut add = |who: u128, area: Option<usize>, time: i64| {
        let day = clock::day(time);
        if (from..=to).contains(&day) {
            uses.entry((area, day)).or_default().push(who);
        }
    };
    for one in world.menu_uses.get(id).into_iter().flatten() {
        // Ids that are not LINE's are for tests, and no two of those are of the same length and letters.
        let odd = || one.user.bytes().fold(1, |all: u128, byte| (all << 7) ^ u128::from(byte));
        add(world.who(&one.user).map_or_else(odd, number), one.area, one.time);
    }
    world.crowd_menu_uses(menu, (from, to), |who, area, time| add(number(who), area, time));
    let tapped = uses.iter().filter(|((area, _), _)| area.is_some());
    let tappers = metrics(tapped.flat_map(|(_, uses)| uses.iter().copied()).collect()).1;
    if world.settings.privacy && u64::try_from(tappers).unwrap_or(u64::MAX) < FLOOR {
        return Ok(None);
    }
    let areas = menu.body["areas"].as_array().into_iter().flatten();
    Ok(Some(Used { uses, bounds: areas.map(|area| area["bounds"].clone()).collect(), from, to }))
}

/// Answers with what `of` makes of some days, for the whole menu and for each area.
fn answer(id: &str, used: Option<Used>, of: impl Fn(&Used, Option<usize>) -> Value) -> Answer {
    let mut shown = json!({ "richMenuId": id });
    if let Some(used) = used {
        shown["metricsFrom"] = used.from.to_string().into();
        shown["metricsTo"] = used.to.to_string().into();
        shown["impression"] = json!({ "metrics": of(&used, None) });
        let clicks = used.bounds.iter().enumerate();
        let clicks = clicks.map(|(area, bounds)| json!({ "bounds": bounds, "metrics": of(&used, Some(area)) }));
        shown["clicks"] = clicks.collect();
    }
    Ok(Json(shown).into_response())
}

/// GET /v2/bot/insight/richmenu/{richMenuId}/summary
pub async fn summary(caller: Caller, Path(id): Path<String>, Query(span): Query<Span>) -> Answer {
    caller.sim.with(|world| {
        let span = span.read(396, clock::day(world.now()))?;
        answer(&id, used(world, &caller.channel, &id, span)?, |used, area| {
            let (count, users) = metrics(used.days(area).flat_map(|(_, uses)| uses).copied().collect());
            json!({ "count": count, "uniqueUsers": users })
        })
    })
}

/// GET /v2/bot/insight/richmenu/{richMenuId}/daily: the days on which there was something.
pub async fn daily(caller: Caller, Path(id): Path<String>, Query(span): Query<Span>) -> Answer {
    caller.sim.with(|world| {
        let span = span.read(99, clock::day(world.now()))?;
        answer(&id, used(world, &caller.channel, &id, span)?, |used, area| {
            let days = used.days(area).map(|(day, uses)| {
                let (count, users) = metrics(uses.to_vec());
                json!({ "date": day.to_string(), "count": count, "uniqueUsers": users })
            });
            days.collect()
        })
    })
}
