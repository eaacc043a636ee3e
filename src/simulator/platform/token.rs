//! Access tokens: stateless (15 minutes), short-lived (30 days), and what one can ask about them.

use super::refusal::{Answer, Refusal};
use crate::{
    simulator::{mint, state::Shared, world::Token},
    time::{DAY, MINUTE, SECOND},
};
use axum::{
    Form, Json,
    extract::{Query, State},
    http::StatusCode,
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::json;

/// What is asked for with id and secret.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Credentials {
    grant_type: String,
    client_id: String,
    client_secret: String,
}

/// Every grant here is the client's own.
fn issue(sim: &Shared, asked: &Credentials, life: i64) -> Result<String, Refusal> {
    if asked.grant_type != "client_credentials" {
        return Err(Refusal::oauth(400, "unsupported_grant_type", "unsupported grant_type"));
    }
    sim.with(|world| {
        let channel = world.channels.get(&asked.client_id);
        channel
            .filter(|channel| channel.secret == asked.client_secret)
            .ok_or_else(|| Refusal::oauth(400, "invalid_client", "invalid client_id or client_secret"))?;
        let now = world.now();
        // A console renews every quarter of an hour: what ended is swept out on the way.
        if world.tokens.len() > 10_000 {
            world.tokens.retain(|_, token| token.ends.is_none_or(|ends| ends > now));
        }
        let name = mint::token();
        let token = Token { channel: asked.client_id.clone(), ends: Some(now + life) };
        world.save("token", &name, &token);
        world.tokens.insert(name.clone(), token);
        Ok(name)
    })
}

/// POST /oauth2/v3/token
pub async fn stateless(State(sim): State<Shared>, Form(asked): Form<Credentials>) -> Answer {
    let token = issue(&sim, &asked, 15 * MINUTE)?;
    Ok(Json(json!({ "token_type": "Bearer", "access_token": token, "expires_in": 900 })).into_response())
}

/// POST /v2/oauth/accessToken
pub async fn short_lived(State(sim): State<Shared>, Form(asked): Form<Credentials>) -> Answer {
    let token = issue(&sim, &asked, 30 * DAY)?;
    Ok(Json(json!({ "access_token": token, "expires_in": 2_592_000, "token_type": "Bearer" })).into_response())
}

/// A token by its name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Named {
    access_token: String,
}

/// Whose it is and how many seconds it has; 0 seconds when it does not end.
fn look(sim: &Shared, name: &str) -> Result<(String, i64), Refusal> {
    sim.with(|world| {
        let now = world.now();
        let token = world.tokens.get(name).filter(|token| token.ends.is_none_or(|ends| ends > now));
        token.map(|token| (token.channel.clone(), token.ends.map_or(0, |ends| (ends - now) / SECOND)))
    })
    .ok_or_else(|| Refusal::oauth(400, "invalid_request", "access token expired"))
}

/// POST /v2/oauth/verify
pub async fn verify(State(sim): State<Shared>, Form(Named { access_token }): Form<Named>) -> Answer {
    let (channel, seconds) = look(&sim, &access_token)?;
    Ok(Json(json!({ "client_id": channel, "expires_in": seconds, "scope": "P CM" })).into_response())
}

/// GET /oauth2/v2.1/verify
pub async fn verify_v21(State(sim): State<Shared>, Query(Named { access_token }): Query<Named>) -> Answer {
    let (channel, seconds) = look(&sim, &access_token)?;
    Ok(Json(json!({ "client_id": channel, "expires_in": seconds, "scope": "" })).into_response())
}

/// POST /v2/oauth/revoke: 200 whether there is such a token or not.
pub async fn revoke(State(sim): State<Shared>, Form(Named { access_token }): Form<Named>) -> Answer {
    sim.with(|world| {
        if world.tokens.remove(&access_token).is_some() && world.keep {
            world.forget("token", &access_token);
        }
    });
    Ok(StatusCode::OK.into_response())
}
