//! Replies and pushes.

use super::{
    call::{Call, RETRY_KEY},
    check,
    refusal::{Answer, Refusal},
    units,
};
use crate::{
    simulator::{
        clock, mint,
        model::{Author, FaultKind, Message},
        world::{Accepted, World, one_to_one},
    },
    time::{DAY, HOUR, MINUTE},
};
use axum::{Json, http::HeaderMap, response::IntoResponse};
use serde_json::{Value, json};

/// The retry key of a call, if it has one. LINE wants a UUID in hexadecimal notation.
pub fn retry_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(value) = headers.get(RETRY_KEY) else { return Ok(None) };
    let key = value.to_str().ok().filter(|value| value.len() == 36 && uuid::Uuid::parse_str(value).is_ok());
    key.map(|key| Some(key.to_ascii_lowercase())).ok_or_else(|| Refusal::new(400, "The retry key is invalid"))
}

/// The bubbles that a request body's messages become.
pub fn bubbles(channel: &str, body: &Value, now: i64) -> Vec<Message> {
    let messages = body["messages"].as_array().into_iter().flatten();
    let silent = body["notificationDisabled"].as_bool().unwrap_or_default();
    messages
        .map(|message| Message {
            id: mint::message_id(now),
            time: now,
            from: Author::Bot(channel.to_owned()),
            body: message.clone(),
            unsent: false,
            edited: false,
            read: false,
            read_token: String::new(),
            quote_token: mint::hex(40),
            silent,
        })
        .collect()
}

/// POST /v2/bot/message/validate/{reply|push|multicast|narrowcast|broadcast}: looks at `messages` alone.
pub async fn validate(call: Call) -> Answer {
    let details = check::messages(&call.body, call.caller.sim.rules.strict);
    if details.is_empty() { Ok(Json(json!({})).into_response()) } else { Err(Refusal::details(&details)) }
}

/// POST /v2/bot/message/reply
pub async fn reply(Call { caller, body, .. }: Call) -> Answer {
    let mut details = check::messages(&body, caller.sim.rules.strict);
    check::present(&body, "replyToken", &mut details);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    let token = body["replyToken"].as_str().unwrap_or_default();
    let life = caller.sim.rules.reply_token_life;
    caller.sim.with(|world| {
        let now = world.now();
        let to = world.spend(token, &caller.channel, life, now)?;
        let room = world.reach(&caller.channel, &to, now);
        let (room, reached) = room.map_err(|_| Refusal::new(400, "Invalid reply token"))?;
        let sent = world.arrive(&caller.channel, room.as_deref(), &body, now);
        world.accept(Accepted {
            reply_token: Some(token.to_owned()),
            to,
            sent: sent.clone(),
            arrived: room.is_some(),
            reached,
            ..Accepted::new("reply", &caller.channel, &caller.request_id, &body, now)
        });
        Ok(Json(json!({ "sentMessages": sent })).into_response())
    })
}

/// POST /v2/bot/message/push
pub async fn push(Call { caller, headers, body }: Call) -> Answer {
    let key = retry_key(&headers)?;
    let mut details = check::messages(&body, caller.sim.rules.strict);
    units::check(&body, &mut details);
    check::present(&body, "to", &mut details);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    let to = body["to"].as_str().unwrap_or_default();
    if !mint::is_line_id(to, "UCR") {
        let message = "The property, 'to', in the request body is invalid (line: -, column: -)";
        return Err(Refusal::new(400, message));
    }
    caller.sim.with(|world| {
        let now = world.now();
        if let Some(key) = &key {
            world.not_twice(&caller.channel, key, now)?;
        }
        let (room, cost) = world.reach(&caller.channel, to, now)?;
        world.charge(&caller.channel, "push", cost, now)?;
        let unit = world.unit(&caller.channel, &body, now);
        let sent = world.arrive(&caller.channel, room.as_deref(), &body, now);
        world.accept(Accepted {
            retry_key: key,
            to: to.to_owned(),
            sent: sent.clone(),
            arrived: room.is_some(),
            reached: cost,
            unit,
            ..Accepted::new("push", &caller.channel, &caller.request_id, &body, now)
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
            let friend = self.friend(channel, to).ok_or_else(unknown)?;
            let welcome = !friend.blocked && (friend.added || now - friend.wrote < 7 * DAY);
            return Ok(if welcome { (Some(one_to_one(channel, to)), 1) } else { (None, 0) });
        }
        let group = self.groups.get(to).filter(|group| group.bot.as_deref() == Some(channel)).ok_or_else(unknown)?;
        Ok((Some(to.to_owned()), u64::try_from(group.members.len()).unwrap_or(u64::MAX)))
    }

    /// Refuses a retry key that was accepted in the last 24 hours.
    pub(super) fn not_twice(&self, channel: &str, key: &str, now: i64) -> Result<(), Refusal> {
        let before = self.retry_keys.get(&format!("{channel}/{key}")).and_then(|at| self.accepted.get(*at));
        match before.filter(|before| now - before.time < 24 * HOUR) {
            None => Ok(()),
            Some(before) => {
                let mut body = json!({ "message": "The retry key is already accepted" });
                // Only a push has ids to tell.
                if before.kind == "push" {
                    body["sentMessages"] = json!(before.sent);
                }
                Err(Refusal { status: 409, body, accepted: Some(before.request_id.clone()) })
            }
        }
    }

    /// What may still be sent this month; none without a cap. What running narrowcasts hold is taken.
    pub(super) fn remaining(&self, channel: &str, now: i64) -> Option<u64> {
        let found = self.channels.get(channel)?;
        found.quota.map(|quota| quota.saturating_sub(found.used(now)).saturating_sub(self.reserved(channel)))
    }

    /// Refuses what goes beyond the month's quota.
    pub(super) fn afford(&mut self, channel: &str, kind: &str, cost: u64, now: i64) -> Result<(), Refusal> {
        let struck = self.strike_at(FaultKind::MonthlyLimit, &format!("/v2/bot/message/{kind}"), channel).is_some();
        // What reaches nobody costs nothing, whatever is left.
        if struck || (cost > 0 && self.remaining(channel, now).is_some_and(|remaining| cost > remaining)) {
            return Err(Refusal::new(429, "You have reached your monthly limit."));
        }
        Ok(())
    }

    /// Counts messages as used, whatever the quota is.
    pub(super) fn spend_quota(&mut self, channel: &str, cost: u64, now: i64) {
        if let Some(found) = self.channels.get_mut(channel) {
            found.used = (clock::month(now), found.used(now).saturating_add(cost));
            self.save_channel(channel);
        }
    }

    /// Counts messages against the month's quota.
    pub(super) fn charge(&mut self, channel: &str, kind: &str, cost: u64, now: i64) -> Result<(), Refusal> {
        self.afford(channel, kind, cost, now)?;
        self.spend_quota(channel, cost, now);
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
        for bubble in bubbles(channel, body, now) {
            let mut answer = json!({ "id": bubble.id });
            let kind = bubble.body["type"].as_str().unwrap_or_default();
            if matches!(kind, "text" | "textV2" | "sticker" | "image" | "video" | "template" | "flex") {
                answer["quoteToken"] = bubble.quote_token.as_str().into();
            }
            sent.push(answer);
            let Some(room) = room else { continue };
            self.put(room, bubble);
            if let Some(room) = self.rooms.get_mut(room) {
                room.loading_until = 0;
            }
        }
        sent
    }

    /// Remembers an accepted call and writes it down.
    pub(super) fn accept(&mut self, accepted: Accepted) {
        self.save("accepted", &format!("{:012}", self.accepted.len()), &accepted);
        self.remember(accepted);
    }

    /// Remembers an accepted call, now or when the simulator's file is read.
    pub(in crate::simulator) fn remember(&mut self, accepted: Accepted) {
        let kind = ["reply", "push", "multicast", "broadcast"].into_iter().find(|kind| *kind == accepted.kind);
        if let Some(kind) = kind.filter(|_| accepted.arrived) {
            let day = clock::day(accepted.time);
            // Calls that were written down before people were counted reached one at least.
            *self.delivered.entry((accepted.channel.clone(), kind, day)).or_default() += accepted.reached.max(1);
        }
        if let Some(key) = &accepted.retry_key {
            self.retry_keys.insert(format!("{}/{key}", accepted.channel), self.accepted.len());
        }
        // What many got at once is looked up among the mailings.
        let ids = accepted.sent.iter().filter_map(|sent| sent["id"].as_str()?.parse().ok());
        let at = self.accepted.len();
        self.sent.extend(ids.map(|id: u64| (id, at)));
        self.accepted.push(accepted);
    }
}
