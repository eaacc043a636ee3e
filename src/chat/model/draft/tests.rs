use super::*;
use serde_json::json;

fn file(kind: UploadKind) -> Upload {
    Upload {
        id: UploadId(7),
        kind,
        name: "見積.pdf".into(),
        content_type: String::new(),
        size: 1_234_567,
        width: None,
        height: None,
        duration: Some(2_000),
    }
}

fn place(title: &str, address: &str, latitude: f64) -> Bubble {
    Bubble::Location { title: title.into(), address: address.into(), latitude, longitude: 135.0 }
}

fn sticker(package: &str, id: &str) -> Bubble {
    Bubble::Sticker { package_id: package.into(), sticker_id: id.into() }
}

fn flex(contents: Value, alt: &str) -> Bubble {
    Bubble::Card { message: json!({ "type": "flex", "altText": alt, "contents": contents }) }
}

#[test]
fn bubbles_are_held_to_lines_limits() {
    let long = "あ".repeat(101);
    let padding = "x".repeat(31 << 10);
    let table = [
        (Bubble::text("  "), Err(Flaw::Empty)),
        (Bubble::text("🍎".repeat(2_501)), Err(Flaw::TooLong { limit: 5_000, over: 2 })),
        (Bubble::text("a"), Ok(())),
        (sticker("446", "1988"), Ok(())),
        (sticker("789", "1988"), Err(Flaw::Sticker)),
        (sticker("446", "1"), Err(Flaw::Sticker)),
        (sticker("446", "x"), Err(Flaw::Sticker)),
        (Bubble::Image { file: file(UploadKind::Image) }, Ok(())),
        (Bubble::Image { file: file(UploadKind::File) }, Err(Flaw::File)),
        (place("京都駅", "京都市", 35.0), Ok(())),
        (place("", "京都市", 35.0), Err(Flaw::Place)),
        (place("京都駅", " ", 35.0), Err(Flaw::Place)),
        (place("京都駅", "京都市", 91.0), Err(Flaw::Place)),
        (place(&long, "京都市", 35.0), Err(Flaw::TooLong { limit: 100, over: 1 })),
        (flex(json!({ "type": "bubble" }), "Card"), Ok(())),
        (flex(json!({ "type": "bubble" }), " "), Err(Flaw::Card)),
        (flex(json!({ "type": "bubble", "x": padding }), "Card"), Err(Flaw::Card)),
        (flex(json!({ "type": "carousel", "x": padding }), "Card"), Ok(())),
        (flex(json!(7), "Card"), Err(Flaw::Card)),
        (Bubble::Card { message: json!({ "type": "text", "altText": "x" }) }, Err(Flaw::Card)),
        (Bubble::Card { message: json!({ "type": "template", "altText": "x", "template": {} }) }, Ok(())),
        (Bubble::Coupon { coupon_id: "01JABC".into(), title: String::new() }, Ok(())),
        (Bubble::Coupon { coupon_id: "a b".into(), title: String::new() }, Err(Flaw::Coupon)),
    ];
    for (bubble, wanted) in table {
        assert_eq!(bubble.check(), wanted, "{bubble:?}");
    }
}

#[test]
fn a_packet_holds_one_to_five() {
    let of = |count: usize| Draft { bubbles: vec![Bubble::text("x"); count], ..Draft::default() };
    assert_eq!(of(0).check(), Err((0, Flaw::Empty)));
    assert_eq!(of(5).check(), Ok(()));
    assert_eq!(of(6).check(), Err((5, Flaw::TooMany)));
    let mut second = of(2);
    second.bubbles[1] = Bubble::text("");
    assert_eq!(second.check(), Err((1, Flaw::Empty)));
    let place = Draft { bubbles: vec![place("a", "b", 1.0)], quote: Some(MessageId(1)), ..Draft::default() };
    assert_eq!(place.check(), Err((0, Flaw::Quote)));
}

#[test]
fn every_kind_becomes_lines_message() {
    let to = |bubble: Bubble| bubble.to_line(|id, usage| format!("https://x/{id}/{usage:?}"));
    assert_eq!(to(sticker("446", "1988")), json!({ "type": "sticker", "packageId": "446", "stickerId": "1988" }));
    assert_eq!(
        to(Bubble::file(file(UploadKind::Image))),
        json!({ "type": "image", "originalContentUrl": "https://x/7/Original", "previewImageUrl": "https://x/7/Preview" })
    );
    assert_eq!(to(Bubble::file(file(UploadKind::Video)))["type"], "video");
    assert_eq!(
        to(Bubble::file(file(UploadKind::Audio))),
        json!({ "type": "audio", "originalContentUrl": "https://x/7/Original", "duration": 2_000 })
    );
    assert_eq!(
        to(Bubble::file(file(UploadKind::File))),
        json!({ "type": "text", "text": "📎 見積.pdf (1.2 MB)\nhttps://x/7/Page" })
    );
    assert_eq!(to(place(" a ", "b", 1.0))["title"], "a");
    let card = json!({ "type": "template", "altText": "x", "template": {} });
    assert_eq!(to(Bubble::Card { message: card.clone() }), card);
}

#[test]
fn emoji_stand_where_their_words_stand() {
    let chosen = [("(happy)".to_owned(), "p".to_owned(), "002".to_owned())];
    let emojis = place_emojis("🍎(happy) (sad) (happy)", &chosen);
    assert_eq!(emojis.iter().map(|emoji| emoji.index).collect::<Vec<_>>(), [2, 16]);
    let bubble = Bubble::Text { text: "🍎(happy) (sad) (happy)".into(), emojis };
    assert_eq!(bubble.check(), Ok(()));
    assert_eq!(bubble.to_line(|_, _| String::new())["text"], "🍎$ (sad) $");
    let wrong = |index, length| Emoji { index, length, product_id: "p".into(), emoji_id: "1".into() };
    for emoji in [wrong(0, 0), wrong(1, 1), wrong(0, 9), wrong(usize::MAX, 2)] {
        assert_eq!(Bubble::Text { text: "🍎a".into(), emojis: vec![emoji] }.check(), Err(Flaw::Emoji));
    }
    let many = (0..21).map(|at| wrong(at, 1)).collect();
    assert_eq!(Bubble::Text { text: "a".repeat(30), emojis: many }.check(), Err(Flaw::TooManyEmoji));
}

#[test]
fn a_name_of_a_sender_is_checked() {
    assert_eq!(check_sender("Mika"), Ok(()));
    assert_eq!(check_sender("LINE staff"), Err(Flaw::Card));
    assert_eq!(check_sender(&"あ".repeat(21)), Err(Flaw::TooLong { limit: 20, over: 1 }));
}

#[test]
fn what_was_kept_can_be_read() {
    let draft = Draft {
        bubbles: vec![Bubble::file(file(UploadKind::Video)), Bubble::text("x")],
        silent: true,
        ..Draft::default()
    };
    let json = serde_json::to_string(&draft).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Draft>(&json).ok(), Some(draft));
    let old = r#"{"bubbles":[{"kind":"text","text":"x"}]}"#;
    assert_eq!(serde_json::from_str::<Draft>(old).ok(), Some(Draft::text("x")));
}
