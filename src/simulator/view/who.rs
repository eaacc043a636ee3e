//! "Who are you?" The people of the simulator, the newest first; some may be ticked to hold several phones.

use super::{
    deed::{Deeds, Trouble},
    people::{Found, More, PAGE, SearchField},
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::Person},
    ui::{Avatar, hydrated},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// Chooses or makes a friend.
#[component]
pub fn WhoPage() -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds::live(Signal::stored(String::new()));
    let (wanted, limit) = (RwSignal::new(String::new()), RwSignal::new(PAGE));
    let people: Found = Resource::new(
        move || (wanted.get(), limit.get(), deeds.version()),
        |(wanted, limit, _)| api::find_people(wanted, limit),
    );
    // Those who stand side by side already, when one comes back for more.
    let query = use_query_map();
    let ticked = RwSignal::new(query.with_untracked(|query| query.get_all("u").unwrap_or_default()));
    let all = move || people.get().and_then(Result::ok).map(|found| found.all);
    let nobody = move || {
        let found = people.get().and_then(Result::ok)?;
        let words = if found.all == 0 { Key::SimNobodyYet } else { Key::SimNobodyFound };
        found.people.is_empty().then(|| i18n.t(words))
    };
    view! {
        <section class="sim__page sim-who" aria-labelledby="who">
            <h1 id="who">{i18n.t(Key::SimWho)}</h1>
            <p class="phone__hint">{i18n.t(Key::SimWhoMore)}</p>
            <NewFriend deeds/>
            <Trouble deeds/>
            <form action="/phones" method="get" class="sim-who__form">
                <div class="sim-who__bar">
                    <SearchField id="find-people".to_owned() wanted limit/>
                    <button type="submit" class="sim-button">{i18n.t(Key::SimTogether)}</button>
                </div>
                <p class="phone__hint">
                    <Transition>{move || all().map(|all| i18n.fill(Key::SimPeopleCount, &[("count", &all)]))}</Transition>
                </p>
                // Ticked, but not among those who are shown: they stay ticked.
                <Transition>
                    {move || {
                        let shown = people.get().and_then(Result::ok).unwrap_or_default().people;
                        let hidden = ticked.get().into_iter();
                        let hidden = hidden.filter(|id| !shown.iter().any(|person| person.id == *id));
                        hidden.map(|id| view! { <input type="hidden" name="u" value=id/> }).collect_view()
                    }}
                    <ul class="phone__list">
                        {move || {
                            let shown = people.get().and_then(Result::ok).unwrap_or_default().people;
                            shown.into_iter().map(|person| view! { <Row person ticked/> }).collect_view()
                        }}
                    </ul>
                    {move || nobody().map(|words| view! { <p class="phone__empty">{words}</p> })}
                </Transition>
                <More found=people limit/>
            </form>
        </section>
    }
}

#[component]
fn NewFriend(deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let name = RwSignal::new(String::new());
    let navigate = use_navigate();
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        deeds.run(api::create_person(name.get_untracked()), move |person| {
            navigate(&format!("/u/{}", person.id), NavigateOptions::default());
        });
    };
    view! {
        <form class="sim-form" on:submit=create>
            <label for="friend-name">{i18n.t(Key::SimNewFriend)}</label>
            <div class="sim-form__row">
                <input
                    id="friend-name"
                    name="name"
                    maxlength="50"
                    required=true
                    autocomplete="off"
                    placeholder=i18n.t(Key::SimName)
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

/// One person: a link to their phone, and a box that puts it beside others.
#[component]
fn Row(person: Person, ticked: RwSignal<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = person.id.clone();
    let label = i18n.fill(Key::SimTick, &[("name", &person.name)]);
    let on = ticked.with_untracked(|ticked| ticked.contains(&id));
    let tick = {
        let id = id.clone();
        move |event: leptos::ev::Event| {
            let on = event_target_checked(&event);
            ticked.update(|ticked| {
                ticked.retain(|other| *other != id);
                if on {
                    ticked.push(id.clone());
                }
            });
        }
    };
    view! {
        <li class="sim-who__row">
            <label class="sim-who__tick">
                <input type="checkbox" name="u" value=id.clone() checked=on on:change=tick aria-label=label/>
            </label>
            <a class="phone__row" href=format!("/u/{id}")>
                <Avatar name=person.name.clone() seed=seed(&id)/>
                <span class="phone__title">{person.name}</span>
            </a>
        </li>
    }
}
