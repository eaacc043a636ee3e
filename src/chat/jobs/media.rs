//! Fetches the bytes of a message as soon as it came, because LINE keeps them only for a while; and
//! forgets them when the message is taken back.

use crate::{
    chat::{model::MediaState, upload::drop_file},
    line::client::ContentAnswer,
    server::{
        db,
        jobs::Job,
        media::{self, Stored},
        state::State,
    },
    time::{HOUR, MINUTE, now},
};

/// LINE keeps content for an unspecified time: after this long we stop asking.
const PATIENCE: i64 = 6 * HOUR;

/// Fetches the bytes of the message that the job names.
pub async fn fetch(state: &State, job: &Job) -> anyhow::Result<()> {
    let line_id: Option<String> =
        sqlx::query_scalar("SELECT line_id FROM media WHERE account_id = $1 AND id = $2 AND state = 'pending'")
            .bind(job.account.0)
            .bind(job.subject)
            .fetch_optional(state.db.read())
            .await?;
    let Some(line_id) = line_id else { return finish(state, job, MediaState::Gone, None).await };
    let answer = match state.directory.client(state, job.account).await? {
        Ok(client) => client.content(&line_id).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(ContentAnswer::Ready(response)) => match media::store(state, response).await {
            Ok(Some(stored)) if stored.content_type.starts_with("video/") => {
                let stored = with_poster(state, job, &line_id, stored).await;
                finish(state, job, MediaState::Ready, Some(stored)).await
            }
            Ok(Some(stored)) => finish(state, job, MediaState::Ready, Some(stored)).await,
            Ok(None) => finish(state, job, MediaState::Failed, None).await,
            Err(error) => {
                tracing::warn!(account = %job.account, message = line_id, error = format!("{error:#}"), "content could not be stored");
                later(state, job).await
            }
        },
        Ok(ContentAnswer::Gone) => finish(state, job, MediaState::Gone, None).await,
        Ok(ContentAnswer::Preparing) => later(state, job).await,
        Err(error) => {
            if error.is_token() {
                state.directory.forget(job.account);
            }
            tracing::info!(account = %job.account, message = line_id, %error, "content could not be fetched");
            later(state, job).await
        }
    }
}

/// A film with the small picture that LINE has of it; without one it is shown all the same.
async fn with_poster(state: &State, job: &Job, line_id: &str, mut stored: Stored) -> Stored {
    let preview = match state.directory.client(state, job.account).await {
        Ok(Ok(client)) => client.preview(line_id).await.ok().flatten(),
        _ => None,
    };
    if let Some(preview) = preview {
        match media::poster(state, &stored.sha256, preview).await {
            Ok(pixels) => {
                stored.thumb = pixels.is_some();
                stored.pixels = pixels;
            }
            Err(error) => tracing::info!(account = %job.account, message = line_id, %error, "no poster for a film"),
        }
    }
    stored
}

async fn later(state: &State, job: &Job) -> anyhow::Result<()> {
    if now() - job.created_at > PATIENCE {
        return finish(state, job, MediaState::Failed, None).await;
    }
    let mut tx = state.db.begin().await?;
    job.postpone(&mut tx, job.backoff(5 * MINUTE), "{}").await?;
    Ok(tx.commit().await?)
}

async fn finish(state: &State, job: &Job, result: MediaState, stored: Option<Stored>) -> anyhow::Result<()> {
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, job.account).await?;
    if !job.finish(&mut tx).await? {
        return Ok(());
    }
    let pixels = stored.as_ref().and_then(|stored| stored.pixels);
    // A message that was taken back while we fetched stays taken back.
    let changed = sqlx::query(
        "UPDATE media SET state = $3, sha256 = $4, content_type = $5, size = $6, width = $7, height = $8, thumb = $9
         WHERE account_id = $1 AND id = $2 AND state = 'pending'",
    )
    .bind(job.account.0)
    .bind(job.subject)
    .bind(result.name())
    .bind(stored.as_ref().map(|stored| stored.sha256.clone()))
    .bind(stored.as_ref().map_or("", |stored| stored.content_type))
    .bind(stored.as_ref().map_or(0, |stored| i64::try_from(stored.size).unwrap_or_default()))
    .bind(pixels.map(|(width, _)| i64::from(width)))
    .bind(pixels.map(|(_, height)| i64::from(height)))
    .bind(i16::from(stored.as_ref().is_some_and(|stored| stored.thumb)))
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "UPDATE message SET seq = $3 WHERE account_id = $1 AND id = $2
            AND room_id = (SELECT room_id FROM media WHERE account_id = $1 AND id = $2)",
    )
    .bind(job.account.0)
    .bind(job.subject)
    .bind(seq)
    .execute(&mut *tx)
    .await?;
    state.commit(tx, job.account).await?;
    if changed.rows_affected() == 0
        && let Some(stored) = stored
    {
        drop_file(state, &stored.sha256).await?;
    }
    Ok(())
}

/// Removes the file of a message that was taken back, unless another message shows the same.
pub async fn forget(state: &State, job: &Job) -> anyhow::Result<()> {
    let mut tx = state.db.begin().await?;
    let sha256: Option<Option<String>> =
        sqlx::query_scalar("SELECT sha256 FROM media WHERE account_id = $1 AND id = $2")
            .bind(job.account.0)
            .bind(job.subject)
            .fetch_optional(&mut *tx)
            .await?;
    sqlx::query(
        "UPDATE media SET sha256 = NULL, file_name = NULL, content_type = '', size = 0, width = NULL, height = NULL, thumb = 0
         WHERE account_id = $1 AND id = $2",
    )
    .bind(job.account.0)
    .bind(job.subject)
    .execute(&mut *tx)
    .await?;
    job.finish(&mut tx).await?;
    tx.commit().await?;
    match sha256.flatten() {
        Some(sha256) => drop_file(state, &sha256).await,
        None => Ok(()),
    }
}
