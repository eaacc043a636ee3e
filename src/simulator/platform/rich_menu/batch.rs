//! Menus of many friends, changed at once by the menu that they have.

use super::{check, done};
use crate::{
    simulator::{
        clock,
        platform::{
            call::{Call, Caller},
            refusal::{Answer, Refusal},
        },
        world::{
            World,
            rich_menu::{Batch, Link},
        },
    },
    time::DAY,
};
use axum::{Json, extract::Query, http::StatusCode, response::IntoResponse};
use serde::Deserialize;
use serde_json::{Value, json};

/// How long progress can be asked for, and a `resumeRequestKey` is known.
const KEPT: i64 = 14 * DAY;
/// How long a batch is `ongoing`, milliseconds.
const GOES_ON: i64 = 300;

/// What friends with the menu `from` get; those of [`Operation::All`] lose what they have.
enum Operation<'a> {
    Link { from: &'a str, to: &'a str },
    Unlink { from: &'a str },
    All,
}

impl<'a> Operation<'a> {
    fn from(&self) -> Option<&'a str> {
        match self {
            Self::Link { from, .. } | Self::Unlink { from } => Some(from),
            Self::All => None,
        }
    }
}

/// The operations of a body, in LINE's words where they are wrong.
fn operations<'a>(world: &World, channel: &str, body: &'a Value) -> Result<Vec<Operation<'a>>, Refusal> {
    let list = body.get("operations").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() || list.len() > 1_000 {
        return Err(Refusal::details(&[("Size must be between 1 and 1000".into(), "operations".into())]));
    }
    if let Some(key) = body.get("resumeRequestKey") {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let good = key.as_str().is_some_and(|key| (1..=100).contains(&key.len()) && key.bytes().all(fits));
        if !good {
            return Err(Refusal::details(&[("invalid resumeRequestKey".into(), "resumeRequestKey".into())]));
        }
    }
    let mut wrong = Vec::new();
    let mut found = Vec::new();
    for (at, operation) in list.iter().enumerate() {
        let mut id = |name: &str| match check::is_menu_id(operation.get(name)) {
            Ok(id) => Some(id),
            Err(words) => {
                wrong.push((words.to_owned(), format!("operations[{at}].{name}")));
                None
            }
        };
        match operation.get("type").and_then(Value::as_str) {
            Some("link") => {
                if let (Some(from), Some(to)) = (id("from"), id("to")) {
                    found.push((at, Operation::Link { from, to }));
                }
            }
            Some("unlink") => found.extend(id("from").map(|from| (at, Operation::Unlink { from }))),
            Some("unlinkAll") => found.push((at, Operation::All)),
            _ => {
                let words = "Must be one of the following values: [link, unlink, unlinkAll]";
                wrong.push((words.to_owned(), format!("operations[{at}].type")));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::details(&wrong));
    }
    if found.len() > 1 && found.iter().any(|(_, operation)| matches!(operation, Operation::All)) {
        let words = "'unlinkAll' type can't be combined with other type";
        return Err(Refusal::details(&[(words.into(), "operations[].type".into())]));
    }
    for (at, (_, operation)) in found.iter().enumerate() {
        if let Some(from) = operation.from()
            && found[..at].iter().any(|(_, before)| before.from() == Some(from))
        {
            let words = format!("from richmenu ({from}) is duplicated");
            return Err(Refusal::details(&[(words, "operations[].from".into())]));
        }
    }
    exist(world, channel, &found)?;
    Ok(found.into_iter().map(|(_, operation)| operation).collect())
}

/// Refuses menus that are not there, and friends' new ones that nobody can see.
fn exist(world: &World, channel: &str, operations: &[(usize, Operation)]) -> Result<(), Refusal> {
    for (at, operation) in operations {
        let to = if let Operation::Link { to, .. } = operation { Some(*to) } else { None };
        for (id, name) in [(operation.from(), "from"), (to, "to")] {
            let Some(id) = id else { continue };
            let property = format!("operations[{at}].{name}");
            match world.rich_menu(channel, id) {
                None => {
                    let details = [(format!("Richmenu ({id}) is not found"), property)];
                    return Err(Refusal { status: 404, ..Refusal::details(&details) });
                }
                Some(menu) if name == "to" && menu.picture.is_none() => {
                    let words = format!("'to' richmenu ({id}) must have image but it doesn't");
                    return Err(Refusal::details(&[(words, property)]));
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}

/// POST /v2/bot/richmenu/validate/batch
pub async fn validate(Call { caller, body, .. }: Call) -> Answer {
    caller.sim.with(|world| operations(world, &caller.channel, &body).map(|_| ()))?;
    done()
}

/// POST /v2/bot/richmenu/batch: every friend is changed once, by the menu that they had before.
pub async fn accept(Call { caller, body, .. }: Call) -> Answer {
    let Caller { sim, channel, request_id } = caller;
    sim.with(|world| {
        let now = world.now();
        let operations = operations(world, &channel, &body)?;
        let resume = body.get("resumeRequestKey").and_then(Value::as_str).map(str::to_owned);
        let known = |batch: &Batch| batch.resume == resume && now - batch.accepted < KEPT;
        let all = world.rich_menus(&channel);
        let again = resume.is_some() && all.batches.values().any(known);
        let before = if again { Vec::new() } else { all.links.clone().into_iter().collect() };
        for (user, Link { menu, .. }) in before {
            let operation = operations.iter().find(|operation| operation.from().is_none_or(|from| from == menu));
            match operation {
                Some(Operation::Link { to, .. }) => world.link_rich_menu(&channel, &user, Some(to)),
                Some(_) => world.link_rich_menu(&channel, &user, None),
                None => {}
            }
        }
        world.add_rich_menu_batch(&channel, &request_id, Batch { accepted: now, completed: now + GOES_ON, resume });
        Ok((StatusCode::ACCEPTED, Json(json!({}))).into_response())
    })
}

/// Which batch: the request id of its call.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default, rename = "requestId")]
    request_id: String,
}

/// GET /v2/bot/richmenu/progress/batch
pub async fn progress(caller: Caller, Query(Which { request_id }): Query<Which>) -> Answer {
    let (now, batch) =
        caller.sim.with(|world| (world.now(), world.rich_menus(&caller.channel).batches.get(&request_id).cloned()));
    let batch = batch.filter(|batch| now - batch.accepted < KEPT).ok_or_else(Refusal::not_found)?;
    let mut answer = json!({ "phase": "ongoing", "acceptedTime": clock::iso(batch.accepted) });
    if now >= batch.completed {
        answer["phase"] = "succeeded".into();
        answer["completedTime"] = clock::iso(batch.completed).into();
    }
    Ok(Json(answer).into_response())
}
