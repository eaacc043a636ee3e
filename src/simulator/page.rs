//! The phones' pages, pictures and live stream.

use super::{phone::qr, picture, shell::shell, state::Shared, view::SimulatorApp};
use crate::{
    i18n::{I18n, Key, Lang},
    server::assets,
    simulator::model::address::encode,
    ui::Sprite,
};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{any, get, post},
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use leptos::prelude::provide_context;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;

/// The largest photo that is searched for a QR code.
const PHOTO_LIMIT: usize = 20 * 1024 * 1024;

/// Everything that a phone's browser asks for.
pub fn router() -> Router<Shared> {
    // Asking for the list also tells Leptos that its tasks run on tokio.
    let pages = leptos_axum::generate_route_list(SimulatorApp);
    let mut router = pages.iter().fold(Router::new(), |router, listing| router.route(listing.path(), get(page)));
    for path in assets::public_paths() {
        router = router.route(&path, get(assets::serve));
    }
    router
        .route("/pkg/{*path}", get(assets::serve))
        .route("/simulator/fn/{*name}", any(function))
        .route("/simulator/events", get(events))
        .route("/simulator/picture/{id}", get(face))
        .route("/simulator/initial/{id}", get(initial))
        .route("/simulator/content/{id}", get(content))
        .route("/simulator/rich-menu/{id}", get(rich_menu))
        .route("/simulator/qr", post(scan).layer(DefaultBodyLimit::max(PHOTO_LIMIT)))
        .route("/simulator/qr/{channel}", get(code))
        .route("/phones.webmanifest", get(manifest))
}

/// Refuses requests that another site's page makes.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site").map(|site| site.as_bytes().to_vec());
    let ours = site.is_none_or(|site| matches!(site.as_slice(), b"same-origin" | b"none"));
    if ours || request.method().is_safe() { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
}

/// What pages and server functions find in their context.
fn context(sim: &Shared, headers: &HeaderMap) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let i18n = I18n { lang: Lang::negotiate(accepted) };
    let sim = sim.clone();
    let icons = Sprite(assets::site().icons.clone());
    move || {
        provide_context(i18n);
        provide_context(icons.clone());
        provide_context(sim.clone());
    }
}

async fn page(State(sim): State<Shared>, request: Request) -> Response {
    let context = context(&sim, request.headers());
    let app = || shell(leptos::prelude::use_context().unwrap_or_default());
    leptos_axum::render_app_async_with_context(context, app)(request).await
}

async fn function(State(sim): State<Shared>, request: Request) -> Response {
    let context = context(&sim, request.headers());
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

#[derive(Deserialize)]
struct Phones {
    /// User ids with commas between them, `log`, or nothing.
    #[serde(default)]
    user: String,
}

/// How often a page of the log is told, at most: a load test writes thousands of lines a second.
const LOG_PACE: std::time::Duration = std::time::Duration::from_millis(300);

/// What a live stream tells.
type Told = Result<Event, Infallible>;

/// Tells phones that one of their rooms, or something that concerns everyone, has changed; a page of the log that
/// there is more of it. Many phones on one page share one stream: browsers open six connections to a server at most.
async fn events(State(sim): State<Shared>, Query(Phones { user }): Query<Phones>) -> impl IntoResponse {
    let stream = if user == "log" { log_lines(&sim).boxed() } else { changes(sim, &user).boxed() };
    Sse::new(stream).keep_alive(KeepAlive::default())
}

fn log_lines(sim: &Shared) -> impl Stream<Item = Told> + Send + use<> {
    let newest = sim.log.follow();
    futures_util::stream::unfold(newest, |mut newest| async move {
        newest.changed().await.ok()?;
        tokio::time::sleep(LOG_PACE).await;
        let id = *newest.borrow_and_update();
        Some((Ok(Event::default().data(id.to_string())), newest))
    })
}

fn changes(sim: Shared, user: &str) -> impl Stream<Item = Told> + Send + use<> {
    let users: Vec<String> = user.split(',').map(str::to_owned).collect();
    BroadcastStream::new(sim.changes()).filter_map(move |change| {
        let room = match change {
            // Too slow, so something was missed: look again.
            Err(_) => String::new(),
            Ok(change) => change.room,
        };
        let concerns = |user: &String| room.ends_with(user.as_str());
        let wanted = room.is_empty()
            || users.iter().any(concerns)
            || sim.with(|world| {
                let group = world.groups.get(&room);
                group.is_some_and(|group| users.iter().any(|user| group.members.contains(user)))
            });
        // An event without data is none to a browser: what concerns everything has a word of its own.
        let told = if room.is_empty() { "*" } else { room.as_str() };
        std::future::ready(wanted.then(|| Ok(Event::default().data(told))))
    })
}

/// A profile picture: always a PNG, as the platform's are.
async fn face(Path(id): Path<String>) -> Response {
    let id: String = id.chars().take(40).collect();
    let drawn = tokio::task::spawn_blocking(move || picture::png(&id, 200, 200)).await.unwrap_or_default();
    ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "public, max-age=3600")], drawn).into_response()
}

/// The first letter of a name.
async fn initial(State(sim): State<Shared>, Path(id): Path<String>) -> Response {
    let name = sim.with(|world| {
        let user = world.user(&id).map(|user| user.name.clone());
        let channel = || world.channels.get(&id).map(|channel| channel.name.clone());
        user.or_else(channel).or_else(|| world.groups.get(&id).map(|group| group.name.clone()))
    });
    match name {
        Some(name) => ([(header::CONTENT_TYPE, "image/svg+xml")], picture::initial(&id, &name)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a friend sent, as the phones in its room show it. Anybody who plays here may look.
async fn content(State(sim): State<Shared>, Path(id): Path<String>) -> Response {
    let content = sim.with(|world| world.contents.get(&id).filter(|content| !content.gone).cloned());
    content.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |content| given(content.mime, content.bytes))
}

/// The picture of a rich menu.
async fn rich_menu(State(sim): State<Shared>, Path(id): Path<String>) -> Response {
    let picture = sim.with(|world| world.rich_menu_picture(&id).cloned());
    picture.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |picture| given(picture.mime, picture.bytes))
}

/// The QR code that adds an account. It leads to the address under which this was asked for, which a real phone's
/// camera can reach where `127.0.0.1` leads nowhere.
async fn code(State(sim): State<Shared>, headers: HeaderMap, Path(channel): Path<String>) -> Response {
    let id = sim.with(|world| world.channels.get(&channel).map(|channel| channel.basic_id.clone()));
    let base = &sim.rules.base_url;
    let scheme = base.split_once("://").map_or("http", |(scheme, _)| scheme);
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let base = host.map_or_else(|| base.clone(), |host| format!("{scheme}://{host}"));
    let drawn = id.and_then(|id| crate::server::qr::svg(&format!("{base}/R/ti/p/{}?sim_path=qr", encode(&id))));
    drawn.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |svg| ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response(),
    )
}

/// Reads the QR code in a photo.
async fn scan(photo: Bytes) -> Response {
    let text = tokio::task::spawn_blocking(move || qr::read(&photo)).await.ok().flatten();
    match text {
        Some(text) => Json(json!({ "text": text })).into_response(),
        None => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

/// Lets a real phone keep the phones among its apps, without the browser's bars.
async fn manifest(headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let i18n = I18n { lang: Lang::negotiate(accepted) };
    let manifest = json!({
        "name": i18n.t(Key::SimTitle),
        "short_name": i18n.t(Key::SimPhones),
        "start_url": "/",
        "display": "standalone",
        "icons": [{ "src": "/favicon.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any" }],
    });
    ([(header::CONTENT_TYPE, "application/manifest+json")], manifest.to_string()).into_response()
}

/// What people upload, which must not run as a page of this origin.
fn given(mime: String, bytes: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, mime),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    (headers, bytes).into_response()
}
