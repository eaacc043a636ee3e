//! The phones' pages, pictures and live stream.

use super::{
    picture,
    state::Shared,
    view::{SimulatorApp, shell::shell},
};
use crate::{
    i18n::{I18n, Lang},
    server::assets,
};
use axum::{
    Router,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{any, get},
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use leptos::prelude::provide_context;
use serde::Deserialize;
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;

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
    move || {
        provide_context(i18n);
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
struct Phone {
    #[serde(default)]
    user: String,
}

/// Tells a phone that one of its rooms, or something that concerns everyone, has changed.
async fn events(
    State(sim): State<Shared>,
    Query(Phone { user }): Query<Phone>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = BroadcastStream::new(sim.changes()).filter_map(move |change| {
        let room = match change {
            // Too slow, so something was missed: look again.
            Err(_) => String::new(),
            Ok(change) => change.room,
        };
        let wanted = if user == "log" {
            room == "log"
        } else {
            room.is_empty()
                || room.ends_with(&user)
                || sim.with(|world| world.groups.get(&room).is_some_and(|group| group.members.contains(&user)))
        };
        std::future::ready((wanted && (user == "log" || room != "log")).then(|| Ok(Event::default().data(room))))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
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

/// What people upload, which must not run as a page of this origin.
fn given(mime: String, bytes: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, mime),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    (headers, bytes).into_response()
}
