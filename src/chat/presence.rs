//! Who looks at a room and who writes in it, of everybody on every node. Signs of life live in memory, go to the
//! other nodes by the database's own messages, and never into a table.

use super::{
    model::{
        Author,
        here::{Here, Sign, Watch},
    },
    store::room,
};
use crate::{
    error::{AppError, Reason},
    id::{AccountId, RoomId},
    server::{
        db,
        hub::Frame,
        session::{self, Operator},
        state::State,
    },
    time::{MINUTE, now},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

/// What a node knows.
pub struct Presence {
    /// Tells this node's own words apart when they come back from the database.
    node: u64,
    rooms: Mutex<HashMap<(AccountId, RoomId), Watch>>,
    swept: AtomicI64,
}

impl Default for Presence {
    fn default() -> Self {
        Self { node: rand::random(), rooms: Mutex::default(), swept: AtomicI64::new(0) }
    }
}

/// A sign of life, as it travels between nodes.
#[derive(Serialize, Deserialize)]
struct Told {
    node: u64,
    account: AccountId,
    room: RoomId,
    who: Author,
    tab: String,
    sign: Sign,
}

impl Presence {
    /// Takes a sign; answers what to tell the account's screens, if there is news.
    fn take(&self, told: &Told, now: i64) -> Option<Here> {
        let mut rooms = self.rooms.lock().ok()?;
        if self.swept.load(Ordering::Relaxed) + MINUTE < now {
            self.swept.store(now, Ordering::Relaxed);
            rooms.retain(|_, watch| !watch.is_empty(now));
        }
        let watch = rooms.entry((told.account, told.room)).or_default();
        let news = watch.take(&told.who, &told.tab, told.sign, now);
        news.then(|| Here { room: told.room, people: watch.people(now) })
    }

    fn here(&self, account: AccountId, room: RoomId, now: i64) -> Here {
        let people = self.rooms.lock().ok().and_then(|rooms| Some(rooms.get(&(account, room))?.people(now)));
        Here { room, people: people.unwrap_or_default() }
    }
}

/// An operator gives a sign of life in a room of their account; answers who is there.
pub async fn sign(op: &Operator, id: RoomId, tab: &str, sign: Sign) -> Result<Here, AppError> {
    let result = async {
        if !(8..=64).contains(&tab.len()) || !tab.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(AppError::field("tab", Reason::Invalid));
        }
        let (state, account) = (&op.state, op.account());
        // Names are told only where the room is: one of another account is none of theirs.
        if room::one(state.db.read(), account, id).await?.is_none() {
            return Err(AppError::NotFound);
        }
        let who = Author { id: op.id, name: op.name.clone() };
        let told = Told { node: state.presence.node, account, room: id, who, tab: tab.to_owned(), sign };
        heed(state, &told);
        // Not being able to tell the other nodes is no reason to keep anybody from working.
        if let Err(error) = db::tell(&state.db, &serde_json::to_string(&told).unwrap_or_default()).await {
            tracing::warn!(%error, "the other nodes could not be told who is here");
        }
        Ok(state.presence.here(account, id, now()))
    };
    session::answer(result.await)
}

/// A sign of life that came from another node.
pub fn hear(state: &State, text: &str) {
    if let Ok(told) = serde_json::from_str::<Told>(text)
        && told.node != state.presence.node
    {
        heed(state, &told);
    }
}

fn heed(state: &State, told: &Told) {
    if let Some(here) = state.presence.take(told, now()) {
        let json = serde_json::to_string(&here).unwrap_or_default();
        state.hub.tell(
            told.account,
            Frame { seq: 0, json: json.into(), here: true, own: std::sync::Arc::default(), after: 0 },
        );
    }
}
