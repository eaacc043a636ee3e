//! LINE Login v2.1 (line-platform.md §15): the page on which a virtual friend logs in to a service, and
//! what the service then asks. What LINE does not document word for word is marked "recalled".

mod ask;
mod authorize;
mod holder;
pub mod id_token;
pub mod page;
mod token;

use super::{
    page::same_origin,
    platform::{around, nothing_here},
    state::Shared,
};
use axum::{
    Router, middleware,
    routing::{get, post},
};

pub use authorize::{Told, allowed, authorize, go, language};
pub use holder::{Holder, cors};
pub use token::{exchange, is_exchange, look, revoke};

/// Every path of LINE Login that is not shared with channel access tokens.
pub fn router(sim: &Shared) -> Router<Shared> {
    let pages = Router::new()
        .route("/oauth2/v2.1/authorize", get(authorize::open).post(authorize::step))
        .route("/liff/v1/authorize", get(authorize::open).post(authorize::step))
        .layer(middleware::from_fn(same_origin));
    Router::new()
        .merge(pages)
        .route("/oauth2/v2.1/userinfo", get(token::userinfo).post(token::userinfo))
        .route("/oauth2/v2.1/certs", get(id_token::certs))
        .route("/.well-known/openid-configuration", get(id_token::discovery))
        .route("/v2/profile", get(token::profile))
        .route("/friendship/v1/status", get(token::friendship))
        .route("/user/v1/deauthorize", post(token::deauthorize))
        .method_not_allowed_fallback(nothing_here)
        .layer(middleware::from_fn(cors))
        .layer(middleware::from_fn_with_state(sim.clone(), around))
}
