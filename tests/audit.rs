//! The activity log: what is written, who may read it, and that it can't be changed unnoticed.

use crate::{
    fixture::{Browser, House, PASSWORD},
    on_both,
};
use serde_json::{Value, json};

async fn find(house: &House, text: &str, action: &str, before: Option<i64>) -> Value {
    house.call("audit/find", json!({ "search": { "text": text, "action": action, "before": before } })).await
}

/// Actions and subjects, the newest first.
async fn lines(house: &House, text: &str) -> Vec<(String, String, String)> {
    let page = find(house, text, "", None).await;
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let entries = page["entries"].as_array().unwrap();
    entries.iter().map(|e| (word(&e["operator"][1]), word(&e["action"]), word(&e["subject"]))).collect()
}

fn line(who: &str, action: &str, subject: &str) -> (String, String, String) {
    (who.into(), action.into(), subject.into())
}

on_both! {
    async fn what_the_team_does_is_written_down(house: House) {
        let mut owner = house.owner.clone();
        let fields = [("name", "Aoi"), ("email", "aoi@example.com"), ("role", "operator"), ("password", PASSWORD)];
        assert_eq!(owner.form("team/add", &fields).await.0, 200);
        let mut aoi = Browser::new(&house.url);
        let login = |password: &'static str| [("email", "aoi@example.com"), ("password", password)];
        aoi.form("team/login", &login("wrong")).await;
        aoi.form("team/login", &[("email", "my secret password"), ("password", "")]).await;
        aoi.form("team/login", &login(PASSWORD)).await;
        assert_eq!(aoi.call("audit/find", json!({ "search": { "text": "", "action": "", "before": null } })).await.0, 403);
        aoi.form("team/password", &[("current", PASSWORD), ("new", "a much better one")]).await;
        let team = owner.call("team/list", json!({})).await.1;
        let id = team.as_array().unwrap().iter().find(|o| o["role"] == "operator").unwrap()["id"].as_str().unwrap().to_owned();
        owner.form("team/role", &[("operator", &id), ("role", "admin")]).await;
        owner.form("team/password_link", &[("operator", &id)]).await;
        owner.form("team/remove", &[("operator", &id)]).await;
        let expected = [
            line("Mika", "operator_removed", "aoi@example.com"),
            line("Mika", "password_link_made", "aoi@example.com"),
            line("Mika", "role_changed", "aoi@example.com · operator → admin"),
            line("Aoi", "password_changed", ""),
            line("aoi@example.com", "logged_in", ""),
            line("", "log_in_failed", ""),
            line("aoi@example.com", "log_in_failed", ""),
            line("Mika", "operator_added", "aoi@example.com · operator"),
            line("Mika", "account_connected", house.line.channel_id()),
        ];
        assert_eq!(lines(&house, "").await, expected);
        // Looked for by name, by part of a name, by action; and `%` is no wildcard.
        assert_eq!(lines(&house, "AOI@").await.len(), 6);
        assert_eq!(lines(&house, "%").await, []);
        assert_eq!(find(&house, "", "role_changed", None).await["entries"].as_array().unwrap().len(), 1);
        let everything = find(&house, "", "", None).await.to_string();
        assert!(!everything.contains("my secret password") && !everything.contains(house.line.secret()));
    }

    async fn older_lines_come_page_by_page(house: House) {
        let mut owner = house.owner.clone();
        for at in 0..60 {
            assert_eq!(owner.form("team/invite", &[("role", "operator"), ("note", &format!("n{at}"))]).await.0, 200);
        }
        let first = find(&house, "", "", None).await;
        let entries = first["entries"].as_array().unwrap();
        assert_eq!((entries.len(), &first["more"]), (50, &json!(true)));
        let rest = find(&house, "", "", entries[49]["seq"].as_i64()).await;
        assert_eq!((rest["entries"].as_array().unwrap().len(), &rest["more"]), (11, &json!(false)));
        assert_eq!(rest["entries"][0]["seq"].as_i64().unwrap() + 1, entries[49]["seq"].as_i64().unwrap());
    }

    async fn a_changed_line_is_noticed(house: House) {
        let mut owner = house.owner.clone();
        for note in ["a", "b", "c"] {
            owner.form("team/invite", &[("role", "operator"), ("note", note)]).await;
        }
        house.check().await;
        let state = house.state();
        let broken = async || engawa::server::check::run(&state.db, &state.config).await.unwrap();
        let run = async |sql: &'static str| sqlx::query(sql).execute(state.db.read()).await.unwrap();
        run("UPDATE audit SET subject = 'x' WHERE seq = 3").await;
        assert_eq!(broken().await, ["the activity log was changed from outside: line 3 is not as it was written"]);
        run("DELETE FROM audit WHERE seq = 3").await;
        assert_eq!(broken().await.len(), 1);
        run("DELETE FROM audit WHERE seq >= 3").await;
        assert_eq!(broken().await.len(), 1, "cut off at its end");
    }
}
