//! Rich menus as data: the menus themselves, the default, links to friends, aliases, and batches.
//!
//! Limits and behaviour: line-platform.md §9. Rows: `rich_menu` holds an object, `rich_menu_image` its
//! picture, and `rich_menu_alias`, `rich_menu_default` and `rich_menu_link` name a menu each.

use super::{World, one_to_one};
use crate::simulator::{crowd::Who, mint};
use anyhow::Context;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// The most menus, and the most aliases, that a channel may have.
pub const LIMIT: usize = 1_000;

/// A rich menu.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RichMenu {
    /// `richmenu-` and 32 hex digits.
    pub id: String,
    /// Whose.
    pub channel: String,
    /// `size`, `selected`, `name`, `chatBarText` and `areas`, as they were sent and found right.
    pub body: Value,
    /// Unix milliseconds.
    pub created: i64,
    /// Its picture, which can be given once; nobody sees a menu without one.
    #[serde(skip)]
    pub picture: Option<Picture>,
}

impl RichMenu {
    /// The object as the API answers it.
    pub fn object(&self) -> Value {
        let mut object = self.body.clone();
        object["richMenuId"] = self.id.as_str().into();
        object
    }
}

/// The picture of a menu.
#[derive(Clone, Debug)]
pub struct Picture {
    /// As uploaded.
    pub bytes: Bytes,
    /// `image/jpeg` or `image/png`, by what the bytes are.
    pub mime: String,
}

/// Menus of many friends that were changed at once. The work is done when it is accepted; a console
/// sees it go on for a moment all the same, as it would at LINE.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Batch {
    /// Unix milliseconds.
    pub accepted: i64,
    /// Unix milliseconds.
    pub completed: i64,
    /// `resumeRequestKey`: within 14 days the same key does nothing again.
    pub resume: Option<String>,
}

/// Since when a friend has a menu of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its id.
    pub menu: String,
    /// Unix milliseconds.
    pub since: i64,
}

/// From when until when a menu was somebody's, or everybody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Its id.
    pub menu: String,
    /// Unix milliseconds.
    pub from: i64,
    /// Unix milliseconds; none while it goes on.
    pub to: Option<i64>,
}

impl Span {
    fn holds(&self, time: i64) -> bool {
        self.from <= time && self.to.is_none_or(|to| time < to)
    }
}

/// Everything of one channel.
#[derive(Debug, Default)]
pub struct RichMenus {
    /// By menu id.
    pub menus: HashMap<String, RichMenu>,
    /// Seen by all friends who have none of their own.
    pub default: Option<String>,
    /// Which menu was the default when, the oldest first.
    pub shown: Vec<Span>,
    /// Friends' own menus, by user id.
    pub links: HashMap<String, Link>,
    /// Menus that members of crowds had before, the oldest first, by user id: what they did with them is computed.
    pub past: HashMap<String, Vec<Span>>,
    /// Menu id by alias. The menu may have been deleted since.
    pub aliases: BTreeMap<String, String>,
    /// By request id.
    pub batches: HashMap<String, Batch>,
}

impl World {
    /// The rich menus of a channel.
    pub fn rich_menus(&mut self, channel: &str) -> &mut RichMenus {
        self.rich_menus.entry(channel.to_owned()).or_default()
    }

    /// A menu of a channel.
    pub fn rich_menu(&self, channel: &str, id: &str) -> Option<&RichMenu> {
        self.rich_menus.get(channel)?.menus.get(id)
    }

    /// The picture of a menu of any channel.
    pub fn rich_menu_picture(&self, id: &str) -> Option<&Picture> {
        self.rich_menus.values().find_map(|all| all.menus.get(id)?.picture.as_ref())
    }

    /// Whether somebody has added an account and not blocked it.
    pub fn is_friend(&self, channel: &str, user: &str) -> bool {
        self.friend(channel, user).is_some_and(|friend| friend.welcomes())
    }

    /// The menu on a friend's phone: their own before the default. Who is no friend sees none.
    pub fn rich_menu_of(&self, channel: &str, user: &str) -> Option<&RichMenu> {
        let all = self.rich_menus.get(channel).filter(|_| self.is_friend(channel, user))?;
        all.menus.get(all.links.get(user).map(|link| &link.menu).or(all.default.as_ref())?)
    }

    /// The menu on a friend's phone at some time: their own before the default. `user` is asked for only where
    /// somebody has a menu of their own.
    pub fn menu_then(&self, channel: &str, user: impl FnOnce() -> String, time: i64) -> Option<&str> {
        let all = self.rich_menus.get(channel)?;
        if !all.links.is_empty() || !all.past.is_empty() {
            let user = user();
            let past = all.past.get(&user).into_iter().flatten().find(|span| span.holds(time));
            let own = all.links.get(&user).filter(|link| link.since <= time).map(|link| &link.menu);
            if let Some(own) = past.map(|span| &span.menu).or(own) {
                return Some(own);
            }
        }
        all.shown.iter().find(|span| span.holds(time)).map(|span| span.menu.as_str())
    }

    /// Makes a menu of an object that was found right, and answers its id; none when there are too many.
    pub fn create_rich_menu(&mut self, channel: &str, body: Value, at: i64) -> Option<String> {
        let id = format!("richmenu-{}", mint::hex(32));
        let menu = RichMenu { id: id.clone(), channel: channel.into(), body, created: at, picture: None };
        let all = self.rich_menus(channel);
        if all.menus.len() >= LIMIT {
            return None;
        }
        all.menus.insert(id.clone(), menu.clone());
        self.save("rich_menu", &id, &menu);
        Some(id)
    }

    /// Gives a menu its picture.
    pub fn set_rich_menu_picture(&mut self, channel: &str, id: &str, picture: Picture) {
        let Some(menu) = self.rich_menus(channel).menus.get_mut(id) else { return };
        menu.picture = Some(picture.clone());
        let body = super::with_head(&json!({ "channel": channel, "mime": picture.mime }), &picture.bytes);
        self.save_bytes("rich_menu_image", id, body);
        self.menus_changed();
    }

    /// Deletes a menu; it is nobody's and not the default from then on. Aliases go on naming it.
    pub fn delete_rich_menu(&mut self, channel: &str, id: &str) -> bool {
        let all = self.rich_menus(channel);
        if all.menus.remove(id).is_none() {
            return false;
        }
        let was_default = all.default.as_deref() == Some(id);
        let linked: Vec<String> =
            all.links.iter().filter(|(_, link)| link.menu == id).map(|(user, _)| user.clone()).collect();
        self.forget("rich_menu", id);
        self.forget("rich_menu_image", id);
        if was_default {
            self.set_default_rich_menu(channel, None);
        }
        for user in linked {
            self.link_rich_menu(channel, &user, None);
        }
        true
    }

    /// Makes a menu everybody's, or nobody's.
    pub fn set_default_rich_menu(&mut self, channel: &str, menu: Option<&str>) {
        let now = self.now();
        let all = self.rich_menus(channel);
        if all.default.as_deref() != menu {
            for span in all.shown.iter_mut().filter(|span| span.to.is_none()) {
                span.to = Some(now);
            }
            all.shown.extend(menu.map(|menu| Span { menu: menu.to_owned(), from: now, to: None }));
        }
        all.default = menu.map(str::to_owned);
        let shown = all.shown.clone();
        self.keep_name("rich_menu_default", channel, menu);
        self.save("rich_menu_shown", channel, &shown);
        self.menus_changed();
        self.changed("");
    }

    /// Makes a menu a friend's own, or takes it from them. Nothing happens to those who are no friends.
    pub fn link_rich_menu(&mut self, channel: &str, user: &str, menu: Option<&str>) {
        if menu.is_some() && !self.is_friend(channel, user) {
            return;
        }
        let now = self.now();
        let member = matches!(self.who(user), Some(Who::Member(..)));
        let room = one_to_one(channel, user);
        let all = self.rich_menus(channel);
        let before = all.links.get(user).cloned();
        if before.as_ref().map(|link| link.menu.as_str()) == menu {
            return;
        }
        match menu {
            Some(menu) => {
                let link = Link { menu: menu.to_owned(), since: now };
                all.links.insert(user.to_owned(), link.clone());
                self.save("rich_menu_link", &room, &link);
            }
            None => {
                all.links.remove(user);
                self.forget("rich_menu_link", &room);
            }
        }
        if let Some(before) = before.filter(|_| member) {
            let past = self.rich_menus(channel).past.entry(user.to_owned()).or_default();
            past.push(Span { menu: before.menu, from: before.since, to: Some(now) });
            let past = past.clone();
            self.save("rich_menu_past", &room, &past);
        }
        if member {
            self.menus_changed();
        }
        self.changed(&room);
    }

    /// Nobody of these has, or had, a menu of their own.
    pub fn forget_menus_of(&mut self, channel: &str, of: impl Fn(&str) -> bool) {
        let all = self.rich_menus(channel);
        let mut gone: Vec<(&'static str, String)> = Vec::new();
        gone.extend(all.links.keys().filter(|user| of(user)).map(|user| ("rich_menu_link", user.clone())));
        gone.extend(all.past.keys().filter(|user| of(user)).map(|user| ("rich_menu_past", user.clone())));
        all.links.retain(|user, _| !of(user));
        all.past.retain(|user, _| !of(user));
        for (kind, user) in gone {
            self.forget(kind, &one_to_one(channel, &user));
        }
    }

    /// Makes an alias name a menu, or removes it.
    pub fn set_rich_menu_alias(&mut self, channel: &str, alias: &str, menu: Option<&str>) {
        let aliases = &mut self.rich_menus(channel).aliases;
        match menu {
            Some(menu) => aliases.insert(alias.to_owned(), menu.to_owned()),
            None => aliases.remove(alias),
        };
        self.keep_name("rich_menu_alias", &format!("{channel}/{alias}"), menu);
    }

    /// Remembers a batch.
    pub fn add_rich_menu_batch(&mut self, channel: &str, request: &str, batch: Batch) {
        self.save("rich_menu_batch", &format!("{channel}/{request}"), &batch);
        self.rich_menus(channel).batches.insert(request.to_owned(), batch);
    }

    /// Writes all of it down, as each change would have.
    pub(super) fn save_rich_menus(&mut self) {
        let all = std::mem::take(&mut self.rich_menus);
        for (channel, menus) in &all {
            for (id, menu) in &menus.menus {
                self.save("rich_menu", id, menu);
                if let Some(picture) = &menu.picture {
                    let head = json!({ "channel": channel, "mime": picture.mime });
                    self.save_bytes("rich_menu_image", id, super::with_head(&head, &picture.bytes));
                }
            }
            if let Some(menu) = &menus.default {
                self.keep_name("rich_menu_default", channel, Some(menu));
            }
            if !menus.shown.is_empty() {
                self.save("rich_menu_shown", channel, &menus.shown);
            }
            for (user, link) in &menus.links {
                self.save("rich_menu_link", &one_to_one(channel, user), link);
            }
            for (user, past) in &menus.past {
                self.save("rich_menu_past", &one_to_one(channel, user), past);
            }
            for (alias, menu) in &menus.aliases {
                self.keep_name("rich_menu_alias", &format!("{channel}/{alias}"), Some(menu));
            }
            for (request, batch) in &menus.batches {
                self.save("rich_menu_batch", &format!("{channel}/{request}"), batch);
            }
        }
        self.rich_menus = all;
    }

    fn keep_name(&mut self, kind: &'static str, id: &str, menu: Option<&str>) {
        match menu {
            Some(menu) => self.save(kind, id, &menu),
            None => self.forget(kind, id),
        }
    }

    /// Takes in a row of the simulator's file. `rich_menu` sorts before `rich_menu_image`, so a menu is
    /// there before its picture.
    pub(in crate::simulator) fn read_rich_menu(&mut self, kind: &str, id: &str, body: &[u8]) -> anyhow::Result<()> {
        #[derive(Deserialize)]
        struct Head {
            channel: String,
            mime: String,
        }
        let of_channel = || id.split_once('/').context("no slash in a rich menu's row");
        match kind {
            "rich_menu" => {
                let menu: RichMenu = serde_json::from_slice(body)?;
                self.rich_menus(&menu.channel.clone()).menus.insert(id.into(), menu);
            }
            "rich_menu_image" => {
                let (head, bytes) = super::split_head(body).context("no head on a picture")?;
                let Head { channel, mime } = serde_json::from_slice(head)?;
                let picture = Picture { bytes: Bytes::copy_from_slice(bytes), mime };
                if let Some(menu) = self.rich_menus(&channel).menus.get_mut(id) {
                    menu.picture = Some(picture);
                }
            }
            "rich_menu_default" => {
                let menu: String = serde_json::from_slice(body)?;
                let all = self.rich_menus(id);
                // Since when it was is a row of its own, which older files do not have.
                all.shown = vec![Span { menu: menu.clone(), from: 0, to: None }];
                all.default = Some(menu);
            }
            "rich_menu_shown" => self.rich_menus(id).shown = serde_json::from_slice(body)?,
            "rich_menu_link" => {
                let (channel, user) = of_channel()?;
                // Older files have the menu's id alone.
                let link = serde_json::from_slice::<Link>(body)
                    .or_else(|_| serde_json::from_slice(body).map(|menu| Link { menu, since: 0 }))?;
                self.rich_menus(channel).links.insert(user.into(), link);
            }
            "rich_menu_past" => {
                let (channel, user) = of_channel()?;
                self.rich_menus(channel).past.insert(user.into(), serde_json::from_slice(body)?);
            }
            "rich_menu_alias" => {
                let (channel, alias) = of_channel()?;
                self.rich_menus(channel).aliases.insert(alias.into(), serde_json::from_slice(body)?);
            }
            "rich_menu_batch" => {
                let (channel, request) = of_channel()?;
                self.rich_menus(channel).batches.insert(request.into(), serde_json::from_slice(body)?);
            }
            _ => {}
        }
        Ok(())
    }
}
