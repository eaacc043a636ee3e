//! A beacon near this phone: what a shop's device would cause.

use super::{deed::Deeds, phone::use_phone};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::BeaconKind},
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, prelude::*};

fn words(kind: BeaconKind) -> Key {
    match kind {
        BeaconKind::Enter => Key::SimBeaconEnter,
        BeaconKind::Banner => Key::SimBeaconBanner,
        BeaconKind::Stay => Key::SimBeaconStay,
    }
}

/// The form, folded away: few accounts have a beacon.
#[component]
pub fn Beacon(
    /// Channel id.
    channel: String,
    /// The phone's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let id = move |name: &str| phone.id(&format!("beacon-{name}"));
    let (hwid, message) = (RwSignal::new("d41d8cd98f".to_owned()), RwSignal::new(String::new()));
    let kind = RwSignal::new(BeaconKind::Enter.word().to_owned());
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (user, channel) = (phone.user.get_untracked(), channel.clone());
        let work = api::beacon(user, channel, kind.get_untracked(), hwid.get_untracked(), message.get_untracked());
        deeds.run(work, move |()| phone.say(Key::SimBeaconSent));
    };
    let options = BeaconKind::ALL.map(|kind| view! { <option value=kind.word()>{i18n.t(words(kind))}</option> });
    view! {
        <details class="phone-profile__more">
            <summary>{i18n.t(Key::SimBeacon)}</summary>
            <form class="sim-form" on:submit=send>
                <p class="phone__hint">{i18n.t(Key::SimBeaconMore)}</p>
                <label for=id("kind")>{i18n.t(Key::SimBeaconKind)}</label>
                <select id=id("kind") on:change=move |event| kind.set(event_target_value(&event))>
                    {options.into_iter().collect_view()}
                </select>
                <label for=id("hwid")>{i18n.t(Key::SimBeaconHwid)}</label>
                <input
                    id=id("hwid")
                    required=true
                    pattern="[0-9A-Fa-f]{10}"
                    maxlength="10"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || hwid.get()
                    on:input=move |event| hwid.set(event_target_value(&event))
                />
                <label for=id("dm")>{i18n.t(Key::SimBeaconDm)}</label>
                <input
                    id=id("dm")
                    pattern="([0-9A-Fa-f]{2}){0,13}"
                    maxlength="26"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || message.get()
                    on:input=move |event| message.set(event_target_value(&event))
                />
                <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimBeaconSend)}
                </button>
            </form>
        </details>
    }
}
