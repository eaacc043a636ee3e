//! The chat desk at the size that it is made for, on both engines: the list and rooms over HTTP, then 200 operators
//! who watch while messages come in (quality.md P2 and P7).

use super::{
    inbox,
    memory::memory,
    method::{Report, Target, figure, percentile},
    seed::{self, Seeded},
    stream,
};
use crate::Options;
use anyhow::Context;
use engawa::server::db::Db;

/// Operators whose browsers are connected.
const OPERATORS: usize = 200;
/// Messages a second.
const RATE: f64 = 500.0;

/// The bench.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut options = options.clone();
    if !options.sized {
        (options.rooms, options.messages) = (1_000_000, 10_000_000);
    }
    if !options.timed {
        options.seconds = 60.0;
    }
    let mut report = Report::new("desk");
    report.method(
        "data",
        format!("{} rooms, {} messages, half of them in 1 % of the rooms", options.rooms, options.messages),
    );
    report.method(
        "calls",
        "server functions over HTTP; one client, keep-alive, 20 calls to warm up, then 300 (60 with --quick), file cache warm; the list's answer holds the counts",
    );
    report.method(
        "payload",
        "body of the last call, raw and with brotli; the seed repeats five texts, so real ones compress less",
    );
    report.method(
        "live",
        format!(
            "{OPERATORS} streams of one session, read by this machine; {RATE} webhooks of one text a second for {} s at an even pace (open loop), signed, from 1,000 friends, on the seeded database; before that 5 s at 50/s",
            options.seconds
        ),
    );
    report.method("delay", "from the webhook's 200 being read to the message being read, on every stream");
    report.method("memory", "/proc/PID/status of the server: VmRSS after that minute, and its highest, pages of the database that are mapped included; RssAnon is without them");
    let postgres = std::env::var("ENGAWA_TEST_POSTGRES").ok();
    let mut engines = vec![("SQLite", None)];
    match &postgres {
        Some(server) => engines.push(("PostgreSQL", Some(server.as_str()))),
        None => report.note("PostgreSQL was not measured: ENGAWA_TEST_POSTGRES names no server"),
    }
    for (name, server) in engines {
        let seeded = seed::open_on(&options, server).await.with_context(|| name.to_owned())?;
        measure(&mut report, name, seeded, &options).await.with_context(|| name.to_owned())?;
    }
    report.finish()
}

async fn measure(report: &mut Report, engine: &str, seeded: Seeded, options: &Options) -> anyhow::Result<()> {
    let pid = seeded.server.pid();
    let durability = if engine == "SQLite" { "WAL, synchronous=FULL" } else { "as PostgreSQL has it by default" };
    report.method(engine, format!("{}; {durability}; ready after {} ms", seeded.how, seeded.start.as_millis()));
    let db = Db::open(&seeded.database).await?;
    let calls = inbox::calls(&db, &seeded.place.account).await?;
    db.close().await;
    for mut call in calls {
        call.name = format!("{engine}: {}", call.name);
        inbox::measure(report, &seeded.place, &call, options).await.with_context(|| call.name.clone())?;
    }
    report.add(figure(format!("{engine}: VmRSS after these calls"), memory(pid, "VmRSS")?, "MB"));
    let screens = stream::open(&seeded.place, OPERATORS).await?;
    report.add(figure(format!("{engine}: VmRSS with {OPERATORS} streams"), memory(pid, "VmRSS")?, "MB"));
    // The friends who write are new to the desk: their rooms are made before anything is measured.
    stream::send(&seeded.place, 50.0, if options.quick { 1.0 } else { 5.0 }).await?;
    let (answered, refused) = stream::send(&seeded.place, RATE, options.seconds).await?;
    let (mut delays, missing) = stream::gather(&screens, &answered).await;
    let name = format!("{engine}: {OPERATORS} operators, {RATE} messages/s");
    report.add(figure(format!("{name}, p50"), percentile(&mut delays, 0.5), "ms"));
    let worst = percentile(&mut delays, 1.0);
    let p99 = figure(format!("{name}, p99"), percentile(&mut delays, 0.99), "ms");
    report.add(p99.worst(worst).target(Target::AtMost(500.0)));
    #[expect(clippy::cast_precision_loss, reason = "a count of a minute")]
    let lost = (missing + refused) as f64;
    report.add(figure(format!("{name}, refused or never on a screen"), lost, "").target(Target::Exactly(0.0)));
    report.add(figure(format!("{name}, VmRSS"), memory(pid, "VmRSS")?, "MB").target(Target::AtMost(250.0)));
    let highest = memory(pid, "VmHWM")?;
    report.add(figure(format!("{name}, highest VmRSS"), highest, "MB").target(Target::AtMost(250.0)));
    report.add(figure(format!("{name}, RssAnon"), memory(pid, "RssAnon")?, "MB"));
    drop(screens);
    seeded.server.stop().await.context("the server did not stop")
}
