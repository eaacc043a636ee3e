//! The simulator's ids, tokens and times, when they must be the same in every run.

use crate::fixture::{Sim, receiver};
use axum::http::StatusCode;
use reqwest::Method;
use serde_json::{Value, json};

const NOON: i64 = 1_767_236_400_000;

/// A short session, and everything in it that could differ from run to run.
async fn session(seed: Option<u64>) -> Value {
    let mut sim = Sim::start().await;
    sim.control("ids", seed.map_or(json!({}), |seed| json!({ "seed": seed }))).await;
    let clock = sim.control("clock", json!({ "now": NOON, "stopped": true })).await;
    assert_eq!(clock, json!({ "now": NOON, "stopped": true }));
    sim.channel = sim.control("channels", json!({ "name": "Bath" })).await;
    let (hook, received) = receiver(StatusCode::OK).await;
    sim.hook(&hook).await;
    let ken = sim.friend("Ken").await;
    let said = json!({ "room": sim.id(), "message": { "type": "text", "text": "hello" } });
    sim.control(&format!("users/{ken}/say"), said).await;
    let pushed = json!({ "to": ken, "messages": [{ "type": "text", "text": "hi" }] });
    let pushed = sim.call(Method::POST, "/v2/bot/message/push").json(&pushed).send().await.unwrap();
    let request = pushed.headers()["x-line-request-id"].to_str().unwrap().to_owned();
    let pushed: Value = pushed.json().await.unwrap();
    let events = sim.events(&received).await;
    assert!(events.iter().all(|event| event["timestamp"] == NOON), "{events:?}");
    json!([sim.channel["id"], sim.channel["secret"], sim.channel["token"], ken, request, pushed, events])
}

#[tokio::test]
async fn equal_seeds_make_equal_sessions() {
    let (one, same, other, chance) = tokio::join!(session(Some(7)), session(Some(7)), session(Some(8)), session(None));
    assert_eq!(one, same);
    for (at, part) in one.as_array().unwrap().iter().enumerate() {
        assert_ne!(*part, other[at], "another seed");
        assert_ne!(*part, chance[at], "by chance");
    }
}

#[tokio::test]
async fn a_stopped_clock_is_moved_by_hand_and_goes_on_when_told() {
    let sim = Sim::start().await;
    sim.control("clock", json!({ "now": NOON, "stopped": true })).await;
    let moved = sim.control("clock", json!({ "advance": 90_000 })).await;
    assert_eq!(moved, json!({ "now": NOON + 90_000, "stopped": true }));
    let goes = sim.control("clock", json!({ "now": NOON, "stopped": false })).await;
    assert_eq!(goes["stopped"], false);
    crate::fixture::until(async || {
        let clock: Value = sim.http.get(sim.url("/simulator/api/clock")).send().await.unwrap().json().await.unwrap();
        (clock["now"].as_i64().unwrap() > NOON + 1).then_some(())
    })
    .await;
    let real = sim.control("clock", json!({})).await;
    assert!(real["now"].as_i64().unwrap() > NOON + 86_400_000);
}
