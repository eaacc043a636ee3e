//! Finding messages: the blocks from the latest back, until the page is full.

use super::{
    block::{self, CHUNK, Doc},
    fold::fold,
    gram,
    store::{self, BlockRow, Live, Reach, Shelf},
    words,
};
use crate::{
    chat::{
        model::{
            Direction, Room, RoomKind,
            search::{FOUND_PAGE, FoundCursor, FoundMessage, Question},
        },
        store::room,
    },
    id::{AccountId, MessageId, RoomId, TIME_SHIFT},
};
use sqlx::{AnyConnection, Row};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

/// Messages above the index that are looked through one by one. There are a few hundred; more only while the index
/// can't keep up.
const TAIL: i64 = 4_096;
/// Messages below the index that are looked through while old ones are being read.
const BELOW: usize = 1_024;
/// Messages that are read at once to see whether they fit.
const BATCH: usize = 128;
/// Messages that are read for one page at most: of those that have all the pairs and triples of the words, nearly
/// all have the words. Who asks for something that deceives the index goes on from where this ended.
const MOST: usize = 2_000;

/// A question, prepared.
pub struct Wanted {
    words: Vec<String>,
    keys: Vec<u64>,
    room: Option<i64>,
    kind: Option<String>,
    direction: Option<&'static str>,
    operator: Option<i64>,
    /// Ids from here.
    from: i64,
    /// Ids up to here.
    until: i64,
    /// And below this document.
    before: Doc,
    /// Not in these rooms: they are deleted.
    not_in: HashSet<i64>,
}

impl Wanted {
    /// Reads a question. `words` are its words, folded; nothing is found in the rooms `not_in`.
    pub fn new(question: &Question, words: &[String], after: Option<FoundCursor>, not_in: HashSet<i64>) -> Self {
        let mut keys = gram::of_question(words.iter().map(String::as_str));
        let direction = question.direction.map(Direction::name);
        keys.extend(question.room.map(|room| gram::of_fact("room", &room.to_string())));
        keys.extend(question.kind.as_deref().map(|kind| gram::of_fact("kind", kind)));
        keys.extend(direction.map(|direction| gram::of_fact("direction", direction)));
        keys.extend(question.operator.map(|operator| gram::of_fact("operator", &operator.to_string())));
        let id = |time: i64| time.clamp(0, (1 << 41) - 1) << TIME_SHIFT;
        let before = after.map_or(Doc { id: i64::MAX, room: i64::MAX }, |at| Doc { id: at.id.0, room: at.room.0 });
        Self {
            words: words.to_vec(),
            keys,
            room: question.room.map(|room| room.0),
            kind: question.kind.clone(),
            direction,
            operator: question.operator.map(|operator| operator.0),
            from: question.from.map_or(0, id),
            until: question.until.map_or(i64::MAX, |until| id(until) - 1).min(before.id),
            before,
            not_in,
        }
    }

    /// Whether a message is what is wanted, by what it says now: the index only says where to look.
    fn fits(&self, live: &Live) -> bool {
        let doc = live.doc;
        is_document(live)
            && doc < self.before
            && !self.not_in.contains(&doc.room)
            && (self.from..=self.until).contains(&doc.id)
            && self.room.is_none_or(|room| room == doc.room)
            && self.kind.as_ref().is_none_or(|kind| *kind == live.kind)
            && self.direction.is_none_or(|direction| direction == live.direction)
            && self.operator.is_none_or(|operator| Some(operator) == live.operator)
            && (self.words.is_empty() || words::has_all(&fold(&words::of_content(&live.content)).text, &self.words))
    }
}

/// Whether a message can be found at all: it was said, or noted, and is there.
fn is_document(live: &Live) -> bool {
    !live.discarded && (live.direction != "event" || live.kind == "note") && live.kind != "unsent"
}

/// A message's keys: those of its words, and the facts that filters ask for. None for what can't be found.
pub fn keys(live: &Live) -> Option<Vec<u64>> {
    if !is_document(live) {
        return None;
    }
    let mut keys = gram::of_text(&fold(&words::of_content(&live.content)).text);
    keys.push(gram::of_fact("room", &live.doc.room.to_string()));
    keys.push(gram::of_fact("kind", &live.kind));
    keys.push(gram::of_fact("direction", &live.direction));
    keys.extend(live.operator.map(|operator| gram::of_fact("operator", &operator.to_string())));
    Some(keys)
}

/// The slots that have all keys, in each of these blocks.
pub async fn slots(
    db: &mut AnyConnection,
    account: AccountId,
    blocks: &[BlockRow],
    keys: &[u64],
) -> sqlx::Result<Vec<Vec<u32>>> {
    let mut wanted: Vec<(i64, u32)> = Vec::with_capacity(blocks.len() * keys.len());
    for block in blocks {
        wanted.extend(keys.iter().map(|key| (block.id, gram::shard(*key, block.shards))));
    }
    wanted.sort_unstable();
    wanted.dedup();
    let shards = if wanted.is_empty() { HashMap::new() } else { store::shards(db, account, &wanted).await? };
    let of = |block: &BlockRow| {
        let mut lists: Vec<Vec<u32>> = Vec::with_capacity(keys.len());
        for key in keys {
            let body = shards.get(&(block.id, gram::shard(*key, block.shards)));
            lists.push(body.map_or_else(Vec::new, |body| block::find(body, *key)));
        }
        lists.sort_by_key(Vec::len);
        lists
            .into_iter()
            .reduce(|one, other| block::both(&one, &other))
            .unwrap_or_else(|| (0..u32::try_from(block.docs).unwrap_or_default()).collect())
    };
    Ok(blocks.iter().map(of).collect())
}

/// A block that is being looked through.
struct Source {
    block: BlockRow,
    /// What may fit and was not looked at; none before the block was opened.
    slots: Option<std::vec::IntoIter<u32>>,
    /// Nothing that is left has a greater id.
    bound: i64,
}

/// One page: messages that fit, latest first; and where to go on.
pub async fn page(
    db: &mut AnyConnection,
    account: AccountId,
    wanted: &Wanted,
    reach: Reach,
) -> sqlx::Result<(Vec<Doc>, Option<Doc>)> {
    // One more than a page, which tells that there is another.
    let enough = FOUND_PAGE + 1;
    let mut found: BTreeMap<Reverse<Doc>, bool> = BTreeMap::new();
    let mut unindexed = store::latest(db, account, reach.hi, TAIL).await?;
    if reach.lo > 0 {
        // The latest of those that are still to be read, so that a young house never looks empty.
        unindexed.extend(store::until(db, account, reach.lo, BELOW).await?);
    }
    for live in unindexed {
        found.insert(Reverse(live.doc), wanted.fits(&live));
    }
    let blocks = store::blocks(db, account, Shelf::Messages).await?;
    let mut sources: Vec<Source> = blocks
        .into_iter()
        .filter(|block| block.lo <= wanted.until && block.hi >= wanted.from)
        .map(|block| Source { bound: block.hi.min(wanted.until), slots: None, block })
        .collect();
    let (mut wave, mut read) = (2, 0);
    let rest = loop {
        sources.sort_by_key(|source| Reverse(source.bound));
        let Some(top) = sources.first().map(|source| source.bound) else { break None };
        let certain = found.iter().filter(|(Reverse(doc), fits)| **fits && doc.id > top).take(enough).count();
        if certain >= enough {
            break None;
        }
        if read >= MOST {
            break Some(top);
        }
        if sources.first().is_some_and(|source| source.slots.is_none()) {
            open(db, account, wanted, &mut sources, wave).await?;
            wave *= 4;
            continue;
        }
        read += look(db, account, wanted, &mut sources, &mut found).await?;
    };
    // What lies below the place where this ended may not be complete.
    let certain = |doc: &Doc| rest.is_none_or(|rest| doc.id > rest);
    let mut docs: Vec<Doc> =
        found.into_iter().filter(|(Reverse(doc), fits)| *fits && certain(doc)).map(|(Reverse(doc), _)| doc).collect();
    if docs.len() > FOUND_PAGE {
        docs.truncate(FOUND_PAGE);
        let last = docs.last().copied();
        return Ok((docs, last));
    }
    Ok((docs, rest.map(|id| Doc { id, room: i64::MAX })))
}

/// Opens the next blocks: few at first, because most pages are full soon.
async fn open(
    db: &mut AnyConnection,
    account: AccountId,
    wanted: &Wanted,
    sources: &mut Vec<Source>,
    wave: usize,
) -> sqlx::Result<()> {
    let next: Vec<usize> =
        sources.iter().enumerate().filter(|(_, source)| source.slots.is_none()).map(|(at, _)| at).take(wave).collect();
    let blocks: Vec<BlockRow> = next.iter().map(|at| sources[*at].block).collect();
    let lists = slots(db, account, &blocks, &wanted.keys).await?;
    for (at, mut list) in next.into_iter().zip(lists) {
        let block = sources[at].block;
        // Documents after the span, or on earlier pages, come first in the block.
        if block.hi > wanted.until {
            let chunk = store::chunk_from(db, account, block.id, wanted.until).await?;
            let first = u32::try_from(chunk * CHUNK).unwrap_or(u32::MAX);
            list.drain(..list.partition_point(|slot| *slot < first));
        }
        sources[at].slots = Some(list.into_iter());
    }
    sources.retain(|source| source.slots.as_ref().is_none_or(|slots| slots.len() > 0));
    Ok(())
}

/// Looks at some of what may fit, from the latest on; gives back how many messages were read.
async fn look(
    db: &mut AnyConnection,
    account: AccountId,
    wanted: &Wanted,
    sources: &mut Vec<Source>,
    found: &mut BTreeMap<Reverse<Doc>, bool>,
) -> sqlx::Result<usize> {
    let mut some: Vec<(usize, u32)> = Vec::with_capacity(BATCH);
    for (at, source) in sources.iter_mut().enumerate() {
        let Some(slots) = source.slots.as_mut() else { break };
        some.extend(slots.by_ref().take(BATCH - some.len()).map(|slot| (at, slot)));
        if some.len() == BATCH {
            break;
        }
    }
    let place = |(at, slot): &(usize, u32)| (sources[*at].block.id, *slot as usize / CHUNK);
    let mut chunks: Vec<(i64, usize)> = some.iter().map(place).collect();
    chunks.dedup();
    let chunks = store::chunks(db, account, &chunks).await?;
    let mut docs = Vec::with_capacity(some.len());
    for one in &some {
        let doc = chunks.get(&place(one)).and_then(|docs| docs.get(one.1 as usize % CHUNK)).copied();
        let Some(doc) = doc else { continue };
        docs.push((one.0, doc));
    }
    for (at, doc) in &docs {
        let source = &mut sources[*at];
        source.bound = source.bound.min(doc.id);
        if doc.id < wanted.from {
            source.slots = Some(Vec::new().into_iter());
        }
    }
    let mut unread: Vec<Doc> = docs.into_iter().map(|(_, doc)| doc).collect();
    unread.retain(|doc| {
        *doc < wanted.before && (wanted.from..=wanted.until).contains(&doc.id) && !found.contains_key(&Reverse(*doc))
    });
    if !unread.is_empty() {
        for live in store::messages(db, account, &unread).await? {
            found.insert(Reverse(live.doc), wanted.fits(&live));
        }
    }
    sources.retain(|source| source.slots.as_ref().is_none_or(|slots| slots.len() > 0));
    Ok(some.len())
}

/// What the screen shows of these messages; of what is gone meanwhile, nothing.
pub async fn show(
    db: &mut AnyConnection,
    account: AccountId,
    docs: &[Doc],
    words: &[String],
) -> sqlx::Result<Vec<FoundMessage>> {
    if docs.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = serde_json::Value::from_iter(docs.iter().map(|doc| serde_json::json!({ "r": doc.room, "i": doc.id })));
    let rows = sqlx::query(
        "SELECT m.room_id, m.id, m.at, m.direction, m.kind, m.content, c.name AS person, o.name AS operator
         FROM json_each($2) j CROSS JOIN message m
         LEFT JOIN contact c ON c.account_id = m.account_id AND c.id = m.contact_id
         LEFT JOIN operator o ON o.id = m.operator_id
         WHERE m.account_id = $1 AND m.room_id = CAST(j.value ->> 'r' AS BIGINT) AND m.id = CAST(j.value ->> 'i' AS BIGINT)",
    )
    .bind(account.0)
    .bind(wanted.to_string())
    .fetch_all(&mut *db)
    .await?;
    let mut rooms: Vec<i64> = docs.iter().map(|doc| doc.room).collect();
    rooms.sort_unstable();
    rooms.dedup();
    let rooms: HashMap<RoomId, Room> =
        room::many(db, account, &rooms).await?.into_iter().map(|room| (room.id, room)).collect();
    let mut messages = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(room) = rooms.get(&RoomId(row.try_get("room_id")?)) else { continue };
        let direction = Direction::from_name(row.try_get("direction")?);
        let content = serde_json::from_str(row.try_get("content")?).unwrap_or(crate::line::event::Content::Unsent);
        let person: Option<String> = row.try_get("person")?;
        let author = match direction {
            Direction::In if room.kind == RoomKind::User => None,
            Direction::In => person,
            _ => row.try_get("operator")?,
        };
        messages.push(FoundMessage {
            id: MessageId(row.try_get("id")?),
            room: room.id,
            name: room.name.clone(),
            picture: room.picture.clone(),
            room_kind: room.kind,
            spam: room.spam,
            at: row.try_get("at")?,
            direction,
            kind: row.try_get("kind")?,
            author: author.filter(|author| !author.is_empty()),
            text: words::snippet(&words::of_content(&content), words),
        });
    }
    messages.sort_by_key(|message| Reverse((message.id, message.room)));
    Ok(messages)
}
