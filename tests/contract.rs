//! LINE's own OpenAPI files against the simulator: every operation is routed, and what is answered and
//! sent has the shape they give it. The files are LINE's and not part of this project: they are looked for
//! in `LINE_OPENAPI_DIR`, then in `../shared/line-openapi`.

use crate::simulator::Line;
use serde_json::{Map, Value, json};
use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The files whose operations the simulator serves.
const FILES: [&str; 8] =
    ["messaging-api", "channel-access-token", "manage-audience", "insight", "liff", "module", "module-attach", "shop"];

/// Operations that are not here yet, by the beginning of their path.
const NOT_YET: &[&str] = &[];

/// Operations that need a contract with LINE: the simulator refuses them with 403, as LINE does.
const PARTNERS: &[(&str, &str)] = &[
    ("/bot/pnp/push", "LINE notification messages, for corporate customers"),
    ("/v2/bot/message/delivery/pnp", "LINE notification messages, for corporate customers"),
    ("/v2/bot/message/markAsRead", "the older way of marking as read, for corporate customers"),
    ("/shop/v3/mission", "mission stickers, for corporate customers"),
    ("/v2/bot/channel/detach", "module channels, for the marketplace"),
    ("/v2/bot/chat/{chatId}/control/acquire", "module channels, for the marketplace"),
    ("/v2/bot/chat/{chatId}/control/release", "module channels, for the marketplace"),
    ("/v2/bot/list", "module channels, for the marketplace"),
    ("/module/auth/v1/token", "module channels, for the marketplace"),
];

/// Where LINE's documentation and its files differ, and the simulator follows the documentation: method, path,
/// status, and what is said where.
const DIFFERENCES: &[(&str, &str, u16, &str)] = &[
    ("DELETE", "/v2/bot/audienceGroup/{audienceGroupId}", 202, "202 in the documentation, 200 in the file"),
    ("GET", "/v2/bot/message/{messageId}/content", 202, "while LINE prepares it; not in the file"),
    ("GET", "/v2/bot/message/{messageId}/content/preview", 202, "while LINE prepares it; not in the file"),
];

/// Where the documentation says that a number is null until it is known, which the files don't: path, property.
const NULLS: &[(&str, &str)] = &[
    ("/v2/bot/insight/followers", "/followers"),
    ("/v2/bot/insight/followers", "/targetedReaches"),
    ("/v2/bot/insight/followers", "/blocks"),
    ("/v2/bot/insight/message/event", "/overview/delivered"),
];

struct Operation {
    method: String,
    path: String,
    answers: Map<String, Value>,
    document: usize,
}

struct Contract {
    documents: Vec<Value>,
    operations: Vec<Operation>,
    webhook: jsonschema::Validator,
}

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("LINE_OPENAPI_DIR").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/line-openapi");
    named.into_iter().chain([beside]).find(|folder| folder.join("messaging-api.yml").is_file())
}

/// LINE's files, read once; none where they are not.
fn contract() -> Option<&'static Contract> {
    static CONTRACT: OnceLock<Option<Contract>> = OnceLock::new();
    CONTRACT
        .get_or_init(|| {
            let Some(folder) = folder() else {
                println!(
                    "skipped: LINE's OpenAPI files are not here. Get them from github.com/line/line-openapi and name their folder in LINE_OPENAPI_DIR."
                );
                return None;
            };
            let read = |name: &str| -> Value {
                let text = std::fs::read_to_string(folder.join(format!("{name}.yml"))).unwrap();
                let mut document: Value = serde_yaml_ng::from_str(&text).unwrap();
                as_json_schema(&mut document);
                document
            };
            let documents: Vec<Value> = FILES.iter().map(|name| read(name)).collect();
            let operations = documents.iter().enumerate().flat_map(|(at, document)| operations(at, document)).collect();
            let webhook = validator(&read("webhook"), json!({"$ref": "#/components/schemas/CallbackRequest"}));
            Some(Contract { documents, operations, webhook })
        })
        .as_ref()
}

fn operations(document: usize, text: &Value) -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, item) in text["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if ["get", "post", "put", "delete"].contains(&method.as_str()) {
                let answers = operation["responses"].as_object().cloned().unwrap_or_default();
                all.push(Operation { method: method.to_uppercase(), path: path.clone(), answers, document });
            }
        }
    }
    all
}

/// OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own, and tells the members of a family
/// by `discriminator` where JSON Schema has conditions.
fn as_json_schema(document: &mut Value) {
    let schemas = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
    let families: Map<String, Value> = schemas
        .iter()
        .filter_map(|(name, schema)| {
            let key = schema.pointer("/discriminator/propertyName")?.as_str()?;
            let mapping = schema.pointer("/discriminator/mapping")?.as_object()?;
            let members: Vec<Value> = mapping
                .iter()
                .map(|(word, member)| {
                    json!({"if": {"required": [key], "properties": {key: {"const": word}}}, "then": {"$ref": member}})
                })
                .collect();
            let base = format!("#/components/schemas/{name}");
            Some((format!("{name}Family"), json!({"allOf": [{"$ref": base}, {"allOf": members}]})))
        })
        .collect();
    rewrite(document, &families, false);
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.extend(families);
    }
}

/// `part` says that this schema is a part of another (`allOf`), where a family's name means its base.
fn rewrite(value: &mut Value, families: &Map<String, Value>, part: bool) {
    match value {
        Value::Object(map) => {
            let family = map.get("$ref").and_then(Value::as_str).map(|target| format!("{target}Family"));
            if let Some(family) = family
                && !part
                && family.rsplit('/').next().is_some_and(|name| families.contains_key(name))
            {
                map.insert("$ref".into(), family.into());
            }
            if map.remove("nullable") == Some(Value::Bool(true))
                && let Some(kind) = map.remove("type")
            {
                map.insert("type".into(), json!([kind, "null"]));
            }
            for (name, inner) in map.iter_mut() {
                rewrite(inner, families, name == "allOf");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| rewrite(inner, families, part)),
        _ => {}
    }
}

fn validator(document: &Value, schema: Value) -> jsonschema::Validator {
    let mut schema = schema;
    schema["components"] = document["components"].clone();
    jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&schema).unwrap()
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given || wanted.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

/// Sends a call to the simulator, holds its answer to LINE's files, and reads it.
pub async fn ask(call: reqwest::RequestBuilder) -> (u16, Value) {
    let (client, call) = call.build_split();
    let call = call.unwrap();
    let (method, path) = (call.method().clone(), call.url().path().to_owned());
    let answer = client.execute(call).await.unwrap();
    assert!(answer.headers().contains_key("x-line-request-id"));
    let (status, body) = (answer.status().as_u16(), answer.json().await.unwrap_or_default());
    answered(method.as_str(), &path, status, &body);
    (status, body)
}

/// Holds an answer of the simulator to LINE's files.
pub fn answered(method: &str, path: &str, status: u16, body: &Value) {
    let Some(contract) = contract() else { return };
    let path = path.split('?').next().unwrap_or_default();
    let fitting =
        contract.operations.iter().filter(|operation| operation.method == method && fits(&operation.path, path));
    // A path without a variable wins over one with.
    let Some(operation) = fitting.min_by_key(|operation| operation.path.matches('{').count()) else { return };
    if DIFFERENCES
        .iter()
        .any(|(wanted, at, code, _)| (*wanted, *at, *code) == (method, operation.path.as_str(), status))
    {
        return;
    }
    let answer = operation.answers.get(&status.to_string());
    assert!(answer.is_some() || status >= 400, "{method} {path} does not answer {status}");
    let Some(schema) = answer.and_then(|answer| answer.pointer("/content/application~1json/schema")) else { return };
    let validator = validator(&contract.documents[operation.document], schema.clone());
    let mut body = body.clone();
    for (_, property) in NULLS.iter().filter(|(path, _)| *path == operation.path) {
        if let Some(number) = body.pointer_mut(property).filter(|number| number.is_null()) {
            *number = 0.into();
        }
    }
    let wrong: Vec<String> =
        validator.iter_errors(&body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{method} {path} {status}: {wrong:#?} in {body}");
}

/// Holds a webhook of the simulator to LINE's files.
pub fn called(body: &Value) {
    let Some(contract) = contract() else { return };
    let wrong: Vec<String> =
        contract.webhook.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?} in {body}");
}

#[tokio::test]
async fn every_operation_is_routed() {
    let Some(contract) = contract() else { return };
    let line = Line::start().await;
    let mut missing = Vec::new();
    let mut stale: Vec<&str> = NOT_YET.to_vec();
    for operation in &contract.operations {
        let path: String = operation
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "1" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let method = reqwest::Method::from_bytes(operation.method.as_bytes()).unwrap();
        let answer = line.call(method, &path).send().await.unwrap();
        if PARTNERS.iter().any(|(path, _)| operation.path == *path) {
            assert_eq!(answer.status(), 403, "{} {}", operation.method, operation.path);
            continue;
        }
        let routed = !answer.headers().contains_key("x-simulator-unrouted");
        let listed = NOT_YET.iter().find(|start| operation.path.starts_with(**start));
        match (routed, listed) {
            (false, None) => missing.push(format!("{} {}", operation.method, operation.path)),
            (false, Some(start)) => stale.retain(|known| known != start),
            _ => {}
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "operations that answer nothing");
    assert_eq!(stale, Vec::<&str>::new(), "these are here by now: take them out of NOT_YET");
}

#[test]
fn what_does_not_fit_is_found() {
    if contract().is_none() {
        return;
    }
    answered("GET", "/v2/bot/profile/U1", 200, &json!({"displayName": "Ken", "userId": "U1"}));
    let nameless = std::panic::catch_unwind(|| answered("GET", "/v2/bot/profile/U1", 200, &json!({"userId": "U1"})));
    assert!(nameless.is_err());
    let event = |kind: &str| {
        json!({"destination": format!("U{:032}", 0), "events": [{
            "type": "unfollow", "mode": kind, "timestamp": 1, "webhookEventId": "01", "deliveryContext": {"isRedelivery": false},
            "source": {"type": "user", "userId": "U1"}
        }]})
    };
    called(&event("active"));
    assert!(std::panic::catch_unwind(|| called(&event("sleepy"))).is_err());
}
