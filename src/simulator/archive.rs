//! The whole state as one JSON file, media included, and back. One document a line, in the order of their kinds
//! and ids, so that two exports can be compared.

use super::{
    clock,
    model::{Manners, StateCounts},
    store,
    world::{World, split_head},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::Value;

/// What the file calls itself.
const FORMAT: &str = "engawa-simulator";
/// Counts up whenever an older program could not read the file any more.
const VERSION: u64 = 1;

/// A file that can't be taken in, in words for whoever sent it. Nothing was changed.
#[derive(Debug, PartialEq, Eq)]
pub struct Foreign(pub String);

impl std::fmt::Display for Foreign {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// Writes everything down, but not what lives for a minute (reply tokens, link tokens), the log and the faults.
pub fn write(world: &mut World) -> String {
    let rows = world.rows_of_all();
    let offset = world.offset;
    let mut out = format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"clockOffset\":{offset},\"documents\":[");
    for (at, row) in rows.iter().enumerate() {
        let Some(body) = &row.body else { continue };
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        let id = Value::from(row.id.as_str());
        out.push_str(&format!("{{\"kind\":\"{}\",\"id\":{id},", row.kind));
        // JSON is written without line breaks, so a break ends a head before bytes.
        let (head, bytes) = split_head(body).map_or((body.as_slice(), None), |(head, bytes)| (head, Some(bytes)));
        let head = String::from_utf8_lossy(head);
        if has_huge_number(&head) {
            out.push_str(&format!("\"text\":{}", Value::from(head)));
        } else {
            out.push_str(&format!("\"body\":{head}"));
        }
        if let Some(bytes) = bytes {
            out.push_str(&format!(",\"base64\":\"{}\"", BASE64_STANDARD.encode(bytes)));
        }
        out.push('}');
    }
    out.push_str("\n]}\n");
    out
}

/// Whether a JSON text has a number of more digits than readers of JSON keep: user ids are kept as such.
fn has_huge_number(json: &str) -> bool {
    let (mut inside, mut escaped, mut digits) = (false, false, 0);
    json.bytes().any(|byte| {
        if inside {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => inside = false,
                _ => {}
            }
            return false;
        }
        inside = byte == b'"';
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits > 18
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(default)]
    clock_offset: i64,
    documents: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    kind: String,
    id: String,
    body: Option<Value>,
    text: Option<String>,
    base64: Option<String>,
}

impl Document {
    fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut bytes = match (&self.text, &self.body) {
            (Some(text), _) => text.clone().into_bytes(),
            (None, Some(body)) => body.to_string().into_bytes(),
            (None, None) => return Err("it has no body".into()),
        };
        if let Some(text) = &self.base64 {
            bytes.push(b'\n');
            bytes.extend(BASE64_STANDARD.decode(text).map_err(|error| format!("its base64 is wrong: {error}"))?);
        }
        Ok(bytes)
    }
}

/// Reads a file of [`write`] into a world of its own. `manners` stand where the file says nothing of them.
///
/// # Errors
/// When it is no such file, or of a version to come, or when any document in it can't be read.
pub fn read(file: &[u8], manners: Manners) -> Result<World, Foreign> {
    let foreign = |words: String| Err(Foreign(words));
    let value: Value = match serde_json::from_slice(file) {
        Ok(value) => value,
        Err(error) => return foreign(format!("This file is not JSON: {error}.")),
    };
    if value["format"] != FORMAT {
        return foreign(format!("This is not an export of the simulator: its “format” is not “{FORMAT}”."));
    }
    match value["version"].as_u64() {
        Some(VERSION) => {}
        Some(version) => {
            return foreign(format!(
                "This export has version {version}, and this program reads version {VERSION}. Use the program that wrote it, or a newer one."
            ));
        }
        None => return foreign("This export does not say its “version”.".into()),
    }
    let mut file: File = match serde_json::from_value(value) {
        Ok(file) => file,
        Err(error) => return foreign(format!("This export is damaged: {error}.")),
    };
    // Some rows need others before them, whatever order somebody brought the file into.
    file.documents.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    let mut world = World { manners, offset: file.clock_offset, ..World::default() };
    for document in &file.documents {
        let taken = document.bytes().and_then(|bytes| {
            store::read(&mut world, &document.kind, &document.id, &bytes).map_err(|error| format!("{error:#}"))
        });
        if let Err(error) = taken {
            let Document { kind, id, .. } = document;
            return foreign(format!("The document {kind} “{id}” of this export can't be read: {error}."));
        }
    }
    world.line_up();
    Ok(world)
}

/// What a file holds, without taking it in.
///
/// # Errors
/// As [`read`].
pub fn look(file: &[u8]) -> Result<StateCounts, Foreign> {
    read(file, Manners::default()).map(|world| world.counts())
}

/// A name for the file, with the platform's time.
pub fn name(now: i64) -> String {
    let time: String = clock::iso(now).chars().take(16).filter(|c| *c != ':' && *c != '-').collect();
    format!("line-simulator-{time}.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::mailing::{Mailing, To};

    #[test]
    fn user_ids_that_are_numbers_survive() {
        let mut world = World::default();
        let number = u128::MAX - 7;
        let kind = "multicast".to_owned();
        let (channel, request_id) = ("1".to_owned(), "r".to_owned());
        let to = To::These(vec![3, number]);
        world.mail(Mailing { kind, channel, request_id, to, reached: 2, messages: Vec::new(), time: 5 });
        let text = write(&mut world);
        let mut again = read(text.as_bytes(), Manners::default()).unwrap();
        let To::These(numbers) = &again.mailings["1"][0].to else { panic!("it was for these") };
        assert_eq!(numbers, &[3, number]);
        assert_eq!(write(&mut again), text);
    }

    #[test]
    fn foreign_files_are_told_apart() {
        let told = |file: &str| read(file.as_bytes(), Manners::default()).err().unwrap().0;
        assert!(told("hello").starts_with("This file is not JSON"));
        assert!(told("{}").contains("“format” is not"));
        assert!(told(r#"{"format":"engawa-simulator"}"#).contains("does not say its “version”"));
        assert!(told(r#"{"format":"engawa-simulator","version":2}"#).contains("has version 2"));
        assert!(told(r#"{"format":"engawa-simulator","version":1}"#).contains("damaged"));
        let with = |document: &str| told(&format!(r#"{{"format":"{FORMAT}","version":1,"documents":[{document}]}}"#));
        assert!(with(r#"{"kind":"teapot","id":"1","body":{}}"#).contains("teapot “1”"));
        assert!(with(r#"{"kind":"user","id":"1","body":{}}"#).contains("user “1”"));
        assert!(with(r#"{"kind":"user","id":"1"}"#).contains("no body"));
    }

    #[test]
    fn digits_in_strings_are_no_numbers() {
        assert!(has_huge_number("[1234567890123456789]"));
        assert!(!has_huge_number(r#"["\"1234567890123456789",123456789012345678]"#));
    }
}
