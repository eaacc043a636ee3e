//! Memberships (line-platform.md §12), to read.

use super::{
    call::Caller,
    refusal::{Answer, Refusal},
};
use crate::{
    simulator::{clock, mint, world::membership::Plan},
    time::{DAY, SECOND},
};
use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::{Value, json};

fn no_plan() -> Refusal {
    Refusal::new(404, "Membership plan not found")
}

fn plan(plan: &Plan) -> Value {
    json!({
        "membershipId": plan.membership_id,
        "title": plan.title,
        "description": plan.description,
        "benefits": plan.benefits,
        "price": plan.price,
        "currency": "JPY",
    })
}

/// GET /v2/bot/membership/list
pub async fn list(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let plans = world.plans.get(&caller.channel).filter(|plans| !plans.is_empty()).ok_or_else(no_plan)?;
        let shown: Vec<Value> = plans
            .iter()
            .map(|one| {
                let mut shown = plan(one);
                shown["memberCount"] = one.members.len().into();
                shown["memberLimit"] = json!(one.member_limit);
                shown["isInAppPurchase"] = one.is_in_app_purchase.into();
                shown["isPublished"] = one.is_published.into();
                shown
            })
            .collect();
        Ok(Json(json!({ "memberships": shown })).into_response())
    })
}

/// GET /v2/bot/membership/subscription/{userId}: 404 for those who are in none.
pub async fn subscription(caller: Caller, Path(user): Path<String>) -> Answer {
    if !mint::is_line_id(&user, "U") {
        return Err(Refusal::new(400, "The value for the 'userId' parameter is invalid"));
    }
    caller.sim.with(|world| {
        let plans = world.plans.get(&caller.channel).into_iter().flatten();
        let joined = plans.flat_map(|plan| plan.members.iter().map(move |member| (plan, member)));
        let shown: Vec<Value> = joined
            .filter(|(_, member)| member.user_id == user)
            .map(|(of, member)| {
                // A month has thirty days here.
                let next = clock::day(member.joined.saturating_add(member.months.saturating_mul(30 * DAY)));
                json!({
                    "membership": plan(of),
                    "user": {
                        "membershipNo": member.membership_no,
                        "joinedTime": member.joined / SECOND,
                        "nextBillingDate": format!("{:04}-{:02}-{:02}", next / 10_000, next / 100 % 100, next % 100),
                        "totalSubscriptionMonths": member.months,
                    },
                })
            })
            .collect();
        if shown.is_empty() {
            return Err(Refusal::not_found());
        }
        Ok(Json(json!({ "subscriptions": shown })).into_response())
    })
}

/// Where a list goes on, and how long a page is.
#[derive(Deserialize)]
pub struct Page {
    start: Option<String>,
    limit: Option<String>,
}

/// GET /v2/bot/membership/{membershipId}/users/ids: 300 a page unless told, 1,000 at most; without those
/// who do not follow the account.
pub async fn users(caller: Caller, Path(id): Path<String>, Query(page): Query<Page>) -> Answer {
    let id = id.parse::<i64>().map_err(|_| no_plan())?;
    let limit = page.limit.map_or(Some(300), |limit| limit.parse::<usize>().ok());
    let limit = limit
        .filter(|limit| (1..=1_000).contains(limit))
        .ok_or_else(|| Refusal::new(400, "The value for the 'limit' parameter is invalid"))?;
    let start = page.start.map_or(Some(0), |start| start.parse::<usize>().ok());
    let start = start.ok_or_else(|| Refusal::new(400, "Invalid start param"))?;
    caller.sim.with(|world| {
        let plans = world.plans.get(&caller.channel).ok_or_else(no_plan)?;
        let plan = plans.iter().find(|plan| plan.membership_id == id).ok_or_else(no_plan)?;
        let follows = |user: &&String| world.is_friend(&caller.channel, user);
        let found: Vec<&String> = plan.members.iter().map(|member| &member.user_id).filter(follows).collect();
        let mut answer = json!({ "userIds": found.iter().skip(start).take(limit).collect::<Vec<_>>() });
        let next = start.saturating_add(limit);
        if found.len() > next {
            answer["next"] = next.to_string().into();
        }
        Ok(Json(answer).into_response())
    })
}
