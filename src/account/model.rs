//! Connected accounts and the checks that tell whether they work, as the screens see them.

use crate::id::AccountId;
use serde::{Deserialize, Serialize};

/// An account as the switcher shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccountBrief {
    /// Its id in this installation.
    pub id: AccountId,
    /// The account's name at LINE.
    pub name: String,
    /// LINE's basic id, with its `@`.
    pub basic_id: String,
    /// Address of its picture.
    pub picture: Option<String>,
    /// Chats with unread messages.
    pub unread: i64,
    /// Notes that name the operator and that they have not read.
    #[serde(default)]
    pub mentions: i64,
}

/// How the channel access token is had.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// Fetched and renewed by us, from channel id and secret.
    Stateless,
    /// Given by the operator.
    LongLived,
}

/// An account with what its settings page shows; never a secret.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccountDetail {
    /// Its id in this installation.
    pub id: AccountId,
    /// The account's name at LINE.
    pub name: String,
    /// LINE's basic id, with its `@`.
    pub basic_id: String,
    /// Address of its picture.
    pub picture: Option<String>,
    /// The Messaging API channel.
    pub channel_id: String,
    /// The account's own LINE user id.
    pub bot_user_id: String,
    /// How the token is had.
    pub token_kind: TokenKind,
    /// Where LINE's API is: LINE's hosts, or a simulator.
    pub api_base: String,
    /// What to paste at LINE.
    pub webhook_url: String,
    /// Messages that may be sent this month; none without a limit.
    pub quota: Option<i64>,
    /// Messages sent this month, as LINE counts them.
    pub used: Option<i64>,
    /// LINE's `chatMode`: `chat` or `bot`.
    pub chat_mode: Option<String>,
}

/// One thing that must be right for an account to work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// LINE accepts the access token.
    Token,
    /// LINE has our webhook address.
    WebhookUrl,
    /// Use of the webhook is switched on.
    WebhookActive,
    /// LINE reaches the address.
    WebhookReachable,
    /// LINE's signature fits the channel secret.
    Signature,
    /// LINE's own chat and auto-replies do not answer beside us.
    ChatMode,
    /// Messages are left this month.
    Quota,
}

/// How a check came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// It is right.
    Ok,
    /// It works, but somebody should look.
    Warn,
    /// It does not work.
    Fail,
    /// Being looked at.
    Running,
    /// Can't be told.
    Unknown,
}

/// A check with its result.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Check {
    /// What was looked at.
    pub kind: CheckKind,
    /// How it came out.
    pub state: CheckState,
    /// LINE's own words or a figure, where there is one.
    pub detail: Option<String>,
}
