//! Asks LINE who people are, and what groups are called.

use crate::{
    chat::search,
    line::client::{Client, Error},
    server::{db, jobs::Job, state::State},
    time::{HOUR, now},
};
use serde::Deserialize;

/// Where the person was seen: a member of a group need not be a friend.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Seen {
    user: String,
    kind: String,
    room: String,
}

/// Fetches the profile of the contact that the job names.
pub async fn contact(state: &State, job: &Job) -> anyhow::Result<()> {
    let seen: Seen = serde_json::from_str(&job.payload).unwrap_or_default();
    let answer = match state.directory.client(state, job.account).await? {
        Ok(client) if seen.kind == "user" || seen.kind.is_empty() => client.profile(&seen.user).await,
        Ok(client) => client.member(&seen.kind, &seen.room, &seen.user).await,
        Err(error) => Err(error),
    };
    let profile = match answer {
        Ok(profile) => Some(profile),
        // Blocked us, or is gone: whatever we knew stays.
        Err(Error::Status { status: 400 | 403 | 404, .. }) => None,
        Err(error) => return later(state, job, &error).await,
    };
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, job.account).await?;
    if !job.finish(&mut tx).await? {
        return Ok(());
    }
    sqlx::query("UPDATE contact SET profile_at = $3 WHERE account_id = $1 AND id = $2")
        .bind(job.account.0)
        .bind(job.subject)
        .bind(now())
        .execute(&mut *tx)
        .await?;
    if let Some(profile) = profile {
        sqlx::query(
            "UPDATE contact SET name = $3, picture = $4, status = COALESCE($5, status), lang = COALESCE($6, lang)
             WHERE account_id = $1 AND id = $2",
        )
        .bind(job.account.0)
        .bind(job.subject)
        .bind(&profile.display_name)
        .bind(&profile.picture_url)
        .bind(&profile.status_message)
        .bind(&profile.language)
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE room SET name = $3, picture = $4, seq = $5 WHERE account_id = $1 AND contact_id = $2")
            .bind(job.account.0)
            .bind(job.subject)
            .bind(&profile.display_name)
            .bind(&profile.picture_url)
            .bind(seq)
            .execute(&mut *tx)
            .await?;
        search::touch_contact(&mut tx, job.account, job.subject).await?;
        // A room that began after an older one was deleted: they are still the friend that they were.
        sqlx::query(
            "UPDATE room SET friendship = 'friend', seq = $3 WHERE account_id = $1 AND contact_id = $2 AND spam < 2
                AND friendship = 'unknown' AND EXISTS (SELECT 1 FROM room d
                    WHERE d.account_id = $1 AND d.contact_id = $2 AND d.spam > 1 AND d.friendship = 'friend')",
        )
        .bind(job.account.0)
        .bind(job.subject)
        .bind(seq)
        .execute(&mut *tx)
        .await?;
        // Their latest words in groups show the name; older ones do when they are loaded again.
        sqlx::query(
            "UPDATE message SET seq = $3 WHERE account_id = $1 AND contact_id = $2 AND room_id IN (
                SELECT room_id FROM member WHERE account_id = $1 AND contact_id = $2) AND at > $4",
        )
        .bind(job.account.0)
        .bind(job.subject)
        .bind(seq)
        .bind(now() - HOUR)
        .execute(&mut *tx)
        .await?;
    }
    Ok(state.commit(tx, job.account).await?)
}

/// Fetches name, picture and size of the group that the job names.
pub async fn group(state: &State, job: &Job) -> anyhow::Result<()> {
    let room: Option<(String, String)> =
        sqlx::query_as("SELECT kind, line_id FROM room WHERE account_id = $1 AND id = $2")
            .bind(job.account.0)
            .bind(job.subject)
            .fetch_optional(state.db.read())
            .await?;
    let answer = match (&room, state.directory.client(state, job.account).await?) {
        (None, _) => Ok(None),
        (Some((kind, id)), Ok(client)) => facts(&client, kind, id).await.map(Some),
        (_, Err(error)) => Err(error),
    };
    let facts = match answer {
        Ok(facts) => facts,
        Err(Error::Status { status: 400 | 403 | 404, .. }) => None,
        Err(error) => return later(state, job, &error).await,
    };
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, job.account).await?;
    if !job.finish(&mut tx).await? {
        return Ok(());
    }
    if let Some((name, picture, members)) = facts {
        sqlx::query(
            "UPDATE room SET name = CASE WHEN $3 = '' THEN name ELSE $3 END, picture = $4, members = $5, profile_at = $6, seq = $7
             WHERE account_id = $1 AND id = $2",
        )
        .bind(job.account.0)
        .bind(job.subject)
        .bind(name)
        .bind(picture)
        .bind(members.max(1))
        .bind(now())
        .bind(seq)
        .execute(&mut *tx)
        .await?;
        search::touch(&mut tx, job.account, job.subject).await?;
    }
    Ok(state.commit(tx, job.account).await?)
}

async fn facts(client: &Client, kind: &str, id: &str) -> Result<(String, Option<String>, i64), Error> {
    let members = client.member_count(kind, id).await?;
    if kind != "group" {
        return Ok((String::new(), None, members));
    }
    let summary = client.group(id).await?;
    Ok((summary.group_name, summary.picture_url, members))
}

async fn later(state: &State, job: &Job, error: &Error) -> anyhow::Result<()> {
    if error.is_token() {
        state.directory.forget(job.account);
    }
    tracing::info!(account = %job.account, %error, "a profile could not be fetched");
    let mut tx = state.db.begin().await?;
    job.postpone(&mut tx, job.backoff(HOUR), &job.payload).await?;
    Ok(tx.commit().await?)
}
