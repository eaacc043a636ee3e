//! Crowds: friends by the million who are like all others to every part of the platform.

use crate::{
    fixture::until,
    insight::{DAY, NEW_YEAR, Stage, text},
};
use axum::{Json, Router, extract::State, routing::post};
use engawa::simulator::server::Config;
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Instant,
};
use tokio::net::TcpListener;

async fn crowd(stage: &Stage, new: Value) -> Value {
    let mut body = json!({ "channel": stage.id() });
    for (name, value) in new.as_object().unwrap() {
        body[name] = value.clone();
    }
    stage.control("crowd", body).await
}

async fn members(stage: &Stage, count: usize) -> Vec<Value> {
    stage.ask(&format!("crowd/0/members?limit={count}")).await.as_array().unwrap().clone()
}

fn id(member: &Value) -> &str {
    member["id"].as_str().unwrap()
}

/// Everything that the channel's webhooks were told.
pub async fn webhooks(stage: &Stage) -> Arc<Mutex<Vec<Value>>> {
    let events = Arc::new(Mutex::new(Vec::new()));
    let keep = |State(events): State<Arc<Mutex<Vec<Value>>>>, Json(body): Json<Value>| async move {
        crate::contract::called(&body);
        events.lock().unwrap().extend(body["events"].as_array().unwrap().iter().cloned());
    };
    let hook = Router::new().route("/", post(keep)).with_state(events.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, hook).await });
    stage.control(&format!("channels/{}", stage.id()), json!({ "endpoint": endpoint })).await;
    events
}

#[tokio::test]
async fn members_are_friends_like_all_others() {
    let stage = Stage::start(Config::default()).await;
    let made = crowd(&stage, json!({ "count": 1_000, "seed": 7, "blocked": 0.2 })).await;
    let blocking = made["blocking"].as_u64().unwrap();
    assert!((150..250).contains(&blocking));
    assert_eq!(made["reach"], 1_000 - blocking);
    let all = members(&stage, 1_000).await;
    assert_eq!(all.iter().map(id).collect::<HashSet<_>>().len(), 1_000);
    let languages: HashSet<&str> = all.iter().filter_map(|member| member["language"].as_str()).collect();
    assert_eq!(languages, HashSet::from(["ja", "th", "zh-Hant", "en"]));
    let paths: HashSet<&str> = all.iter().filter_map(|member| member["path"].as_str()).collect();
    assert!(paths.len() >= 5 && paths.contains("qr"));
    // The same seed makes the same people, wherever and whenever.
    let again = Stage::start(Config::default()).await;
    again.clock(NEW_YEAR + 99 * DAY).await;
    crowd(&again, json!({ "count": 1_000, "seed": 7, "blocked": 0.2 })).await;
    let same = members(&again, 1_000).await;
    assert!(all.iter().zip(&same).all(|(one, other)| id(one) == id(other) && one["name"] == other["name"]));

    let welcoming = all.iter().find(|member| member["blocked"] == false).unwrap();
    let profile = stage.good(&format!("profile/{}", id(welcoming))).await;
    assert_eq!(profile["displayName"], welcoming["name"]);
    let gone = all.iter().find(|member| member["blocked"] == true).unwrap();
    assert_eq!(stage.get(&format!("profile/{}", id(gone))).await.0, 404);

    // Every page of the followers, with one more who is in no crowd.
    let ken = stage.friend("Ken").await;
    let (mut seen, mut start) = (Vec::new(), String::new());
    loop {
        let page = stage.good(&format!("followers/ids?limit=300{start}")).await;
        seen.extend(page["userIds"].as_array().unwrap().iter().map(|user| user.as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => start = format!("&start={next}"),
            None => break,
        }
    }
    let wanted: HashSet<String> = all
        .iter()
        .filter(|member| member["blocked"] == false)
        .map(|member| id(member).to_owned())
        .chain([ken])
        .collect();
    assert_eq!(seen.len(), wanted.len());
    assert_eq!(seen.into_iter().collect::<HashSet<_>>(), wanted);

    // A push arrives with the one and not with the other.
    let shown = async |user: &str| stage.ask(&format!("messages?room={}&user={user}", stage.id())).await;
    for member in [welcoming, gone] {
        stage.send("push", json!({ "to": id(member), "messages": text("hello") })).await;
    }
    assert_eq!(shown(id(welcoming)).await[0]["body"]["text"], "hello");
    assert_eq!(shown(id(gone)).await, json!([]));
    let other = stage.control("channels", json!({ "name": "Other" })).await;
    let url = format!("{}/v2/bot/profile/{}", stage.running.base_url, id(welcoming));
    let answer = stage.http.get(url).bearer_auth(other["token"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), 404, "friends of one account are no friends of another");
}

#[tokio::test]
async fn who_blocks_gets_nothing_and_the_webhook_hears() {
    let stage = Stage::start(Config::default()).await;
    let events = webhooks(&stage).await;
    crowd(&stage, json!({ "count": 100 })).await;
    let all = members(&stage, 3).await;
    let (aoi, ken) = (id(&all[0]), id(&all[1]));
    let act = json!({ "channel": stage.id() });
    stage.control(&format!("users/{aoi}/block"), act.clone()).await;
    stage.control(&format!("channels/{}/flush", stage.id()), json!({})).await;
    assert_eq!(events.lock().unwrap()[0]["type"], "unfollow");
    assert_eq!(events.lock().unwrap()[0]["source"]["userId"], aoi);
    let first = stage.send("multicast", json!({ "to": [aoi, ken], "messages": text("one") })).await;
    let second = stage.send("broadcast", json!({ "messages": text("two") })).await;
    let mailings = stage.ask(&format!("mailings?channel={}", stage.id())).await;
    assert_eq!((&mailings[0]["reached"], &mailings[0]["to"]), (&json!(1), &json!([ken])));
    assert_eq!((&mailings[1]["reached"], &mailings[1]["to"]), (&json!(99), &Value::Null));
    stage.control(&format!("users/{aoi}/follow"), act).await;
    stage.send("broadcast", json!({ "messages": text("three") })).await;
    let words = async |user: &str| -> Vec<String> {
        let shown = stage.ask(&format!("messages?room={}&user={user}", stage.id())).await;
        let ours = shown.as_array().unwrap().iter().filter(|message| message["from"]["by"] == "bot");
        ours.map(|message| message["body"]["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(words(aoi).await, ["three"]);
    assert_eq!(words(ken).await, ["one", "two", "three"]);
    assert_eq!(words(id(&all[2])).await, ["two", "three"]);
    assert_ne!(first, second);
    // A crowd that comes later has got nothing of what went before.
    crowd(&stage, json!({ "count": 5, "seed": 1 })).await;
    let late = stage.ask("crowd/1/members").await;
    assert_eq!(words(id(&late[0])).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_a_crowd_does_is_the_same_for_everybody_who_asks() {
    let stage = Stage::start(Config { narrowcast_pace: 1_000, ..Config::default() }).await;
    let rates = json!({ "open": 0.5, "click": 0.4, "play": 0.5, "answer": 0.0, "block": 0.0 });
    crowd(&stage, json!({ "count": 5_000, "rates": rates })).await;
    stage.control("settings", json!({ "audienceWait": 0 })).await;
    let url = "https://a.example/";
    let messages = json!([
        { "type": "text", "text": format!("{url} https://b.example/") },
        { "type": "audio", "originalContentUrl": "https://c.example/a.m4a", "duration": 1_000 },
    ]);
    let sent = stage.send("narrowcast", json!({ "messages": messages, "limit": { "max": 4_000 } })).await;
    stage.clock(NEW_YEAR + 60_000).await;
    let soon = stage.event(&sent).await;
    stage.clock(NEW_YEAR + 5 * DAY).await;
    let told = stage.event(&sent).await;
    assert_eq!(told, stage.event(&sent).await);
    assert_eq!(told["overview"]["delivered"], 4_000);
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap_or_default()).unwrap();
    let (opened, clicked) = (number(&told["overview"]["uniqueImpression"]), number(&told["overview"]["uniqueClick"]));
    assert!((1_850..2_150).contains(&opened) && (700..900).contains(&clicked), "{opened} {clicked}");
    assert!(number(&soon["overview"]["uniqueImpression"]) < opened / 2);
    assert!(number(&told["messages"][0]["impression"]) > opened);
    assert!(
        number(&told["messages"][1]["uniqueMediaPlayed"]) > number(&told["messages"][1]["uniqueMediaPlayed100Percent"])
    );

    // One by one.
    let list = stage.ask(&format!("reactions?requestId={sent}&limit=100000")).await;
    let list = list["reactions"].as_array().unwrap();
    let users = |test: &dyn Fn(&Value) -> bool| -> HashSet<String> {
        list.iter().filter(|one| test(one)).map(|one| one["user"].as_str().unwrap().to_owned()).collect()
    };
    let clickers = users(&|one| one["url"] == url);
    assert_eq!(users(&|_| true).len(), opened);
    assert_eq!(users(&|one| one["url"].is_string()).len(), clicked);
    let link = told["clicks"].as_array().unwrap().iter().find(|click| click["url"] == url).unwrap();
    assert_eq!(clickers.len(), number(&link["uniqueClick"]));

    // As an audience, and those who got it as recipients of another narrowcast.
    let audience = json!({ "description": "Clickers", "requestId": sent, "clickUrl": url });
    let made = stage.call(Method::POST, "audienceGroup/click").json(&audience).send().await.unwrap();
    let made: Value = made.json().await.unwrap();
    let group = stage.good(&format!("audienceGroup/{}", made["audienceGroupId"])).await;
    assert_eq!(number(&group["audienceGroup"]["audienceCount"]), clickers.len());
    let recipient = json!({ "type": "operator", "and": [
        { "type": "redelivery", "requestId": sent },
        { "type": "operator", "not": { "type": "audience", "audienceGroupId": made["audienceGroupId"] } },
    ] });
    let rest = stage.send("narrowcast", json!({ "messages": text("again"), "recipient": recipient })).await;
    let only = json!({ "type": "audience", "audienceGroupId": made["audienceGroupId"] });
    let only = stage.send("narrowcast", json!({ "messages": text("you"), "recipient": only })).await;
    stage.clock(NEW_YEAR + 5 * DAY + 60_000).await;
    let progress = async |id: &str| stage.good(&format!("message/progress/narrowcast?requestId={id}")).await;
    assert_eq!(number(&progress(&rest).await["successCount"]), 4_000 - clickers.len());
    assert_eq!(number(&progress(&only).await["successCount"]), clickers.len());
    let mailings = stage.ask(&format!("mailings?channel={}", stage.id())).await;
    let reached: HashSet<String> =
        mailings[2]["to"].as_array().unwrap().iter().map(|user| user.as_str().unwrap().to_owned()).collect();
    assert_eq!(reached, clickers);
    // Other rates count for what is sent from now on.
    stage.control("crowd/0", json!({ "rates": { "open": 0.0 } })).await;
    assert_eq!(stage.event(&sent).await, told);
}

#[tokio::test]
async fn a_crowd_answers_and_blocks_and_tells_that_it_came() {
    let stage = Stage::start(Config::default()).await;
    let events = webhooks(&stage).await;
    let rates = json!({ "open": 1.0, "answer": 0.1, "block": 0.05 });
    let new = json!({ "count": 400, "rates": rates, "perSecond": 4_000, "announce": true, "blocked": 0.1 });
    let made = crowd(&stage, new).await;
    let count = |kind: &str| events.lock().unwrap().iter().filter(|event| event["type"] == kind).count();
    let reach = usize::try_from(made["reach"].as_u64().unwrap()).unwrap();
    until(async || (count("follow") == reach).then_some(())).await;
    stage.send("broadcast", json!({ "messages": text("How was it?") })).await;
    stage.clock(NEW_YEAR + 4 * DAY).await;
    let state = until(async || {
        let state = stage.ask("crowd").await[0].clone();
        (state["waiting"] == 0 && state["reach"] != made["reach"]).then_some(state)
    })
    .await;
    stage.control(&format!("channels/{}/flush", stage.id()), json!({})).await;
    let blocked = count("unfollow");
    assert_eq!(state["reach"], reach - blocked);
    assert!((8..35).contains(&blocked) && (20..60).contains(&count("message")), "{blocked} {}", count("message"));
    let (first, last) = (NEW_YEAR, NEW_YEAR + 4 * DAY);
    let times = events.lock().unwrap().iter().filter(|event| event["type"] != "follow").all(|event| {
        let time = event["timestamp"].as_i64().unwrap();
        (first..last).contains(&time)
    });
    assert!(times, "when it happened, not when it was told");
    let told = stage.good("insight/followers?date=20250104").await;
    assert_eq!(told["followers"], 400);
    assert_eq!(told["blocks"], 400 - (reach - blocked));
    // Without webhooks they go on blocking, and nobody hears.
    let before = events.lock().unwrap().len();
    stage.control("crowd/0", json!({ "webhooks": false, "rates": { "block": 1.0 } })).await;
    stage.send("broadcast", json!({ "messages": text("Never again") })).await;
    stage.clock(NEW_YEAR + 9 * DAY).await;
    until(async || (stage.ask("crowd").await[0]["reach"] == 0).then_some(())).await;
    stage.control(&format!("channels/{}/flush", stage.id()), json!({})).await;
    assert_eq!(events.lock().unwrap().len(), before);
}

#[tokio::test]
async fn a_million_are_reached_counted_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let config = || Config { data: Some(folder.path().to_owned()), narrowcast_pace: 1_000, ..Config::default() };
    let stage = Stage::start(config()).await;
    stage.friends(2).await;
    let new = json!({ "count": 1_000_000, "seed": 3, "blocked": 0.1, "webhooks": false, "rates": { "block": 0.0 } });
    let made = crowd(&stage, new).await;
    let reach = made["reach"].as_u64().unwrap();
    assert!((898_000..902_000).contains(&reach));
    let began = Instant::now();
    let sent = stage.send("broadcast", json!({ "messages": text("https://a.example/") })).await;
    assert!(began.elapsed().as_secs() < 2, "a broadcast to a million took {:?}", began.elapsed());
    assert_eq!(stage.event(&sent).await["overview"]["delivered"], reach);
    let consumed = stage.good("message/quota/consumption").await;
    assert_eq!(consumed["totalUsage"], reach);

    // Those who are chosen by what they are, are as many as there are.
    let filter = json!({ "demographic": { "type": "operator", "and": [
        { "type": "gender", "oneOf": ["female"] }, { "type": "area", "oneOf": ["jp_13", "th_01"] },
        { "type": "subscriptionPeriod", "gte": "day_365" },
    ] } });
    let narrow = stage.send("narrowcast", json!({ "messages": text("you"), "filter": filter })).await;
    stage.clock(NEW_YEAR + 60_000).await;
    let progress = stage.good(&format!("message/progress/narrowcast?requestId={narrow}")).await;
    let target = progress["successCount"].as_u64().unwrap();
    let (mut wanted, mut start) = (0_u64, 0);
    while start < 1_000_000 {
        let page = stage.ask(&format!("crowd/0/members?limit=10000&start={start}")).await;
        let fits = page.as_array().unwrap().iter().filter(|member| {
            member["blocked"] == false
                && member["gender"] == "female"
                && (member["area"] == "jp_13" || member["area"] == "th_01")
                && member["came"].as_i64().unwrap() <= NEW_YEAR + 1_000 - 365 * DAY
        });
        wanted += u64::try_from(fits.count()).unwrap();
        // A tenth of them in full, the rest by the law of large numbers: this is a debug build.
        start += 100_000;
    }
    let guess = wanted * 10;
    assert!(target.abs_diff(guess) < guess / 10, "{target} {guess}");
    let followers = stage.good("insight/followers?date=20241231").await;
    assert_eq!(followers["followers"], 1_000_000);

    // The file holds none of them, so that the next start is as quick.
    stage.running.state.close().await;
    let size: u64 = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!(size < 3_000_000, "{size} bytes");
    let began = Instant::now();
    let mut next = Stage::start(config()).await;
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    next.channel = stage.channel.clone();
    next.clock(NEW_YEAR + 60_000).await;
    assert_eq!(next.event(&sent).await["overview"]["delivered"], reach);
    assert_eq!(next.ask("crowd").await[0]["reach"], made["reach"]);
}

#[tokio::test]
async fn what_no_crowd_can_be_is_refused() {
    let stage = Stage::start(Config::default()).await;
    let url = format!("{}/simulator/api/crowd", stage.running.base_url);
    for wrong in [
        json!({ "count": 0 }),
        json!({ "count": 5_000_001 }),
        json!({ "count": 1, "blocked": 1.1 }),
        json!({ "count": 1, "rates": { "open": -0.1 } }),
        json!({ "count": 1, "days": -1 }),
        json!({ "count": 1, "perSecond": 0 }),
    ] {
        let mut body = wrong.clone();
        body["channel"] = stage.id().into();
        assert_eq!(stage.http.post(&url).json(&body).send().await.unwrap().status(), 400, "{wrong}");
    }
    let nobody = json!({ "channel": "1", "count": 1 });
    assert_eq!(stage.http.post(&url).json(&nobody).send().await.unwrap().status(), 404);
}
