//! Coupons: made once, never changed, closed (line-platform.md §12).

use super::World;
use crate::time::SECOND;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most coupons that a channel may have running.
pub const RUNNING_LIMIT: usize = 5_000;

/// One coupon.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Coupon {
    /// A ULID, so ids sort by time.
    pub id: String,
    /// Whose.
    pub channel: String,
    /// What was asked for.
    pub body: Value,
    /// Unix milliseconds.
    pub created: i64,
    /// It was closed by hand.
    pub closed: bool,
}

impl Coupon {
    /// Nobody can get or use it any more: closed, or over.
    pub fn is_closed(&self, now: i64) -> bool {
        self.closed || self.body["endTimestamp"].as_i64().is_some_and(|end| end <= now / SECOND)
    }
}

impl World {
    /// A coupon of this channel.
    pub fn coupon(&self, channel: &str, id: &str) -> Option<&Coupon> {
        self.coupons.get(id).filter(|coupon| coupon.channel == channel)
    }

    /// Adds a coupon, or writes a changed one back.
    pub fn put_coupon(&mut self, coupon: Coupon) {
        self.save("coupon", &coupon.id, &coupon);
        self.coupons.insert(coupon.id.clone(), coupon);
    }
}
