//! Operators and sessions in the database.

pub mod crew;
pub mod invite;
pub mod two_step;

use super::model::{OperatorRow, Role, SessionRow};
use crate::{
    i18n::Lang,
    id::OperatorId,
    server::db::Db,
    time::{DAY, now},
};
use sqlx::{AnyConnection, AnyPool, Row};

/// A session with its operator.
pub struct Session {
    /// Whose.
    pub operator: OperatorId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Log-in.
    pub created_at: i64,
    /// Last use, to five minutes.
    pub seen_at: i64,
}

/// What logging in needs of an operator. Not for the wire: it holds the password's hash.
pub struct Credentials {
    /// Who.
    pub id: OperatorId,
    /// The hash.
    pub password: String,
    /// The language they chose.
    pub lang: Lang,
}

fn role(row: &sqlx::any::AnyRow) -> sqlx::Result<Role> {
    // The CHECK on the column knows the same names.
    Ok(Role::from_name(row.try_get("role")?).unwrap_or(Role::Operator))
}

/// The session of a token's hash.
pub async fn session(db: &AnyPool, token: &str) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query(
        "SELECT s.operator_id, o.name, o.role, s.created_at, s.seen_at
         FROM session s JOIN operator o ON o.id = s.operator_id WHERE s.token = $1",
    )
    .bind(token)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Session {
            operator: OperatorId(row.try_get("operator_id")?),
            name: row.try_get("name")?,
            role: role(&row)?,
            created_at: row.try_get("created_at")?,
            seen_at: row.try_get("seen_at")?,
        })
    })
    .transpose()
}

/// Notes that a session was used.
pub async fn touch_session(db: &Db, token: &str, operator: OperatorId, at: i64) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE session SET seen_at = $1 WHERE token = $2").bind(at).bind(token).execute(&mut *tx).await?;
    sqlx::query("UPDATE operator SET seen_at = $1 WHERE id = $2").bind(at).bind(operator.0).execute(&mut *tx).await?;
    tx.commit().await
}

/// Starts a session, and forgets those that have ended anyway.
pub async fn add_session(db: &Db, token: &str, operator: OperatorId, agent: &str) -> sqlx::Result<()> {
    let now = now();
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM session WHERE created_at < $1 OR seen_at < $2")
        .bind(now - crate::server::session::ABSOLUTE)
        .bind(now - crate::server::session::IDLE)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO session (token, id, operator_id, agent, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(token)
    .bind(crate::id::make::next())
    .bind(operator.0)
    .bind(agent)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE operator SET seen_at = $1 WHERE id = $2").bind(now).bind(operator.0).execute(&mut *tx).await?;
    tx.commit().await
}

/// Ends one session.
pub async fn end_session(db: &Db, token: &str) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM session WHERE token = $1").bind(token).execute(&mut *tx).await?;
    tx.commit().await
}

/// Ends every session of an operator, but for the one whose token hash is `keep`.
pub async fn end_sessions(db: &Db, operator: OperatorId, keep: &str) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM session WHERE operator_id = $1 AND token <> $2")
        .bind(operator.0)
        .bind(keep)
        .execute(&mut *tx)
        .await?;
    // Whoever is between password and code begins anew too.
    sqlx::query("DELETE FROM half_login WHERE operator_id = $1").bind(operator.0).execute(&mut *tx).await?;
    tx.commit().await
}

/// The browsers of an operator, the last used first.
pub async fn sessions(db: &AnyPool, operator: OperatorId, current: &str) -> sqlx::Result<Vec<SessionRow>> {
    sqlx::query(
        "SELECT token, id, agent, created_at, seen_at FROM session WHERE operator_id = $1 ORDER BY seen_at DESC",
    )
    .bind(operator.0)
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(SessionRow {
            current: row.try_get::<&str, _>("token")? == current,
            agent: row.try_get("agent")?,
            created_at: row.try_get("created_at")?,
            seen_at: row.try_get("seen_at")?,
            id: row.try_get::<i64, _>("id")?.to_string(),
        })
    })
    .collect()
}

/// What logging in needs, by e-mail.
pub async fn credentials(db: &AnyPool, email: &str) -> sqlx::Result<Option<Credentials>> {
    let row =
        sqlx::query("SELECT id, password, lang FROM operator WHERE email = $1").bind(email).fetch_optional(db).await?;
    row.map(|row| {
        Ok(Credentials {
            id: OperatorId(row.try_get("id")?),
            password: row.try_get("password")?,
            lang: Lang::from_tag(row.try_get("lang")?).unwrap_or_default(),
        })
    })
    .transpose()
}

/// E-mail, language and password hash of an operator.
pub async fn own(db: &AnyPool, operator: OperatorId) -> sqlx::Result<(String, Lang, String)> {
    let row =
        sqlx::query("SELECT email, lang, password FROM operator WHERE id = $1").bind(operator.0).fetch_one(db).await?;
    let lang = Lang::from_tag(row.try_get("lang")?).unwrap_or_default();
    Ok((row.try_get("email")?, lang, row.try_get("password")?))
}

/// Whether somebody owns this installation.
pub async fn has_owner(db: &AnyPool) -> sqlx::Result<bool> {
    let owner = sqlx::query("SELECT 1 FROM operator WHERE role = 'owner' LIMIT 1").fetch_optional(db).await?;
    Ok(owner.is_some())
}

/// Everybody, by name.
pub async fn all(db: &AnyPool, me: OperatorId) -> sqlx::Result<Vec<OperatorRow>> {
    sqlx::query("SELECT id, name, email, role, seen_at,
            (SELECT COUNT(*) FROM two_step t WHERE t.operator_id = operator.id AND t.confirmed_at IS NOT NULL) AS two_step
         FROM operator ORDER BY name, id")
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| {
            let id = OperatorId(row.try_get("id")?);
            Ok(OperatorRow {
                id,
                name: row.try_get("name")?,
                email: row.try_get("email")?,
                role: role(row)?,
                seen_at: row.try_get("seen_at")?,
                me: id == me,
                two_step: row.try_get::<i64, _>("two_step")? > 0,
            })
        })
        .collect()
}

/// The role of one operator.
pub async fn role_of(db: &AnyPool, operator: OperatorId) -> sqlx::Result<Option<Role>> {
    let row = sqlx::query("SELECT role FROM operator WHERE id = $1").bind(operator.0).fetch_optional(db).await?;
    row.map(|row| role(&row)).transpose()
}

/// Adds an operator. `operator_email` is violated when the address is taken.
pub async fn add(db: &Db, name: &str, email: &str, role: Role, lang: Lang, password: &str) -> sqlx::Result<OperatorId> {
    let id = OperatorId(crate::id::make::next());
    let mut tx = db.begin().await?;
    sqlx::query(
        "INSERT INTO operator (id, email, name, password, role, lang, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.0)
    .bind(email)
    .bind(name)
    .bind(password)
    .bind(role.as_str())
    .bind(lang.tag())
    .bind(now())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes one column of an operator; `column` is one of ours, never from outside.
async fn set(db: &Db, statement: &'static str, value: &str, operator: OperatorId) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(statement).bind(value).bind(operator.0).execute(&mut *tx).await?;
    tx.commit().await
}

/// Sets the role.
pub async fn set_role(db: &Db, operator: OperatorId, role: Role) -> sqlx::Result<()> {
    set(db, "UPDATE operator SET role = $1 WHERE id = $2", role.as_str(), operator).await
}

/// Sets the password's hash.
pub async fn set_password(db: &Db, operator: OperatorId, hash: &str) -> sqlx::Result<()> {
    set(db, "UPDATE operator SET password = $1 WHERE id = $2", hash, operator).await
}

/// Sets the name and the language.
pub async fn set_profile(db: &Db, operator: OperatorId, name: &str, lang: Lang) -> sqlx::Result<()> {
    set(db, "UPDATE operator SET name = $1 WHERE id = $2", name, operator).await?;
    set(db, "UPDATE operator SET lang = $1 WHERE id = $2", lang.tag(), operator).await
}

/// Whether single keys do something for this operator.
pub async fn single_keys(db: &AnyPool, operator: OperatorId) -> sqlx::Result<bool> {
    let row = sqlx::query("SELECT single_keys FROM operator WHERE id = $1").bind(operator.0).fetch_one(db).await?;
    Ok(row.try_get::<i32, _>("single_keys")? != 0)
}

/// Switches single keys on or off.
pub async fn set_single_keys(db: &Db, operator: OperatorId, on: bool) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE operator SET single_keys = $1 WHERE id = $2")
        .bind(i16::from(on))
        .bind(operator.0)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// Removes an operator with their sessions. Their messages stay, without a name.
pub async fn remove(db: &mut AnyConnection, operator: OperatorId) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM operator WHERE id = $1").bind(operator.0).execute(db).await.map(drop)
}

/// How many sessions an operator has.
pub async fn session_count(db: &AnyPool, operator: OperatorId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM session WHERE operator_id = $1").bind(operator.0).fetch_one(db).await
}

/// Notes a failed log-in for each subject, and forgets those of yesterday.
pub async fn note_failure(db: &Db, subjects: &[String]) -> sqlx::Result<()> {
    let now = now();
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM attempt WHERE at < $1").bind(now - DAY).execute(&mut *tx).await?;
    for subject in subjects {
        sqlx::query("INSERT INTO attempt (subject, at) VALUES ($1, $2)")
            .bind(subject)
            .bind(now)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await
}

/// Failed log-ins of a subject since `since`: how many, and when the first of them was.
pub async fn failures(db: &AnyPool, subject: &str, since: i64) -> sqlx::Result<(i64, i64)> {
    let row =
        sqlx::query("SELECT COUNT(*) AS n, COALESCE(MIN(at), 0) AS first FROM attempt WHERE subject = $1 AND at > $2")
            .bind(subject)
            .bind(since)
            .fetch_one(db)
            .await?;
    Ok((row.try_get("n")?, row.try_get("first")?))
}

/// An installation-wide setting.
pub async fn setting(db: &AnyPool, name: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT value FROM setting WHERE name = $1").bind(name).fetch_optional(db).await
}

/// Sets an installation-wide setting, or removes it.
pub async fn set_setting(db: &Db, name: &str, value: Option<&str>) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM setting WHERE name = $1").bind(name).execute(&mut *tx).await?;
    if let Some(value) = value {
        sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2)")
            .bind(name)
            .bind(value)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await
}
