mod hostile;

use super::*;
use crate::ui::phone::Act;
use serde_json::json;

macro_rules! gallery {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../../tests/flex/", $name, ".json")))),*]
    };
}

/// Messages as shops, inns and clinics send them.
const GALLERY: [(&str, &str); 22] = gallery![
    "restaurant",
    "receipt",
    "ticket",
    "shopping",
    "apparel",
    "transit",
    "menu",
    "gradient",
    "badge",
    "size-nano",
    "size-micro",
    "size-deca",
    "size-hecto",
    "size-kilo",
    "size-mega",
    "size-giga",
    "baseline",
    "video",
    "deep",
    "rtl",
    "local",
    "reminder",
];

fn gallery() -> impl Iterator<Item = (&'static str, Value)> {
    GALLERY.into_iter().map(|(name, text)| (name, serde_json::from_str(text).unwrap()))
}

fn still(contents: &Value) -> String {
    Owner::new().with(|| flex(contents, "/contents", Taps::default()).to_html())
}

fn live(contents: &Value) -> String {
    Owner::new().with(|| flex(contents, "/contents", Taps::to(Callback::new(|_: Act| ()))).to_html())
}

fn bubble(body: Vec<Value>) -> Value {
    json!({"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": body}})
}

/// The values of an attribute, in their order.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Every declaration is one of ours, with numbers, colours and words only.
fn declarations_are_ours(html: &str) {
    const OURS: &[&str] = &[
        "flex",
        "margin-inline-start",
        "margin-block-start",
        "margin-block",
        "inset-block-start",
        "inset-block-end",
        "inset-inline-start",
        "inset-inline-end",
        "position",
        "inline-size",
        "block-size",
        "max-inline-size",
        "max-block-size",
        "padding",
        "padding-block-start",
        "padding-block-end",
        "padding-inline-start",
        "padding-inline-end",
        "background-color",
        "background-image",
        "border-width",
        "border-color",
        "border-radius",
        "justify-content",
        "align-items",
        "font-size",
        "color",
        "font-weight",
        "font-style",
        "text-decoration",
        "text-align",
        "-webkit-line-clamp",
        "line-height",
        "aspect-ratio",
        "z-index",
        "container-type",
    ];
    for style in attributes(html, "style") {
        for declaration in style.split(';').filter(|it| !it.is_empty()) {
            let (name, value) = declaration.split_once(':').unwrap();
            assert!(OURS.contains(&name), "{name} in {style}");
            let plain = |c: char| c.is_ascii_alphanumeric() || "#.%(), /*+-".contains(c);
            assert!(value.chars().all(plain), "{value} in {style}");
            assert!(!value.contains("url") && !value.contains("fixed") && !value.contains("NaN"), "{style}");
            let call = value.split('(').next().unwrap();
            let known = ["linear-gradient", "min", "calc", "var"].contains(&call);
            assert!(known || !value.contains('('), "{value} in {style}");
        }
    }
}

#[test]
fn the_gallery_is_drawn_whole() {
    for (name, message) in gallery() {
        let contents = &message["contents"];
        assert!(draws(contents), "{name}");
        let html = still(contents);
        declarations_are_ours(&html);
        let mut missing = Vec::new();
        said(contents, &mut |text| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            if !html.contains(&text) {
                missing.push(text);
            }
        });
        assert_eq!(missing, Vec::<String>::new(), "{name}");
    }
}

/// Every text and label that a reader would see.
fn said(node: &Value, tell: &mut dyn FnMut(&str)) {
    match node {
        Value::Array(list) => list.iter().for_each(|inner| said(inner, tell)),
        Value::Object(fields) => {
            match node["type"].as_str() {
                Some("text" | "span") => node["text"].as_str().into_iter().for_each(&mut *tell),
                Some("button") => node["action"]["label"].as_str().into_iter().for_each(&mut *tell),
                _ => {}
            }
            fields.values().for_each(|inner| said(inner, tell));
        }
        _ => {}
    }
}

#[test]
fn a_tap_says_where_its_action_stands() {
    fn count(node: &Value) -> usize {
        match node {
            Value::Array(list) => list.iter().map(count).sum(),
            Value::Object(fields) => {
                usize::from(node["action"].is_object()) + fields.values().map(count).sum::<usize>()
            }
            _ => 0,
        }
    }
    for (name, message) in gallery() {
        let html = live(&message["contents"]);
        let places = attributes(&html, "data-at");
        assert_eq!(places.len(), count(&message), "{name}");
        for place in places {
            let action = message.pointer(place).unwrap_or_else(|| panic!("{place} in {name}"));
            assert!(place.ends_with("/action") && action["type"].is_string(), "{place} in {name}");
        }
        assert_eq!(html.matches("type=\"button\"").count(), html.matches("<button").count());
    }
}

#[test]
fn a_tap_reaches_who_listens() {
    Owner::new().with(|| {
        let heard = StoredValue::new(Vec::new());
        let taps = Taps::to(Callback::new(move |act: Act| heard.update_value(|heard| heard.push(act))));
        let action = json!({"type": "postback", "data": "a=1"});
        taps.tap("/contents/body/action", &action);
        assert_eq!(heard.get_value(), [Act { at: "/contents/body/action".into(), action }]);
    });
}

#[test]
fn a_still_picture_has_nothing_to_tap() {
    for (name, message) in gallery() {
        let html = still(&message["contents"]);
        for dead in ["<button", "data-at", "<video", "<a "] {
            assert!(!html.contains(dead), "{dead} in {name}");
        }
        let carousel = usize::from(message["contents"]["type"] == "carousel");
        assert_eq!(html.matches("tabindex").count(), carousel, "{name}");
    }
}

#[test]
fn buttons_do_not_hold_buttons() {
    for (name, message) in gallery() {
        let html = live(&message["contents"]);
        for inner in html.split("<button").skip(1) {
            let inner = inner.split("</button>").next().unwrap();
            assert!(!inner.contains("<div"), "{name}: {inner}");
        }
    }
}

#[test]
fn what_can_be_tapped_has_a_name() {
    let action = json!({"type": "message", "text": "Yes please"});
    let labelled = json!({"type": "message", "label": "Yes", "text": "Yes please"});
    let spans =
        json!({"type": "text", "contents": [{"type": "span", "text": "Room "}, {"type": "span", "text": "12"}]});
    assert_eq!(tap::name(&labelled, &spans), "Yes");
    assert_eq!(tap::name(&action, &spans), "Room 12");
    assert_eq!(tap::name(&action, &json!({"type": "image"})), "Yes please");
    assert_eq!(tap::name(&json!({"type": "uri", "uri": "tel:1"}), &Value::Null), "tel:1");
    assert_eq!(tap::name(&json!({"type": "camera"}), &Value::Null), "camera");
    let card = json!({"type": "bubble", "hero": {"type": "image"}, "body": {"type": "box", "contents": [
        {"type": "text", "text": "Soba"}, {"type": "text", "text": "900 yen"}]}});
    assert_eq!(tap::name(&action, &card), "Soba 900 yen");
    let html = live(&json!({"type": "bubble", "action": labelled, "body": {"type": "box", "layout": "vertical",
        "action": action, "contents": [{"type": "text", "text": "Inner"}, {"type": "button", "action": labelled}]}}));
    assert_eq!(attributes(&html, "aria-label"), ["Inner", "Yes"]);
    // The further in, the further up.
    assert_eq!(
        attributes(&html, "style").iter().filter_map(|style| style.strip_prefix("z-index:")).collect::<Vec<_>>(),
        ["3;", "2;", "1;"]
    );
}

#[test]
fn only_bubbles_with_a_block_are_drawn() {
    let body = json!({"type": "box", "layout": "vertical", "contents": []});
    assert!(draws(&json!({"type": "bubble", "body": body})));
    assert!(draws(&json!({"type": "bubble", "hero": {"type": "image", "url": "x"}})));
    assert!(draws(&json!({"type": "carousel", "contents": [{"type": "bubble"}, {"type": "bubble", "footer": body}]})));
    for nothing in [
        json!(null),
        json!("bubble"),
        json!([]),
        json!({"type": "bubble"}),
        json!({"type": "bubble", "body": "text"}),
        json!({"type": "bubble", "body": {"type": "image", "url": "https://a.example/"}}),
        json!({"type": "bubble", "hero": {"type": "text", "text": "a"}}),
        json!({"type": "bubble", "hero": {"type": "video", "url": "ftp://a"}}),
        json!({"type": "carousel"}),
        json!({"type": "carousel", "contents": [{"type": "bubble"}]}),
        json!({"type": "hologram", "body": body}),
    ] {
        assert!(!draws(&nothing), "{nothing}");
        assert!(!live(&nothing).contains("flexm"), "{nothing}");
    }
}

#[test]
fn what_is_unknown_is_left_out_and_the_rest_stays() {
    let html = still(&bubble(vec![
        json!({"type": "hologram", "text": "unseen"}),
        json!(7),
        json!({"type": "text"}),
        json!({"type": "text", "text": "seen", "size": ["xl"], "color": 5, "flex": "1", "wrap": "yes", "maxLines": -1}),
        json!({"type": "button"}),
        json!({"type": "image", "url": 3, "size": {"a": 1}, "aspectRatio": "1:0"}),
        json!({"type": "box", "layout": "diagonal", "contents": [{"type": "text", "text": "inside"}]}),
        json!({"type": "box", "layout": "vertical", "contents": "none"}),
    ]));
    assert!(html.contains("seen") && html.contains("inside") && !html.contains("unseen"), "{html}");
    assert!(html.contains("aspect-ratio:1/1"));
    declarations_are_ours(&html);
}

#[test]
fn boxes_without_end_are_cut_off() {
    let mut inner = json!({"type": "text", "text": "bottom"});
    for _ in 0..60 {
        inner = json!({"type": "box", "layout": "vertical", "action": {"type": "message"}, "contents": [inner]});
    }
    let html = live(&bubble(vec![json!({"type": "text", "text": "top"}), inner]));
    assert!(html.contains(">top<") && !html.contains(">bottom<"));
}

#[test]
fn shares_follow_the_direction_of_the_box() {
    let text = json!({"type": "text"});
    assert_eq!(place::flex(&text, true), "1 0 0px");
    assert_eq!(place::flex(&text, false), "none");
    for (share, row, column) in [(0, "none", "none"), (1, "1 0 0px", "1 0 auto"), (3, "3 0 0px", "3 0 auto")] {
        let text = json!({"type": "text", "flex": share});
        assert_eq!((place::flex(&text, true).as_str(), place::flex(&text, false).as_str()), (row, column));
    }
    assert_eq!(place::flex(&json!({"type": "text", "flex": 2.0}), true), "2 0 0px");
    assert_eq!(place::flex(&json!({"type": "text", "flex": -1}), true), "1 0 0px");
    // A width that is given is the width.
    let boxed = json!({"type": "box", "width": "40px", "flex": 2});
    assert_eq!((place::flex(&boxed, true).as_str(), place::flex(&boxed, false).as_str()), ("none", "2 0 auto"));
}

#[test]
fn space_lies_between_components_only() {
    let with = json!({"type": "text", "margin": "xl"});
    assert_eq!(place::margin(&with, None), 0.0);
    assert_eq!(place::margin(&with, Some(4.0)), 16.0);
    assert_eq!(place::margin(&json!({"margin": "none"}), Some(4.0)), 0.0);
    assert_eq!(place::margin(&json!({"margin": "7px"}), Some(4.0)), 7.0);
    assert_eq!(place::margin(&json!({"margin": "-7px"}), Some(4.0)), 4.0);
    let text = |text: &str| json!({"type": "text", "text": text});
    let html = still(
        &json!({"type": "bubble", "body": {"type": "box", "layout": "horizontal", "spacing": "md", "contents": [
        {"type": "text", "text": "off", "position": "absolute", "margin": "xl", "offsetEnd": "5%"}, text("a"),
        {"type": "filler"}, text("b"), {"type": "spacer", "size": "lg"}, text("c"), {"type": "separator", "margin": "sm"}]}}),
    );
    let styles: Vec<&str> = attributes(&html, "style").into_iter().skip(2).collect();
    assert_eq!(
        styles,
        [
            "position:absolute;inset-inline-end:5%;",
            "flex:1 0 0px;",
            "flex:1 0 0px;",
            "flex:1 0 0px;margin-inline-start:8px;",
            "inline-size:12px;",
            "flex:1 0 0px;",
            "margin-inline-start:4px;",
        ]
    );
}

#[test]
fn words_for_sizes_are_the_phones() {
    let all = |read: fn(&Value) -> Option<f64>, words: &[&str]| -> Vec<f64> {
        words.iter().map(|word| read(&json!({"size": word, "borderWidth": word, "margin": word})).unwrap()).collect()
    };
    let sizes = ["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl", "17.5px"];
    assert_eq!(all(value::letter, &sizes), [11.0, 13.0, 14.0, 16.0, 19.0, 22.0, 29.0, 35.0, 48.0, 74.0, 17.5]);
    let pixels = |node: &Value| if let value::Length::Px(it) = value::picture(node) { Some(it) } else { None };
    assert_eq!(all(pixels, &sizes[..10]), [40.0, 60.0, 80.0, 100.0, 120.0, 140.0, 160.0, 180.0, 200.0, 240.0]);
    let steps = ["none", "xs", "sm", "md", "lg", "xl", "xxl", "3px"];
    assert_eq!(all(|node| value::space(node, "margin"), &steps), [0.0, 2.0, 4.0, 8.0, 12.0, 16.0, 20.0, 3.0]);
    let borders = ["none", "light", "normal", "medium", "semi-bold", "bold", "6px"];
    assert_eq!(all(value::border, &borders), [0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0]);
    assert_eq!(value::picture(&json!({"size": "full"})).css(), "100%");
    assert_eq!(value::picture(&json!({"size": "33.3333%"})).css(), "33.333%");
    assert_eq!(value::picture(&json!({})).css(), "100px");
    let widths = ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga", "?"]
        .map(|size| bubble::size(&json!({"size": size})).width);
    assert_eq!(widths, [120.0, 160.0, 220.0, 241.0, 260.0, 300.0, 500.0, 300.0]);
    assert_eq!(value::ratio(&json!({"a": "20:13"}), "a"), (20.0, 13.0));
    assert_eq!(value::ratio(&json!({"a": "1:9"}), "a"), (1.0, 3.0));
}

#[test]
fn values_are_read_strictly() {
    let node = |text: &str| json!({"v": text, "size": text, "borderWidth": text, "lineSpacing": text});
    for good in ["#a1B2c3", "#a1B2c3d4"] {
        assert_eq!(value::colour(&node(good), "v"), Some(good));
    }
    for bad in ["", "#", "#fff", "#a1b2c3d", "a1b2c3", "red", "#a1b2c3;", " #a1b2c3", "#a1b2cz", "#ａ1b2c3", "url(x)"]
    {
        assert_eq!(value::colour(&node(bad), "v"), None, "{bad}");
    }
    for bad in [
        "5",
        "5em",
        "px",
        "1e3px",
        "+5px",
        "0x5px",
        "NaNpx",
        "infpx",
        "5 px",
        " 5px",
        "5px;",
        ".5px",
        "5.px",
        "５px",
        "--5px",
        "calc(5px)",
        "var(--x)",
        "md;",
        "MD",
    ] {
        let node = node(bad);
        assert_eq!(value::space(&node, "v"), None, "{bad}");
        assert_eq!(value::padding(&node, "v"), None, "{bad}");
        assert_eq!(value::offset(&node, "v"), None, "{bad}");
        assert_eq!(value::side(&node, "v"), None, "{bad}");
        assert_eq!(
            (value::letter(&node), value::border(&node), value::line_spacing(&node)),
            (None, None, None),
            "{bad}"
        );
        assert_eq!(value::picture(&node).css(), "100px", "{bad}");
    }
    assert_eq!(value::offset(&node("-4.5px"), "v"), Some(value::Length::Px(-4.5)));
    assert_eq!((value::padding(&node("-4px"), "v"), value::side(&node("-4%"), "v")), (None, None));
    assert_eq!(value::side(&node("99999999999999999999999px"), "v"), Some(value::Length::Px(10_000.0)));
}

#[test]
fn addresses_are_secure_or_of_this_machine() {
    let read = |url: &str| value::address(&json!({"url": url}), "url").is_some();
    for good in
        ["https://a.example/b.png?c=1#d", "https://ア.example/", "http://127.0.0.1:8080/a", "http://localhost/a"]
    {
        assert!(read(good), "{good}");
    }
    for bad in [
        "",
        "http://a.example/",
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "//a.example",
        "https://",
        "https:///a",
        "https://user@a.example/",
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "http://127.0.0.1:80@evil.example/",
        "http://127.0.0.10/",
        "HTTPS://a.example/ x",
        "https://a.example/\"onerror=",
        "https://a.example/\n",
        "blob:https://a.example/1",
        " https://a.example",
    ] {
        assert!(!read(bad), "{bad}");
    }
}

#[test]
fn gradients_are_written_anew() {
    let gradient = |it: Value| value::gradient(&json!({"background": it}));
    let whole = json!({"type": "linearGradient", "angle": "45.5deg", "startColor": "#ff0000", "endColor": "#0000ff80",
        "centerColor": "#00ff00", "centerPosition": "20%"});
    assert_eq!(gradient(whole).unwrap(), "linear-gradient(45.5deg,#ff0000 0%,#00ff00 20%,#0000ff80 100%)");
    let plain = json!({"type": "linearGradient", "angle": "0deg", "startColor": "#ff0000", "endColor": "#0000ff"});
    assert_eq!(gradient(plain).unwrap(), "linear-gradient(0deg,#ff0000 0%,#0000ff 100%)");
    let nasty = json!({"type": "linearGradient", "angle": "0deg),url(//x", "startColor": "#ff0000", "endColor": "red"});
    assert_eq!(gradient(nasty), None);
    assert_eq!(gradient(json!({"type": "radial"})), None);
}

#[test]
fn letters_shrink_to_their_box_where_it_decides_their_width() {
    assert_eq!(text::fit(16.0, 8.0), "min(16px,calc(100cqi / 8))");
    assert!((text::width("日本", false) - 2.08).abs() < 0.001);
    assert!(text::width("มี่", false) < text::width("มม", false));
    let with = |extra: Value| {
        let mut text = json!({"type": "text", "text": "A long line", "adjustMode": "shrink-to-fit"});
        text.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        still(&bubble(vec![json!({"type": "box", "layout": "horizontal", "contents": [text]})])).contains("100cqi")
    };
    assert!(with(json!({})));
    assert!(!with(json!({"flex": 0})));
    assert!(!with(json!({"wrap": true})));
    assert!(!with(json!({"position": "absolute"})));
}

/// `cargo test --lib gallery_page -- --ignored` writes target/flex.html, to look at the gallery with.
#[test]
#[ignore = "a page to look at, nothing to hold"]
fn gallery_page() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join("style").join(name)).unwrap();
    let mut page = String::from("<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><title>Flex</title><style>");
    for line in read("main.css").lines() {
        match line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";")) {
            Some(name) => page.push_str(&read(name)),
            None => page.push_str(line),
        }
    }
    page.push_str("body { background: var(--phone-wall); padding: 12px } section { margin: 0 0 20px }</style>");
    for (name, message) in gallery() {
        page.push_str(&format!("<section id=\"{name}\">{}</section>", still(&message["contents"])));
    }
    std::fs::write(root.join("target/flex.html"), page).unwrap();
}
