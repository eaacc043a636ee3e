//! Every server function of the console, from the registry itself: called as nobody, with a wrong role,
//! and from another site.

use crate::{
    fixture::{Browser, PASSWORD},
    on_both,
};
use serde_json::{Value, json};

/// Who may call a function.
#[derive(PartialEq, Clone, Copy, Debug)]
enum Who {
    /// Anybody: it is how one gets in.
    Anyone,
    /// Whoever gave the right password and owes the code.
    HalfIn,
    /// Every operator.
    Operator,
    /// Owners and admins.
    Manager,
}

/// A function that is not in this list fails the test: decide who may call it.
const FUNCTIONS: &[(&str, Who)] = &[
    ("account/checks", Who::Manager),
    ("account/connect", Who::Manager),
    ("account/detail", Who::Manager),
    ("account/disconnect", Who::Manager),
    ("account/hosts", Who::Manager),
    ("account/update", Who::Manager),
    ("account/webhook", Who::Manager),
    ("audit/find", Who::Manager),
    ("chat/add_note", Who::Operator),
    ("chat/assign", Who::Operator),
    ("chat/be_here", Who::Operator),
    ("chat/cancel_later", Who::Operator),
    ("chat/change_later", Who::Operator),
    ("chat/colleagues", Who::Operator),
    ("chat/count_mentions", Who::Operator),
    ("chat/delete_note", Who::Operator),
    ("chat/delete_room", Who::Operator),
    ("chat/deleted_rooms", Who::Operator),
    ("chat/discard", Who::Operator),
    ("chat/download", Who::Operator),
    ("chat/edit_note", Who::Operator),
    ("chat/event_json", Who::Operator),
    ("chat/fetch_again", Who::Operator),
    ("chat/find_kin", Who::Operator),
    ("chat/find_rooms", Who::Operator),
    ("chat/later_now", Who::Operator),
    ("chat/leave_group", Who::Manager),
    ("chat/link_kin", Who::Operator),
    ("chat/list_later", Who::Operator),
    ("chat/list_rooms", Who::Operator),
    ("chat/manners", Who::Operator),
    ("chat/mark_read", Who::Operator),
    ("chat/mentions", Who::Operator),
    ("chat/messages_around", Who::Operator),
    ("chat/newer_messages", Who::Operator),
    ("chat/older_messages", Who::Operator),
    ("chat/open_room", Who::Operator),
    ("chat/purge_room", Who::Manager),
    ("chat/read_mentions", Who::Operator),
    ("chat/restore_room", Who::Operator),
    ("chat/retry", Who::Operator),
    ("chat/revoke_download", Who::Operator),
    ("chat/rules", Who::Manager),
    ("chat/search", Who::Operator),
    ("chat/send", Who::Operator),
    ("chat/send_later", Who::Operator),
    ("chat/send_text", Who::Operator),
    ("chat/set_mute", Who::Operator),
    ("chat/set_pin", Who::Operator),
    ("chat/set_rules", Who::Manager),
    ("chat/set_setting", Who::Manager),
    ("chat/set_spam", Who::Operator),
    ("chat/set_state", Who::Operator),
    ("chat/set_voice", Who::Operator),
    ("chat/start_loading", Who::Operator),
    ("chat/undo", Who::Operator),
    ("chat/unlink_kin", Who::Operator),
    ("saved/add_folder", Who::Manager),
    ("saved/export", Who::Operator),
    ("saved/import", Who::Manager),
    ("saved/list", Who::Operator),
    ("saved/open", Who::Operator),
    ("saved/remove", Who::Operator),
    ("saved/remove_folder", Who::Manager),
    ("saved/rename_folder", Who::Manager),
    ("saved/restore", Who::Operator),
    ("saved/save", Who::Operator),
    ("saved/take", Who::Operator),
    ("saved/values", Who::Operator),
    ("team/add", Who::Manager),
    ("team/away", Who::Operator),
    ("team/code", Who::HalfIn),
    ("team/crews", Who::Manager),
    ("team/invitations", Who::Manager),
    ("team/invite", Who::Manager),
    ("team/invited", Who::Anyone),
    ("team/join", Who::Anyone),
    ("team/keys", Who::Operator),
    ("team/list", Who::Manager),
    ("team/login", Who::Anyone),
    ("team/logout", Who::Operator),
    ("team/me", Who::Operator),
    ("team/new_password", Who::Anyone),
    ("team/password", Who::Operator),
    ("team/password_link", Who::Manager),
    ("team/profile", Who::Operator),
    ("team/recovery_codes", Who::Operator),
    ("team/remove", Who::Manager),
    ("team/remove_crew", Who::Manager),
    ("team/revoke_invitation", Who::Manager),
    ("team/role", Who::Manager),
    ("team/save_crew", Who::Manager),
    ("team/sessions", Who::Operator),
    ("team/setup", Who::Anyone),
    ("team/shift", Who::Operator),
    ("team/two_step", Who::Operator),
    ("team/two_step_begin", Who::Operator),
    ("team/two_step_confirm", Who::Operator),
    ("team/two_step_off", Who::Operator),
    ("team/two_step_reset", Who::Manager),
];

/// Arguments that every function can read; those that it does not know it ignores.
fn arguments(account: &str) -> Value {
    // Read from text: as a macro it would be too deep for the compiler.
    let mut arguments: Value = serde_json::from_str(
        r#"{
        "question": { "words": "x" },
        "room": "1", "message": "1", "before": "1", "from": "1", "filter": "all", "after": null, "key": "0123456789abcdef",
        "text": "x", "state": "open", "spam": false, "email": "nobody@example.com", "password": "x", "next": null, "token": "x",
        "name": "x", "role": "operator", "operator": "1", "lang": "en", "current": "x", "new": "x", "confirm": "x",
        "asked": {}, "saved": "1", "folder": "1", "friend": null, "version": 0, "file": "x", "form": { "mine": true },
        "channel_id": "1", "channel_secret": "x", "access_token": "", "api_base": "", "everywhere": null,
        "draft": {"bubbles": []}, "at": 1, "later": "1", "only": null, "voice": {"name": "", "icon": null, "enter_sends": true},
        "setting": {"read": "open", "undo": true, "as_me": false, "link_days": 30},
        "search": {"text": "", "action": "", "before": null}, "code": "x", "note": "x", "id": "1",
        "mentions": [], "tab": "0123456789abcdef", "sign": "looking", "other": "98", "other_room": "1",
        "on": false, "to": null, "only_free": false, "minutes": "0", "crew": "1",
        "rules": {"auto": false, "capacity": 1, "take_on_reply": false, "people": []}
        }"#,
    )
    .unwrap();
    arguments["account"] = json!(account);
    arguments
}

async fn call(browser: &mut Browser, function: &str, account: &str) -> u16 {
    if ["chat/", "audit/", "saved/"].iter().any(|room| function.starts_with(room)) {
        return browser.call(function, arguments(account)).await.0;
    }
    let arguments = arguments(account);
    let fields: Vec<(&str, &str)> = arguments
        .as_object()
        .unwrap()
        .iter()
        .filter_map(|(name, value)| {
            Some((name.as_str(), value.as_str().or_else(|| Some(if value.as_bool()? { "true" } else { "false" }))?))
        })
        .collect();
    browser.form(function, &fields).await.0
}

on_both! {
    async fn every_function_refuses_whom_it_must(house: House) {
        let mut found: Vec<String> = leptos::server_fn::axum::server_fn_paths()
            .filter_map(|(path, _)| path.strip_prefix("/api/").map(str::to_owned))
            .collect();
        found.sort();
        found.dedup();
        let known: Vec<&str> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(found, known, "a new server function? Say here who may call it");

        let mut operator = Browser::new(&house.url);
        let fields = [("name", "Aoi"), ("email", "aoi@example.com"), ("role", "operator"), ("password", PASSWORD)];
        assert_eq!(house.owner.clone().form("team/add", &fields).await.0, 200);
        for (function, who) in FUNCTIONS {
            let mut nobody = Browser::new(&house.url);
            let status = call(&mut nobody, function, &house.account).await;
            if *who == Who::Anyone {
                assert_ne!(status, 401, "{function}");
            } else {
                assert_eq!(status, 401, "{function} as nobody");
            }
            // Logged in anew for each, because some functions end the session.
            assert_eq!(operator.form("team/login", &[("email", "aoi@example.com"), ("password", PASSWORD)]).await.0, 200);
            let status = call(&mut operator, function, &house.account).await;
            match who {
                Who::Manager => assert_eq!(status, 403, "{function} as operator"),
                Who::Operator => assert!(![401, 403].contains(&status), "{function} as operator: {status}"),
                Who::Anyone | Who::HalfIn => {}
            }
            if function.starts_with("chat/") || function.starts_with("saved/") {
                let mut owner = house.owner.clone();
                assert_eq!(call(&mut owner, function, "99").await, 404, "{function} of an account that is not there");
            }
        }
    }

    async fn another_site_can_change_nothing(house: House) {
        for (function, _) in FUNCTIONS {
            let url = format!("{}/api/{function}", house.url);
            for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
                let request = house.owner.http.post(&url).header("cookie", &house.owner.cookie).header(name, value);
                assert_eq!(request.send().await.unwrap().status(), 403, "{function} with {name}: {value}");
            }
            let request = house.owner.http.get(&url).header("cookie", &house.owner.cookie).header("sec-fetch-site", "same-origin");
            assert_ne!(request.send().await.unwrap().status(), 200, "{function} by GET");
        }
        // The simulator's functions are not the console's.
        assert_eq!(house.owner.call("../simulator/fn/phone", json!({})).await.0, 405);
    }

    async fn routes_need_a_session_too(house: House) {
        let nobody = Browser::new(&house.url);
        assert_eq!(nobody.page(&format!("/a/{}/live?after=0", house.account)).await.0, 401);
        assert_eq!(nobody.page(&format!("/media/{}/1", house.account)).await.0, 401);
        assert_eq!(nobody.page(&format!("/a/{}/history.csv", house.account)).await.0, 401);
        assert_eq!(nobody.page(&format!("/a/{}/history/1.csv", house.account)).await.0, 401);
        assert_eq!(house.owner.page(&format!("/media/{}/1", house.account)).await.0, 404);
        assert_eq!(house.owner.page("/a/99/live?after=0").await.0, 404);
        assert_eq!(house.owner.page("/media/99/1").await.0, 404);
        assert_eq!(nobody.page(&format!("/a/{}/upload/1", house.account)).await.0, 401);
        assert_eq!(house.owner.page("/a/99/upload/1/thumb").await.0, 404);
        assert_eq!(nobody.page("/healthz").await, (200, "ok".into()));
        assert_eq!(nobody.page("/readyz").await.0, 200);
        assert_eq!(nobody.page("/no/such/page").await.0, 404);
    }

    async fn a_page_carries_its_policy(house: House) {
        let answer = house.owner.send(reqwest::Method::GET, "/login", None).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        for part in ["'strict-dynamic'", "'wasm-unsafe-eval'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let page = answer.text().await.unwrap();
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")) || tag.contains("application/json"), "<script{tag}>");
        }
    }

    async fn what_a_stranger_writes_stays_text(house: House) {
        let name = "</title></textarea><script>window.pwned=1</script>";
        let user = house.line.friend(name).await;
        house.line.say(&user, "</script><img src=x onerror=alert(1)>").await;
        let room = house.room(name).await;
        for path in [format!("/a/{}/chats/inbox", house.account), format!("/a/{}/chats/inbox/{}", house.account, room["id"].as_str().unwrap())] {
            let (status, page) = house.owner.page(&path).await;
            assert_eq!(status, 200);
            assert!(!page.contains("<script>window.pwned"), "{path}");
            assert!(!page.contains("<img src=x onerror"), "{path}");
        }
    }
}
