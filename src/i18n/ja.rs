//! Japanese.

mod account;
mod audit;
mod chat;
mod compose;
mod error;
mod saved;
mod simulator;
mod team;
mod ui;

use super::{Key, key::Part};

/// The text of `key`.
pub fn text(key: Key) -> &'static str {
    match key.part() {
        Part::Error(key) => error::text(key),
        Part::Ui(key) => ui::text(key),
        Part::Team(key) => team::text(key),
        Part::Audit(key) => audit::text(key),
        Part::Account(key) => account::text(key),
        Part::Chat(key) => chat::text(key),
        Part::Saved(key) => saved::text(key),
        Part::Compose(key) => compose::text(key),
        Part::Simulator(key) => simulator::text(key),
    }
}
