//! Conversations in the database.

pub mod batch;
pub mod find;
pub mod message;
pub mod room;
pub mod upload;
