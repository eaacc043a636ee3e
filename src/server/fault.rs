//! Turns what goes wrong inside into what may be told outside. Logged once, here, with the request's
//! id; the text of an inner error never leaves the server.

use super::{db, telemetry};
use crate::error::AppError;

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        if db::is_unavailable(&error) {
            tracing::error!(error = %error, "the database can't be used just now");
            return Self::Unavailable;
        }
        internal(&error)
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        internal(&format!("{error:#}"))
    }
}

impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        internal(&error)
    }
}

/// A fault that is ours: logged with the request's id, which is all that the outside learns.
pub fn internal(error: &dyn std::fmt::Display) -> AppError {
    let request_id = telemetry::request_id();
    tracing::error!(request_id, error = %error, "internal error");
    AppError::Internal { request_id }
}
