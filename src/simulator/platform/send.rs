//! Replies and pushes.

use super::{
    call::Call,
    check,
    refusal::{Answer, Refusal},
};
use crate::{
    simulator::{
        clock, mint,
        model::{Author, FaultKind, Message},
        world::{Accepted, World, one_to_one},
    },
    time::{self, DAY, HOUR, MINUTE},
};
use axum::{Json, response::IntoResponse};
use serde_json::{Value, json};

const RETRY_KEY: &str = "x-line-retry-key";

/// POST /v2/bot/message/validate/{reply|push}
pub async fn validate(call: Call) -> Answer {
    let details = check::messages(&call.body, call.caller.sim.rules.strict);
    if details.is_empty() { Ok(Json(json!({})).into_response()) } else { Err(Refusal::details(&details)) }
}

/// POST /v2/bot/message/reply
pub async fn reply(Call { caller, headers, body }: Call) -> Answer {
    if headers.contains_key(RETRY_KEY) {
        return Err(Refusal::new(400, "The retry key can't be used with this endpoint"));
    }
    let mut details = check::messages(&body, caller.sim.rules.strict);
    check::present(&body, "replyToken", &mut details);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    let token = body["replyToken"].as_str().unwrap_or_default();
    let life = caller.sim.rules.reply_token_life;
    let now = time::now();
    caller.sim.with(|world| {
        let to = world.spend(token, &caller.channel, life, now)?;
        let room = world.reach(&caller.channel, &to, now);
        let (room, _) = room.map_err(|_| Refusal::new(400, "Invalid reply token"))?;
        let sent = world.arrive(&caller.channel, room.as_deref(), &body, now);
        world.accept(Accepted {
            kind: "reply".into(),
            channel: caller.channel,
            request_id: caller.request_id,
            retry_key: None,
            reply_token: Some(token.to_owned()),
            to,
            messages: body["messages"].as_array().cloned().unwrap_or_default(),
            sent: sent.clone(),
            arrived: room.is_some(),
            time: now,
        });
        Ok(Json(json!({ "sentMessages": sent })).into_response())
    })
}

/// POST /v2/bot/message/push
pub async fn push(Call { caller, headers, body }: Call) -> Answer {
    let key = match headers.get(RETRY_KEY) {
        None => None,
        // LINE wants a UUID in hexadecimal notation.
        Some(value) => {
            match value.to_str().ok().filter(|value| value.len() == 36 && uuid::Uuid::parse_str(value).is_ok()) {
                Some(key) => Some(key.to_owned()),
                None => return Err(Refusal::new(400, "The retry key is invalid")),
            }
        }
    };
    let mut details = check::messages(&body, caller.sim.rules.strict);
    check::present(&body, "to", &mut details);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    let to = body["to"].as_str().unwrap_or_default();
    if !mint::is_line_id(to, "UCR") {
        let message = "The property, 'to', in the request body is invalid (line: -, column: -)";
        return Err(Refusal::new(400, message));
    }
    let now = time::now();
    caller.sim.with(|world| {
        if let Some(key) = &key {
            world.not_twice(&caller.channel, key, now)?;
        }
        let (room, cost) = world.reach(&caller.channel, to, now)?;
        world.charge(&caller.channel, cost, now)?;
        let sent = world.arrive(&caller.channel, room.as_deref(), &body, now);
        world.accept(Accepted {
            kind: "push".into(),
            channel: caller.channel,
            request_id: caller.request_id,
            retry_key: key,
            reply_token: None,
            to: to.to_owned(),
            messages: body["messages"].as_array().cloned().unwrap_or_default(),
            sent: sent.clone(),
            arrived: room.is_some(),
            time: now,
        });
        Ok(Json(json!({ "sentMessages": sent })).into_response())
    })
}

impl World {
    /// Spends a reply token and answers where it leads.
    fn spend(&mut self, token: &str, channel: &str, life: i64, now: i64) -> Result<String, Refusal> {
        let token = self.reply_tokens.get_mut(token).filter(|token| {
            token.channel == channel && !token.used && now - token.issued <= life && now - token.event <= 20 * MINUTE
        });
        let token = token.ok_or_else(|| Refusal::new(400, "Invalid reply token"))?;
        token.used = true;
        Ok(token.to.clone())
    }

    /// The room that a message to `to` arrives in (none when it is blocked on the way) and what it costs.
    fn reach(&self, channel: &str, to: &str, now: i64) -> Result<(Option<String>, u64), Refusal> {
        let unknown = || Refusal::new(400, "Failed to send messages");
        if to.starts_with('U') {
            let friend = self.friends.get(channel).and_then(|all| all.get(to)).ok_or_else(unknown)?;
            let welcome = !friend.blocked && (friend.added || now - friend.wrote < 7 * DAY);
            return Ok(if welcome { (Some(one_to_one(channel, to)), 1) } else { (None, 0) });
        }
        let group = self.groups.get(to).filter(|group| group.bot.as_deref() == Some(channel)).ok_or_else(unknown)?;
        Ok((Some(to.to_owned()), u64::try_from(group.members.len()).unwrap_or(u64::MAX)))
    }

    /// Refuses a retry key that was accepted in the last 24 hours.
    fn not_twice(&self, channel: &str, key: &str, now: i64) -> Result<(), Refusal> {
        let before = self.retry_keys.get(&format!("{channel}/{key}")).and_then(|at| self.accepted.get(*at));
        match before.filter(|before| now - before.time < 24 * HOUR) {
            None => Ok(()),
            Some(before) => Err(Refusal {
                status: 409,
                body: json!({ "message": "The retry key is already accepted", "sentMessages": before.sent }),
                accepted: Some(before.request_id.clone()),
            }),
        }
    }

    /// Counts messages against the month's quota.
    fn charge(&mut self, channel: &str, cost: u64, now: i64) -> Result<(), Refusal> {
        let monthly = Refusal::new(429, "You have reached your monthly limit.");
        if self.strike(FaultKind::MonthlyLimit, "/v2/bot/message/push").is_some() {
            return Err(monthly);
        }
        let found = self.channels.get_mut(channel).ok_or_else(Refusal::unauthorized)?;
        let used = found.used(now) + cost;
        if found.quota.is_some_and(|quota| used > quota) {
            return Err(monthly);
        }
        found.used = (clock::month(now), used);
        self.save_channel(channel);
        Ok(())
    }

    /// Puts the messages into the room, if they arrive at all; answers `sentMessages`.
    pub(in crate::simulator) fn arrive(
        &mut self,
        channel: &str,
        room: Option<&str>,
        body: &Value,
        now: i64,
    ) -> Vec<Value> {
        let mut sent = Vec::new();
        for message in body["messages"].as_array().into_iter().flatten() {
            let id = mint::message_id(now);
            let mut answer = json!({ "id": id });
            let quote_token = mint::hex(40);
            let kind = message["type"].as_str().unwrap_or_default();
            if matches!(kind, "text" | "textV2" | "sticker" | "image" | "video" | "template" | "flex") {
                answer["quoteToken"] = quote_token.as_str().into();
            }
            sent.push(answer);
            let Some(room) = room else { continue };
            self.put(
                room,
                Message {
                    id,
                    time: now,
                    from: Author::Bot(channel.to_owned()),
                    body: message.clone(),
                    unsent: false,
                    read: false,
                    read_token: String::new(),
                    quote_token,
                },
            );
            if let Some(room) = self.rooms.get_mut(room) {
                room.loading_until = 0;
            }
        }
        sent
    }

    /// Remembers an accepted call.
    fn accept(&mut self, accepted: Accepted) {
        let kind = if accepted.kind == "push" { "push" } else { "reply" };
        let day = clock::day(accepted.time);
        *self.delivered.entry((accepted.channel.clone(), kind, day)).or_default() += 1;
        if let Some(key) = &accepted.retry_key {
            self.retry_keys.insert(format!("{}/{key}", accepted.channel), self.accepted.len());
        }
        self.save("accepted", &format!("{:012}", self.accepted.len()), &accepted);
        self.accepted.push(accepted);
    }
}
