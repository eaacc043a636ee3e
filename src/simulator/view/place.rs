//! Where somebody is on a phone. On a page with one phone the place is the page's address.

use crate::simulator::model::{
    FriendPath,
    address::{decode, encode, value},
};

/// A screen of a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Oneself, friends, accounts to add.
    Friends,
    /// The list of chats.
    #[default]
    Chats,
    /// The coupons.
    Wallet,
    /// Ways to add an account.
    Add,
    /// A new group.
    Group,
    /// A chat.
    Room {
        /// Channel id or group id.
        id: String,
        /// What stands in the line to write in.
        text: String,
    },
    /// The profile page of an account.
    Account {
        /// Channel id.
        channel: String,
        /// How it was found.
        path: Option<FriendPath>,
    },
    /// A coupon.
    Coupon {
        /// Its id.
        id: String,
    },
    /// Passing a text on to a group or a friend.
    Share {
        /// The text.
        text: String,
    },
    /// Passing an account on to a group or a friend.
    Recommend {
        /// Channel id.
        channel: String,
    },
    /// There is no such screen.
    Lost,
}

impl Place {
    /// A chat with nothing to be sent yet.
    pub fn room(id: &str) -> Self {
        Self::Room { id: id.to_owned(), text: String::new() }
    }

    /// The screen of an address `/u/{user}/…` with its query.
    pub fn of(path: &str, query: &str) -> Self {
        let query = query.trim_start_matches('?');
        let mut parts = path.split('/').filter(|part| !part.is_empty()).skip(2);
        let (first, second) = (parts.next(), parts.next().map(decode));
        let asked = |name: &str| value(query, name).unwrap_or_default();
        match (first, second) {
            (None, _) => Self::Chats,
            (Some("friends"), None) => Self::Friends,
            (Some("wallet"), None) => Self::Wallet,
            (Some("add"), None) => Self::Add,
            (Some("group"), None) => Self::Group,
            (Some("share"), None) => Self::Share { text: asked("text") },
            (Some("chat"), Some(id)) => Self::Room { id, text: asked("text") },
            (Some("account"), Some(channel)) => Self::Account { channel, path: FriendPath::from_word(&asked("path")) },
            (Some("recommend"), Some(channel)) => Self::Recommend { channel },
            (Some("coupon"), Some(id)) => Self::Coupon { id },
            _ => Self::Lost,
        }
    }

    /// The address of this screen on the phone of `user`.
    pub fn href(&self, user: &str) -> String {
        let rest = match self {
            Self::Chats | Self::Lost => String::new(),
            Self::Friends => "/friends".into(),
            Self::Wallet => "/wallet".into(),
            Self::Add => "/add".into(),
            Self::Group => "/group".into(),
            Self::Share { text } => format!("/share?text={}", encode(text)),
            Self::Room { id, text } if text.is_empty() => format!("/chat/{}", encode(id)),
            Self::Room { id, text } => format!("/chat/{}?text={}", encode(id), encode(text)),
            Self::Account { channel, path: None } => format!("/account/{}", encode(channel)),
            Self::Account { channel, path: Some(path) } => format!("/account/{}?path={}", encode(channel), path.word()),
            Self::Recommend { channel } => format!("/recommend/{}", encode(channel)),
            Self::Coupon { id } => format!("/coupon/{}", encode(id)),
        };
        format!("/u/{user}{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_an_address() {
        for place in [
            Place::Friends,
            Place::Chats,
            Place::Wallet,
            Place::Add,
            Place::Group,
            Place::room("20"),
            Place::Room { id: "C1".into(), text: "予約 2+1&x".into() },
            Place::Account { channel: "20".into(), path: None },
            Place::Account { channel: "20".into(), path: Some(FriendPath::Qr) },
            Place::Coupon { id: "01J".into() },
            Place::Share { text: "a b".into() },
            Place::Recommend { channel: "20".into() },
        ] {
            let href = place.href("U1");
            let (path, query) = href.split_once('?').unwrap_or((&href, ""));
            assert_eq!(Place::of(path, query), place, "{href}");
        }
        assert_eq!(Place::of("/u/U1/nowhere", ""), Place::Lost);
    }
}
