//! Thai.

mod account;
mod audit;
mod chat;
mod compose;
mod error;
mod saved;
mod simulator;
mod team;
mod ui;

use super::Key;

/// The text of `key`.
pub fn text(key: Key) -> &'static str {
    super::server::text_of!(key)
}
