//! The browser side as files: embedded in a release binary, read from `target/site` by a debug build.
//!
//! `src/bin/bundle.rs` makes that folder. Names with a hash are cached for ever; the rest is asked for again each time.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::Response,
};
use bytes::Bytes;
use rust_embed::RustEmbed;
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/target/site"]
#[allow_missing = true]
struct Embedded;

const MANIFEST: &str = "manifest.json";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Addresses of the hashed files, as paths from the root of the site.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Site {
    /// wasm-bindgen's module; call its default export with `{ module_or_path: wasm }`.
    pub js: String,
    /// The program for the browser.
    pub wasm: String,
    /// The one stylesheet.
    pub css: String,
    /// The sprite of icons.
    pub icons: String,
    /// Files of what is fetched later, without `.wasm`, by the name of its `#[lazy]` function and some digits.
    pub parts: BTreeMap<String, Vec<String>>,
    /// False when `cargo site` has not run; all paths are empty then.
    #[serde(skip)]
    pub built: bool,
}

impl Site {
    /// Addresses of the files that a `#[lazy]` function needs, to have them asked for at once.
    pub fn part(&self, function: &str) -> Vec<String> {
        let folder = self.js.rsplit_once('/').map_or("", |(folder, _)| folder);
        let named = |name: &str| name.rsplit_once('_').is_some_and(|(name, _)| name == function);
        let files = self.parts.iter().filter(|(name, _)| named(name)).flat_map(|(_, files)| files);
        files.map(|file| format!("{folder}/{file}.wasm")).collect()
    }
}

/// The current site. A debug build reads the manifest each time, so that `cargo site -- --dev` needs no restart.
pub fn site() -> Arc<Site> {
    static SITE: OnceLock<Arc<Site>> = OnceLock::new();
    if cfg!(debug_assertions) {
        return Arc::new(read_site(load(MANIFEST)));
    }
    Arc::clone(SITE.get_or_init(|| Arc::new(read_site(load(MANIFEST)))))
}

/// Handler for `/pkg/{*path}` and the other files of the site: the file, 304, or an empty 404.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    answer(&method, uri.path(), &headers).unwrap_or_else(|| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    })
}

/// Answers GET and HEAD for a file of the site; `None` when it is not one, so that the app can answer.
pub fn answer(method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
    respond(load, method, path, headers)
}

/// Paths of all files outside `/pkg`, to be mounted one by one (`/favicon.svg`, `/icons.….svg`, …).
pub fn public_paths() -> Vec<String> {
    Embedded::iter()
        .filter(|name| !name.starts_with("pkg/") && !is_private(name))
        .map(|name| format!("/{name}"))
        .collect()
}

/// A file and the SHA-256 of its content.
struct File {
    bytes: Bytes,
    hash: [u8; 32],
}

fn load(name: &str) -> Option<File> {
    let file = Embedded::get(name)?;
    let bytes = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    Some(File { bytes, hash: file.metadata.sha256_hash() })
}

fn read_site(manifest: Option<File>) -> Site {
    let site: Site = manifest.and_then(|file| serde_json::from_slice(&file.bytes).ok()).unwrap_or_default();
    Site { built: !site.wasm.is_empty(), ..site }
}

fn respond(load: impl Fn(&str) -> Option<File>, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    let name = path.strip_prefix('/')?;
    if name.is_empty() || is_private(name) {
        return None;
    }
    let plain = load(name)?;
    let (file, encoding) = accepted(headers)
        .find_map(|(ending, encoding)| Some((load(&format!("{name}.{ending}"))?, Some(encoding))))
        .unwrap_or((plain, None));

    let etag = etag(&file.hash);
    let unchanged = headers.get(header::IF_NONE_MATCH).is_some_and(|known| names_etag(known, &etag));
    let length = file.bytes.len();
    let body = if unchanged || method == Method::HEAD { Body::empty() } else { Body::from(file.bytes) };

    let mut response = Response::new(body);
    let out = response.headers_mut();
    out.insert(header::ETAG, etag);
    out.insert(header::CACHE_CONTROL, if is_hashed(name) { FOR_EVER } else { ASK_AGAIN });
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Some(response);
    }
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    out.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

/// The bundler's own files and the compressed twins are not addresses of their own.
fn is_private(name: &str) -> bool {
    name == MANIFEST || name.ends_with(".br") || name.ends_with(".gz")
}

/// Encodings the client takes, our preference first: the twin's ending and the header's word.
fn accepted(headers: &HeaderMap) -> impl Iterator<Item = (&'static str, &'static str)> {
    let asked = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect::<Vec<_>>()
        .join(",")
        .to_ascii_lowercase();
    [("br", "br"), ("gz", "gzip")].into_iter().filter(move |(_, word)| {
        asked.split(',').any(|part| {
            let (name, parameter) = part.split_once(';').unwrap_or((part, ""));
            let refused = parameter.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok()) == Some(0.0);
            name.trim() == *word && !refused
        })
    })
}

/// Strong, and different for each encoding, since it is made from the bytes that are sent.
fn etag(hash: &[u8; 32]) -> HeaderValue {
    let digits: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{digits}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn names_etag(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}

/// `name.<10 hex digits>.ending` or `pkg/<10 hex digits>/…`, as the bundler makes them.
fn is_hashed(name: &str) -> bool {
    let digits =
        |hash: &str| hash.len() == 10 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if let Some((folder, _)) = name.strip_prefix("pkg/").and_then(|rest| rest.split_once('/')) {
        return digits(folder);
    }
    let mut parts = name.rsplit('.');
    let hash = parts.nth(1).unwrap_or_default();
    parts.next().is_some() && digits(hash)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "wasm" => "application/wasm",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "html" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(name: &str) -> Option<File> {
        let text: &'static [u8] = match name {
            "pkg/engawa.0123456789.js" | "favicon.svg" | "manifest.json" => b"plain text",
            "pkg/engawa.0123456789.js.br" => b"br",
            "pkg/engawa.0123456789.js.gz" => b"gz!",
            _ => return None,
        };
        let mut hash = [0; 32];
        hash[0] = text.len() as u8;
        Some(File { bytes: Bytes::from_static(text), hash })
    }

    fn ask(method: Method, path: &str, headers: &[(&'static str, &str)]) -> Option<Response> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        respond(shelf, &method, path, &map)
    }

    fn get(path: &str, headers: &[(&'static str, &str)]) -> Response {
        ask(Method::GET, path, headers).unwrap()
    }

    fn header(response: &Response, name: &str) -> String {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    const JS: &str = "/pkg/engawa.0123456789.js";

    #[test]
    fn the_best_accepted_encoding_is_sent() {
        for (accept, encoding, length) in [
            ("gzip, deflate, br, zstd", "br", "2"),
            ("GZIP", "gzip", "3"),
            ("br;q=0, gzip;q=0.5", "gzip", "3"),
            ("br ; q=0.0", "", "10"),
            ("identity", "", "10"),
        ] {
            let response = get(JS, &[("accept-encoding", accept)]);
            assert_eq!(header(&response, "content-encoding"), encoding, "{accept}");
            assert_eq!(header(&response, "content-length"), length, "{accept}");
            assert_eq!(header(&response, "vary"), "accept-encoding");
            assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
        }
        // A file without twins is sent as it is.
        assert_eq!(header(&get("/favicon.svg", &[("accept-encoding", "br")]), "content-encoding"), "");
    }

    #[test]
    fn hashed_names_are_kept_for_ever_and_others_are_asked_for_again() {
        assert_eq!(header(&get(JS, &[]), "cache-control"), "public, max-age=31536000, immutable");
        let response = get("/favicon.svg", &[]);
        assert_eq!(header(&response, "cache-control"), "no-cache");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert!(!is_hashed("0123456789.js"));
        assert!(!is_hashed("a.012345678g.js"));
        assert!(is_hashed("icons.0123456789.svg"));
        assert!(is_hashed("pkg/0123456789/engawa.js"));
        assert!(!is_hashed("pkg/012345678g/engawa.js"));
        assert!(!is_hashed("snippets/0123456789/engawa.js"));
    }

    #[test]
    fn a_known_etag_is_answered_with_304() {
        let etag = header(&get("/favicon.svg", &[]), "etag");
        for known in [etag.clone(), format!("\"x\", W/{etag}"), "*".to_owned()] {
            let response = get("/favicon.svg", &[("if-none-match", &known)]);
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(get("/favicon.svg", &[("if-none-match", "\"x\"")]).status(), StatusCode::OK);
        // The etag of one encoding is not that of another.
        assert_ne!(header(&get(JS, &[("accept-encoding", "br")]), "etag"), header(&get(JS, &[]), "etag"));
    }

    #[tokio::test]
    async fn head_has_the_length_and_no_body() {
        let response = ask(Method::HEAD, "/favicon.svg", &[]).unwrap();
        assert_eq!(header(&response, "content-length"), "10");
        let body = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
        assert!(body.is_empty());
    }

    #[test]
    fn what_is_not_a_file_of_the_site_is_left_to_the_app() {
        for path in ["/", "", "/nothing", "/manifest.json", "/pkg/engawa.0123456789.js.br", "/../Cargo.toml"] {
            assert!(ask(Method::GET, path, &[]).is_none(), "{path}");
        }
        assert!(ask(Method::POST, "/favicon.svg", &[]).is_none());
        // The real shelf must not lead out of its folder either.
        assert!(answer(&Method::GET, "/../../Cargo.toml", &HeaderMap::new()).is_none());
    }

    #[test]
    fn the_manifest_is_read_and_its_absence_shows() {
        let file = |text: &'static str| Some(File { bytes: Bytes::from_static(text.as_bytes()), hash: [0; 32] });
        let site = read_site(file(r#"{"js":"/a.js","wasm":"/a.wasm","css":"/a.css","icons":"/i.svg","digest":"x"}"#));
        assert!(site.built);
        assert_eq!((site.js.as_str(), site.icons.as_str()), ("/a.js", "/i.svg"));
        let site = read_site(file(
            r#"{"js":"/pkg/0123456789/engawa.js","wasm":"/b","parts":{"phones_12":["chunk_3","split_phones_12"],"settings_3":["x"]}}"#,
        ));
        assert_eq!(site.part("phones"), ["/pkg/0123456789/chunk_3.wasm", "/pkg/0123456789/split_phones_12.wasm"]);
        assert!(site.part("phone").is_empty());
        assert!(!read_site(file("{}\n")).built);
        assert!(!read_site(None).built);
    }
}
