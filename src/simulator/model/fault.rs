//! Misbehaviour that can be switched on.

use serde::{Deserialize, Serialize};

/// A misbehaviour of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// API calls take `millis` longer.
    Latency,
    /// The answer's body trickles in over `millis`.
    SlowBody,
    /// 429, the rate limit.
    RateLimit,
    /// 429, the monthly quota.
    MonthlyLimit,
    /// 401: the token has expired or was revoked.
    ExpiredToken,
    /// 500, nothing was done.
    ServerError,
    /// 502 with a page of HTML, as a broken gateway answers; nothing was done.
    BadGateway,
    /// The connection is cut before the work was done.
    CutBefore,
    /// The work is done, then the connection is cut.
    CutAfter,
    /// The work is done; half of the answer's body arrives, then the connection is cut.
    TruncatedBody,
    /// The answer's content type is wrong: JSON is called HTML, a picture a film.
    WrongType,
    /// Content is still being prepared (202).
    ContentPreparing,
    /// Content is gone (410).
    ContentGone,
    /// Content is not there (404).
    ContentMissing,
    /// A webhook is delivered twice.
    DuplicateWebhook,
    /// A webhook comes `millis` late; those after it do not wait.
    LateWebhook,
    /// A webhook changes places with the one after it.
    ReorderWebhook,
    /// A webhook is never sent.
    LostWebhook,
    /// A webhook carries a signature made with another secret.
    ForgedWebhook,
}

/// What a fault concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultGroup {
    /// What a call is answered.
    Answers,
    /// The connection under an answer.
    Connection,
    /// What friends sent.
    Content,
    /// What the platform tells bots.
    Webhooks,
}

impl FaultGroup {
    /// Every group, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Answers, Self::Connection, Self::Content, Self::Webhooks];
}

impl FaultKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 19] = [
        Self::Latency,
        Self::RateLimit,
        Self::MonthlyLimit,
        Self::ExpiredToken,
        Self::ServerError,
        Self::BadGateway,
        Self::WrongType,
        Self::SlowBody,
        Self::CutBefore,
        Self::CutAfter,
        Self::TruncatedBody,
        Self::ContentPreparing,
        Self::ContentGone,
        Self::ContentMissing,
        Self::DuplicateWebhook,
        Self::LateWebhook,
        Self::ReorderWebhook,
        Self::LostWebhook,
        Self::ForgedWebhook,
    ];

    /// Its word in JSON, on the command line and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::SlowBody => "slow_body",
            Self::RateLimit => "rate_limit",
            Self::MonthlyLimit => "monthly_limit",
            Self::ExpiredToken => "expired_token",
            Self::ServerError => "server_error",
            Self::BadGateway => "bad_gateway",
            Self::CutBefore => "cut_before",
            Self::CutAfter => "cut_after",
            Self::TruncatedBody => "truncated_body",
            Self::WrongType => "wrong_type",
            Self::ContentPreparing => "content_preparing",
            Self::ContentGone => "content_gone",
            Self::ContentMissing => "content_missing",
            Self::DuplicateWebhook => "duplicate_webhook",
            Self::LateWebhook => "late_webhook",
            Self::ReorderWebhook => "reorder_webhook",
            Self::LostWebhook => "lost_webhook",
            Self::ForgedWebhook => "forged_webhook",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What it concerns.
    pub fn group(self) -> FaultGroup {
        match self {
            Self::Latency
            | Self::RateLimit
            | Self::MonthlyLimit
            | Self::ExpiredToken
            | Self::ServerError
            | Self::BadGateway
            | Self::WrongType => FaultGroup::Answers,
            Self::SlowBody | Self::CutBefore | Self::CutAfter | Self::TruncatedBody => FaultGroup::Connection,
            Self::ContentPreparing | Self::ContentGone | Self::ContentMissing => FaultGroup::Content,
            Self::DuplicateWebhook
            | Self::LateWebhook
            | Self::ReorderWebhook
            | Self::LostWebhook
            | Self::ForgedWebhook => FaultGroup::Webhooks,
        }
    }

    /// Whether it needs to know how many milliseconds.
    pub fn takes_time(self) -> bool {
        matches!(self, Self::Latency | Self::SlowBody | Self::LateWebhook)
    }
}

fn always() -> f64 {
    1.0
}

/// A misbehaviour that is switched on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Number, for switching it off.
    #[serde(default)]
    pub id: u64,
    /// What happens.
    pub kind: FaultKind,
    /// Only for paths that contain this; empty for all. Webhooks have the path `webhook`.
    #[serde(default)]
    pub path: String,
    /// Only for this channel; empty for all.
    #[serde(default)]
    pub channel: String,
    /// How often, 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
    /// How many times more; none until it is switched off.
    #[serde(default)]
    pub remaining: Option<u32>,
    /// For the kinds that take time.
    #[serde(default)]
    pub millis: u64,
    /// Ends by itself so many seconds after it was switched on; none when it does not.
    #[serde(default)]
    pub seconds: Option<u32>,
    /// When it was switched on, Unix milliseconds by the real clock.
    #[serde(default)]
    pub since: i64,
    /// How often it has struck.
    #[serde(default)]
    pub struck: u64,
}

impl Fault {
    /// One that always strikes, everywhere, until it is switched off.
    pub fn new(kind: FaultKind) -> Self {
        Self {
            id: 0,
            kind,
            path: String::new(),
            channel: String::new(),
            probability: 1.0,
            remaining: None,
            millis: 1_000,
            seconds: None,
            since: 0,
            struck: 0,
        }
    }

    /// When it ends by itself, Unix milliseconds.
    pub fn ends(&self) -> Option<i64> {
        self.seconds.map(|seconds| self.since + i64::from(seconds) * crate::time::SECOND)
    }
}

/// What the page of faults shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FaultPage {
    /// Those that are switched on, in the order in which they were.
    pub active: Vec<Fault>,
    /// Those that ended by themselves, the newest first.
    pub spent: Vec<Fault>,
    /// Ids and names of the channels.
    pub channels: Vec<(String, String)>,
}
