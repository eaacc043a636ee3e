//! Sending in the simulator, over HTTP: messages to many, what they cost, and how LINE says no.

use crate::{contract, fixture::Sim};
use engawa::simulator::server::Config;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::ops::Deref;

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;
/// The first moment of 2025 in Japan.
const NEW_YEAR: i64 = 1_735_657_200_000;

/// What sending needs besides.
struct Line(Sim);

impl Deref for Line {
    type Target = Sim;

    fn deref(&self) -> &Sim {
        &self.0
    }
}

impl Line {
    async fn start(config: Config) -> Self {
        Self(Sim::with(config).await)
    }

    async fn set(&self, change: Value) {
        self.control(&format!("channels/{}", self.id()), change).await;
    }

    async fn clock(&self, now: i64) {
        self.control("clock", json!({ "now": now })).await;
    }

    /// So many friends, without the telling; the ids count from 0.
    fn crowd(&self, count: u32) {
        self.running.state.with(|world| {
            let friends = world.friends.entry(self.id().to_owned()).or_default();
            for number in 0..count {
                friends.entry(format!("U{number:032x}")).or_default().added = true;
            }
        });
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.0.call(method, &format!("/v2/bot/{path}"))
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        contract::ask(self.call(Method::GET, path)).await
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        contract::ask(self.call(Method::POST, path).json(&body)).await
    }

    /// Sends `text` with some more properties, and answers the status, the body and the request id.
    async fn send(&self, kind: &str, text: &str, more: Value) -> (u16, Value, String) {
        let mut body = more;
        body["messages"] = json!([{ "type": "text", "text": text }]);
        let answer = self.call(Method::POST, &format!("message/{kind}")).json(&body).send().await.unwrap();
        let id = answer.headers()["x-line-request-id"].to_str().unwrap().to_owned();
        (answer.status().as_u16(), answer.json().await.unwrap(), id)
    }

    /// The texts that stand in a friend's room.
    async fn texts(&self, user: &str) -> Vec<String> {
        let url = format!("{}/simulator/api/messages?room={}&user={user}", self.running.base_url, self.id());
        let messages: Vec<Value> = self.http.get(url).send().await.unwrap().json().await.unwrap();
        let texts = messages.iter().filter(|message| message["from"]["by"] != "notice");
        texts.map(|message| message["body"]["text"].as_str().unwrap().to_owned()).collect()
    }

    async fn used(&self) -> Value {
        self.get("message/quota/consumption").await.1["totalUsage"].clone()
    }

    async fn progress(&self, id: &str) -> Value {
        self.get(&format!("message/progress/narrowcast?requestId={id}")).await.1
    }
}

fn monthly() -> Value {
    json!({ "message": "You have reached your monthly limit." })
}

#[tokio::test]
async fn a_multicast_goes_to_friends_alone() {
    let line = Line::start(Config::default()).await;
    line.clock(NEW_YEAR).await;
    let (ken, aoi, gone) = (line.friend("Ken").await, line.friend("Aoi").await, line.friend("Gone").await);
    line.control(&format!("users/{gone}/block"), json!({ "channel": line.id() })).await;
    let stranger = line.control("users", json!({ "name": "Nobody" })).await["id"].clone();
    line.set(json!({ "quota": 3 })).await;

    let to = json!([ken, gone, stranger, aoi, ken]);
    let (status, body, id) = line.send("multicast", "hello", json!({ "to": to })).await;
    assert_eq!((status, body), (200, json!({})));
    assert_eq!(line.used().await, 2);
    assert_eq!((line.texts(&ken).await, line.texts(&gone).await), (vec!["hello".to_owned()], vec![]));
    let url = format!("{}/simulator/api/mailings?channel={}", line.running.base_url, line.id());
    let mailings: Value = line.http.get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!((&mailings[0]["requestId"], &mailings[0]["reached"]), (&json!(id), &json!(2)));
    assert_eq!(mailings[0]["to"].as_array().unwrap().len(), 2);

    let (status, body, _) = line.send("multicast", "too dear", json!({ "to": [ken, aoi] })).await;
    assert_eq!((status, body), (429, monthly()));
    assert_eq!(line.send("multicast", "costs nothing", json!({ "to": [gone] })).await.0, 200);

    let group = format!("C{}", "0".repeat(32));
    let (status, body, _) = line.send("multicast", "x", json!({ "to": [ken, group] })).await;
    let wanted = "The property, 'to[1]', in the request body is invalid (line: -, column: -)";
    assert_eq!((status, body), (400, json!({ "message": wanted })));
    let (status, body, _) = line.send("multicast", "x", json!({ "to": vec![&ken; 501] })).await;
    assert_eq!((status, &body["details"][0]["message"]), (400, &json!("Size must be between 1 and 500")));
    let (_, body, _) = line.send("multicast", "", json!({})).await;
    assert_eq!(body["message"], "The request body has 2 error(s)");

    let date = "message/delivery/multicast?date=20250101";
    assert_eq!(line.get(date).await.1, json!({ "status": "unready" }));
    line.clock(NEW_YEAR + DAY).await;
    assert_eq!(line.get(date).await.1, json!({ "status": "ready", "success": 2 }));
    line.clock(NEW_YEAR + 31 * DAY).await;
    assert_eq!(line.used().await, 0);
    assert_eq!(line.send("multicast", "a new month", json!({ "to": [ken, aoi] })).await.0, 200);
}

#[tokio::test]
async fn a_broadcast_reaches_the_friends_of_its_moment() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data: Some(folder.path().to_owned()), ..Config::default() };
    let mut line = Line::start(config).await;
    let ken = line.friend("Ken").await;
    assert_eq!(line.send("broadcast", "one", json!({})).await.0, 200);
    let aoi = line.friend("Aoi").await;
    line.control(&format!("users/{ken}/block"), json!({ "channel": line.id() })).await;
    line.send("broadcast", "two", json!({})).await;
    line.control(&format!("users/{ken}/follow"), json!({ "channel": line.id() })).await;
    let say = json!({ "room": line.id(), "message": { "type": "text", "text": "back" } });
    line.control(&format!("users/{ken}/say"), say).await;
    line.send("broadcast", "three", json!({})).await;
    let wanted = [vec!["one", "back", "three"], vec!["two", "three"]];
    assert_eq!([line.texts(&ken).await, line.texts(&aoi).await], wanted);
    assert_eq!(line.used().await, 4);
    let page = line.http.get(format!("{}/u/{aoi}/chat/{}", line.running.base_url, line.id())).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("three"));

    // Nothing of that is lost over a restart.
    line.0.restart().await;
    assert_eq!([line.texts(&ken).await, line.texts(&aoi).await], wanted);
}

#[tokio::test]
async fn a_narrowcast_waits_is_sent_and_ends() {
    let line = Line::start(Config { narrowcast_pace: HOUR, ..Config::default() }).await;
    line.clock(NEW_YEAR).await;
    line.set(json!({ "quota": 200 })).await;
    let ages = |from: &str| json!({ "demographic": { "type": "age", "gte": from } });
    line.crowd(99);
    let (status, body, _) = line.send("narrowcast", "x", json!({ "filter": ages("age_20") })).await;
    assert_eq!((status, body), (403, json!({ "message": "Your account does not have enough friends" })));

    // Of 120 friends two are of each age from 15 to 74: 110 are 20 or older, 10 are 70 or older.
    line.crowd(120);
    let (status, body, id) = line.send("narrowcast", "grown up", json!({ "filter": ages("age_20") })).await;
    assert_eq!((status, body), (202, json!({})));
    let waiting = line.progress(&id).await;
    assert_eq!((&waiting["phase"], waiting.get("targetCount")), (&json!("waiting"), None));
    assert!(waiting["acceptedTime"].as_str().unwrap().starts_with("2024-12-31T15:00:"));
    // While it waits it holds quota for everyone it might reach.
    let (status, body, _) = line.send("broadcast", "no room", json!({})).await;
    assert_eq!((status, body), (429, monthly()));
    line.clock(NEW_YEAR + HOUR + 60_000).await;
    let sending = line.progress(&id).await;
    assert_eq!((&sending["phase"], &sending["targetCount"]), (&json!("sending"), &json!(110)));
    assert_eq!(line.used().await, 110);
    line.clock(NEW_YEAR + 2 * HOUR + 60_000).await;
    let done = line.progress(&id).await;
    assert_eq!(
        (&done["phase"], &done["successCount"], &done["failureCount"]),
        (&json!("succeeded"), &json!(110), &json!(0))
    );
    assert!(done["completedTime"].as_str().unwrap().starts_with("2024-12-31T17:00:"));
    let user = |number: u32| format!("U{number:032x}");
    assert_eq!((line.texts(&user(5)).await.len(), line.texts(&user(4)).await.len()), (1, 0));

    // Two at a time: the second may only have what the first does not hold.
    line.set(json!({ "quota": 310 })).await;
    let remaining = || json!({ "limit": { "upToRemainingQuota": true } });
    let (_, _, first) = line.send("narrowcast", "first", remaining()).await;
    let (_, _, second) = line.send("narrowcast", "second", remaining()).await;
    line.clock(NEW_YEAR + 4 * HOUR + 120_000).await;
    assert_eq!(line.progress(&first).await["targetCount"], 120);
    assert_eq!(line.progress(&second).await["targetCount"], 80);
    assert_eq!(line.used().await, 310);

    line.set(json!({ "quota": null })).await;
    let redelivery = json!({ "type": "redelivery", "requestId": id });
    let not = json!({ "recipient": { "type": "operator", "not": redelivery } });
    let (_, _, rest) = line.send("narrowcast", "the others", not).await;
    let (_, _, few) = line.send("narrowcast", "old", json!({ "filter": ages("age_70") })).await;
    let (_, _, some) = line.send("narrowcast", "three", json!({ "limit": { "max": 3 } })).await;
    line.clock(NEW_YEAR + 7 * HOUR).await;
    assert_eq!(line.progress(&rest).await["successCount"], 10);
    assert_eq!(line.texts(&user(4)).await.iter().filter(|text| *text == "the others").count(), 1);
    assert!(!line.texts(&user(5)).await.contains(&"the others".to_owned()));
    let failed = line.progress(&few).await;
    assert_eq!((&failed["phase"], &failed["errorCode"]), (&json!("failed"), &json!(2)));
    assert_eq!(line.progress(&some).await["targetCount"], 3);

    line.set(json!({ "quota": 200, "used": 150 })).await;
    let whole = json!({ "limit": { "upToRemainingQuota": true, "forbidPartialDelivery": true } });
    let (_, _, whole) = line.send("narrowcast", "all or none", whole).await;
    line.clock(NEW_YEAR + 10 * HOUR).await;
    assert_eq!(line.progress(&whole).await["errorCode"], 5);
    let (_, _, part) = line.send("narrowcast", "some", remaining()).await;
    line.clock(NEW_YEAR + 13 * HOUR).await;
    assert_eq!((&line.progress(&part).await["successCount"], line.used().await), (&json!(50), json!(200)));
    assert_eq!(line.send("narrowcast", "dear", json!({})).await.0, 429);

    let audience = json!({ "recipient": { "type": "audience", "audienceGroupId": 12 } });
    assert_eq!(line.send("narrowcast", "x", audience).await.1["message"], "Invalid audience group id: 12");
    let unknown = json!({ "recipient": { "type": "redelivery", "requestId": "r" } });
    assert_eq!(line.send("narrowcast", "x", unknown).await.1["message"], "Invalid request id: r");
    let (status, body, _) = line.send("narrowcast", "x", json!({ "recipient": { "type": "operator" } })).await;
    assert_eq!((status, &body["details"][0]["property"]), (400, &json!("recipient")));
    line.clock(NEW_YEAR + 15 * DAY).await;
    assert_eq!(line.get(&format!("message/progress/narrowcast?requestId={id}")).await.0, 404);
}

#[tokio::test]
async fn a_narrowcast_goes_on_by_itself() {
    let line = Line::start(Config { narrowcast_pace: 20, ..Config::default() }).await;
    let ken = line.friend("Ken").await;
    let (_, _, id) = line.send("narrowcast", "soon", json!({})).await;
    crate::fixture::until(async || (line.progress(&id).await["phase"] == "succeeded").then_some(())).await;
    assert_eq!(line.texts(&ken).await, ["soon"]);
}

#[tokio::test]
async fn retry_keys_hold_for_a_day() {
    let line = Line::start(Config::default()).await;
    line.clock(NEW_YEAR).await;
    let ken = line.friend("Ken").await;
    let keyed = async |path: &str, key: &str| {
        let body = json!({ "to": [ken], "messages": [{ "type": "text", "text": "x" }] });
        let call = line.call(Method::POST, path).header("x-line-retry-key", key).json(&body);
        let answer = call.send().await.unwrap();
        let accepted = answer.headers().get("x-line-accepted-request-id").map(|id| id.to_str().unwrap().to_owned());
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap(), accepted)
    };
    for (number, kind) in ["multicast", "broadcast", "narrowcast"].into_iter().enumerate() {
        let (path, key) = (format!("message/{kind}"), format!("123e4567-e89b-12d3-a456-42661417400{number}"));
        let fresh = keyed(&path, &key).await.0;
        assert_eq!(fresh, if kind == "narrowcast" { 202 } else { 200 });
        let (status, body, accepted) = keyed(&path, &key).await;
        assert_eq!((status, body), (409, json!({ "message": "The retry key is already accepted" })));
        assert_eq!(accepted.unwrap().len(), 36);
        line.clock(NEW_YEAR + DAY + 60_000).await;
        assert_eq!(keyed(&path, &key).await.0, fresh, "{kind} after a day");
        line.clock(NEW_YEAR).await;
    }
    assert_eq!(keyed("message/multicast", "one").await.1["message"], "The retry key is invalid");
    let (status, body, _) = keyed("message/validate/push", "123e4567-e89b-12d3-a456-426614174000").await;
    assert_eq!((status, body), (400, json!({ "message": "The retry key can't be used with this endpoint" })));
}

#[tokio::test]
async fn units_are_counted_by_the_month() {
    let line = Line::start(Config::default()).await;
    line.clock(NEW_YEAR).await;
    let ken = line.friend("Ken").await;
    let named = async |name: Value| line.send("push", "x", json!({ "to": ken, "customAggregationUnits": name })).await;
    for name in ["promo_b", "promo_a", "Promo_a", "promo_a"] {
        assert_eq!(named(json!([name])).await.0, 200);
    }
    assert_eq!(named(json!(["a", "b"])).await.1["details"][0]["property"], "customAggregationUnits");
    assert_eq!(named(json!(["no-dash"])).await.1["details"][0]["property"], "customAggregationUnits[0]");
    assert_eq!(line.get("message/aggregation/info").await.1, json!({ "numOfCustomAggregationUnits": 3 }));
    let (_, first) = line.get("message/aggregation/list?limit=2").await;
    assert_eq!(first["customAggregationUnits"], json!(["Promo_a", "promo_a"]));
    let start = first["next"].as_str().unwrap();
    let (_, second) = line.get(&format!("message/aggregation/list?limit=2&start={start}")).await;
    assert_eq!(second, json!({ "customAggregationUnits": ["promo_b"] }));
    assert_eq!(line.get("message/aggregation/list?limit=101").await.0, 400);
    line.clock(NEW_YEAR + 31 * DAY).await;
    assert_eq!(line.get("message/aggregation/info").await.1, json!({ "numOfCustomAggregationUnits": 0 }));
}

#[tokio::test]
async fn followers_are_listed_in_pages() {
    let line = Line::start(Config::default()).await;
    let refused = json!({ "message": "Access to this API is not available for your account" });
    assert_eq!(line.get("followers/ids").await, (403, refused));
    line.set(json!({ "verified": true })).await;
    line.crowd(700);
    let (mut all, mut pages, mut path) = (Vec::new(), 0, "followers/ids".to_owned());
    loop {
        let (_, page) = line.get(&path).await;
        all.extend(page["userIds"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()));
        pages += 1;
        let Some(next) = page["next"].as_str() else { break };
        path = format!("followers/ids?start={next}");
    }
    assert_eq!((pages, all.len()), (3, 700));
    assert!(all.is_sorted());
    assert_eq!(line.get("followers/ids?limit=1000").await.1["userIds"].as_array().unwrap().len(), 700);
    assert_eq!(line.get("followers/ids?limit=1001").await.0, 400);
    let bad = (400, json!({ "message": "Invalid start param" }));
    assert_eq!(line.get("followers/ids?start=x").await, bad);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    line.clock(i64::try_from(now).unwrap() + DAY + 60_000).await;
    assert_eq!(line.get(&path).await, bad);
}

#[tokio::test]
async fn rates_are_limited_where_that_is_switched_on() {
    let line = Line::start(Config { rate_limits: true, ..Config::default() }).await;
    line.clock(NEW_YEAR).await;
    for _ in 0..60 {
        assert_eq!(line.send("broadcast", "x", json!({})).await.0, 200);
    }
    let (status, body, _) = line.send("broadcast", "x", json!({})).await;
    let wanted = json!({ "message": "The API rate limit has been exceeded. Try again later." });
    assert_eq!((status, body), (429, wanted));
    assert_eq!(line.send("narrowcast", "a bucket of its own", json!({})).await.0, 202);
    line.clock(NEW_YEAR + 2 * HOUR).await;
    assert_eq!(line.send("broadcast", "x", json!({})).await.0, 200);
    let free = Line::start(Config::default()).await;
    for _ in 0..61 {
        assert_eq!(free.send("broadcast", "x", json!({})).await.0, 200);
    }
}

#[tokio::test]
async fn every_kind_can_be_checked_before() {
    let line = Line::start(Config::default()).await;
    for kind in ["reply", "push", "multicast", "narrowcast", "broadcast"] {
        let path = format!("message/validate/{kind}");
        let text = |text: &str| json!({ "messages": [{ "type": "text", "text": text }] });
        assert_eq!(line.post(&path, text("x")).await, (200, json!({})), "{kind}");
        assert_eq!(line.post(&path, text("")).await.1["details"][0]["property"], "messages[0].text", "{kind}");
    }
    assert_eq!(line.used().await, 0);
}

/// A million friends cost a broadcast nothing but being counted: no room is made for it.
#[tokio::test]
async fn a_broadcast_to_a_crowd_is_kept_once() {
    let line = Line::start(Config::default()).await;
    let count = std::env::var("ENGAWA_CROWD").map_or(50_000, |count| count.parse().unwrap());
    line.crowd(count);
    let began = std::time::Instant::now();
    assert_eq!(line.send("broadcast", "to all", json!({})).await.0, 200);
    println!("a broadcast to {count}: {:?}", began.elapsed());
    let max = json!({ "limit": { "max": count / 2 } });
    let began = std::time::Instant::now();
    assert_eq!(line.send("narrowcast", "to half", max).await.0, 202);
    line.running.state.with(|world| world.offset += HOUR);
    assert_eq!(line.used().await, count + count / 2);
    println!("a narrowcast to half of them: {:?}", began.elapsed());
    assert_eq!(line.texts(&format!("U{:032x}", count - 1)).await[0], "to all");
    line.running.state.with(|world| {
        assert!(world.rooms.is_empty());
        assert_eq!(world.mailings.values().map(Vec::len).sum::<usize>(), 2);
    });
}
