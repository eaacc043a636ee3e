//! Webhook events made durable per second, beside the yardstick: the same signed bodies, the same
//! client, in turns.

use super::{
    client::{Client, post},
    house::House,
    method::{Report, Target, figure, percentile},
    yardstick::Yardstick,
};
use crate::Options;
use anyhow::{Context, ensure};
use engawa::{line::signature, server::db::Db};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

const RUNS: usize = 3;
const FRIENDS: u64 = 1_000;
/// More than anyone answers in a second here; a run that used its requests up ends early and is
/// measured by the time it took.
const MOST_PER_SECOND: f64 = 25_000.0;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A text message of a friend, as LINE sends it; every one is new. The second is its number.
pub fn event() -> (Vec<u8>, u64) {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (friend, now) = (number % FRIENDS, engawa::time::now());
    let body = format!(
        r#"{{"destination":"U00000000000000000000000000000000","events":[{{"type":"message","message":{{"type":"text","id":"{:018}","quoteToken":"q3Plxr4AgKd{number:012}","text":"bench#{number}# 明日の午後、空いていますか？"}},"webhookEventId":"01BENCH{number:019}","deliveryContext":{{"isRedelivery":false}},"timestamp":{now},"source":{{"type":"user","userId":"Ube{friend:030x}"}},"replyToken":"nHuyWiB7yP5Zw52FIkcQobQuGDXCTA{number:012}","mode":"active"}}]}}"#,
        600_000_000_000_000_000_u64 + number
    );
    (body.into_bytes(), number)
}

/// The same as a signed request.
pub fn request(host: &str, path: &str, secret: &str) -> (Vec<u8>, u64) {
    let (body, number) = event();
    let headers = format!("user-agent: LineBotWebhook/2.0\r\nx-line-signature: {}\r\n", signature::sign(secret, &body));
    (post(host, path, &headers, &body), number)
}

/// What a run came to.
pub struct Run {
    /// Answers with 2xx.
    pub good: u64,
    /// Any other answer, and none.
    pub bad: u64,
    /// 2xx answers per second.
    pub rate: f64,
    /// Each answer's time, in ms.
    pub times: Vec<f64>,
}

/// Everybody sends, waits for the answer, and sends again, for `seconds`.
pub async fn closed_loop(host: &str, path: &str, secret: &str, clients: usize, seconds: f64) -> anyhow::Result<Run> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let most = (MOST_PER_SECOND * seconds) as usize;
    let requests: Arc<Vec<Vec<u8>>> = Arc::new((0..most).map(|_| request(host, path, secret).0).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(Client::connect(host).await?);
    }
    let began = Instant::now();
    let end = began + Duration::from_secs_f64(seconds);
    let mut senders = tokio::task::JoinSet::new();
    for mut client in connections {
        let (requests, next) = (requests.clone(), next.clone());
        senders.spawn(async move {
            let (mut good, mut bad, mut times) = (0_u64, 0_u64, Vec::new());
            while Instant::now() < end {
                let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                match client.timed(request).await {
                    Ok((200..=299, time)) => {
                        good += 1;
                        times.push(time.as_secs_f64() * 1_000.0);
                    }
                    Ok(_) => bad += 1,
                    // The connection is of no more use; the others go on.
                    Err(_) => {
                        bad += 1;
                        break;
                    }
                }
            }
            (good, bad, times)
        });
    }
    let mut run = Run { good: 0, bad: 0, rate: 0.0, times: Vec::new() };
    while let Some(sender) = senders.join_next().await {
        let (good, bad, times) = sender?;
        run.good += good;
        run.bad += bad;
        run.times.extend(times);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of seconds' work")]
    let good = run.good as f64;
    run.rate = good / began.elapsed().as_secs_f64();
    Ok(run)
}

/// Several runs of one receiver with one number of clients.
#[derive(Default)]
struct Level {
    rates: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Level {
    fn add(&mut self, mut run: Run) {
        self.rates.push(run.rate);
        self.p50.push(percentile(&mut run.times, 0.5));
        self.p99.push(percentile(&mut run.times, 0.99));
    }
}

/// Events and incoming messages in the database.
async fn rows(db: &Db) -> anyhow::Result<(i64, i64)> {
    let events = sqlx::query_scalar("SELECT COUNT(*) FROM webhook_event").fetch_one(db.read()).await?;
    let messages =
        sqlx::query_scalar("SELECT COUNT(*) FROM message WHERE direction = 'in'").fetch_one(db.read()).await?;
    Ok((events, messages))
}

/// The bench: SQLite beside the yardstick, then PostgreSQL where one is named.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new("webhooks");
    report.method("load", "closed loop, keep-alive, unique bodies of one text event each, signed before the run");
    report.method("data", format!("empty at first; {FRIENDS} friends, whose rooms appear in the warm-up"));
    let seconds = options.seconds;
    report.method(
        "runs",
        format!(
            "warm-up 1 s a level, then {RUNS} runs of {seconds} s, ours and the yardstick's in turns; median, worst"
        ),
    );
    measure(options, None, &mut report).await?;
    let postgres = ["ENGAWA_BENCH_POSTGRES", "ENGAWA_TEST_POSTGRES"].iter().find_map(|name| std::env::var(name).ok());
    match postgres {
        Some(server) => measure(options, Some(&server), &mut report).await?,
        None => report.note("PostgreSQL was not measured: ENGAWA_BENCH_POSTGRES names none"),
    }
    report.finish()
}

async fn measure(options: &Options, postgres: Option<&str>, report: &mut Report) -> anyhow::Result<()> {
    let house = House::build(postgres).await?;
    let engine = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    let db = Db::open(&house.database).await?;
    report.method(engine, format!("events, rooms, contacts and messages in one commit; {}", db.durability().await?));
    let yardstick = match Yardstick::start(house.folder.path(), &house.secret, report).await {
        Ok(yardstick) => Some(yardstick),
        Err(error) => {
            report.note(format!("the yardstick did not run beside {engine}: {error:#}"));
            None
        }
    };
    let path = format!("/line/webhook/{}", house.account);
    let before = rows(&db).await?;
    let (mut good, mut yard_good, mut bad, mut yard_bad) = (0, 0, 0, 0);
    let levels: &[usize] = if options.quick { &[1, 64] } else { &[1, 8, 16, 64, 256] };
    for &clients in levels {
        let (mut ours, mut theirs) = (Level::default(), Level::default());
        for run in 0..=RUNS {
            // The first is the warm-up: its answers count, its times do not.
            let seconds = if run == 0 { 1.0 } else { options.seconds };
            let measured = closed_loop(&house.address, &path, &house.secret, clients, seconds).await?;
            good += measured.good;
            bad += measured.bad;
            if run > 0 {
                ours.add(measured);
            }
            if let Some(yardstick) = &yardstick {
                let measured = closed_loop(&yardstick.address, "/webhook", &house.secret, clients, seconds).await?;
                yard_good += measured.good;
                yard_bad += measured.bad;
                if run > 0 {
                    theirs.add(measured);
                }
            }
        }
        show(report, engine, clients, &mut ours, &mut theirs);
    }
    let after = rows(&db).await?;
    let (events, messages) = (after.0 - before.0, after.1 - before.1);
    let good = i64::try_from(good)?;
    #[expect(clippy::cast_precision_loss, reason = "counts of a short run")]
    for (name, value) in [("events less answers", events - good), ("messages less answers", messages - good)] {
        report.add(figure(format!("{engine}: {name}"), value as f64, "rows").target(Target::Exactly(0.0)));
    }
    report.note(format!("{engine}: {good} answers with 2xx, {events} events and {messages} messages in the database, {bad} other answers"));
    if let Some(yardstick) = &yardstick {
        let rows = yardstick.rows().await?;
        report.note(format!("yardstick: {yard_good} answers with 2xx, {rows} rows, {yard_bad} other answers"));
    }
    db.close().await;
    ensure!(good > 0, "nothing was answered");
    house.server.stop().await.context("the server did not stop")
}

fn show(report: &mut Report, engine: &str, clients: usize, ours: &mut Level, theirs: &mut Level) {
    let theirs_of = |values: &mut Vec<f64>| (!values.is_empty()).then(|| percentile(values, 0.5));
    let slowest = percentile(&mut ours.rates, 0.0);
    let mut rate = figure(format!("{engine}, {clients} clients"), percentile(&mut ours.rates, 0.5), "events/s")
        .worst(slowest)
        .beside(theirs_of(&mut theirs.rates));
    let times = match (engine, clients) {
        ("SQLite", 64) => Some(3.0),
        ("SQLite", 256) | ("PostgreSQL", 64) => Some(if engine == "SQLite" { 4.0 } else { 2.0 }),
        ("PostgreSQL", 256) => Some(3.0),
        _ => None,
    };
    if let Some(times) = times {
        rate = rate.target(Target::Times(times));
    }
    report.add(rate);
    for (name, ours, theirs) in [("p50", &mut ours.p50, &mut theirs.p50), ("p99", &mut ours.p99, &mut theirs.p99)] {
        let worst = percentile(ours, 1.0);
        let mut time = figure(format!("{engine}, {clients} clients, {name}"), percentile(ours, 0.5), "ms");
        time = time.worst(worst).beside(theirs_of(theirs));
        if name == "p99" && clients == 64 {
            time = time.target(Target::AtMost(30.0));
        }
        report.add(time);
    }
}
