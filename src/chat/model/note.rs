//! Notes: what colleagues write to each other in a room, and whom they name.

use super::Author;
use crate::{
    id::{MessageId, OperatorId, RoomId},
    line::event::Named,
};
use serde::{Deserialize, Serialize};

/// Mentions on one page.
pub const MENTIONS_PAGE: usize = 50;
/// The longest name that is looked for behind an `@`, in UTF-16 units.
const LONGEST_NAME: usize = 60;

/// A note that names the reader.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Mentioned {
    /// The note.
    pub message: MessageId,
    /// Where it stands.
    pub room: RoomId,
    /// The room's name.
    pub name: String,
    /// Its picture.
    pub picture: Option<String>,
    /// It is a group or a multi-person room.
    pub group: bool,
    /// Who wrote it; none when they are no longer in the team.
    pub author: Option<Author>,
    /// The note.
    pub text: String,
    /// When it was written (Unix ms).
    pub at: i64,
    /// The reader has seen it.
    pub read: bool,
}

/// The notes that name the reader, the latest first.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct MentionPage {
    /// At most [`MENTIONS_PAGE`].
    pub mentions: Vec<Mentioned>,
    /// How many are unread, on all pages.
    pub unread: i64,
    /// Whether there are older ones.
    pub older: bool,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Finds `@name` in a text. The longest name wins; of two colleagues with one name those in `picked`, if any of
/// them is. An address of e-mail is no mention.
pub fn find_names(text: &str, colleagues: &[Author], picked: &[OperatorId]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let (mut at, mut before) = (0, None);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at + first.len_utf8()..];
        let longest =
            (first == '@' || first == '＠').then(|| (!is_word(before)).then(|| named(rest, colleagues))).flatten();
        match longest.flatten() {
            Some(length) => {
                let name = &rest[..length];
                let all = colleagues.iter().filter(|colleague| colleague.name.eq_ignore_ascii_case(name));
                let chosen: Vec<OperatorId> = all.clone().map(|one| one.id).filter(|id| picked.contains(id)).collect();
                let chosen = if chosen.is_empty() { all.map(|one| one.id).collect() } else { chosen };
                let index = units(&text[..at]);
                let length = units(name) + 1;
                found.extend(chosen.into_iter().map(|operator| Named { index, length, operator }));
                at += first.len_utf8() + name.len();
                before = name.chars().next_back();
            }
            None => {
                at += first.len_utf8();
                before = Some(first);
            }
        }
    }
    found
}

/// Bytes of the longest name that `rest` begins with and that ends there.
fn named(rest: &str, colleagues: &[Author]) -> Option<usize> {
    let fits = |name: &str| {
        let start = rest.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
        let ends = !(is_word(start.chars().next_back()) && is_word(rest[name.len()..].chars().next()));
        ends.then_some(name.len())
    };
    colleagues.iter().filter(|one| !one.name.is_empty()).filter_map(|one| fits(&one.name)).max()
}

/// What stands between the last `@` and the caret (a UTF-16 position), with the position of the `@`: the name that
/// is being written. None when no name is.
pub fn name_begun(text: &str, caret: usize) -> Option<(usize, String)> {
    let all: Vec<u16> = text.encode_utf16().collect();
    let until = all.get(..caret)?;
    let at = until.iter().rposition(|unit| *unit == u16::from(b'@') || *unit == 0xFF20)?;
    let before = at.checked_sub(1).and_then(|before| char::from_u32(u32::from(until[before])));
    let begun = String::from_utf16_lossy(&until[at + 1..]);
    let fits = !is_word(before) && until.len() - at <= LONGEST_NAME && !begun.contains('\n') && !begun.starts_with(' ');
    fits.then_some((at, begun))
}

/// Puts a name where one was begun; answers the text and the caret after it.
pub fn put_name(text: &str, at: usize, caret: usize, name: &str) -> (String, usize) {
    let all: Vec<u16> = text.encode_utf16().collect();
    let (start, rest) = (all.get(..at).unwrap_or_default(), all.get(caret..).unwrap_or_default());
    let put = format!("@{name} ");
    let caret = start.len() + units(&put);
    let rest = String::from_utf16_lossy(rest);
    (format!("{}{put}{}", String::from_utf16_lossy(start), rest.strip_prefix(' ').unwrap_or(&rest)), caret)
}

/// Colleagues whose name fits what was begun: those that begin so first.
pub fn fitting<'a>(begun: &str, colleagues: &'a [Author]) -> Vec<&'a Author> {
    let begun = begun.to_lowercase();
    let mut fit: Vec<(bool, &Author)> = colleagues
        .iter()
        .filter_map(|one| {
            let name = one.name.to_lowercase();
            name.contains(&begun).then(|| (!name.starts_with(&begun), one))
        })
        .collect();
    fit.sort_by_key(|(later, _)| *later);
    fit.into_iter().map(|(_, one)| one).take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> Vec<Author> {
        let names = ["Aoi", "Aoi Tanaka", "佐藤 健", "Mika", "Mika"];
        (1..).zip(names).map(|(id, name)| Author { id: OperatorId(id), name: name.into() }).collect()
    }

    fn ids(text: &str, picked: &[i64]) -> Vec<i64> {
        let picked: Vec<OperatorId> = picked.iter().map(|id| OperatorId(*id)).collect();
        find_names(text, &team(), &picked).into_iter().map(|named| named.operator.0).collect()
    }

    #[test]
    fn names_are_found_as_they_are_written() {
        assert_eq!(ids("@Aoi look", &[]), [1]);
        assert_eq!(ids("@aoi tanaka: look", &[]), [2]);
        assert_eq!(ids("お願い@佐藤 健さん", &[]), [3]);
        assert_eq!(ids("＠Aoi", &[]), [1]);
        assert_eq!(ids("a@Aoi and @Aoiro and @nobody @", &[]), Vec::<i64>::new());
        assert_eq!(ids("@Mika", &[]), [4, 5]);
        assert_eq!(ids("@Mika", &[5]), [5]);
        assert_eq!(ids("@Aoi @Aoi Tanaka @Mika", &[4]), [1, 2, 4]);
    }

    #[test]
    fn positions_are_utf16() {
        let found = find_names("🍎 @佐藤 健 ok", &team(), &[]);
        assert_eq!((found[0].index, found[0].length), (3, 5));
    }

    #[test]
    fn a_name_is_completed_at_the_caret() {
        assert_eq!(name_begun("hi @ao", 6), Some((3, "ao".into())));
        assert_eq!(name_begun("hi @ao", 3), None);
        assert_eq!(name_begun("a@ao", 4), None);
        assert_eq!(name_begun("🍎@", 3), Some((2, String::new())));
        assert_eq!(name_begun("@a\nb", 4), None);
        assert_eq!(put_name("hi @ao there", 3, 6, "Aoi"), ("hi @Aoi there".into(), 8));
        assert_eq!(put_name("🍎@", 2, 3, "Aoi"), ("🍎@Aoi ".into(), 7));
        let found = team();
        assert_eq!(fitting("TANA", &found).len(), 1);
        assert_eq!(fitting("", &found).len(), 5);
        assert!(fitting("xyz", &found).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,40}", caret in 0_usize..50) {
            let text = format!("{text}@Aoi{text}");
            for named in find_names(&text, &team(), &[]) {
                proptest::prop_assert!(named.index + named.length <= units(&text));
            }
            if let Some((at, _)) = name_begun(&text, caret) {
                put_name(&text, at, caret, "Aoi");
            }
        }
    }
}
