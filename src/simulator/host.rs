//! LINE's hosts (line-platform.md §1, §20). One address serves them all. Where a call names its host, by the
//! `Host` header, as the first part of the path (`/api-data.line.me/v2/bot/…`) or by the listener that it came
//! to (`--data-listen`), it is served as that host's; `--strict` answers 404 on the wrong one, as LINE does.

use super::state::Shared;
use axum::{
    Router,
    extract::{Request, State},
    http::{Uri, header, uri::PathAndQuery},
    middleware::{self, Next},
    response::Response,
};

/// One of LINE's hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Everything that is not below.
    Api,
    /// Content, pictures of rich menus, audiences by file.
    Data,
    /// Logging in.
    Access,
    /// LIFF URLs.
    Liff,
    /// The LIFF SDK.
    Files,
    /// Attaching modules.
    Manager,
    /// The simulator's own: phones, control, pictures.
    Simulator,
}

const NAMES: [(&str, Host); 7] = [
    ("api.line.me", Host::Api),
    ("api-data.line.me", Host::Data),
    ("access.line.me", Host::Access),
    ("liff.line.me", Host::Liff),
    ("miniapp.line.me", Host::Liff),
    ("static.line-scdn.net", Host::Files),
    ("manager.line.biz", Host::Manager),
];

fn named(name: &str) -> Option<Host> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, host)| *host)
}

/// Where a path is served.
fn home(path: &str) -> Host {
    let data = path.strip_prefix("/v2/bot/").is_some_and(|rest| {
        let parts: Vec<&str> = rest.split('/').collect();
        matches!(
            parts.as_slice(),
            ["message", _, "content"]
                | ["message", _, "content", "preview" | "transcoding"]
                | ["richmenu", _, "content"]
                | ["audienceGroup", "upload", "byFile"]
        )
    });
    if data {
        return Host::Data;
    }
    let begins = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    if begins(&["/oauth2/v2.1/authorize", "/liff/v1/authorize", "/dialog/", "/.well-known/"]) {
        Host::Access
    } else if begins(&["/liff/edge/"]) {
        Host::Files
    } else if begins(&["/module/auth/"]) {
        Host::Manager
    } else if begins(&["/liff/v1/", "/liff/v2/"]) {
        Host::Api
    } else if begins(&["/liff/"]) {
        Host::Liff
    } else if begins(&["/v2/", "/oauth2/", "/bot/", "/shop/", "/friendship/", "/message/", "/user/v1/"]) {
        Host::Api
    } else {
        Host::Simulator
    }
}

/// Which host a call names, and its path there. A first part that is a host is taken off.
fn asked(path: &str, header: &str, listener: Option<Host>) -> (Option<Host>, String) {
    let first = path.get(1..).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let (host, path) = match named(first) {
        Some(host) => (Some(host), path.get(first.len() + 1..).filter(|rest| !rest.is_empty()).unwrap_or("/")),
        None => (named(header.split(':').next().unwrap_or_default()).or(listener), path),
    };
    // There the id of the app is the whole path.
    let path =
        if host == Some(Host::Liff) && !path.starts_with("/liff/") { format!("/liff{path}") } else { path.into() };
    (host, path)
}

/// Whether a path may be asked for there. Without a host everything may, but for what is only on the other one.
fn may(host: Option<Host>, path: &str) -> bool {
    match (host, home(path)) {
        (_, Host::Simulator) => true,
        (Some(host), home) => host == home,
        (None, home) => home != Host::Data,
    }
}

/// Puts LINE's hosts before `inner`; `listener` is the host of everything that names none.
pub fn before(inner: Router, sim: &Shared, listener: Option<Host>) -> Router {
    // Around the whole router: which route it is, is only known once the host is off the path.
    Router::new().fallback_service(inner).layer(middleware::from_fn_with_state((sim.clone(), listener), sort))
}

async fn sort(State((sim, listener)): State<(Shared, Option<Host>)>, mut request: Request, next: Next) -> Response {
    let header = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let uri = request.uri();
    let (host, path) = asked(uri.path(), header, listener);
    let path = if sim.rules.strict && !may(host, &path) {
        // No route has such a path, so it is answered and logged as one that is not there.
        let name = NAMES.iter().find(|(_, known)| Some(*known) == host).map_or("api.line.me", |(name, _)| *name);
        format!("/{name}{path}")
    } else {
        path
    };
    if path != uri.path() {
        let whole = uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
        if let Ok(whole) = PathAndQuery::try_from(whole) {
            *request.uri_mut() = Uri::from(whole);
        }
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_name_their_host() {
        let of = |path, header| asked(path, header, None);
        assert_eq!(of("/v2/bot/info", "127.0.0.1:3010"), (None, "/v2/bot/info".into()));
        assert_eq!(of("/v2/bot/info", "api.line.me:80"), (Some(Host::Api), "/v2/bot/info".into()));
        assert_eq!(of("/api-data.line.me/v2/bot/info", ""), (Some(Host::Data), "/v2/bot/info".into()));
        assert_eq!(of("/liff.line.me/1-a/x", ""), (Some(Host::Liff), "/liff/1-a/x".into()));
        assert_eq!(of("/1-a", "liff.line.me"), (Some(Host::Liff), "/liff/1-a".into()));
        assert_eq!(of("/api.line.me", ""), (Some(Host::Api), "/".into()));
        assert_eq!(asked("/v2/bot/info", "127.0.0.1", Some(Host::Data)).0, Some(Host::Data));
    }

    #[test]
    fn paths_have_their_host() {
        for (path, host) in [
            ("/v2/bot/message/1/content", Host::Data),
            ("/v2/bot/message/1/content/preview", Host::Data),
            ("/v2/bot/richmenu/richmenu-1/content", Host::Data),
            ("/v2/bot/richmenu/richmenu-1", Host::Api),
            ("/v2/bot/audienceGroup/upload/byFile", Host::Data),
            ("/v2/bot/audienceGroup/upload", Host::Api),
            ("/oauth2/v2.1/authorize", Host::Access),
            ("/oauth2/v2.1/token", Host::Api),
            ("/liff/v1/apps", Host::Api),
            ("/liff/v1/authorize", Host::Access),
            ("/liff/1-a/x", Host::Liff),
            ("/liff/edge/2/sdk.js", Host::Files),
            ("/simulator/api/users", Host::Simulator),
            ("/", Host::Simulator),
        ] {
            assert_eq!(home(path), host, "{path}");
        }
        assert!(may(None, "/v2/bot/info") && may(None, "/liff/1-a") && !may(None, "/v2/bot/message/1/content"));
        assert!(may(Some(Host::Data), "/v2/bot/message/1/content") && !may(Some(Host::Data), "/v2/bot/info"));
    }
}
