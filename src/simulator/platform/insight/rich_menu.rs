//! How often rich menus were seen and tapped (line-platform.md §9). LINE tells of those that were made by
//! the API alone, which are all that there are here.

use super::{FLOOR, is_ready};
use crate::{
    simulator::{
        clock,
        crowd::{People, Who},
        platform::{
            call::Caller,
            refusal::{Answer, Refusal},
        },
        world::{MenuUse, World},
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
use std::collections::{BTreeMap, HashSet};

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
struct Used<'a> {
    uses: Vec<&'a MenuUse>,
    bounds: Vec<Value>,
    from: i64,
    to: i64,
}

/// Count and people of some uses.
fn metrics<'a>(uses: impl Iterator<Item = &'a &'a MenuUse>) -> (usize, usize) {
    let (mut count, mut users) = (0, HashSet::new());
    for one in uses {
        count += 1;
        users.insert(one.user.as_str());
    }
    (count, users.len())
}

fn used<'a>(world: &'a World, channel: &str, id: &str, span: (i64, i64)) -> Result<Option<Used<'a>>, Refusal> {
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
    let all = world.menu_uses.get(id).into_iter().flatten();
    let uses: Vec<&MenuUse> = all.filter(|one| (from..=to).contains(&clock::day(one.time))).collect();
    let tapped = uses.iter().filter(|one| one.area.is_some());
    let tappers: People = tapped.filter_map(|one| world.who(&one.user)).collect::<Vec<Who>>().into_iter().collect();
    if world.settings.privacy && u64::try_from(tappers.len()).unwrap_or(u64::MAX) < FLOOR {
        return Ok(None);
    }
    let areas = menu.body["areas"].as_array().into_iter().flatten();
    Ok(Some(Used { uses, bounds: areas.map(|area| area["bounds"].clone()).collect(), from, to }))
}

/// Answers with what `of` makes of some uses, for the whole menu and for each area.
fn answer(id: &str, used: Option<Used<'_>>, of: impl Fn(&[&MenuUse]) -> Value) -> Answer {
    let mut shown = json!({ "richMenuId": id });
    if let Some(used) = used {
        let some = |area: Option<usize>| -> Vec<&MenuUse> {
            used.uses.iter().filter(|one| one.area == area).copied().collect()
        };
        shown["metricsFrom"] = used.from.to_string().into();
        shown["metricsTo"] = used.to.to_string().into();
        shown["impression"] = json!({ "metrics": of(&some(None)) });
        let clicks = used.bounds.iter().enumerate();
        let clicks = clicks.map(|(area, bounds)| json!({ "bounds": bounds, "metrics": of(&some(Some(area))) }));
        shown["clicks"] = clicks.collect();
    }
    Ok(Json(shown).into_response())
}

/// GET /v2/bot/insight/richmenu/{richMenuId}/summary
pub async fn summary(caller: Caller, Path(id): Path<String>, Query(span): Query<Span>) -> Answer {
    caller.sim.with(|world| {
        let span = span.read(396, clock::day(world.now()))?;
        answer(&id, used(world, &caller.channel, &id, span)?, |uses| {
            let (count, users) = metrics(uses.iter());
            json!({ "count": count, "uniqueUsers": users })
        })
    })
}

/// GET /v2/bot/insight/richmenu/{richMenuId}/daily: the days on which there was something.
pub async fn daily(caller: Caller, Path(id): Path<String>, Query(span): Query<Span>) -> Answer {
    caller.sim.with(|world| {
        let span = span.read(99, clock::day(world.now()))?;
        answer(&id, used(world, &caller.channel, &id, span)?, |uses| {
            let mut days: BTreeMap<i64, Vec<&MenuUse>> = BTreeMap::new();
            for one in uses {
                days.entry(clock::day(one.time)).or_default().push(one);
            }
            let days = days.iter().map(|(day, uses)| {
                let (count, users) = metrics(uses.iter());
                json!({ "date": day.to_string(), "count": count, "uniqueUsers": users })
            });
            days.collect()
        })
    })
}
