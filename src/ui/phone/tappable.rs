//! What can be tapped.

use super::{Taps, word};
use crate::ui::hydrated;
use leptos::{ev::MouseEvent, prelude::*};
use serde_json::Value;

/// Whether an address may become a link: nothing that runs as a script.
pub fn is_address(uri: &str) -> bool {
    let scheme = uri.split_once(':').map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest.is_empty()));
    scheme
        .is_some_and(|(scheme, empty)| !empty && ["http", "https", "tel", "line", "mailto"].contains(&scheme.as_str()))
}

/// Draws `inner` so that the action can be tapped: a link where it leads to an address, a button elsewhere. `name` is
/// what is read aloud where `inner` has no words, `style` where it stands.
pub fn tappable(
    action: &Value,
    at: String,
    taps: Taps,
    class: &'static str,
    name: Option<String>,
    style: Option<String>,
    inner: AnyView,
) -> AnyView {
    let action = action.clone();
    if word(&action, "type") == "uri" {
        let href =
            Some(word(&action, "uri")).filter(|uri| !uri.is_empty()).unwrap_or(word(&action, "linkUri")).to_owned();
        if !is_address(&href) {
            return view! { <span class=class style=style>{inner}</span> }.into_any();
        }
        let open = move |event: MouseEvent| {
            // With a key held down the reader wants a window of their own.
            if taps.live() && !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
                event.prevent_default();
                taps.tap(&at, &action);
            }
        };
        return view! {
            <a class=class style=style href=href target="_blank" rel="noopener noreferrer" aria-label=name on:click=open>
                {inner}
            </a>
        }
        .into_any();
    }
    let alive = hydrated();
    view! {
        <button
            type="button"
            class=class
            style=style
            aria-label=name
            disabled=move || !alive.get() || !taps.live()
            on:click=move |_| taps.tap(&at, &action)
        >
            {inner}
        </button>
    }
    .into_any()
}
