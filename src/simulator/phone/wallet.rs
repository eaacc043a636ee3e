//! The coupons of a friend: what they took, and what came to them in a message and waits.

use crate::simulator::{
    friend::{Trouble, again, chance, period},
    model::{CouponCard, CouponState, Price, Reward},
    world::{World, coupon::Coupon, one_to_one},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many bubbles of a room are searched for coupons.
const SEARCHED: usize = 200;

fn text(body: &Value, name: &str) -> String {
    body[name].as_str().unwrap_or_default().to_owned()
}

fn price(info: &Value) -> Price {
    let number = |name: &str| info[name].as_i64().unwrap_or_default();
    match info["type"].as_str().unwrap_or_default() {
        "fixed" => Price::Fixed(number("fixedAmount")),
        "percentage" => Price::Percent(number("percentage")),
        "explicit" => Price::FromTo(number("originalPrice"), number("priceAfterDiscount")),
        _ => Price::Unsaid,
    }
}

fn reward(body: &Value) -> Reward {
    let info = &body["reward"]["priceInfo"];
    match body["reward"]["type"].as_str().unwrap_or_default() {
        "discount" => Reward::Discount(price(info)),
        "cashBack" => Reward::CashBack(price(info)),
        "free" => Reward::Free,
        "gift" => Reward::Gift,
        _ => Reward::Other,
    }
}

impl World {
    fn state_of_coupon(&self, user: &str, coupon: &Coupon) -> CouponState {
        let now = self.now();
        let ticket = self.ticket(user, &coupon.id);
        let (from, until) = period(coupon);
        match ticket {
            Some(ticket) if ticket.lost => CouponState::Lost,
            Some(ticket) if !again(coupon) && !ticket.used.is_empty() => CouponState::Used,
            _ if coupon.closed => CouponState::Closed,
            _ if now >= until => CouponState::Over,
            Some(_) if now < from => CouponState::Early,
            Some(_) => CouponState::Ready,
            None if self.is_given_out(coupon) => CouponState::Gone,
            None if chance(coupon).is_some() => CouponState::Draw,
            None => CouponState::New,
        }
    }

    fn card(&self, user: &str, coupon: &Coupon) -> CouponCard {
        let body = &coupon.body;
        let (from, until) = period(coupon);
        let state = self.state_of_coupon(user, coupon);
        // What is told at the till is told to those who hold the coupon.
        let held = self.ticket(user, &coupon.id).is_some_and(|ticket| !ticket.lost);
        let secret = |name: &str| if held { text(body, name) } else { String::new() };
        CouponCard {
            id: coupon.id.clone(),
            channel: coupon.channel.clone(),
            account: self.channels.get(&coupon.channel).map(|channel| channel.name.clone()).unwrap_or_default(),
            title: text(body, "title"),
            description: text(body, "description"),
            condition: text(body, "usageCondition"),
            picture: text(body, "imageUrl"),
            barcode: secret("barcodeImageUrl"),
            code: secret("couponCode"),
            from,
            until,
            reward: reward(body),
            state,
            chance: chance(coupon),
            again: again(coupon),
            used: self.ticket(user, &coupon.id).map(|ticket| ticket.used.clone()).unwrap_or_default(),
        }
    }

    /// One coupon, for one friend.
    ///
    /// # Errors
    /// When there is no such coupon or friend.
    pub fn coupon_of(&self, user: &str, id: &str) -> Result<CouponCard, Trouble> {
        self.person(user)?;
        self.coupons.get(id).map(|coupon| self.card(user, coupon)).ok_or(Trouble::NotFound)
    }

    /// Coupons that came in messages of a room.
    fn sent_to(&self, key: &str) -> Vec<String> {
        let bubbles = self.bubbles_in(key, SEARCHED);
        let sent = bubbles.iter().filter(|bubble| bubble.body["type"] == "coupon");
        sent.filter_map(|bubble| bubble.body["couponId"].as_str().map(str::to_owned)).collect()
    }

    /// The coupons of a friend: first what can be done something with, each kind by its end.
    ///
    /// # Errors
    /// When there is no such friend.
    pub fn wallet(&self, user: &str) -> Result<Vec<CouponCard>, Trouble> {
        self.person(user)?;
        let mut ids: BTreeSet<String> = self.tickets_of(user).map(|ticket| ticket.coupon.clone()).collect();
        for channel in self.channels.keys() {
            ids.extend(self.sent_to(&one_to_one(channel, user)));
        }
        for group in self.groups_of.get(user).into_iter().flatten() {
            ids.extend(self.sent_to(group));
        }
        let mut cards: Vec<_> = ids.iter().filter_map(|id| self.coupon_of(user, id).ok()).collect();
        cards.sort_by_key(|card| (card.state.is_past(), card.until, card.id.clone()));
        Ok(cards)
    }

    /// The coupons that an account shows to everybody.
    pub fn public_coupons(&self, user: &str, channel: &str) -> Vec<CouponCard> {
        let now = self.now();
        let open = |coupon: &&Coupon| {
            coupon.channel == channel && coupon.body["visibility"] == "PUBLIC" && !coupon.is_closed(now)
        };
        self.coupons.values().filter(open).rev().take(20).map(|coupon| self.card(user, coupon)).collect()
    }
}
