//! Signs that something is going on.

use crate::i18n::{Key, use_i18n};
use leptos::prelude::*;

/// Work of unknown length.
#[component]
pub fn Spinner() -> impl IntoView {
    let i18n = use_i18n();
    view! { <span class="spinner" role="status"><span class="visually-hidden">{i18n.t(Key::UiLoading)}</span></span> }
}

/// Work of known length.
#[component]
pub fn Progress(
    /// How much of it is done, 0 to 1.
    #[prop(into)]
    part: Signal<f64>,
    /// What is being done.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <progress class="progress" max="1" value=move || part.get().to_string() aria-label=label></progress> }
}

/// The shape of lines that are on their way.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{i18n.t(Key::UiLoading)}</span>
            {(0..lines).map(|_| view! { <span class="skeleton__line"></span> }).collect_view()}
        </div>
    }
}
