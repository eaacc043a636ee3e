//! A new group.

use super::{
    deed::Deeds,
    people::Picker,
    phone::{HomeData, use_phone},
    place::Place,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::api,
    ui::{Icon, IconView, hydrated},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// The screen.
#[component]
pub fn GroupScreen(
    /// What the phone knows.
    home: HomeData,
    /// The phone's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let name = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::<String>::new());
    let channel = RwSignal::new(String::new());
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let me = phone.user.get_untracked();
        let work = api::create_group(me, name.get_untracked(), chosen.get_untracked(), channel.get_untracked());
        deeds.run(work, move |group| phone.go(Place::room(&group)));
    };
    let (name_id, bot_id) = (phone.id("group-name"), phone.id("group-bot"));
    view! {
        <div class="phone__part-screen">
            <header class="phone__head">
                <a class="sim-button" href=phone.href(&Place::Chats) aria-label=i18n.t(Key::UiBack)>
                    <IconView icon=Icon::Back/>
                </a>
                <h1>{i18n.t(Key::SimNewGroup)}</h1>
            </header>
            <div class="phone__scroll">
                <form class="sim-form" on:submit=create>
                    <label for=name_id.clone()>{i18n.t(Key::SimGroupName)}</label>
                    <input
                        id=name_id
                        required=true
                        maxlength="50"
                        autocomplete="off"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <Picker id=phone.id("members") label=Key::SimWithMembers chosen but=phone.user/>
                    <label for=bot_id.clone()>{i18n.t(Key::SimWithAccount)}</label>
                    <select id=bot_id on:change=move |event| channel.set(event_target_value(&event))>
                        <option value="">{i18n.t(Key::SimNobody)}</option>
                        <Transition>
                            {move || {
                                let accounts = home.get().and_then(Result::ok).map(|home| home.accounts);
                                accounts.unwrap_or_default().into_iter().map(|account| {
                                    view! { <option value=account.channel>{account.name}</option> }
                                }).collect_view()
                            }}
                        </Transition>
                    </select>
                    <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                        {i18n.t(Key::SimCreate)}
                    </button>
                </form>
            </div>
        </div>
    }
}
