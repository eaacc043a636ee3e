//! Linking a friend with a customer of the account's own service (line-platform.md §13, account link).

use super::Trouble;
use crate::{
    simulator::{mint, world::World},
    time::MINUTE,
};
use serde_json::{Value, json};

/// How long a link token can be used, milliseconds.
const LIFE: i64 = 10 * MINUTE;

/// Leads a friend through the linking, once. Short-lived as reply tokens are, so it is not written down.
#[derive(Clone, Debug)]
pub struct LinkToken {
    /// Whose.
    pub channel: String,
    /// For whom it was issued.
    pub user: String,
    /// Unix milliseconds.
    pub ends: i64,
}

impl World {
    /// Issues a link token for somebody who can talk with the account; those that ended are forgotten.
    ///
    /// # Errors
    /// When they can't, or there is no such person.
    pub fn issue_link_token(&mut self, channel: &str, user: &str, now: i64) -> Result<String, Trouble> {
        let friend = self.friend(channel, user).ok_or(Trouble::NotFound)?;
        if friend.blocked || !(friend.added || friend.wrote > 0) {
            return Err(Trouble::NotFound);
        }
        self.link_tokens.retain(|_, token| token.ends > now);
        let token = mint::hex(32);
        let link = LinkToken { channel: channel.into(), user: user.into(), ends: now + LIFE };
        self.link_tokens.insert(token.clone(), link);
        Ok(token)
    }

    /// Somebody comes back from the service's login with the token and a nonce. The channel is told that
    /// it went well, or, when `holder` is not the one for whom the token was issued, that it failed.
    /// Answers the channel and who came.
    ///
    /// # Errors
    /// When the token was used, has ended or never was, or there is no such person.
    pub fn link_account(
        &mut self,
        token: &str,
        nonce: &str,
        holder: Option<&str>,
        now: i64,
    ) -> Result<(String, String), Trouble> {
        if holder.is_some_and(|holder| !self.has_user(holder)) {
            return Err(Trouble::NotFound);
        }
        let link = self.link_tokens.remove(token).filter(|link| link.ends > now).ok_or(Trouble::NotFound)?;
        let holder = holder.unwrap_or(&link.user);
        let ok = holder == link.user;
        let payload = json!({
            "type": "accountLink",
            "link": { "result": if ok { "ok" } else { "failed" }, "nonce": nonce },
        });
        if ok {
            let source = json!({ "type": "user", "userId": link.user });
            self.event(&link.channel, now, &source, Some(&link.user), payload);
        } else {
            // Who it was is not told, and there is nobody to answer.
            self.event(&link.channel, now, &Value::Null, None, payload);
        }
        Ok((link.channel, holder.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::world::Friendship;

    #[test]
    fn a_link_token_lasts_ten_minutes_and_works_once() {
        let mut world = World::default();
        let friend = Friendship { added: true, ..Friendship::default() };
        world.friends.entry("1".into()).or_default().insert("U1".into(), friend);
        assert_eq!(world.issue_link_token("1", "U2", 0), Err(Trouble::NotFound));
        let token = world.issue_link_token("1", "U1", 0).unwrap_or_default();
        assert_eq!(world.link_account(&token, "nonce", None, LIFE), Err(Trouble::NotFound));
        let token = world.issue_link_token("1", "U1", 0).unwrap_or_default();
        assert_eq!(world.link_account(&token, "nonce", None, LIFE - 1), Ok(("1".into(), "U1".into())));
        assert_eq!(world.link_account(&token, "nonce", None, LIFE - 1), Err(Trouble::NotFound));
    }
}
