//! Coupons (line-platform.md §12): created, listed, looked at, closed. How often they are used is told
//! only on the manager's screens.

mod check;

use super::{
    call::{Call, Caller},
    refusal::{Answer, Refusal},
};
use crate::{
    simulator::{
        mint,
        world::coupon::{Coupon, RUNNING_LIMIT},
    },
    time::SECOND,
};
use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use serde_json::{Value, json};

/// What is wrong with the coupon as a whole; as a detail without a property, whatever the status.
fn about(status: u16, message: &str) -> Refusal {
    Refusal { status, ..Refusal::details(&[(message.into(), String::new())]) }
}

fn not_found() -> Refusal {
    about(404, "coupon not found")
}

/// POST /v2/bot/coupon
pub async fn create(Call { caller, body, .. }: Call) -> Answer {
    let now = caller.sim.now();
    let details = check::coupon(&body, caller.sim.rules.strict, now);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    caller.sim.with(|world| {
        let own = world.coupons.values().filter(|coupon| coupon.channel == caller.channel);
        if own.filter(|coupon| !coupon.is_closed(now)).count() >= RUNNING_LIMIT {
            return Err(about(400, "You have too many coupons created."));
        }
        let id = mint::ulid(now);
        let coupon = Coupon { id: id.clone(), channel: caller.channel, body, created: now, closed: false };
        world.put_coupon(coupon);
        Ok(Json(json!({ "couponId": id })).into_response())
    })
}

/// GET /v2/bot/coupon?status=…&status=…&limit=…&start=…: the newest first, 20 a page unless told, 100 at most.
pub async fn list(caller: Caller, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let value = |wanted: &str| asked.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let statuses: Vec<&str> =
        asked.iter().filter(|(name, _)| name == "status").flat_map(|(_, value)| value.split(',')).collect();
    if statuses.iter().any(|status| !matches!(*status, "DRAFT" | "RUNNING" | "CLOSED")) {
        return Err(Refusal::new(400, "The value for the 'status' parameter is invalid"));
    }
    let limit = value("limit").map_or(Ok(20), str::parse::<usize>).ok().filter(|limit| (1..=100).contains(limit));
    let limit = limit.ok_or_else(|| Refusal::new(400, "The value for the 'limit' parameter is invalid"))?;
    let now = caller.sim.now();
    caller.sim.with(|world| {
        let start = value("start");
        if start.is_some_and(|start| world.coupon(&caller.channel, start).is_none()) {
            return Err(Refusal::new(400, "Invalid start param"));
        }
        let wanted = |coupon: &&Coupon| {
            let status = if coupon.is_closed(now) { "CLOSED" } else { "RUNNING" };
            coupon.channel == caller.channel
                && (statuses.is_empty() || statuses.contains(&status))
                && start.is_none_or(|start| coupon.id.as_str() <= start)
        };
        let mut found = world.coupons.values().rev().filter(wanted);
        let items: Vec<Value> = found
            .by_ref()
            .take(limit)
            .map(|coupon| json!({ "couponId": coupon.id, "title": coupon.body["title"] }))
            .collect();
        let mut page = json!({ "items": items });
        if let Some(next) = found.next() {
            page["next"] = next.id.as_str().into();
        }
        Ok(Json(page).into_response())
    })
}

/// GET /v2/bot/coupon/{couponId}
pub async fn get(caller: Caller, Path(id): Path<String>) -> Answer {
    let now = caller.sim.now();
    caller.sim.with(|world| {
        let coupon = world.coupon(&caller.channel, &id).ok_or_else(not_found)?;
        let mut shown = coupon.body.clone();
        shown["couponId"] = id.into();
        shown["createdTimestamp"] = (coupon.created / SECOND).into();
        shown["status"] = if coupon.is_closed(now) { "CLOSED" } else { "RUNNING" }.into();
        shown["maxTicketPerUser"] = 1.into();
        // Amounts are in the money of the account's country; the simulator's accounts are in Japan.
        let money = shown.pointer("/reward/priceInfo/type").is_some_and(|kind| *kind != "percentage");
        if money {
            shown["reward"]["priceInfo"]["currency"] = "JPY".into();
        }
        Ok(Json(shown).into_response())
    })
}

/// PUT /v2/bot/coupon/{couponId}/close
pub async fn close(caller: Caller, Path(id): Path<String>) -> Answer {
    let now = caller.sim.now();
    caller.sim.with(|world| {
        let coupon = world.coupon(&caller.channel, &id).ok_or_else(not_found)?;
        if coupon.is_closed(now) {
            return Err(about(410, "The coupon has already been closed."));
        }
        let closed = Coupon { closed: true, ..coupon.clone() };
        world.put_coupon(closed);
        Ok(Json(json!({})).into_response())
    })
}
