//! LIFF apps against the simulator: opened by a phone and by another browser, and what they may do there.

use crate::{
    fixture::http,
    login_line::{Seen, World, param, read},
};
use engawa::simulator::server::{Config, start};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;

const ENDPOINT: &str = "https://shop.example/app/?key=value";

/// Makes an app by LINE's API, with a token of the login channel.
async fn app(world: &World, more: Value) -> String {
    let token = world.channel_token().await;
    let mut app = json!({ "view": { "type": "full", "url": ENDPOINT } });
    for (name, value) in more.as_object().unwrap() {
        app[name] = value.clone();
    }
    let call = world.http.post(format!("{}/liff/v1/apps", world.url)).bearer_auth(token).json(&app);
    let (status, made) = crate::contract::ask(call).await;
    assert_eq!(status, 200, "{made}");
    made["liffId"].as_str().unwrap().to_owned()
}

fn everything() -> Value {
    json!({ "scope": ["profile", "openid", "email", "chat_message.write"], "botPrompt": "normal" })
}

async fn open(world: &World, path: &str) -> Seen {
    Seen::of(world.http.get(format!("{}/liff/{path}", world.url)).send().await.unwrap()).await
}

async fn answer(world: &World, path: &str, fields: &[(&str, &str)]) -> Seen {
    let post = world.http.post(format!("{}/liff/{path}", world.url)).form(fields);
    Seen::of(post.send().await.unwrap()).await
}

/// The token of a person who opens an app and allows everything.
async fn token(world: &World, app: &str, room: &str) -> String {
    let body = json!({ "liffId": app, "room": room });
    let opened = world.control(&format!("users/{}/liff", world.ken), body).await;
    param(opened["url"].as_str().unwrap(), "access_token").unwrap()
}

async fn send(world: &World, token: &str, messages: Value) -> (u16, Value) {
    let call = world.http.post(format!("{}/message/v3/share", world.url)).bearer_auth(token);
    read(call.json(&json!({ "messages": messages }))).await
}

async fn said(world: &World, room: &str, user: &str) -> Vec<Value> {
    let query = if user.is_empty() { String::new() } else { format!("&user={user}") };
    let url = format!("{}/simulator/api/messages?room={room}{query}", world.url);
    let all: Value = world.http.get(url).send().await.unwrap().json().await.unwrap();
    let mut all: Vec<Value> = all.as_array().unwrap().clone();
    all.retain(|message| message["from"]["by"] == "user");
    all
}

#[tokio::test]
async fn a_friend_opens_an_app_in_a_chat() {
    let world = World::start(Config::default()).await;
    let id = app(&world, everything()).await;
    assert!(id.starts_with(world.id()));
    let bot = world.account["id"].as_str().unwrap();
    let path = format!("{id}/path_A/?key1=value1&sim_user={}&sim_room={bot}", world.ken);
    let page = open(&world, &path).await;
    assert_eq!((page.status, page.location.as_str()), (200, ""));
    for words in ["Shop asks for permission", "Send messages in your name", "Add Onsen as a friend"] {
        assert!(page.html.contains(words), "{words}");
    }
    let closed = answer(&world, &path, &[("answer", "cancel")]).await;
    assert!(closed.status == 200 && closed.html.contains("closeWindow"));
    let fields = [("answer", "allow"), ("email", "on"), ("write", "on"), ("friend", "on")];
    let opened = answer(&world, &path, &fields).await;
    let first = "https://shop.example/app/?key=value&liff.state=%2Fpath_A%2F%3Fkey1%3Dvalue1&access_token=";
    assert!(opened.location.starts_with(first), "{}", opened.location);
    let again = open(&world, &path).await;
    assert_eq!(again.status, 302, "allowed already");
    let access = again.param("access_token").unwrap();
    let (_, profile) = world.get("/v2/profile", &access).await;
    assert_eq!(profile["userId"], world.ken.as_str());
    assert_eq!(world.get("/friendship/v1/status", &access).await, (200, json!({ "friendFlag": true })));

    let fields = [("id_token", &*again.param("id_token").unwrap()), ("client_id", world.id())];
    let (status, claims) = world.form("/oauth2/v2.1/verify", &fields).await;
    assert_eq!((status, &claims["sub"], &claims["name"]), (200, &json!(world.ken), &json!("Ken")));
    let (_, verified) =
        world.get(&format!("/oauth2/v2.1/verify?access_token={}", access.replace('+', "%2B")), "").await;
    assert!(verified["expires_in"].as_i64().unwrap() <= 12 * 3_600);

    let (status, found) = world.get(&format!("/liff/v2/apps?liffId={id}"), &access).await;
    let context = &found["context"];
    assert_eq!((status, &context["type"], &context["viewType"]), (200, &json!("utou"), &json!("full")));
    assert_eq!((&context["endpointUrl"], &context["userId"]), (&json!(ENDPOINT), &json!(world.ken)));
    assert!(context["accessTokenHash"].is_string() && context["utouId"].is_null());
    assert_eq!(found["granted"], json!(["profile", "openid", "email", "chat_message.write"]));
    // Others ask without a token, and learn nothing of anybody.
    let (_, plain) = read(world.http.get(format!("{}/liff/v2/apps?liffId={id}", world.url))).await;
    assert_eq!((&plain["context"]["type"], &plain["channelId"]), (&json!("external"), &world.login["id"]));
    assert!(plain["context"]["userId"].is_null() && plain["simulator"].is_null());
    assert_eq!(read(world.http.get(format!("{}/liff/v2/apps?liffId=1-a", world.url))).await.0, 404);
}

#[tokio::test]
async fn links_lead_to_the_endpoint_first() {
    let world = World::start(Config::default()).await;
    let id = app(&world, json!({})).await;
    for (path, location) in [
        (id.clone(), ENDPOINT.to_owned()),
        (format!("{id}?a=b"), format!("{ENDPOINT}&liff.state=%3Fa%3Db")),
        (format!("{id}/x/y?a=%20"), format!("{ENDPOINT}&liff.state=%2Fx%2Fy%3Fa%3D%2520")),
    ] {
        let seen = open(&world, &path).await;
        assert_eq!((seen.status, &seen.location), (302, &location), "{path}");
    }
    let call = world.http.get(format!("{}/liff/{id}", world.url)).header("referer", "https://first.example/");
    let seen = Seen::of(call.send().await.unwrap()).await;
    assert_eq!(seen.param("liff.referrer").as_deref(), Some("https://first.example/"));
    assert_eq!(open(&world, "1234567890-AbcdEfgh").await.status, 404);
    assert_eq!(open(&world, &format!("{id}?sim_user=U1")).await.status, 404);
    let sdk = open(&world, "edge/2/sdk.js").await;
    assert!(sdk.status == 200 && sdk.html.contains("window.liff = liff"));
    assert_eq!(open(&world, "edge/versions/2.31.0/sdk.js").await.status, 200);
    // A page of another address asks first whether it may.
    let asked = world.http.request(Method::OPTIONS, format!("{}/v2/profile", world.url));
    let asked = asked.header("access-control-request-method", "GET").header("origin", "https://shop.example");
    let asked = asked.send().await.unwrap();
    assert_eq!(
        (asked.status().as_u16(), &asked.headers()["access-control-allow-origin"]),
        (204, &"*".parse().unwrap())
    );
    let asked = world.http.post(format!("{}/oauth2/v2.1/token", world.url)).form(&[("grant_type", "refresh_token")]);
    assert!(asked.send().await.unwrap().headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn an_app_speaks_in_its_chat() {
    let world = World::start(Config::default()).await;
    let bot = world.account["id"].as_str().unwrap();
    let id = app(&world, everything()).await;
    let access = token(&world, &id, bot).await;
    let text = json!([{ "type": "text", "text": "two cups" }, { "type": "flex", "altText": "card", "contents": {
        "type": "bubble", "body": { "type": "box", "layout": "vertical", "contents": [{ "type": "text", "text": "tea" }] } } }]);
    // Nothing answers there; what was posted stands in the log.
    world.control(&format!("channels/{bot}"), json!({ "endpoint": format!("{}/nothing", world.url) })).await;
    assert_eq!(send(&world, &access, text).await, (200, json!({})));
    let picture = json!([{ "type": "image", "originalContentUrl": "https://a.example/a.jpg", "previewImageUrl": "https://a.example/b.jpg" }]);
    assert_eq!(send(&world, &access, picture).await.0, 200);
    let shown = said(&world, bot, &world.ken).await;
    let kinds: Vec<&str> = shown.iter().map(|message| message["body"]["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["text", "flex", "image"]);
    assert_eq!(shown[0]["from"]["id"], world.ken.as_str());

    world.control(&format!("channels/{bot}/flush"), json!({})).await;
    let log: Value =
        world.http.get(format!("{}/simulator/api/log", world.url)).send().await.unwrap().json().await.unwrap();
    let told: Vec<Value> = log
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["webhook"] == true)
        .map(|entry| serde_json::from_str::<Value>(entry["request"].as_str().unwrap()).unwrap())
        .collect();
    told.iter().for_each(crate::contract::called);
    let events: Vec<&Value> = told.iter().flat_map(|body| body["events"].as_array().unwrap()).collect();
    let messages: Vec<&Value> = events.iter().map(|event| &event["message"]).collect();
    assert_eq!(messages.len(), 2, "templates and Flex are not told: {messages:?}");
    assert_eq!(messages[0]["text"], "two cups");
    assert_eq!(
        messages[1]["contentProvider"],
        json!({
        "type": "external", "originalContentUrl": "https://a.example/a.jpg", "previewImageUrl": "https://a.example/b.jpg" })
    );

    let no = (403, json!({ "message": "user doesn't grant required permissions yet" }));
    let words = || json!([{ "type": "text", "text": "x" }]);
    assert_eq!(send(&world, &token(&world, &id, "").await, words()).await, no, "in no chat");
    let shy = app(&world, json!({ "scope": ["profile"] })).await;
    assert_eq!(send(&world, &token(&world, &shy, bot).await, words()).await, no, "without the scope");
    let other = world.person("Aoi").await;
    let group = world.control("groups", json!({ "name": "Tea", "members": [other] })).await;
    assert_eq!(
        send(&world, &token(&world, &id, group["id"].as_str().unwrap()).await, words()).await,
        no,
        "in a strange group"
    );
    for (messages, property) in [
        (json!([]), "messages"),
        (json!([{ "type": "text", "text": "" }]), "messages[0].text"),
        (json!([{ "type": "text", "text": "x", "quoteToken": "q" }]), "messages[0].quoteToken"),
        (json!([{ "type": "coupon", "couponId": "c" }]), "messages[0].type"),
    ] {
        let (status, refused) = send(&world, &access, messages).await;
        assert_eq!((status, &refused["details"][0]["property"]), (400, &json!(property)), "{refused}");
    }
}

#[tokio::test]
async fn messages_are_shared_with_whom_one_chooses() {
    let world = World::start(Config::default()).await;
    let id = app(&world, everything()).await;
    let (aoi, mei) = (world.person("Aoi").await, world.person("Mei").await);
    let group = world.control("groups", json!({ "name": "Tea", "members": [world.ken, mei] })).await;
    let group = group["id"].as_str().unwrap();
    let access = token(&world, &id, "").await;
    let share = async |more: Value| {
        let mut body = json!({ "messages": [{ "type": "text", "text": "come along" }] });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let call = world.http.post(format!("{}/liff/v2/share", world.url)).bearer_auth(&access).json(&body);
        let (status, made) = read(call).await;
        assert_eq!(status, 200, "{made}");
        made["page"].as_str().unwrap().strip_prefix(&format!("{}/liff/", world.url)).unwrap().to_owned()
    };
    let page = share(json!({})).await;
    let shown = open(&world, &page).await;
    assert!(shown.html.contains("Aoi") && shown.html.contains("Tea") && !shown.html.contains(&world.ken));
    let sent = answer(&world, &page, &[("to", &aoi), ("to", group), ("answer", "send")]).await;
    assert!(sent.html.contains("success"));
    assert_eq!(said(&world, group, "").await.len(), 1);
    let ours = async || {
        let people = world.http.post(format!("{}/simulator/fn/read_home", world.url)).form(&[("user", &aoi)]);
        let home: Value = people.send().await.unwrap().json().await.unwrap();
        home["chats"].as_array().unwrap().clone()
    };
    let chats = ours().await;
    assert_eq!(chats.len(), 1, "{chats:?}");
    assert_eq!(chats[0]["last"]["body"]["text"], "come along");

    // To one only, and into the room that the two have by now.
    let page = share(json!({ "isMultiple": false })).await;
    assert!(!open(&world, &page).await.html.contains("Tea"));
    answer(&world, &page, &[("to", &aoi), ("to", group), ("answer", "send")]).await;
    assert_eq!((ours().await.len(), said(&world, group, "").await.len()), (1, 1));
    assert!(answer(&world, &page, &[("to", &aoi), ("answer", "send")]).await.html.contains("failed"), "once");
    let page = share(json!({})).await;
    let cancelled = answer(&world, &page, &[("to", &aoi), ("answer", "cancel")]).await;
    assert!(!cancelled.html.contains("success") && !cancelled.html.contains("failed"));
    let page = share(json!({})).await;
    world.later(11 * 60_000).await;
    assert!(open(&world, &page).await.html.contains("failed"), "after ten minutes");
    let sticker = json!({ "messages": [{ "type": "sticker", "packageId": "446", "stickerId": "1988" }] });
    let call = world.http.post(format!("{}/liff/v2/share", world.url)).bearer_auth(&access).json(&sticker);
    assert_eq!(read(call).await.0, 400, "LINE shares no stickers");
}

#[tokio::test]
async fn an_app_asks_to_add_the_account() {
    let world = World::start(Config::default()).await;
    let id = app(&world, json!({})).await;
    let access = token(&world, &id, "").await;
    let ask = async || {
        let call = world.http.post(format!("{}/liff/v2/friendship", world.url)).bearer_auth(&access).json(&json!({}));
        let (status, made) = read(call).await;
        assert_eq!(status, 200, "{made}");
        made["page"].as_str().unwrap().strip_prefix(&format!("{}/liff/", world.url)).unwrap().to_owned()
    };
    let page = ask().await;
    assert!(open(&world, &page).await.html.contains("Add Onsen as a friend"));
    answer(&world, &page, &[("answer", "skip")]).await;
    assert_eq!(world.get("/friendship/v1/status", &access).await.1["friendFlag"], false);
    answer(&world, &ask().await, &[("answer", "add")]).await;
    assert_eq!(world.get("/friendship/v1/status", &access).await.1["friendFlag"], true);
    assert!(open(&world, &ask().await).await.html.contains("success"), "a friend already");
}

#[tokio::test]
async fn in_another_browser_an_app_logs_in() {
    let world = World::start(Config::default()).await;
    let id = app(&world, everything()).await;
    let (verifier, challenge) =
        ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let page = |target: &str, challenge: &str| {
        let mut url = reqwest::Url::parse(&format!("{}/liff/v1/authorize", world.url)).unwrap();
        let all = [
            ("app_id", &*id),
            ("client_id", world.id()),
            ("response_type", "code"),
            ("state", "s"),
            ("redirect_uri", target),
        ];
        url.query_pairs_mut().extend_pairs(all);
        if !challenge.is_empty() {
            url.query_pairs_mut().append_pair("code_challenge", challenge).append_pair("code_challenge_method", "S256");
        }
        String::from(url)
    };
    let target = "https://shop.example/app/card?x=1";
    for (target, status) in [("https://shop.example/", 400), ("https://evil.example/app/", 400), (target, 200)] {
        assert_eq!(world.http.get(page(target, challenge)).send().await.unwrap().status(), status, "{target}");
    }
    let back = Seen::of(world.http.get(page(target, "")).send().await.unwrap()).await;
    assert_eq!(back.param("error").as_deref(), Some("INVALID_REQUEST"), "an app has no secret");
    let fields = [
        ("step", "consent"),
        ("user", &*world.ken),
        ("amr", "pwd"),
        ("answer", "allow"),
        ("email", "on"),
        ("write", "on"),
    ];
    let back = Seen::of(world.http.post(page(target, challenge)).form(&fields).send().await.unwrap()).await;
    assert!(back.location.starts_with("https://shop.example/app/?key=value&code="), "{}", back.location);
    assert_eq!(back.param("liffRedirectUri").as_deref(), Some(target));
    assert_eq!(back.param("liffClientId").as_deref(), Some(world.id()));
    let code = back.param("code").unwrap();
    let more = |verifier: &'static str| [("client_secret", ""), ("redirect_uri", target), ("code_verifier", verifier)];
    assert_eq!(world.exchange(&code, &more("")).await.0, 400);
    let (status, tokens) = world.exchange(&code, &more(verifier)).await;
    assert_eq!((status, &tokens["expires_in"]), (200, &json!(43_200)), "{tokens}");
    assert!(tokens["refresh_token"].is_null());
    let access = tokens["access_token"].as_str().unwrap();
    let (_, found) = world.get(&format!("/liff/v2/apps?liffId={id}"), access).await;
    assert_eq!((&found["context"]["type"], &found["context"]["userId"]), (&json!("external"), &json!(world.ken)));
    assert_eq!(send(&world, access, json!([{ "type": "text", "text": "x" }])).await.0, 403, "there is no chat");
}

#[tokio::test]
async fn strictly_every_host_has_its_own() {
    let config = Config { strict: true, data_listen: Some("127.0.0.1:0".parse().unwrap()), ..Config::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let running = start(config, listener, std::future::pending()).await.unwrap();
    let (api, data) = (running.base_url.clone(), running.data_url.clone().unwrap());
    let world = World { url: api.clone(), http: http(), account: Value::Null, login: Value::Null, ken: String::new() };
    let account = world.control("channels", json!({ "name": "Onsen" })).await;
    let (id, token) = (account["id"].as_str().unwrap(), account["token"].as_str().unwrap());
    let user = world.control("users", json!({ "name": "Ken", "follow": id })).await;
    let say = json!({ "room": id, "message": { "type": "image" }, "base64": "YQ==", "mime": "image/png" });
    let said = world.control(&format!("users/{}/say", user["id"].as_str().unwrap()), say).await;
    let content = format!("/v2/bot/message/{}/content", said["messageId"].as_str().unwrap());
    let page = "/oauth2/v2.1/authorize?client_id=1";
    for (base, path, host, status) in [
        (&api, "/v2/bot/info", "", 200),
        (&api, &*content, "", 404),
        (&data, &*content, "", 200),
        (&data, "/v2/bot/info", "", 404),
        (&api, &*content, "api-data.line.me", 200),
        (&api, "/v2/bot/info", "api-data.line.me", 404),
        (&api, "/v2/bot/info", "api.line.me", 200),
        (&api, "/v2/bot/info", "access.line.me", 404),
        (&api, page, "access.line.me", 400),
        (&api, page, "api.line.me", 404),
        (&api, "/api.line.me/v2/bot/info", "", 200),
        (&api, &*format!("/api-data.line.me{content}"), "", 200),
        (&api, &*format!("/api.line.me{content}"), "", 404),
        (&api, "/static.line-scdn.net/liff/edge/2/sdk.js", "", 200),
        (&api, "/", "", 200),
        (&data, "/simulator/api/users", "", 200),
    ] {
        let mut call = world.http.get(format!("{base}{path}")).bearer_auth(token);
        if !host.is_empty() {
            call = call.header("host", host);
        }
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), status, "{path} {host}");
        assert_eq!(answer.headers().contains_key("x-simulator-unrouted"), status == 404, "{path} {host}");
    }
    // Apps belong to LINE Login channels, and open on https.
    let app = json!({ "view": { "type": "full", "url": "https://a.example/" } });
    let call = world.http.post(format!("{api}/liff/v1/apps")).bearer_auth(token).json(&app);
    assert_eq!(read(call).await.0, 403);
}

#[tokio::test]
async fn without_strictness_one_address_serves_all_hosts() {
    let world = World::start(Config::default()).await;
    let token = world.account["token"].as_str().unwrap();
    for path in ["/v2/bot/info", "/api.line.me/v2/bot/info", "/api-data.line.me/v2/bot/info"] {
        assert_eq!(world.get(path, token).await.0, 200, "{path}");
    }
    assert_eq!(world.get("/v2/bot/message/1/content", token).await, (404, json!({ "message": "not found" })));
    // A login channel has apps, but no account.
    let channel = world.channel_token().await;
    assert_eq!(world.get("/v2/bot/info", &channel).await.0, 403);
    let app = |url: &str| json!({ "view": { "type": "full", "url": url } });
    for (url, status) in [("http://127.0.0.1:5173/app", 200), ("http://localhost/", 200), ("http://shop.example/", 400)]
    {
        let call = world.http.post(format!("{}/liff/v1/apps", world.url)).bearer_auth(&channel).json(&app(url));
        assert_eq!(read(call).await.0, status, "{url}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_console_finds_content_on_the_other_host() {
    use crate::fixture::{Browser, Engine, PASSWORD, database, start as console, until};
    let config = Config { strict: true, data_listen: Some("127.0.0.1:0".parse().unwrap()), ..Config::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let line = start(config, listener, std::future::pending()).await.unwrap();
    let (api, data) = (line.base_url.clone(), line.data_url.clone().unwrap());
    let world = World { url: api.clone(), http: http(), account: Value::Null, login: Value::Null, ken: String::new() };
    let channel = world.control("channels", json!({ "name": "Onsen" })).await;

    let folder = tempfile::tempdir().unwrap();
    let database = database(Engine::Sqlite, folder.path()).await;
    let running = console(&folder.path().join("data"), &database, &format!("{api}={data}")).await;
    let mut owner = Browser::new(&running.state.public_url);
    let link = engawa::team::service::setup_link(&running.state).await.unwrap().unwrap();
    let token = link.split_once("token=").unwrap().1;
    let fields = [("token", token), ("name", "Mika"), ("email", "mika@example.com"), ("password", PASSWORD)];
    assert_eq!(owner.form("team/setup", &fields).await.0, 200);
    let of = |name: &str| channel[name].as_str().unwrap().to_owned();
    let (id, secret) = (of("id"), of("secret"));
    let fields = [("channel_id", &*id), ("channel_secret", &*secret), ("access_token", ""), ("api_base", &*api)];
    let (status, account) = owner.form("account/connect", &fields).await;
    assert_eq!(status, 200, "{account}");
    // A strict LINE takes no http address from the console; the console has no other here.
    let hook = format!("{}/line/webhook/{}", owner.base, account.as_str().unwrap());
    world.control(&format!("channels/{id}"), json!({ "endpoint": hook })).await;
    let user = world.control("users", json!({ "name": "Ken", "follow": id })).await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(9, 6).write_to(&mut png, image::ImageFormat::Png).unwrap();
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let say = json!({ "room": id, "message": { "type": "image" }, "base64": BASE64_STANDARD.encode(png.get_ref()), "mime": "image/png" });
    world.control(&format!("users/{}/say", user["id"].as_str().unwrap()), say).await;
    until(async || {
        let list = json!({ "account": account, "filter": "all", "after": null });
        let rooms = owner.call("chat/list_rooms", list).await.1;
        let room = rooms["rooms"].as_array()?.first()?["id"].clone();
        let opened = owner.call("chat/open_room", json!({ "account": account, "room": room })).await.1;
        opened["messages"].as_array()?.iter().find(|message| message["media"]["state"] == "ready").map(drop)
    })
    .await;
    running.stop().await;
}
