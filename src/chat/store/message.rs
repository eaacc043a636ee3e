//! Messages: reading a room, and sending.

use crate::{
    chat::model::{
        Author, Delivery, Direction, Failure, MESSAGES_PAGE, Media, MediaState, Message, MessagePage, NewerPage,
        Person, Quote, Via, last_words,
    },
    id::{AccountId, ContactId, MediaId, MessageId, OperatorId, RoomId},
    line::event::Content,
    server::db::Tx,
};
use sqlx::{AnyConnection, AnyPool, Row, any::AnyRow};

/// The columns of a [`Message`], with its sender and its bytes.
macro_rules! columns {
    () => {
        "SELECT m.room_id, m.id, m.seq, m.direction, m.content, m.at, m.line_id, m.quoted, m.edited, m.delivery, m.failure, m.client_key,
            m.contact_id, c.user_id, c.name AS person, c.picture, m.operator_id, o.name AS operator,
            d.state AS media, d.content_type, d.size, d.width, d.height,
            g.held_until,
            q.id AS quote, q.direction AS quote_direction, q.content AS quote_content,
            COALESCE(qc.name, qo.name) AS quote_name
         FROM message m
         LEFT JOIN contact c ON c.account_id = m.account_id AND c.id = m.contact_id
         LEFT JOIN operator o ON o.id = m.operator_id
         LEFT JOIN media d ON d.account_id = m.account_id AND d.id = m.id
         LEFT JOIN outgoing g ON g.account_id = m.account_id AND g.id = m.id
         LEFT JOIN message q ON q.account_id = m.account_id AND q.line_id = m.quoted AND q.room_id = m.room_id
         LEFT JOIN contact qc ON qc.account_id = q.account_id AND qc.id = q.contact_id
         LEFT JOIN operator qo ON qo.id = q.operator_id
         WHERE m.account_id = $1"
    };
}

fn message(row: &AnyRow) -> sqlx::Result<(RoomId, Message)> {
    let content: String = row.try_get("content")?;
    let person = match row.try_get::<Option<i64>, _>("contact_id")? {
        Some(id) => Some(Person {
            id: ContactId(id),
            user_id: row.try_get::<Option<String>, _>("user_id")?.unwrap_or_default(),
            name: row.try_get::<Option<String>, _>("person")?.unwrap_or_default(),
            picture: row.try_get("picture")?,
        }),
        None => None,
    };
    let operator = match row.try_get::<Option<i64>, _>("operator_id")? {
        Some(id) => {
            Some(Author { id: OperatorId(id), name: row.try_get::<Option<String>, _>("operator")?.unwrap_or_default() })
        }
        None => None,
    };
    let id: i64 = row.try_get("id")?;
    let media = match row.try_get::<Option<String>, _>("media")? {
        Some(state) => Some(Media {
            id: MediaId(id),
            state: MediaState::from_name(&state),
            content_type: row.try_get::<Option<String>, _>("content_type")?.unwrap_or_default(),
            size: row.try_get::<Option<i64>, _>("size")?.unwrap_or_default(),
            width: row.try_get("width")?,
            height: row.try_get("height")?,
        }),
        None => None,
    };
    let message = Message {
        id: MessageId(id),
        seq: row.try_get("seq")?,
        direction: Direction::from_name(row.try_get("direction")?),
        at: row.try_get("at")?,
        content: read_content(&content),
        person,
        operator,
        media,
        line_id: row.try_get("line_id")?,
        quoted: row.try_get("quoted")?,
        edited: row.try_get::<i32, _>("edited")? != 0,
        delivery: delivery(row)?,
        key: row.try_get("client_key")?,
        held_until: row.try_get("held_until")?,
        quote: quote(row)?,
    };
    Ok((RoomId(row.try_get("room_id")?), message))
}

/// Something that a later version wrote is shown as unknown, with its JSON.
fn read_content(content: &str) -> Content {
    serde_json::from_str(content).unwrap_or_else(|_| Content::Unknown {
        kind: String::new(),
        raw: serde_json::from_str(content).unwrap_or_default(),
    })
}

fn quote(row: &AnyRow) -> sqlx::Result<Option<Quote>> {
    let Some(id) = row.try_get::<Option<i64>, _>("quote")? else { return Ok(None) };
    let content = read_content(&row.try_get::<Option<String>, _>("quote_content")?.unwrap_or_default());
    Ok(Some(Quote {
        id: MessageId(id),
        direction: Direction::from_name(&row.try_get::<Option<String>, _>("quote_direction")?.unwrap_or_default()),
        name: row.try_get::<Option<String>, _>("quote_name")?.unwrap_or_default(),
        kind: content.name().to_owned(),
        text: last_words(&content),
    }))
}

fn delivery(row: &AnyRow) -> sqlx::Result<Delivery> {
    Ok(match row.try_get("delivery")? {
        "queued" => Delivery::Queued { waiting: false },
        "waiting" => Delivery::Queued { waiting: true },
        "reply" => Delivery::Sent { via: Via::Reply },
        "push" => Delivery::Sent { via: Via::Push },
        "failed" => {
            let why: Option<String> = row.try_get("failure")?;
            let why = why.and_then(|json| serde_json::from_str(&json).ok());
            Delivery::Failed { why: why.unwrap_or(Failure::Refused { message: String::new() }) }
        }
        "unknown" => Delivery::Unknown,
        "discarded" => Delivery::Discarded,
        _ => Delivery::Received,
    })
}

/// The latest messages before `before`, oldest first.
pub async fn page(
    db: &AnyPool,
    account: AccountId,
    room: RoomId,
    before: Option<MessageId>,
) -> sqlx::Result<MessagePage> {
    let rows = sqlx::query(concat!(
        columns!(),
        " AND m.room_id = $2 AND m.id < $3 AND m.delivery <> 'discarded' ORDER BY m.id DESC LIMIT $4"
    ))
    .bind(account.0)
    .bind(room.0)
    .bind(before.map_or(i64::MAX, |id| id.0))
    .bind(i64::try_from(MESSAGES_PAGE + 1).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?;
    let older = rows.len() > MESSAGES_PAGE;
    let mut messages = page_of(&rows)?;
    messages.reverse();
    Ok(MessagePage { messages, older })
}

/// The earliest messages from `from` on, oldest first: `from` itself is among them, if it is still there.
pub async fn page_from(db: &AnyPool, account: AccountId, room: RoomId, from: MessageId) -> sqlx::Result<NewerPage> {
    let rows = sqlx::query(concat!(
        columns!(),
        " AND m.room_id = $2 AND m.id >= $3 AND m.delivery <> 'discarded' ORDER BY m.id LIMIT $4"
    ))
    .bind(account.0)
    .bind(room.0)
    .bind(from.0)
    .bind(i64::try_from(MESSAGES_PAGE + 1).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?;
    Ok(NewerPage { messages: page_of(&rows)?, newer: rows.len() > MESSAGES_PAGE })
}

fn page_of(rows: &[AnyRow]) -> sqlx::Result<Vec<Message>> {
    rows.iter().take(MESSAGES_PAGE).map(|row| message(row).map(|(_, message)| message)).collect()
}

/// LINE's JSON of the event that a message was made of; empty when it was taken back.
pub async fn event_json(db: &AnyPool, account: AccountId, room: RoomId, id: MessageId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT w.payload FROM message m JOIN webhook_event w ON w.account_id = m.account_id AND w.event_id = m.event_id
         WHERE m.account_id = $1 AND m.room_id = $2 AND m.id = $3",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .fetch_optional(db)
    .await
}

/// The bytes of a message that could not be fetched are to be fetched again. `false` when there is no such message,
/// or its bytes are not missing.
pub async fn fetch_again(tx: &mut Tx, account: AccountId, room: RoomId, id: MessageId, seq: i64) -> sqlx::Result<bool> {
    let changed = sqlx::query(
        "UPDATE media SET state = 'pending' WHERE account_id = $1 AND room_id = $2 AND id = $3 AND state = 'failed'",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("UPDATE message SET seq = $4 WHERE account_id = $1 AND room_id = $2 AND id = $3")
        .bind(account.0)
        .bind(room.0)
        .bind(id.0)
        .bind(seq)
        .execute(&mut **tx)
        .await?;
    Ok(true)
}

/// The messages that changed after `seq`, up to `most`, the earliest changes first.
pub async fn since(db: &AnyPool, account: AccountId, seq: i64, most: i64) -> sqlx::Result<Vec<(RoomId, Message)>> {
    sqlx::query(concat!(columns!(), " AND m.seq > $2 ORDER BY m.seq LIMIT $3"))
        .bind(account.0)
        .bind(seq)
        .bind(most)
        .fetch_all(db)
        .await?
        .iter()
        .map(message)
        .collect()
}

/// One message.
pub async fn one(
    db: &mut AnyConnection,
    account: AccountId,
    room: RoomId,
    id: MessageId,
) -> sqlx::Result<Option<Message>> {
    let row = sqlx::query(concat!(columns!(), " AND m.room_id = $2 AND m.id = $3"))
        .bind(account.0)
        .bind(room.0)
        .bind(id.0)
        .fetch_optional(db)
        .await?;
    row.as_ref().map(|row| message(row).map(|(_, message)| message)).transpose()
}

/// The message that this key has made already.
pub async fn by_key(db: &mut AnyConnection, account: AccountId, key: &str) -> sqlx::Result<Option<(RoomId, Message)>> {
    let row =
        sqlx::query(concat!(columns!(), " AND m.client_key = $2")).bind(account.0).bind(key).fetch_optional(db).await?;
    row.as_ref().map(message).transpose()
}

/// A message to be sent.
pub struct Outgoing<'a> {
    /// Where.
    pub room: RoomId,
    /// Its id.
    pub id: MessageId,
    /// Who sends it; none when it is automatic.
    pub operator: Option<OperatorId>,
    /// What.
    pub content: &'a Content,
    /// The composer's key.
    pub key: &'a str,
}

/// Adds a message that waits to be sent.
pub async fn insert_outgoing(tx: &mut Tx, account: AccountId, seq: i64, out: &Outgoing<'_>) -> sqlx::Result<()> {
    let at = out.id.time();
    sqlx::query(
        "INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, operator_id, delivery, client_key)
         VALUES ($1, $2, $3, $4, 'out', $5, $6, $7, $8, 'queued', $9)",
    )
    .bind(account.0)
    .bind(out.room.0)
    .bind(out.id.0)
    .bind(seq)
    .bind(out.content.name())
    .bind(serde_json::to_string(out.content).unwrap_or_default())
    .bind(at)
    .bind(out.operator.map(|id| id.0))
    .bind(out.key)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Makes a message of ours the room's last line.
pub async fn make_last(tx: &mut Tx, account: AccountId, seq: i64, out: &Outgoing<'_>) -> sqlx::Result<()> {
    let at = out.id.time();
    sqlx::query(
        "UPDATE room SET seq = $3, at = CASE WHEN at > $4 THEN at ELSE $4 END, last_id = $5, last_direction = 'out', last_kind = $6,
            last_text = $7, last_notice = NULL WHERE account_id = $1 AND id = $2",
    )
    .bind(account.0)
    .bind(out.room.0)
    .bind(seq)
    .bind(at)
    .bind(out.id.0)
    .bind(out.content.name())
    .bind(last_words(out.content))
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Writes how sending went.
pub async fn set_delivery(
    tx: &mut Tx,
    account: AccountId,
    room: RoomId,
    id: MessageId,
    seq: i64,
    delivery: &Delivery,
    line_id: Option<&str>,
) -> sqlx::Result<()> {
    let (name, failure) = match delivery {
        Delivery::Received => ("received", None),
        Delivery::Queued { waiting: false } => ("queued", None),
        Delivery::Queued { waiting: true } => ("waiting", None),
        Delivery::Sent { via: Via::Reply } => ("reply", None),
        Delivery::Sent { via: Via::Push } => ("push", None),
        Delivery::Failed { why } => ("failed", serde_json::to_string(why).ok()),
        Delivery::Unknown => ("unknown", None),
        Delivery::Discarded => ("discarded", None),
    };
    sqlx::query(
        "UPDATE message SET delivery = $4, failure = $5, seq = $6, line_id = COALESCE($7, line_id)
         WHERE account_id = $1 AND room_id = $2 AND id = $3",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .bind(name)
    .bind(failure)
    .bind(seq)
    .bind(line_id)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Makes the latest message that stands in the room its last line: what was there is gone.
pub async fn refresh_last(tx: &mut Tx, account: AccountId, room: RoomId, seq: i64) -> sqlx::Result<()> {
    let row = sqlx::query(concat!(
        columns!(),
        " AND m.room_id = $2 AND m.delivery <> 'discarded' AND m.kind <> 'note' ORDER BY m.id DESC LIMIT 1"
    ))
    .bind(account.0)
    .bind(room.0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((_, last)) = row.as_ref().map(message).transpose()? else { return Ok(()) };
    let notice = match &last.content {
        Content::Notice { notice } => serde_json::to_string(notice).ok(),
        _ => None,
    };
    sqlx::query(
        "UPDATE room SET seq = $3, at = $4, last_id = $5, last_direction = $6, last_kind = $7, last_text = $8, last_notice = $9
         WHERE account_id = $1 AND id = $2",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(seq)
    .bind(last.at)
    .bind(last.id.0)
    .bind(last.direction.name())
    .bind(last.content.name())
    .bind(last_words(&last.content))
    .bind(notice)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Adds something that an operator did to the room.
pub async fn insert_event(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    (room, id): (RoomId, MessageId),
    operator: OperatorId,
    content: &Content,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, operator_id, delivery)
         VALUES ($1, $2, $3, $4, 'event', $5, $6, $7, $8, 'received')",
    )
    .bind(account.0)
    .bind(room.0)
    .bind(id.0)
    .bind(seq)
    .bind(content.name())
    .bind(serde_json::to_string(content).unwrap_or_default())
    .bind(id.time())
    .bind(operator.0)
    .execute(&mut **tx)
    .await
    .map(drop)
}
