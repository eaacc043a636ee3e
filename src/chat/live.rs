//! The browser's copy of the inbox: [`desk`] is the copy itself, a pure reducer of what the server
//! tells; [`feed`] is the wire that keeps it fresh.

pub mod desk;
pub mod feed;
pub mod open;

pub use desk::Desk;
pub use open::{OpenRoom, Pending, PendingState};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod two;
