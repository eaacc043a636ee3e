//! What stands where nothing is yet: what this place is for, and how to begin.

use super::icon::{Icon, IconView};
use leptos::prelude::*;

/// An empty place that explains itself; the children are the way to begin.
#[component]
pub fn EmptyState(
    /// A sign for it.
    icon: Icon,
    /// What this place is for, or why it is empty.
    #[prop(into)]
    title: String,
    /// One or two sentences more.
    #[prop(optional, into)]
    text: String,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__sign"><IconView icon/></span>
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            {children.map(|children| view! { <div class="empty__actions">{children()}</div> })}
        </div>
    }
}
