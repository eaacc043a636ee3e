//! The task that makes crowds move. It does nothing while there is nothing to do, and not more than the
//! webhooks' receivers keep up with.

use crate::{simulator::state::Simulator, time::SECOND};
use std::{
    sync::Weak,
    time::{Duration, Instant},
};

/// How often it looks while something is due.
const TICK: Duration = Duration::from_millis(100);

/// Runs as long as the simulator does.
pub async fn run(sim: Weak<Simulator>) {
    loop {
        let Some(here) = sim.upgrade() else { return };
        let began = Instant::now();
        let (step, now) = here.with(|world| (world.step(100), world.now()));
        for channel in &step.channels {
            here.flush(channel).await;
        }
        let wait = match step.next {
            None => None,
            Some(next) if next <= now => Some(TICK.saturating_sub(began.elapsed())),
            // The platform's clock may be set, which is told.
            Some(next) => Some(Duration::from_millis(u64::try_from((next - now).min(60 * SECOND)).unwrap_or_default())),
        };
        let stirred = here.stirred();
        drop(here);
        match wait {
            None => stirred.notified().await,
            Some(wait) => {
                let _ = tokio::time::timeout(wait.max(Duration::from_millis(1)), stirred.notified()).await;
            }
        }
    }
}
