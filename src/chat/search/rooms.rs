//! Finding rooms: by name, by the names of a group's members, by whatever else [`store::room_texts`] tells.

use super::{
    block::{CHUNK, Doc},
    find,
    fold::fold,
    gram,
    store::{self, Shelf},
    words,
};
use crate::{
    chat::{
        model::search::{FOUND_ROOMS, FoundRoom},
        store::room,
    },
    id::{AccountId, RoomId},
};
use sqlx::AnyConnection;
use std::{cmp::Reverse, collections::HashMap};

/// Rooms that are looked at. When more have the letters, those are taken whose name is just this, then those whose
/// name begins so, then the ones met latest.
const MOST: usize = 400;

/// How well a text fits; the lesser the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    Exact,
    Begins,
    WordBegins,
    Contains,
    /// The words are there, but in several facts of the room.
    Spread,
}

/// A room's keys: each of its texts, with its beginning and its end.
pub fn keys(texts: &[(String, String)]) -> Vec<u64> {
    let mut keys = Vec::new();
    for (_, text) in texts {
        keys.extend(gram::of_text(&format!("{}{}{}", gram::START, fold(text).text, gram::END)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The rooms that fit, best first.
pub async fn page(db: &mut AnyConnection, account: AccountId, words: &[String]) -> sqlx::Result<Vec<FoundRoom>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut candidates = store::touched(db, account, i64::try_from(MOST).unwrap_or(i64::MAX)).await?;
    let blocks = store::blocks(db, account, Shelf::Rooms).await?;
    let whole = words.join(" ");
    let begins = format!("{}{whole}", gram::START);
    let exact = format!("{begins}{}", gram::END);
    for ask in [vec![exact.as_str()], vec![begins.as_str()], words.iter().map(String::as_str).collect()] {
        let lists = find::slots(db, account, &blocks, &gram::of_question(ask.into_iter())).await?;
        let mut places: Vec<(i64, usize)> = Vec::new();
        for (block, slots) in blocks.iter().zip(&lists) {
            places.extend(slots.iter().take(MOST).map(|slot| (block.id, *slot as usize)));
        }
        if places.is_empty() {
            continue;
        }
        let mut numbers: Vec<(i64, usize)> = places.iter().map(|(block, slot)| (*block, slot / CHUNK)).collect();
        numbers.dedup();
        let chunks = store::chunks(db, account, &numbers).await?;
        let doc = |(block, slot): (i64, usize)| chunks.get(&(block, slot / CHUNK))?.get(slot % CHUNK).copied();
        let mut docs: Vec<Doc> = places.into_iter().filter_map(doc).collect();
        docs.sort_unstable_by_key(|doc| Reverse(doc.id));
        let room = MOST.saturating_sub(candidates.len());
        let mut new: Vec<i64> = Vec::new();
        for doc in docs {
            if new.len() < room && !candidates.contains(&doc.room) && !new.contains(&doc.room) {
                new.push(doc.room);
            }
        }
        candidates.extend(new);
    }
    let texts = store::room_texts(db, account, &candidates).await?;
    let mut fitting: HashMap<i64, (Rank, usize)> = HashMap::new();
    for (id, fields) in &texts {
        fitting.extend(rank(fields, words, &whole).map(|fit| (*id, fit)));
    }
    let ids: Vec<i64> = fitting.keys().copied().collect();
    let mut rooms = room::many(db, account, &ids).await?;
    let order = |id: RoomId| fitting.get(&id.0).copied().unwrap_or((Rank::Spread, 0));
    rooms.sort_by_key(|room| (order(room.id).0, Reverse(room.at), Reverse(room.id)));
    rooms.truncate(FOUND_ROOMS);
    let shown = |room: crate::chat::model::Room| {
        let (field, text) = texts.get(&room.id.0)?.get(order(room.id).1)?;
        Some(FoundRoom { field: field.clone(), text: words::mark(text, words), room })
    };
    Ok(rooms.into_iter().filter_map(shown).collect())
}

/// How well a room's texts fit, and which of them does best; none when a word is nowhere.
fn rank(fields: &[(String, String)], words: &[String], whole: &str) -> Option<(Rank, usize)> {
    let folded: Vec<String> = fields.iter().map(|(_, text)| fold(text).text).collect();
    let of = |text: &String| {
        if text == whole {
            Some(Rank::Exact)
        } else if text.starts_with(whole) {
            Some(Rank::Begins)
        } else if !words::has_all(text, words) {
            None
        } else if words.iter().all(|word| text.starts_with(word.as_str()) || text.contains(&format!(" {word}"))) {
            Some(Rank::WordBegins)
        } else {
            Some(Rank::Contains)
        }
    };
    let best = folded.iter().enumerate().filter_map(|(at, text)| Some((of(text)?, at))).min();
    best.or_else(|| {
        let all = words.iter().all(|word| folded.iter().any(|text| text.contains(word.as_str())));
        let at = folded.iter().position(|text| words.iter().any(|word| text.contains(word.as_str())))?;
        all.then_some((Rank::Spread, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(name: &str, member: &str, question: &str) -> Option<(Rank, usize)> {
        let fields = [("name".to_owned(), name.to_owned()), ("member".to_owned(), member.to_owned())];
        let words = words::read(question);
        rank(&fields, &words, &words.join(" "))
    }

    #[test]
    fn a_name_that_is_just_this_comes_first() {
        assert_eq!(ranked("佐藤", "", "佐藤"), Some((Rank::Exact, 0)));
        assert_eq!(ranked("佐藤 花子", "", "佐藤"), Some((Rank::Begins, 0)));
        assert_eq!(ranked("Mia Sato", "", "sato"), Some((Rank::WordBegins, 0)));
        assert_eq!(ranked("近衛佐藤", "", "佐藤"), Some((Rank::Contains, 0)));
        assert_eq!(ranked("Yoga", "佐藤", "佐藤"), Some((Rank::Exact, 1)));
        assert_eq!(ranked("Yoga club", "佐藤", "佐藤 yoga"), Some((Rank::Spread, 0)));
        assert_eq!(ranked("Yoga", "鈴木", "佐藤"), None);
        assert!(Rank::Exact < Rank::Begins && Rank::Contains < Rank::Spread);
    }
}
