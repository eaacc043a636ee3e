//! A coupon as a friend's wallet shows it.

use serde::{Deserialize, Serialize};

/// What can be done with a coupon now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponState {
    /// It can be taken.
    New,
    /// A lottery in which this friend has not taken part.
    Draw,
    /// Taken, but its time has not begun.
    Early,
    /// It can be used.
    Ready,
    /// It was used as often as it may be.
    Used,
    /// The lottery was lost.
    Lost,
    /// All that could be won is won.
    Gone,
    /// Its time is over.
    Over,
    /// The account has closed it.
    Closed,
}

impl CouponState {
    /// Nothing can be done with it any more.
    pub fn is_past(self) -> bool {
        matches!(self, Self::Used | Self::Lost | Self::Gone | Self::Over | Self::Closed)
    }
}

/// How much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// It is not said.
    Unsaid,
    /// An amount.
    Fixed(i64),
    /// Hundredths.
    Percent(i64),
    /// Before and after.
    FromTo(i64, i64),
}

/// What one gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reward {
    /// Pays less.
    Discount(Price),
    /// Gets money back.
    CashBack(Price),
    /// Pays nothing.
    Free,
    /// A gift.
    Gift,
    /// Something else.
    Other,
}

/// A coupon, for one friend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponCard {
    /// Its id.
    pub id: String,
    /// Channel id of the account.
    pub channel: String,
    /// Name of the account.
    pub account: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Under which conditions.
    pub condition: String,
    /// Address of its picture, or empty.
    pub picture: String,
    /// Address of its bar code, or empty.
    pub barcode: String,
    /// What to tell at the till, or empty.
    pub code: String,
    /// Unix milliseconds.
    pub from: i64,
    /// Unix milliseconds.
    pub until: i64,
    /// What one gets.
    pub reward: Reward,
    /// What can be done with it.
    pub state: CouponState,
    /// Of a lottery: how likely one wins, in hundredths.
    pub chance: Option<i64>,
    /// It can be used again and again.
    pub again: bool,
    /// When it was used, Unix milliseconds.
    pub used: Vec<i64>,
}
