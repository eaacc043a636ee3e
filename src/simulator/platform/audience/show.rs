//! Audiences as answers tell of them. Times are seconds here.

use crate::{
    simulator::world::{
        Settings,
        audience::{Audience, COUNT_FLOOR, JobStatus, LIFE, Status},
    },
    time::SECOND,
};
use serde_json::{Value, json};

/// The most jobs that an answer tells of.
const JOBS_SHOWN: usize = 50;

/// What is told of a new audience.
pub fn created(audience: &Audience) -> Value {
    let mut shown = json!({
        "audienceGroupId": audience.id,
        "createRoute": audience.route,
        "type": audience.kind,
        "description": audience.description,
        "created": audience.created / SECOND,
        "permission": if audience.editable() { "READ_WRITE" } else { "READ" },
        "expireTimestamp": (audience.created + LIFE) / SECOND,
        "isIfaAudience": false,
    });
    if let Some(request_id) = &audience.request_id {
        shown["requestId"] = request_id.as_str().into();
    }
    if let Some(url) = &audience.click_url {
        shown["clickUrl"] = url.as_str().into();
    }
    shown
}

/// The same, and how far it is.
pub fn group(audience: &Audience, now: i64, settings: Settings) -> Value {
    let status = audience.status(now, settings);
    let count = audience.members(now, settings).len();
    let telling = !settings.privacy || matches!(audience.kind.as_str(), "UPLOAD" | "CHAT_TAG");
    let mut shown = created(audience);
    shown["status"] = json!(status);
    shown["audienceCount"] = if telling || count >= COUNT_FLOOR { count } else { 0 }.into();
    if status == Status::Failed {
        shown["failedType"] = "AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT".into();
    }
    shown
}

/// The last jobs of an upload, the newest first; other audiences have none.
pub fn jobs(audience: &Audience, now: i64, settings: Settings) -> Vec<Value> {
    if audience.kind != "UPLOAD" {
        return Vec::new();
    }
    let jobs = audience.loads.iter().enumerate().rev().take(JOBS_SHOWN);
    jobs.map(|(at, load)| {
        let status = load.status(now, settings);
        json!({
            "audienceGroupJobId": audience.id.saturating_mul(1_000).saturating_add(i64::try_from(at).unwrap_or_default()),
            "audienceGroupId": audience.id,
            "description": load.description,
            "type": "DIFF_ADD",
            "jobStatus": status,
            "audienceCount": if status == JobStatus::Finished { load.people.len() } else { 0 },
            "created": load.created / SECOND,
        })
    })
    .collect()
}
