//! Full-text search over rooms and messages, alike on SQLite and PostgreSQL.
//!
//! **What is found.** Texts are folded ([`fold`]): width, case, accents, Katakana or Hiragana, white space make no
//! difference. A question is words, all of which must be there, anywhere in a word and from one character on;
//! quotation marks keep words together ([`words`]). Rooms come first: a name that is just this, then names that begin
//! so, then those with a word that begins so, then the others; among equals the one where something happened last.
//! Messages follow, strictly the latest first: in a conversation the time is what one remembers, and an order that
//! can be told in one sentence can be trusted.
//!
//! **How.** Neither engine's own search does this: PostgreSQL's has no order by time and no two-character words
//! without extensions, SQLite's has other words and another order. The index is ours and lies in plain tables. It is
//! made of blocks ([`block`]) that are written once and merged by eights, like the levels of a log-structured store:
//! for one million messages some thirty blocks. A question reads a few kilobytes of each, the latest block first, and
//! ends when the page is full: a common word costs no more than a rare one. What the blocks name is read from the
//! message table and looked at before it is shown: **the index says only where to look**. A message that was taken
//! back or changed, or a room that was deleted, is therefore not found from that very commit on, whatever state the
//! index is in.
//!
//! **When.** The way of a webhook does not touch the index. Every change of a message has the account's next
//! sequence number; the index knows up to which it has come, and what lies above, a few hundred messages, is looked
//! through one by one. So a message is found as soon as it is committed, and [`index`] follows in its own time, in
//! transactions that move the number together with the block: it may be killed at any point. Messages from before
//! there was an index are read from the latest back, in the background, while the search works with what is there.
//!
//! The words of a message that is taken back or edited are also scrubbed from the blocks ([`forget`]), in that
//! transaction; those of a room that is deleted by [`forget_room`].

pub mod block;
pub mod find;
pub mod fold;
pub mod gram;
pub mod index;
pub mod rooms;
pub mod store;
pub mod words;

use self::{
    block::Doc,
    store::{Reach, Shelf},
};
use super::model::search::{Found, FoundCursor, KINDS, QUESTION_LIMIT, Question};
use crate::{
    error::{AppError, Reason},
    id::AccountId,
    line::event::Content,
    server::{
        db::{Db, Tx},
        session::{self, Operator},
        state::State,
    },
};

/// Answers a question, from `after` on.
pub async fn search(op: &Operator, question: &Question, after: Option<FoundCursor>) -> Result<Found, AppError> {
    let limit = u32::try_from(QUESTION_LIMIT).unwrap_or_default();
    if question.words.chars().count() > QUESTION_LIMIT {
        return session::answer(Err(AppError::field("words", Reason::TooLong { limit })));
    }
    if question.kind.as_deref().is_some_and(|kind| !KINDS.contains(&kind)) {
        return session::answer(Err(AppError::field("kind", Reason::Invalid)));
    }
    Ok(answer(&op.state.db, op.account(), question, after).await?)
}

/// Answers a question in one account.
pub async fn answer(
    db: &Db,
    account: AccountId,
    question: &Question,
    after: Option<FoundCursor>,
) -> sqlx::Result<Found> {
    let words = words::read(&question.words);
    if words.is_empty() && !question.filtered() {
        return Ok(Found::default());
    }
    let mut db = db.snapshot().await?;
    let reach = store::reach(&mut db, account, Shelf::Messages).await?.unwrap_or_default();
    let rooms = match after {
        None if !question.filtered() => rooms::page(&mut db, account, &words).await?,
        _ => Vec::new(),
    };
    let deleted = store::deleted_rooms(&mut db, account).await?;
    let wanted = find::Wanted::new(question, &words, after, deleted);
    let (docs, next) = find::page(&mut db, account, &wanted, reach).await?;
    let messages = find::show(&mut db, account, &docs, &words).await?;
    db.commit().await?;
    let next = next.map(|doc| FoundCursor { id: crate::id::MessageId(doc.id), room: crate::id::RoomId(doc.room) });
    Ok(Found { rooms, messages, next, indexed: progress(reach) })
}

/// How much of the old messages is indexed, in per cent; none when all are.
fn progress(reach: Reach) -> Option<i64> {
    (reach.lo > 0).then(|| 100 * (reach.start - reach.lo) / reach.start.max(1))
}

/// What is known of a room has changed: its name, a member's, and what else [`store::room_texts`] tells. Like every
/// writer the caller has taken the account's next number.
pub async fn touch(tx: &mut Tx, account: AccountId, room: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO search_room (account_id, room_id, seq)
         SELECT r.account_id, r.id, t.seq FROM room r JOIN tally t ON t.account_id = r.account_id WHERE r.account_id = $1 AND r.id = $2
         ON CONFLICT (account_id, room_id) DO UPDATE SET seq = excluded.seq",
    )
    .bind(account.0)
    .bind(room)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// A person's name has changed: in their own room, and in groups.
pub async fn touch_contact(tx: &mut Tx, account: AccountId, contact: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO search_room (account_id, room_id, seq)
         SELECT t.account_id, n.id, t.seq FROM tally t CROSS JOIN (
            SELECT id FROM room WHERE account_id = $1 AND contact_id = $2
            UNION SELECT room_id FROM member WHERE account_id = $1 AND contact_id = $2) n WHERE t.account_id = $1
         ON CONFLICT (account_id, room_id) DO UPDATE SET seq = excluded.seq",
    )
    .bind(account.0)
    .bind(contact)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Scrubs the words of a message from the index: they were changed, or taken back. It can't be found by them any more
/// in any case; this is for what lies on the disk.
pub async fn forget(tx: &mut Tx, account: AccountId, room: i64, id: i64, content: &Content) -> sqlx::Result<()> {
    let keys = gram::of_text(&fold::fold(&words::of_content(content)).text);
    if keys.is_empty() {
        return Ok(());
    }
    // Once more when a block was merged into another meanwhile.
    for _ in 0..3 {
        let mut done = true;
        for block in store::blocks(&mut *tx, account, Shelf::Messages).await? {
            if !(block.lo..=block.hi).contains(&id) {
                continue;
            }
            let chunk = store::chunk_from(&mut *tx, account, block.id, id).await?;
            let docs = store::chunks(&mut *tx, account, &[(block.id, chunk)]).await?;
            let at = docs.get(&(block.id, chunk)).and_then(|docs| docs.iter().position(|doc| *doc == Doc { id, room }));
            if let Some(slot) = at.and_then(|at| u32::try_from(chunk * block::CHUNK + at).ok()) {
                done &= store::scrub(tx, account, &block, &[slot], Some(&keys)).await?;
            }
        }
        if done {
            break;
        }
    }
    Ok(())
}

/// Scrubs all messages of a room from the index, block by block; for whoever has deleted one for good.
pub async fn forget_room(state: &State, account: AccountId, room: i64) -> sqlx::Result<()> {
    let key = gram::of_fact("room", &room.to_string());
    // Until nothing is found any more: blocks may be merged meanwhile.
    loop {
        let mut db = state.db.snapshot().await?;
        let blocks = store::blocks(&mut db, account, Shelf::Messages).await?;
        let lists = find::slots(&mut db, account, &blocks, &[key]).await?;
        db.commit().await?;
        let mut found = false;
        for (block, slots) in blocks.iter().zip(lists).filter(|(_, slots)| !slots.is_empty()) {
            found = true;
            let mut tx = state.db.begin().await?;
            store::scrub(&mut tx, account, block, &slots, None).await?;
            tx.commit().await?;
        }
        if !found {
            return Ok(());
        }
    }
}
