//! Conversations in the database.

pub mod batch;
pub mod message;
pub mod room;
