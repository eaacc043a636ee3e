//! Messages in the order and the groups in which a room shows them.

use crate::{
    chat::{
        live::OpenRoom,
        model::{Direction, Message},
    },
    id::MessageId,
    line::event::Content,
    time::DAY,
};

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
}

/// What one person says within five minutes belongs together.
const GO: i64 = 5 * crate::time::MINUTE;

/// The rows of a room. `day` gives the reader's day of a time: it needs their time zone.
pub fn rows(open: &OpenRoom, day: impl Fn(i64) -> i64) -> Vec<Row> {
    let messages: Vec<&Message> = open.messages().collect();
    let mut rows = Vec::with_capacity(messages.len() + 8);
    let mut at = 0;
    while at < messages.len() {
        let message = messages[at];
        let before = at.checked_sub(1).map(|before| messages[before]);
        if before.is_none_or(|before| day(before.at) != day(message.at)) {
            rows.push(Row::Day(message.at));
        }
        let first = before.is_none_or(|before| !together(before, message) || day(before.at) != day(message.at));
        let end = at + messages[at..].iter().take_while(|other| same_set(message, other)).count().max(1);
        if end - at > 1 {
            rows.push(Row::Pictures { ids: messages[at..end].iter().map(|message| message.id).collect(), first });
        } else {
            let last = messages.get(end).is_none_or(|next| !together(message, next) || day(next.at) != day(message.at));
            rows.push(Row::Message { id: message.id, first, last });
        }
        at = end;
    }
    rows.extend(open.pending().map(|pending| Row::Pending(pending.key.clone())));
    rows
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

fn same_set(one: &Message, other: &Message) -> bool {
    let set = |message: &Message| match &message.content {
        Content::Image { set: Some(set), .. } => Some(set.id.clone()),
        _ => None,
    };
    one.direction == other.direction && set(one).is_some() && set(one) == set(other)
}

/// The day of a time in a zone that is `offset` minutes behind UTC, as JavaScript tells it.
pub fn day_in(at: i64, offset: i64) -> i64 {
    (at - offset * crate::time::MINUTE).div_euclid(DAY)
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
