//! From a webhook to rows. Requests wait in a channel; one task writes all that wait as one
//! transaction (group commit) and only then lets them be answered. What the events mean for a room is
//! computed by [`fold`], without a database.

mod fold;
mod told;

use super::{service::assign, store::batch};
use crate::{
    id::AccountId,
    line::event::{Event, Source},
    server::state::State,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use tokio::sync::{mpsc, oneshot};

pub use fold::{Change, ContactRef, Folded, RoomDraft};

/// Most requests that are written as one transaction.
const BATCH: usize = 512;

/// The events of one webhook request, waiting to be written.
pub struct Delivery {
    /// For which account.
    pub account: AccountId,
    /// Its events, in LINE's order.
    pub events: Vec<Event>,
    /// Told after the commit; dropped when it failed.
    pub done: oneshot::Sender<()>,
}

/// Writes deliveries until every sender is gone.
pub async fn run(state: State, mut deliveries: mpsc::Receiver<Delivery>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while deliveries.recv_many(&mut waiting, BATCH).await > 0 {
        metrics::histogram!("engawa_ingest_batch").record(u32::try_from(waiting.len()).unwrap_or(u32::MAX));
        match write(&state, &waiting).await {
            Ok(()) => finish(waiting.drain(..)),
            Err(error) if crate::server::db::is_unavailable(&error) || waiting.len() == 1 => {
                tracing::error!(%error, requests = waiting.len(), "webhooks could not be written; LINE will be told so");
                waiting.clear();
            }
            // One request that the database refuses must not take its neighbours with it.
            Err(_) => {
                for delivery in waiting.drain(..) {
                    match write(&state, std::slice::from_ref(&delivery)).await {
                        Ok(()) => finish([delivery]),
                        Err(error) => {
                            tracing::error!(%error, account = %delivery.account, "a webhook could not be written")
                        }
                    }
                }
            }
        }
    }
}

fn finish(deliveries: impl IntoIterator<Item = Delivery>) {
    for delivery in deliveries {
        metrics::counter!("engawa_events_total").increment(delivery.events.len() as u64);
        // The requester may have hung up; the event is kept all the same.
        let _ = delivery.done.send(());
    }
}

/// One transaction for everything that waits.
async fn write(state: &State, deliveries: &[Delivery]) -> sqlx::Result<()> {
    let now = crate::time::now();
    let mut accounts: BTreeMap<AccountId, Vec<&Event>> = BTreeMap::new();
    for delivery in deliveries {
        accounts.entry(delivery.account).or_default().extend(&delivery.events);
    }
    let mut tx = state.db.begin().await?;
    let mut worked = false;
    for (account, mut events) in accounts.clone() {
        // In the order of the accounts' ids, so that two nodes can't wait for each other.
        let (seq, auto) = match batch::begin(&mut tx, account).await {
            Ok(begun) => begun,
            // Disconnected a moment ago.
            Err(sqlx::Error::RowNotFound) => continue,
            Err(error) => return Err(error),
        };
        let mut seen = HashSet::new();
        events.retain(|event| seen.insert(event.id.as_str()));
        let new = batch::add_events(&mut tx, account, seq, now, &events).await?;
        events.retain(|event| new.contains(&event.id));
        if events.is_empty() {
            continue;
        }
        events.sort_by_key(|event| event.timestamp);
        let written = apply(&mut tx, account, seq, now, &events).await?;
        if auto && !written.is_empty() {
            assign::written(&mut tx, account, seq, now, &written).await?;
        }
        worked = true;
        if state.db.engine == crate::server::db::Engine::Postgres {
            crate::server::db::notify(&mut tx, account).await?;
        }
    }
    tx.commit().await?;
    for account in accounts.keys() {
        state.announce(*account);
    }
    if worked {
        state.jobs.notify_one();
    }
    Ok(())
}

/// Turns new events of one account into contacts, rooms, messages and jobs. The rooms in which friends wrote.
async fn apply(
    tx: &mut crate::server::db::Tx,
    account: AccountId,
    seq: i64,
    now: i64,
    events: &[&Event],
) -> sqlx::Result<Vec<i64>> {
    let users: HashSet<&str> = events.iter().flat_map(|event| fold::users(event)).collect();
    let contacts: HashMap<String, ContactRef> = batch::contacts(tx, account, now, users).await?;
    let sources: HashMap<&str, &Source> =
        events.iter().filter_map(|event| event.source.as_ref()).map(|source| (source.id(), source)).collect();
    let rooms = batch::rooms(tx, account, sources.keys().copied()).await?;
    let unsent = batch::unsent(tx, account, events.iter().filter_map(|event| fold::line_id(event))).await?;
    let late = events.iter().filter(|event| fold::line_id(event).is_some_and(|id| unsent.contains(id)));
    batch::forget_unsent(tx, account, late.map(|event| event.id.as_str())).await?;
    let folded = fold::fold(events, rooms, &contacts, &unsent, now);
    batch::save(tx, account, seq, &folded).await?;
    for change in &folded.changes {
        batch::change_message(tx, account, seq, change).await?;
    }
    Ok(folded.written)
}
