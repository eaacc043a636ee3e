//! `engawa serve --demo`: what the first screen shows.

use crate::{
    fixture::{Browser, Engine, PASSWORD, database},
    on_both,
};
use engawa::server::{config::Flags, run};
use serde_json::json;

on_both! {
    async fn the_first_screen_is_a_week_of_work(house: House) {
        let folder = tempfile::tempdir().unwrap();
        let engine = match house.state().db.engine {
            engawa::server::db::Engine::Sqlite => Engine::Sqlite,
            engawa::server::db::Engine::Postgres => Engine::Postgres,
        };
        let flags = Flags {
            data_dir: Some(folder.path().join("data")),
            database_url: Some(database(engine, folder.path()).await),
            listen: Some("127.0.0.1:0".parse().unwrap()),
            simulator_listen: Some("127.0.0.1:0".parse().unwrap()),
            demo: true,
            fault: vec!["kind=rate_limit,path=/push,times=3".into()],
            ..Flags::default()
        };
        let running = run::start(flags.resolve().unwrap()).await.unwrap();
        let state = &running.state;
        // The demo's colleague is no owner: whoever starts it first becomes that.
        let link = engawa::team::service::setup_link(state).await.unwrap().unwrap();
        let mut owner = Browser::new(&state.public_url);
        let token = link.split_once("token=").unwrap().1;
        let fields = [("token", token), ("name", "Mika"), ("email", "mika@example.com"), ("password", PASSWORD)];
        assert_eq!(owner.form("team/setup", &fields).await.0, 200);

        let account = engawa::account::service::briefs(state).await.unwrap()[0].id.to_string();
        let list = async |filter: &str| {
            let page = owner.call("chat/list_rooms", json!({"account": account, "filter": filter, "after": null})).await.1;
            page["rooms"].as_array().unwrap().clone()
        };
        assert_eq!((list("all").await.len(), list("resolved").await.len(), list("follow_up").await.len()), (13, 4, 1));
        let unread = list("unread").await;
        assert!(unread.iter().all(|room| room["last"]["direction"] != "out"), "what was answered has been read");
        let room = list("all").await.into_iter().find(|room| room["name"] == "高橋 由美子").unwrap();
        assert_eq!((&room["last"]["direction"], &room["unread"]), (&json!("out"), &json!(0)));
        let opened = owner.call("chat/open_room", json!({"account": account, "room": room["id"]})).await.1;
        let messages = opened["messages"].as_array().unwrap();
        assert!(messages.iter().filter(|message| message["operator"]["name"] == "Aoi").count() == 2);
        assert!(messages.is_sorted_by_key(|message| message["at"].as_i64().unwrap()));
        // Its simulator misbehaves as it was told, once all of that was there.
        let line: String = sqlx::query_scalar("SELECT api_base FROM account").fetch_one(state.db.read()).await.unwrap();
        let faults = crate::fixture::http().get(format!("{line}/simulator/api/faults")).send().await.unwrap();
        let faults: serde_json::Value = faults.json().await.unwrap();
        assert_eq!((&faults[0]["kind"], &faults[0]["remaining"]), (&json!("rate_limit"), &json!(3)));
        let findings = engawa::server::check::run(&state.db, &state.config).await.unwrap();
        assert_eq!(findings, Vec::<String>::new());
        running.stop().await;
    }
}
