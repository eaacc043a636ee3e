//! Killed with `kill -9`, again and again, while webhooks come in and messages go out: nothing that was
//! acknowledged is missing, nothing that was sent is lost or doubled.

use crate::{
    fixture::{Browser, Engine, House, until},
    program::serve,
};
use engawa::line::signature;
use rand::RngExt;
use serde_json::json;
use std::{
    collections::HashMap,
    process::Child,
    sync::{Arc, Mutex},
    time::Duration,
};

/// How often the server is killed on each database. Fifty at random moments, as the bar has it.
const ROUNDS: usize = 25;

struct Crashing {
    house: House,
    arguments: Vec<String>,
    child: Child,
    url: String,
}

impl Crashing {
    async fn build(engine: Engine) -> Self {
        let mut house = House::build(engine).await;
        // From here on the real program serves, so that it can really be killed.
        house.stop().await;
        let mut arguments = vec!["serve".to_owned(), "--data-dir".into(), house.data_dir().display().to_string()];
        arguments.extend([
            "--database-url".into(),
            house.database.clone(),
            "--line-host".into(),
            house.line.url.clone(),
            "--listen".into(),
        ]);
        let (child, url) =
            serve(&[&arguments.iter().map(String::as_str).collect::<Vec<_>>()[..], &["127.0.0.1:0"]].concat());
        let endpoint = json!({"endpoint": format!("{url}/line/webhook/{}", house.account), "quota": null});
        house.line.control(&format!("channels/{}", house.line.channel_id()), endpoint).await;
        Self { house, arguments, child, url }
    }

    fn kill_and_restart(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let address = self.url.strip_prefix("http://").unwrap().to_owned();
        let (child, _) =
            serve(&[&self.arguments.iter().map(String::as_str).collect::<Vec<_>>()[..], &[&address]].concat());
        self.child = child;
    }
}

impl Drop for Crashing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn killed_again_and_again(engine: Engine) {
    let mut crashing = Crashing::build(engine).await;
    let (url, account) = (crashing.url.clone(), crashing.house.account.clone());
    let secret = crashing.house.line.secret().to_owned();
    let users: Vec<String> = {
        let mut users = Vec::new();
        for n in 0..4 {
            users.push(crashing.house.line.friend(&format!("F{n}")).await);
        }
        users
    };
    let owner = Browser { base: url.clone(), ..crashing.house.owner.clone() };
    let rooms = until(async || {
        let (_, page) =
            owner.call_quietly("chat/list_rooms", json!({"account": account, "filter": "all", "after": null})).await?;
        let rooms = page["rooms"].as_array()?.clone();
        (rooms.len() == 4).then_some(rooms)
    })
    .await;
    let acknowledged: Arc<Mutex<Vec<String>>> = Arc::default();
    let accepted_by_us: Arc<Mutex<Vec<String>>> = Arc::default();
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let mut tasks = Vec::new();
    for (worker, user) in users.iter().enumerate() {
        let (webhook, secret, user) = (format!("{url}/line/webhook/{account}"), secret.clone(), user.clone());
        let (acknowledged, stopped) = (acknowledged.clone(), stop.clone());
        tasks.push(tokio::spawn(async move {
            let http = crate::fixture::http();
            let mut n = 0_u64;
            while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
                n += 1;
                let id = format!("E{worker}x{n}");
                let body = json!({"destination": "U", "events": [{"type": "message", "webhookEventId": id, "timestamp": engawa::time::now(),
                    "mode": "active", "source": {"type": "user", "userId": user},
                    "message": {"id": format!("{worker}{n:012}"), "type": "text", "text": id}}]}).to_string();
                let signed = signature::sign(&secret, body.as_bytes());
                let request = http.post(&webhook).header(signature::HEADER, signed).body(body);
                match request.send().await {
                    Ok(answer) if answer.status() == 200 => acknowledged.lock().unwrap().push(id),
                    _ => tokio::task::yield_now().await,
                }
            }
        }));
        let room = rooms[worker].clone();
        let (owner, account, accepted, stop) = (owner.clone(), account.clone(), accepted_by_us.clone(), stop.clone());
        tasks.push(tokio::spawn(async move {
            let mut n = 0_u64;
            let mut pace = tokio::time::interval(Duration::from_millis(20));
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                n += 1;
                let text = format!("out {worker} {n}");
                let key = format!("{worker:016x}{n:016x}");
                let body = json!({"account": account, "room": room["id"], "key": key, "text": text});
                // Sent again with the same key until it is answered, as the composer does.
                while owner.call_quietly("chat/send_text", body.clone()).await.is_none_or(|(status, _)| status != 200) {
                    if stop.load(std::sync::atomic::Ordering::Relaxed) {
                        return;
                    }
                    tokio::task::yield_now().await;
                }
                accepted.lock().unwrap().push(text);
                pace.tick().await;
            }
        }));
    }
    for _ in 0..ROUNDS {
        // In the middle of work, wherever each of its eight senders may be.
        let wanted = acknowledged.lock().unwrap().len() + rand::rng().random_range(1..60);
        until(async || (acknowledged.lock().unwrap().len() >= wanted).then_some(())).await;
        crashing.kill_and_restart();
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    for task in tasks {
        let _ = task.await;
    }
    // Everything that waits goes out.
    crashing.kill_and_restart();
    let fates: HashMap<String, serde_json::Value> = until_slow(async || {
        let mut fates = HashMap::new();
        for room in &rooms {
            let mut before = serde_json::Value::Null;
            loop {
                let (function, body) = if before.is_null() {
                    ("chat/open_room", json!({"account": account, "room": room["id"]}))
                } else {
                    ("chat/older_messages", json!({"account": account, "room": room["id"], "before": before}))
                };
                let (_, page) = owner.call_quietly(function, body).await?;
                let messages = page["messages"].as_array()?.clone();
                for message in messages.iter().filter(|m| m["direction"] == "out") {
                    fates.insert(message["content"]["text"].as_str()?.to_owned(), message["delivery"].clone());
                }
                if page["older"] != true {
                    break;
                }
                before = messages[0]["id"].clone();
            }
        }
        fates.values().all(|delivery: &serde_json::Value| delivery["state"] != "queued").then_some(fates)
    })
    .await;
    let mut took: HashMap<String, usize> = HashMap::new();
    for call in crashing.house.line.accepted().await {
        for message in call["messages"].as_array().unwrap() {
            *took.entry(message["text"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    for text in accepted_by_us.lock().unwrap().iter() {
        let fate = fates.get(text).unwrap_or_else(|| panic!("{text} is lost"));
        let times = took.get(text).copied().unwrap_or_default();
        match fate["state"].as_str().unwrap() {
            "sent" => assert_eq!(times, 1, "{text} was sent, and LINE took it {times} times"),
            "unknown" => assert!(times <= 1, "{text} is unknown, and LINE took it {times} times"),
            other => panic!("{text} is {other}"),
        }
    }
    assert!(took.values().all(|times| *times == 1), "doubled: {took:?}");
    // Every acknowledged event, exactly once.
    crashing.child.kill().unwrap();
    crashing.child.wait().unwrap();
    let db = engawa::server::db::Db::open(&crashing.house.database).await.unwrap();
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT event_id FROM message WHERE direction = 'in'").fetch_all(db.read()).await.unwrap();
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for id in &kept {
        *counted.entry(id).or_default() += 1;
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() > ROUNDS, "only {} events came through", acknowledged.len());
    for id in acknowledged.iter() {
        assert_eq!(counted.get(id.as_str()), Some(&1), "{id}");
    }
    assert!(counted.values().all(|n| *n == 1));
    println!("{engine:?}: {} events, {} messages out, {ROUNDS} kills", acknowledged.len(), took.len());
    let mut flags = engawa::server::config::Flags { data_dir: Some(crashing.house.data_dir()), ..Default::default() };
    flags.database_url = Some(crashing.house.database.clone());
    let findings = engawa::server::check::run(&db, &flags.resolve().unwrap()).await.unwrap();
    assert_eq!(findings, Vec::<String>::new());
}

/// As `until`, for what may have to wait for retries.
async fn until_slow<T, F: Future<Output = Option<T>>>(mut look: impl FnMut() -> F) -> T {
    let looking = async {
        let mut pace = tokio::time::interval(Duration::from_millis(200));
        loop {
            pace.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(150), looking).await.expect("messages still wait")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite() {
    killed_again_and_again(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres() {
    if std::env::var("ENGAWA_TEST_POSTGRES").is_err() {
        println!("skipped: ENGAWA_TEST_POSTGRES names no PostgreSQL; `./dev test` starts one");
        return;
    }
    killed_again_and_again(Engine::Postgres).await;
}
