//! Calls that were accepted.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A call that LINE accepted: what a checker holds against a console's ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Accepted {
    /// `reply`, `push`, `multicast`, `narrowcast` or `broadcast`.
    pub kind: String,
    /// Whose.
    pub channel: String,
    /// Its request id.
    pub request_id: String,
    /// The retry key that it came with.
    pub retry_key: Option<String>,
    /// The reply token that it spent.
    pub reply_token: Option<String>,
    /// User or group id; empty when it went to many.
    pub to: String,
    /// The message objects.
    pub messages: Vec<Value>,
    /// What was answered.
    pub sent: Vec<Value>,
    /// It reached a phone. A narrowcast has not yet when it is accepted.
    pub arrived: bool,
    /// How many people it reached, which is what it costs unless it is a reply.
    #[serde(default)]
    pub reached: u64,
    /// The aggregation unit that it counts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Unix milliseconds.
    pub time: i64,
}

impl Accepted {
    /// One that has reached nobody yet.
    pub fn new(kind: &str, channel: &str, request_id: &str, body: &Value, time: i64) -> Self {
        Self {
            kind: kind.to_owned(),
            channel: channel.to_owned(),
            request_id: request_id.to_owned(),
            retry_key: None,
            reply_token: None,
            to: String::new(),
            messages: body["messages"].as_array().cloned().unwrap_or_default(),
            sent: Vec::new(),
            arrived: false,
            reached: 0,
            unit: None,
            time,
        }
    }
}
