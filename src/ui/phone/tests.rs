use super::*;
use crate::i18n::{I18n, Lang};
use serde_json::json;

/// What a stranger may write anywhere.
const NASTY: [&str; 6] = [
    "</textarea></title><script>window.__x=1</script><img src=x onerror=alert(1)>",
    "\"><script>alert(1)</script>",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "#fff;background:url(javascript:alert(1))",
    "data:text/html,<script>alert(1)</script>",
];

fn html(body: &Value) -> String {
    Owner::new().with(|| {
        provide_context(I18n { lang: Lang::En });
        let taps = Taps::to(Callback::new(|_| ()));
        let scene = Scene { taps, held: None, names: vec![("U1".into(), "Mika <b>".into())] };
        view! { <div>{message(body, &scene)}{quick_replies(body, taps)}</div> }.to_html()
    })
}

fn say(label: &str) -> Value {
    json!({ "type": "message", "label": label, "text": "said" })
}

fn open(label: &str) -> Value {
    json!({ "type": "uri", "label": label, "uri": "https://a.example/?x=1&y=2" })
}

const PICTURE: &str = "https://a.example/p.jpg";

/// A message of every kind, with what is to be seen of it.
fn kinds() -> Vec<(Value, Vec<&'static str>)> {
    let quick = json!({ "items": [
        { "type": "action", "imageUrl": PICTURE, "action": say("Yes") },
        { "type": "action", "action": { "type": "camera", "label": "Take one" } },
        { "type": "action", "action": { "type": "location", "label": "Where" } },
    ] });
    vec![
        (
            json!({ "type": "text", "text": "see https://a.example/x. $", "quickReply": quick,
                "emojis": [{ "index": 25, "productId": "p1", "emojiId": "001" }] }),
            vec!["href=\"https://a.example/x\"", "sticon/p1/android/001.png", "msg-quick__icon", "#pin", "Take one"],
        ),
        (
            json!({ "type": "textV2", "text": "{a} {{b}}",
                "substitution": { "a": { "type": "mention", "mentionee": { "type": "user", "userId": "U1" } } } }),
            vec!["msg-text__mention\">@Mika &lt;b&gt;", " {b}"],
        ),
        (
            json!({ "type": "image", "originalContentUrl": "https://a.example/o.jpg", "previewImageUrl": PICTURE }),
            vec!["href=\"https://a.example/o.jpg\"", "src=\"https://a.example/p.jpg\"", "<dialog"],
        ),
        (
            json!({ "type": "video", "originalContentUrl": "https://a.example/o.mp4", "previewImageUrl": PICTURE }),
            vec!["<video", "poster=\"https://a.example/p.jpg\""],
        ),
        (
            json!({ "type": "audio", "originalContentUrl": "https://a.example/o.m4a", "duration": 61_000 }),
            vec!["<audio", "1:01"],
        ),
        (json!({ "type": "file", "fileName": "a.pdf", "fileSize": 52_400 }), vec!["a.pdf", "52 KB"]),
        (
            json!({ "type": "location", "title": "Gate", "address": "Kyoto", "latitude": 35.5, "longitude": 135.75 }),
            vec!["openstreetmap.org/?mlat=35.5", "Gate", "Kyoto"],
        ),
        (
            json!({ "type": "sticker", "packageId": "446", "stickerId": "1988", "keywords": ["hello"] }),
            vec!["sticker/1988/android", "alt=\"Sticker · hello\""],
        ),
        (
            json!({ "type": "imagemap", "baseUrl": "https://a.example/map", "altText": "Map",
                "baseSize": { "width": 1040, "height": 520 },
                "video": { "originalContentUrl": "https://a.example/o.mp4", "previewImageUrl": PICTURE,
                    "area": { "x": 0, "y": 0, "width": 520, "height": 260 } },
                "actions": [
                    { "type": "uri", "linkUri": "https://b.example/", "label": "Shop", "area": { "x": 520, "y": 0, "width": 520, "height": 260 } },
                    { "type": "message", "text": "Hours", "area": { "x": 0, "y": 260, "width": 1040, "height": 260 } },
                ] }),
            vec![
                "https://a.example/map/1040",
                "aspect-ratio: 1040 / 520",
                "href=\"https://b.example/\"",
                "left: 50.000%; top: 0.000%; width: 50.000%; height: 50.000%",
                "aria-label=\"Hours\"",
            ],
        ),
        (
            json!({ "type": "template", "altText": "Room", "template": { "type": "buttons", "thumbnailImageUrl": PICTURE,
                "imageAspectRatio": "square", "imageSize": "contain", "imageBackgroundColor": "#FF0000", "title": "Room",
                "text": "By the river", "defaultAction": open("See"), "actions": [say("Book"), open("More")] } }),
            vec![
                "msg-card__frame--square",
                "msg-card__image--contain",
                "background-color: #FF0000",
                "By the river",
                "<button type=\"button\" class=\"msg-card__action\"",
                "href=\"https://a.example/?x=1&amp;y=2\"",
            ],
        ),
        (
            json!({ "type": "template", "altText": "Sure?", "template": { "type": "confirm", "text": "Sure?", "actions": [say("Yes"), say("No")] } }),
            vec!["msg-card--confirm", "Sure?", ">No<"],
        ),
        (
            json!({ "type": "template", "altText": "Rooms", "template": { "type": "carousel", "columns": [
                { "text": "One", "actions": [say("First")] }, { "text": "Two", "actions": [say("Second")] } ] } }),
            vec!["msg-row", "One", "Second"],
        ),
        (
            json!({ "type": "template", "altText": "Pictures", "template": { "type": "image_carousel", "columns": [
                { "imageUrl": PICTURE, "action": say("Look") }, { "imageUrl": PICTURE, "action": { "type": "message", "text": "x" } } ] } }),
            vec!["msg-poster__label\">Look", "aria-label=\"Photo\""],
        ),
        (
            json!({ "type": "coupon", "couponId": "01H", "coupon": { "title": "Bath for two", "endTimestamp": 1_795_219_200,
                "reward": { "type": "discount", "priceInfo": { "type": "percentage", "percentage": 25 } } } }),
            vec!["Bath for two", "25% off", "See the coupon", "<time"],
        ),
        (json!({ "type": "hologram", "altText": "A ghost", "depth": 3 }), vec!["A ghost", "hologram", "\"depth\": 3"]),
    ]
}

#[test]
fn every_kind_is_drawn() {
    for (body, wanted) in kinds() {
        let html = html(&body);
        for part in wanted {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(body["type"] != "hologram", is_drawn(&body), "{body}");
        // Everything is worth a line in a list.
        assert!(!line(I18n { lang: Lang::En }, &body, &[]).is_empty(), "{body}");
    }
}

/// Puts a text in the place of every text but those that say what kind of thing it is.
fn poison(value: &mut Value, nasty: &str) {
    match value {
        Value::String(text) => *text = nasty.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, nasty)),
        Value::Object(fields) => {
            for (_, field) in fields.iter_mut().filter(|(name, _)| *name != "type") {
                poison(field, nasty);
            }
        }
        _ => {}
    }
}

#[test]
fn nothing_that_a_stranger_wrote_becomes_a_tag_or_an_address() {
    for nasty in NASTY {
        for (mut body, _) in kinds() {
            poison(&mut body, nasty);
            let html = html(&body);
            for tag in ["<script", "<img src=x", "</title>", "href=\"javascript", "src=\"javascript", "href=\"data:"] {
                assert!(!html.contains(tag), "{tag} in {html}");
            }
            let styles = html.split(" style=\"").skip(1).filter_map(|rest| rest.split('"').next());
            for style in styles {
                assert!(!style.contains("url(") && !style.contains("alert"), "{style} in {html}");
            }
        }
    }
}

#[test]
fn what_is_missing_or_odd_is_left_out() {
    for (body, _) in kinds() {
        let fields: Vec<String> = body.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default();
        for field in fields {
            for odd in [Value::Null, json!(5), json!([]), json!({}), json!("x"), json!([5, null, {}])] {
                let mut broken = body.clone();
                broken[&field] = odd;
                html(&broken);
            }
        }
    }
    assert!(html(&json!(null)).contains("details"));
}

#[test]
fn a_still_picture_can_not_be_tapped() {
    let body = &kinds()[10].0;
    let html = Owner::new().with(|| view! { <div>{message(body, &Scene::default())}</div> }.to_html());
    assert_eq!(html.matches("disabled").count(), 2, "{html}");
}

#[test]
fn a_tap_is_told_in_words() {
    let told = |action: Value| explain(I18n { lang: Lang::En }, &action);
    assert_eq!(told(say("x")), "Says “said”");
    assert_eq!(told(json!({ "type": "uri", "linkUri": "https://a.example/" })), "Opens https://a.example/");
    assert_eq!(
        told(json!({ "type": "postback", "data": "a=1", "displayText": "Book" })),
        "Shows “Book” and sends the postback “a=1”"
    );
    assert!(is_address("TEL:0123") && is_address("line://ti/p/x") && is_address("https://a.example"));
    assert!(!is_address("javascript:alert(1)") && !is_address("data:x") && !is_address("https:") && !is_address("/x"));
}
