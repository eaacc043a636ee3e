//! The history, page by page along the primary key: whoever reads ten million messages holds a thousand of them.

use crate::{
    id::{AccountId, RoomId},
    line::event::Content,
};
use sqlx::{AnyPool, Row};

/// Rooms whose messages are read one after the other.
const ROOMS: i64 = 500;
/// Messages read at once.
pub const MESSAGES: i64 = 1_000;

/// A room of the history.
pub struct Chapter {
    /// Room.
    pub id: RoomId,
    /// Its name.
    pub name: String,
    /// `user`, `group` or `room`.
    pub kind: String,
}

/// One message of the history.
pub struct Entry {
    /// Room.
    pub room: RoomId,
    /// Message.
    pub id: i64,
    /// `in`, `out` or `event`.
    pub direction: String,
    /// When (Unix ms).
    pub at: i64,
    /// What.
    pub content: Content,
    /// Name of the friend, member or operator who said it.
    pub sender: String,
    /// Content type and name of its bytes, when they are here.
    pub media: Option<(String, Option<String>)>,
}

/// The rooms after `after`, in the order of their ids; only `one`, if it is given.
pub async fn rooms(db: &AnyPool, account: AccountId, after: RoomId, one: Option<RoomId>) -> sqlx::Result<Vec<Chapter>> {
    let (after, last, most) = match one {
        Some(one) => ((one.0 - 1).max(after.0), one.0, 1),
        None => (after.0, i64::MAX, ROOMS),
    };
    sqlx::query(
        "SELECT r.id, r.name, r.kind FROM room r WHERE r.account_id = $1 AND r.id > $2 AND r.id <= $3 AND r.spam < 2
         ORDER BY r.id LIMIT $4",
    )
    .bind(account.0)
    .bind(after)
    .bind(last)
    .bind(most)
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| Ok(Chapter { id: RoomId(row.try_get("id")?), name: row.try_get("name")?, kind: row.try_get("kind")? }))
    .collect()
}

/// The messages after a place, up to the end of `last`, whose ids lie in `span`: an id begins with its time.
pub async fn messages(
    db: &AnyPool,
    account: AccountId,
    after: (RoomId, i64),
    last: RoomId,
    span: (i64, i64),
) -> sqlx::Result<Vec<Entry>> {
    sqlx::query(
        "SELECT m.room_id, m.id, m.direction, m.at, m.content, COALESCE(c.name, o.name, '') AS sender, d.content_type, d.file_name
         FROM message m
         JOIN room r ON r.account_id = m.account_id AND r.id = m.room_id AND r.spam < 2
         LEFT JOIN contact c ON c.account_id = m.account_id AND c.id = m.contact_id
         LEFT JOIN operator o ON o.id = m.operator_id
         LEFT JOIN media d ON d.account_id = m.account_id AND d.id = m.id AND d.state = 'ready'
         WHERE m.account_id = $1 AND (m.room_id, m.id) > ($2, $3) AND m.room_id <= $4 AND m.id >= $5 AND m.id < $6
            AND m.delivery <> 'discarded'
         ORDER BY m.room_id, m.id LIMIT $7",
    )
    .bind(account.0)
    .bind(after.0.0)
    .bind(after.1)
    .bind(last.0)
    .bind(span.0)
    .bind(span.1)
    .bind(MESSAGES)
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let content: String = row.try_get("content")?;
        let media = match row.try_get::<Option<String>, _>("content_type")? {
            Some(content_type) => Some((content_type, row.try_get("file_name")?)),
            None => None,
        };
        Ok(Entry {
            room: RoomId(row.try_get("room_id")?),
            id: row.try_get("id")?,
            direction: row.try_get("direction")?,
            at: row.try_get("at")?,
            content: serde_json::from_str(&content).unwrap_or_else(|_| Content::Unknown {
                kind: String::new(),
                raw: serde_json::from_str(&content).unwrap_or_default(),
            }),
            sender: row.try_get("sender")?,
            media,
        })
    })
    .collect()
}
