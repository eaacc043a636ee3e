//! What operators compose: every kind arrives at LINE as it was composed, in one packet and once; it can be undone,
//! sent later, and what can't be sent is refused with its reason.

use crate::{
    fixture::{self, House, until},
    on_both,
};
use reqwest::Method;
use serde_json::{Value, json};

/// A picture of this size, as PNG, with noise in it.
fn png(width: u32, height: u32) -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([(x * 7) as u8, (y * 13) as u8, (x ^ y) as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A JPEG that says where it was taken: an EXIF block with a marker in it.
fn jpeg_with_place() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(80, 60).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    let jpeg = bytes.into_inner();
    let exif = b"Exif\0\0II*\0\x08\0\0\0\0\0GPS-35.01-135.76";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, exif, &jpeg[2..]].concat()
}

fn boxed(name: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let size = u32::try_from(inside.len() + 8).unwrap();
    [&size.to_be_bytes()[..], name, inside].concat()
}

/// Two and a half seconds.
fn movie(brand: &[u8; 4], handler: &[u8; 4]) -> Vec<u8> {
    let mut mvhd = vec![0; 20];
    mvhd[12..16].copy_from_slice(&600_u32.to_be_bytes());
    mvhd[16..20].copy_from_slice(&1_500_u32.to_be_bytes());
    let hdlr = boxed(b"hdlr", &[&[0; 8][..], handler, &[0; 12]].concat());
    let moov = boxed(b"moov", &[boxed(b"mvhd", &mvhd), boxed(b"trak", &boxed(b"mdia", &hdlr))].concat());
    [boxed(b"ftyp", &[brand, &[0; 4][..]].concat()), boxed(b"mdat", &[7; 99]), moov].concat()
}

fn key() -> String {
    format!("{:032x}", rand::random::<u128>())
}

fn text(text: &str) -> Value {
    json!({ "kind": "text", "text": text })
}

impl House {
    async fn bring(&self, kind: &str, name: &str, bytes: Vec<u8>) -> (u16, Value) {
        let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let url = format!("{}/a/{}/upload?kind={kind}&name={name}", self.url, self.account);
        let request = self.owner.http.post(url);
        let request = request.header("sec-fetch-site", "same-origin").header("cookie", &self.owner.cookie);
        let answer = request.body(bytes).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// A bubble for a file that was taken.
    async fn file(&self, kind: &str, name: &str, bytes: Vec<u8>) -> Value {
        let (status, file) = self.bring(kind, name, bytes).await;
        assert_eq!(status, 200, "{name}: {file}");
        json!({ "kind": kind, "file": file })
    }

    async fn set(&self, read: &str, undo: bool, as_me: bool, link_days: i64) {
        let setting = json!({ "read": read, "undo": undo, "as_me": as_me, "link_days": link_days });
        self.call("chat/set_setting", json!({ "account": self.account, "setting": setting })).await;
    }

    async fn compose(&self, room: &Value, draft: Value) -> Vec<Value> {
        let body = json!({ "account": self.account, "room": room["id"], "key": key(), "draft": draft });
        self.call("chat/send", body).await.as_array().unwrap().clone()
    }

    async fn send_bubbles(&self, room: &Value, bubbles: Vec<Value>) -> Vec<Value> {
        self.compose(room, json!({ "bubbles": bubbles })).await
    }

    /// The room of a new friend who has written.
    async fn met(&self, name: &str) -> (String, Value) {
        let user = self.line.friend(name).await;
        self.line.say(&user, "hello").await;
        let room = until(async || Some(self.room(name).await).filter(|room| room["unread"] == 1)).await;
        (user, room)
    }

    async fn fetch(&self, url: &str) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let answer = self.line.http.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.headers().clone(), answer.bytes().await.unwrap().to_vec())
    }
}

on_both! {
    async fn every_kind_arrives_as_it_was_composed(house: House) {
        house.set("open", false, false, 30).await;
        let (_, room) = house.met("Ken").await;
        let emojis = json!([{ "index": 2, "length": 7, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "002" }]);
        let flex = json!({ "type": "flex", "altText": "Menu", "contents": { "type": "bubble", "body":
            { "type": "box", "layout": "vertical", "contents": [{ "type": "text", "text": "Soup" }] } } });
        let sent = house.send_bubbles(&room, vec![
            json!({ "kind": "text", "text": "🍎(happy)$", "emojis": emojis }),
            json!({ "kind": "sticker", "package_id": "446", "sticker_id": "1988" }),
            json!({ "kind": "location", "title": "京都駅", "address": "京都市下京区", "latitude": 34.985849, "longitude": 135.758767 }),
            json!({ "kind": "card", "message": flex }),
        ]).await;
        assert_eq!(sent.len(), 4);
        for message in &sent {
            assert_eq!(house.delivery(&room, message).await, json!({ "state": "sent", "via": "reply" }));
        }
        let image = house.file("image", "photo.png", png(1_400, 900)).await;
        let video = house.file("video", "clip.mp4", movie(b"isom", b"vide")).await;
        let audio = house.file("audio", "voice.m4a", movie(b"M4A ", b"soun")).await;
        let file = house.file("file", "見積 1.pdf", b"%PDF-1.7 hello".to_vec()).await;
        let more = house.send_bubbles(&room, vec![image.clone(), video, audio, file]).await;
        for message in &more {
            assert_eq!(house.delivery(&room, message).await, json!({ "state": "sent", "via": "push" }));
        }
        let accepted = house.line.accepted().await;
        assert_eq!(accepted.len(), 2, "one call a packet");
        let first = accepted[0]["messages"].as_array().unwrap();
        let mark = json!([{ "index": 2, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "002" }]);
        assert_eq!(first[0], json!({ "type": "text", "text": "🍎$$", "emojis": mark }));
        assert_eq!(first[1], json!({ "type": "sticker", "packageId": "446", "stickerId": "1988" }));
        assert_eq!(first[2], json!({ "type": "location", "title": "京都駅", "address": "京都市下京区", "latitude": 34.985849, "longitude": 135.758767 }));
        assert_eq!(first[3], flex);
        let second = accepted[1]["messages"].as_array().unwrap();
        let kinds: Vec<&str> = second.iter().map(|message| message["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["image", "video", "audio", "text"]);
        assert_eq!(second[2]["duration"], 2_500);
        // Each message has LINE's id, in order; and the room shows what was sent.
        let messages = house.messages(&room).await;
        let ours: Vec<&Value> = messages.iter().filter(|message| message["direction"] == "out").collect();
        let ids: Vec<&Value> = accepted.iter().flat_map(|call| call["sent"].as_array().unwrap()).map(|sent| &sent["id"]).collect();
        assert_eq!(ours.iter().map(|message| &message["line_id"]).collect::<Vec<_>>(), ids);
        assert_eq!(ours[0]["content"]["text"], "🍎(happy)$");
        assert_eq!((&ours[4]["media"]["state"], &ours[4]["media"]["width"]), (&json!("ready"), &json!(1_400)));
        assert_eq!(ours[7]["content"], json!({ "type": "file", "name": "見積 1.pdf", "size": 14 }));
        let (status, _) = house.owner.page(&format!("/media/{}/{}", house.account, ours[4]["id"].as_str().unwrap())).await;
        assert_eq!(status, 200);

        // LINE fetches what it was told of: with the right type, and in parts.
        let picture = second[0]["originalContentUrl"].as_str().unwrap();
        let (status, headers, bytes) = house.fetch(picture).await;
        assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "image/jpeg"));
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 1_400);
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let (_, headers, small) = house.fetch(second[0]["previewImageUrl"].as_str().unwrap()).await;
        assert_eq!(headers["content-type"], "image/jpeg");
        assert_eq!(image::load_from_memory(&small).unwrap().width(), 1_024);
        let film = second[1]["originalContentUrl"].as_str().unwrap();
        let part = house.line.http.get(film).header("range", "bytes=4-7").send().await.unwrap();
        assert_eq!((part.status().as_u16(), part.headers()["content-type"].to_str().unwrap()), (206, "video/mp4"));
        assert_eq!(part.bytes().await.unwrap(), "ftyp");
        assert_eq!(house.fetch(second[1]["previewImageUrl"].as_str().unwrap()).await.0, 200);
        let (start, name) = picture.rsplit_once('/').unwrap();
        let (start, _) = start.rsplit_once('-').unwrap();
        assert_eq!(house.fetch(&format!("{start}-{}/{name}", "0".repeat(32))).await.0, 404, "a guess");
        house.check().await;
    }

    async fn a_file_is_handed_over_by_a_page(house: House) {
        house.set("open", false, false, 30).await;
        let (_, room) = house.met("Ken").await;
        let name = "<b>見積.pdf";
        let file = house.file("file", name, b"%PDF-1.7 hello".to_vec()).await;
        let sent = house.send_bubbles(&room, vec![file.clone()]).await;
        house.delivery(&room, &sent[0]).await;
        let words = house.line.accepted().await[0]["messages"][0]["text"].as_str().unwrap().to_owned();
        assert!(words.starts_with("📎 _b_見積.pdf (14 B)\nhttp"), "{words}");
        let url = words.lines().nth(1).unwrap().to_owned();
        for (lang, word) in [("ja", "ダウンロード"), ("th", "ดาวน์โหลด"), ("zh-TW", "下載"), ("fr", "Download")] {
            let answer = house.line.http.get(&url).header("accept-language", lang).send().await.unwrap();
            assert_eq!(answer.status(), 200);
            assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
            assert!(answer.text().await.unwrap().contains(word), "{lang}");
        }
        let (status, headers, bytes) = house.fetch(&format!("{url}/file")).await;
        assert_eq!((status, &bytes[..]), (200, &b"%PDF-1.7 hello"[..]));
        assert_eq!(headers["content-type"], "application/octet-stream");
        assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename*=UTF-8''_b_%E8"));
        assert_eq!((headers["x-content-type-options"].to_str().unwrap(), headers["content-security-policy"].to_str().unwrap()), ("nosniff", "default-src 'none'; sandbox"));
        let about = json!({ "account": house.account, "message": sent[0]["id"] });
        let download = house.call("chat/download", about.clone()).await;
        assert_eq!((&download["downloads"], &download["url"], &download["revoked"]), (&json!(1), &json!(url), &json!(false)));
        let days = download["expires_at"].as_i64().unwrap() - engawa::time::now();
        assert!((days - 30 * 86_400_000).abs() < 60_000);
        // Its bytes are nowhere else to be had without logging in.
        assert_eq!(house.fetch(&url.replace("/f/", "/m/").replace("/file", "/original.bin")).await.0, 404);
        house.call("chat/revoke_download", about).await;
        assert_eq!((house.fetch(&url).await.0, house.fetch(&format!("{url}/file")).await.0), (404, 404));
        // Another one, that has ended.
        let again = house.send_bubbles(&room, vec![file]).await;
        house.delivery(&room, &again[0]).await;
        let words = house.line.accepted().await[1]["messages"][0]["text"].as_str().unwrap().to_owned();
        let url = words.lines().nth(1).unwrap();
        assert_eq!(house.fetch(url).await.0, 200);
        sqlx::query("UPDATE download SET expires_at = 1").execute(house.state().db.read()).await.unwrap();
        assert_eq!(house.fetch(url).await.0, 404);
        house.check().await;
    }

    async fn a_packet_is_sent_once_and_costs_once(house: House) {
        house.set("never", false, false, 30).await;
        let (user, room) = house.met("Ken").await;
        let bubbles = ["1", "2", "3", "4", "5"].map(text);
        let draft = json!({ "bubbles": bubbles, "silent": true });
        let body = json!({ "account": house.account, "room": room["id"], "key": key(), "draft": draft });
        let all = futures_util::future::join_all((0..6).map(|_| house.call("chat/send", body.clone()))).await;
        assert!(all.iter().all(|packet| packet.as_array().unwrap().len() == 5 && packet[0]["id"] == all[0][0]["id"]));
        for message in all[0].as_array().unwrap() {
            assert_eq!(house.delivery(&room, message).await, json!({ "state": "sent", "via": "reply" }));
        }
        assert_eq!(house.line.seen(&user).await, ["1", "2", "3", "4", "5"]);
        let calls = house.line.get("log").await;
        let call = calls.as_array().unwrap().iter().find(|call| call["target"] == "POST /v2/bot/message/reply").unwrap();
        assert!(call["request"].as_str().unwrap().contains("\"notificationDisabled\":true"), "{call}");
        // Five bubbles to one friend are one message of the quota.
        let sent = house.send_bubbles(&room, ["6", "7"].map(text).to_vec()).await;
        assert_eq!(house.delivery(&room, &sent[1]).await["via"], "push");
        assert_eq!(house.open(&room).await["quota"], json!({ "limit": 200, "used": 1 }));
        let six = ["1", "2", "3", "4", "5", "6"].map(text);
        let (status, error) = house.owner.call("chat/send", json!({ "account": house.account, "room": room["id"], "key": key(),
            "draft": { "bubbles": six } })).await;
        assert_eq!((status, &error["field"]), (422, &json!("bubble.5")));
        house.check().await;
    }

    async fn a_packet_that_failed_is_sent_again_whole(house: House) {
        house.set("never", false, false, 30).await;
        let (user, room) = house.met("Ken").await;
        sqlx::query("UPDATE room SET reply_token = NULL").execute(house.state().db.read()).await.unwrap();
        house.line.fault(json!({ "kind": "monthly_limit", "path": "/message/push", "remaining": 1 })).await;
        let sent = house.send_bubbles(&room, ["1", "2", "3"].map(text).to_vec()).await;
        for message in &sent {
            assert_eq!(house.delivery(&room, message).await["why"]["why"], "quota");
        }
        // The first is taken out; the others go together.
        let about = |message: &Value| json!({ "account": house.account, "room": room["id"], "message": message["id"] });
        house.call("chat/discard", about(&sent[0])).await;
        house.line.fault(json!({ "kind": "cut_after", "path": "/message/push", "remaining": 1 })).await;
        house.call("chat/retry", about(&sent[2])).await;
        for message in &sent[1..] {
            assert_eq!(house.delivery(&room, message).await, json!({ "state": "sent", "via": "push" }));
        }
        assert_eq!(house.line.seen(&user).await, ["2", "3"]);
        assert_eq!(house.line.accepted().await.len(), 1);
        house.check().await;
    }

    async fn sending_can_be_undone(house: House) {
        house.set("never", true, false, 30).await;
        let (user, room) = house.met("Ken").await;
        let draft = json!({ "bubbles": [text("too soon"), text("much")], "silent": true, "as_me": false });
        let sent = house.compose(&room, draft.clone()).await;
        assert!(sent[0]["held_until"].as_i64().unwrap() > engawa::time::now());
        assert_eq!(sent[0]["delivery"]["state"], "queued");
        let opened = house.open(&room).await;
        // The next answer would not be free: this one has the token.
        assert!(opened["room"]["reply_until"].is_null());
        assert_eq!(opened["room"]["last"]["text"], "much");
        let about = json!({ "account": house.account, "room": room["id"], "message": sent[1]["id"] });
        assert_eq!(house.call("chat/undo", about.clone()).await, draft);
        let opened = house.open(&room).await;
        assert!(opened["room"]["reply_until"].as_i64().unwrap() > engawa::time::now());
        assert_eq!(opened["room"]["last"]["text"], "hello");
        assert_eq!(house.owner.call("chat/undo", about).await.0, 409);
        // What follows is not held up by what was taken back, and what is not undone goes out.
        let kept = house.compose(&room, json!({ "bubbles": [text("on purpose")] })).await;
        assert_eq!(house.delivery(&room, &kept[0]).await, json!({ "state": "sent", "via": "reply" }));
        assert_eq!(house.line.seen(&user).await, ["on purpose"]);
        let late = json!({ "account": house.account, "room": room["id"], "message": kept[0]["id"] });
        assert_eq!(house.owner.call("chat/undo", late).await.0, 409);
        house.check().await;
    }

    async fn what_is_held_goes_at_once_when_the_free_answer_would_run_out(house: House) {
        house.set("never", true, false, 30).await;
        let (_, room) = house.met("Ken").await;
        sqlx::query("UPDATE room SET reply_until = $1").bind(engawa::time::now() + 7_000).execute(house.state().db.read()).await.unwrap();
        let sent = house.compose(&room, json!({ "bubbles": [text("quick")] })).await;
        assert!(sent[0]["held_until"].is_null());
        assert_eq!(house.delivery(&room, &sent[0]).await["via"], "reply");
    }

    async fn what_is_held_survives_the_server(house: House) {
        let mut house = house;
        house.set("never", true, false, 30).await;
        let (user, room) = house.met("Ken").await;
        house.compose(&room, json!({ "bubbles": [text("1"), text("2")] })).await;
        house.stop().await;
        let running = fixture::start(&house.data_dir(), &house.database, &house.line.url).await;
        until(async || (house.line.seen(&user).await.len() == 2).then_some(())).await;
        assert_eq!(house.line.seen(&user).await, ["1", "2"]);
        assert_eq!(house.line.accepted().await.len(), 1);
        running.stop().await;
    }

    async fn later_is_listed_changed_cancelled_and_sent(house: House) {
        house.set("never", true, false, 30).await;
        let (user, room) = house.met("Ken").await;
        let hour = engawa::time::now() + 3_600_000;
        let plan = async |words: &str, at: i64| {
            let draft = json!({ "bubbles": [text(words)] });
            house.call("chat/send_later", json!({ "account": house.account, "room": room["id"], "key": key(), "draft": draft, "at": at })).await
        };
        let (one, two) = (plan("one", hour + 1).await, plan("two", hour).await);
        let list = house.call("chat/list_later", json!({ "account": house.account, "only": room["id"] })).await;
        let words: Vec<&Value> = list.as_array().unwrap().iter().map(|later| &later["draft"]["bubbles"][0]["text"]).collect();
        assert_eq!(words, ["two", "one"]);
        assert_eq!((&list[0]["room_name"], &list[0]["author"]), (&json!("Ken"), &json!("Mika")));
        assert_eq!(house.open(&room).await["room"]["later"], 2);
        let draft = house.call("chat/cancel_later", json!({ "account": house.account, "later": one["id"] })).await;
        assert_eq!(draft["bubbles"][0]["text"], "one");
        // Answers do not wait for it.
        let sent = house.send(&room, "before").await;
        assert_eq!(house.delivery(&room, &sent).await["state"], "sent");
        let change = json!({ "account": house.account, "later": two["id"], "draft": { "bubbles": [text("changed")] }, "at": hour });
        house.call("chat/change_later", change).await;
        house.call("chat/later_now", json!({ "account": house.account, "later": two["id"] })).await;
        until(async || (house.line.seen(&user).await.len() == 2).then_some(())).await;
        assert_eq!(house.line.seen(&user).await, ["before", "changed"]);
        // By itself when its time comes.
        plan("soon", engawa::time::now() + 1_500).await;
        until(async || (house.line.seen(&user).await.len() == 3).then_some(())).await;
        assert_eq!(house.open(&room).await["room"]["later"], 0);
        let far = json!({ "account": house.account, "room": room["id"], "key": key(), "draft": { "bubbles": [text("x")] }, "at": hour + 40_000_000_000_i64 });
        assert_eq!(house.owner.call("chat/send_later", far).await.0, 422);
        house.check().await;
    }

    async fn what_is_due_and_can_not_be_sent_fails_for_all_to_see(house: House) {
        house.set("never", true, false, 30).await;
        let (user, room) = house.met("Ken").await;
        let hour = engawa::time::now() + 3_600_000;
        let body = json!({ "account": house.account, "room": room["id"], "key": key(), "draft": { "bubbles": [text("too late")] }, "at": hour });
        let later = house.call("chat/send_later", body).await;
        house.line.control(&format!("users/{user}/block"), json!({ "channel": house.line.channel_id() })).await;
        until(async || (house.room("Ken").await["friendship"] == "gone").then_some(())).await;
        house.call("chat/later_now", json!({ "account": house.account, "later": later["id"] })).await;
        let failed = until(async || {
            house.messages(&room).await.into_iter().find(|message| message["content"]["text"] == "too late")
        }).await;
        assert_eq!(failed["delivery"], json!({ "state": "failed", "why": { "why": "gone" } }));
        assert_eq!(house.line.accepted().await.len(), 0);
        house.check().await;
    }

    async fn messages_are_quoted_both_ways(house: House) {
        house.set("never", false, false, 30).await;
        let (_, room) = house.met("Ken").await;
        let theirs = house.messages(&room).await.into_iter().find(|message| message["direction"] == "in").unwrap();
        let quote = |id: &Value, words: &str| json!({ "bubbles": [text(words), text("more")], "quote": id });
        let sent = house.compose(&room, quote(&theirs["id"], "I mean this")).await;
        house.delivery(&room, &sent[0]).await;
        assert_eq!(house.messages(&room).await.into_iter().find(|m| m["id"] == sent[0]["id"]).unwrap()["quoted"], theirs["line_id"]);
        let accepted = house.line.accepted().await;
        assert!(accepted[0]["messages"][0]["quoteToken"].is_string() && accepted[0]["messages"][1]["quoteToken"].is_null());
        // Ours, too.
        let again = house.compose(&room, quote(&sent[0]["id"], "and this")).await;
        assert_eq!(house.delivery(&room, &again[0]).await["state"], "sent");
        assert!(house.line.accepted().await[1]["messages"][0]["quoteToken"].is_string());
        let nothing = json!({ "account": house.account, "room": room["id"], "key": key(), "draft": quote(&json!("5"), "x") });
        assert_eq!(house.owner.call("chat/send", nothing).await, (422, json!({ "error": "field", "field": "quote", "reason": { "reason": "gone" } })));
    }

    async fn answers_carry_a_name_and_a_picture(house: House) {
        house.set("never", false, true, 30).await;
        let (_, room) = house.met("Ken").await;
        let voice = async |name: &str, icon: Value| {
            let voice = json!({ "name": name, "icon": icon, "enter_sends": false });
            house.owner.call("chat/set_voice", json!({ "account": house.account, "voice": voice })).await.0
        };
        assert_eq!(voice("LINE desk", Value::Null).await, 422);
        assert_eq!(voice(&"あ".repeat(21), Value::Null).await, 422);
        let (_, picture) = house.bring("image", "me.png", png(90, 60)).await;
        assert_eq!(voice("フロント 田中", picture["id"].clone()).await, 200);
        let sent = house.compose(&room, json!({ "bubbles": [text("hello")], "as_me": true })).await;
        house.delivery(&room, &sent[0]).await;
        let sender = house.line.accepted().await[0]["messages"][0]["sender"].clone();
        assert_eq!(sender["name"], "フロント 田中");
        let (_, headers, bytes) = house.fetch(sender["iconUrl"].as_str().unwrap()).await;
        let icon = image::load_from_memory(&bytes).unwrap();
        assert_eq!((headers["content-type"].to_str().unwrap(), icon.width(), icon.height()), ("image/png", 256, 256));
        let plain = house.compose(&room, json!({ "bubbles": [text("as the account")] })).await;
        house.delivery(&room, &plain[0]).await;
        assert!(house.line.accepted().await[1]["messages"][0]["sender"].is_null());
        let manners = house.call("chat/manners", json!({ "account": house.account })).await;
        assert_eq!((&manners["voice"]["enter_sends"], &manners["setting"]["as_me"], &manners["files"]), (&json!(false), &json!(true), &json!(true)));
    }

    async fn friends_are_told_that_we_have_read_when_the_account_wants_it(house: House) {
        let (user, room) = house.met("Ken").await;
        let read = async || {
            let seen = house.line.get(&format!("messages?room={}&user={user}", house.line.channel_id())).await;
            seen.as_array().unwrap().iter().filter(|message| message["read"] == true).count()
        };
        let calls = async || {
            let log = house.line.get("log").await;
            log.as_array().unwrap().iter().filter(|call| call["target"] == "POST /v2/bot/chat/markAsRead").count()
        };
        let look = json!({ "account": house.account, "room": room["id"] });
        house.set("reply", false, false, 30).await;
        house.call("chat/mark_read", look.clone()).await;
        let sent = house.send(&room, "1").await;
        house.delivery(&room, &sent).await;
        until(async || (calls().await == 1).then_some(())).await;
        assert_eq!(read().await, 1);
        house.set("open", false, false, 30).await;
        house.line.say(&user, "again").await;
        until(async || (house.room("Ken").await["unread"] == 1).then_some(())).await;
        house.call("chat/mark_read", look.clone()).await;
        until(async || (calls().await == 2).then_some(())).await;
        house.set("never", false, false, 30).await;
        house.line.say(&user, "and again").await;
        until(async || (house.room("Ken").await["unread"] == 1).then_some(())).await;
        house.call("chat/mark_read", look.clone()).await;
        let sent = house.send(&room, "2").await;
        house.delivery(&room, &sent).await;
        assert_eq!(calls().await, 2);
        house.call("chat/start_loading", look).await;
        let log = house.line.get("log").await;
        assert!(log.as_array().unwrap().iter().any(|call| call["target"] == "POST /v2/bot/chat/loading/start" && call["status"] == 202));
        house.check().await;
    }

    async fn what_can_not_be_sent_is_refused_with_its_reason(house: House) {
        let mut bomb = png(1, 1);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
        let table: [(&str, &str, Vec<u8>, u16, &str); 13] = [
            ("image", "a.png", svg.clone(), 422, "not_picture"),
            ("image", "a.png", b"<html><script>alert(1)</script>".to_vec(), 422, "not_picture"),
            ("image", "a.png", bomb, 422, "not_picture"),
            ("image", "a.gif", b"GIF89a<script>alert(1)</script>".to_vec(), 422, "not_picture"),
            ("image", "a.png", Vec::new(), 422, "empty"),
            ("image", "a.png", vec![0; 41 << 20], 413, "too_large"),
            ("video", "a.mov", movie(b"qt  ", b"vide"), 422, "not_film"),
            ("video", "a.mp4", movie(b"isom", b"soun"), 422, "not_film"),
            ("video", "a.mp4", png(9, 9), 422, "not_film"),
            ("audio", "a.wav", b"RIFF\0\0\0\0WAVEfmt ".to_vec(), 422, "not_sound"),
            ("audio", "a.mp3", b"ID3 and nothing else".to_vec(), 422, "not_sound"),
            ("file", "logo.pdf", svg, 422, "active"),
            ("file", "page.html", b"hello".to_vec(), 422, "active"),
        ];
        for (kind, name, bytes, wanted, reason) in table {
            let (status, error) = house.bring(kind, name, bytes).await;
            assert_eq!((status, &error["reason"]["reason"]), (wanted, &json!(reason)), "{kind} {name}: {error}");
        }
        assert_eq!(house.bring("hologram", "a", b"x".to_vec()).await.0, 422);
        // Nothing of it stays.
        let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM upload").fetch_one(house.state().db.read()).await.unwrap();
        assert_eq!(rows, 0);
        let kept = std::fs::read_dir(house.data_dir().join("media")).unwrap().count();
        assert_eq!(kept, 0);

        // Where a picture was taken stays with us; what hides behind its pixels is gone.
        let mut polyglot = jpeg_with_place();
        polyglot.extend(b"<script>alert(1)</script>PK\x03\x04");
        let (_, file) = house.bring("image", "C:\\fakepath\\..\\shop.jpg", polyglot).await;
        assert_eq!((&file["name"], &file["width"]), (&json!("shop.jpg"), &json!(80)));
        let url = format!("/a/{}/upload/{}", house.account, file["id"].as_str().unwrap());
        let answer = house.owner.send(Method::GET, &url, None).await;
        assert_eq!(answer.headers()["content-type"], "image/jpeg");
        let bytes = answer.bytes().await.unwrap();
        for mark in [&b"GPS"[..], b"Exif", b"<script", b"PK\x03\x04"] {
            assert!(!bytes.windows(mark.len()).any(|window| window == mark));
        }
        // Somebody else's files, and files as something that they are not.
        let (_, room) = house.met("Ken").await;
        let send = async |kind: &str, id: &str| {
            let file = json!({ "id": id, "kind": kind, "name": "x", "content_type": "", "size": 1 });
            let draft = json!({ "bubbles": [{ "kind": kind, "file": file }] });
            house.owner.call("chat/send", json!({ "account": house.account, "room": room["id"], "key": key(), "draft": draft })).await
        };
        assert_eq!(send("image", "12345").await, (422, json!({ "error": "field", "field": "file", "reason": { "reason": "gone" } })));
        assert_eq!(send("video", file["id"].as_str().unwrap()).await.0, 422);
        let request = house.owner.http.post(format!("{}/a/{}/upload?kind=file&name=x", house.url, house.account));
        let cross = request.header("sec-fetch-site", "cross-site").header("cookie", &house.owner.cookie).body("x").send().await.unwrap();
        assert_eq!(cross.status(), 403);
        house.check().await;
    }

    async fn files_that_nobody_sent_are_swept_away(house: House) {
        house.set("never", false, false, 30).await;
        let (_, room) = house.met("Ken").await;
        let loose = house.file("image", "loose.png", png(40, 40)).await;
        let kept = house.file("image", "kept.png", png(50, 50)).await;
        let sent = house.send_bubbles(&room, vec![kept]).await;
        house.delivery(&room, &sent[0]).await;
        sqlx::query("UPDATE upload SET created_at = 1").execute(house.state().db.read()).await.unwrap();
        sqlx::query("UPDATE job SET run_at = 1 WHERE kind = 'sweep'").execute(house.state().db.read()).await.unwrap();
        let url = format!("/a/{}/upload/{}", house.account, loose["file"]["id"].as_str().unwrap());
        until(async || (house.owner.page(&url).await.0 == 404).then_some(())).await;
        let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM upload").fetch_one(house.state().db.read()).await.unwrap();
        assert_eq!(rows, 1);
        house.check().await;
    }
}
