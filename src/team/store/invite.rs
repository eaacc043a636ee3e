//! Invitations in the database.

use crate::{
    id::OperatorId,
    server::db::Db,
    team::model::{InvitationRow, Invited, Role},
    time::now,
};
use sqlx::{AnyPool, Row};

/// A link to be kept.
pub struct New<'a> {
    /// What whoever joins will be; the role of the operator where one is named.
    pub role: Role,
    /// For whom it is, in words.
    pub note: &'a str,
    /// Whose password it sets; none for a link to join.
    pub operator: Option<OperatorId>,
    /// Who makes it.
    pub by: OperatorId,
    /// Until when it is good, Unix ms.
    pub until: i64,
}

/// Keeps a new link; forgets those that are too old, and an older one for the same operator.
pub async fn add(db: &Db, token: &str, new: &New<'_>) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM invitation WHERE until < $1 OR operator_id = $2")
        .bind(now())
        .bind(new.operator.map(|operator| operator.0))
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO invitation (id, token, role, note, operator_id, invited_by, until) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(crate::id::make::next())
    .bind(token)
    .bind(new.role.as_str())
    .bind(new.note)
    .bind(new.operator.map(|operator| operator.0))
    .bind(new.by.0)
    .bind(new.until)
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}

/// Links to join that are good at `now`, the newest first.
pub async fn all(db: &AnyPool, now: i64) -> sqlx::Result<Vec<InvitationRow>> {
    sqlx::query(
        "SELECT i.id, i.role, i.note, i.until, o.name FROM invitation i JOIN operator o ON o.id = i.invited_by
         WHERE i.until > $1 AND i.operator_id IS NULL ORDER BY i.id DESC",
    )
    .bind(now)
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(InvitationRow {
            id: row.try_get::<i64, _>("id")?.to_string(),
            role: super::role(row)?,
            note: row.try_get("note")?,
            by: row.try_get("name")?,
            until: row.try_get("until")?,
        })
    })
    .collect()
}

/// What the link with this hash is for, when it is good at `now`.
pub async fn find(db: &AnyPool, token: &str, now: i64) -> sqlx::Result<Option<Invited>> {
    let row = sqlx::query(
        "SELECT i.role, b.name, o.email FROM invitation i JOIN operator b ON b.id = i.invited_by
         LEFT JOIN operator o ON o.id = i.operator_id WHERE i.token = $1 AND i.until > $2",
    )
    .bind(token)
    .bind(now)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(match row.try_get::<Option<String>, _>("email")? {
            Some(email) => Invited::Password { email },
            None => Invited::Join { role: super::role(&row)?, by: row.try_get("name")? },
        })
    })
    .transpose()
}

/// Uses a link to join up; `false` when somebody else was first.
pub async fn take(db: &Db, token: &str) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let done = sqlx::query("DELETE FROM invitation WHERE token = $1 AND operator_id IS NULL")
        .bind(token)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// Uses a link up that is good at `now`, and sets the password's hash of whom it names; none when there is no such.
pub async fn take_for_password(db: &Db, token: &str, now: i64, hash: &str) -> sqlx::Result<Option<OperatorId>> {
    let mut tx = db.begin().await?;
    let operator: Option<i64> = sqlx::query_scalar(
        "DELETE FROM invitation WHERE token = $1 AND until > $2 AND operator_id IS NOT NULL RETURNING operator_id",
    )
    .bind(token)
    .bind(now)
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(operator) = operator {
        sqlx::query("UPDATE operator SET password = $1 WHERE id = $2")
            .bind(hash)
            .bind(operator)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(operator.map(OperatorId))
}

/// Takes a link to join back, one for an owner only when `owners`; `false` when there is no such.
pub async fn revoke(db: &Db, id: i64, owners: bool) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let done =
        sqlx::query("DELETE FROM invitation WHERE id = $1 AND operator_id IS NULL AND (role <> 'owner' OR $2 = 1)")
            .bind(id)
            .bind(i16::from(owners))
            .execute(&mut *tx)
            .await?;
    tx.commit().await?;
    Ok(done.rows_affected() > 0)
}
