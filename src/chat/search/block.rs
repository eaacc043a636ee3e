//! Blocks: the index is made of them, and each is written once. A block holds some documents, latest first, and
//! for every key the places (slots) of the documents that have it. Keys are spread over shards, so that
//! looking one up reads a few kilobytes, whatever the size of the block. Blocks of one size are merged into one of
//! eight times the size; shards are powers of two, so that merging goes shard by shard and needs little memory.

use super::gram;
use std::{cmp::Reverse, collections::BTreeMap};

/// Documents of one chunk of a block's list.
pub const CHUNK: usize = 512;
/// Documents for each shard of a block.
const PER_SHARD: usize = 128;
/// Most shards of a block.
const MOST_SHARDS: usize = 8_192;

/// A document: by its id and its room. In an index of rooms both are the room's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Doc {
    /// Sorts by time.
    pub id: i64,
    /// Its room.
    pub room: i64,
}

/// A block that is not written yet.
pub struct Block {
    /// Latest first: a document's slot is its place here.
    pub docs: Vec<Doc>,
    /// The shards' bodies.
    pub shards: Vec<Vec<u8>>,
}

/// How many shards a block of so many documents has.
pub fn shards_for(docs: usize) -> u32 {
    u32::try_from((docs / PER_SHARD).next_power_of_two().clamp(1, MOST_SHARDS)).unwrap_or(1)
}

/// The size class of a block: blocks of one class are merged.
pub fn level(docs: usize) -> i64 {
    match docs {
        0..2_048 => 0,
        2_048..16_384 => 1,
        16_384..131_072 => 2,
        131_072..1_048_576 => 3,
        _ => 4,
    }
}

/// Makes a block of documents with their keys. A document that comes twice counts once, with the keys of its last.
pub fn build(docs: Vec<(Doc, Vec<u64>)>) -> Block {
    let docs: BTreeMap<Reverse<Doc>, Vec<u64>> = docs.into_iter().map(|(doc, keys)| (Reverse(doc), keys)).collect();
    let shards = shards_for(docs.len());
    let mut entries: Vec<(u32, u64, u32)> = Vec::with_capacity(docs.values().map(Vec::len).sum());
    for (slot, keys) in (0_u32..).zip(docs.values()) {
        entries.extend(keys.iter().map(|key| (gram::shard(*key, shards), *key, slot)));
    }
    entries.sort_unstable();
    let mut bodies = Vec::with_capacity(shards as usize);
    let mut rest = entries.as_slice();
    for shard in 0..shards {
        let (own, after) = rest.split_at(rest.partition_point(|entry| entry.0 == shard));
        rest = after;
        let mut writer = Writer::default();
        for same in own.chunk_by(|one, other| one.1 == other.1) {
            writer.add(same[0].1, &same.iter().map(|entry| entry.2).collect::<Vec<_>>());
        }
        bodies.push(writer.body);
    }
    Block { docs: docs.into_keys().map(|Reverse(doc)| doc).collect(), shards: bodies }
}

/// Writes the body of a shard; keys come in their order.
#[derive(Default)]
struct Writer {
    body: Vec<u8>,
    last: u64,
}

impl Writer {
    /// Slots as distances, or as bits where that is shorter.
    fn add(&mut self, key: u64, slots: &[u32]) {
        let Some(end) = slots.last() else { return };
        put(&mut self.body, key.wrapping_sub(self.last));
        self.last = key;
        let mut list = Vec::with_capacity(slots.len() * 2);
        let mut before = 0;
        for slot in slots {
            put(&mut list, u64::from(slot - before));
            before = *slot;
        }
        let bits = *end as usize / 8 + 1;
        if bits < list.len() {
            let mut set = vec![0_u8; bits];
            for slot in slots {
                set[*slot as usize / 8] |= 1 << (slot % 8);
            }
            put(&mut self.body, (bits as u64) << 1 | 1);
            self.body.extend(set);
        } else {
            put(&mut self.body, (list.len() as u64) << 1);
            self.body.extend(list);
        }
    }
}

/// Reads the body of a shard: each key with its slots still packed. Stops where the body is damaged.
struct Reader<'a> {
    body: &'a [u8],
    last: u64,
}

impl<'a> Iterator for Reader<'a> {
    type Item = (u64, Packed<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.last = self.last.wrapping_add(take(&mut self.body)?);
        let head = take(&mut self.body)?;
        let bytes = self.body.get(..usize::try_from(head >> 1).ok()?)?;
        self.body = &self.body[bytes.len()..];
        Some((self.last, Packed { bytes, bits: head & 1 == 1 }))
    }
}

struct Packed<'a> {
    bytes: &'a [u8],
    bits: bool,
}

impl Packed<'_> {
    fn slots(&self) -> Vec<u32> {
        let mut slots = Vec::new();
        if self.bits {
            for (at, byte) in (0_u32..).zip(self.bytes) {
                slots.extend((0..8).filter(|bit| byte & (1 << bit) != 0).map(|bit| at * 8 + bit));
            }
            return slots;
        }
        let (mut bytes, mut slot) = (self.bytes, 0_u32);
        while let Some(distance) = take(&mut bytes).and_then(|distance| u32::try_from(distance).ok()) {
            slot = slot.wrapping_add(distance);
            slots.push(slot);
        }
        slots
    }
}

fn read(body: &[u8]) -> Reader<'_> {
    Reader { body, last: 0 }
}

/// The slots of a key in its shard; none when no document has it.
pub fn find(body: &[u8], key: u64) -> Vec<u32> {
    read(body)
        .find(|(found, _)| *found >= key)
        .filter(|(found, _)| *found == key)
        .map_or_else(Vec::new, |(_, packed)| packed.slots())
}

/// A shard without a slot, if it had it under one of these keys.
pub fn without(body: &[u8], gone: &[u32], keys: Option<&[u64]>) -> Option<Vec<u8>> {
    let (mut writer, mut changed) = (Writer::default(), false);
    for (key, packed) in read(body) {
        let mut slots = packed.slots();
        if keys.is_none_or(|keys| keys.contains(&key)) {
            let before = slots.len();
            slots.retain(|slot| !gone.contains(slot));
            changed |= slots.len() < before;
        }
        writer.add(key, &slots);
    }
    changed.then_some(writer.body)
}

/// What both lists have.
pub fn both(one: &[u32], other: &[u32]) -> Vec<u32> {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut rest = many;
    let mut found = Vec::new();
    for slot in few {
        // Close by when the lists are alike, by halves when they are not.
        let step = (many.len() / few.len()).next_power_of_two() * 4;
        while rest.get(step).is_some_and(|far| far < slot) {
            rest = &rest[step..];
        }
        let near = &rest[..rest.len().min(step + 1)];
        rest = &rest[near.partition_point(|other| other < slot)..];
        if rest.first() == Some(slot) {
            found.push(*slot);
        }
    }
    found
}

/// The list of documents, cut into chunks.
pub fn chunks(docs: &[Doc]) -> impl Iterator<Item = (&[Doc], Vec<u8>)> {
    docs.chunks(CHUNK).map(|docs| {
        let mut body = Vec::with_capacity(docs.len() * 14);
        let mut before = docs.first().map_or(0, |doc| doc.id);
        for doc in docs {
            put(&mut body, before.wrapping_sub(doc.id).cast_unsigned());
            put(&mut body, doc.room.cast_unsigned());
            before = doc.id;
        }
        (docs, body)
    })
}

/// The documents of a chunk whose first has the id `first`.
pub fn unchunk(mut body: &[u8], first: i64) -> Vec<Doc> {
    let (mut docs, mut id) = (Vec::with_capacity(CHUNK), first);
    while let (Some(distance), Some(room)) = (take(&mut body), take(&mut body)) {
        id = id.wrapping_sub(distance.cast_signed());
        docs.push(Doc { id, room: room.cast_signed() });
    }
    docs
}

/// How the documents of several blocks become those of one: the documents, and each block's slots anew. Of a
/// document that stands in several only the copy of the last of these blocks stays.
pub fn merge_docs(parts: &[Vec<Doc>]) -> (Vec<Doc>, Vec<Vec<Option<u32>>>) {
    let mut all: Vec<(Reverse<Doc>, Reverse<usize>, usize)> = Vec::new();
    for (part, docs) in parts.iter().enumerate() {
        all.extend(docs.iter().enumerate().map(|(slot, doc)| (Reverse(*doc), Reverse(part), slot)));
    }
    all.sort_unstable();
    let mut maps: Vec<Vec<Option<u32>>> = parts.iter().map(|docs| vec![None; docs.len()]).collect();
    let mut docs: Vec<Doc> = Vec::with_capacity(all.len());
    for (Reverse(doc), Reverse(part), slot) in all {
        if docs.last() != Some(&doc) {
            maps[part][slot] = u32::try_from(docs.len()).ok();
            docs.push(doc);
        }
    }
    (docs, maps)
}

/// Merges those shards of several blocks (each with its map) that hold the keys of `residue` modulo `modulus`,
/// and cuts the result into shards of a block of `shards`.
pub fn merge_shards(parts: &[(&[u8], &[Option<u32>])], residue: u32, modulus: u32, shards: u32) -> Vec<(u32, Vec<u8>)> {
    let mut entries: BTreeMap<(u32, u64), Vec<u32>> = BTreeMap::new();
    for (body, map) in parts {
        for (key, packed) in read(body) {
            let slots = packed.slots().into_iter().filter_map(|slot| map.get(slot as usize).copied().flatten());
            entries.entry((gram::shard(key, shards), key)).or_default().extend(slots);
        }
    }
    let mut bodies: BTreeMap<u32, Writer> =
        (0..shards / modulus).map(|at| (residue + at * modulus, Writer::default())).collect();
    for ((shard, key), mut slots) in entries {
        slots.sort_unstable();
        bodies.entry(shard).or_default().add(key, &slots);
    }
    bodies.into_iter().map(|(shard, writer)| (shard, writer.body)).collect()
}

/// A number in as few bytes as it needs, seven bits each.
fn put(body: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        body.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    body.push(value as u8);
}

fn take(body: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for (at, byte) in body.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            *body = &body[at + 1..];
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    type Docs = Vec<(i64, Vec<u64>)>;

    fn made(docs: &Docs) -> Block {
        build(docs.iter().map(|(id, keys)| (Doc { id: *id, room: id % 7 }, keys.clone())).collect())
    }

    fn ids(block: &Block, key: u64) -> BTreeSet<i64> {
        let shard = gram::shard(key, u32::try_from(block.shards.len()).unwrap_or(1));
        find(&block.shards[shard as usize], key).iter().map(|slot| block.docs[*slot as usize].id).collect()
    }

    fn merged(parts: &[Block]) -> Block {
        let lists: Vec<_> = parts.iter().map(|part| part.docs.clone()).collect();
        let (docs, maps) = merge_docs(&lists);
        let shards = shards_for(docs.len());
        let least = parts.iter().map(|part| part.shards.len()).min().unwrap_or(1);
        let modulus = u32::try_from(least).unwrap_or(1).min(shards);
        let mut bodies = vec![Vec::new(); shards as usize];
        for residue in 0..modulus {
            let own: Vec<(&[u8], &[Option<u32>])> = parts
                .iter()
                .zip(&maps)
                .flat_map(|(part, map)| {
                    let shards = part.shards.iter().skip(residue as usize).step_by(modulus as usize);
                    shards.map(|body| (body.as_slice(), map.as_slice()))
                })
                .collect();
            for (shard, body) in merge_shards(&own, residue, modulus, shards) {
                bodies[shard as usize] = body;
            }
        }
        Block { docs, shards: bodies }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn what_goes_in_comes_out(parts in prop::collection::vec(prop::collection::vec((0_i64..900, prop::collection::vec(0_u64..40, 0..6)), 0..400), 1..4)) {
            let blocks: Vec<Block> = parts.iter().map(made).collect();
            let mut last = BTreeMap::new();
            for part in &parts {
                for (id, keys) in part {
                    last.insert(*id, keys.clone());
                }
            }
            let whole = merged(&blocks);
            prop_assert_eq!(whole.docs.len(), last.len());
            prop_assert!(whole.docs.is_sorted_by(|one, other| one > other));
            for key in 0..41 {
                let expected: BTreeSet<i64> = last.iter().filter(|(_, keys)| keys.contains(&key)).map(|(id, _)| *id).collect();
                prop_assert_eq!(ids(&whole, key), expected);
            }
            let again: Vec<Doc> = chunks(&whole.docs).flat_map(|(docs, body)| unchunk(&body, docs[0].id)).collect();
            prop_assert_eq!(again, whole.docs);
        }

        #[test]
        fn both_is_what_sets_say(one in prop::collection::btree_set(0_u32..3_000, 0..400), other in prop::collection::btree_set(0_u32..3_000, 0..2_000)) {
            let lists = [&one, &other].map(|set| set.iter().copied().collect::<Vec<_>>());
            let expected: Vec<u32> = one.intersection(&other).copied().collect();
            prop_assert_eq!(both(&lists[0], &lists[1]), expected);
        }

        #[test]
        fn a_slot_that_goes_is_gone(docs in prop::collection::vec((0_i64..300, prop::collection::vec(0_u64..20, 1..6)), 1..200), gone in 0_u32..100) {
            let block = made(&docs);
            for body in &block.shards {
                let left = without(body, &[gone], None).unwrap_or_else(|| body.clone());
                for key in 0..20 {
                    let expected: Vec<u32> = find(body, key).into_iter().filter(|slot| *slot != gone).collect();
                    prop_assert_eq!(find(&left, key), expected);
                }
            }
        }

        #[test]
        fn damaged_bodies_do_no_harm(body in prop::collection::vec(any::<u8>(), 0..200)) {
            find(&body, 7);
            unchunk(&body, 1);
        }
    }
}
