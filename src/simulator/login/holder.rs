//! Whose access token a call of LINE Login carries, and that pages in browsers may make such calls.

use crate::simulator::{
    platform::Refusal,
    state::Shared,
    world::login::{LoginChannel, UserToken},
};
use axum::{
    extract::{FromRequestParts, MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// A person by their access token.
pub struct Holder {
    /// The simulator.
    pub sim: Shared,
    /// The token itself.
    pub name: String,
    /// What it stands for.
    pub token: UserToken,
    /// Where it was issued.
    pub channel: LoginChannel,
}

impl Holder {
    /// Refuses a token that may not do this. The words are recalled; the status is LINE's.
    ///
    /// # Errors
    /// 403.
    pub fn needs(&self, scope: &str) -> Result<(), Refusal> {
        if self.token.may(scope) { Ok(()) } else { Err(Refusal::new(403, "insufficient scope")) }
    }
}

impl FromRequestParts<Shared> for Holder {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, sim: &Shared) -> Result<Self, Refusal> {
        // LINE documents "invalid token"; that it tells an ended one apart is recalled.
        let invalid = || Refusal::new(401, "invalid token");
        let name =
            parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let name = name.ok_or_else(invalid)?.to_owned();
        let route = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        sim.with(|world| {
            if world.user_token(&name).is_none() && world.logins.tokens.contains_key(&name) {
                return Err(Refusal::new(401, "The access token expired"));
            }
            let token = world.user_token(&name).cloned().ok_or_else(invalid)?;
            let channel = world.login_channel(&token.channel).ok_or_else(invalid)?;
            // LINE does not tell the limits of LINE Login; these are those of everything else.
            if sim.rules.rate_limits && !world.take_token(&channel.id, &parts.method, route) {
                return Err(Refusal::rate_limit());
            }
            Ok(Self { sim: sim.clone(), name, token, channel })
        })
    }
}

/// LIFF apps call from their own addresses; tokens go in a header, never in a cookie, so every address may.
pub async fn cors(request: Request, next: Next) -> Response {
    let asked = request.method() == Method::OPTIONS && request.headers().contains_key("access-control-request-method");
    let mut response = if asked { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-headers", "authorization, content-type"),
        ("access-control-allow-methods", "GET, POST"),
        ("access-control-max-age", "600"),
    ] {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
