//! Messages to many at once: multicast and broadcast (line-platform.md §5).

use super::{
    call::{Call, Caller},
    check,
    refusal::{Answer, Refusal},
    send::{bubbles, retry_key},
    units,
};
use crate::simulator::{
    mailing::{Mailing, To, number},
    world::{Accepted, World},
};
use axum::{Json, response::IntoResponse};
use serde_json::{Value, json};

/// How many ids a multicast takes.
const IDS: usize = 500;

/// The users that a multicast names, as sorted numbers, each once.
fn recipients(body: &Value, details: &mut check::Details) -> Result<Vec<u128>, Refusal> {
    let Some(list) = body.get("to").and_then(Value::as_array) else {
        details.insert(0, ("May not be empty".into(), "to".into()));
        return Ok(Vec::new());
    };
    if !(1..=IDS).contains(&list.len()) {
        details.insert(0, (format!("Size must be between 1 and {IDS}"), "to".into()));
        return Ok(Vec::new());
    }
    let mut numbers = Vec::with_capacity(list.len());
    for (at, id) in list.iter().enumerate() {
        // Groups and rooms are refused here too: a multicast goes to users alone.
        numbers.push(id.as_str().and_then(number).ok_or_else(|| invalid(&format!("to[{at}]")))?);
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

fn invalid(property: &str) -> Refusal {
    Refusal::new(400, format!("The property, '{property}', in the request body is invalid (line: -, column: -)"))
}

/// POST /v2/bot/message/multicast
pub async fn multicast(Call { caller, headers, body }: Call) -> Answer {
    let key = retry_key(&headers)?;
    let mut details = check::messages(&body, caller.sim.rules.strict);
    units::check(&body, &mut details);
    let mut numbers = recipients(&body, &mut details)?;
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    let sim = caller.sim.clone();
    sim.with(|world| {
        // Those who blocked, and strangers, are left out without a word.
        numbers.retain(|number| world.is_friend(&caller.channel, &format!("U{number:032x}")));
        let reached = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
        world.send_to_many("multicast", caller, key, &body, To::These(numbers), reached)
    })
}

/// POST /v2/bot/message/broadcast
pub async fn broadcast(Call { caller, headers, body }: Call) -> Answer {
    let key = retry_key(&headers)?;
    let details = check::messages(&body, caller.sim.rules.strict);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    let sim = caller.sim.clone();
    sim.with(|world| {
        let reached = world.reach_of(&caller.channel);
        world.send_to_many("broadcast", caller, key, &body, To::Friends, reached)
    })
}

impl World {
    fn send_to_many(
        &mut self,
        kind: &str,
        caller: Caller,
        key: Option<String>,
        body: &Value,
        to: To,
        reached: u64,
    ) -> Answer {
        let now = self.now();
        let Caller { channel, request_id, .. } = caller;
        if let Some(key) = &key {
            self.not_twice(&channel, key, now)?;
        }
        self.charge(&channel, kind, reached, now)?;
        let unit = if kind == "multicast" { self.unit(&channel, body, now) } else { None };
        if reached > 0 {
            self.mail(Mailing {
                kind: kind.into(),
                channel: channel.clone(),
                request_id: request_id.clone(),
                to,
                reached,
                messages: bubbles(&channel, body, now),
                time: now,
            });
        }
        let call = Accepted::new(kind, &channel, &request_id, body, now);
        self.accept(Accepted { retry_key: key, arrived: reached > 0, reached, unit, ..call });
        Ok(Json(json!({})).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::mint;

    #[test]
    fn recipients_are_counted_and_checked() {
        let (one, two) = (mint::line_id('U'), mint::line_id('U'));
        let mut details = Vec::new();
        assert_eq!(recipients(&json!({ "to": [one, two, one] }), &mut details).map(|to| to.len()), Ok(2));
        let wrong = recipients(&json!({ "to": [one, mint::line_id('C')] }), &mut details);
        assert_eq!(wrong, Err(invalid("to[1]")));
        assert!(details.is_empty());
        let _ = recipients(&json!({ "to": vec![&one; 501] }), &mut details);
        assert_eq!(details, [("Size must be between 1 and 500".into(), "to".into())]);
    }
}
