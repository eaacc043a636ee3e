//! Who looks at a room and who writes in it: told at once, to the right people, written nowhere.

use crate::{
    fixture::{Browser, House, until},
    notes::colleague,
    on_both,
};
use futures_util::StreamExt;
use serde_json::{Value, json};

/// Reads what a stream tells of who is here.
struct Ears {
    body: futures_util::stream::BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    text: String,
}

impl Ears {
    async fn open(browser: &Browser, account: &str) -> Self {
        let answer = browser.send(reqwest::Method::GET, &format!("/a/{account}/live?after=0"), None).await;
        assert_eq!(answer.status(), 200);
        let mut ears = Self { body: answer.bytes_stream().boxed(), text: String::new() };
        // The first frame tells that the stream has begun.
        ears.event().await;
        ears
    }

    async fn event(&mut self) -> (String, Value) {
        loop {
            if let Some((event, rest)) = self.text.clone().split_once("\n\n") {
                self.text = rest.to_owned();
                let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                if let Some(data) = line("data: ") {
                    return (line("event: ").unwrap_or_default(), serde_json::from_str(&data).unwrap());
                }
                continue;
            }
            let next = tokio::time::timeout(std::time::Duration::from_secs(20), self.body.next()).await;
            self.text += std::str::from_utf8(&next.unwrap().unwrap().unwrap()).unwrap();
        }
    }

    /// The next that is told of who is here, as names with a mark for those who write.
    async fn here(&mut self) -> Vec<String> {
        loop {
            let (name, data) = self.event().await;
            if name == "here" {
                return names(&data);
            }
        }
    }
}

fn names(here: &Value) -> Vec<String> {
    let people = here["people"].as_array().unwrap().iter();
    let name = |one: &Value| {
        let writes = one["writing"].as_i64().unwrap() > 0;
        format!("{}{}", one["who"]["name"].as_str().unwrap(), if writes { " writes" } else { "" })
    };
    people.map(name).collect()
}

async fn sign(house: &House, by: &Browser, room: &Value, tab: &str, sign: &str) -> (u16, Value) {
    let body = json!({"account": house.account, "room": room["id"], "tab": tab, "sign": sign});
    by.call("chat/be_here", body).await
}

on_both! {
    async fn colleagues_see_who_looks_and_who_writes(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let (aoi, _) = colleague(&house, "Aoi", "aoi@example.com").await;
        let mut mika = Ears::open(&house.owner, &house.account).await;
        let seq = || async { house.call("chat/list_rooms", json!({"account": house.account, "filter": "all", "after": null})).await["seq"].clone() };
        let before = seq().await;
        assert_eq!(names(&sign(&house, &aoi, &room, "aoistab1", "looking").await.1), ["Aoi"]);
        assert_eq!(mika.here().await, ["Aoi"]);
        sign(&house, &aoi, &room, "aoistab1", "writing").await;
        assert_eq!(mika.here().await, ["Aoi writes"]);
        // A second tab is no second person, and the first may close.
        sign(&house, &aoi, &room, "aoistab2", "looking").await;
        sign(&house, &aoi, &room, "aoistab1", "left").await;
        assert_eq!(names(&sign(&house, &house.owner, &room, "mikastab", "looking").await.1), ["Aoi", "Mika"]);
        sign(&house, &aoi, &room, "aoistab2", "left").await;
        while mika.here().await != ["Mika"] {}
        // Nothing of it is written: the account's number is what it was.
        assert_eq!(seq().await, before);
    }

    async fn nobody_is_told_of_another_account(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let other = house.line.control("channels", json!({"name": "Canary", "quota": 5})).await;
        let (id, secret) = (other["id"].as_str().unwrap(), other["secret"].as_str().unwrap());
        let fields = [("channel_id", id), ("channel_secret", secret), ("access_token", ""), ("api_base", &house.line.url)];
        let account = house.owner.clone().form("account/connect", &fields).await.1.as_str().unwrap().to_owned();
        // A room can't be entered by the name of another account.
        let body = json!({"account": account, "room": room["id"], "tab": "aoistab1", "sign": "writing"});
        assert_eq!(house.owner.call("chat/be_here", body).await.0, 404);
        let answer = house.owner.send(reqwest::Method::GET, &format!("/a/{account}/live?after=-1"), None).await;
        let mut body = answer.bytes_stream();
        for tab in ["aoistab1", "aoistab2"] {
            assert_eq!(sign(&house, &house.owner, &room, tab, "writing").await.0, 200);
        }
        // What the other account's stream tells first is its own, and nothing else is on its way.
        let mut heard = String::new();
        while let Ok(Some(part)) = tokio::time::timeout(std::time::Duration::from_millis(700), body.next()).await {
            heard += std::str::from_utf8(&part.unwrap()).unwrap();
        }
        assert!(heard.contains("\"seq\"") && !heard.contains("event: here"), "{heard}");
    }

    async fn signs_are_checked(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        assert_eq!(sign(&house, &house.owner, &room, "short", "looking").await.0, 422);
        assert_eq!(sign(&house, &house.owner, &room, &"x".repeat(65), "looking").await.0, 422);
        assert_eq!(sign(&house, &house.owner, &room, "<script>alert", "looking").await.0, 422);
        assert_eq!(sign(&house, &house.owner, &json!({"id": "7"}), "aoistab1", "looking").await.0, 404);
        assert_ne!(sign(&house, &house.owner, &room, "aoistab1", "dancing").await.0, 200);
    }
}

/// Two nodes on one PostgreSQL: each hears who is on the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn other_nodes_are_told() {
    if std::env::var("ENGAWA_TEST_POSTGRES").is_err() {
        println!("skipped: ENGAWA_TEST_POSTGRES names no PostgreSQL; `./dev test` starts one");
        return;
    }
    let house = House::build(crate::fixture::Engine::Postgres).await;
    house.line.friend("Ken").await;
    let room = house.room("Ken").await;
    // The second node shares the first one's folder, as nodes share the key that is in it.
    let second = crate::fixture::start(&house.data_dir(), &house.database, &house.line.url).await;
    let there = Browser { base: second.state.public_url.clone(), ..house.owner.clone() };
    // Until its ear is open, what is told is lost, as it may be: signs of life come again and again.
    until(async || {
        sign(&house, &house.owner, &room, "mikastab", "looking").await;
        let (status, here) = sign(&house, &there, &room, "othertab", "left").await;
        assert_eq!(status, 200, "{here}");
        (names(&here) == ["Mika"]).then_some(())
    })
    .await;
    second.stop().await;
}
