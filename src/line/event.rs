//! Webhook events as LINE sends them (line-platform.md §8). Nothing is ever refused for being
//! unknown: each event keeps its raw JSON, and what we do not know is an `Unknown` arm.

use crate::id::OperatorId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The body of one webhook request.
#[derive(Clone, Debug, Deserialize)]
pub struct Webhook {
    /// The bot's own user id.
    #[serde(default)]
    pub destination: String,
    /// May be empty: that is how LINE verifies an endpoint.
    #[serde(default)]
    pub events: Vec<Value>,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// One to one.
    User(String),
    /// A group, and who acted, when LINE says so.
    Group(String, Option<String>),
    /// A multi-person room from before groups, and who acted.
    Room(String, Option<String>),
}

impl Source {
    /// The id of the conversation.
    pub fn id(&self) -> &str {
        let (Self::User(id) | Self::Group(id, _) | Self::Room(id, _)) = self;
        id
    }

    /// The LINE user who acted, when LINE says so.
    pub fn user(&self) -> Option<&str> {
        match self {
            Self::User(id) => Some(id),
            Self::Group(_, user) | Self::Room(_, user) => user.as_deref(),
        }
    }
}

/// One event, with the fields that every kind has.
#[derive(Clone, Debug)]
pub struct Event {
    /// LINE's id for it, the same when it is delivered again.
    pub id: String,
    /// When it happened, Unix milliseconds.
    pub timestamp: i64,
    /// Absent when LINE names nobody (account link that failed, module events).
    pub source: Option<Source>,
    /// One use, about a minute.
    pub reply_token: Option<String>,
    /// `false` while a marketplace module holds the chat: do not send.
    pub active: bool,
    /// Delivered before, or at least LINE says so.
    pub redelivered: bool,
    /// What happened.
    pub kind: Kind,
    /// The event as it came.
    pub raw: Value,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A message.
    Message(Incoming),
    /// The text of a message in a group was changed.
    Edited(Incoming),
    /// A message was taken back: hide and forget it.
    Unsend(String),
    /// Added as a friend, or unblocked.
    Follow {
        /// As LINE guesses.
        unblocked: bool,
    },
    /// Blocked.
    Unfollow,
    /// The account was added to a group or room.
    Join,
    /// The account was removed from a group or room.
    Leave,
    /// These users came.
    MemberJoined(Vec<String>),
    /// These users went.
    MemberLeft(Vec<String>),
    /// A button was tapped.
    Postback {
        /// What the button carries.
        data: String,
    },
    /// Any other kind, known to LINE but without rules of its own here, or new.
    Other(String),
}

/// A message from a friend.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// LINE's message id.
    pub id: String,
    /// For answering with a quotation.
    pub quote_token: Option<String>,
    /// For telling the friend it was read.
    pub mark_as_read_token: Option<String>,
    /// The message that this one quotes.
    pub quoted: Option<String>,
    /// The content.
    pub content: Content,
}

/// The content of a message in either direction, as our screens show it.
///
/// Stored as JSON and sent to the browser, so a change here must still read what was stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Text, with LINE's emoji and mentions by UTF-16 position.
    Text {
        /// The text.
        text: String,
        /// Emoji of LINE's own, standing on placeholders in `text`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        emojis: Vec<Emoji>,
        /// Mentions.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<Mention>,
    },
    /// A picture.
    Image {
        /// Other picture of the same set: id, number from 1, how many.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        set: Option<ImageSet>,
        /// Where it lies when LINE does not hold it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        external: Option<String>,
    },
    /// A film.
    Video {
        /// Milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration: Option<i64>,
        /// Where it lies when LINE does not hold it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        external: Option<String>,
    },
    /// A sound.
    Audio {
        /// Milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration: Option<i64>,
        /// Where it lies when LINE does not hold it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        external: Option<String>,
    },
    /// A file.
    File {
        /// Its name, as the sender's phone has it.
        name: String,
        /// Bytes.
        size: i64,
    },
    /// A place.
    Location {
        /// Name of the place.
        #[serde(default)]
        title: String,
        /// Address.
        #[serde(default)]
        address: String,
        /// Degrees.
        latitude: f64,
        /// Degrees.
        longitude: f64,
    },
    /// A sticker. Its picture is LINE's and is shown from LINE's address, never kept.
    Sticker {
        /// Package.
        package_id: String,
        /// Sticker.
        sticker_id: String,
        /// STATIC, ANIMATION, SOUND, …
        #[serde(default)]
        resource: String,
        /// Words that describe it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        keywords: Vec<String>,
        /// The words written on a message sticker.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// A kind with a look of its own: template, Flex, imagemap, coupon, text with substitutions. Kept as LINE's
    /// object, which the screens draw as a phone does.
    Rich {
        /// The message object.
        body: Value,
    },
    /// Something that happened in the room, told in small type.
    Notice {
        /// What.
        notice: Notice,
    },
    /// The sender took it back. Nothing of it is kept.
    Unsent,
    /// A kind that this version does not know. The JSON is kept and shown.
    Unknown {
        /// LINE's word for the kind.
        kind: String,
        /// As it came.
        raw: Value,
    },
    /// A note among colleagues. It is ours alone: never sent, never seen by the friend.
    Note {
        /// The text.
        text: String,
        /// Colleagues whom it names.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<Named>,
    },
}

/// A colleague who is named in a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// UTF-16 position of the `@`.
    pub index: usize,
    /// UTF-16 length, with the `@`.
    pub length: usize,
    /// Who.
    pub operator: OperatorId,
}

/// Something that happened in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Notice {
    /// Became a friend.
    Followed,
    /// Came back after blocking.
    Unblocked,
    /// Blocked the account.
    Blocked,
    /// The account joined.
    Joined,
    /// The account left or was removed.
    Left,
    /// These members came (display names are looked up when shown).
    MembersJoined {
        /// LINE user ids.
        users: Vec<String>,
    },
    /// These members went.
    MembersLeft {
        /// LINE user ids.
        users: Vec<String>,
    },
    /// A button was tapped.
    Postback {
        /// What it carries.
        data: String,
    },
    /// Any other event, by LINE's name for it.
    Other {
        /// LINE's name.
        name: String,
    },
    /// A date, a time, or both were picked.
    Picked {
        /// What the button carries.
        data: String,
        /// What was picked, as LINE writes it.
        value: String,
    },
    /// Another tab of the rich menu was opened.
    MenuSwitched {
        /// The alias of the menu that is shown now; empty when it could not be shown.
        alias: String,
    },
    /// Came near a beacon.
    Beacon {
        /// `enter`, `banner`, `stay`.
        kind: String,
    },
    /// A user of ours was linked with the LINE user, or could not be.
    AccountLinked {
        /// Whether it worked.
        ok: bool,
    },
    /// Joined, left or renewed a membership.
    Membership {
        /// `joined`, `left`, `renewed`.
        kind: String,
    },
    /// Saw a film of ours to its end.
    VideoSeen {
        /// The name that we gave the film.
        tracking: String,
    },
    /// Took a message back.
    TookBack {
        /// LINE's id of the message.
        message: String,
    },
    /// Changed the words of a message.
    Changed {
        /// LINE's id of the message.
        message: String,
    },
    /// Ours, not LINE's: the room was given to somebody, or taken from everybody. The names are those of that day.
    Assigned {
        /// Who did it; none when it went by turn.
        by: Option<String>,
        /// The person or crew who has it now.
        to: Option<String>,
        /// They are the same: somebody took it.
        own: bool,
    },
}

/// An emoji of LINE's own inside a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Emoji {
    /// UTF-16 position.
    pub index: usize,
    /// UTF-16 length of the placeholder.
    #[serde(default = "one")]
    pub length: usize,
    /// Product.
    pub product_id: String,
    /// Emoji.
    pub emoji_id: String,
}

fn one() -> usize {
    1
}

/// A mention inside a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mention {
    /// UTF-16 position.
    pub index: usize,
    /// UTF-16 length.
    pub length: usize,
    /// Who; absent for everybody, or when LINE does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// It is the account itself that is named.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_self: bool,
}

/// Which picture of a set this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageSet {
    /// Set.
    pub id: String,
    /// From 1; absent for sets whose order LINE does not tell.
    #[serde(default)]
    pub index: Option<i64>,
    /// How many there are.
    #[serde(default)]
    pub total: Option<i64>,
}

fn string(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

impl Event {
    /// Reads one event. `None` only when it lacks what makes an event: an id and a type.
    pub fn read(raw: Value) -> Option<Self> {
        let id = string(&raw, "webhookEventId")?;
        let name = string(&raw, "type")?;
        let source = raw.get("source").and_then(|source| {
            let user = string(source, "userId");
            Some(match source.get("type")?.as_str()? {
                "user" => Source::User(user?),
                "group" => Source::Group(string(source, "groupId")?, user),
                "room" => Source::Room(string(source, "roomId")?, user),
                _ => return None,
            })
        });
        Some(Self {
            id,
            timestamp: raw.get("timestamp").and_then(Value::as_i64).unwrap_or_else(crate::time::now),
            source,
            reply_token: string(&raw, "replyToken"),
            active: raw.get("mode").and_then(Value::as_str) != Some("standby"),
            redelivered: raw.pointer("/deliveryContext/isRedelivery").and_then(Value::as_bool).unwrap_or(false),
            kind: Kind::read(&name, &raw),
            raw,
        })
    }
}

impl Kind {
    fn read(name: &str, raw: &Value) -> Self {
        let users = |pointer| -> Vec<String> {
            raw.pointer(pointer)
                .and_then(Value::as_array)
                .map(|members| members.iter().filter_map(|m| string(m, "userId")).collect())
                .unwrap_or_default()
        };
        let message = || Incoming::read(raw.get("message")?);
        match name {
            "message" => message().map(Self::Message),
            "messageEdited" => message().map(Self::Edited),
            "unsend" => raw.pointer("/unsend/messageId").and_then(Value::as_str).map(|id| Self::Unsend(id.into())),
            "follow" => Some(Self::Follow {
                unblocked: raw.pointer("/follow/isUnblocked").and_then(Value::as_bool).unwrap_or(false),
            }),
            "unfollow" => Some(Self::Unfollow),
            "join" => Some(Self::Join),
            "leave" => Some(Self::Leave),
            "memberJoined" => Some(Self::MemberJoined(users("/joined/members"))),
            "memberLeft" => Some(Self::MemberLeft(users("/left/members"))),
            "postback" => {
                raw.pointer("/postback/data").and_then(Value::as_str).map(|data| Self::Postback { data: data.into() })
            }
            _ => None,
        }
        .unwrap_or_else(|| Self::Other(name.into()))
    }
}

impl Incoming {
    fn read(message: &Value) -> Option<Self> {
        Some(Self {
            id: string(message, "id")?,
            quote_token: string(message, "quoteToken"),
            mark_as_read_token: string(message, "markAsReadToken"),
            quoted: string(message, "quotedMessageId"),
            content: Content::read(message),
        })
    }
}

impl Content {
    /// Reads the content of a message object; what does not fit becomes `Unknown` with its JSON.
    pub fn read(message: &Value) -> Self {
        Self::known(message).unwrap_or_else(|| Self::Unknown {
            kind: string(message, "type").unwrap_or_default(),
            raw: message.clone(),
        })
    }

    fn known(message: &Value) -> Option<Self> {
        let external =
            message.pointer("/contentProvider/originalContentUrl").and_then(Value::as_str).map(str::to_owned);
        let duration = message.get("duration").and_then(Value::as_i64);
        let list = |pointer: &str| message.pointer(pointer).cloned().unwrap_or_else(|| Value::Array(Vec::new()));
        Some(match message.get("type")?.as_str()? {
            "text" => Self::Text {
                text: string(message, "text")?,
                emojis: serde_json::from_value(list("/emojis")).unwrap_or_default(),
                mentions: serde_json::from_value(list("/mention/mentionees")).unwrap_or_default(),
            },
            "image" => Self::Image {
                set: message.get("imageSet").and_then(|set| serde_json::from_value(set.clone()).ok()),
                external,
            },
            "video" => Self::Video { duration, external },
            "audio" => Self::Audio { duration, external },
            "file" => Self::File {
                name: string(message, "fileName").unwrap_or_default(),
                size: message.get("fileSize").and_then(Value::as_i64).unwrap_or_default(),
            },
            "location" => Self::Location {
                title: string(message, "title").unwrap_or_default(),
                address: string(message, "address").unwrap_or_default(),
                latitude: message.get("latitude")?.as_f64()?,
                longitude: message.get("longitude")?.as_f64()?,
            },
            "sticker" => Self::Sticker {
                package_id: string(message, "packageId")?,
                sticker_id: string(message, "stickerId")?,
                resource: string(message, "stickerResourceType").unwrap_or_default(),
                keywords: message
                    .get("keywords")
                    .and_then(|words| serde_json::from_value(words.clone()).ok())
                    .unwrap_or_default(),
                text: string(message, "text"),
            },
            "template" | "flex" | "imagemap" | "coupon" | "textV2" => Self::Rich { body: message.clone() },
            _ => return None,
        })
    }

    /// The kind as one word, as the database and the list's last line use it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image { .. } => "image",
            Self::Video { .. } => "video",
            Self::Audio { .. } => "audio",
            Self::File { .. } => "file",
            Self::Location { .. } => "location",
            Self::Sticker { .. } => "sticker",
            Self::Rich { .. } => "rich",
            Self::Notice { .. } => "notice",
            Self::Unsent => "unsent",
            Self::Unknown { .. } => "unknown",
            Self::Note { .. } => "note",
        }
    }

    /// The words in it, for the list's last line and for searching.
    pub fn words(&self) -> String {
        match self {
            Self::Text { text, .. } | Self::Note { text, .. } => text.clone(),
            Self::File { name, .. } => name.clone(),
            Self::Location { title, address, .. } => if title.is_empty() { address } else { title }.clone(),
            Self::Sticker { text, .. } => text.clone().unwrap_or_default(),
            Self::Rich { body } => string(body, "altText").or_else(|| string(body, "text")).unwrap_or_default(),
            Self::Notice { notice: Notice::Postback { data } } => data.clone(),
            Self::Unknown { kind, .. } => kind.clone(),
            _ => String::new(),
        }
    }

    /// Whether LINE holds bytes for it that must be fetched.
    pub fn has_bytes(&self) -> bool {
        matches!(
            self,
            Self::Image { external: None, .. }
                | Self::Video { external: None, .. }
                | Self::Audio { external: None, .. }
                | Self::File { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn unknown_kinds_keep_their_json() {
        let event = Event::read(json!({
            "type": "message", "webhookEventId": "01H", "timestamp": 5, "mode": "active",
            "source": {"type": "user", "userId": "U1"},
            "message": {"type": "hologram", "id": "7", "depth": 3}
        }));
        let Some(Event { kind: Kind::Message(message), .. }) = event else { panic!("not read") };
        assert!(matches!(&message.content, Content::Unknown { kind, raw } if kind == "hologram" && raw["depth"] == 3));
    }

    #[test]
    fn kinds_with_a_look_of_their_own_keep_their_object() {
        let message = json!({ "type": "template", "altText": "Choose", "template": { "type": "confirm" } });
        let content = Content::read(&message);
        assert_eq!(content, Content::Rich { body: message });
        assert_eq!((content.name(), content.words()), ("rich", "Choose".to_owned()));
        let stored = serde_json::to_string(&content).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Content>(&stored).ok(), Some(content));
    }

    #[test]
    fn a_new_event_type_is_kept_and_one_without_an_id_is_not_an_event() {
        let event = Event::read(json!({"type": "poke", "webhookEventId": "01H", "source": {"type": "planet"}}));
        assert!(matches!(event, Some(Event { kind: Kind::Other(name), source: None, .. }) if name == "poke"));
        assert!(Event::read(json!({"type": "message"})).is_none());
        assert!(Event::read(json!(7)).is_none());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*", key in "[a-zA-Z]{1,12}") {
            let _ = Event::read(json!({"type": text, "webhookEventId": text, key: text, "message": {"type": "text", "text": 5}}));
        }
    }
}
