//! Passing a text or an account on: to a group, or to a friend.

use super::{
    deed::Deeds,
    people::{Found, More, PAGE, SearchField},
    phone::{HomeData, use_phone},
    place::Place,
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::api,
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
    let row = move |(id, name): (String, String), group: bool| {
        view! { <Row id name group text=text.get_value() channel=channel.get_value() deeds/> }
    };
    let (wanted, limit) = (RwSignal::new(String::new()), RwSignal::new(PAGE));
    let found: Found =
        Resource::new(move || (wanted.get(), limit.get()), |(wanted, limit)| api::find_people(wanted, limit));
    let friends = move || {
        let me = phone.user.get();
        let people = found.get().and_then(Result::ok).unwrap_or_default().people;
        let others = people.into_iter().filter(|person| person.id != me);
        others.map(|person| row((person.id, person.name), false)).collect_view()
    };
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
                    {move || groups().filter(|groups| !groups.is_empty()).map(|groups| view! {
                        <h2 class="phone__part">{i18n.t(Key::SimShareGroups)}</h2>
                        <ul class="phone__list">
                            {groups.into_iter().map(|chat| row((chat.id, chat.title), true)).collect_view()}
                        </ul>
                    })}
                </Transition>
                <h2 class="phone__part">{i18n.t(Key::SimShareFriends)}</h2>
                <SearchField id=phone.id("share-find") wanted limit/>
                <Transition><ul class="phone__list">{friends}</ul></Transition>
                <More found limit/>
            </div>
        </div>
    }
}

#[component]
fn Row(id: String, name: String, group: bool, text: String, channel: String, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let number = seed(&id);
    let send = move |_| {
        let user = phone.user.get_untracked();
        let done = move |room: String| phone.go(Place::room(&room));
        if channel.is_empty() {
            deeds.run(api::share(user, id.clone(), text.clone()), done);
        } else {
            deeds.run(api::recommend(user, id.clone(), channel.clone()), done);
        }
    };
    let label = i18n.fill(Key::SimSendTo, &[("name", &name)]);
    view! {
        <li class="phone__row">
            <Avatar name=name.clone() seed=number group/>
            <span class="phone__words"><span class="phone__title">{name}</span></span>
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
