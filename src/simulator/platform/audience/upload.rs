//! Audiences of ids that the caller brings: up to 10,000 in JSON, up to 1,500,000 in a file.

use super::{accepted, editable, refuse, show, yes_or_no};
use crate::simulator::{
    crowd::{People, Who},
    platform::{
        call::{Call, Caller},
        refusal::{Answer, Refusal},
    },
    state::Shared,
    world::{
        World,
        audience::{Audience, JOBS_LIMIT, Load, Status},
    },
};
use axum::{
    extract::{
        FromRequest, FromRequestParts, Request,
        multipart::{Multipart, MultipartError},
    },
    http::header,
};
use serde_json::{Value, json};
use std::collections::HashSet;

/// The most ids in a JSON body.
const JSON_LIMIT: usize = 10_000;
/// The most ids in a file.
const LINES_LIMIT: usize = 1_500_000;
/// The largest body with a file: so many ids, each on a line that ends with CR and LF, and the form.
pub const FILE_LIMIT: usize = LINES_LIMIT * 35 + 64 * 1024;

/// How ids came; it shows in what is said about them.
#[derive(Clone, Copy)]
enum Way {
    Json,
    File,
}

impl Way {
    fn property(self) -> &'static str {
        match self {
            Self::Json => "audiences",
            Self::File => "file",
        }
    }

    fn wrong_id(self) -> Refusal {
        let code = "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT";
        let sentence = match self {
            Self::Json => "Invalid audience id format",
            Self::File => code,
        };
        refuse::code(sentence, code, Some(self.property()))
    }

    fn none_valid(self) -> Refusal {
        let code = "UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS";
        refuse::code(code, code, Some(self.property()))
    }

    fn too_many(self) -> Refusal {
        let code = "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS";
        refuse::code(code, code, Some(self.property()))
    }
}

/// Ids with the properties beside them.
pub struct Upload {
    caller: Caller,
    way: Way,
    fields: Value,
    ids: HashSet<String>,
}

/// POST /v2/bot/audienceGroup/upload: without ids the audience stays empty, and `IN_PROGRESS`.
pub async fn create(call: Call) -> Answer {
    Upload::json(call)?.make()
}

/// PUT /v2/bot/audienceGroup/upload
pub async fn add(call: Call) -> Answer {
    Upload::json(call)?.extend()
}

/// POST /v2/bot/audienceGroup/upload/byFile
pub async fn create_file(upload: Upload) -> Answer {
    upload.make()
}

/// PUT /v2/bot/audienceGroup/upload/byFile
pub async fn add_file(upload: Upload) -> Answer {
    upload.extend()
}

impl Upload {
    fn json(Call { caller, body, .. }: Call) -> Result<Self, Refusal> {
        let list: &[Value] = match body.get("audiences") {
            None | Some(Value::Null) => &[],
            Some(Value::Array(list)) => list.as_slice(),
            Some(_) => return Err(refuse::property("audiences")),
        };
        if list.len() > JSON_LIMIT {
            return Err(Way::Json.too_many());
        }
        let ids: Option<HashSet<String>> =
            list.iter().map(|entry| entry.get("id")?.as_str().map(str::to_owned)).collect();
        let ids = ids.ok_or_else(|| Way::Json.wrong_id())?;
        Ok(Self { caller, way: Way::Json, ids, fields: body })
    }

    /// Makes an audience of the ids.
    fn make(self) -> Answer {
        let description = refuse::name(self.fields.get("description"))?;
        let beside = refuse::upload_description(self.fields.get("uploadDescription"))?;
        self.only_users()?;
        let now = self.caller.sim.now();
        let Self { caller, way, ids, .. } = self;
        caller.sim.with(|world| {
            refuse::room_for_one(world, &caller.channel, now)?;
            let people = known(world, &ids, way)?;
            let audience = Audience {
                id: 0,
                channel: caller.channel,
                kind: "UPLOAD".to_owned(),
                description,
                route: "MESSAGING_API".to_owned(),
                created: now,
                request_id: None,
                click_url: None,
                owner: None,
                loads: Vec::new(),
            };
            let id = world.add_audience(audience, now);
            if !people.is_empty() {
                world.load_audience(id, Load { description: beside, people, created: now });
            }
            accepted(world.audiences.get(&id).map(show::created).unwrap_or_default())
        })
    }

    /// Adds the ids to an audience; none can be taken out again.
    fn extend(self) -> Answer {
        let id = match self.fields.get("audienceGroupId") {
            None | Some(Value::Null) => {
                return Err(Refusal::details(&[("must be specified".into(), "audienceGroupId".into())]));
            }
            Some(id) => id.as_i64().ok_or_else(|| refuse::property("audienceGroupId"))?,
        };
        let description = refuse::upload_description(self.fields.get("uploadDescription"))?;
        if self.ids.is_empty() {
            return Err(self.way.none_valid());
        }
        let now = self.caller.sim.now();
        let Self { caller, way, ids, .. } = self;
        caller.sim.with(|world| {
            let audience = editable(world, &caller.channel, id, now)?;
            if audience.kind != "UPLOAD" {
                return Err(refuse::not_found());
            }
            if audience.status(now, world.settings) == Status::Expired {
                return Err(refuse::code(
                    "expired audienceGroup",
                    "AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED",
                    None,
                ));
            }
            if audience.under_way(now, world.settings) >= JOBS_LIMIT {
                return Err(refuse::busy());
            }
            let people = known(world, &ids, way)?;
            world.load_audience(id, Load { description, people, created: now });
            accepted(json!({}))
        })
    }

    /// Ids of advertisers are for companies that have applied for them.
    fn only_users(&self) -> Result<(), Refusal> {
        match self.fields.get("isIfaAudience") {
            None | Some(Value::Null | Value::Bool(false)) => Ok(()),
            Some(Value::Bool(true)) => Err(Refusal::new(403, "Access to this API is not available for your account")),
            Some(_) => Err(refuse::property("isIfaAudience")),
        }
    }
}

/// One wrong id refuses them all. People who blocked the account, or never added it, are welcome.
fn known(world: &World, ids: &HashSet<String>, way: Way) -> Result<People, Refusal> {
    let people: Option<Vec<Who>> =
        ids.iter().map(|id| world.who(id).filter(|who| matches!(who, Who::Member(..)) || world.has_user(id))).collect();
    people.map(|people| people.into_iter().collect()).ok_or_else(|| way.wrong_id())
}

impl FromRequest<Shared> for Upload {
    type Rejection = Refusal;

    /// Reads a form with a `file` of type text/plain, which is also what a part without a type is (RFC 7578).
    async fn from_request(request: Request, sim: &Shared) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, sim).await?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let unsupported = unsupported(kind);
        let form = Multipart::from_request(Request::from_parts(parts, body), sim).await;
        let mut form = form.map_err(|_| unsupported)?;
        let (mut fields, mut ids) = (json!({}), None);
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                let kind = field.content_type().unwrap_or("text/plain").to_owned();
                if ids.is_some() {
                    return Err(refuse::property("file"));
                }
                if !kind.to_ascii_lowercase().starts_with("text/plain") {
                    return Err(self::unsupported(&kind));
                }
                ids = Some(lines(&field.bytes().await.map_err(broken)?)?);
                continue;
            }
            let text = field.text().await.map_err(broken)?;
            fields[&name] = match name.as_str() {
                "audienceGroupId" => text.trim().parse::<i64>().map_err(|_| refuse::property(&name))?.into(),
                "isIfaAudience" => yes_or_no(&text).ok_or_else(|| refuse::property(&name))?.into(),
                _ => text.into(),
            };
        }
        let ids = ids.ok_or_else(|| Refusal::details(&[("must be specified".into(), "file".into())]))?;
        if ids.is_empty() {
            return Err(Way::File.none_valid());
        }
        Ok(Self { caller, way: Way::File, fields, ids })
    }
}

/// The ids of a file, one a line; some editors put a mark at its beginning.
fn lines(bytes: &[u8]) -> Result<HashSet<String>, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Way::File.wrong_id())?;
    let lines = || text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    if lines().count() > LINES_LIMIT {
        return Err(Way::File.too_many());
    }
    Ok(lines().map(str::to_owned).collect())
}

fn unsupported(kind: &str) -> Refusal {
    Refusal::new(415, format!("The content type, {kind}, is not supported"))
}

fn broken(error: MultipartError) -> Refusal {
    let message = if error.status().as_u16() == 413 { "The request entity is too large" } else { "Invalid form" };
    Refusal::new(error.status().as_u16(), message)
}
