//! Screens of accounts: connecting one, and its settings with the checks.

mod checks;
mod connect;
mod page;

pub use connect::ConnectPage;
pub use page::AccountPage;
