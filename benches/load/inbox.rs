//! The list and a room, over HTTP, on a large inbox.

use super::{
    client::{Client, post},
    house::Place,
    method::{Report, Target, figure, percentile},
    seed,
};
use crate::Options;
use anyhow::{Context, ensure};
use engawa::server::db::Db;
use serde_json::{Value, json};
use std::time::Instant;

const CALLS: usize = 300;
const WARM_UP: usize = 20;
/// quality.md P2.
const MOST_MS: f64 = 10.0;
const MOST_KB: f64 = 15.0;

/// One server function with its bodies.
pub struct Call {
    /// What is shown of it.
    pub name: String,
    function: &'static str,
    bodies: Vec<Value>,
}

/// The bench.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new("inbox");
    let began = Instant::now();
    let seeded = seed::open(options).await?;
    let file = seeded.data.join("engawa.db");
    let size = std::fs::metadata(&file)?.len() >> 20;
    report.method(
        "data",
        format!(
            "{} rooms, {} messages, {size} MB SQLite; half of the messages in 1 % of the rooms",
            options.rooms, options.messages
        ),
    );
    report.method(
        "seeding",
        format!("{}; ready {:.0} s after the bench began", seeded.how, began.elapsed().as_secs_f64()),
    );
    report.method(
        "load",
        format!("one client, keep-alive, {WARM_UP} calls to warm up, then {CALLS}, no compression; file cache warm"),
    );
    report.method("payload", "body of the last call, raw and as sent for accept-encoding: br; the seed repeats five texts, so real ones compress less");
    report.method("durability", "SQLite WAL, synchronous=FULL (nothing is written while measuring)");
    let db = Db::open(&seeded.database).await?;
    report.version("sqlite", &sqlx::query_scalar::<_, String>("SELECT sqlite_version()").fetch_one(db.read()).await?);
    let calls = calls(&db, &seeded.place.account).await?;
    db.close().await;
    for call in calls {
        measure(&mut report, &seeded.place, &call, options).await.with_context(|| call.name.clone())?;
    }
    seeded.server.stop().await?;
    report.finish()
}

/// What is asked for.
pub async fn calls(db: &Db, account: &str) -> anyhow::Result<Vec<Call>> {
    let list = |name: &str, filter: &str, after: Value| Call {
        name: name.to_owned(),
        function: "list_rooms",
        bodies: vec![json!({ "account": account, "filter": filter, "after": after })],
    };
    let mut calls = vec![list("list, all, first page", "all", Value::Null)];
    let (at, id): (i64, i64) = sqlx::query_as(
        "SELECT at, id FROM room WHERE account_id = $1 AND spam = 0 ORDER BY at DESC, id DESC
         LIMIT 1 OFFSET (SELECT COUNT(*) * 9 / 10 FROM room WHERE account_id = $1 AND spam = 0)",
    )
    .bind(account.parse::<i64>()?)
    .fetch_one(db.read())
    .await?;
    calls.push(list("list, all, page at 90 %", "all", json!({ "at": at, "id": id.to_string() })));
    for filter in ["inbox", "unread", "follow_up", "resolved", "spam"] {
        calls.push(list(&format!("list, {filter}, first page"), filter, Value::Null));
    }
    let every = async |sql: &'static str| -> anyhow::Result<Vec<i64>> {
        Ok(sqlx::query_scalar(sql).bind(account.parse::<i64>()?).fetch_all(db.read()).await?)
    };
    // Scattered by a prime, so that neighbours in the file are not asked for one after another. The first hundredth
    // of the rooms are the busy ones (seed.rs).
    let any =
        every("SELECT id FROM room WHERE account_id = $1 ORDER BY (id / 1048576) % 100003 * 7919 % 100003 LIMIT 320")
            .await?;
    let busy = every(
        "SELECT id FROM (SELECT id FROM room WHERE account_id = $1 ORDER BY id LIMIT
         (SELECT COUNT(*) / 100 FROM room WHERE account_id = $1)) busy LIMIT 320",
    )
    .await?;
    let rooms = |name: &str, rooms: &[i64]| Call {
        name: name.to_owned(),
        function: "open_room",
        bodies: rooms.iter().map(|id| json!({ "account": account, "room": id.to_string() })).collect(),
    };
    calls.push(rooms("room, any", &any));
    calls.push(rooms("room, busy", &busy));
    // In the middle of a busy room's history.
    let mut older = Vec::new();
    for id in busy.iter().take(50) {
        let before: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM message WHERE account_id = $1 AND room_id = $2 ORDER BY id DESC
             LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM message WHERE account_id = $1 AND room_id = $2)",
        )
        .bind(account.parse::<i64>()?)
        .bind(id)
        .fetch_optional(db.read())
        .await?;
        if let Some(before) = before {
            older.push(json!({ "account": account, "room": id.to_string(), "before": before.to_string() }));
        }
    }
    calls.push(Call { name: "room, busy, half-way up".into(), function: "older_messages", bodies: older });
    Ok(calls)
}

/// Asks for it often, and reports how long that took and what came.
pub async fn measure(report: &mut Report, place: &Place, call: &Call, options: &Options) -> anyhow::Result<()> {
    ensure!(!call.bodies.is_empty(), "there is nothing to ask for");
    let path = format!("/api/chat/{}", call.function);
    let headers = format!("{}accept: application/json\r\n", place.headers());
    let request = |body: &Value, more: &str| {
        post(&place.address, &path, &format!("{headers}{more}"), body.to_string().as_bytes())
    };
    let mut client = Client::connect(&place.address).await?;
    let mut times = Vec::with_capacity(CALLS);
    let mut raw = 0;
    let many = WARM_UP + if options.quick { CALLS / 5 } else { CALLS };
    for turn in 0..many {
        let (status, time) = client.timed(&request(&call.bodies[turn % call.bodies.len()], "")).await?;
        ensure!(status == 200, "{status} {}", String::from_utf8_lossy(client.body()));
        raw = client.body().len();
        if turn >= WARM_UP {
            times.push(time.as_secs_f64() * 1_000.0);
        }
    }
    let last = &call.bodies[(many - 1) % call.bodies.len()];
    client.send(&request(last, "accept-encoding: br\r\n")).await?;
    let sent = client.body().len();
    report.add(figure(format!("{}, p50", call.name), percentile(&mut times, 0.5), "ms"));
    let worst = percentile(&mut times, 1.0);
    let p99 = figure(format!("{}, p99", call.name), percentile(&mut times, 0.99), "ms");
    report.add(p99.worst(worst).target(Target::AtMost(MOST_MS)));
    #[expect(clippy::cast_precision_loss, reason = "a few kilobytes")]
    let kb = |bytes: usize| bytes as f64 / 1_000.0;
    report.add(figure(format!("{}, payload raw", call.name), kb(raw), "KB"));
    report.add(figure(format!("{}, payload brotli", call.name), kb(sent), "KB").target(Target::AtMost(MOST_KB)));
    Ok(())
}
