//! What a room tells: every event in words, quotations, sets of pictures, players, and the way to one message.

use crate::{
    fixture::{House, until},
    on_both,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

const USER: &str = "U00000000000000000000000000000abc";

async fn deliver(house: &House, events: &[Value]) {
    let body = json!({ "channel": house.line.channel_id(), "body": { "destination": "U", "events": events } });
    house.line.control("raw-webhook", body).await;
}

fn event(kind: &str, id: &str, at: i64, extra: Value) -> Value {
    let mut event = json!({"type": kind, "webhookEventId": id, "timestamp": at, "mode": "active",
        "source": {"type": "user", "userId": USER}, "deliveryContext": {"isRedelivery": false}});
    event.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    event
}

fn said(id: &str, at: i64, words: &str) -> Value {
    event("message", &format!("E{id}"), at, json!({"message": {"id": id, "type": "text", "text": words}}))
}

/// The only room, once it has this many messages.
async fn filled(house: &House, count: usize) -> (Value, Vec<Value>) {
    until(async || {
        let room = house.rooms("all").await.first().cloned()?;
        let messages = house.messages(&room).await;
        (messages.len() >= count).then_some((room, messages))
    })
    .await
}

fn path(house: &House, room: &Value, query: &str) -> String {
    format!("/a/{}/chats/all/{}{query}", house.account, room["id"].as_str().unwrap())
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([40, 110, 80]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn send_bytes(house: &House, user: &str, message: Value, bytes: &[u8], mime: &str) -> String {
    let base64 = BASE64_STANDARD.encode(bytes);
    let body = json!({ "room": house.line.channel_id(), "message": message, "base64": base64, "mime": mime });
    let said = house.line.control(&format!("users/{user}/say"), body).await;
    said["messageId"].as_str().unwrap().to_owned()
}

/// The message of this LINE id, once its bytes are in this state.
async fn with_media(house: &House, room: &Value, line_id: &str, state: &str) -> Value {
    until(async || {
        let messages = house.messages(room).await;
        messages.into_iter().find(|message| message["line_id"] == line_id && message["media"]["state"] == state)
    })
    .await
}

on_both! {
    async fn every_event_is_told_in_words_with_its_json(house: House) {
        let now = engawa::time::now() - 1_000_000;
        let postback = |data: &str, params: Value| json!({ "replyToken": "r", "postback": { "data": data, "params": params } });
        let events = [
            event("follow", "E0", now, json!({ "follow": { "isUnblocked": false } })),
            event("postback", "E1", now + 1, postback("book=1", Value::Null)),
            event("postback", "E2", now + 2, postback("when", json!({ "datetime": "2026-12-01T10:00" }))),
            event("postback", "E3", now + 3, postback("tab", json!({ "newRichMenuAliasId": "winter", "status": "SUCCESS" }))),
            event("beacon", "E4", now + 4, json!({ "beacon": { "hwid": "d41d8cd98f", "type": "enter" } })),
            event("accountLink", "E5", now + 5, json!({ "link": { "result": "ok", "nonce": "NONCE" } })),
            event("membership", "E6", now + 6, json!({ "membership": { "type": "joined", "membershipId": 7 } })),
            event("videoPlayComplete", "E7", now + 7, json!({ "videoPlayComplete": { "trackingId": "spring-film" } })),
            event("levitate", "E8", now + 8, json!({ "height": { "metres": 3, "mark": "</pre><script>x" } })),
        ];
        deliver(&house, &events).await;
        let (room, messages) = filled(&house, events.len()).await;
        let page = house.owner.page(&path(&house, &room, "?lang=en")).await.1;
        for words in [
            "Became a friend", "Tapped “book=1”", "Picked 2026-12-01 10:00 (“when”)", "Opened the menu “winter”", "Came near a beacon",
            "Linked their user account", "Joined a membership", "Watched the video “spring-film” to its end", "Event: levitate",
        ] {
            assert!(page.contains(words), "{words} in {page}");
        }
        let call = |message: &Value| json!({ "account": house.account, "room": room["id"], "message": message["id"] });
        let json = house.call("chat/event_json", call(&messages[8])).await;
        let raw: Value = serde_json::from_str(json.as_str().unwrap()).unwrap();
        assert_eq!(raw, events[8], "as it came");
        assert_eq!(house.owner.call("chat/event_json", json!({ "account": house.account, "room": room["id"], "message": "1" })).await.0, 404);
        // In another room's name nobody gets it.
        let mut elsewhere = call(&messages[8]);
        elsewhere["room"] = "1".into();
        assert_eq!(house.owner.call("chat/event_json", elsewhere).await.0, 404);
        house.check().await;
    }

    /// Told when and what, without the words; the words are nowhere.
    async fn what_is_changed_and_taken_back_is_told_without_the_words(house: House) {
        let now = engawa::time::now() - 1_000_000;
        let edit = |id: &str, at: i64, words: &str| event("messageEdited", id, at, json!({ "message": { "id": "101", "type": "text", "text": words } }));
        deliver(&house, &[said("101", now, "SECRET-A"), said("102", now + 1, "and then?")]).await;
        deliver(&house, &[edit("X1", now + 60_000, "SECRET-B")]).await;
        let (room, messages) = filled(&house, 3).await;
        assert_eq!((messages[0]["content"]["text"].as_str(), messages[0]["edited"].as_bool()), (Some("SECRET-B"), Some(true)));
        assert_eq!(messages[2]["content"]["notice"], json!({ "what": "changed", "message": "101" }));
        assert_eq!((messages[2]["at"].as_i64(), &messages[2]["quote"]["id"]), (Some(now + 60_000), &messages[0]["id"]));
        assert_eq!(room["last"]["text"], "and then?", "the last thing that was said");
        // Changed once more and taken back in one delivery.
        deliver(&house, &[edit("X2", now + 70_000, "SECRET-C"), event("unsend", "X3", now + 80_000, json!({ "unsend": { "messageId": "101" } }))]).await;
        // Late news of a change that was taken back already.
        deliver(&house, &[edit("X4", now + 75_000, "SECRET-D")]).await;
        let (room, messages) = filled(&house, 6).await;
        let whats: Vec<_> = messages.iter().filter_map(|m| m["content"]["notice"]["what"].as_str()).collect();
        assert_eq!(whats, ["changed", "changed", "changed", "took_back"]);
        assert_eq!(messages[0]["content"]["type"], "unsent");
        let page = house.owner.page(&path(&house, &room, "?lang=en")).await.1;
        assert!(page.contains("Changed a message") && page.contains("Took back a message"), "{page}");
        assert!(!page.contains("SECRET"));
        let left: Vec<String> = sqlx::query_scalar("SELECT payload FROM webhook_event WHERE payload LIKE '%SECRET%'").fetch_all(house.state().db.read()).await.unwrap();
        assert_eq!(left, Vec::<String>::new());
        assert_eq!(room["unread"], 2, "an event is nothing unread");
        house.check().await;
    }

    async fn a_room_opens_at_one_of_its_messages(house: House) {
        let now = engawa::time::now() - 1_000_000;
        let all: Vec<Value> = (0..230).map(|n| said(&format!("7{n:04}"), now + n, &format!("word {n:03}"))).collect();
        for some in all.chunks(100) {
            deliver(&house, some).await;
        }
        let room = until(async || house.rooms("all").await.first().cloned().filter(|room| room["unread"] == 230)).await;
        let call = |message: &Value| json!({ "account": house.account, "room": room["id"], "message": message, "from": message, "before": message });
        let texts = |page: &Value| -> Vec<String> {
            page["messages"].as_array().unwrap().iter().map(|m| m["content"]["text"].as_str().unwrap().to_owned()).collect()
        };
        let words = |numbers: std::ops::Range<usize>| numbers.map(|n| format!("word {n:03}")).collect::<Vec<_>>();
        let latest = house.open(&room).await;
        let page = house.call("chat/older_messages", call(&latest["messages"][0]["id"])).await;
        let target = page["messages"][20]["id"].clone();
        let around = house.call("chat/messages_around", call(&target)).await;
        assert_eq!(texts(&around), words(100..200), "a page before it, and one from it on");
        assert_eq!((&around["older"], &around["newer"], &around["target"]), (&json!(true), &json!(true), &target));
        // On to the present, without a gap and without an end.
        let end = &around["messages"].as_array().unwrap().last().unwrap()["id"];
        let newer = house.call("chat/newer_messages", call(end)).await;
        assert_eq!((texts(&newer), &newer["newer"]), (words(199..230), &json!(false)));
        let first = house.call("chat/messages_around", call(&house.call("chat/messages_around", call(&target)).await["messages"][0]["id"])).await;
        assert_eq!((texts(&first), &first["older"]), (words(50..150), &json!(true)));
        // The page that a link opens has it, marked, and not the latest.
        let query = format!("?lang=en&message={}", target.as_str().unwrap());
        let (status, page) = house.owner.page(&path(&house, &room, &query)).await;
        assert_eq!(status, 200);
        let anchor = |message: &Value| format!("id=\"m{}\"", message.as_str().unwrap());
        assert!(page.contains(&anchor(&around["messages"][0]["id"])) && page.contains("word 150"), "{page}");
        assert!(!page.contains(&anchor(&latest["messages"][49]["id"])), "the present is not shown");
        let (_, tag) = page.split_once(&anchor(&target)).unwrap();
        assert!(tag.split_once('>').unwrap().0.contains("say--marked"), "{page}");
        assert_eq!(page.matches("say--marked").count(), 1);
        // One that is not there is said, and the room is shown all the same.
        let (status, page) = house.owner.page(&path(&house, &room, "?lang=en&message=12345")).await;
        assert!(status == 200 && page.contains("The message that this link leads to is not here") && page.contains("word 229"));
        assert_eq!(house.owner.call("chat/messages_around", call(&json!("12345"))).await.0, 404);
        let (_, page) = house.owner.page(&path(&house, &room, "?lang=en&message=nonsense")).await;
        // The head carries every text of its language: only the body is shown.
        let (_, shown) = page.split_once("<body").unwrap();
        assert!(page.contains("word 229") && !shown.contains("The message that this link leads to"));
    }

    async fn a_quotation_names_what_it_quotes_and_leads_there(house: House) {
        let now = engawa::time::now() - 1_000_000;
        let quoting = event("message", "Q1", now + 5_000, json!({ "message": { "id": "502", "type": "text", "text": "this one", "quotedMessageId": "501" } }));
        let lost = event("message", "Q2", now + 6_000, json!({ "message": { "id": "503", "type": "text", "text": "that one", "quotedMessageId": "99" } }));
        let middle: Vec<Value> = (0..60).map(|n| said(&format!("6{n:03}"), now + 1_000 + n, "between")).collect();
        deliver(&house, &[said("501", now, "the first words <b>")]).await;
        deliver(&house, &middle).await;
        deliver(&house, &[quoting, lost]).await;
        let (room, messages) = filled(&house, 50).await;
        let quote = until(async || {
            let messages = house.messages(&room).await;
            messages.iter().find(|m| m["line_id"] == "502").map(|m| m["quote"].clone())
        }).await;
        assert_eq!((quote["text"].as_str(), quote["kind"].as_str(), quote["direction"].as_str()), (Some("the first words <b>"), Some("text"), Some("in")));
        assert!(messages.iter().all(|m| m["id"] != quote["id"]), "it is not among the latest");
        let page = house.owner.page(&path(&house, &room, "?lang=en")).await.1;
        assert!(page.contains("the first words &lt;b&gt;") && page.contains("Quotes an earlier message"), "{page}");
        assert!(page.contains(&format!("?message={}\"", quote["id"].as_str().unwrap())), "{page}");
        // Taken back: its words are gone from the quotation too.
        deliver(&house, &[event("unsend", "Q3", now + 9_000, json!({ "unsend": { "messageId": "501" } }))]).await;
        until(async || {
            let messages = house.messages(&room).await;
            let quote = &messages.iter().find(|m| m["line_id"] == "502")?["quote"];
            (quote["kind"] == "unsent" && quote["text"] == "").then_some(())
        }).await;
    }

    async fn pictures_of_a_set_come_in_any_order_and_go_one_by_one(house: House) {
        let ken = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let mut ids = Vec::new();
        for index in [3, 1, 2] {
            let message = json!({ "type": "image", "imageSet": { "id": "SET", "index": index, "total": 3 } });
            ids.push((index, send_bytes(&house, &ken, message, &png(40 * index, 30), "image/png").await));
            // Somebody may speak between them.
            house.line.say(&ken, &format!("between {index}")).await;
        }
        for (_, id) in &ids {
            with_media(&house, &room, id, "ready").await;
        }
        let widths = async || -> Vec<u32> {
            let page = house.owner.page(&path(&house, &room, "")).await.1;
            let Some((_, rest)) = page.split_once("class=\"msg-set\"") else { return Vec::new() };
            let set = rest.split_once("</ul>").unwrap().0.to_owned();
            set.split(" width=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0.parse().unwrap()).collect()
        };
        assert_eq!(widths().await, [40, 80, 120], "in the order of the set, in one grid, with their room reserved");
        let second = &ids.iter().find(|(index, _)| *index == 2).unwrap().1;
        house.line.control(&format!("users/{ken}/unsend"), json!({ "messageId": second })).await;
        until(async || (widths().await == [40, 120]).then_some(())).await;
        let page = house.owner.page(&path(&house, &room, "?lang=en")).await.1;
        assert!(page.contains("bubble--unsent"), "{page}");
        house.check().await;
    }

    async fn films_have_a_poster_and_can_be_sought(house: House) {
        let ken = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let mut film = b"\0\0\0\x18ftypisom".to_vec();
        film.extend((0..5_000_u32).flat_map(u32::to_be_bytes));
        let id = send_bytes(&house, &ken, json!({ "type": "video", "duration": 4_000 }), &film, "video/mp4").await;
        let message = with_media(&house, &room, &id, "ready").await;
        assert_eq!((message["media"]["width"].as_i64(), message["media"]["height"].as_i64()), (Some(240), Some(160)));
        let path_of = format!("/media/{}/{}", house.account, message["id"].as_str().unwrap());
        let page = house.owner.page(&path(&house, &room, "")).await.1;
        assert!(page.contains(&format!("poster=\"{path_of}/thumb\"")) && page.contains("aspect-ratio: 240 / 160"), "{page}");
        assert!(page.contains(&format!("href=\"{path_of}\" download=\"line-video-")), "{page}");
        let poster = house.owner.send(reqwest::Method::GET, &format!("{path_of}/thumb"), None).await;
        assert_eq!(poster.headers()["content-type"], "image/jpeg");
        assert_eq!(image::load_from_memory(&poster.bytes().await.unwrap()).unwrap().width(), 240);
        let ask = async |range: &str| {
            let request = house.owner.http.get(format!("{}{path_of}", house.url)).header("range", range);
            request.header("cookie", &house.owner.cookie).header("sec-fetch-site", "same-origin").send().await.unwrap()
        };
        for (range, wanted) in [("bytes=0-", 0..film.len()), ("bytes=100-199", 100..200), ("bytes=-20", film.len() - 20..film.len())] {
            let answer = ask(range).await;
            assert_eq!(answer.status(), 206, "{range}");
            let told = format!("bytes {}-{}/{}", wanted.start, wanted.end - 1, film.len());
            assert_eq!(answer.headers()["content-range"], told.as_str());
            assert_eq!(answer.headers()["accept-ranges"], "bytes");
            assert_eq!(answer.bytes().await.unwrap(), film[wanted]);
        }
        let behind = ask("bytes=999999-").await;
        assert_eq!((behind.status().as_u16(), behind.headers()["content-range"].to_str().unwrap()), (416, format!("bytes */{}", film.len()).as_str()));
        assert_eq!(ask("bytes=0-1,5-6").await.status(), 200, "all of it, as the standard allows");
        // A sound has no poster, and says so instead of giving itself.
        let id = send_bytes(&house, &ken, json!({ "type": "audio", "duration": 2_000 }), b"ID3\x04 and so on", "audio/mpeg").await;
        let sound = with_media(&house, &room, &id, "ready").await;
        let thumb = format!("/media/{}/{}/thumb", house.account, sound["id"].as_str().unwrap());
        assert_eq!(house.owner.page(&thumb).await.0, 404);
        // Taken back, the poster goes with the film.
        let files = || std::fs::read_dir(house.data_dir().join("media")).unwrap().flatten().filter(|e| e.path().is_dir()).flat_map(|d| std::fs::read_dir(d.path()).unwrap()).count();
        assert_eq!(files(), 3);
        house.line.control(&format!("users/{ken}/unsend"), json!({ "messageId": message["line_id"] })).await;
        until(async || (files() == 1).then_some(())).await;
        house.check().await;
    }

    async fn what_could_not_be_fetched_is_asked_for_again(house: House) {
        let ken = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let id = send_bytes(&house, &ken, json!({ "type": "image" }), &png(90, 60), "image/png").await;
        let message = with_media(&house, &room, &id, "ready").await;
        let again = json!({ "account": house.account, "room": room["id"], "message": message["id"] });
        // What is here is left alone.
        assert_eq!(house.call("chat/fetch_again", again.clone()).await["media"]["state"], "ready");
        let mut tx = house.state().db.begin().await.unwrap();
        sqlx::query("UPDATE media SET state = 'failed', sha256 = NULL WHERE account_id = $1").bind(house.account.parse::<i64>().unwrap()).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let page = house.owner.page(&path(&house, &room, "?lang=en")).await.1;
        assert!(page.contains("could not be fetched") && page.contains("Try again"), "{page}");
        let mut elsewhere = again.clone();
        elsewhere["room"] = "1".into();
        assert_eq!(house.owner.call("chat/fetch_again", elsewhere).await.0, 404);
        assert_eq!(house.call("chat/fetch_again", again).await["media"]["state"], "pending");
        with_media(&house, &room, &id, "ready").await;
        house.check().await;
    }

    /// What automations and colleagues send is drawn as its phone shows it; nothing of it can be tapped through.
    async fn messages_of_ours_are_shown_as_the_friend_sees_them(house: House) {
        let ken = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let bot = house.line.channel["bot"].as_str().unwrap().to_owned();
        let group = house.line.control("groups", json!({ "name": "Yoga", "members": [ken], "channel": house.line.channel_id() })).await;
        let text = "@Onsen @All hello";
        let mention = json!({ "type": "text", "text": text, "mention": { "mentionees": [
            { "index": 0, "length": 6, "type": "user", "userId": bot }, { "index": 7, "length": 4, "type": "all" } ] } });
        house.line.control(&format!("users/{ken}/say"), json!({ "room": group["id"], "message": mention })).await;
        let yoga = house.room("Yoga").await;
        until(async || house.messages(&yoga).await.iter().any(|m| m["content"]["mentions"][0]["isSelf"] == true).then_some(())).await;
        let page = house.owner.page(&path(&house, &yoga, "?lang=en")).await.1;
        assert!(page.contains("msg-text__mention--us\">@Onsen<") && page.contains("Mentions this account"), "{page}");
        assert!(page.contains("msg-text__mention\">@All<"), "{page}");

        let tap = json!({ "type": "postback", "label": "Book", "data": "book=1" });
        let bodies = [
            json!({ "type": "template", "altText": "A", "sender": { "name": "Concierge <b>" }, "template": { "type": "confirm", "text": "Sure?", "actions": [tap, tap] },
                "quickReply": { "items": [{ "type": "action", "action": { "type": "message", "label": "Quick one", "text": "x" } }] } }),
            json!({ "type": "flex", "altText": "B", "contents": { "type": "bubble", "body": { "type": "box", "layout": "vertical", "contents": [{ "type": "text", "text": "Flex words" }] } } }),
            json!({ "type": "coupon", "couponId": "01H" }),
        ];
        let mut tx = house.state().db.begin().await.unwrap();
        let account: i64 = house.account.parse().unwrap();
        for (n, body) in bodies.iter().enumerate() {
            let content = json!({ "type": "rich", "body": body }).to_string();
            let id = engawa::id::make::next();
            sqlx::query("INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, delivery, client_key) VALUES ($1, $2, $3, 1, 'out', 'rich', $4, $5, 'push', $6)")
                .bind(account).bind(room["id"].as_str().unwrap().parse::<i64>().unwrap()).bind(id).bind(content).bind(engawa::time::now()).bind(format!("test-key-{n:020}"))
                .execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let page = house.owner.page(&path(&house, &room, "?lang=en")).await.1;
        for wanted in ["Concierge &lt;b&gt;", "Sure?", "Quick one", "Flex words", "See the coupon", "say--automatic", "Automatic"] {
            assert!(page.contains(wanted), "{wanted} in {page}");
        }
    }
}
