//! Who is here, in the order in which they came. There may be a million.

use super::{User, World};
use crate::simulator::model::Person;

/// How many names are looked at in one go, so that others get a turn in between.
const STRIDE: usize = 20_000;

impl World {
    /// Adds somebody who comes now; one who is here already is changed and keeps their place.
    pub fn enlist(&mut self, mut user: User) -> User {
        match self.users.get(&user.id) {
            Some(before) => user.number = before.number,
            None => {
                user.number = u64::try_from(self.arrivals.len()).unwrap_or(u64::MAX) + 1;
                self.arrivals.push(user.id.clone());
            }
        }
        self.save("user", &user.id, &user);
        self.users.insert(user.id.clone(), user.clone());
        user
    }

    /// Puts those who were read from a file in their order.
    pub(in crate::simulator) fn line_up(&mut self) {
        let mut users: Vec<&User> = self.users.values().collect();
        users.sort_by(|a, b| (a.number, a.created, &a.id).cmp(&(b.number, b.created, &b.id)));
        self.arrivals = users.into_iter().map(|user| user.id.clone()).collect();
    }

    /// How many people there are.
    pub fn crowd(&self) -> usize {
        self.arrivals.len()
    }

    /// Looks for people whose name contains `wanted` (in lower case), the newest first: `passed` of them were looked
    /// at already, and `found` is filled up to `limit`. Answers how many were looked at, after a while at most.
    pub fn look_for(&self, wanted: &str, passed: usize, limit: usize, found: &mut Vec<Person>) -> usize {
        let mut seen = passed;
        for id in self.arrivals.iter().rev().skip(passed).take(STRIDE) {
            if found.len() >= limit {
                break;
            }
            seen += 1;
            let Some(user) = self.users.get(id) else { continue };
            if wanted.is_empty() || user.id == wanted || user.name.to_lowercase().contains(wanted) {
                found.push(Person { id: user.id.clone(), name: user.name.clone() });
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::friend::NewUser;

    #[test]
    fn people_are_found_the_newest_first() {
        let mut world = World::default();
        for number in 0..30_000 {
            world.create_user(NewUser { name: format!("Ken {number}"), ..NewUser::default() });
        }
        let mut found = Vec::new();
        let seen = world.look_for("", 0, 3, &mut found);
        assert_eq!(
            found.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(),
            ["Ken 29999", "Ken 29998", "Ken 29997"]
        );
        world.look_for("", seen, 4, &mut found);
        assert_eq!(found.last().map(|person| person.name.as_str()), Some("Ken 29996"));
        let mut found = Vec::new();
        let seen = world.look_for("ken 7", 0, 100_000, &mut found);
        assert_eq!(seen, STRIDE);
        world.look_for("ken 7", seen, 100_000, &mut found);
        assert_eq!(found.len(), 1_111);
        // Read from a file, they stand as they came.
        let newest = found.first().map(|person| person.id.clone());
        world.arrivals.clear();
        world.line_up();
        let mut again = Vec::new();
        while again.is_empty() {
            world.look_for("ken 7999", 20_000, 1, &mut again);
        }
        assert_eq!(again.first().map(|person| person.id.clone()), newest);
    }
}
