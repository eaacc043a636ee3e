//! Notes among colleagues: who may write and change them, who is named, and what they leave alone.

use crate::{
    fixture::{Browser, House, PASSWORD, until},
    on_both,
};
use serde_json::{Value, json};

/// An operator of this name, logged in.
pub async fn colleague(house: &House, name: &str, email: &str) -> (Browser, String) {
    let mut browser = Browser::new(&house.url);
    let fields = [("name", name), ("email", email), ("role", "operator"), ("password", PASSWORD)];
    assert_eq!(house.owner.clone().form("team/add", &fields).await.0, 200);
    assert_eq!(browser.form("team/login", &[("email", email), ("password", PASSWORD)]).await.0, 200);
    let me = browser.form("team/me", &[]).await.1;
    (browser, me["id"].as_str().unwrap().to_owned())
}

pub fn key() -> String {
    format!("{:032x}", rand::random::<u128>())
}

async fn note(house: &House, by: &Browser, room: &Value, text: &str) -> (u16, Value) {
    let body = json!({"account": house.account, "room": room["id"], "key": key(), "text": text, "mentions": []});
    by.call("chat/add_note", body).await
}

async fn mentions(house: &House, of: &Browser) -> Value {
    of.call("chat/mentions", json!({"account": house.account, "before": null})).await.1
}

async fn unread(house: &House, of: &Browser) -> Value {
    of.call("chat/count_mentions", json!({"account": house.account})).await.1
}

on_both! {
    async fn a_note_is_in_the_room_and_changes_nothing_of_it(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "where is my order?").await;
        let room = until(async || Some(house.room("Ken").await).filter(|room| room["unread"] == 1)).await;
        house.call("chat/set_state", json!({"account": house.account, "room": room["id"], "state": "resolved"})).await;
        let before = house.room("Ken").await;
        let counts = house.counts().await;
        let (status, written) = note(&house, &house.owner, &room, "  he means #1234  ").await;
        assert_eq!(status, 200, "{written}");
        assert_eq!((&written["direction"], &written["content"]), (&json!("event"), &json!({"type": "note", "text": "he means #1234"})));
        assert_eq!(written["operator"]["name"], "Mika");
        let after = house.room("Ken").await;
        for field in ["state", "unread", "last", "at", "reply_until"] {
            assert_eq!(before[field], after[field], "{field}");
        }
        assert_eq!(house.counts().await, counts);
        assert_eq!(house.messages(&room).await.last().unwrap()["id"], written["id"]);
        // Nothing of it reaches LINE.
        assert_eq!(house.line.accepted().await, Vec::<Value>::new());
        house.check().await;
    }

    async fn the_same_key_is_one_note(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let body = json!({"account": house.account, "room": room["id"], "key": "0123456789abcdef0123", "text": "once", "mentions": []});
        let first = house.call("chat/add_note", body.clone()).await;
        assert_eq!(house.call("chat/add_note", body).await["id"], first["id"]);
        let notes = house.messages(&room).await.into_iter().filter(|m| m["content"]["type"] == "note").count();
        assert_eq!(notes, 1);
        for (text, status) in [(" \n", 422), (&*"x".repeat(5_001), 422), (&*"x".repeat(5_000), 200)] {
            assert_eq!(note(&house, &house.owner, &room, text).await.0, status, "{} characters", text.len());
        }
    }

    async fn only_its_author_and_who_manages_change_a_note(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let (aoi, _) = colleague(&house, "Aoi", "aoi@example.com").await;
        let (ren, _) = colleague(&house, "Ren", "ren@example.com").await;
        let written = note(&house, &aoi, &room, "call back").await.1;
        let edit = |text: &str| json!({"account": house.account, "room": room["id"], "message": written["id"], "text": text, "mentions": []});
        assert_eq!(ren.call("chat/edit_note", edit("mine now")).await.0, 403);
        assert_eq!(ren.call("chat/delete_note", edit("")).await.0, 403);
        let edited = aoi.call("chat/edit_note", edit("call back at 5")).await.1;
        assert_eq!((&edited["edited"], &edited["content"]["text"]), (&json!(true), &json!("call back at 5")));
        assert_eq!(aoi.call("chat/edit_note", edit(" ")).await.0, 422);
        // Who manages may, and it stays the author's.
        assert_eq!(house.call("chat/edit_note", edit("call back at 6")).await["operator"]["name"], "Aoi");
        assert_eq!(aoi.call("chat/delete_note", edit("")).await.0, 200);
        assert_eq!(aoi.call("chat/edit_note", edit("too late")).await.0, 409);
        assert!(!house.open(&room).await.to_string().contains("call back"), "nothing of the words is left");
        // What is no note is not changed by these.
        house.line.say(&house.line.friend("Mai").await, "hello").await;
        let mai = until(async || Some(house.room("Mai").await).filter(|room| room["unread"] == 1)).await;
        let said = house.messages(&mai).await.pop().unwrap();
        let wrong = json!({"account": house.account, "room": mai["id"], "message": said["id"], "text": "x", "mentions": []});
        assert_eq!(house.owner.call("chat/edit_note", wrong.clone()).await.0, 404);
        assert_eq!(house.owner.call("chat/delete_note", wrong).await.0, 404);
    }

    async fn whom_a_note_names_hears_of_it_until_it_is_read(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let (aoi, aoi_id) = colleague(&house, "Aoi", "aoi@example.com").await;
        let (ren, _) = colleague(&house, "佐藤 蓮", "ren@example.com").await;
        let first = note(&house, &house.owner, &room, "@Aoi 見て, and @Mika too").await.1;
        assert_eq!(first["content"]["mentions"][0], json!({"index": 0, "length": 4, "operator": aoi_id}));
        note(&house, &house.owner, &room, "@Aoi @佐藤 蓮さん").await;
        assert_eq!((unread(&house, &aoi).await, unread(&house, &ren).await), (json!(2), json!(1)));
        assert_eq!(unread(&house, &house.owner).await, 0, "nobody is told of their own note");
        let page = mentions(&house, &aoi).await;
        assert_eq!(page["mentions"][1]["text"], "@Aoi 見て, and @Mika too");
        assert_eq!((&page["mentions"][1]["name"], &page["mentions"][1]["author"]["name"]), (&json!("Ken"), &json!("Mika")));
        let read = |message: &Value| json!({"account": house.account, "message": message});
        assert_eq!(aoi.call("chat/read_mentions", read(&first["id"])).await.1, 1);
        assert_eq!(unread(&house, &ren).await, 1, "what one has read, others have not");
        // An edit that names somebody else takes the notice back from whom it no longer names.
        let second = page["mentions"][0]["message"].clone();
        let body = json!({"account": house.account, "room": room["id"], "message": second, "text": "@Aoi only", "mentions": []});
        house.call("chat/edit_note", body).await;
        assert_eq!((unread(&house, &aoi).await, unread(&house, &ren).await), (json!(1), json!(0)));
        assert_eq!(aoi.call("chat/read_mentions", read(&Value::Null)).await.1, 0);
        // The badge of the frame says the same.
        note(&house, &house.owner, &room, "@Aoi again").await;
        let me = aoi.clone().form("team/me", &[]).await.1;
        assert_eq!(me["accounts"][0]["mentions"], 1);
        house.call("chat/delete_note", json!({"account": house.account, "room": room["id"], "message": first["id"]})).await;
        assert_eq!(mentions(&house, &aoi).await["mentions"].as_array().unwrap().len(), 2);
        // Somebody who leaves the team takes their mentions with them.
        assert_eq!(house.owner.clone().form("team/remove", &[("operator", &aoi_id)]).await.0, 200);
        house.check().await;
    }

    async fn mentions_come_in_pages(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let (aoi, _) = colleague(&house, "Aoi", "aoi@example.com").await;
        for n in 0..60 {
            note(&house, &house.owner, &room, &format!("@Aoi {n}")).await;
        }
        let first = mentions(&house, &aoi).await;
        let before = &first["mentions"][49]["message"];
        let rest = aoi.call("chat/mentions", json!({"account": house.account, "before": before})).await.1;
        assert_eq!((first["mentions"].as_array().unwrap().len(), &first["older"], &first["unread"]), (50, &json!(true), &json!(60)));
        assert_eq!((rest["mentions"].as_array().unwrap().len(), &rest["older"]), (10, &json!(false)));
        assert_eq!(rest["mentions"][9]["text"], "@Aoi 0");
    }
}
