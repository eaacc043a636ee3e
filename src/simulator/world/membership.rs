//! Memberships: plans for which friends pay each month (line-platform.md §12). Plans are made on the
//! manager's screens; bots only read them.

use super::World;
use serde::{Deserialize, Serialize};

/// A plan, with those who have joined it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Plan {
    /// A number.
    pub membership_id: i64,
    /// Its name.
    pub title: String,
    /// What it is.
    pub description: String,
    /// What members get; at most five.
    pub benefits: Vec<String>,
    /// A month.
    pub price: f64,
    /// How many may join; none without a cap.
    pub member_limit: Option<u64>,
    /// Paid inside LINE.
    pub is_in_app_purchase: bool,
    /// Can be joined.
    pub is_published: bool,
    /// Those in it, in the order in which they came.
    pub members: Vec<Member>,
}

/// Somebody in a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// User id.
    pub user_id: String,
    /// Their number in the plan, from 1.
    pub membership_no: u64,
    /// Unix milliseconds.
    pub joined: i64,
    /// Months paid.
    pub months: i64,
}

impl World {
    /// Writes a channel's plans back.
    pub fn save_plans(&mut self, channel: &str) {
        if let Some(plans) = self.plans.get(channel).filter(|_| self.keep).cloned() {
            self.save("plans", channel, &plans);
        }
    }
}
