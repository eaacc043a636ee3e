//! Tells the streams of an account that something was committed. It carries the account's id only:
//! what changed is read from the database, once an account and node, however many listen.

use crate::id::{AccountId, OperatorId};
use std::{collections::HashMap, sync::Mutex};
use tokio::sync::broadcast;

/// What every stream of an account receives: one encoded update, or who is in a room.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The sequence number after it; nothing for who is here, which is stored nowhere.
    pub seq: i64,
    /// The `data` of the server-sent event: one JSON object.
    pub json: std::sync::Arc<str>,
    /// It tells who is here: an event of that name, which nobody can have missed.
    pub here: bool,
    /// What only one operator is told of it: their own marks, as JSON.
    pub own: std::sync::Arc<HashMap<OperatorId, String>>,
    /// It tells everything after this sequence number.
    pub after: i64,
}

impl Frame {
    /// The event's data for one operator.
    pub fn data(&self, operator: OperatorId) -> std::borrow::Cow<'_, str> {
        match (self.own.get(&operator), self.json.strip_suffix('}')) {
            (Some(marks), Some(open)) => format!("{open},\"marks\":{marks}}}").into(),
            _ => (&*self.json).into(),
        }
    }
}

/// The announcements of this node.
#[derive(Default)]
pub struct Hub {
    accounts: Mutex<HashMap<AccountId, Channel>>,
}

struct Channel {
    frames: broadcast::Sender<Frame>,
    wake: std::sync::Arc<tokio::sync::Notify>,
}

/// How many frames a slow stream may fall behind before it is told to load anew.
const BACKLOG: usize = 256;

impl Hub {
    /// Something was committed in this account.
    pub fn announce(&self, account: AccountId) {
        if let Ok(accounts) = self.accounts.lock()
            && let Some(channel) = accounts.get(&account)
        {
            channel.wake.notify_one();
        }
    }

    /// Tells the streams of an account something that is stored nowhere.
    pub fn tell(&self, account: AccountId, frame: Frame) {
        if let Ok(accounts) = self.accounts.lock()
            && let Some(channel) = accounts.get(&account)
        {
            let _ = channel.frames.send(frame);
        }
    }

    /// Joins the frames of an account. The second part is given to the first listener only: it must
    /// run the reader that turns announcements into frames, and gets what it needs for that.
    pub fn listen(&self, account: AccountId) -> (broadcast::Receiver<Frame>, Option<Reader>) {
        let Ok(mut accounts) = self.accounts.lock() else { return (broadcast::channel(1).1, None) };
        if let Some(channel) = accounts.get(&account) {
            return (channel.frames.subscribe(), None);
        }
        let (frames, receiver) = broadcast::channel(BACKLOG);
        let wake = std::sync::Arc::<tokio::sync::Notify>::default();
        accounts.insert(account, Channel { frames: frames.clone(), wake: wake.clone() });
        (receiver, Some(Reader { frames, wake }))
    }

    /// The reader stops when nobody listens any more. `true` if it may: nobody joined meanwhile.
    pub fn retire(&self, account: AccountId, reader: &Reader) -> bool {
        let Ok(mut accounts) = self.accounts.lock() else { return true };
        if reader.frames.receiver_count() > 0 {
            return false;
        }
        accounts.remove(&account);
        true
    }
}

/// What the one reader of an account works with.
pub struct Reader {
    /// Where its frames go.
    pub frames: broadcast::Sender<Frame>,
    /// Woken by announcements.
    pub wake: std::sync::Arc<tokio::sync::Notify>,
}
