//! Conversations in the database.

pub mod batch;
pub mod later;
pub mod message;
pub mod outgoing;
pub mod room;
pub mod setting;
pub mod upload;
