//! What a first visit costs: bytes over the wire, first paint, hydrated; in a real Chromium.

use super::{
    house::{self, Owner},
    method::{self, Report, Target, figure, percentile},
};
use crate::Options;
use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What quality.md P4 asks of a page on the slow line: first paint, hydrated, blocked (ms), everything (KB), wasm (KB).
struct Aim {
    page: &'static str,
    paint: f64,
    hydrated: Option<f64>,
    all: f64,
    before_wasm: Option<f64>,
}

const AIMS: [Aim; 2] = [
    Aim { page: "login", paint: 350.0, hydrated: None, all: 350.0, before_wasm: Some(25.0) },
    Aim { page: "inbox", paint: 600.0, hydrated: Some(1_500.0), all: 350.0, before_wasm: None },
];
const WASM_KB: f64 = 300.0;
const BLOCKED_MS: f64 = 150.0;

/// The bench.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new("firstpage");
    let runs = if options.quick { 1 } else { 3 };
    report.method(
        "browser",
        "Chromium through Playwright, 1440 x 900, empty cache, a new context each visit; http without TLS",
    );
    report.method("plain", "this machine as it is, browser and server sharing it");
    report.method("slow", "10 Mbit/s both ways, 40 ms latency, CPU slowed 4 times (quality.md P4)");
    report.method(
        "bytes",
        "encodedDataLength of Chrome: headers and compressed bodies, pictures after hydration included in 'other'",
    );
    report.method("runs", format!("no warm-up, {runs} visits each, median and worst"));
    report.method("data", "the demo: a dozen friends");
    let folder = tempfile::tempdir_in(method::folder()?)?;
    let data = folder.path().join("data");
    let (server, address, token) = house::serve(&data, &["--demo", "--simulator-listen", "127.0.0.1:0"]).await?;
    let owner = Owner::new(&address, &token.context("this is not a first start")?).await?;
    let account = account(&data).await?;
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/firstpage.mjs");
    let wanted = json!({
        "base": format!("http://{address}"), "cookie": owner.cookie, "runs": runs,
        "pages": { "login": "/login", "inbox": format!("/a/{account}/chats/inbox") },
    });
    let output =
        tokio::process::Command::new("node").arg(script).arg(wanted.to_string()).kill_on_drop(true).output().await;
    let output = output.context("node can't be started")?;
    if !output.status.success() {
        bail!("the browser did not get there: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let said: Value = serde_json::from_slice(&output.stdout).context("the browser's script said something else")?;
    report.version("chromium", said["browser"].as_str().unwrap_or_default());
    report.version("node", said["node"].as_str().unwrap_or_default());
    for aim in &AIMS {
        for speed in ["plain", "slow"] {
            let visits = said["results"][aim.page][speed].as_array().context("a page is missing")?;
            ensure!(!visits.is_empty(), "no visits");
            if speed == "plain" {
                sizes(&mut report, aim, visits);
            }
            times(&mut report, aim, speed, visits);
        }
    }
    server.stop().await?;
    report.finish()
}

/// The demo's account. It appears when the simulator has introduced itself, so this may take a moment.
async fn account(data: &std::path::Path) -> anyhow::Result<i64> {
    let file = data.join("engawa.db");
    let db = engawa::server::db::Db::open(&format!("sqlite:{}", file.display())).await?;
    for _ in 0..200 {
        let found: Option<(i64, i64)> =
            sqlx::query_as("SELECT account_id, rooms FROM tally").fetch_optional(db.read()).await?;
        if let Some((account, 10..)) = found {
            db.close().await;
            // The last pictures and profiles.
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            return Ok(account);
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    bail!("the demo's friends did not write within 20 seconds")
}

fn values(visits: &[Value], pointer: &str) -> Vec<f64> {
    visits.iter().filter_map(|visit| visit.pointer(pointer)?.as_f64()).collect()
}

fn sizes(report: &mut Report, aim: &Aim, visits: &[Value]) {
    let (mut all, mut light) = (0.0, 0.0);
    for kind in ["html", "css", "js", "wasm", "other"] {
        let mut found = values(visits, &format!("/bytes/{kind}"));
        let kb = percentile(&mut found, 0.5) / 1_000.0;
        all += kb;
        light += if matches!(kind, "wasm" | "js" | "other") { 0.0 } else { kb };
        let mut size = figure(format!("{}, {kind}", aim.page), kb, "KB");
        if kind == "wasm" {
            size = size.target(Target::AtMost(WASM_KB));
        }
        report.add(size);
    }
    report.add(figure(format!("{}, everything", aim.page), all, "KB").target(Target::AtMost(aim.all)));
    // HTML and CSS are what the first paint and a working form need.
    let mut light = figure(format!("{}, HTML and CSS", aim.page), light, "KB");
    if let Some(most) = aim.before_wasm {
        light = light.target(Target::AtMost(most));
    }
    report.add(light);
    if let Some(coding) = visits[0]["coding"].as_str().filter(|coding| *coding != "br") {
        report.note(format!("{}: the wasm came with content-encoding {coding}, not br", aim.page));
    }
}

fn times(report: &mut Report, aim: &Aim, speed: &str, visits: &[Value]) {
    let aimed = speed == "slow";
    for (name, pointer, most) in [
        ("first contentful paint", "/paint", Some(aim.paint)),
        ("hydrated", "/hydrated", aim.hydrated),
        ("blocked after first paint", "/blocked", Some(BLOCKED_MS)),
    ] {
        let mut found = values(visits, pointer);
        if found.is_empty() {
            report.note(format!("{}, {speed}: the browser reported no {name}", aim.page));
            continue;
        }
        let worst = percentile(&mut found, 1.0);
        let mut time = figure(format!("{}, {speed}: {name}", aim.page), percentile(&mut found, 0.5), "ms").worst(worst);
        if let Some(most) = most.filter(|_| aimed) {
            time = time.target(Target::AtMost(most));
        }
        report.add(time);
    }
}
