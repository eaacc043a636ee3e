//! A form for one more channel.

use super::super::deed::Deeds;
use crate::{
    i18n::{Key, use_i18n},
    simulator::api,
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Makes a channel.
#[component]
pub fn NewChannel(
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let name = RwSignal::new(String::new());
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        deeds.run(api::create_channel(name.get_untracked()), move |()| name.set(String::new()));
    };
    view! {
        <form class="sim-form sim-card" on:submit=create>
            <h2>{i18n.t(Key::SimNewChannel)}</h2>
            <label for="channel-name">{i18n.t(Key::SimAccountName)}</label>
            <div class="sim-form__row">
                <input
                    id="channel-name"
                    required=true
                    maxlength="50"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimCreate)}
                </button>
            </div>
        </form>
    }
}
