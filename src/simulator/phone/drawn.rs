//! Messages as a room shows them: with what they name but do not carry, and pictures of one set as one bubble.

use crate::simulator::{
    model::{Author, Message},
    world::World,
};
use serde_json::Value;

impl World {
    /// What a room shows of its messages, the oldest first.
    pub(super) fn drawn(&self, messages: Vec<Message>) -> Vec<Message> {
        let mut shown: Vec<Message> = Vec::with_capacity(messages.len());
        for mut message in messages {
            self.describe_coupon(&mut message);
            if let Some(before) = shown.last().filter(|before| is_set(before, &message)) {
                let mut pictures = pictures(before);
                pictures.push(address(&message.id));
                message.body["pictures"] = pictures.into();
                shown.pop();
            }
            shown.push(message);
        }
        shown
    }

    /// Puts the object of its coupon into a message that names one.
    fn describe_coupon(&self, message: &mut Message) {
        let Author::Bot(channel) = &message.from else { return };
        let id = message.body.get("couponId").and_then(Value::as_str);
        if let Some(coupon) = id.and_then(|id| self.coupon(channel, id)) {
            message.body["coupon"] = coupon.body.clone();
        }
    }
}

fn address(id: &str) -> Value {
    format!("/simulator/content/{id}").into()
}

/// The pictures of a bubble: those that were gathered, or its own.
fn pictures(message: &Message) -> Vec<Value> {
    let gathered = message.body.get("pictures").and_then(Value::as_array).cloned();
    gathered.unwrap_or_else(|| vec![address(&message.id)])
}

/// Whether two pictures were sent in one go.
fn is_set(before: &Message, after: &Message) -> bool {
    let set = |message: &Message| message.body.pointer("/imageSet/id").and_then(Value::as_str).map(str::to_owned);
    set(before).is_some() && set(before) == set(after) && before.from == after.from
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pictures_of_one_set_are_one_bubble() {
        let message = |id: &str, set: &str| Message {
            id: id.into(),
            time: 0,
            from: Author::User("U1".into()),
            body: json!({ "type": "image", "imageSet": { "id": set, "index": 1, "total": 2 } }),
            unsent: false,
            edited: false,
            silent: false,
            read: false,
            read_token: String::new(),
            quote_token: String::new(),
        };
        let shown = World::default().drawn(vec![message("1", "a"), message("2", "a"), message("3", "b")]);
        assert_eq!(shown.iter().map(|message| message.id.as_str()).collect::<Vec<_>>(), ["2", "3"]);
        assert_eq!(shown[0].body["pictures"], json!(["/simulator/content/1", "/simulator/content/2"]));
        assert_eq!(shown[1].body.get("pictures"), None);
    }
}
