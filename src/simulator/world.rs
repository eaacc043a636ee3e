//! Everything that exists in the simulated platform, as plain data. Methods change it in memory and
//! note what follows: rows to write, webhooks to send, phones to tell. Nothing here waits.

mod accepted;
pub mod audience;
mod channel;
pub mod coupon;
mod friend;
pub mod hooks;
mod keep;
pub mod login;
pub mod membership;
mod menu_use;
mod people;
mod reaction;
pub mod rich_menu;
mod room;
mod rows;
mod settings;
mod tally;
pub mod ticket;

pub use accepted::Accepted;
pub use channel::{AssertionKey, Channel, LiffApp, Token, TokenKind};
pub use friend::{Friendship, Seat, User};
pub use keep::Row;
pub(in crate::simulator) use keep::split_head;
use keep::with_head;
pub use menu_use::MenuUse;
pub use reaction::Reaction;
pub use room::{Content, Group, ReplyToken, Room, one_to_one};
pub use settings::Settings;
pub use tally::{Bubble, Link, Tally};

use super::{
    crowd::{Crowd, Told, Wave},
    friend::LinkToken,
    mailing::Mailing,
    model::{Fault, Manners},
    platform::{Bucket, Narrowcast, Units},
};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, VecDeque};

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
    /// Index into `accepted` by the id of a message that it put into a room.
    pub(super) sent: HashMap<u64, usize>,
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
    /// How far what they tap on rich menus is told, by crowd.
    pub(super) menu_taps: HashMap<u16, Told>,
    /// Crowds should look whether there is something to do.
    pub(super) stir: bool,
    /// Whether rows are wanted at all.
    pub keep: bool,
    pub(super) rows: Vec<Row>,
    pub(super) events: Vec<(String, Value)>,
    pub(super) changes: Vec<Change>,
}

impl World {
    /// What the platform's clock shows, Unix milliseconds.
    pub fn now(&self) -> i64 {
        self.stopped.unwrap_or_else(|| crate::time::now() + self.offset)
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
