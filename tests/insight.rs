//! What the simulated platform tells of an account, over HTTP, under a clock that is set: LINE's documented
//! answers (line-platform.md §11 and the reference of its API).

use crate::contract;
use engawa::simulator::server::{Config, Running, start};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;
/// The first moment of 2025 in Japan.
pub const NEW_YEAR: i64 = 1_735_657_200_000;

/// A simulator with one channel, and a clock that stands where it was put, give or take the time that passes.
pub struct Stage {
    pub running: Running,
    pub http: reqwest::Client,
    pub channel: Value,
}

impl Stage {
    pub async fn start(config: Config) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = start(config, listener, std::future::pending()).await.unwrap();
        let mut stage = Self { running, http: crate::fixture::http(), channel: Value::Null };
        stage.clock(NEW_YEAR).await;
        stage.channel = stage.control("channels", json!({ "name": "Onsen", "verified": true })).await;
        stage
    }

    pub fn id(&self) -> &str {
        self.channel["id"].as_str().unwrap()
    }

    pub async fn control(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/simulator/api/{path}", self.running.base_url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub async fn ask(&self, path: &str) -> Value {
        let url = format!("{}/simulator/api/{path}", self.running.base_url);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    pub async fn clock(&self, now: i64) {
        self.control("clock", json!({ "now": now })).await;
    }

    pub async fn privacy(&self, on: bool) {
        self.control("settings", json!({ "privacy": on })).await;
    }

    pub async fn friend(&self, name: &str) -> String {
        let user = self.control("users", json!({ "name": name, "follow": self.id() })).await;
        user["id"].as_str().unwrap().to_owned()
    }

    pub async fn friends(&self, count: usize) -> Vec<String> {
        let mut all = Vec::new();
        for number in 0..count {
            all.push(self.friend(&format!("Friend {number}")).await);
        }
        all
    }

    pub fn call(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/v2/bot/{path}", self.running.base_url);
        self.http.request(method, url).bearer_auth(self.channel["token"].as_str().unwrap())
    }

    /// Asks LINE's API, and holds the answer to LINE's files.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        contract::ask(self.call(Method::GET, path)).await
    }

    pub async fn good(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Sends, and answers the request id.
    pub async fn send(&self, kind: &str, body: Value) -> String {
        let answer = self.call(Method::POST, &format!("message/{kind}")).json(&body).send().await.unwrap();
        let id = answer.headers()["x-line-request-id"].to_str().unwrap().to_owned();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{kind}: {status} {text}");
        id
    }

    pub async fn event(&self, id: &str) -> Value {
        self.good(&format!("insight/message/event?requestId={id}")).await
    }

    async fn see(&self, users: &[String], deed: Value) {
        for user in users {
            self.control(&format!("users/{user}/see"), deed.clone()).await;
        }
    }
}

pub fn text(words: &str) -> Value {
    json!([{ "type": "text", "text": words }])
}

#[tokio::test]
async fn deliveries_are_told_the_next_day() {
    let stage = Stage::start(Config { narrowcast_pace: 10, ..Config::default() }).await;
    let people = stage.friends(3).await;
    stage.send("push", json!({ "to": people[0], "messages": text("one") })).await;
    stage.send("multicast", json!({ "to": people[..2], "messages": text("two") })).await;
    stage.send("broadcast", json!({ "messages": text("three") })).await;
    stage.send("narrowcast", json!({ "messages": text("four"), "limit": { "max": 2 } })).await;
    let delivery = async |date: &str| stage.get(&format!("insight/message/delivery?date={date}")).await;
    assert_eq!(delivery("20250101").await, (200, json!({ "status": "unready" })));
    assert_eq!(delivery("20250102").await, (200, json!({ "status": "unready" })));
    assert_eq!(delivery("20170228").await, (200, json!({ "status": "out_of_service" })));
    assert_eq!(delivery("20170301").await, (200, json!({ "status": "ready" })));
    stage.clock(NEW_YEAR + DAY - 60_000).await;
    assert_eq!(delivery("20250101").await, (200, json!({ "status": "unready" })), "until midnight in Japan");
    stage.clock(NEW_YEAR + DAY).await;
    let wanted = json!({ "status": "ready", "apiPush": 1, "apiMulticast": 2, "apiBroadcast": 3, "apiNarrowcast": 2 });
    assert_eq!(delivery("20250101").await, (200, wanted), "people, not calls; replies there were none");
    // LINE may take its time.
    stage.control("settings", json!({ "insightWait": 10 * HOUR })).await;
    assert_eq!(delivery("20250101").await.1["status"], "unready");
    stage.clock(NEW_YEAR + DAY + 10 * HOUR).await;
    assert_eq!(delivery("20250101").await.1["status"], "ready");
    for wrong in ["2025-1-1", "20250230", "2025010", "x"] {
        assert_eq!(delivery(wrong).await, (400, json!({ "message": "Bad Request" })), "{wrong}");
    }
    let none = stage.get("insight/message/delivery").await;
    assert_eq!(none, (400, json!({ "message": "date is required" })));
}

#[tokio::test]
async fn followers_never_fall_and_blocks_do() {
    let stage = Stage::start(Config::default()).await;
    let followers = async |date: &str| stage.get(&format!("insight/followers?date={date}")).await;
    let people = stage.friends(4).await;
    let act = json!({ "channel": stage.id() });
    stage.control(&format!("users/{}/block", people[0]), act.clone()).await;
    stage.control(&format!("users/{}/block", people[1]), act.clone()).await;
    stage.clock(NEW_YEAR + DAY).await;
    stage.control(&format!("users/{}/follow", people[0]), act.clone()).await;
    stage.friend("Late").await;
    stage.clock(NEW_YEAR + 2 * DAY).await;
    stage.control(&format!("users/{}/block", people[0]), act).await;
    let told = |followers: u64, reaches: u64, blocks: u64| {
        (200, json!({ "status": "ready", "followers": followers, "targetedReaches": reaches, "blocks": blocks }))
    };
    assert_eq!(followers("20241231").await, told(0, 0, 0));
    assert_eq!(followers("20250101").await, told(4, 2, 2));
    assert_eq!(followers("20250102").await, told(5, 4, 1));
    let none =
        |status: &str| (200, json!({ "status": status, "followers": null, "targetedReaches": null, "blocks": null }));
    assert_eq!(followers("20250103").await, none("unready"));
    stage.clock(NEW_YEAR + 3 * DAY).await;
    assert_eq!(followers("20250103").await, told(5, 3, 2));
    assert_eq!(followers("20161031").await, none("out_of_service"));
    assert_eq!(followers("20161101").await, told(0, 0, 0));
    assert_eq!(followers("today").await, (400, json!({ "message": "Bad Request" })));
    assert_eq!(stage.get("insight/followers").await, (400, json!({ "message": "date is required" })));
}

#[tokio::test]
async fn demographics_need_twenty_people_and_three_days() {
    let stage = Stage::start(Config::default()).await;
    stage.friends(19).await;
    let none = json!({ "available": false, "genders": [], "ages": [], "areas": [], "appTypes": [], "subscriptionPeriods": [] });
    stage.clock(NEW_YEAR + 4 * DAY).await;
    assert_eq!(stage.good("insight/demographic").await, none);
    stage.clock(NEW_YEAR).await;
    stage.friend("The twentieth").await;
    assert_eq!(stage.good("insight/demographic").await, none, "nobody is known on the first day");
    stage.clock(NEW_YEAR + 12 * DAY).await;
    let known = stage.good("insight/demographic").await;
    assert_eq!(known["available"], true);
    for (part, name) in [
        ("genders", "gender"),
        ("ages", "age"),
        ("areas", "area"),
        ("appTypes", "appType"),
        ("subscriptionPeriods", "subscriptionPeriod"),
    ] {
        let tiles = known[part].as_array().unwrap();
        let sum: f64 = tiles.iter().map(|tile| tile["percentage"].as_f64().unwrap()).sum();
        assert!((sum - 100.0).abs() < 1.0 && tiles.iter().all(|tile| tile[name].is_string()), "{part}: {tiles:?}");
    }
    let period = |word: &str| {
        let tiles = known["subscriptionPeriods"].as_array().unwrap().iter();
        tiles.clone().find(|tile| tile["subscriptionPeriod"] == word).map(|tile| tile["percentage"].clone())
    };
    assert_eq!((period("within30days"), period("within7days")), (Some(json!(100.0)), Some(json!(0.0))));
    // A demo with a dozen friends tells at once.
    let few = Stage::start(Config::default()).await;
    few.friend("Ken").await;
    few.privacy(false).await;
    assert_eq!(few.good("insight/demographic").await["available"], true);
}

#[tokio::test]
async fn what_came_of_a_broadcast_is_hidden_below_twenty() {
    let stage = Stage::start(Config::default()).await;
    let people = stage.friends(25).await;
    let (a, b) = ("https://a.example/", "https://b.example/");
    let messages = json!([
        { "type": "text", "text": format!("{a} {b}") },
        { "type": "video", "originalContentUrl": "https://c.example/v.mp4", "previewImageUrl": "https://c.example/v.jpg" },
    ]);
    let id = stage.send("broadcast", json!({ "messages": messages })).await;
    let quiet = json!({ "uniqueImpression": null, "uniqueClick": null, "uniqueMediaPlayed": null,
        "uniqueMediaPlayed100Percent": null, "requestId": id, "timestamp": NEW_YEAR / 1_000, "delivered": 25 });
    let mut first = stage.event(&id).await;
    // The clock has gone on by as much as the test took.
    first["overview"]["timestamp"] = (NEW_YEAR / 1_000).into();
    assert_eq!(first, json!({ "overview": quiet, "messages": [], "clicks": [] }));

    stage.see(&people[..19], json!({ "requestId": id })).await;
    assert_eq!(stage.event(&id).await["overview"]["uniqueImpression"], Value::Null);
    stage.see(&people[19..24], json!({ "requestId": id })).await;
    stage.see(&people[..21], json!({ "requestId": id, "url": a })).await;
    stage.see(&people[..1], json!({ "requestId": id, "url": b })).await;
    stage.see(&people[..20], json!({ "requestId": id, "seq": 2, "played": 60 })).await;
    stage.see(&people[..15], json!({ "requestId": id, "seq": 2, "played": 100 })).await;
    stage.see(&people[..15], json!({ "requestId": id, "seq": 2, "played": 100 })).await;
    let told = stage.event(&id).await;
    let overview = &told["overview"];
    assert_eq!((&overview["uniqueImpression"], &overview["uniqueClick"]), (&json!(24), &json!(21)));
    assert_eq!(overview["uniqueMediaPlayed"], 20);
    assert_eq!(overview["uniqueMediaPlayed100Percent"], Value::Null, "30 times, but only 15 people");
    assert_eq!(told["messages"][0]["seq"], 1);
    assert_eq!(told["messages"][0]["impression"], 19 + 5 + 21 + 1);
    assert_eq!(told["messages"][0]["uniqueMediaPlayed"], Value::Null);
    assert_eq!(told["messages"][0].get("uniqueImpression"), None, "of units alone");
    let film = &told["messages"][1];
    assert_eq!((&film["mediaPlayed"], &film["uniqueMediaPlayed"]), (&json!(50), &json!(20)));
    assert_eq!((&film["mediaPlayed50Percent"], &film["mediaPlayed75Percent"]), (&json!(50), &Value::Null));
    let click = |at: usize| told["clicks"][at].clone();
    assert_eq!(click(0), json!({ "seq": 1, "url": a, "click": 21, "uniqueClick": 21, "uniqueClickOfRequest": 21 }));
    assert_eq!(
        click(1),
        json!({ "seq": 1, "url": b, "click": null, "uniqueClick": null, "uniqueClickOfRequest": null })
    );

    stage.privacy(false).await;
    let told = stage.event(&id).await;
    assert_eq!(told["clicks"][1]["click"], 1);
    assert_eq!(told["messages"][1]["mediaPlayed75Percent"], 30);
    assert_eq!(told["overview"]["uniqueMediaPlayed100Percent"], 15);

    // After two weeks nothing is counted any more.
    stage.clock(NEW_YEAR + 14 * DAY + HOUR).await;
    stage.see(&people[24..], json!({ "requestId": id, "url": a })).await;
    assert_eq!(stage.event(&id).await, told);
}

#[tokio::test]
async fn only_what_went_to_many_is_told_of_by_its_request() {
    let stage = Stage::start(Config { narrowcast_pace: HOUR, ..Config::default() }).await;
    let people = stage.friends(2).await;
    let push = stage.send("push", json!({ "to": people[0], "messages": text("one") })).await;
    for id in [push.as_str(), "nothing"] {
        assert_eq!(stage.get(&format!("insight/message/event?requestId={id}")).await.0, 404);
    }
    for path in ["insight/message/event", "insight/message/event?requestId="] {
        assert_eq!(stage.get(path).await.0, 400);
    }
    let id = stage.send("narrowcast", json!({ "messages": text("later") })).await;
    let waiting = stage.event(&id).await;
    assert_eq!((&waiting["overview"]["delivered"], &waiting["messages"]), (&Value::Null, &json!([])));
    stage.clock(NEW_YEAR + 3 * HOUR).await;
    let sent = stage.event(&id).await;
    assert_eq!(sent["overview"]["delivered"], 2);
    let other = stage.control("channels", json!({ "name": "Other" })).await;
    let url = format!("{}/v2/bot/insight/message/event?requestId={id}", stage.running.base_url);
    let answer = stage.http.get(url).bearer_auth(other["token"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), 404, "another's message");
}

#[tokio::test]
async fn opening_a_chat_is_seeing_what_came_to_many() {
    let stage = Stage::start(Config::default()).await;
    let people = stage.friends(2).await;
    stage.privacy(false).await;
    let id = stage.send("broadcast", json!({ "messages": text("hello") })).await;
    let seen = async || {
        let told = stage.event(&id).await;
        (told["overview"]["uniqueImpression"].clone(), told["messages"][0]["impression"].clone())
    };
    assert_eq!(seen().await, (json!(0), json!(0)));
    let look = async |user: &str| stage.control(&format!("users/{user}/look"), json!({ "room": stage.id() })).await;
    look(&people[0]).await;
    look(&people[0]).await;
    assert_eq!(seen().await, (json!(1), json!(1)), "once a visit");
    stage.clock(NEW_YEAR + HOUR).await;
    look(&people[0]).await;
    look(&people[1]).await;
    assert_eq!(seen().await, (json!(2), json!(3)));
}

#[tokio::test]
async fn units_are_counted_together() {
    let stage = Stage::start(Config::default()).await;
    let people = stage.friends(30).await;
    let (url, unit) = ("https://a.example/", json!(["promotion_a"]));
    let words = text(&format!("see {url}"));
    let ask = async |name: &str, from: &str, to: &str| {
        stage.get(&format!("insight/message/event/aggregation?customAggregationUnit={name}&from={from}&to={to}")).await
    };
    let mut ids = Vec::new();
    for part in [&people[..15], &people[10..30]] {
        let body = json!({ "to": part, "messages": words, "customAggregationUnits": unit });
        let id = stage.send("multicast", body).await;
        stage.see(part, json!({ "requestId": id })).await;
        ids.push(id);
    }
    let none = json!({ "overview": { "uniqueImpression": null, "uniqueClick": null, "uniqueMediaPlayed": null,
        "uniqueMediaPlayed100Percent": null }, "messages": [], "clicks": [] });
    assert_eq!(ask("promotion_A", "20250101", "20250131").await, (200, none.clone()), "names differ by case");
    assert_eq!(ask("promotion_a", "20250102", "20250131").await, (200, none));
    stage.see(&people[..15], json!({ "requestId": ids[0], "url": url })).await;
    stage.see(&people[10..20], json!({ "requestId": ids[1], "url": url })).await;
    let push = json!({ "to": people[0], "messages": words, "customAggregationUnits": unit });
    let push = stage.send("push", push).await;
    stage.see(&people[..1], json!({ "requestId": push, "url": url })).await;
    let (_, told) = ask("promotion_a", "20250101", "20250131").await;
    assert_eq!(told["overview"]["uniqueImpression"], 30, "five people got both and are counted once");
    assert_eq!(told["overview"]["uniqueClick"], 20);
    assert_eq!(told["messages"][0]["uniqueImpression"], 30);
    assert_eq!(told["messages"][0]["impression"], 15 + 20 + 15 + 10 + 1);
    let clicks = json!([{ "seq": 1, "url": url, "click": 26, "uniqueClick": 20, "uniqueClickOfRequest": 20 }]);
    assert_eq!(told["clicks"], clicks);

    let refused = json!({ "message": null, "key": null, "stacktrace": null, "code": null });
    for (name, from, to) in [
        ("", "20250101", "20250102"),
        ("promotion_a", "", "20250102"),
        ("promotion_a", "20250101", "x"),
        ("promotion_a", "20250102", "20250101"),
        ("promotion_a", "20250101", "20250201"),
        ("not-a-name", "20250101", "20250102"),
    ] {
        assert_eq!(ask(name, from, to).await, (400, refused.clone()), "{name} {from} {to}");
    }
    assert_eq!(stage.get("insight/message/event/aggregation").await, (400, refused));
}

#[tokio::test]
async fn sixty_calls_an_hour() {
    let stage = Stage::start(Config { rate_limits: true, ..Config::default() }).await;
    for path in ["insight/message/delivery?date=20241231", "insight/followers?date=20241231", "insight/demographic"] {
        for _ in 0..60 {
            assert_eq!(stage.call(Method::GET, path).send().await.unwrap().status(), 200);
        }
        assert_eq!(stage.get(path).await.0, 429, "{path}");
    }
    stage.clock(NEW_YEAR + 2 * HOUR).await;
    assert_eq!(stage.get("insight/demographic").await.0, 200);
}

#[tokio::test]
async fn rich_menus_are_told_of_by_area_and_day() {
    let stage = Stage::start(Config::default()).await;
    let people = stage.friends(21).await;
    let area = |x: i64| json!({ "bounds": { "x": x, "y": 0, "width": 400, "height": 405 }, "action": { "type": "postback", "data": "d" } });
    let menu = json!({ "size": { "width": 1200, "height": 405 }, "selected": true, "name": "m", "chatBarText": "Menu",
        "areas": [area(0), area(400)] });
    let made = stage.call(Method::POST, "richmenu").json(&menu).send().await.unwrap().json::<Value>().await.unwrap();
    let id = made["richMenuId"].as_str().unwrap().to_owned();
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(1_200, 405).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let upload = stage.call(Method::POST, &format!("richmenu/{id}/content")).header("content-type", "image/png");
    assert_eq!(upload.body(png.into_inner()).send().await.unwrap().status(), 200);
    assert_eq!(stage.call(Method::POST, &format!("user/all/richmenu/{id}")).send().await.unwrap().status(), 200);
    let tap = async |user: &str, area: usize| {
        stage.control(&format!("users/{user}/tap"), json!({ "room": stage.id(), "area": area })).await
    };
    for user in &people[..19] {
        tap(user, 0).await;
    }
    let ask = async |what: &str, from: &str, to: &str| {
        stage.get(&format!("insight/richmenu/{id}/{what}?from={from}&to={to}")).await
    };
    let bare = (200, json!({ "richMenuId": id }));
    assert_eq!(ask("summary", "20250101", "20250110").await, bare, "today is not told of");
    stage.clock(NEW_YEAR + DAY).await;
    assert_eq!(ask("summary", "20250101", "20250110").await, bare, "nineteen people");
    for user in &people[18..21] {
        tap(user, 1).await;
        tap(user, 1).await;
    }
    stage.clock(NEW_YEAR + 2 * DAY).await;
    let bounds = |x: i64| json!({ "x": x, "y": 0, "width": 400, "height": 405 });
    let (status, told) = ask("summary", "20241225", "20250110").await;
    let wanted = json!({ "richMenuId": id, "metricsFrom": "20250101", "metricsTo": "20250102",
        "impression": { "metrics": { "count": 22, "uniqueUsers": 21 } },
        "clicks": [
            { "bounds": bounds(0), "metrics": { "count": 19, "uniqueUsers": 19 } },
            { "bounds": bounds(400), "metrics": { "count": 6, "uniqueUsers": 3 } },
        ] });
    assert_eq!((status, told), (200, wanted));
    let (_, told) = ask("daily", "20250101", "20250102").await;
    assert_eq!(
        told["impression"]["metrics"],
        json!([
            { "date": "20250101", "count": 19, "uniqueUsers": 19 }, { "date": "20250102", "count": 3, "uniqueUsers": 3 },
        ])
    );
    assert_eq!(told["clicks"][1]["metrics"], json!([{ "date": "20250102", "count": 6, "uniqueUsers": 3 }]));
    assert_eq!(ask("daily", "20250102", "20250102").await, bare, "three people on that day");
    stage.privacy(false).await;
    assert_eq!(ask("daily", "20250102", "20250102").await.1["clicks"][0]["metrics"], json!([]));

    let message = |(status, body): (u16, Value)| (status, body["message"].as_str().unwrap_or_default().to_owned());
    assert_eq!(
        message(ask("daily", "20250101", "20250411").await),
        (400, "Date range exceeds. Max range is 99 days.".into())
    );
    assert_eq!(ask("daily", "20250101", "20250410").await.0, 200);
    assert_eq!(
        message(ask("summary", "20250101", "20260202").await),
        (400, "Date range exceeds. Max range is 396 days.".into())
    );
    assert_eq!(ask("summary", "20250101", "20260201").await.0, 200);
    for (from, to) in [("", "20250101"), ("20250101", "x"), ("20250102", "20250101"), ("20210101", "20210102")] {
        assert_eq!(ask("summary", from, to).await.0, 400, "{from} {to}");
    }
    let unknown = stage.get("insight/richmenu/richmenu-0/summary?from=20250101&to=20250101").await;
    assert_eq!(message(unknown), (404, "richmenu not found".into()));
}
