//! Files that operators brought.

use crate::{
    chat::model::upload::{Upload, UploadKind},
    id::{AccountId, OperatorId, UploadId},
    server::db::Tx,
    time::now,
};
use sqlx::{AnyConnection, AnyPool, Row, any::AnyRow};

/// A file with what only the server needs of it.
pub struct Stored {
    /// What everybody may know.
    pub upload: Upload,
    /// The part of its public address that nobody can guess.
    pub token: String,
    /// Names the file.
    pub sha256: String,
    /// Names the small picture that LINE is given.
    pub preview: Option<String>,
    /// A thumbnail was made.
    pub thumb: bool,
}

macro_rules! columns {
    () => {
        "SELECT id, kind, name, content_type, size, width, height, duration, token, sha256, preview, thumb FROM upload WHERE account_id = $1"
    };
}

fn stored(row: &AnyRow) -> sqlx::Result<Stored> {
    Ok(Stored {
        upload: Upload {
            id: UploadId(row.try_get("id")?),
            kind: UploadKind::from_name(row.try_get("kind")?).unwrap_or(UploadKind::File),
            name: row.try_get("name")?,
            content_type: row.try_get("content_type")?,
            size: row.try_get("size")?,
            width: row.try_get("width")?,
            height: row.try_get("height")?,
            duration: row.try_get("duration")?,
        },
        token: row.try_get("token")?,
        sha256: row.try_get("sha256")?,
        preview: row.try_get("preview")?,
        thumb: row.try_get::<i32, _>("thumb")? != 0,
    })
}

/// A file by its id.
pub async fn one(db: &mut AnyConnection, account: AccountId, id: UploadId) -> sqlx::Result<Option<Stored>> {
    let row = sqlx::query(concat!(columns!(), " AND id = $2")).bind(account.0).bind(id.0).fetch_optional(db).await?;
    row.as_ref().map(stored).transpose()
}

/// A file by the part of its public address.
pub async fn by_token(db: &AnyPool, account: AccountId, token: &str) -> sqlx::Result<Option<Stored>> {
    let row =
        sqlx::query(concat!(columns!(), " AND token = $2")).bind(account.0).bind(token).fetch_optional(db).await?;
    row.as_ref().map(stored).transpose()
}

/// Adds a file.
pub async fn add(tx: &mut Tx, account: AccountId, operator: OperatorId, new: &Stored) -> sqlx::Result<()> {
    let upload = &new.upload;
    sqlx::query(
        "INSERT INTO upload (account_id, id, token, kind, name, sha256, preview, content_type, size, width, height, duration, thumb,
            operator_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(account.0)
    .bind(upload.id.0)
    .bind(&new.token)
    .bind(upload.kind.name())
    .bind(&upload.name)
    .bind(&new.sha256)
    .bind(&new.preview)
    .bind(&upload.content_type)
    .bind(upload.size)
    .bind(upload.width)
    .bind(upload.height)
    .bind(upload.duration)
    .bind(i16::from(new.thumb))
    .bind(operator.0)
    .bind(now())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Gives a film the picture that stands for it. Answers the one it had.
pub async fn set_preview(tx: &mut Tx, account: AccountId, id: UploadId, preview: &str) -> sqlx::Result<Option<String>> {
    let before: Option<Option<String>> =
        sqlx::query_scalar("SELECT preview FROM upload WHERE account_id = $1 AND id = $2")
            .bind(account.0)
            .bind(id.0)
            .fetch_optional(&mut **tx)
            .await?;
    sqlx::query("UPDATE upload SET preview = $3 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .bind(preview)
        .execute(&mut **tx)
        .await?;
    Ok(before.flatten())
}

/// Something needs this file from now on: it is not swept away any more. `false` when it is gone.
pub async fn keep(tx: &mut Tx, account: AccountId, id: UploadId) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE upload SET kept = 1 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets the files of `account` that nobody has kept since `before`. Answers the names of their files.
pub async fn sweep(tx: &mut Tx, account: AccountId, before: i64) -> sqlx::Result<Vec<String>> {
    let rows = sqlx::query(
        "DELETE FROM upload WHERE account_id = $1 AND kept = 0 AND created_at < $2 RETURNING sha256, preview",
    )
    .bind(account.0)
    .bind(before)
    .fetch_all(&mut **tx)
    .await?;
    let mut names = Vec::new();
    for row in rows {
        names.push(row.try_get("sha256")?);
        names.extend(row.try_get::<Option<String>, _>("preview")?);
    }
    Ok(names)
}

/// Whether a file is named anywhere: files are shared by content, across accounts too. Account by account, as the
/// index of media has it.
pub async fn is_named(db: &AnyPool, sha256: &str) -> sqlx::Result<bool> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT d.id FROM account a JOIN media d ON d.account_id = a.id AND d.sha256 = $1 AND d.state <> 'gone'
            UNION ALL SELECT id FROM upload WHERE sha256 = $1
            UNION ALL SELECT id FROM upload WHERE preview = $1 LIMIT 1",
    )
    .bind(sha256)
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}
