//! LIFF (line-platform.md §16): pages of others that open inside LINE. Here they are opened, told where they
//! are, and heard; `liff/sdk.js` is what they load in place of LINE's SDK, which knows LINE's own hosts only.

mod api;
mod open;
mod share;

use super::{
    login::cors,
    page::same_origin,
    platform::{around, nothing_here},
    state::Shared,
};
use axum::{
    Router,
    http::header,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};

pub use open::launch;

/// What pages load. Plain JavaScript, to be read.
const SDK: &str = include_str!("liff/sdk.js");

/// Every path of LIFF but those of the server API.
pub fn router(sim: &Shared) -> Router<Shared> {
    let pages = Router::new()
        .route("/liff/{id}", get(open::open).post(open::answer))
        .route("/liff/{id}/", get(open::open).post(open::answer))
        .route("/liff/{id}/{*path}", get(open::open).post(open::answer))
        .route("/liff/share/{share}", get(share::picker).post(share::send))
        .route("/liff/friendship/{app}", get(share::offer).post(share::befriend))
        .layer(middleware::from_fn(same_origin));
    let calls = Router::new()
        .route("/liff/v2/apps", get(api::app).options(api::app))
        .route("/message/v3/share", post(api::send))
        .route("/liff/v2/share", post(api::share))
        .route("/liff/v2/friendship", post(api::friendship))
        .route("/liff/edge/2/sdk.js", get(sdk))
        .route("/liff/edge/versions/{version}/sdk.js", get(sdk))
        .method_not_allowed_fallback(nothing_here)
        .layer(middleware::from_fn(cors));
    Router::new().merge(pages).merge(calls).layer(middleware::from_fn_with_state(sim.clone(), around))
}

async fn sdk() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, SDK).into_response()
}
