//! Access tokens (line-platform.md §14): stateless (15 minutes), short-lived (30 days), v2.1 (as long as
//! the channel asks, up to 30 days), and what one can ask about them.

use super::{
    assertion,
    refusal::{Answer, Refusal},
};
use crate::{
    simulator::{
        login::{self, id_token},
        mint,
        state::Shared,
        world::{Token, TokenKind, World},
    },
    time::{DAY, MINUTE, SECOND},
};
use axum::{
    Form, Json,
    extract::{Query, State},
    http::{Method, StatusCode},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;

/// Valid short-lived tokens of a channel, and as many of v2.1.
const MOST: usize = 30;

/// How a channel proves itself: by its secret, or by an assertion.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Credentials {
    grant_type: String,
    client_id: String,
    client_secret: String,
    client_assertion_type: String,
    client_assertion: String,
}

impl Credentials {
    /// Every grant here is the client's own.
    fn grant(&self) -> Result<(), Refusal> {
        match self.grant_type.as_str() {
            "client_credentials" => Ok(()),
            _ => Err(Refusal::oauth(400, "unsupported_grant_type", "unsupported grant_type")),
        }
    }

    fn by_secret(&self, world: &World) -> Result<String, Refusal> {
        secret(world, &self.client_id, &self.client_secret)
    }
}

fn secret(world: &World, channel: &str, secret: &str) -> Result<String, Refusal> {
    let known = world.secret_of(channel).filter(|known| *known == secret);
    known
        .map(|_| channel.to_owned())
        .ok_or_else(|| Refusal::oauth(400, "invalid_client", "invalid client_id or client_secret"))
}

/// These endpoints carry no token, so their limits are those of the channel that proves itself.
fn within_limits(sim: &Shared, world: &mut World, channel: &str, route: &str) -> Result<(), Refusal> {
    let there = !sim.rules.rate_limits || world.take_token(channel, &Method::POST, route);
    if there { Ok(()) } else { Err(Refusal::rate_limit()) }
}

/// The valid tokens of a channel that are like this one, the one that ends first at the front.
fn alike(world: &World, channel: &str, is: fn(&TokenKind) -> bool, now: i64) -> Vec<(i64, String)> {
    let mut found: Vec<(i64, String)> = world
        .tokens
        .iter()
        .filter(|(_, token)| token.channel == channel && is(&token.kind))
        .filter_map(|(name, token)| Some((token.ends.filter(|ends| *ends > now)?, name.clone())))
        .collect();
    found.sort();
    found
}

fn issue(world: &mut World, channel: String, kind: TokenKind, life: i64) -> String {
    let now = world.now();
    // A console renews every quarter of an hour: what ended is swept out on the way.
    if world.tokens.len() > 10_000 {
        world.tokens.retain(|_, token| token.ends.is_none_or(|ends| ends > now));
    }
    let name = mint::token();
    let token = Token { channel, ends: Some(now + life), kind };
    world.save("token", &name, &token);
    world.tokens.insert(name.clone(), token);
    name
}

/// POST /oauth2/v3/token: unlimited, and can't be revoked.
pub async fn stateless(State(sim): State<Shared>, Form(asked): Form<Credentials>) -> Answer {
    asked.grant()?;
    let token = sim.with(|world| {
        let channel = if asked.client_assertion.is_empty() {
            asked.by_secret(world)?
        } else {
            assertion::check(world, &asked.client_assertion_type, &asked.client_assertion, world.now())?.channel
        };
        within_limits(&sim, world, &channel, "/oauth2/v3/token")?;
        Ok::<_, Refusal>(issue(world, channel, TokenKind::Stateless, 15 * MINUTE))
    })?;
    Ok(Json(json!({ "token_type": "Bearer", "access_token": token, "expires_in": 900 })).into_response())
}

/// POST /v2/oauth/accessToken: of more than 30 the oldest is revoked.
pub async fn short_lived(State(sim): State<Shared>, Form(asked): Form<Credentials>) -> Answer {
    asked.grant()?;
    let token = sim.with(|world| {
        let channel = asked.by_secret(world)?;
        within_limits(&sim, world, &channel, "/v2/oauth/accessToken")?;
        let others = alike(world, &channel, |kind| *kind == TokenKind::ShortLived, world.now());
        for (_, oldest) in others.iter().take((others.len() + 1).saturating_sub(MOST)) {
            world.drop_token(oldest);
        }
        Ok::<_, Refusal>(issue(world, channel, TokenKind::ShortLived, 30 * DAY))
    })?;
    Ok(Json(json!({ "access_token": token, "expires_in": 2_592_000, "token_type": "Bearer" })).into_response())
}

/// POST /oauth2/v2.1/token. For a channel by its assertion: more than 30 are refused. LINE Login exchanges
/// its codes and refresh tokens at the same address.
pub async fn by_assertion(State(sim): State<Shared>, Form(all): Form<HashMap<String, String>>) -> Answer {
    let all = json!(all);
    let asked: Credentials = serde_json::from_value(all.clone()).unwrap_or_default();
    if login::is_exchange(&asked.grant_type) {
        return login::exchange(&sim, &serde_json::from_value(all).unwrap_or_default());
    }
    asked.grant()?;
    sim.with(|world| {
        let now = world.now();
        let proven = assertion::check(world, &asked.client_assertion_type, &asked.client_assertion, now)?;
        within_limits(&sim, world, &proven.channel, "/oauth2/v2.1/token")?;
        let life = proven.token_life.filter(|seconds| (1..=30 * DAY / SECOND).contains(seconds));
        let life = life.ok_or_else(|| Refusal::oauth(400, "invalid_request", "Invalid token_exp"))?;
        if alike(world, &proven.channel, TokenKind::is_by_assertion, now).len() >= MOST {
            return Err(Refusal::oauth(
                400,
                "invalid_request",
                "the number of valid channel access tokens is at its limit",
            ));
        }
        let key_id = mint::key_id();
        let kind = TokenKind::ByAssertion { key_id: key_id.clone() };
        let token = issue(world, proven.channel, kind, life * SECOND);
        let answer = json!({ "access_token": token, "token_type": "Bearer", "expires_in": life, "key_id": key_id });
        Ok(Json(answer).into_response())
    })
}

/// GET /oauth2/v2.1/tokens/kid: the key ids of the valid v2.1 tokens.
pub async fn key_ids(State(sim): State<Shared>, Query(asked): Query<Credentials>) -> Answer {
    sim.with(|world| {
        let now = world.now();
        let proven = assertion::check(world, &asked.client_assertion_type, &asked.client_assertion, now)?;
        let names = alike(world, &proven.channel, TokenKind::is_by_assertion, now);
        let kids: Vec<&str> = names.iter().filter_map(|(_, name)| world.tokens.get(name)?.kind.key_id()).collect();
        Ok(Json(json!({ "kids": kids })).into_response())
    })
}

/// A token by its name.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Named {
    access_token: String,
    client_id: String,
    client_secret: String,
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
pub async fn verify(State(sim): State<Shared>, Form(named): Form<Named>) -> Answer {
    let (channel, seconds) = look(&sim, &named.access_token)?;
    Ok(Json(json!({ "client_id": channel, "expires_in": seconds, "scope": "P CM" })).into_response())
}

/// POST /oauth2/v2.1/verify: an ID token.
pub async fn verify_id(State(sim): State<Shared>, Form(wanted): Form<id_token::Wanted>) -> Answer {
    id_token::verify(&sim, &wanted)
}

/// GET /oauth2/v2.1/verify: a channel's token or a person's.
pub async fn verify_v21(State(sim): State<Shared>, Query(named): Query<Named>) -> Answer {
    if let Some(answer) = sim.with(|world| login::look(world, &named.access_token)) {
        return Ok(Json(answer).into_response());
    }
    let (channel, seconds) = look(&sim, &named.access_token)?;
    Ok(Json(json!({ "client_id": channel, "expires_in": seconds, "scope": "" })).into_response())
}

/// POST /v2/oauth/revoke: 200 whether there is such a token or not. Long-lived and short-lived ones only.
pub async fn revoke(State(sim): State<Shared>, Form(named): Form<Named>) -> Answer {
    sim.with(|world| {
        let kind = world.tokens.get(&named.access_token).map(|token| &token.kind);
        if matches!(kind, Some(TokenKind::LongLived | TokenKind::ShortLived)) {
            world.drop_token(&named.access_token);
        }
    });
    Ok(StatusCode::OK.into_response())
}

/// POST /oauth2/v2.1/revoke: 200 whether the channel has such a token or not.
pub async fn revoke_v21(State(sim): State<Shared>, Form(named): Form<Named>) -> Answer {
    sim.with(|world| {
        if login::revoke(world, &named.access_token, &named.client_id, &named.client_secret)? {
            return Ok(StatusCode::OK.into_response());
        }
        let channel = secret(world, &named.client_id, &named.client_secret)?;
        let token = world.tokens.get(&named.access_token);
        if token.is_some_and(|token| token.channel == channel && token.kind.is_by_assertion()) {
            world.drop_token(&named.access_token);
        }
        Ok(StatusCode::OK.into_response())
    })
}
