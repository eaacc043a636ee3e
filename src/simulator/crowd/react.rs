//! What a member does with a message. It follows from the crowd, the member and the request that sent
//! it, so it is the same whenever somebody asks, and a million of these need no place.

use super::{
    Crowd,
    mix::{self, among, mix, share},
};
use crate::time::{DAY, HOUR, MINUTE, SECOND};
use serde_json::Value;

/// What can be done with a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// The request that sent it.
    pub request_id: String,
    /// A number from that.
    salt: u64,
    /// When it arrived, Unix milliseconds.
    pub sent: i64,
    /// How many bubbles it has.
    pub bubbles: usize,
    /// Those that play, from 0.
    pub media: Vec<usize>,
    /// Links: the bubble, from 0, and the address. Each pair once.
    pub links: Vec<(usize, String)>,
}

impl Shape {
    /// Of these message objects.
    pub fn new<'a>(request_id: &str, sent: i64, messages: impl Iterator<Item = &'a Value>) -> Self {
        let salt = mix::of_text(request_id);
        let mut shape = Self { request_id: request_id.to_owned(), salt, sent, ..Self::default() };
        for (at, message) in messages.enumerate() {
            shape.bubbles = at + 1;
            let kind = message["type"].as_str().unwrap_or_default();
            if matches!(kind, "video" | "audio") || message.get("video").is_some() {
                shape.media.push(at);
            }
            let mut found = Vec::new();
            if matches!(kind, "text" | "textV2") {
                in_text(message["text"].as_str().unwrap_or_default(), &mut found);
            }
            in_object(message, &mut found);
            for url in found {
                if !shape.links.iter().any(|(other, link)| *other == at && *link == url) {
                    shape.links.push((at, url));
                }
            }
        }
        shape
    }
}

/// Addresses that a text names.
fn in_text(text: &str, found: &mut Vec<String>) {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, '「' | '」' | '（' | '）' | '、' | '。' | '<' | '>'));
    for word in words {
        let start = word.find("https://").or_else(|| word.find("http://"));
        let link = start.and_then(|start| word.get(start..)).unwrap_or_default();
        // Up to where other writing begins: nobody leaves a space there in Japanese.
        let end = link.find(|c: char| !c.is_ascii()).unwrap_or(link.len());
        let link = link[..end].trim_end_matches(['.', ',', ')', '!', '?']);
        if link.len() > 8 {
            found.push(link.to_owned());
        }
    }
}

/// Addresses that actions open.
fn in_object(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                match inner {
                    Value::String(url) if matches!(name.as_str(), "uri" | "linkUri") && url.starts_with("http") => {
                        found.push(url.clone());
                    }
                    _ => in_object(inner, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| in_object(inner, found)),
        _ => {}
    }
}

/// What one member did with a message until some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Did {
    /// When the chat was opened with the message in it: the first time, and perhaps again.
    pub opened: [Option<i64>; 2],
    /// Links that were opened: which, and when.
    pub clicked: [Option<(usize, i64)>; 3],
    /// The film or sound that was played: which of them, how much of it (percent), and when.
    pub played: Option<(usize, u8, i64)>,
}

impl Crowd {
    /// What a member did with a message until `until`.
    pub fn did(&self, at: u32, shape: &Shape, until: i64) -> Did {
        let mut did = Did::default();
        let rates = self.rates_at(shape.sent);
        let bits = self.draw(at, shape.salt);
        let draw = |what: u64| mix(bits.wrapping_add(what << 40));
        if share(draw(1)) >= rates.open {
            return did;
        }
        // Some look at once, some in three days.
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most half a year")]
        let waited = (rates.within as f64 * share(draw(2)).powi(5)) as i64;
        let opened = shape.sent + waited;
        if opened > until {
            return did;
        }
        did.opened[0] = Some(opened);
        let within = |from: i64, to: i64, what: u64| {
            let time = opened + from + i64::try_from(draw(what) >> 1).unwrap_or_default() % (to - from);
            (time <= until).then_some(time)
        };
        if draw(3) % 4 == 0 {
            did.opened[1] = within(HOUR, DAY, 4);
        }
        if !shape.links.is_empty() && share(draw(5)) < rates.click {
            let first = among(draw(6), shape.links.len());
            did.clicked[0] = within(5 * SECOND, MINUTE, 7).map(|time| (first, time));
            if draw(8) % 6 == 0 {
                did.clicked[1] = within(MINUTE, HOUR, 9).map(|time| (first, time));
            }
            if shape.links.len() > 1 && draw(10) % 5 == 0 {
                let other = (first + 1 + among(draw(11), shape.links.len() - 1)) % shape.links.len();
                did.clicked[2] = within(MINUTE, HOUR, 12).map(|time| (other, time));
            }
        }
        if !shape.media.is_empty() && share(draw(13)) < rates.play {
            let which = shape.media[among(draw(14), shape.media.len())];
            let percent = match draw(15) % 10 {
                0..2 => 0,
                2..4 => 25,
                4..5 => 50,
                5..6 => 75,
                _ => 100,
            };
            did.played = within(2 * SECOND, 30 * SECOND, 16).map(|time| (which, percent, time));
        }
        did
    }

    /// When a member answers a message, if they do.
    pub(super) fn answers(&self, at: u32, shape: &Shape) -> Option<(i64, u64)> {
        let rates = self.rates_at(shape.sent);
        let bits = mix(self.draw(at, shape.salt) ^ 0xa);
        if rates.answer <= 0.0 || share(bits) >= rates.answer {
            return None;
        }
        let opened = self.did(at, shape, i64::MAX).opened[0]?;
        Some((opened + 20 * SECOND + i64::try_from(bits & 0x3_ffff).unwrap_or_default(), bits))
    }

    /// When a member blocks the account for a message, if they do.
    pub(super) fn blocks(&self, at: u32, shape: &Shape) -> Option<i64> {
        let rates = self.rates_at(shape.sent);
        let bits = mix(self.draw(at, shape.salt) ^ 0xb);
        let annoyed = rates.block > 0.0 && share(bits) < rates.block;
        annoyed.then(|| shape.sent + 30 * SECOND + i64::try_from(bits & 0xf_ffff).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::crowd, *};
    use serde_json::json;

    #[test]
    fn links_and_films_are_found() {
        let messages = [
            json!({ "type": "text", "text": "見てね https://a.example/x. とhttp://b.example/。" }),
            json!({ "type": "video" }),
            json!({ "type": "imagemap", "actions": [{ "type": "uri", "linkUri": "https://c.example" }, { "linkUri": "https://c.example" }] }),
            json!({ "type": "flex", "contents": { "body": { "contents": [{ "action": { "type": "uri", "uri": "https://d.example" } }, { "action": { "uri": "tel:110" } }] } } }),
        ];
        let shape = Shape::new("r", 0, messages.iter());
        let links: Vec<(usize, &str)> = shape.links.iter().map(|(at, url)| (*at, url.as_str())).collect();
        assert_eq!(
            links,
            [(0, "https://a.example/x"), (0, "http://b.example/"), (2, "https://c.example"), (3, "https://d.example")]
        );
        assert_eq!((shape.bubbles, shape.media), (4, vec![1]));
    }

    #[test]
    fn members_do_as_the_rates_say_and_never_take_it_back() {
        let some = crowd(10_000);
        let message = json!({ "type": "text", "text": "https://a.example https://b.example" });
        let shape = Shape::new("r", 5 * DAY, std::iter::once(&message));
        let all = |until| (0..10_000).map(|at| some.did(at, &shape, until)).collect::<Vec<_>>();
        let (soon, late) = (all(6 * DAY), all(19 * DAY));
        let opened = late.iter().filter(|did| did.opened[0].is_some()).count();
        let clicked = late.iter().filter(|did| did.clicked.iter().any(Option::is_some)).count();
        assert!((5_800..6_200).contains(&opened), "{opened}");
        assert!((1_050..1_350).contains(&clicked), "{clicked}");
        assert!(soon.iter().filter(|did| did.opened[0].is_some()).count() < opened);
        assert!(
            soon.iter().zip(&late).all(|(soon, late)| soon.opened[0].is_none() || soon.opened[0] == late.opened[0])
        );
        assert_eq!(all(19 * DAY), late);
        assert_eq!(all(5 * DAY - 1).iter().filter(|did| **did != Did::default()).count(), 0);
        let answers = (0..10_000).filter(|at| some.answers(*at, &shape).is_some()).count();
        assert!((15..50).contains(&answers), "{answers}");
    }
}
