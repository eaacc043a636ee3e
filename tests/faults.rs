//! What can be made to go wrong in the simulated platform: each kind of fault as a bot meets it.

use crate::fixture::{Line, http, until};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

async fn call(line: &Line, method: Method, path: &str, body: Option<Value>) -> reqwest::Result<Response> {
    let call =
        line.http.request(method, format!("{}{path}", line.url)).bearer_auth(line.channel["token"].as_str().unwrap());
    match body {
        Some(body) => call.json(&body).send().await,
        None => call.send().await,
    }
}

async fn info(line: &Line) -> reqwest::Result<Response> {
    call(line, Method::GET, "/v2/bot/info", None).await
}

async fn push(line: &Line, to: &str) -> reqwest::Result<Response> {
    let body = json!({ "to": to, "messages": [{ "type": "text", "text": "x" }] });
    call(line, Method::POST, "/v2/bot/message/push", Some(body)).await
}

async fn delete(line: &Line, path: &str) -> Response {
    http().delete(format!("{}/simulator/api/{path}", line.url)).send().await.unwrap()
}

/// A friend's picture of this many bytes; answers the path of its content.
async fn picture(line: &Line, user: &str, size: usize) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let bytes = BASE64_STANDARD.encode(vec![7_u8; size]);
    let say =
        json!({ "room": line.channel_id(), "message": { "type": "image" }, "base64": bytes, "mime": "image/png" });
    let said = line.control(&format!("users/{user}/say"), say).await;
    format!("/v2/bot/message/{}/content", said["messageId"].as_str().unwrap())
}

#[tokio::test]
async fn refusals_have_lines_status_and_words() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    for (kind, status, words) in [
        ("rate_limit", 429, "The API rate limit has been exceeded. Try again later."),
        ("monthly_limit", 429, "You have reached your monthly limit."),
        ("server_error", 500, "Internal server error"),
        (
            "expired_token",
            401,
            "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.",
        ),
    ] {
        line.fault(json!({ "kind": kind, "path": "/push", "remaining": 1 })).await;
        let answer = push(&line, &ken).await.unwrap();
        assert_eq!(answer.status(), status, "{kind}");
        assert!(answer.headers().contains_key("x-line-request-id"));
        assert_eq!(answer.json::<Value>().await.unwrap(), json!({ "message": words }));
    }
    line.fault(json!({ "kind": "bad_gateway", "remaining": 1 })).await;
    let answer = push(&line, &ken).await.unwrap();
    assert_eq!(answer.status(), 502);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert!(answer.text().await.unwrap().starts_with("<html>"));
    assert_eq!(line.accepted().await.len(), 0, "nothing was done");
    assert_eq!(push(&line, &ken).await.unwrap().status(), 200);
}

#[tokio::test]
async fn answers_break_off_and_lie_about_what_they_are() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    line.fault(json!({ "kind": "truncated_body", "path": "/push", "remaining": 1 })).await;
    let answer = push(&line, &ken).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err(), "the body must not arrive whole");
    assert_eq!(line.accepted().await.len(), 1, "the work was done");

    line.fault(json!({ "kind": "wrong_type", "remaining": 1 })).await;
    let answer = info(&line).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.json::<Value>().await.unwrap()["displayName"], "Onsen");
    let content = picture(&line, &ken, 10).await;
    line.fault(json!({ "kind": "wrong_type", "path": "/content", "remaining": 1 })).await;
    let answer = call(&line, Method::GET, &content, None).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "video/mp4");

    for kind in ["cut_before", "cut_after"] {
        line.fault(json!({ "kind": kind, "path": "/push", "remaining": 1 })).await;
        assert!(push(&line, &ken).await.is_err(), "{kind}");
    }
    assert_eq!(line.accepted().await.len(), 2, "only the second did its work");
}

#[tokio::test]
async fn slow_is_slow() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    line.fault(json!({ "kind": "latency", "millis": 300, "remaining": 1 })).await;
    let began = Instant::now();
    info(&line).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(300));

    let content = picture(&line, &ken, 200_000).await;
    line.fault(json!({ "kind": "slow_body", "path": "/content", "millis": 400, "remaining": 1 })).await;
    let began = Instant::now();
    let mut answer = call(&line, Method::GET, &content, None).await.unwrap();
    assert!(began.elapsed() < Duration::from_millis(300), "the headers come at once");
    assert_eq!(answer.content_length(), Some(200_000));
    let (mut pieces, mut size) = (0, 0);
    while let Some(piece) = answer.chunk().await.unwrap() {
        pieces += 1;
        size += piece.len();
    }
    assert!(began.elapsed() >= Duration::from_millis(380) && pieces > 5, "{pieces} pieces in {:?}", began.elapsed());
    assert_eq!(size, 200_000);
}

#[tokio::test]
async fn content_is_prepared_gone_or_missing() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let content = picture(&line, &ken, 10).await;
    for (kind, status) in [("content_preparing", 202), ("content_gone", 410), ("content_missing", 404)] {
        line.fault(json!({ "kind": kind, "remaining": 1 })).await;
        assert_eq!(call(&line, Method::GET, &content, None).await.unwrap().status(), status, "{kind}");
    }
    assert_eq!(call(&line, Method::GET, &content, None).await.unwrap().status(), 200);
}

#[tokio::test]
async fn faults_keep_to_their_channel_their_share_and_their_time() {
    let line = Line::start().await;
    let other = line.control("channels", json!({ "name": "Tea house" })).await;
    let other_info =
        || line.http.get(format!("{}/v2/bot/info", line.url)).bearer_auth(other["token"].as_str().unwrap()).send();
    line.fault(json!({ "kind": "expired_token", "channel": line.channel_id() })).await;
    assert_eq!(info(&line).await.unwrap().status(), 401);
    assert_eq!(other_info().await.unwrap().status(), 200);
    let listed = line.get("faults").await;
    assert_eq!(listed[0]["struck"], 1);
    assert_eq!(delete(&line, &format!("faults/{}", listed[0]["id"])).await.status(), 200);
    assert_eq!(delete(&line, "faults/77").await.status(), 404);
    assert_eq!(info(&line).await.unwrap().status(), 200);

    line.fault(json!({ "kind": "server_error", "probability": 0.5 })).await;
    let mut failed = 0;
    for _ in 0..200 {
        failed += usize::from(info(&line).await.unwrap().status() == StatusCode::INTERNAL_SERVER_ERROR);
    }
    // One in a hundred million runs of a fair coin leaves this.
    assert!((60..140).contains(&failed), "{failed} of 200");
    assert_eq!(line.get("faults").await[0]["struck"], failed);

    delete(&line, "faults").await;
    line.fault(json!({ "kind": "server_error", "seconds": 1 })).await;
    assert_eq!(info(&line).await.unwrap().status(), 500);
    until(async || (info(&line).await.unwrap().status() == 200).then_some(())).await;
    assert_eq!(line.get("faults").await, json!([]));
}

#[tokio::test]
async fn webhooks_are_lost_forged_and_out_of_order() {
    use axum::{Router, body::Bytes, http::HeaderMap, routing::post};
    use std::sync::{Arc, Mutex};
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>> = Arc::default();
    let keep = got.clone();
    let receive = move |headers: HeaderMap, body: Bytes| async move { keep.lock().unwrap().push((headers, body)) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", post(receive))).await });
    let channel = format!("channels/{}", line.channel_id());
    line.control(&channel, json!({ "endpoint": url, "redelivery": true })).await;
    let flush = async || line.control(&format!("{channel}/flush"), json!({})).await;
    let came = || {
        let all = got.lock().unwrap();
        let text =
            |body: &Bytes| serde_json::from_slice::<Value>(body).unwrap()["events"][0]["message"]["text"].clone();
        all.iter().map(|(_, body)| text(body)).collect::<Vec<_>>()
    };
    line.fault(json!({ "kind": "lost_webhook", "remaining": 1 })).await;
    line.say(&ken, "lost").await;
    flush().await;
    line.fault(json!({ "kind": "forged_webhook", "remaining": 1 })).await;
    line.say(&ken, "forged").await;
    flush().await;
    assert_eq!(came(), ["forged"]);
    let signed = |at: usize| {
        let all = got.lock().unwrap();
        let given = all[at].0["x-line-signature"].to_str().unwrap().to_owned();
        engawa::line::signature::verify(line.secret(), &all[at].1, &given)
    };
    assert!(!signed(0));
    line.fault(json!({ "kind": "reorder_webhook", "remaining": 1 })).await;
    line.say(&ken, "first").await;
    // The first must stand alone in the line before the second comes.
    until(async || line.get("faults").await.as_array().unwrap().is_empty().then_some(())).await;
    line.say(&ken, "second").await;
    flush().await;
    assert_eq!(came(), ["forged", "second", "first"]);
    assert!(signed(1) && signed(2));
    let lost = line.get("log?text=lost&direction=webhook&status=none").await;
    assert_eq!(lost.as_array().unwrap().len(), 1, "the log says that one was lost");
}

#[tokio::test]
async fn the_command_line_switches_faults_on() {
    let fault = "kind=server_error,path=/info,times=1";
    let (mut child, url) = crate::program::serve(&["simulator", "--listen", "127.0.0.1:0", "--fault", fault]);
    let mut line = Line { url, http: http(), channel: Value::Null };
    line.channel = line.control("channels", json!({ "name": "Onsen" })).await;
    assert_eq!(info(&line).await.unwrap().status(), 500);
    assert_eq!(info(&line).await.unwrap().status(), 200);
    child.kill().unwrap();
    child.wait().unwrap();
}
