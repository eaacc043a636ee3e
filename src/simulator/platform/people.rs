//! Profiles, groups and rooms.

use super::{
    call::Caller,
    paging,
    refusal::{Answer, Refusal},
};
use crate::simulator::{
    mint,
    state::Shared,
    world::{Group, User},
};
use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::{Value, json};

fn basic(sim: &Shared, user: &User) -> Value {
    let mut profile = json!({ "displayName": user.name, "userId": user.id });
    if user.picture {
        profile["pictureUrl"] = format!("{}/simulator/picture/{}", sim.rules.base_url, user.id).into();
    }
    profile
}

/// GET /v2/bot/profile/{userId}: friends, and people who wrote; not those who blocked.
pub async fn profile(caller: Caller, Path(user): Path<String>) -> Answer {
    if !mint::is_line_id(&user, "U") {
        return Err(Refusal::new(400, "The value for the 'userId' parameter is invalid"));
    }
    caller.sim.with(|world| {
        let friend = world.friend(&caller.channel, &user);
        let known = friend.is_some_and(|friend| !friend.blocked && (friend.added || friend.wrote > 0));
        let user = world.user(&user).filter(|_| known).ok_or_else(Refusal::not_found)?;
        let mut profile = basic(&caller.sim, &user);
        if !user.status.is_empty() {
            profile["statusMessage"] = user.status.as_str().into();
        }
        if let Some(language) = &user.language {
            profile["language"] = language.as_str().into();
        }
        Ok(Json(profile).into_response())
    })
}

/// Looks at a group that this channel's bot is in.
fn group(caller: &Caller, id: &str, look: impl FnOnce(&Group) -> Value) -> Answer {
    caller.sim.with(|world| {
        let group = world.groups.get(id).filter(|group| group.bot.as_ref() == Some(&caller.channel));
        Ok(Json(look(group.ok_or_else(Refusal::not_found)?)).into_response())
    })
}

/// GET /v2/bot/group/{groupId}/summary
pub async fn summary(caller: Caller, Path(id): Path<String>) -> Answer {
    group(&caller, &id, |group| {
        let mut summary = json!({ "groupId": group.id, "groupName": group.name });
        if group.picture {
            summary["pictureUrl"] = format!("{}/simulator/picture/{}", caller.sim.rules.base_url, group.id).into();
        }
        summary
    })
}

/// GET …/members/count, without the bot.
pub async fn count(caller: Caller, Path(id): Path<String>) -> Answer {
    group(&caller, &id, |group| json!({ "count": group.members.len() }))
}

/// GET /v2/bot/followers/ids: friends who have not blocked; verified accounts only.
pub async fn followers(caller: Caller, Query(page): Query<paging::Page>) -> Answer {
    let limit = page.limit(300, 1_000)?;
    caller.sim.with(|world| {
        if !world.channels.get(&caller.channel).is_some_and(|channel| channel.verified) {
            return Err(Refusal::new(403, "Access to this API is not available for your account"));
        }
        let now = world.now();
        let after = page.after(now)?;
        let mut shown = world.followers_after(&caller.channel, after.as_deref(), limit + 1);
        let more = shown.len() > limit;
        shown.truncate(limit);
        let mut answer = json!({ "userIds": shown });
        if let Some(last) = shown.last().filter(|_| more) {
            answer["next"] = paging::next(last, now).into();
        }
        Ok(Json(answer).into_response())
    })
}

/// Where a list goes on.
#[derive(Deserialize)]
pub struct Page {
    start: Option<String>,
}

/// GET …/members/ids: a hundred at a time, verified accounts only.
pub async fn ids(caller: Caller, Path(id): Path<String>, Query(page): Query<Page>) -> Answer {
    let verified = caller.sim.with(|world| world.channels.get(&caller.channel).is_some_and(|channel| channel.verified));
    if !verified {
        return Err(Refusal::new(403, "Access to this API is not available for your account"));
    }
    let start = match page.start {
        None => 0,
        Some(start) => start.parse::<usize>().map_err(|_| Refusal::new(400, "Invalid start param"))?,
    };
    group(&caller, &id, |group| {
        let members: Vec<&String> = group.members.iter().skip(start).take(100).collect();
        let mut answer = json!({ "memberIds": members });
        if group.members.len() > start + 100 {
            answer["next"] = (start + 100).to_string().into();
        }
        answer
    })
}

/// GET …/member/{userId}: also for people who are no friends.
pub async fn member(caller: Caller, Path((id, user)): Path<(String, String)>) -> Answer {
    caller.sim.with(|world| {
        let group = world.groups.get(&id).filter(|group| group.bot.as_ref() == Some(&caller.channel));
        let user = group.filter(|group| group.members.contains(&user)).and_then(|_| world.user(&user));
        Ok(Json(basic(&caller.sim, &*user.ok_or_else(Refusal::not_found)?)).into_response())
    })
}

/// POST …/leave
pub async fn leave(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.sim.with(|world| {
        let group = world.groups.get(&id).filter(|group| group.bot.as_ref() == Some(&caller.channel));
        group.ok_or_else(Refusal::not_found)?;
        world.remove_bot(&id, false, world.now()).map_err(|_| Refusal::not_found())?;
        Ok(Json(json!({})).into_response())
    })
}
