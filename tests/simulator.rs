//! The simulator, driven over HTTP as a console and LINE's own clients would.

use crate::{
    contract,
    fixture::{Sim, receiver, until},
};
use axum::http::StatusCode;
use engawa::simulator::server::Config;
use serde_json::{Value, json};

pub type Line = Sim;

#[tokio::test]
async fn a_friend_writes_and_the_bot_answers_once() {
    let line = Line::start().await;
    let (url, received) = receiver(StatusCode::OK).await;
    line.hook(&url).await;
    let user = line.friend("Ken").await;
    let say = json!({ "room": line.id(), "message": { "type": "text", "text": "こんにちは" } });
    let said = line.control(&format!("users/{user}/say"), say).await;
    let events = line.events(&received).await;
    assert_eq!(events[0]["type"], "follow");
    assert_eq!(events[0]["follow"]["isUnblocked"], false);
    let event = &events[1];
    assert_eq!(event["message"]["id"], said["messageId"]);
    assert_eq!(event["source"], json!({ "type": "user", "userId": user }));
    assert_eq!(event["deliveryContext"]["isRedelivery"], false);
    assert_eq!(event["mode"], "active");
    assert_eq!(event["webhookEventId"].as_str().unwrap().len(), 26);
    assert!(event["message"]["quoteToken"].is_string() && event["message"]["markAsReadToken"].is_string());

    let reply = json!({ "replyToken": event["replyToken"], "messages": [{ "type": "text", "text": "はい" }] });
    let (status, body) = line.post("/v2/bot/message/reply", reply.clone()).await;
    assert_eq!((status, body["sentMessages"].as_array().unwrap().len()), (200, 1));
    let (status, body) = line.post("/v2/bot/message/reply", reply).await;
    assert_eq!((status, body), (400, json!({ "message": "Invalid reply token" })));
    assert_eq!(line.get("/v2/bot/message/quota/consumption").await.1["totalUsage"], 0);

    let read = json!({ "markAsReadToken": event["message"]["markAsReadToken"] });
    assert_eq!(line.post("/v2/bot/chat/markAsRead", read).await.0, 200);
    let messages = line.listed(&format!("messages?room={}&user={user}", line.id())).await;
    let texts: Vec<&Value> = messages.iter().map(|message| &message["body"]["text"]).collect();
    assert_eq!(texts, ["", "こんにちは", "はい"]);
    assert_eq!(messages[1]["read"], true);
}

#[tokio::test]
async fn pushes_follow_the_rules() {
    let line = Line::start().await;
    let user = line.friend("Ken").await;
    let stranger = line.control("users", json!({ "name": "Nobody" })).await["id"].as_str().unwrap().to_owned();
    assert_eq!(line.push(&stranger, "x").await, (400, json!({ "message": "Failed to send messages" })));
    assert_eq!(line.push("U123", "x").await.0, 400);
    assert_eq!(line.push(&user, "x").await.0, 200);
    let (status, body) = line.push(&user, "").await;
    let wanted = json!({ "message": "The request body has 1 error(s)",
        "details": [{ "message": "May not be empty", "property": "messages[0].text" }] });
    assert_eq!((status, body), (400, wanted));

    line.control(&format!("channels/{}", line.id()), json!({ "quota": 2 })).await;
    assert_eq!(line.get("/v2/bot/message/quota").await.1, json!({ "type": "limited", "value": 2 }));
    let friends = [line.friend("A").await, line.friend("B").await];
    let group = line.control("groups", json!({ "name": "G", "members": friends, "channel": line.id() })).await;
    let (status, body) = line.push(group["id"].as_str().unwrap(), "two recipients").await;
    assert_eq!((status, body), (429, json!({ "message": "You have reached your monthly limit." })));

    line.control(&format!("users/{user}/block"), json!({ "channel": line.id() })).await;
    assert_eq!(line.push(&user, "lost").await.0, 200);
    assert_eq!(line.get(&format!("/v2/bot/profile/{user}")).await, (404, json!({ "message": "Not found" })));
    assert_eq!(line.get("/v2/bot/message/quota/consumption").await.1["totalUsage"], 1);
    let accepted = line.listed("accepted").await;
    assert_eq!(accepted.iter().map(|call| &call["arrived"]).collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn a_retry_key_sends_once_even_when_the_answer_was_lost() {
    let line = Line::start().await;
    let user = line.friend("Ken").await;
    let fault = json!({ "kind": "cut_after", "path": "/push", "remaining": 1 });
    line.control("faults", fault).await;
    let body = json!({ "to": user, "messages": [{ "type": "text", "text": "once" }] });
    let send = || {
        line.call(reqwest::Method::POST, "/v2/bot/message/push")
            .header("x-line-retry-key", "123e4567-e89b-12d3-a456-426614174000")
            .json(&body)
            .send()
    };
    assert!(send().await.is_err());
    let again = send().await.unwrap();
    assert_eq!(again.status(), 409);
    let accepted = line.listed("accepted").await;
    assert_eq!(accepted.len(), 1);
    assert_eq!(again.headers()["x-line-accepted-request-id"], accepted[0]["request_id"].as_str().unwrap());
    let answer: Value = again.json().await.unwrap();
    assert_eq!(answer["message"], "The retry key is already accepted");
    assert_eq!(answer["sentMessages"], accepted[0]["sent"]);
    let reply = line
        .call(reqwest::Method::POST, "/v2/bot/message/reply")
        .header("x-line-retry-key", "123e4567-e89b-12d3-a456-426614174000")
        .json(&json!({ "replyToken": "x", "messages": [] }))
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), 400);
}

#[tokio::test]
async fn refusals_are_in_lines_words() {
    let line = Line::start().await;
    assert_eq!(line.get("/v2/bot/nothing").await, (404, json!({ "message": "Not found" })));
    assert_eq!(line.get("/v2/bot/channel/webhook/endpoint").await.0, 404);
    assert_eq!(line.get("/v2/bot/profile/X").await.0, 400);
    let raw = |kind: &'static str, body: Vec<u8>| {
        line.call(reqwest::Method::POST, "/v2/bot/message/push").header("content-type", kind).body(body).send()
    };
    let answer = raw("text/plain", b"x".to_vec()).await.unwrap();
    assert_eq!(answer.status(), 415);
    let answer = raw("application/json", b"{\n x".to_vec()).await.unwrap();
    assert_eq!(answer.status(), 400);
    let message = answer.json::<Value>().await.unwrap()["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("The request body could not be parsed as JSON (line: 2"), "{message}");
    assert_eq!(raw("application/json", vec![b' '; 3 * 1024 * 1024]).await.unwrap().status(), 413);
    let url = format!("{}/v2/bot/info", line.running.base_url);
    let answer = line.http.get(url).bearer_auth("wrong").send().await.unwrap();
    assert_eq!(answer.status(), 401);
    for (kind, status) in [("rate_limit", 429), ("server_error", 500)] {
        line.control("faults", json!({ "kind": kind, "remaining": 1 })).await;
        assert_eq!(line.get("/v2/bot/info").await.0, status);
    }
    assert_eq!(line.get("/v2/bot/info").await.1["displayName"], "Onsen");
}

#[tokio::test]
async fn contents_are_prepared_fetched_and_taken_back() {
    let line = Line::start().await;
    let user = line.friend("Ken").await;
    let say = json!({ "room": line.id(), "message": { "type": "image" }, "base64": "aGVsbG8=", "mime": "image/png" });
    let said = line.control(&format!("users/{user}/say"), say).await;
    let path = format!("/v2/bot/message/{}/content", said["messageId"].as_str().unwrap());
    line.control("faults", json!({ "kind": "content_preparing", "remaining": 1 })).await;
    assert_eq!(line.get(&path).await.0, 202);
    let answer = line.call(reqwest::Method::GET, &path).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/png");
    assert_eq!(answer.bytes().await.unwrap(), "hello");
    line.control(&format!("users/{user}/unsend"), said).await;
    assert_eq!(line.get(&path).await, (410, json!({ "message": "The content is gone" })));
    assert_eq!(line.get("/v2/bot/message/1/content").await.0, 404);
}

#[tokio::test]
async fn tokens_are_issued_checked_and_revoked() {
    let line = Line::start().await;
    let base = &line.running.base_url;
    let issue = async |path: &str, secret: &str| {
        let fields = [("grant_type", "client_credentials"), ("client_id", line.id()), ("client_secret", secret)];
        contract::ask(line.http.post(format!("{base}{path}")).form(&fields)).await
    };
    let secret = line.channel["secret"].as_str().unwrap();
    assert_eq!(issue("/oauth2/v3/token", "wrong").await.0, 400);
    // A stateless one can't be revoked, a short-lived one can.
    for (path, life, left) in [("/oauth2/v3/token", 900, 200), ("/v2/oauth/accessToken", 2_592_000, 401)] {
        let (_, issued) = issue(path, secret).await;
        assert_eq!(issued["expires_in"], life);
        let token = issued["access_token"].as_str().unwrap();
        let info = async || contract::ask(line.http.get(format!("{base}/v2/bot/info")).bearer_auth(token)).await.0;
        assert_eq!(info().await, 200);
        let revoke = line.http.post(format!("{base}/v2/oauth/revoke"));
        assert_eq!(revoke.form(&[("access_token", token)]).send().await.unwrap().status(), 200);
        assert_eq!(info().await, left);
    }
}

#[tokio::test]
async fn groups_tell_who_comes_and_goes() {
    let line = Line::start().await;
    let (url, received) = receiver(StatusCode::OK).await;
    let (keiko, ken) = (line.friend("Keiko").await, line.friend("Ken").await);
    line.hook(&url).await;
    let group = line.control("groups", json!({ "name": "Yoga", "members": [keiko], "channel": line.id() })).await;
    let id = group["id"].as_str().unwrap();
    line.control(&format!("groups/{id}/join"), json!({ "users": [ken] })).await;
    line.control(&format!("users/{ken}/say"), json!({ "room": id, "message": { "type": "text", "text": "hi" } })).await;
    line.control(&format!("groups/{id}/leave"), json!({ "users": [ken] })).await;
    assert_eq!(line.get(&format!("/v2/bot/group/{id}/summary")).await.1["groupName"], "Yoga");
    assert_eq!(line.get(&format!("/v2/bot/group/{id}/members/count")).await.1["count"], 1);
    assert_eq!(line.get(&format!("/v2/bot/group/{id}/member/{keiko}")).await.1["displayName"], "Keiko");
    assert_eq!(line.get(&format!("/v2/bot/group/{id}/members/ids")).await.0, 403);
    line.control(&format!("groups/{id}/leave"), json!({ "channel": line.id() })).await;
    assert_eq!(line.get(&format!("/v2/bot/group/{id}/summary")).await.0, 404);
    let events = line.events(&received).await;
    let types: Vec<&Value> = events.iter().map(|event| &event["type"]).collect();
    assert_eq!(types, ["join", "memberJoined", "message", "memberLeft", "leave"]);
    assert_eq!(events[2]["source"], json!({ "type": "group", "groupId": id, "userId": ken }));
    assert!(events[3].get("replyToken").is_none() && events[4].get("replyToken").is_none());
}

#[tokio::test]
async fn webhooks_can_be_tested_doubled_and_delivered_again() {
    let line = Line::start().await;
    let (url, received) = receiver(StatusCode::OK).await;
    let put = line.call(reqwest::Method::PUT, "/v2/bot/channel/webhook/endpoint").json(&json!({ "endpoint": url }));
    assert_eq!(put.send().await.unwrap().status(), 200);
    let (_, tested) = line.post("/v2/bot/channel/webhook/test", json!({})).await;
    assert_eq!(
        (&tested["success"], &tested["statusCode"], &tested["reason"]),
        (&json!(true), &json!(200), &json!("OK"))
    );
    let closed = json!({ "endpoint": "http://127.0.0.1:1/" });
    let (_, tested) = line.post("/v2/bot/channel/webhook/test", closed).await;
    assert_eq!(tested["reason"], "COULD_NOT_CONNECT");

    line.control("faults", json!({ "kind": "duplicate_webhook", "remaining": 1 })).await;
    line.friend("Ken").await;
    let events = line.events(&received).await;
    assert_eq!(events.len(), 2);
    assert_eq!(events[0], events[1]);

    let (url, received) = receiver(StatusCode::SERVICE_UNAVAILABLE).await;
    line.control(&format!("channels/{}", line.id()), json!({ "endpoint": url, "redelivery": true })).await;
    line.friend("Aoi").await;
    let events = until(async || Some(line.events(&received).await).filter(|events| events.len() == 2)).await;
    assert_eq!(events[1]["deliveryContext"]["isRedelivery"], true);
    assert_eq!(events[0]["webhookEventId"], events[1]["webhookEventId"]);
}

#[tokio::test]
async fn liff_apps_are_kept_a_channel() {
    let line = Line::start().await;
    assert_eq!(line.get("/liff/v1/apps").await.0, 404, "there is none yet");
    let (status, wrong) = line
        .post(
            "/liff/v1/apps",
            json!({ "view": { "type": "wide", "url": "http://example.com" }, "description": "My LINE page" }),
        )
        .await;
    assert_eq!(status, 400);
    assert_eq!(wrong["message"], "The request body has 3 error(s)");
    let paths: Vec<&str> =
        wrong["details"].as_array().unwrap().iter().map(|detail| detail["property"].as_str().unwrap()).collect();
    assert_eq!(paths, ["view.type", "view.url", "description"]);

    let app =
        json!({ "view": { "type": "tall", "url": "https://example.com/card" }, "scope": ["openid"], "unknown": 1 });
    let (status, made) = line.post("/liff/v1/apps", app).await;
    assert_eq!(status, 200);
    let id = made["liffId"].as_str().unwrap().to_owned();
    assert_eq!(id.split_once('-').map(|(channel, end)| (channel, end.len())), Some((line.id(), 8)));
    let change = json!({ "view": { "type": "full" }, "botPrompt": "aggressive" });
    let put = line.call(reqwest::Method::PUT, &format!("/liff/v1/apps/{id}")).json(&change).send().await.unwrap();
    assert_eq!(put.status(), 200);
    let app = &line.get("/liff/v1/apps").await.1["apps"][0];
    assert_eq!(app["view"], json!({ "type": "full", "url": "https://example.com/card" }));
    assert_eq!(
        (&app["botPrompt"], &app["permanentLinkPattern"], &app["scope"]),
        (&json!("aggressive"), &json!("concat"), &json!(["openid"]))
    );
    assert!(app["unknown"].is_null());

    // Another channel sees and touches nothing of it.
    let other = line.control("channels", json!({ "name": "Tea house" })).await;
    let delete = |token: &Value| {
        let url = format!("{}/liff/v1/apps/{id}", line.running.base_url);
        line.http.delete(url).bearer_auth(token.as_str().unwrap()).send()
    };
    assert_eq!(delete(&other["token"]).await.unwrap().status(), 404);
    assert_eq!(delete(&line.channel["token"]).await.unwrap().status(), 200);
    assert_eq!(line.get("/liff/v1/apps").await.0, 404);
    for n in 0..31 {
        let app = json!({ "view": { "type": "full", "url": format!("https://example.com/{n}") } });
        assert_eq!(line.post("/liff/v1/apps", app).await.0, if n < 30 { 200 } else { 400 });
    }
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let folder = std::env::temp_dir().join(format!("engawa-simulator-{}", std::process::id()));
    let config = Config { data: Some(folder.clone()), ..Config::default() };
    let mut line = Line::with(config).await;
    let user = line.friend("Ken").await;
    line.push(&user, "remember").await;
    line.restart().await;
    assert_eq!(line.get(&format!("/v2/bot/profile/{user}")).await.1["displayName"], "Ken");
    let messages = line.listed(&format!("messages?room={}&user={user}", line.id())).await;
    assert_eq!(messages.last().unwrap()["body"]["text"], "remember");
    assert_eq!(line.listed("accepted").await.len(), 1);
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn the_demo_is_played_once_its_account_is_connected() {
    use engawa::simulator::{
        demo::{CHANNEL_ID, GROUP_ID, play_demo},
        server::Seed,
    };
    let mut line = Line::with(Config { seed: Seed::Demo, ..Config::default() }).await;
    let url = format!("{}/simulator/api/channels/{CHANNEL_ID}", line.running.base_url);
    line.channel = line.http.get(url).send().await.unwrap().json().await.unwrap();
    let (url, received) = receiver(StatusCode::OK).await;
    line.hook(&url).await;
    line.control("demo", json!({})).await;
    let events = line.events(&received).await;
    let count = |kind: &str| events.iter().filter(|event| event["type"] == kind).count();
    assert_eq!((count("follow"), count("unfollow"), count("join"), count("postback")), (12, 1, 1, 1));
    assert!(count("message") > 40);
    let times: Vec<i64> = events.iter().map(|event| event["timestamp"].as_i64().unwrap()).collect();
    assert!(times.is_sorted());
    assert_eq!(line.get(&format!("/v2/bot/group/{GROUP_ID}/members/count")).await.1["count"], 14);
    let before = received.lock().unwrap().len();
    play_demo(line.running.state.clone()).await;
    assert_eq!(received.lock().unwrap().len(), before);
}

#[tokio::test]
async fn the_phones_are_pages() {
    let line = Line::start().await;
    let user = line.friend("<script>").await;
    line.push(&user, "</li><script>alert(1)</script>").await;
    for path in
        ["/".into(), format!("/u/{user}"), format!("/u/{user}/chat/{}", line.id()), "/settings".into(), "/log".into()]
    {
        let answer = line.http.get(format!("{}{path}", line.running.base_url)).header("accept-language", "ja").send();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let html = answer.text().await.unwrap();
        assert!(html.contains("<html lang=\"ja\" data-app=\"simulator\""), "{path}");
        assert!(!html.contains("<script>alert"), "{path}");
    }
    let form = [("user", user.as_str()), ("room", line.id()), ("text", "from the phone")];
    let say = || line.http.post(format!("{}/simulator/fn/say", line.running.base_url)).form(&form);
    assert_eq!(say().header("sec-fetch-site", "cross-site").send().await.unwrap().status(), 403);
    assert_eq!(say().send().await.unwrap().status(), 200);
    let messages = line.listed(&format!("messages?room={}&user={user}", line.id())).await;
    assert_eq!(messages.last().unwrap()["body"]["text"], "from the phone");
}
