//! Languages. A text is a [`Key`]; a language is a file for each part of the house with an exhaustive
//! `match`, so a text that is missing in a language does not compile. The server knows all of them; a page carries
//! the table of its own language only, and the browser reads it from there.

#[cfg(feature = "ssr")]
mod en;
pub mod find;
#[cfg(feature = "ssr")]
mod ja;
mod key;
#[cfg(feature = "ssr")]
mod th;
#[cfg(feature = "ssr")]
mod zh_hant;

#[cfg(feature = "ssr")]
mod server;
#[cfg(feature = "ssr")]
pub use server::*;
#[cfg(not(feature = "ssr"))]
mod page;
#[cfg(not(feature = "ssr"))]
pub use page::*;

pub use key::Key;
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// A language of the console.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Lang {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Japanese.
    #[serde(rename = "ja")]
    Ja,
    /// Thai.
    #[serde(rename = "th")]
    Th,
    /// Traditional Chinese, as written in Taiwan.
    #[serde(rename = "zh-Hant")]
    ZhHant,
}

impl Lang {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::En, Self::Ja, Self::Th, Self::ZhHant];

    /// BCP 47 tag: `en`, `ja`, `th`, `zh-Hant`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
            Self::Th => "th",
            Self::ZhHant => "zh-Hant",
        }
    }

    /// The language's own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ja => "日本語",
            Self::Th => "ไทย",
            Self::ZhHant => "繁體中文",
        }
    }

    /// The language of a BCP 47 tag, by its primary part; every Chinese tag means Traditional here.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "ja" => Some(Self::Ja),
            "th" => Some(Self::Th),
            "zh" => Some(Self::ZhHant),
            _ => None,
        }
    }

    /// The best language for an `Accept-Language` header; English when none fits.
    pub fn negotiate(header: &str) -> Self {
        let mut wanted: Vec<(f32, Self)> = header
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(";q=");
                let lang = Self::from_tag(pieces.next()?.trim())?;
                let weight = pieces.next().map_or(Some(1.0), |q| q.trim().parse().ok())?;
                Some((weight, lang))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map_or(Self::En, |(_, lang)| *lang)
    }
}

/// The language of this page: hand it out with [`use_i18n`], copy it freely.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct I18n {
    /// The language of this page.
    pub lang: Lang,
}

impl I18n {
    /// The text of `key` in this language.
    pub fn t(self, key: Key) -> &'static str {
        text(self.lang, key)
    }

    /// The text of `key` with every `{name}` replaced by its value.
    pub fn fill(self, key: Key, values: &[(&str, &dyn Display)]) -> String {
        values.iter().fold(self.t(key).to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), &value.to_string())
        })
    }

    /// The sentence for an error, with its figures filled in.
    pub fn error(self, error: &crate::error::AppError) -> String {
        use crate::error::{AppError, Reason};
        match error {
            AppError::TooMany { seconds } => self.fill(error.key(), &[("seconds", seconds)]),
            AppError::Internal { request_id } => self.fill(error.key(), &[("id", request_id)]),
            AppError::Field {
                reason:
                    Reason::TooLong { limit }
                    | Reason::TooShort { limit }
                    | Reason::TooLarge { limit }
                    | Reason::Full { limit },
                ..
            } => self.fill(error.key(), &[("limit", limit)]),
            AppError::Field { reason: Reason::Refused { message }, .. } => {
                self.fill(error.key(), &[("message", message)])
            }
            _ => self.t(error.key()).to_owned(),
        }
    }
}

/// The language of the page being rendered.
pub fn use_i18n() -> I18n {
    use_context().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negotiates_by_weight() {
        assert_eq!(Lang::negotiate("fr, th;q=0.5, ja;q=0.8"), Lang::Ja);
        assert_eq!(Lang::negotiate("zh-TW,zh;q=0.9"), Lang::ZhHant);
        assert_eq!(Lang::negotiate("de"), Lang::En);
        assert_eq!(Lang::negotiate(";;q=x,,"), Lang::En);
    }

    #[test]
    fn every_language_keeps_the_placeholders() {
        for key in Key::ALL {
            let names = |text: &'static str| {
                let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|s| s.split('}').next()).collect();
                found.sort_unstable();
                found
            };
            let wanted = names(text(Lang::En, *key));
            for lang in Lang::ALL {
                assert_eq!(names(text(lang, *key)), wanted, "{key:?} in {}", lang.tag());
                assert!(!text(lang, *key).is_empty(), "{key:?} in {}", lang.tag());
            }
        }
    }
}
