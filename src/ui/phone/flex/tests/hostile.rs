//! Messages by people who want more than a picture, and by nobody in particular.

use super::*;
use proptest::prelude::*;

/// What somebody would write who wants more than a picture.
const NASTY: [&str; 12] = [
    "\"><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "#fff;position:fixed;inset:0",
    "red;background:url(https://evil.example/x)",
    "10px;background-image:url(//evil.example)",
    "expression(alert(1))",
    "javascript:alert(1)",
    "\\75rl(//evil.example)",
    "5px/**/;x:y",
    "var(--moss)",
    "'+alert(1)+'",
    "\u{202E}\u{0000}\n\" onmouseover=\"alert(1)",
];

#[test]
fn nothing_that_a_stranger_wrote_becomes_a_style_or_a_tag() {
    const TEXTS: [&str; 45] = [
        "layout",
        "spacing",
        "margin",
        "position",
        "offsetTop",
        "offsetBottom",
        "offsetStart",
        "offsetEnd",
        "backgroundColor",
        "borderColor",
        "borderWidth",
        "cornerRadius",
        "width",
        "height",
        "maxWidth",
        "maxHeight",
        "paddingAll",
        "paddingTop",
        "paddingBottom",
        "paddingStart",
        "paddingEnd",
        "justifyContent",
        "alignItems",
        "url",
        "previewUrl",
        "size",
        "aspectRatio",
        "aspectMode",
        "align",
        "gravity",
        "color",
        "weight",
        "style",
        "decoration",
        "text",
        "lineSpacing",
        "adjustMode",
        "direction",
        "flex",
        "maxLines",
        "wrap",
        "altText",
        "label",
        "uri",
        "data",
    ];
    for nasty in NASTY {
        let mut fields: serde_json::Map<String, Value> =
            TEXTS.iter().map(|name| ((*name).to_owned(), json!(nasty))).collect();
        let style = json!({"backgroundColor": nasty, "separator": true, "separatorColor": nasty});
        fields.insert("styles".into(), json!({"header": style, "hero": style, "body": style, "footer": style}));
        fields.insert("action".into(), json!({"type": nasty, "label": nasty, "uri": nasty, "text": nasty}));
        fields.insert(
            "background".into(),
            json!({"type": "linearGradient", "angle": nasty, "startColor": nasty,
            "endColor": nasty, "centerColor": nasty, "centerPosition": nasty}),
        );
        let node = |kind: &str, extra: Value| {
            let mut node = fields.clone();
            node.insert("type".into(), json!(kind));
            node.extend(extra.as_object().cloned().unwrap_or_default());
            Value::Object(node)
        };
        let kinds = ["text", "button", "image", "icon", "separator", "filler", "spacer", "video", nasty];
        let mut parts: Vec<Value> = kinds.iter().map(|kind| node(kind, json!({}))).collect();
        parts.push(node("text", json!({"contents": [node("span", json!({}))]})));
        parts.push(node("image", json!({"url": "https://a.example/\u{22}onerror=alert(1)"})));
        let inner = node("box", json!({"contents": parts}));
        let body =
            node("box", json!({"contents": [inner, node("box", json!({"layout": "baseline", "contents": parts}))]}));
        let hero = node("video", json!({"altContent": body}));
        let bubble = node("bubble", json!({"header": body, "hero": hero, "body": body, "footer": body}));
        for html in [live(&bubble), still(&bubble)] {
            declarations_are_ours(&html);
            assert!(
                outside_quotes(&html).chars().all(|c| c.is_ascii_alphanumeric() || "<>/!=- \"".contains(c)),
                "{html}"
            );
            let src = attributes(&html, "src");
            assert!(src.is_empty(), "{src:?}");
            for class in attributes(&html, "class") {
                assert!(class.split(' ').all(|it| it.starts_with("flexm")), "{class}");
            }
            assert!(attributes(&html, "dir").iter().all(|dir| *dir == "ltr"));
        }
    }
}

/// The tags without what stands in quotes: what a stranger's text would have to break out of.
fn outside_quotes(html: &str) -> String {
    let (mut tag, mut quoted) = (false, false);
    html.chars()
        .filter(|c| {
            match c {
                '<' if !quoted => tag = true,
                '>' if !quoted => tag = false,
                '"' if tag => quoted = !quoted,
                _ => return tag && !quoted,
            }
            tag || !quoted
        })
        .collect()
}

/// Anything that could stand in a message, right or wrong.
fn anything() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "box",
        "text",
        "button",
        "image",
        "icon",
        "separator",
        "filler",
        "spacer",
        "video",
        "span",
        "bubble",
        "carousel",
        "horizontal",
        "vertical",
        "baseline",
        "absolute",
        "md",
        "xxl",
        "full",
        "10px",
        "50%",
        "-5px",
        "#ff0000",
        "1:3",
        "https://a.example/b.png",
        "center",
        "shrink-to-fit",
        "linearGradient",
        "rtl",
        "",
        "語",
    ]);
    let leaf = prop_oneof![
        4 => word.prop_map(|word| json!(word)),
        1 => any::<i32>().prop_map(|number| json!(number)),
        1 => any::<bool>().prop_map(|flag| json!(flag)),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => ".*".prop_map(|text| json!(text)),
        1 => Just(Value::Null),
    ];
    let key = prop::sample::select(vec![
        "type",
        "layout",
        "contents",
        "body",
        "hero",
        "header",
        "footer",
        "styles",
        "action",
        "label",
        "text",
        "size",
        "flex",
        "margin",
        "spacing",
        "position",
        "offsetTop",
        "color",
        "wrap",
        "maxLines",
        "url",
        "previewUrl",
        "altContent",
        "aspectRatio",
        "width",
        "height",
        "background",
        "startColor",
        "endColor",
        "angle",
        "lineSpacing",
        "adjustMode",
        "cornerRadius",
        "borderWidth",
        "paddingAll",
        "separator",
        "direction",
    ]);
    leaf.prop_recursive(6, 200, 8, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            3 => prop::collection::vec((key.clone(), inner), 0..8).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_message_breaks_the_page(part in anything(), kind in prop::sample::select(vec!["box", "text", "image", "video"])) {
        let mut body = part.clone();
        if let Some(fields) = body.as_object_mut() {
            fields.insert("type".into(), json!(kind));
        }
        let message = json!({"type": "bubble", "hero": body, "body": {"type": "box", "contents": [body, part]}});
        for html in [still(&message), live(&message)] {
            declarations_are_ours(&html);
            prop_assert_eq!(html.matches("<div").count(), html.matches("</div>").count());
        }
    }
}
