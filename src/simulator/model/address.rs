//! Where an address leads on a phone (line-platform.md §16, §17): LINE's own places, a LIFF app, a site, a
//! telephone number. The simulator's own addresses mean what those of `line.me` mean.

use serde::{Deserialize, Serialize};

/// By which way somebody came to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FriendPath {
    /// Scanned a QR code.
    Qr,
    /// Followed a link.
    Link,
    /// Looked for the id.
    Search,
    /// Was offered it: by LINE, or by somebody who passed it on.
    Recommendation,
    /// While logging in to a service by LINE Login.
    Login,
}

impl FriendPath {
    /// Every way.
    pub const ALL: [Self; 5] = [Self::Qr, Self::Link, Self::Search, Self::Recommendation, Self::Login];

    /// Its word in addresses and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Qr => "qr",
            Self::Link => "link",
            Self::Search => "search",
            Self::Recommendation => "recommendation",
            Self::Login => "login",
        }
    }

    /// The way of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|path| path.word() == word)
    }
}

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The profile of an account, with a button to add it.
    Friend {
        /// `@…`
        id: String,
        /// How the account will have been found.
        path: FriendPath,
    },
    /// A chat, with a text to be sent.
    Chat {
        /// `@…`
        id: String,
        /// What stands in the line to write in.
        text: String,
    },
    /// Passing an account on to others.
    Recommend {
        /// `@…`
        id: String,
    },
    /// Passing a text on to others.
    Share {
        /// The text.
        text: String,
    },
    /// A short link, `https://lin.ee/…`.
    Short {
        /// What follows the host.
        code: String,
    },
    /// A coupon.
    Coupon {
        /// Its id.
        id: String,
    },
    /// A LIFF app.
    Liff {
        /// LIFF id.
        id: String,
        /// Path, query and fragment behind the id.
        rest: String,
    },
    /// The list of chats.
    Chats,
    /// Adding friends.
    Add,
    /// The wallet.
    Wallet,
    /// A site.
    Web {
        /// http or https.
        url: String,
    },
    /// A telephone number or a mail address; the whole address.
    Outside {
        /// `tel:` or `mailto:`.
        url: String,
    },
    /// Nothing that a phone could open.
    Unknown,
}

/// Undoes percent-encoding; what is not well encoded stays as it is.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (*byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        if let Some(code) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            out.push(code);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Percent-encodes everything that is not a letter, a digit or one of `-._~`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The value of a name in a query.
pub fn value(query: &str, name: &str) -> Option<String> {
    let found = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?;
    Some(decode(&found.1.replace('+', " ")))
}

/// An id with its `@`.
pub fn with_at(id: &str) -> String {
    let id = decode(id.trim());
    if id.starts_with('@') { id } else { format!("@{id}") }
}

impl Target {
    /// Reads an address. `own` is the origin of the simulator's pages.
    pub fn of(uri: &str, own: &str) -> Self {
        let uri = uri.trim();
        let Some((scheme, rest)) = uri.split_once(':') else { return Self::Unknown };
        match scheme.to_ascii_lowercase().as_str() {
            "tel" | "mailto" if !rest.is_empty() => Self::Outside { url: uri.to_owned() },
            "line" => inside(rest.trim_start_matches('/')).unwrap_or(Self::Unknown),
            "http" | "https" => {
                let Some(rest) = rest.strip_prefix("//") else { return Self::Unknown };
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                let (host, path) = rest.split_at(end);
                if host.is_empty() {
                    return Self::Unknown;
                }
                let ours = !own.is_empty() && own.split_once("//").is_some_and(|(_, own)| own == host);
                let found = lines_own(&host.to_ascii_lowercase(), ours, path.trim_start_matches('/'));
                found.unwrap_or_else(|| Self::Web { url: uri.to_owned() })
            }
            _ => Self::Unknown,
        }
    }
}

/// What LINE opens by itself.
fn lines_own(host: &str, ours: bool, path: &str) -> Option<Target> {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match host {
        "line.me" => match first {
            "R" => inside(rest),
            "ti" => inside(path),
            _ => None,
        },
        "liff.line.me" | "miniapp.line.me" => liff(path),
        "lin.ee" => short(path),
        _ if ours => match first {
            "R" => inside(rest),
            "liff" => liff(rest),
            "lin.ee" => short(rest),
            "coupon" => inside(path),
            _ => None,
        },
        // A picture of a code may have been made under another address of this simulator.
        _ => path.strip_prefix("R/").filter(|rest| rest.starts_with("ti/p/")).and_then(inside),
    }
}

fn short(path: &str) -> Option<Target> {
    let code = path.split(['/', '?', '#']).next().filter(|code| !code.is_empty())?;
    Some(Target::Short { code: decode(code) })
}

fn liff(path: &str) -> Option<Target> {
    let end = path.find(['/', '?', '#']).unwrap_or(path.len());
    let (id, rest) = path.split_at(end);
    (!id.is_empty()).then(|| Target::Liff { id: decode(id), rest: rest.to_owned() })
}

/// What stands behind `https://line.me/R/` or `line://`.
fn inside(path: &str) -> Option<Target> {
    let whole = path.split('#').next().unwrap_or_default();
    let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let found = match (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default()) {
        ("ti", "p", id) if !id.is_empty() => {
            let path = value(query, "sim_path").and_then(|word| FriendPath::from_word(&word));
            Target::Friend { id: with_at(id), path: path.unwrap_or(FriendPath::Link) }
        }
        ("oaMessage", id, _) if !id.is_empty() => Target::Chat { id: with_at(id), text: decode(query) },
        ("nv", "recommendOA", id) if !id.is_empty() => Target::Recommend { id: with_at(id) },
        ("nv", "chat", _) => Target::Chats,
        ("nv", "addFriends" | "QRCodeReader", _) => Target::Add,
        ("nv", "wallet", _) => Target::Wallet,
        ("share", ..) => Target::Share { text: value(query, "text")? },
        ("msg", "text", text) => Target::Share { text: decode(if query.is_empty() { text } else { query }) },
        ("home", "public", "profile" | "main") => {
            Target::Friend { id: with_at(&value(query, "id")?), path: FriendPath::Link }
        }
        ("app", id, _) if !id.is_empty() => {
            let rest = whole.split('/').nth(1).unwrap_or_default();
            let rest = rest.strip_prefix(id).unwrap_or_default();
            Target::Liff { id: decode(id), rest: rest.to_owned() }
        }
        ("coupon", id, _) if !id.is_empty() => Target::Coupon { id: decode(id) },
        _ => return None,
    };
    Some(found)
}

/// The simulator's address that opens a LIFF app for somebody, in a room if they are in one. Its page finds out by
/// these two names who is looking.
pub fn liff_src(id: &str, rest: &str, user: &str, room: Option<&str>) -> String {
    let (rest, fragment) = rest.split_once('#').map_or((rest, String::new()), |(rest, end)| (rest, format!("#{end}")));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut query = if query.is_empty() { String::new() } else { format!("{query}&") };
    query.push_str(&format!("sim_user={}", encode(user)));
    if let Some(room) = room {
        query.push_str(&format!("&sim_room={}", encode(room)));
    }
    format!("/liff/{}{path}?{query}{fragment}", encode(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn friend(path: FriendPath) -> Target {
        Target::Friend { id: "@onsen".into(), path }
    }

    #[test]
    fn addresses_of_line_lead_inside() {
        let of = |uri: &str| Target::of(uri, "http://127.0.0.1:3010");
        for uri in [
            "https://line.me/R/ti/p/%40onsen",
            "https://line.me/R/ti/p/@onsen",
            "line://ti/p/@onsen",
            "https://line.me/ti/p/%40onsen",
            "http://127.0.0.1:3010/R/ti/p/%40onsen",
            "https://line.me/R/home/public/profile?id=onsen",
        ] {
            assert_eq!(of(uri), friend(FriendPath::Link), "{uri}");
        }
        assert_eq!(of("http://192.168.1.5:3010/R/ti/p/%40onsen?sim_path=qr"), friend(FriendPath::Qr));
        let chat = Target::Chat { id: "@onsen".into(), text: "予約 2".into() };
        assert_eq!(of("https://line.me/R/oaMessage/%40onsen/?%E4%BA%88%E7%B4%84%202"), chat);
        assert_eq!(of("https://line.me/R/nv/recommendOA/%40onsen"), Target::Recommend { id: "@onsen".into() });
        assert_eq!(of("https://line.me/R/share?text=a%20b+c"), Target::Share { text: "a b c".into() });
        assert_eq!(of("https://lin.ee/AbC12"), Target::Short { code: "AbC12".into() });
        assert_eq!(of("line://coupon/01J"), Target::Coupon { id: "01J".into() });
        let liff = Target::Liff { id: "1-a".into(), rest: "/card?x=1#top".into() };
        assert_eq!(of("https://liff.line.me/1-a/card?x=1#top"), liff);
        assert_eq!(of("http://127.0.0.1:3010/liff/1-a/card?x=1#top"), liff);
        assert_eq!(of("line://app/1-a?x=1"), Target::Liff { id: "1-a".into(), rest: "?x=1".into() });
        for uri in ["https://example.com/R/share?text=a", "https://line.me/en/", "http://127.0.0.1:3010/dialog"] {
            assert_eq!(of(uri), Target::Web { url: uri.into() });
        }
        assert_eq!(of("tel:0751234567"), Target::Outside { url: "tel:0751234567".into() });
        for uri in ["javascript:alert(1)", "http://", "line://nowhere", "about", "data:text/html,x"] {
            assert_eq!(of(uri), Target::Unknown, "{uri}");
        }
    }

    #[test]
    fn a_liff_page_learns_who_looks() {
        let src = liff_src("1-a", "/card?x=1#top", "U1", Some("20"));
        assert_eq!(src, "/liff/1-a/card?x=1&sim_user=U1&sim_room=20#top");
        assert_eq!(liff_src("1-a", "", "U1", None), "/liff/1-a?sim_user=U1");
    }

    #[test]
    fn texts_survive_addresses() {
        for text in ["予約 2+3 & more?", "100%", "%zz", "สวัสดี"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(decode("%zz%4"), "%zz%4");
    }
}
