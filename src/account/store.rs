//! Accounts in the database. The secrets stay sealed here.

use super::model::AccountBrief;
use crate::{
    id::{AccountId, OperatorId},
    server::db::{Db, Tx},
    time::now,
};
use sqlx::{AnyPool, Row};

/// An account as it is stored; `secret` and `token` are sealed.
pub struct AccountRow {
    /// Name at LINE.
    pub name: String,
    /// `@…`
    pub basic_id: String,
    /// Picture.
    pub picture: Option<String>,
    /// The bot's own user id.
    pub bot_user_id: String,
    /// Channel.
    pub channel_id: String,
    /// Sealed.
    pub secret: String,
    /// Sealed; none when tokens are stateless.
    pub token: Option<String>,
    /// Base URL.
    pub api_base: String,
    /// `chat`, `bot`, or empty while not known.
    pub chat_mode: String,
    /// The month's cap.
    pub quota_limit: Option<i64>,
    /// Used this month.
    pub quota_used: i64,
    /// When a webhook with a good signature last came.
    pub signed_at: Option<i64>,
    /// When one with a bad signature last came.
    pub misfit_at: Option<i64>,
}

/// Whether an account is connected.
pub async fn exists(db: &AnyPool, account: AccountId) -> sqlx::Result<bool> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT id FROM account WHERE id = $1").bind(account.0).fetch_optional(db).await?;
    Ok(found.is_some())
}

/// Every account, by name, with its unread rooms.
pub async fn briefs(db: &AnyPool) -> sqlx::Result<Vec<AccountBrief>> {
    sqlx::query(
        "SELECT a.id, a.name, a.basic_id, a.picture, t.unread FROM account a JOIN tally t ON t.account_id = a.id ORDER BY a.created_at",
    )
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(AccountBrief {
            id: AccountId(row.try_get("id")?),
            name: row.try_get("name")?,
            basic_id: row.try_get("basic_id")?,
            picture: row.try_get("picture")?,
            unread: row.try_get("unread")?,
            // Theirs to count who knows the operator.
            mentions: 0,
        })
    })
    .collect()
}

/// Every account, by name, with the rooms that are unread for one operator: without those that they have muted.
pub async fn briefs_for(db: &AnyPool, operator: OperatorId) -> sqlx::Result<Vec<AccountBrief>> {
    let mut briefs = briefs(db).await?;
    let muted: Vec<(i64, i64)> = sqlx::query_as("SELECT h.account_id, h.muted FROM account a JOIN holding h ON h.account_id = a.id AND h.holder = $1 WHERE h.muted > 0")
        .bind(operator.0)
        .fetch_all(db)
        .await?;
    for (account, muted) in muted {
        briefs.iter_mut().filter(|brief| brief.id.0 == account).for_each(|brief| brief.unread -= muted);
    }
    Ok(briefs)
}

/// An account with its sealed secrets.
pub async fn secrets(db: &AnyPool, account: AccountId) -> sqlx::Result<Option<AccountRow>> {
    let row = sqlx::query("SELECT * FROM account WHERE id = $1").bind(account.0).fetch_optional(db).await?;
    row.map(|row| {
        Ok(AccountRow {
            name: row.try_get("name")?,
            basic_id: row.try_get("basic_id")?,
            picture: row.try_get("picture")?,
            bot_user_id: row.try_get("bot_user_id")?,
            channel_id: row.try_get("channel_id")?,
            secret: row.try_get("secret")?,
            token: row.try_get("token")?,
            api_base: row.try_get("api_base")?,
            chat_mode: row.try_get("chat_mode")?,
            quota_limit: row.try_get("quota_limit")?,
            quota_used: row.try_get("quota_used")?,
            signed_at: row.try_get("signed_at")?,
            misfit_at: row.try_get("misfit_at")?,
        })
    })
    .transpose()
}

/// Adds an account. `account_channel` is violated when it is connected already.
pub async fn add(tx: &mut Tx, id: AccountId, row: &AccountRow) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO account (id, name, basic_id, picture, bot_user_id, channel_id, secret, token, api_base, chat_mode,
            quota_limit, quota_used, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id.0)
    .bind(&row.name)
    .bind(&row.basic_id)
    .bind(&row.picture)
    .bind(&row.bot_user_id)
    .bind(&row.channel_id)
    .bind(&row.secret)
    .bind(&row.token)
    .bind(&row.api_base)
    .bind(&row.chat_mode)
    .bind(row.quota_limit)
    .bind(row.quota_used)
    .bind(now())
    .execute(&mut **tx)
    .await?;
    sqlx::query("INSERT INTO tally (account_id) VALUES ($1)").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Replaces the sealed secrets.
pub async fn set_secrets(db: &Db, account: AccountId, secret: &str, token: Option<&str>) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE account SET secret = $1, token = $2, token_fault = 0 WHERE id = $3")
        .bind(secret)
        .bind(token)
        .bind(account.0)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// What LINE says about the account and its month.
pub async fn set_facts(tx: &mut Tx, account: AccountId, row: &AccountRow) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE account SET name = $1, basic_id = $2, picture = $3, chat_mode = $4, quota_limit = $5, quota_used = $6,
            token_fault = 0, checked_at = $7 WHERE id = $8",
    )
    .bind(&row.name)
    .bind(&row.basic_id)
    .bind(&row.picture)
    .bind(&row.chat_mode)
    .bind(row.quota_limit)
    .bind(row.quota_used)
    .bind(now())
    .bind(account.0)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Notes when a webhook came, well or badly signed.
pub async fn note_signature(db: &Db, account: AccountId, good: bool) -> sqlx::Result<()> {
    let statement = if good {
        "UPDATE account SET signed_at = $1 WHERE id = $2"
    } else {
        "UPDATE account SET misfit_at = $1 WHERE id = $2"
    };
    let mut tx = db.begin().await?;
    sqlx::query(statement).bind(now()).bind(account.0).execute(&mut *tx).await?;
    tx.commit().await
}

/// Deletes an account with everything in it.
pub async fn remove(db: &Db, account: AccountId) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    for statement in [
        "DELETE FROM saved WHERE account_id = $1",
        "DELETE FROM saved_folder WHERE account_id = $1",
        "DELETE FROM mark WHERE account_id = $1",
        "DELETE FROM member WHERE account_id = $1",
        "DELETE FROM download WHERE account_id = $1",
        "DELETE FROM upload WHERE account_id = $1",
        "DELETE FROM media WHERE account_id = $1",
        "DELETE FROM message WHERE account_id = $1",
        "DELETE FROM room WHERE account_id = $1",
        "DELETE FROM contact WHERE account_id = $1",
        "DELETE FROM account WHERE id = $1",
    ] {
        sqlx::query(statement).bind(account.0).execute(&mut *tx).await?;
    }
    tx.commit().await
}
