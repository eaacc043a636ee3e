//! Ends: leaving a group, deleting a room and bringing it back, and nothing being left in the end.

use crate::{
    fixture::{House, until},
    notes::{colleague, key},
    on_both,
};
use serde_json::{Value, json};
use std::path::PathBuf;

fn of(house: &House, room: &Value) -> Value {
    json!({"account": house.account, "room": room["id"]})
}

async fn count(house: &House, table: &'static str, condition: &str) -> i64 {
    let statement = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table} WHERE {condition}"));
    sqlx::query_scalar(statement).fetch_one(house.state().db.read()).await.unwrap()
}

/// As if the room had been deleted 31 days ago.
async fn age(house: &House, room: &Value) {
    let mut tx = house.state().db.begin().await.unwrap();
    let (month, id) = (31 * engawa::time::DAY, room["id"].as_str().unwrap().parse::<i64>().unwrap());
    for statement in [
        "UPDATE room SET deleted_at = deleted_at - $1 WHERE id = $2",
        "UPDATE job SET run_at = run_at - $1 WHERE kind = 'purge' AND subject = $2",
    ] {
        sqlx::query(statement).bind(month).bind(id).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    house.state().jobs.notify_one();
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(path)) } else { found.push(path) }
    }
    found
}

/// A friend sends a picture, over their phone's own way.
async fn picture(house: &House, user: &str, grey: u8) {
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(40, 30, image::Luma([grey])).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let part = reqwest::multipart::Part::bytes(png.into_inner()).file_name("a.png").mime_str("image/png").unwrap();
    let form = reqwest::multipart::Form::new().text("room", house.line.channel_id().to_owned()).part("file", part);
    let url = format!("{}/simulator/api/users/{user}/upload", house.line.url);
    let answer = house.line.http.post(url).multipart(form).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

on_both! {
    async fn a_deleted_room_is_nowhere_and_comes_back_as_it_was(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "canaryword").await;
        let room = until(async || Some(house.room("Ken").await).filter(|room| room["unread"] == 1)).await;
        let before = house.counts().await;
        let messages = house.messages(&room).await;
        let (aoi, _) = colleague(&house, "Aoi", "aoi@example.com").await;
        assert_eq!(aoi.call("chat/delete_room", of(&house, &room)).await.0, 200);
        for filter in ["all", "inbox", "unread", "follow_up", "resolved", "spam"] {
            assert_eq!(house.rooms(filter).await, Vec::<Value>::new(), "{filter}");
        }
        assert_eq!(house.counts().await, json!({"all": 0, "inbox": 0, "unread": 0, "follow_up": 0, "resolved": 0, "spam": 0}));
        let with = |more: Value| {
            let mut body = of(&house, &room);
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let nothing = [
            ("chat/open_room", json!({})),
            ("chat/older_messages", json!({"before": i64::MAX.to_string()})),
            ("chat/newer_messages", json!({"from": "1"})),
            ("chat/messages_around", json!({"message": messages[1]["id"]})),
            ("chat/event_json", json!({"message": messages[1]["id"]})),
            ("chat/fetch_again", json!({"message": messages[1]["id"]})),
            ("chat/send_text", json!({"key": key(), "text": "x"})),
            ("chat/set_state", json!({"state": "open"})),
            ("chat/set_spam", json!({"spam": false})),
            ("chat/add_note", json!({"key": key(), "text": "x", "mentions": []})),
            ("chat/be_here", json!({"tab": "aoistab1", "sign": "looking"})),
            ("chat/delete_room", json!({})),
        ];
        for (function, more) in nothing {
            let (status, answer) = house.owner.call(function, with(more)).await;
            assert_eq!(status, 404, "{function}: {answer}");
            assert!(!answer.to_string().contains("canaryword"), "{function}");
        }
        let path = format!("/a/{}/history/{}.csv", house.account, room["id"].as_str().unwrap());
        assert_eq!(house.owner.page(&path).await.0, 404);
        assert!(!house.owner.page(&format!("/a/{}/history.csv", house.account)).await.1.contains("canaryword"));
        house.check().await;

        let page = house.call("chat/deleted_rooms", json!({"account": house.account, "after": null})).await;
        let gone = &page["rooms"][0];
        assert_eq!((&gone["name"], &gone["by"]), (&json!("Ken"), &json!("Aoi")));
        assert_eq!(gone["until"].as_i64().unwrap() - gone["at"].as_i64().unwrap(), 30 * engawa::time::DAY);
        assert_eq!(aoi.call("chat/restore_room", of(&house, &room)).await.0, 200);
        assert_eq!(house.counts().await, before);
        assert_eq!(house.messages(&room).await, messages);
        assert_eq!(aoi.call("chat/restore_room", of(&house, &room)).await.0, 404, "twice is once");
        house.line.say(&user, "still the same room").await;
        until(async || (house.rooms("all").await.len() == 1 && house.room("Ken").await["unread"] == 2).then_some(())).await;
        house.check().await;
    }

    async fn spam_comes_back_as_spam(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        house.call("chat/set_spam", json!({"account": house.account, "room": room["id"], "spam": true})).await;
        house.call("chat/delete_room", of(&house, &room)).await;
        assert_eq!(house.counts().await["spam"], 0);
        house.call("chat/restore_room", of(&house, &room)).await;
        assert_eq!((&house.counts().await["spam"], &house.counts().await["all"]), (&json!(1), &json!(0)));
        house.check().await;
    }

    /// LINE's manager begins afresh, and so do we: the old words are not shown by accident. But who brings the old
    /// room back has one room, with what came since at its end.
    async fn whoever_writes_again_begins_anew_until_it_is_brought_back(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "old words").await;
        let old = until(async || Some(house.room("Ken").await).filter(|room| room["unread"] == 1)).await;
        house.call("chat/delete_room", of(&house, &old)).await;
        house.line.say(&user, "new words").await;
        let new = house.room("Ken").await;
        assert_ne!(new["id"], old["id"]);
        until(async || (house.room("Ken").await["friendship"] == "friend").then_some(())).await;
        let opened = house.open(&new).await.to_string();
        assert!(opened.contains("new words") && !opened.contains("old words"));
        let answer = house.send(&new, "hello again").await;
        assert_eq!(house.delivery(&new, &answer).await["state"], "sent");
        house.call("chat/restore_room", of(&house, &old)).await;
        let rooms = house.rooms("all").await;
        assert_eq!((rooms.len(), &rooms[0]["id"], &rooms[0]["last"]["text"]), (1, &old["id"], &json!("hello again")));
        let texts: Vec<_> = house.messages(&old).await.iter().filter_map(|m| m["content"]["text"].as_str().map(str::to_owned)).collect();
        assert_eq!(texts, ["old words", "new words", "hello again"]);
        // The empty room that is left goes by itself, and is offered to nobody.
        let page = house.call("chat/deleted_rooms", json!({"account": house.account, "after": null})).await;
        assert_eq!(page["rooms"], json!([]));
        until(async || (count(&house, "room", "1 = 1").await == 1).then_some(())).await;
        house.line.say(&user, "one more").await;
        until(async || (house.room("Ken").await["last"]["text"] == "one more").then_some(())).await;
        assert_eq!(house.rooms("all").await.len(), 1);
        house.check().await;
    }

    async fn after_thirty_days_nothing_is_left(house: House) {
        let (ken, mai) = (house.line.friend("Kencanary").await, house.line.friend("Mai").await);
        house.line.say(&ken, "wordcanary").await;
        picture(&house, &ken, 10).await;
        // The same picture in another room stays there.
        picture(&house, &ken, 99).await;
        picture(&house, &mai, 99).await;
        let room = house.room("Kencanary").await;
        let ready = async |name: &str| {
            let messages = house.messages(&house.room(name).await).await;
            messages.iter().filter(|m| m["media"]["state"] == "ready").count()
        };
        until(async || (ready("Kencanary").await == 2 && ready("Mai").await == 1).then_some(())).await;
        let kept = files(house.data_dir().join("media")).len();
        let body = json!({"account": house.account, "room": room["id"], "key": key(), "text": "notecanary @Mika", "mentions": []});
        house.call("chat/add_note", body).await;
        let media = house.messages(&room).await.iter().find_map(|m| m["media"]["id"].as_str().map(str::to_owned)).unwrap();
        let media = format!("/media/{}/{media}", house.account);
        assert_eq!(house.owner.page_status(&media).await, 200);
        house.call("chat/delete_room", of(&house, &room)).await;
        assert_eq!(house.owner.page_status(&media).await, 404);
        assert_eq!(files(house.data_dir().join("media")).len(), kept, "nothing is lost yet");
        age(&house, &room).await;
        assert_eq!(house.owner.call("chat/restore_room", of(&house, &room)).await.0, 404, "too late");
        let id = room["id"].as_str().unwrap();
        until(async || (count(&house, "room", &format!("id = {id}")).await == 0).then_some(())).await;
        for (table, condition) in [
            ("message", format!("room_id = {id}")),
            ("media", format!("room_id = {id}")),
            ("mention", format!("room_id = {id}")),
            ("contact", "name LIKE '%canary%'".into()),
            ("webhook_event", "payload LIKE '%canary%'".into()),
            ("job", "kind = 'purge'".into()),
        ] {
            assert_eq!(count(&house, table, &condition).await, 0, "{table}");
        }
        assert_eq!(ready("Mai").await, 1);
        // A picture is a file and a small one: the one that only this room showed is gone.
        until(async || (files(house.data_dir().join("media")).len() == kept - 2).then_some(())).await;
        house.check().await;
        // Who writes after that is somebody new.
        house.line.say(&ken, "hello").await;
        let new = house.room("Kencanary").await;
        assert_eq!(house.messages(&new).await.len(), 1);
        house.check().await;
    }

    async fn who_manages_may_end_it_sooner(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "hello").await;
        let room = house.room("Ken").await;
        let (aoi, _) = colleague(&house, "Aoi", "aoi@example.com").await;
        assert_eq!(house.owner.call("chat/purge_room", of(&house, &room)).await.0, 404, "not deleted");
        house.call("chat/delete_room", of(&house, &room)).await;
        assert_eq!(aoi.call("chat/purge_room", of(&house, &room)).await.0, 403);
        house.call("chat/purge_room", of(&house, &room)).await;
        until(async || (count(&house, "room", "1 = 1").await == 0).then_some(())).await;
        assert_eq!(count(&house, "message", "1 = 1").await, 0);
        house.check().await;
    }

    async fn what_waits_to_be_sent_is_not_sent(house: House) {
        let user = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        // Spends the free answer: what follows is pushed, and pushes are tried again.
        let first = house.send(&room, "in time").await;
        assert_eq!(house.delivery(&room, &first).await["state"], "sent");
        house.line.fault(json!({"kind": "server_error", "path": "/message/push", "remaining": 30})).await;
        let message = house.send(&room, "too late").await;
        until(async || (house.messages(&room).await.last()?["delivery"]["waiting"] == true).then_some(())).await;
        house.call("chat/delete_room", of(&house, &room)).await;
        assert_eq!(count(&house, "job", "kind = 'send'").await, 0);
        house.check().await;
        house.call("chat/restore_room", of(&house, &room)).await;
        assert_eq!(house.delivery(&room, &message).await, json!({"state": "failed", "why": {"why": "room_deleted"}}));
        assert_eq!(house.line.seen(&user).await, ["in time"]);
        house.check().await;
    }

    async fn a_group_is_left_at_line_and_says_so(house: House) {
        let (ken, aoi) = (house.line.friend("Ken").await, house.line.friend("葵").await);
        let new = json!({"name": "Yoga", "members": [ken, aoi], "channel": house.line.channel_id()});
        let group = house.line.control("groups", new).await["id"].as_str().unwrap().to_owned();
        let say = json!({"room": group, "message": {"type": "text", "text": "hi all"}});
        house.line.control(&format!("users/{ken}/say"), say.clone()).await;
        let room = house.room("Yoga").await;
        let (operator, _) = colleague(&house, "Aoi", "aoi@example.com").await;
        assert_eq!(operator.call("chat/leave_group", of(&house, &room)).await.0, 403);
        let user = house.room("Ken").await;
        assert_eq!(house.owner.call("chat/leave_group", of(&house, &user)).await.0, 409, "a friend is no group");
        house.line.fault(json!({"kind": "server_error", "path": "/leave", "remaining": 1})).await;
        let (status, why) = house.owner.call("chat/leave_group", of(&house, &room)).await;
        assert_eq!((status, &why["reason"]["reason"]), (422, &json!("line_unreachable")));
        assert_eq!(house.room("Yoga").await["friendship"], "friend", "nothing has happened");
        house.call("chat/leave_group", of(&house, &room)).await;
        let left = house.room("Yoga").await;
        assert_eq!((&left["friendship"], &left["last"]["notice"]["what"]), (&json!("gone"), &json!("left")));
        assert!(left["reply_until"].is_null());
        let last = house.messages(&room).await.pop().unwrap();
        assert_eq!((&last["content"]["notice"]["what"], &last["operator"]["name"]), (&json!("left"), &json!("Mika")));
        // The phones see it too, and what they say is no longer heard.
        let shown = house.line.get(&format!("messages?room={group}")).await.to_string();
        assert!(shown.contains("left"), "{shown}");
        house.line.control(&format!("users/{ken}/say"), say).await;
        house.call("chat/leave_group", of(&house, &room)).await;
        let told = house.messages(&room).await.iter().filter(|m| m["content"]["notice"]["what"] == "left").count();
        assert_eq!(told, 1, "twice is once");
        house.check().await;
    }
}
