//! What friends did with rich menus: saw one, tapped an area (line-platform.md §9).

use super::{World, reaction::VISIT};
use serde::{Deserialize, Serialize};

/// One impression, or one tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuUse {
    /// Menu id.
    pub menu: String,
    /// User id.
    pub user: String,
    /// The area that was tapped, from 0; none when the menu was only seen.
    pub area: Option<usize>,
    /// Unix milliseconds.
    pub time: i64,
}

impl World {
    fn use_menu(&mut self, one: MenuUse) {
        let count = self.menu_uses.get(&one.menu).map_or(0, Vec::len);
        self.save("menu_use", &format!("{}/{count:09}", one.menu), &one);
        self.menu_uses.entry(one.menu.clone()).or_default().push(one);
    }

    /// A friend sees the menu below a chat; again within half an hour is the same time.
    pub fn look_at_menu(&mut self, channel: &str, user: &str, at: i64) {
        let Some(menu) = self.rich_menu_of(channel, user).filter(|menu| menu.picture.is_some()) else { return };
        let menu = menu.id.clone();
        let uses = self.menu_uses.get(&menu).map(Vec::as_slice).unwrap_or_default();
        let last = uses.iter().rev().find(|one| one.user == user && one.area.is_none());
        if last.is_none_or(|last| at - last.time >= VISIT) {
            self.use_menu(MenuUse { menu, user: user.to_owned(), area: None, time: at });
        }
    }

    /// A friend taps an area of a menu.
    pub fn tap_menu(&mut self, menu: &str, user: &str, area: usize, at: i64) {
        self.use_menu(MenuUse { menu: menu.to_owned(), user: user.to_owned(), area: Some(area), time: at });
    }
}
