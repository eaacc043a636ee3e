//! Whether a site lets itself be shown inside a phone. The browser can't tell a page that was refused from one
//! that is empty, so the simulator asks for the page's head, as LINE's own preview of links does.

use reqwest::{header::HeaderMap, redirect::Policy};
use std::time::Duration;

/// How LINE's previews introduce themselves.
const AGENT: &str = "facebookexternalhit/1.1;line-poker/1.0";

/// Whether an answer with this head must not be shown in a frame on a page of `origin`.
fn refused(headers: &HeaderMap, origin: &str) -> bool {
    let words = |name: &str| headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>();
    let policies = words("content-security-policy");
    let mut directives = policies.iter().flat_map(|policy| policy.split([';', ','])).map(str::trim);
    // Where there is one, browsers do not look at the older header.
    let ancestors = directives.find_map(|directive| directive.strip_prefix("frame-ancestors"));
    if let Some(sources) = ancestors {
        let (scheme, host) = origin.split_once("//").unwrap_or(("", origin));
        return !sources.split_whitespace().any(|source| {
            source == "*" || source == scheme || source == host || source.trim_end_matches('/') == origin
        });
    }
    let old = words("x-frame-options").join(",").to_ascii_lowercase();
    old.contains("deny") || old.contains("sameorigin")
}

/// Asks the site. What can't be found out is not refused: its page speaks for itself.
pub async fn refuses_frames(url: &str, origin: &str) -> bool {
    let client = reqwest::Client::builder()
        .user_agent(AGENT)
        .timeout(Duration::from_secs(5))
        .redirect(Policy::limited(5))
        .build();
    let Ok(client) = client else { return false };
    match client.head(url).send().await {
        Ok(answer) => refused(answer.headers(), origin),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    #[test]
    fn heads_that_refuse() {
        let told = |name: &'static str, value: &'static str| {
            let head = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
            refused(&head, "http://127.0.0.1:3010")
        };
        assert!(told("x-frame-options", "SAMEORIGIN") && told("x-frame-options", "DENY"));
        assert!(told("content-security-policy", "default-src 'self'; frame-ancestors 'none'"));
        assert!(!told("content-security-policy", "frame-ancestors http://127.0.0.1:3010/"));
        assert!(!told("content-security-policy", "frame-ancestors *") && !told("content-type", "text/html"));
    }
}
