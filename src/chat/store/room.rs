//! Rooms: the list, one room, and what an operator changes about it.

use crate::{
    chat::model::{
        Counts, Cursor, Direction, Filter, Friendship, LastLine, Person, Profile, Quota, ROOMS_PAGE, Room, RoomKind,
        RoomState, View, Who,
    },
    id::{AccountId, ContactId, CrewId, MessageId, OperatorId, RoomId},
    server::db::Tx,
};
use sqlx::{AnyConnection, AnyPool, Row, any::AnyRow};

/// A macro, because a statement must be one static text: the columns of a [`Room`].
macro_rules! columns {
    () => {
        "SELECT r.id, r.seq, r.kind, r.name, r.picture, r.state, r.spam, r.friendship, r.unread, r.members, r.at, r.last_direction,
            r.last_kind, r.last_text, r.last_notice, r.reply_token, r.reply_until, r.assignee, r.crew, r.later
            FROM room r WHERE r.account_id = $1"
    };
}

fn room(row: &AnyRow) -> sqlx::Result<Room> {
    let direction: Option<String> = row.try_get("last_direction")?;
    let notice: Option<String> = row.try_get("last_notice")?;
    let last = match direction {
        Some(direction) => Some(LastLine {
            direction: Direction::from_name(&direction),
            kind: row.try_get::<Option<String>, _>("last_kind")?.unwrap_or_default(),
            text: row.try_get::<Option<String>, _>("last_text")?.unwrap_or_default(),
            notice: notice.and_then(|json| serde_json::from_str(&json).ok()),
        }),
        None => None,
    };
    let token: Option<String> = row.try_get("reply_token")?;
    // 0 inbox, 1 spam, and two more for what was deleted from each: see 0005_notes.sql.
    let folder: i32 = row.try_get("spam")?;
    Ok(Room {
        id: RoomId(row.try_get("id")?),
        seq: row.try_get("seq")?,
        kind: RoomKind::from_name(row.try_get("kind")?),
        name: row.try_get("name")?,
        picture: row.try_get("picture")?,
        state: RoomState::from_name(row.try_get("state")?),
        spam: folder == 1,
        friendship: Friendship::from_name(row.try_get("friendship")?),
        unread: row.try_get("unread")?,
        last: last.filter(|_| folder < 2),
        at: row.try_get("at")?,
        // The token itself stays here: the browser needs to know only until when one is good.
        reply_until: token.and(row.try_get("reply_until")?),
        members: row.try_get("members")?,
        later: row.try_get("later")?,
        assignee: row.try_get::<Option<i64>, _>("assignee")?.map(OperatorId),
        crew: row.try_get::<Option<i64>, _>("crew")?.map(CrewId),
        deleted: folder > 1,
    })
}

/// In which views a room stands, as one number: the expression of the indexes `room_assignee`, `room_crew` and
/// `room_unassigned`. Open, follow-up and resolved, each read and unread, are 0 to 5; spam is 6, and what was
/// deleted stands above that.
macro_rules! shelf {
    () => {
        "(CASE WHEN r.spam > 0 THEN 5 + r.spam ELSE CASE r.state WHEN 'open' THEN 0 WHEN 'follow_up' THEN 2 ELSE 4 END
            + CASE WHEN r.unread > 0 THEN 1 ELSE 0 END END)"
    };
}

/// The first rows of one shelf of somebody's rooms.
macro_rules! stretch {
    ($whose:literal, $shelf:literal) => {
        concat!(
            "SELECT * FROM (SELECT r.id, r.at FROM room r WHERE r.account_id = $1 AND ",
            $whose,
            " AND ",
            shelf!(),
            " = ",
            $shelf,
            " AND (r.at, r.id) < ($2, $3) ORDER BY r.at DESC, r.id DESC LIMIT $4) s",
            $shelf
        )
    };
}

/// A page of somebody's rooms: each shelf is read off its index in order, and the stretches are merged, so that a page costs
/// the same at any depth, for a colleague with three rooms and for one with a hundred thousand.
macro_rules! held {
    ($whose:literal, $first:literal $(, $shelf:literal)*) => {
        concat!(
            columns!(), " AND r.id IN (SELECT id FROM (", stretch!($whose, $first), $(" UNION ALL ", stretch!($whose, $shelf),)*
            ") p ORDER BY at DESC, id DESC LIMIT $4) ORDER BY r.at DESC, r.id DESC"
        )
    };
}

/// The statement of each view of somebody's rooms.
macro_rules! held_views {
    ($filter:expr, $whose:literal) => {
        match $filter {
            Filter::All => held!($whose, 0, 1, 2, 3, 4, 5),
            Filter::Inbox => held!($whose, 0, 1, 2, 3),
            Filter::Unread => held!($whose, 1, 3, 5),
            Filter::FollowUp => held!($whose, 2, 3),
            Filter::Resolved => held!($whose, 4, 5),
            Filter::Spam => held!($whose, 6),
        }
    };
}

/// One page of a view: up to one row more than [`ROOMS_PAGE`], which tells that there is another.
/// `me` is whoever looks.
pub async fn page(
    db: &AnyPool,
    account: AccountId,
    view: View,
    me: OperatorId,
    after: Option<Cursor>,
) -> sqlx::Result<Vec<Room>> {
    macro_rules! page {
        ($condition:literal) => {
            concat!(
                columns!(),
                " AND ",
                $condition,
                " AND (r.at, r.id) < ($2, $3) ORDER BY r.at DESC, r.id DESC LIMIT $4"
            )
        };
    }
    let (statement, holder) = match view.who {
        Who::Anyone => {
            let statement = match view.filter {
                Filter::All => page!("r.spam = 0"),
                Filter::Inbox => page!("r.spam = 0 AND r.state <> 'resolved'"),
                Filter::Unread => page!("r.spam = 0 AND r.unread > 0"),
                Filter::FollowUp => page!("r.spam = 0 AND r.state = 'follow_up'"),
                Filter::Resolved => page!("r.spam = 0 AND r.state = 'resolved'"),
                Filter::Spam => page!("r.spam = 1"),
            };
            (statement, None)
        }
        Who::Nobody => (held_views!(view.filter, "r.assignee IS NULL AND r.crew IS NULL"), None),
        Who::Mine => (held_views!(view.filter, "r.assignee = $5"), Some(me.0)),
        Who::Person(id) => (held_views!(view.filter, "r.assignee = $5"), Some(id.0)),
        Who::Crew(id) => (held_views!(view.filter, "r.crew = $5"), Some(id.0)),
    };
    let after = after.unwrap_or(Cursor { at: i64::MAX, id: RoomId(i64::MAX) });
    let query = sqlx::query(statement)
        .bind(account.0)
        .bind(after.at)
        .bind(after.id.0)
        .bind(i64::try_from(ROOMS_PAGE + 1).unwrap_or(i64::MAX));
    let query = match holder {
        Some(holder) => query.bind(holder),
        None => query,
    };
    query.fetch_all(db).await?.iter().map(room).collect()
}

/// The rooms that an operator has pinned, of whatever view.
pub async fn pinned(db: &AnyPool, account: AccountId, operator: OperatorId) -> sqlx::Result<Vec<Room>> {
    sqlx::query(concat!(
        columns!(),
        " AND r.id IN (SELECT m.room_id FROM mark m WHERE m.account_id = $1 AND m.operator_id = $2 AND m.pinned_at > 0) AND r.spam < 2"
    ))
    .bind(account.0)
    .bind(operator.0)
    .fetch_all(db)
    .await?
    .iter()
    .map(room)
    .collect()
}

/// One room, unless it was deleted.
pub async fn one(db: &AnyPool, account: AccountId, id: RoomId) -> sqlx::Result<Option<Room>> {
    let row = sqlx::query(concat!(columns!(), " AND r.id = $2 AND r.spam < 2"))
        .bind(account.0)
        .bind(id.0)
        .fetch_optional(db)
        .await?;
    row.as_ref().map(room).transpose()
}

/// These rooms, those that are there and not deleted.
pub async fn many(db: &mut AnyConnection, account: AccountId, ids: &[i64]) -> sqlx::Result<Vec<Room>> {
    let wanted = serde_json::Value::from_iter(ids.iter().map(|id| serde_json::json!({ "i": id })));
    let wanted = wanted.to_string();
    let query =
        concat!(columns!(), " AND r.spam < 2 AND r.id IN (SELECT CAST(value ->> 'i' AS BIGINT) FROM json_each($2))");
    sqlx::query(query).bind(account.0).bind(wanted).fetch_all(db).await?.iter().map(room).collect()
}

/// The rooms that changed after `seq`, up to `most`, the earliest changes first.
pub async fn since(db: &AnyPool, account: AccountId, seq: i64, most: i64) -> sqlx::Result<Vec<Room>> {
    sqlx::query(concat!(columns!(), " AND r.seq > $2 ORDER BY r.seq LIMIT $3"))
        .bind(account.0)
        .bind(seq)
        .bind(most)
        .fetch_all(db)
        .await?
        .iter()
        .map(room)
        .collect()
}

/// The account's sequence number, its counts, and what LINE lets it send.
pub async fn tally(db: &AnyPool, account: AccountId) -> sqlx::Result<(i64, Counts, Quota)> {
    let row = sqlx::query(
        "SELECT t.seq, t.rooms, t.inbox, t.unread, t.follow_up, t.resolved, t.spam, a.quota_limit, a.quota_used
         FROM tally t JOIN account a ON a.id = t.account_id WHERE t.account_id = $1",
    )
    .bind(account.0)
    .fetch_one(db)
    .await?;
    let counts = Counts {
        all: row.try_get("rooms")?,
        inbox: row.try_get("inbox")?,
        unread: row.try_get("unread")?,
        follow_up: row.try_get("follow_up")?,
        resolved: row.try_get("resolved")?,
        spam: row.try_get("spam")?,
    };
    let quota = Quota { limit: row.try_get("quota_limit")?, used: row.try_get("quota_used")? };
    Ok((row.try_get("seq")?, counts, quota))
}

/// The friend of a room, or the members of a group whom we have met and who have not left.
pub async fn people(db: &AnyPool, account: AccountId, id: RoomId) -> sqlx::Result<Vec<Person>> {
    sqlx::query(
        "SELECT c.id, c.user_id, c.name, c.picture FROM contact c WHERE c.account_id = $1 AND c.id IN (
            SELECT m.contact_id FROM member m WHERE m.account_id = $1 AND m.room_id = $2 AND m.gone = 0
            UNION SELECT r.contact_id FROM room r WHERE r.account_id = $1 AND r.id = $2 AND r.contact_id IS NOT NULL)
         ORDER BY c.name, c.id LIMIT 500",
    )
    .bind(account.0)
    .bind(id.0)
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(Person {
            id: ContactId(row.try_get("id")?),
            user_id: row.try_get("user_id")?,
            name: row.try_get("name")?,
            picture: row.try_get("picture")?,
        })
    })
    .collect()
}

/// Facts about the friend or the group.
pub async fn profile(db: &AnyPool, account: AccountId, id: RoomId) -> sqlx::Result<Profile> {
    let row = sqlx::query(
        "SELECT r.created_at, c.status, c.lang FROM room r
         LEFT JOIN contact c ON c.account_id = r.account_id AND c.id = r.contact_id WHERE r.account_id = $1 AND r.id = $2",
    )
    .bind(account.0)
    .bind(id.0)
    .fetch_one(db)
    .await?;
    Ok(Profile {
        status: row.try_get("status")?,
        language: row.try_get("lang")?,
        first_seen: row.try_get("created_at")?,
    })
}

/// Nothing is unread any more. `false` when nothing was.
pub async fn mark_read(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64) -> sqlx::Result<bool> {
    change(
        tx,
        account,
        id,
        seq,
        "UPDATE room SET unread = 0, seq = $3 WHERE account_id = $1 AND id = $2 AND spam < 2 AND unread > 0",
    )
    .await
}

/// What came after this message is unread, and nothing else.
pub async fn read_until(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64, last: MessageId) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE room SET seq = $3, unread = (SELECT COUNT(*) FROM message m WHERE m.account_id = $1 AND m.room_id = $2
            AND m.id > $4 AND m.direction = 'in') WHERE account_id = $1 AND id = $2",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(seq)
    .bind(last.0)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Puts a room into a state. Resolving it means that nothing in it waits to be read.
pub async fn set_state(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64, state: RoomState) -> sqlx::Result<bool> {
    let statement = match state {
        RoomState::Open => "UPDATE room SET state = 'open', seq = $3 WHERE account_id = $1 AND id = $2 AND spam < 2",
        RoomState::FollowUp => {
            "UPDATE room SET state = 'follow_up', seq = $3 WHERE account_id = $1 AND id = $2 AND spam < 2"
        }
        RoomState::Resolved => {
            "UPDATE room SET state = 'resolved', unread = 0, queued_at = 0, seq = $3 WHERE account_id = $1 AND id = $2 AND spam < 2"
        }
    };
    change(tx, account, id, seq, statement).await
}

/// Moves a room into the spam folder or out of it.
pub async fn set_spam(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64, spam: bool) -> sqlx::Result<bool> {
    let statement = if spam {
        "UPDATE room SET spam = 1, queued_at = 0, seq = $3 WHERE account_id = $1 AND id = $2 AND spam < 2"
    } else {
        "UPDATE room SET spam = 0, seq = $3 WHERE account_id = $1 AND id = $2 AND spam < 2"
    };
    change(tx, account, id, seq, statement).await
}

async fn change(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64, statement: &'static str) -> sqlx::Result<bool> {
    let done = sqlx::query(statement).bind(account.0).bind(id.0).bind(seq).execute(&mut **tx).await?;
    Ok(done.rows_affected() > 0)
}

/// What sending needs to know of a room: LINE's id, and the reply token with its end.
pub struct Address {
    /// LINE's id of the conversation.
    pub line_id: String,
    /// The newest unused reply token.
    pub token: Option<String>,
    /// Until when it is good.
    pub until: i64,
    /// People whom a push is counted for.
    pub members: i64,
    /// Whether they can receive what we send.
    pub friendship: Friendship,
}

/// What sending needs to know of a room; none when it was deleted.
pub async fn address(tx: &mut Tx, account: AccountId, id: RoomId) -> sqlx::Result<Option<Address>> {
    let row = sqlx::query(
        "SELECT line_id, reply_token, reply_until, members, friendship FROM room WHERE account_id = $1 AND id = $2 AND spam < 2",
    )
    .bind(account.0)
    .bind(id.0)
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(Address {
            line_id: row.try_get("line_id")?,
            token: row.try_get("reply_token")?,
            until: row.try_get::<Option<i64>, _>("reply_until")?.unwrap_or_default(),
            members: row.try_get("members")?,
            friendship: Friendship::from_name(row.try_get("friendship")?),
        })
    })
    .transpose()
}

/// The room with this id at LINE, and when something last happened in it.
pub async fn by_line_id(tx: &mut Tx, account: AccountId, line_id: &str) -> sqlx::Result<Option<(RoomId, i64)>> {
    sqlx::query("SELECT id, at FROM room WHERE account_id = $1 AND line_id = $2")
        .bind(account.0)
        .bind(line_id)
        .fetch_optional(&mut **tx)
        .await?
        .map(|row| Ok((RoomId(row.try_get("id")?), row.try_get("at")?)))
        .transpose()
}

/// The reply token is spent: nobody else may try it.
pub async fn spend_token(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE room SET reply_token = NULL, reply_until = NULL, seq = $3 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(id.0)
        .bind(seq)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Gives back a reply token that was taken and not used, unless the friend has written anew.
pub async fn return_token(
    tx: &mut Tx,
    account: AccountId,
    id: RoomId,
    seq: i64,
    (token, until): (&str, i64),
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE room SET reply_token = $4, reply_until = $5, seq = $3 WHERE account_id = $1 AND id = $2 AND reply_token IS NULL",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(seq)
    .bind(token)
    .bind(until)
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// The account has left the room of its own will: nothing can be sent there, and the last line says so. `false` when
/// that was known already.
pub async fn leave(tx: &mut Tx, account: AccountId, id: RoomId, seq: i64, at: MessageId) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE room SET friendship = 'gone', friendship_at = $4, reply_token = NULL, reply_until = NULL, seq = $3, at = $4, last_id = $5,
            last_direction = 'event', last_kind = 'notice', last_text = '', last_notice = '{\"what\":\"left\"}'
         WHERE account_id = $1 AND id = $2 AND spam < 2 AND friendship <> 'gone'",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(seq)
    .bind(at.time())
    .bind(at.0)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
