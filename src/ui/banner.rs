//! A line across the page about the whole of it: the connection is lost, the server restarts.

use super::{
    badge::Tone,
    icon::{Icon, IconView},
};
use leptos::prelude::*;

/// Shown while `text` says something; spoken when it changes.
#[component]
pub fn Banner(
    /// What to say.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// How grave it is.
    #[prop(default = Tone::Warn)]
    tone: Tone,
) -> impl IntoView {
    view! {
        <div class="banner-place" role="status">
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <p class=format!("banner banner--{}", tone.name())>
                                <IconView icon=Icon::Warning/>
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}
