//! Giving rooms to people and crews, by hand, by answering, and in turn; pins and mutes.

use crate::{
    chat::{
        model::{Holder, MOST_CAPACITY, MOST_MUTES, MOST_PINS, Mark, Rules, Waiting, deal as in_turn, handed},
        store::assign::{self as store, Happening, Held},
    },
    error::{AppError, Reason},
    id::{AccountId, CrewId, OperatorId, RoomId},
    line::event::{Content, Notice},
    server::{
        db::{self, Engine, Tx},
        session::{self, Operator},
        state::State,
    },
    time::now,
};
use sqlx::AnyConnection;

fn assigned(by: Option<String>, to: Option<String>, own: bool) -> String {
    let content = Content::Notice { notice: Notice::Assigned { by, to, own } };
    serde_json::to_string(&content).unwrap_or_default()
}

fn full(limit: i64) -> Reason {
    Reason::Full { limit: u32::try_from(limit).unwrap_or(u32::MAX) }
}

/// Gives a room to a person or a crew, or takes it from everybody. `only_free`: not when a colleague has it, because two who
/// reach for the same room must not both believe that it is theirs.
pub async fn assign(op: &Operator, room: RoomId, to: Option<Holder>, only_free: bool) -> Result<(), AppError> {
    session::answer(try_assign(op, room, to, only_free).await)
}

async fn try_assign(op: &Operator, room: RoomId, to: Option<Holder>, only_free: bool) -> Result<(), AppError> {
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    let held = store::held(&mut tx, account, room).await?.ok_or(AppError::NotFound)?;
    if only_free && held.assignee.is_some_and(|has| to != Some(Holder::Person(has))) {
        return Err(AppError::Conflict);
    }
    let name = match to {
        None => None,
        Some(Holder::Person(id)) => Some(store::person(&mut tx, id).await?.ok_or(AppError::NotFound)?),
        Some(Holder::Crew(id)) => Some(store::crew(&mut tx, id).await?.ok_or(AppError::NotFound)?),
    };
    let members = store::memberships(&mut tx).await?;
    let after = handed(held.crew, to, |crew, person| members.contains(&(crew, person)));
    if after == (held.assignee, held.crew) {
        return Ok(());
    }
    // A crew's room is a room for whoever of them is next, where rooms are given out.
    let waits = held.open && after.0.is_none() && after.1.is_some() && store::is_auto(&mut tx, account).await?;
    store::hand(&mut tx, account, room, seq, after, if waits { now() } else { 0 }).await?;
    let content = assigned(Some(op.name.clone()), name, after.0 == Some(op.id));
    store::add_happenings(&mut tx, account, seq, &[Happening { room, by: Some(op.id), content }]).await?;
    deal(&mut tx, account, seq).await?;
    Ok(op.state.commit(tx, account).await?)
}

/// Whoever answers a room that nobody has takes it, where the account wants it so. Call it where a message of an operator is
/// queued, in the same transaction.
pub async fn on_reply(tx: &mut Tx, op: &Operator, room: RoomId, seq: i64) -> sqlx::Result<()> {
    let account = op.account();
    if !store::takes_on_reply(tx, account).await? {
        return Ok(());
    }
    let Some(Held { assignee: None, crew, .. }) = store::held(tx, account, room).await? else { return Ok(()) };
    store::hand(tx, account, room, seq, (Some(op.id), crew), 0).await?;
    let content = assigned(Some(op.name.clone()), Some(op.name.clone()), true);
    store::add_happenings(tx, account, seq, &[Happening { room, by: Some(op.id), content }]).await
}

/// Gives out what waits, to whoever's turn it is. Whatever makes somebody free, or makes a room wait, ends with this, in its own
/// transaction: the account's sequence number is the lock, so two nodes never see the same turn.
pub async fn deal(tx: &mut Tx, account: AccountId, seq: i64) -> sqlx::Result<()> {
    if !store::is_due(tx, account).await? {
        return Ok(());
    }
    let (mut hands, last) = store::hands(tx, account).await?;
    let free: i64 = hands.iter().map(|hand| hand.free).sum();
    if free == 0 {
        return Ok(());
    }
    let members = store::memberships(tx).await?;
    let mut crews: Vec<CrewId> = members
        .iter()
        .filter(|(_, person)| hands.iter().any(|hand| hand.id == *person))
        .map(|(crew, _)| *crew)
        .collect();
    crews.sort_unstable();
    crews.dedup();
    let mut waiting: Vec<Waiting> = store::waiting(tx, account, None, free).await?;
    for crew in crews {
        waiting.extend(store::waiting(tx, account, Some(crew), free).await?);
    }
    let given = in_turn(&mut hands, &mut waiting, last, |crew, person| members.contains(&(crew, person)));
    if given.is_empty() {
        return Ok(());
    }
    store::give(tx, account, seq, &given, &hands).await?;
    let name = |id: OperatorId| hands.iter().find(|hand| hand.id == id).map(|hand| hand.name.clone());
    let happenings: Vec<_> = given
        .iter()
        .map(|(room, to)| Happening { room: *room, by: None, content: assigned(None, name(*to), false) })
        .collect();
    store::add_happenings(tx, account, seq, &happenings).await
}

/// The friends of these rooms wrote: those that nobody has wait from now on, and are given out.
pub async fn written(tx: &mut Tx, account: AccountId, seq: i64, now: i64, rooms: &[i64]) -> sqlx::Result<()> {
    store::queue(tx, account, now, rooms).await?;
    deal(tx, account, seq).await
}

/// Keeps a room on top of this operator's own list, or lets it go. Colleagues' lists stay as they are.
pub async fn set_pin(op: &Operator, room: RoomId, on: bool) -> Result<(), AppError> {
    change_mark(op, room, |mark| mark.pinned_at = if on { now() } else { 0 }).await
}

/// This operator wants to hear nothing of a room, or wants to again.
pub async fn set_mute(op: &Operator, room: RoomId, on: bool) -> Result<(), AppError> {
    change_mark(op, room, |mark| mark.muted = on).await
}

async fn change_mark(op: &Operator, room: RoomId, change: impl FnOnce(&mut Mark)) -> Result<(), AppError> {
    let result = async {
        let account = op.account();
        let mut tx = op.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        store::held(&mut tx, account, room).await?.ok_or(AppError::NotFound)?;
        let before = store::own_mark(&mut tx, account, op.id, room).await?;
        let before = before.unwrap_or(Mark { room, seq: 0, pinned_at: 0, muted: false });
        let mut mark = before;
        change(&mut mark);
        if (mark.pinned_at > 0, mark.muted) == (before.pinned_at > 0, before.muted) {
            return Ok(());
        }
        let (pins, mutes) = store::count_marks(&mut tx, account, op.id).await?;
        if mark.pinned_at > 0 && before.pinned_at == 0 && pins >= MOST_PINS {
            return Err(AppError::field("pin", full(MOST_PINS)));
        }
        if mark.muted && !before.muted && mutes >= MOST_MUTES {
            return Err(AppError::field("mute", full(MOST_MUTES)));
        }
        mark.seq = seq;
        store::set_mark(&mut tx, account, op.id, &mark).await?;
        // Told with its mark: a room that is pinned far down the list is not known to every browser.
        store::touch(&mut tx, account, room, seq).await?;
        Ok(op.state.commit(tx, account).await?)
    };
    session::answer(result.await)
}

/// How the account gives out rooms.
pub async fn rules(op: &Operator) -> Result<Rules, AppError> {
    Ok(store::rules(op.state.db.read(), op.account()).await?)
}

/// Changes how the account gives out rooms; what waits is given out by the new rules at once.
pub async fn set_rules(op: &Operator, rules: &Rules) -> Result<(), AppError> {
    let fits = |capacity: i64| (0..=MOST_CAPACITY).contains(&capacity);
    if !fits(rules.capacity) || !rules.people.iter().filter_map(|duty| duty.capacity).all(fits) {
        return session::answer(Err(AppError::field("capacity", Reason::Invalid)));
    }
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    store::set_rules(&mut tx, account, rules).await?;
    deal(&mut tx, account, seq).await?;
    Ok(op.state.commit(tx, account).await?)
}

/// A change to the people, their shifts or their crews. It takes the sequence number of every account first, in the order of
/// their ids, so that nobody gives out a room to somebody who is just leaving; at its end the screens of all accounts are told,
/// and what waits is given to whoever came free.
pub struct TeamChange {
    state: State,
    tx: Tx,
    seqs: Vec<(AccountId, i64)>,
}

impl TeamChange {
    /// Begins the change.
    pub async fn begin(state: &State) -> sqlx::Result<Self> {
        let mut tx = state.db.begin().await?;
        let accounts: Vec<i64> =
            sqlx::query_scalar("SELECT account_id FROM tally ORDER BY account_id").fetch_all(&mut *tx).await?;
        let mut seqs = Vec::with_capacity(accounts.len());
        for account in accounts.into_iter().map(AccountId) {
            match db::next_seq(&mut tx, account).await {
                Ok(seq) => seqs.push((account, seq)),
                // Disconnected a moment ago.
                Err(sqlx::Error::RowNotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self { state: state.clone(), tx, seqs })
    }

    /// Where the change is written.
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// Takes everything from an operator who leaves; `by` is who removes them.
    pub async fn release(&mut self, by: &Operator, operator: OperatorId) -> sqlx::Result<()> {
        for (account, seq) in &self.seqs {
            let open = store::release(&mut self.tx, *account, operator, *seq, now()).await?;
            let content = assigned(Some(by.name.clone()), None, false);
            let told: Vec<_> =
                open.into_iter().map(|room| Happening { room, by: Some(by.id), content: content.clone() }).collect();
            store::add_happenings(&mut self.tx, *account, *seq, &told).await?;
        }
        Ok(())
    }

    /// Takes everything from a crew that is dissolved.
    pub async fn dissolve(&mut self, crew: CrewId) -> sqlx::Result<()> {
        for (account, seq) in &self.seqs {
            store::dissolve(&mut self.tx, *account, crew, *seq).await?;
        }
        Ok(())
    }

    /// Gives out what waits, commits and tells everybody.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        for (account, seq) in &self.seqs {
            sqlx::query("UPDATE tally SET team_seq = $2 WHERE account_id = $1")
                .bind(account.0)
                .bind(*seq)
                .execute(&mut *self.tx)
                .await?;
            deal(&mut self.tx, *account, *seq).await?;
            if self.state.db.engine == Engine::Postgres {
                db::notify(&mut self.tx, *account).await?;
            }
        }
        self.tx.commit().await?;
        for (account, _) in &self.seqs {
            self.state.announce(*account);
        }
        Ok(())
    }
}
