//! What a person says through a LIFF app: message objects as bots send them, in the person's name.

use super::{NewGroup, Trouble};
use crate::simulator::{mint, world::World};
use serde_json::{Value, json};

/// A message as the account's webhook tells it; none for the kinds of which LINE tells nothing.
fn told(message: &Value) -> Option<Value> {
    let external = |fields: &[&str]| {
        let mut provider = json!({ "type": "external" });
        for name in fields {
            if let Some(url) = message.get(name) {
                provider[*name] = url.clone();
            }
        }
        provider
    };
    let both = ["originalContentUrl", "previewImageUrl"];
    Some(match message["type"].as_str()? {
        "text" => json!({ "type": "text", "text": message["text"] }),
        "image" => json!({ "type": "image", "contentProvider": external(&both) }),
        "video" => json!({ "type": "video", "contentProvider": external(&both) }),
        "audio" => {
            json!({ "type": "audio", "duration": message["duration"], "contentProvider": external(&both[..1]) })
        }
        "location" => {
            let mut place = json!({ "type": "location" });
            for name in ["title", "address", "latitude", "longitude"] {
                place[name] = message[name].clone();
            }
            place
        }
        "sticker" => json!({
            "type": "sticker",
            "packageId": message["packageId"],
            "stickerId": message["stickerId"],
            "stickerResourceType": "STATIC",
        }),
        _ => return None,
    })
}

impl World {
    /// Says message objects in a room. The account in it hears of them, but for templates and Flex.
    ///
    /// # Errors
    /// When the room or the friend does not exist, or the account is blocked.
    pub fn say_all(&mut self, user: &str, room: &str, messages: Vec<Value>, at: i64) -> Result<(), Trouble> {
        for message in messages {
            let place = self.place(user, room)?;
            let told = told(&message);
            let mut shown = message;
            for (name, value) in told.iter().filter_map(Value::as_object).flatten() {
                shown[name] = value.clone();
            }
            self.utter(user, room, place, &mint::message_id(at), shown, told, at);
        }
        Ok(())
    }

    /// The room in which a person talks with another one or with a group. Friends who never talked get one:
    /// a room of two, without a bot.
    ///
    /// # Errors
    /// When there is no such person, or they are not in that group.
    pub fn room_with(&mut self, user: &str, to: &str, at: i64) -> Result<String, Trouble> {
        if let Some(group) = self.groups.get(to) {
            let member = group.members.iter().any(|member| member == user);
            return if member { Ok(to.to_owned()) } else { Err(Trouble::Forbidden) };
        }
        if to == user {
            return Err(Trouble::NotFound);
        }
        let mut own = self.groups_of.get(user).into_iter().flatten().filter_map(|id| self.groups.get(id));
        let two = |members: &[String]| members.len() == 2 && members.iter().any(|member| member == to);
        let known = own.find(|group| group.id.starts_with('R') && group.bot.is_none() && two(&group.members));
        if let Some(known) = known {
            return Ok(known.id.clone());
        }
        let members = vec![user.to_owned(), to.to_owned()];
        let two = NewGroup { id: None, name: String::new(), members, room: true };
        Ok(self.create_group(two, None, at)?.id)
    }
}
