//! Coupons in a room: a message names one, and the phone shows what it is.

use crate::simulator::{
    model::{Author, Message},
    world::World,
};

impl World {
    /// Puts the object of its coupon into each message that names one.
    pub(super) fn with_coupons(&self, mut messages: Vec<Message>) -> Vec<Message> {
        for message in &mut messages {
            let Author::Bot(channel) = &message.from else { continue };
            let id = message.body.get("couponId").and_then(serde_json::Value::as_str);
            if let Some(coupon) = id.and_then(|id| self.coupon(channel, id)) {
                message.body["coupon"] = coupon.body.clone();
            }
        }
        messages
    }
}
