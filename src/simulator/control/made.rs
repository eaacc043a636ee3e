//! What comes about outside the API: audiences that the manager's screens made, memberships, and what friends
//! did with messages that went to many.

use super::{Answer, Trouble};
use crate::simulator::{
    friend::Step,
    state::Shared,
    world::{
        Reaction,
        audience::{Audience, Load, Owner},
        membership::Plan,
    },
};
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{post, put},
};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashSet;

/// Paths under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/audiences", post(create_audience))
        .route("/users/{user}/see", post(see))
        .route("/users/{user}/look", post(look))
        .route("/channels/{id}/memberships", put(set_plans))
        .route("/users/{user}/membership", post(membership))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewAudience {
    channel: String,
    description: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    create_route: Option<String>,
    #[serde(default)]
    users: HashSet<String>,
    owner: Option<Owner>,
    time: Option<i64>,
}

async fn create_audience(State(sim): State<Shared>, Json(new): Json<NewAudience>) -> Answer {
    let now = sim.now();
    let created = new.time.unwrap_or(now).clamp(0, now);
    sim.with(|world| {
        if !world.channels.contains_key(&new.channel) {
            return Err(Trouble::NotFound);
        }
        let audience = Audience {
            id: 0,
            channel: new.channel,
            kind: new.kind.unwrap_or_else(|| "UPLOAD".into()),
            description: new.description,
            route: new.create_route.unwrap_or_else(|| "OA_MANAGER".into()),
            created,
            request_id: None,
            click_url: None,
            owner: new.owner,
            loads: Vec::new(),
        };
        let id = world.add_audience(audience, now);
        let people = world.people_of(&new.users);
        world.load_audience(id, Load { description: String::new(), people, created });
        Ok(Json(json!({ "audienceGroupId": id })))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct See {
    request_id: String,
    seq: Option<usize>,
    url: Option<String>,
    played: Option<u8>,
    time: Option<i64>,
}

async fn see(State(sim): State<Shared>, Path(user): Path<String>, Json(see): Json<See>) -> Answer {
    sim.with(|world| {
        let time = see.time.unwrap_or_else(|| world.now());
        let (request_id, seq) = (see.request_id, see.seq.unwrap_or(1));
        let reaction = |url: Option<String>, played: Option<u8>| Reaction {
            request_id: request_id.clone(),
            user: user.clone(),
            seq,
            url,
            played,
            time,
        };
        // Who opens a link, or plays something, has seen its bubble.
        if !world.has_user(&user) || !world.react(reaction(None, None)) {
            return Err(Trouble::NotFound);
        }
        if see.url.is_some() {
            world.react(reaction(see.url, None));
        }
        if see.played.is_some() {
            world.react(reaction(None, see.played));
        }
        Ok(Json(json!({})))
    })
}

#[derive(Deserialize)]
struct Look {
    room: String,
    time: Option<i64>,
}

async fn look(State(sim): State<Shared>, Path(user): Path<String>, Json(look): Json<Look>) -> Answer {
    sim.with(|world| {
        if !world.has_user(&user) || !world.channels.contains_key(&look.room) && !world.groups.contains_key(&look.room)
        {
            return Err(Trouble::NotFound);
        }
        let at = look.time.unwrap_or_else(|| world.now());
        world.look(&look.room, &user, at);
        Ok(Json(json!({})))
    })
}

async fn set_plans(State(sim): State<Shared>, Path(channel): Path<String>, Json(plans): Json<Vec<Plan>>) -> Answer {
    sim.with(|world| {
        if !world.channels.contains_key(&channel) {
            return Err(Trouble::NotFound);
        }
        let shown = json!(plans);
        world.plans.insert(channel.clone(), plans);
        world.save_plans(&channel);
        Ok(Json(shown))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Membership {
    channel: String,
    membership_id: i64,
    step: Step,
    time: Option<i64>,
}

async fn membership(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Membership>) -> Answer {
    sim.with(|world| {
        let at = act.time.unwrap_or_else(|| world.now()).max(0);
        world.membership(&act.channel, &user, act.membership_id, act.step, at)
    })?;
    Ok(Json(json!({})))
}
