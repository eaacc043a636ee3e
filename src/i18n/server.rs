//! Texts on the server: every language.

use super::{I18n, Key, Lang, en, ja, th, zh_hant};

/// The text of `key` in `lang`.
pub fn text(lang: Lang, key: Key) -> &'static str {
    match lang {
        Lang::En => en::text(key),
        Lang::Ja => ja::text(key),
        Lang::Th => th::text(key),
        Lang::ZhHant => zh_hant::text(key),
    }
}

/// The table that a page of this language carries: a JSON array in the order of [`Key::ALL`], safe
/// to stand inside a `<script>`.
pub fn page_texts(i18n: I18n) -> String {
    let all: Vec<&str> = Key::ALL.iter().map(|key| i18n.t(*key)).collect();
    serde_json::to_string(&all).unwrap_or_default().replace('<', "\\u003c")
}
