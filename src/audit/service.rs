//! Writing the log and looking into it.

use super::{
    model::{Action, PAGE, Page, Search},
    store,
};
use crate::{
    error::AppError,
    id::AccountId,
    server::{
        session::{self, Operator},
        state::State,
    },
};

/// Notes what an operator did, right after it was done. A log that can't be written does not undo the deed; it is said
/// in the program's own log.
pub async fn record(op: &Operator, action: Action, subject: &str) {
    let account = Some(op.account()).filter(|account| *account != AccountId::default());
    write(&op.state, Some(op.id), &op.name, account, action, subject).await;
}

/// Notes what somebody did who is not logged in yet; `name` says who it is, or claims to be.
pub async fn record_stranger(state: &State, name: &str, action: Action, subject: &str) {
    write(state, None, name, None, action, subject).await;
}

async fn write(
    state: &State,
    operator: Option<crate::id::OperatorId>,
    name: &str,
    account: Option<AccountId>,
    action: Action,
    subject: &str,
) {
    let cut = |text: &str| text.chars().take(300).collect::<String>();
    let (name, subject, address) = (cut(name), cut(subject), session::client_address());
    let new = store::New { operator, name: &name, account, action, subject: &subject, address: &address };
    if let Err(error) = store::append(&state.db, &new).await {
        tracing::error!(%error, action = action.name(), operator = name, "a line of the audit log could not be written");
    }
}

/// Lines of the log, the newest first.
pub async fn find(op: &Operator, search: &Search) -> Result<Page, AppError> {
    let mut entries = store::find(op.state.db.read(), search).await?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    Ok(Page { entries, more })
}
