//! What a service does with a code, and asks with a token.

use super::{Holder, id_token};
use crate::{
    simulator::{
        platform::{Answer, Call, Refusal},
        state::Shared,
        world::{
            TokenKind, World,
            login::{LoginChannel, challenge},
        },
    },
    time::SECOND,
};
use axum::{Json, http::StatusCode, response::IntoResponse};
use serde::Deserialize;
use serde_json::{Value, json};

/// The form that POST /oauth2/v2.1/token takes from services.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    client_secret: String,
    code_verifier: String,
    refresh_token: String,
}

/// Whether a grant is one of LINE Login's.
pub fn is_exchange(grant_type: &str) -> bool {
    matches!(grant_type, "authorization_code" | "refresh_token")
}

fn client(world: &World, id: &str, secret: &str, public: bool) -> Result<LoginChannel, Refusal> {
    let channel = world.login_channel(id).filter(|channel| public || channel.native || channel.secret == secret);
    // Recalled.
    channel.ok_or_else(|| Refusal::oauth(400, "invalid_client", "invalid client_id or client_secret"))
}

/// Scopes as LINE writes them into answers: the e-mail address is never named.
fn written(scopes: &[String]) -> String {
    scopes.iter().filter(|scope| *scope != "email").map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// POST /oauth2/v2.1/token with a code or a refresh token.
pub fn exchange(sim: &Shared, asked: &Exchange) -> Answer {
    sim.with(
        |world| if asked.grant_type == "refresh_token" { refresh(world, asked) } else { by_code(sim, world, asked) },
    )
}

fn by_code(sim: &Shared, world: &mut World, asked: &Exchange) -> Answer {
    // Recalled, but for the error itself.
    let refused = |words: &str| Refusal::oauth(400, "invalid_grant", words);
    let now = world.now();
    let found = world.logins.codes.get(&asked.code).filter(|code| code.ends > now).cloned();
    // A LIFF app has no secret: it proves with PKCE that it is who asked.
    let public = found.as_ref().is_some_and(|code| code.app.is_some() && code.challenge.is_some());
    let channel = client(world, &asked.client_id, &asked.client_secret, public)?;
    let code = found.filter(|code| code.channel == channel.id).ok_or_else(|| refused("invalid authorization code"))?;
    if code.redirect != asked.redirect_uri {
        return Err(refused("redirect_uri does not match"));
    }
    let proven = match &code.challenge {
        None => asked.code_verifier.is_empty(),
        Some(wanted) => (43..=128).contains(&asked.code_verifier.len()) && challenge(&asked.code_verifier) == *wanted,
    };
    if !proven {
        return Err(refused("invalid code_verifier"));
    }
    world.logins.codes.remove(&asked.code);
    let opened = code.app.clone().map(|app| crate::simulator::world::login::Opened { app, room: None, inside: false });
    let for_app = opened.is_some();
    let (access, seconds) = world.issue_user_token(&channel.id, &code.user, &code.scopes, opened);
    let mut answer = json!({
        "access_token": access,
        "expires_in": seconds,
        "scope": written(&code.scopes),
        "token_type": "Bearer",
    });
    if !for_app {
        answer["refresh_token"] = world.issue_refresh_token(&channel.id, &code.user, &code.scopes).into();
    }
    if code.scopes.iter().any(|scope| scope == "openid") {
        answer["id_token"] = id_token::issue(world, &sim.rules.base_url, &channel, &code).into();
    }
    Ok(Json(answer).into_response())
}

fn refresh(world: &mut World, asked: &Exchange) -> Answer {
    let channel = client(world, &asked.client_id, &asked.client_secret, false)?;
    let now = world.now();
    let kept = world.logins.refreshes.get(&asked.refresh_token);
    let kept = kept.filter(|kept| kept.channel == channel.id && kept.ends > now).cloned();
    let kept = kept.ok_or_else(|| Refusal::oauth(400, "invalid_grant", "invalid refresh token"))?;
    let (access, seconds) = world.issue_user_token(&channel.id, &kept.user, &kept.scopes, None);
    let answer = json!({
        "token_type": "Bearer",
        "scope": written(&kept.scopes),
        "access_token": access,
        "expires_in": seconds,
        "refresh_token": asked.refresh_token,
    });
    Ok(Json(answer).into_response())
}

/// What GET /oauth2/v2.1/verify says of a person's token; none when there is no such token.
pub fn look(world: &World, name: &str) -> Option<Value> {
    let token = world.user_token(name)?;
    let seconds = (token.ends - world.now()) / SECOND;
    Some(json!({ "scope": written(&token.scopes), "client_id": token.channel, "expires_in": seconds }))
}

/// Revokes a person's token; `false` when it is none, or another channel's.
///
/// # Errors
/// When the channel does not prove itself.
pub fn revoke(world: &mut World, name: &str, id: &str, secret: &str) -> Result<bool, Refusal> {
    let Some(token) = world.logins.tokens.get(name).cloned() else { return Ok(false) };
    let channel = client(world, id, secret, false)?;
    if token.channel == channel.id {
        world.drop_user_token(name);
    }
    Ok(token.channel == channel.id)
}

/// GET and POST /oauth2/v2.1/userinfo
pub async fn userinfo(holder: Holder) -> Answer {
    holder.needs("openid")?;
    let sim = &holder.sim;
    sim.with(|world| {
        let user = world.user(&holder.token.user).ok_or_else(Refusal::not_found)?;
        let mut info = json!({ "sub": world.known_as(&holder.channel, &user.id) });
        if holder.token.may("profile") {
            info["name"] = user.name.as_str().into();
            if user.picture {
                info["picture"] = format!("{}/simulator/picture/{}", sim.rules.base_url, user.id).into();
            }
        }
        Ok(Json(info).into_response())
    })
}

/// A person's profile as a login channel sees it.
fn profile_of(world: &World, base: &str, channel: &LoginChannel, user: &str) -> Option<Value> {
    let user = world.user(user)?;
    let mut profile = json!({ "userId": world.known_as(channel, &user.id), "displayName": user.name });
    if user.picture {
        profile["pictureUrl"] = format!("{base}/simulator/picture/{}", user.id).into();
    }
    if !user.status.is_empty() {
        profile["statusMessage"] = user.status.as_str().into();
    }
    Some(profile)
}

/// GET /v2/profile
pub async fn profile(holder: Holder) -> Answer {
    holder.needs("profile")?;
    let base = &holder.sim.rules.base_url;
    let profile = holder.sim.with(|world| profile_of(world, base, &holder.channel, &holder.token.user));
    Ok(Json(profile.ok_or_else(Refusal::not_found)?).into_response())
}

/// GET /friendship/v1/status
pub async fn friendship(holder: Holder) -> Answer {
    holder.needs("profile")?;
    let none = || Refusal::new(400, "There is no login bot linked to this channel.");
    let bot = holder.channel.channel.ok_or_else(none)?;
    let friend = holder.sim.with(|world| world.is_friend(&bot, &holder.token.user));
    Ok(Json(json!({ "friendFlag": friend })).into_response())
}

/// POST /user/v1/deauthorize, with a channel access token of v2.1 or a stateless one.
pub async fn deauthorize(Call { caller, headers, body }: Call) -> Answer {
    let bearer = headers.get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let name = body.get("userAccessToken").and_then(Value::as_str).unwrap_or_default();
    caller.sim.with(|world| {
        let kind = bearer.and_then(|bearer| world.tokens.get(bearer)).map(|token| &token.kind);
        if !kind.is_some_and(|kind| *kind == TokenKind::Stateless || kind.is_by_assertion()) {
            return Err(Refusal::unauthorized());
        }
        let token = world.user_token(name).filter(|token| token.channel == caller.channel).cloned();
        let token = token.ok_or_else(|| Refusal::new(400, "invalid token"))?;
        world.deauthorize(&token.channel, &token.user);
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
