//! A phone's own screens over HTTP: how one becomes a friend, what is unread, LINE's addresses, the wallet.

use crate::{
    audience::{call, look},
    fixture::{Line, http, until},
};
use axum::{Json, Router, extract::State, http::HeaderMap, routing::get, routing::post};
use engawa::{simulator::server as simulator, time};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

type Events = Arc<Mutex<Vec<Value>>>;

/// Keeps what the channel's webhook is told.
async fn hook(line: &Line) -> Events {
    let events = Events::default();
    let keep = |State(events): State<Events>, Json(body): Json<Value>| async move {
        events.lock().unwrap().extend(body["events"].as_array().unwrap().iter().cloned());
    };
    let app = Router::new().route("/", post(keep)).with_state(events.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    line.control(&format!("channels/{}", line.channel_id()), json!({ "endpoint": endpoint })).await;
    events
}

/// Calls a server function of the phones' pages.
async fn deed(line: &Line, name: &str, fields: &[(&str, &str)]) -> (u16, Value) {
    let answer = line.http.post(format!("{}/simulator/fn/{name}", line.url)).form(fields).send().await.unwrap();
    let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

async fn page(line: &Line, path: &str) -> (u16, String) {
    let answer = line.http.get(format!("{}{path}", line.url)).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn person(line: &Line, name: &str) -> String {
    line.control("users", json!({ "name": name })).await["id"].as_str().unwrap().to_owned()
}

async fn friendship(line: &Line, user: &str) -> Value {
    line.get(&format!("friendship?channel={}&user={user}", line.channel_id())).await
}

async fn chat(line: &Line, user: &str) -> Value {
    line.get(&format!("home?user={user}")).await["chats"][0].clone()
}

async fn push(line: &Line, user: &str, text: &str, silent: bool) {
    let body = json!({ "to": user, "messages": [{ "type": "text", "text": text }], "notificationDisabled": silent });
    assert_eq!(call(line, Method::POST, "/v2/bot/message/push", body).await.0, 200);
}

#[tokio::test]
async fn the_way_of_a_friend_is_kept_and_the_follow_event_is_exact() {
    let line = Line::start().await;
    let events = hook(&line).await;
    let id = line.channel_id().to_owned();
    line.control(&format!("channels/{id}"), json!({ "premiumId": "@onsen", "greeting": "Welcome!" })).await;
    assert_eq!(look(&line, "/v2/bot/info").await.1["premiumId"], "@onsen");
    let ken = person(&line, "Ken").await;
    let basic = line.channel["basic_id"].as_str().unwrap();
    for known in ["onsen", "@ONSEN", basic] {
        let (status, found) = deed(&line, "account_by_id", &[("user", &ken), ("id", known)]).await;
        assert_eq!((status, found["channel"].as_str()), (200, Some(id.as_str())), "{known}");
    }
    let nobody = deed(&line, "account_by_id", &[("user", &ken), ("id", "@nobody")]).await.1;
    assert_eq!(nobody["error"], "not_found");

    let add = async |path: &str| deed(&line, "add_by", &[("user", &ken), ("channel", &id), ("path", path)]).await.0;
    assert_eq!(add("search").await, 200);
    assert_eq!(friendship(&line, &ken).await["path"], "search");
    // The greeting is LINE's own: it costs nothing and is no call of the API.
    assert_eq!(line.seen(&ken).await, ["Welcome!"]);
    assert_eq!(line.accepted().await.len(), 0);

    // Deleting blocks; the way of the first time stays, and no second greeting comes.
    assert_eq!(deed(&line, "delete_friend", &[("user", &ken), ("channel", &id)]).await.0, 200);
    let home = line.get(&format!("home?user={ken}")).await;
    assert_eq!(home["chats"], json!([]));
    assert_eq!((&home["accounts"][0]["added"], &home["accounts"][0]["deleted"]), (&json!(false), &json!(true)));
    assert_eq!(add("qr").await, 200);
    assert_eq!(add("qr").await, 200);
    let friend = friendship(&line, &ken).await;
    assert_eq!(
        (&friend["path"], &friend["blocked"], &friend["deleted"]),
        (&json!("search"), &json!(false), &json!(false))
    );
    assert_eq!(line.seen(&ken).await.len(), 1);

    line.control(&format!("channels/{id}/flush"), json!({})).await;
    let told = events.lock().unwrap().clone();
    let kinds: Vec<_> =
        told.iter().map(|event| (event["type"].clone(), event["follow"]["isUnblocked"].clone())).collect();
    let wanted = [("follow", json!(false)), ("unfollow", Value::Null), ("follow", json!(true))];
    assert_eq!(kinds, wanted.map(|(kind, unblocked)| (json!(kind), unblocked)));
    assert!(told[0]["replyToken"].is_string() && told[1].get("replyToken").is_none());
}

#[tokio::test]
async fn what_is_unread_is_counted_and_cleared() {
    let line = Line::start().await;
    let (ken, aoi) = (line.friend("Ken").await, line.friend("Aoi").await);
    push(&line, &ken, "one", false).await;
    push(&line, &ken, "two", true).await;
    let body = json!({ "messages": [{ "type": "text", "text": "to all" }] });
    assert_eq!(call(&line, Method::POST, "/v2/bot/message/broadcast", body).await.0, 200);
    let shown = chat(&line, &ken).await;
    assert_eq!((&shown["unread"], &shown["last"]["body"]["text"]), (&json!(3), &json!("to all")));
    // A silent message is unread like others, and says that it is silent.
    let messages = line.get(&format!("messages?room={}&user={ken}", line.channel_id())).await;
    let silent: Vec<_> = messages.as_array().unwrap().iter().map(|message| message["silent"] == true).collect();
    assert_eq!(silent, [false, false, true, false]);

    let room = json!({ "room": line.channel_id(), "muted": true });
    line.control(&format!("users/{ken}/read"), room.clone()).await;
    line.control(&format!("users/{ken}/mute"), room).await;
    let shown = chat(&line, &ken).await;
    assert_eq!((&shown["unread"], &shown["muted"]), (&json!(0), &json!(true)));
    assert_eq!(chat(&line, &aoi).await["unread"], 1);
    // Who answers has read.
    line.say(&aoi, "thanks").await;
    assert_eq!(chat(&line, &aoi).await["unread"], 0);
    push(&line, &aoi, "again", false).await;
    assert_eq!(chat(&line, &aoi).await["unread"], 1);

    // In a group everybody reads for themselves.
    let group = line.control("groups", json!({ "name": "Trip", "members": [ken, aoi] })).await;
    let group = group["id"].as_str().unwrap();
    line.control(&format!("users/{ken}/say"), json!({ "room": group, "message": { "type": "text", "text": "hi" } }))
        .await;
    let unread = async |user: &str| line.get(&format!("home?user={user}")).await["chats"][0]["unread"].clone();
    assert_eq!((unread(&ken).await, unread(&aoi).await), (json!(0), json!(1)));
}

#[tokio::test]
async fn lines_addresses_ask_which_phone() {
    let line = Line::start().await;
    let ken = person(&line, "Ken").await;
    let id = line.channel_id();
    let basic = line.channel["basic_id"].as_str().unwrap().replace('@', "%40");
    let (status, profile) = deed(&line, "read_profile", &[("user", &ken), ("channel", id)]).await;
    assert_eq!(status, 200, "{profile}");
    assert_eq!(profile["link"], format!("{}/R/ti/p/{basic}", line.url));
    let short = profile["short"].as_str().unwrap().strip_prefix(&line.url).unwrap();
    for (path, leads) in [
        (format!("/R/ti/p/{basic}"), format!("/u/{ken}/account/{id}?path=link")),
        (format!("/R/ti/p/{basic}?sim_path=qr"), format!("/u/{ken}/account/{id}?path=qr")),
        (short.to_owned(), format!("/u/{ken}/account/{id}?path=link")),
        (format!("/R/oaMessage/{basic}/?Book%20a%20bath"), format!("/u/{ken}/chat/{id}?text=Book%20a%20bath")),
        (format!("/R/nv/recommendOA/{basic}"), format!("/u/{ken}/recommend/{id}")),
        ("/R/share?text=Hello".to_owned(), format!("/u/{ken}/share?text=Hello")),
        ("/coupon/01ABC".to_owned(), format!("/u/{ken}/coupon/01ABC")),
    ] {
        let (status, html) = page(&line, &path).await;
        assert_eq!(status, 200, "{path}");
        assert!(html.contains(&format!("href=\"{leads}\"")), "{path} leads to {leads}: {html}");
    }
    let (_, html) = page(&line, "/R/ti/p/%40nobody").await;
    assert!(html.contains("There is no such account here.") && !html.contains(&format!("/u/{ken}")), "{html}");
    // The text stands in the room's line to write in, and stays a text.
    let (_, html) = page(&line, &format!("/u/{ken}/chat/{id}?text=%3C%2Ftextarea%3E%3Cb%3Ehi")).await;
    assert!(html.contains("&lt;/textarea&gt;&lt;b&gt;hi") && !html.contains("<b>hi"), "{html}");
    let code = line.http.get(format!("{}/simulator/qr/{id}", line.url)).send().await.unwrap();
    assert_eq!(code.headers()["content-type"], "image/svg+xml");
    assert!(code.text().await.unwrap().starts_with("<svg"));
    let photo = line.http.post(format!("{}/simulator/qr", line.url)).body("not a picture").send().await.unwrap();
    assert_eq!(photo.status(), 422);
    let manifest = page(&line, "/phones.webmanifest").await.1;
    assert_eq!(serde_json::from_str::<Value>(&manifest).unwrap()["display"], "standalone");
}

#[tokio::test]
async fn an_account_is_passed_on_without_the_bot_hearing_of_it() {
    let line = Line::start().await;
    let events = hook(&line).await;
    let (ken, aoi) = (person(&line, "Ken").await, person(&line, "Aoi").await);
    let id = line.channel_id();
    let group = json!({ "name": "Trip", "members": [ken, aoi], "channel": id });
    let group = line.control("groups", group).await["id"].as_str().unwrap().to_owned();
    let fields = [("user", ken.as_str()), ("to", &group), ("channel", id)];
    assert_eq!(deed(&line, "recommend", &fields).await.0, 200);
    assert_eq!(deed(&line, "share", &[("user", &ken), ("to", &group), ("text", "look")]).await.0, 200);
    let messages = line.get(&format!("messages?room={group}")).await;
    let card = messages.as_array().unwrap().iter().rev().nth(1).unwrap()["body"]["text"].as_str().unwrap();
    assert!(card.starts_with("Onsen\nhttp") && card.ends_with("?sim_path=recommendation"), "{card}");
    line.control(&format!("channels/{id}/flush"), json!({})).await;
    let said: Vec<_> = events
        .lock()
        .unwrap()
        .iter()
        .filter_map(|event| event["message"]["text"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(said, ["look"]);
    let stranger = person(&line, "Mai").await;
    let refused = deed(&line, "share", &[("user", &stranger), ("to", &group), ("text", "x")]).await.1;
    assert_eq!(refused["error"], "forbidden");
}

#[tokio::test]
async fn people_are_listed_as_they_came_and_found_by_name() {
    let line = Line::start().await;
    for number in 0..40 {
        person(&line, &format!("Friend {number}")).await;
    }
    person(&line, "佐藤 花").await;
    let find = async |wanted: &str, limit: &str| {
        let (status, found) = deed(&line, "find_people", &[("wanted", wanted), ("limit", limit)]).await;
        assert_eq!(status, 200, "{found}");
        let names =
            found["people"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>(), found["more"].as_bool().unwrap(), found["all"].as_u64().unwrap())
    };
    let (names, more, all) = find("", "3").await;
    assert_eq!((names, more, all), (vec!["佐藤 花".into(), "Friend 39".into(), "Friend 38".into()], true, 41));
    assert_eq!(find("friend 1", "50").await.0.len(), 11);
    assert_eq!(find("花", "50").await.0, ["佐藤 花"]);
    assert_eq!(find("nobody", "50").await, (Vec::new(), false, 41));
    // Of a crowd some can be chosen, after those who were made one by one.
    line.control("crowd", json!({ "channel": line.channel_id(), "count": 1_000 })).await;
    let (names, more, _) = find("", "100").await;
    assert_eq!((names.len(), more, names[0].as_str()), (41 + 12, false, "佐藤 花"));
    assert_eq!(find(&names[45], "100").await.0, [names[45].as_str()]);
    let (_, html) = page(&line, "/").await;
    assert!(html.find("Friend 39").unwrap() < html.find("Friend 38").unwrap());
}

fn coupon(title: &str, change: Value) -> Value {
    let now = time::now() / 1_000;
    let mut coupon = json!({
        "title": title, "visibility": "UNLISTED", "timezone": "ASIA_TOKYO", "maxUseCountPerTicket": 1,
        "startTimestamp": now - 60, "endTimestamp": now + 86_400, "couponCode": "YU-42",
        "acquisitionCondition": { "type": "normal" },
        "reward": { "type": "discount", "priceInfo": { "type": "percentage", "percentage": 20 } },
    });
    for (name, value) in change.as_object().unwrap() {
        coupon[name] = value.clone();
    }
    coupon
}

#[tokio::test]
async fn coupons_come_by_message_and_are_used_once() {
    let line = Line::start().await;
    let events = hook(&line).await;
    let ken = line.friend("Ken").await;
    line.control(&format!("channels/{}/flush", line.channel_id()), json!({})).await;
    let heard = events.lock().unwrap().len();
    let make = async |body: Value| {
        let (status, made) = call(&line, Method::POST, "/v2/bot/coupon", body).await;
        assert_eq!(status, 200, "{made}");
        made["couponId"].as_str().unwrap().to_owned()
    };
    let wallet = async || line.get(&format!("wallet?user={ken}")).await;
    assert_eq!(wallet().await, json!([]));
    let id = make(coupon("Bath", json!({}))).await;
    let message = json!({ "to": ken, "messages": [{ "type": "coupon", "couponId": id }] });
    let (status, body) = call(&line, Method::POST, "/v2/bot/message/push", message).await;
    assert_eq!(status, 200, "{body}");
    let cards = wallet().await;
    assert_eq!((&cards[0]["title"], &cards[0]["state"]), (&json!("Bath"), &json!("new")));
    // Who has not taken it is not told what to say at the till.
    assert_eq!(cards[0]["code"], "");
    let step = async |id: &str, step: &str, win: Option<bool>| {
        let url = format!("{}/simulator/api/users/{ken}/coupon", line.url);
        let body = json!({ "couponId": id, "step": step, "win": win });
        let answer = line.http.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap()["won"].clone())
    };
    assert_eq!(step(&id, "use", None).await.0, 404);
    assert_eq!(step(&id, "take", None).await, (200, json!(true)));
    assert_eq!(step(&id, "take", None).await.0, 409);
    let cards = wallet().await;
    assert_eq!((&cards[0]["state"], &cards[0]["code"]), (&json!("ready"), &json!("YU-42")));
    assert_eq!(deed(&line, "use_coupon", &[("user", &ken), ("id", &id)]).await.0, 200);
    assert_eq!(step(&id, "use", None).await.0, 409);
    assert_eq!(wallet().await[0]["state"], "used");

    // A lottery with one prize; somebody else has won it when the second comes.
    let lottery = json!({ "type": "lottery", "lotteryProbability": 50, "maxAcquireCount": 1 });
    let id = make(coupon("Lottery", json!({ "acquisitionCondition": lottery }))).await;
    let aoi = line.friend("Aoi").await;
    let other = json!({ "couponId": id, "step": "take", "win": true });
    assert_eq!(line.control(&format!("users/{aoi}/coupon"), other).await["won"], true);
    assert_eq!(deed(&line, "read_coupon", &[("user", &ken), ("id", &id)]).await.1["state"], "gone");
    assert_eq!(step(&id, "take", Some(true)).await, (200, json!(false)));
    let state = async |id: &str| deed(&line, "read_coupon", &[("user", &ken), ("id", id)]).await.1["state"].clone();
    assert_eq!(state(&id).await, "lost");
    assert_eq!(step(&id, "use", None).await.0, 404);

    // Again and again, before its time, after it, and closed.
    let now = time::now() / 1_000;
    let many = make(coupon("Many", json!({ "maxUseCountPerTicket": -1 }))).await;
    step(&many, "take", None).await;
    assert_eq!((step(&many, "use", None).await.0, step(&many, "use", None).await.0), (200, 200));
    assert_eq!(state(&many).await, "ready");
    let early = make(coupon("Early", json!({ "startTimestamp": now + 3_600 }))).await;
    step(&early, "take", None).await;
    assert_eq!((state(&early).await, step(&early, "use", None).await.0), (json!("early"), 403));
    call(&line, Method::PUT, &format!("/v2/bot/coupon/{many}/close"), json!({})).await;
    assert_eq!((state(&many).await, step(&many, "use", None).await.0), (json!("closed"), 403));
    line.control("clock", json!({ "now": time::now() + 2 * time::DAY })).await;
    assert_eq!(state(&early).await, "over");

    // The account hears of none of this.
    line.control("clock", json!({})).await;
    line.control(&format!("channels/{}/flush", line.channel_id()), json!({})).await;
    let later = events.lock().unwrap()[heard..].to_vec();
    assert!(later.iter().all(|event| event["type"] == "follow"), "{later:?}");
}

#[tokio::test]
async fn sites_that_refuse_frames_are_known() {
    let line = Line::start().await;
    let site = Router::new()
        .route("/open", get(async || "welcome"))
        .route("/closed", get(async || ([("x-frame-options", "DENY")], "no")))
        .route("/leads", get(async || axum::response::Redirect::temporary("/closed")))
        .route(
            "/agent",
            get(async |headers: HeaderMap| {
                let known = headers["user-agent"].to_str().unwrap().contains("line-poker");
                [("x-frame-options", if known { "DENY" } else { "ALLOWALL" })]
            }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, site).await });
    let refuses = async |url: &str| deed(&line, "refuses_frames", &[("url", url), ("origin", &line.url)]).await.1;
    for (path, refused) in [("/open", false), ("/closed", true), ("/leads", true), ("/agent", true)] {
        assert_eq!(refuses(&format!("{base}{path}")).await, refused, "{path}");
    }
    assert_eq!(refuses("http://127.0.0.1:1/").await, false);
}

#[tokio::test]
async fn friendships_seats_and_tickets_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = || simulator::Config { data: Some(folder.path().to_owned()), ..simulator::Config::default() };
    let start = async || {
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = simulator::start(config(), listener, async { ended.await.unwrap_or_default() }).await.unwrap();
        (running, end)
    };
    let (running, end) = start().await;
    let mut line = Line { url: running.base_url.clone(), http: http(), channel: Value::Null };
    line.channel = line.control("channels", json!({ "name": "Onsen", "premiumId": "@onsen" })).await;
    let (ken, aoi) = (person(&line, "Ken").await, person(&line, "Aoi").await);
    line.control(&format!("users/{ken}/follow"), json!({ "channel": line.channel_id(), "path": "qr" })).await;
    let group = line.control("groups", json!({ "name": "Trip", "members": [ken, aoi] })).await;
    let group = group["id"].as_str().unwrap();
    line.control(&format!("users/{aoi}/say"), json!({ "room": group, "message": { "type": "text", "text": "hi" } }))
        .await;
    line.control(&format!("users/{ken}/read"), json!({ "room": group })).await;
    let (_, made) = call(&line, Method::POST, "/v2/bot/coupon", coupon("Bath", json!({}))).await;
    line.control(&format!("users/{ken}/coupon"), json!({ "couponId": made["couponId"], "step": "take" })).await;
    drop(end);
    running.done.await.unwrap().unwrap();

    let (running, _end) = start().await;
    line.url = running.base_url.clone();
    let path = until(async || friendship(&line, &ken).await["path"].as_str().map(str::to_owned)).await;
    assert_eq!(path, "qr");
    let unread = async |user: &str| {
        let home = line.get(&format!("home?user={user}")).await;
        let chats = home["chats"].as_array().unwrap().clone();
        chats.into_iter().find(|chat| chat["id"] == group).unwrap()["unread"].clone()
    };
    assert_eq!(unread(&ken).await, 0);
    assert_eq!(line.get(&format!("wallet?user={ken}")).await[0]["state"], "ready");
    let (_, found) = deed(&line, "find_people", &[("wanted", ""), ("limit", "9")]).await;
    assert_eq!((&found["people"][0]["name"], &found["people"][1]["name"]), (&json!("Aoi"), &json!("Ken")));
}

#[tokio::test]
async fn an_account_is_recommended_to_a_friend_and_a_text_is_passed_on() {
    let line = Line::start().await;
    let events = hook(&line).await;
    let id = line.channel_id().to_owned();
    let (ken, aoi) = (person(&line, "Ken").await, person(&line, "Aoi").await);
    let recommend = |to: &str| {
        let fields = [("user", ken.clone()), ("to", to.to_owned()), ("channel", id.clone())];
        let line = &line;
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            deed(line, "recommend", &fields).await
        }
    };
    let (status, room) = recommend(&aoi).await;
    assert_eq!(status, 200, "{room}");
    let room = room.as_str().unwrap().to_owned();
    // It stands in their own chat, under the other's name, and what comes next stands there too.
    let (_, again) = deed(&line, "share", &[("user", &ken), ("to", &aoi), ("text", "try the bath")]).await;
    assert_eq!(again, room);
    let home = line.get(&format!("home?user={aoi}")).await;
    assert_eq!((&home["chats"][0]["title"], &home["chats"][0]["unread"]), (&json!("Ken"), &json!(2)));
    let shown = line.get(&format!("messages?room={room}")).await;
    let card = shown[0]["body"]["text"].as_str().unwrap();
    let link = card.lines().last().unwrap();
    assert!(
        card.starts_with(line.channel["name"].as_str().unwrap()) && link.contains("sim_path=recommendation"),
        "{card}"
    );
    assert_eq!(shown[1]["body"]["text"], "try the bath");
    // No bot hears of any of it.
    line.control(&format!("channels/{id}/flush"), json!({})).await;
    assert!(events.lock().unwrap().is_empty());
    for nobody in ["Unobody", &ken] {
        assert_eq!(recommend(nobody).await.1["error"], "not_found", "{nobody}");
    }
}

#[tokio::test]
async fn a_beacon_is_heard_of_by_friends_alone_and_has_what_beacons_have() {
    let line = Line::start().await;
    let events = hook(&line).await;
    let id = line.channel_id().to_owned();
    let (ken, stranger) = (line.friend("Ken").await, person(&line, "Nobody").await);
    let near = async |user: &str, body: Value| {
        let mut all = json!({ "channel": id, "type": "enter", "hwid": "D41D8CD98F" });
        for (name, value) in body.as_object().unwrap() {
            all[name] = value.clone();
        }
        let url = format!("{}/simulator/api/users/{user}/beacon", line.url);
        line.http.post(url).json(&all).send().await.unwrap().status().as_u16()
    };
    for (user, body, status) in [
        (&ken, json!({}), 200),
        (&ken, json!({ "type": "stay", "dm": "0a1B" }), 200),
        (&ken, json!({ "type": "banner", "dm": "00".repeat(13) }), 200),
        (&ken, json!({ "type": "leave" }), 400),
        (&ken, json!({ "hwid": "d41d8cd98" }), 400),
        (&ken, json!({ "hwid": "d41d8cd98g" }), 400),
        (&ken, json!({ "dm": "abc" }), 400),
        (&ken, json!({ "dm": "zz" }), 400),
        (&ken, json!({ "dm": "00".repeat(14) }), 400),
        (&stranger, json!({}), 403),
        (&"U0".to_owned(), json!({}), 404),
    ] {
        assert_eq!(near(user, body.clone()).await, status, "{body}");
    }
    // From the phone's own form.
    let fields = [("user", ken.as_str()), ("channel", &id), ("kind", "enter"), ("hwid", "d41d8cd98f"), ("dm", "")];
    assert_eq!(deed(&line, "beacon", &fields).await.0, 200);
    let wrong = [("user", ken.as_str()), ("channel", &id), ("kind", "enter"), ("hwid", "x"), ("dm", "")];
    let (_, refused) = deed(&line, "beacon", &wrong).await;
    assert!(refused.to_string().contains("hwid"), "{refused}");
    line.control(&format!("channels/{id}/flush"), json!({})).await;
    let told = events.lock().unwrap().clone();
    let beacons: Vec<&Value> = told.iter().filter(|event| event["type"] == "beacon").collect();
    let seen: Vec<&Value> = beacons.iter().map(|event| &event["beacon"]).collect();
    assert_eq!(
        json!(seen),
        json!([
            { "hwid": "d41d8cd98f", "type": "enter" },
            { "hwid": "d41d8cd98f", "type": "stay", "dm": "0a1b" },
            { "hwid": "d41d8cd98f", "type": "banner", "dm": "00".repeat(13) },
            { "hwid": "d41d8cd98f", "type": "enter" },
        ])
    );
    crate::contract::called(&json!({ "destination": line.channel["bot"], "events": beacons }));
    // It can be answered.
    let reply =
        json!({ "replyToken": beacons[0]["replyToken"], "messages": [{ "type": "text", "text": "Welcome in!" }] });
    assert_eq!(call(&line, Method::POST, "/v2/bot/message/reply", reply).await.0, 200);
    assert_eq!(line.seen(&ken).await, ["Welcome in!"]);
}
