//! Groups and rooms of several people: who comes, who goes, and what the account in them hears of it.

use super::Trouble;
use crate::simulator::{
    mint,
    world::{Group, World},
};
use serde_json::{Value, json};

/// How a new group is to be.
#[derive(Clone, Debug, Default)]
pub struct NewGroup {
    /// `C` or `R` and 32 hex digits; made up when there is none.
    pub id: Option<String>,
    /// Its name; rooms have none.
    pub name: String,
    /// Who is in it.
    pub members: Vec<String>,
    /// One of the old rooms of several people (`R…`) and not a group (`C…`).
    pub room: bool,
}

impl World {
    /// Makes a group. The bot of `bot` is in it from the start, which tells its channel.
    ///
    /// # Errors
    /// When a member or the channel does not exist.
    pub fn create_group(&mut self, new: NewGroup, bot: Option<&str>, at: i64) -> Result<Group, Trouble> {
        let mut members = Vec::new();
        for member in new.members {
            if !self.has_user(&member) {
                return Err(Trouble::NotFound);
            }
            if !members.contains(&member) {
                members.push(member);
            }
        }
        if bot.is_some_and(|bot| !self.channels.contains_key(bot)) {
            return Err(Trouble::NotFound);
        }
        let id = new.id.unwrap_or_else(|| mint::line_id(if new.room { 'R' } else { 'C' }));
        if self.groups.contains_key(&id) {
            return Err(Trouble::Taken);
        }
        for member in &members {
            self.groups_of.entry(member.clone()).or_default().push(id.clone());
        }
        let group = Group { id: id.clone(), name: new.name, picture: false, members, bot: None };
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

    /// Members come (`true`) or go. Who is there already does not come again, and who is not there does
    /// not go.
    ///
    /// # Errors
    /// When the group or one of them does not exist, or nobody is left who could come or go.
    pub fn members(&mut self, group: &str, users: &[String], come: bool, at: i64) -> Result<(), Trouble> {
        if !users.iter().all(|user| self.has_user(user)) {
            return Err(Trouble::NotFound);
        }
        let found = self.groups.get_mut(group).ok_or(Trouble::NotFound)?;
        let mut moving: Vec<String> = Vec::new();
        for user in users {
            if found.members.contains(user) != come && !moving.contains(user) {
                moving.push(user.clone());
            }
        }
        if moving.is_empty() {
            return Err(if come { Trouble::Taken } else { Trouble::NotFound });
        }
        if come {
            found.members.extend_from_slice(&moving);
        } else {
            found.members.retain(|member| !moving.contains(member));
        }
        for user in &moving {
            let groups = self.groups_of.entry(user.clone()).or_default();
            groups.retain(|other| other != group);
            if come {
                groups.push(group.into());
            }
        }
        self.save_group(group);
        let list: Vec<Value> = moving.iter().map(|user| json!({ "type": "user", "userId": user })).collect();
        let payload = if come {
            json!({ "type": "memberJoined", "joined": { "members": list } })
        } else {
            json!({ "type": "memberLeft", "left": { "members": list } })
        };
        self.group_event(group, come, payload, at);
        let names: Vec<String> = moving.iter().map(|user| self.name_of(user)).collect();
        self.notice(group, if come { "came" } else { "left" }, &names.join(", "), at);
        if !come {
            // Who has gone no longer hears of the group, but should see that it is gone.
            self.changed("");
        }
        Ok(())
    }

    /// Refuses whoever is not in the group.
    fn inside(&self, user: &str, group: &str) -> Result<&Group, Trouble> {
        let group = self.groups.get(group).ok_or(Trouble::NotFound)?;
        if group.members.iter().any(|member| member == user) { Ok(group) } else { Err(Trouble::Forbidden) }
    }

    /// A member invites people, an account's bot, or both.
    ///
    /// # Errors
    /// When the member is not in the group, somebody does not exist, or is there already.
    pub fn invite(
        &mut self,
        user: &str,
        group: &str,
        users: &[String],
        channel: Option<&str>,
        at: i64,
    ) -> Result<(), Trouble> {
        self.inside(user, group)?;
        if let Some(channel) = channel {
            self.invite_bot(group, channel, at)?;
        }
        if users.is_empty() { Ok(()) } else { self.members(group, users, true, at) }
    }

    /// A member removes people, the account's bot, or both. From the old rooms nobody can be removed:
    /// there one can only leave.
    ///
    /// # Errors
    /// When the member is not in the group, or who is to go is not.
    pub fn remove(&mut self, user: &str, group: &str, users: &[String], bot: bool, at: i64) -> Result<(), Trouble> {
        self.inside(user, group)?;
        if group.starts_with('R') && users.iter().any(|other| other != user) {
            return Err(Trouble::Impossible("nobody can be removed from a room of several people"));
        }
        if bot {
            self.remove_bot(group, true, at)?;
        }
        if users.is_empty() { Ok(()) } else { self.members(group, users, false, at) }
    }

    /// A member gives the group another name, of which the account hears nothing.
    ///
    /// # Errors
    /// When the member is not in the group, it is a room without a name, or the name is empty or too long.
    pub fn rename(&mut self, user: &str, group: &str, name: &str, at: i64) -> Result<(), Trouble> {
        let name = name.trim();
        self.inside(user, group)?;
        if group.starts_with('R') {
            return Err(Trouble::Impossible("a room of several people has no name"));
        }
        match name.chars().count() {
            0 => return Err(Trouble::Impossible("a group's name must not be empty")),
            1..=50 => {}
            _ => return Err(Trouble::TooLong(50)),
        }
        if let Some(found) = self.groups.get_mut(group) {
            found.name = name.into();
        }
        self.save_group(group);
        self.notice(group, "renamed", name, at);
        Ok(())
    }

    /// What a group is called on the phone of `user`: a room by the names of the others in it.
    pub fn group_title(&self, group: &Group, user: &str) -> String {
        if !group.name.is_empty() {
            return group.name.clone();
        }
        let bot = group.bot.as_ref().and_then(|bot| self.channels.get(bot)).map(|bot| bot.name.clone());
        let others = group.members.iter().filter(|member| *member != user).map(|member| self.name_of(member));
        let names: Vec<String> = others.chain(bot).collect();
        if names.is_empty() { self.name_of(user) } else { names.join(", ") }
    }
}
