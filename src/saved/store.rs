//! Saved messages in the database.

use super::model::{Folder, Form, Line, kind, words};
use crate::{
    id::{AccountId, FolderId, OperatorId, SavedId},
    server::db::Tx,
};
use sqlx::{AnyPool, Row, any::AnyRow};
use std::collections::HashSet;

/// A message with what says who may do what with it.
pub struct Whole {
    /// None when it is the team's.
    pub owner: Option<OperatorId>,
    /// Grows with every change.
    pub version: i64,
    /// What it is.
    pub form: Form,
}

fn decode<T: serde::de::DeserializeOwned>(json: &str) -> sqlx::Result<T> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn line(row: &AnyRow) -> sqlx::Result<Line> {
    Ok(Line {
        id: SavedId(row.try_get("id")?),
        name: row.try_get("name")?,
        shortcut: row.try_get::<Option<String>, _>("shortcut")?.unwrap_or_default(),
        folder: row.try_get::<Option<i64>, _>("folder_id")?.map(FolderId),
        mine: row.try_get::<Option<i64>, _>("owner_id")?.is_some(),
        kinds: row.try_get::<&str, _>("kinds")?.split(' ').filter(|kind| !kind.is_empty()).map(str::to_owned).collect(),
        words: row.try_get("words")?,
        uses: row.try_get("uses")?,
        used_at: row.try_get("used_at")?,
        changed_at: row.try_get("changed_at")?,
        changed_by: row.try_get("changed_by")?,
    })
}

/// Everything that an operator can use, in no order. There are at most `MOST` of the team's.
pub async fn all(db: &AnyPool, account: AccountId, me: OperatorId) -> sqlx::Result<Vec<Line>> {
    let rows = sqlx::query(
        "SELECT s.id, s.name, s.shortcut, s.folder_id, s.owner_id, s.kinds, s.words, s.uses, s.used_at, s.changed_at,
            o.name AS changed_by
         FROM saved s LEFT JOIN operator o ON o.id = s.changed_by
         WHERE s.account_id = $1 AND s.deleted_at = 0 AND (s.owner_id IS NULL OR s.owner_id = $2)",
    )
    .bind(account.0)
    .bind(me.0)
    .fetch_all(db)
    .await?;
    rows.iter().map(line).collect()
}

/// Every folder, with how many messages lie in it.
pub async fn folders(db: &AnyPool, account: AccountId) -> sqlx::Result<Vec<Folder>> {
    let rows = sqlx::query(
        "SELECT f.id, f.name, COUNT(s.id) AS count
         FROM saved_folder f
         LEFT JOIN saved s ON s.account_id = f.account_id AND s.folder_id = f.id AND s.deleted_at = 0
         WHERE f.account_id = $1 GROUP BY f.id, f.name",
    )
    .bind(account.0)
    .fetch_all(db)
    .await?;
    let folder = |row: &AnyRow| {
        Ok(Folder { id: FolderId(row.try_get("id")?), name: row.try_get("name")?, count: row.try_get("count")? })
    };
    rows.iter().map(folder).collect()
}

const WHOLE: &str = "SELECT owner_id, version, folder_id, name, shortcut, bubbles FROM saved
     WHERE account_id = $1 AND id = $2 AND deleted_at = 0";

/// One message, whoever owns it.
pub async fn one(
    db: impl sqlx::Executor<'_, Database = sqlx::Any>,
    account: AccountId,
    id: SavedId,
) -> sqlx::Result<Option<Whole>> {
    let row = sqlx::query(WHOLE).bind(account.0).bind(id.0).fetch_optional(db).await?;
    row.map(|row| {
        let owner = row.try_get::<Option<i64>, _>("owner_id")?.map(OperatorId);
        Ok(Whole {
            owner,
            version: row.try_get("version")?,
            form: Form {
                name: row.try_get("name")?,
                shortcut: row.try_get::<Option<String>, _>("shortcut")?.unwrap_or_default(),
                folder: row.try_get::<Option<i64>, _>("folder_id")?.map(FolderId),
                mine: owner.is_some(),
                bubbles: decode(row.try_get("bubbles")?)?,
            },
        })
    })
    .transpose()
}

/// How many messages an account has.
pub async fn count(tx: &mut Tx, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM saved WHERE account_id = $1 AND deleted_at = 0")
        .bind(account.0)
        .fetch_one(&mut **tx)
        .await
}

/// How many folders an account has.
pub async fn count_folders(tx: &mut Tx, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM saved_folder WHERE account_id = $1")
        .bind(account.0)
        .fetch_one(&mut **tx)
        .await
}

/// The shortcuts of the team's messages.
pub async fn shortcuts(tx: &mut Tx, account: AccountId) -> sqlx::Result<HashSet<String>> {
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT shortcut FROM saved
         WHERE account_id = $1 AND owner_id IS NULL AND deleted_at = 0 AND shortcut IS NOT NULL",
    )
    .bind(account.0)
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().collect())
}

/// Writes a message: a new one, or over the one with this id. The form is checked; its shortcut is clean.
/// The index `saved_shortcut` is violated when another has the shortcut.
pub async fn put(
    tx: &mut Tx,
    account: AccountId,
    id: SavedId,
    form: &Form,
    by: OperatorId,
    at: i64,
) -> sqlx::Result<()> {
    let kinds = form.bubbles.iter().map(kind).collect::<Vec<_>>().join(" ");
    let bubbles = serde_json::to_string(&form.bubbles).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query(
        "INSERT INTO saved (account_id, id, owner_id, folder_id, name, shortcut, bubbles, kinds, words, created_at,
            changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)
         ON CONFLICT (account_id, id) DO UPDATE SET owner_id = excluded.owner_id, folder_id = excluded.folder_id,
            name = excluded.name, shortcut = excluded.shortcut, bubbles = excluded.bubbles, kinds = excluded.kinds,
            words = excluded.words, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
            version = saved.version + 1",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(form.mine.then_some(by.0))
    .bind(form.folder.map(|folder| folder.0))
    .bind(form.name.trim())
    .bind(Some(form.shortcut.as_str()).filter(|shortcut| !shortcut.is_empty()))
    .bind(bubbles)
    .bind(kinds)
    .bind(words(&form.bubbles))
    .bind(at)
    .bind(by.0)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Deletes a message for the time being, and for good those that were deleted before `since`.
pub async fn remove(tx: &mut Tx, account: AccountId, id: SavedId, at: i64, since: i64) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM saved WHERE account_id = $1 AND deleted_at > 0 AND deleted_at < $2")
        .bind(account.0)
        .bind(since)
        .execute(&mut **tx)
        .await?;
    sqlx::query("UPDATE saved SET deleted_at = $3 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .bind(at)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// The owner of a message that was deleted.
pub async fn deleted(tx: &mut Tx, account: AccountId, id: SavedId) -> sqlx::Result<Option<Option<OperatorId>>> {
    let row = sqlx::query("SELECT owner_id FROM saved WHERE account_id = $1 AND id = $2 AND deleted_at > 0")
        .bind(account.0)
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    row.map(|row| Ok(row.try_get::<Option<i64>, _>("owner_id")?.map(OperatorId))).transpose()
}

/// Brings a deleted message back; without its shortcut when another has it by now.
pub async fn restore(tx: &mut Tx, account: AccountId, id: SavedId) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE saved SET deleted_at = 0, shortcut = CASE WHEN EXISTS (
            SELECT 1 FROM saved other WHERE other.account_id = saved.account_id AND other.deleted_at = 0
                AND other.shortcut = saved.shortcut AND COALESCE(other.owner_id, 0) = COALESCE(saved.owner_id, 0)
         ) THEN NULL ELSE shortcut END
         WHERE account_id = $1 AND id = $2",
    )
    .bind(account.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Whether there is such a folder.
pub async fn has_folder(tx: &mut Tx, account: AccountId, id: FolderId) -> sqlx::Result<bool> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM saved_folder WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

/// The folder of a name.
pub async fn folder_named(tx: &mut Tx, account: AccountId, name: &str) -> sqlx::Result<Option<FolderId>> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM saved_folder WHERE account_id = $1 AND name = $2")
        .bind(account.0)
        .bind(name)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.map(FolderId))
}

/// Adds a folder. `saved_folder_name` is violated when there is one of this name.
pub async fn add_folder(tx: &mut Tx, account: AccountId, id: FolderId, name: &str, at: i64) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO saved_folder (account_id, id, name, created_at) VALUES ($1, $2, $3, $4)")
        .bind(account.0)
        .bind(id.0)
        .bind(name)
        .bind(at)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Gives a folder another name; false when there is no such folder.
pub async fn rename_folder(tx: &mut Tx, account: AccountId, id: FolderId, name: &str) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE saved_folder SET name = $3 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .bind(name)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Deletes a folder; its messages stay, in none.
pub async fn remove_folder(tx: &mut Tx, account: AccountId, id: FolderId) -> sqlx::Result<bool> {
    let mut done = 0;
    for statement in [
        "UPDATE saved SET folder_id = NULL WHERE account_id = $1 AND folder_id = $2",
        "DELETE FROM saved_folder WHERE account_id = $1 AND id = $2",
    ] {
        done = sqlx::query(statement).bind(account.0).bind(id.0).execute(&mut **tx).await?.rows_affected();
    }
    Ok(done > 0)
}

/// Notes that a message was sent, if there is one.
pub async fn note_use(tx: &mut Tx, account: AccountId, id: SavedId, at: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE saved SET uses = uses + 1, used_at = $3 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .bind(at)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// One use less.
pub async fn take_back_use(tx: &mut Tx, account: AccountId, id: SavedId) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE saved SET uses = uses - 1, used_at = CASE WHEN uses > 1 THEN used_at END
         WHERE account_id = $1 AND id = $2 AND uses > 0",
    )
    .bind(account.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// What variables say of a room: the friend's name and language; the name is empty for a group.
pub async fn friend(db: &AnyPool, account: AccountId, room: i64) -> sqlx::Result<Option<(String, String)>> {
    let row = sqlx::query(
        "SELECT r.kind, c.name, c.lang FROM room r
         LEFT JOIN contact c ON c.account_id = r.account_id AND c.id = r.contact_id
         WHERE r.account_id = $1 AND r.id = $2",
    )
    .bind(account.0)
    .bind(room)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let one = row.try_get::<&str, _>("kind")? == "user";
        let name = row.try_get::<Option<String>, _>("name")?.filter(|_| one).unwrap_or_default();
        Ok((name, row.try_get::<Option<String>, _>("lang")?.unwrap_or_default()))
    })
    .transpose()
}
