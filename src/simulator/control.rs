//! How tests and scripts play the people on the phones, and see what the platform knows.
//!
//! JSON in, JSON out, all under `/simulator/api`. `room` is a channel id (one to one) or a group id;
//! `time` is Unix milliseconds and may be left out everywhere.
//!
//! | method and path | body | answer |
//! | --- | --- | --- |
//! | POST `/channels` | `{name, id?, secret?, basicId?, endpoint?, quota?, token?, verified?, redelivery?}` | the channel: `id secret token basic_id bot …` |
//! | GET `/channels` · GET `/channels/{id}` | | all · one, with `used` of this month |
//! | POST `/channels/{id}` | `{endpoint?, active?, redelivery?, quota?, used?, verified?, chatMode?}`; `null` clears | the channel |
//! | POST `/channels/{id}/flush` | | `{}` when every webhook in line has been tried |
//! | POST `/channels/{id}/keys` | the public JWK `{kty, n, e, …}` that signs client assertions | `{kid}` |
//! | POST `/users` | `{name, id?, language?, status?, picture?, follow?: channel}` | the friend: `id name …` |
//! | GET `/users` | | all |
//! | POST `/users/{user}/follow` · `/block` | `{channel, time?}` | `{}`; following also unblocks |
//! | POST `/users/{user}/say` | `{room, message, base64?, mime?, preparing?, time?}`; `preparing` ms of 202 | `{messageId}` |
//! | POST `/users/{user}/upload` | multipart: `room`, then `file` | `{messageId}` |
//! | POST `/users/{user}/unsend` | `{messageId, time?}` | `{}` |
//! | POST `/users/{user}/postback` | `{room, data, params?, time?}` | `{}` |
//! | POST `/users/{user}/tap` | `{room, area, value?, time?}`; an area of the rich menu, from 0; `value` picked | `{}` |
//! | GET `/menu?room=…&user=…` | | the rich menu on a phone, or `null` |
//! | POST `/groups` | `{name, members, id?, channel?, time?}` | the group |
//! | POST `/groups/{id}/join` · `/leave` | `{users?, channel?, time?}` | `{}`; `channel` is the bot |
//! | GET `/messages?room=…&user=…` | | the room's messages, the oldest first; `user` for one to one |
//! | GET `/settings` · POST | `{audienceWait?, privacy?, insightWait?}` ([`super::world::Settings`]) | the settings |
//! | POST `/audiences` | `{channel, description, type?, createRoute?, users?, owner?, time?}`: made elsewhere | `{audienceGroupId}` |
//! | POST `/users/{user}/see` | `{requestId, seq?, url?, played?, time?}`: saw a bubble; with `url` also opened that link, with `played` (percent) also played it | `{}` |
//! | POST `/users/{user}/look` | `{room, time?}`: opened the chat, which shows what came to many, and the rich menu | `{}` |
//! | GET `/reactions?requestId=…&start=…&limit=…` | | `{count, reactions}`: what everybody did, crowds too |
//! | POST `/crowd` | `{channel, count, seed?, days?, languages?, blocked?, rates?, webhooks?, perSecond?, announce?}` ([`super::crowd::NewCrowd`]) | the crowd |
//! | GET `/crowd?channel=…` · POST `/crowd/{number}` | POST `{rates?, webhooks?, perSecond?}` ([`super::crowd::Rates`]), for what is sent from then on | all · the crowd, with what is `waiting` |
//! | GET `/crowd/{number}/members?start=…&limit=…` | | who they are: `id name language path came blocked gender age area appType` |
//! | PUT `/channels/{id}/memberships` | a list of plans ([`super::world::membership::Plan`]) | the list |
//! | POST `/users/{user}/membership` | `{channel, membershipId, step, time?}`; `step` is `joined`, `renewed` or `left` | `{}` |
//! | GET `/faults` · POST · PUT · DELETE | POST one fault, PUT a list of them | the list |
//! | GET `/accepted?channel=…` | | every accepted call that sends |
//! | GET `/mailings?channel=…` | | every message to many: `{kind, requestId, time, reached, to, messages}`; `to` is null for all friends |
//! | GET `/clock` · POST | `{now}`, or `{}` for the real time | `{now}`, Unix ms; it goes on from there |
//! | GET `/log` | | the last 500 requests, both directions |
//! | POST `/raw-webhook` | `{channel, body, signature?}`; `body` a text or JSON | `{status, reason, detail}` |
//! | POST `/demo` | | `{}` when the demo has been played |
//! | POST `/reset` | | `{}`; everything is gone |
//!
//! A fault: `{kind, path?, probability?, remaining?, millis?}` ([`super::model::Fault`]).

mod crowd;
mod made;
mod rich_menu;

use super::{
    demo,
    friend::{NewChannel, NewUser, Trouble},
    mint,
    model::{Fault, LogEntry},
    state::Shared,
    world::{AssertionKey, Content, World, one_to_one},
};
use crate::time;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

/// The largest file that a phone may send (LINE's films: 200 MB).
const FILE_LIMIT: usize = 200 * 1024 * 1024;

/// The last moment that the clock can be set to: the year 2100. Message ids have room for it.
const CLOCK_END: i64 = 4_102_444_800_000;

type Answer = Result<Json<Value>, Trouble>;

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "no such channel, friend, group or message"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "blocked, or not in this group"),
            Self::Taken => (StatusCode::CONFLICT, "there is one already"),
            Self::Invalid => (StatusCode::BAD_REQUEST, "not a value that can be chosen"),
        };
        (status, Json(json!({ "message": message }))).into_response()
    }
}

/// Every path, to be nested under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/channels", get(channels).post(create_channel))
        .route("/channels/{id}", get(channel).post(change_channel))
        .route("/channels/{id}/flush", post(flush))
        .route("/channels/{id}/keys", post(add_key))
        .route("/users", get(users).post(create_user))
        .route("/users/{user}/follow", post(follow))
        .route("/users/{user}/block", post(block))
        .route("/users/{user}/say", post(say))
        .route("/users/{user}/upload", post(upload))
        .route("/users/{user}/unsend", post(unsend))
        .route("/users/{user}/postback", post(postback))
        .route("/users/{user}/tap", post(rich_menu::tap))
        .route("/menu", get(rich_menu::shown))
        .route("/groups", post(create_group))
        .route("/groups/{id}/join", post(join))
        .route("/groups/{id}/leave", post(leave))
        .route("/messages", get(messages))
        .route("/faults", get(faults).post(add_fault).put(set_faults).delete(clear_faults))
        .route("/accepted", get(accepted))
        .route("/mailings", get(mailings))
        .route("/clock", get(clock).post(set_clock))
        .route("/log", get(log))
        .route("/raw-webhook", post(raw_webhook))
        .route("/demo", post(play))
        .route("/reset", post(reset))
        .merge(made::router())
        .merge(crowd::router())
        .layer(DefaultBodyLimit::max(FILE_LIMIT))
}

fn shown(world: &World, id: &str) -> Answer {
    let channel = world.channels.get(id).ok_or(Trouble::NotFound)?;
    let mut value = json!(channel);
    value["used"] = channel.used(world.now()).into();
    Ok(Json(value))
}

async fn channels(State(sim): State<Shared>) -> Json<Value> {
    sim.with(|world| Json(world.channels.values().map(|channel| json!(channel)).collect()))
}

#[derive(Deserialize)]
struct Jwk {
    n: String,
    e: String,
}

async fn add_key(State(sim): State<Shared>, Path(id): Path<String>, Json(Jwk { n, e }): Json<Jwk>) -> Answer {
    sim.with(|world| {
        world.channels.get(&id).ok_or(Trouble::NotFound)?;
        let kid = mint::key_id();
        let key = AssertionKey { channel: id, n, e };
        world.save("key", &kid, &key);
        world.assertion_keys.insert(kid.clone(), key);
        Ok(Json(json!({ "kid": kid })))
    })
}

async fn create_channel(State(sim): State<Shared>, Json(new): Json<NewChannel>) -> Answer {
    sim.with(|world| world.create_channel(new)).map(|channel| Json(json!(channel)))
}

async fn channel(State(sim): State<Shared>, Path(id): Path<String>) -> Answer {
    sim.with(|world| shown(world, &id))
}

async fn change_channel(State(sim): State<Shared>, Path(id): Path<String>, Json(change): Json<Value>) -> Answer {
    sim.with(|world| {
        let now = world.now();
        let channel = world.channels.get_mut(&id).ok_or(Trouble::NotFound)?;
        let flag = |name: &str, old: bool| change.get(name).and_then(Value::as_bool).unwrap_or(old);
        channel.active = flag("active", channel.active);
        channel.redelivery = flag("redelivery", channel.redelivery);
        channel.verified = flag("verified", channel.verified);
        if let Some(endpoint) = change.get("endpoint") {
            channel.endpoint = endpoint.as_str().map(str::to_owned);
        }
        if let Some(quota) = change.get("quota") {
            channel.quota = quota.as_u64();
        }
        if let Some(used) = change.get("used").and_then(Value::as_u64) {
            channel.used = (super::clock::month(now), used);
        }
        if let Some(mode) = change.get("chatMode").and_then(Value::as_str) {
            channel.chat_mode = mode.to_owned();
        }
        world.save_channel(&id);
        world.changed("");
        shown(world, &id)
    })
}

async fn flush(State(sim): State<Shared>, Path(id): Path<String>) -> Json<Value> {
    sim.flush(&id).await;
    Json(json!({}))
}

async fn users(State(sim): State<Shared>) -> Json<Value> {
    sim.with(|world| Json(world.users.values().map(|user| json!(user)).collect()))
}

async fn create_user(State(sim): State<Shared>, Json(mut new): Json<Value>) -> Answer {
    let follow = new.as_object_mut().and_then(|new| new.remove("follow"));
    let new: NewUser = serde_json::from_value(new).map_err(|_| Trouble::NotFound)?;
    sim.with(|world| {
        let user = world.create_user(new);
        if let Some(channel) = follow.as_ref().and_then(Value::as_str) {
            world.follow(channel, &user.id, world.now())?;
        }
        Ok(Json(json!(user)))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Act {
    channel: Option<String>,
    #[serde(default)]
    room: String,
    #[serde(default)]
    users: Vec<String>,
    #[serde(default)]
    message_id: String,
    #[serde(default)]
    data: String,
    params: Option<Value>,
    time: Option<i64>,
}

impl Act {
    fn time(&self, world: &World) -> i64 {
        self.time.unwrap_or_else(|| world.now())
    }

    fn channel(&self) -> &str {
        self.channel.as_deref().unwrap_or_default()
    }
}

fn done(result: Result<(), Trouble>) -> Answer {
    result.map(|()| Json(json!({})))
}

async fn follow(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.follow(act.channel(), &user, act.time(world))))
}

async fn block(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.block(act.channel(), &user, act.time(world))))
}

async fn unsend(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.unsend(&user, &act.message_id, act.time(world))))
}

async fn postback(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.postback(&user, &act.room, &act.data, act.params.clone(), act.time(world))))
}

#[derive(Deserialize)]
struct Say {
    room: String,
    message: Value,
    base64: Option<String>,
    mime: Option<String>,
    #[serde(default)]
    preparing: i64,
    time: Option<i64>,
}

/// The message object for bytes, as LINE describes them in a webhook.
pub fn describe(mime: &str, name: &str, size: usize) -> Value {
    match mime.split('/').next() {
        Some("image") => json!({ "type": "image", "contentProvider": { "type": "line" } }),
        Some("video") => json!({ "type": "video", "duration": 5_000, "contentProvider": { "type": "line" } }),
        Some("audio") => json!({ "type": "audio", "duration": 5_000, "contentProvider": { "type": "line" } }),
        _ => json!({ "type": "file", "fileName": name, "fileSize": size }),
    }
}

async fn say(State(sim): State<Shared>, Path(user): Path<String>, Json(say): Json<Say>) -> Answer {
    let now = sim.with(|world| world.now());
    let mut message = say.message;
    let content = match say.base64 {
        None => None,
        Some(text) => {
            let bytes = Bytes::from(BASE64_STANDARD.decode(text).map_err(|_| Trouble::NotFound)?);
            let mime = say.mime.unwrap_or_else(|| "application/octet-stream".into());
            if message["type"] == "file" && message.get("fileSize").is_none() {
                message["fileSize"] = bytes.len().into();
            } else if matches!(message["type"].as_str(), Some("image" | "video" | "audio")) {
                message["contentProvider"] = json!({ "type": "line" });
            }
            let kind = message["type"].as_str().unwrap_or("file").to_owned();
            Some(Content { bytes, mime, kind, gone: false, ready_at: now + say.preparing })
        }
    };
    sim.with(|world| world.say(&user, &say.room, message, content, say.time.unwrap_or(now)))
        .map(|id| Json(json!({ "messageId": id })))
}

async fn upload(
    State(sim): State<Shared>,
    Path(user): Path<String>,
    mut form: Multipart,
) -> Result<Response, Response> {
    let bad = |error: axum::extract::multipart::MultipartError| error.into_response();
    let mut room = String::new();
    while let Some(field) = form.next_field().await.map_err(bad)? {
        if field.name() == Some("room") {
            room = field.text().await.map_err(bad)?;
            continue;
        }
        let name = field.file_name().unwrap_or("file").to_owned();
        let mime = field
            .content_type()
            .map_or_else(|| mime_guess::from_path(&name).first_or_octet_stream().to_string(), str::to_owned);
        let bytes = field.bytes().await.map_err(bad)?;
        let message = describe(&mime, &name, bytes.len());
        let kind = message["type"].as_str().unwrap_or("file").to_owned();
        let content = Content { bytes, mime, kind, gone: false, ready_at: 0 };
        let id = sim.with(|world| world.say(&user, &room, message, Some(content), world.now()));
        return Ok(id.map(|id| Json(json!({ "messageId": id }))).into_response());
    }
    Err(StatusCode::BAD_REQUEST.into_response())
}

#[derive(Deserialize)]
struct NewGroup {
    id: Option<String>,
    name: String,
    #[serde(default)]
    members: Vec<String>,
    channel: Option<String>,
    time: Option<i64>,
}

async fn create_group(State(sim): State<Shared>, Json(new): Json<NewGroup>) -> Answer {
    sim.with(|world| {
        let at = new.time.unwrap_or_else(|| world.now());
        world.create_group(new.id, &new.name, new.members, new.channel.as_deref(), at)
    })
    .map(|group| Json(json!(group)))
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

#[derive(Deserialize)]
struct Where {
    room: Option<String>,
    user: Option<String>,
    channel: Option<String>,
}

async fn messages(State(sim): State<Shared>, Query(at): Query<Where>) -> Json<Value> {
    let room = at.room.unwrap_or_default();
    let key = at.user.map_or_else(|| room.clone(), |user| one_to_one(&room, &user));
    sim.with(|world| Json(json!(world.bubbles_in(&key, usize::MAX))))
}

async fn faults(State(sim): State<Shared>) -> Json<Vec<Fault>> {
    sim.with(|world| Json(world.faults.clone()))
}

async fn add_fault(State(sim): State<Shared>, Json(fault): Json<Fault>) -> Json<Vec<Fault>> {
    sim.with(|world| {
        world.add_fault(fault);
        Json(world.faults.clone())
    })
}

async fn set_faults(State(sim): State<Shared>, Json(list): Json<Vec<Fault>>) -> Json<Vec<Fault>> {
    sim.with(|world| {
        world.faults.clear();
        for fault in list {
            world.add_fault(fault);
        }
        world.changed("");
        Json(world.faults.clone())
    })
}

async fn clear_faults(State(sim): State<Shared>) -> Json<Vec<Fault>> {
    sim.with(|world| {
        world.faults.clear();
        world.changed("");
        Json(Vec::new())
    })
}

async fn accepted(State(sim): State<Shared>, Query(at): Query<Where>) -> Json<Value> {
    sim.with(|world| {
        let wanted = |channel: &String| at.channel.as_ref().is_none_or(|wanted| wanted == channel);
        Json(world.accepted.iter().filter(|call| wanted(&call.channel)).map(|call| json!(call)).collect())
    })
}

async fn mailings(State(sim): State<Shared>, Query(at): Query<Where>) -> Json<Value> {
    let channel = at.channel.unwrap_or_default();
    sim.with(|world| {
        let all = world.mailings.get(&channel).into_iter().flatten();
        Json(all.map(|mailing| world.shown_mailing(mailing)).collect())
    })
}

async fn clock(State(sim): State<Shared>) -> Json<Value> {
    Json(json!({ "now": sim.with(|world| world.now()) }))
}

async fn set_clock(State(sim): State<Shared>, Json(wish): Json<Value>) -> Json<Value> {
    sim.with(|world| {
        let real = time::now();
        world.offset = wish.get("now").and_then(Value::as_i64).map_or(0, |now| now.clamp(0, CLOCK_END) - real);
        world.changed("");
        world.stir = true;
    });
    clock(State(sim)).await
}

async fn log(State(sim): State<Shared>) -> Json<Vec<LogEntry>> {
    sim.with(|world| Json(world.log.iter().cloned().collect()))
}

#[derive(Deserialize)]
struct Raw {
    channel: String,
    body: Value,
    signature: Option<String>,
}

async fn raw_webhook(State(sim): State<Shared>, Json(raw): Json<Raw>) -> Answer {
    let (url, secret) = sim.with(|world| {
        let channel = world.channels.get(&raw.channel).ok_or(Trouble::NotFound)?;
        Ok((channel.endpoint.clone().ok_or(Trouble::NotFound)?, channel.secret.clone()))
    })?;
    let body = match raw.body {
        Value::String(text) => text.into_bytes(),
        other => other.to_string().into_bytes(),
    };
    let outcome = sim.post(&url, &secret, body, raw.signature.as_deref()).await;
    Ok(Json(json!({ "status": outcome.status, "reason": outcome.reason, "detail": outcome.detail })))
}

async fn play(State(sim): State<Shared>) -> Json<Value> {
    demo::play_demo(sim).await;
    Json(json!({}))
}

async fn reset(State(sim): State<Shared>) -> Json<Value> {
    sim.with(|world| {
        let keep = world.keep;
        *world = World { keep, ..World::default() };
        world.forget("", "");
        world.changed("");
    });
    Json(json!({}))
}
