//! Removes a deleted room for good: its messages, their files, LINE's JSON of them, and people who were known by it
//! alone. It goes in steps, so that writers wait for none of them long, and begins again where a crash ended it.

use crate::{
    chat::{search, store::gone, upload},
    id::RoomId,
    line::event::Event,
    server::{db, jobs::Job, state::State},
    time::now,
};

/// Messages that go in one transaction.
const AT_ONCE: i64 = 500;

/// Removes the room that the job names, if its time has come.
pub async fn perform(state: &State, job: &Job) -> anyhow::Result<()> {
    let (account, id) = (job.account, RoomId(job.subject));
    let Some((kind, line_id)) = gone::due(state.db.read(), account, id, now()).await? else {
        // Brought back, or gone already.
        let mut tx = state.db.begin().await?;
        job.finish(&mut tx).await?;
        return Ok(tx.commit().await?);
    };
    // First no message shows the files any more, then they go: a crash between the two leaves no broken picture.
    let mut tx = state.db.begin().await?;
    db::next_seq(&mut tx, account).await?;
    let files = gone::give_up_media(&mut tx, account, id).await?;
    tx.commit().await?;
    for sha256 in files {
        upload::drop_file(state, &sha256).await?;
    }
    loop {
        let mut tx = state.db.begin().await?;
        db::next_seq(&mut tx, account).await?;
        let some = gone::purge_messages(&mut tx, account, id, AT_ONCE).await?;
        tx.commit().await?;
        if !some {
            break;
        }
    }
    search::forget_room(state, account, id.0).await?;
    let edits = if kind == "user" || line_id.is_empty() {
        Vec::new()
    } else {
        gone::edits(state.db.read(), account, &line_id).await?
    };
    let of_room = |payload: &str| {
        let event = serde_json::from_str(payload).ok().and_then(Event::read);
        event.and_then(|event| event.source).is_some_and(|source| source.id() == line_id)
    };
    let mut tx = state.db.begin().await?;
    db::next_seq(&mut tx, account).await?;
    for (event, _) in edits.iter().filter(|(_, payload)| of_room(payload)) {
        gone::forget_event(&mut tx, account, event).await?;
    }
    gone::purge_room(&mut tx, account, id).await?;
    job.finish(&mut tx).await?;
    Ok(state.commit(tx, account).await?)
}
