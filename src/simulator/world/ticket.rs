//! What friends hold of coupons: got, won or lost, used.

use super::World;
use serde::{Deserialize, Serialize};

/// A friend's share of a coupon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// User id.
    pub user: String,
    /// Coupon id.
    pub coupon: String,
    /// When they took it, or took part in the lottery, Unix milliseconds.
    pub got: i64,
    /// They lost.
    pub lost: bool,
    /// When it was used, Unix milliseconds.
    pub used: Vec<i64>,
}

impl World {
    /// What somebody holds of a coupon.
    pub fn ticket(&self, user: &str, coupon: &str) -> Option<&Ticket> {
        self.tickets.get(&(user.to_owned(), coupon.to_owned()))
    }

    /// How often a coupon was given out.
    pub fn given_out(&self, coupon: &str) -> u64 {
        self.given.get(coupon).copied().unwrap_or_default()
    }

    /// Remembers a ticket, new or changed, and writes it down.
    pub fn put_ticket(&mut self, ticket: Ticket) {
        self.save("ticket", &format!("{}/{}", ticket.user, ticket.coupon), &ticket);
        self.hold(ticket);
    }

    /// Remembers a ticket, now or when the simulator's file is read.
    pub(in crate::simulator) fn hold(&mut self, ticket: Ticket) {
        let (coupon, lost) = (ticket.coupon.clone(), ticket.lost);
        let before = self.tickets.insert((ticket.user.clone(), coupon.clone()), ticket);
        if before.is_none() && !lost {
            *self.given.entry(coupon).or_default() += 1;
        }
    }

    /// The tickets of somebody.
    pub fn tickets_of(&self, user: &str) -> impl Iterator<Item = &Ticket> {
        let first = (user.to_owned(), String::new());
        let own = user.to_owned();
        self.tickets.range(first..).map(|(_, ticket)| ticket).take_while(move |ticket| ticket.user == own)
    }
}
