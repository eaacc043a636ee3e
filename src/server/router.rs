//! Every route of the console, in one place to read.

use super::{assets, media, security, session, state::State, telemetry};
use crate::{
    app::{SiteUrls, Visitor, shell},
    chat,
    i18n::{I18n, Lang},
    team,
    ui::Theme,
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State as Extract},
    http::{HeaderValue, StatusCode, header},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// The largest body of a server function, in bytes.
const FUNCTION_BODY: usize = 256 << 10;
/// The largest webhook body, in bytes: as large as LINE's own requests may be.
const WEBHOOK_BODY: usize = 2 << 20;

/// The console.
pub fn build(state: State) -> Router {
    // Pages are rendered on tokio; a second initialisation (tests, the simulator) changes nothing.
    let _ = any_spawner::Executor::init_tokio();
    let pages = Router::new()
        .route("/api/{*function}", any(function).layer(DefaultBodyLimit::max(FUNCTION_BODY)))
        .route("/a/{account}/live", get(chat::stream::live))
        .route("/a/{account}/history.csv", get(chat::history::all))
        .route("/a/{account}/history/{room}", get(chat::history::one))
        .route("/media/{account}/{id}", get(media::serve))
        .route("/media/{account}/{id}/thumb", get(media::serve_thumb))
        .route("/a/{account}/upload", post(chat::upload::receive))
        .route("/a/{account}/upload/{id}", get(chat::upload::show))
        .route("/a/{account}/upload/{id}/thumb", get(chat::upload::show_small))
        .route("/a/{account}/upload/{id}/preview", post(chat::upload::receive_preview))
        .fallback(page)
        .layer(from_fn(security::same_origin));
    Router::new()
        .merge(pages)
        .route("/healthz", get(healthy))
        .route("/readyz", get(ready))
        .layer(CompressionLayer::new())
        .layer(from_fn(assets_first))
        // What LINE fetches is asked for in parts, which compressing would break.
        .route("/m/{token}/{name}", get(chat::upload::serve))
        .route("/f/{token}", get(chat::download::page))
        .route("/f/{token}/file", get(chat::download::file))
        .layer(from_fn(security::headers))
        // LINE is no browser: what those layers do is not for it.
        .route("/line/webhook/{account}", post(chat::webhook::receive).layer(DefaultBodyLimit::max(WEBHOOK_BODY)))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(telemetry::trace))
        .with_state(state)
}

/// Files of the site come before everything else and cost nothing more.
async fn assets_first(request: Request, next: axum::middleware::Next) -> Response {
    match assets::answer(request.method(), request.uri().path(), request.headers()) {
        Some(response) => response,
        None => next.run(request).await,
    }
}

/// The process answers.
async fn healthy() -> &'static str {
    "ok"
}

/// The database answers too.
async fn ready(Extract(state): Extract<State>) -> Response {
    match sqlx::query("SELECT 1").execute(state.db.read()).await {
        Ok(_) => "ready".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}

/// A server function of the console; those of the simulator are not reachable here.
async fn function(Extract(state): Extract<State>, request: Request<Body>) -> Response {
    let context = context(state, &request);
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let form = accept.contains("text/html");
    let direct = move || {
        context();
        provide_context(session::Direct);
    };
    let mut response = leptos_axum::handle_server_fns_with_context(direct, request).await.into_response();
    // A plain form, posted before the page is alive: a browser follows the address, with what went wrong
    // in it, only when the status says so.
    if form && response.headers().contains_key(header::LOCATION) {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A page. Rendered whole before it is sent: it is readable without JavaScript, and its status is right.
async fn page(Extract(state): Extract<State>, request: Request<Body>) -> Response {
    if !matches!(*request.method(), axum::http::Method::GET | axum::http::Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let pictures: String = state.config.line_hosts.iter().map(|host| format!(" {host}")).collect();
    let asked = asked_lang(&request);
    let visitor = Visitor(team::service::visitor(&state, request.headers()).await);
    let context = context(state.clone(), &request);
    let with_policy = move || {
        context();
        provide_context(visitor.clone());
        if let Some(lang) = asked {
            session::set_lang(&state, lang);
        }
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&security::page_policy(&nonce, &pictures))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    };
    leptos_axum::render_app_async_with_context(with_policy, shell)(request).await
}

/// The language that a link asks for: `?lang=ja`. It works before the page is alive.
fn asked_lang(request: &Request<Body>) -> Option<Lang> {
    request.uri().query()?.split('&').find_map(|pair| Lang::from_tag(pair.strip_prefix("lang=")?))
}

/// What pages and server functions find in their context.
fn context(state: State, request: &Request<Body>) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let chosen = asked_lang(request).or_else(|| session::cookie(headers, "lang").and_then(Lang::from_tag));
    let lang = chosen.unwrap_or_else(|| Lang::negotiate(text(header::ACCEPT_LANGUAGE)));
    let theme = Theme::from_cookies(text(header::COOKIE));
    let site = assets::site();
    let urls = SiteUrls {
        js: site.js.clone(),
        wasm: site.wasm.clone(),
        css: site.css.clone(),
        icons: site.icons.clone(),
        later: ["settings", "library"].iter().flat_map(|part| site.part(part)).collect(),
    };
    move || {
        provide_context(state.clone());
        provide_context(I18n { lang });
        provide_context(theme);
        provide_context(urls.clone());
    }
}
