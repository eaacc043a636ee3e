//! Rich menus as data: the menus themselves, the default, links to friends, aliases, and batches.
//!
//! Limits and behaviour: line-platform.md §9. Rows: `rich_menu` holds an object, `rich_menu_image` its
//! picture, and `rich_menu_alias`, `rich_menu_default` and `rich_menu_link` name a menu each.

use super::{World, one_to_one};
use crate::simulator::mint;
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

/// Everything of one channel.
#[derive(Debug, Default)]
pub struct RichMenus {
    /// By menu id.
    pub menus: HashMap<String, RichMenu>,
    /// Seen by all friends who have none of their own.
    pub default: Option<String>,
    /// Menu id by user id.
    pub links: HashMap<String, String>,
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
        all.menus.get(all.links.get(user).or(all.default.as_ref())?)
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
    }

    /// Deletes a menu; it is nobody's and not the default from then on. Aliases go on naming it.
    pub fn delete_rich_menu(&mut self, channel: &str, id: &str) -> bool {
        let all = self.rich_menus(channel);
        if all.menus.remove(id).is_none() {
            return false;
        }
        let was_default = all.default.as_deref() == Some(id);
        let linked: Vec<String> =
            all.links.iter().filter(|(_, menu)| *menu == id).map(|(user, _)| user.clone()).collect();
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
        self.rich_menus(channel).default = menu.map(str::to_owned);
        self.keep_name("rich_menu_default", channel, menu);
        self.changed("");
    }

    /// Makes a menu a friend's own, or takes it from them. Nothing happens to those who are no friends.
    pub fn link_rich_menu(&mut self, channel: &str, user: &str, menu: Option<&str>) {
        if menu.is_some() && !self.is_friend(channel, user) {
            return;
        }
        let links = &mut self.rich_menus(channel).links;
        match menu {
            Some(menu) => links.insert(user.to_owned(), menu.to_owned()),
            None => links.remove(user),
        };
        let room = one_to_one(channel, user);
        self.keep_name("rich_menu_link", &room, menu);
        self.changed(&room);
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
            for (user, menu) in &menus.links {
                self.keep_name("rich_menu_link", &one_to_one(channel, user), Some(menu));
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
            "rich_menu_default" => self.rich_menus(id).default = Some(serde_json::from_slice(body)?),
            "rich_menu_link" => {
                let (channel, user) = of_channel()?;
                self.rich_menus(channel).links.insert(user.into(), serde_json::from_slice(body)?);
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
