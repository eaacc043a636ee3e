//! Webhooks of the simulated platform and the log of what went over the wire, over HTTP.

use crate::{
    contract,
    fixture::{Line, http, until},
};
use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use engawa::line::signature;
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};
use tokio::{net::TcpListener, sync::Semaphore};

/// A bot's receiver: keeps what came, answers what it is told, and can be made to wait.
#[derive(Clone)]
struct Bot {
    got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    status: Arc<AtomicU16>,
    /// One answer for each permit.
    gate: Arc<Semaphore>,
}

async fn receive(State(bot): State<Bot>, headers: HeaderMap, body: Bytes) -> (StatusCode, &'static str) {
    bot.got.lock().unwrap().push((headers, body));
    bot.gate.acquire().await.unwrap().forget();
    (StatusCode::from_u16(bot.status.load(Ordering::Relaxed)).unwrap(), "heard")
}

impl Bot {
    async fn start(line: &Line) -> Self {
        let bot = Self {
            got: Arc::default(),
            status: Arc::new(AtomicU16::new(200)),
            gate: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
        };
        let app = Router::new().route("/hook", post(receive)).with_state(bot.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        line.control(&format!("channels/{}", line.channel_id()), json!({ "endpoint": url })).await;
        bot
    }

    /// Answers nothing until [`Self::open`].
    fn close(&self) {
        self.gate.forget_permits(usize::MAX);
    }

    fn open(&self) {
        self.gate.add_permits(1_000);
    }

    fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }

    /// The webhooks that came: their bodies, each signed rightly and in the shape of LINE's files.
    fn bodies(&self, line: &Line) -> Vec<Value> {
        let got = self.got.lock().unwrap();
        got.iter()
            .map(|(headers, body)| {
                assert_eq!(headers["user-agent"], "LineBotWebhook/2.0");
                assert!(signature::verify(line.secret(), body, headers[signature::HEADER].to_str().unwrap()));
                let body = serde_json::from_slice(body).unwrap();
                contract::called(&body);
                body
            })
            .collect()
    }
}

fn texts(bodies: &[Value]) -> Vec<Vec<String>> {
    let text = |event: &Value| event["message"]["text"].as_str().unwrap_or("-").to_owned();
    bodies.iter().map(|body| body["events"].as_array().unwrap().iter().map(text).collect()).collect()
}

async fn flush(line: &Line) {
    line.control(&format!("channels/{}/flush", line.channel_id()), json!({})).await;
}

async fn log(line: &Line, query: &str) -> Vec<Value> {
    line.get(&format!("log?{query}")).await.as_array().unwrap().clone()
}

#[tokio::test]
async fn events_gather_while_a_webhook_is_on_its_way() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let bot = Bot::start(&line).await;
    bot.close();
    line.say(&ken, "first").await;
    until(async || (bot.count() == 1).then_some(())).await;
    for number in 0..25 {
        line.say(&ken, &number.to_string()).await;
    }
    bot.open();
    flush(&line).await;
    let came = texts(&bot.bodies(&line));
    let sizes: Vec<usize> = came.iter().map(Vec::len).collect();
    assert_eq!(sizes, [1, 20, 5], "at most twenty in one");
    let all: Vec<String> = came.concat();
    let wanted: Vec<String> = std::iter::once("first".to_owned()).chain((0..25).map(|n| n.to_string())).collect();
    assert_eq!(all, wanted, "in their order");

    // Each by itself, when that is wanted.
    line.control("settings", json!({ "webhookBatch": 1 })).await;
    let before = bot.count();
    bot.close();
    line.say(&ken, "a").await;
    until(async || (bot.count() == before + 1).then_some(())).await;
    line.say(&ken, "b").await;
    line.say(&ken, "c").await;
    bot.open();
    flush(&line).await;
    assert_eq!(texts(&bot.bodies(&line))[before..], [["a"], ["b"], ["c"]]);
}

#[tokio::test]
async fn what_failed_comes_again_with_the_same_id_and_a_token_that_works() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let bot = Bot::start(&line).await;
    let channel = format!("channels/{}", line.channel_id());
    line.control(&channel, json!({ "redelivery": true })).await;
    line.control("settings", json!({ "redeliveryWait": 10, "redeliveries": 3 })).await;
    bot.status.store(503, Ordering::Relaxed);
    line.say(&ken, "hello").await;
    until(async || (bot.count() == 4).then_some(())).await;
    let bodies = bot.bodies(&line);
    let (first, last) = (&bodies[0]["events"][0], &bodies[3]["events"][0]);
    assert_eq!(first["deliveryContext"]["isRedelivery"], false);
    for field in ["webhookEventId", "timestamp", "replyToken", "message"] {
        assert_eq!(first[field], last[field], "{field}");
    }
    assert!(bodies[1..].iter().all(|body| body["events"][0]["deliveryContext"]["isRedelivery"] == true));
    let reply = json!({ "replyToken": last["replyToken"], "messages": [{ "type": "text", "text": "late" }] });
    let answer = line.http.post(format!("{}/v2/bot/message/reply", line.url));
    let answer = answer.bearer_auth(line.channel["token"].as_str().unwrap()).json(&reply).send().await.unwrap();
    assert_eq!(answer.status(), 200);

    // Switched off, nothing comes again.
    line.control(&channel, json!({ "redelivery": false })).await;
    line.say(&ken, "once").await;
    flush(&line).await;
    let report = line.get(&format!("webhooks/{}", line.channel_id())).await;
    assert_eq!(
        (&report["total"], &report["error_status_code"], &report["redelivered"]),
        (&json!(5), &json!(5), &json!(3))
    );
}

#[tokio::test]
async fn errors_are_counted_as_lines_console_does() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let at = format!("webhooks/{}", line.channel_id());
    assert_eq!(line.get(&at).await["since"], 0);
    let bot = Bot::start(&line).await;
    line.say(&ken, "fine").await;
    flush(&line).await;
    bot.status.store(500, Ordering::Relaxed);
    line.say(&ken, "refused").await;
    flush(&line).await;
    bot.close();
    line.say(&ken, "silence").await;
    flush(&line).await;
    let channel = format!("channels/{}", line.channel_id());
    line.control(&channel, json!({ "endpoint": "http://127.0.0.1:1/" })).await;
    line.say(&ken, "nobody").await;
    flush(&line).await;
    // A test of the address does not count, whatever comes of it.
    let test = line.http.post(format!("{}/v2/bot/channel/webhook/test", line.url)).json(&json!({}));
    let tested: Value =
        test.bearer_auth(line.channel["token"].as_str().unwrap()).send().await.unwrap().json().await.unwrap();
    assert_eq!(tested["reason"], "COULD_NOT_CONNECT");

    let report = line.get(&at).await;
    let counts = ["total", "ok", "error_status_code", "request_timeout", "could_not_connect", "unclassified"];
    let counted: Vec<u64> = counts.iter().map(|name| report[name].as_u64().unwrap()).collect();
    assert_eq!(counted, [4, 1, 1, 1, 1, 0]);
    // The test may cross an hour, or midnight in Japan.
    let sum = |name: &str| -> u64 {
        report[name].as_array().unwrap().iter().map(|period| period["total"].as_u64().unwrap()).sum()
    };
    assert_eq!((sum("hours"), sum("days")), (4, 4));
    assert_eq!(report["in_a_row"], 3);
    let reasons: Vec<&Value> = report["errors"].as_array().unwrap().iter().map(|error| &error["reason"]).collect();
    assert_eq!(reasons, ["COULD_NOT_CONNECT", "REQUEST_TIMEOUT", "ERROR_STATUS_CODE"], "the newest first");
    let refused = &report["errors"][2];
    assert_eq!((&refused["status"], &refused["detail"]), (&json!(500), &json!("Internal Server Error")));
    assert_eq!(refused["events"].as_array().unwrap().len(), 1);
    let entry = line.get(&format!("log/{}", refused["log"])).await;
    assert_eq!(entry["line"]["status"], 500);

    // A day later the hours are over, and the day has a day of its own.
    line.control("clock", json!({ "advance": 26 * 3_600_000 })).await;
    line.say(&ken, "tomorrow").await;
    flush(&line).await;
    let report = line.get(&at).await;
    assert_eq!(report["hours"].as_array().unwrap().len(), 1);
    assert!(report["days"].as_array().unwrap().len() >= 2);
    let anew: Value =
        http().delete(format!("{}/simulator/api/{at}", line.url)).send().await.unwrap().json().await.unwrap();
    assert_eq!((&anew["total"], anew["errors"].as_array().unwrap().len()), (&json!(0), 0));
}

#[tokio::test]
async fn too_many_failures_suspend_webhooks_until_the_address_works() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let bot = Bot::start(&line).await;
    line.control("settings", json!({ "suspendAfter": 2 })).await;
    bot.status.store(500, Ordering::Relaxed);
    for text in ["1", "2", "3", "4"] {
        line.say(&ken, text).await;
        flush(&line).await;
    }
    assert_eq!(bot.count(), 2);
    let report = line.get(&format!("webhooks/{}", line.channel_id())).await;
    assert_eq!(report["suspended"], 2);
    assert!(report["suspended_since"].is_i64());
    bot.status.store(200, Ordering::Relaxed);
    let test = line.http.post(format!("{}/v2/bot/channel/webhook/test", line.url)).json(&json!({}));
    test.bearer_auth(line.channel["token"].as_str().unwrap()).send().await.unwrap();
    line.say(&ken, "5").await;
    flush(&line).await;
    assert_eq!(texts(&bot.bodies(&line)).last().unwrap(), &["5"]);
}

#[tokio::test]
async fn the_log_keeps_both_directions_and_no_secret() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let _bot = Bot::start(&line).await;
    line.say(&ken, "こんにちは").await;
    flush(&line).await;
    let token = line.channel["token"].as_str().unwrap();
    let fields =
        [("grant_type", "client_credentials"), ("client_id", line.channel_id()), ("client_secret", line.secret())];
    let issued: Value = line
        .http
        .post(format!("{}/oauth2/v3/token", line.url))
        .form(&fields)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let verify = format!("{}/oauth2/v2.1/verify?access_token={}", line.url, issued["access_token"].as_str().unwrap());
    line.http.get(verify.replace('+', "%2B")).send().await.unwrap();
    let long = "ｎ".repeat(4_000);
    let body = json!({ "to": ken, "messages": [{ "type": "text", "text": long }, { "type": "text", "text": "two" }] });
    let push = line.http.post(format!("{}/v2/bot/message/push", line.url)).bearer_auth(token).json(&body);
    let push = push.send().await.unwrap();
    let request_id = push.headers()["x-line-request-id"].to_str().unwrap().to_owned();

    let all = log(&line, "").await;
    let text = serde_json::to_string(&all).unwrap();
    for secret in [token, line.secret(), issued["access_token"].as_str().unwrap()] {
        assert!(!text.contains(secret), "{secret} stands in the log");
    }
    let pushes = log(&line, &format!("direction=call&path=/push&status=2xx&channel={}", line.channel_id())).await;
    assert_eq!(pushes.len(), 1);
    assert_eq!(pushes[0]["request_id"], request_id);
    assert_eq!(
        serde_json::from_str::<Value>(pushes[0]["request"].as_str().unwrap()).unwrap(),
        body,
        "it is kept whole"
    );
    assert_eq!(log(&line, "direction=webhook&text=こんにちは").await.len(), 1);
    assert_eq!(log(&line, "text=X-LINE-SIGNATURE").await.len(), 0, "names of headers are not searched");
    assert_eq!(log(&line, "status=bad&path=/push").await.len(), 0);
    assert_eq!(log(&line, &format!("text={}", &token[..40])).await.len(), 0, "what is shortened is not found either");

    let detail = line.get(&format!("log/{}", pushes[0]["id"])).await;
    let header = |name: &str| {
        let all = detail["request"]["headers"].as_array().unwrap();
        all.iter().find(|pair| pair[0] == name).map(|pair| pair[1].as_str().unwrap().to_owned()).unwrap()
    };
    assert_eq!(header("authorization"), format!("Bearer {}…", &token[..6]));
    assert_eq!(header("content-type"), "application/json");
    assert!(detail["request"]["body"].as_str().unwrap().starts_with("{\n  \""), "set out for reading");
    let curl = detail["curl"].as_str().unwrap();
    assert!(curl.starts_with(&format!("curl -X POST '{}/v2/bot/message/push'", line.url)), "{curl}");
    assert!(curl.contains("Bearer $CHANNEL_ACCESS_TOKEN") && !curl.contains(&token[..20]));
    assert!(detail["line"]["digest"].as_str().unwrap().ends_with("… +1"), "{}", detail["line"]["digest"]);
    // A call can't be sent again for its client.
    let again = http().post(format!("{}/simulator/api/log/{}/again", line.url, pushes[0]["id"])).json(&json!({}));
    assert_eq!(again.send().await.unwrap().status(), 404);
    http().delete(format!("{}/simulator/api/log", line.url)).send().await.unwrap();
    assert_eq!(log(&line, "").await.len(), 0);
}

#[tokio::test]
async fn long_bodies_are_cut_and_say_so() {
    let line = Line::start().await;
    let call = line.http.post(format!("{}/v2/bot/message/push", line.url)).header("content-type", "application/json");
    call.body(format!("{{\"x\":\"{}\"}}", "y".repeat(400_000))).send().await.unwrap();
    let id = log(&line, "").await[0]["id"].clone();
    let request = &line.get(&format!("log/{id}")).await["request"];
    assert_eq!((&request["size"], &request["kept"]), (&json!(400_008), &json!(256 * 1024)));
}

#[tokio::test]
async fn a_webhook_is_sent_again_as_it_was_or_as_a_redelivery() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let bot = Bot::start(&line).await;
    line.say(&ken, "again, please").await;
    flush(&line).await;
    let id = log(&line, "direction=webhook").await[0]["id"].clone();
    let told = line.control(&format!("log/{id}/again"), json!({})).await;
    assert_eq!((&told["status"], &told["reason"]), (&json!(200), &json!("OK")));
    let got = bot.got.lock().unwrap().clone();
    assert_eq!((got.len(), &got[0].1), (2, &got[1].1), "byte by byte");
    assert_eq!(got[0].0[signature::HEADER], got[1].0[signature::HEADER]);

    line.control(&format!("log/{id}/again"), json!({ "redelivery": true })).await;
    let bodies = bot.bodies(&line);
    let (first, last) = (&bodies[0]["events"][0], &bodies[2]["events"][0]);
    assert_eq!(last["deliveryContext"]["isRedelivery"], true);
    assert_eq!(first["webhookEventId"], last["webhookEventId"]);
    let detail = line.get(&format!("log/{id}")).await;
    assert_eq!((&detail["again"], &detail["answer"]["body"]), (&json!(true), &json!("heard")));
    assert_eq!(detail["line"]["digest"], "message: text");
    assert!(detail["curl"].as_str().unwrap().contains("x-line-signature: "));
}

#[tokio::test]
async fn the_pages_show_what_happened_and_run_nothing() {
    let line = Line::start().await;
    let ken = line.friend("<script>alert(1)</script>").await;
    let _bot = Bot::start(&line).await;
    line.say(&ken, "</pre><script>alert(2)</script>").await;
    flush(&line).await;
    let token = line.channel["token"].as_str().unwrap();
    line.http.get(format!("{}/v2/bot/info?x=<script>", line.url)).bearer_auth(token).send().await.unwrap();
    let webhook = log(&line, "direction=webhook").await[0]["id"].clone();
    for (path, wanted) in [
        ("/log".to_owned(), "message: text"),
        ("/log?status=2xx&direction=call".to_owned(), "/v2/bot/info"),
        (format!("/log/{webhook}"), "x-line-signature"),
        ("/webhooks".to_owned(), "Onsen"),
        ("/faults".to_owned(), "fault-kind"),
        ("/docs".to_owned(), "SimulatorClient"),
        ("/settings".to_owned(), "clock-at"),
    ] {
        let answer = line.http.get(format!("{}{path}", line.url)).header("accept-language", "en").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let html = answer.text().await.unwrap();
        assert!(html.contains(wanted), "{path} has no {wanted}");
        assert!(!html.contains("<script>alert"), "{path}");
        if !path.starts_with("/settings") {
            assert!(!html.contains(token), "{path} shows a token");
        }
    }
    let filtered =
        line.http.get(format!("{}/log?direction=call", line.url)).send().await.unwrap().text().await.unwrap();
    assert!(!filtered.contains("message: text"));
}
