//! Audiences (line-platform.md §10): made from ids, from a file, from who clicked or saw; looked at,
//! renamed, deleted. Errors carry one of LINE's codes in `details[0].message`.

mod list;
mod refuse;
mod retarget;
mod show;
mod upload;

use super::{
    call::{Call, Caller},
    refusal::{Answer, Refusal},
};
use crate::simulator::world::{World, audience::Audience};
use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use serde_json::{Value, json};

pub use list::{list, shared_list};
pub use retarget::{click, imp};
pub use upload::{FILE_LIMIT, add, add_file, create, create_file};

fn accepted(body: Value) -> Answer {
    Ok((StatusCode::ACCEPTED, Json(body)).into_response())
}

/// The id in a path.
fn number(id: &str) -> Result<i64, Refusal> {
    id.parse().map_err(|_| Refusal::new(400, "The value for the 'audienceGroupId' parameter is invalid"))
}

/// `true` or `false`, however it is written: LINE's SDK for Python says `True`.
fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// An audience that this channel may change.
fn editable<'a>(world: &'a World, channel: &str, id: i64, now: i64) -> Result<&'a Audience, Refusal> {
    world.audience(channel, id, now).filter(|audience| audience.editable()).ok_or_else(refuse::not_found)
}

/// GET /v2/bot/audienceGroup/{audienceGroupId}
pub async fn get(caller: Caller, Path(id): Path<String>) -> Answer {
    let (id, now) = (number(&id)?, caller.sim.now());
    caller.sim.with(|world| {
        let found = world.audience(&caller.channel, id, now).filter(|audience| audience.owner.is_none());
        let audience = found.ok_or_else(refuse::not_found)?;
        let settings = world.settings;
        let jobs = show::jobs(audience, now, settings);
        Ok(Json(json!({ "audienceGroup": show::group(audience, now, settings), "jobs": jobs })).into_response())
    })
}

/// GET /v2/bot/audienceGroup/shared/{audienceGroupId}: one that came over the Business Manager.
pub async fn shared(caller: Caller, Path(id): Path<String>) -> Answer {
    let (id, now) = (number(&id)?, caller.sim.now());
    caller.sim.with(|world| {
        let audience = world.audience(&caller.channel, id, now).ok_or_else(refuse::not_found)?;
        let owner = audience.owner.as_ref().ok_or_else(refuse::not_found)?;
        let settings = world.settings;
        let (group, jobs) = (show::group(audience, now, settings), show::jobs(audience, now, settings));
        Ok(Json(json!({ "audienceGroup": group, "jobs": jobs, "owner": owner })).into_response())
    })
}

/// PUT /v2/bot/audienceGroup/{audienceGroupId}/updateDescription
pub async fn rename(Path(id): Path<String>, Call { caller, body, .. }: Call) -> Answer {
    let id = number(&id)?;
    let name = refuse::name(body.get("description"))?;
    caller.sim.with(|world| {
        let now = world.now();
        editable(world, &caller.channel, id, now)?;
        if let Some(audience) = world.audiences.get_mut(&id) {
            audience.description = name;
        }
        world.save_audience(id);
        Ok(Json(json!({})).into_response())
    })
}

/// DELETE /v2/bot/audienceGroup/{audienceGroupId}: 202, as LINE answers; its OpenAPI says 200 (§21).
pub async fn delete(caller: Caller, Path(id): Path<String>) -> Answer {
    let id = number(&id)?;
    caller.sim.with(|world| {
        let now = world.now();
        editable(world, &caller.channel, id, now)?;
        world.remove_audience(id);
        accepted(json!({}))
    })
}
