//! What the people on the phones can do, and the webhook events that follow from it.

mod act;
mod add;
mod beacon;
mod check;
mod coupon;
mod group;
mod liff;
mod link;
mod membership;
mod rich_menu;
mod say;

pub use add::short_code;
pub use coupon::{again, chance, period};
pub use group::NewGroup;
pub use link::LinkToken;
pub use membership::Step;

use super::{
    mint,
    world::{Channel, User, World, one_to_one},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Why a phone refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No such channel, friend, group or message.
    NotFound,
    /// The friend has blocked the account, or is not in the group.
    Forbidden,
    /// There is one already.
    Taken,
    /// Not a date or time that can be picked.
    Invalid,
    /// Where a tap is said to be, the message has no action.
    NoAction,
    /// An action that does not work where it stands: menus are changed on menus only.
    Misplaced,
    /// A text, title or address of more than so many UTF-16 units.
    TooLong(usize),
    /// A file of more than so many bytes.
    TooBig(usize),
    /// What was typed into a field is wrong: the field, and why.
    Wrong(&'static str, &'static str),
    /// The time in which this can be done has passed.
    TooLate,
    /// No phone could have done this; says why.
    Impossible(&'static str),
}

/// How a new channel is to be; what is left out is made up.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewChannel {
    /// Ten digits.
    pub id: Option<String>,
    /// 32 hex digits.
    pub secret: Option<String>,
    /// The account's name.
    pub name: String,
    /// `@…`
    pub basic_id: Option<String>,
    /// Where webhooks go.
    pub endpoint: Option<String>,
    /// Messages a month; none without a cap.
    pub quota: Option<u64>,
    /// A token that does not end.
    pub token: Option<String>,
    /// May list members.
    pub verified: bool,
    /// Deliver again what was not answered with 2xx.
    pub redelivery: bool,
    /// An id that was bought, `@…`.
    pub premium_id: Option<String>,
    /// What LINE itself says to a new friend.
    pub greeting: String,
}

/// How a new friend is to be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewUser {
    /// `U` and 32 hex digits.
    pub id: Option<String>,
    /// The name on their profile.
    pub name: String,
    /// The line under it.
    pub status: String,
    /// BCP 47.
    pub language: Option<String>,
    /// Has a profile picture.
    pub picture: bool,
}

/// Where a friend speaks.
struct Place {
    room: String,
    channel: Option<String>,
    to: String,
    source: Value,
}

impl World {
    /// Makes a channel.
    ///
    /// # Errors
    /// [`Trouble::Taken`] when the id is in use.
    pub fn create_channel(&mut self, new: NewChannel) -> Result<Channel, Trouble> {
        let id = new.id.unwrap_or_else(mint::channel_id);
        if self.channels.contains_key(&id) {
            return Err(Trouble::Taken);
        }
        let channel = Channel {
            secret: new.secret.unwrap_or_else(|| mint::hex(32)),
            name: new.name,
            basic_id: new.basic_id.unwrap_or_else(|| format!("@{}", mint::hex(8))),
            bot: mint::line_id('U'),
            endpoint: new.endpoint,
            active: true,
            redelivery: new.redelivery,
            quota: new.quota,
            used: (0, 0),
            chat_mode: "bot".into(),
            mark_as_read_mode: "manual".into(),
            token: new.token.unwrap_or_else(mint::token),
            verified: new.verified,
            premium_id: new.premium_id,
            greeting: new.greeting,
            id: id.clone(),
        };
        self.tokens.insert(
            channel.token.clone(),
            super::world::Token { channel: id.clone(), ends: None, kind: super::world::TokenKind::LongLived },
        );
        self.channels.insert(id.clone(), channel.clone());
        let token = self.tokens[&channel.token].clone();
        self.save("token", &channel.token, &token);
        self.save_channel(&id);
        self.changed("");
        Ok(channel)
    }

    /// Makes a friend.
    pub fn create_user(&mut self, new: NewUser) -> User {
        let user = User {
            id: new.id.unwrap_or_else(|| mint::line_id('U')),
            name: new.name,
            picture: new.picture,
            status: new.status,
            language: new.language,
            created: self.now(),
            number: 0,
        };
        let user = self.enlist(user);
        self.changed("");
        user
    }

    /// Notes an event for a channel's webhook. A reply token is made when `reply_to` names a room.
    fn event(&mut self, channel: &str, at: i64, source: &Value, reply_to: Option<&str>, payload: Value) {
        let mut event = payload;
        let now = self.now();
        if let Some(to) = reply_to {
            event["replyToken"] = self.reply_token(channel, to, at, now).into();
        }
        event["mode"] = "active".into();
        event["timestamp"] = at.into();
        // A failed account link has none.
        if !source.is_null() {
            event["source"] = source.clone();
        }
        event["webhookEventId"] = mint::ulid(at).into();
        event["deliveryContext"] = json!({ "isRedelivery": false });
        self.events.push((channel.to_owned(), event));
    }

    /// Adds an account as a friend, or unblocks it; nobody knows by which way.
    ///
    /// # Errors
    /// When one of them does not exist.
    pub fn follow(&mut self, channel: &str, user: &str, at: i64) -> Result<(), Trouble> {
        self.follow_by(channel, user, None, at)
    }

    /// Tells the channel that somebody came.
    pub(super) fn tell_follow(&mut self, channel: &str, user: &str, unblocked: bool, at: i64) {
        let source = json!({ "type": "user", "userId": user });
        let payload = json!({ "type": "follow", "follow": { "isUnblocked": unblocked } });
        self.event(channel, at, &source, Some(user), payload);
    }

    /// Blocks an account.
    ///
    /// # Errors
    /// When the friend does not know it.
    pub fn block(&mut self, channel: &str, user: &str, at: i64) -> Result<(), Trouble> {
        let mailings = self.mailings.get(channel).map_or(0, Vec::len);
        let friend = self.friend_mut(channel, user).ok_or(Trouble::NotFound)?;
        if friend.welcomes() {
            friend.turn(mailings);
        }
        if std::mem::replace(&mut friend.blocked, true) {
            return Ok(());
        }
        friend.when.push(at);
        self.save_friend(channel, user);
        let source = json!({ "type": "user", "userId": user });
        self.event(channel, at, &source, None, json!({ "type": "unfollow" }));
        self.notice(&one_to_one(channel, user), "blocked", "", at);
        Ok(())
    }

    fn place(&self, user: &str, room: &str) -> Result<Place, Trouble> {
        if let Some(group) = self.groups.get(room) {
            if !group.members.iter().any(|member| member == user) {
                return Err(Trouble::Forbidden);
            }
            let source = if room.starts_with('R') {
                json!({ "type": "room", "roomId": room, "userId": user })
            } else {
                json!({ "type": "group", "groupId": room, "userId": user })
            };
            return Ok(Place { room: room.into(), channel: group.bot.clone(), to: room.into(), source });
        }
        if !self.channels.contains_key(room) || !self.has_user(user) {
            return Err(Trouble::NotFound);
        }
        if self.friend(room, user).is_some_and(|friend| friend.blocked) {
            return Err(Trouble::Forbidden);
        }
        Ok(Place {
            room: one_to_one(room, user),
            channel: Some(room.into()),
            to: user.into(),
            source: json!({ "type": "user", "userId": user }),
        })
    }

    /// Taps a button that carries `data`.
    ///
    /// # Errors
    /// When the room or the friend does not exist, or the account is blocked.
    pub fn postback(
        &mut self,
        user: &str,
        room: &str,
        data: &str,
        params: Option<Value>,
        at: i64,
    ) -> Result<(), Trouble> {
        let place = self.place(user, room)?;
        let channel = place.channel.ok_or(Trouble::NotFound)?;
        let mut postback = json!({ "data": data });
        if let Some(params) = params {
            postback["params"] = params;
        }
        self.notice(&place.room, "tapped", data, at);
        self.event(&channel, at, &place.source, Some(&place.to), json!({ "type": "postback", "postback": postback }));
        Ok(())
    }
}
