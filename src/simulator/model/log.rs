//! What went over the wire, as pages and scripts are told it. Tokens and secrets are shortened in all of it.

use serde::{Deserialize, Serialize};

/// One request and its answer, in either direction, as scripts get it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Counts up.
    pub id: u64,
    /// Unix milliseconds, by the real clock.
    pub time: i64,
    /// `true` for a webhook that we sent, `false` for a call that came in.
    pub webhook: bool,
    /// Channel id; empty when it is not known.
    pub channel: String,
    /// The id that the answer carried; empty for webhooks.
    pub request_id: String,
    /// Method and path, or where the webhook went.
    pub target: String,
    /// Body of the request, as far as it is kept.
    pub request: String,
    /// Status of the answer; 0 when there was none.
    pub status: u16,
    /// Body of the answer as far as it is kept, its size when it is no text, or what went wrong.
    pub answer: String,
    /// How long it took.
    pub millis: i64,
}

/// What to look for; everything that is empty fits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    /// Channel id.
    pub channel: String,
    /// `call` or `webhook`.
    pub direction: String,
    /// `2xx`, `4xx`, `5xx`, `none` for no answer, `bad` for all but 2xx, or a status.
    pub status: String,
    /// A part of the path or address.
    pub path: String,
    /// A part of anything else: bodies, headers, ids. Upper and lower case are the same.
    pub text: String,
    /// Older than this entry; 0 for the newest.
    pub before: u64,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Counts up.
    pub id: u64,
    /// Unix milliseconds, by the real clock.
    pub time: i64,
    /// `true` for a webhook that we sent.
    pub webhook: bool,
    /// Channel id; empty when it is not known.
    pub channel: String,
    /// The account's name.
    pub name: String,
    /// HTTP method.
    pub method: String,
    /// Path with its query, or where the webhook went.
    pub target: String,
    /// Status of the answer; 0 when there was none.
    pub status: u16,
    /// How long it took, microseconds.
    pub micros: u64,
    /// What is in it, in a few words.
    pub digest: String,
}

impl LogLine {
    /// Answered with 2xx.
    pub fn good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// How long it took: `0.4 ms`, `12 ms`, `2.0 s`.
    pub fn took(&self) -> String {
        let micros = self.micros;
        match micros {
            0..10_000 => format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100),
            10_000..1_000_000 => format!("{} ms", micros / 1_000),
            _ => format!("{}.{} s", micros / 1_000_000, micros % 1_000_000 / 100_000),
        }
    }
}

/// A part of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPage {
    /// The newest first.
    pub lines: Vec<LogLine>,
    /// There are older ones that fit.
    pub more: bool,
    /// How many are kept at all.
    pub kept: u32,
    /// Ids and names of the channels.
    pub channels: Vec<(String, String)>,
}

/// A request, or an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPart {
    /// Names and values, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body, JSON set out for reading; empty when it is no text.
    pub body: String,
    /// Its bytes.
    pub size: u64,
    /// So many of them are kept; fewer than `size` when it was cut, 0 when it is no text.
    pub kept: u64,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogDetail {
    /// Its line.
    pub line: LogLine,
    /// The id that the answer carried; empty for webhooks.
    pub request_id: String,
    /// What was asked.
    pub request: LogPart,
    /// What was answered.
    pub answer: LogPart,
    /// What went wrong, or what a fault did; empty when nothing.
    pub note: String,
    /// The same request as a command.
    pub curl: String,
    /// A webhook that is kept whole and can be sent again.
    pub again: bool,
    /// The entry before it.
    pub older: Option<u64>,
    /// The entry after it.
    pub newer: Option<u64>,
}
