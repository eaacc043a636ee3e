//! The channel itself: what the account is called, where its webhooks go, what it may still send.

use super::{
    call::{Call, Caller},
    refusal::{Answer, Refusal},
};
use crate::{
    simulator::{clock, demo, webhook::Way},
    time,
};
use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// GET /v2/bot/info
pub async fn info(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let channel = world.channels.get(&caller.channel).ok_or_else(Refusal::unauthorized)?;
        let mut info = json!({
            "userId": channel.bot,
            "basicId": channel.basic_id,
            "displayName": channel.name,
            "pictureUrl": format!("{}/simulator/picture/{}", caller.sim.rules.base_url, channel.bot),
            "chatMode": channel.chat_mode,
            "markAsReadMode": channel.mark_as_read_mode,
        });
        if let Some(id) = &channel.premium_id {
            info["premiumId"] = id.as_str().into();
        }
        Ok(Json(info).into_response())
    })
}

/// GET /v2/bot/channel/webhook/endpoint
pub async fn endpoint(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let channel = world.channels.get(&caller.channel).ok_or_else(Refusal::unauthorized)?;
        let endpoint = channel.endpoint.as_ref().ok_or_else(|| Refusal::new(404, "Webhook endpoint not found"))?;
        Ok(Json(json!({ "endpoint": endpoint, "active": channel.active })).into_response())
    })
}

/// Whether webhooks can be sent to this address: https (http too unless `strict`), at most 500 characters.
pub fn is_endpoint(url: &str, strict: bool) -> bool {
    let scheme = url.starts_with("https://") || (!strict && url.starts_with("http://"));
    scheme && url.len() <= 500 && reqwest::Url::parse(url).is_ok_and(|url| url.has_host())
}

/// PUT /v2/bot/channel/webhook/endpoint
pub async fn set_endpoint(Call { caller, body, .. }: Call) -> Answer {
    let url = body.get("endpoint").and_then(Value::as_str).unwrap_or_default();
    if !is_endpoint(url, caller.sim.rules.strict) {
        return Err(Refusal::new(400, "Invalid webhook endpoint URL"));
    }
    caller.sim.with(|world| {
        let channel = world.channels.get_mut(&caller.channel).ok_or_else(Refusal::unauthorized)?;
        channel.endpoint = Some(url.to_owned());
        world.save_channel(&caller.channel);
        world.resume_webhooks(&caller.channel);
        world.changed("");
        Ok(Json(json!({})).into_response())
    })
}

/// POST /v2/bot/channel/webhook/test
pub async fn test(Call { caller, body, .. }: Call) -> Answer {
    let Caller { sim, channel, .. } = caller;
    let (set, secret, bot) = sim
        .with(|world| {
            let channel = world.channels.get(&channel)?;
            Some((channel.endpoint.clone(), channel.secret.clone(), channel.bot.clone()))
        })
        .ok_or_else(Refusal::unauthorized)?;
    let given = body.get("endpoint").and_then(Value::as_str).map(str::to_owned);
    let own = given.is_none();
    let url = given.or(set).ok_or_else(|| Refusal::new(404, "Webhook endpoint not found"))?;
    if !is_endpoint(&url, sim.rules.strict) {
        return Err(Refusal::new(400, "Invalid webhook endpoint URL"));
    }
    let empty = json!({ "destination": bot, "events": [] }).to_string().into_bytes();
    let way = Way { channel: &channel, url: &url, secret: &secret, signature: None };
    let outcome = sim.post(way, empty, "test").await;
    let success = outcome.reason == "OK";
    if success && own {
        sim.with(|world| world.resume_webhooks(&channel));
    }
    if success && own && sim.rules.demo && channel == demo::CHANNEL_ID {
        let sim = sim.clone();
        tokio::spawn(async move { demo::play_demo(sim).await });
    }
    Ok(Json(json!({
        "success": success,
        "timestamp": clock::iso(sim.now()),
        "statusCode": outcome.status,
        "reason": outcome.reason,
        "detail": outcome.detail,
    }))
    .into_response())
}

/// GET /v2/bot/message/quota
pub async fn quota(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let channel = world.channels.get(&caller.channel).ok_or_else(Refusal::unauthorized)?;
        let quota = match channel.quota {
            None => json!({ "type": "none" }),
            Some(value) => json!({ "type": "limited", "value": value }),
        };
        Ok(Json(quota).into_response())
    })
}

/// GET /v2/bot/message/quota/consumption
pub async fn consumption(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let channel = world.channels.get(&caller.channel).ok_or_else(Refusal::unauthorized)?;
        Ok(Json(json!({ "totalUsage": channel.used(world.now()) + world.reserved(&caller.channel) })).into_response())
    })
}

/// Which day, `yyyyMMdd` in Japan.
#[derive(Deserialize)]
pub struct Date {
    date: Option<String>,
}

/// GET /v2/bot/message/delivery/{kind}
pub async fn delivery(caller: Caller, Path(kind): Path<String>, Query(Date { date }): Query<Date>) -> Answer {
    if !matches!(kind.as_str(), "reply" | "push" | "multicast" | "broadcast") {
        return Err(Refusal::not_found());
    }
    let day = date.as_deref().and_then(clock::read);
    let day = day.ok_or_else(|| Refusal::new(400, "The value for the 'date' parameter is invalid"))?;
    if day < 20_180_331 {
        return Ok(Json(json!({ "status": "out_of_service" })).into_response());
    }
    caller.sim.with(|world| {
        if !super::insight::is_ready(day, world) {
            return Ok(Json(json!({ "status": "unready" })).into_response());
        }
        let count = world
            .delivered
            .iter()
            .find(|((channel, other, on), _)| *channel == caller.channel && *other == kind && *on == day);
        let count = count.map_or(0, |(_, count)| *count);
        Ok(Json(json!({ "status": "ready", "success": count })).into_response())
    })
}

/// POST /v2/bot/chat/markAsRead: that message and everything before it.
pub async fn mark_as_read(Call { caller, body, .. }: Call) -> Answer {
    let token = body.get("markAsReadToken").and_then(Value::as_str).unwrap_or_default();
    if token.is_empty() {
        return Err(Refusal::details(&[("May not be empty".into(), "markAsReadToken".into())]));
    }
    let wrong = || Refusal::new(400, "Invalid markAsReadToken. Check the token.");
    let id = token.rsplit_once('.').map(|(_, id)| id).ok_or_else(wrong)?;
    caller.sim.with(|world| {
        let (room, message) = world.message_mut(id).ok_or_else(wrong)?;
        if message.read_token != token {
            return Err(wrong());
        }
        let mut read = Vec::new();
        for message in world.rooms.get_mut(&room).into_iter().flat_map(|room| room.messages.iter_mut().rev()) {
            if message.id.as_str() <= id && !message.read_token.is_empty() {
                if message.read {
                    break;
                }
                message.read = true;
                read.push(message.clone());
            }
        }
        for message in read {
            world.save_message(&room, &message);
        }
        world.changed(&room);
        Ok(Json(json!({})).into_response())
    })
}

/// POST /v2/bot/chat/loading/start: one to one only.
pub async fn loading(Call { caller, body, .. }: Call) -> Answer {
    let user = body.get("chatId").and_then(Value::as_str).unwrap_or_default();
    let seconds = body.get("loadingSeconds").and_then(Value::as_i64).unwrap_or(20);
    let mut wrong = Vec::new();
    if user.is_empty() {
        wrong.push(("May not be empty".into(), "chatId".into()));
    }
    if !(5..=60).contains(&seconds) {
        wrong.push(("Must be between 5 and 60".into(), "loadingSeconds".into()));
    } else if seconds % 5 != 0 {
        wrong.push(("must be a multiple of five".into(), "loadingSeconds".into()));
    }
    if !wrong.is_empty() {
        return Err(Refusal::details(&wrong));
    }
    let key = crate::simulator::world::one_to_one(&caller.channel, user);
    caller.sim.with(|world| {
        let now = world.now();
        if let Some(room) = world.rooms.get_mut(&key) {
            room.loading_until = now + seconds * time::SECOND;
            world.changed(&key);
        }
    });
    Ok((StatusCode::ACCEPTED, Json(json!({}))).into_response())
}
