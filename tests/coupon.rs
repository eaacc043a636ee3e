//! Coupons and memberships of the simulated platform, over HTTP.

use crate::{
    audience::{call, look},
    fixture::Line,
};
use engawa::time;
use reqwest::Method;
use serde_json::{Value, json};

fn coupon(title: &str) -> Value {
    let now = time::now() / 1_000;
    json!({
        "title": title, "visibility": "PUBLIC", "timezone": "ASIA_TOKYO", "maxUseCountPerTicket": 1,
        "startTimestamp": now, "endTimestamp": now + 86_400,
        "acquisitionCondition": { "type": "lottery", "lotteryProbability": 50, "maxAcquireCount": -1 },
        "reward": { "type": "discount", "priceInfo": { "type": "fixed", "fixedAmount": 500 } },
    })
}

async fn make(line: &Line, title: &str) -> String {
    let (status, body) = call(line, Method::POST, "/v2/bot/coupon", coupon(title)).await;
    assert_eq!(status, 200, "{body}");
    body["couponId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_coupon_is_made_looked_at_and_closed_once() {
    let line = Line::start().await;
    let id = make(&line, "Bath for two").await;
    assert_eq!(id.len(), 26);
    let path = format!("/v2/bot/coupon/{id}");
    let (_, shown) = look(&line, &path).await;
    assert_eq!((&shown["status"], &shown["title"]), (&json!("RUNNING"), &json!("Bath for two")));
    assert_eq!(shown["reward"]["priceInfo"]["currency"], "JPY");
    assert!(shown["createdTimestamp"].is_i64());
    let close = async |path: &str| call(&line, Method::PUT, &format!("{path}/close"), json!({})).await;
    assert_eq!(close(&path).await, (200, json!({})));
    let about = |message: &str| json!({ "message": "The request body has 1 error(s)", "details": [{ "message": message, "property": "" }] });
    assert_eq!(close(&path).await, (410, about("The coupon has already been closed.")));
    assert_eq!(look(&line, &path).await.1["status"], "CLOSED");
    assert_eq!(close("/v2/bot/coupon/01JYNW8JMQVFBNWF1APF8Z3FS7").await, (404, about("coupon not found")));

    let mut wrong = coupon("");
    wrong["reward"]["type"] = "cash".into();
    let (status, body) = call(&line, Method::POST, "/v2/bot/coupon", wrong).await;
    assert_eq!((status, &body["message"]), (400, &json!("The request body has 2 error(s)")));
    let title = json!({ "message": "Size must be between 1 and 60", "property": "title" });
    assert_eq!(body["details"][0], title);
}

#[tokio::test]
async fn coupons_are_listed_by_status_and_page() {
    let line = Line::start().await;
    let mut made = vec![make(&line, "A").await, make(&line, "B").await, make(&line, "C").await];
    let path = format!("/v2/bot/coupon/{}/close", made[0]);
    call(&line, Method::PUT, &path, json!({})).await;
    let list = async |query: &str| look(&line, &format!("/v2/bot/coupon{query}")).await.1;
    let ids = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|item| item["couponId"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&list("?status=CLOSED").await), [made[0].clone()]);
    assert_eq!(ids(&list("?status=RUNNING").await).len(), 2);
    let first = list("?limit=2&status=RUNNING&status=CLOSED").await;
    let rest = list(&format!("?limit=2&start={}", first["next"].as_str().unwrap())).await;
    assert!(rest.get("next").is_none());
    let mut found = [ids(&first), ids(&rest)].concat();
    found.sort();
    made.sort();
    assert_eq!(found, made);
    for wrong in ["?limit=0", "?limit=101", "?status=OPEN", "?start=x"] {
        assert_eq!(look(&line, &format!("/v2/bot/coupon{wrong}")).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn memberships_are_joined_paid_and_left() {
    let line = Line::start().await;
    let (ken, aoi) = (line.friend("Ken").await, line.friend("Aoi").await);
    assert_eq!(look(&line, "/v2/bot/membership/list").await.0, 404);
    let plans = json!([{ "membershipId": 3189, "title": "Basic", "description": "Monthly bath",
        "benefits": ["A towel"], "price": 500.0, "isPublished": true }]);
    let url = format!("{}/simulator/api/channels/{}/memberships", line.url, line.channel_id());
    assert_eq!(line.http.put(url).json(&plans).send().await.unwrap().status(), 200);
    let step = async |user: &str, step: &str| {
        let act = json!({ "channel": line.channel_id(), "membershipId": 3189, "step": step });
        line.control(&format!("users/{user}/membership"), act).await;
    };
    step(&ken, "joined").await;
    step(&ken, "renewed").await;
    step(&aoi, "joined").await;

    let (_, plans) = look(&line, "/v2/bot/membership/list").await;
    let plan = &plans["memberships"][0];
    assert_eq!(
        (&plan["memberCount"], &plan["memberLimit"], &plan["currency"]),
        (&json!(2), &json!(null), &json!("JPY"))
    );
    let (_, shown) = look(&line, &format!("/v2/bot/membership/subscription/{ken}")).await;
    let user = &shown["subscriptions"][0]["user"];
    assert_eq!((&user["membershipNo"], &user["totalSubscriptionMonths"]), (&json!(1), &json!(2)));
    assert_eq!(user["nextBillingDate"].as_str().unwrap().len(), 10);
    let users = "/v2/bot/membership/3189/users/ids";
    let (_, first) = look(&line, &format!("{users}?limit=1")).await;
    assert_eq!(first["userIds"], json!([ken]));
    let (_, rest) = look(&line, &format!("{users}?limit=1&start={}", first["next"].as_str().unwrap())).await;
    assert_eq!(rest, json!({ "userIds": [aoi] }));
    step(&ken, "left").await;
    assert_eq!(look(&line, &format!("/v2/bot/membership/subscription/{ken}")).await.0, 404);
    let missing = json!({ "message": "Membership plan not found" });
    assert_eq!(look(&line, "/v2/bot/membership/1/users/ids").await, (404, missing));
    assert_eq!(look(&line, &format!("{users}?limit=1001")).await.0, 400);
}
