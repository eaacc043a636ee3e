//! What stands on a phone's first screens: chats with what is unread, accounts, one account's profile.

use crate::simulator::{
    friend::{Trouble, short_code},
    model::{Author, Chat, Home, Message, Profile, UNREAD_LIMIT, address::encode},
    world::{Channel, World, one_to_one},
};

/// The address that adds an account, on a simulator under `base`.
pub fn add_link(base: &str, basic_id: &str) -> String {
    format!("{base}/R/ti/p/{}", encode(basic_id))
}

impl World {
    /// The newest bubble of a room, and how many of others somebody has not seen.
    fn state_of(&self, key: &str, user: &str, room: &str) -> (Option<Message>, u32) {
        let seen = self.seat(user, room).seen;
        let limit = usize::try_from(UNREAD_LIMIT).unwrap_or(usize::MAX);
        let mut bubbles = self.bubbles_in(key, limit);
        let new = |bubble: &&Message| {
            let others = match &bubble.from {
                Author::User(id) => id != user,
                Author::Bot(_) => true,
                Author::Notice => false,
            };
            others && !bubble.unsent && bubble.id.parse::<u64>().is_ok_and(|id| id > seen)
        };
        let unread = u32::try_from(bubbles.iter().filter(new).count()).unwrap_or(UNREAD_LIMIT);
        (bubbles.pop(), unread)
    }

    fn chat(&self, user: &str, id: &str, title: &str, group: bool, blocked: bool) -> Chat {
        let key = if group { id.to_owned() } else { one_to_one(id, user) };
        let (last, unread) = self.state_of(&key, user, id);
        let muted = self.seat(user, id).muted;
        Chat { id: id.to_owned(), title: title.to_owned(), group, blocked, last, unread, muted }
    }

    /// A phone's first screens.
    ///
    /// # Errors
    /// When there is no such friend.
    pub fn home(&self, user: &str) -> Result<Home, Trouble> {
        let me = self.person(user)?;
        let status = self.user(user).map(|user| user.status.clone()).unwrap_or_default();
        let mut channels: Vec<&Channel> = self.channels.values().collect();
        channels.sort_by(|a, b| a.id.cmp(&b.id));
        let accounts: Vec<_> = channels.into_iter().map(|channel| self.account(channel, user)).collect();
        let with_accounts = accounts.iter().filter(|account| !account.deleted).filter_map(|account| {
            let chat = self.chat(user, &account.channel, &account.name, false, account.blocked);
            (account.added || chat.last.is_some()).then_some(chat)
        });
        let groups = self.groups_of.get(user).into_iter().flatten().filter_map(|id| self.groups.get(id));
        let in_groups = groups.map(|group| self.chat(user, &group.id, &self.group_title(group, user), true, false));
        let mut chats: Vec<Chat> = with_accounts.chain(in_groups).collect();
        chats.sort_by_key(|chat| std::cmp::Reverse(chat.last.as_ref().map_or(0, |last| last.time)));
        Ok(Home { me, status, chats, accounts })
    }

    /// The profile page of an account; `base` is where the simulator is reached.
    ///
    /// # Errors
    /// When there is no such friend or account.
    pub fn profile_of(&self, user: &str, channel: &str, base: &str) -> Result<Profile, Trouble> {
        self.person(user)?;
        let found = self.channels.get(channel).ok_or(Trouble::NotFound)?;
        let friend = self.friend(channel, user);
        Ok(Profile {
            account: self.account(found, user),
            muted: self.seat(user, channel).muted,
            path: friend.and_then(|friend| friend.path),
            link: add_link(base, &found.basic_id),
            short: format!("{base}/lin.ee/{}", short_code(channel)),
            coupons: self.public_coupons(user, channel),
        })
    }
}
