//! The desk: filters and counts, paging, the live stream.

use crate::{
    fixture::{Browser, House, until},
    on_both,
};
use futures_util::StreamExt;
use serde_json::{Value, json};

/// Reads updates from an account's stream.
pub struct Stream {
    body: futures_util::stream::BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    text: String,
}

impl Stream {
    pub async fn open(house: &House, browser: &Browser, after: i64) -> Self {
        let answer =
            browser.send(reqwest::Method::GET, &format!("/a/{}/live?after={after}", house.account), None).await;
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { body: answer.bytes_stream().boxed(), text: String::new() }
    }

    pub async fn next(&mut self) -> Value {
        loop {
            if let Some((event, rest)) = self.text.clone().split_once("\n\n") {
                self.text = rest.to_owned();
                if let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")) {
                    return serde_json::from_str(data).unwrap();
                }
                continue;
            }
            let chunk = tokio::time::timeout(std::time::Duration::from_secs(20), self.body.next())
                .await
                .unwrap()
                .unwrap()
                .unwrap();
            self.text += std::str::from_utf8(&chunk).unwrap();
        }
    }

    /// The first message that satisfies.
    async fn message(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let update = self.next().await;
            if let Some(found) = update["messages"].as_array().unwrap().iter().map(|pair| &pair[1]).find(|m| wanted(m))
            {
                return found.clone();
            }
        }
    }
}

pub async fn seq(house: &House) -> i64 {
    house.call("chat/list_rooms", json!({"account": house.account, "filter": "all", "after": null})).await["seq"]
        .as_i64()
        .unwrap()
}

on_both! {
    async fn filters_and_counts_have_one_truth(house: House) {
        for name in ["A", "B", "C"] {
            let user = house.line.friend(name).await;
            house.line.say(&user, "hello").await;
        }
        until(async || (house.counts().await["unread"] == 3).then_some(())).await;
        let (a, b, c) = (house.room("A").await, house.room("B").await, house.room("C").await);
        let set = |room: &Value, state: &str| json!({"account": house.account, "room": room["id"], "state": state});
        house.call("chat/set_state", set(&a, "resolved")).await;
        house.call("chat/set_state", set(&b, "follow_up")).await;
        house.call("chat/set_spam", json!({"account": house.account, "room": c["id"], "spam": true})).await;
        assert_eq!(house.counts().await, json!({"all": 2, "inbox": 1, "unread": 1, "follow_up": 1, "resolved": 1, "spam": 1}));
        for (filter, names) in [("all", vec!["A", "B"]), ("inbox", vec!["B"]), ("unread", vec!["B"]), ("follow_up", vec!["B"]), ("resolved", vec!["A"]), ("spam", vec!["C"])] {
            let mut found: Vec<_> = house.rooms(filter).await.iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect();
            found.sort();
            assert_eq!(found, names, "{filter}");
        }
        house.call("chat/mark_read", json!({"account": house.account, "room": b["id"]})).await;
        assert_eq!(house.counts().await["unread"], 0);
        assert_eq!(house.owner.call("chat/set_state", json!({"account": house.account, "room": "7", "state": "open"})).await.0, 404);
        house.check().await;
    }

    async fn a_resolved_room_opens_when_the_friend_writes(house: House) {
        let user = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        house.call("chat/set_state", json!({"account": house.account, "room": room["id"], "state": "resolved"})).await;
        house.line.say(&user, "one more thing").await;
        until(async || (house.room("Ken").await["state"] == "open").then_some(())).await;
        house.check().await;
    }

    async fn the_list_comes_in_pages_of_25(house: House) {
        let names: Vec<String> = (0..60).map(|n| format!("F{n:02}")).collect();
        for name in &names {
            house.line.friend(name).await;
        }
        until(async || (house.counts().await["all"] == 60).then_some(())).await;
        let (mut after, mut seen, mut sizes) = (Value::Null, Vec::new(), Vec::new());
        loop {
            let page = house.call("chat/list_rooms", json!({"account": house.account, "filter": "inbox", "after": after})).await;
            let rooms = page["rooms"].as_array().unwrap();
            sizes.push(rooms.len());
            seen.extend(rooms.iter().map(|room| room["id"].as_str().unwrap().to_owned()));
            after = page["next"].clone();
            if after.is_null() { break }
        }
        assert_eq!(sizes, [25, 25, 10]);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 60);
    }

    async fn older_messages_come_in_order(house: House) {
        let user = house.line.friend("Ken").await;
        for n in 0..120 {
            house.line.say(&user, &n.to_string()).await;
        }
        let room = until(async || Some(house.room("Ken").await).filter(|room| room["unread"] == 120)).await;
        let opened = house.open(&room).await;
        let mut words = Vec::new();
        let mut page = opened;
        loop {
            let messages = page["messages"].as_array().unwrap().clone();
            let texts = messages.iter().filter_map(|m| m["content"]["text"].as_str().map(str::to_owned));
            words.splice(0..0, texts);
            if page["older"] == false { break }
            let before = messages[0]["id"].clone();
            page = house.call("chat/older_messages", json!({"account": house.account, "room": room["id"], "before": before})).await;
        }
        assert_eq!(words, (0..120).map(|n| n.to_string()).collect::<Vec<_>>());
    }

    async fn two_operators_see_each_other_and_nothing_is_missed(house: House) {
        let mut aoi = Browser::new(&house.url);
        let fields = [("name", "Aoi"), ("email", "aoi@example.com"), ("role", "operator"), ("password", crate::fixture::PASSWORD)];
        assert_eq!(house.owner.clone().form("team/add", &fields).await.0, 200);
        assert_eq!(aoi.form("team/login", &[("email", "aoi@example.com"), ("password", crate::fixture::PASSWORD)]).await.0, 200);
        let user = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let start = seq(&house).await;
        let (mut one, mut two) = (Stream::open(&house, &house.owner, start).await, Stream::open(&house, &aoi, start).await);
        house.line.say(&user, "anyone there?").await;
        for stream in [&mut one, &mut two] {
            assert_eq!(stream.message(|m| m["content"]["text"] == "anyone there?").await["direction"], "in");
        }
        house.send(&room, "yes").await;
        let theirs = two.message(|m| m["content"]["text"] == "yes" && m["delivery"]["state"] == "sent").await;
        assert_eq!(theirs["operator"]["name"], "Mika");
        // A stream that was cut says what it had last and receives the rest.
        drop(two);
        house.line.say(&user, "thanks").await;
        until(async || (house.room("Ken").await["last"]["text"] == "thanks").then_some(())).await;
        let mut again = Stream::open(&house, &aoi, start).await;
        let update = again.next().await;
        let texts: Vec<_> = update["messages"].as_array().unwrap().iter().filter_map(|pair| pair[1]["content"]["text"].as_str()).collect();
        assert_eq!(texts, ["anyone there?", "yes", "thanks"]);
        assert_eq!(update["rooms"].as_array().unwrap().len(), 1);
        // Too much to tell: begin anew.
        let mut anew = Stream::open(&house, &aoi, i64::MAX).await;
        assert_eq!(anew.next().await["reset"], true);
    }

    /// Rendering uses several threads: what one of them writes while another reads is a panic.
    async fn pages_hold_when_many_read_them_at_once(house: House) {
        let user = house.line.friend("Mai").await;
        house.line.say(&user, "hello").await;
        let room = house.room("Mai").await;
        let path = format!("/a/{}/chats/inbox/{}", house.account, room["id"].as_str().unwrap());
        let readers: Vec<_> = (0..8)
            .map(|_| {
                let (browser, path) = (house.owner.clone(), path.clone());
                tokio::spawn(async move {
                    for _ in 0..40 {
                        let (status, page) = browser.page(&path).await;
                        assert_eq!(status, 200, "{page}");
                        assert!(page.contains("Mai") && page.contains("hello"));
                    }
                })
            })
            .collect();
        for reader in readers {
            reader.await.unwrap();
        }
    }
}
