//! Who has which rooms, pins and mutes, and giving out what waits.

use crate::{
    chat::model::{Counts, Duty, Hand, Holding, Mark, Rules, Waiting},
    id::{AccountId, CrewId, OperatorId, RoomId, make},
    server::db::Tx,
};
use serde_json::json;
use sqlx::{AnyConnection, AnyPool, Row, any::AnyRow};
use std::collections::HashSet;

/// Who has a room, and whether it is still to be handled.
#[derive(Clone, Copy)]
pub struct Held {
    /// The colleague.
    pub assignee: Option<OperatorId>,
    /// The crew.
    pub crew: Option<CrewId>,
    /// Neither resolved nor spam.
    pub open: bool,
}

/// Who has a room.
pub async fn held(tx: &mut Tx, account: AccountId, room: RoomId) -> sqlx::Result<Option<Held>> {
    sqlx::query("SELECT assignee, crew, state, spam FROM room WHERE account_id = $1 AND id = $2 AND spam < 2")
        .bind(account.0)
        .bind(room.0)
        .fetch_optional(&mut **tx)
        .await?
        .map(|row| {
            Ok(Held {
                assignee: row.try_get::<Option<i64>, _>("assignee")?.map(OperatorId),
                crew: row.try_get::<Option<i64>, _>("crew")?.map(CrewId),
                open: row.try_get::<&str, _>("state")? != "resolved" && row.try_get::<i32, _>("spam")? == 0,
            })
        })
        .transpose()
}

/// Gives a room to a person, a crew, both or nobody; `queued_at` is since when it waits to be given out, 0 when it does not.
pub async fn hand(
    tx: &mut Tx,
    account: AccountId,
    room: RoomId,
    seq: i64,
    (assignee, crew): (Option<OperatorId>, Option<CrewId>),
    queued_at: i64,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE room SET assignee = $4, crew = $5, queued_at = $6, seq = $3 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(room.0)
        .bind(seq)
        .bind(assignee.map(|id| id.0))
        .bind(crew.map(|id| id.0))
        .bind(queued_at)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Name of an operator, if there is such a one.
pub async fn person(db: &mut AnyConnection, id: OperatorId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT name FROM operator WHERE id = $1").bind(id.0).fetch_optional(db).await
}

/// Name of a crew, if there is such a one.
pub async fn crew(db: &mut AnyConnection, id: CrewId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT name FROM crew WHERE id = $1").bind(id.0).fetch_optional(db).await
}

/// Who belongs to which crew.
pub async fn memberships(db: &mut AnyConnection) -> sqlx::Result<HashSet<(CrewId, OperatorId)>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as("SELECT crew_id, operator_id FROM crew_member").fetch_all(db).await?;
    Ok(rows.into_iter().map(|(crew, operator)| (CrewId(crew), OperatorId(operator))).collect())
}

/// Something that happened in a room and that its log shows.
pub struct Happening {
    /// Room.
    pub room: RoomId,
    /// Who did it; none when it happened by itself.
    pub by: Option<OperatorId>,
    /// [`crate::line::event::Content`] as JSON.
    pub content: String,
}

/// Writes events into the logs of rooms. They neither move a room in the list nor become its last line.
pub async fn add_happenings(tx: &mut Tx, account: AccountId, seq: i64, happenings: &[Happening]) -> sqlx::Result<()> {
    if happenings.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = happenings
        .iter()
        .map(|one| {
            let id = make::next();
            let at = crate::id::MessageId(id).time();
            json!({"r": one.room.0, "i": id, "t": at, "o": one.by.map(|by| by.0), "c": one.content})
        })
        .collect();
    sqlx::query(
        "INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, operator_id, delivery)
         SELECT $1, CAST(value ->> 'r' AS BIGINT), CAST(value ->> 'i' AS BIGINT), $2, 'event', 'notice', value ->> 'c',
            CAST(value ->> 't' AS BIGINT), CAST(value ->> 'o' AS BIGINT), 'received' FROM json_each($3) WHERE true",
    )
    .bind(account.0)
    .bind(seq)
    .bind(serde_json::to_string(&rows).unwrap_or_default())
    .execute(&mut **tx)
    .await
    .map(drop)
}

fn holding(row: &AnyRow) -> sqlx::Result<Holding> {
    Ok(Holding {
        holder: row.try_get("holder")?,
        seq: row.try_get("seq")?,
        counts: Counts {
            all: row.try_get("rooms")?,
            inbox: row.try_get("inbox")?,
            unread: row.try_get("unread")?,
            follow_up: row.try_get("follow_up")?,
            resolved: row.try_get("resolved")?,
            spam: row.try_get("spam")?,
        },
        muted: row.try_get("muted")?,
    })
}

/// Who has how many, as far as it changed after `seq`.
pub async fn holdings(db: &AnyPool, account: AccountId, seq: i64) -> sqlx::Result<Vec<Holding>> {
    sqlx::query(
        "SELECT holder, seq, rooms, inbox, unread, follow_up, resolved, spam, muted FROM holding WHERE account_id = $1 AND seq > $2",
    )
    .bind(account.0)
    .bind(seq)
    .fetch_all(db)
    .await?
    .iter()
    .map(holding)
    .collect()
}

fn mark(row: &AnyRow) -> sqlx::Result<(OperatorId, Mark)> {
    let mark = Mark {
        room: RoomId(row.try_get("room_id")?),
        seq: row.try_get("seq")?,
        pinned_at: row.try_get("pinned_at")?,
        muted: row.try_get::<i32, _>("muted")? != 0,
    };
    Ok((OperatorId(row.try_get("operator_id")?), mark))
}

/// An operator's pins and mutes.
pub async fn marks(db: &AnyPool, account: AccountId, operator: OperatorId) -> sqlx::Result<Vec<Mark>> {
    sqlx::query(
        "SELECT operator_id, room_id, seq, pinned_at, muted FROM mark
         WHERE account_id = $1 AND operator_id = $2 AND (pinned_at > 0 OR muted = 1)",
    )
    .bind(account.0)
    .bind(operator.0)
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| mark(row).map(|(_, mark)| mark))
    .collect()
}

/// Everybody's pins and mutes that changed after `seq`.
pub async fn marks_since(db: &AnyPool, account: AccountId, seq: i64) -> sqlx::Result<Vec<(OperatorId, Mark)>> {
    sqlx::query("SELECT operator_id, room_id, seq, pinned_at, muted FROM mark WHERE account_id = $1 AND seq > $2")
        .bind(account.0)
        .bind(seq)
        .fetch_all(db)
        .await?
        .iter()
        .map(mark)
        .collect()
}

/// How many rooms an operator has pinned, and how many muted.
pub async fn count_marks(tx: &mut Tx, account: AccountId, operator: OperatorId) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "SELECT COUNT(CASE WHEN pinned_at > 0 THEN 1 END), COUNT(CASE WHEN muted = 1 THEN 1 END) FROM mark
         WHERE account_id = $1 AND operator_id = $2",
    )
    .bind(account.0)
    .bind(operator.0)
    .fetch_one(&mut **tx)
    .await
}

/// An operator's mark on a room.
pub async fn own_mark(
    tx: &mut Tx,
    account: AccountId,
    operator: OperatorId,
    room: RoomId,
) -> sqlx::Result<Option<Mark>> {
    let row = sqlx::query(
        "SELECT operator_id, room_id, seq, pinned_at, muted FROM mark WHERE account_id = $1 AND operator_id = $2 AND room_id = $3",
    )
    .bind(account.0)
    .bind(operator.0)
    .bind(room.0)
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(|row| mark(row).map(|(_, mark)| mark)).transpose()
}

/// Writes an operator's mark.
pub async fn set_mark(tx: &mut Tx, account: AccountId, operator: OperatorId, mark: &Mark) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO mark (account_id, operator_id, room_id, seq, pinned_at, muted) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id, operator_id, room_id) DO UPDATE SET seq = excluded.seq, pinned_at = excluded.pinned_at, muted = excluded.muted",
    )
    .bind(account.0)
    .bind(operator.0)
    .bind(mark.room.0)
    .bind(mark.seq)
    .bind(mark.pinned_at)
    .bind(i16::from(mark.muted))
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// A room is told to the screens anew.
pub async fn touch(tx: &mut Tx, account: AccountId, room: RoomId, seq: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE room SET seq = $3 WHERE account_id = $1 AND id = $2")
        .bind(account.0)
        .bind(room.0)
        .bind(seq)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// The commit in which people or crews last changed.
pub async fn team_seq(db: &AnyPool, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT team_seq FROM tally WHERE account_id = $1").bind(account.0).fetch_one(db).await
}

/// These rooms wait from `now` on to be given out, unless somebody has them or they wait already.
pub async fn queue(tx: &mut Tx, account: AccountId, now: i64, rooms: &[i64]) -> sqlx::Result<()> {
    let rows: Vec<_> = rooms.iter().map(|room| json!({"r": room})).collect();
    sqlx::query(
        "UPDATE room SET queued_at = $2 WHERE account_id = $1 AND assignee IS NULL AND queued_at = 0 AND spam = 0 AND state <> 'resolved'
            AND id IN (SELECT CAST(value ->> 'r' AS BIGINT) FROM json_each($3))",
    )
    .bind(account.0)
    .bind(now)
    .bind(serde_json::to_string(&rows).unwrap_or_default())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Whether rooms are given out by themselves here, and whether any waits for it.
pub async fn is_due(tx: &mut Tx, account: AccountId) -> sqlx::Result<bool> {
    let due: Option<i64> = sqlx::query_scalar(
        "SELECT account_id FROM tally WHERE account_id = $1 AND auto = 1
            AND EXISTS (SELECT 1 FROM room r WHERE r.account_id = $1 AND r.queued_at > 0)",
    )
    .bind(account.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(due.is_some())
}

/// Whether rooms are given out by themselves here.
pub async fn is_auto(tx: &mut Tx, account: AccountId) -> sqlx::Result<bool> {
    let auto: i32 = sqlx::query("SELECT auto FROM tally WHERE account_id = $1")
        .bind(account.0)
        .fetch_one(&mut **tx)
        .await?
        .try_get(0)?;
    Ok(auto == 1)
}

/// Everybody on shift who can take another room, and the highest turn ever given.
pub async fn hands(tx: &mut Tx, account: AccountId) -> sqlx::Result<(Vec<Hand>, i64)> {
    let hands = sqlx::query(
        "SELECT o.id, o.name, COALESCE(d.turn, 0) AS turn, COALESCE(d.capacity, a.capacity) - COALESCE(h.inbox, 0) AS free
         FROM operator o JOIN account a ON a.id = $1
         LEFT JOIN duty d ON d.account_id = $1 AND d.operator_id = o.id
         LEFT JOIN holding h ON h.account_id = $1 AND h.holder = o.id
         WHERE o.shift_at IS NOT NULL AND COALESCE(d.capacity, a.capacity) > COALESCE(h.inbox, 0)",
    )
    .bind(account.0)
    .fetch_all(&mut **tx)
    .await?
    .iter()
    .map(|row| {
        Ok(Hand {
            id: OperatorId(row.try_get("id")?),
            name: row.try_get("name")?,
            turn: row.try_get("turn")?,
            free: row.try_get("free")?,
        })
    })
    .collect::<sqlx::Result<Vec<_>>>()?;
    let last = sqlx::query_scalar("SELECT COALESCE(MAX(turn), 0) FROM duty WHERE account_id = $1")
        .bind(account.0)
        .fetch_one(&mut **tx)
        .await?;
    Ok((hands, last))
}

/// The rooms that wait longest, for anybody (`crew` is none) or for one crew.
pub async fn waiting(tx: &mut Tx, account: AccountId, crew: Option<CrewId>, most: i64) -> sqlx::Result<Vec<Waiting>> {
    macro_rules! waiting {
        ($crew:literal) => {
            concat!(
                "SELECT id, queued_at, crew FROM room WHERE account_id = $1 AND ",
                $crew,
                " AND queued_at > 0 AND assignee IS NULL AND spam = 0 AND state <> 'resolved' ORDER BY queued_at, id LIMIT $2"
            )
        };
    }
    let query = match crew {
        None => sqlx::query(waiting!("crew IS NULL")).bind(account.0).bind(most),
        Some(crew) => sqlx::query(waiting!("crew = $3")).bind(account.0).bind(most).bind(crew.0),
    };
    query
        .fetch_all(&mut **tx)
        .await?
        .iter()
        .map(|row| {
            Ok(Waiting {
                since: row.try_get("queued_at")?,
                room: RoomId(row.try_get("id")?),
                crew: row.try_get::<Option<i64>, _>("crew")?.map(CrewId),
            })
        })
        .collect()
}

/// Writes what was given out, and whose turn it was.
pub async fn give(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    given: &[(RoomId, OperatorId)],
    hands: &[Hand],
) -> sqlx::Result<()> {
    let rooms: Vec<_> = given.iter().map(|(room, to)| json!({"r": room.0, "o": to.0})).collect();
    sqlx::query(
        "UPDATE room SET queued_at = 0, seq = $2, assignee = (SELECT CAST(value ->> 'o' AS BIGINT) FROM json_each($3)
            WHERE CAST(value ->> 'r' AS BIGINT) = room.id)
         WHERE account_id = $1 AND id IN (SELECT CAST(value ->> 'r' AS BIGINT) FROM json_each($3))",
    )
    .bind(account.0)
    .bind(seq)
    .bind(serde_json::to_string(&rooms).unwrap_or_default())
    .execute(&mut **tx)
    .await?;
    let served: HashSet<OperatorId> = given.iter().map(|(_, to)| *to).collect();
    let turns = hands.iter().filter(|hand| served.contains(&hand.id));
    let turns: Vec<_> = turns.map(|hand| json!({"o": hand.id.0, "t": hand.turn})).collect();
    sqlx::query(
        "INSERT INTO duty (account_id, operator_id, turn)
         SELECT $1, CAST(value ->> 'o' AS BIGINT), CAST(value ->> 't' AS BIGINT) FROM json_each($2) WHERE true
         ON CONFLICT (account_id, operator_id) DO UPDATE SET turn = excluded.turn",
    )
    .bind(account.0)
    .bind(serde_json::to_string(&turns).unwrap_or_default())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Takes every room from an operator who leaves; those still to be handled wait for somebody else from `now` on, where rooms
/// are given out by themselves. The rooms that were still to be handled.
pub async fn release(
    tx: &mut Tx,
    account: AccountId,
    operator: OperatorId,
    seq: i64,
    now: i64,
) -> sqlx::Result<Vec<RoomId>> {
    let open: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM room WHERE account_id = $1 AND assignee = $2 AND spam = 0 AND state <> 'resolved'",
    )
    .bind(account.0)
    .bind(operator.0)
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query("UPDATE room SET assignee = NULL, seq = $3 WHERE account_id = $1 AND assignee = $2")
        .bind(account.0)
        .bind(operator.0)
        .bind(seq)
        .execute(&mut **tx)
        .await?;
    if is_auto(tx, account).await? {
        queue(tx, account, now, &open).await?;
    }
    forget_holder(tx, account, operator.0).await?;
    sqlx::query("DELETE FROM mark WHERE account_id = $1 AND operator_id = $2")
        .bind(account.0)
        .bind(operator.0)
        .execute(&mut **tx)
        .await?;
    Ok(open.into_iter().map(RoomId).collect())
}

/// Takes every room from a crew that is dissolved. The people in it keep theirs.
pub async fn dissolve(tx: &mut Tx, account: AccountId, crew: CrewId, seq: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE room SET crew = NULL, seq = $3 WHERE account_id = $1 AND crew = $2")
        .bind(account.0)
        .bind(crew.0)
        .bind(seq)
        .execute(&mut **tx)
        .await?;
    forget_holder(tx, account, crew.0).await
}

async fn forget_holder(tx: &mut Tx, account: AccountId, holder: i64) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM holding WHERE account_id = $1 AND holder = $2")
        .bind(account.0)
        .bind(holder)
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Whether somebody who answers a room that nobody has takes it.
pub async fn takes_on_reply(tx: &mut Tx, account: AccountId) -> sqlx::Result<bool> {
    let takes: i32 = sqlx::query("SELECT take_on_reply FROM account WHERE id = $1")
        .bind(account.0)
        .fetch_one(&mut **tx)
        .await?
        .try_get(0)?;
    Ok(takes == 1)
}

/// How an account gives out rooms.
pub async fn rules(db: &AnyPool, account: AccountId) -> sqlx::Result<Rules> {
    let row = sqlx::query(
        "SELECT t.auto, a.capacity, a.take_on_reply FROM tally t JOIN account a ON a.id = t.account_id WHERE t.account_id = $1",
    )
    .bind(account.0)
    .fetch_one(db)
    .await?;
    let people = sqlx::query(
        "SELECT o.id, o.name, d.capacity FROM operator o LEFT JOIN duty d ON d.account_id = $1 AND d.operator_id = o.id
         ORDER BY o.name, o.id",
    )
    .bind(account.0)
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(Duty { id: OperatorId(row.try_get("id")?), name: row.try_get("name")?, capacity: row.try_get("capacity")? })
    })
    .collect::<sqlx::Result<Vec<_>>>()?;
    Ok(Rules {
        auto: row.try_get::<i32, _>("auto")? == 1,
        capacity: row.try_get("capacity")?,
        take_on_reply: row.try_get::<i32, _>("take_on_reply")? == 1,
        people,
    })
}

/// Writes how an account gives out rooms. Where it no longer does, nothing waits.
pub async fn set_rules(tx: &mut Tx, account: AccountId, rules: &Rules) -> sqlx::Result<()> {
    sqlx::query("UPDATE tally SET auto = $2 WHERE account_id = $1")
        .bind(account.0)
        .bind(i16::from(rules.auto))
        .execute(&mut **tx)
        .await?;
    sqlx::query("UPDATE account SET capacity = $2, take_on_reply = $3 WHERE id = $1")
        .bind(account.0)
        .bind(rules.capacity)
        .bind(i16::from(rules.take_on_reply))
        .execute(&mut **tx)
        .await?;
    let people: Vec<_> = rules.people.iter().map(|duty| json!({"o": duty.id.0, "c": duty.capacity})).collect();
    sqlx::query(
        "INSERT INTO duty (account_id, operator_id, capacity)
         SELECT $1, o.id, CAST(j.value ->> 'c' AS BIGINT) FROM json_each($2) j
            CROSS JOIN operator o WHERE o.id = CAST(j.value ->> 'o' AS BIGINT)
         ON CONFLICT (account_id, operator_id) DO UPDATE SET capacity = excluded.capacity",
    )
    .bind(account.0)
    .bind(serde_json::to_string(&people).unwrap_or_default())
    .execute(&mut **tx)
    .await?;
    if !rules.auto {
        sqlx::query("UPDATE room SET queued_at = 0 WHERE account_id = $1 AND queued_at > 0")
            .bind(account.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
