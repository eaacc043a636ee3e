//! Taking a coupon, drawing it, using it (line-platform.md §12). The account hears of none of that.

use super::Trouble;
use crate::simulator::world::{World, coupon::Coupon, ticket::Ticket};
use serde_json::Value;

/// Its beginning and end, Unix milliseconds.
pub fn period(coupon: &Coupon) -> (i64, i64) {
    let at = |name: &str| coupon.body[name].as_i64().unwrap_or_default().saturating_mul(crate::time::SECOND);
    (at("startTimestamp"), at("endTimestamp"))
}

/// It can be used again and again.
pub fn again(coupon: &Coupon) -> bool {
    coupon.body["maxUseCountPerTicket"] == -1
}

/// Of a lottery: how likely one wins, in hundredths.
pub fn chance(coupon: &Coupon) -> Option<i64> {
    let condition = &coupon.body["acquisitionCondition"];
    (condition["type"] == "lottery").then(|| condition["lotteryProbability"].as_i64().unwrap_or_default())
}

impl World {
    /// Everything that could be won is won.
    pub fn is_given_out(&self, coupon: &Coupon) -> bool {
        let most = coupon.body["acquisitionCondition"].get("maxAcquireCount").and_then(Value::as_u64);
        chance(coupon).is_some() && most.is_some_and(|most| self.given_out(&coupon.id) >= most)
    }

    /// Takes a coupon, or takes part in its lottery; `win` decides that for tests. Answers whether it is theirs now.
    ///
    /// # Errors
    /// When there is no such coupon or person, it is over, or they took it before.
    pub fn take_coupon(&mut self, user: &str, id: &str, win: Option<bool>, at: i64) -> Result<bool, Trouble> {
        let coupon = self.coupons.get(id).filter(|_| self.has_user(user)).ok_or(Trouble::NotFound)?;
        if coupon.is_closed(at) {
            return Err(Trouble::Forbidden);
        }
        if self.ticket(user, id).is_some() {
            return Err(Trouble::Taken);
        }
        let out = self.is_given_out(coupon);
        let won = match chance(coupon) {
            None => true,
            Some(chance) => !out && win.unwrap_or_else(|| i64::from(rand::random::<u16>() % 100) < chance),
        };
        self.put_ticket(Ticket { user: user.into(), coupon: id.into(), got: at, lost: !won, used: Vec::new() });
        self.changed(user);
        Ok(won)
    }

    /// Uses a coupon at the till.
    ///
    /// # Errors
    /// When they do not hold it, or it can't be used now.
    pub fn use_coupon(&mut self, user: &str, id: &str, at: i64) -> Result<(), Trouble> {
        let coupon = self.coupons.get(id).ok_or(Trouble::NotFound)?;
        let ticket = self.ticket(user, id).filter(|ticket| !ticket.lost).ok_or(Trouble::NotFound)?;
        if coupon.is_closed(at) || at < period(coupon).0 {
            return Err(Trouble::Forbidden);
        }
        if !again(coupon) && !ticket.used.is_empty() {
            return Err(Trouble::Taken);
        }
        let mut ticket = ticket.clone();
        ticket.used.push(at);
        self.put_ticket(ticket);
        self.changed(user);
        Ok(())
    }
}
