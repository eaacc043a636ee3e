//! Passing a text or an account on to a group.

use super::{
    deed::Deeds,
    phone::{HomeData, use_phone},
    place::Place,
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::Chat},
    ui::{Avatar, Icon, IconView, hydrated},
};
use leptos::prelude::*;

/// The screen.
#[component]
pub fn ShareScreen(
    /// What the phone knows.
    home: HomeData,
    /// The text; empty when an account is passed on.
    text: String,
    /// The account; empty when a text is passed on.
    channel: String,
    /// The phone's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let groups = move || {
        let home = home.get().and_then(Result::ok)?;
        Some(home.chats.into_iter().filter(|chat| chat.group).collect::<Vec<_>>())
    };
    let shown = text.clone();
    let (text, channel) = (StoredValue::new(text), StoredValue::new(channel));
    let row = move |chat: Chat| view! { <Row chat text=text.get_value() channel=channel.get_value() deeds/> };
    view! {
        <div class="phone__part-screen">
            <header class="phone__head">
                <a class="sim-button" href=phone.href(&Place::Chats) aria-label=i18n.t(Key::UiBack)>
                    <IconView icon=Icon::Back/>
                </a>
                <h1>{i18n.t(Key::SimPassOn)}</h1>
            </header>
            <div class="phone__scroll">
                {(!shown.is_empty()).then(|| view! { <blockquote class="phone__quote">{shown}</blockquote> })}
                <p class="phone__hint">{i18n.t(Key::SimPassOnTo)}</p>
                <Transition>
                    {move || groups().map(|groups| if groups.is_empty() {
                        view! {
                            <div class="phone__empty">
                                <p>{i18n.t(Key::SimNoGroups)}</p>
                                <a class="sim-button sim-button--main" href=phone.href(&Place::Group)>
                                    {i18n.t(Key::SimNewGroup)}
                                </a>
                            </div>
                        }.into_any()
                    } else {
                        view! { <ul class="phone__list">{groups.into_iter().map(row).collect_view()}</ul> }.into_any()
                    })}
                </Transition>
            </div>
        </div>
    }
}

#[component]
fn Row(chat: Chat, text: String, channel: String, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let group = chat.id.clone();
    let send = move |_| {
        let (user, group, after) = (phone.user.get_untracked(), group.clone(), group.clone());
        let done = move |()| phone.go(Place::room(&after));
        if channel.is_empty() {
            deeds.run(api::share(user, group, text.clone()), done);
        } else {
            deeds.run(api::recommend(user, group, channel.clone()), done);
        }
    };
    let label = i18n.fill(Key::SimSendTo, &[("name", &chat.title)]);
    view! {
        <li class="phone__row">
            <Avatar name=chat.title.clone() seed=seed(&chat.id) group=true/>
            <span class="phone__words"><span class="phone__title">{chat.title}</span></span>
            <button
                type="button"
                class="sim-button sim-button--main"
                aria-label=label
                disabled=move || !alive.get()
                on:click=send
            >
                {i18n.t(Key::SimSend)}
            </button>
        </li>
    }
}
