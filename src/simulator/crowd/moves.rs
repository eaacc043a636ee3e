//! What members do of which others hear: they answer a message, they block the account, and a webhook is
//! told that they came. These are done when their time has come, a few at a time.

use crate::simulator::world::World;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What is still to be done about one mailing.
#[derive(Debug)]
pub struct Wave {
    /// Whose.
    pub channel: String,
    /// Which mailing of the channel.
    pub at: usize,
    /// In the order of their times; found out when it is first looked at.
    moves: Option<Vec<Move>>,
    /// How many of them are done.
    done: usize,
}

/// After so many webhooks pages look again how far it is.
const SHOWN_EACH: u32 = 200;

/// How a wave is kept.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// How many moves are done.
    pub done: usize,
    /// All are.
    pub over: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Move {
    time: i64,
    crowd: u16,
    member: u32,
    /// The bits of the answer; a block when there are none.
    answer: Option<u64>,
}

/// What a step came to.
#[derive(Debug, Default)]
pub struct Step {
    /// Channels whose webhooks have something to deliver now.
    pub channels: Vec<String>,
    /// When the next thing is to be done; none when nothing is left.
    pub next: Option<i64>,
}

impl World {
    /// Notes that crowds may do something about a mailing; `done` is how much of it was done before.
    pub fn begin_wave(&mut self, channel: &str, at: usize, done: usize) {
        if self.crowds_of(channel).next().is_some() {
            self.waves.push(Wave { channel: channel.to_owned(), at, moves: None, done });
            self.stir = true;
            self.save("wave", &format!("{channel}/{at:012}"), &Kept { done, over: false });
        }
    }

    /// Writes down what crowds still have to do.
    pub fn save_waves(&mut self) {
        let waves = std::mem::take(&mut self.waves);
        for wave in &waves {
            self.save("wave", &format!("{}/{:012}", wave.channel, wave.at), &Kept { done: wave.done, over: false });
        }
        self.waves = waves;
    }

    /// Takes a crowd out of what crowds still have to do, while its members are still known.
    pub(super) fn forget_moves(&mut self, crowd: u16) {
        let mut waves = std::mem::take(&mut self.waves);
        for wave in &mut waves {
            let moves = wave.moves.take().unwrap_or_else(|| self.moves(&wave.channel, wave.at));
            wave.done = moves.iter().take(wave.done).filter(|one| one.crowd != crowd).count();
            let moves: Vec<Move> = moves.into_iter().filter(|one| one.crowd != crowd).collect();
            let kept = Kept { done: wave.done, over: wave.done >= moves.len() };
            self.save("wave", &format!("{}/{:012}", wave.channel, wave.at), &kept);
            wave.moves = Some(moves);
        }
        waves.retain(|wave| wave.moves.as_ref().is_none_or(|moves| wave.done < moves.len()));
        self.waves = waves;
    }

    /// Everything that crowds will do about a mailing, in order.
    fn moves(&self, channel: &str, at: usize) -> Vec<Move> {
        let Some(mailing) = self.mailings.get(channel).and_then(|all| all.get(at)) else { return Vec::new() };
        let shape = mailing.shape();
        let mut moves = Vec::new();
        self.members_got(channel, at, |crowd, member| {
            let blocked = crowd.blocks(member, &shape);
            let answered = if crowd.webhooks { crowd.answers(member, &shape) } else { None };
            // Who blocks the account can't write to it any more.
            if let Some((time, bits)) = answered.filter(|(time, _)| blocked.is_none_or(|blocked| *time < blocked)) {
                moves.push(Move { time, crowd: crowd.number, member, answer: Some(bits) });
            }
            if let Some(time) = blocked {
                moves.push(Move { time, crowd: crowd.number, member, answer: None });
            }
        });
        moves.sort_unstable();
        moves
    }

    /// How many moves are waiting, of all crowds.
    pub fn moves_waiting(&self, channel: &str) -> usize {
        let waves = self.waves.iter().filter(|wave| wave.channel == channel);
        waves.map(|wave| wave.moves.as_ref().map_or(0, |moves| moves.len() - wave.done)).sum()
    }

    /// Does what is due, as much as a tick of `millis` allows, and says what is next.
    pub(super) fn step(&mut self, millis: u32) -> Step {
        let mut step = Step::default();
        let now = self.now();
        self.announce(millis, &mut step);
        self.tap_menus(millis, &mut step);
        let mut waves = std::mem::take(&mut self.waves);
        for wave in &mut waves {
            let moves = wave.moves.take().unwrap_or_else(|| self.moves(&wave.channel, wave.at));
            let (mut left, before) = (Budget::new(millis), wave.done);
            while let Some(one) = moves.get(wave.done).copied() {
                if one.time > now || !left.takes(self, one.crowd) {
                    step.next = Some(step.next.map_or(one.time, |next| next.min(one.time)));
                    break;
                }
                wave.done += 1;
                if self.make(&wave.channel, one) && !step.channels.contains(&wave.channel) {
                    step.channels.push(wave.channel.clone());
                }
            }
            if wave.done > before || wave.done >= moves.len() {
                let kept = Kept { done: wave.done, over: wave.done >= moves.len() };
                self.save("wave", &format!("{}/{:012}", wave.channel, wave.at), &kept);
            }
            wave.moves = Some(moves);
        }
        waves.retain(|wave| wave.moves.as_ref().is_none_or(|moves| wave.done < moves.len()));
        // A move may have begun nothing new, but what came in the meantime stays.
        waves.append(&mut self.waves);
        self.waves = waves;
        step
    }

    /// Makes a member do something; answers whether a webhook follows.
    fn make(&mut self, channel: &str, one: Move) -> bool {
        let Some(crowd) = self.crowds.get(usize::from(one.crowd)).filter(|crowd| crowd.gone.is_none()) else {
            return false;
        };
        let (user, person, told) = (crowd.user_id(one.member), crowd.person(one.member), crowd.webhooks);
        let before = self.events.len();
        let done = match one.answer {
            Some(bits) => {
                let body = json!({ "type": "text", "text": person.answer(bits) });
                self.say(&user, channel, body, None, one.time).is_ok()
            }
            None => self.block(channel, &user, one.time).is_ok(),
        };
        if !told {
            self.events.truncate(before);
        }
        // Somebody who has blocked the account in the meantime does not answer any more.
        done && told
    }

    /// Tells webhooks that members came.
    fn announce(&mut self, millis: u32, step: &mut Step) {
        for number in self.telling() {
            let Some(crowd) = self.crowds.get(usize::from(number)).cloned() else { continue };
            let mut told = crowd.announced.unwrap_or_default();
            let last = told.saturating_add((crowd.per_second * millis).div_ceil(1_000)).min(crowd.count);
            while told < last {
                let user = crowd.user_id(told);
                if self.friend(&crowd.channel, &user).is_some_and(|friend| friend.welcomes()) {
                    self.tell_follow(&crowd.channel, &user, false, crowd.came(told));
                }
                told += 1;
            }
            self.crowds[usize::from(number)].announced = Some(told);
            self.save_crowd(number);
            // Pages that show how far it is need not look ten times a second.
            if told >= crowd.count || told / SHOWN_EACH != crowd.announced.unwrap_or_default() / SHOWN_EACH {
                self.changed("");
            }
            if !step.channels.contains(&crowd.channel) {
                step.channels.push(crowd.channel);
            }
            step.next = Some(0);
        }
    }
}

/// How much a tick may still do.
struct Budget {
    millis: u32,
    told: u32,
    quiet: u32,
}

impl Budget {
    fn new(millis: u32) -> Self {
        Self { millis, told: 0, quiet: 0 }
    }

    /// Whether a member of this crowd may do something more. Where no webhook hears of it, only the time
    /// that it takes is a limit.
    fn takes(&mut self, world: &World, crowd: u16) -> bool {
        let Some(crowd) = world.crowds.get(usize::from(crowd)) else { return true };
        let (count, most) = if crowd.webhooks {
            (&mut self.told, (crowd.per_second * self.millis).div_ceil(1_000))
        } else {
            (&mut self.quiet, 2_000)
        };
        *count += 1;
        *count <= most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::{crowd::world::NewCrowd, friend::NewChannel, store};

    #[test]
    fn what_is_still_to_be_done_goes_out_and_comes_back() {
        let mut world = World::default();
        let channel = world.create_channel(NewChannel { name: "A".into(), ..NewChannel::default() }).unwrap().id;
        world.add_crowd(NewCrowd::of(&channel, 10).prepare(world.now()).unwrap()).unwrap();
        world.begin_wave(&channel, 3, 5);
        let mut again = World::default();
        for row in world.rows_of_all() {
            store::read(&mut again, row.kind, &row.id, row.body.as_deref().unwrap_or_default()).unwrap();
        }
        let [wave] = again.waves.as_slice() else { panic!("one wave") };
        assert_eq!((wave.channel.as_str(), wave.at, wave.done), (channel.as_str(), 3, 5));
    }

    #[test]
    fn a_crowd_that_goes_does_nothing_more() {
        let mut world = World::default();
        let channel = world.create_channel(NewChannel { name: "A".into(), ..NewChannel::default() }).unwrap().id;
        for _ in 0..2 {
            world.add_crowd(NewCrowd::of(&channel, 10).prepare(world.now()).unwrap()).unwrap();
        }
        let one = |time, crowd| Move { time, crowd, member: 0, answer: None };
        let moves = Some(vec![one(1, 0), one(2, 1), one(3, 0), one(4, 1)]);
        world.waves = vec![Wave { channel, at: 0, moves, done: 2 }];
        world.remove_crowd(0).unwrap();
        let left = world.waves.first().map(|wave| (wave.moves.clone(), wave.done));
        assert_eq!(left, Some((Some(vec![one(2, 1), one(4, 1)]), 1)));
        world.remove_crowd(1).unwrap();
        assert!(world.waves.is_empty());
    }
}
