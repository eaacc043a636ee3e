//! Sends webhooks: signed, in order for each channel, with two seconds to answer.

use super::{
    model::{FaultKind, LogEntry},
    state::{Shared, Simulator},
};
use crate::{line::signature, time};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use tokio::sync::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    oneshot,
};

/// One queue for each channel, made when it is first needed.
pub type Queues = Mutex<HashMap<String, UnboundedSender<Job>>>;

/// Something for a queue.
pub enum Job {
    /// An event to deliver.
    Event(Value),
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

    /// Posts a body, signed with `secret` unless a signature is given, and logs it.
    pub async fn post(self: &Arc<Self>, url: &str, secret: &str, body: Vec<u8>, given: Option<&str>) -> Outcome {
        let signature = given.map_or_else(|| signature::sign(secret, &body), str::to_owned);
        let request = String::from_utf8_lossy(&body).chars().take(8_000).collect();
        let began = time::now();
        let answer = self
            .http
            .post(url)
            .header("content-type", "application/json; charset=utf-8")
            .header(signature::HEADER, signature)
            .body(body)
            .send()
            .await;
        let outcome = match answer {
            Ok(answer) => {
                let status = answer.status();
                let detail = status.canonical_reason().unwrap_or_default().to_owned();
                Outcome {
                    reason: if status.is_success() { "OK" } else { "ERROR_STATUS_CODE" },
                    status: status.as_u16(),
                    detail: if status.is_success() { status.as_u16().to_string() } else { detail },
                }
            }
            Err(error) if error.is_timeout() => {
                Outcome { reason: "REQUEST_TIMEOUT", status: 0, detail: "Request timeout".into() }
            }
            Err(error) if error.is_connect() => {
                Outcome { reason: "COULD_NOT_CONNECT", status: 0, detail: "Connection failed".into() }
            }
            Err(error) => Outcome { reason: "UNCLASSIFIED", status: 0, detail: error.to_string() },
        };
        let entry = LogEntry {
            id: 0,
            time: began,
            webhook: true,
            target: url.to_owned(),
            request,
            status: outcome.status,
            answer: format!("{} {}", outcome.reason, outcome.detail),
            millis: time::now() - began,
        };
        self.with(|world| world.log(entry));
        outcome
    }

    /// Delivers one event now, if the channel takes webhooks. `None` when it does not.
    async fn deliver(self: &Arc<Self>, channel: &str, event: &Value) -> Option<Outcome> {
        let (url, secret, bot) = self.with(|world| {
            let channel = world.channels.get(channel)?;
            let url = channel.endpoint.clone().filter(|_| channel.active)?;
            Some((url, channel.secret.clone(), channel.bot.clone()))
        })?;
        let body = json!({ "destination": bot, "events": [event] }).to_string().into_bytes();
        Some(self.post(&url, &secret, body, None).await)
    }

    async fn deliver_with_redelivery(self: &Arc<Self>, channel: &str, event: Value) {
        let Some(outcome) = self.deliver(channel, &event).await else { return };
        let wanted = self.with(|world| world.channels.get(channel).is_some_and(|channel| channel.redelivery));
        if outcome.reason != "OK" && wanted {
            tokio::spawn(redeliver(Arc::clone(self), channel.to_owned(), event));
        }
    }
}

async fn redeliver(sim: Shared, channel: String, mut event: Value) {
    if let Some(flag) = event.pointer_mut("/deliveryContext/isRedelivery") {
        *flag = true.into();
    }
    for attempt in 0..sim.rules.redeliveries {
        tokio::time::sleep(Duration::from_millis(sim.rules.redelivery_wait << attempt.min(10))).await;
        let token = event.get("replyToken").and_then(Value::as_str);
        sim.with(|world| {
            let now = world.now();
            if let Some(token) = token.and_then(|token| world.reply_tokens.get_mut(token)) {
                token.issued = now;
            }
        });
        if sim.deliver(&channel, &event).await.is_none_or(|outcome| outcome.reason == "OK") {
            return;
        }
    }
}

async fn run(sim: Weak<Simulator>, channel: String, mut jobs: UnboundedReceiver<Job>) {
    let mut held = None;
    loop {
        // An event that is to change places with the next waits a second for it.
        let job = match held {
            None => jobs.recv().await,
            Some(_) => match tokio::time::timeout(Duration::from_secs(1), jobs.recv()).await {
                Ok(job) => job,
                Err(_) => held.take().map(Job::Event),
            },
        };
        let (Some(job), Some(sim)) = (job, sim.upgrade()) else { return };
        let event = match job {
            Job::Flush(done) => {
                if let Some(event) = held.take() {
                    sim.deliver_with_redelivery(&channel, event).await;
                }
                let _ = done.send(());
                continue;
            }
            Job::Event(event) => event,
        };
        let strike = |kind| sim.with(|world| world.strike(kind, "webhook"));
        if let Some(late) = strike(FaultKind::LateWebhook) {
            let (sim, channel) = (Arc::clone(&sim), channel.clone());
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(late.millis)).await;
                sim.deliver_with_redelivery(&channel, event).await;
            });
            continue;
        }
        if held.is_none() && strike(FaultKind::ReorderWebhook).is_some() {
            held = Some(event);
            continue;
        }
        let twice = strike(FaultKind::DuplicateWebhook).is_some();
        sim.deliver_with_redelivery(&channel, event.clone()).await;
        if twice {
            sim.deliver_with_redelivery(&channel, event).await;
        }
        if let Some(event) = held.take() {
            sim.deliver_with_redelivery(&channel, event).await;
        }
    }
}
