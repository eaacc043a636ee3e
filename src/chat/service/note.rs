//! Notes among colleagues. They are written into the room but are nothing that happened in it: no state, no count
//! and no last line changes, for what an operator looks for in the list is what the friend said last.

use crate::{
    chat::{
        model::{
            DraftError, Message, check_text,
            note::{MENTIONS_PAGE, MentionPage, find_names},
        },
        store::{message, note, room},
    },
    error::{AppError, Reason},
    id::{AccountId, MessageId, OperatorId, RoomId, make},
    line::{count, event::Content},
    server::{
        db::{self, Tx},
        session::{self, Operator},
        state::State,
    },
    time::now,
};

/// Writes a note. The same `key` again gives the same note back.
pub async fn add(
    op: &Operator,
    room: RoomId,
    key: &str,
    text: &str,
    picked: &[OperatorId],
) -> Result<Message, AppError> {
    session::answer(try_add(op, room, key, text, picked).await)
}

async fn try_add(op: &Operator, to: RoomId, key: &str, text: &str, picked: &[OperatorId]) -> Result<Message, AppError> {
    let text = words(text)?;
    if !(16..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(AppError::field("key", Reason::Invalid));
    }
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    if let Some((there, message)) = message::by_key(&mut tx, account, key).await? {
        return if there == to { Ok(message) } else { Err(AppError::Conflict) };
    }
    room::address(&mut tx, account, to).await?.ok_or(AppError::NotFound)?;
    let at = (to, MessageId(make::next()));
    let (content, named) = content(&mut tx, op.id, text, picked).await?;
    note::insert(&mut tx, account, seq, (at.0, at.1, key), op.id, &content).await?;
    note::name(&mut tx, account, at, &named).await?;
    finish(op, tx, at).await
}

/// Changes a note: its author may, and who manages.
pub async fn edit(
    op: &Operator,
    room: RoomId,
    id: MessageId,
    text: &str,
    picked: &[OperatorId],
) -> Result<Message, AppError> {
    let result = async {
        let text = words(text)?;
        let (mut tx, seq, author) = own(op, room, id).await?;
        let (content, named) = content(&mut tx, author, text, picked).await?;
        if !note::edit(&mut tx, op.account(), seq, (room, id), &content).await? {
            return Err(AppError::Conflict);
        }
        note::name(&mut tx, op.account(), (room, id), &named).await?;
        finish(op, tx, (room, id)).await
    };
    session::answer(result.await)
}

/// Takes a note out: its author may, and who manages.
pub async fn delete(op: &Operator, room: RoomId, id: MessageId) -> Result<(), AppError> {
    let result = async {
        let (mut tx, seq, _) = own(op, room, id).await?;
        if note::discard(&mut tx, op.account(), seq, (room, id)).await? {
            note::name(&mut tx, op.account(), (room, id), &[]).await?;
            op.state.commit(tx, op.account()).await?;
        }
        Ok(())
    };
    session::answer(result.await)
}

/// Begins to change a note that this operator may change; answers its author.
async fn own(op: &Operator, to: RoomId, id: MessageId) -> Result<(Tx, i64, OperatorId), AppError> {
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    room::address(&mut tx, account, to).await?.ok_or(AppError::NotFound)?;
    let message = message::one(&mut tx, account, to, id).await?;
    let message =
        message.filter(|message| matches!(message.content, Content::Note { .. })).ok_or(AppError::NotFound)?;
    let author = message.operator.map(|author| author.id).unwrap_or_default();
    if author != op.id && !op.role.manages() {
        return Err(AppError::Forbidden);
    }
    Ok((tx, seq, author))
}

async fn finish(op: &Operator, mut tx: Tx, (room, id): (RoomId, MessageId)) -> Result<Message, AppError> {
    let message = message::one(&mut tx, op.account(), room, id).await?.ok_or(AppError::NotFound)?;
    op.state.commit(tx, op.account()).await?;
    Ok(message)
}

fn words(text: &str) -> Result<&str, AppError> {
    check_text(text).map_err(|error| {
        let limit = u32::try_from(count::TEXT_LIMIT).unwrap_or_default();
        let reason = match error {
            DraftError::Empty => Reason::Empty,
            DraftError::TooLong(_) => Reason::TooLong { limit },
        };
        AppError::field("text", reason)
    })
}

/// A note with the colleagues whom it names; its author needs no notice of it.
async fn content(
    tx: &mut Tx,
    author: OperatorId,
    text: &str,
    picked: &[OperatorId],
) -> Result<(Content, Vec<OperatorId>), AppError> {
    let mentions = find_names(text, &note::colleagues(&mut **tx).await?, picked);
    let mut named: Vec<OperatorId> = mentions.iter().map(|one| one.operator).filter(|id| *id != author).collect();
    named.sort_unstable();
    named.dedup();
    Ok((Content::Note { text: text.to_owned(), mentions }, named))
}

/// Everybody who can be named.
pub async fn colleagues(op: &Operator) -> Result<Vec<crate::chat::model::Author>, AppError> {
    Ok(note::colleagues(op.state.db.read()).await?)
}

/// The notes that name this operator.
pub async fn mentions(op: &Operator, before: Option<MessageId>) -> Result<MentionPage, AppError> {
    let read = op.state.db.read();
    let unread = note::unread(read, op.account(), op.id).await?;
    let mut mentions = note::mentions(read, op.account(), op.id, before).await?;
    let older = mentions.len() > MENTIONS_PAGE;
    mentions.truncate(MENTIONS_PAGE);
    Ok(MentionPage { mentions, unread, older })
}

/// How many notes name this operator and were not read.
pub async fn unread(op: &Operator) -> Result<i64, AppError> {
    Ok(note::unread(op.state.db.read(), op.account(), op.id).await?)
}

/// The same for an operator who is only looking for their accounts.
pub async fn unread_of(state: &State, account: AccountId, operator: OperatorId) -> Result<i64, AppError> {
    Ok(note::unread(state.db.read(), account, operator).await?)
}

/// This operator has read one note that names them, or all of them; answers how many are left.
pub async fn read(op: &Operator, id: Option<MessageId>) -> Result<i64, AppError> {
    let mut tx = op.state.db.begin().await?;
    note::read(&mut tx, op.account(), op.id, id, now()).await?;
    tx.commit().await?;
    unread(op).await
}
