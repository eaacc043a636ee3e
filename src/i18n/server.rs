//! Texts on the server: every language.

use super::{I18n, Key, Lang, en, ja, th, zh_hant};

/// The text of a key, out of the files of the language in whose module this stands.
macro_rules! text_of {
    ($key:expr) => {{
        use $crate::i18n::key::Part;
        match $key.part() {
            Part::Error(key) => error::text(key),
            Part::Ui(key) => ui::text(key),
            Part::Team(key) => team::text(key),
            Part::Audit(key) => audit::text(key),
            Part::Account(key) => account::text(key),
            Part::Chat(key) => chat::text(key),
            Part::Saved(key) => saved::text(key),
            Part::Compose(key) => compose::text(key),
            Part::Simulator(key) => simulator::text(key),
        }
    }};
}
pub(super) use text_of;

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
