//! Joining a membership, paying on, leaving.

use super::Trouble;
use crate::simulator::world::{World, membership::Member};
use serde::Deserialize;
use serde_json::json;

/// What a friend does with a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Begins.
    Joined,
    /// Pays for another month.
    Renewed,
    /// Ends it.
    Left,
}

impl World {
    /// A friend of the account joins one of its memberships, pays on, or leaves it, which tells the channel.
    ///
    /// # Errors
    /// When there is no such plan or friend, or they are in it already or not in it.
    pub fn membership(&mut self, channel: &str, user: &str, plan: i64, step: Step, at: i64) -> Result<(), Trouble> {
        let friend = self.friend(channel, user).ok_or(Trouble::NotFound)?;
        if friend.blocked || !friend.added {
            return Err(Trouble::Forbidden);
        }
        let plans = self.plans.get_mut(channel).ok_or(Trouble::NotFound)?;
        let found = plans.iter_mut().find(|other| other.membership_id == plan).ok_or(Trouble::NotFound)?;
        let place = found.members.iter().position(|member| member.user_id == user);
        let word = match (step, place) {
            (Step::Joined, Some(_)) => return Err(Trouble::Taken),
            (Step::Joined, None) => {
                let number = found.members.iter().map(|member| member.membership_no).max().unwrap_or(0) + 1;
                found.members.push(Member { user_id: user.into(), membership_no: number, joined: at, months: 1 });
                "joined"
            }
            (_, None) => return Err(Trouble::NotFound),
            (Step::Renewed, Some(place)) => {
                found.members[place].months += 1;
                "renewed"
            }
            (Step::Left, Some(place)) => {
                found.members.remove(place);
                "left"
            }
        };
        self.save_plans(channel);
        let source = json!({ "type": "user", "userId": user });
        let payload = json!({ "type": "membership", "membership": { "type": word, "membershipId": plan } });
        self.event(channel, at, &source, Some(user), payload);
        Ok(())
    }
}
