//! Audiences of the simulated platform, over HTTP.

use crate::{
    contract::ask,
    fixture::{Line, until},
};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

const UPLOAD: &str = "/v2/bot/audienceGroup/upload";
const BY_FILE: &str = "/v2/bot/audienceGroup/upload/byFile";

fn request(line: &Line, method: Method, path: &str) -> reqwest::RequestBuilder {
    line.http.request(method, format!("{}{path}", line.url)).bearer_auth(line.channel["token"].as_str().unwrap())
}

pub async fn call(line: &Line, method: Method, path: &str, body: Value) -> (u16, Value) {
    ask(request(line, method, path).json(&body)).await
}

pub async fn look(line: &Line, path: &str) -> (u16, Value) {
    ask(request(line, Method::GET, path)).await
}

async fn file(line: &Line, method: Method, form: Form) -> (u16, Value) {
    ask(request(line, method, BY_FILE).multipart(form)).await
}

/// The code of a refusal.
fn code((status, body): (u16, Value)) -> (u16, String) {
    (status, body["details"][0]["message"].as_str().unwrap_or_default().to_owned())
}

fn refused(code: &str) -> (u16, String) {
    (400, code.to_owned())
}

/// How long filling an audience takes from now on.
async fn wait(line: &Line, millis: i64) {
    line.control("settings", json!({ "audienceWait": millis })).await;
}

fn group(id: &Value) -> String {
    format!("/v2/bot/audienceGroup/{id}")
}

#[tokio::test]
async fn an_audience_is_filled_grows_is_renamed_and_deleted() {
    let line = Line::start().await;
    let (ken, aoi) = (line.friend("Ken").await, line.friend("Aoi").await);
    wait(&line, 3_600_000).await;
    let new = json!({ "description": "Regulars", "uploadDescription": "first", "audiences": [{ "id": ken }] });
    let (status, made) = call(&line, Method::POST, UPLOAD, new).await;
    assert_eq!(status, 202);
    let (id, created) = (&made["audienceGroupId"], made["created"].as_i64().unwrap());
    assert_eq!(id.to_string().len(), 13);
    let wanted = json!({ "audienceGroupId": id, "createRoute": "MESSAGING_API", "type": "UPLOAD",
        "description": "Regulars", "created": created, "permission": "READ_WRITE",
        "expireTimestamp": created + 15_552_000, "isIfaAudience": false });
    assert_eq!(made, wanted);
    let (_, shown) = look(&line, &group(id)).await;
    assert_eq!(shown["audienceGroup"]["status"], "IN_PROGRESS");
    assert_eq!(shown["audienceGroup"]["audienceCount"], 0);
    assert_eq!(shown["jobs"][0]["jobStatus"], "QUEUED");

    wait(&line, 0).await;
    let more = json!({ "audienceGroupId": id, "audiences": [{ "id": aoi }, { "id": ken }] });
    assert_eq!(call(&line, Method::PUT, UPLOAD, more).await, (202, json!({})));
    let (_, shown) = look(&line, &group(id)).await;
    assert_eq!(shown["audienceGroup"]["status"], "READY");
    assert_eq!(shown["audienceGroup"]["audienceCount"], 2);
    let jobs: Vec<&Value> = shown["jobs"].as_array().unwrap().iter().map(|job| &job["description"]).collect();
    assert_eq!(jobs, ["", "first"]);
    assert_eq!(shown["jobs"][0]["jobStatus"], "FINISHED");

    let name = json!({ "description": "Friends of the house" });
    assert_eq!(call(&line, Method::PUT, &format!("{}/updateDescription", group(id)), name).await, (200, json!({})));
    assert_eq!(look(&line, &group(id)).await.1["audienceGroup"]["description"], "Friends of the house");
    assert_eq!(call(&line, Method::DELETE, &group(id), json!({})).await, (202, json!({})));
    let gone = json!({ "message": "audience group not found", "details": [{ "message": "AUDIENCE_GROUP_NOT_FOUND" }] });
    assert_eq!(look(&line, &group(id)).await, (400, gone));
}

#[tokio::test]
async fn an_audience_gets_ready_by_itself() {
    let line = Line::start().await;
    wait(&line, 50).await;
    let new = json!({ "description": "A", "audiences": [{ "id": line.friend("Ken").await }] });
    let id = call(&line, Method::POST, UPLOAD, new).await.1["audienceGroupId"].clone();
    until(async || {
        let (_, shown) = look(&line, &group(&id)).await;
        (shown["audienceGroup"]["status"] == "READY").then_some(())
    })
    .await;
    let empty = call(&line, Method::POST, UPLOAD, json!({ "description": "Nobody" })).await.1;
    wait(&line, 0).await;
    let (_, shown) = look(&line, &group(&empty["audienceGroupId"])).await;
    assert_eq!((&shown["audienceGroup"]["status"], &shown["jobs"]), (&json!("IN_PROGRESS"), &json!([])));
}

#[tokio::test]
async fn ids_come_by_file() {
    let line = Line::start().await;
    wait(&line, 0).await;
    let (ken, aoi) = (line.friend("Ken").await, line.friend("Aoi").await);
    let part = |text: String| Part::text(text).file_name("ids.txt").mime_str("text/plain").unwrap();
    let form = Form::new().text("description", "By file").part("file", part(format!("{ken}\r\n{aoi}\n")));
    let (status, made) = file(&line, Method::POST, form).await;
    assert_eq!((status, &made["description"]), (202, &json!("By file")));
    let id = made["audienceGroupId"].to_string();
    assert_eq!(look(&line, &group(&made["audienceGroupId"])).await.1["audienceGroup"]["audienceCount"], 2);
    let more = line.friend("Mio").await;
    let form = Form::new().part("file", part(more)).text("audienceGroupId", id.clone());
    assert_eq!(file(&line, Method::PUT, form).await.0, 202);
    assert_eq!(look(&line, &group(&made["audienceGroupId"])).await.1["audienceGroup"]["audienceCount"], 3);

    let wrong = "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT";
    let form = Form::new().text("description", "B").part("file", part(format!("{ken}\nnobody")));
    let body = json!({ "message": wrong, "details": [{ "message": wrong, "property": "file" }] });
    assert_eq!(file(&line, Method::POST, form).await, (400, body));
    let form = Form::new().text("description", "B").part("file", part("\n".into()));
    assert_eq!(code(file(&line, Method::POST, form).await), refused("UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS"));
    let picture = Part::bytes(vec![0]).file_name("a.png").mime_str("image/png").unwrap();
    let form = Form::new().text("description", "B").part("file", picture);
    assert_eq!(file(&line, Method::POST, form).await.0, 415);
    // Larger than any other body may be.
    let many = part(format!("{}\n", "x".repeat(33)).repeat(70_000));
    let form = Form::new().text("description", "B").part("file", many);
    assert_eq!(code(file(&line, Method::POST, form).await), refused(wrong));
    let json = request(&line, Method::POST, BY_FILE).json(&json!({})).send().await.unwrap();
    assert_eq!(json.status(), 415);
}

#[tokio::test]
async fn wrong_audiences_are_refused_with_lines_codes() {
    let line = Line::start().await;
    let ken = line.friend("Ken").await;
    let post = async |body| code(call(&line, Method::POST, UPLOAD, body).await);
    assert_eq!(post(json!({})).await, refused("AUDIENCE_GROUP_NAME_EMPTY"));
    assert_eq!(post(json!({ "description": "  " })).await, refused("AUDIENCE_GROUP_NAME_EMPTY"));
    assert_eq!(post(json!({ "description": "a\nb" })).await, refused("AUDIENCE_GROUP_NAME_WRONG"));
    assert_eq!(post(json!({ "description": "x".repeat(120) })).await.0, 202);
    let long = call(&line, Method::POST, UPLOAD, json!({ "description": "x".repeat(121) })).await;
    let wanted = json!({ "message": "size over audienceGroupName",
        "details": [{ "message": "AUDIENCE_GROUP_NAME_SIZE_OVER" }] });
    assert_eq!(long, (400, wanted));
    let beside = json!({ "description": "A", "uploadDescription": "x".repeat(301) });
    assert_eq!(post(beside).await, refused("AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER"));
    let ids = vec![json!({ "id": ken }); 10_001];
    let many = json!({ "description": "A", "audiences": ids });
    assert_eq!(post(many).await, refused("UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS"));
    let wrong = call(&line, Method::POST, UPLOAD, json!({ "description": "A", "audiences": [{ "id": "U1" }] })).await;
    let wanted = json!({ "message": "Invalid audience id format", "details": [
        { "message": "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT", "property": "audiences" }] });
    assert_eq!(wrong, (400, wanted));
    let ifa = json!({ "description": "A", "isIfaAudience": true });
    assert_eq!(call(&line, Method::POST, UPLOAD, ifa).await.0, 403);

    let add = async |body| code(call(&line, Method::PUT, UPLOAD, body).await);
    let ids = json!([{ "id": ken }]);
    assert_eq!(add(json!({ "audienceGroupId": 1, "audiences": ids })).await, refused("AUDIENCE_GROUP_NOT_FOUND"));
    let empty = json!({ "audienceGroupId": 1, "audiences": [] });
    assert_eq!(add(empty).await, refused("UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS"));
    let long_ago = engawa::time::now() - 15_552_001_000;
    let old = json!({ "channel": line.channel_id(), "description": "Old", "createRoute": "MESSAGING_API",
        "users": [ken], "time": long_ago });
    let id = line.control("audiences", old).await["audienceGroupId"].clone();
    assert_eq!(look(&line, &group(&id)).await.1["audienceGroup"]["status"], "EXPIRED");
    let late = json!({ "audienceGroupId": id, "audiences": ids });
    assert_eq!(add(late).await, refused("AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED"));

    wait(&line, 3_600_000).await;
    let id = call(&line, Method::POST, UPLOAD, json!({ "description": "Busy" })).await.1["audienceGroupId"].clone();
    for _ in 0..10 {
        assert_eq!(add(json!({ "audienceGroupId": id, "audiences": ids })).await.0, 202);
    }
    assert_eq!(add(json!({ "audienceGroupId": id, "audiences": ids })).await.0, 429);
}

#[tokio::test]
async fn lists_have_pages_and_filters() {
    let line = Line::start().await;
    let channel = line.channel_id();
    for number in 0..3 {
        let new = json!({ "description": format!("Summer {number}") });
        assert_eq!(call(&line, Method::POST, UPLOAD, new).await.0, 202);
    }
    wait(&line, 0).await;
    let users: Vec<String> = vec![line.friend("Ken").await];
    let made = json!({ "channel": channel, "description": "Clickers", "type": "CHAT_TAG", "users": users });
    line.control("audiences", made).await;
    let owner = json!({ "serviceType": "lap", "id": "A012345678", "name": "Ads" });
    let shared = json!({ "channel": channel, "description": "Visitors", "type": "WEBTRAFFIC",
        "createRoute": "AD_MANAGER", "users": users, "owner": owner });
    let shared = line.control("audiences", shared).await["audienceGroupId"].clone();
    let list = async |query: &str| look(&line, &format!("/v2/bot/audienceGroup/{query}")).await.1;
    let names = |page: &Value| -> Vec<String> {
        let groups = page["audienceGroups"].as_array().unwrap();
        groups.iter().map(|group| group["description"].as_str().unwrap().to_owned()).collect()
    };

    let first = list("list?page=1&size=3").await;
    assert_eq!(names(&first), ["Clickers", "Summer 2", "Summer 1"]);
    assert_eq!(first["audienceGroups"][0]["audienceCount"], 1);
    assert_eq!(first["audienceGroups"][0]["permission"], "READ");
    let rest = list("list?page=2&size=3").await;
    assert_eq!(names(&rest), ["Summer 0"]);
    let sums = |page: &Value| {
        let sum = |name: &str| page[name].as_i64().unwrap();
        (page["hasNextPage"] == true, sum("totalCount"), sum("readWriteAudienceGroupTotalCount"), sum("page"))
    };
    assert_eq!((sums(&first), sums(&rest)), ((true, 4, 3, 1), (false, 4, 3, 2)));
    assert_eq!(rest["size"], 3);
    assert_eq!(names(&list("list?page=1&description=SUMMER%202").await), ["Summer 2"]);
    assert_eq!(names(&list("list?page=1&status=READY").await), ["Clickers"]);
    assert_eq!(names(&list("list?page=1&createRoute=OA_MANAGER").await), ["Clickers"]);
    assert_eq!(names(&list("list?page=1&includesExternalPublicGroups=false").await).len(), 3);
    assert_eq!(names(&list("list?page=1&includesExternalPublicGroups=False").await).len(), 3);
    assert_eq!(names(&list("list?page=1&status=FAILED").await), Vec::<String>::new());
    let wanted = json!({ "message": "size: must be less than or equal to 40", "details": [{ "message": "TOO_HIGH" }] });
    assert_eq!(list("list?page=1&size=41").await, wanted);
    for wrong in ["list", "list?page=0", "list?page=x", "list?page=1&status=DONE", "shared/1", "x"] {
        assert_eq!(look(&line, &format!("/v2/bot/audienceGroup/{wrong}")).await.0, 400, "{wrong}");
    }

    assert_eq!(names(&list("shared/list?page=1").await), ["Visitors"]);
    assert_eq!(names(&list("shared/list?page=1&includesOwnedAudienceGroups=true").await).len(), 5);
    let one = list(&format!("shared/{shared}")).await;
    assert_eq!((&one["owner"], &one["audienceGroup"]["permission"]), (&owner, &json!("READ")));
    // One person who visited a page is not told of.
    assert_eq!(one["audienceGroup"]["audienceCount"], 0);
    line.control("settings", json!({ "privacy": false })).await;
    assert_eq!(list(&format!("shared/{shared}")).await["audienceGroup"]["audienceCount"], 1);
    assert_eq!(call(&line, Method::DELETE, &group(&shared), json!({})).await.0, 400);
}

#[tokio::test]
async fn readers_of_what_was_not_sent_to_many_make_no_audience() {
    let line = Line::start().await;
    let click = async |body| code(call(&line, Method::POST, "/v2/bot/audienceGroup/click", body).await);
    assert_eq!(click(json!({ "requestId": "x" })).await, refused("AUDIENCE_GROUP_NAME_EMPTY"));
    assert_eq!(click(json!({ "description": "A", "requestId": "x" })).await, refused("REQUEST_NOT_FOUND"));
    assert_eq!(click(json!({ "description": "A", "requestId": "x", "clickUrl": "no" })).await.0, 400);
    let imp = json!({ "description": "A", "requestId": "x" });
    let (status, _) = code(call(&line, Method::POST, "/v2/bot/audienceGroup/imp", imp).await);
    assert_eq!(status, 400);
}
