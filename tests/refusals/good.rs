//! Messages that LINE takes: every kind, with all that it may carry.

use serde_json::{Value, json};

pub fn good() -> Vec<(&'static str, Value)> {
    vec![
        (
            "text",
            json!({ "type": "text", "text": "Your room is ready from three o'clock.", "quoteToken": "q3Plxr4AgKd" }),
        ),
        ("a long text", json!({ "type": "text", "text": "🍎".repeat(2_500) })),
        (
            "a text with properties of tomorrow",
            json!({ "type": "text", "text": "a", "sparkle": { "speed": 3 }, "emojis": null }),
        ),
        (
            "emoji",
            json!({ "type": "text", "text": "$ Welcome 🍎$", "emojis": [
                { "index": 0, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001" },
                { "index": 12, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "002" },
            ] }),
        ),
        (
            "textV2",
            json!({ "type": "textV2", "text": "Welcome, {guest}! {smile} {everyone}: the bath is open. {{no key}}", "substitution": {
                "guest": { "type": "mention", "mentionee": { "type": "user", "userId": "U0123456789abcdef0123456789abcdef" } },
                "everyone": { "type": "mention", "mentionee": { "type": "all" } },
                "smile": { "type": "emoji", "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "002" },
            }, "quoteToken": "q3Plxr4AgKd" }),
        ),
        ("sticker", json!({ "type": "sticker", "packageId": "446", "stickerId": "1988", "quoteToken": "q3Plxr4AgKd" })),
        (
            "image",
            json!({ "type": "image", "originalContentUrl": "https://example.com/garden.jpg", "previewImageUrl": "https://example.com/garden-small.jpg?v=2#a" }),
        ),
        (
            "video",
            json!({ "type": "video", "originalContentUrl": "https://example.com/bath.mp4", "previewImageUrl": "https://example.com/%E9%A2%A8%E5%91%82.png",
                "trackingId": "spring-2026.a=,+*()%$&;:@{}!?<>[]" }),
        ),
        (
            "audio",
            json!({ "type": "audio", "originalContentUrl": "https://example.com/birds.m4a", "duration": 60_000 }),
        ),
        (
            "location",
            json!({ "type": "location", "title": "The inn", "address": "1-3 Kioicho, Chiyoda-ku, Tokyo", "latitude": 35.67966, "longitude": 139.73669 }),
        ),
        ("coupon", json!({ "type": "coupon", "couponId": "01JYNW8JMQVFBNWF1APF8Z3FS7", "deliveryTag": "autumn_2026" })),
        (
            "imagemap",
            json!({ "type": "imagemap", "baseUrl": "https://example.com/map/spring", "altText": "A map of the garden",
                "baseSize": { "width": 1040, "height": 585 },
                "actions": [
                    { "type": "uri", "label": "Book", "linkUri": "https://example.com/book", "area": { "x": 0, "y": 0, "width": 520, "height": 585 } },
                    { "type": "message", "label": "Ask", "text": "Where is the bath?", "area": { "x": 520, "y": 0, "width": 260, "height": 585 } },
                    { "type": "clipboard", "label": "Copy", "clipboardText": "SPRING26", "area": { "x": 780, "y": 0, "width": 260, "height": 585 } },
                ],
                "video": { "originalContentUrl": "https://example.com/tour.mp4", "previewImageUrl": "https://example.com/tour.jpg",
                    "area": { "x": 0, "y": 0, "width": 1040, "height": 585 },
                    "externalLink": { "linkUri": "https://example.com/tour", "label": "See more" } },
            }),
        ),
        (
            "buttons",
            json!({ "type": "template", "altText": "Your stay", "template": {
                "type": "buttons", "thumbnailImageUrl": "https://example.com/room.jpg", "imageAspectRatio": "rectangle", "imageSize": "cover",
                "imageBackgroundColor": "#FFFFFF", "title": "Maple room", "text": "What may we do for you?",
                "defaultAction": { "type": "uri", "uri": "https://example.com/maple" },
                "actions": [
                    { "type": "postback", "label": "Book", "data": "do=book", "displayText": "I'd like to book" },
                    { "type": "uri", "label": "Call us", "uri": "tel:0312345678" },
                    { "type": "datetimepicker", "label": "Choose a time", "data": "do=time", "mode": "datetime", "initial": "2026-12-24t15:00", "min": "2026-12-01T00:00", "max": "2026-12-31t23:59" },
                    { "type": "clipboard", "label": "Copy the code", "clipboardText": "MAPLE-7" },
                ],
            } }),
        ),
        (
            "plain buttons",
            json!({ "type": "template", "altText": "a", "template": { "type": "buttons", "text": "👩‍👩‍👧‍👦".repeat(160), "actions": [
                { "type": "postback", "label": "あ".repeat(20), "data": "a", "inputOption": "openKeyboard", "fillInText": "Name: " },
                { "type": "uri", "label": "Home", "uri": "https://example.com/", "altUri": { "desktop": "https://example.com/desk" } },
                { "type": "uri", "label": "Share", "uri": "line://nv/location" },
            ] } }),
        ),
        (
            "confirm",
            json!({ "type": "template", "altText": "Is that right?", "template": { "type": "confirm", "text": "Two guests, one night?", "actions": [
                { "type": "message", "label": "Yes", "text": "Yes" },
                { "type": "postback", "label": "No", "data": "no" },
            ] } }),
        ),
        (
            "carousel",
            json!({ "type": "template", "altText": "Rooms", "template": { "type": "carousel", "imageAspectRatio": "square", "imageSize": "contain", "columns": [
                { "thumbnailImageUrl": "https://example.com/1.jpg", "imageBackgroundColor": "#000000", "title": "Maple", "text": "With a view",
                  "defaultAction": { "type": "message", "text": "Maple" },
                  "actions": [{ "type": "message", "label": "Book", "text": "Maple" }, { "type": "postback", "label": "Ask", "data": "ask=1" }] },
                { "thumbnailImageUrl": "https://example.com/2.jpg", "title": "Pine", "text": "With a garden",
                  "actions": [{ "type": "message", "label": "Book", "text": "Pine" }, { "type": "postback", "label": "Ask", "data": "ask=2" }] },
            ] } }),
        ),
        (
            "plain carousel",
            json!({ "type": "template", "altText": "a", "template": { "type": "carousel", "columns": [
                { "text": "a".repeat(120), "actions": [{ "type": "datetimepicker", "label": "Day", "data": "a", "mode": "date", "initial": "2028-02-29" }] },
            ] } }),
        ),
        (
            "image_carousel",
            json!({ "type": "template", "altText": "Dishes", "template": { "type": "image_carousel", "columns": [
                { "imageUrl": "https://example.com/soba.png", "action": { "type": "postback", "label": "Soba", "data": "dish=soba" } },
                { "imageUrl": "https://example.com/tofu.png", "action": { "type": "uri", "uri": "https://example.com/tofu" } },
            ] } }),
        ),
        ("bubble", json!({ "type": "flex", "altText": "Dinner", "contents": bubble() })),
        (
            "film",
            json!({ "type": "flex", "altText": "A film", "contents": { "type": "bubble", "size": "mega", "hero": {
                "type": "video", "url": "https://example.com/a.mp4", "previewUrl": "https://example.com/a.jpg", "aspectRatio": "20:13",
                "altContent": { "type": "image", "size": "full", "aspectRatio": "20:13", "aspectMode": "cover", "url": "https://example.com/a.jpg" },
                "action": { "type": "uri", "label": "More", "uri": "https://example.com/more" },
            } } }),
        ),
        (
            "bubbles",
            json!({ "type": "flex", "altText": "Three rooms", "contents": { "type": "carousel", "contents": [
                { "type": "bubble", "size": "micro", "body": { "type": "box", "layout": "vertical", "contents": [{ "type": "text", "text": "Maple" }] },
                  "footer": { "type": "box", "layout": "vertical", "contents": [{ "type": "button", "action": { "type": "message", "label": "Book", "text": "Maple" } }] } },
                { "type": "bubble", "size": "micro", "body": { "type": "box", "layout": "vertical", "contents": [] } },
            ] } }),
        ),
        (
            "quick",
            json!({ "type": "text", "text": "How can we help?", "quickReply": { "items": [
                { "type": "action", "imageUrl": "https://example.com/a.png", "action": { "type": "postback", "label": "Book", "data": "book" } },
                { "type": "action", "action": { "type": "message", "label": "Hello", "text": "Hello" } },
                { "type": "action", "action": { "type": "uri", "label": "Web", "uri": "https://example.com" } },
                { "type": "action", "action": { "type": "datetimepicker", "label": "When?", "data": "when", "mode": "time", "initial": "10:00", "min": "00:00", "max": "23:59" } },
                { "type": "action", "action": { "type": "camera", "label": "Camera" } },
                { "type": "action", "action": { "type": "cameraRoll", "label": "Pictures" } },
                { "type": "action", "action": { "type": "clipboard", "label": "Copy", "clipboardText": "a" } },
                { "type": "action", "action": { "type": "location", "label": "Where are you?" } },
            ] } }),
        ),
        (
            "sender",
            json!({ "type": "text", "text": "Hi", "sender": { "name": "Online desk", "iconUrl": "https://example.com/mika.png" } }),
        ),
    ]
}

/// A bubble with one of each component.
fn bubble() -> Value {
    let hero = json!({ "type": "image", "url": "https://example.com/dinner.png", "size": "full", "aspectRatio": "1.91:1", "aspectMode": "cover",
            "backgroundColor": "#FFFFFF", "animated": true, "align": "center", "gravity": "bottom",
            "action": { "type": "uri", "uri": "http://example.com/menu", "altUri": { "desktop": "https://example.com/desk" } } });
    let title = json!({ "type": "text", "text": "Nine small dishes", "size": "xl", "weight": "bold", "style": "italic", "decoration": "underline",
              "color": "#1A1A1ACC", "wrap": true, "maxLines": 2, "lineSpacing": "4px", "align": "start", "gravity": "top", "flex": 2,
              "margin": "lg", "position": "relative", "offsetTop": "-2px", "offsetStart": "xs", "adjustMode": "shrink-to-fit", "scaling": true });
    let framed = json!({ "type": "box", "layout": "horizontal", "flex": 1, "spacing": "10px", "margin": "xs", "width": "80%", "maxWidth": "300px", "height": "120px",
              "maxHeight": "50%", "borderWidth": "semi-bold", "borderColor": "#00000080", "cornerRadius": "xxl", "backgroundColor": "#FAFAFA",
              "paddingTop": "sm", "paddingBottom": "3px", "paddingStart": "none", "paddingEnd": "10%", "position": "absolute", "offsetBottom": "0px",
              "offsetEnd": "5%", "justifyContent": "space-evenly", "alignItems": "flex-end",
              "background": { "type": "linearGradient", "angle": "359.9deg", "startColor": "#000000", "endColor": "#FFFFFF00", "centerColor": "#808080", "centerPosition": "10.5%" },
              "action": { "type": "postback", "data": "box" },
              "contents": [
                { "type": "image", "url": "https://example.com/a.png", "size": "33%" },
                { "type": "box", "layout": "vertical", "contents": [] },
              ] });
    json!({
        "type": "bubble", "size": "giga", "direction": "ltr",
        "header": { "type": "box", "layout": "vertical", "contents": [{ "type": "text", "text": "Tonight" }] },
        "hero": hero,
        "body": { "type": "box", "layout": "vertical", "spacing": "md", "paddingAll": "5%", "contents": [
            title,
            { "type": "text", "contents": [
                { "type": "span", "text": "From ", "size": "sm" },
                { "type": "span", "text": "18:00", "color": "#FF0000", "weight": "bold", "style": "normal", "decoration": "line-through" },
            ] },
            { "type": "box", "layout": "baseline", "contents": [
                { "type": "icon", "url": "https://example.com/star.png", "size": "sm", "aspectRatio": "1:1", "margin": "none", "scaling": false },
                { "type": "text", "text": "4.8", "size": "17.5px" },
                { "type": "filler" },
            ] },
            { "type": "separator", "margin": "xxl", "color": "#E0E0E0" },
            framed,
            { "type": "filler", "flex": 1 },
        ] },
        "footer": { "type": "box", "layout": "vertical", "contents": [
            { "type": "button", "style": "primary", "color": "#006C4C", "height": "sm", "gravity": "center", "flex": 0, "margin": "md", "adjustMode": "shrink-to-fit",
              "scaling": true, "action": { "type": "uri", "label": "Book a table", "uri": "https://example.com/book" } },
            { "type": "button", "style": "link", "action": { "type": "clipboard", "label": "Copy the code", "clipboardText": "NINE" } },
        ] },
        "styles": { "header": { "backgroundColor": "#FFFFFF" }, "body": { "separator": true, "separatorColor": "#EEEEEE" }, "hero": {}, "footer": { "separator": false } },
        "action": { "type": "uri", "uri": "https://line.me/R/nv/settings" },
    })
}
