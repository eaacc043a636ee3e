//! What stands before every route: who may send here, and what the browser is told.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses every request that would change something and does not come from our own pages
/// (ASVS 3.5.1). LINE's webhook is no browser and is signed instead: it is mounted outside.
pub async fn same_origin(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) || is_same_origin(&request) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This request did not come from Engawa's own pages.").into_response()
    }
}

fn is_same_origin(request: &Request) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        // Older browsers send an Origin with every POST. Without either it is no browser at all,
        // and a program that holds a session cookie could send any header it likes.
        None => match (text("origin"), text("host")) {
            (Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
            _ => false,
        },
    }
}

/// Sets the headers that every answer carries. The page's own policy, with its nonce, is set where
/// the page is rendered.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry("cross-origin-opener-policy").or_insert(HeaderValue::from_static("same-origin"));
    headers.entry("permissions-policy").or_insert(HeaderValue::from_static("camera=(), geolocation=(), microphone=()"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"));
    response
}

/// The policy of a page. Stickers, emoji and profile pictures are LINE's and are shown from LINE's addresses, or from
/// the simulator's where an account points there; the pictures and films of our own messages lie anywhere on the web.
/// What friends send lies with us, or is not loaded unasked.
///
/// Styles come from our own file, and style attributes are allowed besides: Flex Messages have sizes and colours of
/// their own, which no file can know. `ui::phone::flex` writes them from parsed numbers and checked colours only, never
/// from the text of a message, and without a `<style>` element or an address in a style nothing can be loaded by them.
pub fn page_policy(nonce: &str, pictures: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         style-src-attr 'unsafe-inline'; img-src 'self' data: blob: https:{pictures}; media-src 'self' blob: https:{pictures}; connect-src 'self'; font-src 'self'; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_our_own_pages_may_change_things() {
        let from = |headers: &[(&str, &str)]| {
            let mut request = Request::builder().method("POST");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.body(Body::empty()).is_ok_and(|request| is_same_origin(&request))
        };
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
        assert!(!from(&[("sec-fetch-site", "none")]));
        assert!(from(&[("origin", "http://a:1"), ("host", "a:1")]));
        assert!(!from(&[("origin", "http://b"), ("host", "a")]));
        assert!(!from(&[("origin", "null"), ("host", "a")]));
        assert!(!from(&[("host", "a")]));
    }
}
