//! The same person in several accounts: linked by hand, taken back, and never a way into an account.

use crate::{fixture::House, fixture::until, on_both};
use serde_json::{Value, json};

/// A second account, of another channel of the same simulator; answers the channel and the account.
async fn second(house: &House, name: &str) -> (Value, String) {
    let channel = house.line.control("channels", json!({"name": name, "quota": 5})).await;
    let (id, secret) = (channel["id"].as_str().unwrap(), channel["secret"].as_str().unwrap());
    let fields = [("channel_id", id), ("channel_secret", secret), ("access_token", ""), ("api_base", &house.line.url)];
    let (status, account) = house.owner.clone().form("account/connect", &fields).await;
    assert_eq!(status, 200, "{account}");
    let account = account.as_str().unwrap().to_owned();
    let hook = format!("{}/line/webhook/{account}", house.url);
    house.line.control(&format!("channels/{id}"), json!({"endpoint": hook})).await;
    (channel, account)
}

async fn friend(house: &House, channel: &Value, account: &str, name: &str) -> Value {
    house.line.control("users", json!({"name": name, "language": "ja", "follow": channel["id"]})).await;
    until(async || {
        let body = json!({"account": account, "filter": "all", "after": null});
        let page = house.call("chat/list_rooms", body).await;
        page["rooms"].as_array().unwrap().iter().find(|room| room["name"] == name).cloned()
    })
    .await
}

on_both! {
    async fn two_contacts_are_linked_and_unlinked(house: House) {
        house.line.friend("Ken").await;
        let here = house.room("Ken").await;
        let (channel, account) = second(&house, "Onsen Osaka").await;
        let there = friend(&house, &channel, &account, "Kenji 100%").await;
        friend(&house, &channel, &account, "Mai").await;
        let find = async |name: &str| {
            let body = json!({"account": house.account, "room": here["id"], "name": name});
            house.call("chat/find_kin", body).await.as_array().unwrap().clone()
        };
        let found = find("KEN").await;
        assert_eq!((found.len(), &found[0]["room"], &found[0]["account_name"]), (1, &there["id"], &json!("Onsen Osaka")));
        assert_eq!((find("").await.len(), find("0%").await.len(), find("%").await.len(), find("_").await.len()), (2, 1, 1, 0));
        let both = json!({"account": house.account, "room": here["id"], "other": account, "other_room": there["id"]});
        let kin = house.call("chat/link_kin", both.clone()).await;
        assert_eq!((kin.as_array().unwrap().len(), &kin[0]["name"]), (1, &json!("Kenji 100%")));
        // Seen from both sides, and offered no more.
        assert_eq!(house.open(&here).await["kin"], kin);
        let other = house.call("chat/open_room", json!({"account": account, "room": there["id"]})).await;
        assert_eq!((&other["kin"][0]["room"], &other["kin"][0]["account"]), (&here["id"], &json!(house.account)));
        assert!(find("Kenji").await.is_empty());
        assert_eq!(house.call("chat/link_kin", both.clone()).await, kin, "twice is once");
        assert_eq!(house.call("chat/unlink_kin", both.clone()).await, json!([]));
        assert_eq!(house.open(&here).await["kin"], json!([]));
        assert_eq!(house.owner.call("chat/unlink_kin", both).await.0, 404);
        house.check().await;
    }

    async fn a_third_account_knows_the_person_too(house: House) {
        house.line.friend("Ken").await;
        let here = house.room("Ken").await;
        let mut rooms = Vec::new();
        for name in ["Osaka", "Kobe"] {
            let (channel, account) = second(&house, name).await;
            let there = friend(&house, &channel, &account, "Ken").await;
            let both = json!({"account": house.account, "room": here["id"], "other": account, "other_room": there["id"]});
            house.call("chat/link_kin", both).await;
            rooms.push((account, there));
        }
        assert_eq!(house.open(&here).await["kin"].as_array().unwrap().len(), 2);
        let (osaka, there) = &rooms[0];
        let seen = house.call("chat/open_room", json!({"account": osaka, "room": there["id"]})).await;
        let names: Vec<_> = seen["kin"].as_array().unwrap().iter().map(|kin| kin["account_name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Onsen", "Kobe"]);
        // A deleted room is not shown.
        house.call("chat/delete_room", json!({"account": rooms[1].0, "room": rooms[1].1["id"]})).await;
        assert_eq!(house.open(&here).await["kin"].as_array().unwrap().len(), 1);
        house.check().await;
    }

    /// A canary in another account: nothing that is asked of this one may sing.
    async fn nothing_of_another_account_is_told(house: House) {
        house.line.friend("Ken").await;
        let here = house.room("Ken").await;
        let (channel, account) = second(&house, "Canary account").await;
        let there = friend(&house, &channel, &account, "Canary").await;
        let of = json!({"account": house.account, "room": here["id"], "after": null, "before": null, "filter": "all", "tab": "mikastab", "sign": "looking", "message": null});
        let functions = ["chat/open_room", "chat/list_rooms", "chat/mentions", "chat/deleted_rooms", "chat/be_here", "chat/colleagues"];
        for function in functions {
            let answer = house.call(function, of.clone()).await.to_string();
            assert!(!answer.contains("Canary"), "{function}: {answer}");
        }
        let file = house.owner.page(&format!("/a/{}/history.csv", house.account)).await.1;
        assert!(!file.contains("Canary"));
        // Rooms and accounts that are not there, or are the same, or are no friends.
        let refused = async |room: &Value, other: &str, other_room: &Value, status: u16| {
            let body = json!({"account": house.account, "room": room, "other": other, "other_room": other_room});
            for function in ["chat/link_kin", "chat/unlink_kin"] {
                let (got, answer) = house.owner.call(function, body.clone()).await;
                assert_eq!(got, status, "{function} {body}: {answer}");
                assert!(!answer.to_string().contains("Canary"));
            }
        };
        refused(&here["id"], "99", &there["id"], 404).await;
        refused(&here["id"], &account, &here["id"], 404).await;
        refused(&there["id"], &account, &there["id"], 404).await;
        refused(&here["id"], &house.account, &here["id"], 409).await;
        // Only the operator who looks by name among accounts that are theirs finds it.
        let find = json!({"account": house.account, "room": here["id"], "name": "canary"});
        assert_eq!(house.call("chat/find_kin", find.clone()).await.as_array().unwrap().len(), 1);
        let strange = json!({"account": house.account, "room": there["id"], "name": "canary"});
        assert_eq!(house.owner.call("chat/find_kin", strange).await.0, 404);
        // An account that can't be opened is not searched, and its links are not shown.
        let both = json!({"account": house.account, "room": here["id"], "other": account, "other_room": there["id"]});
        house.call("chat/link_kin", both).await;
        assert!(house.open(&here).await.to_string().contains("Canary"));
        let row = house.owner.clone().form("account/detail", &[("account", &account)]).await.1;
        let fields = [("account", account.as_str()), ("confirm", row["basic_id"].as_str().unwrap())];
        assert_eq!(house.owner.clone().form("account/disconnect", &fields).await.0, 200);
        assert_eq!(house.open(&here).await["kin"], json!([]));
        assert_eq!(house.call("chat/find_kin", find).await, json!([]));
    }
}
