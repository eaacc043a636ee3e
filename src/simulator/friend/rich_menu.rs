//! What follows when a friend taps a rich menu (line-platform.md §7 and §9).

use super::Trouble;
use crate::simulator::{
    mint,
    model::{Author, Message, Picker},
    world::{World, one_to_one},
};
use serde_json::{Value, json};

impl World {
    /// Taps an area of a menu. `value` is the date or time that was picked, where the area asks for one.
    /// Opening addresses and copying is the phone's own business, of which nobody hears.
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
    ) -> Result<(), Trouble> {
        if !self.is_friend(channel, user) {
            return Err(Trouble::Forbidden);
        }
        let found = self.rich_menu(channel, menu).filter(|menu| menu.picture.is_some());
        let action = found.and_then(|menu| menu.body.pointer(&format!("/areas/{area}/action"))).cloned();
        let action = action.ok_or(Trouble::NotFound)?;
        self.look(channel, user, at);
        self.tap_menu(menu, user, area, at);
        let word = |name: &str| action.get(name).and_then(Value::as_str).filter(|word| !word.is_empty());
        let data = word("data").unwrap_or_default();
        match word("type").unwrap_or_default() {
            "message" => self.say(user, channel, text(word("text").unwrap_or_default()), None, at).map(|_| ()),
            "postback" => {
                if let Some(words) = word("text") {
                    self.say(user, channel, text(words), None, at)?;
                } else if let Some(words) = word("displayText") {
                    self.show(user, channel, words, at);
                } else {
                    return self.postback(user, channel, data, None, at);
                }
                self.tell(user, channel, json!({ "data": data }), at);
                Ok(())
            }
            "datetimepicker" => {
                let picker = Picker::of(&action).ok_or(Trouble::NotFound)?;
                let chosen = picker.accept(value).ok_or(Trouble::Invalid)?;
                let params = json!({ (picker.mode.word()): chosen });
                self.postback(user, channel, data, Some(params), at)
            }
            "richmenuswitch" => {
                let alias = word("richMenuAliasId").unwrap_or_default();
                let status = self.switch(user, channel, alias);
                let params = json!({ "newRichMenuAliasId": alias, "status": status });
                self.tell(user, channel, json!({ "data": data, "params": params }), at);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Changes to the menu that an alias names. It is the friend's own from then on, so that clearing the
    /// default does not take it away. Answers LINE's word for how it went.
    fn switch(&mut self, user: &str, channel: &str, alias: &str) -> &'static str {
        let all = self.rich_menus(channel);
        let Some(menu) = all.aliases.get(alias).cloned() else { return "RICHMENU_ALIAS_ID_NOTFOUND" };
        if !all.menus.contains_key(&menu) {
            return "RICHMENU_NOTFOUND";
        }
        self.link_rich_menu(channel, user, Some(&menu));
        "SUCCESS"
    }

    /// Shows `displayText`: a bubble of the friend's of which the webhook hears nothing.
    fn show(&mut self, user: &str, channel: &str, words: &str, at: i64) {
        let message = Message {
            id: mint::message_id(at),
            time: at,
            from: Author::User(user.into()),
            body: text(words),
            unsent: false,
            read: false,
            read_token: String::new(),
            quote_token: String::new(),
        };
        self.put(&one_to_one(channel, user), message);
    }

    /// Sends a postback without a line about it in the room, where something else is to be seen of it.
    fn tell(&mut self, user: &str, channel: &str, postback: Value, at: i64) {
        let source = json!({ "type": "user", "userId": user });
        self.event(channel, at, &source, Some(user), json!({ "type": "postback", "postback": postback }));
    }
}

fn text(words: &str) -> Value {
    json!({ "type": "text", "text": words })
}
