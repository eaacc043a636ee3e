//! Sends webhooks: signed, in order for each channel, with two seconds to answer. What gathers while one is on
//! its way goes together in the next, and what happened at once goes together too.

use super::{
    mint,
    model::{FaultKind, HookError},
    state::{Shared, Simulator},
    wire::{Record, Side, Watch},
};
use crate::line::signature;
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::{Bytes, BytesMut};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use tokio::sync::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    oneshot,
};

/// The name that LINE's webhooks go by.
pub const USER_AGENT: &str = "LineBotWebhook/2.0";
/// How much of an answer's body the log keeps, and how long it is waited for: LINE looks at the status alone.
const ANSWER: usize = 64 * 1024;
const ANSWER_WAIT: Duration = Duration::from_millis(300);

/// One queue for each channel, made when it is first needed.
pub type Queues = Mutex<HashMap<String, UnboundedSender<Job>>>;

/// Something for a queue.
pub enum Job {
    /// Events that happened at once.
    Events(Vec<Value>),
    /// Tells when all that stood before it has been tried.
    Flush(oneshot::Sender<()>),
}

/// What became of a request.
pub struct Outcome {
    /// `OK`, `COULD_NOT_CONNECT`, `REQUEST_TIMEOUT`, `ERROR_STATUS_CODE` or `UNCLASSIFIED`.
    pub reason: &'static str,
    /// 0 when there was no answer.
    pub status: u16,
    /// The status in words, or what went wrong.
    pub detail: String,
    /// Its number in the log.
    pub log: u64,
}

/// Where a webhook goes, and with which key it is signed.
pub struct Way<'a> {
    /// Whose it is.
    pub channel: &'a str,
    /// The address.
    pub url: &'a str,
    /// The channel's secret.
    pub secret: &'a str,
    /// In place of the right signature.
    pub signature: Option<&'a str>,
}

impl Simulator {
    /// Puts a job into a channel's queue.
    pub(super) fn queue(self: &Arc<Self>, channel: &str, job: Job) {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = queues.entry(channel.to_owned()).or_insert_with(|| {
            let (sender, receiver) = unbounded_channel();
            tokio::spawn(run(Arc::downgrade(self), channel.to_owned(), receiver));
            sender
        });
        // The receiver lives as long as the simulator.
        let _ = sender.send(job);
    }

    /// Waits until every webhook of this channel that stands in line has been tried.
    pub async fn flush(self: &Arc<Self>, channel: &str) {
        let (sender, receiver) = oneshot::channel();
        self.queue(channel, Job::Flush(sender));
        let _ = receiver.await;
    }

    /// Posts a body and logs it. `note` says what is odd about it.
    pub async fn post(self: &Arc<Self>, way: Way<'_>, body: Vec<u8>, note: &str) -> Outcome {
        let signature = way.signature.map_or_else(|| signature::sign(way.secret, &body), str::to_owned);
        let body = Bytes::from(body);
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        if let Ok(signature) = HeaderValue::from_str(&signature) {
            headers.insert(signature::HEADER, signature);
        }
        let watch = Watch::start();
        let request = self.http.post(way.url).headers(headers.clone()).body(body.clone());
        let answer = request.send().await;
        let micros = watch.micros();
        let (mut outcome, answered) = match answer {
            Ok(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                let detail = status.canonical_reason().unwrap_or_default().to_owned();
                let outcome = Outcome {
                    reason: if status.is_success() { "OK" } else { "ERROR_STATUS_CODE" },
                    status: status.as_u16(),
                    detail: if status.is_success() { status.as_u16().to_string() } else { detail },
                    log: 0,
                };
                (outcome, Side::new(headers, &beginning(answer).await))
            }
            Err(error) => (failed(&error), Side::default()),
        };
        let words = format!("{} {}", outcome.reason, outcome.detail);
        outcome.log = self.log.keep(Record {
            id: 0,
            time: watch.time,
            webhook: true,
            channel: way.channel.to_owned(),
            request_id: String::new(),
            method: "POST".into(),
            target: way.url.to_owned(),
            request: Side::new(headers, &body),
            status: outcome.status,
            answer: answered,
            micros,
            note: if note.is_empty() { words } else { format!("{words} ({note})") },
        });
        outcome
    }

    /// Delivers events now, if the channel takes webhooks. `None` when it does not.
    async fn deliver(self: &Arc<Self>, channel: &str, events: &[Value], again: bool) -> Option<Outcome> {
        let (url, secret, bot, lost, forged) = self.with(|world| {
            let found = world.channels.get(channel)?;
            let url = found.endpoint.clone().filter(|_| found.active)?;
            let (secret, bot) = (found.secret.clone(), found.bot.clone());
            if world.is_suspended(channel, events.len()) {
                return None;
            }
            let mut strike = |kind| world.strike_at(kind, "webhook", channel).is_some();
            let lost = strike(FaultKind::LostWebhook);
            Some((url, secret, bot, lost, !lost && strike(FaultKind::ForgedWebhook)))
        })?;
        let body = json!({ "destination": bot, "events": events }).to_string().into_bytes();
        if lost {
            self.lose(channel, &url, &body);
            return None;
        }
        let other = forged.then(|| signature::sign(&mint::hex(32), &body));
        let note = match (forged, again) {
            (true, _) => "signed with a wrong secret on purpose",
            (_, true) => "redelivery",
            _ => "",
        };
        let way = Way { channel, url: &url, secret: &secret, signature: other.as_deref() };
        let outcome = self.post(way, body, note).await;
        self.count(channel, &url, &outcome, events, again);
        Some(outcome)
    }

    /// Writes into the log that a webhook was lost on purpose.
    fn lose(&self, channel: &str, url: &str, body: &[u8]) {
        self.log.keep(Record {
            id: 0,
            time: crate::time::now(),
            webhook: true,
            channel: channel.to_owned(),
            request_id: String::new(),
            method: "POST".into(),
            target: url.to_owned(),
            request: Side::new(HeaderMap::new(), &Bytes::copy_from_slice(body)),
            status: 0,
            answer: Side::default(),
            micros: 0,
            note: "never sent: lost on purpose".into(),
        });
    }

    /// Keeps the channel's statistics.
    fn count(self: &Arc<Self>, channel: &str, url: &str, outcome: &Outcome, events: &[Value], again: bool) {
        let ids = events.iter().filter_map(|event| event["webhookEventId"].as_str());
        let ids = if outcome.reason == "OK" { Vec::new() } else { ids.map(str::to_owned).collect() };
        self.with(|world| {
            let error = HookError {
                time: world.now(),
                reason: outcome.reason.to_owned(),
                status: outcome.status,
                detail: outcome.detail.clone(),
                url: url.to_owned(),
                events: ids,
                log: outcome.log,
            };
            world.count_webhook(channel, error, again);
        });
    }

    async fn deliver_with_redelivery(self: &Arc<Self>, channel: &str, events: Vec<Value>) {
        let Some(outcome) = self.deliver(channel, &events, false).await else { return };
        let wanted = self.with(|world| world.channels.get(channel).is_some_and(|channel| channel.redelivery));
        if outcome.reason != "OK" && wanted {
            tokio::spawn(redeliver(Arc::clone(self), channel.to_owned(), events));
        }
    }

    /// Sends a webhook of the log again to where the channel's webhooks go now: as it was with the same signature,
    /// or as a redelivery. `None` when it is no webhook, or was too long to be kept whole.
    pub async fn send_again(self: &Arc<Self>, id: u64, redelivery: bool) -> Option<Outcome> {
        let record = self.log.get(id).filter(|record| record.webhook)?;
        if record.request.size != record.request.body.len() {
            return None;
        }
        let found = self.with(|world| {
            let channel = world.channels.get(&record.channel)?;
            Some((channel.endpoint.clone(), channel.secret.clone()))
        });
        let (endpoint, secret) = found.unwrap_or_default();
        let url = endpoint.unwrap_or_else(|| record.target.clone());
        let mut body = record.request.body.to_vec();
        let before = record.request.headers.get(signature::HEADER).and_then(|value| value.to_str().ok());
        let mut way = Way { channel: &record.channel, url: &url, secret: &secret, signature: before };
        let mut events = Vec::new();
        if redelivery {
            let mut whole: Value = serde_json::from_slice(&body).ok()?;
            for event in whole["events"].as_array_mut()? {
                self.renew(event);
                events.push(event.clone());
            }
            body = whole.to_string().into_bytes();
            way.signature = None;
        }
        let outcome = self.post(way, body, if redelivery { "redelivery by hand" } else { "sent again by hand" }).await;
        self.count(&record.channel, &url, &outcome, &events, true);
        Some(outcome)
    }

    /// Marks an event as redelivered; its reply token has its minute again, unless it was used.
    fn renew(self: &Arc<Self>, event: &mut Value) {
        if let Some(flag) = event.pointer_mut("/deliveryContext/isRedelivery") {
            *flag = true.into();
        }
        let Some(token) = event["replyToken"].as_str() else { return };
        self.with(|world| {
            let now = world.now();
            if let Some(token) = world.reply_tokens.get_mut(token) {
                token.issued = now;
            }
        });
    }
}

/// The beginning of an answer's body.
async fn beginning(mut answer: reqwest::Response) -> Bytes {
    let mut body = BytesMut::new();
    let reading = async {
        while let Ok(Some(chunk)) = answer.chunk().await {
            body.extend_from_slice(&chunk);
            if body.len() >= ANSWER {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(ANSWER_WAIT, reading).await;
    body.freeze()
}

/// What LINE would call this failure.
fn failed(error: &reqwest::Error) -> Outcome {
    let (reason, detail) = if error.is_timeout() {
        ("REQUEST_TIMEOUT", "Request timeout".to_owned())
    } else if error.is_connect() {
        ("COULD_NOT_CONNECT", cause(error))
    } else {
        ("UNCLASSIFIED", error.to_string())
    };
    Outcome { reason, status: 0, detail, log: 0 }
}

/// LINE's words for why nobody could be reached, by what lies beneath.
fn cause(error: &reqwest::Error) -> String {
    let mut words = String::new();
    let mut inner: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(error) = inner {
        words.push_str(&error.to_string().to_lowercase());
        inner = error.source();
    }
    let known = [("dns", "Unknown host"), ("lookup", "Unknown host"), ("tls", "TLS handshake failure")];
    let certificate = [("certificate", "TLS handshake failure"), ("handshake", "TLS handshake failure")];
    let found = known.iter().chain(&certificate).find(|(word, _)| words.contains(word));
    found.map_or_else(|| "Connection failed".to_owned(), |(_, name)| (*name).to_owned())
}

async fn redeliver(sim: Shared, channel: String, mut events: Vec<Value>) {
    let mut attempt = 0;
    loop {
        let manners = sim.with(|world| world.manners);
        if attempt >= manners.redeliveries {
            return;
        }
        let wait = u64::try_from(manners.redelivery_wait).unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(wait << attempt.min(10))).await;
        for event in &mut events {
            sim.renew(event);
        }
        if sim.deliver(&channel, &events, true).await.is_none_or(|outcome| outcome.reason == "OK") {
            return;
        }
        attempt += 1;
    }
}

/// What waits in a channel's queue.
#[derive(Default)]
struct Waiting {
    events: VecDeque<Value>,
    /// Stands behind `events`; nothing more is taken in until it is told.
    flush: Option<oneshot::Sender<()>>,
    /// Is to change places with the next.
    held: Option<Vec<Value>>,
}

impl Waiting {
    fn take(&mut self, job: Job) {
        match job {
            Job::Events(events) => self.events.extend(events),
            Job::Flush(done) => self.flush = Some(done),
        }
    }

    /// Waits for the next job; what is held back waits a second for it. `false` at the end of the queue.
    async fn wait(&mut self, jobs: &mut UnboundedReceiver<Job>) -> bool {
        let job = match self.held {
            None => jobs.recv().await,
            Some(_) => match tokio::time::timeout(Duration::from_secs(1), jobs.recv()).await {
                Ok(job) => job,
                Err(_) => self.held.take().map(Job::Events),
            },
        };
        job.map(|job| self.take(job)).is_some()
    }

    /// The next webhook's events.
    fn batch(&mut self, jobs: &mut UnboundedReceiver<Job>, most: usize) -> Vec<Value> {
        while self.flush.is_none() && self.events.len() < most {
            match jobs.try_recv() {
                Ok(job) => self.take(job),
                Err(_) => break,
            }
        }
        let count = self.events.len().min(most);
        self.events.drain(..count).collect()
    }
}

async fn run(sim: Weak<Simulator>, channel: String, mut jobs: UnboundedReceiver<Job>) {
    let mut waiting = Waiting::default();
    loop {
        if waiting.events.is_empty() && waiting.flush.is_none() && !waiting.wait(&mut jobs).await {
            return;
        }
        let Some(sim) = sim.upgrade() else { return };
        if waiting.events.is_empty() {
            if let Some(done) = waiting.flush.take() {
                if let Some(events) = waiting.held.take() {
                    sim.deliver_with_redelivery(&channel, events).await;
                }
                let _ = done.send(());
            }
            continue;
        }
        let most = sim.with(|world| world.manners.webhook_batch).clamp(1, 100);
        let mut events = waiting.batch(&mut jobs, usize::try_from(most).unwrap_or(1));
        let strike = |kind| sim.with(|world| world.strike_at(kind, "webhook", &channel));
        if let Some(late) = strike(FaultKind::LateWebhook) {
            let (sim, channel) = (Arc::clone(&sim), channel.clone());
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(late.millis)).await;
                sim.deliver_with_redelivery(&channel, events).await;
            });
            continue;
        }
        if waiting.held.is_none() && strike(FaultKind::ReorderWebhook).is_some() {
            let rest = events.split_off(1);
            waiting.held = Some(events);
            if rest.is_empty() {
                continue;
            }
            events = rest;
        }
        let twice = strike(FaultKind::DuplicateWebhook).is_some();
        sim.deliver_with_redelivery(&channel, events.clone()).await;
        if twice {
            sim.deliver_with_redelivery(&channel, events).await;
        }
        if let Some(events) = waiting.held.take() {
            sim.deliver_with_redelivery(&channel, events).await;
        }
    }
}
