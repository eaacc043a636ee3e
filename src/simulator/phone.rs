//! What the phones' pages read out of the world.

mod drawn;
pub mod frames;
pub mod here;
mod home;
pub mod login;
pub mod qr;
mod rich_menu;
mod wallet;

pub use home::add_link;

use super::{
    friend::{Trouble, short_code},
    model::{Account, ChannelCard, CrowdCard, Message, Person, Room},
    world::{Channel, World, one_to_one},
};

/// How many bubbles a phone shows.
const SHOWN: usize = 200;

/// How many of each crowd one can choose to be.
pub const SOME: u32 = 12;

impl World {
    fn account(&self, channel: &Channel, user: &str) -> Account {
        let friend = self.friend(&channel.id, user);
        Account {
            channel: channel.id.clone(),
            user: channel.bot.clone(),
            basic_id: channel.basic_id.clone(),
            premium_id: channel.premium_id.clone().unwrap_or_default(),
            name: channel.name.clone(),
            picture: format!("/simulator/picture/{}", channel.bot),
            added: friend.as_ref().is_some_and(|friend| friend.added && !friend.deleted),
            blocked: friend.as_ref().is_some_and(|friend| friend.blocked),
            deleted: friend.is_some_and(|friend| friend.deleted),
        }
    }

    fn person(&self, user: &str) -> Result<Person, Trouble> {
        let user = self.user(user).ok_or(Trouble::NotFound)?;
        Ok(Person { id: user.id.clone(), name: user.name.clone() })
    }

    /// The newest friends, and some of each crowd: at most a hundred.
    pub fn people(&self) -> Vec<Person> {
        let mut found = Vec::new();
        self.look_for("", 0, 100, &mut found);
        found.extend(self.some_members(SOME).into_iter().map(|(id, name)| Person { id, name }));
        found.truncate(100);
        found
    }

    /// A room as one friend sees it.
    ///
    /// # Errors
    /// When the room or the friend does not exist, or the friend is not in the group.
    pub fn room_of(&self, user: &str, id: &str) -> Result<Room, Trouble> {
        let me = self.person(user)?;
        let group = self.groups.get(id);
        let (key, title, members, bot) = match group {
            Some(group) if !group.members.iter().any(|member| member == user) => return Err(Trouble::Forbidden),
            Some(group) => {
                let members = group.members.iter().filter_map(|member| self.person(member).ok()).collect();
                (group.id.clone(), self.group_title(group, user), members, group.bot.clone())
            }
            None => {
                let channel = self.channels.get(id).ok_or(Trouble::NotFound)?;
                (one_to_one(id, user), channel.name.clone(), vec![me.clone()], Some(id.to_owned()))
            }
        };
        let bot = bot.and_then(|bot| self.channels.get(&bot)).map(|channel| self.account(channel, user));
        let room = self.rooms.get(&key);
        let messages = self.drawn(self.bubbles_in(&key, SHOWN));
        let quotes = self.quotes_in(&key, &messages);
        let now = self.now();
        let loading_left = room.map_or(0, |room| (room.loading_until - now).max(0));
        Ok(Room {
            me,
            id: id.to_owned(),
            title,
            group: group.is_some(),
            blocked: group.is_none() && bot.as_ref().is_some_and(|bot| bot.blocked),
            loading: loading_left > 0,
            loading_left,
            members,
            bot,
            messages,
            quotes,
            windows: (self.settings.edit_window, self.settings.unsend_window),
            now,
            menu: if group.is_none() { self.menu_of(id, user) } else { None },
        })
    }

    /// What messages quote: by their own id, and the quoted one. Friends quote by its id, bots by its token.
    fn quotes_in(&self, room: &str, messages: &[Message]) -> Vec<(String, Message)> {
        let by_token = |token: &str| {
            let messages = self.rooms.get(room)?.messages.iter();
            messages.rev().find(|message| message.quote_token == token).cloned()
        };
        let quoted = |message: &Message| {
            let word = |name: &str| message.body.get(name).and_then(serde_json::Value::as_str);
            match word("quotedMessageId") {
                Some(id) => self.bubble(room, id),
                None => word("quoteToken").filter(|token| !token.is_empty()).and_then(by_token),
            }
        };
        messages.iter().filter_map(|message| Some((message.id.clone(), quoted(message)?))).collect()
    }

    /// The crowds, the newest first.
    pub fn crowd_cards(&self) -> Vec<CrowdCard> {
        let crowds = self.crowds_here().rev();
        crowds
            .map(|crowd| CrowdCard {
                number: crowd.number,
                name: self.channels.get(&crowd.channel).map(|channel| channel.name.clone()).unwrap_or_default(),
                count: crowd.count,
                reach: self.reach_of(&crowd.channel),
                told: crowd.announced,
                waiting: self.moves_waiting(&crowd.channel),
            })
            .collect()
    }

    /// The channels, with what has to be pasted into a console.
    pub fn cards(&self) -> Vec<ChannelCard> {
        let now = self.now();
        let mut channels: Vec<&Channel> = self.channels.values().collect();
        channels.sort_by(|a, b| a.id.cmp(&b.id));
        channels
            .into_iter()
            .map(|channel| ChannelCard {
                id: channel.id.clone(),
                secret: channel.secret.clone(),
                token: channel.token.clone(),
                name: channel.name.clone(),
                basic_id: channel.basic_id.clone(),
                premium_id: channel.premium_id.clone().unwrap_or_default(),
                greeting: channel.greeting.clone(),
                short: short_code(&channel.id),
                endpoint: channel.endpoint.clone().unwrap_or_default(),
                active: channel.active,
                redelivery: channel.redelivery,
                quota: channel.quota,
                used: channel.used(now),
            })
            .collect()
    }
}
