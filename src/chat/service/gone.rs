//! Ends: leaving a group, deleting a room, bringing it back, and removing it for good.

use crate::{
    audit::{self, model::Action},
    chat::{
        model::{
            Cursor, RoomKind,
            gone::{DELETED_PAGE, DeletedPage},
        },
        store::{gone, message, room},
    },
    error::{AppError, Reason},
    id::{MessageId, RoomId, make},
    line::{
        client::Error,
        event::{Content, Notice},
    },
    server::{
        db,
        session::{self, Operator},
    },
    time::now,
};

/// Deletes a room: it is gone from every view at once, and after 30 days for good.
pub async fn delete(op: &Operator, id: RoomId) -> Result<(), AppError> {
    let result = async {
        let mut tx = op.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, op.account()).await?;
        let now = now();
        if !gone::delete(&mut tx, op.account(), id, seq, op.id, now).await? {
            return Err(AppError::NotFound);
        }
        gone::cancel_sending(&mut tx, op.account(), id, seq, now).await?;
        // Whoever had it has room for another.
        super::assign::deal(&mut tx, op.account(), seq).await?;
        op.state.commit(tx, op.account()).await?;
        note(op, Action::ChatDeleted, id).await?;
        Ok(())
    };
    session::answer(result.await)
}

/// Brings a deleted room back. If the friend has written since, what came then goes on in it.
pub async fn restore(op: &Operator, id: RoomId) -> Result<(), AppError> {
    let result = async {
        let account = op.account();
        let mut tx = op.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        let line_id = gone::line_id(&mut tx, account, id, now()).await?.ok_or(AppError::NotFound)?;
        if let Some((new, _)) = room::by_line_id(&mut tx, account, &line_id).await? {
            // Moving a message that is being sent would hide from its sender where it went.
            if gone::is_sending(&mut tx, account, new).await? {
                return Err(AppError::Conflict);
            }
            gone::take_over(&mut tx, account, id, new, seq).await?;
        }
        gone::restore(&mut tx, account, id, seq).await?;
        gone::cancel_sending(&mut tx, account, id, seq, now()).await?;
        op.state.commit(tx, account).await?;
        op.state.jobs.notify_one();
        note(op, Action::ChatRestored, id).await?;
        Ok(())
    };
    session::answer(result.await)
}

/// Removes a deleted room for good, now.
pub async fn purge_now(op: &Operator, id: RoomId) -> Result<(), AppError> {
    let result = async {
        let mut tx = op.state.db.begin().await?;
        db::next_seq(&mut tx, op.account()).await?;
        if !gone::give_up(&mut tx, op.account(), id, now()).await? {
            return Err(AppError::NotFound);
        }
        op.state.commit(tx, op.account()).await?;
        note(op, Action::ChatPurged, id).await?;
        op.state.jobs.notify_one();
        Ok(())
    };
    session::answer(result.await)
}

/// Rooms that can be brought back.
pub async fn list(op: &Operator, after: Option<Cursor>) -> Result<DeletedPage, AppError> {
    let mut rooms = gone::list(op.state.db.read(), op.account(), after, now()).await?;
    let more = rooms.len() > DELETED_PAGE;
    rooms.truncate(DELETED_PAGE);
    let next = rooms.last().filter(|_| more).map(|last| Cursor { at: last.at, id: last.id });
    Ok(DeletedPage { rooms, next })
}

/// Leaves a group or a multi-person room. LINE tells nobody that we left of our own will, so the room is told here.
pub async fn leave(op: &Operator, id: RoomId) -> Result<(), AppError> {
    session::answer(try_leave(op, id).await)
}

async fn try_leave(op: &Operator, id: RoomId) -> Result<(), AppError> {
    let account = op.account();
    let known = room::one(op.state.db.read(), account, id).await?.ok_or(AppError::NotFound)?;
    if known.kind == RoomKind::User {
        return Err(AppError::Conflict);
    }
    let mut tx = op.state.db.begin().await?;
    let address = room::address(&mut tx, account, id).await?.ok_or(AppError::NotFound)?;
    drop(tx);
    let left = match op.state.directory.client(&op.state, account).await? {
        Ok(client) => client.leave(known.kind.name(), &address.line_id).await,
        Err(error) => Err(error),
    };
    match left {
        // LINE does not know us there: we are out of it already.
        Ok(()) | Err(Error::Status { status: 404, .. }) => {}
        Err(Error::Status { status: 429 | 500.., .. } | Error::NotReached | Error::NoAnswer) => {
            return Err(AppError::field("room", Reason::LineUnreachable));
        }
        Err(error) => return Err(AppError::field("room", Reason::Refused { message: error.to_string() })),
    }
    let at = MessageId(make::next());
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    if room::leave(&mut tx, account, id, seq, at).await? {
        let content = Content::Notice { notice: Notice::Left };
        message::insert_event(&mut tx, account, seq, (id, at), op.id, &content).await?;
    }
    op.state.commit(tx, account).await?;
    Ok(note(op, Action::GroupLeft, id).await?)
}

/// Writes into the activity log what was done with a room, under its name.
async fn note(op: &Operator, action: Action, id: RoomId) -> sqlx::Result<()> {
    let name = gone::name(op.state.db.read(), op.account(), id).await?;
    audit::service::record(op, action, &name.unwrap_or_else(|| id.to_string())).await;
    Ok(())
}
