//! Numbers about an account (line-platform.md §11): what was sent, who follows, who they are, and what
//! came of messages and rich menus. Of today nothing is told; LINE counts at night.

mod demographic;
mod event;
mod rich_menu;

pub use demographic::demographic;
pub use event::{aggregation, event};
pub use rich_menu::{daily, summary};

use super::{
    call::Caller,
    refusal::{Answer, Refusal},
};
use crate::{
    simulator::{clock, world::World},
    time::DAY,
};
use axum::{Json, extract::Query, response::IntoResponse};
use serde::Deserialize;
use serde_json::json;

/// Nothing is known of days before these.
const FIRST_DELIVERY: i64 = 20_170_301;
const FIRST_FOLLOWERS: i64 = 20_161_101;
/// Numbers below this are not told, nor those that come from fewer people.
const FLOOR: u64 = 20;

/// Which day, `yyyyMMdd` in Japan.
#[derive(Deserialize)]
pub struct Date {
    date: Option<String>,
}

impl Date {
    /// The day that is asked for, or LINE's word for why nothing can be told of it.
    fn day(&self, first: i64, world: &World) -> Result<Result<i64, &'static str>, Refusal> {
        let text = self.date.as_deref().ok_or_else(|| Refusal::new(400, "date is required"))?;
        let day = clock::read(text).ok_or_else(|| Refusal::new(400, "Bad Request"))?;
        Ok(if day < first {
            Err("out_of_service")
        } else if is_ready(day, world) {
            Ok(day)
        } else {
            Err("unready")
        })
    }
}

/// Whether a day has been counted.
pub(super) fn is_ready(day: i64, world: &World) -> bool {
    clock::start(day).is_some_and(|start| world.now() >= start + DAY + world.settings.insight_wait)
}

/// GET /v2/bot/insight/message/delivery: only the ways in which something was sent.
pub async fn delivery(caller: Caller, Query(date): Query<Date>) -> Answer {
    caller.sim.with(|world| {
        let day = match date.day(FIRST_DELIVERY, world)? {
            Err(status) => return Ok(Json(json!({ "status": status })).into_response()),
            Ok(day) => day,
        };
        let mut shown = json!({ "status": "ready" });
        for (kind, name) in
            [("reply", "apiReply"), ("push", "apiPush"), ("multicast", "apiMulticast"), ("broadcast", "apiBroadcast")]
        {
            if let Some(count) = world.delivered.get(&(caller.channel.clone(), kind, day)) {
                shown[name] = (*count).into();
            }
        }
        // A narrowcast arrives later than it is accepted.
        let all = world.mailings.get(&caller.channel).into_iter().flatten();
        let narrow = all.filter(|mailing| mailing.kind == "narrowcast" && clock::day(mailing.time) == day);
        let narrow: u64 = narrow.map(|mailing| mailing.reached).sum();
        if narrow > 0 {
            shown["apiNarrowcast"] = narrow.into();
        }
        Ok(Json(shown).into_response())
    })
}

/// GET /v2/bot/insight/followers: `followers` counts first adds and never falls; `blocks` falls when
/// somebody comes back.
pub async fn followers(caller: Caller, Query(date): Query<Date>) -> Answer {
    caller.sim.with(|world| {
        let day = match date.day(FIRST_FOLLOWERS, world)? {
            Err(status) => {
                let none = json!({ "status": status, "followers": null, "targetedReaches": null, "blocks": null });
                return Ok(Json(none).into_response());
            }
            Ok(day) => day,
        };
        let (followers, blocks, known) = world.followers_on(&caller.channel, day);
        Ok(Json(json!({
            "status": "ready",
            "followers": followers,
            "targetedReaches": known,
            "blocks": blocks,
        }))
        .into_response())
    })
}
