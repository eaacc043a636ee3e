//! A value to paste somewhere else, with a button that copies it.

use super::{button::Button, hydrated, icon::Icon, toast::Toasts};
use crate::{
    browser::clipboard,
    i18n::{Key, use_i18n},
};
use leptos::prelude::*;

/// The value, selectable, and its button.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    value: String,
    /// What it is.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let toasts = use_context::<Toasts>();
    let copied = value.clone();
    let on_click = move |_| {
        clipboard::copy(&copied);
        if let Some(toasts) = toasts {
            toasts.show(i18n.t(Key::UiCopied));
        }
    };
    view! {
        <div class="copy">
            <span class="copy__label">{label}</span>
            <code class="copy__value" tabindex="0">{value}</code>
            <Button icon=Icon::Copy disabled=Signal::derive(move || !alive.get()) on_click>
                {i18n.t(Key::UiCopy)}
            </Button>
        </div>
    }
}
