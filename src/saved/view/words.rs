//! Kinds and flaws in words.

use crate::{
    chat::model::draft::{Bubble, Flaw},
    i18n::{I18n, Key},
    saved::model::{NAME_LIMIT, SHORTCUT_LIMIT, Wrong},
    ui::Icon,
};

/// What a kind of bubble is called, with its sign.
pub fn kind(name: &str) -> (Icon, Key) {
    match name {
        "text" => (Icon::Message, Key::SavedAddText),
        "image" => (Icon::Picture, Key::ChatKindImage),
        "video" => (Icon::Play, Key::ChatKindVideo),
        "audio" => (Icon::Mic, Key::ChatKindAudio),
        "file" => (Icon::File, Key::ChatKindFile),
        "location" => (Icon::Pin, Key::ChatKindLocation),
        "sticker" => (Icon::Sticker, Key::ChatKindSticker),
        "coupon" => (Icon::Ticket, Key::PhoneCoupon),
        _ => (Icon::Grid, Key::SavedAddCard),
    }
}

/// What is wrong with a bubble.
pub fn flaw(i18n: I18n, bubble: &Bubble, flaw: Flaw) -> String {
    match flaw {
        Flaw::TooLong { limit, .. } => i18n.fill(Key::ErrorTooLong, &[("limit", &limit)]),
        _ if matches!(bubble, Bubble::Card { .. }) => i18n.t(Key::SavedCardFlaw).to_owned(),
        Flaw::Empty => i18n.t(Key::ErrorEmpty).to_owned(),
        _ => i18n.t(Key::ErrorInvalid).to_owned(),
    }
}

/// What is wrong with a field that is none of the bubbles.
pub fn wrong(i18n: I18n, wrong: Wrong) -> Option<(&'static str, String)> {
    Some(match wrong {
        Wrong::NameEmpty => ("name", i18n.t(Key::ErrorEmpty).to_owned()),
        Wrong::NameLong => ("name", i18n.fill(Key::ErrorTooLong, &[("limit", &NAME_LIMIT)])),
        Wrong::ShortcutLong => ("shortcut", i18n.fill(Key::ErrorTooLong, &[("limit", &SHORTCUT_LIMIT)])),
        Wrong::Shortcut => ("shortcut", i18n.t(Key::SavedShortcutWrong).to_owned()),
        Wrong::NoBubbles => ("bubbles", i18n.t(Key::SavedNoBubbles).to_owned()),
        Wrong::ManyBubbles => ("bubbles", i18n.t(Key::SavedManyBubbles).to_owned()),
        Wrong::Bubble(..) => return None,
    })
}
