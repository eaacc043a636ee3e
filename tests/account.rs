//! Connecting accounts, their secrets, and the checks.

use crate::{
    fixture::{Browser, House},
    on_both,
};
use serde_json::{Value, json};

async fn checks(house: &House) -> Vec<(String, String)> {
    let (status, checks) = house.owner.clone().form("account/checks", &[("account", &house.account)]).await;
    assert_eq!(status, 200, "{checks}");
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    checks.as_array().unwrap().iter().map(|check| (word(&check["kind"]), word(&check["state"]))).collect()
}

fn found(checks: &[(String, String)], kind: &str) -> String {
    checks.iter().find(|(k, _)| k == kind).map(|(_, state)| state.clone()).unwrap_or_default()
}

on_both! {
    async fn all_checks_are_good_after_connecting(house: House) {
        let checks = checks(&house).await;
        for kind in ["token", "webhook_url", "webhook_active", "webhook_reachable", "signature", "quota"] {
            assert_eq!(found(&checks, kind), "ok", "{checks:?}");
        }
    }

    async fn a_wrong_secret_and_a_lost_webhook_are_told(house: House) {
        let channel = house.line.channel_id().to_owned();
        let other = json!({"endpoint": "http://127.0.0.1:1/elsewhere"});
        house.line.control(&format!("channels/{channel}"), other).await;
        let seen = checks(&house).await;
        assert_eq!(found(&seen, "webhook_url"), "fail");
        assert_eq!(found(&seen, "webhook_reachable"), "fail");
        assert_eq!(house.owner.clone().form("account/webhook", &[("account", &house.account)]).await.0, 200);
        assert_eq!(found(&checks(&house).await, "webhook_reachable"), "ok");
        // The wrong secret, with a token that is good.
        let token = house.line.channel["token"].as_str().unwrap();
        let fields = [("account", house.account.as_str()), ("channel_secret", "00000000000000000000000000000000"), ("access_token", token)];
        assert_eq!(house.owner.clone().form("account/update", &fields).await.0, 200);
        let seen = checks(&house).await;
        assert_eq!((found(&seen, "token"), found(&seen, "webhook_reachable"), found(&seen, "signature")), ("ok".into(), "fail".into(), "fail".into()));
    }

    async fn what_line_refuses_is_not_kept(house: House) {
        let mut owner = house.owner.clone();
        let id = house.line.channel_id().to_owned();
        let url = house.line.url.clone();
        let mut connect = async |id: &str, secret: &str, token: &str, base: &str| {
            owner.form("account/connect", &[("channel_id", id), ("channel_secret", secret), ("access_token", token), ("api_base", base)]).await
        };
        let good = house.line.secret();
        assert_eq!(connect(&id, "", "", &url).await.1["field"], "channel_secret");
        assert_eq!(connect("abc", good, "", &url).await.1["field"], "channel_id");
        assert_eq!(connect(&id, "tooshort", "", &url).await.1["reason"]["reason"], "invalid");
        assert_eq!(connect(&id, "00000000000000000000000000000000", "", &url).await.1["reason"]["reason"], "refused");
        assert_eq!(connect(&id, good, "wrong-token", &url).await.1["field"], "access_token");
        assert_eq!(connect(&id, good, "", &url).await.1["reason"]["reason"], "taken");
        // An address in a form must not make the server call machines inside its network.
        for base in ["http://169.254.169.254", "http://localhost:22", "https://api.line.me.evil.example", "file:///etc/passwd"] {
            assert_eq!(connect(&id, good, "", base).await.1["field"], "api_base", "{base}");
        }
    }

    async fn secrets_are_nowhere_in_clear(house: House) {
        let secret = house.line.secret().to_owned();
        let (_, page) = house.owner.page(&format!("/a/{}/settings", house.account)).await;
        let (_, detail) = house.owner.clone().form("account/detail", &[("account", &house.account)]).await;
        assert!(!page.contains(&secret) && !detail.to_string().contains(&secret));
        let kept: String = sqlx::query_scalar("SELECT secret FROM account").fetch_one(house.state().db.read()).await.unwrap();
        assert!(!kept.contains(&secret));
        let password: String = sqlx::query_scalar("SELECT password FROM operator").fetch_one(house.state().db.read()).await.unwrap();
        assert!(password.starts_with("$argon2id$"));
        let token: String = sqlx::query_scalar("SELECT token FROM session").fetch_one(house.state().db.read()).await.unwrap();
        assert!(!house.owner.cookie.contains(&token));
    }

    async fn two_accounts_do_not_mix(house: House) {
        let second = house.line.control("channels", json!({"name": "Tea house"})).await;
        let fields = [("channel_id", second["id"].as_str().unwrap()), ("channel_secret", second["secret"].as_str().unwrap()), ("access_token", ""), ("api_base", house.line.url.as_str())];
        let (status, other) = house.owner.clone().form("account/connect", &fields).await;
        assert_eq!(status, 200, "{other}");
        let user = house.line.friend("Ken").await;
        house.line.control(&format!("users/{user}/follow"), json!({"channel": second["id"]})).await;
        house.line.say(&user, "CANARY").await;
        let room = house.room("Ken").await;
        let there = json!({"account": other, "filter": "all", "after": null});
        let page = house.call("chat/list_rooms", there).await;
        assert!(!page.to_string().contains("CANARY"));
        // The room of one account under the name of the other.
        let foreign = json!({"account": other, "room": room["id"]});
        assert_eq!(house.owner.call("chat/open_room", foreign.clone()).await.0, 404);
        let send = json!({"account": other, "room": room["id"], "key": "0123456789abcdef", "text": "x"});
        assert_eq!(house.owner.call("chat/send_text", send).await.0, 404);
        // Disconnecting one leaves the other whole.
        let basic = house.line.get(&format!("channels/{}", second["id"].as_str().unwrap())).await["basic_id"].as_str().unwrap().to_owned();
        let other = other.as_str().unwrap().to_owned();
        let mut owner = house.owner.clone();
        assert_eq!(owner.form("account/disconnect", &[("account", &other), ("confirm", "@nope")]).await.0, 422);
        assert_eq!(owner.form("account/disconnect", &[("account", &other), ("confirm", &basic)]).await.0, 200);
        assert_eq!(house.owner.call("chat/open_room", foreign).await.0, 404);
        assert_eq!(house.room("Ken").await["name"], "Ken");
        house.check().await;
    }

    async fn a_revoked_token_is_said_and_the_text_kept(house: House) {
        let token = house.line.channel["token"].as_str().unwrap().to_owned();
        let fields = [("account", house.account.as_str()), ("channel_secret", ""), ("access_token", token.as_str())];
        assert_eq!(house.owner.clone().form("account/update", &fields).await.0, 200);
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let revoke = house.line.http.post(format!("{}/v2/oauth/revoke", house.line.url)).form(&[("access_token", &token)]);
        assert!(revoke.send().await.unwrap().status().is_success());
        let sent = house.send(&room, "keep me").await;
        assert_eq!(house.delivery(&room, &sent).await, json!({"state": "failed", "why": {"why": "token"}}));
    }

    async fn a_log_in_is_needed_for_settings(house: House) {
        let nobody = Browser::new(&house.url);
        let answer = nobody.send(reqwest::Method::GET, &format!("/a/{}/settings", house.account), None).await;
        assert_eq!(answer.status(), 302);
        let to = answer.headers()["location"].to_str().unwrap().to_owned();
        assert!(to.starts_with("/login?next=%2Fa%2F"), "{to}");
    }
}
