//! What a phone shows, as it travels from the simulator to its pages.

pub mod address;
mod beacon;
mod doc;
mod fault;
mod hook;
mod log;
mod login;
mod platform;
mod rich_menu;
mod tap;
mod wallet;
mod words;

pub use crate::line::sticker::{Pack, STICKER_PACKS, sticker_url, sticker_words};
pub use crate::line::sticon::{LINE_EMOJI, LINE_EMOJI_PRODUCT, LineEmoji, emoji_url};
pub use address::FriendPath;
pub use beacon::BeaconKind;
pub use doc::{DocBlock, DocSection};
pub use fault::{Fault, FaultGroup, FaultKind, FaultPage};
pub use hook::{HookCounts, HookError, HookPeriod, HookReport};
pub use log::{LogDetail, LogEntry, LogLine, LogPage, LogPart, LogQuery};
pub use login::LoginCard;
pub use platform::{Manners, PlatformCard, StateCounts};
pub use rich_menu::{Area, Mode, Picker, RichMenu};
pub use tap::{Tap, Wanted, action_at};
pub use wallet::{CouponCard, CouponState, Price, Reward};
pub use words::{Mark, message};

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
    /// Its words were changed after it was sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
    /// The account has told the friend that it read this.
    #[serde(default)]
    pub read: bool,
    /// What the account must send to mark it as read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub read_token: String,
    /// What quotes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote_token: String,
    /// Sent with `notificationDisabled`: phones do not tell of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silent: bool,
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
    /// The bot's own user id, by which it is mentioned.
    #[serde(default)]
    pub user: String,
    /// `@…`
    pub basic_id: String,
    /// The id that was bought, `@…`, or empty.
    pub premium_id: String,
    /// Its name.
    pub name: String,
    /// Address of its picture.
    pub picture: String,
    /// This friend has added it.
    pub added: bool,
    /// This friend has blocked it.
    pub blocked: bool,
    /// This friend has blocked it, and taken it from every list.
    pub deleted: bool,
}

/// The profile page of an account, as one friend sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The account.
    pub account: Account,
    /// Messages of it show no banner.
    pub muted: bool,
    /// By which way the friend came.
    pub path: Option<FriendPath>,
    /// The address by which it is added.
    pub link: String,
    /// The same, short.
    pub short: String,
    /// Its public coupons.
    pub coupons: Vec<CouponCard>,
}

/// A page of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// The newest first.
    pub people: Vec<Person>,
    /// There are more.
    pub more: bool,
    /// How many there are altogether, whatever was looked for.
    pub all: u64,
}

/// How a LIFF app opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiffLook {
    /// What it is called.
    pub name: String,
    /// `compact`, `tall` or `full`.
    pub view: String,
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
    /// How many bubbles of others this friend has not seen; at most [`UNREAD_LIMIT`].
    pub unread: u32,
    /// New messages show no banner.
    pub muted: bool,
}

/// From here on phones say only that there are more.
pub const UNREAD_LIMIT: u32 = 100;

/// A phone's first screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Home {
    /// Whose phone it is.
    pub me: Person,
    /// The line under their name.
    pub status: String,
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
    /// For so many milliseconds more.
    #[serde(default)]
    pub loading_left: i64,
    /// The members of a group; one to one, the friend alone.
    pub members: Vec<Person>,
    /// The account in this room.
    pub bot: Option<Account>,
    /// The last messages, the oldest first.
    pub messages: Vec<Message>,
    /// What they quote: the id of the quoting message, and the quoted one.
    #[serde(default)]
    pub quotes: Vec<(String, Message)>,
    /// How long one's own words can be changed, and how long messages can be taken back, milliseconds.
    #[serde(default)]
    pub windows: (i64, i64),
    /// What the platform's clock shows.
    #[serde(default)]
    pub now: i64,
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
    /// The id that was bought, `@…`, or empty.
    pub premium_id: String,
    /// What new friends are greeted with, or empty.
    pub greeting: String,
    /// What short links to it end in.
    pub short: String,
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
    /// By which it is changed and removed.
    pub number: u16,
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
    /// Who opens a message, opens a link in it, answers it, and blocks the account for it; and who opens the chat on
    /// a day by themselves and sees the rich menu.
    pub rates: [String; 5],
    /// The webhook hears of what they do.
    pub webhooks: bool,
    /// It is told of each of them.
    pub announce: bool,
}
