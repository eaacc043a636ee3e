//! Messages that are one thing to look at, to listen to or to go to.

use super::node::{Check, Limit, NEEDED, Node, OPTIONAL};

impl Check {
    pub(super) fn sticker(&mut self, message: &Node) {
        for name in ["packageId", "stickerId"] {
            let id = message.child(name);
            if self
                .text(&id, NEEDED, Limit::Units(20))
                .is_some_and(|text| !text.bytes().all(|byte| byte.is_ascii_digit()))
            {
                self.wrong("invalid property", &id.within(message, name));
            }
        }
        self.string(&message.child("quoteToken"), OPTIONAL);
    }

    pub(super) fn image(&mut self, message: &Node) {
        self.url(&message.child("originalContentUrl"), NEEDED);
        self.url(&message.child("previewImageUrl"), NEEDED);
    }

    pub(super) fn video(&mut self, message: &Node) {
        self.image(message);
        self.tag(&message.child("trackingId"), 100, "-.=,+*()%$&;:@{}!?<>[]");
    }

    pub(super) fn audio(&mut self, message: &Node) {
        self.url(&message.child("originalContentUrl"), NEEDED);
        self.whole(&message.child("duration"), NEEDED, 1);
    }

    pub(super) fn location(&mut self, message: &Node) {
        self.text(&message.child("title"), NEEDED, Limit::Units(100));
        self.text(&message.child("address"), NEEDED, Limit::Units(100));
        self.degrees(&message.child("latitude"), 90.0);
        self.degrees(&message.child("longitude"), 180.0);
    }

    fn degrees(&mut self, at: &Node, most: f64) {
        match at.value.as_f64() {
            None if !at.is_there() => self.wrong("must be specified", at),
            None => self.unreadable(at),
            Some(degrees) if degrees.abs() > most => self.wrong(format!("Must be between -{most} and {most}"), at),
            Some(_) => {}
        }
    }

    pub(super) fn coupon(&mut self, message: &Node) {
        self.text(&message.child("couponId"), NEEDED, Limit::Units(26));
        self.tag(&message.child("deliveryTag"), 30, "_");
    }

    /// A name of letters, digits and some `others`, for the account's own books.
    fn tag(&mut self, at: &Node, most: usize, others: &str) {
        let fits = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
        if self.text(at, OPTIONAL, Limit::Units(most)).is_some_and(|tag| !tag.chars().all(fits)) {
            self.wrong("contains a character that can't be used", at);
        }
    }
}
