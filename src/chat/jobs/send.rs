//! The outbox: sends a packet of messages, by its room's free reply token or by push.
//!
//! A push carries a retry key that never changes for a packet and its body, so it may be made again after any
//! accident and LINE executes it once. A reply has no such key. That a reply is being tried is written
//! down before the call; whoever finds that note after a crash can't know what LINE did, says so, and
//! sends nothing.

use crate::{
    chat::{
        model::{Delivery, Failure, Friendship, Via},
        outgoing::{Progress, Stage},
        store::{
            message as messages,
            outgoing::{self, Part},
            room,
        },
    },
    id::{AccountId, MessageId, RoomId},
    line::{
        client::{Client, Error, SentMessage},
        event::Content,
        message,
    },
    server::{
        db::{self, Tx},
        jobs::Job,
        state::State,
    },
    time::{HOUR, MINUTE, SECOND, now},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A message that LINE could not be given for this long is not sent any more by itself: an answer
/// that comes hours late is worse than none.
const PATIENCE: i64 = HOUR;

/// The retry key of a packet: always the same, so that it need not be kept anywhere; another one when the packet
/// was made smaller.
pub fn retry_key(account: AccountId, id: MessageId, body: &[Value]) -> String {
    let body = Value::from(body.to_vec());
    let hash = Sha256::digest(format!("engawa push {account} {id} {body}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Sends the packet whose first message the job names; its room is the job's lane.
pub async fn perform(state: &State, job: &Job) -> anyhow::Result<()> {
    let (account, to, id) = (job.account, RoomId(job.lane), MessageId(job.subject));
    let mut progress: Progress = serde_json::from_str(&job.payload).unwrap_or_default();
    // What has begun can't be undone any more.
    progress.draft = None;
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    let parts = parts(&mut tx, account, to, id).await?;
    let sending = Sending { state, job, to, parts };
    if progress.stage == Stage::Replying {
        drop(tx);
        return sending.end(&Delivery::Unknown, Vec::new(), 0).await;
    }
    let address = room::address(&mut tx, account, to).await?;
    let Some(address) = address.filter(|_| !sending.parts.is_empty()) else {
        job.finish(&mut tx).await?;
        return Ok(tx.commit().await?);
    };
    if address.friendship == Friendship::Gone && progress.stage == Stage::Start {
        drop(tx);
        return sending.end(&Delivery::Failed { why: Failure::Gone }, Vec::new(), 0).await;
    }
    // It needed a file that was gone already when it was due.
    if sending.parts.iter().any(|part| part.body.is_null()) {
        drop(tx);
        return sending.end(&Delivery::Failed { why: Failure::Missing }, Vec::new(), 0).await;
    }
    let token = match (progress.stage, progress.token.take()) {
        (Stage::Start, Some((token, until))) if until > now() => Some((token, until)),
        (Stage::Start, _) => address.token.filter(|_| address.until > now()).map(|token| (token, address.until)),
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
    let (body, silent) = sending.body();
    if let Some((token, until)) = token {
        match client.reply(&token, &body, silent).await {
            Ok(sent) => return sending.end(&Delivery::Sent { via: Via::Reply }, sent, 0).await,
            Err(Error::NoAnswer | Error::Status { status: 500.., .. }) => {
                return sending.end(&Delivery::Unknown, Vec::new(), 0).await;
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
    sending.push(&client, progress, &address.line_id, address.members).await
}

/// The messages that wait. What an earlier version queued has no frozen body: it was a text.
async fn parts(tx: &mut Tx, account: AccountId, to: RoomId, id: MessageId) -> sqlx::Result<Vec<Part>> {
    let parts = outgoing::waiting(tx, account, id).await?;
    if !parts.is_empty() {
        return Ok(parts);
    }
    let message = messages::one(tx, account, to, id).await?;
    let waits = message.filter(|message| matches!(message.delivery, Delivery::Queued { .. }));
    let part = waits.map(|message| match message.content {
        Content::Text { text, emojis, .. } => Part { id, body: message::text(&text, &emojis), silent: false },
        _ => Part { id, body: Value::Null, silent: false },
    });
    Ok(part.into_iter().collect())
}

struct Sending<'a> {
    state: &'a State,
    job: &'a Job,
    to: RoomId,
    parts: Vec<Part>,
}

impl Sending<'_> {
    fn body(&self) -> (Vec<Value>, bool) {
        let body = self.parts.iter().map(|part| part.body.clone()).collect();
        (body, self.parts.iter().any(|part| part.silent))
    }

    async fn push(
        &self,
        client: &Client,
        progress: Progress,
        line_id_of_room: &str,
        members: i64,
    ) -> anyhow::Result<()> {
        let (body, silent) = self.body();
        let key = retry_key(self.job.account, MessageId(self.job.subject), &body);
        match client.push(&key, line_id_of_room, &body, silent).await {
            Ok(sent) => self.end(&Delivery::Sent { via: Via::Push }, sent, members).await,
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
            return self.end(&Delivery::Failed { why }, Vec::new(), 0).await;
        }
        progress.unsure |= !untouched && matches!(error, Error::NoAnswer | Error::Status { status: 500.., .. });
        if now() - progress.since.unwrap_or(self.job.created_at) > PATIENCE {
            let fate = if progress.unsure { Delivery::Unknown } else { Delivery::Failed { why: Failure::Unreachable } };
            return self.end(&fate, Vec::new(), 0).await;
        }
        let (account, message) = (self.job.account, MessageId(self.job.subject));
        tracing::info!(%account, %message, attempts = self.job.attempts, %error, "sending will be tried again");
        let mut tx = self.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        let wait = if error.is_token() { 0 } else { self.job.backoff(MINUTE).max(SECOND) };
        if self.job.postpone(&mut tx, wait, &serde_json::to_string(&progress)?).await? {
            let delivery = Delivery::Queued { waiting: true };
            for part in &self.parts {
                messages::set_delivery(&mut tx, account, self.to, part.id, seq, &delivery, None).await?;
            }
            self.state.commit(tx, account).await?;
        }
        Ok(())
    }

    /// Writes how it ended, removes the job, and tells the screens. `sent` is what LINE calls the messages, in
    /// their order; `counted` is what it counts them as.
    async fn end(&self, delivery: &Delivery, sent: Vec<SentMessage>, counted: i64) -> anyhow::Result<()> {
        let account = self.job.account;
        let mut tx = self.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        if self.job.finish(&mut tx).await? {
            for (at, part) in self.parts.iter().enumerate() {
                let sent = sent.get(at);
                let line_id = sent.map(|sent| sent.id.as_str());
                messages::set_delivery(&mut tx, account, self.to, part.id, seq, delivery, line_id).await?;
                if let Some(token) = sent.and_then(|sent| sent.quote_token.as_deref()) {
                    outgoing::set_quote_token(&mut tx, account, self.to, part.id, token).await?;
                }
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_packet_has_one_retry_key_for_ever() {
        let body = [json!({ "type": "text", "text": "x" })];
        let key = retry_key(AccountId(1), MessageId(2), &body);
        assert_eq!(key, retry_key(AccountId(1), MessageId(2), &body));
        assert_ne!(key, retry_key(AccountId(2), MessageId(2), &body));
        assert_ne!(key, retry_key(AccountId(1), MessageId(2), &[]));
        assert_eq!((key.len(), key.as_bytes()[14]), (36, b'4'));
    }
}
