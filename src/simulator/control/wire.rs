//! What went over the wire and how webhooks fared; the platform's clock and manners; its whole state as a file.

use super::{Answer, Trouble};
use crate::{
    simulator::{
        archive::{self, Foreign},
        clock,
        model::{Fault, HookReport, LogEntry, LogQuery},
        state::Shared,
        webhook::{Outcome, Way},
        wire::Names,
    },
    time,
};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// The largest export that is taken in: a million friends fit.
const STATE_LIMIT: usize = 1024 * 1024 * 1024;

/// Paths under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/log", get(log).delete(clear_log))
        .route("/log/{id}", get(entry))
        .route("/log/{id}/again", post(again))
        .route("/webhooks", get(reports))
        .route("/webhooks/{channel}", get(report).delete(reset_report))
        .route("/webhooks/{channel}/resume", post(resume))
        .route("/raw-webhook", post(raw_webhook))
        .route("/faults", get(faults).post(add_fault).put(set_faults).delete(clear_faults))
        .route("/faults/{id}", delete(drop_fault))
        .route("/settings", get(settings).post(set_settings))
        .route("/clock", get(read_clock).post(set_clock))
        .route("/state", get(state).put(set_state).layer(DefaultBodyLimit::max(STATE_LIMIT)))
}

/// Names of accounts by channel id.
pub fn names(sim: &Shared) -> Names {
    sim.with(|world| world.channels.values().map(|channel| (channel.id.clone(), channel.name.clone())).collect())
}

async fn log(State(sim): State<Shared>, Query(query): Query<LogQuery>) -> Json<Vec<LogEntry>> {
    Json(sim.log.entries(&query))
}

async fn clear_log(State(sim): State<Shared>) -> Json<Value> {
    sim.log.clear();
    Json(json!({}))
}

async fn entry(State(sim): State<Shared>, Path(id): Path<u64>) -> Answer {
    let detail = sim.log.detail(id, &names(&sim), &sim.rules.base_url).ok_or(Trouble::NotFound)?;
    Ok(Json(json!(detail)))
}

fn told(outcome: &Outcome) -> Json<Value> {
    Json(json!({
        "status": outcome.status, "reason": outcome.reason, "detail": outcome.detail, "log": outcome.log,
    }))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Again {
    redelivery: bool,
}

async fn again(State(sim): State<Shared>, Path(id): Path<u64>, Json(wish): Json<Again>) -> Answer {
    let outcome = sim.send_again(id, wish.redelivery).await.ok_or(Trouble::NotFound)?;
    Ok(told(&outcome))
}

async fn reports(State(sim): State<Shared>) -> Json<Vec<HookReport>> {
    sim.with(|world| {
        let ids = world.channel_names();
        Json(ids.iter().filter_map(|(id, _)| world.hook_report(id)).collect())
    })
}

async fn report(State(sim): State<Shared>, Path(channel): Path<String>) -> Answer {
    let report = sim.with(|world| world.hook_report(&channel)).ok_or(Trouble::NotFound)?;
    Ok(Json(json!(report)))
}

async fn reset_report(State(sim): State<Shared>, Path(channel): Path<String>) -> Answer {
    sim.with(|world| world.reset_webhooks(&channel));
    report(State(sim), Path(channel)).await
}

async fn resume(State(sim): State<Shared>, Path(channel): Path<String>) -> Answer {
    sim.with(|world| world.resume_webhooks(&channel));
    report(State(sim), Path(channel)).await
}

#[derive(Deserialize)]
struct Raw {
    channel: String,
    body: Value,
    signature: Option<String>,
}

async fn raw_webhook(State(sim): State<Shared>, Json(raw): Json<Raw>) -> Answer {
    let (url, secret) = sim.with(|world| {
        let channel = world.channels.get(&raw.channel).ok_or(Trouble::NotFound)?;
        Ok((channel.endpoint.clone().ok_or(Trouble::NotFound)?, channel.secret.clone()))
    })?;
    let body = match raw.body {
        Value::String(text) => text.into_bytes(),
        other => other.to_string().into_bytes(),
    };
    let way = Way { channel: &raw.channel, url: &url, secret: &secret, signature: raw.signature.as_deref() };
    Ok(told(&sim.post(way, body, "raw").await))
}

async fn faults(State(sim): State<Shared>) -> Json<Vec<Fault>> {
    sim.with(|world| Json(world.active_faults()))
}

async fn add_fault(State(sim): State<Shared>, Json(fault): Json<Fault>) -> Json<Vec<Fault>> {
    sim.with(|world| {
        world.add_fault(fault);
        Json(world.active_faults())
    })
}

async fn set_faults(State(sim): State<Shared>, Json(list): Json<Vec<Fault>>) -> Json<Vec<Fault>> {
    sim.with(|world| {
        world.faults.clear();
        for fault in list {
            world.add_fault(fault);
        }
        world.changed("faults");
        Json(world.active_faults())
    })
}

async fn clear_faults(State(sim): State<Shared>) -> Json<Vec<Fault>> {
    sim.with(|world| {
        world.faults.clear();
        world.changed("faults");
        Json(Vec::new())
    })
}

async fn drop_fault(State(sim): State<Shared>, Path(id): Path<u64>) -> Answer {
    sim.with(|world| if world.drop_fault(id) { Ok(Json(json!(world.active_faults()))) } else { Err(Trouble::NotFound) })
}

/// What can be changed while the platform runs: [`crate::simulator::world::Settings`] and
/// [`crate::simulator::model::Manners`] in one object.
async fn settings(State(sim): State<Shared>) -> Json<Value> {
    sim.with(|world| {
        let mut all = json!(world.settings);
        if let (Some(all), Value::Object(manners)) = (all.as_object_mut(), json!(world.manners)) {
            all.extend(manners);
        }
        Json(all)
    })
}

async fn set_settings(State(sim): State<Shared>, Json(change): Json<Value>) -> Answer {
    let changed = |mut all: Value| {
        for (name, value) in change.as_object().into_iter().flatten() {
            if all.get(name).is_some() {
                all[name] = value.clone();
            }
        }
        all
    };
    sim.with(|world| {
        let read = (
            serde_json::from_value(changed(json!(world.settings))),
            serde_json::from_value(changed(json!(world.manners))),
        );
        let (Ok(settings), Ok(manners)) = read else { return Err(Trouble::Invalid) };
        (world.settings, world.manners) = (settings, manners);
        world.save("settings", "", &settings);
        world.save("manners", "", &manners);
        world.changed("");
        Ok(())
    })?;
    Ok(settings(State(sim)).await)
}

async fn read_clock(State(sim): State<Shared>) -> Json<Value> {
    sim.with(|world| Json(json!({ "now": world.now(), "stopped": world.stopped.is_some() })))
}

async fn set_clock(State(sim): State<Shared>, Json(wish): Json<Value>) -> Json<Value> {
    let number = |name: &str| wish.get(name).and_then(Value::as_i64);
    sim.with(|world| {
        let real = time::now();
        let wanted = number("now").or_else(|| number("advance").map(|ahead| world.now().saturating_add(ahead)));
        world.offset = wanted.map_or(0, |now| now.clamp(0, clock::END) - real);
        // Who moves a clock that stands moves it by hand.
        let by_hand = world.stopped.is_some() && wish.get("advance").is_some();
        let stopped = wish.get("stopped").and_then(Value::as_bool).unwrap_or(by_hand);
        world.stopped = stopped.then_some(real + world.offset);
        world.stir = true;
        world.changed("");
    });
    read_clock(State(sim)).await
}

async fn state(State(sim): State<Shared>) -> Response {
    let (text, name) = sim.with(|world| (archive::write(world), archive::name(world.now())));
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}

impl IntoResponse for Foreign {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({ "message": self.0 }))).into_response()
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Import {
    look: bool,
}

/// Replaces everything by an export; with `?look=true` only says what is in it.
async fn set_state(State(sim): State<Shared>, Query(way): Query<Import>, body: Bytes) -> Result<Json<Value>, Foreign> {
    let manners = sim.rules.manners;
    // Minutes of work for a million friends must not hold up the others.
    let read = tokio::task::spawn_blocking(move || archive::read(&body, manners)).await;
    let world = read.map_err(|error| Foreign(error.to_string()))??;
    let after = world.counts();
    let before = sim.with(|world| world.counts());
    if !way.look {
        sim.replace(world);
    }
    Ok(Json(json!({ "before": before, "after": after })))
}
