//! The second step of logging in, and links for colleagues.

use crate::{
    fixture::{Browser, PASSWORD},
    on_both,
};
use engawa::time::now;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

/// What an authenticator app shows for this secret, `steps` half minutes from now.
fn code(secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("-").build().unwrap();
    totp.generate(u64::try_from(now() / 1_000 + 30 * steps).unwrap()).to_string()
}

/// Turns it on for this browser's operator: the secret and the recovery codes. It takes the code
/// of the present step, so that the next one may still be used.
async fn turn_on(browser: &mut Browser) -> (String, Vec<String>) {
    let (status, enrolment) = browser.form("team/two_step_begin", &[("password", PASSWORD)]).await;
    assert_eq!(status, 200, "{enrolment}");
    let secret = enrolment["secret"].as_str().unwrap().to_owned();
    assert!(enrolment["qr"].as_str().unwrap().starts_with("<svg"));
    let (status, codes) = browser.form("team/two_step_confirm", &[("code", &code(&secret, 0))]).await;
    assert_eq!(status, 200, "{codes}");
    (secret, codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect())
}

const MIKA: [(&str, &str); 2] = [("email", "mika@example.com"), ("password", PASSWORD)];

async fn half_in(url: &str) -> Browser {
    let mut browser = Browser::new(url);
    assert_eq!(browser.form("team/login", &MIKA).await.0, 200);
    assert!(browser.cookie.starts_with("engawa-code="), "{}", browser.cookie);
    assert_eq!(browser.call("team/me", json!({})).await.0, 401);
    browser
}

fn reason(answer: &(u16, Value)) -> (u16, &str) {
    (answer.0, answer.1["reason"]["reason"].as_str().unwrap_or_default())
}

on_both! {
    async fn the_password_alone_is_not_enough(house: House) {
        let mut owner = house.owner.clone();
        assert_eq!(owner.form("team/two_step_begin", &[("password", "wrong")]).await.0, 422);
        assert_eq!(owner.form("team/two_step_confirm", &[("code", "123456")]).await.0, 409, "nothing was begun");
        let (secret, _) = turn_on(&mut owner).await;
        assert_eq!(owner.call("team/two_step", json!({})).await.1, json!({"on": true, "codes": 10}));
        assert_eq!(owner.form("team/two_step_begin", &[("password", PASSWORD)]).await.0, 409, "it is on");
        let kept: Vec<String> = sqlx::query_scalar("SELECT secret FROM two_step").fetch_all(house.state().db.read()).await.unwrap();
        assert!(!kept[0].contains(&secret), "sealed");

        let mut browser = half_in(&house.url).await;
        let right = code(&secret, 1);
        assert_eq!(reason(&browser.form("team/code", &[("code", "000000")]).await), (422, "wrong_code"));
        assert_eq!(browser.form("team/code", &[("code", &format!("{} {}", &right[..3], &right[3..]))]).await.0, 200);
        assert!(browser.cookie.starts_with("engawa="));
        assert_eq!(browser.call("team/me", json!({})).await.0, 200);
        // A code works once, also in another browser.
        let mut other = half_in(&house.url).await;
        assert_eq!(reason(&other.form("team/code", &[("code", &right)]).await), (422, "wrong_code"));
        // And without a right password there is nothing to give a code to.
        assert_eq!(Browser::new(&house.url).form("team/code", &[("code", &code(&secret, 1))]).await.0, 401);
    }

    async fn a_recovery_code_works_once(house: House) {
        let mut owner = house.owner.clone();
        let (_, codes) = turn_on(&mut owner).await;
        assert_eq!(codes.len(), 10);
        assert_eq!(half_in(&house.url).await.form("team/code", &[("code", &codes[3].to_uppercase())]).await.0, 200);
        assert_eq!(reason(&half_in(&house.url).await.form("team/code", &[("code", &codes[3])]).await), (422, "wrong_code"));
        assert_eq!(owner.call("team/two_step", json!({})).await.1["codes"], 9);
        let (status, new) = owner.form("team/recovery_codes", &[("password", PASSWORD)]).await;
        assert_eq!((status, new.as_array().unwrap().len()), (200, 10));
        assert_eq!(reason(&half_in(&house.url).await.form("team/code", &[("code", &codes[0])]).await), (422, "wrong_code"));
        assert_eq!(half_in(&house.url).await.form("team/code", &[("code", new[0].as_str().unwrap())]).await.0, 200);
    }

    async fn guessing_codes_is_slowed_down(house: House) {
        let (secret, _) = turn_on(&mut house.owner.clone()).await;
        let mut guesser = half_in(&house.url).await;
        for _ in 0..5 {
            assert_eq!(guesser.form("team/code", &[("code", "000000")]).await.0, 422);
        }
        assert_eq!(guesser.form("team/code", &[("code", &code(&secret, 0))]).await.0, 429);
        assert_eq!(half_in(&house.url).await.form("team/code", &[("code", &code(&secret, 0))]).await.0, 429);
        assert_eq!(house.owner.call("team/me", json!({})).await.0, 200, "open sessions go on");
    }

    async fn a_half_login_ends(house: House) {
        let mut owner = house.owner.clone();
        let (secret, _) = turn_on(&mut owner).await;
        let mut late = half_in(&house.url).await;
        let old = now() - engawa::team::model::HALF_LOGIN - 1;
        sqlx::query("UPDATE half_login SET created_at = $1").bind(old).execute(house.state().db.read()).await.unwrap();
        assert_eq!(late.form("team/code", &[("code", &code(&secret, 0))]).await.0, 401);
        // A changed password ends it too.
        let mut other = half_in(&house.url).await;
        assert_eq!(owner.form("team/password", &[("current", PASSWORD), ("new", "a much better one")]).await.0, 200);
        assert_eq!(other.form("team/code", &[("code", &code(&secret, 0))]).await.0, 401);
    }

    async fn it_can_be_turned_off_by_oneself_and_from_above(house: House) {
        let mut owner = house.owner.clone();
        turn_on(&mut owner).await;
        assert_eq!(owner.form("team/two_step_off", &[("password", "wrong")]).await.0, 422);
        assert_eq!(owner.form("team/two_step_off", &[("password", PASSWORD)]).await.0, 200);
        let mut browser = Browser::new(&house.url);
        assert_eq!(browser.form("team/login", &MIKA).await.0, 200);
        assert_eq!(browser.call("team/me", json!({})).await.0, 200);

        let fields = [("name", "Aoi"), ("email", "aoi@example.com"), ("role", "admin"), ("password", PASSWORD)];
        assert_eq!(owner.form("team/add", &fields).await.0, 200);
        let mut aoi = Browser::new(&house.url);
        aoi.form("team/login", &[("email", "aoi@example.com"), ("password", PASSWORD)]).await;
        turn_on(&mut aoi).await;
        let team = owner.call("team/list", json!({})).await.1;
        let of = |email: &str| team.as_array().unwrap().iter().find(|o| o["email"] == email).unwrap().clone();
        assert_eq!((&of("aoi@example.com")["two_step"], &of("mika@example.com")["two_step"]), (&json!(true), &json!(false)));
        let (id, boss) = (of("aoi@example.com")["id"].as_str().unwrap().to_owned(), of("mika@example.com")["id"].as_str().unwrap().to_owned());
        assert_eq!(aoi.form("team/two_step_reset", &[("operator", &boss)]).await.0, 403);
        assert_eq!(owner.form("team/two_step_reset", &[("operator", &id)]).await.0, 200);
        assert_eq!(aoi.call("team/me", json!({})).await.0, 401, "logged out everywhere");
        aoi.form("team/login", &[("email", "aoi@example.com"), ("password", PASSWORD)]).await;
        assert_eq!(aoi.call("team/me", json!({})).await.0, 200);
    }

    async fn a_link_lets_one_person_join(house: House) {
        let mut owner = house.owner.clone();
        let (status, link) = owner.form("team/invite", &[("role", "operator"), ("note", "葵さん")]).await;
        assert_eq!(status, 200);
        let token = link.as_str().unwrap().split_once("/join?token=").unwrap().1.to_owned();
        let kept: Vec<String> = sqlx::query_scalar("SELECT token FROM invitation").fetch_all(house.state().db.read()).await.unwrap();
        assert!(!kept.contains(&token), "hashed");
        let listed = owner.call("team/invitations", json!({})).await.1;
        assert_eq!((&listed[0]["note"], &listed[0]["by"], &listed[0]["role"]), (&json!("葵さん"), &json!("Mika"), &json!("operator")));

        let mut aoi = Browser::new(&house.url);
        assert!(aoi.page(&format!("/join?token={token}")).await.1.contains("Mika"));
        let join = |email, password| [("token", token.as_str()), ("name", "Aoi"), ("email", email), ("password", password)];
        assert_eq!(aoi.form("team/join", &join("aoi@example.com", "short")).await.0, 422, "and the link is still good");
        assert_eq!(aoi.form("team/join", &join("aoi@example.com", PASSWORD)).await.0, 200);
        let me = aoi.call("team/me", json!({})).await.1;
        assert_eq!((&me["name"], &me["role"]), (&json!("Aoi"), &json!("operator")));
        let mut second = Browser::new(&house.url);
        assert_eq!(second.form("team/join", &join("eve@example.com", PASSWORD)).await.0, 404, "used up");
        assert_eq!(owner.call("team/list", json!({})).await.1.as_array().unwrap().len(), 2);
        assert_eq!(owner.call("team/invitations", json!({})).await.1, json!([]));
    }

    async fn links_are_taken_back_and_grow_old(house: House) {
        let mut owner = house.owner.clone();
        let fields = [("name", "Aoi"), ("email", "aoi@example.com"), ("role", "admin"), ("password", PASSWORD)];
        owner.form("team/add", &fields).await;
        let mut admin = Browser::new(&house.url);
        admin.form("team/login", &[("email", "aoi@example.com"), ("password", PASSWORD)]).await;
        assert_eq!(admin.form("team/invite", &[("role", "owner"), ("note", "")]).await.0, 403);
        let token = |link: Value| link.as_str().unwrap().split_once("token=").unwrap().1.to_owned();
        let for_owner = token(owner.form("team/invite", &[("role", "owner"), ("note", "")]).await.1);
        let id = owner.call("team/invitations", json!({})).await.1[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(admin.form("team/revoke_invitation", &[("id", &id)]).await.0, 404, "an owner's link");
        assert_eq!(owner.form("team/revoke_invitation", &[("id", &id)]).await.0, 200);
        let invited = async |token: &str| Browser::new(&house.url).form("team/invited", &[("token", token)]).await.1;
        assert_eq!(invited(&for_owner).await, Value::Null);
        let late = token(owner.form("team/invite", &[("role", "operator"), ("note", "")]).await.1);
        sqlx::query("UPDATE invitation SET until = 1").execute(house.state().db.read()).await.unwrap();
        assert_eq!(invited(&late).await, Value::Null);
        assert_eq!(owner.form("team/invite", &[("role", "operator"), ("note", &"あ".repeat(61))]).await.0, 422);
    }

    async fn a_forgotten_password_is_set_anew_by_a_link(house: House) {
        let mut owner = house.owner.clone();
        let fields = [("name", "Aoi"), ("email", "aoi@example.com"), ("role", "operator"), ("password", PASSWORD)];
        owner.form("team/add", &fields).await;
        let mut aoi = Browser::new(&house.url);
        aoi.form("team/login", &[("email", "aoi@example.com"), ("password", PASSWORD)]).await;
        let team = owner.call("team/list", json!({})).await.1;
        let id = team.as_array().unwrap().iter().find(|o| o["email"] == "aoi@example.com").unwrap()["id"].as_str().unwrap().to_owned();
        let mut links = Vec::new();
        for _ in 0..2 {
            let (status, link) = owner.form("team/password_link", &[("operator", &id)]).await;
            assert_eq!(status, 200);
            links.push(link.as_str().unwrap().split_once("token=").unwrap().1.to_owned());
        }
        let mut browser = Browser::new(&house.url);
        assert_eq!(browser.form("team/new_password", &[("token", &links[0]), ("password", "a much better one")]).await.0, 404, "the older link has ended");
        assert_eq!(browser.form("team/join", &[("token", &links[1]), ("name", "Eve"), ("email", "eve@example.com"), ("password", PASSWORD)]).await.0, 404);
        assert_eq!(browser.form("team/new_password", &[("token", &links[1]), ("password", "short")]).await.0, 422);
        assert_eq!(browser.form("team/new_password", &[("token", &links[1]), ("password", "a much better one")]).await.0, 200);
        assert_eq!(browser.form("team/new_password", &[("token", &links[1]), ("password", "a much better one")]).await.0, 404);
        assert_eq!(aoi.call("team/me", json!({})).await.0, 401, "open sessions ended");
        assert_eq!(aoi.form("team/login", &[("email", "aoi@example.com"), ("password", PASSWORD)]).await.0, 422);
        assert_eq!(aoi.form("team/login", &[("email", "aoi@example.com"), ("password", "a much better one")]).await.0, 200);
    }
}
