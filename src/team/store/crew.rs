//! Crews and shifts in the database.

use crate::{
    id::{CrewId, OperatorId},
    team::model::{Colleague, Crew, Roster},
    time::now,
};
use sqlx::{AnyConnection, AnyPool, Row};
use std::collections::HashMap;

/// Everybody and every crew, by name. `seq` is the commit that it shows.
pub async fn roster(db: &AnyPool, seq: i64) -> sqlx::Result<Roster> {
    let people = sqlx::query("SELECT id, name, shift_at FROM operator ORDER BY name, id")
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| {
            Ok(Colleague {
                id: OperatorId(row.try_get("id")?),
                name: row.try_get("name")?,
                on_shift: row.try_get::<Option<i64>, _>("shift_at")?.is_some(),
            })
        })
        .collect::<sqlx::Result<Vec<_>>>()?;
    let mut members: HashMap<i64, Vec<OperatorId>> = HashMap::new();
    let pairs: Vec<(i64, i64)> =
        sqlx::query_as("SELECT crew_id, operator_id FROM crew_member ORDER BY crew_id, operator_id")
            .fetch_all(db)
            .await?;
    for (crew, operator) in pairs {
        members.entry(crew).or_default().push(OperatorId(operator));
    }
    let crews: Vec<(i64, String)> = sqlx::query_as("SELECT id, name FROM crew ORDER BY name, id").fetch_all(db).await?;
    let crews = crews.into_iter().map(|(id, name)| Crew {
        id: CrewId(id),
        name,
        members: members.remove(&id).unwrap_or_default(),
    });
    Ok(Roster { seq, people, crews: crews.collect() })
}

/// Adds a crew. `crew_name` is violated when there is one of that name.
pub async fn add(db: &mut AnyConnection, id: CrewId, name: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO crew (id, name, created_at) VALUES ($1, $2, $3)")
        .bind(id.0)
        .bind(name)
        .bind(now())
        .execute(db)
        .await
        .map(drop)
}

/// Renames a crew. `false` when there is no such one.
pub async fn rename(db: &mut AnyConnection, id: CrewId, name: &str) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE crew SET name = $2 WHERE id = $1").bind(id.0).bind(name).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// Sets who belongs to a crew; whoever is not there is left out.
pub async fn set_members(db: &mut AnyConnection, id: CrewId, members: &[OperatorId]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM crew_member WHERE crew_id = $1").bind(id.0).execute(&mut *db).await?;
    for member in members {
        sqlx::query(
            "INSERT INTO crew_member (crew_id, operator_id) SELECT $1, id FROM operator WHERE id = $2 ON CONFLICT DO NOTHING",
        )
        .bind(id.0)
        .bind(member.0)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Removes a crew. `false` when there is no such one.
pub async fn remove(db: &mut AnyConnection, id: CrewId) -> sqlx::Result<bool> {
    Ok(sqlx::query("DELETE FROM crew WHERE id = $1").bind(id.0).execute(db).await?.rows_affected() > 0)
}

/// Whether an operator is on shift, and after how many ms without a request that ends by itself.
pub async fn shift(db: &AnyPool, operator: OperatorId) -> sqlx::Result<(bool, i64)> {
    let row =
        sqlx::query("SELECT shift_at, shift_away FROM operator WHERE id = $1").bind(operator.0).fetch_one(db).await?;
    Ok((row.try_get::<Option<i64>, _>("shift_at")?.is_some(), row.try_get("shift_away")?))
}

/// Begins or ends a shift. `false` when it was so already.
pub async fn set_shift(db: &mut AnyConnection, operator: OperatorId, on: bool) -> sqlx::Result<bool> {
    let query = if on {
        // Being seen now counts against being away.
        sqlx::query("UPDATE operator SET shift_at = $2, seen_at = $2 WHERE id = $1 AND shift_at IS NULL")
            .bind(operator.0)
            .bind(now())
    } else {
        sqlx::query("UPDATE operator SET shift_at = NULL WHERE id = $1 AND shift_at IS NOT NULL").bind(operator.0)
    };
    Ok(query.execute(db).await?.rows_affected() > 0)
}

/// After how many ms without a request a shift ends by itself; 0 is never.
pub async fn set_away(db: &mut AnyConnection, operator: OperatorId, away: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE operator SET shift_away = $2 WHERE id = $1")
        .bind(operator.0)
        .bind(away)
        .execute(db)
        .await
        .map(drop)
}

/// Whoever is on shift, wants it to end when away, and has been away so long at `now`.
pub async fn away(db: &AnyPool, now: i64) -> sqlx::Result<Vec<OperatorId>> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM operator WHERE shift_at IS NOT NULL AND shift_away > 0 AND COALESCE(seen_at, shift_at) < $1 - shift_away
            AND shift_at < $1 - shift_away",
    )
    .bind(now)
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OperatorId).collect())
}
