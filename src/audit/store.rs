//! The log in the database.

use super::model::{Action, Entry, PAGE, Search};
use crate::{
    id::{AccountId, OperatorId},
    server::db::Db,
    time::now,
};
use sha2::{Digest, Sha256};
use sqlx::{AnyPool, Row, any::AnyRow};

/// A line to be added.
pub struct New<'a> {
    /// Who, if somebody is logged in.
    pub operator: Option<OperatorId>,
    /// What they are called.
    pub name: &'a str,
    /// Where.
    pub account: Option<AccountId>,
    /// What.
    pub action: Action,
    /// To whom or what.
    pub subject: &'a str,
    /// From which address.
    pub address: &'a str,
}

/// Adds a line.
pub async fn append(db: &Db, new: &New<'_>) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let head =
        sqlx::query("UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash").fetch_one(&mut *tx).await?;
    let entry = Entry {
        seq: head.try_get("seq")?,
        at: now(),
        operator: (new.operator, new.name.to_owned()),
        account: new.account,
        action: new.action.name().to_owned(),
        subject: new.subject.to_owned(),
        address: new.address.to_owned(),
    };
    let hash = hash(head.try_get("hash")?, &entry);
    sqlx::query(
        "INSERT INTO audit (seq, at, operator_id, operator, account_id, action, subject, address, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(entry.seq)
    .bind(entry.at)
    .bind(entry.operator.0.map(|operator| operator.0))
    .bind(&entry.operator.1)
    .bind(entry.account.map(|account| account.0))
    .bind(&entry.action)
    .bind(&entry.subject)
    .bind(&entry.address)
    .bind(&hash)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE audit_head SET hash = $1 WHERE id = 1").bind(&hash).execute(&mut *tx).await?;
    tx.commit().await
}

/// The hash of a line after the one whose hash is `before`.
fn hash(before: &str, entry: &Entry) -> String {
    let text = serde_json::to_string(&(before, entry)).unwrap_or_default();
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn entry(row: &AnyRow) -> sqlx::Result<Entry> {
    Ok(Entry {
        seq: row.try_get("seq")?,
        at: row.try_get("at")?,
        operator: (row.try_get::<Option<i64>, _>("operator_id")?.map(OperatorId), row.try_get("operator")?),
        account: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
        action: row.try_get("action")?,
        subject: row.try_get("subject")?,
        address: row.try_get("address")?,
    })
}

/// The lines that are looked for, the newest first; one more than a page holds, where there is one.
pub async fn find(db: &AnyPool, search: &Search) -> sqlx::Result<Vec<Entry>> {
    // `%` and `_` stand for themselves.
    let text = search.text.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    sqlx::query(
        "SELECT * FROM audit WHERE seq < $1 AND ($2 = '' OR action = $2)
            AND ($3 = '%%' OR LOWER(operator) LIKE $3 ESCAPE '\\' OR LOWER(subject) LIKE $3 ESCAPE '\\' OR address LIKE $3 ESCAPE '\\')
         ORDER BY seq DESC LIMIT $4",
    )
    .bind(search.before.unwrap_or(i64::MAX))
    .bind(&search.action)
    .bind(format!("%{text}%"))
    .bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?
    .iter()
    .map(entry)
    .collect()
}

/// Reads the log from its beginning and gives the number of the first line that is not as it was written; the
/// number after the last one when lines are missing at the end.
pub async fn first_broken(db: &AnyPool) -> sqlx::Result<Option<i64>> {
    let (mut before, mut last) = (String::new(), 0);
    loop {
        let rows =
            sqlx::query("SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT 1000").bind(last).fetch_all(db).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let entry = entry(row)?;
            let kept: String = row.try_get("hash")?;
            if entry.seq != last + 1 || kept != hash(&before, &entry) {
                return Ok(Some(last + 1));
            }
            (before, last) = (kept, entry.seq);
        }
    }
    let head = sqlx::query("SELECT seq, hash FROM audit_head WHERE id = 1").fetch_one(db).await?;
    let whole = head.try_get::<i64, _>("seq")? == last && head.try_get::<&str, _>("hash")? == before;
    Ok((!whole).then_some(last + 1))
}
