//! What a phone shows, as it travels from the simulator to its pages.

mod rich_menu;

pub use rich_menu::{Area, Mode, Picker, RichMenu, Tap};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who put a message into a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "id", rename_all = "snake_case")]
pub enum Author {
    /// The account; its channel id.
    Bot(String),
    /// A friend; their user id.
    User(String),
    /// The platform: somebody came, went, blocked.
    Notice,
}

/// One bubble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// LINE's message id: 18 digits that sort by time.
    pub id: String,
    /// Unix milliseconds.
    pub time: i64,
    /// Who said it.
    pub from: Author,
    /// The message object, in LINE's words.
    pub body: Value,
    /// Taken back by its sender; `body` is empty then.
    #[serde(default)]
    pub unsent: bool,
    /// The account has told the friend that it read this.
    #[serde(default)]
    pub read: bool,
    /// What the account must send to mark it as read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub read_token: String,
    /// What quotes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote_token: String,
}

/// A virtual friend.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// `U` and 32 hex digits.
    pub id: String,
    /// The name on their profile.
    pub name: String,
}

/// An account as a phone knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Channel id, ten digits.
    pub channel: String,
    /// `@…`
    pub basic_id: String,
    /// Its name.
    pub name: String,
    /// This friend has added it.
    pub added: bool,
    /// This friend has blocked it.
    pub blocked: bool,
}

/// One line of a phone's chat list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chat {
    /// Channel id or group id: the last part of the room's address.
    pub id: String,
    /// Name of the account or group.
    pub title: String,
    /// A group, not one to one.
    pub group: bool,
    /// One to one, and blocked.
    pub blocked: bool,
    /// The newest bubble.
    pub last: Option<Message>,
}

/// A phone's first screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Home {
    /// Whose phone it is.
    pub me: Person,
    /// Rooms, the newest first.
    pub chats: Vec<Chat>,
    /// Every account there is.
    pub accounts: Vec<Account>,
}

/// A room as one friend sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    /// Whose phone it is.
    pub me: Person,
    /// Channel id or group id.
    pub id: String,
    /// Name of the account or group.
    pub title: String,
    /// A group, not one to one.
    pub group: bool,
    /// One to one, and blocked.
    pub blocked: bool,
    /// The account shows that it is busy with an answer.
    pub loading: bool,
    /// The members of a group; one to one, the friend alone.
    pub members: Vec<Person>,
    /// The account in this room.
    pub bot: Option<Account>,
    /// The last messages, the oldest first.
    pub messages: Vec<Message>,
    /// One to one, what the account shows this friend under the chat.
    pub menu: Option<RichMenu>,
}

/// A channel with what has to be pasted into a console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelCard {
    /// Channel id, ten digits.
    pub id: String,
    /// Channel secret, 32 hex digits.
    pub secret: String,
    /// A long-lived access token.
    pub token: String,
    /// The account's name.
    pub name: String,
    /// `@…`
    pub basic_id: String,
    /// Where its webhooks go; empty when nowhere.
    pub endpoint: String,
    /// "Use webhook" is on.
    pub active: bool,
    /// Deliver again what was not answered with 2xx.
    pub redelivery: bool,
    /// Messages a month; none without a cap.
    pub quota: Option<u64>,
    /// Of which used.
    pub used: u64,
}

/// Many virtual friends of an account, as the settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrowdCard {
    /// The account's name.
    pub name: String,
    /// How many there are.
    pub count: u32,
    /// How many friends of the account a message to all of them reaches.
    pub reach: u64,
    /// How many the webhook was told of, where it is told of all.
    pub told: Option<u32>,
    /// What they will still do about messages that have come, as far as is known.
    pub waiting: usize,
}

/// How a crowd is wished for: shares are percent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrowdWish {
    /// Channel id; the first one's when empty.
    pub channel: String,
    /// How many, as typed.
    pub count: String,
    /// `ja`, `th`, `zh`, `en`, or empty for all.
    pub language: String,
    /// A number, as typed; 0 when empty.
    pub seed: String,
    /// Who opens a message, opens a link in it, answers it, and blocks the account for it.
    pub rates: [String; 4],
    /// The webhook hears of what they do.
    pub webhooks: bool,
    /// It is told of each of them.
    pub announce: bool,
}

/// A misbehaviour of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// API calls take `millis` longer.
    Latency,
    /// 429, the rate limit.
    RateLimit,
    /// 429, the monthly quota.
    MonthlyLimit,
    /// 500, nothing was done.
    ServerError,
    /// The connection is cut before the work was done.
    CutBefore,
    /// The work is done, then the connection is cut.
    CutAfter,
    /// A webhook is delivered twice.
    DuplicateWebhook,
    /// A webhook comes `millis` late; those after it do not wait.
    LateWebhook,
    /// A webhook changes places with the one after it.
    ReorderWebhook,
    /// Content is still being prepared (202).
    ContentPreparing,
    /// Content is gone (410).
    ContentGone,
}

impl FaultKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Latency,
        Self::RateLimit,
        Self::MonthlyLimit,
        Self::ServerError,
        Self::CutBefore,
        Self::CutAfter,
        Self::DuplicateWebhook,
        Self::LateWebhook,
        Self::ReorderWebhook,
        Self::ContentPreparing,
        Self::ContentGone,
    ];

    /// Its word in JSON and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::RateLimit => "rate_limit",
            Self::MonthlyLimit => "monthly_limit",
            Self::ServerError => "server_error",
            Self::CutBefore => "cut_before",
            Self::CutAfter => "cut_after",
            Self::DuplicateWebhook => "duplicate_webhook",
            Self::LateWebhook => "late_webhook",
            Self::ReorderWebhook => "reorder_webhook",
            Self::ContentPreparing => "content_preparing",
            Self::ContentGone => "content_gone",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
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
    /// How often, 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
    /// How many times more; none until it is switched off.
    #[serde(default)]
    pub remaining: Option<u32>,
    /// For the kinds that take time.
    #[serde(default)]
    pub millis: u64,
}

/// One request and its answer, in either direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Counts up.
    pub id: u64,
    /// Unix milliseconds.
    pub time: i64,
    /// `true` for a webhook that we sent, `false` for a call that came in.
    pub webhook: bool,
    /// Method and path, or where the webhook went.
    pub target: String,
    /// Body of the request, at most 8,000 characters.
    pub request: String,
    /// Status of the answer; 0 when there was none.
    pub status: u16,
    /// Body of the answer, or what went wrong, at most 8,000 characters.
    pub answer: String,
    /// How long it took.
    pub millis: i64,
}

/// A sticker that bots and friends can send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sticker {
    /// Package.
    pub package: &'static str,
    /// Sticker.
    pub id: &'static str,
    /// What it shows, for those who do not see it.
    pub words: &'static str,
}

/// A few of LINE's sendable stickers. The pictures stay LINE's, at LINE's address.
pub const STICKERS: [Sticker; 8] = [
    Sticker { package: "446", id: "1988", words: "hello" },
    Sticker { package: "446", id: "1989", words: "happy" },
    Sticker { package: "446", id: "1993", words: "thanks" },
    Sticker { package: "789", id: "10855", words: "OK" },
    Sticker { package: "789", id: "10857", words: "love" },
    Sticker { package: "11537", id: "52002734", words: "yes" },
    Sticker { package: "11537", id: "52002735", words: "please" },
    Sticker { package: "11538", id: "51626494", words: "good night" },
];

/// Where LINE shows a sticker.
pub fn sticker_url(id: &str) -> String {
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    format!("https://stickershop.line-scdn.net/stickershop/v1/sticker/{digits}/android/sticker.png")
}
