//! What follows when a friend taps a rich menu (line-platform.md §9).

use super::Trouble;
use crate::simulator::{model::Tap, world::World};

impl World {
    /// Taps an area of a menu. `value` is the date or time that was picked, where the area asks for one.
    /// Opening addresses and copying is the phone's own business: no webhook hears of it, but it is counted.
    ///
    /// # Errors
    /// When there is no such menu or area, who taps is no friend, or `value` can't be picked.
    pub fn tap(
        &mut self,
        user: &str,
        channel: &str,
        menu: &str,
        area: usize,
        value: &str,
        at: i64,
    ) -> Result<Tap, Trouble> {
        if !self.is_friend(channel, user) {
            return Err(Trouble::Forbidden);
        }
        let found = self.rich_menu(channel, menu).filter(|menu| menu.picture.is_some());
        let action = found.and_then(|menu| menu.body.pointer(&format!("/areas/{area}/action"))).cloned();
        let action = action.ok_or(Trouble::NotFound)?;
        self.look_at_menu(channel, user, at);
        self.tap_menu(menu, user, area, at);
        self.perform(user, channel, &action, value, true, at)
    }

    /// Changes to the menu that an alias names. It is the friend's own from then on, so that clearing the
    /// default does not take it away. Answers LINE's word for how it went.
    pub(super) fn switch(&mut self, user: &str, channel: &str, alias: &str) -> &'static str {
        let all = self.rich_menus(channel);
        let Some(menu) = all.aliases.get(alias).cloned() else { return "RICHMENU_ALIAS_ID_NOTFOUND" };
        if !all.menus.contains_key(&menu) {
            return "RICHMENU_NOTFOUND";
        }
        self.link_rich_menu(channel, user, Some(&menu));
        "SUCCESS"
    }
}
