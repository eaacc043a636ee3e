//! Narrowcasts: messages to those friends for whom conditions hold, sent behind the answer
//! (line-platform.md §5). What a narrowcast has come to depends on the platform's clock alone:
//! [`World::settle`] brings it there before anybody looks.

use super::{
    call::{Call, Caller},
    check,
    refusal::{Answer, Refusal},
    send::{bubbles, retry_key},
    wish::Wish,
};
use crate::{
    simulator::{
        clock,
        crowd::People,
        mailing::{Mailing, To},
        world::{Accepted, World},
    },
    time::DAY,
};
use axum::{Json, extract::Query, http::StatusCode, response::IntoResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// How long progress can be asked for, and the recipients be named in another narrowcast.
pub(super) const KEPT: i64 = 14 * DAY;
/// Fewer friends than this and nobody may be chosen by what they are.
const FRIENDS: u64 = 100;
/// Fewer recipients than this and a narrowcast that chooses by what people are fails.
const RECIPIENTS: u64 = 50;

/// How far a narrowcast has come. Times are Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Accepted; recipients are not known yet.
    Waiting,
    /// On its way to so many.
    Sending {
        /// Recipients.
        target: u64,
    },
    /// It has arrived.
    Succeeded {
        /// Recipients.
        target: u64,
        /// When.
        at: i64,
    },
    /// It will not be sent.
    Failed {
        /// LINE's number of the reason: 2 too few recipients, 5 only some could have been reached.
        code: u8,
        /// When.
        at: i64,
    },
}

/// An accepted narrowcast.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Narrowcast {
    /// Whose.
    pub channel: String,
    /// Its request id.
    pub request_id: String,
    /// When it was accepted, Unix milliseconds.
    pub accepted: i64,
    /// The request's body, until it has been sent.
    pub body: Value,
    /// How much of the month's quota it holds while it waits.
    pub reserve: u64,
    /// How far it has come.
    pub phase: Phase,
}

impl Narrowcast {
    fn ended(&self) -> bool {
        matches!(self.phase, Phase::Succeeded { .. } | Phase::Failed { .. })
    }

    fn progress(&self) -> Value {
        let accepted = clock::iso(self.accepted);
        match self.phase {
            Phase::Waiting => json!({ "phase": "waiting", "acceptedTime": accepted }),
            Phase::Sending { target } => json!({
                "phase": "sending", "successCount": 0, "failureCount": 0, "targetCount": target,
                "acceptedTime": accepted,
            }),
            Phase::Succeeded { target, at } => json!({
                "phase": "succeeded", "successCount": target, "failureCount": 0, "targetCount": target,
                "acceptedTime": accepted, "completedTime": clock::iso(at),
            }),
            Phase::Failed { code, at } => json!({
                "phase": "failed", "errorCode": code, "failedDescription": match code {
                    5 => "Message delivery has been canceled to prevent messages from being delivered only to a subset of the target audience",
                    _ => "There aren't enough recipients",
                },
                "acceptedTime": accepted, "completedTime": clock::iso(at),
            }),
        }
    }
}

/// POST /v2/bot/message/narrowcast
pub async fn narrowcast(Call { caller, headers, body }: Call) -> Answer {
    let key = retry_key(&headers)?;
    let mut details = check::messages(&body, caller.sim.rules.strict);
    let wish = Wish::read(&body, &mut details);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    let Caller { sim, channel, request_id } = caller;
    sim.with(|world| {
        let now = world.now();
        if let Some(key) = &key {
            world.not_twice(&channel, key, now)?;
        }
        world.known(&channel, &wish, now)?;
        let reach = world.reach_of(&channel);
        if wish.filter.is_some() && reach < FRIENDS {
            return Err(Refusal::new(403, "Your account does not have enough friends"));
        }
        let remaining = world.remaining(&channel, now).filter(|_| wish.up_to_remaining).unwrap_or(u64::MAX);
        let reserve = reach.min(wish.max.unwrap_or(u64::MAX)).min(remaining);
        world.afford(&channel, "narrowcast", reserve, now)?;
        let narrowcast = Narrowcast {
            channel: channel.clone(),
            request_id: request_id.clone(),
            accepted: now,
            body: body.clone(),
            reserve,
            phase: Phase::Waiting,
        };
        world.save("narrowcast", &format!("{:012}", world.narrowcasts.len()), &narrowcast);
        world.resume(narrowcast);
        let call = Accepted::new("narrowcast", &channel, &request_id, &body, now);
        world.accept(Accepted { retry_key: key, ..call });
        Ok(())
    })?;
    // Phones that are being looked at show it when it arrives; everybody else settles it by asking.
    let pace = sim.with(|world| u64::try_from(world.manners.narrowcast_pace)).unwrap_or_default();
    let sim = Arc::downgrade(&sim);
    tokio::spawn(async move {
        for _ in 0..2 {
            tokio::time::sleep(Duration::from_millis(pace)).await;
            let Some(sim) = sim.upgrade() else { return };
            sim.with(|_| ());
        }
    });
    Ok((StatusCode::ACCEPTED, Json(json!({}))).into_response())
}

/// Which narrowcast.
#[derive(Deserialize)]
pub struct Which {
    #[serde(rename = "requestId")]
    request_id: Option<String>,
}

/// GET /v2/bot/message/progress/narrowcast
pub async fn progress(caller: Caller, Query(which): Query<Which>) -> Answer {
    let wrong = || Refusal::new(400, "The value for the 'requestId' parameter is invalid");
    let id = which.request_id.filter(|id| !id.is_empty()).ok_or_else(wrong)?;
    caller.sim.with(|world| {
        let now = world.now();
        let found = world.narrowcasts.iter().rev().find(|one| one.request_id == id && one.channel == caller.channel);
        let found = found.filter(|one| now - one.accepted <= KEPT).ok_or_else(Refusal::not_found)?;
        Ok(Json(found.progress()).into_response())
    })
}

impl World {
    /// Adds a narrowcast, new or from the simulator's file.
    pub(in crate::simulator) fn resume(&mut self, narrowcast: Narrowcast) {
        if !narrowcast.ended() {
            self.running.push(self.narrowcasts.len());
        }
        self.narrowcasts.push(narrowcast);
    }

    /// How much of the month's quota waiting narrowcasts hold.
    pub(in crate::simulator) fn reserved(&self, channel: &str) -> u64 {
        let running = self.running.iter().filter_map(|at| self.narrowcasts.get(*at));
        let waiting = running.filter(|one| one.channel == channel && one.phase == Phase::Waiting);
        waiting.map(|one| one.reserve).sum()
    }

    /// Brings every narrowcast to where it is by now: `pace` milliseconds it waits, and as many it is
    /// being sent.
    pub(in crate::simulator) fn settle(&mut self, pace: i64) {
        if self.running.is_empty() {
            return;
        }
        let now = self.now();
        // The list stays as it is meanwhile: what others hold of the quota counts for each of them.
        for at in self.running.clone() {
            let Some(before) = self.narrowcasts.get(at).map(|one| one.phase) else { continue };
            let mut phase = before;
            let accepted = self.narrowcasts[at].accepted;
            if phase == Phase::Waiting && now >= accepted + pace {
                phase = self.dispatch(at, accepted + pace);
            }
            if let Phase::Sending { target } = phase
                && now >= accepted + 2 * pace
            {
                phase = Phase::Succeeded { target, at: accepted + 2 * pace };
            }
            let one = &mut self.narrowcasts[at];
            one.phase = phase;
            if phase != before {
                one.body = Value::Null;
                let one = one.clone();
                self.save("narrowcast", &format!("{at:012}"), &one);
            }
        }
        let Self { running, narrowcasts, .. } = self;
        running.retain(|at| narrowcasts.get(*at).is_some_and(|one| !one.ended()));
    }

    /// Finds the recipients and sends, or says why not. What is sent is used of the quota of its month.
    fn dispatch(&mut self, at: usize, now: i64) -> Phase {
        // What it held is now there for itself.
        self.narrowcasts[at].reserve = 0;
        let Narrowcast { channel, request_id, body, .. } = self.narrowcasts[at].clone();
        let wish = Wish::read(&body, &mut Vec::new());
        let everyone = wish.recipient.is_none() && wish.filter.is_none();
        let mut people = if everyone { People::default() } else { self.chosen(&channel, &wish, now) };
        let found = if everyone { self.reach_of(&channel) } else { u64::try_from(people.len()).unwrap_or(u64::MAX) };
        if found == 0 || (wish.filter.is_some() && found < RECIPIENTS) {
            return Phase::Failed { code: 2, at: now };
        }
        let mut target = found.min(wish.max.unwrap_or(u64::MAX));
        let left = self.remaining(&channel, now).unwrap_or(u64::MAX);
        if wish.up_to_remaining && left < target {
            if wish.whole {
                return Phase::Failed { code: 5, at: now };
            }
            target = left;
        }
        if target == 0 {
            return Phase::Failed { code: 2, at: now };
        }
        if target < found {
            if everyone {
                people = self.chosen(&channel, &wish, now);
            }
            people.pick(usize::try_from(target).unwrap_or(usize::MAX));
        }
        let to = if everyone && target == found { To::Friends } else { To::Chosen(people) };
        self.spend_quota(&channel, target, now);
        let messages = bubbles(&channel, &body, now);
        let kind = "narrowcast".into();
        self.mail(Mailing { kind, channel, request_id, to, reached: target, messages, time: now });
        Phase::Sending { target }
    }
}
