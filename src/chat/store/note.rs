//! Notes among colleagues, and who was named in them.

use crate::{
    chat::model::{
        Author, RoomKind,
        note::{MENTIONS_PAGE, Mentioned},
    },
    id::{AccountId, MessageId, OperatorId, RoomId},
    line::event::Content,
    server::db::Tx,
};
use sqlx::{AnyPool, Row};

/// Adds a note.
pub async fn insert(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    (room, id, key): (RoomId, MessageId, &str),
    author: OperatorId,
    content: &Content,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, operator_id, delivery, client_key)
         VALUES ($1, $2, $3, $4, 'event', $5, $6, $7, $8, 'received', $9)",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .bind(seq)
    .bind(content.name())
    .bind(serde_json::to_string(content).unwrap_or_default())
    .bind(id.time())
    .bind(author.0)
    .bind(key)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Changes the words of a note. `false` when there is no such note (any more).
pub async fn edit(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    (room, id): (RoomId, MessageId),
    content: &Content,
) -> sqlx::Result<bool> {
    let statement = "UPDATE message SET content = $4, seq = $5, edited = 1
         WHERE account_id = $1 AND room_id = $2 AND id = $3 AND kind = 'note' AND delivery <> 'discarded'";
    change(tx, account, seq, (room, id), content, statement).await
}

/// Takes a note out of its room; of its words nothing is kept. `false` when there is no such note (any more).
pub async fn discard(tx: &mut Tx, account: AccountId, seq: i64, at: (RoomId, MessageId)) -> sqlx::Result<bool> {
    let nothing = Content::Note { text: String::new(), mentions: Vec::new() };
    let statement = "UPDATE message SET content = $4, seq = $5, delivery = 'discarded'
         WHERE account_id = $1 AND room_id = $2 AND id = $3 AND kind = 'note' AND delivery <> 'discarded'";
    change(tx, account, seq, at, &nothing, statement).await
}

async fn change(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    (room, id): (RoomId, MessageId),
    content: &Content,
    statement: &'static str,
) -> sqlx::Result<bool> {
    let before: Option<String> =
        sqlx::query_scalar("SELECT content FROM message WHERE account_id = $1 AND room_id = $2 AND id = $3")
            .bind(account.0)
            .bind(room.0)
            .bind(id.0)
            .fetch_optional(&mut **tx)
            .await?;
    let done = sqlx::query(statement)
        .bind(account.0)
        .bind(room.0)
        .bind(id.0)
        .bind(serde_json::to_string(content).unwrap_or_default())
        .bind(seq)
        .execute(&mut **tx)
        .await?;
    if let Some(before) = before.and_then(|before| serde_json::from_str(&before).ok()) {
        crate::chat::search::forget(tx, account, room.0, id.0, &before).await?;
    }
    Ok(done.rows_affected() > 0)
}

/// Everybody who can be named.
pub async fn colleagues(db: impl sqlx::Executor<'_, Database = sqlx::Any>) -> sqlx::Result<Vec<Author>> {
    sqlx::query("SELECT id, name FROM operator ORDER BY name, id")
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| Ok(Author { id: OperatorId(row.try_get("id")?), name: row.try_get("name")? }))
        .collect()
}

/// Names these colleagues in a note, and nobody else. Who was named before keeps what they have read.
pub async fn name(
    tx: &mut Tx,
    account: AccountId,
    (room, id): (RoomId, MessageId),
    named: &[OperatorId],
) -> sqlx::Result<()> {
    let before: Vec<i64> = sqlx::query_scalar(
        "SELECT operator_id FROM mention WHERE account_id = $1 AND room_id = $2 AND message_id = $3",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .fetch_all(&mut **tx)
    .await?;
    for gone in before.iter().filter(|one| !named.contains(&OperatorId(**one))) {
        sqlx::query("DELETE FROM mention WHERE account_id = $1 AND operator_id = $2 AND message_id = $3")
            .bind(account.0)
            .bind(gone)
            .bind(id.0)
            .execute(&mut **tx)
            .await?;
    }
    for new in named.iter().filter(|one| !before.contains(&one.0)) {
        sqlx::query("INSERT INTO mention (account_id, operator_id, message_id, room_id) VALUES ($1, $2, $3, $4)")
            .bind(account.0)
            .bind(new.0)
            .bind(id.0)
            .bind(room.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The notes that name `operator`, the latest first: up to one more than [`MENTIONS_PAGE`].
pub async fn mentions(
    db: &AnyPool,
    account: AccountId,
    operator: OperatorId,
    before: Option<MessageId>,
) -> sqlx::Result<Vec<Mentioned>> {
    sqlx::query(
        "SELECT n.message_id, n.room_id, n.read_at, r.name, r.picture, r.kind, m.content, m.at, m.operator_id, o.name AS author
         FROM mention n
         JOIN room r ON r.account_id = n.account_id AND r.id = n.room_id AND r.spam < 2
         JOIN message m ON m.account_id = n.account_id AND m.room_id = n.room_id AND m.id = n.message_id
         LEFT JOIN operator o ON o.id = m.operator_id
         WHERE n.account_id = $1 AND n.operator_id = $2 AND n.message_id < $3 ORDER BY n.message_id DESC LIMIT $4",
    )
    .bind(account.0)
    .bind(operator.0)
    .bind(before.map_or(i64::MAX, |id| id.0))
    .bind(i64::try_from(MENTIONS_PAGE + 1).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let content: String = row.try_get("content")?;
        let content: Option<Content> = serde_json::from_str(&content).ok();
        let author: Option<String> = row.try_get("author")?;
        Ok(Mentioned {
            message: MessageId(row.try_get("message_id")?),
            room: RoomId(row.try_get("room_id")?),
            name: row.try_get("name")?,
            picture: row.try_get("picture")?,
            group: RoomKind::from_name(row.try_get("kind")?) != RoomKind::User,
            author: match (row.try_get::<Option<i64>, _>("operator_id")?, author) {
                (Some(id), Some(name)) => Some(Author { id: OperatorId(id), name }),
                _ => None,
            },
            text: content.map(|content| content.words()).unwrap_or_default(),
            at: row.try_get("at")?,
            read: row.try_get::<Option<i64>, _>("read_at")?.is_some(),
        })
    })
    .collect()
}

/// How many notes name `operator` and were not read.
pub async fn unread(db: &AnyPool, account: AccountId, operator: OperatorId) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT COUNT(*) FROM mention n JOIN room r ON r.account_id = n.account_id AND r.id = n.room_id AND r.spam < 2
         WHERE n.account_id = $1 AND n.operator_id = $2 AND n.read_at IS NULL",
    )
    .bind(account.0)
    .bind(operator.0)
    .fetch_one(db)
    .await
}

/// `operator` has read one note, or all of them.
pub async fn read(
    tx: &mut Tx,
    account: AccountId,
    operator: OperatorId,
    note: Option<MessageId>,
    now: i64,
) -> sqlx::Result<()> {
    let statement = match note {
        Some(_) => {
            "UPDATE mention SET read_at = $3 WHERE account_id = $1 AND operator_id = $2 AND read_at IS NULL AND message_id = $4"
        }
        None => {
            "UPDATE mention SET read_at = $3 WHERE account_id = $1 AND operator_id = $2 AND read_at IS NULL AND message_id <= $4"
        }
    };
    sqlx::query(statement)
        .bind(account.0)
        .bind(operator.0)
        .bind(now)
        .bind(note.map_or(i64::MAX, |id| id.0))
        .execute(&mut **tx)
        .await
        .map(drop)
}
