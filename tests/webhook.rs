//! Receiving: signatures, duplicates, order, everything LINE may send.

use crate::{fixture::until, on_both};
use engawa::line::signature;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn post(house: &crate::fixture::House, path: &str, body: Vec<u8>, signed: &str) -> u16 {
    let request = house.line.http.post(format!("{}/line/webhook/{path}", house.url)).header(signature::HEADER, signed);
    request.body(body).send().await.unwrap().status().as_u16()
}

async fn deliver(house: &crate::fixture::House, body: &Value) -> u16 {
    let body = body.to_string().into_bytes();
    let signed = signature::sign(house.line.secret(), &body);
    post(house, &house.account, body, &signed).await
}

fn event(kind: &str, id: &str, at: i64, extra: Value) -> Value {
    let mut event = json!({"type": kind, "webhookEventId": id, "timestamp": at, "mode": "active",
        "source": {"type": "user", "userId": "U00000000000000000000000000000abc"}, "deliveryContext": {"isRedelivery": false}});
    event.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    event
}

fn text(id: &str, at: i64, words: &str) -> Value {
    event(
        "message",
        id,
        at,
        json!({"replyToken": format!("r{id}"), "message": {"id": format!("9{at}"), "type": "text", "text": words}}),
    )
}

on_both! {
    async fn a_bad_signature_and_an_unknown_account_get_the_same_answer(house: House) {
        let body = json!({"destination": "U", "events": [text("E1", 5, "hello")]}).to_string().into_bytes();
        let signed = signature::sign(house.line.secret(), &body);
        assert_eq!(post(&house, &house.account, body.clone(), "").await, 401);
        assert_eq!(post(&house, &house.account, body.clone(), &signature::sign("0123", &body)).await, 401);
        let mut other = body.clone();
        other[20] ^= 1;
        assert_eq!(post(&house, &house.account, other, &signed).await, 401);
        assert_eq!(post(&house, "12345", body.clone(), &signed).await, 401);
        assert_eq!(post(&house, "nonsense", body.clone(), &signed).await, 401);
        assert!(house.rooms("all").await.is_empty());
        assert_eq!(post(&house, &house.account, body, &signed).await, 200);
        assert_eq!(house.rooms("all").await.len(), 1);
        // Signed, but not what LINE documents.
        let odd = b"{\"events\": 7}".to_vec();
        let signed = signature::sign(house.line.secret(), &odd);
        assert_eq!(post(&house, &house.account, odd, &signed).await, 400);
    }

    async fn an_empty_list_is_answered(house: House) {
        assert_eq!(deliver(&house, &json!({"destination": "U", "events": []})).await, 200);
    }

    async fn too_large_and_too_slow_are_refused(house: House) {
        let big = vec![b' '; (2 << 20) + 1];
        let signed = signature::sign(house.line.secret(), &big);
        assert_eq!(post(&house, &house.account, big, &signed).await, 413);
        // A sender that says it has much and sends little is not waited for without end, and holds up nobody.
        let host = house.url.strip_prefix("http://").unwrap();
        let mut slow = tokio::net::TcpStream::connect(host).await.unwrap();
        let head = format!("POST /line/webhook/{} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 100\r\n\r\n{{", house.account);
        slow.write_all(head.as_bytes()).await.unwrap();
        assert_eq!(deliver(&house, &json!({"events": [text("E1", 5, "quick")]})).await, 200);
        let mut answer = vec![0; 64];
        let read = tokio::time::timeout(Duration::from_secs(15), slow.read(&mut answer)).await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&answer[..read]).contains("408"), "{}", String::from_utf8_lossy(&answer));
    }

    async fn duplicates_are_one_and_late_ones_find_their_place(house: House) {
        let now = engawa::time::now();
        let first = text("E1", now - 2000, "one");
        let events = json!({"events": [text("E3", now, "three"), first.clone(), first.clone()]});
        assert_eq!(deliver(&house, &events).await, 200);
        assert_eq!(deliver(&house, &json!({"events": [first]})).await, 200);
        // The same thing, many times at once.
        let again = json!({"events": [text("E2", now - 1000, "two")]});
        let all = futures_util::future::join_all((0..20).map(|_| deliver(&house, &again))).await;
        assert!(all.iter().all(|status| *status == 200));
        let rooms = house.rooms("inbox").await;
        assert_eq!((rooms.len(), rooms[0]["unread"].as_i64()), (1, Some(3)));
        assert_eq!(rooms[0]["last"]["text"], "three");
        let words: Vec<_> = house.messages(&rooms[0]).await.iter().map(|m| m["content"]["text"].as_str().unwrap().to_owned()).collect();
        assert_eq!(words, ["one", "two", "three"]);
        house.check().await;
    }

    async fn unknown_events_and_fields_are_kept(house: House) {
        let now = engawa::time::now();
        let odd = event("levitate", "E1", now, json!({"height": {"metres": 3}}));
        let hologram = event("message", "E2", now + 1, json!({"message": {"id": "77", "type": "hologram", "depth": 3}}));
        let nobody = json!({"type": "accountLink", "webhookEventId": "E3", "timestamp": now, "link": {"result": "failed"}});
        assert_eq!(deliver(&house, &json!({"events": [odd, hologram, nobody], "new": 1})).await, 200);
        let messages = house.messages(&house.rooms("all").await[0]).await;
        assert_eq!(messages[0]["content"]["notice"], json!({"what": "other", "name": "levitate"}));
        assert_eq!(messages[1]["content"]["raw"]["depth"], 3);
        let kept: Vec<String> = sqlx::query_scalar("SELECT payload FROM webhook_event ORDER BY event_id").fetch_all(house.state().db.read()).await.unwrap();
        assert!(kept.len() == 3 && kept[0].contains("metres"));
    }

    async fn what_is_taken_back_is_forgotten_whichever_comes_first(house: House) {
        let now = engawa::time::now();
        let said = |id: &str, message: &str, words: &str| event("message", id, now, json!({"message": {"id": message, "type": "text", "text": words}}));
        let unsend = |id: &str, message: &str| event("unsend", id, now + 5, json!({"unsend": {"messageId": message}}));
        deliver(&house, &json!({"events": [said("E1", "101", "SECRET-A")]})).await;
        deliver(&house, &json!({"events": [unsend("E2", "101")]})).await;
        deliver(&house, &json!({"events": [unsend("E3", "102")]})).await;
        deliver(&house, &json!({"events": [said("E4", "102", "SECRET-B")]})).await;
        let room = &house.rooms("all").await[0];
        let messages = house.messages(room).await;
        let said: Vec<_> = messages.iter().filter(|m| m["direction"] == "in").collect();
        assert!(said.len() == 2 && said.iter().all(|m| m["content"]["type"] == "unsent"), "{messages:?}");
        let left: Vec<String> = sqlx::query_scalar("SELECT payload FROM webhook_event WHERE payload LIKE '%SECRET%'").fetch_all(house.state().db.read()).await.unwrap();
        assert_eq!(left, Vec::<String>::new());
        assert!(!room.to_string().contains("SECRET"));
        house.check().await;
    }

    async fn friends_come_and_go(house: House) {
        let user = house.line.friend("เหมียว").await;
        let room = house.room("เหมียว").await;
        assert_eq!((room["friendship"].as_str(), room["unread"].as_i64()), (Some("friend"), Some(0)));
        house.line.control(&format!("users/{user}/block"), json!({"channel": house.line.channel_id()})).await;
        until(async || (house.room("เหมียว").await["friendship"] == "gone").then_some(())).await;
        house.line.control(&format!("users/{user}/follow"), json!({"channel": house.line.channel_id()})).await;
        until(async || (house.room("เหมียว").await["friendship"] == "friend").then_some(())).await;
        let notices: Vec<_> = house.messages(&room).await.iter().map(|m| m["content"]["notice"]["what"].as_str().unwrap().to_owned()).collect();
        assert_eq!(notices, ["followed", "blocked", "unblocked"]);
    }

    async fn groups_have_names_and_members(house: House) {
        let (a, b) = (house.line.friend("Keiko").await, house.line.friend("Tom").await);
        let group = house.line.control("groups", json!({"name": "Yoga retreat", "members": [a, b], "channel": house.line.channel_id()})).await;
        let room = house.room("Yoga retreat").await;
        assert_eq!(room["kind"], "group");
        let body = json!({"room": group["id"], "message": {"type": "text", "text": "see you"}});
        house.line.control(&format!("users/{a}/say"), body).await;
        until(async || {
            let messages = house.messages(&room).await;
            messages.iter().any(|m| m["content"]["text"] == "see you" && m["person"]["name"] == "Keiko").then_some(())
        }).await;
        until(async || (house.room("Yoga retreat").await["members"] == 2).then_some(())).await;
        house.line.control(&format!("groups/{}/leave", group["id"].as_str().unwrap()), json!({"users": [b]})).await;
        until(async || house.messages(&room).await.iter().any(|m| m["content"]["notice"]["what"] == "members_left").then_some(())).await;
    }

    async fn pictures_are_fetched_kept_and_served_to_operators_only(house: House) {
        let user = house.line.friend("Ken").await;
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(900, 600, image::Rgb([40, 110, 80])).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let base64 = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, png.get_ref());
        let body = json!({"room": house.line.channel_id(), "message": {"type": "image"}, "base64": base64, "mime": "image/png", "preparing": 300});
        let said = house.line.control(&format!("users/{user}/say"), body).await;
        let room = house.room("Ken").await;
        let media = until(async || {
            let messages = house.messages(&room).await;
            let media = messages.iter().find(|m| !m["media"].is_null())?["media"].clone();
            (media["state"] == "ready").then_some(media)
        }).await;
        assert_eq!((media["width"].as_i64(), media["height"].as_i64()), (Some(900), Some(600)));
        let path = format!("/media/{}/{}", house.account, media["id"].as_str().unwrap());
        let answer = house.owner.send(reqwest::Method::GET, &path, None).await;
        assert_eq!(answer.headers()["content-type"], "image/png");
        assert_eq!(answer.headers()["content-security-policy"], "default-src 'none'; sandbox");
        assert_eq!(answer.bytes().await.unwrap(), png.get_ref().as_slice());
        let thumb = house.owner.send(reqwest::Method::GET, &format!("{path}/thumb"), None).await;
        assert_eq!(thumb.headers()["content-type"], "image/jpeg");
        assert_eq!(crate::fixture::Browser::new(&house.url).page(&path).await.0, 401);
        // Taken back: gone from the disk as well.
        let files = || std::fs::read_dir(house.data_dir().join("media")).unwrap().flatten().filter(|e| e.path().is_dir()).flat_map(|d| std::fs::read_dir(d.path()).unwrap()).count();
        assert_eq!(files(), 2);
        house.line.control(&format!("users/{user}/unsend"), json!({"messageId": said["messageId"]})).await;
        until(async || (files() == 0).then_some(())).await;
        assert_eq!(house.owner.page(&path).await.0, 404);
        house.check().await;
    }
}
