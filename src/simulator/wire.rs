//! What went over the wire, kept as it came: bytes and headers. It is set out for reading (`wire::shown`) only
//! when somebody looks, so that a call pays for little more than the copy of a small body.

mod mask;
mod pretty;
mod shown;

pub use shown::Names;

use crate::time;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::watch;

/// How many requests are kept.
const KEPT: usize = 1_000;
/// The most bytes that are kept of one body.
pub const BODY: usize = 256 * 1024;
/// The most bytes that are kept of all bodies.
const ALL_BODIES: usize = 64 * 1024 * 1024;
/// Up to this size a body is copied: what came in may be a small piece of a large buffer.
const COPIED: usize = 16 * 1024;

/// A request, or an answer.
#[derive(Debug, Default)]
pub struct Side {
    /// Its headers.
    pub headers: HeaderMap,
    /// What is kept of its body.
    pub body: Bytes,
    /// How long the body was.
    pub size: usize,
}

impl Side {
    /// Keeps a text up to [`BODY`], and of anything else only its size.
    pub fn new(headers: HeaderMap, body: &Bytes) -> Self {
        let size = body.len();
        let kept = if !is_text(&headers, body) {
            Bytes::new()
        } else if size > BODY || size <= COPIED {
            Bytes::copy_from_slice(&body[..size.min(BODY)])
        } else {
            body.clone()
        };
        Self { headers, body: kept, size }
    }
}

/// Whether a body is to be read by people: by its type, or by what it is where none is given.
fn is_text(headers: &HeaderMap, body: &Bytes) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.as_bytes()).unwrap_or_default();
    let starts = |word: &str| kind.len() >= word.len() && kind[..word.len()].eq_ignore_ascii_case(word.as_bytes());
    if starts("application/json") || starts("text/") || starts("application/x-www-form-urlencoded") {
        return true;
    }
    !["image/", "video/", "audio/", "application/octet-stream"].iter().any(|word| starts(word))
        && std::str::from_utf8(&body[..body.len().min(BODY)]).is_ok_and(|text| !text.contains('\0'))
}

/// A request and its answer.
#[derive(Debug)]
pub struct Record {
    /// Counts up; given by the log.
    pub id: u64,
    /// Unix milliseconds, by the real clock.
    pub time: i64,
    /// A webhook that we sent.
    pub webhook: bool,
    /// Channel id; empty when it is not known.
    pub channel: String,
    /// The id that the answer carried; empty for webhooks.
    pub request_id: String,
    /// HTTP method.
    pub method: String,
    /// Path with its query, or where the webhook went.
    pub target: String,
    /// What was asked.
    pub request: Side,
    /// 0 when there was no answer.
    pub status: u16,
    /// What was answered.
    pub answer: Side,
    /// How long it took, microseconds.
    pub micros: u64,
    /// What went wrong, or what a fault did.
    pub note: String,
}

#[derive(Default)]
struct Kept {
    records: VecDeque<Arc<Record>>,
    bytes: usize,
}

/// The last requests, in both directions.
pub struct Log {
    kept: Mutex<Kept>,
    number: AtomicU64,
    newest: watch::Sender<u64>,
}

impl Default for Log {
    fn default() -> Self {
        Self { kept: Mutex::default(), number: AtomicU64::new(0), newest: watch::channel(0).0 }
    }
}

impl Log {
    /// Keeps a record, forgets the oldest beyond the bounds, and answers its number.
    pub fn keep(&self, mut record: Record) -> u64 {
        let size = |record: &Record| record.request.body.len() + record.answer.body.len();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let id = self.number.fetch_add(1, Ordering::Relaxed) + 1;
        record.id = id;
        kept.bytes += size(&record);
        kept.records.push_back(Arc::new(record));
        let mut old = Vec::new();
        while kept.records.len() > KEPT || kept.bytes > ALL_BODIES {
            let Some(first) = kept.records.pop_front() else { break };
            kept.bytes -= size(&first);
            old.push(first);
        }
        drop(kept);
        self.newest.send_replace(id);
        id
    }

    /// All that is kept, the oldest first.
    pub fn all(&self) -> Vec<Arc<Record>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).records.iter().cloned().collect()
    }

    /// One of them.
    pub fn get(&self, id: u64) -> Option<Arc<Record>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.records.binary_search_by_key(&id, |record| record.id).ok()?;
        kept.records.get(at).cloned()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
        self.newest.send_modify(|newest| *newest += 1);
    }

    /// Follows the number of the newest.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// When it began, Unix milliseconds by the real clock.
    pub time: i64,
    began: std::time::Instant,
}

impl Watch {
    /// Begins.
    pub fn start() -> Self {
        Self { time: time::now(), began: std::time::Instant::now() }
    }

    /// Microseconds until now.
    pub fn micros(self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
