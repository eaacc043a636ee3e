//! What LINE refuses in messages, word for word: a table of good messages, and one of what goes wrong when
//! a single thing in them is changed. All over HTTP, against the endpoint that only checks.
//!
//! A row says where its words are from. Vendors of clients parse them, so a guess must be seen as one.

mod good;

use Source::{Documented, Recalled, Seen};
use engawa::simulator::server::{Config, Running, start};
use good::good;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::net::TcpListener;

/// Where the words of a refusal are from.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    /// LINE's documentation or line-platform.md has both the rule and these words.
    Documented,
    /// An answer of LINE that somebody published has these words; the rule is documented.
    Seen,
    /// The rule is documented; the words are our best knowledge.
    Recalled,
}

/// What LINE answers.
#[derive(Clone, Debug)]
enum Answer {
    /// Faults on the outside: words, and path behind `messages[0].`.
    Outside(Vec<(&'static str, &'static str)>),
    /// Faults within the message: words, and path in there.
    Inside(Vec<(&'static str, &'static str)>),
    /// A property that can't be read at all, behind `messages[0].`.
    Unreadable(&'static str),
}

impl Answer {
    fn body(&self) -> Value {
        let details = |faults: &[(&str, &str)], root: &str| -> Vec<Value> {
            faults
                .iter()
                .map(|(words, path)| json!({ "message": words, "property": format!("{root}{path}") }))
                .collect()
        };
        match self {
            Self::Outside(faults) => json!({
                "message": format!("The request body has {} error(s)", faults.len()),
                "details": details(faults, "messages[0]."),
            }),
            Self::Inside(faults) => json!({
                "message": "A message (messages[0]) in the request body is invalid",
                "details": details(faults, ""),
            }),
            Self::Unreadable(path) => json!({
                "message": format!("The property, 'messages[0].{path}', in the request body is invalid (line: -, column: -)"),
            }),
        }
    }
}

struct Row {
    name: &'static str,
    source: Source,
    message: Value,
    answer: Answer,
}

/// `"name" Source "good message" "/place" = value => Answer ["path" "words", …];` — null takes the place away.
macro_rules! rows {
    ($($name:literal $source:ident $good:literal $place:literal = $value:tt => $answer:ident $what:tt;)*) => {
        vec![$(Row {
            name: $name,
            source: $source,
            message: changed($good, $place, json!($value)),
            answer: answer!($answer $what),
        }),*]
    };
}

macro_rules! answer {
    (Unreadable [$path:literal]) => { Answer::Unreadable($path) };
    ($answer:ident [$($path:literal $words:literal),*]) => { Answer::$answer(vec![$(($words, $path)),*]) };
}

/// A good message with another value at a place.
fn changed(name: &str, place: &str, value: Value) -> Value {
    let mut message = good().into_iter().find(|(good, _)| *good == name).unwrap_or_else(|| panic!("no {name}")).1;
    let (parent, last) = place.rsplit_once('/').unwrap();
    match message.pointer_mut(parent).unwrap_or_else(|| panic!("{name} has no {place}")) {
        Value::Object(fields) if value.is_null() => drop(fields.remove(last)),
        Value::Object(fields) => drop(fields.insert(last.into(), value)),
        list => list[last.parse::<usize>().unwrap()] = value,
    }
    message
}

fn times(text: &str, count: usize) -> String {
    text.repeat(count)
}

fn many(value: Value, count: usize) -> Vec<Value> {
    vec![value; count]
}

fn rows() -> Vec<Row> {
    let mut rows = outsides();
    rows.extend(actions());
    rows.extend(templates());
    rows.extend(bubbles());
    rows.extend(components());
    rows
}

fn outsides() -> Vec<Row> {
    rows! {
        "no type" Recalled "text" "/type" = null => Outside ["type" "May not be empty"];
        "an unknown type" Documented "text" "/type" = "hologram" => Outside ["type" "Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap, flex, textV2, coupon]"];
        "a type in capitals" Documented "text" "/type" = "Text" => Outside ["type" "Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap, flex, textV2, coupon]"];
        "a number as type" Documented "text" "/type" = 1 => Unreadable ["type"];

        "no text" Documented "text" "/text" = null => Outside ["text" "May not be empty"];
        "an empty text" Documented "text" "/text" = "" => Outside ["text" "May not be empty"];
        "a text too long" Documented "text" "/text" = (times("a", 5_001)) => Outside ["text" "Length must be between 0 and 5000"];
        "a text of too many apples, which count twice" Documented "text" "/text" = (times("🍎", 2_501)) => Outside ["text" "Length must be between 0 and 5000"];
        "a number as text" Documented "text" "/text" = 5 => Unreadable ["text"];
        "an object as text" Documented "text" "/text" = { "a": 1 } => Unreadable ["text"];
        "a list as text" Documented "text" "/text" = ["a"] => Unreadable ["text"];
        "a quote token that is no text" Documented "text" "/quoteToken" = 7 => Unreadable ["quoteToken"];

        "emojis that are no list" Documented "emoji" "/emojis" = "$" => Unreadable ["emojis"];
        "an emoji that is no object" Documented "emoji" "/emojis/0" = "$" => Unreadable ["emojis[0]"];
        "too many emojis" Recalled "emoji" "/emojis" = (many(json!({ "index": 0, "productId": "p", "emojiId": "1" }), 21)) => Outside ["emojis" "Size must be between 0 and 20"];
        "an emoji where there is no dollar" Recalled "emoji" "/emojis/0/index" = 1 => Outside ["emojis[0].index" "index is invalid"];
        "an emoji behind the end" Recalled "emoji" "/emojis/0/index" = 99 => Outside ["emojis[0].index" "index is invalid"];
        "an emoji before the beginning" Recalled "emoji" "/emojis/0/index" = (-1) => Outside ["emojis[0].index" "index is invalid"];
        "an emoji nowhere" Recalled "emoji" "/emojis/0/index" = null => Outside ["emojis[0].index" "must be specified"];
        "an emoji at a text" Documented "emoji" "/emojis/0/index" = "0" => Unreadable ["emojis[0].index"];
        "an emoji of no product" Recalled "emoji" "/emojis/0/productId" = null => Outside ["emojis[0].productId" "May not be empty"];
        "an emoji without its id" Recalled "emoji" "/emojis/0/emojiId" = "" => Outside ["emojis[0].emojiId" "May not be empty"];

        "no second text" Recalled "textV2" "/text" = null => Outside ["text" "May not be empty"];
        "a second text too long" Recalled "textV2" "/text" = (times("a", 5_001)) => Outside ["text" "Length must be between 0 and 5000"];
        "a key with a sign" Seen "textV2" "/text" = "{!owe} paid" => Inside ["text" "The key '!owe' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'."];
        "a key too long" Recalled "textV2" "/text" = "{abcdefghijklmnopqrstu}" => Inside ["text" "The key 'abcdefghijklmnopqrstu' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'."];
        "a key that is empty" Recalled "textV2" "/text" = "{}" => Inside ["text" "The key '' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'."];
        "a key for nothing" Recalled "textV2" "/text" = "{nobody}" => Inside ["text" "The key 'nobody' is not found in the substitution."];
        "a brace that stays open" Recalled "textV2" "/text" = "{guest" => Inside ["text" "The braces '{' and '}' must be paired, or doubled to stand for themselves."];
        "a brace that closes nothing" Recalled "textV2" "/text" = "guest}" => Inside ["text" "The braces '{' and '}' must be paired, or doubled to stand for themselves."];
        "too many mentions" Recalled "textV2" "/text" = (times("{guest}", 21)) => Inside ["text" "must not have more than 20 of mention"];
        "too many smiles" Recalled "textV2" "/text" = (times("{smile}", 21)) => Inside ["text" "must not have more than 20 of emoji"];
        "a substitution that is no object" Documented "textV2" "/substitution" = [] => Unreadable ["substitution"];
        "a substitute that is no object" Documented "textV2" "/substitution/guest" = "Aiko" => Unreadable ["substitution.guest"];
        "a substitute of no type" Recalled "textV2" "/substitution/guest/type" = null => Outside ["substitution.guest.type" "May not be empty"];
        "a substitute of an unknown type" Recalled "textV2" "/substitution/guest/type" = "hug" => Outside ["substitution.guest.type" "Must be one of the following values: [mention, emoji]"];
        "a mention of nobody" Recalled "textV2" "/substitution/guest/mentionee" = null => Outside ["substitution.guest.mentionee" "May not be empty"];
        "a mention of some" Recalled "textV2" "/substitution/guest/mentionee/type" = "some" => Outside ["substitution.guest.mentionee.type" "Must be one of the following values: [user, all]"];
        "a mention of a user without an id" Recalled "textV2" "/substitution/guest/mentionee/userId" = null => Outside ["substitution.guest.mentionee.userId" "May not be empty"];
        "a mention of a group" Recalled "textV2" "/substitution/guest/mentionee/userId" = "C0123456789abcdef0123456789abcdef" => Outside ["substitution.guest.mentionee.userId" "invalid userId"];
        "a smile of no product" Recalled "textV2" "/substitution/smile/productId" = null => Outside ["substitution.smile.productId" "May not be empty"];
        "a substitute under a name with a dash" Recalled "textV2" "/substitution/a-b" = { "type": "mention", "mentionee": { "type": "all" } } => Outside ["substitution.a-b" "The key does not match the pattern '^[a-zA-Z0-9_]{1,20}$'."];

        "no package" Recalled "sticker" "/packageId" = null => Outside ["packageId" "May not be empty"];
        "no sticker" Recalled "sticker" "/stickerId" = "" => Outside ["stickerId" "May not be empty"];
        "a package as a number" Documented "sticker" "/packageId" = 446 => Unreadable ["packageId"];
        "a sticker with letters" Recalled "sticker" "/stickerId" = "cat" => Inside ["stickerId" "invalid property"];

        "no image" Recalled "image" "/originalContentUrl" = null => Outside ["originalContentUrl" "May not be empty"];
        "no preview" Recalled "image" "/previewImageUrl" = "" => Outside ["previewImageUrl" "May not be empty"];
        "an image over http" Recalled "image" "/originalContentUrl" = "http://example.com/a.jpg" => Outside ["originalContentUrl" "invalid uri"];
        "an image on the disk" Recalled "image" "/originalContentUrl" = "/a.jpg" => Outside ["originalContentUrl" "invalid uri"];
        "an image at no host" Recalled "image" "/originalContentUrl" = "https:///a.jpg" => Outside ["originalContentUrl" "invalid uri"];
        "an image with a blank in its address" Recalled "image" "/previewImageUrl" = "https://example.com/a b.jpg" => Outside ["previewImageUrl" "invalid uri"];
        "an address half encoded" Recalled "image" "/previewImageUrl" = "https://example.com/100%.jpg" => Outside ["previewImageUrl" "invalid uri"];
        "an address too long" Recalled "image" "/originalContentUrl" = (format!("https://example.com/{}", times("a", 1_981))) => Outside ["originalContentUrl" "Length must be between 0 and 2000"];
        "an image as a list" Documented "image" "/originalContentUrl" = [] => Unreadable ["originalContentUrl"];

        "no film" Recalled "video" "/originalContentUrl" = null => Outside ["originalContentUrl" "May not be empty"];
        "no picture of the film" Recalled "video" "/previewImageUrl" = null => Outside ["previewImageUrl" "May not be empty"];
        "a tracking id too long" Recalled "video" "/trackingId" = (times("a", 101)) => Outside ["trackingId" "Length must be between 0 and 100"];
        "a tracking id with a blank" Recalled "video" "/trackingId" = "a b" => Outside ["trackingId" "contains a character that can't be used"];
        "a tracking id with a slash" Recalled "video" "/trackingId" = "a/b" => Outside ["trackingId" "contains a character that can't be used"];

        "no sound" Recalled "audio" "/originalContentUrl" = null => Outside ["originalContentUrl" "May not be empty"];
        "no duration" Recalled "audio" "/duration" = null => Outside ["duration" "must be specified"];
        "a duration as a text" Documented "audio" "/duration" = "60000" => Unreadable ["duration"];
        "half a millisecond" Documented "audio" "/duration" = 0.5 => Unreadable ["duration"];
        "no time at all" Recalled "audio" "/duration" = 0 => Outside ["duration" "must be greater than or equal to 1"];

        "a place without a title" Recalled "location" "/title" = null => Outside ["title" "May not be empty"];
        "a title of a place too long" Recalled "location" "/title" = (times("a", 101)) => Outside ["title" "Length must be between 0 and 100"];
        "a place without an address" Recalled "location" "/address" = "" => Outside ["address" "May not be empty"];
        "an address of a place too long" Recalled "location" "/address" = (times("🍎", 51)) => Outside ["address" "Length must be between 0 and 100"];
        "no latitude" Recalled "location" "/latitude" = null => Outside ["latitude" "must be specified"];
        "a latitude beyond the pole" Recalled "location" "/latitude" = 90.1 => Outside ["latitude" "Must be between -90 and 90"];
        "a longitude once around" Recalled "location" "/longitude" = (-181) => Outside ["longitude" "Must be between -180 and 180"];
        "a longitude as a text" Documented "location" "/longitude" = "139" => Unreadable ["longitude"];

        "no coupon" Recalled "coupon" "/couponId" = null => Outside ["couponId" "May not be empty"];
        "a tag too long" Recalled "coupon" "/deliveryTag" = (times("a", 31)) => Outside ["deliveryTag" "Length must be between 0 and 30"];
        "a tag with a dash" Recalled "coupon" "/deliveryTag" = "a-b" => Outside ["deliveryTag" "contains a character that can't be used"];

        "no base" Recalled "imagemap" "/baseUrl" = null => Outside ["baseUrl" "May not be empty"];
        "a base over http" Recalled "imagemap" "/baseUrl" = "http://example.com/map" => Outside ["baseUrl" "invalid uri"];
        "a map without words" Recalled "imagemap" "/altText" = null => Outside ["altText" "May not be empty"];
        "a map of too many words" Recalled "imagemap" "/altText" = (times("a", 1_501)) => Outside ["altText" "Length must be between 0 and 1500"];
        "a map of no size" Recalled "imagemap" "/baseSize" = null => Outside ["baseSize" "May not be empty"];
        "a map of another width" Recalled "imagemap" "/baseSize/width" = 1_024 => Outside ["baseSize.width" "must be 1040"];
        "a map of no height" Recalled "imagemap" "/baseSize/height" = null => Outside ["baseSize.height" "must be specified"];
        "a map as flat as a text" Documented "imagemap" "/baseSize/height" = "585" => Unreadable ["baseSize.height"];
        "a map with nothing to tap" Recalled "imagemap" "/actions" = null => Outside ["actions" "May not be empty"];
        "a map with too much to tap" Recalled "imagemap" "/actions" = (many(json!({ "type": "message", "text": "a", "area": { "x": 0, "y": 0, "width": 1, "height": 1 } }), 51)) => Outside ["actions" "Size must be between 0 and 50"];
        "a place of no type" Recalled "imagemap" "/actions/0/type" = null => Outside ["actions[0].type" "May not be empty"];
        "a place to pay" Recalled "imagemap" "/actions/0/type" = "pay" => Outside ["actions[0].type" "Must be one of the following values: [uri, message, clipboard]"];
        "a place that leads nowhere" Recalled "imagemap" "/actions/0/linkUri" = null => Outside ["actions[0].linkUri" "May not be empty"];
        "a place that leads to ftp" Recalled "imagemap" "/actions/0/linkUri" = "ftp://example.com" => Outside ["actions[0].linkUri" "invalid uri"];
        "a place that leads too far" Recalled "imagemap" "/actions/0/linkUri" = (format!("https://example.com/{}", times("a", 981))) => Outside ["actions[0].linkUri" "Length must be between 0 and 1000"];
        "a place that says nothing" Seen "imagemap" "/actions/1/text" = null => Outside ["actions[1].text" "May not be empty"];
        "a place that says too much" Recalled "imagemap" "/actions/1/text" = (times("a", 401)) => Outside ["actions[1].text" "Length must be between 0 and 400"];
        "a place that copies nothing" Recalled "imagemap" "/actions/2/clipboardText" = "" => Outside ["actions[2].clipboardText" "May not be empty"];
        "a place that copies too much" Recalled "imagemap" "/actions/2/clipboardText" = (times("a", 1_001)) => Outside ["actions[2].clipboardText" "Length must be between 0 and 1000"];
        "a label of a place too long" Recalled "imagemap" "/actions/0/label" = (times("a", 101)) => Outside ["actions[0].label" "Length must be between 0 and 100"];
        "a place nowhere" Recalled "imagemap" "/actions/0/area" = null => Outside ["actions[0].area" "May not be empty"];
        "a place left of all" Recalled "imagemap" "/actions/0/area/x" = (-1) => Outside ["actions[0].area.x" "must be greater than or equal to 0"];
        "a place of no width" Recalled "imagemap" "/actions/0/area/width" = 0 => Outside ["actions[0].area.width" "must be greater than or equal to 1"];
        "a place without a height" Recalled "imagemap" "/actions/0/area/height" = null => Outside ["actions[0].area.height" "must be specified"];
        "a film of a map nowhere" Recalled "imagemap" "/video/area" = null => Outside ["video.area" "May not be empty"];
        "a film of a map over http" Recalled "imagemap" "/video/originalContentUrl" = "http://example.com/a.mp4" => Outside ["video.originalContentUrl" "invalid uri"];
        "a film that leads nowhere" Recalled "imagemap" "/video/externalLink/linkUri" = null => Outside ["video.externalLink.linkUri" "May not be empty"];
        "a film with a long label" Recalled "imagemap" "/video/externalLink/label" = (times("a", 31)) => Outside ["video.externalLink.label" "Length must be between 0 and 30"];

        "quick replies that are a list" Documented "quick" "/quickReply" = [] => Unreadable ["quickReply"];
        "quick replies without items" Recalled "quick" "/quickReply/items" = null => Outside ["quickReply.items" "May not be empty"];
        "no quick reply" Recalled "quick" "/quickReply/items" = [] => Outside ["quickReply.items" "Size must be between 1 and 13"];
        "too many quick replies" Recalled "quick" "/quickReply/items" = (many(json!({ "type": "action", "action": { "type": "camera", "label": "a" } }), 14)) => Outside ["quickReply.items" "Size must be between 1 and 13"];
        "a quick reply that is no object" Documented "quick" "/quickReply/items/0" = "yes" => Unreadable ["quickReply.items[0]"];
        "a quick reply of no type" Recalled "quick" "/quickReply/items/0/type" = null => Outside ["quickReply.items[0].type" "May not be empty"];
        "a quick reply of another type" Recalled "quick" "/quickReply/items/0/type" = "button" => Outside ["quickReply.items[0].type" "Must be one of the following values: [action]"];
        "an icon over http" Recalled "quick" "/quickReply/items/0/imageUrl" = "http://example.com/a.png" => Outside ["quickReply.items[0].imageUrl" "invalid uri"];
        "a quick reply without an action" Recalled "quick" "/quickReply/items/0/action" = null => Outside ["quickReply.items[0].action" "must be specified"];
        "a sender that is a text" Documented "sender" "/sender" = "Mika" => Unreadable ["sender"];
        "a sender with a long name" Recalled "sender" "/sender/name" = (times("a", 21)) => Outside ["sender.name" "Length must be between 0 and 20"];
        "a sender who claims to be LINE" Recalled "sender" "/sender/name" = "LINE Staff" => Outside ["sender.name" "must not contain LINE"];
        "a face over http" Recalled "sender" "/sender/iconUrl" = "http://example.com/a.png" => Outside ["sender.iconUrl" "invalid uri"];
    }
}

fn actions() -> Vec<Row> {
    rows! {
        "a quick reply without a label" Seen "quick" "/quickReply/items/0/action/label" = null => Outside ["quickReply.items[0].action" "`label` must be specified"];
        "a place to send with an empty label" Seen "quick" "/quickReply/items/7/action/label" = "" => Outside ["quickReply.items[7].action" "`label` must be specified"];
        "a quick reply with a long label" Recalled "quick" "/quickReply/items/0/action/label" = (times("a", 21)) => Outside ["quickReply.items[0].action.label" "Length must be between 0 and 20"];
        "a quick reply that says nothing" Seen "quick" "/quickReply/items/1/action/text" = null => Outside ["quickReply.items[1].action.text" "must be specified"];
        "a quick reply that says too much" Recalled "quick" "/quickReply/items/1/action/text" = (times("a", 301)) => Outside ["quickReply.items[1].action.text" "Length must be between 0 and 300"];
        "a quick reply of no action" Recalled "quick" "/quickReply/items/0/action/type" = null => Outside ["quickReply.items[0].action.type" "must be specified"];
        "a quick reply that turns a rich menu" Recalled "quick" "/quickReply/items/0/action/type" = "richmenuswitch" => Outside ["quickReply.items[0].action.type" "Must be one of the following values: [postback, message, uri, datetimepicker, clipboard, camera, cameraRoll, location]"];
        "a quick reply that leads to a script" Recalled "quick" "/quickReply/items/2/action/uri" = "javascript:alert(1)" => Outside ["quickReply.items[2].action.uri" "invalid uri"];
        "a quick reply without data" Recalled "quick" "/quickReply/items/0/action/data" = null => Outside ["quickReply.items[0].action.data" "must be specified"];
        "a quick reply with data as a number" Documented "quick" "/quickReply/items/0/action/data" = 7 => Unreadable ["quickReply.items[0].action.data"];
        "a quick reply with an odd keyboard" Recalled "quick" "/quickReply/items/0/action/inputOption" = "openPiano" => Outside ["quickReply.items[0].action.inputOption" "Must be one of the following values: [closeRichMenu, openRichMenu, openKeyboard, openVoice]"];

        "a button without data" Recalled "buttons" "/template/actions/0/data" = null => Inside ["template/actions/0/data" "must be specified"];
        "a button with too much data" Recalled "buttons" "/template/actions/0/data" = (times("a", 301)) => Inside ["template/actions/0/data" "must not be longer than 300 characters"];
        "a button that says nothing aloud" Recalled "buttons" "/template/actions/0/displayText" = "" => Inside ["template/actions/0/displayText" "must be non-empty text"];
        "a button that says too much aloud" Recalled "buttons" "/template/actions/0/displayText" = (times("あ", 301)) => Inside ["template/actions/0/displayText" "must not be longer than 300 characters"];
        "a button that speaks twice" Recalled "buttons" "/template/actions/0/text" = "Booked" => Inside ["template/actions/0" "`displayText` and `text` can't be used together"];
        "a button with an odd keyboard" Recalled "buttons" "/template/actions/0/inputOption" = "openPiano" => Inside ["template/actions/0/inputOption" "invalid property"];
        "a button that fills in without a keyboard" Recalled "buttons" "/template/actions/0/fillInText" = "Name:" => Inside ["template/actions/0/fillInText" "`fillInText` needs `inputOption` to be openKeyboard"];
        "a button with a voice" Recalled "buttons" "/template/actions/1" = { "type": "sing", "label": "a" } => Inside ["template/actions/1/type" "invalid property"];
        "a button with a camera" Recalled "buttons" "/template/actions/1" = { "type": "camera", "label": "a" } => Inside ["template/actions/1/type" "invalid property"];
        "a button that sends a place" Recalled "buttons" "/template/actions/1" = { "type": "location", "label": "a" } => Inside ["template/actions/1/type" "invalid property"];
        "a button that turns a rich menu" Recalled "buttons" "/template/actions/1" = { "type": "richmenuswitch", "label": "a", "richMenuAliasId": "a", "data": "a" } => Inside ["template/actions/1/type" "invalid property"];
        "a button that is a text" Recalled "buttons" "/template/actions/1" = "open" => Inside ["template/actions/1" "invalid property"];
        "a button that leads nowhere" Recalled "buttons" "/template/actions/1/uri" = null => Inside ["template/actions/1/uri" "must be specified"];
        "a button that leads to a path" Seen "buttons" "/template/actions/1/uri" = "/booking" => Inside ["template/actions/1/uri" "invalid uri", "template/actions/1/uri" "invalid uri scheme"];
        "a button that leads to ftp" Seen "buttons" "/template/actions/1/uri" = "ftp://example.com/" => Inside ["template/actions/1/uri" "invalid uri scheme"];
        "a button that leads to a script" Seen "buttons" "/template/actions/1/uri" = "javascript:alert(1)" => Inside ["template/actions/1/uri" "invalid uri scheme"];
        "a button that writes a mail" Seen "buttons" "/template/actions/1/uri" = "mailto:a@example.com" => Inside ["template/actions/1/uri" "invalid uri scheme"];
        "a button that leads to a blank" Recalled "buttons" "/template/actions/1/uri" = "https://example.com/a b" => Inside ["template/actions/1/uri" "invalid uri"];
        "a button that leads too far" Seen "buttons" "/template/actions/1/uri" = (format!("https://example.com/{}", times("a", 981))) => Inside ["template/actions/1/uri" "size must be between 0 and 1000"];
        "a button that leads a desk to a path" Recalled "buttons" "/template/actions/1/altUri" = { "desktop": "desk" } => Inside ["template/actions/1/altUri/desktop" "invalid uri", "template/actions/1/altUri/desktop" "invalid uri scheme"];
        "a button with a desk that is a text" Recalled "buttons" "/template/actions/1/altUri" = "https://example.com" => Inside ["template/actions/1/altUri" "invalid property"];

        "a picker without data" Recalled "buttons" "/template/actions/2/data" = null => Inside ["template/actions/2/data" "must be specified"];
        "a picker of no mode" Recalled "buttons" "/template/actions/2/mode" = null => Inside ["template/actions/2/mode" "must be specified"];
        "a picker of weeks" Recalled "buttons" "/template/actions/2/mode" = "week" => Inside ["template/actions/2/mode" "invalid property"];
        "a picker that begins with a date only" Recalled "buttons" "/template/actions/2/initial" = "2026-12-24" => Inside ["template/actions/2/initial" "invalid datetime format for the specified mode"];
        "a picker that begins on no day" Recalled "buttons" "/template/actions/2/initial" = "2026-02-29t10:00" => Inside ["template/actions/2/initial" "invalid datetime format for the specified mode"];
        "a picker that begins with seconds" Recalled "buttons" "/template/actions/2/initial" = "2026-12-24t10:00:00" => Inside ["template/actions/2/initial" "invalid datetime format for the specified mode"];
        "a picker with a zone" Recalled "buttons" "/template/actions/2/initial" = "2026-12-24t10:00+09:00" => Inside ["template/actions/2/initial" "invalid datetime format for the specified mode"];
        "a picker of 24 o'clock" Recalled "buttons" "/template/actions/2/max" = "2026-12-31t24:00" => Inside ["template/actions/2/max" "invalid datetime format for the specified mode"];
        "a picker of another century" Recalled "buttons" "/template/actions/2/max" = "2101-01-01t00:00" => Inside ["template/actions/2/max" "invalid datetime format for the specified mode"];
        "a picker that ends before it begins" Recalled "buttons" "/template/actions/2/max" = "2026-11-30t00:00" => Inside ["template/actions/2" "invalid date time order"];
        "a picker that begins too early" Recalled "buttons" "/template/actions/2/initial" = "2026-11-30t23:59" => Inside ["template/actions/2" "invalid date time order"];
        "a picker of a moment that is a number" Recalled "buttons" "/template/actions/2/min" = 20261201 => Inside ["template/actions/2/min" "invalid property"];
        "a date picker with a time" Recalled "buttons" "/template/actions/2" = { "type": "datetimepicker", "label": "a", "data": "a", "mode": "date", "initial": "10:00" } => Inside ["template/actions/2/initial" "invalid datetime format for the specified mode"];
        "a time picker with a date" Recalled "buttons" "/template/actions/2" = { "type": "datetimepicker", "label": "a", "data": "a", "mode": "time", "initial": "2026-12-24" } => Inside ["template/actions/2/initial" "invalid datetime format for the specified mode"];
        "a time picker with one digit" Recalled "buttons" "/template/actions/2" = { "type": "datetimepicker", "label": "a", "data": "a", "mode": "time", "initial": "9:00" } => Inside ["template/actions/2/initial" "invalid datetime format for the specified mode"];
        "a time picker of one moment" Recalled "buttons" "/template/actions/2" = { "type": "datetimepicker", "label": "a", "data": "a", "mode": "time", "min": "09:00", "max": "09:00" } => Inside ["template/actions/2" "invalid date time order"];
        "a button that copies nothing" Recalled "buttons" "/template/actions/3/clipboardText" = null => Inside ["template/actions/3/clipboardText" "must be specified"];
        "a button that copies an empty text" Recalled "buttons" "/template/actions/3/clipboardText" = "" => Inside ["template/actions/3/clipboardText" "must be non-empty text"];
        "a button that copies too much" Recalled "buttons" "/template/actions/3/clipboardText" = (times("a", 1_001)) => Inside ["template/actions/3/clipboardText" "must not be longer than 1000 characters"];
    }
}

fn templates() -> Vec<Row> {
    rows! {
        "a template without words" Seen "buttons" "/altText" = null => Outside ["altText" "May not be empty"];
        "a template of too many words" Recalled "buttons" "/altText" = (times("a", 1_501)) => Outside ["altText" "Length must be between 0 and 1500"];
        "no template" Seen "buttons" "/template" = null => Outside ["template" "May not be empty"];
        "a template that is a text" Documented "buttons" "/template" = "buttons" => Unreadable ["template"];
        "a template of no type" Recalled "buttons" "/template/type" = null => Inside ["template/type" "must be specified"];
        "a template of an unknown type" Recalled "buttons" "/template/type" = "table" => Inside ["template/type" "invalid property"];

        "buttons without a text" Recalled "buttons" "/template/text" = null => Inside ["template/text" "must be specified"];
        "buttons with an empty text" Recalled "buttons" "/template/text" = "" => Inside ["template/text" "must be non-empty text"];
        "buttons with a title and a long text" Seen "buttons" "/template/text" = (times("a", 61)) => Inside ["template/text" "must not be longer than 60 characters"];
        "buttons with a text too long" Recalled "plain buttons" "/template/text" = (times("a", 161)) => Inside ["template/text" "must not be longer than 160 characters"];
        "buttons with a long title" Seen "buttons" "/template/title" = (times("a", 41)) => Inside ["template/title" "must not be longer than 40 characters"];
        "buttons with a title of too many families" Recalled "buttons" "/template/title" = (times("👩‍👩‍👧‍👦", 41)) => Inside ["template/title" "must not be longer than 40 characters"];
        "buttons with an empty title" Recalled "buttons" "/template/title" = "" => Inside ["template/title" "must be non-empty text"];
        "buttons with a picture over http" Seen "buttons" "/template/thumbnailImageUrl" = "http://example.com/a.png" => Inside ["template/thumbnailImageUrl" "invalid uri scheme"];
        "buttons with a picture that is empty" Recalled "buttons" "/template/thumbnailImageUrl" = "" => Inside ["template/thumbnailImageUrl" "invalid uri", "template/thumbnailImageUrl" "invalid uri scheme"];
        "buttons with a picture too far" Recalled "buttons" "/template/thumbnailImageUrl" = (format!("https://example.com/{}", times("a", 1_981))) => Inside ["template/thumbnailImageUrl" "size must be between 0 and 2000"];
        "buttons with a round picture" Recalled "buttons" "/template/imageAspectRatio" = "round" => Inside ["template/imageAspectRatio" "invalid property"];
        "buttons with a stretched picture" Recalled "buttons" "/template/imageSize" = "stretch" => Inside ["template/imageSize" "invalid property"];
        "buttons on white" Recalled "buttons" "/template/imageBackgroundColor" = "white" => Inside ["template/imageBackgroundColor" "invalid property"];
        "buttons on glass" Recalled "buttons" "/template/imageBackgroundColor" = "#FFFFFF80" => Inside ["template/imageBackgroundColor" "invalid property"];
        "buttons without actions" Recalled "buttons" "/template/actions" = null => Inside ["template/actions" "must be specified"];
        "buttons without a button" Recalled "buttons" "/template/actions" = [] => Inside ["template/actions" "must not be less than 1 items"];
        "too many buttons" Recalled "buttons" "/template/actions" = (many(json!({ "type": "message", "label": "a", "text": "a" }), 5)) => Inside ["template/actions" "must not be more than 4 items"];
        "buttons that are no list" Recalled "buttons" "/template/actions" = {} => Inside ["template/actions" "invalid property"];
        "a button without a label" Recalled "buttons" "/template/actions/0/label" = null => Inside ["template/actions/0/label" "must be specified"];
        "a button with a blank label" Seen "buttons" "/template/actions/0/label" = "" => Inside ["template/actions/0/label" "must be non-empty text"];
        "a button with a long label" Recalled "buttons" "/template/actions/0/label" = (times("あ", 21)) => Inside ["template/actions/0/label" "must not be longer than 20 characters"];
        "a picture with a long label" Recalled "buttons" "/template/defaultAction/label" = (times("a", 21)) => Inside ["template/defaultAction/label" "must not be longer than 20 characters"];
        "a picture that leads nowhere" Recalled "buttons" "/template/defaultAction/uri" = null => Inside ["template/defaultAction/uri" "must be specified"];

        "a question without words" Recalled "confirm" "/template/text" = null => Inside ["template/text" "must be specified"];
        "a question too long" Recalled "confirm" "/template/text" = (times("a", 241)) => Inside ["template/text" "must not be longer than 240 characters"];
        "a question with one answer" Recalled "confirm" "/template/actions" = [{ "type": "message", "label": "a", "text": "a" }] => Inside ["template/actions" "must not be less than 2 items"];
        "a question with three answers" Recalled "confirm" "/template/actions" = (many(json!({ "type": "message", "label": "a", "text": "a" }), 3)) => Inside ["template/actions" "must not be more than 2 items"];

        "a carousel without columns" Recalled "carousel" "/template/columns" = null => Inside ["template/columns" "must be specified"];
        "a carousel of no column" Recalled "carousel" "/template/columns" = [] => Inside ["template/columns" "must not be less than 1 items"];
        "a carousel of too many columns" Recalled "carousel" "/template/columns" = (many(json!({ "text": "a", "actions": [{ "type": "message", "label": "a", "text": "a" }] }), 11)) => Inside ["template/columns" "must not be more than 10 items"];
        "a column without a text" Recalled "carousel" "/template/columns/1/text" = null => Inside ["template/columns/1/text" "must be specified"];
        "a column with a title and a long text" Recalled "carousel" "/template/columns/1/text" = (times("a", 61)) => Inside ["template/columns/1/text" "must not be longer than 60 characters"];
        "a column with a text too long" Recalled "plain carousel" "/template/columns/0/text" = (times("a", 121)) => Inside ["template/columns/0/text" "must not be longer than 120 characters"];
        "a column with a long title" Seen "carousel" "/template/columns/1/title" = (times("a", 41)) => Inside ["template/columns/1/title" "must not be longer than 40 characters"];
        "a column with a picture over http" Seen "carousel" "/template/columns/0/thumbnailImageUrl" = "http://example.com/a.png" => Inside ["template/columns/0/thumbnailImageUrl" "invalid uri scheme"];
        "a column with four buttons" Seen "plain carousel" "/template/columns/0/actions" = (many(json!({ "type": "message", "label": "a", "text": "a" }), 4)) => Inside ["template/columns/0/actions" "must not be more than 3 items"];
        "columns of which one has fewer buttons" Recalled "carousel" "/template/columns/1/actions" = [{ "type": "message", "label": "a", "text": "a" }] => Inside ["template/columns" "inconsistent use of title, image or number of actions"];
        "columns of which one has no title" Recalled "carousel" "/template/columns/0/title" = null => Inside ["template/columns" "inconsistent use of title, image or number of actions"];
        "columns of which one has no picture" Recalled "carousel" "/template/columns/0/thumbnailImageUrl" = null => Inside ["template/columns" "inconsistent use of title, image or number of actions"];
        "a carousel of an odd shape" Recalled "carousel" "/template/imageAspectRatio" = "16:9" => Inside ["template/imageAspectRatio" "invalid property"];

        "pictures without pictures" Recalled "image_carousel" "/template/columns/0/imageUrl" = null => Inside ["template/columns/0/imageUrl" "must be specified"];
        "pictures over http" Seen "image_carousel" "/template/columns/0/imageUrl" = "http://example.com/a.png" => Inside ["template/columns/0/imageUrl" "invalid uri scheme"];
        "pictures that do nothing" Recalled "image_carousel" "/template/columns/0/action" = null => Inside ["template/columns/0/action" "must be specified"];
        "pictures with a long label" Recalled "image_carousel" "/template/columns/0/action/label" = (times("a", 13)) => Inside ["template/columns/0/action/label" "must not be longer than 12 characters"];
        "too many pictures" Recalled "image_carousel" "/template/columns" = (many(json!({ "imageUrl": "https://example.com/a.png", "action": { "type": "message", "text": "a" } }), 11)) => Inside ["template/columns" "must not be more than 10 items"];
    }
}

fn bubbles() -> Vec<Row> {
    rows! {
        "a bubble without words" Recalled "bubble" "/altText" = null => Outside ["altText" "May not be empty"];
        "a bubble of too many words" Recalled "bubble" "/altText" = (times("a", 1_501)) => Outside ["altText" "Length must be between 0 and 1500"];
        "no contents" Recalled "bubble" "/contents" = null => Outside ["contents" "May not be empty"];
        "contents as a text" Documented "bubble" "/contents" = "{}" => Unreadable ["contents"];
        "a container of no type" Recalled "bubble" "/contents/type" = null => Inside ["/type" "must be specified"];
        "a flex message in a flex message" Seen "bubble" "/contents/type" = "flex" => Inside ["/type" "invalid property"];
        "a bubble of nothing" Seen "bubble" "/contents" = { "type": "bubble" } => Inside ["/" "At least one block must be specified"];
        "a bubble of no known size" Recalled "bubble" "/contents/size" = "huge" => Inside ["/size" "invalid property"];
        "a bubble from top to bottom" Recalled "bubble" "/contents/direction" = "ttb" => Inside ["/direction" "invalid property"];
        "a bubble with something else" Recalled "bubble" "/contents/margin" = "md" => Inside ["/margin" "unknown field"];
        "a bubble with a text for a body" Recalled "bubble" "/contents/body" = { "type": "text", "text": "a" } => Inside ["/body" "invalid property"];
        "a bubble with a picture for a footer" Recalled "bubble" "/contents/footer" = { "type": "image", "url": "https://example.com/a.png" } => Inside ["/footer" "invalid property"];
        "a bubble with a list for a header" Recalled "bubble" "/contents/header" = [] => Inside ["/header" "invalid property"];
        "a bubble with a button for a hero" Recalled "bubble" "/contents/hero" = { "type": "button", "action": { "type": "message", "label": "a", "text": "a" } } => Inside ["/hero" "invalid property"];
        "a hero without a picture" Seen "bubble" "/contents/hero/url" = null => Inside ["/hero/url" "must be specified"];
        "a hero over http" Seen "bubble" "/contents/hero/url" = "http://example.com/a.png" => Inside ["/hero/url" "invalid uri scheme"];
        "styles with a type" Seen "bubble" "/contents/styles/type" = "bubbleStyle" => Inside ["/styles/type" "unknown field"];
        "styles of a block in a wrong colour" Recalled "bubble" "/contents/styles/body/backgroundColor" = "#FFF" => Inside ["/styles/body/backgroundColor" "invalid property"];
        "styles of a block with a thick line" Recalled "bubble" "/contents/styles/body/separator" = "thick" => Inside ["/styles/body/separator" "invalid property"];
        "a bubble that leads nowhere" Recalled "bubble" "/contents/action/uri" = null => Inside ["/action/uri" "must be specified"];
        "a bubble too heavy" Recalled "bubble" "/contents/body/contents/0/text" = (times("a", 31_000)) => Inside ["/" "Too large flex message. The maximum size of JSON data that defines a bubble is 30 KB."];
        "too much that moves" Recalled "bubble" "/contents/body/contents" = (many(json!({ "type": "image", "url": "https://example.com/a.png", "animated": true }), 11)) => Inside ["/" "must not have more than 10 animated images"];

        "a film in a small bubble" Recalled "film" "/contents/size" = "micro" => Inside ["/hero" "embedding videos in messages is not allowed"];
        "a film without a film" Recalled "film" "/contents/hero/url" = null => Inside ["/hero/url" "must be specified"];
        "a film without a still" Recalled "film" "/contents/hero/previewUrl" = null => Inside ["/hero/previewUrl" "must be specified"];
        "a film and nothing instead" Recalled "film" "/contents/hero/altContent" = null => Inside ["/hero/altContent" "must be specified"];
        "a film and a text instead" Recalled "film" "/contents/hero/altContent" = { "type": "text", "text": "a" } => Inside ["/hero/altContent" "invalid property"];
        "a film that speaks" Recalled "film" "/contents/hero/action" = { "type": "message", "label": "a", "text": "a" } => Inside ["/hero/action/type" "invalid property"];
        "a film in a body" Recalled "film" "/contents/body" = { "type": "box", "layout": "vertical", "contents": [{ "type": "video" }] } => Inside ["/body/contents/0" "invalid property"];

        "bubbles that are none" Recalled "bubbles" "/contents/contents" = null => Inside ["/contents" "must be specified"];
        "not one bubble" Recalled "bubbles" "/contents/contents" = [] => Inside ["/contents" "must not be less than 1 items"];
        "too many bubbles" Recalled "bubbles" "/contents/contents" = (many(json!({ "type": "bubble", "body": { "type": "box", "layout": "vertical", "contents": [] } }), 13)) => Inside ["/contents" "must not be more than 12 items"];
        "bubbles of two sizes" Recalled "bubbles" "/contents/contents/0/size" = "giga" => Inside ["/contents" "all bubbles must be of the same size"];
        "bubbles with a film" Recalled "bubbles" "/contents/contents/1/hero" = { "type": "video", "url": "https://example.com/a.mp4", "previewUrl": "https://example.com/a.png", "altContent": { "type": "image", "url": "https://example.com/a.png" } } => Inside ["/contents/1/hero" "embedding videos in messages is not allowed"];
        "bubbles in bubbles" Recalled "bubbles" "/contents/contents/1" = { "type": "carousel", "contents": [] } => Inside ["/contents/1/type" "invalid property"];
        "a bubble of bubbles without blocks" Recalled "bubbles" "/contents/contents/1/body" = null => Inside ["/contents/1" "At least one block must be specified"];
        "bubbles too heavy" Recalled "bubbles" "/contents/contents" = (many(json!({ "type": "bubble", "body": { "type": "box", "layout": "vertical", "contents": [{ "type": "text", "text": times("a", 27_000) }] } }), 2)) => Inside ["/" "Too large flex message. The maximum size of JSON data that defines a carousel is 50 KB."];
    }
}

fn components() -> Vec<Row> {
    rows! {
        "a component of no type" Recalled "bubble" "/contents/body/contents/0/type" = null => Inside ["/body/contents/0/type" "must be specified"];
        "a spacer" Seen "bubble" "/contents/footer/contents/1" = { "type": "spacer" } => Inside ["/footer/contents/1" "invalid property"];
        "a component that is a text" Recalled "bubble" "/contents/body/contents/0" = "hello" => Inside ["/body/contents/0" "invalid property"];
        "a component with something else" Recalled "bubble" "/contents/body/contents/0/colour" = "#000000" => Inside ["/body/contents/0/colour" "unknown field"];
        "an icon among boxes" Recalled "bubble" "/contents/body/contents/0" = { "type": "icon", "url": "https://example.com/a.png" } => Inside ["/body/contents/0" "invalid property"];
        "a span among boxes" Recalled "bubble" "/contents/body/contents/0" = { "type": "span", "text": "a" } => Inside ["/body/contents/0" "invalid property"];
        "a button on a baseline" Recalled "bubble" "/contents/body/contents/2/contents/2" = { "type": "button", "action": { "type": "message", "label": "a", "text": "a" } } => Inside ["/body/contents/2/contents/2" "invalid property"];
        "a line on a baseline" Recalled "bubble" "/contents/body/contents/2/contents/2" = { "type": "separator" } => Inside ["/body/contents/2/contents/2" "invalid property"];

        "an empty text in a box" Seen "bubble" "/contents/body/contents/0/text" = "" => Inside ["/body/contents/0/text" "must be non-empty text"];
        "a text without a text" Seen "bubble" "/contents/body/contents/0/text" = null => Inside ["/body/contents/0" "invalid text content", "/body/contents/0" "`text` or `contents` must be specified"];
        "a text of a number" Recalled "bubble" "/contents/body/contents/0/text" = 7 => Inside ["/body/contents/0/text" "invalid property"];
        "a text in a short colour" Seen "bubble" "/contents/body/contents/0/color" = "#444" => Inside ["/body/contents/0/color" "invalid property"];
        "a text in red" Recalled "bubble" "/contents/body/contents/0/color" = "red" => Inside ["/body/contents/0/color" "invalid property"];
        "a huge text" Recalled "bubble" "/contents/body/contents/0/size" = "huge" => Inside ["/body/contents/0/size" "invalid property"];
        "a text as large as its box" Recalled "bubble" "/contents/body/contents/0/size" = "50%" => Inside ["/body/contents/0/size" "invalid unit"];
        "a text smaller than nothing" Recalled "bubble" "/contents/body/contents/0/size" = "-1px" => Inside ["/body/contents/0/size" "lower limit exceeded"];
        "a heavy text" Recalled "bubble" "/contents/body/contents/0/weight" = "heavy" => Inside ["/body/contents/0/weight" "invalid property"];
        "an oblique text" Recalled "bubble" "/contents/body/contents/0/style" = "oblique" => Inside ["/body/contents/0/style" "invalid property"];
        "a text with a wave" Recalled "bubble" "/contents/body/contents/0/decoration" = "wavy" => Inside ["/body/contents/0/decoration" "invalid property"];
        "a text to the left" Recalled "bubble" "/contents/body/contents/0/align" = "left" => Inside ["/body/contents/0/align" "invalid property"];
        "a text in the middle" Recalled "bubble" "/contents/body/contents/0/gravity" = "middle" => Inside ["/body/contents/0/gravity" "invalid property"];
        "a text that wraps by word" Recalled "bubble" "/contents/body/contents/0/wrap" = "true" => Inside ["/body/contents/0/wrap" "invalid property"];
        "a text of fewer lines than none" Recalled "bubble" "/contents/body/contents/0/maxLines" = (-1) => Inside ["/body/contents/0/maxLines" "must be greater than or equal to 0"];
        "a text of half a line" Recalled "bubble" "/contents/body/contents/0/maxLines" = 0.5 => Inside ["/body/contents/0/maxLines" "invalid property"];
        "a text with wide lines" Recalled "bubble" "/contents/body/contents/0/lineSpacing" = "lg" => Inside ["/body/contents/0/lineSpacing" "invalid property"];
        "a text that grows" Recalled "bubble" "/contents/body/contents/0/adjustMode" = "grow" => Inside ["/body/contents/0/adjustMode" "invalid property"];
        "a text of negative weight" Recalled "bubble" "/contents/body/contents/0/flex" = (-1) => Inside ["/body/contents/0/flex" "must be greater than or equal to 0"];
        "a text of a weight in words" Recalled "bubble" "/contents/body/contents/0/flex" = "1" => Inside ["/body/contents/0/flex" "invalid property"];
        "a text far away" Recalled "bubble" "/contents/body/contents/0/margin" = "far" => Inside ["/body/contents/0/margin" "invalid property"];
        "a text with a margin of its box" Recalled "bubble" "/contents/body/contents/0/margin" = "5%" => Inside ["/body/contents/0/margin" "invalid unit"];
        "a text too near" Recalled "bubble" "/contents/body/contents/0/margin" = "-2px" => Inside ["/body/contents/0/margin" "lower limit exceeded"];
        "a margin without a unit" Recalled "bubble" "/contents/body/contents/0/margin" = "5" => Inside ["/body/contents/0/margin" "invalid property"];
        "a text that sticks" Recalled "bubble" "/contents/body/contents/0/position" = "sticky" => Inside ["/body/contents/0/position" "invalid property"];
        "a text off by a turn" Recalled "bubble" "/contents/body/contents/0/offsetTop" = "3deg" => Inside ["/body/contents/0/offsetTop" "invalid unit"];
        "a text that says nothing when tapped" Seen "bubble" "/contents/body/contents/0/action" = { "type": "message", "label": "a", "text": "" } => Inside ["/body/contents/0/action/text" "must be non-empty text"];
        "a text with a long label" Recalled "bubble" "/contents/body/contents/0/action" = { "type": "message", "label": (times("a", 41)), "text": "a" } => Inside ["/body/contents/0/action/label" "must not be longer than 40 characters"];
        "a part that is a box" Recalled "bubble" "/contents/body/contents/1/contents/0" = { "type": "box", "layout": "vertical", "contents": [] } => Inside ["/body/contents/1/contents/0" "invalid property"];
        "a part without a text" Recalled "bubble" "/contents/body/contents/1/contents/0/text" = null => Inside ["/body/contents/1/contents/0/text" "must be specified"];
        "a part that wraps" Recalled "bubble" "/contents/body/contents/1/contents/0/wrap" = true => Inside ["/body/contents/1/contents/0/wrap" "unknown field"];

        "a box of no layout" Recalled "bubble" "/contents/body/contents/4/layout" = null => Inside ["/body/contents/4/layout" "must be specified"];
        "a box as a grid" Recalled "bubble" "/contents/body/contents/4/layout" = "grid" => Inside ["/body/contents/4/layout" "invalid property"];
        "a box without contents" Recalled "bubble" "/contents/body/contents/4/contents" = null => Inside ["/body/contents/4/contents" "must be specified"];
        "a box with one content" Recalled "bubble" "/contents/body/contents/4/contents" = { "type": "filler" } => Inside ["/body/contents/4/contents" "invalid property"];
        "a box with a percentage between" Recalled "bubble" "/contents/body/contents/4/spacing" = "5%" => Inside ["/body/contents/4/spacing" "invalid unit"];
        "a box with a dotted border" Recalled "bubble" "/contents/body/contents/4/borderWidth" = "dotted" => Inside ["/body/contents/4/borderWidth" "invalid property"];
        "a box with a border of its width" Recalled "bubble" "/contents/body/contents/4/borderWidth" = "1%" => Inside ["/body/contents/4/borderWidth" "invalid unit"];
        "a box with round corners of its width" Recalled "bubble" "/contents/body/contents/4/cornerRadius" = "50%" => Inside ["/body/contents/4/cornerRadius" "invalid unit"];
        "a box as wide as a word" Recalled "bubble" "/contents/body/contents/4/width" = "md" => Inside ["/body/contents/4/width" "invalid property"];
        "a box lower than nothing" Recalled "bubble" "/contents/body/contents/4/height" = "-1px" => Inside ["/body/contents/4/height" "lower limit exceeded"];
        "a box with a negative padding" Recalled "bubble" "/contents/body/contents/4/paddingAll" = "-5%" => Inside ["/body/contents/4/paddingAll" "lower limit exceeded"];
        "a box justified to the left" Recalled "bubble" "/contents/body/contents/4/justifyContent" = "left" => Inside ["/body/contents/4/justifyContent" "invalid property"];
        "a box stretched" Recalled "bubble" "/contents/body/contents/4/alignItems" = "stretch" => Inside ["/body/contents/4/alignItems" "invalid property"];
        "a box on a circle" Recalled "bubble" "/contents/body/contents/4/background/type" = "radialGradient" => Inside ["/body/contents/4/background/type" "invalid property"];
        "a gradient of no angle" Recalled "bubble" "/contents/body/contents/4/background/angle" = null => Inside ["/body/contents/4/background/angle" "must be specified"];
        "a gradient once around" Recalled "bubble" "/contents/body/contents/4/background/angle" = "360deg" => Inside ["/body/contents/4/background/angle" "upper limit exceeded"];
        "a gradient backwards" Recalled "bubble" "/contents/body/contents/4/background/angle" = "-1deg" => Inside ["/body/contents/4/background/angle" "lower limit exceeded"];
        "a gradient of pixels" Recalled "bubble" "/contents/body/contents/4/background/angle" = "90px" => Inside ["/body/contents/4/background/angle" "invalid unit"];
        "a gradient to nowhere" Recalled "bubble" "/contents/body/contents/4/background/endColor" = null => Inside ["/body/contents/4/background/endColor" "must be specified"];
        "a gradient from white" Recalled "bubble" "/contents/body/contents/4/background/startColor" = "white" => Inside ["/body/contents/4/background/startColor" "invalid property"];
        "a gradient whose middle is outside" Recalled "bubble" "/contents/body/contents/4/background/centerPosition" = "101%" => Inside ["/body/contents/4/background/centerPosition" "upper limit exceeded"];

        "a picture as wide as two" Recalled "bubble" "/contents/hero/size" = "double" => Inside ["/hero/size" "invalid property"];
        "a picture of an unclear ratio" Recalled "bubble" "/contents/hero/aspectRatio" = "wide" => Inside ["/hero/aspectRatio" "invalid property"];
        "a picture too tall" Recalled "bubble" "/contents/hero/aspectRatio" = "1:4" => Inside ["/hero/aspectRatio" "aspect ratio must be in the range (0 < (h/w) <= 3)"];
        "a picture of no width" Recalled "bubble" "/contents/hero/aspectRatio" = "0:1" => Inside ["/hero/aspectRatio" "invalid property"];
        "a picture too wide" Recalled "bubble" "/contents/hero/aspectRatio" = "100001:1" => Inside ["/hero/aspectRatio" "invalid property"];
        "a picture that fills" Recalled "bubble" "/contents/hero/aspectMode" = "fill" => Inside ["/hero/aspectMode" "invalid property"];
        "a picture that may move" Recalled "bubble" "/contents/hero/animated" = "yes" => Inside ["/hero/animated" "invalid property"];
        "a picture that leads to a path" Seen "bubble" "/contents/hero/action/uri" = "menu" => Inside ["/hero/action/uri" "invalid uri", "/hero/action/uri" "invalid uri scheme"];
        "an icon without a picture" Recalled "bubble" "/contents/body/contents/2/contents/0/url" = null => Inside ["/body/contents/2/contents/0/url" "must be specified"];
        "a full icon" Recalled "bubble" "/contents/body/contents/2/contents/0/size" = "full" => Inside ["/body/contents/2/contents/0/size" "invalid property"];
        "a line in grey" Recalled "bubble" "/contents/body/contents/3/color" = "grey" => Inside ["/body/contents/3/color" "invalid property"];
        "a filler with a margin" Recalled "bubble" "/contents/body/contents/5/margin" = "md" => Inside ["/body/contents/5/margin" "unknown field"];

        "a flex button that does nothing" Recalled "bubble" "/contents/footer/contents/0/action" = null => Inside ["/footer/contents/0/action" "must be specified"];
        "a flex button without a label" Recalled "bubble" "/contents/footer/contents/0/action/label" = null => Inside ["/footer/contents/0/action/label" "`label` must be specified"];
        "a flex button with a long label" Recalled "bubble" "/contents/footer/contents/0/action/label" = (times("a", 41)) => Inside ["/footer/contents/0/action/label" "must not be longer than 40 characters"];
        "a flex button that leads to a path" Seen "bubble" "/contents/footer/contents/0/action/uri" = "/menu" => Inside ["/footer/contents/0/action/uri" "invalid uri", "/footer/contents/0/action/uri" "invalid uri scheme"];
        "a flex button in another style" Recalled "bubble" "/contents/footer/contents/0/style" = "danger" => Inside ["/footer/contents/0/style" "invalid property"];
        "a large flex button" Recalled "bubble" "/contents/footer/contents/0/height" = "lg" => Inside ["/footer/contents/0/height" "invalid property"];
        "a flex button with a camera" Recalled "bubble" "/contents/footer/contents/0/action" = { "type": "camera", "label": "a" } => Inside ["/footer/contents/0/action/type" "invalid property"];
        "a flex button that says nothing" Seen "bubbles" "/contents/contents/0/footer/contents/0/action/text" = "" => Inside ["/contents/0/footer/contents/0/action/text" "must be non-empty text"];
        "three faults at once" Recalled "bubble" "/contents/body/contents/0" = { "type": "text", "text": "", "size": "huge", "flex": (-1) } => Inside ["/body/contents/0/size" "invalid property", "/body/contents/0/text" "must be non-empty text", "/body/contents/0/flex" "must be greater than or equal to 0"];
    }
}

struct Line {
    running: Running,
    http: reqwest::Client,
    token: String,
}

impl Line {
    /// A platform that insists on https, as the real one does.
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = Config { strict: true, ..Config::default() };
        let running = start(config, listener, std::future::pending()).await.unwrap();
        let http = reqwest::Client::new();
        let url = format!("{}/simulator/api/channels", running.base_url);
        let channel = http.post(url).json(&json!({ "name": "Onsen" })).send().await.unwrap();
        let channel: Value = channel.json().await.unwrap();
        Self { running, http, token: channel["token"].as_str().unwrap().to_owned() }
    }

    async fn ask(&self, kind: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/v2/bot/message/{kind}", self.running.base_url);
        let answer = self.http.post(url).bearer_auth(&self.token).json(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

#[tokio::test]
async fn good_messages_pass() {
    let line = Line::start().await;
    for (name, message) in good() {
        assert_eq!(line.ask("validate/push", &json!({ "messages": [message] })).await, (200, json!({})), "{name}");
    }
}

#[tokio::test]
async fn every_fault_is_named() {
    let line = Line::start().await;
    let rows = rows();
    assert!(rows.len() >= 200, "{} rows", rows.len());
    let names: BTreeSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len(), "every row has a name of its own");
    let mut wrong = Vec::new();
    for row in &rows {
        let (status, answer) = line.ask("validate/push", &json!({ "messages": [row.message] })).await;
        let wanted = row.answer.body();
        if (status, &answer) != (400, &wanted) {
            wrong.push(format!("{} ({:?}): {status} {answer}\n    instead of {wanted}", row.name, row.source));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[tokio::test]
async fn the_body_around_messages_is_looked_at_too() {
    let line = Line::start().await;
    let text = json!({ "type": "text", "text": "a" });
    let empty = json!({ "type": "text", "text": "" });
    let bubble = json!({ "type": "flex", "altText": "a", "contents": { "type": "bubble" } });
    let sized = |faults: Value| json!({ "message": format!("The request body has {} error(s)", faults.as_array().unwrap().len()), "details": faults });
    let unreadable = |path: &str| json!({ "message": format!("The property, '{path}', in the request body is invalid (line: -, column: -)") });
    let size = json!([{ "message": "Size must be between 1 and 5", "property": "messages" }]);
    let rows = [
        (Recalled, json!({}), sized(json!([{ "message": "May not be empty", "property": "messages" }]))),
        (Documented, json!({ "messages": [] }), sized(size.clone())),
        (Documented, json!({ "messages": many(text.clone(), 6) }), sized(size)),
        (Documented, json!({ "messages": text }), unreadable("messages")),
        (Documented, json!({ "messages": ["a"] }), unreadable("messages[0]")),
        (Documented, json!({ "messages": [text], "notificationDisabled": "yes" }), unreadable("notificationDisabled")),
        (
            // The example of LINE's documentation.
            Documented,
            json!({ "messages": [empty, { "type": "hologram" }] }),
            sized(json!([
                { "message": "May not be empty", "property": "messages[0].text" },
                { "message": "Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap, flex, textV2, coupon]", "property": "messages[1].type" },
            ])),
        ),
        (
            // What lies within a message is looked at when all is well outside.
            Recalled,
            json!({ "messages": [bubble, empty] }),
            sized(json!([{ "message": "May not be empty", "property": "messages[1].text" }])),
        ),
        (
            Seen,
            json!({ "messages": [text, bubble, bubble] }),
            json!({
                "message": "A message (messages[1]) in the request body is invalid",
                "details": [{ "message": "At least one block must be specified", "property": "/" }],
            }),
        ),
    ];
    for (source, body, answer) in rows {
        assert_eq!(line.ask("validate/push", &body).await, (400, answer.clone()), "{source:?}");
        assert_eq!(line.ask("validate/reply", &body).await, (400, answer), "{source:?}");
    }
    let body = json!({ "to": "U0123456789abcdef0123456789abcdef", "messages": [bubble] });
    let (status, answer) = line.ask("push", &body).await;
    assert_eq!((status, &answer["details"][0]["property"]), (400, &json!("/")));
}
