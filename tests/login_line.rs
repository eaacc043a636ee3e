//! LINE Login v2.1 against the simulator: the whole way, and every refusal.

use crate::{contract, fixture::http};
use engawa::simulator::server::{Config, start};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub const BACK: &str = "https://shop.example/auth?key=value";

/// A simulator with an account, a login channel that is linked with it, and somebody.
pub struct World {
    pub url: String,
    pub http: reqwest::Client,
    pub account: Value,
    pub login: Value,
    pub ken: String,
}

/// What a browser was answered.
pub struct Seen {
    pub status: u16,
    pub location: String,
    pub cookie: String,
    pub html: String,
}

impl Seen {
    pub async fn of(answer: Response) -> Self {
        let header =
            |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let (status, location, cookie) = (answer.status().as_u16(), header("location"), header("set-cookie"));
        Self { status, location, cookie, html: answer.text().await.unwrap() }
    }

    /// A value of the address to which the browser was sent.
    pub fn param(&self, name: &str) -> Option<String> {
        param(&self.location, name)
    }
}

pub fn param(url: &str, name: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).ok()?;
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

impl World {
    pub async fn start(config: Config) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = start(config, listener, std::future::pending()).await.unwrap();
        let mut world = Self {
            url: running.base_url.clone(),
            http: http(),
            account: Value::Null,
            login: Value::Null,
            ken: String::new(),
        };
        world.account = world.control("channels", json!({ "name": "Onsen" })).await;
        let login = json!({
            "name": "Shop", "redirectUris": ["https://shop.example/auth"], "channel": world.account["id"], "email": true,
        });
        world.login = world.control("logins", login).await;
        world.ken = world.person("Ken").await;
        world
    }

    pub async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(format!("{}/simulator/api/{path}", self.url)).json(&body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub async fn person(&self, name: &str) -> String {
        let body = json!({ "name": name, "picture": true, "status": "hello" });
        self.control("users", body).await["id"].as_str().unwrap().to_owned()
    }

    pub fn id(&self) -> &str {
        self.login["id"].as_str().unwrap()
    }

    pub fn secret(&self) -> &str {
        self.login["secret"].as_str().unwrap()
    }

    /// The address of the login page, with what is different in this request; an empty value leaves one out.
    pub fn page(&self, more: &[(&str, &str)]) -> String {
        let mut all = vec![
            ("response_type", "code"),
            ("client_id", self.id()),
            ("redirect_uri", BACK),
            ("state", "s-1"),
            ("scope", "profile openid email"),
            ("nonce", "n-1"),
        ];
        for (name, value) in more {
            all.retain(|(known, _)| known != name);
            if !value.is_empty() {
                all.push((name, value));
            }
        }
        let mut url = reqwest::Url::parse(&format!("{}/oauth2/v2.1/authorize", self.url)).unwrap();
        url.query_pairs_mut().extend_pairs(all);
        url.into()
    }

    pub async fn open(&self, more: &[(&str, &str)]) -> Seen {
        Seen::of(self.http.get(self.page(more)).send().await.unwrap()).await
    }

    pub async fn press(&self, more: &[(&str, &str)], fields: &[(&str, &str)]) -> Seen {
        let post = self.http.post(self.page(more)).form(fields).header("sec-fetch-site", "same-origin");
        Seen::of(post.send().await.unwrap()).await
    }

    /// Logs Ken in and allows everything; the code.
    pub async fn code(&self, more: &[(&str, &str)]) -> String {
        let fields = [("step", "consent"), ("user", &self.ken), ("amr", "pwd"), ("answer", "allow"), ("email", "on")];
        let seen = self.press(more, &fields).await;
        assert_eq!(seen.status, 302, "{}", seen.html);
        seen.param("code").unwrap_or_else(|| panic!("{}", seen.location))
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        read(self.http.post(format!("{}{path}", self.url)).form(fields)).await
    }

    /// Exchanges a code.
    pub async fn exchange(&self, code: &str, more: &[(&str, &str)]) -> (u16, Value) {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("client_id", self.id()),
            ("client_secret", self.secret()),
        ];
        for (name, value) in more {
            fields.retain(|(known, _)| known != name);
            fields.push((name, value));
        }
        self.form("/oauth2/v2.1/token", &fields).await
    }

    pub async fn tokens(&self) -> Value {
        let (status, tokens) = self.exchange(&self.code(&[]).await, &[]).await;
        assert_eq!(status, 200, "{tokens}");
        tokens
    }

    pub async fn ask(&self, method: Method, path: &str, token: &str) -> (u16, Value) {
        read(self.http.request(method, format!("{}{path}", self.url)).bearer_auth(token)).await
    }

    pub async fn get(&self, path: &str, token: &str) -> (u16, Value) {
        self.ask(Method::GET, path, token).await
    }

    pub async fn later(&self, millis: i64) {
        let now = self.http.get(format!("{}/simulator/api/clock", self.url)).send().await.unwrap();
        let now = now.json::<Value>().await.unwrap()["now"].as_i64().unwrap();
        self.control("clock", json!({ "now": now + millis })).await;
    }

    /// A stateless token of the login channel.
    pub async fn channel_token(&self) -> String {
        let fields = [("grant_type", "client_credentials"), ("client_id", self.id()), ("client_secret", self.secret())];
        let (status, token) = self.form("/oauth2/v3/token", &fields).await;
        assert_eq!(status, 200, "{token}");
        token["access_token"].as_str().unwrap().to_owned()
    }
}

pub async fn read(call: RequestBuilder) -> (u16, Value) {
    let answer = call.send().await.unwrap();
    assert!(answer.headers().contains_key("x-line-request-id"));
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

fn oauth(error: &str, words: &str) -> Value {
    json!({ "error": error, "error_description": words })
}

fn claims(token: &str) -> (Value, Value) {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let part = |at: usize| {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(at).unwrap()).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    };
    (part(0), part(1))
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

#[tokio::test]
async fn a_friend_logs_in_and_the_service_knows_who() {
    let world = World::start(Config::default()).await;
    let page = world.open(&[]).await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("Log in to Shop") && page.html.contains(&world.ken) && page.html.contains("Ken"));

    let page = world.press(&[], &[("step", "login"), ("user", &world.ken), ("amr", "pwd")]).await;
    assert_eq!((page.status, page.location.as_str()), (200, ""));
    assert!(page.cookie.starts_with(&format!("sim_login={}.", world.ken)), "{}", page.cookie);
    for words in ["Shop asks for permission", "Your main profile", "Your internal identifier", "@example.com"] {
        assert!(page.html.contains(words), "{words}");
    }
    let fields = [("step", "consent"), ("user", &*world.ken), ("amr", "pwd"), ("answer", "allow"), ("email", "on")];
    let back = world.press(&[], &fields).await;
    assert!(back.location.starts_with("https://shop.example/auth?key=value&code="), "{}", back.location);
    assert_eq!(back.param("state").as_deref(), Some("s-1"));
    assert_eq!(back.param("friendship_status_changed"), None);

    let (status, tokens) = world.exchange(&back.param("code").unwrap(), &[]).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&tokens["token_type"], &tokens["expires_in"], &tokens["scope"]),
        (&json!("Bearer"), &json!(2_592_000), &json!("profile openid"))
    );
    let (header, claims) = claims(tokens["id_token"].as_str().unwrap());
    assert_eq!(header, json!({ "typ": "JWT", "alg": "HS256" }));
    assert_eq!(claims["iss"], "https://access.line.me");
    assert_eq!(
        (&claims["sub"], &claims["aud"], &claims["nonce"]),
        (&json!(world.ken), &world.login["id"], &json!("n-1"))
    );
    assert_eq!((&claims["amr"], &claims["name"]), (&json!(["pwd"]), &json!("Ken")));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3_600);
    assert!(claims["email"].as_str().unwrap().ends_with("@example.com") && claims["auth_time"].is_null());

    let access = tokens["access_token"].as_str().unwrap();
    let picture = format!("{}/simulator/picture/{}", world.url, world.ken);
    let profile = json!({ "userId": world.ken, "displayName": "Ken", "pictureUrl": picture, "statusMessage": "hello" });
    assert_eq!(world.get("/v2/profile", access).await, (200, profile));
    let info = json!({ "sub": world.ken, "name": "Ken", "picture": picture });
    for method in [Method::GET, Method::POST] {
        assert_eq!(world.ask(method, "/oauth2/v2.1/userinfo", access).await, (200, info.clone()));
    }
    let (status, verified) =
        contract::ask(world.http.get(format!("{}/oauth2/v2.1/verify", world.url)).query(&[("access_token", access)]))
            .await;
    assert_eq!(
        (status, &verified["client_id"], &verified["scope"]),
        (200, &world.login["id"], &json!("profile openid"))
    );
    assert!((2_591_900..=2_592_000).contains(&verified["expires_in"].as_i64().unwrap()));
    // A person's token is no channel's.
    assert_eq!(world.get("/v2/bot/info", access).await.0, 401);
}

#[tokio::test]
async fn codes_work_once_for_ten_minutes_and_for_whom_they_were_made() {
    let world = World::start(Config::default()).await;
    let other = world.control("logins", json!({ "name": "Tea", "redirectUris": [BACK] })).await;
    let used = world.code(&[]).await;
    assert_eq!(world.exchange(&used, &[]).await.0, 200);
    let old = world.code(&[]).await;
    world.later(10 * MINUTE + 1).await;
    let code = world.code(&[]).await;
    let grant = |words: &str| (400, oauth("invalid_grant", words));
    let client = (400, oauth("invalid_client", "invalid client_id or client_secret"));
    let (id, secret) = (other["id"].as_str().unwrap(), other["secret"].as_str().unwrap());
    for (code, more, answer) in [
        (used.as_str(), vec![], grant("invalid authorization code")),
        (&old, vec![], grant("invalid authorization code")),
        ("no such code", vec![], grant("invalid authorization code")),
        (&code, vec![("redirect_uri", "https://shop.example/auth")], grant("redirect_uri does not match")),
        (&code, vec![("client_secret", "0")], client.clone()),
        (&code, vec![("client_id", "1")], client.clone()),
        (&code, vec![("client_id", id), ("client_secret", secret)], grant("invalid authorization code")),
        (&code, vec![("code_verifier", "x")], grant("invalid code_verifier")),
        (&code, vec![("grant_type", "password")], (400, oauth("unsupported_grant_type", "unsupported grant_type"))),
    ] {
        assert_eq!(world.exchange(code, &more).await, answer, "{more:?}");
    }
    assert_eq!(world.exchange(&code, &[]).await.0, 200, "what was refused has not spent it");
}

#[tokio::test]
async fn pkce_is_proven() {
    let world = World::start(Config::default()).await;
    let (verifier, challenge) =
        ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let code = world.code(&[("code_challenge", challenge), ("code_challenge_method", "S256")]).await;
    let wrong = (400, oauth("invalid_grant", "invalid code_verifier"));
    assert_eq!(world.exchange(&code, &[]).await, wrong);
    assert_eq!(world.exchange(&code, &[("code_verifier", &verifier.replace('d', "e"))]).await, wrong);
    assert_eq!(world.exchange(&code, &[("code_verifier", verifier)]).await.0, 200);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_as_line_does() {
    let world = World::start(Config::default()).await;
    // Where it can't be known whether the address is the service's, nobody is sent there.
    for (more, words) in [
        (vec![("client_id", "1")], "Invalid client_id value."),
        (vec![("client_id", "")], "Invalid client_id value."),
        (vec![("client_id", world.account["id"].as_str().unwrap())], "Invalid client_id value."),
        (vec![("redirect_uri", "https://evil.example/auth")], "Invalid redirect_uri value."),
        (vec![("redirect_uri", "https://shop.example/auth/x")], "Invalid redirect_uri value."),
        (vec![("redirect_uri", "http://shop.example/auth")], "Invalid redirect_uri value."),
        (vec![("redirect_uri", "https://shop.example/auth#x")], "Invalid redirect_uri value."),
        (vec![("redirect_uri", "")], "Invalid redirect_uri value."),
    ] {
        let page = world.open(&more).await;
        assert_eq!((page.status, page.location.as_str()), (400, ""), "{more:?}");
        assert!(page.html.contains("400 Bad Request") && page.html.contains(words), "{more:?}");
    }
    for (more, error) in [
        (vec![("response_type", "token")], "UNSUPPORTED_RESPONSE_TYPE"),
        (vec![("response_type", "")], "INVALID_REQUEST"),
        (vec![("state", "")], "INVALID_REQUEST"),
        (vec![("scope", "")], "INVALID_SCOPE"),
        (vec![("scope", "email")], "INVALID_SCOPE"),
        (vec![("scope", "profile email")], "INVALID_SCOPE"),
        (vec![("scope", "profile phone")], "INVALID_SCOPE"),
        (vec![("prompt", "maybe")], "INVALID_REQUEST"),
        (vec![("max_age", "soon")], "INVALID_REQUEST"),
        (vec![("bot_prompt", "shy")], "INVALID_REQUEST"),
        (vec![("response_mode", "fragment")], "INVALID_REQUEST"),
        (vec![("code_challenge", "x"), ("code_challenge_method", "S256")], "INVALID_REQUEST"),
        (
            vec![("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "plain")],
            "INVALID_REQUEST",
        ),
        (vec![("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")], "INVALID_REQUEST"),
        (vec![("prompt", "none")], "LOGIN_REQUIRED"),
    ] {
        let back = world.open(&more).await;
        assert_eq!(back.status, 302, "{more:?}");
        assert!(back.location.starts_with("https://shop.example/auth?key=value&error="), "{}", back.location);
        assert_eq!(back.param("error").as_deref(), Some(error), "{more:?}");
        let state = if more[0].0 == "state" { None } else { Some("s-1") };
        assert_eq!(back.param("state").as_deref(), state);
        assert!(back.param("code").is_none());
    }
    let back = world.press(&[], &[("step", "consent"), ("user", &world.ken), ("answer", "cancel")]).await;
    let whole = "https://shop.example/auth?key=value&error=ACCESS_DENIED&error_description=The+resource+owner+denied+the+request.&state=s-1";
    assert_eq!(back.location, whole);
    // A channel that may not ask for e-mail addresses.
    let plain = world.control("logins", json!({ "name": "Tea", "redirectUris": [BACK] })).await;
    assert_eq!(
        world.open(&[("client_id", plain["id"].as_str().unwrap())]).await.param("error").as_deref(),
        Some("INVALID_SCOPE")
    );
    // Nobody logs in from another site's page, and an unknown friend chooses again.
    let forged =
        world.http.post(world.page(&[])).form(&[("step", "consent"), ("user", &*world.ken), ("answer", "allow")]);
    assert_eq!(forged.header("sec-fetch-site", "cross-site").send().await.unwrap().status(), 403);
    assert!(world.press(&[], &[("step", "login"), ("user", "U1")]).await.html.contains("Log in to Shop"));
}

#[tokio::test]
async fn consent_is_asked_for_what_is_new() {
    let world = World::start(Config::default()).await;
    let log_in = |more: &'static [(&'static str, &'static str)]| {
        let world = &world;
        async move { world.press(more, &[("step", "login"), ("user", &world.ken), ("amr", "pwd")]).await }
    };
    let less: &[(&str, &str)] = &[("scope", "profile")];
    assert!(log_in(less).await.html.contains("asks for permission"));
    let fields = [("step", "consent"), ("user", &*world.ken), ("amr", "pwd"), ("answer", "allow")];
    let code = world.press(less, &fields).await.param("code").unwrap();
    let (_, tokens) = world.exchange(&code, &[]).await;
    assert!(tokens["id_token"].is_null() && tokens["scope"] == "profile");
    assert_eq!(world.get("/oauth2/v2.1/userinfo", tokens["access_token"].as_str().unwrap()).await.0, 403);

    assert!(log_in(less).await.param("code").is_some(), "allowed already");
    assert!(log_in(&[("scope", "profile"), ("prompt", "consent")]).await.html.contains("asks for permission"));
    assert!(log_in(&[]).await.html.contains("asks for permission"));
    // The e-mail address can be kept back: the token then has none, and it is asked for again.
    let code = world.press(&[], &fields).await.param("code").unwrap();
    let (_, tokens) = world.exchange(&code, &[]).await;
    assert!(claims(tokens["id_token"].as_str().unwrap()).1["email"].is_null());
    assert!(log_in(&[]).await.html.contains("asks for permission"));
    assert!(log_in(&[("scope", "openid")]).await.param("code").is_some());

    world.control(&format!("users/{}/email", world.ken), json!({ "email": null })).await;
    assert!(log_in(&[]).await.html.contains("you have none"));
    world.control(&format!("users/{}/email", world.ken), json!({ "email": "ken@shop.example" })).await;
    let tokens = world.tokens().await;
    assert_eq!(claims(tokens["id_token"].as_str().unwrap()).1["email"], "ken@shop.example");
    assert!(log_in(&[]).await.param("code").is_some());
}

#[tokio::test]
async fn a_browser_remembers_and_a_phone_logs_in_alone() {
    let world = World::start(Config::default()).await;
    let cookie = world.press(&[], &[("step", "login"), ("user", &world.ken), ("amr", "pwd")]).await.cookie;
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let with = |more: &[(&str, &str)]| world.http.get(world.page(more)).header("cookie", &cookie).send();
    let opened = async |more: &[(&str, &str)]| Seen::of(with(more).await.unwrap()).await;
    assert!(opened(&[]).await.html.contains("Log in as Ken"));
    assert!(!opened(&[("prompt", "login")]).await.html.contains("Log in as Ken"));
    assert_eq!(opened(&[("prompt", "none")]).await.param("error").as_deref(), Some("INTERACTION_REQUIRED"));
    world.code(&[]).await;
    let code = opened(&[("prompt", "none")]).await.param("code").unwrap();
    let (_, tokens) = world.exchange(&code, &[]).await;
    assert_eq!(claims(tokens["id_token"].as_str().unwrap()).1["amr"], json!(["linesso"]));
    let code = opened(&[("prompt", "none"), ("max_age", "3600")]).await.param("code").unwrap();
    let (_, tokens) = world.exchange(&code, &[]).await;
    assert!(claims(tokens["id_token"].as_str().unwrap()).1["auth_time"].is_i64());
    world.later(2 * 60 * MINUTE).await;
    assert_eq!(
        opened(&[("prompt", "none"), ("max_age", "3600")]).await.param("error").as_deref(),
        Some("LOGIN_REQUIRED")
    );
    assert!(!opened(&[("max_age", "3600")]).await.html.contains("Log in as Ken"));

    let phone = world.open(&[("sim_user", &world.ken)]).await.param("code").unwrap();
    let (_, tokens) = world.exchange(&phone, &[]).await;
    assert_eq!(claims(tokens["id_token"].as_str().unwrap()).1["amr"], json!(["lineautologin"]));
    for more in [("disable_auto_login", "true"), ("prompt", "login")] {
        assert!(world.open(&[("sim_user", &world.ken), more]).await.html.contains("Log in to Shop"));
    }
    // What the service asks of the page.
    assert!(world.open(&[("ui_locales", "fr ja")]).await.html.contains("Shopにログイン"));
    assert!(
        world
            .open(&[("initial_amr_display", "lineqr"), ("switch_amr", "false")])
            .await
            .html
            .contains("value=\"lineqr\"")
    );
    let found = world.press(&[], &[("step", "find"), ("find", "nobody at all")]).await;
    assert!(found.html.contains("There is no friend of this name") && !found.html.contains(&world.ken));
}

#[tokio::test]
async fn the_linked_account_is_offered() {
    let world = World::start(Config::default()).await;
    let bot = world.account["id"].as_str().unwrap();
    let status = async || {
        let tokens = world.tokens().await;
        world.get("/friendship/v1/status", tokens["access_token"].as_str().unwrap()).await
    };
    assert_eq!(status().await, (200, json!({ "friendFlag": false })));
    let normal: &[(&str, &str)] = &[("bot_prompt", "normal"), ("prompt", "consent")];
    let login = [("step", "login"), ("user", &*world.ken), ("amr", "pwd")];
    assert!(world.press(normal, &login).await.html.contains("Add Onsen as a friend"));
    let mut fields =
        vec![("step", "consent"), ("user", &*world.ken), ("amr", "pwd"), ("answer", "allow"), ("email", "on")];
    let changed = async |more: &[(&str, &str)], fields: &[(&str, &str)]| {
        world.press(more, fields).await.param("friendship_status_changed")
    };
    assert_eq!(changed(normal, &fields).await.as_deref(), Some("false"));
    fields.push(("friend", "on"));
    assert_eq!(changed(normal, &fields).await.as_deref(), Some("true"));
    assert_eq!(status().await, (200, json!({ "friendFlag": true })));
    assert!(world.press(normal, &login).await.html.contains("Onsen is a friend of yours already"));
    assert_eq!(changed(normal, &fields).await.as_deref(), Some("false"));

    world.control(&format!("users/{}/block", world.ken), json!({ "channel": bot })).await;
    assert_eq!(status().await, (200, json!({ "friendFlag": false })));
    let aggressive: &[(&str, &str)] = &[("bot_prompt", "aggressive"), ("prompt", "consent")];
    assert!(!world.press(aggressive, &login).await.html.contains("Unblock Onsen"), "not yet");
    let asked = world.press(aggressive, &fields).await;
    assert!(asked.status == 200 && asked.html.contains("Unblock Onsen"));
    let last = |answer: &'static str| {
        [("step", "friend"), ("user", &*world.ken), ("amr", "pwd"), ("changed", "false"), ("answer", answer)]
    };
    assert_eq!(changed(aggressive, &last("skip")).await.as_deref(), Some("false"));
    assert_eq!(changed(aggressive, &last("add")).await.as_deref(), Some("true"));
    // The account's webhook hears of it as of any friend.
    let log = world.http.get(format!("{}/simulator/api/messages?room={bot}&user={}", world.url, world.ken));
    let log: Value = log.send().await.unwrap().json().await.unwrap();
    assert_eq!(log.as_array().unwrap().last().unwrap()["body"]["type"], "unblocked");

    world.control(&format!("logins/{}", world.id()), json!({ "channel": null })).await;
    assert_eq!(status().await, (400, json!({ "message": "There is no login bot linked to this channel." })));
}

#[tokio::test]
async fn answers_travel_in_other_ways() {
    let world = World::start(Config::default()).await;
    let fields = [("step", "consent"), ("user", &*world.ken), ("amr", "pwd"), ("answer", "allow")];
    let posted = world.press(&[("response_mode", "form_post")], &fields).await;
    assert_eq!(posted.status, 200);
    assert!(
        posted.html.contains("action=\"https://shop.example/auth?key=value\"") && posted.html.contains("name=\"code\"")
    );
    for mode in ["jwt", "query.jwt"] {
        let back = world.press(&[("response_mode", mode)], &fields).await;
        assert!(back.param("code").is_none());
        let (header, answer) = claims(&back.param("response").unwrap());
        assert_eq!((&header["alg"], &answer["iss"]), (&json!("HS256"), &json!("https://access.line.me")));
        assert_eq!((&answer["aud"], &answer["state"]), (&world.login["id"], &json!("s-1")));
        assert_eq!(world.exchange(answer["code"].as_str().unwrap(), &[]).await.0, 200);
    }
    assert!(world.press(&[("response_mode", "form_post.jwt")], &fields).await.html.contains("name=\"response\""));
}

#[tokio::test]
async fn tokens_end_are_renewed_and_taken_back() {
    let world = World::start(Config::default()).await;
    let tokens = world.tokens().await;
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let renew = async |refresh: &str, secret: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh),
            ("client_id", world.id()),
            ("client_secret", secret),
        ];
        world.form("/oauth2/v2.1/token", &fields).await
    };
    assert_eq!(renew(refresh, "0").await.1["error"], "invalid_client");
    assert_eq!(renew("x", world.secret()).await, (400, oauth("invalid_grant", "invalid refresh token")));
    world.later(30 * DAY + 1).await;
    let ended = (400, oauth("invalid_request", "access token expired"));
    let verify = format!("/oauth2/v2.1/verify?access_token={}", access.replace('+', "%2B").replace('/', "%2F"));
    assert_eq!(world.get(&verify, "").await, ended);
    assert_eq!(world.get("/v2/profile", access).await, (401, json!({ "message": "The access token expired" })));
    assert_eq!(world.get("/v2/profile", "x").await, (401, json!({ "message": "invalid token" })));
    let (status, renewed) = renew(refresh, world.secret()).await;
    assert_eq!(
        (status, &renewed["refresh_token"], &renewed["scope"]),
        (200, &json!(refresh), &json!("profile openid"))
    );
    let second = renewed["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.get("/v2/profile", &second).await.0, 200);
    world.later(60 * DAY).await;
    assert_eq!(
        renew(refresh, world.secret()).await,
        (400, oauth("invalid_grant", "invalid refresh token")),
        "90 days, whatever was renewed"
    );

    let tokens = world.tokens().await;
    let access = tokens["access_token"].as_str().unwrap();
    let revoke = async |secret: &str| {
        world
            .form(
                "/oauth2/v2.1/revoke",
                &[("access_token", access), ("client_id", world.id()), ("client_secret", secret)],
            )
            .await
    };
    assert_eq!(revoke("0").await.0, 400);
    assert_eq!(world.get("/v2/profile", access).await.0, 200);
    assert_eq!(revoke(world.secret()).await, (200, Value::Null));
    assert_eq!(world.get("/v2/profile", access).await.0, 401);

    let tokens = world.tokens().await;
    let access = tokens["access_token"].as_str().unwrap();
    let end = async |channel: &str, user: &str| {
        let call = world.http.post(format!("{}/user/v1/deauthorize", world.url)).bearer_auth(channel);
        read(call.json(&json!({ "userAccessToken": user }))).await
    };
    let channel = world.channel_token().await;
    assert_eq!(end(&channel, "x").await, (400, json!({ "message": "invalid token" })));
    assert_eq!(end(world.account["token"].as_str().unwrap(), access).await.0, 401, "a long-lived token");
    assert_eq!(end(&channel, access).await, (204, Value::Null));
    assert_eq!(end(&channel, access).await, (400, json!({ "message": "invalid token" })));
    assert_eq!(world.get("/v2/profile", access).await.0, 401);
    assert_eq!(renew(tokens["refresh_token"].as_str().unwrap(), world.secret()).await.0, 400);
    let again = world.press(&[], &[("step", "login"), ("user", &world.ken), ("amr", "pwd")]).await;
    assert!(again.html.contains("asks for permission"), "everything is asked for again");
}

#[tokio::test]
async fn id_tokens_are_verified_in_lines_words() {
    use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
    let world = World::start(Config::default()).await;
    let tokens = world.tokens().await;
    let token = tokens["id_token"].as_str().unwrap();
    let verify = async |token: &str, more: &[(&str, &str)]| {
        let mut fields = vec![("id_token", token), ("client_id", world.id())];
        for (name, value) in more {
            fields.retain(|(known, _)| known != name);
            fields.push((name, value));
        }
        world.form("/oauth2/v2.1/verify", &fields).await
    };
    let right = [("nonce", "n-1"), ("user_id", &*world.ken)];
    let (status, answer) = verify(token, &right).await;
    assert_eq!((status, &answer), (200, &claims(token).1));
    let forged = |change: &dyn Fn(&mut Value), secret: &str| {
        let mut body = claims(token).1;
        change(&mut body);
        encode(&Header::new(Algorithm::HS256), &body, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
    };
    let other = forged(&|body| body["iss"] = "https://evil.example".into(), world.secret());
    for (token, more, words) in [
        ("x.y.z".to_owned(), vec![], "Invalid IdToken."),
        (forged(&|_| (), "wrong"), vec![], "Invalid IdToken."),
        (other, vec![], "Invalid IdToken Issuer."),
        (forged(&|body| body["exp"] = 1.into(), world.secret()), vec![], "IdToken expired."),
        (token.to_owned(), vec![("client_id", "1")], "Invalid IdToken Audience."),
        (token.to_owned(), vec![("nonce", "n-2")], "Invalid IdToken Nonce."),
        (token.to_owned(), vec![("user_id", "U1")], "Invalid IdToken Subject Identifier."),
    ] {
        assert_eq!(verify(&token, &more).await, (400, oauth("invalid_request", words)));
    }
    world.later(61 * MINUTE).await;
    assert_eq!(verify(token, &[]).await, (400, oauth("invalid_request", "IdToken expired.")));

    // A mobile app has no secret, and its tokens are proven with the key that the platform publishes.
    world.control(&format!("logins/{}", world.id()), json!({ "native": true })).await;
    let code = world.code(&[]).await;
    let (status, tokens) = world.exchange(&code, &[("client_secret", "")]).await;
    assert_eq!(status, 200, "{tokens}");
    let token = tokens["id_token"].as_str().unwrap();
    let (header, _) = claims(token);
    assert_eq!(header["alg"], "ES256");
    assert_eq!(verify(token, &right).await.0, 200);
    let (_, certs) = world.get("/oauth2/v2.1/certs", "").await;
    let key = certs["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    let proof = DecodingKey::from_ec_components(key["x"].as_str().unwrap(), key["y"].as_str().unwrap()).unwrap();
    let mut wanted = Validation::new(Algorithm::ES256);
    wanted.set_audience(&[world.id()]);
    wanted.set_issuer(&["https://access.line.me"]);
    // The simulator's clock is ahead.
    wanted.leeway = 10_000;
    assert_eq!(decode::<Value>(token, &proof, &wanted).unwrap().claims["sub"], world.ken.as_str());
    let (_, found) = world.get("/.well-known/openid-configuration", "").await;
    assert_eq!(found["issuer"], "https://access.line.me");
    assert_eq!(found["jwks_uri"], format!("{}/oauth2/v2.1/certs", world.url));
}

#[tokio::test]
async fn scripts_log_people_in_and_providers_know_them_by_other_names() {
    let world = World::start(Config::default()).await;
    let query = |world: &World, more: &[(&str, &str)]| world.page(more).split_once('?').unwrap().1.to_owned();
    let path = format!("users/{}/authorize", world.ken);
    let done =
        world.control(&path, json!({ "query": query(&world, &[("bot_prompt", "normal")]), "friend": true })).await;
    let location = done["location"].as_str().unwrap();
    assert_eq!(param(location, "friendship_status_changed").as_deref(), Some("true"));
    assert_eq!(world.exchange(&param(location, "code").unwrap(), &[]).await.0, 200);
    let refused = world.control(&path, json!({ "query": query(&world, &[]), "allow": false })).await;
    assert_eq!(param(refused["location"].as_str().unwrap(), "error").as_deref(), Some("ACCESS_DENIED"));

    let tea = world
        .control("logins", json!({ "name": "Tea", "provider": "Tea", "redirectUris": ["https://shop.example/auth"] }))
        .await;
    let (id, secret) = (tea["id"].as_str().unwrap(), tea["secret"].as_str().unwrap());
    let query = query(&world, &[("client_id", id), ("scope", "profile")]);
    let done = world.control(&path, json!({ "query": query })).await;
    let code = param(done["location"].as_str().unwrap(), "code").unwrap();
    let (_, tokens) = world.exchange(&code, &[("client_id", id), ("client_secret", secret)]).await;
    let (_, profile) = world.get("/v2/profile", tokens["access_token"].as_str().unwrap()).await;
    assert_ne!(profile["userId"], world.ken.as_str());
    assert_eq!(profile["userId"].as_str().unwrap().len(), 33);
    let linked = json!({ "name": "Sake", "provider": "Sake", "channel": world.account["id"] });
    let answer = world.http.post(format!("{}/simulator/api/logins", world.url)).json(&linked).send().await.unwrap();
    assert_eq!(answer.status(), 403, "an account of another provider");
}

#[tokio::test]
async fn the_limits_are_lines() {
    let world = World::start(Config { rate_limits: true, ..Config::default() }).await;
    world.control("clock", json!({ "now": 1_800_000_000_000_i64 })).await;
    let (id, secret) = (world.account["id"].as_str().unwrap(), world.account["secret"].as_str().unwrap());
    let fields = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
    let mut refused = 0;
    for _ in 0..10 {
        let calls = (0..400).map(|_| world.form("/v2/oauth/accessToken", &fields));
        let answers = futures_util::future::join_all(calls).await;
        refused += answers.iter().filter(|(status, _)| *status == 429).count();
        if refused > 0 {
            break;
        }
    }
    assert!(refused > 0, "370 a second");
}

#[tokio::test]
async fn logins_are_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data: Some(folder.path().to_owned()), ..Config::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = start(config.clone(), listener, async move { drop(stopped.await) }).await.unwrap();
    let mut world = World {
        url: running.base_url.clone(),
        http: http(),
        account: Value::Null,
        login: Value::Null,
        ken: String::new(),
    };
    world.login = world.control("logins", json!({ "name": "Shop", "redirectUris": [BACK], "email": true })).await;
    world.ken = world.person("Ken").await;
    let tokens = world.tokens().await;
    stop.send(()).unwrap();
    world.http = http();
    running.done.await.unwrap().unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let running = start(config, listener, std::future::pending()).await.unwrap();
    world.url = running.base_url.clone();
    assert_eq!(world.get("/v2/profile", tokens["access_token"].as_str().unwrap()).await.1["displayName"], "Ken");
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ("client_id", world.id()),
        ("client_secret", world.secret()),
    ];
    assert_eq!(world.form("/oauth2/v2.1/token", &fields).await.0, 200);
    let seen = world.press(&[], &[("step", "login"), ("user", &world.ken), ("amr", "pwd")]).await;
    assert!(seen.param("code").is_some(), "what was allowed is remembered");
}
