//! How tests look at a rich menu and tap it.

use super::Answer;
use crate::simulator::{friend::Trouble, state::Shared};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Whose phone, and in which room.
#[derive(Deserialize)]
pub struct Where {
    room: String,
    user: String,
}

/// GET `/menu`
pub async fn shown(State(sim): State<Shared>, Query(at): Query<Where>) -> Json<Value> {
    sim.with(|world| Json(json!(world.menu_of(&at.room, &at.user))))
}

/// Which area, counted from 0.
#[derive(Deserialize)]
pub struct Tap {
    room: String,
    area: usize,
    #[serde(default)]
    value: String,
    time: Option<i64>,
}

/// POST `/users/{user}/tap`: on the menu that the phone shows now.
pub async fn tap(State(sim): State<Shared>, Path(user): Path<String>, Json(tap): Json<Tap>) -> Answer {
    sim.with(|world| {
        let at = tap.time.unwrap_or_else(|| world.now());
        let menu = world.menu_of(&tap.room, &user).ok_or(Trouble::NotFound)?;
        world.tap(&user, &tap.room, &menu.id, tap.area, &tap.value, at)?;
        Ok(Json(json!({})))
    })
}
