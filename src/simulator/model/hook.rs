//! How a channel's webhooks went, as LINE's console counts them.

use serde::{Deserialize, Serialize};

/// How many, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HookCounts {
    /// All that were sent.
    pub total: u64,
    /// Answered with 2xx in time.
    pub ok: u64,
    /// Nobody was there.
    pub could_not_connect: u64,
    /// No answer in time.
    pub request_timeout: u64,
    /// Answered with something other than 2xx.
    pub error_status_code: u64,
    /// Went wrong in another way.
    pub unclassified: u64,
}

impl HookCounts {
    /// Counts one; `reason` is LINE's word.
    pub fn count(&mut self, reason: &str) {
        self.total += 1;
        *match reason {
            "OK" => &mut self.ok,
            "COULD_NOT_CONNECT" => &mut self.could_not_connect,
            "REQUEST_TIMEOUT" => &mut self.request_timeout,
            "ERROR_STATUS_CODE" => &mut self.error_status_code,
            _ => &mut self.unclassified,
        } += 1;
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.total += other.total;
        self.ok += other.ok;
        self.could_not_connect += other.could_not_connect;
        self.request_timeout += other.request_timeout;
        self.error_status_code += other.error_status_code;
        self.unclassified += other.unclassified;
    }

    /// Those that were not answered with 2xx.
    pub fn failed(&self) -> u64 {
        self.total - self.ok
    }
}

/// One that went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookError {
    /// Unix milliseconds.
    pub time: i64,
    /// LINE's word.
    pub reason: String,
    /// 0 when there was no answer.
    pub status: u16,
    /// In words.
    pub detail: String,
    /// Where it went.
    pub url: String,
    /// The events in it.
    pub events: Vec<String>,
    /// Its number in the log, which may have forgotten it.
    pub log: u64,
}

/// An hour, or a day of Japan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookPeriod {
    /// When it began, Unix milliseconds.
    pub from: i64,
    /// What happened in it.
    #[serde(flatten)]
    pub counts: HookCounts,
}

/// A channel's webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookReport {
    /// Channel id.
    pub channel: String,
    /// The account's name.
    pub name: String,
    /// Where they go; empty when nowhere.
    pub endpoint: String,
    /// "Use webhook" is on.
    pub active: bool,
    /// Counted since then, Unix milliseconds.
    pub since: i64,
    /// All of them.
    #[serde(flatten)]
    pub counts: HookCounts,
    /// Of which were sent again.
    pub redelivered: u64,
    /// Failures in a row just now.
    pub in_a_row: u32,
    /// Nothing is sent since then, because too much failed.
    pub suspended_since: Option<i64>,
    /// Events that were not sent for that reason.
    pub suspended: u64,
    /// The last 24 hours in which something was sent, the newest first.
    pub hours: Vec<HookPeriod>,
    /// The last 30 days in which something was sent, the newest first.
    pub days: Vec<HookPeriod>,
    /// The last that went wrong, the newest first.
    pub errors: Vec<HookError>,
}
