//! Writing many events at once: one statement a table, the rows as one JSON parameter. Whoever calls
//! these has taken the account's sequence number first, so what is read here stays true until the
//! commit.
//!
//! CROSS JOIN tells SQLite to begin with the few rows of the batch; left to itself it may begin with the
//! table, and read the whole batch again for each of its rows.

use crate::{
    chat::ingest::{Change, ContactRef, Folded, RoomDraft},
    id::{AccountId, make},
    line::event::{Content, Event},
    server::db::{self, Tx},
};
use serde::Serialize;
use serde_json::json;
use sqlx::Row;
use std::collections::{HashMap, HashSet};

fn rows<T: Serialize>(rows: &[T]) -> String {
    serde_json::to_string(rows).unwrap_or_else(|_| "[]".into())
}

/// Takes the account's next sequence number, as [`db::next_seq`] does, and says whether rooms are given out by themselves here:
/// one statement for both.
pub async fn begin(tx: &mut Tx, account: AccountId) -> sqlx::Result<(i64, bool)> {
    let row = sqlx::query("UPDATE tally SET seq = seq + 1 WHERE account_id = $1 RETURNING seq, auto")
        .bind(account.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok((row.try_get("seq")?, row.try_get::<i32, _>("auto")? == 1))
}

/// Keeps events under the number of this commit; gives back the ids of those that were not there before.
/// No id may be named twice.
pub async fn add_events(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    now: i64,
    events: &[&Event],
) -> sqlx::Result<HashSet<String>> {
    #[derive(Serialize)]
    struct New<'a> {
        e: &'a str,
        t: i64,
        p: String,
    }
    let new: Vec<_> =
        events.iter().map(|event| New { e: &event.id, t: event.timestamp, p: event.raw.to_string() }).collect();
    let added = sqlx::query(
        "INSERT INTO webhook_event (account_id, event_id, seq, at, received_at, payload)
         SELECT $1, value ->> 'e', $2, CAST(value ->> 't' AS BIGINT), $3, value ->> 'p' FROM json_each($4) WHERE true
         ON CONFLICT (account_id, event_id) DO NOTHING",
    )
    .bind(account.0)
    .bind(seq)
    .bind(now)
    .bind(rows(&new))
    .execute(&mut **tx)
    .await?
    .rows_affected();
    let all = events.iter().map(|event| event.id.clone());
    if usize::try_from(added).is_ok_and(|added| added == events.len()) {
        return Ok(all.collect());
    }
    // Some came twice, which is rare: which ones is asked for only then.
    let new = sqlx::query_scalar(
        "SELECT w.event_id FROM json_each($2) j CROSS JOIN webhook_event w
         WHERE w.account_id = $1 AND w.event_id = j.value ->> 'e' AND w.seq = $3",
    )
    .bind(account.0)
    .bind(rows(&all.map(|id| json!({"e": id})).collect::<Vec<_>>()))
    .bind(seq)
    .fetch_all(&mut **tx)
    .await?;
    Ok(new.into_iter().collect())
}

/// The contacts of these LINE users; those whom we did not know are added.
pub async fn contacts(
    tx: &mut Tx,
    account: AccountId,
    now: i64,
    mut users: HashSet<&str>,
) -> sqlx::Result<HashMap<String, ContactRef>> {
    let wanted: Vec<_> = users.iter().collect();
    let found: Vec<(String, i64, i64)> = db::gather(
        tx,
        "c.user_id, c.id, c.profile_at",
        "json_each($2) j CROSS JOIN contact c WHERE c.account_id = $1 AND c.user_id = j.value ->> 'u'",
        account,
        rows(&wanted.iter().map(|user| json!({"u": user})).collect::<Vec<_>>()),
    )
    .await?;
    let mut contacts = HashMap::with_capacity(users.len());
    for (user, id, profile_at) in found {
        users.remove(user.as_str());
        contacts.insert(user, ContactRef { id, profile_at });
    }
    let new: Vec<_> = users.iter().map(|user| json!({"u": user, "i": make::next()})).collect();
    if !new.is_empty() {
        sqlx::query(
            "INSERT INTO contact (account_id, id, user_id, created_at)
             SELECT $1, CAST(value ->> 'i' AS BIGINT), value ->> 'u', $2 FROM json_each($3)",
        )
        .bind(account.0)
        .bind(now)
        .bind(rows(&new))
        .execute(&mut **tx)
        .await?;
        for row in new {
            if let (Some(user), Some(id)) = (row["u"].as_str(), row["i"].as_i64()) {
                contacts.insert(user.to_owned(), ContactRef { id, profile_at: 0 });
            }
        }
    }
    Ok(contacts)
}

/// The rooms with these LINE ids that exist.
pub async fn rooms(
    tx: &mut Tx,
    account: AccountId,
    line_ids: impl Iterator<Item = &str>,
) -> sqlx::Result<HashMap<String, RoomDraft>> {
    let wanted: Vec<_> = line_ids.map(|id| json!({"l": id})).collect();
    let found: Vec<RoomDraft> = db::gather(
        tx,
        "r.id, r.kind, r.line_id, r.contact_id, r.state, r.friendship, r.friendship_at, r.unread, r.at, r.last_id,
            r.last_direction, r.last_kind, r.last_text, r.last_notice, r.reply_token, r.reply_until, r.profile_at, r.created_at",
        "json_each($2) j CROSS JOIN room r WHERE r.account_id = $1 AND r.line_id = j.value ->> 'l'",
        account,
        rows(&wanted),
    )
    .await?;
    Ok(found.into_iter().map(|room| (room.line_id.clone(), room)).collect())
}

/// Which of these messages were taken back before they came.
pub async fn unsent(
    tx: &mut Tx,
    account: AccountId,
    line_ids: impl Iterator<Item = &str>,
) -> sqlx::Result<HashSet<String>> {
    let wanted: Vec<_> = line_ids.map(|id| json!({"l": id})).collect();
    let found = sqlx::query_scalar(
        "SELECT u.line_id FROM json_each($2) j CROSS JOIN unsent u WHERE u.account_id = $1 AND u.line_id = j.value ->> 'l'",
    )
    .bind(account.0)
    .bind(rows(&wanted))
    .fetch_all(&mut **tx)
    .await?;
    Ok(found.into_iter().collect())
}

/// Forgets LINE's JSON of messages that had been taken back before they came.
pub async fn forget_unsent(tx: &mut Tx, account: AccountId, events: impl Iterator<Item = &str>) -> sqlx::Result<()> {
    for event in events {
        sqlx::query("UPDATE webhook_event SET payload = '' WHERE account_id = $1 AND event_id = $2")
            .bind(account.0)
            .bind(event)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Writes rooms, messages, media, members and jobs.
pub async fn save(tx: &mut Tx, account: AccountId, seq: i64, folded: &Folded) -> sqlx::Result<()> {
    let upsert_rooms = "INSERT INTO room (account_id, id, seq, kind, line_id, contact_id, state, friendship, friendship_at, unread, at,
            last_id, last_direction, last_kind, last_text, last_notice, reply_token, reply_until, created_at)
         SELECT $1, CAST(value ->> 'id' AS BIGINT), $2, value ->> 'kind', value ->> 'line_id', CAST(value ->> 'contact' AS BIGINT),
            value ->> 'state', value ->> 'friendship', CAST(value ->> 'friendship_at' AS BIGINT), CAST(value ->> 'unread' AS BIGINT),
            CAST(value ->> 'at' AS BIGINT), CAST(value ->> 'last_id' AS BIGINT), value ->> 'direction', value ->> 'last_kind',
            value ->> 'text', value ->> 'notice', value ->> 'token', CAST(value ->> 'until' AS BIGINT), CAST(value ->> 'created_at' AS BIGINT)
         FROM json_each($3) WHERE true
         ON CONFLICT (account_id, id) DO UPDATE SET seq = excluded.seq, state = excluded.state, friendship = excluded.friendship,
            friendship_at = excluded.friendship_at, unread = excluded.unread, at = excluded.at, last_id = excluded.last_id,
            last_direction = excluded.last_direction, last_kind = excluded.last_kind, last_text = excluded.last_text,
            last_notice = excluded.last_notice, reply_token = excluded.reply_token, reply_until = excluded.reply_until";
    let insert_messages = "INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, contact_id, line_id, event_id,
            quoted, quote_token, read_token, delivery)
         SELECT $1, CAST(value ->> 'room' AS BIGINT), CAST(value ->> 'id' AS BIGINT), $2, value ->> 'direction', value ->> 'kind',
            value ->> 'content', CAST(value ->> 'at' AS BIGINT), CAST(value ->> 'contact' AS BIGINT), value ->> 'line_id',
            value ->> 'event_id', value ->> 'quoted', value ->> 'quote_token', value ->> 'read_token', 'received'
         FROM json_each($3) WHERE true ON CONFLICT DO NOTHING";
    let insert_media = "INSERT INTO media (account_id, id, room_id, line_id, state, file_name)
         SELECT $1, CAST(value ->> 'id' AS BIGINT), CAST(value ->> 'room' AS BIGINT), value ->> 'line_id', 'pending', value ->> 'file_name'
         FROM json_each($2) WHERE true ON CONFLICT DO NOTHING";
    let upsert_members = "INSERT INTO member (account_id, room_id, contact_id, gone, at)
         SELECT $1, CAST(value ->> 'room' AS BIGINT), CAST(value ->> 'contact' AS BIGINT), CAST(value ->> 'gone' AS SMALLINT), CAST(value ->> 'at' AS BIGINT)
         FROM json_each($2) WHERE true
         ON CONFLICT (account_id, room_id, contact_id) DO UPDATE SET
            gone = CASE WHEN excluded.at >= member.at THEN excluded.gone ELSE member.gone END,
            at = CASE WHEN excluded.at >= member.at THEN excluded.at ELSE member.at END";
    let insert_jobs = "INSERT INTO job (account_id, id, kind, subject, lane, payload, run_at, created_at)
         SELECT $1, CAST(value ->> 'id' AS BIGINT), value ->> 'kind', CAST(value ->> 'subject' AS BIGINT), CAST(value ->> 'lane' AS BIGINT),
            value ->> 'payload', CAST(value ->> 'run_at' AS BIGINT), CAST(value ->> 'run_at' AS BIGINT)
         FROM json_each($2) WHERE true ON CONFLICT (account_id, kind, subject) DO NOTHING";
    for (statement, some, json) in [
        (upsert_rooms, !folded.rooms.is_empty(), rows(&folded.rooms)),
        (insert_messages, !folded.messages.is_empty(), rows(&folded.messages)),
    ] {
        if some {
            sqlx::query(statement).bind(account.0).bind(seq).bind(json).execute(&mut **tx).await?;
        }
    }
    // A member may be named twice in a batch, which one statement can't take: the last word counts.
    let mut members = HashMap::new();
    for member in &folded.members {
        members.insert(member.key(), member);
    }
    let members: Vec<_> = members.into_values().collect();
    for (statement, some, json) in [
        (insert_media, !folded.media.is_empty(), rows(&folded.media)),
        (upsert_members, !members.is_empty(), rows(&members)),
        (insert_jobs, !folded.jobs.is_empty(), rows(&folded.jobs)),
    ] {
        if some {
            sqlx::query(statement).bind(account.0).bind(json).execute(&mut **tx).await?;
        }
    }
    Ok(())
}

/// Applies an edit, or forgets a message that was taken back: its words, its bytes, and LINE's JSON.
pub async fn change_message(tx: &mut Tx, account: AccountId, seq: i64, change: &Change) -> sqlx::Result<()> {
    let (line_id, content) = match change {
        Change::Unsend(line_id) => (line_id, &Content::Unsent),
        Change::Edit(line_id, content) => (line_id, content),
    };
    let unsend = matches!(change, Change::Unsend(_));
    let before: Option<String> =
        sqlx::query_scalar("SELECT content FROM message WHERE account_id = $1 AND line_id = $2 AND kind <> 'unsent'")
            .bind(account.0)
            .bind(line_id)
            .fetch_optional(&mut **tx)
            .await?;
    if unsend {
        sqlx::query("INSERT INTO unsent (account_id, line_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(account.0)
            .bind(line_id)
            .execute(&mut **tx)
            .await?;
    }
    let changed = sqlx::query(
        "UPDATE message SET content = $3, kind = $4, seq = $5, edited = $6
         WHERE account_id = $1 AND line_id = $2 AND kind <> 'unsent' RETURNING room_id, id, event_id",
    )
    .bind(account.0)
    .bind(line_id)
    .bind(serde_json::to_string(content).unwrap_or_default())
    .bind(content.name())
    .bind(seq)
    .bind(i16::from(!unsend))
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = changed else { return Ok(()) };
    let (room, id): (i64, i64) = (row.try_get("room_id")?, row.try_get("id")?);
    if let Some(before) = before.and_then(|before| serde_json::from_str(&before).ok()) {
        crate::chat::search::forget(tx, account, room, id, &before).await?;
    }
    sqlx::query(
        "UPDATE room SET seq = $3, last_kind = $4, last_text = $5 WHERE account_id = $1 AND id = $2 AND last_id = $6",
    )
    .bind(account.0)
    .bind(room)
    .bind(seq)
    .bind(content.name())
    .bind(crate::chat::model::last_words(content))
    .bind(id)
    .execute(&mut **tx)
    .await?;
    if unsend {
        let event: Option<String> = row.try_get("event_id")?;
        sqlx::query("UPDATE webhook_event SET payload = '' WHERE account_id = $1 AND event_id = $2")
            .bind(account.0)
            .bind(event)
            .execute(&mut **tx)
            .await?;
        // The words that it was changed into stand in events of their own, which came after it.
        sqlx::query(
            "UPDATE webhook_event SET payload = '' WHERE account_id = $1 AND event_id IN (
                SELECT m.event_id FROM message m
                WHERE m.account_id = $1 AND m.room_id = $2 AND m.id > $3 AND m.direction = 'event' AND m.quoted = $4)
                AND payload LIKE '%\"messageEdited\"%'",
        )
        .bind(account.0)
        .bind(room)
        .bind(id)
        .bind(line_id)
        .execute(&mut **tx)
        .await?;
        // The file goes when the last message that shares it is gone: see the `forget` job.
        sqlx::query("UPDATE media SET state = 'gone' WHERE account_id = $1 AND id = $2")
            .bind(account.0)
            .bind(id)
            .execute(&mut **tx)
            .await?;
        sqlx::query(
            "INSERT INTO job (account_id, id, kind, subject, lane, run_at, created_at)
             SELECT account_id, $3, 'forget', id, id, 0, 0 FROM media WHERE account_id = $1 AND id = $2
             ON CONFLICT (account_id, kind, subject) DO NOTHING",
        )
        .bind(account.0)
        .bind(id)
        .bind(make::next())
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
