//! What becomes due: messages to be sent at a time, telling friends that we have read, and sweeping up files that
//! nobody sent.

use crate::{
    chat::{
        outgoing::{self, Packet},
        store::{later, outgoing as store},
        upload,
    },
    id::{LaterId, RoomId},
    line::client::Error,
    server::{db, jobs::Job, state::State},
    time::{DAY, MINUTE, SECOND, now},
};

/// How long a file that was brought waits to be sent.
const LOOSE: i64 = 2 * DAY;

/// Sends what its time has come for: on its way like everything else, or failed for all to see.
pub async fn send(state: &State, job: &Job) -> anyhow::Result<()> {
    let (account, id) = (job.account, LaterId(job.subject));
    let base = outgoing::base(state, account).await?;
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    let (due, key) = (later::one(&mut tx, account, id).await?, later::key(&mut tx, account, id).await?);
    // It was given another time while we were on our way.
    if let Some(due) = due.as_ref().filter(|due| due.at > now() + SECOND) {
        job.postpone(&mut tx, due.at - now(), "{}").await?;
        return Ok(tx.commit().await?);
    }
    if !job.finish(&mut tx).await? {
        return Ok(());
    }
    let (Some(due), Some(key)) = (due, key) else { return Ok(tx.commit().await?) };
    later::remove(&mut tx, account, id).await?;
    let (room, operator) = (due.room, due.operator);
    let packet = Packet { room, operator, key: &key, draft: due.draft, undo: false };
    outgoing::write_due(&mut tx, account, seq, base.as_deref(), packet).await?;
    later::count(&mut tx, account, room, seq).await?;
    state.commit(tx, account).await?;
    state.jobs.notify_one();
    Ok(())
}

/// Tells a friend that everything up to the newest message was read.
pub async fn tell_read(state: &State, job: &Job) -> anyhow::Result<()> {
    let (account, room) = (job.account, RoomId(job.subject));
    let mut tx = state.db.begin().await?;
    let token = store::read_token(&mut tx, account, room).await?;
    drop(tx);
    let told = match &token {
        Some((_, token)) => match state.directory.client(state, account).await? {
            Ok(client) => client.mark_as_read(token).await,
            Err(error) => Err(error),
        },
        None => Ok(()),
    };
    let again = matches!(told, Err(Error::NotReached | Error::NoAnswer | Error::Status { status: 429 | 500.., .. }));
    let mut tx = state.db.begin().await?;
    if again && job.attempts < 5 {
        job.postpone(&mut tx, job.backoff(MINUTE), "{}").await?;
    } else if job.finish(&mut tx).await? {
        if let Err(error) = told {
            // It is a courtesy: nothing is lost by it.
            tracing::info!(%account, %room, %error, "a friend could not be told that we have read");
        }
        if let Some((message, _)) = token {
            store::forget_read_token(&mut tx, account, room, message).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Forgets the files that were brought and never sent.
pub async fn sweep(state: &State, job: &Job) -> anyhow::Result<()> {
    let mut tx = state.db.begin().await?;
    let names = crate::chat::store::upload::sweep(&mut tx, job.account, now() - LOOSE).await?;
    job.finish(&mut tx).await?;
    tx.commit().await?;
    for name in names {
        upload::drop_file(state, &name).await?;
    }
    Ok(())
}
