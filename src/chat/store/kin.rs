//! One person in several accounts. Every query is about one account; which accounts may be asked is for the caller.

use crate::{
    id::{AccountId, ContactId, OperatorId, RoomId},
    server::db::Tx,
};
use sqlx::{Any, AnyPool, Executor, Row};

/// A friend's room: id, name, picture.
pub type Face = (RoomId, String, Option<String>);

fn face(row: &sqlx::any::AnyRow) -> sqlx::Result<Face> {
    Ok((RoomId(row.try_get("id")?), row.try_get("name")?, row.try_get("picture")?))
}

/// The name of an account.
pub async fn account_name(db: &AnyPool, account: AccountId) -> sqlx::Result<String> {
    sqlx::query_scalar("SELECT name FROM account WHERE id = $1").bind(account.0).fetch_one(db).await
}

/// The friend of a room; none for groups, and for rooms that are not there.
pub async fn contact(
    db: impl Executor<'_, Database = Any>,
    account: AccountId,
    room: RoomId,
) -> sqlx::Result<Option<ContactId>> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT contact_id FROM room WHERE account_id = $1 AND id = $2 AND kind = 'user' AND spam < 2 AND contact_id IS NOT NULL",
    )
    .bind(account.0)
    .bind(room.0)
    .fetch_optional(db)
    .await?;
    Ok(found.map(ContactId))
}

/// Who a contact was said to be.
pub async fn person(
    db: impl Executor<'_, Database = Any>,
    account: AccountId,
    contact: ContactId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar("SELECT person_id FROM kin WHERE account_id = $1 AND contact_id = $2")
        .bind(account.0)
        .bind(contact.0)
        .fetch_optional(db)
        .await
}

/// Who the friend of a room was said to be.
pub async fn person_of_room(db: &AnyPool, account: AccountId, room: RoomId) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT k.person_id FROM room r JOIN kin k ON k.account_id = r.account_id AND k.contact_id = r.contact_id
         WHERE r.account_id = $1 AND r.id = $2",
    )
    .bind(account.0)
    .bind(room.0)
    .fetch_optional(db)
    .await
}

/// The rooms of a person in one account.
pub async fn rooms(db: &AnyPool, account: AccountId, person: i64) -> sqlx::Result<Vec<Face>> {
    sqlx::query(
        "SELECT r.id, r.name, r.picture FROM kin k
         JOIN room r ON r.account_id = k.account_id AND r.contact_id = k.contact_id AND r.kind = 'user' AND r.spam < 2
         WHERE k.account_id = $1 AND k.person_id = $2 ORDER BY r.at DESC",
    )
    .bind(account.0)
    .bind(person)
    .fetch_all(db)
    .await?
    .iter()
    .map(face)
    .collect()
}

/// Friends of one account whose name holds these words, the latest first.
pub async fn named(db: &AnyPool, account: AccountId, name: &str, most: i64) -> sqlx::Result<Vec<Face>> {
    let name = name.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    sqlx::query(
        "SELECT r.id, r.name, r.picture FROM room r WHERE r.account_id = $1 AND r.spam = 0 AND r.kind = 'user'
            AND LOWER(r.name) LIKE $2 ESCAPE '\\' ORDER BY r.at DESC, r.id DESC LIMIT $3",
    )
    .bind(account.0)
    .bind(format!("%{name}%"))
    .bind(most)
    .fetch_all(db)
    .await?
    .iter()
    .map(face)
    .collect()
}

/// Says who a contact is.
pub async fn set(
    tx: &mut Tx,
    account: AccountId,
    contact: ContactId,
    person: i64,
    by: OperatorId,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO kin (account_id, contact_id, person_id, operator_id, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id, contact_id) DO UPDATE SET person_id = excluded.person_id",
    )
    .bind(account.0)
    .bind(contact.0)
    .bind(person)
    .bind(by.0)
    .bind(now)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Says that a contact is nobody else.
pub async fn clear(tx: &mut Tx, account: AccountId, contact: ContactId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM kin WHERE account_id = $1 AND contact_id = $2")
        .bind(account.0)
        .bind(contact.0)
        .execute(&mut **tx)
        .await
        .map(drop)
}
