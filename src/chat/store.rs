//! Conversations in the database.

pub mod assign;
pub mod batch;
pub mod message;
pub mod room;
