//! Second steps, recovery codes and half log-ins in the database.

use crate::{
    id::OperatorId,
    server::db::{Db, Tx},
    team::model::HALF_LOGIN,
    time::now,
};
use sqlx::AnyPool;

/// Whether an operator logs in with a code.
pub async fn is_on(db: &AnyPool, operator: OperatorId) -> sqlx::Result<bool> {
    Ok(secret(db, operator, true).await?.is_some())
}

/// The sealed secret: the one that counts, or the one that waits for its first code.
pub async fn secret(db: &AnyPool, operator: OperatorId, confirmed: bool) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT secret FROM two_step WHERE operator_id = $1 AND (confirmed_at IS NOT NULL) = ($2 = 1)")
        .bind(operator.0)
        .bind(i16::from(confirmed))
        .fetch_optional(db)
        .await
}

/// Recovery codes that are left.
pub async fn codes(db: &AnyPool, operator: OperatorId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM recovery_code WHERE operator_id = $1").bind(operator.0).fetch_one(db).await
}

/// Keeps a new secret that has still to be confirmed; `false` when one counts already.
pub async fn begin(db: &Db, operator: OperatorId, secret: &str) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let done = sqlx::query(
        "INSERT INTO two_step (operator_id, secret) VALUES ($1, $2)
         ON CONFLICT (operator_id) DO UPDATE SET secret = excluded.secret, step = 0 WHERE two_step.confirmed_at IS NULL",
    )
    .bind(operator.0)
    .bind(secret)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// The secret counts from now on, and these are the recovery codes; `false` when it does already.
pub async fn confirm(db: &Db, operator: OperatorId, step: i64, codes: &[String]) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let done =
        sqlx::query("UPDATE two_step SET confirmed_at = $2, step = $3 WHERE operator_id = $1 AND confirmed_at IS NULL")
            .bind(operator.0)
            .bind(now())
            .bind(step)
            .execute(&mut *tx)
            .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    replace_codes(&mut tx, operator, codes).await?;
    tx.commit().await?;
    Ok(true)
}

/// Sets the recovery codes anew; `false` when there is no second step.
pub async fn set_codes(db: &Db, operator: OperatorId, codes: &[String]) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    // Also a lock: two at once would leave the codes of both.
    let done = sqlx::query("UPDATE two_step SET step = step WHERE operator_id = $1 AND confirmed_at IS NOT NULL")
        .bind(operator.0)
        .execute(&mut *tx)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    replace_codes(&mut tx, operator, codes).await?;
    tx.commit().await?;
    Ok(true)
}

async fn replace_codes(tx: &mut Tx, operator: OperatorId, codes: &[String]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM recovery_code WHERE operator_id = $1").bind(operator.0).execute(&mut **tx).await?;
    for hash in codes {
        sqlx::query("INSERT INTO recovery_code (operator_id, hash) VALUES ($1, $2)")
            .bind(operator.0)
            .bind(hash)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Forgets secret and recovery codes.
pub async fn remove(db: &Db, operator: OperatorId) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM two_step WHERE operator_id = $1").bind(operator.0).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM recovery_code WHERE operator_id = $1").bind(operator.0).execute(&mut *tx).await?;
    tx.commit().await
}

/// Takes the code of a time step; `false` when one of this step or a later one was taken before.
pub async fn take_step(db: &Db, operator: OperatorId, step: i64) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let done = sqlx::query("UPDATE two_step SET step = $2 WHERE operator_id = $1 AND step < $2")
        .bind(operator.0)
        .bind(step)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// Takes a recovery code; `false` when there is no such, or no more.
pub async fn take_code(db: &Db, operator: OperatorId, hash: &str) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let done = sqlx::query("DELETE FROM recovery_code WHERE operator_id = $1 AND hash = $2")
        .bind(operator.0)
        .bind(hash)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(done.rows_affected() > 0)
}

/// Notes a half log-in, and forgets those that took too long.
pub async fn begin_half(db: &Db, token: &str, operator: OperatorId) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM half_login WHERE created_at < $1").bind(now() - HALF_LOGIN).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO half_login (token, operator_id, created_at) VALUES ($1, $2, $3)")
        .bind(token)
        .bind(operator.0)
        .bind(now())
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// Whose half log-in this is, when it began after `since`.
pub async fn half(db: &AnyPool, token: &str, since: i64) -> sqlx::Result<Option<OperatorId>> {
    let id = sqlx::query_scalar("SELECT operator_id FROM half_login WHERE token = $1 AND created_at > $2")
        .bind(token)
        .bind(since)
        .fetch_optional(db)
        .await?;
    Ok(id.map(OperatorId))
}

/// Forgets a half log-in.
pub async fn end_half(db: &Db, token: &str) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM half_login WHERE token = $1").bind(token).execute(&mut *tx).await?;
    tx.commit().await
}
