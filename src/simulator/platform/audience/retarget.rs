//! Audiences of the people who saw a broadcast or narrowcast, or opened a link in it.

use super::{accepted, refuse, show};
use crate::{
    simulator::{
        platform::{
            call::Call,
            refusal::{Answer, Refusal},
        },
        world::{
            Tally, World,
            audience::{Audience, Load},
        },
    },
    time::DAY,
};
use serde_json::Value;

/// The longest address of a link.
const URL_LIMIT: usize = 2_000;
/// Who read an older message can't be told any more.
const MESSAGE_LIFE: i64 = 60 * DAY;

/// POST /v2/bot/audienceGroup/click: who opened `clickUrl`, or any link when there is none.
pub async fn click(call: Call) -> Answer {
    let url = match call.body.get("clickUrl") {
        None | Some(Value::Null) => None,
        Some(Value::String(url)) if url.is_empty() => None,
        Some(Value::String(url)) if url.chars().count() <= URL_LIMIT && reqwest::Url::parse(url).is_ok() => {
            Some(url.clone())
        }
        Some(_) => return Err(refuse::property("clickUrl")),
    };
    make(&call, "CLICK", url)
}

/// POST /v2/bot/audienceGroup/imp: who saw at least one bubble.
pub async fn imp(call: Call) -> Answer {
    make(&call, "IMP", None)
}

fn make(Call { caller, body, .. }: &Call, kind: &str, click_url: Option<String>) -> Answer {
    let description = refuse::name(body.get("description"))?;
    let request_id = match body.get("requestId") {
        None | Some(Value::Null) => return Err(Refusal::details(&[("May not be empty".into(), "requestId".into())])),
        Some(Value::String(id)) => id.clone(),
        Some(_) => return Err(refuse::property("requestId")),
    };
    let (channel, now) = (caller.channel.as_str(), caller.sim.now());
    caller.sim.with(|world| {
        refuse::room_for_one(world, channel, now)?;
        sent(world, channel, &request_id, now)?;
        let same = |audience: &Audience| {
            audience.kind == kind
                && audience.request_id.as_ref() == Some(&request_id)
                && audience.click_url == click_url
        };
        if world.audiences_of(channel, now).any(same) {
            return Err(refuse::code("duplicate requestId", "AUDIENCE_GROUP_REQUESTID_DUPLICATE", None));
        }
        let mut tally = Tally::default();
        if let Some(call) = world.call(&request_id) {
            world.tally(call, &mut tally);
        }
        let people = match &click_url {
            Some(url) => tally.urls.remove(url).unwrap_or_default(),
            None if kind == "IMP" => tally.opened,
            None => tally.clicked,
        };
        let audience = Audience {
            id: 0,
            channel: channel.to_owned(),
            kind: kind.to_owned(),
            description,
            route: "MESSAGING_API".to_owned(),
            created: now,
            request_id: Some(request_id.clone()),
            click_url: click_url.clone(),
            owner: None,
            loads: Vec::new(),
        };
        let id = world.add_audience(audience, now);
        world.load_audience(id, Load { description: String::new(), people, created: now });
        accepted(world.audiences.get(&id).map(show::created).unwrap_or_default())
    })
}

/// Refuses what is no broadcast or narrowcast of this channel, or too old.
fn sent(world: &World, channel: &str, request_id: &str, now: i64) -> Result<(), Refusal> {
    let call = world
        .call(request_id)
        .filter(|call| matches!(call.kind.as_str(), "broadcast" | "narrowcast"))
        .ok_or_else(|| refuse::code("request not found", "REQUEST_NOT_FOUND", None))?;
    if call.channel != channel {
        Err(refuse::code("wrong bot id", "WRONG_BOT_ID", None))
    } else if now - call.time > MESSAGE_LIFE {
        Err(refuse::code("too old messages", "TOO_OLD_MESSAGES", None))
    } else {
        Ok(())
    }
}
