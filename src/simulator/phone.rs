//! What the phones' pages read out of the world.

pub mod here;
mod rich_menu;

use super::{
    friend::Trouble,
    model::{Account, ChannelCard, Chat, CrowdCard, Home, Message, Person, Room},
    world::{Channel, World, one_to_one},
};

/// How many bubbles a phone shows.
const SHOWN: usize = 200;

/// How many of each crowd one can choose to be.
const SOME: u32 = 12;

impl World {
    fn account(&self, channel: &Channel, user: &str) -> Account {
        let friend = self.friend(&channel.id, user);
        Account {
            channel: channel.id.clone(),
            basic_id: channel.basic_id.clone(),
            name: channel.name.clone(),
            added: friend.as_ref().is_some_and(|friend| friend.added),
            blocked: friend.is_some_and(|friend| friend.blocked),
        }
    }

    fn person(&self, user: &str) -> Result<Person, Trouble> {
        let user = self.user(user).ok_or(Trouble::NotFound)?;
        Ok(Person { id: user.id.clone(), name: user.name.clone() })
    }

    fn last(&self, key: &str) -> Option<Message> {
        let stored = self.rooms.get(key).and_then(|room| room.messages.iter().max_by_key(|message| message.time));
        let mailed = self.mail_in(key, 1).into_iter().next_back();
        stored.cloned().into_iter().chain(mailed).max_by_key(|message| message.time)
    }

    /// The friends to choose from, the newest first, and some of each crowd: at most a hundred.
    pub fn people(&self) -> Vec<Person> {
        let mut users: Vec<_> = self.users.values().collect();
        users.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
        let single = users.iter().map(|user| (user.id.clone(), user.name.clone()));
        let all = single.chain(self.some_members(SOME));
        all.take(100).map(|(id, name)| Person { id, name }).collect()
    }

    /// A phone's first screen.
    ///
    /// # Errors
    /// When there is no such friend.
    pub fn home(&self, user: &str) -> Result<Home, Trouble> {
        let me = self.person(user)?;
        let mut channels: Vec<&Channel> = self.channels.values().collect();
        channels.sort_by(|a, b| a.id.cmp(&b.id));
        let accounts: Vec<Account> = channels.into_iter().map(|channel| self.account(channel, user)).collect();
        let with_accounts = accounts.iter().filter_map(|account| {
            let last = self.last(&one_to_one(&account.channel, user));
            (account.added || last.is_some()).then(|| Chat {
                id: account.channel.clone(),
                title: account.name.clone(),
                group: false,
                blocked: account.blocked,
                last,
            })
        });
        let groups = self.groups_of.get(user).into_iter().flatten().filter_map(|id| self.groups.get(id));
        let in_groups = groups.map(|group| Chat {
            id: group.id.clone(),
            title: group.name.clone(),
            group: true,
            blocked: false,
            last: self.last(&group.id),
        });
        let mut chats: Vec<Chat> = with_accounts.chain(in_groups).collect();
        chats.sort_by_key(|chat| std::cmp::Reverse(chat.last.as_ref().map_or(0, |last| last.time)));
        Ok(Home { me, chats, accounts })
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
                (group.id.clone(), group.name.clone(), members, group.bot.clone())
            }
            None => {
                let channel = self.channels.get(id).ok_or(Trouble::NotFound)?;
                (one_to_one(id, user), channel.name.clone(), vec![me.clone()], Some(id.to_owned()))
            }
        };
        let bot = bot.and_then(|bot| self.channels.get(&bot)).map(|channel| self.account(channel, user));
        let room = self.rooms.get(&key);
        let messages = self.bubbles_in(&key, SHOWN);
        Ok(Room {
            me,
            id: id.to_owned(),
            title,
            group: group.is_some(),
            blocked: group.is_none() && bot.as_ref().is_some_and(|bot| bot.blocked),
            loading: room.is_some_and(|room| room.loading_until > self.now()),
            members,
            bot,
            messages,
            menu: if group.is_none() { self.menu_of(id, user) } else { None },
        })
    }

    /// The crowds, the newest first.
    pub fn crowd_cards(&self) -> Vec<CrowdCard> {
        let crowds = self.crowds.iter().rev();
        crowds
            .map(|crowd| CrowdCard {
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
                endpoint: channel.endpoint.clone().unwrap_or_default(),
                active: channel.active,
                redelivery: channel.redelivery,
                quota: channel.quota,
                used: channel.used(now),
            })
            .collect()
    }
}
