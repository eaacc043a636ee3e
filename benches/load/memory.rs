//! Resident memory, the size of the binary, and how long a start takes.

use super::{
    client::{Client, get},
    house::{self, House},
    method::{Report, Target, figure},
    seed, stream, webhooks,
};
use crate::Options;
use anyhow::Context;
use std::time::{Duration, Instant};

/// A field of /proc/PID/status in MB (of 1,000,000 bytes).
pub fn memory(pid: u32, field: &str) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).context("the server is gone")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kib: f64 = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).context("no such field")?;
    Ok(kib * 1_024.0 / 1e6)
}

/// The bench.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new("memory");
    report
        .method("measured", "/proc/PID/status: VmRSS (mapped pages of the database included), and RssAnon where said");
    report.method("runs", "one; start time is the median of 5");
    report.method("durability", "SQLite WAL, synchronous=FULL");
    #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
    let size = std::fs::metadata(house::binary()?)?.len() as f64 / 1e6;
    report.add(figure("binary", size, "MB").target(Target::AtMost(40.0)));

    let house = House::build(None).await?;
    let pid = house.server.pid();
    tokio::time::sleep(Duration::from_secs(3)).await;
    report.add(figure("idle, 3 s after the first start", memory(pid, "VmRSS")?, "MB").target(Target::AtMost(80.0)));
    let login = get(&house.address, "/login", "");
    let mut client = Client::connect(&house.address).await?;
    for _ in 0..100 {
        client.send(&login).await?;
    }
    report.add(figure("idle, after 100 pages", memory(pid, "VmRSS")?, "MB").target(Target::AtMost(80.0)));
    let screens = stream::open(&house.place(), 200).await?;
    report.add(figure("200 streams, nothing happens", memory(pid, "VmRSS")?, "MB").target(Target::AtMost(250.0)));
    let path = format!("/line/webhook/{}", house.account);
    let load = webhooks::closed_loop(&house.address, &path, &house.secret, 64, options.seconds).await?;
    let name = "200 streams, webhooks from 64 clients";
    report.add(figure(name, memory(pid, "VmRSS")?, "MB").target(Target::AtMost(250.0)));
    report.add(figure(format!("{name}, RssAnon"), memory(pid, "RssAnon")?, "MB"));
    report.add(figure(format!("{name}, highest VmRSS"), memory(pid, "VmHWM")?, "MB").target(Target::AtMost(250.0)));
    report.note(format!("the load was {:.0} events/s, with the 200 streams read by this same machine", load.rate));
    drop(screens);
    house.server.stop().await?;
    started(&mut report, options).await?;
    report.finish()
}

/// Start and rest on the large database.
async fn started(report: &mut Report, options: &Options) -> anyhow::Result<()> {
    let seeded = seed::open(options).await?;
    report.method("seeded", format!("{} rooms, {} messages; {}", options.rooms, options.messages, seeded.how));
    let (data, mut times) = (seeded.data, vec![seeded.start]);
    let mut server = seeded.server;
    for _ in 0..4 {
        server.stop().await?;
        let began = Instant::now();
        let (started, address, _) = house::serve(&data, &[]).await?;
        times.push(house::ready(&address, began).await?);
        server = started;
    }
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    let start = figure("start on the seeded database, to ready", ms(times[times.len() / 2]), "ms");
    report.add(start.worst(ms(times[times.len() - 1])).target(Target::AtMost(1_000.0)));
    tokio::time::sleep(Duration::from_secs(3)).await;
    let idle = memory(server.pid(), "VmRSS")?;
    report.add(figure("idle on the seeded database", idle, "MB").target(Target::AtMost(80.0)));
    server.stop().await
}
