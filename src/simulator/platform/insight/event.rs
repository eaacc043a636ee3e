//! What came of messages: of one broadcast or narrowcast, or of all pushes and multicasts of a unit.

use super::FLOOR;
use crate::{
    simulator::{
        clock,
        platform::{
            call::Caller,
            refusal::{Answer, Refusal},
        },
        world::{Bubble, Tally},
    },
    time::{DAY, SECOND},
};
use axum::{Json, extract::Query, response::IntoResponse};
use serde::Deserialize;
use serde_json::{Value, json};

/// The longest span of a unit: the last day is so many days after the first.
const SPAN: i64 = 30;

/// A number, unless it is too small to be told, or comes from too few people.
fn told(value: u64, people: usize, privacy: bool) -> Value {
    let few = value < FLOOR || u64::try_from(people).unwrap_or(u64::MAX) < FLOOR;
    if privacy && few { Value::Null } else { value.into() }
}

fn people(count: usize, privacy: bool) -> Value {
    told(u64::try_from(count).unwrap_or(u64::MAX), count, privacy)
}

fn overview(tally: &Tally, privacy: bool) -> Value {
    json!({
        "uniqueImpression": people(tally.opened.len(), privacy),
        "uniqueClick": people(tally.clicked.len(), privacy),
        "uniqueMediaPlayed": people(tally.played.len(), privacy),
        "uniqueMediaPlayed100Percent": people(tally.finished.len(), privacy),
    })
}

fn bubble(seq: usize, bubble: &Bubble, privacy: bool) -> Value {
    let mut shown = json!({ "seq": seq, "impression": told(bubble.impression, bubble.seen.len(), privacy) });
    for (step, suffix) in ["", "25Percent", "50Percent", "75Percent", "100Percent"].into_iter().enumerate() {
        let players = bubble.players[step].len();
        shown[format!("mediaPlayed{suffix}")] = told(bubble.played[step], players, privacy);
        shown[format!("uniqueMediaPlayed{suffix}")] = people(players, privacy);
    }
    shown
}

/// `messages` and `clicks`. While nothing can be told, both are empty.
fn parts(tally: &Tally, bubbles: usize, unit: bool, privacy: bool) -> (Vec<Value>, Vec<Value>) {
    let told_of = |count: usize| !privacy || u64::try_from(count).unwrap_or(u64::MAX) >= FLOOR;
    if !told_of(tally.opened.len()) {
        return (Vec::new(), Vec::new());
    }
    let none = Bubble::default();
    let last = tally.bubbles.keys().next_back().copied().unwrap_or_default().max(bubbles);
    let messages = (1..=last).map(|seq| {
        let found = tally.bubbles.get(&seq).unwrap_or(&none);
        let mut shown = bubble(seq, found, privacy);
        if unit {
            shown["uniqueImpression"] = people(found.seen.len(), privacy);
        }
        shown
    });
    let links = tally.links.iter().flat_map(|(seq, links)| links.iter().map(move |(url, link)| (seq, url, link)));
    let clicks = links.map(|(seq, url, link)| {
        json!({
            "seq": seq,
            "url": url,
            "click": told(link.click, link.who.len(), privacy),
            "uniqueClick": people(link.who.len(), privacy),
            "uniqueClickOfRequest": people(tally.urls.get(url).map_or(0, |people| people.len()), privacy),
        })
    });
    (messages.collect(), clicks.collect())
}

/// Which message.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Which {
    request_id: Option<String>,
}

/// GET /v2/bot/insight/message/event
pub async fn event(caller: Caller, Query(which): Query<Which>) -> Answer {
    let id = which.request_id.filter(|id| !id.is_empty()).ok_or_else(|| Refusal::new(400, "requestId is required"))?;
    caller.sim.with(|world| {
        let call = world.call(&id).filter(|call| call.channel == caller.channel);
        let call = call.filter(|call| matches!(call.kind.as_str(), "broadcast" | "narrowcast"));
        let call = call.ok_or_else(Refusal::not_found)?;
        let privacy = world.settings.privacy;
        let mut tally = Tally::default();
        world.tally(call, &mut tally);
        let mailing = world.mailing_of(call).and_then(|at| world.mailings.get(&call.channel)?.get(at));
        let mut overview = overview(&tally, privacy);
        overview["requestId"] = id.as_str().into();
        overview["timestamp"] = (mailing.map_or(call.time, |mailing| mailing.time) / SECOND).into();
        // A narrowcast that is under way, or has failed, has not been delivered.
        let reached = mailing.map(|mailing| mailing.reached).or((call.kind == "broadcast").then_some(0));
        overview["delivered"] = json!(reached);
        let bubbles = if mailing.is_some() { call.messages.len() } else { 0 };
        let (messages, clicks) = parts(&tally, bubbles, false, privacy);
        Ok(Json(json!({ "overview": overview, "messages": messages, "clicks": clicks })).into_response())
    })
}

/// Which unit, and from when to when.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    custom_aggregation_unit: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl Unit {
    /// The name and the days, when they are good: `from` not after `to`, which is at most 30 days later.
    fn read(&self) -> Option<(&str, i64, i64)> {
        let name = self.custom_aggregation_unit.as_deref().filter(|name| {
            (1..=30).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })?;
        let (from, to) = (clock::read(self.from.as_deref()?)?, clock::read(self.to.as_deref()?)?);
        let days = (clock::start(to)? - clock::start(from)?) / DAY;
        (0..=SPAN).contains(&days).then_some((name, from, to))
    }
}

/// GET /v2/bot/insight/message/event/aggregation
pub async fn aggregation(caller: Caller, Query(unit): Query<Unit>) -> Answer {
    let (name, from, to) = unit.read().ok_or_else(|| Refusal {
        status: 400,
        body: json!({ "message": null, "key": null, "stacktrace": null, "code": null }),
        accepted: None,
    })?;
    caller.sim.with(|world| {
        let mut tally = Tally::default();
        let mut bubbles = 0;
        let calls = world.accepted.iter().filter(|call| {
            call.unit.as_deref() == Some(name)
                && call.channel == caller.channel
                && (from..=to).contains(&clock::day(call.time))
        });
        for call in calls {
            world.tally(call, &mut tally);
            bubbles = bubbles.max(call.messages.len());
        }
        let privacy = world.settings.privacy;
        let (messages, clicks) = parts(&tally, bubbles, true, privacy);
        let shown = json!({ "overview": overview(&tally, privacy), "messages": messages, "clicks": clicks });
        Ok(Json(shown).into_response())
    })
}
