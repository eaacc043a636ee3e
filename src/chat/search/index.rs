//! Writing the index: follows the sequence numbers of each account, reads old messages from the latest back, and
//! merges blocks. It takes a quarter of one core at most, because nobody waits for it: what is not indexed yet is
//! found all the same.

use super::{
    block::{self, Block, Doc},
    find, rooms,
    store::{self, BlockRow, Live, Reach, Shelf},
};
use crate::{
    id::{AccountId, make},
    server::state::State,
};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// How often new messages are looked for.
const IDLE: Duration = Duration::from_millis(500);
/// Longest rest after a piece of work.
const LONGEST_REST: Duration = Duration::from_secs(3);
/// New messages that are worth a block; fewer are looked through one by one.
const LEAST: usize = 256;
/// Rooms that are worth a block.
const LEAST_ROOMS: usize = 64;
/// Most documents of one piece of work.
const MOST: usize = 16_384;
/// Rooms may have hundreds of members.
const MOST_ROOMS: usize = 2_048;
/// Blocks of one size that become one.
const MERGED: usize = 8;
/// Blocks of this size stay as they are.
const LAST_LEVEL: i64 = 4;

/// Works at the indexes of all accounts until `stop`.
pub async fn run(state: State, mut stop: watch::Receiver<bool>) {
    let holder = make::next();
    let mut done: HashMap<AccountId, i64> = HashMap::new();
    if let Err(error) = store::release_all(&state.db).await {
        tracing::warn!(%error, "the search index could not be taken over");
    }
    while !*stop.borrow() {
        let mut rest = IDLE;
        for (account, seq) in accounts(&state).await {
            if *stop.borrow() {
                return;
            }
            let began = Instant::now();
            // Nothing has changed since there was nothing to do.
            if done.get(&account) == Some(&seq) {
                continue;
            }
            match work(&state, account, holder).await {
                Ok(Work::None) => drop(done.insert(account, seq)),
                Ok(Work::Elsewhere) => {}
                Ok(Work::Done) => {
                    metrics::histogram!("engawa_search_index_seconds").record(began.elapsed().as_secs_f64());
                    let pause = (3 * began.elapsed()).min(LONGEST_REST);
                    tokio::select! {
                        () = tokio::time::sleep(pause) => {}
                        _ = stop.changed() => return,
                    }
                    rest = Duration::ZERO;
                }
                // A database that is away or full comes back.
                Err(error) => tracing::warn!(%account, %error, "the search index could not be written; trying again"),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            _ = stop.changed() => return,
        }
    }
}

async fn accounts(state: &State) -> Vec<(AccountId, i64)> {
    let found = sqlx::query_as::<_, (i64, i64)>("SELECT account_id, seq FROM tally ORDER BY account_id");
    let found = found.fetch_all(state.db.read()).await.unwrap_or_default();
    found.into_iter().map(|(account, seq)| (AccountId(account), seq)).collect()
}

/// What came of looking for work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// A piece was done; there may be more.
    Done,
    /// There is none.
    None,
    /// Another process works at this account's index.
    Elsewhere,
}

/// Does one piece of work.
pub async fn work(state: &State, account: AccountId, holder: i64) -> sqlx::Result<Work> {
    if !is_due(state, account).await? {
        return Ok(Work::None);
    }
    let Some((messages, rooms)) = begin(state, account, holder).await? else { return Ok(Work::Elsewhere) };
    let worker = Worker { state, account, holder };
    // New messages first, then what old ones there are.
    let done = worker.follow(messages).await?
        || worker.rooms(rooms).await?
        || worker.merge(Shelf::Messages).await?
        || worker.merge(Shelf::Rooms).await?
        || worker.old_rooms(rooms).await?
        || worker.go_back(messages).await?;
    Ok(if done { Work::Done } else { Work::None })
}

/// Whether there is something to do: asked without writing.
async fn is_due(state: &State, account: AccountId) -> sqlx::Result<bool> {
    let mut db = state.db.snapshot().await?;
    let messages = store::reach(&mut db, account, Shelf::Messages).await?;
    let (Some(messages), Some(rooms)) = (messages, store::reach(&mut db, account, Shelf::Rooms).await?) else {
        return Ok(true);
    };
    let touched = store::touched(&mut db, account, i64::try_from(LEAST_ROOMS).unwrap_or(i64::MAX)).await?;
    let waiting = store::count_after(&mut db, account, messages.hi, LEAST).await?;
    let mut due = messages.lo > 0 || rooms.lo > 0 || touched.len() >= LEAST_ROOMS || waiting >= LEAST;
    for shelf in [Shelf::Messages, Shelf::Rooms] {
        due = due || ripe(&store::blocks(&mut db, account, shelf).await?).is_some();
    }
    db.commit().await?;
    Ok(due)
}

/// A size of which there are enough blocks to merge.
fn ripe(blocks: &[BlockRow]) -> Option<i64> {
    (0..LAST_LEVEL).find(|level| blocks.iter().filter(|block| block.level == *level).count() >= MERGED)
}

/// How far both indexes are; none when another process works at them.
async fn begin(state: &State, account: AccountId, holder: i64) -> sqlx::Result<Option<(Reach, Reach)>> {
    let mut tx = state.db.begin().await?;
    if store::reach(&mut tx, account, Shelf::Rooms).await?.is_none() {
        let seq: i64 = sqlx::query_scalar("SELECT seq FROM tally WHERE account_id = $1")
            .bind(account.0)
            .fetch_one(&mut *tx)
            .await?;
        store::begin(&mut tx, account, Shelf::Messages, seq).await?;
        store::begin(&mut tx, account, Shelf::Rooms, i64::MAX).await?;
    }
    if !store::hold(&mut tx, account, holder).await? {
        return Ok(None);
    }
    let messages = store::reach(&mut tx, account, Shelf::Messages).await?;
    let rooms = store::reach(&mut tx, account, Shelf::Rooms).await?;
    tx.commit().await?;
    Ok(messages.zip(rooms))
}

struct Worker<'a> {
    state: &'a State,
    account: AccountId,
    holder: i64,
}

impl Worker<'_> {
    /// Indexes what changed after the index's number.
    async fn follow(&self, reach: Reach) -> sqlx::Result<bool> {
        let mut db = self.state.db.snapshot().await?;
        let seq = store::seq(&mut db, self.account).await?;
        let live = store::after(&mut db, self.account, reach.hi, MOST).await?;
        db.commit().await?;
        if live.len() < LEAST {
            return Ok(false);
        }
        let hi = live.iter().map(|live| live.seq).max().unwrap_or(reach.hi);
        self.write(live, Reach { hi, ..reach }, seq).await
    }

    /// Indexes messages from before there was an index, from the latest back.
    async fn go_back(&self, reach: Reach) -> sqlx::Result<bool> {
        if reach.lo <= 0 {
            return Ok(false);
        }
        let mut db = self.state.db.snapshot().await?;
        let seq = store::seq(&mut db, self.account).await?;
        let live = store::until(&mut db, self.account, reach.lo, MOST).await?;
        db.commit().await?;
        let lo = live.iter().map(|live| live.seq - 1).min().unwrap_or_default();
        if lo <= 0 && reach.start > 0 {
            tracing::info!(account = %self.account, "all old messages are in the search index");
        }
        self.write(live, Reach { lo, ..reach }, seq).await
    }

    async fn write(&self, live: Vec<Live>, reach: Reach, seq: i64) -> sqlx::Result<bool> {
        let made = thinking(move || {
            block::build(live.iter().filter_map(|live| Some((live.doc, find::keys(live)?))).collect())
        })
        .await?;
        self.put(Shelf::Messages, made, reach, seq, &[]).await
    }

    /// Indexes rooms anew whose names or facts have changed.
    async fn rooms(&self, reach: Reach) -> sqlx::Result<bool> {
        let mut db = self.state.db.snapshot().await?;
        let most = i64::try_from(MOST_ROOMS).unwrap_or(i64::MAX);
        let touched = store::touched(&mut db, self.account, most).await?;
        db.commit().await?;
        if touched.len() < LEAST_ROOMS {
            return Ok(false);
        }
        self.write_rooms(&touched, reach).await
    }

    async fn old_rooms(&self, reach: Reach) -> sqlx::Result<bool> {
        if reach.lo <= 0 {
            return Ok(false);
        }
        let mut db = self.state.db.snapshot().await?;
        let most = i64::try_from(MOST_ROOMS).unwrap_or(i64::MAX);
        let some = store::rooms_before(&mut db, self.account, reach.lo, most).await?;
        db.commit().await?;
        let lo = if some.len() < MOST_ROOMS { 0 } else { some.last().copied().unwrap_or_default() };
        self.write_rooms(&some, Reach { lo, ..reach }).await
    }

    async fn write_rooms(&self, some: &[i64], reach: Reach) -> sqlx::Result<bool> {
        let mut db = self.state.db.snapshot().await?;
        let seq = store::seq(&mut db, self.account).await?;
        let texts = store::room_texts(&mut db, self.account, some).await?;
        db.commit().await?;
        let made = thinking(move || {
            let doc = |room: i64| Doc { id: room, room };
            block::build(texts.iter().map(|(room, texts)| (doc(*room), rooms::keys(texts))).collect())
        })
        .await?;
        self.put(Shelf::Rooms, made, reach, seq, some).await
    }

    /// Writes a block, then puts it to use and moves the index on in one transaction. What was taken back or edited
    /// since its documents were read (at `seq`) is scrubbed from it first.
    async fn put(&self, shelf: Shelf, made: Block, reach: Reach, seq: i64, rooms: &[i64]) -> sqlx::Result<bool> {
        let mut written = None;
        if !made.docs.is_empty() {
            let shards = u32::try_from(made.shards.len()).unwrap_or(1);
            let bodies: Vec<(u32, Vec<u8>)> = (0..).zip(made.shards).collect();
            let mut tx = self.state.db.begin().await?;
            let id = store::begin_block(&mut tx, self.account, shelf, &made.docs, shards).await?;
            tx.commit().await?;
            for some in bodies.chunks(32) {
                let mut tx = self.state.db.begin().await?;
                store::put_shards(&mut tx, self.account, id, some).await?;
                tx.commit().await?;
            }
            written = Some(BlockRow { id, shards, level: 0, docs: 0, lo: 0, hi: 0, changes: 0 });
        }
        let mut tx = self.state.db.begin().await?;
        store::wait_for_writers(&mut tx, self.account).await?;
        if let Some(block) = written {
            store::finish_block(&mut tx, self.account, block.id).await?;
            let mut gone = Vec::new();
            if shelf == Shelf::Messages {
                let rewritten = store::rewritten(&mut tx, self.account, seq).await?;
                let slot = |doc| made.docs.iter().position(|other| *other == doc).and_then(|at| u32::try_from(at).ok());
                gone.extend(rewritten.into_iter().filter_map(slot));
            }
            if !gone.is_empty() {
                store::scrub(&mut tx, self.account, &block, &gone, None).await?;
            }
        }
        if !rooms.is_empty() {
            store::untouch(&mut tx, self.account, rooms, seq).await?;
        }
        if store::advance(&mut tx, self.account, shelf, self.holder, reach).await? {
            tx.commit().await?;
        }
        Ok(true)
    }

    /// Merges the oldest blocks of a size of which there are enough.
    async fn merge(&self, shelf: Shelf) -> sqlx::Result<bool> {
        let mut db = self.state.db.snapshot().await?;
        let blocks = store::blocks(&mut db, self.account, shelf).await?;
        let Some(level) = ripe(&blocks) else { return Ok(false) };
        let mut parts: Vec<BlockRow> =
            blocks.iter().rev().filter(|block| block.level == level).take(MERGED).copied().collect();
        // By when they were written: of two copies of a document the later one is right.
        parts.sort_unstable_by_key(|block| block.id);
        let mut lists = Vec::with_capacity(parts.len());
        for part in &parts {
            lists.push(store::docs(&mut db, self.account, part.id).await?);
        }
        db.commit().await?;
        let (docs, maps) = thinking(move || block::merge_docs(&lists)).await?;
        let shards = block::shards_for(docs.len());
        let mut tx = self.state.db.begin().await?;
        let id = store::begin_block(&mut tx, self.account, shelf, &docs, shards).await?;
        tx.commit().await?;
        let modulus = parts.iter().map(|part| part.shards).min().unwrap_or(1).min(shards);
        let maps = std::sync::Arc::new(maps);
        // A few shards a transaction: whoever waits to write a webhook waits for milliseconds.
        let step = (16 * modulus / shards).max(1);
        let mut residue = 0;
        while residue < modulus {
            let some = residue..(residue + step).min(modulus);
            residue = some.end;
            let numbers = |part: &BlockRow| {
                let (block, shards) = (part.id, part.shards);
                let some = some.clone();
                (0..shards).filter(move |shard| some.contains(&(shard % modulus))).map(move |shard| (block, shard))
            };
            let wanted: Vec<(i64, u32)> = parts.iter().flat_map(numbers).collect();
            let mut db = self.state.db.snapshot().await?;
            let bodies = store::shards(&mut db, self.account, &wanted).await?;
            db.commit().await?;
            let (maps, order) = (maps.clone(), parts.iter().map(|part| part.id).collect::<Vec<_>>());
            let made = thinking(move || {
                let mut made = Vec::new();
                for residue in some {
                    let own: Vec<(&[u8], &[Option<u32>])> = wanted
                        .iter()
                        .filter(|(_, shard)| shard % modulus == residue)
                        .filter_map(|key| {
                            let map = maps.get(order.iter().position(|id| *id == key.0)?)?;
                            Some((bodies.get(key)?.as_slice(), map.as_slice()))
                        })
                        .collect();
                    made.extend(block::merge_shards(&own, residue, modulus, shards));
                }
                made
            })
            .await?;
            let mut tx = self.state.db.begin().await?;
            if !store::hold_on(&mut tx, self.account, self.holder).await? {
                return Ok(false);
            }
            store::put_shards(&mut tx, self.account, id, &made).await?;
            tx.commit().await?;
        }
        let mut tx = self.state.db.begin().await?;
        store::finish_block(&mut tx, self.account, id).await?;
        for part in &parts {
            if !store::drop_block(&mut tx, self.account, part).await? {
                // Something was taken out meanwhile. The half-done block goes with the next `hold`.
                return Ok(true);
            }
        }
        if store::hold_on(&mut tx, self.account, self.holder).await? {
            tx.commit().await?;
        }
        Ok(true)
    }
}

/// Runs what keeps a core busy where it is in nobody's way.
async fn thinking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> sqlx::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| sqlx::Error::WorkerCrashed)
}
