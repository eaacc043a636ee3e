//! Looks at what a phone is about to send, so that only what a real one could send becomes a webhook
//! (line-platform.md §6 and §8).

use super::{Place, Trouble};
use crate::{
    line::count::{TEXT_LIMIT, utf16},
    simulator::world::World,
};
use serde_json::{Map, Value, json};

/// The most mentions that a webhook carries.
const MENTIONS: usize = 20;
/// The longest title and the longest address of a place, in UTF-16 units.
const PLACE_LIMIT: usize = 100;
/// The most words that come with a sticker.
const KEYWORDS: usize = 15;
/// What kinds of stickers there are.
const STICKER_TYPES: [&str; 10] = [
    "STATIC",
    "ANIMATION",
    "SOUND",
    "ANIMATION_SOUND",
    "POPUP",
    "POPUP_SOUND",
    "CUSTOM",
    "MESSAGE",
    "NAME_TEXT",
    "PER_STICKER_TEXT",
];

/// A part of a text, in UTF-16 units.
#[derive(Clone, Copy)]
struct Part {
    index: usize,
    length: usize,
}

impl Part {
    /// Reads `index` and `length`, which must lie within `text`.
    fn of(mark: &Value, text: &[u16]) -> Option<Self> {
        let number =
            |name: &str| mark.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
        let part = Self { index: number("index")?, length: number("length").filter(|length| *length > 0)? };
        part.index.checked_add(part.length).filter(|end| *end <= text.len()).map(|_| part)
    }
}

/// Refuses parts of which one begins within another.
fn apart(mut parts: Vec<Part>) -> Result<(), Trouble> {
    parts.sort_by_key(|part| part.index);
    let apart = parts.windows(2).all(|pair| pair[0].index + pair[0].length <= pair[1].index);
    if apart { Ok(()) } else { Err(Trouble::Impossible("emojis and mentions must not overlap")) }
}

fn word<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str).filter(|word| !word.is_empty())
}

impl World {
    /// The message as it goes into the room and into the webhook, without its ids.
    pub(super) fn checked(&self, place: &Place, body: &Value) -> Result<Value, Trouble> {
        let mut message = match body["type"].as_str().unwrap_or_default() {
            "text" => self.checked_text(place, body)?,
            "sticker" => checked_sticker(body)?,
            "location" => return checked_place(body),
            "" => return Err(Trouble::Impossible("a message needs its type")),
            // Pictures and files are described by whoever has their bytes.
            _ => return Ok(body.clone()),
        };
        if let Some(quoted) = word(body, "quotedMessageId") {
            let there = self
                .bubble(&place.room, quoted)
                .is_some_and(|message| !message.quote_token.is_empty() && !message.unsent);
            if !there {
                return Err(Trouble::Impossible("only a message of the same room can be quoted"));
            }
            message["quotedMessageId"] = quoted.into();
        }
        Ok(message)
    }

    fn checked_text(&self, place: &Place, body: &Value) -> Result<Value, Trouble> {
        let text = word(body, "text").filter(|text| !text.trim().is_empty());
        let text = text.ok_or(Trouble::Impossible("a text must not be empty"))?;
        if utf16(text) > TEXT_LIMIT {
            return Err(Trouble::TooLong(TEXT_LIMIT));
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut parts = Vec::new();
        let mut message = json!({ "type": "text", "text": text });
        let list = |path: &str| body.pointer(path).and_then(Value::as_array).filter(|list| !list.is_empty());
        if let Some(emojis) = list("/emojis") {
            let wrong =
                Trouble::Impossible("an emoji needs productId and emojiId, and index and length within the text");
            let mut all = Vec::new();
            for emoji in emojis {
                let part = Part::of(emoji, &units).ok_or(wrong)?;
                let (product, id) = word(emoji, "productId").zip(word(emoji, "emojiId")).ok_or(wrong)?;
                parts.push(part);
                all.push(json!({ "index": part.index, "length": part.length, "productId": product, "emojiId": id }));
            }
            message["emojis"] = all.into();
        }
        if let Some(mentionees) = list("/mention/mentionees") {
            if mentionees.len() > MENTIONS {
                return Err(Trouble::Impossible("a text has at most 20 mentions"));
            }
            let mut all = Vec::new();
            for mention in mentionees {
                let part = Part::of(mention, &units).filter(|part| units[part.index] == u16::from(b'@'));
                let part = part.ok_or(Trouble::Impossible("a mention begins with @ and lies within the text"))?;
                parts.push(part);
                all.push(self.mentionee(place, mention, part)?);
            }
            message["mention"] = json!({ "mentionees": all });
        }
        apart(parts)?;
        Ok(message)
    }

    /// Everybody, somebody who is here, or the bot.
    fn mentionee(&self, place: &Place, mention: &Value, part: Part) -> Result<Value, Trouble> {
        let group = self.groups.get(&place.room).ok_or(Trouble::Impossible("there are mentions in groups only"))?;
        let mut all = json!({ "index": part.index, "length": part.length });
        match word(mention, "type") {
            Some("all") => all["type"] = "all".into(),
            Some("user") => {
                let user = word(mention, "userId").unwrap_or_default();
                let bot = group.bot.as_ref().and_then(|bot| self.channels.get(bot)).is_some_and(|bot| bot.bot == user);
                if !bot && !group.members.iter().any(|member| member == user) {
                    return Err(Trouble::Impossible("only who is in the group can be mentioned"));
                }
                all["type"] = "user".into();
                all["userId"] = user.into();
                all["isSelf"] = bot.into();
            }
            _ => return Err(Trouble::Impossible("the type of a mention is user or all")),
        }
        Ok(all)
    }
}

fn checked_sticker(body: &Value) -> Result<Value, Trouble> {
    let digits = |name: &str| word(body, name).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    let ids = digits("packageId").zip(digits("stickerId"));
    let (package, id) = ids.ok_or(Trouble::Impossible("a sticker needs packageId and stickerId, of digits"))?;
    let kind = word(body, "stickerResourceType").unwrap_or("STATIC");
    if !STICKER_TYPES.contains(&kind) {
        return Err(Trouble::Impossible("there is no such stickerResourceType"));
    }
    let mut sticker = json!({ "type": "sticker", "packageId": package, "stickerId": id, "stickerResourceType": kind });
    let keywords = body.get("keywords").and_then(Value::as_array).into_iter().flatten().filter(|word| word.is_string());
    let keywords: Vec<&Value> = keywords.take(KEYWORDS).collect();
    if !keywords.is_empty() {
        sticker["keywords"] = json!(keywords);
    }
    if let Some(text) = word(body, "text") {
        if utf16(text) > PLACE_LIMIT {
            return Err(Trouble::TooLong(PLACE_LIMIT));
        }
        sticker["text"] = text.into();
    }
    Ok(sticker)
}

fn checked_place(body: &Value) -> Result<Value, Trouble> {
    let within = |name: &str, end: f64| {
        body.get(name).filter(|value| value.as_f64().is_some_and(|degrees| degrees.abs() <= end)).cloned()
    };
    let found = within("latitude", 90.0).zip(within("longitude", 180.0));
    let (latitude, longitude) = found.ok_or(Trouble::Impossible("a place needs its latitude and longitude"))?;
    let mut place = Map::new();
    place.insert("type".into(), "location".into());
    for name in ["title", "address"] {
        let Some(text) = word(body, name) else { continue };
        if utf16(text) > PLACE_LIMIT {
            return Err(Trouble::TooLong(PLACE_LIMIT));
        }
        place.insert(name.into(), text.into());
    }
    place.insert("latitude".into(), latitude);
    place.insert("longitude".into(), longitude);
    Ok(place.into())
}
