//! Conversations in the database.

pub mod assign;
pub mod batch;
pub mod find;
pub mod gone;
pub mod history;
pub mod kin;
pub mod later;
pub mod message;
pub mod note;
pub mod outgoing;
pub mod room;
pub mod setting;
pub mod upload;
