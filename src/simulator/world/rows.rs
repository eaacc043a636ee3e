//! The world as rows: the other half of [`crate::simulator::store::read`]. Whoever adds a kind there adds it here;
//! a test holds the two together.

use super::{Row, World};
use crate::simulator::model::StateCounts;
use serde_json::json;
use std::mem::{replace, take};

impl World {
    /// Every row that the simulator's file holds of this world, in the order of kinds and ids.
    pub fn rows_of_all(&mut self) -> Vec<Row> {
        let (keep, before) = (replace(&mut self.keep, true), take(&mut self.rows));
        self.save_accounts();
        self.save_talk();
        self.save_sending();
        self.save_rich_menus();
        self.save_logins();
        self.save_crowds();
        self.save_platform();
        let mut rows = replace(&mut self.rows, before);
        self.keep = keep;
        rows.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        rows
    }

    fn save_accounts(&mut self) {
        let channels = take(&mut self.channels);
        channels.iter().for_each(|(id, channel)| self.save("channel", id, channel));
        self.channels = channels;
        let users = take(&mut self.users);
        users.iter().for_each(|(id, user)| self.save("user", id, user));
        self.users = users;
        let friends = take(&mut self.friends);
        for (channel, all) in &friends {
            all.iter().for_each(|(user, friend)| self.save("friend", &super::one_to_one(channel, user), friend));
        }
        self.friends = friends;
        let tokens = take(&mut self.tokens);
        tokens.iter().for_each(|(name, token)| self.save("token", name, token));
        self.tokens = tokens;
        let keys = take(&mut self.assertion_keys);
        keys.iter().for_each(|(id, key)| self.save("key", id, key));
        self.assertion_keys = keys;
        let apps = take(&mut self.liff_apps);
        apps.iter().for_each(|(id, app)| self.save("liff", id, app));
        self.liff_apps = apps;
        let plans = take(&mut self.plans);
        plans.iter().for_each(|(channel, plans)| self.save("plans", channel, plans));
        self.plans = plans;
    }

    fn save_talk(&mut self) {
        let groups = take(&mut self.groups);
        groups.iter().for_each(|(id, group)| self.save("group", id, group));
        self.groups = groups;
        let rooms = take(&mut self.rooms);
        for (key, room) in &rooms {
            room.messages.iter().for_each(|message| self.save_message(key, message));
        }
        self.rooms = rooms;
        let seats = take(&mut self.seats);
        seats.iter().for_each(|(key, seat)| self.save("seat", key, seat));
        self.seats = seats;
        let contents: Vec<String> = self.contents.keys().cloned().collect();
        contents.iter().for_each(|id| self.save_content(id));
    }

    fn save_sending(&mut self) {
        let accepted = take(&mut self.accepted);
        accepted.iter().enumerate().for_each(|(at, call)| self.save("accepted", &format!("{at:012}"), call));
        self.accepted = accepted;
        let mailings = take(&mut self.mailings);
        for (channel, all) in &mailings {
            all.iter().enumerate().for_each(|(at, one)| self.save("mailing", &format!("{channel}/{at:012}"), one));
        }
        self.mailings = mailings;
        let narrowcasts = take(&mut self.narrowcasts);
        narrowcasts.iter().enumerate().for_each(|(at, one)| self.save("narrowcast", &format!("{at:012}"), one));
        self.narrowcasts = narrowcasts;
        let units = take(&mut self.units);
        units.iter().for_each(|(channel, units)| self.save("units", channel, units));
        self.units = units;
        let audiences = take(&mut self.audiences);
        for (id, audience) in &audiences {
            let loads = audience.loads.iter().enumerate();
            loads.for_each(|(at, load)| self.save("audience_load", &format!("{id}/{at:06}"), load));
        }
        let ids: Vec<i64> = audiences.keys().copied().collect();
        self.audiences = audiences;
        ids.into_iter().for_each(|id| self.save_audience(id));
        let coupons = take(&mut self.coupons);
        coupons.iter().for_each(|(id, coupon)| self.save("coupon", id, coupon));
        self.coupons = coupons;
        let tickets = take(&mut self.tickets);
        tickets.iter().for_each(|((user, coupon), ticket)| self.save("ticket", &format!("{user}/{coupon}"), ticket));
        self.tickets = tickets;
        let uses = take(&mut self.menu_uses);
        for (menu, all) in &uses {
            all.iter().enumerate().for_each(|(at, one)| self.save("menu_use", &format!("{menu}/{at:09}"), one));
        }
        self.menu_uses = uses;
        let reactions = take(&mut self.reactions);
        for (request, all) in &reactions {
            all.iter().enumerate().for_each(|(at, one)| self.save("reaction", &format!("{request}/{at:09}"), one));
        }
        self.reactions = reactions;
    }

    fn save_logins(&mut self) {
        let logins = take(&mut self.logins);
        logins.channels.iter().for_each(|(id, channel)| self.save("login", id, channel));
        for ((channel, user), scopes) in &logins.consents {
            self.save("consent", &super::one_to_one(channel, user), scopes);
        }
        logins.tokens.iter().for_each(|(name, token)| self.save("user_token", name, token));
        logins.refreshes.iter().for_each(|(name, token)| self.save("refresh", name, token));
        logins.emails.iter().for_each(|(user, email)| self.save("email", user, email));
        self.logins = logins;
    }

    fn save_crowds(&mut self) {
        (0..=u16::MAX).take(self.crowds.len()).for_each(|number| self.save_crowd(number));
        self.save_waves();
    }

    fn save_platform(&mut self) {
        let done = take(&mut self.done);
        done.iter().for_each(|name| self.save("done", name, &json!({})));
        self.done = done;
        let (settings, manners) = (self.settings, self.manners);
        self.save("settings", "", &settings);
        self.save("manners", "", &manners);
        let hooks = take(&mut self.hooks);
        for (channel, one) in &hooks {
            self.save("hook", channel, one);
            one.hours
                .iter()
                .for_each(|(hour, counts)| self.save("hook_hour", &format!("{channel}/{hour:015}"), counts));
            one.errors.iter().for_each(|(id, error)| self.save("hook_error", &format!("{channel}/{id}"), error));
        }
        self.hooks = hooks;
    }

    /// How much there is.
    pub fn counts(&self) -> StateCounts {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        StateCounts {
            channels: count(self.channels.len()),
            users: count(self.users.len()),
            groups: count(self.groups.len()),
            messages: self.rooms.values().map(|room| count(room.messages.len())).sum(),
            contents: count(self.contents.len()),
        }
    }
}
