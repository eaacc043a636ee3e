//! Linking a friend of the account with a customer of its own service.

use crate::{
    audience::{call, look},
    fixture::Line,
};
use reqwest::Method;
use serde_json::{Value, json};

async fn token(line: &Line, user: &str) -> String {
    let (status, body) = call(line, Method::POST, &format!("/v2/bot/user/{user}/linkToken"), json!({})).await;
    assert_eq!(status, 200, "{body}");
    body["linkToken"].as_str().unwrap().to_owned()
}

/// Follows the link to which the service's login leads; where it ends.
async fn go(line: &Line, query: &str) -> (u16, String) {
    let answer = line.http.get(format!("{}/dialog/bot/accountLink?{query}", line.url)).send().await.unwrap();
    let place = answer.headers().get("location").map(|place| place.to_str().unwrap().to_owned());
    (answer.status().as_u16(), place.unwrap_or_default())
}

/// What the channel was told of links.
async fn links(line: &Line) -> Vec<Value> {
    line.control(&format!("channels/{}/flush", line.channel_id()), json!({})).await;
    let log = line.get("log").await;
    let told = log.as_array().unwrap().iter().filter(|entry| entry["webhook"] == true);
    told.map(|entry| serde_json::from_str::<Value>(entry["request"].as_str().unwrap()).unwrap()["events"][0].clone())
        .filter(|event| event["type"] == "accountLink")
        .collect()
}

#[tokio::test]
async fn a_friend_is_linked_once_and_nobody_else_in_their_place() {
    let line = Line::start().await;
    let (ken, aoi) = (line.friend("Ken").await, line.friend("Aoi").await);
    // Nothing answers there; what was posted stands in the log.
    let endpoint = json!({ "endpoint": format!("{}/nothing", line.url) });
    line.control(&format!("channels/{}", line.channel_id()), endpoint).await;

    let first = token(&line, &ken).await;
    let query = format!("linkToken={first}&nonce=c2VjcmV0LW5vbmNl");
    assert_eq!(go(&line, &format!("linkToken={first}&nonce=short")).await.0, 400);
    let chat = format!("/u/{ken}/chat/{}", line.channel_id());
    assert_eq!(go(&line, &query).await, (303, chat));
    assert_eq!(go(&line, &query).await.0, 400);
    let told = links(&line).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["link"], json!({ "result": "ok", "nonce": "c2VjcmV0LW5vbmNl" }));
    assert_eq!(told[0]["source"], json!({ "type": "user", "userId": ken }));
    assert!(told[0]["replyToken"].is_string());

    let second = token(&line, &ken).await;
    assert_eq!(go(&line, &format!("linkToken={second}&nonce=0123456789&user={aoi}")).await.0, 303);
    let told = links(&line).await;
    assert_eq!(told[1]["link"], json!({ "result": "failed", "nonce": "0123456789" }));
    assert!(told[1].get("source").is_none() && told[1].get("replyToken").is_none());

    let stranger = line.control("users", json!({ "name": "Nobody" })).await["id"].as_str().unwrap().to_owned();
    for (user, status) in [("U1", 400), (stranger.as_str(), 404)] {
        assert_eq!(call(&line, Method::POST, &format!("/v2/bot/user/{user}/linkToken"), json!({})).await.0, status);
    }
    assert_eq!(look(&line, &format!("/v2/bot/user/{ken}/linkToken")).await.0, 404);
}
