//! Addresses: of files, and of where a tap leads.

use super::node::{Check, Node};
use crate::line::count::utf16;

impl Check {
    /// The address of a file.
    pub(super) fn url(&mut self, at: &Node, needed: bool) {
        let schemes: &[&str] = if self.strict { &["https"] } else { &["https", "http"] };
        self.address(at, needed, 2_000, schemes);
    }

    /// Where a tap may lead.
    pub(super) fn link(&mut self, at: &Node, needed: bool) {
        self.address(at, needed, 1_000, &["http", "https", "line", "tel"]);
    }

    fn address(&mut self, at: &Node, needed: bool, most: usize, schemes: &[&str]) {
        let Some(uri) = self.string(at, needed) else { return };
        if uri.is_empty() && !at.is_inner() {
            self.wrong("May not be empty", at);
            return;
        }
        if utf16(uri) > most {
            let size = if at.is_inner() { "size" } else { "Length" };
            self.wrong(format!("{size} must be between 0 and {most}"), at);
            return;
        }
        let scheme = uri.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
        let known = schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let sound = is_uri(uri);
        if at.is_inner() {
            if !sound {
                self.wrong("invalid uri", at);
            }
            if !known {
                self.wrong("invalid uri scheme", at);
            }
        } else if !sound || !known {
            self.wrong("invalid uri", at);
        }
    }
}

/// Whether an address has a scheme, something behind it, and no character that should have been encoded.
/// Letters of other scripts pass, as they do at LINE.
fn is_uri(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    let path = rest.strip_prefix("//");
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = path.is_some_and(|path| path.starts_with(|first: char| first == '[' || first.is_alphanumeric()));
    let clean = |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>\\^`{|}".contains(c);
    let encoded = uri.split('%').skip(1).all(|after| {
        let mut after = after.bytes();
        after.next().is_some_and(|byte| byte.is_ascii_hexdigit())
            && after.next().is_some_and(|byte| byte.is_ascii_hexdigit())
    });
    !rest.is_empty() && (!web || host) && uri.chars().all(clean) && encoded
}
