//! What is to be sent at a time.

use crate::{
    chat::model::later::Later,
    id::{AccountId, LaterId, OperatorId, RoomId},
    server::db::Tx,
    time::now,
};
use sqlx::{AnyConnection, Row, any::AnyRow};

macro_rules! columns {
    () => {
        "SELECT l.id, l.room_id, l.operator_id, l.draft, l.due_at, r.name AS room_name, o.name AS author FROM later l
         JOIN room r ON r.account_id = l.account_id AND r.id = l.room_id
         LEFT JOIN operator o ON o.id = l.operator_id WHERE l.account_id = $1"
    };
}

fn later(row: &AnyRow) -> sqlx::Result<Later> {
    Ok(Later {
        id: LaterId(row.try_get("id")?),
        room: RoomId(row.try_get("room_id")?),
        room_name: row.try_get("room_name")?,
        operator: OperatorId(row.try_get("operator_id")?),
        author: row.try_get::<Option<String>, _>("author")?.unwrap_or_default(),
        draft: serde_json::from_str(row.try_get("draft")?).unwrap_or_default(),
        at: row.try_get("due_at")?,
    })
}

/// What will be sent, the next first: in one room, or in all of them.
pub async fn list(db: &mut AnyConnection, account: AccountId, room: Option<RoomId>) -> sqlx::Result<Vec<Later>> {
    let rows = match room {
        Some(room) => {
            sqlx::query(concat!(columns!(), " AND l.room_id = $2 ORDER BY l.due_at, l.id LIMIT 200"))
                .bind(account.0)
                .bind(room.0)
                .fetch_all(db)
                .await?
        }
        None => {
            sqlx::query(concat!(columns!(), " ORDER BY l.due_at, l.id LIMIT 200")).bind(account.0).fetch_all(db).await?
        }
    };
    rows.iter().map(later).collect()
}

/// One of them.
pub async fn one(db: &mut AnyConnection, account: AccountId, id: LaterId) -> sqlx::Result<Option<Later>> {
    let row = sqlx::query(concat!(columns!(), " AND l.id = $2")).bind(account.0).bind(id.0).fetch_optional(db).await?;
    row.as_ref().map(later).transpose()
}

/// The one that this key has made already.
pub async fn by_key(db: &mut AnyConnection, account: AccountId, key: &str) -> sqlx::Result<Option<Later>> {
    let row =
        sqlx::query(concat!(columns!(), " AND l.client_key = $2")).bind(account.0).bind(key).fetch_optional(db).await?;
    row.as_ref().map(later).transpose()
}

/// The key under which it will be sent.
pub async fn key(db: &mut AnyConnection, account: AccountId, id: LaterId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT client_key FROM later WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .fetch_optional(db)
        .await
}

/// Adds one.
pub async fn add(tx: &mut Tx, account: AccountId, key: &str, new: &Later) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO later (account_id, id, room_id, operator_id, client_key, draft, due_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(account.0)
    .bind(new.id.0)
    .bind(new.room.0)
    .bind(new.operator.0)
    .bind(key)
    .bind(serde_json::to_string(&new.draft).unwrap_or_default())
    .bind(new.at)
    .bind(now())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Changes what is sent, and when.
pub async fn change(tx: &mut Tx, account: AccountId, changed: &Later) -> sqlx::Result<()> {
    sqlx::query("UPDATE later SET draft = $3, due_at = $4 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(changed.id.0)
        .bind(serde_json::to_string(&changed.draft).unwrap_or_default())
        .bind(changed.at)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Removes one. `false` when it was gone already.
pub async fn remove(tx: &mut Tx, account: AccountId, id: LaterId) -> sqlx::Result<bool> {
    let done = sqlx::query("DELETE FROM later WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Keeps the room's count, and tells its screens.
pub async fn count(tx: &mut Tx, account: AccountId, room: RoomId, seq: i64) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE room SET seq = $3, later = (SELECT COUNT(*) FROM later l WHERE l.account_id = $1 AND l.room_id = $2)
         WHERE account_id = $1 AND id = $2",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(seq)
    .execute(&mut **tx)
    .await
    .map(drop)
}
