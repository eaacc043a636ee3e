//! Shortens what nobody should read off a screen: tokens, secrets, assertions, cookies.

use std::borrow::Cow;

/// Names, in JSON, forms and queries, of what is shortened.
const SECRET: [&str; 8] = [
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_assertion",
    "code_verifier",
    "user_token",
    "channel_secret",
];

/// Whether a value of this name is shortened.
pub fn is_secret(name: &str) -> bool {
    SECRET.contains(&name)
}

/// The first characters of a secret, by which one knows it again, and never all of it.
pub fn short(secret: &str) -> String {
    let shown = if secret.chars().count() >= 16 { 6 } else { 0 };
    secret.chars().take(shown).chain(['…']).collect()
}

/// A header's value.
pub fn header(name: &str, value: &str) -> String {
    match name {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            Some((scheme, secret)) => format!("{scheme} {}", short(secret)),
            None => short(value),
        },
        "cookie" | "set-cookie" => short(value),
        _ => value.to_owned(),
    }
}

/// `a=1&access_token=…`: a form, or the query of an address.
pub fn pairs(text: &str) -> String {
    let parts = text.split('&').map(|part| match part.split_once('=') {
        Some((name, value)) if is_secret(name) && !value.is_empty() => Cow::Owned(format!("{name}={}", short(value))),
        _ => Cow::Borrowed(part),
    });
    parts.collect::<Vec<_>>().join("&")
}

/// An address, or a path with its query.
pub fn address(text: &str) -> String {
    match text.split_once('?') {
        Some((path, query)) => format!("{path}?{}", pairs(query)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_whole() {
        let token = "abcdefghijklmnopqrstuvwxyz";
        assert_eq!(header("authorization", &format!("Bearer {token}")), "Bearer abcdef…");
        assert_eq!(header("authorization", "secret"), "…");
        assert_eq!(header("x-line-signature", token), token);
        assert_eq!(address(&format!("/verify?access_token={token}&x=1")), "/verify?access_token=abcdef…&x=1");
        assert_eq!(pairs("client_id=1&client_secret=abc&grant_type=x"), "client_id=1&client_secret=…&grant_type=x");
    }
}
