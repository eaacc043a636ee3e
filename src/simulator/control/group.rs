//! How tests make groups, and let people and bots come and go.

use super::{Answer, done};
use crate::simulator::{friend::NewGroup, state::Shared, world::World};
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::post,
};
use serde::Deserialize;
use serde_json::json;

/// Paths under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/groups", post(create))
        .route("/groups/{id}/join", post(join))
        .route("/groups/{id}/leave", post(leave))
        .route("/users/{user}/invite", post(invite))
        .route("/users/{user}/remove", post(remove))
        .route("/users/{user}/rename", post(rename))
}

#[derive(Deserialize)]
struct New {
    id: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    members: Vec<String>,
    channel: Option<String>,
    #[serde(default)]
    room: bool,
    time: Option<i64>,
}

async fn create(State(sim): State<Shared>, Json(new): Json<New>) -> Answer {
    let New { id, name, members, channel, room, time } = new;
    sim.with(|world| {
        let at = time.unwrap_or_else(|| world.now());
        world.create_group(NewGroup { id, name, members, room }, channel.as_deref(), at)
    })
    .map(|group| Json(json!(group)))
}

#[derive(Deserialize)]
struct Act {
    #[serde(default)]
    room: String,
    #[serde(default)]
    users: Vec<String>,
    channel: Option<String>,
    #[serde(default)]
    name: String,
    time: Option<i64>,
}

impl Act {
    fn time(&self, world: &World) -> i64 {
        self.time.unwrap_or_else(|| world.now())
    }
}

async fn join(State(sim): State<Shared>, Path(group): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| {
        if let Some(channel) = &act.channel {
            world.invite_bot(&group, channel, act.time(world))?;
        }
        if act.users.is_empty() { Ok(()) } else { world.members(&group, &act.users, true, act.time(world)) }
    }))
}

async fn leave(State(sim): State<Shared>, Path(group): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| {
        if act.channel.is_some() {
            world.remove_bot(&group, true, act.time(world))?;
        }
        if act.users.is_empty() { Ok(()) } else { world.members(&group, &act.users, false, act.time(world)) }
    }))
}

async fn invite(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.invite(&user, &act.room, &act.users, act.channel.as_deref(), act.time(world))))
}

async fn remove(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.remove(&user, &act.room, &act.users, act.channel.is_some(), act.time(world))))
}

async fn rename(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.rename(&user, &act.room, &act.name, act.time(world))))
}
