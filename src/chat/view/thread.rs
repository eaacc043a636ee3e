//! Messages in the order and the groups in which a room shows them.

use crate::{
    chat::{
        live::OpenRoom,
        model::{Direction, Message},
    },
    id::MessageId,
    line::event::{Content, ImageSet},
    time::{DAY, MINUTE},
};
use std::collections::HashMap;

/// One row of the room. Two rows that are equal look the same apart from what their message says.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Row {
    /// A day begins: the Unix ms of its first message.
    Day(i64),
    /// A message.
    Message {
        /// Message.
        id: MessageId,
        /// First of what one person said in one go: shown with name and picture.
        first: bool,
        /// Last of it: shown with the time.
        last: bool,
    },
    /// Pictures that were sent together.
    Pictures {
        /// Messages.
        ids: Vec<MessageId>,
        /// As above.
        first: bool,
    },
    /// Sent from here, and not confirmed.
    Pending(String),
    /// What is below came in since somebody last looked.
    Unread,
}

/// What one person says within five minutes belongs together, and shows the time once a minute.
const GO: i64 = 5 * MINUTE;

/// The rows of a room. `day` gives the reader's day of a time: it needs their time zone. `unread` is the first message
/// that nobody had seen.
pub fn rows(open: &OpenRoom, day: impl Fn(i64) -> i64, unread: Option<MessageId>) -> Vec<Row> {
    let units = units(open);
    let mut rows = Vec::with_capacity(units.len() + 8);
    for (at, unit) in units.iter().enumerate() {
        let (Some(message), Some(end)) = (earliest(unit), latest(unit)) else { continue };
        let before = at.checked_sub(1).and_then(|before| latest(&units[before]));
        let new_day = before.is_none_or(|before| day(before.at) != day(message.at));
        if new_day {
            rows.push(Row::Day(message.at));
        }
        let new = unread.is_some_and(|unread| unit.iter().any(|message| message.id == unread));
        if new {
            rows.push(Row::Unread);
        }
        let first = new || new_day || before.is_none_or(|before| !together(before, message));
        if unit.len() > 1 {
            rows.push(Row::Pictures { ids: unit.iter().map(|message| message.id).collect(), first });
        } else {
            let next = units.get(at + 1).and_then(|next| earliest(next));
            let last = next.is_none_or(|next| {
                !together(end, next) || day(next.at) != day(end.at) || next.at / MINUTE != end.at / MINUTE
            });
            rows.push(Row::Message { id: message.id, first, last });
        }
    }
    // What is on its way belongs to the present.
    if !open.newer() {
        rows.extend(open.pending().map(|pending| Row::Pending(pending.key.clone())));
    }
    rows
}

/// Messages one by one, and pictures that were sent together in one piece where the first of them stands: they come in
/// any order, and others may speak meanwhile.
fn units(open: &OpenRoom) -> Vec<Vec<&Message>> {
    let mut sets: HashMap<&str, usize> = HashMap::new();
    let mut units: Vec<Vec<&Message>> = Vec::new();
    for message in open.messages() {
        let Some(set) = set(message) else {
            units.push(vec![message]);
            continue;
        };
        match sets.get(set.id.as_str()) {
            Some(at) => units[*at].push(message),
            None => {
                sets.insert(&set.id, units.len());
                units.push(vec![message]);
            }
        }
    }
    for unit in &mut units {
        unit.sort_by_key(|message| (set(message).and_then(|set| set.index), message.id));
    }
    units
}

fn earliest<'a>(unit: &[&'a Message]) -> Option<&'a Message> {
    unit.iter().copied().min_by_key(|message| message.id)
}

fn latest<'a>(unit: &[&'a Message]) -> Option<&'a Message> {
    unit.iter().copied().max_by_key(|message| message.id)
}

fn set(message: &Message) -> Option<&ImageSet> {
    match &message.content {
        Content::Image { set, .. } => set.as_ref(),
        _ => None,
    }
}

fn together(one: &Message, next: &Message) -> bool {
    let author = |message: &Message| {
        (message.person.as_ref().map(|person| person.id), message.operator.as_ref().map(|operator| operator.id))
    };
    one.direction == next.direction
        && one.direction != Direction::Event
        && author(one) == author(next)
        && next.at - one.at < GO
}

/// The day of a time in a zone that is `offset` minutes behind UTC, as JavaScript tells it.
pub fn day_in(at: i64, offset: i64) -> i64 {
    (at - offset * MINUTE).div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_where_the_reader_is() {
        let late = 20 * crate::time::HOUR;
        assert_eq!(day_in(late, 0), 0);
        assert_eq!(day_in(late, -540), 1);
        assert_eq!(day_in(late, 1_260), -1);
    }
}
