//! LINE Login and LIFF for scripts: channels, what people have, and going the whole way at once.

use super::{Answer, Trouble};
use crate::simulator::{
    liff,
    login::{Told, authorize},
    mint,
    platform::Refusal,
    state::Shared,
    world::{World, login::LoginChannel},
};
use axum::{
    Json, Router,
    extract::{Path, State},
    response::IntoResponse,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Paths under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/logins", get(logins).post(create))
        .route("/logins/{id}", get(login).post(change))
        .route("/users/{user}/email", post(email))
        .route("/users/{user}/authorize", post(authorize_for))
        .route("/users/{user}/liff", post(open))
}

async fn logins(State(sim): State<Shared>) -> Json<Value> {
    sim.with(|world| Json(world.logins.channels.values().map(|channel| json!(channel)).collect()))
}

async fn login(State(sim): State<Shared>, Path(id): Path<String>) -> Answer {
    sim.with(|world| Ok(Json(json!(world.logins.channels.get(&id).ok_or(Trouble::NotFound)?))))
}

/// Writes a channel if what it is linked to exists and is of its provider: all accounts are of the first one.
fn put(world: &mut World, channel: LoginChannel) -> Answer {
    let linked = channel.channel.as_ref();
    if linked.is_some_and(|linked| !world.channels.contains_key(linked)) {
        return Err(Trouble::NotFound);
    }
    if linked.is_some() && !channel.provider.is_empty() {
        return Err(Trouble::Forbidden);
    }
    let shown = json!(channel);
    world.put_login_channel(channel);
    Ok(Json(shown))
}

async fn create(State(sim): State<Shared>, Json(mut new): Json<LoginChannel>) -> Answer {
    sim.with(|world| {
        if new.id.is_empty() {
            new.id = mint::channel_id();
        }
        if new.secret.is_empty() {
            new.secret = mint::hex(32);
        }
        if world.login_channel(&new.id).is_some() {
            return Err(Trouble::Taken);
        }
        put(world, new)
    })
}

async fn change(State(sim): State<Shared>, Path(id): Path<String>, Json(change): Json<Value>) -> Answer {
    sim.with(|world| {
        let mut all = json!(world.logins.channels.get(&id).ok_or(Trouble::NotFound)?);
        for (name, value) in change.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        all["id"] = id.as_str().into();
        put(world, serde_json::from_value(all).map_err(|_| Trouble::NotFound)?)
    })
}

#[derive(Deserialize)]
struct Email {
    email: Option<String>,
}

async fn email(State(sim): State<Shared>, Path(user): Path<String>, Json(new): Json<Email>) -> Answer {
    sim.with(|world| {
        world.user(&user).ok_or(Trouble::NotFound)?;
        world.save("email", &user, &new.email);
        world.logins.emails.insert(user, new.email);
        Ok(Json(json!({})))
    })
}

/// What a person does on the pages.
#[derive(Deserialize)]
#[serde(default)]
struct Way {
    query: String,
    allow: bool,
    email: bool,
    friend: bool,
    amr: String,
}

impl Default for Way {
    fn default() -> Self {
        Self { query: String::new(), allow: true, email: true, friend: false, amr: "pwd".into() }
    }
}

async fn authorize_for(
    State(sim): State<Shared>,
    Path(user): Path<String>,
    Json(way): Json<Way>,
) -> Result<Json<Value>, axum::response::Response> {
    if !sim.with(|world| world.has_user(&user)) {
        return Err(Trouble::NotFound.into_response());
    }
    let on = |flag: bool| if flag { "on".to_owned() } else { String::new() };
    let mut told = Told {
        user,
        amr: way.amr,
        answer: if way.allow { "allow".into() } else { "cancel".into() },
        email: on(way.email),
        write: on(true),
        friend: on(way.friend),
        ..Told::default()
    };
    match authorize(&sim, &way.query, &mut told) {
        Ok(location) => Ok(Json(json!({ "location": location }))),
        Err(words) => Err(Refusal::new(400, words).into_response()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opening {
    liff_id: String,
    #[serde(default)]
    room: String,
    /// What follows the id in the LIFF URL.
    #[serde(default)]
    path: String,
}

async fn open(State(sim): State<Shared>, Path(user): Path<String>, Json(open): Json<Opening>) -> Answer {
    let url = liff::launch(&sim, &user, &open.liff_id, &open.room, &open.path)?;
    Ok(Json(json!({ "url": url })))
}
