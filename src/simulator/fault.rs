//! Whether the platform is to misbehave now.

use super::{
    model::{Fault, FaultKind, FaultPage},
    world::World,
};
use crate::time;
use anyhow::{Context, bail};

/// How many faults that ended by themselves are remembered.
const SPENT: usize = 10;

impl World {
    /// The fault of this kind that strikes at `path` now, if one does. It is used up by that.
    pub fn strike(&mut self, kind: FaultKind, path: &str) -> Option<Fault> {
        self.strike_at(kind, path, "")
    }

    /// The same where the channel is known: faults of other channels do not strike there.
    pub fn strike_at(&mut self, kind: FaultKind, path: &str, channel: &str) -> Option<Fault> {
        if self.faults.is_empty() {
            return None;
        }
        self.retire(time::now());
        let fault = self.faults.iter_mut().find(|fault| {
            fault.kind == kind
                && (fault.path.is_empty() || path.contains(&fault.path))
                && (fault.channel.is_empty() || fault.channel == channel)
                && (fault.probability >= 1.0 || rand::random::<f64>() < fault.probability)
        })?;
        fault.struck += 1;
        if let Some(remaining) = &mut fault.remaining {
            *remaining -= 1;
        }
        let struck = fault.clone();
        self.retire(time::now());
        self.changed("faults");
        Some(struck)
    }

    /// Takes out those that have struck often enough, and those whose time is over.
    fn retire(&mut self, now: i64) {
        let over = |fault: &Fault| fault.remaining == Some(0) || fault.ends().is_some_and(|end| end <= now);
        for at in (0..self.faults.len()).rev() {
            if over(&self.faults[at]) {
                let fault = self.faults.remove(at);
                self.spent_faults.push_front(fault);
            }
        }
        self.spent_faults.truncate(SPENT);
    }

    /// Switches a fault on and answers its number.
    pub fn add_fault(&mut self, mut fault: Fault) -> u64 {
        fault.id = self.next_number();
        fault.since = time::now();
        fault.struck = 0;
        fault.probability = fault.probability.clamp(0.0, 1.0);
        let id = fault.id;
        if fault.remaining != Some(0) {
            self.faults.push(fault);
        }
        self.changed("faults");
        id
    }

    /// Switches one off; `false` when it is not on.
    pub fn drop_fault(&mut self, id: u64) -> bool {
        let before = self.faults.len();
        self.faults.retain(|fault| fault.id != id);
        self.changed("faults");
        self.faults.len() < before
    }

    /// What is switched on, without those whose time is over.
    pub fn active_faults(&mut self) -> Vec<Fault> {
        self.retire(time::now());
        self.faults.clone()
    }

    /// What the page of faults shows.
    pub fn fault_page(&mut self) -> FaultPage {
        let active = self.active_faults();
        FaultPage { active, spent: self.spent_faults.iter().cloned().collect(), channels: self.channel_names() }
    }

    /// Ids and names of the channels, for lists to choose from.
    pub fn channel_names(&self) -> Vec<(String, String)> {
        let mut names: Vec<_> =
            self.channels.values().map(|channel| (channel.id.clone(), channel.name.clone())).collect();
        names.sort();
        names
    }
}

/// A fault as the command line writes it: `kind=rate_limit,path=/push,probability=0.1,times=3`.
///
/// # Errors
/// In words for the person at the command line.
pub fn parse(text: &str) -> anyhow::Result<Fault> {
    let mut fault: Option<Fault> = None;
    let mut rest = Vec::new();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let (name, value) = part.split_once('=').with_context(|| format!("“{part}” is not of the form name=value"))?;
        match (name.trim(), value.trim()) {
            ("kind", word) => {
                let kind = FaultKind::from_word(word).with_context(|| {
                    let words: Vec<&str> = FaultKind::ALL.iter().map(|kind| kind.word()).collect();
                    format!("there is no fault “{word}”; there are {}", words.join(", "))
                })?;
                fault = Some(Fault::new(kind));
            }
            other => rest.push(other),
        }
    }
    let mut fault = fault.context("a fault needs a kind, such as kind=server_error")?;
    for (name, value) in rest {
        let wrong = || format!("“{value}” is not a number that {name} can be");
        match name {
            "path" => fault.path = value.to_owned(),
            "channel" => fault.channel = value.to_owned(),
            "probability" => {
                let share: f64 = value.parse().with_context(wrong)?;
                if !(0.0..=1.0).contains(&share) {
                    bail!("a probability is between 0 and 1, and {value} is not");
                }
                fault.probability = share;
            }
            "times" => fault.remaining = Some(value.parse().with_context(wrong)?),
            "millis" => fault.millis = value.parse().with_context(wrong)?,
            "seconds" => fault.seconds = Some(value.parse().with_context(wrong)?),
            _ => bail!("a fault has no “{name}”; it has kind, path, channel, probability, times, millis and seconds"),
        }
    }
    Ok(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_fault_strikes_so_often_and_only_there() {
        let mut world = World::default();
        world.add_fault(Fault { path: "/push".into(), remaining: Some(2), ..Fault::new(FaultKind::ServerError) });
        let mut strike = |kind, path| world.strike(kind, path).is_some();
        assert!(!strike(FaultKind::ServerError, "/v2/bot/message/reply"));
        assert!(!strike(FaultKind::RateLimit, "/v2/bot/message/push"));
        assert!(strike(FaultKind::ServerError, "/v2/bot/message/push"));
        assert!(strike(FaultKind::ServerError, "/v2/bot/message/push"));
        assert!(!strike(FaultKind::ServerError, "/v2/bot/message/push"));
        assert_eq!(world.spent_faults[0].struck, 2);
    }

    #[test]
    fn a_fault_of_one_channel_spares_the_others() {
        let mut world = World::default();
        world.add_fault(Fault { channel: "1".into(), ..Fault::new(FaultKind::ExpiredToken) });
        assert!(world.strike_at(FaultKind::ExpiredToken, "/", "2").is_none());
        assert!(world.strike(FaultKind::ExpiredToken, "/").is_none());
        assert!(world.strike_at(FaultKind::ExpiredToken, "/", "1").is_some());
    }

    #[test]
    fn a_fault_ends_when_its_time_is_over() {
        let mut world = World::default();
        world.add_fault(Fault { seconds: Some(60), ..Fault::new(FaultKind::ServerError) });
        world.retire(time::now());
        assert_eq!(world.faults.len(), 1);
        world.retire(time::now() + 61 * time::SECOND);
        assert!(world.faults.is_empty() && world.spent_faults.len() == 1);
    }

    #[test]
    fn the_command_line_is_read_and_corrected() {
        let fault = parse("kind=rate_limit,path=/push,probability=0.1,times=3,seconds=60,channel=1").unwrap();
        assert_eq!((fault.kind, fault.path.as_str(), fault.probability), (FaultKind::RateLimit, "/push", 0.1));
        assert_eq!((fault.remaining, fault.seconds, fault.channel.as_str()), (Some(3), Some(60), "1"));
        assert_eq!(parse("millis=5, kind=latency").unwrap().millis, 5);
        for (text, word) in [
            ("path=/push", "needs a kind"),
            ("kind=sloth", "there are latency, rate_limit"),
            ("kind=latency,slow", "name=value"),
            ("kind=latency,millis=long", "not a number"),
            ("kind=latency,probability=10", "between 0 and 1"),
            ("kind=latency,colour=red", "it has kind, path"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
