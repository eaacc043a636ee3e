//! Aggregation units: names under which the statistics of pushes and multicasts are gathered
//! (line-platform.md §5).

use super::{
    call::Caller,
    check::Details,
    paging::{self, Page},
    refusal::Answer,
};
use crate::simulator::{clock, world::World};
use axum::{Json, extract::Query, response::IntoResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeSet, ops::Bound};

/// How many names a channel has in a month; further ones are dropped without a word.
const NAMES: usize = 1_000;

/// The names that a channel used in a month.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Units {
    /// `yyyyMM` in Japan.
    month: i64,
    names: BTreeSet<String>,
}

/// Checks `customAggregationUnits`: at most one name of 1 to 30 letters, digits and underscores.
pub fn check(body: &Value, details: &mut Details) {
    let Some(units) = body.get("customAggregationUnits").filter(|units| !units.is_null()) else { return };
    let path = "customAggregationUnits";
    match units.as_array().map(Vec::as_slice) {
        Some([]) => {}
        Some([name]) => {
            let good = name.as_str().is_some_and(|name| {
                (1..=30).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            });
            if !good {
                details.push(("must match \"^[a-zA-Z0-9_]{1,30}$\"".into(), format!("{path}[0]")));
            }
        }
        _ => details.push(("Size must be between 0 and 1".into(), path.into())),
    }
}

impl World {
    /// Counts a message for the unit that its body names. Answers the name, none when the month's
    /// names are used up.
    pub(super) fn unit(&mut self, channel: &str, body: &Value, now: i64) -> Option<String> {
        let name = body.pointer("/customAggregationUnits/0")?.as_str()?.to_owned();
        let units = self.units.entry(channel.to_owned()).or_default();
        let month = clock::month(now);
        if units.month != month {
            *units = Units { month, names: BTreeSet::new() };
        }
        if units.names.contains(&name) {
            return Some(name);
        }
        if units.names.len() >= NAMES {
            return None;
        }
        units.names.insert(name.clone());
        if self.keep {
            let units = units.clone();
            self.save("units", channel, &units);
        }
        Some(name)
    }

    /// The names of this month, sorted.
    fn names_of_units(&self, channel: &str) -> Option<&BTreeSet<String>> {
        let units = self.units.get(channel)?;
        (units.month == clock::month(self.now())).then_some(&units.names)
    }
}

/// GET /v2/bot/message/aggregation/info
pub async fn info(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let count = world.names_of_units(&caller.channel).map_or(0, BTreeSet::len);
        Ok(Json(json!({ "numOfCustomAggregationUnits": count })).into_response())
    })
}

/// GET /v2/bot/message/aggregation/list: at most a hundred names a page.
pub async fn list(caller: Caller, Query(page): Query<Page>) -> Answer {
    let limit = page.limit(100, 100)?;
    caller.sim.with(|world| {
        let now = world.now();
        let after = page.after(now)?.map_or(Bound::Unbounded, Bound::Excluded);
        let mut names = world
            .names_of_units(&caller.channel)
            .into_iter()
            .flat_map(|names| names.range::<String, _>((after.as_ref(), Bound::Unbounded)));
        let shown: Vec<&String> = names.by_ref().take(limit).collect();
        let mut answer = json!({ "customAggregationUnits": shown });
        if let (Some(last), Some(_)) = (shown.last(), names.next()) {
            answer["next"] = paging::next(last, now).into();
        }
        Ok(Json(answer).into_response())
    })
}
