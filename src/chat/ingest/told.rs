//! Events that are no messages, as a room tells them. What LINE adds later keeps its name, and its JSON can be
//! looked at.

use crate::line::event::{Event, Kind, Notice};

/// What a room tells of an event; none for a message.
pub fn notice(event: &Event) -> Option<Notice> {
    Some(match &event.kind {
        Kind::Message(_) => return None,
        Kind::Unsend(message) => Notice::TookBack { message: message.clone() },
        Kind::Edited(message) => Notice::Changed { message: message.id.clone() },
        Kind::Follow { unblocked: false } => Notice::Followed,
        Kind::Follow { unblocked: true } => Notice::Unblocked,
        Kind::Unfollow => Notice::Blocked,
        Kind::Join => Notice::Joined,
        Kind::Leave => Notice::Left,
        Kind::MemberJoined(users) => Notice::MembersJoined { users: users.clone() },
        Kind::MemberLeft(users) => Notice::MembersLeft { users: users.clone() },
        Kind::Postback { data } => postback(event, data),
        Kind::Other(name) => other(event, name),
    })
}

fn word(event: &Event, pointer: &str) -> Option<String> {
    event.raw.pointer(pointer)?.as_str().map(str::to_owned)
}

fn postback(event: &Event, data: &str) -> Notice {
    let picked = ["datetime", "date", "time"].iter().find_map(|name| word(event, &format!("/postback/params/{name}")));
    if let Some(value) = picked {
        return Notice::Picked { data: data.to_owned(), value };
    }
    match word(event, "/postback/params/newRichMenuAliasId") {
        Some(alias) => {
            let shown = word(event, "/postback/params/status").is_none_or(|status| status == "SUCCESS");
            Notice::MenuSwitched { alias: if shown { alias } else { String::new() } }
        }
        None => Notice::Postback { data: data.to_owned() },
    }
}

fn other(event: &Event, name: &str) -> Notice {
    let known = match name {
        "beacon" => word(event, "/beacon/type").map(|kind| Notice::Beacon { kind }),
        "accountLink" => word(event, "/link/result").map(|result| Notice::AccountLinked { ok: result == "ok" }),
        "membership" => word(event, "/membership/type").map(|kind| Notice::Membership { kind }),
        "videoPlayComplete" => {
            word(event, "/videoPlayComplete/trackingId").map(|tracking| Notice::VideoSeen { tracking })
        }
        _ => None,
    };
    known.unwrap_or_else(|| Notice::Other { name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn told(kind: &str, extra: Value) -> Option<Notice> {
        let mut raw = json!({ "type": kind, "webhookEventId": "E", "timestamp": 5 });
        if let (Some(raw), Some(extra)) = (raw.as_object_mut(), extra.as_object()) {
            raw.extend(extra.clone());
        }
        Event::read(raw).as_ref().and_then(notice)
    }

    #[test]
    fn every_event_is_told() {
        let postback = |params: Value| told("postback", json!({ "postback": { "data": "a=1", "params": params } }));
        let data = || "a=1".to_owned();
        assert_eq!(postback(Value::Null), Some(Notice::Postback { data: data() }));
        let value = "2026-12-01T10:00".to_owned();
        assert_eq!(postback(json!({ "datetime": value })), Some(Notice::Picked { data: data(), value }));
        let menu = |status: &str| postback(json!({ "newRichMenuAliasId": "winter", "status": status }));
        assert_eq!(menu("SUCCESS"), Some(Notice::MenuSwitched { alias: "winter".into() }));
        assert_eq!(menu("RICHMENU_NOT_FOUND"), Some(Notice::MenuSwitched { alias: String::new() }));
        let beacon = told("beacon", json!({ "beacon": { "type": "enter", "hwid": "d41d8cd98f" } }));
        assert_eq!(beacon, Some(Notice::Beacon { kind: "enter".into() }));
        let linked = |result: &str| told("accountLink", json!({ "link": { "result": result, "nonce": "n" } }));
        assert_eq!(linked("ok"), Some(Notice::AccountLinked { ok: true }));
        assert_eq!(linked("failed"), Some(Notice::AccountLinked { ok: false }));
        let member = told("membership", json!({ "membership": { "type": "renewed", "membershipId": 3 } }));
        assert_eq!(member, Some(Notice::Membership { kind: "renewed".into() }));
        let film = told("videoPlayComplete", json!({ "videoPlayComplete": { "trackingId": "spring" } }));
        assert_eq!(film, Some(Notice::VideoSeen { tracking: "spring".into() }));
        let unsend = told("unsend", json!({ "unsend": { "messageId": "7" } }));
        assert_eq!(unsend, Some(Notice::TookBack { message: "7".into() }));
        // What does not fit, or is new, is told by its name.
        assert_eq!(told("beacon", json!({ "beacon": 5 })), Some(Notice::Other { name: "beacon".into() }));
        assert_eq!(told("levitate", json!({})), Some(Notice::Other { name: "levitate".into() }));
        assert_eq!(told("message", json!({ "message": { "id": "1", "type": "text", "text": "x" } })), None);
    }
}
