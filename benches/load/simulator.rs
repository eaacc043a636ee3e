//! The simulator of LINE: a million friends, and how fast it takes pushes. It must never be what a bench of
//! ours, or somebody else's, measures.

use super::{
    client::{Client, get, post},
    house::{self, Program, binary},
    memory::memory,
    method::{Report, Target, figure, percentile},
};
use crate::Options;
use anyhow::{Context, ensure};
use engawa::simulator::{
    server::{Config, router, start},
    state::Shared,
};
use serde_json::{Value, json};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use tower::ServiceExt;

/// How many clients push at the same time.
const CLIENTS: usize = 16;
const CROWD: u64 = 1_000_000;

/// A simulator as a process of its own, with one channel.
struct Line {
    program: Program,
    address: String,
    channel: String,
    token: String,
    client: Client,
}

impl Line {
    /// Starts one; gives back how long that took.
    async fn start(folder: &Path, data: Option<&Path>, crowd: bool) -> anyhow::Result<(Self, Duration)> {
        let data = data.map(|data| data.display().to_string());
        let count = CROWD.to_string();
        let mut arguments = vec!["simulator", "--listen", "127.0.0.1:0"];
        if let Some(data) = &data {
            arguments.extend(["--data-dir", data]);
        }
        if crowd {
            arguments.extend(["--crowd", &count]);
        }
        let began = Instant::now();
        let mut program = Program::start(&binary()?, &arguments, &[], &folder.join("simulator.log"))?;
        let url = program.says(|line| Some(line.split_once("http://")?.1.trim().to_owned())).await?;
        let took = began.elapsed();
        program.leave();
        let address = house::host(&url).to_owned();
        let client = Client::connect(&address).await?;
        let mut line = Self { program, address, channel: String::new(), token: String::new(), client };
        let channel = match line.get("/simulator/api/channels").await?.get(0) {
            Some(channel) => channel.clone(),
            None => line.post("/simulator/api/channels", &json!({ "name": "Onsen" })).await?,
        };
        let text = |name: &str| channel[name].as_str().unwrap_or_default().to_owned();
        (line.channel, line.token) = (text("id"), text("token"));
        Ok((line, took))
    }

    fn headers(&self) -> String {
        format!("authorization: Bearer {}\r\n", self.token)
    }

    async fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        let request = get(&self.address, path, &self.headers());
        let status = self.client.send(&request).await?;
        ensure!(status == 200, "{path}: {status} {}", String::from_utf8_lossy(self.client.body()));
        Ok(serde_json::from_slice(self.client.body())?)
    }

    async fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = post(&self.address, path, &self.headers(), body.to_string().as_bytes());
        let status = self.client.send(&request).await?;
        ensure!(status < 300, "{path}: {status} {}", String::from_utf8_lossy(self.client.body()));
        Ok(serde_json::from_slice(self.client.body())?)
    }

    /// The newest message to many.
    async fn newest(&mut self) -> anyhow::Result<String> {
        let all = self.get(&format!("/simulator/api/accepted?channel={}", self.channel)).await?;
        let last = all.as_array().and_then(|all| all.last()).context("nothing was accepted")?;
        Ok(last["request_id"].as_str().context("no request id")?.to_owned())
    }
}

fn message() -> Value {
    json!([{ "type": "text", "text": "Tonight: yuzu bath. https://onsen.example/yuzu" }])
}

#[expect(clippy::cast_precision_loss, reason = "counts of a bench")]
fn number(count: u64) -> f64 {
    count as f64
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The bench.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new("simulator");
    report.method(
        "measured",
        "/proc/PID/status VmRSS of the simulator alone; times as a client on this machine sees them",
    );
    report.method("yardstick", "none: no other simulator of LINE can be installed today");
    million(&mut report).await?;
    in_process(&mut report, options).await?;
    for data in [false, true] {
        over_http(&mut report, options, data).await?;
    }
    report.finish()
}

/// A million friends, what they weigh, and whether they are counted right.
async fn million(report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(super::method::folder()?)?;
    let data = folder.path().join("data");
    let (empty, _) = Line::start(folder.path(), None, false).await?;
    let bare = memory(empty.program.pid(), "VmRSS")?;
    report.add(figure("nobody, VmRSS", bare, "MB"));
    empty.program.stop().await?;
    let (mut line, took) = Line::start(folder.path(), Some(&data), true).await?;
    report.add(figure("1,000,000 friends, made at the start", millis(took), "ms").target(Target::AtMost(5_000.0)));
    let pid = line.program.pid();
    report.add(figure("1,000,000 friends, VmRSS", memory(pid, "VmRSS")?, "MB").target(Target::AtMost(1_500.0)));
    // Everybody is looked at once, one by one, as anybody can see them.
    let (mut reach, mut women, mut start) = (0, 0, 0);
    while start < CROWD {
        let page = line.get(&format!("/simulator/api/crowd/0/members?limit=10000&start={start}")).await?;
        for member in page.as_array().into_iter().flatten().filter(|member| member["blocked"] == false) {
            reach += 1;
            women += u64::from(member["gender"] == "female" && member["appType"] == "ios");
        }
        start += 10_000;
    }
    let began = Instant::now();
    line.post("/v2/bot/message/broadcast", &json!({ "messages": message() })).await?;
    report.add(figure("broadcast to them", millis(began.elapsed()), "ms").target(Target::AtMost(1_000.0)));
    let id = line.newest().await?;
    let path = format!("/v2/bot/insight/message/event?requestId={id}");
    let began = Instant::now();
    let told = line.get(&path).await?;
    report.add(figure("what came of it, asked at once", millis(began.elapsed()), "ms"));
    let delivered = told["overview"]["delivered"].as_u64().context("nothing was delivered")?;
    report.add(
        figure("broadcast, delivered too many or too few", number(delivered.abs_diff(reach)), "people")
            .target(Target::Exactly(0.0)),
    );
    let filter = json!({ "demographic": { "type": "operator", "and": [
        { "type": "gender", "oneOf": ["female"] }, { "type": "appType", "oneOf": ["ios"] },
    ] } });
    line.post("/v2/bot/message/narrowcast", &json!({ "messages": message(), "filter": filter })).await?;
    let id = line.newest().await?;
    let path = format!("/v2/bot/message/progress/narrowcast?requestId={id}");
    let began = Instant::now();
    let progress = loop {
        let progress = line.get(&path).await?;
        if progress["phase"] == "succeeded" || began.elapsed() > Duration::from_secs(60) {
            break progress;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    // Of those who blocked the account for the broadcast meanwhile there can be a few.
    let sent = progress["successCount"].as_u64().context("the narrowcast was not sent")?;
    let crowd = line.get("/simulator/api/crowd").await?;
    let gone = reach - crowd[0]["reach"].as_u64().context("no crowd")?;
    ensure!(sent <= women && women - sent <= gone, "{sent} of {women} with {gone} gone");
    report.add(
        figure("narrowcast, delivered too many or too few", number((women - sent).saturating_sub(gone)), "people")
            .target(Target::Exactly(0.0)),
    );
    report.method(
        "counted",
        format!("against a list of all 1,000,000: {reach} to reach, {women} women with iOS, {gone} gone meanwhile"),
    );
    report.add(
        figure("1,000,000 friends and two mailings, VmRSS", memory(pid, "VmRSS")?, "MB")
            .target(Target::AtMost(1_500.0)),
    );
    line.program.stop().await?;
    let (line, took) = Line::start(folder.path(), Some(&data), true).await?;
    report.add(figure("start with the file they are kept in", millis(took), "ms").target(Target::AtMost(1_000.0)));
    line.program.stop().await
}

/// A push without a network.
async fn in_process(report: &mut Report, options: &Options) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let config = Config { crowd: Some(1_000_000), ..Config::default() };
    let running = start(config, listener, std::future::pending()).await?;
    let (token, people) = people(&running.state, 1_000)?;
    let app = router(running.state.clone());
    let mut times = Vec::new();
    for at in 0..if options.quick { 2_000 } else { 20_000 } {
        let body = json!({ "to": people[at % people.len()], "messages": message() }).to_string();
        let request = http::Request::post("/v2/bot/message/push")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body))?;
        let began = Instant::now();
        let answer = app.clone().oneshot(request).await?;
        times.push(began.elapsed().as_secs_f64() * 1e6);
        ensure!(answer.status() == 200, "a push was answered with {}", answer.status());
    }
    report.method("in process", format!("{} pushes one after the other, through every layer, no network", times.len()));
    let worst = percentile(&mut times, 0.99);
    report.add(
        figure("push in process, p50 (worst: p99)", percentile(&mut times, 0.5), "µs")
            .worst(worst)
            .target(Target::AtMost(1_000.0)),
    );
    Ok(())
}

/// The token of the first channel, and some of its friends.
fn people(sim: &Shared, count: u32) -> anyhow::Result<(String, Vec<String>)> {
    sim.with(|world| {
        let crowd = world.crowds.first().context("no crowd")?;
        let channel = world.channels.get(&crowd.channel).context("no channel")?;
        Ok((channel.token.clone(), (0..count).map(|at| crowd.user_id(at)).collect()))
    })
}

/// Pushes from many clients at once.
async fn over_http(report: &mut Report, options: &Options, keep: bool) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(super::method::folder()?)?;
    let data = folder.path().join("data");
    let (mut line, _) = Line::start(folder.path(), keep.then_some(data.as_path()), true).await?;
    let some = line.get(&format!("/simulator/api/crowd/0/members?limit={}", CLIENTS * 50)).await?;
    let people: Vec<&str> = some.as_array().into_iter().flatten().filter_map(|member| member["id"].as_str()).collect();
    let until = Instant::now() + Duration::from_secs_f64(options.seconds);
    let mut clients = Vec::new();
    for some in people.chunks(50) {
        let (address, headers) = (line.address.clone(), line.headers());
        let requests: Vec<Vec<u8>> = some
            .iter()
            .map(|user| {
                let body = json!({ "to": user, "messages": message() }).to_string();
                post(&address, "/v2/bot/message/push", &headers, body.as_bytes())
            })
            .collect();
        clients.push(tokio::spawn(async move {
            let mut client = Client::connect(&address).await?;
            let mut times = Vec::new();
            for request in requests.iter().cycle() {
                if Instant::now() > until {
                    break;
                }
                let (status, time) = client.timed(request).await?;
                ensure!(status == 200, "a push was answered with {status}");
                times.push(time.as_secs_f64() * 1e3);
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await??);
    }
    let name = if keep { "with its file" } else { "in memory" };
    let count = times.len();
    let used = line.get("/v2/bot/message/quota/consumption").await?;
    ensure!(used["totalUsage"] == count, "{count} pushes, {} counted", used["totalUsage"]);
    report.method(
        if keep { "pushes, kept" } else { "pushes" },
        format!(
            "{CLIENTS} clients with connections of their own for {} s, {count} pushes, all counted",
            options.seconds
        ),
    );
    let rate = number(u64::try_from(count)?) / options.seconds;
    report.add(figure(format!("pushes {name}, {CLIENTS} clients"), rate, "/s").target(Target::AtLeast(5_000.0)));
    let worst = percentile(&mut times, 0.99);
    report.add(figure(format!("push {name}, p50 (worst: p99)"), percentile(&mut times, 0.5), "ms").worst(worst));
    let began = Instant::now();
    let (pid, address) = (line.program.pid(), line.address.clone());
    report.add(figure(format!("after {name}, VmRSS"), memory(pid, "VmRSS")?, "MB"));
    line.program.stop().await?;
    if keep {
        report.add(figure("written to its end, after the last push", millis(began.elapsed()), "ms"));
        let (mut line, took) = Line::start(folder.path(), Some(&data), true).await?;
        report.add(figure("start with all of them", millis(took), "ms"));
        let used = line.get("/v2/bot/message/quota/consumption").await?;
        ensure!(used["totalUsage"] == count, "of {count} pushes {} are kept ({address})", used["totalUsage"]);
        line.program.stop().await?;
    }
    Ok(())
}
