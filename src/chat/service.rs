//! Use cases of the desk, for whoever asks: the browser, jobs, the demo.

pub mod assign;
pub mod gone;
pub mod kin;
pub mod note;

use super::{
    model::{
        Cursor, Delivery, Message, MessagePage, MessageWindow, NAMED_ROOMS, NAMES_FOUND, NewerPage, Own, ROOMS_PAGE,
        RoomDetail, RoomKind, RoomName, RoomPage, RoomState, Via, View,
        draft::Draft,
        search::{FoundRoom, QUESTION_LIMIT, Question},
        setting::ReadMode,
    },
    outgoing, search,
    store::{assign as holders, find, message, room, setting},
};
use crate::{
    error::AppError,
    i18n::find::{fit, fold},
    id::{AccountId, MessageId, OperatorId, RoomId, make},
    line::event::Content,
    server::{
        db, jobs,
        session::{self, Operator},
        state::State,
    },
    team,
};

/// One page of the list.
pub async fn list_rooms(op: &Operator, view: View, after: Option<Cursor>) -> Result<RoomPage, AppError> {
    let read = op.state.db.read();
    // The number first: whatever is committed after it reaches the screen by the stream, and what the
    // page has seen already does no harm there.
    let (seq, counts, _) = room::tally(read, op.account()).await?;
    let own = if after.is_none() { Some(own(op, seq).await?) } else { None };
    let mut rooms = room::page(read, op.account(), view, op.id, after).await?;
    let more = rooms.len() > ROOMS_PAGE;
    rooms.truncate(ROOMS_PAGE);
    let next = rooms.last().filter(|_| more).map(|last| Cursor { at: last.at, id: last.id });
    Ok(RoomPage { rooms, next, counts, seq, own })
}

/// What is this operator's own, and whom rooms can be given to.
async fn own(op: &Operator, seq: i64) -> Result<Own, AppError> {
    let (read, account) = (op.state.db.read(), op.account());
    Ok(Own {
        me: op.id,
        pinned: room::pinned(read, account, op.id).await?,
        marks: holders::marks(read, account, op.id).await?,
        holdings: holders::holdings(read, account, -1).await?,
        roster: team::service::roster(read, seq).await?,
    })
}

/// Rooms whose name fits what was typed, the best first. Of the latest ones the names alone are looked at, so that a few
/// letters left out do no harm; older ones are found as the search finds them.
pub async fn find_rooms(op: &Operator, name: &str) -> Result<Vec<RoomName>, AppError> {
    let rooms = find::latest(op.state.db.read(), op.account()).await?;
    let all = i64::try_from(rooms.len()).unwrap_or(i64::MAX) < NAMED_ROOMS;
    let wanted = fold(name);
    let mut found: Vec<(u32, RoomName)> =
        rooms.into_iter().filter_map(|room| Some((fit(&wanted, &fold(&room.name))?, room))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    let mut found: Vec<RoomName> = found.into_iter().map(|(_, room)| room).take(NAMES_FOUND).collect();
    if !all && found.len() < NAMES_FOUND && !wanted.trim().is_empty() {
        let question = Question { words: name.chars().take(QUESTION_LIMIT).collect(), ..Question::default() };
        for FoundRoom { room, .. } in search::search(op, &question, None).await?.rooms {
            let group = room.kind != RoomKind::User;
            if !room.spam && found.len() < NAMES_FOUND && found.iter().all(|known| known.id != room.id) {
                found.push(RoomName { id: room.id, name: room.name, picture: room.picture, group });
            }
        }
    }
    Ok(found)
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
        let kin = kin::of(op, id).await?;
        Ok(RoomDetail { room, messages, older, people, profile, quota, seq, kin })
    };
    session::answer(result.await)
}

/// The messages before `before`.
pub async fn older_messages(op: &Operator, id: RoomId, before: MessageId) -> Result<MessagePage, AppError> {
    present(op, id).await?;
    Ok(message::page(op.state.db.read(), op.account(), id, Some(before)).await?)
}

/// Refuses what is about a room that is not there, or was deleted.
async fn present(op: &Operator, id: RoomId) -> Result<(), AppError> {
    let found = room::one(op.state.db.read(), op.account(), id).await?;
    session::answer(found.map(drop).ok_or(AppError::NotFound))
}

/// The messages from `from` on.
pub async fn newer_messages(op: &Operator, id: RoomId, from: MessageId) -> Result<NewerPage, AppError> {
    present(op, id).await?;
    Ok(message::page_from(op.state.db.read(), op.account(), id, from).await?)
}

/// A page of messages before `target`, and one that begins with it.
pub async fn messages_around(op: &Operator, id: RoomId, target: MessageId) -> Result<MessageWindow, AppError> {
    let result = async {
        present(op, id).await?;
        let (read, account) = (op.state.db.read(), op.account());
        let (seq, ..) = room::tally(read, account).await?;
        let NewerPage { messages: after, newer } = message::page_from(read, account, id, target).await?;
        if after.first().is_none_or(|message| message.id != target) {
            return Err(AppError::NotFound);
        }
        let MessagePage { mut messages, older } = message::page(read, account, id, Some(target)).await?;
        messages.extend(after);
        Ok(MessageWindow { target, messages, older, newer, seq })
    };
    session::answer(result.await)
}

/// LINE's JSON of what happened in a room, laid out to be read.
pub async fn event_json(op: &Operator, id: RoomId, message: MessageId) -> Result<String, AppError> {
    present(op, id).await?;
    let json = message::event_json(op.state.db.read(), op.account(), id, message).await?;
    let json = json.filter(|json| !json.is_empty());
    let Some(json) = json else { return session::answer(Err(AppError::NotFound)) };
    let value = serde_json::from_str::<serde_json::Value>(&json).ok();
    Ok(value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or(json))
}

/// Asks LINE once more for bytes that could not be fetched.
pub async fn fetch_again(op: &Operator, id: RoomId, message: MessageId) -> Result<Message, AppError> {
    let result = async {
        let account = op.account();
        let mut tx = op.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        room::address(&mut tx, account, id).await?.ok_or(AppError::NotFound)?;
        // Pressed by two operators at once: the second finds it on its way.
        if message::fetch_again(&mut tx, account, id, message, seq).await? {
            jobs::add(&mut tx, account, "media", message.0, message.0, "{}").await?;
        }
        let message = message::one(&mut tx, account, id, message).await?.ok_or(AppError::NotFound)?;
        op.state.commit(tx, account).await?;
        op.state.jobs.notify_one();
        Ok(message)
    };
    session::answer(result.await)
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
    assign::deal(&mut tx, op.account(), seq).await?;
    Ok(op.state.commit(tx, op.account()).await?)
}

/// Moves a room into the spam folder or out of it.
pub async fn set_spam(op: &Operator, id: RoomId, spam: bool) -> Result<(), AppError> {
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, op.account()).await?;
    if !room::set_spam(&mut tx, op.account(), id, seq, spam).await? {
        return session::answer(Err(AppError::NotFound));
    }
    assign::deal(&mut tx, op.account(), seq).await?;
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
