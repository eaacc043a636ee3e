//! How tests and scripts play the people on the phones, and see what the platform knows.
//!
//! JSON in, JSON out, all under `/simulator/api`. `room` is a channel id (one to one) or a group id;
//! `time` is Unix milliseconds and may be left out everywhere.
//!
//! | method and path | body | answer |
//! | --- | --- | --- |
//! | POST `/channels` | `{name, id?, secret?, basicId?, premiumId?, greeting?, endpoint?, quota?, token?, verified?, redelivery?}` | the channel: `id secret token basic_id bot …` |
//! | GET `/channels` · GET `/channels/{id}` | | all · one, with `used` of this month |
//! | POST `/channels/{id}` | `{endpoint?, active?, redelivery?, quota?, used?, verified?, chatMode?, premiumId?, greeting?}`; `null` clears | the channel |
//! | POST `/channels/{id}/flush` | | `{}` when every webhook in line has been tried |
//! | POST `/channels/{id}/keys` | the public JWK `{kty, n, e, …}` that signs client assertions | `{kid}` |
//! | POST `/users` | `{name, id?, language?, status?, picture?, follow?: channel}` | the friend: `id name …` |
//! | GET `/users` | | all |
//! | POST `/users/{user}/follow` | `{channel, path?, time?}`; `path` `qr link search recommendation login` | `{}`; also unblocks |
//! | POST `/users/{user}/block` · `/delete` | `{channel, time?}`; deleting also blocks | `{}` |
//! | POST `/users/{user}/read` · `/mute` | `{room, muted?}` | `{}` |
//! | POST `/users/{user}/coupon` | `{couponId, step, win?, time?}`; `step` is `take` (`win` decides a lottery) or `use` | `{won?}` |
//! | GET `/home?user=…` · `/wallet?user=…` | | a phone's chats with what is unread, and accounts · coupons |
//! | GET `/friendship?channel=…&user=…` | | `{added, blocked, deleted, since, path}` |
//! | POST `/users/{user}/say` | `{room, message, base64?, mime?, preparing?, time?}`; `preparing` ms of 202 | `{messageId}` |
//! | POST `/users/{user}/upload` | multipart: `room`, `duration`? (ms, of the next file), then `file`s; several pictures are a set | `{messageId, messageIds}` |
//! | POST `/users/{user}/edit` | `{messageId, message, time?}`; a text in a group, within `editWindow` | `{}` |
//! | POST `/users/{user}/unsend` | `{messageId, time?}`; within `unsendWindow` | `{}` |
//! | POST `/users/{user}/postback` | `{room, data, params?, time?}` | `{}` |
//! | POST `/users/{user}/act` | `{room, messageId, pointer, value?, time?}`; a tap on the action at a JSON pointer of the message, such as `/template/actions/0` or `/quickReply/items/0/action`; `value` picked. With `pointer` empty, on the address `value` in its words | what the phone does itself: `{type, …}` of [`super::model::Tap`], such as `{type: "open", uri}` |
//! | POST `/users/{user}/tap` | `{room, area, value?, time?}`; an area of the rich menu, from 0; `value` picked | `{}` |
//! | GET `/menu?room=…&user=…` | | the rich menu on a phone, or `null` |
//! | POST `/users/{user}/beacon` | `{channel, type, hwid, dm?, time?}`; `type` is `enter`, `stay` or `banner`, `hwid` 10 hex digits, `dm` up to 26 | `{}` |
//! | POST `/groups` | `{name, members, id?, channel?, room?, time?}`; `room` makes an old room of several people | the group |
//! | POST `/groups/{id}/join` · `/leave` | `{users?, channel?, time?}` | `{}`; `channel` is the bot |
//! | POST `/users/{user}/invite` · `/remove` | `{room, users?, channel?, time?}`; as a member does it | `{}` |
//! | POST `/users/{user}/rename` | `{room, name, time?}` | `{}` |
//! | GET `/messages?room=…&user=…` | | the room's messages, the oldest first; `user` for one to one |
//! | GET `/settings` · POST | `{audienceWait?, privacy?, insightWait?, editWindow?, unsendWindow?}` ([`super::world::Settings`]) and `{rateLimits?, narrowcastPace?, webhookBatch?, redeliveries?, redeliveryWait?, suspendAfter?}` ([`super::model::Manners`]) | the settings |
//! | POST `/audiences` | `{channel, description, type?, createRoute?, users?, owner?, time?}`: made elsewhere | `{audienceGroupId}` |
//! | POST `/users/{user}/see` | `{requestId, seq?, url?, played?, time?}`: saw a bubble; with `url` also opened that link, with `played` (percent) also played it. What is tapped by `act`, or comes into sight on a phone, is counted by itself | `{}` |
//! | POST `/users/{user}/look` | `{room, time?}`: opened the chat, which shows what the account sent, and the rich menu | `{}` |
//! | GET `/reactions?requestId=…&start=…&limit=…` | | `{count, reactions}`: what everybody did, crowds too |
//! | POST `/crowd` | `{channel, count, seed?, days?, languages?, blocked?, rates?, webhooks?, perSecond?, announce?}` ([`super::crowd::NewCrowd`]) | the crowd |
//! | GET `/crowd?channel=…` · POST `/crowd/{number}` | POST `{rates?, webhooks?, perSecond?}` ([`super::crowd::Rates`]), for what is sent from then on | all · the crowd, with what is `waiting` |
//! | DELETE `/crowd/{number}` | | `{}`: its members are gone, and what was between them and the account; what came of earlier messages is still counted |
//! | GET `/crowd/{number}/members?start=…&limit=…` | | who they are: `id name language path came blocked gender age area appType` |
//! | PUT `/channels/{id}/memberships` | a list of plans ([`super::world::membership::Plan`]) | the list |
//! | POST `/users/{user}/membership` | `{channel, membershipId, step, time?}`; `step` is `joined`, `renewed` or `left` | `{}` |
//! | POST `/logins` | a LINE Login channel `{name, redirectUris, channel?, provider?, email?, native?, id?, secret?}` | the channel |
//! | GET `/logins` · GET · POST `/logins/{id}` | POST what is to change | all · one |
//! | POST `/users/{user}/email` | `{email}`; `null` for none | `{}` |
//! | POST `/users/{user}/authorize` | `{query, allow?, email?, friend?, amr?}`; `query` of `/oauth2/v2.1/authorize` | `{location}`: where the browser ends |
//! | POST `/users/{user}/liff` | `{liffId, room?, path?}`: opens a LIFF app, and allows what it asks | `{url}` of the page, with its tokens |
//! | GET `/faults` · POST · PUT · DELETE | POST one fault, PUT a list of them | the list, with `struck` |
//! | DELETE `/faults/{id}` | | the list; 404 when it is not on |
//! | GET `/accepted?channel=…` | | every accepted call that sends |
//! | GET `/mailings?channel=…` | | every message to many: `{kind, requestId, time, reached, to, messages}`; `to` is null for all friends |
//! | GET `/clock` · POST | `{now?, advance?, stopped?}`, Unix ms; `{}` for the real time | `{now, stopped}`; it goes on from there unless stopped |
//! | POST `/ids` | `{seed}`, or `{}` for chance | `{}`; ids and tokens are from now on the same in every run |
//! | GET `/log?channel=…&direction=…&status=…&path=…&text=…` · DELETE | | the last 1,000 requests, both directions, the oldest first; `direction` is `call` or `webhook`, `status` is `2xx`, `4xx`, `5xx`, `bad`, `none` or a number. Tokens and secrets are shortened |
//! | GET `/log/{id}` | | one with its headers, its bodies (up to 256 KB each) and as a curl command |
//! | POST `/log/{id}/again` | `{redelivery?}`: a webhook, as it was or as a redelivery, to the channel's endpoint | `{status, reason, detail, log}` |
//! | GET `/webhooks` · GET `/webhooks/{channel}` · DELETE | | how webhooks went, as LINE's console counts them: sums, hours, days, the last errors; DELETE begins anew |
//! | POST `/webhooks/{channel}/resume` | | the same; webhooks that were suspended are sent again |
//! | POST `/raw-webhook` | `{channel, body, signature?}`; `body` a text or JSON | `{status, reason, detail}` |
//! | POST `/demo` | | `{}` when the demo has been played |
//! | POST `/reset` | | `{}`; everything is gone |
//! | GET `/state` · PUT | a file of GET: everything is replaced; `?look=true` replaces nothing | the file · `{before, after}`, how much there is; 400 with `{message}` for a file of something else |
//!
//! `message` is a message object in the words of LINE's webhooks without its ids: text (with `emojis`, `mention` and
//! `quotedMessageId`), sticker, location, and the kinds that have bytes. What no phone could send is refused.
//!
//! A fault: `{kind, path?, channel?, probability?, remaining?, millis?, seconds?}` ([`super::model::Fault`]).

mod act;
mod crowd;
mod group;
mod login;
mod made;
mod phone;
mod rich_menu;
mod say;
pub mod wire;

use super::{
    demo,
    friend::{NewChannel, NewUser, Trouble},
    mint,
    model::FriendPath,
    state::Shared,
    world::{AssertionKey, World, one_to_one},
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

type Answer = Result<Json<Value>, Trouble>;

fn told(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "no such channel, friend, group or message"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "blocked, or not in this group"),
            Self::Taken => (StatusCode::CONFLICT, "there is one already"),
            Self::Invalid => (StatusCode::BAD_REQUEST, "not a value that can be chosen"),
            Self::NoAction => (StatusCode::BAD_REQUEST, "no action at this place of the message"),
            Self::Misplaced => (StatusCode::BAD_REQUEST, "richmenuswitch works on rich menus only"),
            Self::TooLate => (StatusCode::FORBIDDEN, "too late for that"),
            Self::Impossible(why) | Self::Wrong(_, why) => (StatusCode::BAD_REQUEST, why),
            Self::TooLong(limit) => return told(StatusCode::BAD_REQUEST, &format!("at most {limit} characters")),
            Self::TooBig(limit) => {
                return told(StatusCode::PAYLOAD_TOO_LARGE, &format!("at most {} MB", limit / 1_000_000));
            }
        };
        told(status, message)
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
        .route("/users/{user}/postback", post(postback))
        .route("/users/{user}/act", post(act::act))
        .route("/users/{user}/tap", post(rich_menu::tap))
        .route("/menu", get(rich_menu::shown))
        .route("/messages", get(messages))
        .route("/accepted", get(accepted))
        .route("/mailings", get(mailings))
        .route("/ids", post(ids))
        .route("/demo", post(play))
        .route("/reset", post(reset))
        .merge(made::router())
        .merge(say::router())
        .merge(group::router())
        .merge(phone::router())
        .merge(login::router())
        .merge(wire::router())
        .merge(crowd::router())
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
        if let Some(id) = change.get("premiumId") {
            channel.premium_id = id.as_str().map(str::to_owned);
        }
        if let Some(greeting) = change.get("greeting") {
            channel.greeting = greeting.as_str().unwrap_or_default().to_owned();
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
    data: String,
    params: Option<Value>,
    path: Option<FriendPath>,
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
    done(sim.with(|world| world.follow_by(act.channel(), &user, act.path, act.time(world))))
}

async fn block(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.block(act.channel(), &user, act.time(world))))
}

async fn postback(State(sim): State<Shared>, Path(user): Path<String>, Json(act): Json<Act>) -> Answer {
    done(sim.with(|world| world.postback(&user, &act.room, &act.data, act.params.clone(), act.time(world))))
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

async fn ids(State(sim): State<Shared>, Json(wish): Json<Value>) -> Json<Value> {
    sim.set_dice(wish.get("seed").and_then(Value::as_u64).map(mint::Dice::new));
    Json(json!({}))
}

async fn play(State(sim): State<Shared>) -> Json<Value> {
    demo::play_demo(sim).await;
    Json(json!({}))
}

async fn reset(State(sim): State<Shared>) -> Json<Value> {
    sim.replace(World { manners: sim.rules.manners, ..World::default() });
    Json(json!({}))
}
