//! What the SDK asks and tells with a person's token.

use crate::{
    simulator::{
        login::Holder,
        mint,
        platform::{Answer, Refusal, check_messages},
        state::Shared,
        world::{
            LiffApp,
            login::{Opened, Share, half_hash},
        },
    },
    time::MINUTE,
};
use axum::{
    Json,
    extract::{FromRequestParts, Query, Request, State},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// How long somebody may take to choose with whom to share.
const SHARE_LIFE: i64 = 10 * MINUTE;

/// Which app.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Which {
    #[serde(default)]
    liff_id: String,
}

fn availability(size: &str, scan: bool) -> Value {
    let can = |permission: bool, version: &str| json!({ "permission": permission, "minVer": version });
    json!({
        "shareTargetPicker": can(true, "10.3.0"),
        "multipleLiffTransition": can(size == "full", "10.18.0"),
        "subwindowOpen": can(size == "full", "11.7.0"),
        "scanCode": { "permission": false, "minVer": "9.4.0", "unsupportedFromVer": "9.19.0" },
        "scanCodeV2": { "permission": scan, "minVer": "11.7.0", "minOsVer": "14.3.0" },
        "getAdvertisingId": can(false, "7.14.0"),
        "addToHomeScreen": can(false, "9.16.0"),
        "bluetoothLeFunction": { "permission": false, "minVer": "9.14.0", "unsupportedFromVer": "9.19.0" },
        "skipChannelVerificationScreen": can(false, "11.14.0"),
        "addToHomeV2": can(false, "13.20.0"),
        "addToHomeHideDomain": can(false, "13.20.0"),
        "addToHomeLineScheme": can(false, "13.20.0"),
    })
}

fn colours(icon: &str, bar: &str, under: &str, ground: &str) -> Value {
    json!({
        "iconColor": icon, "statusBarColor": bar, "titleTextColor": icon, "titleSubtextColor": under,
        "titleButtonColor": icon, "titleBackgroundColor": ground, "progressBarColor": "#06C755",
        "progressBackgroundColor": ground,
    })
}

/// What `liff.getContext()` answers. LINE tells no ids of rooms since 2023.
fn context(id: &str, app: &LiffApp, email: bool, who: Option<(&str, &str, &Opened)>) -> Value {
    let kind = match who {
        Some((_, _, Opened { inside: true, room, .. })) => match room.as_deref() {
            None => "none",
            Some(room) if room.starts_with('C') => "group",
            Some(room) if room.starts_with('R') => "room",
            Some(_) => "utou",
        },
        _ => "external",
    };
    let scan = app.settings.get("features").and_then(|features| features.get("qrCode")) == Some(&Value::Bool(true));
    let mut context = json!({
        "type": kind,
        "liffId": id,
        "endpointUrl": app.endpoint(),
        "availability": availability(app.size(), scan),
        "scope": app.scopes(email),
        "menuColorSetting": {
            "adaptableColorSchemes": ["light"],
            "lightModeColor": colours("#111111", "black", "#B7B7B7", "#FFFFFF"),
            "darkModeColor": colours("#FFFFFF", "white", "#949494", "#111111"),
        },
        "miniDomainAllowed": false,
        "permanentLinkPattern": "concat",
    });
    if kind != "external" {
        context["viewType"] = app.size().into();
    }
    if let Some((user, token, _)) = who {
        context["userId"] = user.into();
        context["accessTokenHash"] = half_hash(token).into();
    }
    context
}

/// GET /liff/v2/apps?liffId=…: what an app is, and with a token also where it is and for whom.
pub async fn app(State(sim): State<Shared>, Query(which): Query<Which>, request: Request) -> Answer {
    let (mut parts, _) = request.into_parts();
    let holder = if parts.headers.contains_key("authorization") {
        Some(Holder::from_request_parts(&mut parts, &sim).await?)
    } else {
        None
    };
    sim.with(|world| {
        // Recalled.
        let lost = || Refusal::new(404, "channel not found");
        let app = world.liff_apps.get(&which.liff_id).ok_or_else(lost)?;
        let channel = world.login_channel(&app.channel).ok_or_else(lost)?;
        let holder = holder.filter(|holder| holder.channel.id == channel.id);
        let known = holder.as_ref().map(|holder| world.known_as(&channel, &holder.token.user));
        let opened = holder.as_ref().and_then(|holder| holder.token.opened.as_ref());
        let who = match (&holder, &known, opened) {
            (Some(holder), Some(known), Some(opened)) if opened.app == which.liff_id => {
                Some((known.as_str(), holder.name.as_str(), opened))
            }
            _ => None,
        };
        let mut answer = json!({
            "channelId": channel.id,
            "name": channel.name,
            "botPrompt": app.settings.get("botPrompt").cloned().unwrap_or_else(|| "none".into()),
            "context": context(&which.liff_id, app, channel.email, who),
        });
        if let (Some(holder), Some((_, _, opened))) = (&holder, who) {
            answer["granted"] = json!(holder.token.scopes);
            // For links to other apps: the phone is to be the same.
            answer["simulator"] = json!({ "user": holder.token.user, "room": opened.room, "inside": opened.inside });
        }
        Ok(Json(answer).into_response())
    })
}

/// Kinds that a person may send by an app.
const KINDS: [&str; 8] = ["text", "sticker", "image", "video", "audio", "location", "template", "flex"];

/// Every action that is not one of a URI, with its path.
fn actions(value: &Value, path: &str, wrong: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let path = format!("{path}.{name}");
                let is_action = matches!(name.as_str(), "action" | "defaultAction");
                if is_action && inner.get("type").is_some_and(|kind| kind != "uri") {
                    wrong.push(("Must be one of the following values: [uri]".into(), format!("{path}.type")));
                }
                if name == "actions" {
                    for (at, action) in inner.as_array().into_iter().flatten().enumerate() {
                        if action.get("type").is_some_and(|kind| kind != "uri") {
                            let property = format!("{path}[{at}].type");
                            wrong.push(("Must be one of the following values: [uri]".into(), property));
                        }
                    }
                }
                actions(inner, &path, wrong);
            }
        }
        Value::Array(list) => {
            for (at, inner) in list.iter().enumerate() {
                actions(inner, &format!("{path}[{at}]"), wrong);
            }
        }
        _ => {}
    }
}

/// The messages of a body, if a person may send them: as for bots, and less.
fn messages(body: &Value, strict: bool, sticker: bool) -> Result<Vec<Value>, Refusal> {
    let wrong = check_messages(body, strict);
    if !wrong.is_empty() {
        return Err(Refusal::details(&wrong));
    }
    let list = body.get("messages").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut wrong = Vec::new();
    for (at, message) in list.iter().enumerate() {
        let path = format!("messages[{at}]");
        let kind = message["type"].as_str().unwrap_or_default();
        if !KINDS.contains(&kind) || kind == "sticker" && !sticker {
            let known: Vec<&str> = KINDS.into_iter().filter(|kind| sticker || *kind != "sticker").collect();
            let words = format!("Must be one of the following values: [{}]", known.join(", "));
            wrong.push((words, format!("{path}.type")));
        }
        for name in ["emojis", "quoteToken", "trackingId", "quickReply", "sender"] {
            if message.get(name).is_some() {
                wrong.push(("can't be used in a LIFF app".into(), format!("{path}.{name}")));
            }
        }
        actions(message, &path, &mut wrong);
    }
    if wrong.is_empty() { Ok(list) } else { Err(Refusal::details(&wrong)) }
}

/// POST /message/v3/share: says something in the room in which the app is open.
pub async fn send(holder: Holder, Json(body): Json<Value>) -> Answer {
    let no = || Refusal::new(403, "user doesn't grant required permissions yet");
    let room = holder.token.opened.as_ref().and_then(|opened| opened.room.clone());
    let room = room.filter(|_| holder.token.may("chat_message.write")).ok_or_else(no)?;
    let messages = messages(&body, holder.sim.rules.strict, true)?;
    holder.sim.with(|world| {
        let now = world.now();
        world.say_all(&holder.token.user, &room, messages, now).map_err(|_| no())?;
        Ok(Json(json!({})).into_response())
    })
}

/// POST /liff/v2/share: keeps messages until their receivers are chosen, on the page that is answered.
pub async fn share(holder: Holder, Json(body): Json<Value>) -> Answer {
    let messages = messages(&body, holder.sim.rules.strict, false)?;
    let multiple = body.get("isMultiple").and_then(Value::as_bool).unwrap_or(true);
    holder.sim.with(|world| {
        let now = world.now();
        world.logins.shares.retain(|_, share| share.ends > now);
        let id = mint::letters(32);
        let share = Share { user: holder.token.user.clone(), messages, multiple, ends: now + SHARE_LIFE };
        world.logins.shares.insert(id.clone(), share);
        Ok(Json(json!({ "page": format!("{}/liff/share/{id}", holder.sim.rules.base_url) })).into_response())
    })
}

/// POST /liff/v2/friendship: the page that asks whether to become a friend of the linked account.
pub async fn friendship(holder: Holder) -> Answer {
    let none = || Refusal::new(403, "No bot could be resolved for the request.");
    holder.channel.channel.as_ref().ok_or_else(none)?;
    holder.sim.with(|world| {
        let now = world.now();
        let id = mint::letters(32);
        let share =
            Share { user: holder.token.user.clone(), messages: Vec::new(), multiple: false, ends: now + SHARE_LIFE };
        world.logins.shares.insert(id.clone(), share);
        let page = format!("{}/liff/friendship/{}?as={id}", holder.sim.rules.base_url, holder.channel.id);
        Ok(Json(json!({ "page": page })).into_response())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_send_less_than_bots() {
        let wrong = |message: Value| match messages(&json!({ "messages": [message] }), false, false) {
            Ok(_) => Vec::new(),
            Err(refusal) => refusal.body["details"]
                .as_array()
                .map(|list| list.iter().map(|one| one["property"].as_str().unwrap_or_default().to_owned()).collect())
                .unwrap_or_default(),
        };
        assert!(wrong(json!({ "type": "text", "text": "hello" })).is_empty());
        assert_eq!(wrong(json!({ "type": "sticker", "packageId": "446", "stickerId": "1988" })), ["messages[0].type"]);
        assert_eq!(wrong(json!({ "type": "text", "text": "x", "quoteToken": "q" })), ["messages[0].quoteToken"]);
        let buttons = json!({ "type": "template", "altText": "x", "template": { "type": "buttons", "text": "x", "actions": [
            { "type": "message", "label": "a", "text": "a" }, { "type": "uri", "label": "b", "uri": "https://a.example" } ] } });
        assert_eq!(wrong(buttons), ["messages[0].template.actions[0].type"]);
    }
}
