//! How accounts and operators chat, and the pages from which files are downloaded.

use crate::{
    chat::model::{
        later::Download,
        setting::{ChatSetting, ReadMode, Voice},
    },
    id::{AccountId, MessageId, OperatorId, RoomId, UploadId},
    server::db::Tx,
    time::now,
};
use sqlx::{AnyConnection, AnyPool, Row};

/// How an account chats.
pub async fn setting(db: &mut AnyConnection, account: AccountId) -> sqlx::Result<ChatSetting> {
    let row = sqlx::query("SELECT read_mode, undo, as_me, link_days FROM chat_setting WHERE account_id = $1")
        .bind(account.0)
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(ChatSetting::default()) };
    Ok(ChatSetting {
        read: ReadMode::from_name(row.try_get("read_mode")?),
        undo: row.try_get::<i32, _>("undo")? != 0,
        as_me: row.try_get::<i32, _>("as_me")? != 0,
        link_days: row.try_get("link_days")?,
    })
}

/// Changes how an account chats.
pub async fn set_setting(tx: &mut Tx, account: AccountId, new: ChatSetting) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO chat_setting (account_id, read_mode, undo, as_me, link_days) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id) DO UPDATE SET read_mode = $2, undo = $3, as_me = $4, link_days = $5",
    )
    .bind(account.0)
    .bind(new.read.name())
    .bind(i16::from(new.undo))
    .bind(i16::from(new.as_me))
    .bind(new.link_days)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// How an operator chats.
pub async fn voice(db: &mut AnyConnection, account: AccountId, operator: OperatorId) -> sqlx::Result<Voice> {
    let row = sqlx::query("SELECT name, icon, enter_sends FROM chat_voice WHERE account_id = $1 AND operator_id = $2")
        .bind(account.0)
        .bind(operator.0)
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(Voice::default()) };
    Ok(Voice {
        name: row.try_get("name")?,
        icon: row.try_get::<Option<i64>, _>("icon")?.map(UploadId),
        enter_sends: row.try_get::<i32, _>("enter_sends")? != 0,
    })
}

/// Changes how an operator chats.
pub async fn set_voice(tx: &mut Tx, account: AccountId, operator: OperatorId, new: &Voice) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO chat_voice (account_id, operator_id, name, icon, enter_sends) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id, operator_id) DO UPDATE SET name = $3, icon = $4, enter_sends = $5",
    )
    .bind(account.0)
    .bind(operator.0)
    .bind(&new.name)
    .bind(new.icon.map(|id| id.0))
    .bind(i16::from(new.enter_sends))
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// The name of an operator.
pub async fn operator(db: &mut AnyConnection, id: OperatorId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT name FROM operator WHERE id = $1").bind(id.0).fetch_optional(db).await
}

/// Makes a page from which a file can be downloaded.
pub async fn add_download(
    tx: &mut Tx,
    account: AccountId,
    token: &str,
    upload: UploadId,
    (room, message): (RoomId, MessageId),
    expires_at: Option<i64>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO download (account_id, token, upload_id, room_id, message_id, expires_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(account.0)
    .bind(token)
    .bind(upload.0)
    .bind(room.0)
    .bind(message.0)
    .bind(expires_at)
    .bind(now())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// The page of a message's file, with the part of its address that nobody can guess.
pub async fn download(
    db: &AnyPool,
    account: AccountId,
    message: MessageId,
) -> sqlx::Result<Option<(String, Download)>> {
    let row = sqlx::query(
        "SELECT token, downloads, expires_at, revoked FROM download WHERE account_id = $1 AND message_id = $2",
    )
    .bind(account.0)
    .bind(message.0)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let download = Download {
            url: String::new(),
            downloads: row.try_get("downloads")?,
            expires_at: row.try_get("expires_at")?,
            revoked: row.try_get::<i32, _>("revoked")? != 0,
        };
        Ok((row.try_get("token")?, download))
    })
    .transpose()
}

/// Takes the page of a message's file back. `false` when there is none.
pub async fn revoke(tx: &mut Tx, account: AccountId, message: MessageId) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE download SET revoked = 1 WHERE account_id = $1 AND message_id = $2")
        .bind(account.0)
        .bind(message.0)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// What the page of a token hands over: the upload, and whether it still does.
pub async fn handed_over(
    db: &AnyPool,
    account: AccountId,
    token: &str,
) -> sqlx::Result<Option<(UploadId, Option<i64>, bool)>> {
    let row = sqlx::query(
        "SELECT d.upload_id, d.expires_at, d.revoked, a.name FROM download d JOIN account a ON a.id = d.account_id
         WHERE d.account_id = $1 AND d.token = $2",
    )
    .bind(account.0)
    .bind(token)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let open = row.try_get::<i32, _>("revoked")? == 0;
        Ok((UploadId(row.try_get("upload_id")?), row.try_get("expires_at")?, open))
    })
    .transpose()
}

/// One more download.
pub async fn count_download(tx: &mut Tx, account: AccountId, token: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE download SET downloads = downloads + 1 WHERE account_id = $1 AND token = $2")
        .bind(account.0)
        .bind(token)
        .execute(&mut **tx)
        .await
        .map(drop)
}
