//! Buttons, and links that look like them.

use super::icon::{Icon, IconView};
use leptos::{ev::MouseEvent, prelude::*};

/// What a button is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonKind {
    /// The one thing that this place is for.
    Primary,
    /// Everything else.
    #[default]
    Quiet,
    /// Something is lost by it.
    Danger,
    /// Looks like text until it is touched.
    Ghost,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Quiet => "button",
            Self::Danger => "button button--danger",
            Self::Ghost => "button button--ghost",
        }
    }
}

/// A button; inside a form it submits unless `on_click` is given.
#[component]
pub fn Button(
    /// What it is for.
    #[prop(optional)]
    kind: ButtonKind,
    /// Drawn before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Says what it does, when it shows an icon only; becomes the tooltip too.
    #[prop(optional, into)]
    label: Option<String>,
    /// Its work is going on: it can't be pressed again.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It can't be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it does; without it the form is submitted.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = children.map(|children| view! { <span class="button__words">{children()}</span> });
    let icon_only = words.is_none();
    view! {
        <button
            class=kind.class()
            class:button--icon=icon_only
            type=if on_click.is_some() { "button" } else { "submit" }
            title=label.clone()
            aria-label=label
            aria-busy=move || busy.get().then_some("true")
            disabled=move || busy.get() || disabled.get()
            on:click=move |event| {
                if let Some(on_click) = on_click {
                    on_click.run(event);
                }
            }
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            {words}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// What it is for.
    #[prop(optional)]
    kind: ButtonKind,
    /// Drawn before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Says where it leads, when it shows an icon only.
    #[prop(optional, into)]
    label: Option<String>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = children.map(|children| view! { <span class="button__words">{children()}</span> });
    let icon_only = words.is_none();
    view! {
        <a
            class=kind.class()
            class:button--icon=icon_only
            href=move || href.get()
            title=label.clone()
            aria-label=label
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            {words}
        </a>
    }
}
