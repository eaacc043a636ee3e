//! Rich menus of the simulated platform: made over LINE's API, seen and tapped on phones, and heard of by
//! webhooks.

use crate::{
    contract,
    fixture::{Received, Sim, receiver, until},
};
use axum::http::StatusCode;
use engawa::simulator::server::Config;
use reqwest::Method;
use serde_json::{Value, json};
use std::{io::Cursor, ops::Deref};

/// A bot with a channel, whose webhooks are kept.
struct Bot {
    sim: Sim,
    received: Received,
}

impl Deref for Bot {
    type Target = Sim;

    fn deref(&self) -> &Sim {
        &self.sim
    }
}

impl Bot {
    async fn start() -> Self {
        let sim = Sim::start().await;
        let (url, received) = receiver(StatusCode::OK).await;
        sim.hook(&url).await;
        Self { sim, received }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.call(method, path)
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> (u16, Value) {
        contract::ask(request).await
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        self.answer(self.request(Method::GET, path)).await
    }

    async fn delete(&self, path: &str) -> (u16, Value) {
        self.answer(self.request(Method::DELETE, path)).await
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.answer(self.request(Method::POST, path).json(&body)).await
    }

    /// Without a body.
    async fn put(&self, path: &str) -> (u16, Value) {
        self.answer(self.request(Method::POST, path)).await
    }

    async fn upload(&self, menu: &str, kind: &str, bytes: Vec<u8>) -> (u16, Value) {
        let path = format!("/v2/bot/richmenu/{menu}/content");
        self.answer(self.request(Method::POST, &path).header("content-type", kind).body(bytes)).await
    }

    /// A menu without a picture.
    async fn bare(&self, menu: Value) -> String {
        let (status, made) = self.post("/v2/bot/richmenu", menu).await;
        assert_eq!(status, 200, "{made}");
        made["richMenuId"].as_str().unwrap().to_owned()
    }

    /// A menu with its picture.
    async fn menu(&self, menu: Value) -> String {
        let id = self.bare(menu).await;
        assert_eq!(self.upload(&id, "image/png", picture(800, 270)).await, (200, json!({})));
        id
    }

    /// What the phone of a friend shows.
    async fn shown(&self, user: &str) -> Value {
        let path = self.url(&format!("/simulator/api/menu?room={}&user={user}", self.id()));
        self.http.get(path).send().await.unwrap().json().await.unwrap()
    }

    async fn tap(&self, user: &str, area: usize, value: &str) -> u16 {
        let path = self.url(&format!("/simulator/api/users/{user}/tap"));
        let body = json!({ "room": self.id(), "area": area, "value": value });
        self.http.post(path).json(&body).send().await.unwrap().status().as_u16()
    }

    /// What the webhook has received, without who came.
    async fn events(&self) -> Vec<Value> {
        let mut events = self.sim.events(&self.received).await;
        events.retain(|event| event["type"] != "follow");
        events
    }
}

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A menu of 800 by 270 with these actions side by side.
fn menu(actions: &[Value]) -> Value {
    let areas = actions.iter().enumerate();
    let areas: Vec<Value> = areas
        .map(|(at, action)| json!({ "bounds": { "x": at * 80, "y": 0, "width": 80, "height": 270 }, "action": action }))
        .collect();
    let size = json!({ "width": 800, "height": 270 });
    json!({ "size": size, "selected": true, "name": "Tabs", "chatBarText": "Menu", "areas": areas })
}

fn talk(text: &str) -> Value {
    json!({ "type": "message", "text": text })
}

fn refused(message: &str) -> Value {
    json!({ "message": message, "details": [] })
}

/// The paths that a refusal names.
fn paths(body: &Value) -> Vec<&str> {
    body["details"].as_array().unwrap().iter().map(|detail| detail["property"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_menu_is_made_given_its_picture_once_and_deleted() {
    let bot = Bot::start().await;
    let id = bot.bare(menu(&[talk("Hours")])).await;
    assert!(id.starts_with("richmenu-") && id.len() == 41);
    let path = format!("/v2/bot/richmenu/{id}");
    let mut object = menu(&[talk("Hours")]);
    object["richMenuId"] = json!(id);
    assert_eq!(bot.get(&path).await, (200, object.clone()));
    assert_eq!(bot.get("/v2/bot/richmenu/list").await, (200, json!({ "richmenus": [object] })));

    let content = format!("{path}/content");
    let without = refused("must upload richmenu image before applying it to user");
    assert_eq!(bot.put(&format!("/v2/bot/user/all/richmenu/{id}")).await, (400, without));
    assert_eq!(bot.get(&content).await.0, 404);
    assert_eq!(bot.upload(&id, "image/gif", picture(800, 270)).await.0, 415);
    let size = refused("The image size is not allowed for richmenu");
    // What follows a picture does not change what it looks like, but makes it too heavy.
    let heavy = [picture(800, 270), vec![0; 1024 * 1024]].concat();
    for bytes in [picture(799, 270), picture(800, 249), picture(800, 552), vec![0; 2_000], heavy] {
        assert_eq!(bot.upload(&id, "image/png", bytes).await, (400, size.clone()));
    }
    let bytes = picture(1_200, 405);
    assert_eq!(bot.upload(&id, "image/png", bytes.clone()).await, (200, json!({})));
    let again = refused("An image has already been uploaded to the richmenu");
    assert_eq!(bot.upload(&id, "image/png", bytes.clone()).await, (400, again));
    let answer = bot.request(Method::GET, &content).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/png");
    assert_eq!(answer.bytes().await.unwrap(), bytes);

    assert_eq!(bot.delete(&path).await, (200, json!({})));
    for gone in [bot.get(&path).await, bot.delete(&path).await, bot.get(&content).await] {
        assert_eq!(gone, (404, json!({ "message": "Not found" })));
    }
}

#[tokio::test]
async fn wrong_menus_are_refused_by_property() {
    let bot = Bot::start().await;
    assert_eq!(bot.post("/v2/bot/richmenu/validate", menu(&[talk("x")])).await, (200, json!({})));
    let (status, body) = bot.post("/v2/bot/richmenu/validate", json!({})).await;
    assert_eq!((status, &body["message"]), (400, &json!("The request body has 5 error(s)")));
    assert_eq!(paths(&body), ["size", "selected", "name", "chatBarText", "areas"]);
    assert_eq!(body["details"][2], json!({ "message": "must be specified", "property": "name" }));

    let wrong = menu(&[
        json!({ "type": "uri", "uri": "ftp://example.com" }),
        json!({ "type": "postback", "data": "x".repeat(301) }),
        json!({ "type": "cameraRoll", "label": "Photos" }),
    ]);
    let (status, body) = bot.post("/v2/bot/richmenu", wrong).await;
    assert_eq!(status, 400);
    assert_eq!(paths(&body), ["areas[0].action.uri", "areas[1].action.data", "areas[2].action.type"]);
    assert_eq!(body["details"][0]["message"], "invalid uri");
    assert_eq!(body["details"][1]["message"], "Length must be between 0 and 300");

    let mut wrong = menu(&[talk("x")]);
    wrong["chatBarText"] = json!("あ".repeat(15));
    wrong["areas"][0]["bounds"]["x"] = json!(721);
    assert_eq!(paths(&bot.post("/v2/bot/richmenu", wrong).await.1), ["chatBarText", "areas[0].bounds"]);
    let mut many = menu(&[talk("x")]);
    many["areas"] = json!(vec![many["areas"][0].clone(); 21]);
    let (_, body) = bot.post("/v2/bot/richmenu", many).await;
    assert_eq!(body["details"], json!([{ "message": "Size must be between 0 and 20", "property": "areas" }]));

    let channel = bot.id().to_owned();
    bot.running.state.with(|world| {
        for _ in 0..1_000 {
            world.create_rich_menu(&channel, json!({}), 0);
        }
    });
    assert_eq!(bot.post("/v2/bot/richmenu", menu(&[])).await.0, 400);
}

#[tokio::test]
async fn an_own_menu_comes_before_the_default() {
    let bot = Bot::start().await;
    let (ken, aoi) = (bot.friend("Ken").await, bot.friend("Aoi").await);
    let stranger = bot.control("users", json!({ "name": "Nobody" })).await["id"].as_str().unwrap().to_owned();
    let (first, second) = (bot.menu(menu(&[talk("1")])).await, bot.menu(menu(&[talk("2")])).await);
    let all = "/v2/bot/user/all/richmenu";
    assert_eq!(bot.get(all).await, (404, refused("no default richmenu")));
    assert_eq!(bot.shown(&ken).await, Value::Null);
    assert_eq!(bot.put(&format!("{all}/{first}")).await, (200, json!({})));
    assert_eq!(bot.get(all).await, (200, json!({ "richMenuId": first })));
    assert_eq!(bot.shown(&ken).await["id"], first.as_str());
    assert_eq!(bot.shown(&stranger).await, Value::Null);

    let own = |user: &str| format!("/v2/bot/user/{user}/richmenu");
    assert_eq!(bot.get(&own(&ken)).await, (404, refused("the user has no richmenu")));
    let invalid = json!({ "message": "The value for the 'userId' parameter is invalid" });
    assert_eq!(bot.get(&own("U1")).await, (400, invalid));
    assert_eq!(bot.put(&format!("{}/richmenu-x", own(&ken))).await.0, 404);
    for user in [&ken, &stranger] {
        assert_eq!(bot.put(&format!("{}/{second}", own(user))).await, (200, json!({})));
    }
    assert_eq!(bot.get(&own(&ken)).await, (200, json!({ "richMenuId": second })));
    assert_eq!(bot.get(&own(&stranger)).await.0, 404);
    assert_eq!((&bot.shown(&ken).await["id"], &bot.shown(&aoi).await["id"]), (&json!(second), &json!(first)));
    bot.control(&format!("users/{ken}/block"), json!({ "channel": bot.id() })).await;
    assert_eq!(bot.shown(&ken).await, Value::Null);
    assert_eq!(bot.tap(&ken, 0, "").await, 404);
    bot.control(&format!("users/{ken}/follow"), json!({ "channel": bot.id() })).await;
    assert_eq!(bot.shown(&ken).await["id"], second.as_str());
    assert_eq!(bot.delete(&own(&ken)).await, (200, json!({})));
    assert_eq!(bot.shown(&ken).await["id"], first.as_str());

    let bulk = |menu: &str, users: Value| {
        bot.post("/v2/bot/richmenu/bulk/link", json!({ "richMenuId": menu, "userIds": users }))
    };
    assert_eq!(bulk(&second, json!([ken, aoi])).await, (202, json!({})));
    assert_eq!((bot.get(&own(&ken)).await.0, bot.get(&own(&aoi)).await.0), (200, 200));
    let word = "The property, 'userIds[1]', in the request body is invalid (line: -, column: -)";
    assert_eq!(bulk(&second, json!([ken, "C1"])).await, (400, json!({ "message": word })));
    assert_eq!(
        bulk(&second, json!(vec![ken.clone(); 501])).await.1["details"][0]["message"],
        "Size must be between 1 and 500"
    );
    assert_eq!(bulk("x", json!([ken])).await.1["details"][0]["message"], "invalid richMenuId");
    let unknown = format!("richmenu-{}", "0".repeat(32));
    assert_eq!(bulk(&unknown, json!([ken])).await, (404, refused("richmenu not found")));
    assert_eq!(bot.post("/v2/bot/richmenu/bulk/unlink", json!({ "userIds": [ken] })).await, (202, json!({})));
    assert_eq!(bot.get(&own(&ken)).await.0, 404);

    for id in [&first, &second] {
        assert_eq!(bot.delete(&format!("/v2/bot/richmenu/{id}")).await.0, 200);
    }
    assert_eq!((bot.get(all).await.0, bot.get(&own(&aoi)).await.0), (404, 404));
    assert_eq!(bot.shown(&aoi).await, Value::Null);
}

#[tokio::test]
async fn aliases_name_menus_that_have_their_picture() {
    let bot = Bot::start().await;
    let (first, second) = (bot.menu(menu(&[])).await, bot.menu(menu(&[])).await);
    let bare = bot.bare(menu(&[])).await;
    let alias = |name: &str, menu: &str| json!({ "richMenuAliasId": name, "richMenuId": menu });
    let create = |name: &str, menu: &str| bot.post("/v2/bot/richmenu/alias", alias(name, menu));
    assert_eq!(create("tab-a", &first).await, (200, json!({})));
    assert_eq!(create("tab-a", &second).await, (400, refused("conflict richmenu alias id")));
    assert_eq!(create("tab-b", &bare).await, (400, refused("richmenu not found")));
    assert_eq!(
        create("tab-b", "x").await.1["details"][0],
        json!({ "message": "invalid richMenuId", "property": "richMenuId" })
    );
    assert_eq!(paths(&create("Tab B", &first).await.1), ["richMenuAliasId"]);
    let at = "/v2/bot/richmenu/alias/tab-a";
    assert_eq!(bot.post(at, json!({ "richMenuId": second })).await, (200, json!({})));
    assert_eq!(bot.get(at).await, (200, alias("tab-a", &second)));
    assert_eq!(bot.get("/v2/bot/richmenu/alias/list").await, (200, json!({ "aliases": [alias("tab-a", &second)] })));
    assert_eq!(bot.delete(at).await, (200, json!({})));
    let missing = (404, refused("richmenu alias not found"));
    assert_eq!((bot.get(at).await, bot.delete(at).await), (missing.clone(), missing.clone()));
    assert_eq!(bot.post(at, json!({ "richMenuId": second })).await, missing);
}

#[tokio::test]
async fn a_batch_changes_everybody_once() {
    let bot = Bot::start().await;
    let users = [bot.friend("A").await, bot.friend("B").await, bot.friend("C").await];
    let menus = [bot.menu(menu(&[])).await, bot.menu(menu(&[])).await, bot.menu(menu(&[])).await];
    for (user, menu) in users.iter().zip(&menus) {
        bot.put(&format!("/v2/bot/user/{user}/richmenu/{menu}")).await;
    }
    let own = async |user: &str| {
        bot.get(&format!("/v2/bot/user/{user}/richmenu")).await.1["richMenuId"].as_str().unwrap_or_default().to_owned()
    };
    let [a, b, c] = &menus;
    let link = |from: &str, to: &str| json!({ "type": "link", "from": from, "to": to });
    let body = |operations: Value| json!({ "operations": operations, "resumeRequestKey": "once" });
    // From A to B and from B to C do not lead from A to C.
    let steps = body(json!([link(a, b), link(b, c), { "type": "unlink", "from": c }]));
    assert_eq!(bot.post("/v2/bot/richmenu/validate/batch", steps.clone()).await, (200, json!({})));
    let answer = bot.request(Method::POST, "/v2/bot/richmenu/batch").json(&steps).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    let request = answer.headers()["x-line-request-id"].to_str().unwrap().to_owned();
    let progress = format!("/v2/bot/richmenu/progress/batch?requestId={request}");
    let ended = until(async || Some(bot.get(&progress).await.1).filter(|answer| answer["phase"] != "ongoing")).await;
    assert_eq!(ended["phase"], "succeeded");
    assert!(ended["acceptedTime"].as_str() < ended["completedTime"].as_str());
    assert_eq!(
        [own(&users[0]).await, own(&users[1]).await, own(&users[2]).await],
        [b.clone(), c.clone(), String::new()]
    );
    // The same key does nothing again.
    assert_eq!(bot.post("/v2/bot/richmenu/batch", steps).await.0, 202);
    assert_eq!(own(&users[0]).await, *b);
    assert_eq!(bot.get("/v2/bot/richmenu/progress/batch?requestId=x").await.0, 404);

    let refusal =
        async |operations: Value| bot.post("/v2/bot/richmenu/batch", json!({ "operations": operations })).await;
    let detail = |message: String, path: &str| json!([{ "message": message, "property": path }]);
    let (status, answer) = refusal(json!([link("x", b)])).await;
    assert_eq!((status, &answer["details"]), (400, &detail("invalid richMenuId".into(), "operations[0].from")));
    let (_, answer) = refusal(json!([link(a, b), link(a, c)])).await;
    assert_eq!(answer["details"], detail(format!("from richmenu ({a}) is duplicated"), "operations[].from"));
    let (_, answer) = refusal(json!([link(a, b), { "type": "unlinkAll" }])).await;
    let words = "'unlinkAll' type can't be combined with other type".to_owned();
    assert_eq!(answer["details"], detail(words, "operations[].type"));
    let bare = bot.bare(menu(&[])).await;
    let (status, answer) = refusal(json!([link(a, &bare)])).await;
    let words = format!("'to' richmenu ({bare}) must have image but it doesn't");
    assert_eq!((status, &answer["details"]), (400, &detail(words, "operations[0].to")));
    bot.delete(&format!("/v2/bot/richmenu/{bare}")).await;
    let (status, answer) = refusal(json!([link(a, &bare)])).await;
    assert_eq!(
        (status, &answer["details"]),
        (404, &detail(format!("Richmenu ({bare}) is not found"), "operations[0].to"))
    );
    assert_eq!(refusal(json!([{ "type": "unlinkAll" }])).await.0, 202);
    assert_eq!(own(&users[0]).await, "");
}

#[tokio::test]
async fn taps_become_events() {
    let bot = Bot::start().await;
    let user = bot.friend("Ken").await;
    let switch = |alias: &str| json!({ "type": "richmenuswitch", "richMenuAliasId": alias, "data": alias });
    let first = bot
        .menu(menu(&[
            talk("Hours"),
            json!({ "type": "postback", "data": "a=1", "displayText": "Book", "label": "Book a room" }),
            json!({ "type": "postback", "data": "a=2", "text": "Old" }),
            json!({ "type": "datetimepicker", "data": "when", "mode": "datetime", "min": "2026-11-21T10:00" }),
            json!({ "type": "uri", "uri": "https://example.com/" }),
            json!({ "type": "clipboard", "clipboardText": "SPRING" }),
            switch("tab-b"),
            switch("nowhere"),
            switch("gone"),
            json!({ "type": "postback", "data": "a=3" }),
        ]))
        .await;
    let (second, gone) = (bot.menu(menu(&[talk("2")])).await, bot.menu(menu(&[])).await);
    for (alias, menu) in [("tab-b", &second), ("gone", &gone)] {
        bot.post("/v2/bot/richmenu/alias", json!({ "richMenuAliasId": alias, "richMenuId": menu })).await;
    }
    bot.delete(&format!("/v2/bot/richmenu/{gone}")).await;
    bot.put(&format!("/v2/bot/user/all/richmenu/{first}")).await;
    assert_eq!(bot.shown(&user).await["areas"][1]["label"], "Book a room");
    assert_eq!(bot.tap(&user, 10, "").await, 404);
    for wrong in ["", "2026-11-21", "2026-11-21T09:59", "yesterday"] {
        assert_eq!(bot.tap(&user, 3, wrong).await, 400, "{wrong}");
    }
    assert_eq!(bot.events().await, Vec::<Value>::new());
    for (area, value) in
        [(0, ""), (1, ""), (2, ""), (3, "2026-11-21T10:00"), (4, ""), (5, ""), (7, ""), (8, ""), (9, ""), (6, "")]
    {
        assert_eq!(bot.tap(&user, area, value).await, 200, "{area}");
    }
    let events = bot.events().await;
    let told: Vec<Value> = events
        .iter()
        .map(|event| {
            assert_eq!(event["source"], json!({ "type": "user", "userId": user }));
            assert!(event["replyToken"].is_string() && event["mode"] == "active");
            if event["type"] == "message" { event["message"]["text"].clone() } else { event["postback"].clone() }
        })
        .collect();
    let switched = |alias: &str, status: &str| json!({ "data": alias, "params": { "newRichMenuAliasId": alias, "status": status } });
    let wanted = [
        json!("Hours"),
        json!({ "data": "a=1" }),
        json!("Old"),
        json!({ "data": "a=2" }),
        json!({ "data": "when", "params": { "datetime": "2026-11-21T10:00" } }),
        switched("nowhere", "RICHMENU_ALIAS_ID_NOTFOUND"),
        switched("gone", "RICHMENU_NOTFOUND"),
        json!({ "data": "a=3" }),
        switched("tab-b", "SUCCESS"),
    ];
    assert_eq!(told, wanted);
    // The other menu is the friend's own now: no default takes it away.
    bot.delete("/v2/bot/user/all/richmenu").await;
    assert_eq!(bot.shown(&user).await["id"], second.as_str());
    let path = bot.url(&format!("/simulator/api/messages?room={}&user={user}", bot.id()));
    let messages: Vec<Value> = bot.http.get(path).send().await.unwrap().json().await.unwrap();
    let own: Vec<&Value> = messages.iter().filter(|message| message["from"]["by"] == "user").collect();
    assert_eq!(own.iter().map(|message| &message["body"]["text"]).collect::<Vec<_>>(), ["Hours", "Book", "Old"]);
}

#[tokio::test]
async fn a_phone_shows_the_menu_under_the_chat() {
    let bot = Bot::start().await;
    let user = bot.friend("Ken").await;
    let open = json!({ "type": "uri", "uri": "https://example.com/?a=1&b=2", "label": "\"><script>Open" });
    let id = bot.menu(menu(&[talk("Hours"), open])).await;
    bot.put(&format!("/v2/bot/user/{user}/richmenu/{id}")).await;
    let page = async |menu: bool| {
        let answer = bot.http.get(bot.url(&format!("/u/{user}/chat/{}", bot.id()))).header("accept-language", "ja");
        let html = answer.send().await.unwrap().text().await.unwrap();
        assert_eq!(html.contains("rich-menu__bar"), menu, "{html}");
        html
    };
    let html = page(true).await;
    for part in [
        "aria-label=\"エリア1\"",
        "aria-label=\"&quot;&gt;&lt;script&gt;Open\"",
        "rel=\"noopener noreferrer\"",
        "left: 10.000%",
        "aria-expanded=\"true\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("<script>Open"));
    let answer = bot.http.get(bot.url(&format!("/simulator/rich-menu/{id}"))).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["x-content-type-options"]),
        (200, &"nosniff".parse().unwrap())
    );
    assert_eq!(bot.http.get(bot.url("/simulator/rich-menu/x")).send().await.unwrap().status(), 404);

    let form = [("user", user.as_str()), ("room", bot.id()), ("menu", &id), ("area", "0"), ("value", "")];
    let tap = bot.http.post(bot.url("/simulator/fn/tap")).form(&form);
    assert_eq!(tap.send().await.unwrap().status(), 200);
    assert_eq!(bot.events().await[0]["message"]["text"], "Hours");
    bot.control(&format!("users/{user}/block"), json!({ "channel": bot.id() })).await;
    page(false).await;
    let tap = bot.http.post(bot.url("/simulator/fn/tap")).form(&form);
    assert!(tap.send().await.unwrap().text().await.unwrap().contains("forbidden"));
}

#[tokio::test]
async fn menus_are_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data: Some(folder.path().to_owned()), ..Config::default() };
    let mut bot = Bot { sim: Sim::with(config).await, received: Received::default() };
    let (ken, aoi) = (bot.friend("Ken").await, bot.friend("Aoi").await);
    let (first, second) = (bot.menu(menu(&[talk("1")])).await, bot.menu(menu(&[talk("2")])).await);
    let gone = bot.menu(menu(&[])).await;
    bot.put(&format!("/v2/bot/user/all/richmenu/{first}")).await;
    bot.put(&format!("/v2/bot/user/{ken}/richmenu/{second}")).await;
    bot.put(&format!("/v2/bot/user/{aoi}/richmenu/{gone}")).await;
    bot.post("/v2/bot/richmenu/alias", json!({ "richMenuAliasId": "b", "richMenuId": second })).await;
    bot.delete(&format!("/v2/bot/richmenu/{gone}")).await;
    bot.sim.restart().await;
    assert_eq!(bot.get("/v2/bot/richmenu/list").await.1["richmenus"].as_array().unwrap().len(), 2);
    assert_eq!(bot.shown(&ken).await["id"], second.as_str());
    assert_eq!(bot.shown(&aoi).await["id"], first.as_str());
    assert_eq!(bot.get("/v2/bot/richmenu/alias/b").await.1["richMenuId"], second.as_str());
    let content = bot.request(Method::GET, &format!("/v2/bot/richmenu/{first}/content")).send().await.unwrap();
    assert_eq!(content.bytes().await.unwrap(), picture(800, 270));
}
