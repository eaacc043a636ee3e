//! What follows when a friend taps an action inside a message: over the control API as a phone would, with the
//! webhooks that the bot receives, to the letter.

use crate::{contract, fixture::http};
use axum::{Router, body::Bytes, extract::State, routing::post};
use engawa::simulator::server::{Config, Running, start};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

type Received = Arc<Mutex<Vec<Value>>>;

/// A bot whose webhooks are kept, and a friend of its.
struct Chat {
    running: Running,
    channel: Value,
    user: String,
    received: Received,
}

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

impl Chat {
    async fn start() -> Self {
        let running = start(Config::default(), listener().await, std::future::pending()).await.unwrap();
        let mut chat = Self { running, channel: Value::Null, user: String::new(), received: Received::default() };
        chat.channel = chat.control("channels", json!({ "name": "Onsen" })).await;
        let keep = |State(received): State<Received>, body: Bytes| async move {
            received.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
        };
        let hook = Router::new().route("/", post(keep)).with_state(chat.received.clone());
        let listener = listener().await;
        let endpoint = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, hook).await });
        chat.control(&format!("channels/{}", chat.id()), json!({ "endpoint": endpoint })).await;
        chat.user = chat.friend("Ken").await;
        chat
    }

    fn id(&self) -> &str {
        self.channel["id"].as_str().unwrap()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.base_url)
    }

    async fn ask(&self, path: &str, body: &Value) -> (u16, Value) {
        let answer = http().post(self.url(&format!("/simulator/api/{path}"))).json(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn control(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.ask(path, &body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    async fn friend(&self, name: &str) -> String {
        let user = self.control("users", json!({ "name": name, "follow": self.id() })).await;
        user["id"].as_str().unwrap().to_owned()
    }

    async fn line(&self, path: &str, body: Value) -> Value {
        let call = http().post(self.url(path)).bearer_auth(self.channel["token"].as_str().unwrap()).json(&body);
        let (status, answer) = contract::ask(call).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// Pushes a message and answers its id.
    async fn push(&self, to: &str, message: Value) -> String {
        let answer = self.line("/v2/bot/message/push", json!({ "to": to, "messages": [message] })).await;
        answer["sentMessages"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Pushes a card with these buttons.
    async fn card(&self, to: &str, actions: Value) -> String {
        let template = json!({ "type": "buttons", "text": "Choose", "actions": actions });
        self.push(to, json!({ "type": "template", "altText": "Choose", "template": template })).await
    }

    async fn act_in(&self, room: &str, user: &str, message: &str, pointer: &str, value: &str) -> (u16, Value) {
        let body = json!({ "room": room, "messageId": message, "pointer": pointer, "value": value });
        self.ask(&format!("users/{user}/act"), &body).await
    }

    async fn act(&self, message: &str, pointer: &str, value: &str) -> (u16, Value) {
        self.act_in(self.id(), &self.user, message, pointer, value).await
    }

    /// The events since the last look, without who came; held to LINE's files.
    async fn events(&self) -> Vec<Value> {
        self.control(&format!("channels/{}/flush", self.id()), json!({})).await;
        let bodies = std::mem::take(&mut *self.received.lock().unwrap());
        let events = bodies.iter().flat_map(|body| {
            contract::called(body);
            body["events"].as_array().unwrap().clone()
        });
        events.filter(|event| !["follow", "join", "memberJoined"].contains(&event["type"].as_str().unwrap())).collect()
    }

    /// What the friend has said in the room with the account.
    async fn own(&self) -> Vec<String> {
        let path = self.url(&format!("/simulator/api/messages?room={}&user={}", self.id(), self.user));
        let messages: Vec<Value> = http().get(path).send().await.unwrap().json().await.unwrap();
        let own = messages.iter().filter(|message| message["from"]["by"] == "user");
        own.map(|message| message["body"]["text"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// An event without what differs from time to time, which must be there.
fn bare(mut event: Value) -> Value {
    let fields = event.as_object_mut().unwrap();
    for (name, length) in [("webhookEventId", 26), ("replyToken", 32)] {
        assert_eq!(fields.remove(name).unwrap().as_str().unwrap().len(), length, "{name}");
    }
    assert!(fields.remove("timestamp").unwrap().is_i64());
    event
}

#[tokio::test]
async fn every_kind_of_action_does_what_it_does_on_a_phone() {
    let chat = Chat::start().await;
    let card = chat
        .card(
            &chat.user,
            json!([
                { "type": "message", "label": "Say", "text": "Tomorrow" },
                { "type": "postback", "label": "Silent", "data": "a=1", "inputOption": "openKeyboard", "fillInText": "Name: " },
                { "type": "postback", "label": "Shown", "data": "a=2", "displayText": "Booked" },
                { "type": "postback", "label": "Old", "data": "a=3", "text": "Old words" },
            ]),
        )
        .await;
    let more = chat
        .card(
            &chat.user,
            json!([
                { "type": "uri", "label": "Open", "uri": "https://example.com/?a=1" },
                { "type": "clipboard", "label": "Copy", "clipboardText": "SPRING" },
                { "type": "datetimepicker", "label": "When", "data": "when", "mode": "datetime",
                    "initial": "2026-11-21T10:00", "min": "2026-11-21T10:00", "max": "2026-11-22t18:30" },
                { "type": "datetimepicker", "label": "Day", "data": "day", "mode": "date" },
            ]),
        )
        .await;
    let source = json!({ "type": "user", "userId": chat.user });
    let event = |kind: &str, payload: Value| {
        let mut event =
            json!({ "type": kind, "mode": "active", "source": source, "deliveryContext": { "isRedelivery": false } });
        event[kind] = payload;
        event
    };

    // A text, as if it had been written.
    assert_eq!(chat.act(&card, "/template/actions/0", "").await, (200, json!({ "type": "send" })));
    let [mut said]: [Value; 1] = chat.events().await.try_into().unwrap();
    let message = said["message"].take();
    assert_eq!((&message["type"], &message["text"]), (&json!("text"), &json!("Tomorrow")));
    assert!(message["id"].is_string() && message["quoteToken"].is_string() && message["markAsReadToken"].is_string());
    assert_eq!(bare(said), event("message", Value::Null));

    // A postback, with what is seen of it.
    let keyboard = json!({ "type": "postback", "input": "openKeyboard", "fill_in": "Name: " });
    assert_eq!(chat.act(&card, "/template/actions/1", "").await, (200, keyboard));
    let plain = json!({ "type": "postback", "input": "", "fill_in": "" });
    assert_eq!(chat.act(&card, "/template/actions/2", "").await, (200, plain.clone()));
    assert_eq!(chat.act(&card, "/template/actions/3", "").await, (200, plain));
    let events: Vec<Value> = chat.events().await.into_iter().map(bare).collect();
    assert_eq!(events[0], event("postback", json!({ "data": "a=1" })));
    assert_eq!(events[1], event("postback", json!({ "data": "a=2" })));
    // The old form is said aloud too, and before the postback.
    assert_eq!(events[2]["message"]["text"], "Old words");
    assert_eq!(events[3], event("postback", json!({ "data": "a=3" })));
    assert_eq!(events.len(), 4);
    assert_eq!(chat.own().await, ["Tomorrow", "Booked", "Old words"]);

    // What the phone does alone.
    let opened = json!({ "type": "open", "uri": "https://example.com/?a=1" });
    assert_eq!(chat.act(&more, "/template/actions/0", "").await, (200, opened));
    assert_eq!(chat.act(&more, "/template/actions/1", "").await, (200, json!({ "type": "copy", "text": "SPRING" })));
    assert_eq!(chat.events().await, Vec::<Value>::new());

    // A date and time, within its limits.
    for wrong in ["", "2026-11-21T09:59", "2026-11-22T18:31", "2026-11-21", "tomorrow"] {
        assert_eq!(chat.act(&more, "/template/actions/2", wrong).await.0, 400, "{wrong}");
    }
    assert_eq!(chat.act(&more, "/template/actions/2", "2026-11-22T18:30").await.0, 200);
    assert_eq!(chat.act(&more, "/template/actions/3", "2027-02-28").await.0, 200);
    let events: Vec<Value> = chat.events().await.into_iter().map(bare).collect();
    let picked = |data: &str, params: Value| event("postback", json!({ "data": data, "params": params }));
    assert_eq!(
        events,
        [picked("when", json!({ "datetime": "2026-11-22T18:30" })), picked("day", json!({ "date": "2027-02-28" }))]
    );
}

#[tokio::test]
async fn actions_are_found_wherever_they_stand() {
    let chat = Chat::start().await;
    let say = |text: &str| json!({ "type": "message", "label": "x", "text": text });
    let quick = json!({ "items": [
        { "type": "action", "action": say("quick") },
        { "type": "action", "action": { "type": "camera", "label": "Camera" } },
        { "type": "action", "action": { "type": "cameraRoll", "label": "Roll" } },
        { "type": "action", "action": { "type": "location", "label": "Place" } },
    ] });
    let text = chat.push(&chat.user, json!({ "type": "text", "text": "?", "quickReply": quick })).await;
    let picture = "https://example.com/p.png";
    let template = json!({ "type": "carousel", "columns": [
        { "text": "1", "actions": [say("one")] },
        { "text": "2", "defaultAction": say("whole"), "actions": [say("two")] },
    ] });
    let carousel = chat.push(&chat.user, json!({ "type": "template", "altText": "x", "template": template })).await;
    let template = json!({ "type": "image_carousel", "columns": [{ "imageUrl": picture, "action": say("picture") }] });
    let pictures = chat.push(&chat.user, json!({ "type": "template", "altText": "x", "template": template })).await;
    let button = json!({ "type": "button", "action": say("flex") });
    let inner = json!({ "type": "box", "layout": "vertical", "contents": [button] });
    let body = json!({ "type": "box", "layout": "vertical", "action": say("box"), "contents": [inner] });
    let flex = json!({ "type": "flex", "altText": "x", "contents": { "type": "bubble", "body": body } });
    let flex = chat.push(&chat.user, flex).await;
    let area = json!({ "x": 0, "y": 0, "width": 520, "height": 520 });
    let map = json!({
        "type": "imagemap", "baseUrl": "https://example.com/map", "altText": "x", "baseSize": { "width": 1040, "height": 520 },
        "actions": [{ "type": "message", "text": "map", "area": area }, { "type": "uri", "linkUri": "https://example.com/", "area": area }],
        "video": { "originalContentUrl": "https://example.com/v.mp4", "previewImageUrl": picture, "area": area,
            "externalLink": { "linkUri": "https://example.com/more", "label": "More" } },
    });
    let map = chat.push(&chat.user, map).await;
    let film = json!({
        "type": "video", "originalContentUrl": "https://example.com/v.mp4", "previewImageUrl": picture, "trackingId": "film-1",
    });
    let film = chat.push(&chat.user, film).await;

    let said = [
        (&text, "/quickReply/items/0/action", "quick"),
        (&carousel, "/template/columns/0/actions/0", "one"),
        (&carousel, "/template/columns/1/defaultAction", "whole"),
        (&carousel, "/template/columns/1/actions/0", "two"),
        (&pictures, "/template/columns/0/action", "picture"),
        (&flex, "/contents/body/action", "box"),
        (&flex, "/contents/body/contents/0/contents/0/action", "flex"),
        (&map, "/actions/0", "map"),
    ];
    for (message, pointer, _) in said {
        assert_eq!(chat.act(message, pointer, "").await, (200, json!({ "type": "send" })), "{pointer}");
    }
    assert_eq!(chat.own().await, said.map(|(_, _, text)| text));
    assert_eq!(chat.events().await.len(), said.len());
    for (at, wanted) in [(1, "camera"), (2, "cameraRoll"), (3, "location")] {
        let answer = chat.act(&text, &format!("/quickReply/items/{at}/action"), "").await;
        assert_eq!(answer, (200, json!({ "type": "want", "wanted": wanted })));
    }
    for (pointer, uri) in [("/actions/1", "https://example.com/"), ("/video/externalLink", "https://example.com/more")]
    {
        assert_eq!(chat.act(&map, pointer, "").await, (200, json!({ "type": "open", "uri": uri })));
    }
    assert_eq!(chat.events().await, Vec::<Value>::new());
    assert_eq!(chat.act(&film, "/trackingId", "").await.0, 200);
    assert_eq!(chat.events().await[0]["videoPlayComplete"], json!({ "trackingId": "film-1" }));
}

#[tokio::test]
async fn wrong_taps_are_refused() {
    let chat = Chat::start().await;
    let card = chat.card(&chat.user, json!([{ "type": "message", "label": "a", "text": "a" }])).await;
    let refused = |status: u16, message: &str| (status, json!({ "message": message }));
    let none = refused(400, "no action at this place of the message");
    for pointer in [
        "",
        "x",
        "/template",
        "/template/actions",
        "/template/actions/1",
        "/template/actions/0/text",
        "/quickReply/items/0/action",
    ] {
        assert_eq!(chat.act(&card, pointer, "").await, none, "{pointer}");
    }
    let missing = refused(404, "no such channel, friend, group or message");
    assert_eq!(chat.act("1", "/template/actions/0", "").await, missing);

    // Somebody else's phone does not show it, and neither does another room.
    let other = chat.friend("Aoi").await;
    assert_eq!(chat.act_in(chat.id(), &other, &card, "/template/actions/0", "").await, missing);
    let group = chat.control("groups", json!({ "name": "G", "members": [chat.user], "channel": chat.id() })).await;
    let group = group["id"].as_str().unwrap();
    assert_eq!(chat.act_in(group, &chat.user, &card, "/template/actions/0", "").await, missing);
    let outside = refused(403, "blocked, or not in this group");
    assert_eq!(chat.act_in(group, &other, &card, "/template/actions/0", "").await, outside);

    // What LINE refuses to send can't come here, but what a phone says is not looked at so closely.
    let switch = json!({ "type": "flex", "altText": "x", "contents": { "type": "bubble",
        "hero": { "type": "image", "action": { "type": "richmenuswitch", "richMenuAliasId": "a", "data": "a" } } } });
    let said = chat.control(&format!("users/{}/say", chat.user), json!({ "room": chat.id(), "message": switch })).await;
    let answer = chat.act(said["messageId"].as_str().unwrap(), "/contents/hero/action", "").await;
    assert_eq!(answer, refused(400, "richmenuswitch works on rich menus only"));

    chat.control(&format!("users/{}/block", chat.user), json!({ "channel": chat.id() })).await;
    assert_eq!(chat.act(&card, "/template/actions/0", "").await, outside);
    assert_eq!(chat.own().await, [""]);
}

#[tokio::test]
async fn in_groups_the_event_says_where_and_who() {
    let chat = Chat::start().await;
    let ken = &chat.user;
    let aoi = chat.friend("Aoi").await;
    let group = chat.control("groups", json!({ "name": "G", "members": [ken, aoi], "channel": chat.id() })).await;
    let group = group["id"].as_str().unwrap();
    let card = chat
        .card(
            group,
            json!([{ "type": "postback", "label": "Me", "data": "me", "displayText": "I come" }, { "type": "message", "label": "Say", "text": "Hi" }]),
        )
        .await;
    for at in [0, 1] {
        assert_eq!(chat.act_in(group, &aoi, &card, &format!("/template/actions/{at}"), "").await.0, 200);
    }
    let events = chat.events().await;
    assert_eq!(events[0]["postback"], json!({ "data": "me" }));
    assert_eq!(events[1]["message"]["text"], "Hi");
    for event in &events {
        assert_eq!(event["source"], json!({ "type": "group", "groupId": group, "userId": aoi }));
    }
    // After the account has left, its buttons are words only.
    chat.control(&format!("groups/{group}/leave"), json!({ "channel": chat.id() })).await;
    chat.events().await;
    assert_eq!(chat.act_in(group, &aoi, &card, "/template/actions/0", "").await.0, 200);
    assert_eq!(chat.events().await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_message_to_many_is_tapped_by_each() {
    let chat = Chat::start().await;
    let actions = json!([{ "type": "postback", "label": "Yes", "data": "yes" }, { "type": "postback", "label": "No", "data": "no" }]);
    let template = json!({ "type": "confirm", "text": "Come?", "actions": actions });
    let message = json!({ "type": "template", "altText": "Come?", "template": template });
    chat.line("/v2/bot/message/broadcast", json!({ "messages": [message] })).await;
    let late = chat.friend("Late").await;
    let mailings = http().get(chat.url(&format!("/simulator/api/mailings?channel={}", chat.id())));
    let mailings: Value = mailings.send().await.unwrap().json().await.unwrap();
    let id = mailings[0]["messages"][0]["id"].as_str().unwrap();
    assert_eq!(chat.act(id, "/template/actions/1", "").await.0, 200);
    assert_eq!(chat.events().await[0]["postback"], json!({ "data": "no" }));
    // Who came later never got it.
    assert_eq!(chat.act_in(chat.id(), &late, id, "/template/actions/1", "").await.0, 404);
}

#[tokio::test]
async fn a_phone_draws_what_it_got_and_taps_by_its_page() {
    let chat = Chat::start().await;
    let nasty = "\"><script>alert(1)</script>";
    let actions = json!([{ "type": "postback", "label": "\"><script>", "data": "x" }, { "type": "uri", "label": "Open", "uri": "https://example.com/" }]);
    let sender = json!({ "name": "Aoi", "iconUrl": "https://example.com/aoi.png" });
    let template = json!({ "type": "confirm", "text": nasty, "actions": actions });
    let message = json!({ "type": "template", "altText": "x", "template": template, "sender": sender,
        "quickReply": { "items": [{ "type": "action", "action": { "type": "message", "label": "Later", "text": "later" } }] } });
    let id = chat.push(&chat.user, message).await;
    let page = async || {
        let answer = http().get(chat.url(&format!("/u/{}/chat/{}", chat.user, chat.id())));
        answer.header("accept-language", "en").send().await.unwrap().text().await.unwrap()
    };
    let html = page().await;
    for part in [
        "msg-card--confirm",
        "Aoi from “Onsen”",
        "https://example.com/aoi.png",
        "href=\"https://example.com/\"",
        "msg-quick__item",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("<script>alert"));

    let form = |user: &str| {
        let fields =
            [("user", user), ("room", chat.id()), ("message", &id), ("pointer", "/template/actions/0"), ("value", "")];
        http().post(chat.url("/simulator/fn/act")).form(&fields)
    };
    assert_eq!(form(&chat.user).send().await.unwrap().status(), 200);
    assert_eq!(chat.events().await[0]["postback"], json!({ "data": "x" }));
    let other = chat.friend("Other").await;
    assert!(form(&other).send().await.unwrap().text().await.unwrap().contains("not_found"));
    // Something has come after it: its answers are no longer offered.
    assert!(!page().await.contains("msg-quick__item"));
}
