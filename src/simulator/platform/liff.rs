//! LIFF apps of a channel (line-platform.md §4, §16): pages that open inside LINE.

use super::{
    call::{Call, Caller},
    check::Details,
    refusal::{Answer, Refusal},
};
use crate::{
    line::count::utf16,
    simulator::{mint, world::LiffApp},
};
use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use serde_json::{Map, Value, json};

/// Most apps of a channel.
const MOST: usize = 30;
const SCOPES: [&str; 4] = ["openid", "email", "profile", "chat_message.write"];
/// The properties that an app has; others are ignored, as LINE does.
const PROPERTIES: [&str; 6] = ["view", "description", "features", "permanentLinkPattern", "scope", "botPrompt"];

/// Where an app may open: https, and on this machine also http, so that a page can be tried while it is made.
/// `strict` insists on https.
fn is_endpoint(url: &str, strict: bool) -> bool {
    let Ok(parsed) = reqwest::Url::parse(url) else { return false };
    let here = matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    parsed.has_host()
        && !url.contains('#')
        && (parsed.scheme() == "https" || !strict && here && parsed.scheme() == "http")
}

/// What is wrong with an app. A new one must say how and where it opens, a change may leave that out.
fn check(app: &Value, new: bool, strict: bool) -> Details {
    let mut details = Details::new();
    let mut wrong = |message: &str, property: &str| details.push((message.to_owned(), property.to_owned()));
    match app.get("view") {
        Some(Value::Object(view)) => {
            match view.get("type").and_then(Value::as_str) {
                Some("compact" | "tall" | "full") => {}
                None if !new && !view.contains_key("type") => {}
                None => wrong("must be specified", "view.type"),
                Some(_) => wrong("invalid value", "view.type"),
            }
            match view.get("url").and_then(Value::as_str) {
                Some(url) if is_endpoint(url, strict) => {}
                None if !new && !view.contains_key("url") => {}
                None => wrong("must be specified", "view.url"),
                Some(_) => wrong("invalid uri", "view.url"),
            }
            if view.get("moduleMode").is_some_and(|mode| !mode.is_boolean()) {
                wrong("invalid value", "view.moduleMode");
            }
        }
        None if !new => {}
        _ => wrong("must be specified", "view"),
    }
    if let Some(description) = app.get("description") {
        match description.as_str() {
            Some(text) if text.to_lowercase().contains("line") => wrong("invalid value", "description"),
            Some(text) if utf16(text) <= 100 => {}
            _ => wrong("Length must be between 0 and 100", "description"),
        }
    }
    if app.get("features").is_some_and(|features| !features.is_object()) {
        wrong("invalid value", "features");
    }
    if app.get("permanentLinkPattern").is_some_and(|pattern| pattern != "concat") {
        wrong("invalid value", "permanentLinkPattern");
    }
    if let Some(scope) = app.get("scope") {
        let known = |scope: &Value| scope.as_str().is_some_and(|scope| SCOPES.contains(&scope));
        if !scope.as_array().is_some_and(|list| list.iter().all(known)) {
            wrong("invalid value", "scope");
        }
    }
    let prompts = ["normal", "aggressive", "none"];
    if app.get("botPrompt").is_some_and(|prompt| !prompt.as_str().is_some_and(|prompt| prompts.contains(&prompt))) {
        wrong("invalid value", "botPrompt");
    }
    details
}

/// Takes over the known properties of `change`; the parts of `view` one by one.
fn merge(app: &mut Map<String, Value>, change: &Value) {
    for name in PROPERTIES {
        match (app.get_mut(name), change.get(name)) {
            (_, None) => {}
            (Some(Value::Object(view)), Some(Value::Object(parts))) if name == "view" => view.extend(parts.clone()),
            (_, Some(value)) => {
                app.insert(name.to_owned(), value.clone());
            }
        }
    }
}

/// POST /liff/v1/apps
pub async fn add(Call { caller, body, .. }: Call) -> Answer {
    let details = check(&body, true, caller.sim.rules.strict);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    caller.sim.with(|world| {
        // Only LINE Login channels have LIFF apps. Without `--strict` a Messaging API channel stands for its own.
        if caller.sim.rules.strict && !world.logins.channels.contains_key(&caller.channel) {
            return Err(Refusal::new(403, "Access to this API is not available for your account"));
        }
        if world.liff_apps.values().filter(|app| app.channel == caller.channel).count() >= MOST {
            return Err(Refusal::new(
                400,
                "The maximum number of LIFF apps that can be added to the channel has been reached.",
            ));
        }
        let id = format!("{}-{}", caller.channel, mint::liff_suffix());
        let mut app = LiffApp { channel: caller.channel.clone(), settings: Map::new() };
        merge(&mut app.settings, &body);
        app.settings.entry("permanentLinkPattern").or_insert_with(|| "concat".into());
        world.save("liff", &id, &app);
        world.liff_apps.insert(id.clone(), app);
        Ok(Json(json!({ "liffId": id })).into_response())
    })
}

/// GET /liff/v1/apps: 404 when the channel has none.
pub async fn list(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let apps: Vec<Value> = world
            .liff_apps
            .iter()
            .filter(|(_, app)| app.channel == caller.channel)
            .map(|(id, app)| {
                let mut shown = app.settings.clone();
                shown.insert("liffId".into(), id.as_str().into());
                Value::Object(shown)
            })
            .collect();
        if apps.is_empty() {
            return Err(Refusal::not_found());
        }
        Ok(Json(json!({ "apps": apps })).into_response())
    })
}

/// PUT /liff/v1/apps/{liffId}: changes what is named and leaves the rest.
pub async fn update(Path(id): Path<String>, Call { caller, body, .. }: Call) -> Answer {
    let details = check(&body, false, caller.sim.rules.strict);
    if !details.is_empty() {
        return Err(Refusal::details(&details));
    }
    caller.sim.with(|world| {
        let app = world.liff_apps.get_mut(&id).filter(|app| app.channel == caller.channel);
        let app = app.ok_or_else(Refusal::not_found)?;
        merge(&mut app.settings, &body);
        let app = app.clone();
        world.save("liff", &id, &app);
        Ok(StatusCode::OK.into_response())
    })
}

/// DELETE /liff/v1/apps/{liffId}
pub async fn delete(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.sim.with(|world| {
        world.liff_apps.get(&id).filter(|app| app.channel == caller.channel).ok_or_else(Refusal::not_found)?;
        world.liff_apps.remove(&id);
        world.forget("liff", &id);
        Ok(StatusCode::OK.into_response())
    })
}
