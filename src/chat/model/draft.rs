//! What an operator composes: bubbles, and how they go out. Held to LINE's limits (line-platform.md §6)
//! while it is written and again before it is sent.

use super::{
    DraftError, check_text,
    upload::{Upload, UploadKind, size_words},
};
use crate::{
    id::{MessageId, SavedId, UploadId},
    line::{
        count::{self, BUBBLES_LIMIT, TEXT_LIMIT, utf16},
        event::{Content, Emoji},
        message,
        sticker::sticker_pack,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most of LINE's emoji in one text.
pub const EMOJI_LIMIT: usize = 20;
/// The longest title and the longest address of a place, in UTF-16 units.
pub const PLACE_LIMIT: usize = 100;
/// The longest words that stand for a card in a notification, in UTF-16 units.
pub const ALT_LIMIT: usize = 1_500;
/// The longest name of a sender, in UTF-16 units.
pub const SENDER_LIMIT: usize = 20;
/// The largest Flex bubble and the largest carousel, in bytes of JSON.
const FLEX_LIMITS: (usize, usize) = (30 << 10, 50 << 10);

/// One message of what is sent in one go. Kept as JSON by drafts, messages to be sent later and saved messages.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Bubble {
    /// Words. LINE's own emoji stand on words in brackets, as they do in what friends write.
    Text {
        /// The words.
        text: String,
        /// Where LINE's emoji stand.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        emojis: Vec<Emoji>,
    },
    /// One of the stickers that accounts may send.
    Sticker {
        /// Package.
        package_id: String,
        /// Sticker.
        sticker_id: String,
    },
    /// A picture.
    Image {
        /// Its file.
        file: Upload,
    },
    /// A film.
    Video {
        /// Its file.
        file: Upload,
    },
    /// A sound.
    Audio {
        /// Its file.
        file: Upload,
    },
    /// A file, which LINE's friends get as a link.
    File {
        /// Its file.
        file: Upload,
    },
    /// A place.
    Location {
        /// Name of the place.
        title: String,
        /// Address.
        address: String,
        /// Degrees.
        latitude: f64,
        /// Degrees.
        longitude: f64,
    },
    /// A card with a look of its own: a Flex or template message, as LINE takes it.
    Card {
        /// The message object.
        message: Value,
    },
    /// A coupon of the account.
    Coupon {
        /// LINE's id of it.
        coupon_id: String,
        /// Its title, for our screens.
        #[serde(default)]
        title: String,
    },
}

/// What is wrong with a bubble or with the whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// Nothing to send.
    Empty,
    /// More bubbles than LINE takes at once.
    TooMany,
    /// Longer than this limit, by so many UTF-16 units.
    TooLong {
        /// The limit.
        limit: usize,
        /// How much over it.
        over: usize,
    },
    /// More of LINE's emoji than fit one text.
    TooManyEmoji,
    /// An emoji does not stand where it says.
    Emoji,
    /// Not a sticker that accounts may send.
    Sticker,
    /// The file is of another kind than the bubble says.
    File,
    /// A place without a name, without an address, or off the globe.
    Place,
    /// The JSON is not a Flex or template message, or is too large.
    Card,
    /// No coupon is named.
    Coupon,
    /// Only texts and stickers can quote, and there is none.
    Quote,
}

/// What is about to be sent in one go.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// One to five.
    pub bubbles: Vec<Bubble>,
    /// The message of the same room that the first text or sticker answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<MessageId>,
    /// Arrives without a sound.
    pub silent: bool,
    /// Under the operator's own name instead of the account's.
    pub as_me: bool,
    /// Saved messages that went into it: they count once it is sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<SavedId>,
}

/// Which address of a file a message needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Use {
    /// The file itself.
    Original,
    /// A small picture of it.
    Preview,
    /// The page from which it can be downloaded.
    Page,
}

impl Bubble {
    /// A text without LINE's emoji.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), emojis: Vec::new() }
    }

    /// A file, as what it is.
    pub fn file(file: Upload) -> Self {
        match file.kind {
            UploadKind::Image => Self::Image { file },
            UploadKind::Video => Self::Video { file },
            UploadKind::Audio => Self::Audio { file },
            UploadKind::File => Self::File { file },
        }
    }

    /// Its file, if it has one.
    pub fn upload(&self) -> Option<&Upload> {
        match self {
            Self::Image { file } | Self::Video { file } | Self::Audio { file } | Self::File { file } => Some(file),
            _ => None,
        }
    }

    /// Its file, if it has one.
    pub fn upload_mut(&mut self) -> Option<&mut Upload> {
        match self {
            Self::Image { file } | Self::Video { file } | Self::Audio { file } | Self::File { file } => Some(file),
            _ => None,
        }
    }

    /// Whether it can quote: LINE lets texts and stickers do it.
    pub fn quotes(&self) -> bool {
        matches!(self, Self::Text { .. } | Self::Sticker { .. })
    }

    /// Holds it to LINE's limits.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self) -> Result<(), Flaw> {
        match self {
            Self::Text { text, emojis } => {
                check_text(text).map_err(|error| match error {
                    DraftError::Empty => Flaw::Empty,
                    DraftError::TooLong(over) => Flaw::TooLong { limit: TEXT_LIMIT, over },
                })?;
                check_emojis(text, emojis)
            }
            Self::Sticker { package_id, sticker_id } => {
                let pack = sticker_id.parse().ok().and_then(sticker_pack);
                pack.filter(|pack| pack.id.to_string() == *package_id).map(drop).ok_or(Flaw::Sticker)
            }
            Self::Image { file } => kind(file, UploadKind::Image),
            Self::Video { file } => kind(file, UploadKind::Video),
            Self::Audio { file } => kind(file, UploadKind::Audio),
            Self::File { file } => kind(file, UploadKind::File),
            Self::Location { title, address, latitude, longitude } => {
                if title.trim().is_empty()
                    || address.trim().is_empty()
                    || latitude.abs() > 90.0
                    || longitude.abs() > 180.0
                {
                    return Err(Flaw::Place);
                }
                within(title, PLACE_LIMIT)?;
                within(address, PLACE_LIMIT)
            }
            Self::Card { message } => check_card(message),
            Self::Coupon { coupon_id, .. } => {
                let fits = !coupon_id.is_empty()
                    && coupon_id.len() <= 26
                    && coupon_id.bytes().all(|b| b.is_ascii_alphanumeric());
                if fits { Ok(()) } else { Err(Flaw::Coupon) }
            }
        }
    }

    /// The message object that LINE is given. `address` tells where LINE and the friend find a file.
    pub fn to_line(&self, address: impl Fn(UploadId, Use) -> String) -> Value {
        match self {
            Self::Text { text, emojis } => message::text(text.trim_end(), emojis),
            Self::Sticker { package_id, sticker_id } => message::sticker(package_id, sticker_id),
            Self::Image { file } => message::image(&address(file.id, Use::Original), &address(file.id, Use::Preview)),
            Self::Video { file } => message::video(&address(file.id, Use::Original), &address(file.id, Use::Preview)),
            Self::Audio { file } => {
                message::audio(&address(file.id, Use::Original), file.duration.unwrap_or_default().max(1))
            }
            Self::File { file } => {
                let words = format!("📎 {} ({})\n{}", file.name, size_words(file.size), address(file.id, Use::Page));
                message::text(&words, &[])
            }
            Self::Location { title, address, latitude, longitude } => {
                message::location(title.trim(), address.trim(), *latitude, *longitude)
            }
            Self::Card { message } => message.clone(),
            Self::Coupon { coupon_id, .. } => message::coupon(coupon_id),
        }
    }

    /// What our own room shows. The bytes of a file are found by the message, as those of friends are.
    pub fn content(&self) -> Content {
        match self {
            Self::Text { text, emojis } => {
                Content::Text { text: text.trim_end().to_owned(), emojis: emojis.clone(), mentions: Vec::new() }
            }
            Self::Sticker { package_id, sticker_id } => Content::Sticker {
                package_id: package_id.clone(),
                sticker_id: sticker_id.clone(),
                resource: sticker_id.parse().ok().and_then(sticker_pack).map_or("STATIC", |pack| pack.kind).to_owned(),
                keywords: Vec::new(),
                text: None,
            },
            Self::Image { .. } => Content::Image { set: None, external: None },
            Self::Video { file } => Content::Video { duration: file.duration, external: None },
            Self::Audio { file } => Content::Audio { duration: file.duration, external: None },
            Self::File { file } => Content::File { name: file.name.clone(), size: file.size },
            Self::Location { title, address, latitude, longitude } => Content::Location {
                title: title.trim().to_owned(),
                address: address.trim().to_owned(),
                latitude: *latitude,
                longitude: *longitude,
            },
            Self::Card { message } => Content::Rich { body: message.clone() },
            Self::Coupon { coupon_id, .. } => Content::Rich { body: message::coupon(coupon_id) },
        }
    }
}

impl Draft {
    /// A single text.
    pub fn text(text: &str) -> Self {
        Self { bubbles: vec![Bubble::text(text)], ..Self::default() }
    }

    /// Whether there is anything in it that would be missed.
    pub fn is_empty(&self) -> bool {
        self.bubbles.is_empty() && self.quote.is_none()
    }

    /// Holds the whole to LINE's limits.
    ///
    /// # Errors
    /// The first thing that is wrong, with the bubble that it is wrong with.
    pub fn check(&self) -> Result<(), (usize, Flaw)> {
        match self.bubbles.len() {
            0 => return Err((0, Flaw::Empty)),
            count if count > BUBBLES_LIMIT => return Err((BUBBLES_LIMIT, Flaw::TooMany)),
            _ => {}
        }
        for (at, bubble) in self.bubbles.iter().enumerate() {
            bubble.check().map_err(|flaw| (at, flaw))?;
        }
        if self.quote.is_some() && !self.bubbles.iter().any(Bubble::quotes) {
            return Err((0, Flaw::Quote));
        }
        Ok(())
    }
}

/// Whether LINE takes this as the name of a sender.
///
/// # Errors
/// What is wrong with it. An empty name is none.
pub fn check_sender(name: &str) -> Result<(), Flaw> {
    within(name, SENDER_LIMIT)?;
    // LINE refuses names that could be taken for its own.
    if name.to_ascii_lowercase().contains("line") { Err(Flaw::Card) } else { Ok(()) }
}

/// The emoji of LINE's that stand in a text: `chosen` are words in brackets that were picked from the list; the
/// same words typed by hand before anything was picked stay words.
pub fn place_emojis(text: &str, chosen: &[(String, String, String)]) -> Vec<Emoji> {
    let mut found: Vec<Emoji> = Vec::new();
    for (words, product_id, emoji_id) in chosen {
        for (at, _) in text.match_indices(words.as_str()) {
            let index = utf16(&text[..at]);
            if found.iter().all(|emoji| emoji.index != index) {
                found.push(Emoji {
                    index,
                    length: utf16(words),
                    product_id: product_id.clone(),
                    emoji_id: emoji_id.clone(),
                });
            }
        }
    }
    found.sort_by_key(|emoji| emoji.index);
    found
}

fn check_emojis(text: &str, emojis: &[Emoji]) -> Result<(), Flaw> {
    if emojis.len() > EMOJI_LIMIT {
        return Err(Flaw::TooManyEmoji);
    }
    let (length, mut end) = (utf16(text), 0);
    for emoji in emojis {
        let next = emoji.index.checked_add(emoji.length).ok_or(Flaw::Emoji)?;
        let named = [&emoji.product_id, &emoji.emoji_id].iter().all(|id| !id.is_empty() && id.len() <= 100);
        if emoji.index < end || emoji.length == 0 || next > length || !named || !message::cuts(text, emoji) {
            return Err(Flaw::Emoji);
        }
        end = next;
    }
    Ok(())
}

fn kind(file: &Upload, kind: UploadKind) -> Result<(), Flaw> {
    if file.kind == kind { Ok(()) } else { Err(Flaw::File) }
}

fn within(text: &str, limit: usize) -> Result<(), Flaw> {
    match count::utf16(text.trim()).checked_sub(limit) {
        Some(over) if over > 0 => Err(Flaw::TooLong { limit, over }),
        _ => Ok(()),
    }
}

fn check_card(message: &Value) -> Result<(), Flaw> {
    let alt = message.get("altText").and_then(Value::as_str).unwrap_or_default();
    if alt.trim().is_empty() {
        return Err(Flaw::Card);
    }
    within(alt, ALT_LIMIT)?;
    let size = |value: &Value| value.to_string().len();
    let fits = match message.get("type").and_then(Value::as_str) {
        Some("flex") => {
            message.get("contents").is_some_and(|contents| match contents.get("type").and_then(Value::as_str) {
                Some("bubble") => size(contents) <= FLEX_LIMITS.0,
                Some("carousel") => size(contents) <= FLEX_LIMITS.1,
                _ => false,
            })
        }
        Some("template") => message.get("template").is_some_and(Value::is_object),
        _ => false,
    };
    if fits { Ok(()) } else { Err(Flaw::Card) }
}

#[cfg(test)]
mod tests;
