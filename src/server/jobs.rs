//! Background work: rows of the `job` table, claimed by lease. A claim survives its worker's death:
//! when the lease has run out somebody else takes the job, and the fence keeps the late one from
//! writing its result.

use super::{
    db::{Db, Engine, Tx},
    state::State,
};
use crate::{
    id::{AccountId, JobId},
    time::{SECOND, now},
};
use sqlx::Row;
use std::{future::Future, sync::Arc, time::Duration};
use tokio::sync::{Semaphore, watch};

/// How long a claim holds; a worker that lives renews it long before.
const LEASE: i64 = 30 * SECOND;
/// How often a running job's claim is renewed.
const RENEWAL: Duration = Duration::from_secs(10);
/// A job that runs longer than this is given up and done again.
const LONGEST: Duration = Duration::from_secs(600);
/// Jobs that run at once.
const AT_ONCE: usize = 32;
/// How often due jobs are looked for when nothing wakes the worker.
const IDLE: Duration = Duration::from_millis(1_000);

/// A claimed job.
#[derive(Debug, Clone)]
pub struct Job {
    /// Account.
    pub account: AccountId,
    /// Id.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// With what: a message, a contact, a room.
    pub subject: i64,
    /// Jobs of one lane run one after another.
    pub lane: i64,
    /// What else the job needs, and how far it got: JSON.
    pub payload: String,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// This claim.
    pub fence: i64,
    /// When it was made.
    pub created_at: i64,
}

/// Claims up to `most` due jobs, the oldest of each lane.
pub async fn claim(db: &Db, most: i64) -> sqlx::Result<Vec<Job>> {
    macro_rules! claim {
        ($lock:literal) => {
            concat!(
                "UPDATE job SET lease_until = $1, fence = fence + 1, attempts = attempts + 1 WHERE (account_id, id) IN (
                    SELECT j.account_id, j.id FROM job j WHERE j.run_at <= $2 AND j.lease_until <= $2
                        AND NOT EXISTS (SELECT 1 FROM job e WHERE e.account_id = j.account_id AND e.lane = j.lane AND e.id < j.id)
                    ORDER BY j.run_at, j.id LIMIT $3",
                $lock,
                ") RETURNING account_id, id, kind, subject, lane, payload, attempts, fence, created_at"
            )
        };
    }
    let statement = match db.engine {
        Engine::Sqlite => claim!(""),
        Engine::Postgres => claim!(" FOR UPDATE SKIP LOCKED"),
    };
    let now = now();
    // Looking first, without a writing transaction: most of the time there is nothing.
    let due: Option<i64> = sqlx::query_scalar("SELECT id FROM job WHERE run_at <= $1 AND lease_until <= $1 LIMIT 1")
        .bind(now)
        .fetch_optional(db.read())
        .await?;
    if due.is_none() {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let rows = sqlx::query(statement).bind(now + LEASE).bind(now).bind(most).fetch_all(&mut *tx).await?;
    tx.commit().await?;
    let mut jobs = rows
        .iter()
        .map(|row| {
            Ok(Job {
                account: AccountId(row.try_get("account_id")?),
                id: JobId(row.try_get("id")?),
                kind: row.try_get("kind")?,
                subject: row.try_get("subject")?,
                lane: row.try_get("lane")?,
                payload: row.try_get("payload")?,
                attempts: row.try_get("attempts")?,
                fence: row.try_get("fence")?,
                created_at: row.try_get("created_at")?,
            })
        })
        .collect::<sqlx::Result<Vec<_>>>()?;
    jobs.sort_by_key(|job| job.id);
    Ok(jobs)
}

/// Adds a job, unless the same is waiting already. Wake the worker after the commit.
pub async fn add(
    tx: &mut Tx,
    account: AccountId,
    kind: &'static str,
    subject: i64,
    lane: i64,
    payload: &str,
) -> sqlx::Result<()> {
    add_at(tx, account, kind, subject, lane, payload, now()).await
}

/// Adds a job that is due at a time (Unix ms). What stands behind it in its lane waits with it.
pub async fn add_at(
    tx: &mut Tx,
    account: AccountId,
    kind: &'static str,
    subject: i64,
    lane: i64,
    payload: &str,
    run_at: i64,
) -> sqlx::Result<()> {
    let id = crate::id::make::next();
    sqlx::query(
        "INSERT INTO job (account_id, id, kind, subject, lane, payload, run_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (account_id, kind, subject) DO NOTHING",
    )
    .bind(account.0)
    .bind(id)
    .bind(kind)
    .bind(subject)
    .bind(lane)
    .bind(payload)
    .bind(run_at)
    .bind(now())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Gives a job that waits another time. `false` when there is none. Whoever has begun it looks again what is due.
pub async fn move_to(
    tx: &mut Tx,
    account: AccountId,
    kind: &'static str,
    subject: i64,
    run_at: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE job SET run_at = $4 WHERE account_id = $1 AND kind = $2 AND subject = $3")
        .bind(account.0)
        .bind(kind)
        .bind(subject)
        .bind(run_at)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes a job back that nobody has begun, and answers its payload; none when it was begun, or is not there.
pub async fn take_back(
    tx: &mut Tx,
    account: AccountId,
    kind: &'static str,
    subject: i64,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "DELETE FROM job WHERE account_id = $1 AND kind = $2 AND subject = $3 AND attempts = 0 RETURNING payload",
    )
    .bind(account.0)
    .bind(kind)
    .bind(subject)
    .fetch_optional(&mut **tx)
    .await
}

impl Job {
    /// Removes the finished job, in the transaction that writes its result. `false` when the claim
    /// was lost meanwhile: then the result must not be written.
    pub async fn finish(&self, tx: &mut Tx) -> sqlx::Result<bool> {
        let done = sqlx::query("DELETE FROM job WHERE account_id = $1 AND id = $2 AND fence = $3")
            .bind(self.account.0)
            .bind(self.id.0)
            .bind(self.fence)
            .execute(&mut **tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Notes how far the job got, before a step that must not be done twice. `false` as in `finish`.
    pub async fn note(&self, tx: &mut Tx, payload: &str) -> sqlx::Result<bool> {
        let done = sqlx::query("UPDATE job SET payload = $4 WHERE account_id = $1 AND id = $2 AND fence = $3")
            .bind(self.account.0)
            .bind(self.id.0)
            .bind(self.fence)
            .bind(payload)
            .execute(&mut **tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Gives the job back, to be done again after `wait` milliseconds. `false` as in `finish`.
    pub async fn postpone(&self, tx: &mut Tx, wait: i64, payload: &str) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE job SET run_at = $4, lease_until = 0, payload = $5 WHERE account_id = $1 AND id = $2 AND fence = $3",
        )
        .bind(self.account.0)
        .bind(self.id.0)
        .bind(self.fence)
        .bind(now() + wait)
        .bind(payload)
        .execute(&mut **tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Doubles with every attempt, from one second up to `most` milliseconds.
    pub fn backoff(&self, most: i64) -> i64 {
        (SECOND << self.attempts.clamp(1, 16) >> 1).min(most)
    }
}

/// Does `work` and renews the claim meanwhile.
async fn held<T>(db: &Db, job: &Job, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            result = &mut work => return result,
            () = tokio::time::sleep(RENEWAL) => if let Err(error) = renew(db, job).await {
                tracing::warn!(job.kind = job.kind, job.id = %job.id, %error, "a job's claim could not be renewed");
            },
        }
    }
}

async fn renew(db: &Db, job: &Job) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE job SET lease_until = $4 WHERE account_id = $1 AND id = $2 AND fence = $3 AND lease_until > 0")
        .bind(job.account.0)
        .bind(job.id.0)
        .bind(job.fence)
        .bind(now() + LEASE)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// On SQLite there is one process: whatever was claimed was claimed by a dead one.
pub async fn release_all(db: &Db) -> sqlx::Result<()> {
    if db.engine == Engine::Sqlite {
        let mut tx = db.begin().await?;
        sqlx::query("UPDATE job SET lease_until = 0 WHERE lease_until > 0").execute(&mut *tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Runs jobs until `stop`; then lets those that run come to their end.
pub async fn run<F>(state: State, perform: fn(State, Job) -> F, mut stop: watch::Receiver<bool>)
where
    F: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    while !*stop.borrow() {
        let free = i64::try_from(slots.available_permits()).unwrap_or(1);
        let jobs = if free == 0 {
            Vec::new()
        } else {
            claim(&state.db, free).await.unwrap_or_else(|error| {
                tracing::error!(%error, "jobs can't be claimed just now");
                Vec::new()
            })
        };
        let worked = !jobs.is_empty();
        for job in jobs {
            let Ok(slot) = slots.clone().acquire_owned().await else { return };
            let state = state.clone();
            tokio::spawn(async move {
                let (kind, id, account) = (job.kind.clone(), job.id, job.account);
                let claim = job.clone();
                match tokio::time::timeout(LONGEST, held(&state.db, &claim, perform(state.clone(), job))).await {
                    Ok(Ok(())) => metrics::counter!("engawa_jobs_total", "kind" => kind).increment(1),
                    // The lease runs out and it is tried again.
                    Ok(Err(error)) => {
                        tracing::error!(job.kind = kind, job.id = %id, %account, error = format!("{error:#}"), "a job failed")
                    }
                    Err(_) => tracing::error!(job.kind = kind, job.id = %id, %account, "a job took too long"),
                }
                drop(slot);
                // The next of this lane may go now.
                state.jobs.notify_one();
            });
        }
        if !worked {
            tokio::select! {
                () = state.jobs.notified() => {}
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.changed() => {}
            }
        }
    }
    let _ = slots.acquire_many(u32::try_from(AT_ONCE).unwrap_or(1)).await;
}
