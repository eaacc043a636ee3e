//! Everything that exists in the simulated platform, as plain data. Methods change it in memory and
//! note what follows: rows to write, webhooks to send, phones to tell. Nothing here waits.

mod accepted;
pub mod audience;
pub mod coupon;
pub mod hooks;
pub mod login;
pub mod membership;
mod menu_use;
mod people;
mod reaction;
pub mod rich_menu;
mod rows;
mod settings;
mod tally;
pub mod ticket;

pub use accepted::Accepted;
pub use menu_use::MenuUse;
pub use reaction::Reaction;
pub use settings::Settings;
pub use tally::{Bubble, Link, Tally};

use super::{
    clock,
    crowd::{Crowd, Wave},
    friend::LinkToken,
    mailing::Mailing,
    mint,
    model::{Author, Fault, FriendPath, Manners, Message},
    platform::{Bucket, Narrowcast, Units},
};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, VecDeque};

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

/// A virtual friend.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// `U` and 32 hex digits.
    pub id: String,
    /// The name on their profile.
    pub name: String,
    /// Has a profile picture.
    pub picture: bool,
    /// The line under the name.
    pub status: String,
    /// BCP 47, when they told LINE.
    pub language: Option<String>,
    /// When they came.
    pub created: i64,
    /// Counts up over all who came.
    #[serde(default)]
    pub number: u64,
}

/// Between a friend and an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Friendship {
    /// Added it as a friend; `false` for those who only wrote.
    pub added: bool,
    /// Blocked it.
    pub blocked: bool,
    /// Unix milliseconds of their last message to it.
    pub wrote: i64,
    /// Unix milliseconds when they added it first; 0 for those who only wrote.
    #[serde(default)]
    pub since: i64,
    /// How many mailings there had been each time they came or went (see [`super::mailing`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<usize>,
    /// By which way they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<FriendPath>,
    /// Blocked, and taken from the phone's lists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// How far the room is read.
    #[serde(default, skip_serializing_if = "Seat::is_new")]
    pub seat: Seat,
    /// When they blocked it and unblocked it, by turns: Unix milliseconds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<i64>,
}

/// How somebody stands to a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seat {
    /// The id of the last bubble that they saw.
    pub seen: u64,
    /// New messages show no banner.
    pub muted: bool,
}

impl Seat {
    fn is_new(&self) -> bool {
        *self == Self::default()
    }
}

impl Friendship {
    /// Messages to many arrive: added, and not blocked.
    pub fn welcomes(&self) -> bool {
        self.added && !self.blocked
    }

    /// Whether it was blocked when `test` still held of the time; it must hold up to some moment and never
    /// after it. Histories may have been played in any order.
    pub fn blocked_while(&self, test: impl Fn(i64) -> bool) -> bool {
        if self.when.is_empty() { self.blocked } else { self.when.iter().filter(|time| test(**time)).count() % 2 == 1 }
    }
}

/// A group chat.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// `C` and 32 hex digits (`R` for the old multi-person rooms).
    pub id: String,
    /// Its name.
    pub name: String,
    /// Has a picture.
    pub picture: bool,
    /// Users in it.
    pub members: Vec<String>,
    /// The channel whose bot is in it.
    pub bot: Option<String>,
}

/// What a room's phones show.
#[derive(Debug, Default)]
pub struct Room {
    /// The oldest first.
    pub messages: Vec<Message>,
    /// The account shows a loading animation until then.
    pub loading_until: i64,
}

/// Bytes that a message carries.
#[derive(Clone, Debug)]
pub struct Content {
    /// As sent.
    pub bytes: Bytes,
    /// Media type.
    pub mime: String,
    /// `image`, `video`, `audio`, `file`.
    pub kind: String,
    /// The message was taken back.
    pub gone: bool,
    /// Answered with 202 until then, Unix milliseconds.
    pub ready_at: i64,
}

/// One use, about a minute.
#[derive(Clone, Debug)]
pub struct ReplyToken {
    /// Whose.
    pub channel: String,
    /// User or group id.
    pub to: String,
    /// When the event happened.
    pub event: i64,
    /// When it was delivered last.
    pub issued: i64,
    /// Spent.
    pub used: bool,
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

/// A row to write, or to remove when there is no body.
#[derive(Debug)]
pub struct Row {
    /// What it is.
    pub kind: &'static str,
    /// Which.
    pub id: String,
    /// Its bytes.
    pub body: Option<Vec<u8>>,
}

/// Something that phones may want to show at once.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Room key; empty when it concerns everything.
    pub room: String,
}

/// See the module.
#[derive(Default)]
pub struct World {
    /// By channel id.
    pub channels: HashMap<String, Channel>,
    /// By user id.
    pub users: HashMap<String, User>,
    /// By channel id, then user id; sorted, so that lists of followers can be cut into pages.
    pub friends: HashMap<String, BTreeMap<String, Friendship>>,
    /// By group id.
    pub groups: HashMap<String, Group>,
    /// The groups of a user.
    pub groups_of: HashMap<String, Vec<String>>,
    /// How members stand to their groups, by group and user.
    pub seats: HashMap<String, Seat>,
    /// User ids in the order in which they came.
    pub(super) arrivals: Vec<String>,
    /// What friends hold of coupons, by user and coupon.
    pub tickets: BTreeMap<(String, String), ticket::Ticket>,
    /// How often a coupon was given out.
    pub(super) given: HashMap<String, u64>,
    /// By room key: group id, or channel and user ([`one_to_one`]).
    pub rooms: HashMap<String, Room>,
    /// Room key by message id.
    pub places: HashMap<String, String>,
    /// By message id.
    pub contents: HashMap<String, Content>,
    /// By token.
    pub reply_tokens: HashMap<String, ReplyToken>,
    pub(super) reply_order: VecDeque<String>,
    /// Index into `accepted` by channel and key.
    pub retry_keys: HashMap<String, usize>,
    /// Issued tokens, besides the channels' long-lived ones.
    pub tokens: HashMap<String, Token>,
    /// Accepted calls that send, the oldest first.
    pub accepted: Vec<Accepted>,
    /// Messages to many, by channel, the oldest first.
    pub mailings: HashMap<String, Vec<Mailing>>,
    /// Accepted narrowcasts, the oldest first.
    pub narrowcasts: Vec<Narrowcast>,
    /// Those of `narrowcasts` that have not ended.
    pub(super) running: Vec<usize>,
    /// Names of aggregation units, by channel.
    pub units: HashMap<String, Units>,
    /// Rate limits, by channel and endpoint.
    pub(super) buckets: HashMap<(String, String), Bucket>,
    /// How far the platform's clock is ahead of the real one, milliseconds. Not kept over a restart.
    pub offset: i64,
    /// The platform's clock stands still at this moment.
    pub stopped: Option<i64>,
    /// Switched on.
    pub faults: Vec<Fault>,
    /// Those that ended by themselves, the newest first.
    pub spent_faults: VecDeque<Fault>,
    /// Counts up over `faults`.
    pub number: u64,
    /// How the platform behaves on the wire.
    pub manners: Manners,
    /// How webhooks went, by channel id.
    pub hooks: HashMap<String, hooks::Hooks>,
    /// Sent messages by channel, kind and day.
    pub delivered: HashMap<(String, &'static str, i64), u64>,
    /// Keys of client assertions by their id.
    pub assertion_keys: HashMap<String, AssertionKey>,
    /// LIFF apps by id.
    pub liff_apps: BTreeMap<String, LiffApp>,
    /// By channel id.
    pub rich_menus: HashMap<String, rich_menu::RichMenus>,
    /// Things done once, such as playing the demo.
    pub done: Vec<String>,
    /// How long things take, and how shy the platform is with numbers.
    pub settings: Settings,
    /// By id, which grows with time.
    pub audiences: BTreeMap<i64, audience::Audience>,
    /// By id, which grows with time.
    pub coupons: BTreeMap<String, coupon::Coupon>,
    /// Membership plans, by channel.
    pub plans: HashMap<String, Vec<membership::Plan>>,
    /// By token.
    pub link_tokens: HashMap<String, LinkToken>,
    /// What friends did with messages, by request id, the oldest first. What crowds do is computed.
    pub reactions: HashMap<String, Vec<Reaction>>,
    /// LINE Login.
    pub logins: login::Logins,
    /// What friends did with rich menus, by menu, the oldest first.
    pub menu_uses: HashMap<String, Vec<MenuUse>>,
    /// Many friends at once, by their number.
    pub crowds: Vec<Crowd>,
    /// What crowds still have to do.
    pub(super) waves: Vec<Wave>,
    /// Crowds should look whether there is something to do.
    pub(super) stir: bool,
    /// Whether rows are wanted at all.
    pub keep: bool,
    pub(super) rows: Vec<Row>,
    pub(super) events: Vec<(String, Value)>,
    pub(super) changes: Vec<Change>,
}

/// A row of bytes: what they are, as a line of JSON, and the bytes.
fn with_head(head: &Value, bytes: &[u8]) -> Vec<u8> {
    let mut body = head.to_string().into_bytes();
    body.push(b'\n');
    body.extend_from_slice(bytes);
    body
}

/// Takes a row of [`with_head`] apart.
pub(super) fn split_head(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = body.iter().position(|byte| *byte == b'\n')?;
    Some((&body[..end], &body[end + 1..]))
}

/// The key of the room between an account and a friend.
pub fn one_to_one(channel: &str, user: &str) -> String {
    format!("{channel}/{user}")
}

impl World {
    /// What the platform's clock shows, Unix milliseconds.
    pub fn now(&self) -> i64 {
        self.stopped.unwrap_or_else(|| crate::time::now() + self.offset)
    }

    /// Notes that `value` is to be written.
    pub fn save(&mut self, kind: &'static str, id: &str, value: &impl Serialize) {
        if self.keep {
            let body = serde_json::to_vec(value).ok();
            self.rows.push(Row { kind, id: id.to_owned(), body });
        }
    }

    /// Writes a channel back.
    pub fn save_channel(&mut self, id: &str) {
        if let Some(channel) = self.channels.get(id).filter(|_| self.keep).cloned() {
            self.save("channel", id, &channel);
        }
    }

    /// Writes a friendship back.
    pub fn save_friend(&mut self, channel: &str, user: &str) {
        if let Some(friend) = self.friends.get(channel).and_then(|all| all.get(user)).filter(|_| self.keep).cloned() {
            self.save("friend", &one_to_one(channel, user), &friend);
        }
    }

    /// Writes a group back.
    pub fn save_group(&mut self, id: &str) {
        if let Some(group) = self.groups.get(id).filter(|_| self.keep).cloned() {
            self.save("group", id, &group);
        }
    }

    /// Writes a message back.
    pub fn save_message(&mut self, room: &str, message: &Message) {
        if self.keep {
            self.save("message", &message.id, &json!({ "room": room, "message": message }));
        }
    }

    /// Writes a content back, or that it is gone.
    pub fn save_content(&mut self, id: &str) {
        if let Some(content) = self.contents.get(id).filter(|_| self.keep) {
            let head = json!({ "mime": content.mime, "kind": content.kind, "gone": content.gone });
            let body = with_head(&head, &content.bytes);
            self.save_bytes("content", id, body);
        }
    }

    /// Notes that bytes are to be written.
    fn save_bytes(&mut self, kind: &'static str, id: &str, body: Vec<u8>) {
        if self.keep {
            self.rows.push(Row { kind, id: id.to_owned(), body: Some(body) });
        }
    }

    /// Notes that a room changed.
    pub fn changed(&mut self, room: &str) {
        self.changes.push(Change { room: room.to_owned() });
    }

    /// Puts a bubble into a room.
    pub fn put(&mut self, room: &str, message: Message) {
        self.save_message(room, &message);
        self.places.insert(message.id.clone(), room.to_owned());
        self.rooms.entry(room.to_owned()).or_default().messages.push(message);
        self.changed(room);
    }

    /// Puts a line in small type into a room. `what` is a word of [`crate::simulator::view`].
    pub fn notice(&mut self, room: &str, what: &str, names: &str, time: i64) {
        let message = Message {
            id: mint::message_id(time),
            time,
            from: Author::Notice,
            body: json!({ "type": what, "text": names }),
            unsent: false,
            edited: false,
            read: false,
            read_token: String::new(),
            quote_token: String::new(),
            silent: false,
        };
        self.put(room, message);
    }

    /// The message with this id.
    pub fn message_mut(&mut self, id: &str) -> Option<(String, &mut Message)> {
        let room = self.places.get(id)?.clone();
        let messages = &mut self.rooms.get_mut(&room)?.messages;
        let at = messages.iter().rposition(|message| message.id == id)?;
        Some((room, &mut messages[at]))
    }

    /// Makes a reply token; the ones that nobody can use any more are forgotten on the way.
    pub fn reply_token(&mut self, channel: &str, to: &str, event: i64, now: i64) -> String {
        while let Some(front) = self.reply_order.front() {
            if self.reply_tokens.get(front).is_some_and(|token| now - token.issued < 30 * crate::time::MINUTE) {
                break;
            }
            self.reply_tokens.remove(front);
            self.reply_order.pop_front();
        }
        let token = mint::hex(32);
        self.reply_tokens.insert(
            token.clone(),
            ReplyToken { channel: channel.into(), to: to.into(), event, issued: now, used: false },
        );
        self.reply_order.push_back(token.clone());
        token
    }

    /// Makes an access token invalid.
    pub fn drop_token(&mut self, name: &str) {
        self.tokens.remove(name);
        self.forget("token", name);
    }

    /// The display name of a user, or the id when there is no such user.
    pub fn name_of(&self, user: &str) -> String {
        self.user(user).map_or_else(|| user.to_owned(), |user| user.name.clone())
    }

    /// The next number for a fault.
    pub fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }
}

impl World {
    /// Notes that a row is to be removed.
    pub fn forget(&mut self, kind: &'static str, id: &str) {
        if self.keep {
            self.rows.push(Row { kind, id: id.to_owned(), body: None });
        }
    }
}
