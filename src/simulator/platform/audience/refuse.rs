//! How audiences are refused. The codes are LINE's; so are the sentences of a name that is too long, an
//! audience that is not there and an id that is wrong. The reference has no others, nobody may read them.

use crate::{
    line::count::utf16,
    simulator::{platform::refusal::Refusal, world::World},
};
use serde_json::{Value, json};

/// The longest name of an audience.
const NAME_LIMIT: usize = 120;
/// The longest text beside a job.
const UPLOAD_DESCRIPTION_LIMIT: usize = 300;

/// 400 with a code, and the property or parameter where one is to blame.
pub fn code(sentence: &str, code: &str, property: Option<&str>) -> Refusal {
    let mut refusal = Refusal::new(400, sentence);
    let mut detail = json!({ "message": code });
    if let Some(property) = property {
        detail["property"] = property.into();
    }
    refusal.body["details"] = json!([detail]);
    refusal
}

/// No such audience, or one that this channel must not change.
pub fn not_found() -> Refusal {
    code("audience group not found", "AUDIENCE_GROUP_NOT_FOUND", None)
}

/// A property of the wrong type.
pub fn property(name: &str) -> Refusal {
    Refusal::new(400, format!("The property, '{name}', in the request body is invalid (line: -, column: -)"))
}

/// The channel has a thousand already.
pub fn too_many() -> Refusal {
    code("max count over audienceGroup", "AUDIENCE_GROUP_COUNT_MAX_OVER", None)
}

/// Ten jobs of this audience are under way.
pub fn busy() -> Refusal {
    Refusal::new(429, "The API rate limit has been exceeded. Try again later.")
}

/// Checks the name of an audience.
pub fn name(given: Option<&Value>) -> Result<String, Refusal> {
    let name = match given {
        None | Some(Value::Null) => "",
        Some(Value::String(name)) => name,
        Some(_) => return Err(property("description")),
    };
    if name.trim().is_empty() {
        Err(code("empty audienceGroupName", "AUDIENCE_GROUP_NAME_EMPTY", None))
    } else if name.chars().any(char::is_control) {
        Err(code("wrong audienceGroupName", "AUDIENCE_GROUP_NAME_WRONG", None))
    } else if utf16(name) > NAME_LIMIT {
        Err(code("size over audienceGroupName", "AUDIENCE_GROUP_NAME_SIZE_OVER", None))
    } else {
        Ok(name.to_owned())
    }
}

/// Checks the text beside a job.
pub fn upload_description(given: Option<&Value>) -> Result<String, Refusal> {
    match given {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) if utf16(text) > UPLOAD_DESCRIPTION_LIMIT => {
            Err(code("size over uploadDescription", "AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER", None))
        }
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(property("uploadDescription")),
    }
}

/// Refuses one more audience than a channel may have.
pub fn room_for_one(world: &World, channel: &str, now: i64) -> Result<(), Refusal> {
    let full = world.audiences_of(channel, now).filter(|audience| audience.editable()).count()
        >= crate::simulator::world::audience::COUNT_LIMIT;
    if full { Err(too_many()) } else { Ok(()) }
}
