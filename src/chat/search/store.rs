//! The index in the database.

use super::block::{self, Doc};
use crate::{
    id::{AccountId, make},
    line::event::Content,
    server::db::{Db, Engine, Tx},
    time::{SECOND, now},
};
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Row, any::AnyRow};
use std::collections::{HashMap, HashSet};

/// How long a process may work at an index before another may.
const LEASE: i64 = 30 * SECOND;
/// Bodies that are written by one statement.
const AT_ONCE: usize = 16;

/// What is indexed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shelf {
    /// Messages.
    Messages,
    /// Rooms: names, and whatever else is known of them.
    Rooms,
}

impl Shelf {
    fn name(self) -> &'static str {
        match self {
            Self::Messages => "message",
            Self::Rooms => "room",
        }
    }
}

/// How far an index has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reach {
    /// Up to here.
    pub hi: i64,
    /// Down to here, which is not indexed itself.
    pub lo: i64,
    /// Where it began.
    pub start: i64,
}

/// A block that is written.
#[derive(Clone, Copy, Debug)]
pub struct BlockRow {
    /// Id.
    pub id: i64,
    /// Size class.
    pub level: i64,
    /// Documents.
    pub docs: usize,
    /// Shards.
    pub shards: u32,
    /// Least id of a document.
    pub lo: i64,
    /// Greatest id of a document.
    pub hi: i64,
    /// How often something was taken out of it.
    pub changes: i64,
}

/// A message as the index reads it.
pub struct Live {
    /// Which.
    pub doc: Doc,
    /// The account's sequence number at its last change.
    pub seq: i64,
    /// `in`, `out` or `event`.
    pub direction: String,
    /// [`Content::name`].
    pub kind: String,
    /// Who of us wrote it.
    pub operator: Option<i64>,
    /// What it says.
    pub content: Content,
    /// It was taken out of the room before it was sent.
    pub discarded: bool,
}

macro_rules! live {
    () => {
        "SELECT m.room_id, m.id, m.seq, m.direction, m.kind, m.operator_id, m.content, m.delivery FROM "
    };
}

fn live(row: &AnyRow) -> sqlx::Result<Live> {
    Ok(Live {
        doc: Doc { id: row.try_get("id")?, room: row.try_get("room_id")? },
        seq: row.try_get("seq")?,
        direction: row.try_get("direction")?,
        kind: row.try_get("kind")?,
        operator: row.try_get("operator_id")?,
        content: serde_json::from_str(row.try_get("content")?).unwrap_or(Content::Unsent),
        discarded: row.try_get::<&str, _>("delivery")? == "discarded",
    })
}

fn ids(name: &str, ids: impl Iterator<Item = i64>) -> String {
    serde_json::Value::from_iter(ids.map(|id| json!({ name: id }))).to_string()
}

/// These messages as they are now, those that are there.
pub async fn messages(db: &mut AnyConnection, account: AccountId, docs: &[Doc]) -> sqlx::Result<Vec<Live>> {
    let wanted = serde_json::Value::from_iter(docs.iter().map(|doc| json!({ "r": doc.room, "i": doc.id })));
    let rows = sqlx::query(concat!(
        live!(),
        "json_each($2) j CROSS JOIN message m
         WHERE m.account_id = $1 AND m.room_id = CAST(j.value ->> 'r' AS BIGINT) AND m.id = CAST(j.value ->> 'i' AS BIGINT)"
    ))
    .bind(account.0)
    .bind(wanted.to_string())
    .fetch_all(db)
    .await?;
    rows.iter().map(live).collect()
}

/// The account's sequence number.
pub async fn seq(db: &mut AnyConnection, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT seq FROM tally WHERE account_id = $1").bind(account.0).fetch_one(db).await
}

/// Waits for whoever is writing to the account, and lets nobody else until the commit.
pub async fn wait_for_writers(tx: &mut Tx, account: AccountId) -> sqlx::Result<()> {
    sqlx::query("UPDATE tally SET seq = seq WHERE account_id = $1").bind(account.0).execute(&mut **tx).await.map(drop)
}

/// Messages that were edited or taken back after `seq`.
pub async fn rewritten(tx: &mut Tx, account: AccountId, seq: i64) -> sqlx::Result<Vec<Doc>> {
    let rows = sqlx::query_as::<_, (i64, i64)>(
        "SELECT id, room_id FROM message WHERE account_id = $1 AND seq > $2
            AND (edited = 1 OR kind = 'unsent' OR delivery = 'discarded')",
    );
    let rows = rows.bind(account.0).bind(seq).fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|(id, room)| Doc { id, room }).collect())
}

/// Rooms that are deleted and may still be brought back.
pub async fn deleted_rooms(db: &mut AnyConnection, account: AccountId) -> sqlx::Result<HashSet<i64>> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM room WHERE account_id = $1 AND spam > 1")
        .bind(account.0)
        .fetch_all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// How many messages changed after `seq`; counted up to `most`.
pub async fn count_after(db: &mut AnyConnection, account: AccountId, seq: i64, most: usize) -> sqlx::Result<usize> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM (SELECT 1 FROM message WHERE account_id = $1 AND seq > $2 LIMIT $3) few",
    )
    .bind(account.0)
    .bind(seq)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_one(db)
    .await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Messages that changed after `seq`: the latest changes, at most `most`.
pub async fn latest(db: &mut AnyConnection, account: AccountId, seq: i64, most: i64) -> sqlx::Result<Vec<Live>> {
    let rows =
        sqlx::query(concat!(live!(), "message m WHERE m.account_id = $1 AND m.seq > $2 ORDER BY m.seq DESC LIMIT $3"))
            .bind(account.0)
            .bind(seq)
            .bind(most)
            .fetch_all(db)
            .await?;
    rows.iter().map(live).collect()
}

/// Messages that changed after `seq`, the earliest changes first; of a commit all or none.
pub async fn after(db: &mut AnyConnection, account: AccountId, seq: i64, most: usize) -> sqlx::Result<Vec<Live>> {
    let text = concat!(live!(), "message m WHERE m.account_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3");
    whole(db, account, text, seq, most).await
}

/// Messages whose last change is not after `seq`, the latest changes first; of a commit all or none.
pub async fn until(db: &mut AnyConnection, account: AccountId, seq: i64, most: usize) -> sqlx::Result<Vec<Live>> {
    let text = concat!(live!(), "message m WHERE m.account_id = $1 AND m.seq <= $2 ORDER BY m.seq DESC LIMIT $3");
    whole(db, account, text, seq, most).await
}

/// Reads messages from `seq` on; drops the last commit when it was cut off, or reads all of it when it is the only one.
async fn whole(
    db: &mut AnyConnection,
    account: AccountId,
    text: &'static str,
    seq: i64,
    most: usize,
) -> sqlx::Result<Vec<Live>> {
    let query = sqlx::query(text).bind(account.0).bind(seq).bind(i64::try_from(most + 1).unwrap_or(i64::MAX));
    let rows = query.fetch_all(&mut *db).await?;
    let mut found = rows.iter().map(live).collect::<sqlx::Result<Vec<_>>>()?;
    if found.len() <= most {
        return Ok(found);
    }
    let (Some(first), Some(last)) = (found.first().map(|live| live.seq), found.last().map(|live| live.seq)) else {
        return Ok(found);
    };
    if first != last {
        found.retain(|live| live.seq != last);
        return Ok(found);
    }
    let rows = sqlx::query(concat!(live!(), "message m WHERE m.account_id = $1 AND m.seq = $2"))
        .bind(account.0)
        .bind(first)
        .fetch_all(db)
        .await?;
    rows.iter().map(live).collect()
}

/// What is known of rooms, by field: what a search for rooms looks through. Another kind of fact joins with one
/// more SELECT here, and with [`super::touch`] where it is changed.
pub async fn room_texts(
    db: &mut AnyConnection,
    account: AccountId,
    rooms: &[i64],
) -> sqlx::Result<HashMap<i64, Vec<(String, String)>>> {
    let rows = sqlx::query(
        "WITH wanted AS (SELECT CAST(value ->> 'i' AS BIGINT) AS id FROM json_each($2))
         SELECT r.id AS room, 'name' AS field, r.name AS text FROM wanted w CROSS JOIN room r WHERE r.account_id = $1 AND r.id = w.id
         UNION ALL SELECT m.room_id, 'member', c.name FROM wanted w CROSS JOIN member m
            CROSS JOIN contact c WHERE m.account_id = $1 AND m.room_id = w.id AND m.gone = 0
            AND c.account_id = m.account_id AND c.id = m.contact_id",
    )
    .bind(account.0)
    .bind(ids("i", rooms.iter().copied()))
    .fetch_all(db)
    .await?;
    let mut texts: HashMap<i64, Vec<(String, String)>> = HashMap::new();
    for row in rows {
        let text: String = row.try_get("text")?;
        if !text.is_empty() {
            texts.entry(row.try_get("room")?).or_default().push((row.try_get("field")?, text));
        }
    }
    // Both engines give them in the same order.
    texts.values_mut().for_each(|fields| fields.sort_by(|a, b| (a.0 != "name", a).cmp(&(b.0 != "name", b))));
    Ok(texts)
}

/// Rooms that wait to be indexed anew, at most `most`.
pub async fn touched(db: &mut AnyConnection, account: AccountId, most: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("SELECT room_id FROM search_room WHERE account_id = $1 ORDER BY room_id DESC LIMIT $2")
        .bind(account.0)
        .bind(most)
        .fetch_all(db)
        .await
}

/// Rooms below `before`, the latest first.
pub async fn rooms_before(
    db: &mut AnyConnection,
    account: AccountId,
    before: i64,
    most: i64,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("SELECT id FROM room WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
        .bind(account.0)
        .bind(before)
        .bind(most)
        .fetch_all(db)
        .await
}

/// These rooms are indexed as they were at `seq`.
pub async fn untouch(tx: &mut Tx, account: AccountId, rooms: &[i64], seq: i64) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM search_room WHERE account_id = $1 AND seq <= $3
            AND room_id IN (SELECT CAST(value ->> 'i' AS BIGINT) FROM json_each($2))",
    )
    .bind(account.0)
    .bind(ids("i", rooms.iter().copied()))
    .bind(seq)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// How far an index has come; none before it was begun.
pub async fn reach(db: &mut AnyConnection, account: AccountId, shelf: Shelf) -> sqlx::Result<Option<Reach>> {
    sqlx::query("SELECT hi, lo, start FROM search_state WHERE account_id = $1 AND shelf = $2")
        .bind(account.0)
        .bind(shelf.name())
        .fetch_optional(db)
        .await?
        .map(|row| Ok(Reach { hi: row.try_get("hi")?, lo: row.try_get("lo")?, start: row.try_get("start")? }))
        .transpose()
}

/// Begins an index at `start`, unless that was done.
pub async fn begin(tx: &mut Tx, account: AccountId, shelf: Shelf, start: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO search_state (account_id, shelf, hi, lo, start) SELECT id, $2, $3, $3, $3 FROM account WHERE id = $1
         ON CONFLICT DO NOTHING",
    )
    .bind(account.0)
    .bind(shelf.name())
    .bind(start)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Takes, or keeps, the right to work at the indexes of an account. What a dead holder left half done is removed.
pub async fn hold(tx: &mut Tx, account: AccountId, holder: i64) -> sqlx::Result<bool> {
    let (now, shelves) = (now(), 2);
    let held = sqlx::query(
        "UPDATE search_state SET holder = $2, lease_until = $3 WHERE account_id = $1 AND (holder = $2 OR lease_until < $4)",
    )
    .bind(account.0)
    .bind(holder)
    .bind(now + LEASE)
    .bind(now)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if held < shelves {
        return Ok(false);
    }
    sqlx::query("DELETE FROM search_block WHERE account_id = $1 AND ready = 0")
        .bind(account.0)
        .execute(&mut **tx)
        .await?;
    Ok(true)
}

/// On SQLite there is one process: whoever held an index is dead.
pub async fn release_all(db: &Db) -> sqlx::Result<()> {
    if db.engine == Engine::Sqlite {
        let mut tx = db.begin().await?;
        sqlx::query("UPDATE search_state SET lease_until = 0 WHERE lease_until > 0").execute(&mut *tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Keeps the right to work at the indexes; `false` when it was lost.
pub async fn hold_on(tx: &mut Tx, account: AccountId, holder: i64) -> sqlx::Result<bool> {
    let held = sqlx::query("UPDATE search_state SET lease_until = $3 WHERE account_id = $1 AND holder = $2")
        .bind(account.0)
        .bind(holder)
        .bind(now() + LEASE)
        .execute(&mut **tx)
        .await?;
    Ok(held.rows_affected() > 0)
}

/// Moves an index on. `false` when somebody else holds it now: then nothing may be committed.
pub async fn advance(tx: &mut Tx, account: AccountId, shelf: Shelf, holder: i64, reach: Reach) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE search_state SET hi = $4, lo = $5, lease_until = $6 WHERE account_id = $1 AND shelf = $2 AND holder = $3",
    )
    .bind(account.0)
    .bind(shelf.name())
    .bind(holder)
    .bind(reach.hi)
    .bind(reach.lo)
    .bind(now() + LEASE)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The blocks of an index, the latest first.
pub async fn blocks(db: &mut AnyConnection, account: AccountId, shelf: Shelf) -> sqlx::Result<Vec<BlockRow>> {
    sqlx::query(
        "SELECT id, level, docs, shards, lo, hi, changes FROM search_block WHERE account_id = $1 AND shelf = $2 AND ready = 1
         ORDER BY hi DESC, id DESC",
    )
    .bind(account.0)
    .bind(shelf.name())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(BlockRow {
            id: row.try_get("id")?,
            level: row.try_get("level")?,
            docs: usize::try_from(row.try_get::<i64, _>("docs")?).unwrap_or_default(),
            shards: u32::try_from(row.try_get::<i64, _>("shards")?).unwrap_or(1).max(1),
            lo: row.try_get("lo")?,
            hi: row.try_get("hi")?,
            changes: row.try_get("changes")?,
        })
    })
    .collect()
}

/// Writes a block's row and documents, not ready yet; gives back its id.
pub async fn begin_block(
    tx: &mut Tx,
    account: AccountId,
    shelf: Shelf,
    docs: &[Doc],
    shards: u32,
) -> sqlx::Result<i64> {
    let id = make::next();
    sqlx::query(
        "INSERT INTO search_block (account_id, id, shelf, level, docs, shards, lo, hi) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(account.0)
    .bind(id)
    .bind(shelf.name())
    .bind(block::level(docs.len()))
    .bind(i64::try_from(docs.len()).unwrap_or(i64::MAX))
    .bind(i64::from(shards))
    .bind(docs.last().map_or(0, |doc| doc.id))
    .bind(docs.first().map_or(0, |doc| doc.id))
    .execute(&mut **tx)
    .await?;
    let chunks: Vec<_> = (0_i64..).zip(block::chunks(docs)).collect();
    for some in chunks.chunks(AT_ONCE) {
        let statement = rows("INSERT INTO search_doc (account_id, block, chunk, lo, hi, body) VALUES ", 4, some.len());
        let mut insert = sqlx::query(AssertSqlSafe(statement)).bind(account.0).bind(id);
        for (chunk, (docs, body)) in some {
            let (lo, hi) = (docs.last().map_or(0, |doc| doc.id), docs.first().map_or(0, |doc| doc.id));
            insert = insert.bind(*chunk).bind(lo).bind(hi).bind(body.as_slice());
        }
        insert.execute(&mut **tx).await?;
    }
    Ok(id)
}

/// Writes shards of a block.
pub async fn put_shards(tx: &mut Tx, account: AccountId, id: i64, shards: &[(u32, Vec<u8>)]) -> sqlx::Result<()> {
    for some in shards.chunks(AT_ONCE) {
        let statement = rows("INSERT INTO search_shard (account_id, block, shard, body) VALUES ", 2, some.len());
        let mut insert = sqlx::query(AssertSqlSafe(statement)).bind(account.0).bind(id);
        for (shard, body) in some {
            insert = insert.bind(i64::from(*shard)).bind(body.as_slice());
        }
        insert.execute(&mut **tx).await?;
    }
    Ok(())
}

/// A statement with so many rows: each the account, the block, and `own` values. Bytes can't travel as JSON.
fn rows(insert: &str, own: usize, rows: usize) -> String {
    let row = |row: usize| {
        let values: String = (0..own).map(|at| format!(", ${}", 3 + row * own + at)).collect();
        format!("($1, $2{values})")
    };
    format!("{insert}{}", (0..rows).map(row).collect::<Vec<_>>().join(", "))
}

/// A block is whole: from this commit on it is used.
pub async fn finish_block(tx: &mut Tx, account: AccountId, id: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE search_block SET ready = 1 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Removes a block that another has taken the place of. `false` when something was taken out of it meanwhile: then
/// the other one still has it.
pub async fn drop_block(tx: &mut Tx, account: AccountId, block: &BlockRow) -> sqlx::Result<bool> {
    let done = sqlx::query("DELETE FROM search_block WHERE account_id = $1 AND id = $2 AND changes = $3")
        .bind(account.0)
        .bind(block.id)
        .bind(block.changes)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Shards by block and number.
pub async fn shards(
    db: &mut AnyConnection,
    account: AccountId,
    wanted: &[(i64, u32)],
) -> sqlx::Result<HashMap<(i64, u32), Vec<u8>>> {
    let wanted = serde_json::Value::from_iter(wanted.iter().map(|(block, shard)| json!({ "b": block, "s": shard })));
    sqlx::query(
        "SELECT s.block, s.shard, s.body FROM json_each($2) j CROSS JOIN search_shard s
         WHERE s.account_id = $1 AND s.block = CAST(j.value ->> 'b' AS BIGINT) AND s.shard = CAST(j.value ->> 's' AS BIGINT)",
    )
    .bind(account.0)
    .bind(wanted.to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let shard = u32::try_from(row.try_get::<i64, _>("shard")?).unwrap_or_default();
        Ok(((row.try_get("block")?, shard), row.try_get("body")?))
    })
    .collect()
}

/// Chunks of documents by block and number.
pub async fn chunks(
    db: &mut AnyConnection,
    account: AccountId,
    wanted: &[(i64, usize)],
) -> sqlx::Result<HashMap<(i64, usize), Vec<Doc>>> {
    let wanted = serde_json::Value::from_iter(wanted.iter().map(|(block, chunk)| json!({ "b": block, "c": chunk })));
    sqlx::query(
        "SELECT d.block, d.chunk, d.hi, d.body FROM json_each($2) j CROSS JOIN search_doc d
         WHERE d.account_id = $1 AND d.block = CAST(j.value ->> 'b' AS BIGINT) AND d.chunk = CAST(j.value ->> 'c' AS BIGINT)",
    )
    .bind(account.0)
    .bind(wanted.to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let chunk = usize::try_from(row.try_get::<i64, _>("chunk")?).unwrap_or_default();
        let body: Vec<u8> = row.try_get("body")?;
        Ok(((row.try_get("block")?, chunk), block::unchunk(&body, row.try_get("hi")?)))
    })
    .collect()
}

/// The first chunk of a block that has documents with an id of `id` or below.
pub async fn chunk_from(db: &mut AnyConnection, account: AccountId, block: i64, id: i64) -> sqlx::Result<usize> {
    let chunk: Option<i64> =
        sqlx::query_scalar("SELECT MIN(chunk) FROM search_doc WHERE account_id = $1 AND block = $2 AND lo <= $3")
            .bind(account.0)
            .bind(block)
            .bind(id)
            .fetch_one(db)
            .await?;
    Ok(chunk.and_then(|chunk| usize::try_from(chunk).ok()).unwrap_or(usize::MAX / block::CHUNK))
}

/// All documents of a block, latest first.
pub async fn docs(db: &mut AnyConnection, account: AccountId, block: i64) -> sqlx::Result<Vec<Doc>> {
    let rows = sqlx::query("SELECT hi, body FROM search_doc WHERE account_id = $1 AND block = $2 ORDER BY chunk")
        .bind(account.0)
        .bind(block)
        .fetch_all(db)
        .await?;
    let mut docs = Vec::new();
    for row in rows {
        let body: Vec<u8> = row.try_get("body")?;
        docs.extend(block::unchunk(&body, row.try_get("hi")?));
    }
    Ok(docs)
}

/// Takes documents out of a block: under these keys only, or under all. `false` when the block is no more.
pub async fn scrub(
    tx: &mut Tx,
    account: AccountId,
    block: &BlockRow,
    slots: &[u32],
    keys: Option<&[u64]>,
) -> sqlx::Result<bool> {
    let mut numbers: Vec<u32> = match keys {
        Some(keys) => keys.iter().map(|key| super::gram::shard(*key, block.shards)).collect(),
        None => (0..block.shards).collect(),
    };
    numbers.sort_unstable();
    numbers.dedup();
    for some in numbers.chunks(64) {
        let wanted: Vec<(i64, u32)> = some.iter().map(|shard| (block.id, *shard)).collect();
        for ((_, shard), body) in shards(&mut *tx, account, &wanted).await? {
            let Some(body) = block::without(&body, slots, keys) else { continue };
            sqlx::query("UPDATE search_shard SET body = $4 WHERE account_id = $1 AND block = $2 AND shard = $3")
                .bind(account.0)
                .bind(block.id)
                .bind(i64::from(shard))
                .bind(body)
                .execute(&mut **tx)
                .await?;
        }
    }
    let done = sqlx::query("UPDATE search_block SET changes = changes + 1 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(block.id)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// How much the index weighs: blocks, documents, bytes.
pub async fn weight(db: &mut AnyConnection, account: AccountId) -> sqlx::Result<(i64, i64, i64)> {
    let sum = |table: &str| format!("(SELECT COALESCE(SUM(LENGTH(body)), 0) FROM {table} WHERE account_id = $1)");
    let statement = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS blocks, CAST(COALESCE(SUM(docs), 0) AS BIGINT) AS docs,
            CAST({} + {} AS BIGINT) AS bytes FROM search_block WHERE account_id = $1",
        sum("search_shard"),
        sum("search_doc")
    );
    let row = sqlx::query(AssertSqlSafe(statement)).bind(account.0).fetch_one(db).await?;
    Ok((row.try_get("blocks")?, row.try_get("docs")?, row.try_get("bytes")?))
}
