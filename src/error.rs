//! The one error that crosses the wire. Its variants are translation keys; what went wrong inside
//! is logged once, on the server, with the request id that `Internal` carries.

use crate::i18n::Key;
use leptos::{prelude::FromServerFnError, server_fn::codec::JsonEncoding, server_fn::error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a request was refused or failed, in a form that every screen can show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AppError {
    /// No session, or one that has ended: log in, then come back.
    Unauthenticated,
    /// The operator's role does not include this.
    Forbidden,
    /// No such thing in this account.
    NotFound,
    /// A field is wrong; the message stands beside it.
    Field {
        /// Name of the form field.
        field: String,
        /// What to do about it.
        reason: Reason,
    },
    /// Too many attempts.
    TooMany {
        /// Seconds to wait.
        seconds: u32,
    },
    /// Somebody else changed it first, or it is no longer in a state that allows this.
    Conflict,
    /// The server can't write just now (disk full, database locked). Nothing was changed.
    Unavailable,
    /// The request did not arrive: offline, server restarting.
    Unreachable,
    /// A bug or a broken machine. The id is in the log.
    Internal {
        /// The request id that the log line carries.
        request_id: String,
    },
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Nothing was entered.
    Empty,
    /// More than the limit, counted as LINE counts.
    TooLong {
        /// The limit.
        limit: u32,
    },
    /// Fewer characters than needed.
    TooShort {
        /// The least number.
        limit: u32,
    },
    /// Not in the form that is needed.
    Invalid,
    /// Already in use.
    Taken,
    /// E-mail or password is wrong.
    WrongLogin,
    /// The code of the second step is wrong, or was used before.
    WrongCode,
    /// LINE did not accept these credentials; its own words, kept as they came.
    Refused {
        /// LINE's message.
        message: String,
    },
    /// LINE could not be reached.
    LineUnreachable,
    /// The file is larger than this many megabytes.
    TooLarge {
        /// The limit.
        limit: u32,
    },
    /// The picture can't be read, or has too many pixels.
    NotPicture,
    /// The film is no MP4.
    NotFilm,
    /// The sound is neither M4A nor MP3.
    NotSound,
    /// A page or a drawing that could run something.
    Active,
    /// LINE can't fetch files from here: no public address is set.
    NoAddress,
    /// What it needs is gone: a file, a message.
    Gone,
    /// There are as many as there can be.
    Full {
        /// The limit.
        limit: u32,
    },
}

impl AppError {
    /// A refusal of one field.
    pub fn field(field: &str, reason: Reason) -> Self {
        Self::Field { field: field.into(), reason }
    }

    /// HTTP status of this error.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Field { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Conflict => 409,
            Self::Unavailable | Self::Unreachable => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// The sentence that tells it to an operator.
    pub fn key(&self) -> Key {
        match self {
            Self::Unauthenticated => Key::ErrorUnauthenticated,
            Self::Forbidden => Key::ErrorForbidden,
            Self::NotFound => Key::ErrorNotFound,
            Self::Field { reason, .. } => reason.key(),
            Self::TooMany { .. } => Key::ErrorTooMany,
            Self::Conflict => Key::ErrorConflict,
            Self::Unavailable => Key::ErrorUnavailable,
            Self::Unreachable => Key::ErrorUnreachable,
            Self::Internal { .. } => Key::ErrorInternal,
        }
    }
}

impl Reason {
    /// The sentence that stands beside the field.
    pub fn key(&self) -> Key {
        match self {
            Self::Empty => Key::ErrorEmpty,
            Self::TooLong { .. } => Key::ErrorTooLong,
            Self::TooShort { .. } => Key::ErrorTooShort,
            Self::Invalid => Key::ErrorInvalid,
            Self::Taken => Key::ErrorTaken,
            Self::WrongLogin => Key::ErrorWrongLogin,
            Self::WrongCode => Key::ErrorWrongCode,
            Self::Refused { .. } => Key::ErrorRefused,
            Self::LineUnreachable => Key::ErrorLineUnreachable,
            Self::TooLarge { .. } => Key::ErrorTooLarge,
            Self::NotPicture => Key::ErrorNotPicture,
            Self::NotFilm => Key::ErrorNotFilm,
            Self::NotSound => Key::ErrorNotSound,
            Self::Active => Key::ErrorActive,
            Self::NoAddress => Key::ErrorNoAddress,
            Self::Gone => Key::ErrorGone,
            Self::Full { .. } => Key::ErrorFull,
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::field("", Reason::Invalid)
            }
            _ => Self::Internal { request_id: String::new() },
        }
    }
}
