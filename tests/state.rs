//! The simulator's whole state as a file: what goes out comes back.

use crate::fixture::{Line, http, until};
use engawa::simulator::server::{Config, start};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path};
use tokio::net::TcpListener;

async fn export(line: &Line) -> String {
    http().get(format!("{}/simulator/api/state", line.url)).send().await.unwrap().text().await.unwrap()
}

async fn import(line: &Line, query: &str, file: String) -> (u16, Value) {
    let put = http().put(format!("{}/simulator/api/state{query}", line.url)).body(file).send().await.unwrap();
    (put.status().as_u16(), put.json().await.unwrap())
}

/// A bit of everything that the platform keeps.
async fn live(line: &Line) -> String {
    let channel = line.channel_id().to_owned();
    let token = line.channel["token"].as_str().unwrap().to_owned();
    let ken = line.friend("Ken").await;
    let api = async |path: &str, body: Value| -> Value {
        let call = line.http.post(format!("{}{path}", line.url)).bearer_auth(&token).json(&body).send().await.unwrap();
        let (status, text) = (call.status(), call.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    };
    let say = json!({ "room": channel, "message": { "type": "image" }, "base64": "aGVsbG8KAAE=", "mime": "image/png" });
    line.control(&format!("users/{ken}/say"), say).await;
    let aoi = line.friend("Aoi").await;
    let group = line.control("groups", json!({ "name": "G", "members": [ken, aoi], "channel": channel })).await;
    line.control(&format!("users/{ken}/mute"), json!({ "room": group["id"], "muted": true })).await;
    let text = json!([{ "type": "text", "text": "hi" }]);
    api("/v2/bot/message/push", json!({ "to": ken, "messages": text, "customAggregationUnits": ["unit"] })).await;
    api("/v2/bot/message/multicast", json!({ "to": [ken, aoi], "messages": text })).await;
    api("/v2/bot/message/broadcast", json!({ "messages": text })).await;
    api("/v2/bot/message/narrowcast", json!({ "messages": text })).await;
    let requests = line.accepted().await;
    line.control(&format!("users/{ken}/see"), json!({ "requestId": requests[1]["request_id"] })).await;
    let audience = json!({ "description": "A", "audiences": [{ "id": ken }] });
    api("/v2/bot/audienceGroup/upload", audience).await;
    let menu = json!({
        "size": { "width": 1200, "height": 405 }, "selected": true, "name": "m", "chatBarText": "menu",
        "areas": [{ "bounds": { "x": 0, "y": 0, "width": 10, "height": 10 }, "action": { "type": "message", "text": "x" } }],
    });
    let menu = api("/v2/bot/richmenu", menu).await["richMenuId"].as_str().unwrap().to_owned();
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1200, 405).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let picture = line.http.post(format!("{}/v2/bot/richmenu/{menu}/content", line.url)).bearer_auth(&token);
    let picture = picture.header("content-type", "image/png").body(png.into_inner()).send().await.unwrap();
    assert_eq!(picture.status(), 200);
    api(&format!("/v2/bot/user/all/richmenu/{menu}"), json!({})).await;
    api(&format!("/v2/bot/user/{ken}/richmenu/{menu}"), json!({})).await;
    api("/v2/bot/richmenu/alias", json!({ "richMenuAliasId": "main", "richMenuId": menu })).await;
    let batch = json!({ "operations": [{ "type": "unlink", "from": menu }] });
    api("/v2/bot/richmenu/batch", batch).await;
    api(&format!("/v2/bot/user/{ken}/richmenu/{menu}"), json!({})).await;
    line.control(&format!("users/{ken}/tap"), json!({ "room": channel, "area": 0 })).await;
    api("/liff/v1/apps", json!({ "view": { "type": "full", "url": "https://example.com" } })).await;
    let coupon = json!({
        "acquisitionCondition": { "type": "normal" }, "startTimestamp": 1_700_000_000, "endTimestamp": 4_000_000_000_i64,
        "maxUseCountPerTicket": 1, "timezone": "ASIA_TOKYO", "title": "10 %", "visibility": "PUBLIC",
        "reward": { "type": "discount", "priceInfo": { "type": "percentage", "percentage": 10 } },
    });
    let coupon = api("/v2/bot/coupon", coupon).await["couponId"].clone();
    let plans = http().put(format!("{}/simulator/api/channels/{channel}/memberships", line.url));
    plans.json(&json!([{ "membershipId": 1, "title": "Gold" }])).send().await.unwrap();
    let jwk = json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" });
    line.control(&format!("channels/{channel}/keys"), jwk).await;
    line.control("settings", json!({ "audienceWait": 5, "webhookBatch": 7 })).await;
    line.control("crowd", json!({ "channel": channel, "count": 3 })).await;
    // One of them has a menu of their own for a moment.
    let member = line.get("crowd/0/members?limit=1").await[0]["id"].clone();
    let own = json!({ "richMenuId": menu, "userIds": [member] });
    api("/v2/bot/richmenu/bulk/link", own.clone()).await;
    api("/v2/bot/richmenu/bulk/unlink", own).await;
    // Somebody takes a coupon and logs in elsewhere.
    line.control(&format!("users/{ken}/coupon"), json!({ "couponId": coupon, "step": "take" })).await;
    line.control(&format!("users/{ken}/email"), json!({ "email": "ken@example.com" })).await;
    let redirect = "http://127.0.0.1:1/back";
    let login = line.control("logins", json!({ "name": "Login", "redirectUris": [redirect] })).await;
    let id = login["id"].as_str().unwrap();
    let query = format!("response_type=code&client_id={id}&redirect_uri={redirect}&state=s&scope=profile%20openid");
    let location = line.control(&format!("users/{ken}/authorize"), json!({ "query": query })).await;
    let location = location["location"].as_str().unwrap().to_owned();
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let secret = login["secret"].as_str().unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", redirect),
        ("client_id", id),
        ("client_secret", secret),
    ];
    let issued = http().post(format!("{}/oauth2/v2.1/token", line.url)).form(&form).send().await.unwrap();
    assert_eq!(issued.status(), 200);
    // A failed webhook, for the statistics.
    line.control(&format!("channels/{channel}"), json!({ "endpoint": "http://127.0.0.1:1/" })).await;
    line.say(&ken, "nobody hears").await;
    line.control(&format!("channels/{channel}/flush"), json!({})).await;
    // The narrowcast must have ended, or the next export would differ by that.
    until(async || {
        (line.get(&format!("mailings?channel={channel}")).await.as_array().unwrap().len() == 3).then_some(())
    })
    .await;
    line.control("clock", json!({ "advance": 60_000 })).await;
    line.get("clock").await;
    ken
}

fn kinds(export: &str) -> BTreeSet<String> {
    let file: Value = serde_json::from_str(export).unwrap();
    file["documents"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_goes_out_comes_back() {
    let line = Line::start().await;
    let ken = live(&line).await;
    let file = export(&line).await;
    let (status, look) = import(&line, "?look=true", file.clone()).await;
    assert_eq!((status, &look["before"]), (200, &look["after"]));
    assert_eq!(
        (&look["after"]["channels"], &look["after"]["users"], &look["after"]["contents"]),
        (&json!(1), &json!(2), &json!(1))
    );
    line.control("reset", json!({})).await;
    assert_eq!(line.get("channels").await, json!([]));
    assert_ne!(export(&line).await, file);
    let (status, told) = import(&line, "", file.clone()).await;
    assert_eq!((status, &told["before"]["users"], &told["after"]["users"]), (200, &json!(0), &json!(2)));
    assert_eq!(export(&line).await, file);

    // It is alive: the token, the picture, the menu and the statistics are there.
    let token = line.channel["token"].as_str().unwrap();
    let get =
        async |path: String| line.http.get(format!("{}{path}", line.url)).bearer_auth(token).send().await.unwrap();
    assert_eq!(get(format!("/v2/bot/profile/{ken}")).await.status(), 200);
    let messages = line.get(&format!("messages?room={}&user={ken}", line.channel_id())).await;
    let picture = messages.as_array().unwrap().iter().find(|message| message["body"]["type"] == "image").unwrap();
    let content = get(format!("/v2/bot/message/{}/content", picture["id"].as_str().unwrap())).await;
    assert_eq!(content.headers()["content-type"], "image/png");
    assert_eq!(content.bytes().await.unwrap().as_ref(), b"hello\n\0\x01");
    assert_eq!(line.get(&format!("webhooks/{}", line.channel_id())).await["could_not_connect"], 1);
    assert_eq!(line.get("settings").await["webhookBatch"], 7);
}

#[tokio::test]
async fn foreign_files_change_nothing() {
    let line = Line::start().await;
    let before = export(&line).await;
    for (file, words) in [
        ("hello".to_owned(), "not JSON"),
        (json!({ "format": "something else" }).to_string(), "not an export"),
        (before.replace("\"version\":1", "\"version\":9"), "has version 9"),
        (before.replace("\"kind\":\"channel\"", "\"kind\":\"teapot\""), "teapot"),
    ] {
        let (status, body) = import(&line, "", file).await;
        assert_eq!(status, 400);
        assert!(body["message"].as_str().unwrap().contains(words), "{body}");
    }
    assert_eq!(export(&line).await, before);
}

#[tokio::test]
async fn the_folder_holds_what_the_export_holds() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data: Some(folder.path().to_owned()), ..Config::default() };
    let begin = async |config: Config| {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = start(config, listener, async move { drop(stopped.await) }).await.unwrap();
        let line = Line { url: running.base_url.clone(), http: http(), channel: Value::Null };
        (line, stop, running.done)
    };
    let (mut line, stop, done) = begin(config.clone()).await;
    line.channel = line.control("channels", json!({ "name": "Onsen", "quota": 200 })).await;
    live(&line).await;
    let before = export(&line).await;
    stop.send(()).unwrap();
    done.await.unwrap().unwrap();
    let (mut again, stop, done) = begin(config.clone()).await;
    // The clock alone is not kept over a restart.
    let offset = |text: &str| text.split_once("\"documents\"").unwrap().1.to_owned();
    assert_eq!(offset(&export(&again).await), offset(&before));

    // An import replaces the folder too.
    again.channel = json!({ "id": line.channel_id() });
    let empty = json!({ "format": "engawa-simulator", "version": 1, "documents": [] }).to_string();
    assert_eq!(import(&again, "", empty).await.0, 200);
    stop.send(()).unwrap();
    done.await.unwrap().unwrap();
    let (last, _stop, _done) = begin(Config { import: Some(before.clone().into_bytes()), ..config }).await;
    assert_eq!(offset(&export(&last).await), offset(&before));
}

/// Every kind of row that is written must be in an export, and every kind that this test's session makes is.
#[tokio::test]
async fn no_kind_of_document_is_left_out() {
    let mut written = BTreeSet::new();
    look_for(Path::new("src/simulator"), &mut written);
    assert!(written.len() > 20, "{written:?}");
    let line = Line::start().await;
    live(&line).await;
    let exported = kinds(&export(&line).await);
    // Made by the demo alone; and what crowds still have to do, which would not wait for this test (`crowd::moves`).
    written.remove("done");
    written.remove("wave");
    let missing: Vec<&String> = written.difference(&exported).collect();
    assert!(
        missing.is_empty(),
        "{missing:?} are saved but not exported: write them in src/simulator/world/rows.rs, and make one in this test"
    );
}

/// The kinds that are given to `save` and the like.
fn look_for(folder: &Path, kinds: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look_for(&path, kinds);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for start in ["save(", "save_bytes(", "keep_name("] {
                for (at, _) in text.match_indices(start) {
                    let rest = text[at + start.len()..].trim_start();
                    if let Some(kind) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                        kinds.insert(kind.to_owned());
                    }
                }
            }
        }
    }
}

/// `engawa simulator --state FILE`: begins with the file, and writes it when it is told to end.
#[tokio::test]
async fn the_program_keeps_its_state_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json").display().to_string();
    let run = || crate::program::serve(&["simulator", "--listen", "127.0.0.1:0", "--state", &file]);
    let end = |mut child: std::process::Child| {
        let pid = child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert!(child.wait().unwrap().success());
    };
    let (child, url) = run();
    let mut line = Line { url, http: http(), channel: Value::Null };
    line.channel = line.control("channels", json!({ "name": "Onsen" })).await;
    let ken = line.friend("Ken").await;
    let before = export(&line).await;
    end(child);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    let (child, url) = run();
    let again = Line { url, http: http(), channel: line.channel };
    assert_eq!(export(&again).await, before);
    again.say(&ken, "still here").await;
    end(child);

    let refused = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_engawa")).args(arguments).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    fs::write(&file, "{}").unwrap();
    let words = refused(&["simulator", "--listen", "127.0.0.1:0", "--import", &file]);
    assert!(words.contains("not an export of the simulator"), "{words}");
    assert!(refused(&["simulator", "--import", "/nonexistent.json"]).contains("can't read /nonexistent.json"));
    assert!(refused(&["simulator", "--fault", "kind=sloth"]).contains("there are latency, rate_limit"));
    assert!(refused(&["simulator", "--state", "a", "--data-dir", "b"]).contains("cannot be used with"));
}
