//! A question as the address has it: `?q=words&in=room&kind=image&dir=in&by=operator&from=2026-11-01&until=2026-11-21`.

use crate::{
    chat::model::{
        Direction,
        search::{KINDS, Question},
    },
    id::{MessageId, OperatorId, RoomId},
};
use leptos_router::params::ParamsMap;

/// What is asked for. Days are the reader's, both included.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ask {
    /// Words.
    pub words: String,
    /// In this room only.
    pub room: Option<RoomId>,
    /// One of [`KINDS`], or empty.
    pub kind: String,
    /// Which way.
    pub direction: Option<Direction>,
    /// From this colleague.
    pub operator: Option<OperatorId>,
    /// A day like 2026-11-01, or empty.
    pub from: String,
    /// A day, or empty.
    pub until: String,
}

impl Ask {
    /// Reads it; what makes no sense is left out.
    pub fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        let day = |name: &str| Some(text(name)).filter(|text| day(text).is_some()).unwrap_or_default();
        Self {
            words: text("q"),
            room: text("in").parse().ok(),
            kind: Some(text("kind")).filter(|kind| KINDS.contains(&kind.as_str())).unwrap_or_default(),
            direction: match text("dir").as_str() {
                "in" => Some(Direction::In),
                "out" => Some(Direction::Out),
                _ => None,
            },
            operator: text("by").parse().ok(),
            from: day("from"),
            until: day("until"),
        }
    }

    /// The end of the address: empty when nothing is asked. `message` is the one to open the room at.
    pub fn query(&self, message: Option<MessageId>) -> String {
        let mut query = ParamsMap::new();
        let mut add = |name: &'static str, value: String| {
            if !value.is_empty() {
                query.insert(name, value);
            }
        };
        add("message", message.map(|id| id.to_string()).unwrap_or_default());
        add("q", self.words.trim().to_owned());
        add("in", self.room.map(|id| id.to_string()).unwrap_or_default());
        add("kind", self.kind.clone());
        add("dir", self.direction.map(Direction::name).unwrap_or_default().to_owned());
        add("by", self.operator.map(|id| id.to_string()).unwrap_or_default());
        add("from", self.from.clone());
        add("until", self.until.clone());
        query.to_query_string()
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.filters() == 0
    }

    /// How many filters are set.
    pub fn filters(&self) -> usize {
        [
            self.room.is_some(),
            !self.kind.is_empty(),
            self.direction.is_some(),
            self.operator.is_some(),
            !self.from.is_empty(),
            !self.until.is_empty(),
        ]
        .into_iter()
        .filter(|set| *set)
        .count()
    }

    /// The same without filters.
    pub fn plain(&self) -> Self {
        Self { words: self.words.clone(), ..Self::default() }
    }

    /// As the server is asked. `midnight` gives the Unix ms at which a day begins where the reader is.
    pub fn question(&self, midnight: impl Fn(u32, i32, i32) -> i64) -> Question {
        let begin = |text: &str, more: i32| day(text).map(|(year, month, day)| midnight(year, month, day + more));
        Question {
            words: self.words.trim().to_owned(),
            room: self.room,
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            direction: self.direction,
            operator: self.operator,
            from: begin(&self.from, 0),
            until: begin(&self.until, 1),
        }
    }
}

/// Year, month from 1, day.
fn day(text: &str) -> Option<(u32, i32, i32)> {
    let mut parts = text.split('-');
    let (year, month, day) =
        (parts.next()?.parse().ok()?, parts.next()?.parse::<i32>().ok()?, parts.next()?.parse::<i32>().ok()?);
    let right = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (right && parts.next().is_none()).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> Ask {
        Ask::read(&pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }

    #[test]
    fn addresses_are_read_as_they_are_written() {
        let pairs = [
            ("q", "予約 & คุณ"),
            ("in", "7"),
            ("kind", "image"),
            ("dir", "in"),
            ("by", "9"),
            ("from", "2026-11-01"),
            ("until", "2026-11-21"),
        ];
        let ask = read(&pairs);
        assert_eq!(ask.filters(), 6);
        // The browser leaves dashes as they are.
        let query = ask.query(Some(MessageId(5))).replace("%2D", "-");
        assert!(query.starts_with("?message=5&q=%E4%BA%88%E7%B4%84%20%26%20"), "{query}");
        assert!(query.ends_with("&in=7&kind=image&dir=in&by=9&from=2026-11-01&until=2026-11-21"), "{query}");
        let question = ask.question(|year, month, day| i64::from(year) * 10_000 + i64::from(month * 100 + day));
        assert_eq!((question.from, question.until), (Some(20_261_101), Some(20_261_122)));
        assert_eq!(Ask::default().query(None), "");
    }

    #[test]
    fn nonsense_is_left_out() {
        let pairs = [
            ("q", " "),
            ("in", "x"),
            ("kind", "'"),
            ("dir", "up"),
            ("by", "-"),
            ("from", "2026-13-01"),
            ("until", "1"),
        ];
        assert!(read(&pairs).is_empty());
    }
}
