//! How an account is found: its QR code and links, the id that was bought, what new friends are greeted with.

use super::deed::Deeds;
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{ChannelCard, address::encode},
    },
    ui::{TextArea, hydrated},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// The part of the settings page that is about one account.
#[component]
pub fn Entry(
    /// Where the simulator is reached.
    base: String,
    /// The account.
    card: ChannelCard,
    /// The page's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let premium = RwSignal::new(card.premium_id.clone());
    let greeting = RwSignal::new(card.greeting.clone());
    let id = card.id.clone();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        deeds.run(api::set_door(id.clone(), premium.get_untracked(), greeting.get_untracked()), |()| ());
    };
    let (field, greeting_field) = (format!("{}-premium", card.id), format!("{}-greeting", card.id));
    let link = format!("{base}/R/ti/p/{}", encode(&card.basic_id));
    let short = format!("{base}/lin.ee/{}", card.short);
    let code = format!("/simulator/qr/{}", card.id);
    let (link_words, short_words, picture) = (link.clone(), short.clone(), code.clone());
    view! {
        <details class="sim-card sim-entry">
            <summary>{i18n.fill(Key::SimEntry, &[("name", &card.name)])}</summary>
            <div class="sim-entry__way">
                <a href=code download=format!("{}.svg", card.basic_id)>
                    <img
                        src=picture
                        width="160"
                        height="160"
                        alt=i18n.fill(Key::SimCodeOf, &[("name", &card.name)])
                        loading="lazy"
                    />
                </a>
                <ul class="phone-links">
                    <li><a href=link>{link_words}</a></li>
                    <li><a href=short>{short_words}</a></li>
                </ul>
            </div>
            <form class="sim-form" on:submit=save>
                <label for=field.clone()>{i18n.t(Key::SimPremiumId)}</label>
                <input
                    id=field
                    maxlength="20"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="@"
                    prop:value=move || premium.get()
                    on:input=move |event| premium.set(event_target_value(&event))
                />
                <label for=greeting_field.clone()>{i18n.t(Key::SimGreeting)}</label>
                <TextArea value=greeting name="greeting" id=greeting_field label=i18n.t(Key::SimGreeting) rows=2/>
                <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::UiSave)}
                </button>
            </form>
        </details>
    }
}
