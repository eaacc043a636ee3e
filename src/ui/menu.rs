//! A menu that opens below its button. It is a `<details>`, so it opens before the page is alive;
//! the script adds Esc and closing by a click elsewhere.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Node;

/// A button with a menu; the children are its entries, of class `menu__item`.
#[component]
pub fn Menu(
    /// What the button is called, when its content does not say it.
    #[prop(optional, into)]
    label: Option<String>,
    /// Class of the button.
    #[prop(default = "button button--ghost")]
    button_class: &'static str,
    /// Opens upwards: for buttons at the foot of the page.
    #[prop(optional)]
    up: bool,
    /// The content of the button.
    #[prop(into)]
    button: ViewFnOnce,
    /// The entries.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(details) = node.get_untracked() {
            let _ = details.remove_attribute("open");
        }
    };
    Effect::new(move |_| {
        let handle = window_event_listener(ev::click, move |event| {
            let Some(details) = node.get_untracked() else { return };
            let inside = event
                .target()
                .and_then(|target| target.dyn_into::<Node>().ok())
                .is_some_and(|target| details.contains(Some(&target)));
            if !inside {
                close();
            }
        });
        on_cleanup(move || handle.remove());
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(details) = node.get_untracked() else { return };
        if event.key() == "Escape" && details.has_attribute("open") {
            event.stop_propagation();
            close();
            if let Ok(Some(summary)) = details.query_selector("summary") {
                let _ = summary.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
    };
    view! {
        <details class="menu" class:menu--up=up node_ref=node on:keydown=on_key>
            <summary class=button_class aria-label=label.clone() title=label>{button.run()}</summary>
            <div class="menu__panel" on:click=move |_| close()>{children()}</div>
        </details>
    }
}
