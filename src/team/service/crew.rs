//! Crews, and who is on shift.

use crate::{
    chat::service::assign::TeamChange,
    error::{AppError, Reason},
    id::{CrewId, OperatorId, make},
    server::{
        session::{self, Operator},
        state::State,
    },
    team::{
        model::{CREW_NAME, Crew, Roster, SHIFT_AWAY},
        store::crew as store,
    },
    time::{MINUTE, now},
};
use sqlx::AnyPool;

/// Everybody and every crew; `seq` is the commit that it shows.
pub async fn roster(db: &AnyPool, seq: i64) -> sqlx::Result<Roster> {
    store::roster(db, seq).await
}

/// Every crew.
pub async fn list_crews(op: &Operator) -> Result<Vec<Crew>, AppError> {
    Ok(store::roster(op.state.db.read(), 0).await?.crews)
}

/// Adds a crew (`crew` is empty), or changes its name and members.
pub async fn save_crew(op: &Operator, crew: &str, name: &str, members: &[String]) -> Result<(), AppError> {
    session::answer(try_save(op, crew, name, members).await)
}

async fn try_save(op: &Operator, crew: &str, name: &str, members: &[String]) -> Result<(), AppError> {
    let name = name.trim();
    match name.chars().count() {
        0 => return Err(AppError::field("name", Reason::Empty)),
        long if long > CREW_NAME => {
            let limit = u32::try_from(CREW_NAME).unwrap_or(u32::MAX);
            return Err(AppError::field("name", Reason::TooLong { limit }));
        }
        _ => {}
    }
    let members: Vec<OperatorId> = members
        .iter()
        .map(|id| id.parse().map_err(|_| AppError::field("members", Reason::Invalid)))
        .collect::<Result<_, _>>()?;
    let taken = |error: sqlx::Error| {
        if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            AppError::field("name", Reason::Taken)
        } else {
            error.into()
        }
    };
    let mut change = TeamChange::begin(&op.state).await?;
    let id = if crew.is_empty() {
        let id = CrewId(make::next());
        store::add(change.connection(), id, name).await.map_err(taken)?;
        id
    } else {
        let id: CrewId = crew.parse().map_err(|_| AppError::NotFound)?;
        if !store::rename(change.connection(), id, name).await.map_err(taken)? {
            return Err(AppError::NotFound);
        }
        id
    };
    store::set_members(change.connection(), id, &members).await?;
    Ok(change.commit().await?)
}

/// Dissolves a crew: its rooms belong to no crew any more, the people in it keep theirs.
pub async fn remove_crew(op: &Operator, crew: &str) -> Result<(), AppError> {
    let result = async {
        let id: CrewId = crew.parse().map_err(|_| AppError::NotFound)?;
        let mut change = TeamChange::begin(&op.state).await?;
        change.dissolve(id).await?;
        if !store::remove(change.connection(), id).await? {
            return Err(AppError::NotFound);
        }
        Ok(change.commit().await?)
    };
    session::answer(result.await)
}

/// Begins or ends one's own shift. Coming on shift brings what waits.
pub async fn set_shift(op: &Operator, on: bool) -> Result<(), AppError> {
    Ok(shift(&op.state, op.id, on).await?)
}

/// Begins or ends somebody's shift.
pub async fn shift(state: &State, operator: OperatorId, on: bool) -> sqlx::Result<()> {
    if store::shift(state.db.read(), operator).await?.0 == on {
        return Ok(());
    }
    let mut change = TeamChange::begin(state).await?;
    if store::set_shift(change.connection(), operator, on).await? {
        change.commit().await?;
    }
    Ok(())
}

/// After how many minutes without a request one's shift ends by itself; 0 is never.
pub async fn set_away(op: &Operator, minutes: i64) -> Result<(), AppError> {
    let result = async {
        if !SHIFT_AWAY.contains(&minutes) {
            return Err(AppError::field("minutes", Reason::Invalid));
        }
        let mut tx = op.state.db.begin().await?;
        store::set_away(&mut tx, op.id, minutes * MINUTE).await?;
        Ok(tx.commit().await?)
    };
    session::answer(result.await)
}

/// Ends the shifts of those who wanted it so and have been away.
pub async fn end_shifts(state: &State) -> sqlx::Result<()> {
    for operator in store::away(state.db.read(), now()).await? {
        tracing::info!(%operator, "away for long: the shift ends");
        shift(state, operator, false).await?;
    }
    Ok(())
}
