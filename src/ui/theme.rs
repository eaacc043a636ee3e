//! Light or dark: the system's choice, or this browser's own, kept in a cookie so that the server's
//! first page already has it.

use super::hydrated;
use crate::{
    browser,
    i18n::{Key, use_i18n},
};
use leptos::prelude::*;

/// Name of the cookie.
pub const COOKIE: &str = "theme";

/// Which colours the console wears.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// Whatever the system says.
    #[default]
    System,
    /// Paper.
    Light,
    /// Night.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Value of the cookie and of `<html data-theme>`; none for the system's.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme that a name means.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == Some(name)).unwrap_or_default()
    }

    /// The theme that a `Cookie` header asks for.
    pub fn from_cookies(header: &str) -> Self {
        header
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == COOKIE)
            .map(|(_, value)| Self::from_name(value))
            .unwrap_or_default()
    }

    /// What it is called.
    pub fn label(self) -> Key {
        match self {
            Self::System => Key::UiThemeSystem,
            Self::Light => Key::UiThemeLight,
            Self::Dark => Key::UiThemeDark,
        }
    }
}

impl Theme {
    /// Puts it on, and keeps it in this browser.
    pub fn wear(self) {
        browser::set_document_attribute("data-theme", self.name().unwrap_or("system"));
        browser::cookie::set(COOKIE, self.name().unwrap_or_default());
    }
}

/// Chooses the theme of this browser, at once.
#[component]
pub fn ThemePicker() -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let chosen = RwSignal::new(use_context::<Theme>().unwrap_or_default());
    Effect::new(move |_| {
        chosen.set(browser::document_attribute("data-theme").map(|name| Theme::from_name(&name)).unwrap_or_default());
    });
    let choose = move |theme: Theme| {
        chosen.set(theme);
        theme.wear();
    };
    view! {
        <fieldset class="segments" disabled=move || !alive.get()>
            <legend class="field__label">{i18n.t(Key::UiTheme)}</legend>
            <div class="segments__row">
                {Theme::ALL
                    .map(|theme| {
                        view! {
                            <label class="segments__choice">
                                <input
                                    type="radio"
                                    name="theme"
                                    value=theme.name().unwrap_or("system")
                                    prop:checked=move || chosen.get() == theme
                                    on:change=move |_| choose(theme)
                                />
                                <span>{i18n.t(theme.label())}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn reads_the_cookie() {
        assert_eq!(Theme::from_cookies("a=b; theme=dark"), Theme::Dark);
        assert_eq!(Theme::from_cookies("theme=\"><script>"), Theme::System);
        assert_eq!(Theme::from_cookies(""), Theme::System);
    }
}
