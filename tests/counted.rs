//! What is counted by itself: taps on links and menus, bubbles that come into sight, films that are played, and what
//! crowds do with rich menus; and that a crowd can go again.

use crate::insight::{DAY, HOUR, NEW_YEAR, Stage, text};
use engawa::simulator::server::Config;
use reqwest::Method;
use serde_json::{Value, json};

/// Calls a server function of the phones' pages, which answers with nothing.
async fn deed(stage: &Stage, name: &str, body: Value) {
    let url = format!("{}/simulator/fn/{name}", stage.running.base_url);
    let answer = stage.http.post(url).json(&body).send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{name}: {status} {text}");
}

/// Ids of the account's bubbles on a phone, the oldest first.
async fn bubbles(stage: &Stage, user: &str) -> Vec<String> {
    let url = format!("{}/simulator/fn/read_room", stage.running.base_url);
    let form = [("user", user), ("room", stage.id())];
    let room: Value = stage.http.post(url).form(&form).send().await.unwrap().json().await.unwrap();
    let messages = room["messages"].as_array().unwrap().iter().filter(|message| message["from"]["by"] == "bot");
    messages.map(|message| message["id"].as_str().unwrap().to_owned()).collect()
}

async fn unit(stage: &Stage, name: &str) -> Value {
    let path = format!("insight/message/event/aggregation?customAggregationUnit={name}&from=20250101&to=20250102");
    stage.good(&path).await
}

fn buttons(url: &str) -> Value {
    let action = json!({ "type": "uri", "label": "Book", "uri": url });
    json!([
        { "type": "text", "text": "See https://a.example/x, or:" },
        { "type": "template", "altText": "Book", "template": { "type": "buttons", "text": "Book", "actions": [action] } },
        { "type": "video", "originalContentUrl": "https://a.example/v.mp4", "previewImageUrl": "https://a.example/v.jpg" },
    ])
}

#[tokio::test]
async fn what_is_tapped_and_comes_into_sight_is_counted_of_pushes_and_of_what_went_to_many() {
    let stage = Stage::start(Config::default()).await;
    stage.privacy(false).await;
    let people = stage.friends(3).await;
    let (ken, aoi) = (people[0].as_str(), people[1].as_str());
    let unit_of = json!(["spring"]);
    let url = "https://b.example/book";
    let broadcast = stage.send("broadcast", json!({ "messages": buttons(url) })).await;
    stage.clock(NEW_YEAR + HOUR).await;
    stage.send("push", json!({ "to": ken, "messages": buttons(url), "customAggregationUnits": unit_of })).await;
    stage
        .send("multicast", json!({ "to": [ken, aoi], "messages": buttons(url), "customAggregationUnits": unit_of }))
        .await;
    let ids = bubbles(&stage, ken).await;
    assert_eq!(ids.len(), 9);
    // To read a room is not to see all of it.
    assert_eq!(stage.event(&broadcast).await["overview"]["uniqueImpression"], 0);
    assert_eq!(unit(&stage, "spring").await["overview"]["uniqueImpression"], 0);

    // The broadcast's first bubble and the push's second come into sight, and something that no request sent.
    let seen = json!({ "user": ken, "room": stage.id(), "messages": [ids[0], ids[4], "400000000000000001"] });
    deed(&stage, "sight", seen.clone()).await;
    let told = stage.event(&broadcast).await;
    let impressions = |told: &Value| -> Vec<Value> {
        told["messages"].as_array().unwrap().iter().map(|bubble| bubble["impression"].clone()).collect()
    };
    assert_eq!(impressions(&told), [json!(1), json!(0), json!(0)]);
    assert_eq!(impressions(&unit(&stage, "spring").await), [json!(0), json!(1), json!(0)]);
    // Another visit counts again; people are counted once.
    deed(&stage, "sight", seen).await;
    let told = unit(&stage, "spring").await;
    assert_eq!((&told["messages"][1]["impression"], &told["messages"][1]["uniqueImpression"]), (&json!(2), &json!(1)));
    // What another friend got in a room of their own nobody sees here.
    deed(&stage, "sight", json!({ "user": people[2], "room": stage.id(), "messages": [ids[4]] })).await;
    assert_eq!(unit(&stage, "spring").await["overview"]["uniqueImpression"], 1);

    // Taps: on a button of the push and the multicast, on an address in the words of the broadcast.
    let act = async |id: &str, pointer: &str, value: &str| {
        let body = json!({ "room": stage.id(), "messageId": id, "pointer": pointer, "value": value });
        let url = format!("{}/simulator/api/users/{ken}/act", stage.running.base_url);
        let answer = stage.http.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let open = json!({ "type": "open", "uri": url });
    for id in [&ids[4], &ids[4], &ids[7]] {
        assert_eq!(act(id, "/template/actions/0", "").await, (200, open.clone()));
    }
    assert_eq!(act(&ids[0], "", "https://a.example/x").await.0, 200);
    assert_eq!(act(&ids[0], "", "https://else.example").await.0, 400, "no address of this message");
    assert_eq!(act(&ids[0], "", "").await.0, 400);
    let told = unit(&stage, "spring").await;
    let clicks = json!([{ "seq": 2, "url": url, "click": 3, "uniqueClick": 1, "uniqueClickOfRequest": 1 }]);
    assert_eq!(told["clicks"], clicks);
    // Who taps a button of the multicast has seen its bubble.
    assert_eq!(told["messages"][1]["impression"], 3);
    let told = stage.event(&broadcast).await;
    assert_eq!(told["overview"]["uniqueClick"], 1);
    assert_eq!(told["clicks"][0]["url"], "https://a.example/x");

    // A film that was played half-way.
    deed(&stage, "play", json!({ "user": ken, "room": stage.id(), "message": ids[2], "percent": 50 })).await;
    deed(&stage, "play", json!({ "user": ken, "room": stage.id(), "message": ids[0], "percent": 50 })).await;
    let told = stage.event(&broadcast).await;
    assert_eq!(told["overview"]["uniqueMediaPlayed"], 1);
    assert_eq!(
        (&told["messages"][2]["mediaPlayed50Percent"], &told["messages"][2]["mediaPlayed75Percent"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(told["messages"][0]["mediaPlayed"], 0, "words can't be played");
}

/// A menu of two areas, one twice as wide.
async fn menu(stage: &Stage) -> String {
    let open = json!({ "type": "uri", "label": "Open", "uri": "https://a.example" });
    menu_of(stage, [open.clone(), open]).await
}

async fn menu_of(stage: &Stage, actions: [Value; 2]) -> String {
    let [wide, narrow] = actions;
    let area = |x: i64, width: i64, action: Value| json!({ "bounds": { "x": x, "y": 0, "width": width, "height": 405 }, "action": action });
    let size = json!({ "width": 1200, "height": 405 });
    let areas = [area(0, 800, wide), area(800, 400, narrow)];
    let body = json!({ "size": size, "selected": true, "name": "m", "chatBarText": "Menu", "areas": areas });
    let made: Value = stage.call(Method::POST, "richmenu").json(&body).send().await.unwrap().json().await.unwrap();
    let id = made["richMenuId"].as_str().unwrap().to_owned();
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(1_200, 405).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let upload = stage.call(Method::POST, &format!("richmenu/{id}/content")).header("content-type", "image/png");
    assert_eq!(upload.body(png.into_inner()).send().await.unwrap().status(), 200);
    id
}

async fn good(request: reqwest::RequestBuilder) {
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn a_tap_on_a_menus_address_is_counted() {
    let stage = Stage::start(Config::default()).await;
    stage.privacy(false).await;
    let ken = stage.friend("Ken").await;
    let id = menu(&stage).await;
    good(stage.call(Method::POST, &format!("user/all/richmenu/{id}"))).await;
    let form = [("user", ken.as_str()), ("room", stage.id()), ("menu", &id), ("area", "1"), ("value", "")];
    good(stage.http.post(format!("{}/simulator/fn/tap", stage.running.base_url)).form(&form)).await;
    stage.clock(NEW_YEAR + DAY).await;
    let told = stage.good(&format!("insight/richmenu/{id}/summary?from=20250101&to=20250101")).await;
    assert_eq!(told["clicks"][1]["metrics"], json!({ "count": 1, "uniqueUsers": 1 }));
}

#[tokio::test]
async fn crowds_use_the_menu_that_they_see_and_are_counted_the_same_each_time() {
    let stage = Stage::start(Config::default()).await;
    let new = json!({ "channel": stage.id(), "count": 5_000, "rates": { "menu": 0.1, "tap": 0.5 } });
    stage.control("crowd", new).await;
    let (first, second) = (menu(&stage).await, menu(&stage).await);
    let summary =
        async |id: &str, to: &str| stage.good(&format!("insight/richmenu/{id}/summary?from=20250101&to={to}")).await;
    stage.clock(NEW_YEAR + DAY).await;
    assert_eq!(summary(&first, "20250101").await, json!({ "richMenuId": first }), "nobody has it");
    good(stage.call(Method::POST, &format!("user/all/richmenu/{first}"))).await;
    stage.clock(NEW_YEAR + 2 * DAY).await;
    let day = summary(&first, "20250102").await;
    let number = |value: &Value| value.as_i64().unwrap();
    let seen = number(&day["impression"]["metrics"]["count"]);
    assert!((420..580).contains(&seen), "a tenth of five thousand a day: {seen}");
    assert_eq!(day["impression"]["metrics"]["uniqueUsers"], seen);
    let taps: Vec<i64> = [0, 1].map(|at| number(&day["clicks"][at]["metrics"]["count"])).to_vec();
    assert!((seen * 2 / 5..seen * 3 / 5).contains(&(taps[0] + taps[1])), "{taps:?} of {seen}");
    assert!(taps[0] > taps[1], "the wide one more often: {taps:?}");
    assert_eq!(summary(&first, "20250102").await, day);

    // From then on some have another one, and the default changes: what was, stays.
    let members = stage.ask("crowd/0/members?limit=500").await;
    let users: Vec<&Value> = members.as_array().unwrap().iter().map(|member| &member["id"]).collect();
    let link = json!({ "richMenuId": second, "userIds": users });
    good(stage.call(Method::POST, "richmenu/bulk/link").json(&link)).await;
    stage.clock(NEW_YEAR + 3 * DAY).await;
    let own = summary(&second, "20250103").await;
    let seen = number(&own["impression"]["metrics"]["count"]);
    assert!((25..80).contains(&seen), "a tenth of five hundred: {seen}");
    assert_eq!(summary(&first, "20250102").await, day);
    good(stage.call(Method::POST, "richmenu/bulk/unlink").json(&json!({ "userIds": users }))).await;
    good(stage.call(Method::DELETE, "user/all/richmenu")).await;
    stage.clock(NEW_YEAR + 9 * DAY).await;
    assert_eq!(summary(&second, "20250103").await, own);
    let all = summary(&second, "20250108").await;
    assert_eq!(all["impression"], own["impression"], "nobody has it any more");
    assert_eq!(summary(&first, "20250102").await, day);
    let daily = stage.good(&format!("insight/richmenu/{first}/daily?from=20250101&to=20250108")).await;
    let days = daily["impression"]["metrics"].as_array().unwrap().len();
    assert_eq!(days, 2, "{daily}");
}

#[tokio::test]
async fn the_webhook_hears_of_what_crowds_tap_and_it_is_what_is_counted() {
    let stage = Stage::start(Config::default()).await;
    let events = crate::crowd::webhooks(&stage).await;
    let rates = json!({ "menu": 0.1, "tap": 0.5 });
    let new = json!({ "channel": stage.id(), "count": 2_000, "rates": rates, "perSecond": 20_000 });
    stage.control("crowd", new).await;
    let book = json!({ "type": "message", "label": "Book", "text": "A table, please" });
    let date = json!({ "type": "datetimepicker", "label": "When", "data": "when", "mode": "date" });
    let id = menu_of(&stage, [book, date]).await;
    good(stage.call(Method::POST, &format!("user/all/richmenu/{id}"))).await;
    stage.clock(NEW_YEAR + DAY).await;
    stage.privacy(false).await;
    let told = stage.good(&format!("insight/richmenu/{id}/summary?from=20250101&to=20250101")).await;
    let taps = [0, 1].map(|at| usize::try_from(told["clicks"][at]["metrics"]["count"].as_u64().unwrap()).unwrap());
    assert!(taps[0] > 40 && taps[1] > 15, "{taps:?}");
    let heard = || {
        let events = events.lock().unwrap();
        ["message", "postback"].map(|kind| events.iter().filter(|event| event["type"] == kind).count())
    };
    crate::fixture::until(async || (heard() == taps).then_some(())).await;
    // Nothing is told twice, and a day later it goes on.
    stage.clock(NEW_YEAR + DAY + HOUR).await;
    assert_eq!(heard(), taps);
    stage.clock(NEW_YEAR + 2 * DAY).await;
    crate::fixture::until(async || (heard()[0] > taps[0]).then_some(())).await;
    let events = events.lock().unwrap();
    let postback = events.iter().find(|event| event["type"] == "postback").unwrap();
    assert_eq!(postback["postback"], json!({ "data": "when", "params": { "date": "2025-01-01" } }));
}

#[tokio::test]
async fn a_crowd_goes_and_what_came_of_messages_stays_counted() {
    let stage = Stage::start(Config::default()).await;
    let ken = stage.friend("Ken").await;
    for count in [3_000, 40] {
        let new =
            json!({ "channel": stage.id(), "count": count, "rates": { "open": 1.0, "answer": 0.0, "block": 0.0 } });
        stage.control("crowd", new).await;
    }
    let member = stage.ask("crowd/0/members?limit=1").await[0]["id"].as_str().unwrap().to_owned();
    let broadcast = stage.send("broadcast", json!({ "messages": text("hello") })).await;
    stage.send("push", json!({ "to": member, "messages": text("you") })).await;
    let say = json!({ "room": stage.id(), "message": { "type": "text", "text": "hi" } });
    stage.control(&format!("users/{member}/say"), say.clone()).await;
    let group = json!({ "name": "Tea", "members": [ken, member] });
    let group = stage.control("groups", group).await["id"].as_str().unwrap().to_owned();
    stage.clock(NEW_YEAR + 5 * DAY).await;
    let before = stage.event(&broadcast).await;
    assert_eq!(before["overview"]["uniqueImpression"], 3_040);

    let remove = async |number: u32| {
        let url = format!("{}/simulator/api/crowd/{number}", stage.running.base_url);
        stage.http.delete(url).send().await.unwrap().status().as_u16()
    };
    assert_eq!((remove(0).await, remove(0).await, remove(7).await), (200, 404, 404));
    assert_eq!(stage.event(&broadcast).await, before);
    let left = stage.ask("crowd").await;
    assert_eq!((left.as_array().unwrap().len(), &left[0]["number"], &left[0]["reach"]), (1, &json!(1), &json!(41)));
    assert_eq!(stage.get(&format!("profile/{member}")).await.0, 404);
    let followers = stage.good("followers/ids?limit=1000").await;
    assert_eq!(followers["userIds"].as_array().unwrap().len(), 41);
    let push = stage.call(Method::POST, "message/push").json(&json!({ "to": member, "messages": text("?") }));
    assert_eq!(push.send().await.unwrap().status(), 400);
    // Nothing of theirs is left in an export, and the group goes on without them.
    let state = stage.ask("state").await;
    let documents = state["documents"].as_array().unwrap();
    let named = documents.iter().filter(|document| document["id"].as_str().unwrap().contains(&member));
    assert_eq!(named.count(), 0);
    let of = |kind: &str| documents.iter().filter(move |document| document["kind"] == kind).collect::<Vec<_>>();
    assert_eq!(of("message").iter().filter(|one| one["body"]["room"].as_str().unwrap().contains(&member)).count(), 0);
    assert_eq!(of("group").iter().find(|one| one["id"] == group.as_str()).unwrap()["body"]["members"], json!([ken]));
    // The next one reaches those who are there, and a new crowd is another one.
    let second = stage.send("broadcast", json!({ "messages": text("again") })).await;
    assert_eq!(stage.event(&second).await["overview"]["delivered"], 41);
    let made = stage.control("crowd", json!({ "channel": stage.id(), "count": 10 })).await;
    assert_eq!(made["number"], 2);
}
