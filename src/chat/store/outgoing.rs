//! How messages of ours go out: packets, their frozen bodies, and what they need.

use crate::{
    id::{AccountId, MessageId, RoomId, UploadId},
    server::db::Tx,
};
use serde_json::Value;
use sqlx::{AnyConnection, Row};

/// One message of a packet.
pub struct Part {
    /// Message.
    pub id: MessageId,
    /// LINE's JSON, frozen.
    pub body: Value,
    /// Arrives without a sound.
    pub silent: bool,
}

/// Adds a message to a packet.
pub async fn add(
    tx: &mut Tx,
    account: AccountId,
    room: RoomId,
    packet: MessageId,
    part: &Part,
    held_until: Option<i64>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO outgoing (account_id, room_id, id, packet, body, silent, held_until) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(part.id.0)
    .bind(packet.0)
    .bind(part.body.to_string())
    .bind(i16::from(part.silent))
    .bind(held_until)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// The messages of a packet that wait to be sent, in order.
pub async fn waiting(tx: &mut Tx, account: AccountId, packet: MessageId) -> sqlx::Result<Vec<Part>> {
    parts(tx, account, packet, "m.delivery IN ('queued', 'waiting')").await
}

/// The messages of a packet that were not sent, or nobody knows, in order.
pub async fn unsent(tx: &mut Tx, account: AccountId, packet: MessageId) -> sqlx::Result<Vec<Part>> {
    parts(tx, account, packet, "m.delivery IN ('failed', 'unknown')").await
}

async fn parts(tx: &mut Tx, account: AccountId, packet: MessageId, which: &'static str) -> sqlx::Result<Vec<Part>> {
    let statement = format!(
        "SELECT o.id, o.body, o.silent FROM outgoing o
         JOIN message m ON m.account_id = o.account_id AND m.room_id = o.room_id AND m.id = o.id
         WHERE o.account_id = $1 AND o.packet = $2 AND {which} ORDER BY o.id"
    );
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(account.0)
        .bind(packet.0)
        .fetch_all(&mut **tx)
        .await?
        .iter()
        .map(|row| {
            Ok(Part {
                id: MessageId(row.try_get("id")?),
                body: serde_json::from_str(row.try_get("body")?).unwrap_or_default(),
                silent: row.try_get::<i32, _>("silent")? != 0,
            })
        })
        .collect()
}

/// The packet that a message belongs to; itself when it was sent alone by an earlier version.
pub async fn packet(tx: &mut Tx, account: AccountId, id: MessageId) -> sqlx::Result<MessageId> {
    let packet: Option<i64> = sqlx::query_scalar("SELECT packet FROM outgoing WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(packet.map_or(id, MessageId))
}

/// The messages of a packet, in order.
pub async fn members(db: &mut AnyConnection, account: AccountId, packet: MessageId) -> sqlx::Result<Vec<MessageId>> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM outgoing WHERE account_id = $1 AND packet = $2 ORDER BY id")
        .bind(account.0)
        .bind(packet.0)
        .fetch_all(db)
        .await?;
    Ok(ids.into_iter().map(MessageId).collect())
}

/// Moves a message to another packet.
pub async fn regroup(tx: &mut Tx, account: AccountId, id: MessageId, packet: MessageId) -> sqlx::Result<()> {
    sqlx::query("UPDATE outgoing SET packet = $3, held_until = NULL WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .bind(packet.0)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// What quoting a message needs: LINE's id of it, and its token.
pub async fn quotable(
    tx: &mut Tx,
    account: AccountId,
    room: RoomId,
    id: MessageId,
) -> sqlx::Result<Option<(String, String)>> {
    let row = sqlx::query(
        "SELECT line_id, quote_token FROM message WHERE account_id = $1 AND room_id = $2 AND id = $3
            AND line_id IS NOT NULL AND quote_token IS NOT NULL AND kind <> 'unsent'",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| Ok((row.try_get("line_id")?, row.try_get("quote_token")?))).transpose()
}

/// The bytes of a message of ours are those of an upload.
pub async fn add_media(
    tx: &mut Tx,
    account: AccountId,
    room: RoomId,
    id: MessageId,
    upload: UploadId,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO media (account_id, id, room_id, line_id, state, sha256, content_type, file_name, size, width, height, thumb)
         SELECT account_id, $3, $2, '', 'ready', sha256, content_type, name, size, width, height, thumb FROM upload
         WHERE account_id = $1 AND id = $4",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .bind(upload.0)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// The token with which a message of ours can be quoted.
pub async fn set_quote_token(
    tx: &mut Tx,
    account: AccountId,
    room: RoomId,
    id: MessageId,
    token: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE message SET quote_token = $4 WHERE account_id = $1 AND room_id = $2 AND id = $3")
        .bind(account.0)
        .bind(room.0)
        .bind(id.0)
        .bind(token)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Notes which message another one quotes.
pub async fn set_quoted(
    tx: &mut Tx,
    account: AccountId,
    room: RoomId,
    id: MessageId,
    line_id: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE message SET quoted = $4 WHERE account_id = $1 AND room_id = $2 AND id = $3")
        .bind(account.0)
        .bind(room.0)
        .bind(id.0)
        .bind(line_id)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// The newest token by which a friend is told that everything was read, with its message.
pub async fn read_token(tx: &mut Tx, account: AccountId, room: RoomId) -> sqlx::Result<Option<(MessageId, String)>> {
    // Far enough back for whoever writes a lot at once; not the whole room.
    let row = sqlx::query(
        "SELECT id, read_token FROM (SELECT id, read_token, direction FROM message WHERE account_id = $1 AND room_id = $2
            ORDER BY id DESC LIMIT 100) AS recent WHERE direction = 'in' ORDER BY id DESC LIMIT 1",
    )
    .bind(account.0)
    .bind(room.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let token: Option<String> = row.try_get("read_token")?;
    let id = MessageId(row.try_get("id")?);
    Ok(token.map(|token| (id, token)))
}

/// The token was used: the same message needs no second telling.
pub async fn forget_read_token(tx: &mut Tx, account: AccountId, room: RoomId, id: MessageId) -> sqlx::Result<()> {
    sqlx::query("UPDATE message SET read_token = NULL WHERE account_id = $1 AND room_id = $2 AND id = $3")
        .bind(account.0)
        .bind(room.0)
        .bind(id.0)
        .execute(&mut **tx)
        .await
        .map(drop)
}
