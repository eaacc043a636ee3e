//! How the platform says no.

use super::check::UNREADABLE;
use axum::{
    Json,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An error answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Value,
    /// The request that was accepted with the same retry key.
    pub accepted: Option<String>,
}

/// What an operation answers.
pub type Answer = Result<Response, Refusal>;

impl Refusal {
    /// One with a sentence.
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, body: json!({ "message": message.into() }), accepted: None }
    }

    /// No such thing, or not for this channel.
    pub fn not_found() -> Self {
        Self::new(404, "Not found")
    }

    /// Too many calls in too little time.
    pub fn rate_limit() -> Self {
        Self::new(429, "The API rate limit has been exceeded. Try again later.")
    }

    /// The access token is no good.
    pub fn unauthorized() -> Self {
        Self::new(
            401,
            "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.",
        )
    }

    /// Properties of the body that are wrong: what is wrong, and its path. LINE names one that it can't read
    /// and nothing else; then all that is wrong outside; then what is wrong within the first such message.
    pub fn details(details: &[(String, String)]) -> Self {
        if let Some((_, property)) = details.iter().find(|(words, _)| words == UNREADABLE) {
            let sentence = format!("The property, '{property}', in the request body is invalid (line: -, column: -)");
            return Self::new(400, sentence);
        }
        let within =
            |property: &str| property.split_once("]:").map(|(message, path)| (message.to_owned(), path.to_owned()));
        let outside: Vec<_> = details.iter().filter(|(_, property)| within(property).is_none()).cloned().collect();
        let (sentence, list) = match details.first().and_then(|(_, property)| within(property)) {
            Some((first, _)) if outside.is_empty() => {
                let inside = details.iter().filter_map(|(words, property)| {
                    within(property).filter(|(message, _)| *message == first).map(|(_, path)| (words.clone(), path))
                });
                (format!("A message ({first}]) in the request body is invalid"), inside.collect())
            }
            _ => (format!("The request body has {} error(s)", outside.len()), outside),
        };
        let list: Vec<Value> =
            list.iter().map(|(message, property)| json!({ "message": message, "property": property })).collect();
        Self { status: 400, body: json!({ "message": sentence, "details": list }), accepted: None }
    }

    /// An error in the form of the OAuth family.
    pub fn oauth(status: u16, error: &str, description: &str) -> Self {
        Self { status, body: json!({ "error": error, "error_description": description }), accepted: None }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.body)).into_response();
        if let Some(accepted) = self.accepted.and_then(|id| HeaderValue::from_str(&id).ok()) {
            response.headers_mut().insert("x-line-accepted-request-id", accepted);
        }
        response
    }
}
