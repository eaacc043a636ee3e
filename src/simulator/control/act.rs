//! How tests tap the actions of a message.

use crate::simulator::{friend::Trouble, model::Tap, state::Shared};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;

/// Which action of which message.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    room: String,
    message_id: String,
    pointer: String,
    #[serde(default)]
    value: String,
    time: Option<i64>,
}

/// POST `/users/{user}/act`
pub async fn act(
    State(sim): State<Shared>,
    Path(user): Path<String>,
    Json(act): Json<Act>,
) -> Result<Json<Tap>, Trouble> {
    sim.with(|world| {
        let at = act.time.unwrap_or_else(|| world.now());
        world.act(&user, &act.room, &act.message_id, &act.pointer, &act.value, at).map(Json)
    })
}
