//! A house for one test: server, database, simulator, an owner who is logged in, and a connected account.

mod sim;

pub use sim::{Received, Sim, receiver};

use engawa::{
    server::{config::Flags, run, run::Running},
    simulator::server as simulator,
};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use sqlx::{Connection, Executor};
use std::{future::Future, path::PathBuf, time::Duration};
use tokio::net::TcpListener;

pub const PASSWORD: &str = "correct horse battery";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Runs a test on both databases; on PostgreSQL only where `ENGAWA_TEST_POSTGRES` names one (`./dev
/// test` does).
#[macro_export]
macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($house:ident: House) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing from outside")]
            use super::*;
            $(#[$doc])*
            async fn test($house: $crate::fixture::House) $body
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() { test($crate::fixture::House::build($crate::fixture::Engine::Sqlite).await).await }
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                if std::env::var("ENGAWA_TEST_POSTGRES").is_err() {
                    println!("skipped: ENGAWA_TEST_POSTGRES names no PostgreSQL; `./dev test` starts one");
                    return;
                }
                test($crate::fixture::House::build($crate::fixture::Engine::Postgres).await).await
            }
        }
    )*};
}

/// Somebody's browser: keeps its session.
#[derive(Clone)]
pub struct Browser {
    pub http: reqwest::Client,
    pub base: String,
    pub cookie: String,
}

pub struct House {
    pub folder: tempfile::TempDir,
    pub database: String,
    pub url: String,
    pub line: Line,
    pub owner: Browser,
    pub account: String,
    running: Option<Running>,
}

/// The simulator, and its control API.
pub struct Line {
    pub url: String,
    pub http: reqwest::Client,
    pub channel: Value,
}

pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A database of its own.
pub async fn database(engine: Engine, folder: &std::path::Path) -> String {
    if engine == Engine::Sqlite {
        return format!("sqlite:{}", folder.join("engawa.db").display());
    }
    let server = std::env::var("ENGAWA_TEST_POSTGRES").unwrap();
    let name = format!("engawa_{:x}", rand::random::<u64>());
    let mut admin = sqlx::PgConnection::connect(&server).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

impl Line {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        // As LINE has them: who is too fast learns it here.
        let config = simulator::Config { rate_limits: true, ..simulator::Config::default() };
        let running = simulator::start(config, listener, std::future::pending()).await.unwrap();
        let mut line = Self { url: running.base_url.clone(), http: http(), channel: Value::Null };
        line.channel = line.control("channels", json!({ "name": "Onsen", "quota": 200 })).await;
        line
    }

    /// Plays the people on the phones.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(format!("{}/simulator/api/{path}", self.url)).json(&body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        self.http.get(format!("{}/simulator/api/{path}", self.url)).send().await.unwrap().json().await.unwrap()
    }

    pub fn channel_id(&self) -> &str {
        self.channel["id"].as_str().unwrap()
    }

    pub fn secret(&self) -> &str {
        self.channel["secret"].as_str().unwrap()
    }

    /// A friend of the account.
    pub async fn friend(&self, name: &str) -> String {
        let user = self.control("users", json!({ "name": name, "language": "ja", "follow": self.channel_id() })).await;
        user["id"].as_str().unwrap().to_owned()
    }

    pub async fn say(&self, user: &str, text: &str) -> String {
        self.say_message(user, json!({ "type": "text", "text": text })).await
    }

    pub async fn say_message(&self, user: &str, message: Value) -> String {
        let body = json!({ "room": self.channel_id(), "message": message });
        let said = self.control(&format!("users/{user}/say"), body).await;
        said["messageId"].as_str().unwrap().to_owned()
    }

    /// What the friend's phone shows of our side, in order.
    pub async fn seen(&self, user: &str) -> Vec<String> {
        let messages = self.get(&format!("messages?room={}&user={user}", self.channel_id())).await;
        let ours = messages.as_array().unwrap().iter().filter(|message| message["from"]["by"] == "bot");
        ours.map(|message| message["body"]["text"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Everything LINE took, replies and pushes.
    pub async fn accepted(&self) -> Vec<Value> {
        self.get(&format!("accepted?channel={}", self.channel_id())).await.as_array().unwrap().clone()
    }

    pub async fn fault(&self, fault: Value) {
        self.control("faults", fault).await;
    }
}

impl Browser {
    pub fn new(base: &str) -> Self {
        Self { http: http(), base: base.into(), cookie: String::new() }
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<(&str, String)>) -> Response {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        request = request.header("sec-fetch-site", "same-origin").header("cookie", &self.cookie);
        request = match body {
            Some((kind, body)) => request.header("content-type", kind).body(body),
            None => request.header("accept", "text/html,*/*"),
        };
        request.send().await.unwrap()
    }

    /// Calls a server function with a JSON body.
    pub async fn call(&self, function: &str, body: Value) -> (u16, Value) {
        let answer =
            self.send(Method::POST, &format!("/api/{function}"), Some(("application/json", body.to_string()))).await;
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// As `call`, for a server that may be dead: none when there was no answer.
    pub async fn call_quietly(&self, function: &str, body: Value) -> Option<(u16, Value)> {
        let request = self.http.post(format!("{}/api/{function}", self.base)).header("sec-fetch-site", "same-origin");
        let answer = request.header("cookie", &self.cookie).json(&body).send().await.ok()?;
        Some((answer.status().as_u16(), answer.json().await.ok()?))
    }

    /// Calls a server function with a form, and keeps the session that it may begin.
    pub async fn form(&mut self, function: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let body: String = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", value.bytes().map(|b| format!("%{b:02X}")).collect::<String>()))
            .collect::<Vec<_>>()
            .join("&");
        let kind = "application/x-www-form-urlencoded";
        let answer = self.send(Method::POST, &format!("/api/{function}"), Some((kind, body))).await;
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            if pair.starts_with("engawa=") || pair.starts_with("engawa-code=") && !pair.ends_with('=') {
                self.cookie = pair.to_owned();
            }
        }
        let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// The status alone, of what may be no text.
    pub async fn page_status(&self, path: &str) -> u16 {
        self.send(Method::GET, path, None).await.status().as_u16()
    }

    pub async fn page(&self, path: &str) -> (u16, String) {
        let answer = self.send(Method::GET, path, None).await;
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

impl House {
    pub async fn build(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database(engine, folder.path()).await;
        let line = Line::start().await;
        let running = start(&folder.path().join("data"), &database, &line.url).await;
        let url = running.state.public_url.clone();
        let mut owner = Browser::new(&url);
        let link = engawa::team::service::setup_link(&running.state).await.unwrap().unwrap();
        let token = link.split_once("token=").unwrap().1;
        let fields = [("token", token), ("name", "Mika"), ("email", "mika@example.com"), ("password", PASSWORD)];
        assert_eq!(owner.form("team/setup", &fields).await.0, 200);
        let (id, secret) = (line.channel_id(), line.secret());
        let fields = [("channel_id", id), ("channel_secret", secret), ("access_token", ""), ("api_base", &line.url)];
        let (status, account) = owner.form("account/connect", &fields).await;
        assert_eq!(status, 200, "{account}");
        let account = account.as_str().unwrap().to_owned();
        Self { folder, database, url, line, owner, account, running: Some(running) }
    }

    pub fn state(&self) -> &engawa::server::state::State {
        &self.running.as_ref().unwrap().state
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Stops the server as Ctrl-C does.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    pub async fn call(&self, function: &str, body: Value) -> Value {
        let (status, value) = self.owner.call(function, body).await;
        assert_eq!(status, 200, "{function}: {value}");
        value
    }

    pub async fn rooms(&self, filter: &str) -> Vec<Value> {
        let page =
            self.call("chat/list_rooms", json!({ "account": self.account, "filter": filter, "after": null })).await;
        page["rooms"].as_array().unwrap().clone()
    }

    pub async fn counts(&self) -> Value {
        self.call("chat/list_rooms", json!({ "account": self.account, "filter": "all", "after": null })).await["counts"]
            .clone()
    }

    /// The room of a friend, once it is there.
    pub async fn room(&self, name: &str) -> Value {
        until(async || self.rooms("all").await.into_iter().find(|room| room["name"] == name)).await
    }

    pub async fn open(&self, room: &Value) -> Value {
        self.call("chat/open_room", json!({ "account": self.account, "room": room["id"] })).await
    }

    pub async fn messages(&self, room: &Value) -> Vec<Value> {
        self.open(room).await["messages"].as_array().unwrap().clone()
    }

    pub async fn send(&self, room: &Value, text: &str) -> Value {
        let key = format!("{:032x}", rand::random::<u128>());
        self.call("chat/send_text", json!({ "account": self.account, "room": room["id"], "key": key, "text": text }))
            .await
    }

    /// How sending a message went, once it is no longer waiting.
    pub async fn delivery(&self, room: &Value, message: &Value) -> Value {
        until(async || {
            let messages = self.messages(room).await;
            let found = messages.into_iter().find(|m| m["id"] == message["id"])?;
            (found["delivery"]["state"] != "queued").then(|| found["delivery"].clone())
        })
        .await
    }

    /// Nothing is lost, doubled or out of step; and LINE's side kept to LINE's own files.
    pub async fn check(&self) {
        for call in self.line.get("log").await.as_array().unwrap().iter().filter(|call| call["webhook"] == false) {
            let (method, path) = call["target"].as_str().unwrap().split_once(' ').unwrap();
            // Pictures, answers that were cut, and what is longer than the log keeps are no JSON.
            if let Ok(body) = serde_json::from_str(call["answer"].as_str().unwrap()) {
                let status = call["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap();
                crate::contract::answered(method, path, status, &body);
            }
        }
        let config = &self.state().config;
        let findings = engawa::server::check::run(&self.state().db, config).await.unwrap();
        assert_eq!(findings, Vec::<String>::new());
    }
}

pub async fn start(data: &std::path::Path, database: &str, line: &str) -> Running {
    let flags = Flags {
        data_dir: Some(data.to_owned()),
        database_url: Some(database.to_owned()),
        listen: Some("127.0.0.1:0".parse().unwrap()),
        line_host: vec![line.to_owned()],
        ..Flags::default()
    };
    run::start(flags.resolve().unwrap()).await.unwrap()
}

/// Waits for something, up to twenty seconds: looks again and again instead of sleeping for luck, and lets the server
/// have the machine between two looks (its timers stand still while a look follows the other without a pause).
pub async fn until<T, F: Future<Output = Option<T>>>(mut look: impl FnMut() -> F) -> T {
    let looking = async {
        let mut pace = tokio::time::interval(Duration::from_millis(5));
        loop {
            pace.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), looking).await.expect("what was waited for did not come")
}
