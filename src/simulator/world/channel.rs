//! Channels, the tokens that speak for them, and what is registered on them.

use crate::simulator::clock;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A Messaging API channel and its account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Channel {
    /// Ten digits.
    pub id: String,
    /// 32 hex digits; signs webhooks.
    pub secret: String,
    /// The account's name.
    pub name: String,
    /// `@…`
    pub basic_id: String,
    /// The bot's own user id, the `destination` of its webhooks.
    pub bot: String,
    /// Where webhooks go.
    pub endpoint: Option<String>,
    /// "Use webhook" is on.
    pub active: bool,
    /// Deliver again what was not answered with 2xx.
    #[serde(default)]
    pub redelivery: bool,
    /// Messages a month; none without a cap.
    pub quota: Option<u64>,
    /// Month (`yyyyMM`) and what was used in it.
    pub used: (i64, u64),
    /// `chat` or `bot`.
    pub chat_mode: String,
    /// `auto` or `manual`.
    pub mark_as_read_mode: String,
    /// A token that does not end.
    pub token: String,
    /// Verified accounts may list members.
    pub verified: bool,
    /// An id that was bought, `@…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub premium_id: Option<String>,
    /// What LINE itself says to a new friend; nothing when it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub greeting: String,
}

impl Channel {
    /// What was used of this month's quota.
    pub fn used(&self, now: i64) -> u64 {
        if self.used.0 == clock::month(now) { self.used.1 } else { 0 }
    }
}

/// An access token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// Whose.
    pub channel: String,
    /// Unix milliseconds; none when it does not end.
    pub ends: Option<i64>,
    /// How it was issued.
    #[serde(default)]
    pub kind: TokenKind,
}

/// How an access token was issued.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum TokenKind {
    /// In LINE's console; has no end.
    #[default]
    LongLived,
    /// For 30 days, by the channel's secret.
    ShortLived,
    /// For 15 minutes; can't be revoked.
    Stateless,
    /// By a client assertion (v2.1).
    ByAssertion {
        /// Names the token where it must not be shown.
        key_id: String,
    },
}

impl TokenKind {
    /// Whether it is one of v2.1.
    pub fn is_by_assertion(&self) -> bool {
        self.key_id().is_some()
    }

    /// The key id of a token of v2.1.
    pub fn key_id(&self) -> Option<&str> {
        match self {
            Self::ByAssertion { key_id } => Some(key_id),
            _ => None,
        }
    }
}

/// The public half of the RSA key that signs a channel's assertions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssertionKey {
    /// Whose.
    pub channel: String,
    /// Modulus, in base64url.
    pub n: String,
    /// Exponent, in base64url.
    pub e: String,
}

/// A LIFF app.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LiffApp {
    /// Whose.
    pub channel: String,
    /// What was set, in LINE's words.
    pub settings: Map<String, Value>,
}

impl LiffApp {
    /// Where it opens.
    pub fn endpoint(&self) -> &str {
        self.settings.get("view").and_then(|view| view.get("url")).and_then(Value::as_str).unwrap_or_default()
    }

    /// `compact`, `tall` or `full`.
    pub fn size(&self) -> &str {
        self.settings.get("view").and_then(|view| view.get("type")).and_then(Value::as_str).unwrap_or("full")
    }

    /// What it asks for; the e-mail address only where the channel may (`email`).
    pub fn scopes(&self, email: bool) -> Vec<String> {
        let set = self.settings.get("scope").and_then(Value::as_array);
        let mut scopes: Vec<String> = match set {
            Some(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            None => vec!["profile".into(), "chat_message.write".into()],
        };
        scopes.retain(|scope| email || scope != "email");
        scopes
    }
}
