//! Whether the platform is to misbehave now.

use super::{
    model::{Fault, FaultKind},
    world::World,
};

impl World {
    /// The fault of this kind that strikes at `path` now, if one does. It is used up by that.
    pub fn strike(&mut self, kind: FaultKind, path: &str) -> Option<Fault> {
        if self.faults.is_empty() {
            return None;
        }
        let fault = self.faults.iter_mut().find(|fault| {
            fault.kind == kind
                && (fault.path.is_empty() || path.contains(&fault.path))
                && fault.remaining != Some(0)
                && (fault.probability >= 1.0 || rand::random::<f64>() < fault.probability)
        })?;
        if let Some(remaining) = &mut fault.remaining {
            *remaining -= 1;
        }
        let struck = fault.clone();
        self.faults.retain(|fault| fault.remaining != Some(0));
        Some(struck)
    }

    /// Switches a fault on and answers its number.
    pub fn add_fault(&mut self, mut fault: Fault) -> u64 {
        fault.id = self.next_number();
        let id = fault.id;
        self.faults.push(fault);
        self.changed("");
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_fault_strikes_so_often_and_only_there() {
        let mut world = World::default();
        world.add_fault(Fault {
            id: 0,
            kind: FaultKind::ServerError,
            path: "/push".into(),
            probability: 1.0,
            remaining: Some(2),
            millis: 0,
        });
        let mut strike = |kind, path| world.strike(kind, path).is_some();
        assert!(!strike(FaultKind::ServerError, "/v2/bot/message/reply"));
        assert!(!strike(FaultKind::RateLimit, "/v2/bot/message/push"));
        assert!(strike(FaultKind::ServerError, "/v2/bot/message/push"));
        assert!(strike(FaultKind::ServerError, "/v2/bot/message/push"));
        assert!(!strike(FaultKind::ServerError, "/v2/bot/message/push"));
    }
}
