//! The outbox: sends one message, by its room's free reply token or by push.
//!
//! A push carries a retry key that never changes for a message, so it may be made again after any
//! accident and LINE executes it once. A reply has no such key. That a reply is being tried is written
//! down before the call; whoever finds that note after a crash can't know what LINE did, says so, and
//! sends nothing.

use crate::{
    chat::{
        model::{Delivery, Failure, Via},
        store::{message as messages, room},
    },
    id::{AccountId, MessageId, RoomId},
    line::{
        client::{Client, Error, SentMessage},
        event::Content,
        message,
    },
    server::{db, jobs::Job, state::State},
    time::{HOUR, MINUTE, SECOND, now},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A message that LINE could not be given for this long is not sent any more by itself: an answer
/// that comes hours late is worse than none.
const PATIENCE: i64 = HOUR;

/// How far sending got.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Progress {
    stage: Stage,
    /// A reply token that was taken from the room and certainly not used, with its end.
    token: Option<(String, i64)>,
    /// LINE was reached at least once without an answer.
    unsure: bool,
    /// The access token was refused once already.
    refused: bool,
}

#[derive(Serialize, Deserialize, Default, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Stage {
    #[default]
    Start,
    Replying,
    Push,
}

/// The retry key of a message: always the same, so that it need not be kept anywhere.
pub fn retry_key(account: AccountId, id: MessageId) -> String {
    let hash = Sha256::digest(format!("engawa push {account} {id}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Sends the message that the job names; its room is the job's lane.
pub async fn perform(state: &State, job: &Job) -> anyhow::Result<()> {
    let (account, to, id) = (job.account, RoomId(job.lane), MessageId(job.subject));
    let mut progress: Progress = serde_json::from_str(&job.payload).unwrap_or_default();
    let sending = Sending { state, job, to, id };
    if progress.stage == Stage::Replying {
        return sending.end(&Delivery::Unknown, None, 0).await;
    }
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    let (Some(address), Some(message)) =
        (room::address(&mut tx, account, to).await?, messages::one(&mut tx, account, to, id).await?)
    else {
        job.finish(&mut tx).await?;
        return Ok(tx.commit().await?);
    };
    let Some(body) = body(&message.content) else {
        drop(tx);
        let why = Failure::Refused { message: format!("a message of kind {} can't be sent", message.content.name()) };
        return sending.end(&Delivery::Failed { why }, None, 0).await;
    };
    let token = match (progress.stage, progress.token.take()) {
        (Stage::Start, Some((token, until))) if until > now() => Some((token, until)),
        (Stage::Start, None) => address.token.filter(|_| address.until > now()).map(|token| (token, address.until)),
        _ => None,
    };
    match &token {
        Some(_) => {
            progress.stage = Stage::Replying;
            room::spend_token(&mut tx, account, to, seq).await?;
        }
        None => progress.stage = Stage::Push,
    }
    if !job.note(&mut tx, &serde_json::to_string(&progress)?).await? {
        return Ok(());
    }
    state.commit(tx, account).await?;
    let client = match state.directory.client(state, account).await? {
        Ok(client) => client,
        Err(error) => {
            // Nothing was tried yet, whatever the note says.
            progress.stage = if token.is_some() { Stage::Start } else { Stage::Push };
            progress.token = token;
            return sending.failed(progress, error, true).await;
        }
    };
    if let Some((token, until)) = token {
        match client.reply(&token, &body, false).await {
            Ok(sent) => return sending.end(&Delivery::Sent { via: Via::Reply }, line_id(sent), 0).await,
            Err(Error::NoAnswer | Error::Status { status: 500.., .. }) => {
                return sending.end(&Delivery::Unknown, None, 0).await;
            }
            Err(error) if error.is_reply_token() => {
                tracing::debug!(%account, message = %id, "the reply token was no longer good; pushing");
                progress.stage = Stage::Push;
            }
            Err(error) => {
                progress.stage = Stage::Start;
                progress.token = Some((token, until));
                return sending.failed(progress, error, true).await;
            }
        }
    }
    sending.push(&client, progress, &address.line_id, &body, address.members).await
}

struct Sending<'a> {
    state: &'a State,
    job: &'a Job,
    to: RoomId,
    id: MessageId,
}

impl Sending<'_> {
    async fn push(
        &self,
        client: &Client,
        progress: Progress,
        line_id_of_room: &str,
        body: &[Value],
        members: i64,
    ) -> anyhow::Result<()> {
        let key = retry_key(self.job.account, self.id);
        match client.push(&key, line_id_of_room, body, false).await {
            Ok(sent) => self.end(&Delivery::Sent { via: Via::Push }, line_id(sent), members).await,
            Err(error) => self.failed(progress, error, false).await,
        }
    }

    /// Decides what a failed call means: try again later, or tell the operator why not. `untouched`
    /// says that this call certainly did nothing.
    async fn failed(&self, mut progress: Progress, error: Error, untouched: bool) -> anyhow::Result<()> {
        let why = match &error {
            _ if error.is_quota() => Some(Failure::Quota),
            // A token may have ended since we fetched it: once, a new one is fetched.
            _ if error.is_token() => {
                self.state.directory.forget(self.job.account);
                let again = !std::mem::replace(&mut progress.refused, true);
                if again { None } else { Some(Failure::Token) }
            }
            Error::Status { status: 429 | 500.., .. } | Error::NotReached | Error::NoAnswer => None,
            Error::Status { status, message } => Some(Failure::Refused { message: format!("{status} {message}") }),
        };
        if let Some(why) = why {
            return self.end(&Delivery::Failed { why }, None, 0).await;
        }
        progress.unsure |= !untouched && matches!(error, Error::NoAnswer | Error::Status { status: 500.., .. });
        if now() - self.job.created_at > PATIENCE {
            let fate = if progress.unsure { Delivery::Unknown } else { Delivery::Failed { why: Failure::Unreachable } };
            return self.end(&fate, None, 0).await;
        }
        let account = self.job.account;
        tracing::info!(%account, message = %self.id, attempts = self.job.attempts, %error, "sending will be tried again");
        let mut tx = self.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        let wait = if error.is_token() { 0 } else { self.job.backoff(MINUTE).max(SECOND) };
        if self.job.postpone(&mut tx, wait, &serde_json::to_string(&progress)?).await? {
            let delivery = Delivery::Queued { waiting: true };
            messages::set_delivery(&mut tx, account, self.to, self.id, seq, &delivery, None).await?;
            self.state.commit(tx, account).await?;
        }
        Ok(())
    }

    /// Writes how it ended, removes the job, and tells the screens. `counted` is what LINE counts it as.
    async fn end(&self, delivery: &Delivery, line_id: Option<String>, counted: i64) -> anyhow::Result<()> {
        let account = self.job.account;
        let mut tx = self.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        if self.job.finish(&mut tx).await? {
            messages::set_delivery(&mut tx, account, self.to, self.id, seq, delivery, line_id.as_deref()).await?;
            if counted > 0 {
                sqlx::query("UPDATE account SET quota_used = quota_used + $1 WHERE id = $2")
                    .bind(counted)
                    .bind(account.0)
                    .execute(&mut *tx)
                    .await?;
            }
            self.state.commit(tx, account).await?;
        }
        Ok(())
    }
}

fn line_id(sent: Vec<SentMessage>) -> Option<String> {
    sent.into_iter().next().map(|message| message.id)
}

/// The message as LINE takes it; none for kinds that can't be sent yet.
fn body(content: &Content) -> Option<Vec<Value>> {
    match content {
        Content::Text { text, emojis, .. } => Some(vec![message::text(text, emojis)]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_one_retry_key_for_ever() {
        let key = retry_key(AccountId(1), MessageId(2));
        assert_eq!(key, retry_key(AccountId(1), MessageId(2)));
        assert_ne!(key, retry_key(AccountId(2), MessageId(2)));
        assert_eq!((key.len(), key.as_bytes()[14]), (36, b'4'));
    }
}
