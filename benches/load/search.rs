//! Searching a million messages over HTTP, on both databases: how long the first results take, whether everything
//! that was planted is found, what the index weighs, and what it costs those who write.

use super::{
    client::{Client, post},
    corpus::{self, Dice, EVERY, PLANTED},
    house::{self, House, Owner},
    method::{Report, Target, figure, percentile},
    webhooks::closed_loop,
};
use crate::Options;
use anyhow::{Context, ensure};
use engawa::{
    chat::search::{index, store},
    id::{AccountId, TIME_SHIFT},
    server::{config::Flags, db::Db, state::State},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// Rooms of the corpus.
const ROOMS: u64 = 20_000;
/// The messages lie within the year before this (Unix ms).
const END: i64 = 1_790_000_000_000;
const YEAR: i64 = 365 * 24 * 3_600_000;
/// Messages of one transaction while seeding.
const BATCH: u64 = 10_000;
const CALLS: usize = 200;
const WARM_UP: usize = 10;
/// Issue 4's bar.
const MOST_MS: f64 = 100.0;
const CLIENTS: usize = 64;

/// Questions of one sort.
const SORTS: [(&str, &[&str]); 11] = [
    ("one character", &["の", "予", "ข", "的", "e", "7", "水", "า", "?", "ｱ"]),
    ("two kanji", &["予約", "時間", "電話", "京都", "東京", "星期", "料理", "家族", "小花", "左右"]),
    ("Thai", &["ขอบคุณ", "พรุ่งนี้", "ที่จอดรถ", "กาแฟ", "แผนที่", "ขอบคุณพรุ่งนี้"]),
    ("Latin word", &["parking", "thanks", "friday", "vegetarian", "cafe", "tomorr"]),
    ("very common", &["です", "the", "ครับ", "謝謝", "a", "ます"]),
    ("rare (planted)", &PLANTED),
    ("part of a word", &["arki", "ใจ", "ございま", "定め", "hursda", "oup"]),
    ("several words", &["予約 明日", "thanks friday", "ขอบคุณ ครับ", "請問 停車場", "the zzyx", "parking 7 café"]),
    ("nothing at all", &["絕不出現的話", "xyzzyplugh", "ฯฯฯ", "漢麒"]),
    ("a phrase of common words", &["\"the to you\"", "\"is a for we\"", "\"can on the\"", "ですます"]),
    ("names", &["佐藤", "Mia", "สมชาย", "陳怡君", "o'neill", "zoe garcia"]),
];

/// The bench.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new("search");
    let messages = u64::try_from(if options.quick { options.messages } else { options.messages.min(1_000_000) })?;
    report.method(
        "data",
        format!("{messages} messages of four languages in {ROOMS} rooms within a year, 4 % without words; {} phrases planted in every {EVERY}th message", PLANTED.len()),
    );
    report.method("load", format!("one client, keep-alive, {WARM_UP} calls to warm up, then {CALLS} a sort of question; first page: rooms and 30 messages"));
    report.method(
        "ingest",
        format!(
            "{CLIENTS} clients, closed loop, an empty house, {} s a run, with and without the index in turns",
            options.seconds
        ),
    );
    measure(options, None, messages, &mut report).await.context("SQLite")?;
    let postgres = ["ENGAWA_BENCH_POSTGRES", "ENGAWA_TEST_POSTGRES"].iter().find_map(|name| std::env::var(name).ok());
    match postgres {
        Some(server) => measure(options, Some(&server), messages, &mut report).await.context("PostgreSQL")?,
        None => report.note("PostgreSQL was not measured: ENGAWA_BENCH_POSTGRES names none"),
    }
    report.finish()
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn float(number: u64) -> f64 {
    number as f64
}

async fn measure(options: &Options, postgres: Option<&str>, messages: u64, report: &mut Report) -> anyhow::Result<()> {
    let engine = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    ingest(options, postgres, engine, report).await?;
    let house = House::build(postgres).await?;
    let (account, database, line) = (AccountId(house.account.parse()?), house.database.clone(), house.line.clone());
    house.server.stop().await?;
    let data = house.folder.path().join("data");
    let db = Db::open(&database).await?;
    let began = Instant::now();
    let planted = seed(&db, account, messages).await?;
    println!("  {engine}: seeded in {:.0} s", began.elapsed().as_secs_f64());
    db.close().await;
    let flags = Flags { data_dir: Some(data.clone()), database_url: Some(database.clone()), ..Flags::default() };
    let (state, _deliveries) = State::open(flags.resolve()?, "http://127.0.0.1".into()).await?;
    let began = Instant::now();
    while index::work(&state, account, 1).await? == index::Work::Done {}
    let took = began.elapsed().as_secs_f64();
    report.add(figure(format!("{engine}, old messages indexed at full speed"), float(messages) / took, "/s"));
    let mut snapshot = state.db.snapshot().await?;
    let (blocks, docs, bytes) = store::weight(&mut snapshot, account).await?;
    snapshot.commit().await?;
    report.add(figure(format!("{engine}, index in {blocks} blocks"), float(u64::try_from(bytes)?) / 1e6, "MB"));
    report.add(figure(format!("{engine}, index a document"), float(u64::try_from(bytes / docs.max(1))?), "bytes"));
    // Nothing is ours any more: the server's own indexer may work.
    let mut tx = state.db.begin().await?;
    sqlx::query("UPDATE search_state SET lease_until = 0").execute(&mut *tx).await?;
    tx.commit().await?;
    state.db.close().await;
    let (server, address, _) = house::serve(&data, &["--line-host", &line, "--database-url", &database]).await?;
    let cookie = Owner::log_in(&address).await?.cookie;
    let mut client = Client::connect(&address).await?;
    let mut asker = Asker { client: &mut client, address: &address, headers: house::headers(&cookie), account };
    for (sort, questions) in SORTS {
        let questions: Vec<Value> = questions.iter().map(|words| json!({ "words": words })).collect();
        asker.sort(report, engine, sort, &questions, options).await?;
    }
    let month = json!({ "words": "予約", "from": END - YEAR / 2, "until": END - YEAR / 2 + YEAR / 12 });
    let room = json!({ "words": "e", "room": room(7).to_string() });
    let filters = [month, room, json!({ "kind": "image" }), json!({ "words": "thanks", "direction": "out" })];
    asker.sort(report, engine, "with a filter", &filters, options).await?;
    let (mut found, mut wrong) = (0_u64, 0_u64);
    for (word, ids) in PLANTED.iter().zip(&planted) {
        let all = asker.all(&json!({ "words": word })).await?;
        found += all.intersection(ids).count() as u64;
        wrong += all.difference(ids).count() as u64;
    }
    let all: usize = planted.iter().map(BTreeSet::len).sum();
    report.add(
        figure(format!("{engine}, recall of {all} planted"), 100.0 * float(found) / float(all as u64), "%")
            .target(Target::Exactly(100.0)),
    );
    report.add(
        figure(format!("{engine}, found without being planted"), float(wrong), "messages").target(Target::Exactly(0.0)),
    );
    server.stop().await?;
    Ok(())
}

struct Asker<'a> {
    client: &'a mut Client,
    address: &'a str,
    headers: String,
    account: AccountId,
}

impl Asker<'_> {
    async fn ask(&mut self, question: &Value, after: &Value) -> anyhow::Result<Duration> {
        let body = json!({ "account": self.account, "question": question, "after": after }).to_string();
        let headers = format!("{}accept: application/json\r\n", self.headers);
        let request = post(self.address, "/api/chat/search", &headers, body.as_bytes());
        let (status, time) = self.client.timed(&request).await?;
        ensure!(status == 200, "{status} {}", String::from_utf8_lossy(self.client.body()));
        Ok(time)
    }

    async fn sort(
        &mut self,
        report: &mut Report,
        engine: &str,
        sort: &str,
        questions: &[Value],
        options: &Options,
    ) -> anyhow::Result<()> {
        let mut times = Vec::new();
        let calls = if options.quick { CALLS / 5 } else { CALLS };
        for turn in 0..WARM_UP + calls {
            let time = self.ask(&questions[turn % questions.len()], &Value::Null).await?;
            if turn >= WARM_UP {
                times.push(time.as_secs_f64() * 1_000.0);
            }
        }
        let (p50, worst) = (percentile(&mut times, 0.5), percentile(&mut times, 1.0));
        report.add(figure(format!("{engine}, {sort}, p50"), p50, "ms"));
        let p95 = percentile(&mut times, 0.95);
        report.add(figure(format!("{engine}, {sort}, p95"), p95, "ms").worst(worst).target(Target::AtMost(MOST_MS)));
        Ok(())
    }

    /// The ids of everything that is found, page by page.
    async fn all(&mut self, question: &Value) -> anyhow::Result<BTreeSet<i64>> {
        let (mut ids, mut after) = (BTreeSet::new(), Value::Null);
        loop {
            self.ask(question, &after).await?;
            let page: Value = serde_json::from_slice(self.client.body())?;
            for message in page["messages"].as_array().into_iter().flatten() {
                ids.insert(message["id"].as_str().unwrap_or_default().parse()?);
            }
            after = page["next"].clone();
            if after.is_null() {
                return Ok(ids);
            }
        }
    }
}

fn room(number: u64) -> i64 {
    (END - YEAR - 20 * i64::try_from(ROOMS - number % ROOMS).unwrap_or_default()) << TIME_SHIFT
}

/// Writes rooms and messages; gives back the ids of the messages in which each phrase was planted.
async fn seed(db: &Db, account: AccountId, messages: u64) -> anyhow::Result<Vec<BTreeSet<i64>>> {
    let mut tx = db.begin().await?;
    for name in ["search_state", "search_block"] {
        let forget = format!("DELETE FROM {name} WHERE account_id = $1");
        sqlx::query(sqlx::AssertSqlSafe(forget)).bind(account.0).execute(&mut *tx).await?;
    }
    let rooms = Value::from_iter((0..ROOMS).map(|number| {
        json!({ "i": room(number), "u": format!("U{number:032x}"), "n": corpus::name(number), "s": i64::from(number % 50 == 0) })
    }))
    .to_string();
    for statement in [
        "INSERT INTO contact (account_id, id, user_id, name, profile_at, created_at)
         SELECT $1, CAST(value ->> 'i' AS BIGINT), value ->> 'u', value ->> 'n', $2, $2 FROM json_each($3)",
        "INSERT INTO room (account_id, id, seq, kind, line_id, contact_id, name, spam, at, created_at)
         SELECT $1, CAST(value ->> 'i' AS BIGINT), 1, 'user', value ->> 'u', CAST(value ->> 'i' AS BIGINT), value ->> 'n',
            CAST(value ->> 's' AS SMALLINT), $2, $2 FROM json_each($3)",
    ] {
        sqlx::query(statement).bind(account.0).bind(END).bind(&rooms).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    let step = YEAR / i64::try_from(messages)?;
    let mut planted = vec![BTreeSet::new(); PLANTED.len()];
    let mut dice = Dice(1);
    for first in (0..messages).step_by(usize::try_from(BATCH)?) {
        let mut rows = Vec::new();
        for number in first..(first + BATCH).min(messages) {
            let line = corpus::line(number);
            let at = END - YEAR + i64::try_from(number)? * step;
            let id = (at << TIME_SHIFT) | i64::try_from(number % 4_096)?;
            if let Some(which) = line.planted {
                planted[which].insert(id);
            }
            let (kind, content) = match line.text.is_empty() {
                true => ("image", json!({ "type": "image" })),
                false => ("text", json!({ "type": "text", "text": line.text })),
            };
            // Some rooms are busy.
            let own = dice.roll(ROOMS) * dice.roll(ROOMS) / ROOMS;
            let way = if number % 4 == 3 { "out" } else { "in" };
            rows.push(json!({ "r": room(own), "i": id, "s": 2 + number / 4, "k": kind, "c": content.to_string(), "a": at, "d": way }));
        }
        let mut tx = db.begin().await?;
        sqlx::query(
            "INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, delivery)
             SELECT $1, CAST(value ->> 'r' AS BIGINT), CAST(value ->> 'i' AS BIGINT), CAST(value ->> 's' AS BIGINT), value ->> 'd',
                value ->> 'k', value ->> 'c', CAST(value ->> 'a' AS BIGINT), 'received' FROM json_each($2)",
        )
        .bind(account.0)
        .bind(Value::from(rows).to_string())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
    }
    let mut tx = db.begin().await?;
    let last = i64::try_from(3 + messages / 4)?;
    sqlx::query("UPDATE tally SET seq = $2 WHERE account_id = $1").bind(account.0).bind(last).execute(&mut *tx).await?;
    tx.commit().await?;
    if db.engine == engawa::server::db::Engine::Postgres {
        sqlx::query("ANALYZE").execute(db.read()).await?;
    }
    Ok(planted)
}

/// Webhooks with the index following, and without: for that another process pretends to work at it.
async fn ingest(options: &Options, postgres: Option<&str>, engine: &str, report: &mut Report) -> anyhow::Result<()> {
    let house = House::build(postgres).await?;
    let path = format!("/line/webhook/{}", house.account);
    let db = Db::open(&house.database).await?;
    closed_loop(&house.address, &path, &house.secret, CLIENTS, 1.0).await?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    let (mut slow, mut slow_without) = (Vec::new(), Vec::new());
    for turn in 0..6 {
        let indexed = turn % 2 == 0;
        let until = if indexed { 0 } else { i64::MAX };
        let mut tx = db.begin().await?;
        sqlx::query("UPDATE search_state SET holder = 1, lease_until = $1").bind(until).execute(&mut *tx).await?;
        tx.commit().await?;
        let mut run = closed_loop(&house.address, &path, &house.secret, CLIENTS, options.seconds).await?;
        ensure!(run.bad == 0, "{} answers were not 2xx", run.bad);
        let (rates, tails) = if indexed { (&mut with, &mut slow) } else { (&mut without, &mut slow_without) };
        rates.push(run.rate);
        tails.push(percentile(&mut run.times, 0.99));
    }
    let without = percentile(&mut without, 0.5);
    report.add(figure(format!("{engine}, webhooks without the index"), without, "/s"));
    report.add(
        figure(format!("{engine}, webhooks with the index"), percentile(&mut with, 0.5), "/s").beside(Some(without)),
    );
    let tail = percentile(&mut slow_without, 0.5);
    report.add(
        figure(format!("{engine}, webhooks with the index, p99"), percentile(&mut slow, 0.5), "ms").beside(Some(tail)),
    );
    db.close().await;
    house.server.stop().await
}
