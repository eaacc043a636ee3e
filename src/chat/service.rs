//! Use cases of the desk, for whoever asks: the browser, jobs, the demo.

use super::{
    model::{
        Cursor, Delivery, Filter, Message, MessagePage, ROOMS_PAGE, RoomDetail, RoomPage, RoomState, Via, draft::Draft,
        setting::ReadMode,
    },
    outgoing,
    store::{message, room, setting},
};
use crate::{
    error::AppError,
    id::{AccountId, MessageId, OperatorId, RoomId, make},
    line::event::Content,
    server::{
        db,
        session::{self, Operator},
        state::State,
    },
};

/// One page of the list.
pub async fn list_rooms(op: &Operator, filter: Filter, after: Option<Cursor>) -> Result<RoomPage, AppError> {
    let read = op.state.db.read();
    // The number first: whatever is committed after it reaches the screen by the stream, and what the
    // page has seen already does no harm there.
    let (seq, counts, _) = room::tally(read, op.account()).await?;
    let mut rooms = room::page(read, op.account(), filter, after).await?;
    let more = rooms.len() > ROOMS_PAGE;
    rooms.truncate(ROOMS_PAGE);
    let next = rooms.last().filter(|_| more).map(|last| Cursor { at: last.at, id: last.id });
    Ok(RoomPage { rooms, next, counts, seq })
}

/// A room with its latest messages.
pub async fn open_room(op: &Operator, id: RoomId) -> Result<RoomDetail, AppError> {
    let result = async {
        let read = op.state.db.read();
        let account = op.account();
        let (seq, _, quota) = room::tally(read, account).await?;
        let room = room::one(read, account, id).await?.ok_or(AppError::NotFound)?;
        let MessagePage { messages, older } = message::page(read, account, id, None).await?;
        let people = room::people(read, account, id).await?;
        let profile = room::profile(read, account, id).await?;
        Ok(RoomDetail { room, messages, older, people, profile, quota, seq })
    };
    session::answer(result.await)
}

/// The messages before `before`.
pub async fn older_messages(op: &Operator, id: RoomId, before: MessageId) -> Result<MessagePage, AppError> {
    Ok(message::page(op.state.db.read(), op.account(), id, Some(before)).await?)
}

/// Everything in the room has been seen.
pub async fn mark_read(op: &Operator, id: RoomId) -> Result<(), AppError> {
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, op.account()).await?;
    // Not found and nothing unread are both nothing to do.
    if room::mark_read(&mut tx, op.account(), id, seq).await? {
        if setting::setting(&mut tx, op.account()).await?.read == ReadMode::Open {
            outgoing::tell_read(&mut tx, op.account(), id).await?;
        }
        op.state.commit(tx, op.account()).await?;
        op.state.jobs.notify_one();
    }
    Ok(())
}

/// Puts a room into a state.
pub async fn set_state(op: &Operator, id: RoomId, state: RoomState) -> Result<(), AppError> {
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, op.account()).await?;
    if !room::set_state(&mut tx, op.account(), id, seq, state).await? {
        return session::answer(Err(AppError::NotFound));
    }
    Ok(op.state.commit(tx, op.account()).await?)
}

/// Moves a room into the spam folder or out of it.
pub async fn set_spam(op: &Operator, id: RoomId, spam: bool) -> Result<(), AppError> {
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, op.account()).await?;
    if !room::set_spam(&mut tx, op.account(), id, seq, spam).await? {
        return session::answer(Err(AppError::NotFound));
    }
    Ok(op.state.commit(tx, op.account()).await?)
}

/// Sends a text at once: nothing can be undone.
pub async fn send_text(op: &Operator, id: RoomId, key: &str, text: &str) -> Result<Message, AppError> {
    let sent = outgoing::send(op, id, key, Draft::text(text.trim()), false).await?;
    session::answer(sent.into_iter().next().ok_or(AppError::NotFound))
}

/// Writes down a text that `operator` sent to `line_id` at `at`, before we were there to send it. What came in
/// until then has been read; it is the room's last line when nothing came after it. A conversation that we
/// do not know is left alone.
pub async fn record_answer(
    state: &State,
    account: AccountId,
    operator: OperatorId,
    line_id: &str,
    text: &str,
    at: i64,
) -> anyhow::Result<()> {
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    let Some((room, last)) = room::by_line_id(&mut tx, account, line_id).await? else { return Ok(()) };
    let content = Content::Text { text: text.to_owned(), emojis: Vec::new(), mentions: Vec::new() };
    let id = MessageId(make::at(at));
    let out =
        message::Outgoing { room, id, operator: Some(operator), content: &content, key: &format!("recorded-{id}") };
    message::insert_outgoing(&mut tx, account, seq, &out).await?;
    message::set_delivery(&mut tx, account, room, id, seq, &Delivery::Sent { via: Via::Push }, None).await?;
    if at >= last {
        message::make_last(&mut tx, account, seq, &out).await?;
    }
    room::read_until(&mut tx, account, room, seq, id).await?;
    Ok(state.commit(tx, account).await?)
}

/// Writes down where the work on the conversation with `line_id` stands.
pub async fn record_state(state: &State, account: AccountId, line_id: &str, progress: RoomState) -> anyhow::Result<()> {
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    if let Some((room, _)) = room::by_line_id(&mut tx, account, line_id).await? {
        room::set_state(&mut tx, account, room, seq, progress).await?;
    }
    Ok(state.commit(tx, account).await?)
}
