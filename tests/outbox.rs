//! Sending: free first, push after, never twice, and plain words when it does not work.

use crate::{fixture::until, on_both};
use serde_json::json;

on_both! {
    async fn a_reply_is_free_and_the_next_one_is_pushed(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "こんにちは").await;
        let room = until(async || Some(house.room("Ken").await).filter(|room| room["unread"] == 1)).await;
        assert!(room["reply_until"].as_i64().unwrap() > engawa::time::now());
        let first = house.send(&room, "いらっしゃいませ").await;
        assert_eq!(house.delivery(&room, &first).await, json!({"state": "sent", "via": "reply"}));
        let second = house.send(&room, "二通目です").await;
        assert_eq!(house.delivery(&room, &second).await, json!({"state": "sent", "via": "push"}));
        assert_eq!(house.line.seen(&user).await, ["いらっしゃいませ", "二通目です"]);
        let opened = house.open(&room).await;
        assert_eq!(opened["quota"], json!({"limit": 200, "used": 1}));
        assert_eq!((opened["room"]["unread"].as_i64(), opened["room"]["reply_until"].is_null()), (Some(0), true));
        house.check().await;
    }

    async fn the_same_key_sends_once(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "hello").await;
        let room = house.room("Ken").await;
        let body = json!({"account": house.account, "room": room["id"], "key": "0123456789abcdef0123", "text": "once"});
        let all = futures_util::future::join_all((0..8).map(|_| house.call("chat/send_text", body.clone()))).await;
        assert!(all.iter().all(|message| message["id"] == all[0]["id"]));
        house.delivery(&room, &all[0]).await;
        assert_eq!(house.line.accepted().await.len(), 1);
    }

    async fn an_expired_token_falls_over_to_one_push(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "hello").await;
        let room = until(async || Some(house.room("Ken").await).filter(|room| room["unread"] == 1)).await;
        // LINE forgets the token; we still think that it is good.
        sqlx::query("UPDATE room SET reply_token = 'used'").execute(house.state().db.read()).await.unwrap();
        let sent = house.send(&room, "late").await;
        assert_eq!(house.delivery(&room, &sent).await, json!({"state": "sent", "via": "push"}));
        assert_eq!(house.line.seen(&user).await, ["late"]);
    }

    async fn a_reply_whose_answer_is_lost_is_unknown_and_not_sent_again(house: House) {
        let user = house.line.friend("Ken").await;
        house.line.say(&user, "hello").await;
        let room = until(async || Some(house.room("Ken").await).filter(|room| room["unread"] == 1)).await;
        house.line.fault(json!({"kind": "cut_after", "path": "/message/reply", "remaining": 1})).await;
        let sent = house.send(&room, "perhaps").await;
        assert_eq!(house.delivery(&room, &sent).await, json!({"state": "unknown"}));
        assert_eq!(house.line.accepted().await.len(), 1);
        // A person decides: now it is sent again, by push.
        let args = json!({"account": house.account, "room": room["id"], "message": sent["id"]});
        house.call("chat/retry", args.clone()).await;
        assert_eq!(house.delivery(&room, &sent).await, json!({"state": "sent", "via": "push"}));
        // What was sent can't be sent again.
        assert_eq!(house.owner.call("chat/retry", args).await.0, 409);
        house.check().await;
    }

    async fn a_push_whose_answer_is_lost_arrives_once(house: House) {
        let user = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        sqlx::query("UPDATE room SET reply_token = NULL").execute(house.state().db.read()).await.unwrap();
        house.line.fault(json!({"kind": "cut_after", "path": "/message/push", "remaining": 2})).await;
        let sent = house.send(&room, "exactly once").await;
        assert_eq!(house.delivery(&room, &sent).await, json!({"state": "sent", "via": "push"}));
        assert_eq!(house.line.seen(&user).await, ["exactly once"]);
        assert_eq!(house.line.accepted().await.len(), 1);
    }

    async fn errors_and_rate_limits_are_waited_out_in_order(house: House) {
        let user = house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        sqlx::query("UPDATE room SET reply_token = NULL").execute(house.state().db.read()).await.unwrap();
        house.line.fault(json!({"kind": "server_error", "path": "/message/push", "remaining": 1})).await;
        house.line.fault(json!({"kind": "rate_limit", "path": "/message/push", "remaining": 1})).await;
        let first = house.send(&room, "1").await;
        let second = house.send(&room, "2").await;
        house.delivery(&room, &second).await;
        assert_eq!(house.delivery(&room, &first).await["via"], "push");
        assert_eq!(house.line.seen(&user).await, ["1", "2"]);
    }

    async fn an_exhausted_quota_says_so_and_keeps_the_text(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        sqlx::query("UPDATE room SET reply_token = NULL").execute(house.state().db.read()).await.unwrap();
        house.line.fault(json!({"kind": "monthly_limit", "path": "/message/push"})).await;
        let sent = house.send(&room, "too many").await;
        assert_eq!(house.delivery(&room, &sent).await, json!({"state": "failed", "why": {"why": "quota"}}));
        let kept = house.messages(&room).await.into_iter().find(|m| m["id"] == sent["id"]).unwrap();
        assert_eq!(kept["content"]["text"], "too many");
        // Taken out of the room by the operator.
        house.call("chat/discard", json!({"account": house.account, "room": room["id"], "message": sent["id"]})).await;
        assert!(house.messages(&room).await.iter().all(|m| m["id"] != sent["id"]));
        house.check().await;
    }

    async fn what_line_does_not_know_fails_with_its_words(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        sqlx::query("UPDATE room SET reply_token = NULL, line_id = 'Uffffffffffffffffffffffffffffffff'").execute(house.state().db.read()).await.unwrap();
        let sent = house.send(&room, "to nobody").await;
        let delivery = house.delivery(&room, &sent).await;
        assert_eq!(delivery["why"]["why"], "refused");
        assert!(delivery["why"]["message"].as_str().unwrap().contains("Failed to send messages"), "{delivery}");
    }

    async fn texts_are_held_to_lines_limits(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let send = async |text: String| {
            let key = format!("{:032x}", rand::random::<u128>());
            house.owner.call("chat/send_text", json!({"account": house.account, "room": room["id"], "key": key, "text": text})).await
        };
        let (status, error) = send("  \n ".into()).await;
        assert_eq!((status, error), (422, json!({"error": "field", "field": "text", "reason": {"reason": "empty"}})));
        assert_eq!(send("あ".repeat(5_001)).await.0, 422);
        assert_eq!(send("🍎".repeat(2_500)).await.0, 200);
        let nowhere = json!({"account": house.account, "room": "1", "key": "0123456789abcdef", "text": "x"});
        assert_eq!(house.owner.call("chat/send_text", nowhere).await.0, 404);
    }
}
