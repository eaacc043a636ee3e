//! Taking a crowd away again. Its number stays taken, because ids of its members and what was counted of earlier
//! messages are made of it.

use super::{Crowd, mix};
use crate::simulator::{friend::Trouble, mailing::number, world::World};

impl Crowd {
    /// Whether this is the id of one of its members.
    fn has(&self, user: &str) -> bool {
        let member = number(user).and_then(mix::read);
        member.is_some_and(|(seed, crowd, at)| crowd == self.number && seed == self.seed && at < self.count)
    }
}

impl World {
    /// Removes a crowd: its members are no users and no friends any more, and what was between them and accounts is
    /// gone. What came of messages that were sent before is still counted.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] when there is no such crowd.
    pub fn remove_crowd(&mut self, at: u16) -> Result<(), Trouble> {
        let now = self.now();
        self.forget_moves(at);
        let crowd = self.crowds.get_mut(usize::from(at)).filter(|crowd| crowd.gone.is_none());
        let crowd = crowd.ok_or(Trouble::NotFound)?;
        crowd.gone = Some(now);
        crowd.announced = None;
        let crowd = crowd.clone();
        self.menu_taps.remove(&at);
        self.save_crowd(at);
        self.forget_friends(&crowd);
        self.forget_rooms(&crowd);
        self.forget_logins(&crowd);
        self.forget_menus_of(&crowd.channel, |user| crowd.has(user));
        self.changed("");
        self.stir = true;
        Ok(())
    }

    fn forget_friends(&mut self, crowd: &Crowd) {
        let mut friends = std::mem::take(&mut self.friends);
        for (channel, all) in &mut friends {
            all.retain(|user, _| {
                let stays = !crowd.has(user);
                if !stays {
                    self.forget("friend", &format!("{channel}/{user}"));
                }
                stays
            });
        }
        self.friends = friends;
        let tickets: Vec<_> = self.tickets.keys().filter(|(user, _)| crowd.has(user)).cloned().collect();
        for key in tickets {
            self.tickets.remove(&key);
            self.forget("ticket", &format!("{}/{}", key.0, key.1));
        }
    }

    /// Rooms with an account go; groups go on without them, and nobody is told.
    fn forget_rooms(&mut self, crowd: &Crowd) {
        let theirs = |key: &String| key.split_once('/').is_some_and(|(_, user)| crowd.has(user));
        let keys: Vec<String> = self.rooms.keys().filter(|key| theirs(key)).cloned().collect();
        for key in keys {
            for message in self.rooms.remove(&key).map(|room| room.messages).unwrap_or_default() {
                self.places.remove(&message.id);
                self.forget("message", &message.id);
                if self.contents.remove(&message.id).is_some() {
                    self.forget("content", &message.id);
                }
            }
        }
        let members: Vec<String> = self.groups_of.keys().filter(|user| crowd.has(user)).cloned().collect();
        for user in members {
            for group in self.groups_of.remove(&user).unwrap_or_default() {
                if let Some(group) = self.groups.get_mut(&group) {
                    group.members.retain(|member| *member != user);
                }
                self.save_group(&group);
            }
        }
        let seats: Vec<String> = self.seats.keys().filter(|key| theirs(key)).cloned().collect();
        for key in seats {
            self.seats.remove(&key);
            self.forget("seat", &key);
        }
        self.reply_tokens.retain(|_, token| !crowd.has(&token.to));
    }

    fn forget_logins(&mut self, crowd: &Crowd) {
        let consents: Vec<_> = self.logins.consents.keys().filter(|(_, user)| crowd.has(user)).cloned().collect();
        for key in consents {
            self.logins.consents.remove(&key);
            self.forget("consent", &format!("{}/{}", key.0, key.1));
        }
        let tokens = self.logins.tokens.iter().filter(|(_, token)| crowd.has(&token.user));
        for token in tokens.map(|(token, _)| token.clone()).collect::<Vec<_>>() {
            self.logins.tokens.remove(&token);
            self.forget("user_token", &token);
        }
        let emails: Vec<String> = self.logins.emails.keys().filter(|user| crowd.has(user)).cloned().collect();
        for user in emails {
            self.logins.emails.remove(&user);
            self.forget("email", &user);
        }
    }
}
