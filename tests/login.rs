//! Logging in: the first owner, sessions, throttling, roles.

use crate::{
    fixture::{Browser, PASSWORD},
    on_both,
};
use serde_json::json;

on_both! {
    async fn the_first_owner_is_made_once(house: House) {
        assert_eq!(engawa::team::service::setup_link(house.state()).await.unwrap(), None);
        let mut stranger = Browser::new(&house.url);
        let fields = [("token", "guess"), ("name", "Eve"), ("email", "eve@example.com"), ("password", PASSWORD)];
        assert_eq!(stranger.form("team/setup", &fields).await.0, 403);
    }

    async fn a_session_lives_and_ends(house: House) {
        let mut one = Browser::new(&house.url);
        let mut two = Browser::new(&house.url);
        let fields = [("email", " MIKA@example.com"), ("password", PASSWORD)];
        assert_eq!(one.form("team/login", &fields).await.0, 200);
        assert_eq!(two.form("team/login", &fields).await.0, 200);
        assert_ne!(one.cookie, two.cookie);
        assert_eq!(one.call("team/me", json!({})).await.1["name"], "Mika");
        let sessions = one.call("team/sessions", json!({})).await.1;
        assert_eq!(sessions.as_array().unwrap().len(), 3);
        // Here.
        let before = two.cookie.clone();
        assert_eq!(two.form("team/logout", &[]).await.0, 200);
        two.cookie = before;
        assert_eq!(two.call("team/me", json!({})).await.0, 401);
        // Everywhere.
        assert_eq!(one.form("team/logout", &[("everywhere", "true")]).await.0, 200);
        assert_eq!(house.owner.call("team/me", json!({})).await.0, 401);
    }

    async fn a_session_that_is_idle_or_old_has_ended(house: House) {
        let old = engawa::time::now() - engawa::server::session::IDLE - 1;
        sqlx::query("UPDATE session SET seen_at = $1").bind(old).execute(house.state().db.read()).await.unwrap();
        assert_eq!(house.owner.call("team/me", json!({})).await.0, 401);
        let now = engawa::time::now();
        sqlx::query("UPDATE session SET seen_at = $1").bind(now).execute(house.state().db.read()).await.unwrap();
        assert_eq!(house.owner.call("team/me", json!({})).await.0, 200);
        let old = now - engawa::server::session::ABSOLUTE - 1;
        sqlx::query("UPDATE session SET created_at = $1").bind(old).execute(house.state().db.read()).await.unwrap();
        assert_eq!(house.owner.call("team/me", json!({})).await.0, 401);
    }

    async fn guessing_is_slowed_down_without_locking_the_owner_out(house: House) {
        let mut guesser = Browser::new(&house.url);
        for _ in 0..5 {
            let (status, error) = guesser.form("team/login", &[("email", "mika@example.com"), ("password", "wrong wrong")]).await;
            assert_eq!((status, error["reason"]["reason"].as_str()), (422, Some("wrong_login")));
        }
        let (status, error) = guesser.form("team/login", &[("email", "mika@example.com"), ("password", PASSWORD)]).await;
        assert_eq!(status, 429);
        assert!(error["seconds"].as_i64().unwrap() > 60);
        // Somebody else from the same place, and the owner's own open session, are not touched.
        assert_eq!(guesser.form("team/login", &[("email", "nobody@example.com"), ("password", "x")]).await.0, 422);
        assert_eq!(house.owner.call("team/me", json!({})).await.0, 200);
    }

    async fn a_changed_password_ends_the_other_sessions(house: House) {
        let mut other = Browser::new(&house.url);
        other.form("team/login", &[("email", "mika@example.com"), ("password", PASSWORD)]).await;
        let mut owner = house.owner.clone();
        assert_eq!(owner.form("team/password", &[("current", "wrong"), ("new", "a much better one")]).await.0, 422);
        assert_eq!(owner.form("team/password", &[("current", PASSWORD), ("new", "short")]).await.0, 422);
        assert_eq!(owner.form("team/password", &[("current", PASSWORD), ("new", "a much better one")]).await.0, 200);
        assert_eq!(other.call("team/me", json!({})).await.0, 401);
        assert_eq!(owner.call("team/me", json!({})).await.0, 200);
    }

    async fn roles_are_given_from_above(house: House) {
        let mut owner = house.owner.clone();
        let add = |email: &'static str, role: &'static str| [("name", "X"), ("email", email), ("role", role), ("password", PASSWORD)];
        assert_eq!(owner.form("team/add", &add("admin@example.com", "admin")).await.0, 200);
        assert_eq!(owner.form("team/add", &add("admin@example.com", "admin")).await.1["reason"]["reason"], "taken");
        assert_eq!(owner.form("team/add", &add("x@example.com", "emperor")).await.0, 422);
        assert_eq!(owner.form("team/add", &add("not an address", "operator")).await.0, 422);
        let mut admin = Browser::new(&house.url);
        admin.form("team/login", &[("email", "admin@example.com"), ("password", PASSWORD)]).await;
        assert_eq!(admin.form("team/add", &add("boss@example.com", "owner")).await.0, 403);
        assert_eq!(admin.form("team/add", &add("aoi@example.com", "operator")).await.0, 200);
        let team = admin.call("team/list", json!({})).await.1;
        let owner_id = team.as_array().unwrap().iter().find(|o| o["role"] == "owner").unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(admin.form("team/role", &[("operator", &owner_id), ("role", "operator")]).await.0, 403);
        assert_eq!(admin.form("team/remove", &[("operator", &owner_id)]).await.0, 403);
        // Nobody removes themselves: there is always an owner.
        assert_eq!(owner.form("team/remove", &[("operator", &owner_id)]).await.0, 403);
    }
}
