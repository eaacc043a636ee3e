//! Account link (line-platform.md §13): the token that a bot asks for, and the page to which the
//! service's login leads a friend, on `access.line.me` in the world outside.

use super::{
    call::Caller,
    refusal::{Answer, Refusal},
};
use crate::simulator::{mint, state::Shared};
use axum::{
    Json,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect},
};
use serde::Deserialize;
use serde_json::json;

/// POST /v2/bot/user/{userId}/linkToken: ten minutes, one use.
pub async fn token(caller: Caller, Path(user): Path<String>) -> Answer {
    if !mint::is_line_id(&user, "U") {
        return Err(Refusal::new(400, "The value for the 'userId' parameter is invalid"));
    }
    let token = caller.sim.with(|world| world.issue_link_token(&caller.channel, &user, world.now()));
    Ok(Json(json!({ "linkToken": token.map_err(|_| Refusal::not_found())? })).into_response())
}

/// What the service's login brings along.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Dialog {
    link_token: String,
    /// 10 to 255 characters.
    nonce: String,
    /// Whose phone it is. LINE knows that from its own login; left out, it is the right one.
    user: Option<String>,
}

/// GET /dialog/bot/accountLink?linkToken=…&nonce=…: tells the channel, and goes back to the chat.
pub async fn dialog(State(sim): State<Shared>, Query(asked): Query<Dialog>) -> Answer {
    if !(10..=255).contains(&asked.nonce.chars().count()) {
        return Err(Refusal::new(400, "The value for the 'nonce' parameter is invalid"));
    }
    let linked = sim
        .with(|world| world.link_account(&asked.link_token, &asked.nonce, asked.user.as_deref(), world.now()))
        .map_err(|_| Refusal::new(400, "The value for the 'linkToken' parameter is invalid"));
    let (channel, user) = linked?;
    Ok(Redirect::to(&format!("/u/{user}/chat/{channel}")).into_response())
}
