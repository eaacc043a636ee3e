//! What a friend does in a room of the simulator, and what the account hears of it, over HTTP.

use crate::fixture::{Received, Sim, receiver};
use axum::http::StatusCode;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::ops::Deref;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A bot whose webhooks are kept, and two friends in a group with it.
struct Room {
    sim: Sim,
    received: Received,
    ken: String,
    aoi: String,
    group: String,
}

impl Deref for Room {
    type Target = Sim;

    fn deref(&self) -> &Sim {
        &self.sim
    }
}

impl Room {
    async fn build() -> Self {
        let sim = Sim::start().await;
        let (ken, aoi) = (sim.friend("Ken").await, sim.friend("葵 🌿").await);
        let new = json!({ "name": "Yoga", "members": [ken, aoi], "channel": sim.id() });
        let group = sim.control("groups", new).await["id"].as_str().unwrap().to_owned();
        let (url, received) = receiver(StatusCode::OK).await;
        sim.hook(&url).await;
        Self { sim, received, ken, aoi, group }
    }

    /// Says something; answers the message id.
    async fn says(&self, user: &str, room: &str, message: Value) -> String {
        let body = json!({ "room": room, "message": message });
        let said = self.control(&format!("users/{user}/say"), body).await;
        said["messageId"].as_str().unwrap().to_owned()
    }

    async fn text(&self, user: &str, room: &str, text: &str) -> String {
        self.says(user, room, json!({ "type": "text", "text": text })).await
    }

    async fn does(&self, user: &str, deed: &str, body: Value) -> (u16, Value) {
        self.ask(&format!("users/{user}/{deed}"), body).await
    }

    /// The last event, without what every event has, which is looked at here; a reply token is named by its kind.
    async fn heard(&self) -> Value {
        let events = self.events(&self.received).await;
        let mut event = events.last().unwrap().clone();
        let all = event.as_object_mut().unwrap();
        assert_eq!(all.remove("mode").unwrap(), "active");
        assert_eq!(all.remove("deliveryContext").unwrap(), json!({ "isRedelivery": false }));
        assert_eq!(all.remove("webhookEventId").unwrap().as_str().unwrap().len(), 26);
        assert!(all.remove("timestamp").unwrap().is_i64());
        if let Some(token) = all.get_mut("replyToken") {
            assert_eq!(token.as_str().unwrap().len(), 32);
            *token = "token".into();
        }
        if let Some(message) = all.get_mut("message").and_then(Value::as_object_mut) {
            for name in ["quoteToken", "markAsReadToken"] {
                if let Some(token) = message.get_mut(name) {
                    assert!(token.as_str().unwrap().len() > 20);
                    *token = name.into();
                }
            }
        }
        event
    }

    async fn count(&self) -> usize {
        self.events(&self.received).await.len()
    }

    fn in_group(&self, user: &str) -> Value {
        json!({ "type": "group", "groupId": self.group, "userId": user })
    }

    async fn shown(&self) -> Vec<Value> {
        self.listed(&format!("messages?room={}", self.group)).await
    }

    async fn upload(&self, user: &str, form: Form) -> (u16, Value) {
        let url = self.url(&format!("/simulator/api/users/{user}/upload"));
        let answer = self.http.post(url).multipart(form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn clock(&self) -> i64 {
        let clock: Value = self.http.get(self.url("/simulator/api/clock")).send().await.unwrap().json().await.unwrap();
        clock["now"].as_i64().unwrap()
    }

    async fn page(&self, user: &str, room: &str) -> String {
        let url = self.url(&format!("/u/{user}/chat/{room}"));
        let answer = self.http.get(url).header("accept-language", "en").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap()
    }
}

fn file(bytes: Vec<u8>, name: &str, mime: &str) -> Part {
    Part::bytes(bytes).file_name(name.to_owned()).mime_str(mime).unwrap()
}

fn why(message: &str) -> Value {
    json!({ "message": message })
}

#[tokio::test]
async fn a_text_carries_emoji_mentions_and_a_quote() {
    let room = Room::build().await;
    let first = room.text(&room.aoi, &room.group, "今夜は空いていますか？").await;
    let bot = &room.channel["bot"];
    let text = "🍎@All @Onsen @葵 🌿 (happy)";
    let said = json!({
        "type": "text", "text": text, "quotedMessageId": first,
        "emojis": [{ "index": 18, "length": 7, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "002" }],
        "mention": { "mentionees": [
            { "index": 2, "length": 4, "type": "all" },
            { "index": 7, "length": 6, "type": "user", "userId": bot },
            { "index": 14, "length": 2, "type": "user", "userId": room.aoi },
        ] },
        "id": "forged", "contentProvider": { "type": "line" },
    });
    let id = room.says(&room.ken, &room.group, said).await;
    let message = json!({
        "type": "text", "id": id, "text": text, "quotedMessageId": first,
        "quoteToken": "quoteToken", "markAsReadToken": "markAsReadToken",
        "emojis": [{ "index": 18, "length": 7, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "002" }],
        "mention": { "mentionees": [
            { "index": 2, "length": 4, "type": "all" },
            { "index": 7, "length": 6, "type": "user", "userId": bot, "isSelf": true },
            { "index": 14, "length": 2, "type": "user", "userId": room.aoi, "isSelf": false },
        ] },
    });
    let event = json!({
        "type": "message", "source": room.in_group(&room.ken), "replyToken": "token", "message": message,
    });
    assert_eq!(room.heard().await, event);
    // One to one, with nothing in it.
    let id = room.text(&room.ken, room.id(), "はい").await;
    let event = json!({
        "type": "message", "source": { "type": "user", "userId": room.ken }, "replyToken": "token",
        "message": { "type": "text", "id": id, "text": "はい", "quoteToken": "quoteToken", "markAsReadToken": "markAsReadToken" },
    });
    assert_eq!(room.heard().await, event);
}

#[tokio::test]
async fn what_no_phone_could_send_is_refused() {
    let room = Room::build().await;
    let elsewhere = room.text(&room.ken, room.id(), "one to one").await;
    let gone = room.text(&room.ken, &room.group, "gone").await;
    room.control(&format!("users/{}/unsend", room.ken), json!({ "messageId": gone })).await;
    let stranger = room.friend("Nobody").await;
    let text = |more: Value| {
        let mut message = json!({ "type": "text", "text": "@Ken hello" });
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        message
    };
    let mention = |index: usize, length: usize, user: &str| {
        let one = json!({ "index": index, "length": length, "type": "user", "userId": user });
        text(json!({ "mention": { "mentionees": [one] } }))
    };
    let emoji = |index: usize, length: usize| {
        text(json!({ "emojis": [{ "index": index, "length": length, "productId": "p", "emojiId": "1" }] }))
    };
    let many: Vec<Value> = (0..21).map(|_| json!({ "index": 0, "length": 4, "type": "all" })).collect();
    let place = |latitude: f64, title: &str| json!({ "type": "location", "title": title, "latitude": latitude, "longitude": 1 });
    let quote = "only a message of the same room can be quoted";
    let inside = "a mention begins with @ and lies within the text";
    let table = [
        (json!({ "text": "x" }), "a message needs its type"),
        (json!({ "type": "text", "text": " \n" }), "a text must not be empty"),
        (json!({ "type": "text", "text": "あ".repeat(5_001) }), "at most 5000 characters"),
        (json!({ "type": "text", "text": "🍎".repeat(2_501) }), "at most 5000 characters"),
        (text(json!({ "quotedMessageId": elsewhere })), quote),
        (text(json!({ "quotedMessageId": gone })), quote),
        (text(json!({ "quotedMessageId": "1" })), quote),
        (mention(0, 4, &stranger), "only who is in the group can be mentioned"),
        (mention(1, 3, &room.ken), inside),
        (mention(0, 11, &room.ken), inside),
        (mention(0, 0, &room.ken), inside),
        (text(json!({ "mention": { "mentionees": many } })), "a text has at most 20 mentions"),
        (emoji(8, 3), "an emoji needs productId and emojiId, and index and length within the text"),
        (
            text(json!({ "emojis": [
                { "index": 0, "length": 4, "productId": "p", "emojiId": "1" },
                { "index": 3, "length": 2, "productId": "p", "emojiId": "1" },
            ] })),
            "emojis and mentions must not overlap",
        ),
        (json!({ "type": "sticker", "packageId": "446" }), "a sticker needs packageId and stickerId, of digits"),
        (
            json!({ "type": "sticker", "packageId": "446", "stickerId": "../x" }),
            "a sticker needs packageId and stickerId, of digits",
        ),
        (
            json!({ "type": "sticker", "packageId": "446", "stickerId": "1988", "stickerResourceType": "HOLOGRAM" }),
            "there is no such stickerResourceType",
        ),
        (place(90.5, "x"), "a place needs its latitude and longitude"),
        (place(1.0, &"x".repeat(101)), "at most 100 characters"),
        (json!({ "type": "location", "title": "x" }), "a place needs its latitude and longitude"),
    ];
    let before = room.count().await;
    for (message, wanted) in table {
        let body = json!({ "room": room.group, "message": message });
        assert_eq!(room.does(&room.ken, "say", body).await, (400, why(wanted)), "{message}");
    }
    // One to one nobody is mentioned, and who is not in the group does not speak in it.
    let body = json!({ "room": room.id(), "message": mention(0, 4, &room.ken) });
    assert_eq!(room.does(&room.aoi, "say", body).await, (400, why("there are mentions in groups only")));
    let body = json!({ "room": room.group, "message": { "type": "text", "text": "x" } });
    assert_eq!(room.does(&stranger, "say", body).await, (403, why("blocked, or not in this group")));
    room.control(&format!("users/{stranger}/block"), json!({ "channel": room.id() })).await;
    let body = json!({ "room": room.id(), "message": { "type": "text", "text": "x" } });
    assert_eq!(room.does(&stranger, "say", body).await, (403, why("blocked, or not in this group")));
    // Only the block was heard of.
    assert_eq!(room.count().await, before + 1);
    let longest = json!({ "room": room.group, "message": { "type": "text", "text": "あ".repeat(5_000) } });
    assert_eq!(room.does(&room.ken, "say", longest).await.0, 200);
}

#[tokio::test]
async fn stickers_and_places_are_told_as_line_tells_them() {
    let room = Room::build().await;
    let first = room.text(&room.aoi, room.id(), "?").await;
    let sticker = json!({
        "type": "sticker", "packageId": "11537", "stickerId": "52002734", "stickerResourceType": "ANIMATION",
        "keywords": ["yes", "OK"], "quotedMessageId": first,
    });
    let id = room.says(&room.aoi, room.id(), sticker.clone()).await;
    let mut message = sticker;
    message["id"] = id.into();
    message["quoteToken"] = "quoteToken".into();
    message["markAsReadToken"] = "markAsReadToken".into();
    assert_eq!(room.heard().await["message"], message);

    let place = json!({
        "type": "location", "title": "วัดอรุณ", "address": "กรุงเทพมหานคร", "latitude": 13.74374, "longitude": 100.488_919,
    });
    let id = room.says(&room.aoi, room.id(), place.clone()).await;
    let mut message = place;
    message["id"] = id.into();
    message["markAsReadToken"] = "markAsReadToken".into();
    assert_eq!(room.heard().await["message"], message);
}

#[tokio::test]
async fn words_are_changed_in_groups_for_a_while() {
    let room = Room::build().await;
    let first = room.text(&room.aoi, &room.group, "19時？").await;
    let said = json!({ "type": "text", "text": "18時に行きます", "quotedMessageId": first });
    let id = room.says(&room.ken, &room.group, said).await;
    let token = |messages: &[Value]| messages.last().unwrap()["quote_token"].clone();
    let before = token(&room.shown().await);
    let change = json!({ "messageId": id, "message": { "text": "@Onsen 19時に行きます", "mention": { "mentionees": [
        { "index": 0, "length": 6, "type": "user", "userId": room.channel["bot"] },
    ] } } });
    assert_eq!(room.does(&room.ken, "edit", change.clone()).await, (200, json!({})));
    // The same id, a new quote token, and no token for marking as read; what it quotes stays.
    let message = json!({
        "type": "text", "id": id, "text": "@Onsen 19時に行きます", "quoteToken": "quoteToken", "quotedMessageId": first,
        "mention": { "mentionees": [
            { "index": 0, "length": 6, "type": "user", "userId": room.channel["bot"], "isSelf": true },
        ] },
    });
    let event = json!({
        "type": "messageEdited", "source": room.in_group(&room.ken), "replyToken": "token", "message": message,
    });
    assert_eq!(room.heard().await, event);
    let shown = room.shown().await;
    assert_ne!(token(&shown), before);
    assert_eq!(
        (&shown.last().unwrap()["edited"], shown.last().unwrap()["id"].as_str()),
        (&json!(true), Some(id.as_str()))
    );

    let count = room.count().await;
    let missing = why("no such channel, friend, group or message");
    assert_eq!(room.does(&room.aoi, "edit", change.clone()).await, (404, missing.clone()), "somebody else's");
    let empty = json!({ "messageId": id, "message": { "text": "" } });
    assert_eq!(room.does(&room.ken, "edit", empty).await, (400, why("a text must not be empty")));
    let long = json!({ "messageId": id, "message": { "text": "x".repeat(5_001) } });
    assert_eq!(room.does(&room.ken, "edit", long).await, (400, why("at most 5000 characters")));
    let groups = why("only texts in groups can be edited");
    let alone = room.text(&room.ken, room.id(), "one to one").await;
    let body = |id: &str| json!({ "messageId": id, "message": { "text": "x" } });
    assert_eq!(room.does(&room.ken, "edit", body(&alone)).await, (400, groups.clone()));
    let sticker = json!({ "type": "sticker", "packageId": "446", "stickerId": "1988" });
    let sticker = room.says(&room.ken, &room.group, sticker).await;
    assert_eq!(room.does(&room.ken, "edit", body(&sticker)).await, (400, groups));
    let now = room.clock().await;
    let mut late = body(&id);
    late["time"] = (now + HOUR + MINUTE).into();
    assert_eq!(room.does(&room.ken, "edit", late.clone()).await, (403, why("too late for that")));
    // As long as one likes.
    room.control("settings", json!({ "editWindow": 2 * HOUR })).await;
    assert_eq!(room.does(&room.ken, "edit", late).await.0, 200);
    assert_eq!(room.count().await, count + 3, "two messages and one change");
    room.control(&format!("groups/{}/leave", room.group), json!({ "users": [room.ken] })).await;
    assert_eq!(room.does(&room.ken, "edit", body(&id)).await, (403, why("blocked, or not in this group")));
}

#[tokio::test]
async fn what_is_taken_back_is_gone() {
    let room = Room::build().await;
    let form = Form::new().text("room", room.group.clone()).part("file", file(vec![1; 10], "a.png", "image/png"));
    let (status, sent) = room.upload(&room.ken, form).await;
    assert_eq!(status, 200, "{sent}");
    let id = sent["messageId"].as_str().unwrap();
    let content = format!("/v2/bot/message/{id}/content");
    assert_eq!(room.call(reqwest::Method::GET, &content).send().await.unwrap().bytes().await.unwrap().len(), 10);
    let body = json!({ "messageId": id });
    assert_eq!(room.does(&room.aoi, "unsend", body.clone()).await.0, 404, "somebody else's");
    assert_eq!(room.does(&room.ken, "unsend", body.clone()).await, (200, json!({})));
    let event = json!({ "type": "unsend", "source": room.in_group(&room.ken), "unsend": { "messageId": id } });
    assert_eq!(room.heard().await, event);
    assert_eq!(room.get(&content).await, (410, json!({ "message": "The content is gone" })));
    let shown = room.http.get(room.url(&format!("/simulator/content/{id}"))).send().await.unwrap();
    assert_eq!(shown.status(), 404);
    assert_eq!(room.shown().await.last().unwrap()["body"], Value::Null);
    assert_eq!(room.does(&room.ken, "unsend", body).await.0, 404, "only once");

    let old = room.text(&room.ken, room.id(), "old").await;
    let now = room.clock().await;
    let late = json!({ "messageId": old, "time": now + 25 * HOUR });
    assert_eq!(room.does(&room.ken, "unsend", late).await, (403, why("too late for that")));
    assert_eq!(room.does(&room.ken, "unsend", json!({ "messageId": "1" })).await.0, 404);
}

#[tokio::test]
async fn pictures_sent_at_once_are_a_set_and_films_have_their_length() {
    let room = Room::build().await;
    let form = Form::new()
        .text("room", room.id().to_owned())
        .part("file", file(vec![1; 10], "1.jpg", "image/jpeg"))
        .text("duration", "4321")
        .part("file", file(vec![2; 20], "film.mp4", "video/mp4"))
        .part("file", file(vec![3; 30], "2.png", "image/png"))
        .part("file", file(vec![4; 40], "メニュー.pdf", "application/pdf"))
        .text("duration", "1500")
        .part("file", file(vec![5; 50], "voice.m4a", "audio/mp4"))
        .part("file", file(b"<svg/>".to_vec(), "drawing.svg", "image/svg+xml"));
    let (status, sent) = room.upload(&room.ken, form).await;
    assert_eq!((status, sent["messageIds"].as_array().unwrap().len()), (200, 6), "{sent}");
    assert_eq!(sent["messageId"], sent["messageIds"][0]);
    let events = room.events(&room.received).await;
    let mut told: Vec<Value> = events.iter().map(|event| event["message"].clone()).collect();
    let set = told[0]["imageSet"]["id"].clone();
    assert_eq!(set.as_str().unwrap().len(), 64);
    let line = json!({ "type": "line" });
    let wanted = [
        json!({ "type": "image", "contentProvider": line, "imageSet": { "id": set, "index": 1, "total": 2 } }),
        json!({ "type": "video", "contentProvider": line, "duration": 4_321 }),
        json!({ "type": "image", "contentProvider": line, "imageSet": { "id": set, "index": 2, "total": 2 } }),
        json!({ "type": "file", "fileName": "メニュー.pdf", "fileSize": 40 }),
        json!({ "type": "audio", "contentProvider": line, "duration": 1_500 }),
        json!({ "type": "file", "fileName": "drawing.svg", "fileSize": 6 }),
    ];
    for (at, (message, mut wanted)) in told.iter_mut().zip(wanted).enumerate() {
        wanted["id"] = sent["messageIds"][at].clone();
        wanted["markAsReadToken"] = message["markAsReadToken"].clone();
        if matches!(wanted["type"].as_str(), Some("image" | "video")) {
            wanted["quoteToken"] = message["quoteToken"].clone();
        }
        assert_eq!(*message, wanted);
    }
    // One alone is no set.
    let form = Form::new().text("room", room.id().to_owned()).part("file", file(vec![1; 10], "1.jpg", "image/jpeg"));
    room.upload(&room.ken, form).await;
    assert!(room.heard().await["message"].get("imageSet").is_none());
}

#[tokio::test]
async fn one_picture_of_a_set_is_taken_back_and_the_others_stay() {
    let room = Room::build().await;
    let form =
        ["1.jpg", "2.jpg", "3.jpg"].into_iter().fold(Form::new().text("room", room.id().to_owned()), |form, name| {
            form.part("file", file(name.as_bytes().to_vec(), name, "image/jpeg"))
        });
    let (_, sent) = room.upload(&room.ken, form).await;
    let ids: Vec<&str> = sent["messageIds"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let sets = |events: &[Value]| -> Vec<Value> {
        events
            .iter()
            .filter(|event| event["type"] == "message")
            .map(|event| event["message"]["imageSet"].clone())
            .collect()
    };
    let told = sets(&room.events(&room.received).await);
    let set = told[0]["id"].clone();
    assert_eq!(told, [1, 2, 3].map(|index| json!({ "id": set, "index": index, "total": 3 })));
    room.control(&format!("users/{}/unsend", room.ken), json!({ "messageId": ids[1] })).await;
    let events = room.events(&room.received).await;
    let last = events.last().unwrap();
    // It is named by its own id; of the set nothing is said.
    assert_eq!((&last["type"], &last["unsend"]), (&json!("unsend"), &json!({ "messageId": ids[1] })));
    assert!(last.get("replyToken").is_none() && sets(&events).len() == 3);
    for (id, status) in [(ids[0], 200), (ids[1], 410), (ids[2], 200)] {
        let content = room.call(reqwest::Method::GET, &format!("/v2/bot/message/{id}/content"));
        assert_eq!(content.send().await.unwrap().status().as_u16(), status, "{id}");
    }
    let url = room.url(&format!("/simulator/api/messages?room={}&user={}", room.id(), room.ken));
    let shown: Vec<Value> = room.http.get(url).send().await.unwrap().json().await.unwrap();
    let shown: Vec<&Value> = shown.iter().filter(|one| ids.contains(&one["id"].as_str().unwrap_or_default())).collect();
    assert_eq!(shown.iter().map(|one| one["unsent"] == true).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(shown[2]["body"]["imageSet"], json!({ "id": set, "index": 3, "total": 3 }));
}

#[tokio::test]
async fn uploads_that_line_would_not_carry_are_refused() {
    let room = Room::build().await;
    let with = |bytes: usize, name: &str, mime: &str| {
        Form::new().text("room", room.id().to_owned()).part("file", file(vec![0; bytes], name, mime))
    };
    let big = with(10_000_001, "big.jpg", "image/jpeg");
    assert_eq!(room.upload(&room.ken, big).await, (413, why("at most 10 MB")));
    // What is too big as a picture may be a file.
    assert_eq!(room.upload(&room.ken, with(10_000_001, "big.zip", "application/zip")).await.0, 200);
    let none = Form::new().text("room", room.id().to_owned());
    assert_eq!(room.upload(&room.ken, none).await, (400, why("there is no file")));
    let outside = Form::new().text("room", "C1").part("file", file(vec![0], "a.txt", "text/plain"));
    assert_eq!(room.upload(&room.ken, outside).await.0, 404);
    let stranger = room.friend("Nobody").await;
    let outside = Form::new().text("room", room.group.clone()).part("file", file(vec![0], "a.txt", "text/plain"));
    assert_eq!(room.upload(&stranger, outside).await.0, 403);
    let body = json!({ "room": room.id(), "message": { "type": "image" }, "base64": "%%" });
    assert_eq!(room.does(&room.ken, "say", body).await, (400, why("base64 can't be read")));
}

#[tokio::test]
async fn members_invite_remove_leave_and_rename() {
    let room = Room::build().await;
    let (mai, somchai) = (room.friend("Mai").await, room.friend("สมชาย").await);
    let group = json!({ "type": "group", "groupId": room.group });
    let people = |ids: &[&String]| ids.iter().map(|id| json!({ "type": "user", "userId": id })).collect::<Vec<_>>();
    // Only those who are not there yet come.
    let body = json!({ "room": room.group, "users": [mai, somchai, room.aoi] });
    assert_eq!(room.does(&mai, "invite", body.clone()).await.0, 403, "who is not in the group invites nobody");
    assert_eq!(room.does(&room.ken, "invite", body.clone()).await, (200, json!({})));
    let event = json!({
        "type": "memberJoined", "source": group, "replyToken": "token", "joined": { "members": people(&[&mai, &somchai]) },
    });
    assert_eq!(room.heard().await, event);
    assert_eq!(room.does(&room.ken, "invite", body).await.0, 409, "all of them are there");
    assert_eq!(room.does(&room.ken, "invite", json!({ "room": room.group, "users": ["U1"] })).await.0, 404);

    let body = json!({ "room": room.group, "users": [somchai] });
    assert_eq!(room.does(&room.aoi, "remove", body.clone()).await, (200, json!({})));
    let event = json!({ "type": "memberLeft", "source": group, "left": { "members": people(&[&somchai]) } });
    assert_eq!(room.heard().await, event);
    assert_eq!(room.does(&room.aoi, "remove", body).await.0, 404, "not there any more");
    let body = json!({ "room": room.group, "users": [mai] });
    assert_eq!(room.does(&mai, "remove", body).await, (200, json!({})), "leaves");
    assert_eq!(room.get(&format!("/v2/bot/group/{}/members/count", room.group)).await.1["count"], 2);

    // Of a name the account hears nothing, but it can ask.
    let count = room.count().await;
    let name = |name: &str| json!({ "room": room.group, "name": name });
    assert_eq!(room.does(&room.ken, "rename", name(" 朝ヨガ ")).await, (200, json!({})));
    assert_eq!(room.does(&room.ken, "rename", name("")).await, (400, why("a group's name must not be empty")));
    assert_eq!(room.does(&room.ken, "rename", name(&"x".repeat(51))).await, (400, why("at most 50 characters")));
    assert_eq!(room.does(&mai, "rename", name("x")).await.0, 403);
    assert_eq!(room.get(&format!("/v2/bot/group/{}/summary", room.group)).await.1["groupName"], "朝ヨガ");
    assert_eq!(room.count().await, count);

    // The bot is sent away, and comes back.
    let bot = json!({ "room": room.group, "channel": room.id() });
    assert_eq!(room.does(&room.ken, "invite", bot.clone()).await, (409, why("there is one already")));
    assert_eq!(room.does(&room.ken, "remove", bot.clone()).await, (200, json!({})));
    assert_eq!(room.heard().await, json!({ "type": "leave", "source": group }));
    room.text(&room.ken, &room.group, "among us").await;
    assert_eq!(room.heard().await["type"], "leave", "what is said without it is not heard");
    assert_eq!(room.does(&room.ken, "remove", bot.clone()).await.0, 404);
    assert_eq!(room.does(&room.ken, "invite", bot).await, (200, json!({})));
    assert_eq!(room.heard().await, json!({ "type": "join", "source": group, "replyToken": "token" }));
    let notices: Vec<Value> = room.shown().await.iter().map(|message| message["body"]["type"].clone()).collect();
    assert_eq!(notices, ["came", "came", "left", "left", "renamed", "left", "text", "came"]);
}

#[tokio::test]
async fn old_rooms_of_several_people_are_not_groups() {
    let room = Room::build().await;
    let new = json!({ "members": [room.ken, room.aoi, room.ken], "channel": room.id(), "room": true });
    let made = room.control("groups", new).await;
    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with('R') && id.len() == 33);
    assert_eq!(made["members"].as_array().unwrap().len(), 2, "nobody is in it twice");
    let source = json!({ "type": "room", "roomId": id });
    assert_eq!(room.heard().await, json!({ "type": "join", "source": source, "replyToken": "token" }));
    let said = room.text(&room.ken, id, "hi").await;
    let event = room.heard().await;
    assert_eq!(event["source"], json!({ "type": "room", "roomId": id, "userId": room.ken }));
    assert_eq!(room.get(&format!("/v2/bot/room/{id}/members/count")).await.1["count"], 2);
    assert_eq!(room.push(id, "hello").await.0, 200);
    let edit = json!({ "messageId": said, "message": { "text": "x" } });
    assert_eq!(room.does(&room.ken, "edit", edit).await, (400, why("only texts in groups can be edited")));
    let name = json!({ "room": id, "name": "x" });
    assert_eq!(room.does(&room.ken, "rename", name).await, (400, why("a room of several people has no name")));
    let out = json!({ "room": id, "users": [room.aoi] });
    let wanted = (400, why("nobody can be removed from a room of several people"));
    assert_eq!(room.does(&room.ken, "remove", out.clone()).await, wanted);
    // It is called by those who are in it.
    assert!(room.page(&room.ken, id).await.contains("葵 🌿, Onsen"));
    assert_eq!(room.does(&room.aoi, "remove", out).await, (200, json!({})));
    let left = json!({ "members": [{ "type": "user", "userId": room.aoi }] });
    assert_eq!(room.heard().await, json!({ "type": "memberLeft", "source": source, "left": left }));
    let again = json!({ "id": id, "name": "x", "members": [room.ken] });
    assert_eq!(room.ask("groups", again).await.0, 409);
    let nobody = json!({ "name": "x", "members": ["U1"] });
    assert_eq!(room.ask("groups", nobody).await.0, 404);
}

#[tokio::test]
async fn the_phone_shows_quotes_reading_and_that_an_answer_comes() {
    let room = Room::build().await;
    let first = room.text(&room.ken, room.id(), "<b>何時</b>まで？").await;
    let event = room.events(&room.received).await.pop().unwrap();
    let quote = json!({ "type": "text", "text": "22時までです", "quoteToken": event["message"]["quoteToken"] });
    let reply = json!({ "replyToken": event["replyToken"], "messages": [quote] });
    assert_eq!(room.post("/v2/bot/message/reply", reply).await.0, 200);
    let html = room.page(&room.ken, room.id()).await;
    let (_, quoted) = html.split_once("phone-bubble__quote").unwrap();
    assert!(quoted[..400].contains("Ken") && quoted[..400].contains("&lt;b&gt;何時"), "{}", &quoted[..400]);
    assert!(html.contains(&format!("data-id=\"{first}\"")) && html.contains("phone__day"));
    assert!(!html.contains(">Read<") && !html.contains("phone-dots"));
    let read = json!({ "markAsReadToken": event["message"]["markAsReadToken"] });
    assert_eq!(room.post("/v2/bot/chat/markAsRead", read).await.0, 200);
    let loading = json!({ "chatId": room.ken, "loadingSeconds": 5 });
    assert_eq!(room.post("/v2/bot/chat/loading/start", loading).await.0, 202);
    let html = room.page(&room.ken, room.id()).await;
    assert!(html.contains(">Read<") && html.contains("phone-dots"));
    // The next message ends the dots.
    room.push(&room.ken, "…").await;
    assert!(!room.page(&room.ken, room.id()).await.contains("phone-dots"));
    room.control(&format!("users/{}/unsend", room.ken), json!({ "messageId": first })).await;
    let html = room.page(&room.ken, room.id()).await;
    assert!(!html.contains("何時"), "what is taken back is not quoted either");
}
