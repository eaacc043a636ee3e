//! From a webhook that was answered to the event on every operator's screen.

use super::{
    client::{Client, get},
    house::{House, Place},
    method::{Report, Target, figure, percentile},
    webhooks,
};
use crate::Options;
use anyhow::{Context, ensure};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    sync::Notify,
    task::{AbortHandle, JoinSet},
};

/// In every text, before the number of the event.
const MARK: &str = "bench#";
/// How long the last events may take to arrive.
const LATEST: Duration = Duration::from_secs(5);

/// When each event arrived at one screen.
type Arrivals = Arc<Mutex<HashMap<u64, Instant>>>;

/// Screens that are connected; they close when this is dropped.
pub struct Screens {
    arrivals: Vec<Arrivals>,
    tasks: Vec<AbortHandle>,
}

impl Drop for Screens {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

/// Opens so many streams; each has had its first event when this returns.
pub async fn open(house: &Place, many: usize) -> anyhow::Result<Screens> {
    // A number that no account has: the stream begins with an event, which tells that it is open.
    let path = format!("/a/{}/live?after=-1", house.account);
    let request = get(&house.address, &path, &format!("{}accept: text/event-stream\r\n", house.headers()));
    let mut screens = Screens { arrivals: Vec::new(), tasks: Vec::new() };
    for _ in 0..many {
        let mut socket = TcpStream::connect(&house.address).await?;
        socket.set_nodelay(true)?;
        socket.write_all(&request).await?;
        let mut lines = BufReader::with_capacity(32 << 10, socket);
        let mut first = Vec::new();
        lines.read_until(b'\n', &mut first).await?;
        ensure!(first.starts_with(b"HTTP/1.1 200"), "a stream was refused: {}", String::from_utf8_lossy(&first).trim());
        let (arrivals, opened) = (Arrivals::default(), Arc::new(Notify::new()));
        screens.arrivals.push(arrivals.clone());
        let told = opened.clone();
        screens.tasks.push(tokio::spawn(async move { watch(lines, &arrivals, &told).await }).abort_handle());
        tokio::time::timeout(LATEST, opened.notified()).await.context("a stream stayed silent")?;
    }
    Ok(screens)
}

/// Reads a stream; an event is one line, so the chunks of the transfer need not be understood.
async fn watch(mut stream: BufReader<TcpStream>, arrivals: &Arrivals, told: &Notify) {
    let mut line = Vec::new();
    loop {
        line.clear();
        match stream.read_until(b'\n', &mut line).await {
            Ok(1..) => {}
            _ => return,
        }
        if !line.starts_with(b"data:") {
            continue;
        }
        let now = Instant::now();
        let text = String::from_utf8_lossy(&line);
        if let Ok(mut arrivals) = arrivals.lock() {
            for (at, _) in text.match_indices(MARK) {
                let number = text[at + MARK.len()..].split('#').next().and_then(|number| number.parse().ok());
                if let Some(number) = number {
                    arrivals.entry(number).or_insert(now);
                }
            }
        }
        told.notify_one();
    }
}

/// Sends webhooks at an even pace, whatever the answers take; gives back when each was answered.
pub async fn send(house: &Place, rate: f64, seconds: f64) -> anyhow::Result<(Vec<(u64, Instant)>, usize)> {
    let path = format!("/line/webhook/{}", house.account);
    let idle: Arc<Mutex<Vec<Client>>> = Arc::default();
    let began = Instant::now();
    let mut sending = JoinSet::new();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let many = (rate * seconds).ceil() as u32;
    for turn in 0..many {
        let due = began + Duration::from_secs_f64(f64::from(turn) / rate);
        tokio::time::sleep_until(due.into()).await;
        let (request, number) = webhooks::request(&house.address, &path, &house.secret);
        let (idle, host) = (idle.clone(), house.address.clone());
        sending.spawn(async move {
            let waiting = idle.lock().ok().and_then(|mut idle| idle.pop());
            let mut client = match waiting {
                Some(client) => client,
                None => Client::connect(&host).await?,
            };
            let status = client.send(&request).await?;
            let answered = Instant::now();
            if let Ok(mut idle) = idle.lock() {
                idle.push(client);
            }
            anyhow::Ok((status == 200).then_some((number, answered)))
        });
    }
    let (mut answered, mut refused) = (Vec::new(), 0);
    while let Some(sent) = sending.join_next().await {
        match sent? {
            Ok(Some(sent)) => answered.push(sent),
            _ => refused += 1,
        }
    }
    Ok((answered, refused))
}

/// The delays on all screens in ms, and how many events never came.
pub async fn gather(screens: &Screens, answered: &[(u64, Instant)]) -> (Vec<f64>, usize) {
    let deadline = Instant::now() + LATEST;
    loop {
        let (mut delays, mut missing) = (Vec::new(), 0);
        for screen in &screens.arrivals {
            let Ok(screen) = screen.lock() else { continue };
            for (number, at) in answered {
                match screen.get(number) {
                    // Before the answer was read here: it took no time at all.
                    Some(seen) => delays.push(seen.saturating_duration_since(*at).as_secs_f64() * 1_000.0),
                    None => missing += 1,
                }
            }
        }
        if missing == 0 || Instant::now() > deadline {
            return (delays, missing);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The bench.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let mut report = Report::new("stream");
    let house = House::build(None).await?;
    let place = house.place();
    report.method("load", "webhooks of one text event each at an even pace (open loop), 1,000 friends, keep-alive");
    report.method(
        "measured",
        "from the webhook's 200 being read to the event being read, on every stream; before it counts as 0",
    );
    report.method("durability", "SQLite WAL, synchronous=FULL: an event is on a stream only after its commit");
    report.method("runs", format!("warm-up 1 s at 50/s, then one run of {} s a level (10 s at 1/s)", options.seconds));
    let mut missed = 0;
    for many in [1, 200] {
        let screens = open(&place, many).await?;
        send(&place, 50.0, 1.0).await?;
        let rates: &[f64] = if options.quick { &[50.0] } else { &[1.0, 10.0, 50.0, 200.0, 500.0] };
        for &rate in rates {
            let seconds = if rate < 2.0 && !options.quick { 10.0 } else { options.seconds };
            let (answered, refused) = send(&place, rate, seconds).await?;
            let (mut delays, missing) = gather(&screens, &answered).await;
            missed += missing + refused;
            let name = format!("{many} streams, {rate} events/s");
            let worst = percentile(&mut delays, 1.0);
            report.add(figure(format!("{name}, p50"), percentile(&mut delays, 0.5), "ms"));
            let mut p99 = figure(format!("{name}, p99"), percentile(&mut delays, 0.99), "ms").worst(worst);
            // quality.md P7: 200 operators, 500 messages a second.
            if many == 200 && rate >= 200.0 {
                p99 = p99.target(Target::AtMost(500.0));
            }
            report.add(p99);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    report.add(figure("events that never came, or were refused", missed as f64, "").target(Target::Exactly(0.0)));
    house.server.stop().await.context("the server did not stop")?;
    report.finish()
}
