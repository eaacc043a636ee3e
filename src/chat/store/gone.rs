//! Deleted rooms: out of every view, back again, and gone for good.

use crate::{
    chat::model::{
        Cursor, RoomKind,
        gone::{DELETED_PAGE, DeletedRoom, KEPT_FOR},
    },
    id::{AccountId, OperatorId, RoomId, make},
    server::db::Tx,
};
use sqlx::{AnyPool, Row};

/// Takes a room out of every view. `false` when there is no such room (any more).
pub async fn delete(
    tx: &mut Tx,
    account: AccountId,
    id: RoomId,
    seq: i64,
    by: OperatorId,
    now: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE room SET spam = spam + 2, seq = $3, deleted_at = $4, deleted_by = $5, was_line_id = line_id,
            line_id = 'deleted ' || CAST(id AS TEXT), reply_token = NULL, reply_until = NULL
         WHERE account_id = $1 AND id = $2 AND spam < 2",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(seq)
    .bind(now)
    .bind(by.0)
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    // Whoever writes again gets a new room, and that needs the name anew.
    sqlx::query(
        "UPDATE contact SET profile_at = 0 WHERE account_id = $1
            AND id = (SELECT contact_id FROM room WHERE account_id = $1 AND id = $2)",
    )
    .bind(account.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    add_purge(tx, account, id, now + KEPT_FOR).await?;
    Ok(true)
}

/// What waits to be sent in a deleted room is not sent. What is being sent just now comes to its own end.
pub async fn cancel_sending(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64, now: i64) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM job WHERE account_id = $1 AND kind = 'send' AND lane = $2 AND lease_until <= $3")
        .bind(account.0)
        .bind(id.0)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "UPDATE message SET delivery = 'failed', failure = '{\"why\":\"room_deleted\"}', seq = $3
         WHERE account_id = $1 AND room_id = $2 AND delivery IN ('queued', 'waiting') AND NOT EXISTS (
            SELECT 1 FROM job j WHERE j.account_id = message.account_id AND j.kind = 'send' AND j.subject = COALESCE(
                (SELECT o.packet FROM outgoing o WHERE o.account_id = message.account_id AND o.id = message.id), message.id))",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(seq)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// The job that removes the room in the end. In a lane of its own: nothing has to wait a month behind it.
async fn add_purge(tx: &mut Tx, account: AccountId, id: RoomId, at: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO job (account_id, id, kind, subject, lane, run_at, created_at) VALUES ($1, $2, 'purge', $3, $2, $4, $4)
         ON CONFLICT (account_id, kind, subject) DO UPDATE SET run_at = excluded.run_at",
    )
    .bind(account.0)
    .bind(make::next())
    .bind(id.0)
    .bind(at)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// LINE's id of a deleted room that can still be brought back.
pub async fn line_id(tx: &mut Tx, account: AccountId, id: RoomId, now: i64) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT was_line_id FROM room WHERE account_id = $1 AND id = $2 AND spam > 1 AND deleted_at > $3",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(now - KEPT_FOR)
    .fetch_optional(&mut **tx)
    .await
}

/// Whether something in a room waits to be sent.
pub async fn is_sending(tx: &mut Tx, account: AccountId, id: RoomId) -> sqlx::Result<bool> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT id FROM job WHERE account_id = $1 AND kind = 'send' AND lane = $2 LIMIT 1")
            .bind(account.0)
            .bind(id.0)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(found.is_some())
}

/// Moves what came into a new room since into the deleted one, of which it is the rest. The new room stays behind as
/// an empty one that is deleted, so that every screen hears of its end.
pub async fn take_over(tx: &mut Tx, account: AccountId, id: RoomId, new: RoomId, seq: i64) -> sqlx::Result<()> {
    let run = [
        "UPDATE message SET room_id = $2, seq = $4 WHERE account_id = $1 AND room_id = $3",
        "UPDATE download SET room_id = $2 WHERE account_id = $1 AND room_id = $3 AND $4 = $4",
        "UPDATE later SET room_id = $2 WHERE account_id = $1 AND room_id = $3 AND $4 = $4",
        "UPDATE room SET later = (SELECT COUNT(*) FROM later l WHERE l.account_id = room.account_id AND l.room_id = room.id), seq = $4
         WHERE account_id = $1 AND id IN ($2, $3)",
        "UPDATE media SET room_id = $2 WHERE account_id = $1 AND room_id = $3 AND $4 = $4",
        "UPDATE mention SET room_id = $2 WHERE account_id = $1 AND room_id = $3 AND $4 = $4",
        "INSERT INTO member (account_id, room_id, contact_id, gone, at)
         SELECT account_id, $2, contact_id, gone, at FROM member WHERE account_id = $1 AND room_id = $3 AND $4 = $4
         ON CONFLICT (account_id, room_id, contact_id) DO UPDATE SET gone = excluded.gone, at = excluded.at",
        "UPDATE room SET (state, unread, reply_token, reply_until, friendship, friendship_at) = (
            SELECT f.state, f.unread + room.unread, f.reply_token, f.reply_until,
                CASE WHEN f.friendship = 'unknown' THEN room.friendship ELSE f.friendship END,
                CASE WHEN f.friendship = 'unknown' THEN room.friendship_at ELSE f.friendship_at END
            FROM room f WHERE f.account_id = $1 AND f.id = $3), seq = $4 WHERE account_id = $1 AND id = $2",
        "UPDATE room SET (at, last_id, last_direction, last_kind, last_text, last_notice) = (
            SELECT f.at, f.last_id, f.last_direction, f.last_kind, f.last_text, f.last_notice
            FROM room f WHERE f.account_id = $1 AND f.id = $3), seq = $4 WHERE account_id = $1 AND id = $2
            AND EXISTS (SELECT 1 FROM room f WHERE f.account_id = $1 AND f.id = $3 AND f.last_id > room.last_id)",
        "UPDATE room SET spam = 2, deleted_at = 0, line_id = 'deleted ' || CAST(id AS TEXT), unread = 0, seq = $4, last_id = 0,
            last_direction = NULL, last_kind = NULL, last_text = NULL, last_notice = NULL, reply_token = NULL, reply_until = NULL
         WHERE account_id = $1 AND id = $3 AND $2 = $2",
    ];
    for statement in run {
        sqlx::query(statement).bind(account.0).bind(id.0).bind(new.0).bind(seq).execute(&mut **tx).await?;
    }
    add_purge(tx, account, new, 0).await
}

/// Puts a deleted room back where it was.
pub async fn restore(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE room SET spam = spam - 2, seq = $3, deleted_at = NULL, deleted_by = NULL, line_id = was_line_id, was_line_id = NULL
         WHERE account_id = $1 AND id = $2 AND spam > 1",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(seq)
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM job WHERE account_id = $1 AND kind = 'purge' AND subject = $2")
        .bind(account.0)
        .bind(id.0)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// From now on a deleted room can't be brought back. `false` when it is not deleted.
pub async fn give_up(tx: &mut Tx, account: AccountId, id: RoomId, now: i64) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE room SET deleted_at = 0 WHERE account_id = $1 AND id = $2 AND spam > 1")
        .bind(account.0)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() > 0 {
        add_purge(tx, account, id, now).await?;
    }
    Ok(done.rows_affected() > 0)
}

/// The name of a room, deleted or not; none when LINE did not tell it.
pub async fn name(db: &AnyPool, account: AccountId, id: RoomId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT name FROM room WHERE account_id = $1 AND id = $2 AND name <> ''")
        .bind(account.0)
        .bind(id.0)
        .fetch_optional(db)
        .await
}

/// Deleted rooms that can be brought back, up to one more than [`DELETED_PAGE`].
pub async fn list(db: &AnyPool, account: AccountId, after: Option<Cursor>, now: i64) -> sqlx::Result<Vec<DeletedRoom>> {
    let after = after.unwrap_or(Cursor { at: i64::MAX, id: RoomId(i64::MAX) });
    sqlx::query(
        "SELECT r.id, r.kind, r.name, r.picture, r.deleted_at, o.name AS deleter FROM room r
         LEFT JOIN operator o ON o.id = r.deleted_by
         WHERE r.account_id = $1 AND r.spam > 1 AND r.deleted_at > $2 AND (r.deleted_at, r.id) < ($3, $4)
         ORDER BY r.deleted_at DESC, r.id DESC LIMIT $5",
    )
    .bind(account.0)
    .bind(now - KEPT_FOR)
    .bind(after.at)
    .bind(after.id.0)
    .bind(i64::try_from(DELETED_PAGE + 1).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let at: i64 = row.try_get("deleted_at")?;
        Ok(DeletedRoom {
            id: RoomId(row.try_get("id")?),
            kind: RoomKind::from_name(row.try_get("kind")?),
            name: row.try_get("name")?,
            picture: row.try_get("picture")?,
            at,
            until: at + KEPT_FOR,
            by: row.try_get("deleter")?,
        })
    })
    .collect()
}

/// Kind and LINE's id of a room that has to go for good now; none when it is not due, or gone already.
pub async fn due(db: &AnyPool, account: AccountId, id: RoomId, now: i64) -> sqlx::Result<Option<(String, String)>> {
    let row = sqlx::query(
        "SELECT kind, was_line_id FROM room WHERE account_id = $1 AND id = $2 AND spam > 1 AND deleted_at <= $3",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(now - KEPT_FOR)
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((row.try_get("kind")?, row.try_get::<Option<String>, _>("was_line_id")?.unwrap_or_default())))
        .transpose()
}

/// No file of the room counts as being here any more; answers the files, some of which others may share.
pub async fn give_up_media(tx: &mut Tx, account: AccountId, id: RoomId) -> sqlx::Result<Vec<String>> {
    sqlx::query("UPDATE media SET state = 'gone' WHERE account_id = $1 AND room_id = $2 AND state <> 'gone'")
        .bind(account.0)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query_scalar(
        "SELECT DISTINCT sha256 FROM media WHERE account_id = $1 AND room_id = $2 AND sha256 IS NOT NULL",
    )
    .bind(account.0)
    .bind(id.0)
    .fetch_all(&mut **tx)
    .await
}

/// Removes the first messages of a room, with LINE's JSON of them. `false` when there are none left.
pub async fn purge_messages(tx: &mut Tx, account: AccountId, id: RoomId, most: i64) -> sqlx::Result<bool> {
    let last: Option<i64> = sqlx::query_scalar(
        "SELECT MAX(id) FROM (SELECT id FROM message WHERE account_id = $1 AND room_id = $2 ORDER BY id LIMIT $3) part",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(most)
    .fetch_one(&mut **tx)
    .await?;
    let Some(last) = last else { return Ok(false) };
    for statement in [
        "UPDATE webhook_event SET payload = '' WHERE account_id = $1 AND event_id IN (
            SELECT event_id FROM message WHERE account_id = $1 AND room_id = $2 AND id <= $3 AND event_id IS NOT NULL)",
        "DELETE FROM message WHERE account_id = $1 AND room_id = $2 AND id <= $3",
    ] {
        sqlx::query(statement).bind(account.0).bind(id.0).bind(last).execute(&mut **tx).await?;
    }
    Ok(true)
}

/// Events of a group that left no message behind but hold words: edits. Looked for by LINE's id in LINE's JSON, which
/// no index knows: for a job that runs once in the life of a group.
pub async fn edits(db: &AnyPool, account: AccountId, line_id: &str) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "SELECT event_id, payload FROM webhook_event WHERE account_id = $1 AND payload LIKE $2 AND payload LIKE '%messageEdited%'",
    )
    .bind(account.0)
    .bind(format!("%{line_id}%"))
    .fetch_all(db)
    .await
}

/// Forgets LINE's JSON of an event.
pub async fn forget_event(tx: &mut Tx, account: AccountId, event: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE webhook_event SET payload = '' WHERE account_id = $1 AND event_id = $2")
        .bind(account.0)
        .bind(event)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Removes the room itself, and the people who were known by it alone.
pub async fn purge_room(tx: &mut Tx, account: AccountId, id: RoomId) -> sqlx::Result<()> {
    let people: Vec<i64> = sqlx::query_scalar(
        "SELECT contact_id FROM member WHERE account_id = $1 AND room_id = $2
         UNION SELECT contact_id FROM room WHERE account_id = $1 AND id = $2 AND contact_id IS NOT NULL",
    )
    .bind(account.0)
    .bind(id.0)
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM room WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    for contact in people {
        sqlx::query(
            "DELETE FROM contact WHERE account_id = $1 AND id = $2
                AND NOT EXISTS (SELECT 1 FROM room r WHERE r.account_id = $1 AND r.contact_id = $2)
                AND NOT EXISTS (SELECT 1 FROM member m WHERE m.account_id = $1 AND m.contact_id = $2)",
        )
        .bind(account.0)
        .bind(contact)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
