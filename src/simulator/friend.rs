//! What the people on the phones can do, and the webhook events that follow from it.

mod link;
mod membership;
mod rich_menu;

pub use link::LinkToken;
pub use membership::Step;

use super::{
    mint,
    model::{Author, Message},
    world::{Channel, Content, Group, User, World, one_to_one},
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
        };
        self.users.insert(user.id.clone(), user.clone());
        self.save("user", &user.id, &user);
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

    /// Adds an account as a friend, or unblocks it.
    ///
    /// # Errors
    /// When one of them does not exist.
    pub fn follow(&mut self, channel: &str, user: &str, at: i64) -> Result<(), Trouble> {
        if !self.channels.contains_key(channel) || !self.has_user(user) {
            return Err(Trouble::NotFound);
        }
        let mailings = self.mailings.get(channel).map_or(0, Vec::len);
        let friend = self.friend_or_new(channel, user);
        if friend.welcomes() {
            return Ok(());
        }
        if !friend.added {
            friend.since = at;
        }
        if friend.blocked {
            friend.when.push(at);
        }
        friend.turn(mailings);
        let unblocked = friend.blocked;
        friend.added = true;
        friend.blocked = false;
        self.save_friend(channel, user);
        self.tell_follow(channel, user, unblocked, at);
        self.notice(&one_to_one(channel, user), if unblocked { "unblocked" } else { "added" }, "", at);
        Ok(())
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

    /// Says something in a room: `body` is the message object without its ids. Answers the message id.
    ///
    /// # Errors
    /// When the room or the friend does not exist, or the account is blocked.
    pub fn say(
        &mut self,
        user: &str,
        room: &str,
        body: Value,
        content: Option<Content>,
        at: i64,
    ) -> Result<String, Trouble> {
        let place = self.place(user, room)?;
        let id = mint::message_id(at);
        let kind = body["type"].as_str().unwrap_or_default().to_owned();
        let message = Message {
            id: id.clone(),
            time: at,
            from: Author::User(user.into()),
            body: body.clone(),
            unsent: false,
            read: false,
            read_token: format!("{}.{id}", mint::hex(24)),
            quote_token: mint::hex(40),
        };
        let mut sent = body;
        sent["id"] = id.as_str().into();
        sent["markAsReadToken"] = message.read_token.as_str().into();
        if matches!(kind.as_str(), "text" | "sticker" | "image" | "video") {
            sent["quoteToken"] = message.quote_token.as_str().into();
        }
        if let Some(content) = content {
            self.contents.insert(id.clone(), content);
            self.save_content(&id);
        }
        self.put(&place.room, message);
        if let Some(channel) = place.channel {
            if place.to == user {
                let friend = self.friend_or_new(&channel, user);
                friend.wrote = friend.wrote.max(at);
                self.save_friend(&channel, user);
            }
            let payload = json!({ "type": "message", "message": sent });
            self.event(&channel, at, &place.source, Some(&place.to), payload);
        }
        Ok(id)
    }

    /// Takes a message back.
    ///
    /// # Errors
    /// When it is not this friend's, or is gone already.
    pub fn unsend(&mut self, user: &str, message: &str, at: i64) -> Result<(), Trouble> {
        let (room, found) = self.message_mut(message).ok_or(Trouble::NotFound)?;
        if found.from != Author::User(user.into()) || found.unsent {
            return Err(Trouble::NotFound);
        }
        found.unsent = true;
        found.body = Value::Null;
        let copy = found.clone();
        self.save_message(&room, &copy);
        if let Some(content) = self.contents.get_mut(message) {
            content.gone = true;
            content.bytes = bytes::Bytes::new();
            self.save_content(message);
        }
        self.changed(&room);
        let id = room.split('/').next().unwrap_or(&room).to_owned();
        if let Ok(Place { channel: Some(channel), source, .. }) = self.place(user, &id) {
            self.event(&channel, at, &source, None, json!({ "type": "unsend", "unsend": { "messageId": message } }));
        }
        Ok(())
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

    /// Makes a group. The bot of `bot` is in it from the start, which tells its channel.
    ///
    /// # Errors
    /// When a member or the channel does not exist.
    pub fn create_group(
        &mut self,
        id: Option<String>,
        name: &str,
        members: Vec<String>,
        bot: Option<&str>,
        at: i64,
    ) -> Result<Group, Trouble> {
        if !members.iter().all(|member| self.has_user(member)) {
            return Err(Trouble::NotFound);
        }
        let id = id.unwrap_or_else(|| mint::line_id('C'));
        for member in &members {
            self.groups_of.entry(member.clone()).or_default().push(id.clone());
        }
        let group = Group { id: id.clone(), name: name.into(), picture: false, members, bot: None };
        self.groups.insert(id.clone(), group);
        self.save_group(&id);
        self.changed(&id);
        if let Some(bot) = bot {
            self.invite_bot(&id, bot, at)?;
        }
        self.groups.get(&id).cloned().ok_or(Trouble::NotFound)
    }

    fn group_event(&mut self, group: &str, reply: bool, payload: Value, at: i64) {
        let Some(channel) = self.groups.get(group).and_then(|group| group.bot.clone()) else { return };
        let source = if group.starts_with('R') {
            json!({ "type": "room", "roomId": group })
        } else {
            json!({ "type": "group", "groupId": group })
        };
        self.event(&channel, at, &source, reply.then_some(group), payload);
    }

    /// Invites an account's bot into a group; a group holds one bot.
    ///
    /// # Errors
    /// When one does not exist, or another bot is in it.
    pub fn invite_bot(&mut self, group: &str, channel: &str, at: i64) -> Result<(), Trouble> {
        let name = self.channels.get(channel).ok_or(Trouble::NotFound)?.name.clone();
        let found = self.groups.get_mut(group).ok_or(Trouble::NotFound)?;
        if found.bot.is_some() {
            return Err(Trouble::Taken);
        }
        found.bot = Some(channel.into());
        self.save_group(group);
        self.group_event(group, true, json!({ "type": "join" }), at);
        self.notice(group, "came", &name, at);
        Ok(())
    }

    /// The bot leaves, by itself or because a member removed it; the channel is told if `tell`.
    ///
    /// # Errors
    /// When it is not in the group.
    pub fn remove_bot(&mut self, group: &str, tell: bool, at: i64) -> Result<(), Trouble> {
        let bot = self.groups.get(group).and_then(|group| group.bot.clone()).ok_or(Trouble::NotFound)?;
        if tell {
            self.group_event(group, false, json!({ "type": "leave" }), at);
        }
        if let Some(group) = self.groups.get_mut(group) {
            group.bot = None;
        }
        self.save_group(group);
        let name = self.channels.get(&bot).map(|channel| channel.name.clone()).unwrap_or_default();
        self.notice(group, "left", &name, at);
        Ok(())
    }

    /// Members come (`true`) or go.
    ///
    /// # Errors
    /// When the group or one of them does not exist.
    pub fn members(&mut self, group: &str, users: &[String], come: bool, at: i64) -> Result<(), Trouble> {
        if !users.iter().all(|user| self.has_user(user)) {
            return Err(Trouble::NotFound);
        }
        let found = self.groups.get_mut(group).ok_or(Trouble::NotFound)?;
        found.members.retain(|member| !users.contains(member));
        if come {
            found.members.extend_from_slice(users);
        }
        for user in users {
            let groups = self.groups_of.entry(user.clone()).or_default();
            groups.retain(|other| other != group);
            if come {
                groups.push(group.into());
            }
        }
        self.save_group(group);
        let list: Vec<Value> = users.iter().map(|user| json!({ "type": "user", "userId": user })).collect();
        let payload = if come {
            json!({ "type": "memberJoined", "joined": { "members": list } })
        } else {
            json!({ "type": "memberLeft", "left": { "members": list } })
        };
        self.group_event(group, come, payload, at);
        let names: Vec<String> = users.iter().map(|user| self.name_of(user)).collect();
        self.notice(group, if come { "came" } else { "left" }, &names.join(", "), at);
        Ok(())
    }
}
