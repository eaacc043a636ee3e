//! Whether single keys do something: whoever speaks to their computer, or rests a hand on the keys, switches them off.

use super::use_session;
use crate::{
    i18n::{Key, use_i18n},
    team::api::set_single_keys,
    ui::{Toasts, hydrated},
};
use leptos::{prelude::*, task::spawn_local};

/// The switch; it counts from the next key on.
#[component]
pub fn SingleKeys(
    /// Id of the switch, unique on the page.
    id: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let on = move || session.me.with(|me| me.single_keys);
    let change = move |event| {
        let wanted = event_target_checked(&event);
        session.me.update(|me| me.single_keys = wanted);
        spawn_local(async move {
            if let Err(error) = set_single_keys(wanted).await {
                session.heed(&error);
                toasts.error(&error);
                session.me.try_update(|me| me.single_keys = !wanted);
            }
        });
    };
    view! {
        <div class="switch">
            <input
                id=id
                type="checkbox"
                class="switch__box"
                aria-describedby=format!("{id}-hint")
                prop:checked=on
                checked=on
                disabled=move || !alive.get()
                on:change=change
            />
            <label class="switch__label" for=id>{i18n.t(Key::KeysSwitch)}</label>
            <p class="field__hint switch__hint" id=format!("{id}-hint")>{i18n.t(Key::KeysSwitchHint)}</p>
        </div>
    }
}
