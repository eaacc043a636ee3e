//! The same person in several accounts. Two contacts are never made one: an operator says that they are one person,
//! sees both rooms from either, and can take it back. Each account is looked into only after it was asked whether
//! this operator may open it, so nothing of another one is ever told.

use crate::{
    account,
    chat::{
        model::gone::{Kin, LIKELY},
        store::kin::{self, Face},
    },
    error::{AppError, Reason},
    id::{AccountId, ContactId, RoomId, make},
    server::{
        db::{self, Tx},
        session::{self, Operator},
    },
    team::model::Permission,
    time::now,
};

/// The other accounts that this operator can open.
async fn others(op: &Operator) -> Result<Vec<Operator>, AppError> {
    let mut others = Vec::new();
    for brief in account::service::briefs(&op.state).await? {
        if brief.id == op.account() {
            continue;
        }
        match session::elsewhere(op, brief.id, Permission::ReadChats).await {
            Ok(other) => others.push(other),
            Err(AppError::Forbidden | AppError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(others)
}

async fn faces(other: &Operator, faces: Vec<Face>) -> Result<Vec<Kin>, AppError> {
    if faces.is_empty() {
        return Ok(Vec::new());
    }
    let account_name = kin::account_name(other.state.db.read(), other.account()).await?;
    let kin = |(room, name, picture)| Kin {
        account: other.account(),
        account_name: account_name.clone(),
        room,
        name,
        picture,
    };
    Ok(faces.into_iter().map(kin).collect())
}

/// The same person in the operator's other accounts.
pub async fn of(op: &Operator, room: RoomId) -> Result<Vec<Kin>, AppError> {
    let read = op.state.db.read();
    let Some(person) = kin::person_of_room(read, op.account(), room).await? else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for other in others(op).await? {
        all.extend(faces(&other, kin::rooms(read, other.account(), person).await?).await?);
    }
    Ok(all)
}

/// Friends of the operator's other accounts whose name holds these words.
pub async fn find(op: &Operator, room: RoomId, name: &str) -> Result<Vec<Kin>, AppError> {
    let result = async {
        let read = op.state.db.read();
        kin::contact(read, op.account(), room).await?.ok_or(AppError::NotFound)?;
        let name = name.trim();
        if name.chars().count() > 100 {
            return Err(AppError::field("name", Reason::TooLong { limit: 100 }));
        }
        let known = of(op, room).await?;
        let mut all = Vec::new();
        for other in others(op).await? {
            all.extend(faces(&other, kin::named(read, other.account(), name, LIKELY).await?).await?);
        }
        all.retain(|one| !known.iter().any(|kin| (kin.account, kin.room) == (one.account, one.room)));
        Ok(all)
    };
    session::answer(result.await)
}

/// Both sides of a link, for which the operator needs both accounts. Their numbers are taken in the order of their
/// ids, so that two operators can't wait for each other.
async fn both(
    op: &Operator,
    room: RoomId,
    other: AccountId,
    other_room: RoomId,
) -> Result<(Tx, ContactId, ContactId), AppError> {
    if other == op.account() {
        return Err(AppError::Conflict);
    }
    session::elsewhere(op, other, Permission::Reply).await?;
    let mut tx = op.state.db.begin().await?;
    db::next_seq(&mut tx, op.account().min(other)).await?;
    db::next_seq(&mut tx, op.account().max(other)).await?;
    let one = kin::contact(&mut *tx, op.account(), room).await?.ok_or(AppError::NotFound)?;
    let two = kin::contact(&mut *tx, other, other_room).await?.ok_or(AppError::NotFound)?;
    Ok((tx, one, two))
}

/// Says that two friends are one person. Whoever was that person already, in a third account, still is.
pub async fn link(op: &Operator, room: RoomId, other: AccountId, other_room: RoomId) -> Result<Vec<Kin>, AppError> {
    let result = async {
        let (mut tx, one, two) = both(op, room, other, other_room).await?;
        let known = kin::person(&mut *tx, op.account(), one).await?;
        let person = match (known, kin::person(&mut *tx, other, two).await?) {
            (Some(person), None) | (None, Some(person)) => person,
            (None, None) => make::next(),
            (Some(one), Some(two)) if one == two => one,
            // Two people of several accounts each: joining them would link rooms that nobody has looked at.
            (Some(_), Some(_)) => return Err(AppError::Conflict),
        };
        kin::set(&mut tx, op.account(), one, person, op.id, now()).await?;
        kin::set(&mut tx, other, two, person, op.id, now()).await?;
        op.state.commit(tx, op.account()).await?;
        of(op, room).await
    };
    session::answer(result.await)
}

/// Takes it back: the other friend is nobody else any more.
pub async fn unlink(op: &Operator, room: RoomId, other: AccountId, other_room: RoomId) -> Result<Vec<Kin>, AppError> {
    let result = async {
        let (mut tx, one, two) = both(op, room, other, other_room).await?;
        let (known, person) =
            (kin::person(&mut *tx, op.account(), one).await?, kin::person(&mut *tx, other, two).await?);
        if person.is_none() || person != known {
            return Err(AppError::NotFound);
        }
        kin::clear(&mut tx, other, two).await?;
        op.state.commit(tx, op.account()).await?;
        of(op, room).await
    };
    session::answer(result.await)
}
