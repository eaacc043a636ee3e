//! Conversations in the database.

pub mod assign;
pub mod batch;
pub mod gone;
pub mod history;
pub mod kin;
pub mod message;
pub mod note;
pub mod room;
