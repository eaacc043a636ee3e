//! How tests look at a phone's first screens, and do there what the API hears nothing of.

use super::Answer;
use crate::simulator::{
    friend::Trouble,
    model::{BeaconKind, FriendPath},
    state::Shared,
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Paths under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/home", get(home))
        .route("/wallet", get(wallet))
        .route("/friendship", get(friendship))
        .route("/users/{user}/delete", post(delete))
        .route("/users/{user}/read", post(read))
        .route("/users/{user}/mute", post(mute))
        .route("/users/{user}/beacon", post(beacon))
        .route("/users/{user}/coupon", post(coupon))
}

#[derive(Deserialize)]
struct Who {
    user: String,
    #[serde(default)]
    channel: String,
}

async fn home(State(sim): State<Shared>, Query(who): Query<Who>) -> Answer {
    sim.with(|world| world.home(&who.user)).map(|home| Json(json!(home)))
}

async fn wallet(State(sim): State<Shared>, Query(who): Query<Who>) -> Answer {
    sim.with(|world| world.wallet(&who.user)).map(|cards| Json(json!(cards)))
}

async fn friendship(State(sim): State<Shared>, Query(who): Query<Who>) -> Answer {
    sim.with(|world| {
        let friend = world.friend(&who.channel, &who.user);
        let friend = friend.ok_or(Trouble::NotFound)?;
        Ok(Json(json!({
            "added": friend.added,
            "blocked": friend.blocked,
            "deleted": friend.deleted,
            "since": friend.since,
            "path": friend.path.map(FriendPath::word),
        })))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deed {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    room: String,
    #[serde(default)]
    muted: bool,
    #[serde(default)]
    coupon_id: String,
    #[serde(default)]
    step: String,
    win: Option<bool>,
    time: Option<i64>,
}

async fn delete(State(sim): State<Shared>, Path(user): Path<String>, Json(deed): Json<Deed>) -> Answer {
    sim.with(|world| {
        let at = deed.time.unwrap_or_else(|| world.now());
        world.delete_friend(&deed.channel, &user, at)
    })?;
    Ok(Json(json!({})))
}

async fn read(State(sim): State<Shared>, Path(user): Path<String>, Json(deed): Json<Deed>) -> Json<Value> {
    sim.with(|world| world.see(&user, &deed.room));
    Json(json!({}))
}

async fn mute(State(sim): State<Shared>, Path(user): Path<String>, Json(deed): Json<Deed>) -> Json<Value> {
    sim.with(|world| world.mute(&user, &deed.room, deed.muted));
    Json(json!({}))
}

async fn coupon(State(sim): State<Shared>, Path(user): Path<String>, Json(deed): Json<Deed>) -> Answer {
    sim.with(|world| {
        let at = deed.time.unwrap_or_else(|| world.now());
        match deed.step.as_str() {
            "take" => {
                let won = world.take_coupon(&user, &deed.coupon_id, deed.win, at)?;
                Ok(Json(json!({ "won": won })))
            }
            "use" => world.use_coupon(&user, &deed.coupon_id, at).map(|()| Json(json!({}))),
            _ => Err(Trouble::Invalid),
        }
    })
}

#[derive(Deserialize)]
struct Beacon {
    channel: String,
    #[serde(rename = "type")]
    kind: String,
    hwid: String,
    #[serde(default)]
    dm: String,
    time: Option<i64>,
}

async fn beacon(State(sim): State<Shared>, Path(user): Path<String>, Json(near): Json<Beacon>) -> Answer {
    let kind = BeaconKind::from_word(&near.kind);
    let kind =
        kind.ok_or(Trouble::Impossible("a beacon's type is enter, stay or banner; LINE no longer tells of leave"))?;
    sim.with(|world| {
        let at = near.time.unwrap_or_else(|| world.now());
        world.beacon(&near.channel, &user, kind, &near.hwid, &near.dm, at)
    })?;
    Ok(Json(json!({})))
}
