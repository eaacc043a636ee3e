//! "Who are you?"

use super::{
    deed::{Deeds, Trouble},
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::api,
    ui::{Avatar, hydrated},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Chooses or makes a friend.
#[component]
pub fn WhoPage() -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let deeds = Deeds::live(Signal::stored(String::new()));
    let people = Resource::new(move || deeds.version(), |_| api::people());
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
        <section class="phone" aria-labelledby="who">
            <div class="phone__screen phone__scroll">
                <h1 id="who">{i18n.t(Key::SimWho)}</h1>
                <p class="phone__hint">{i18n.t(Key::SimWhoMore)}</p>
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
                        <button class="sim-button sim-button--main" disabled=move || !alive.get()>
                            {i18n.t(Key::SimCreate)}
                        </button>
                    </div>
                </form>
                <Trouble deeds/>
                <Transition>
                    <ul class="phone__list">
                        {move || people.get().and_then(Result::ok).unwrap_or_default().into_iter().map(|person| {
                            let id = person.id.clone();
                            view! {
                                <li>
                                    <a class="phone__row" href=format!("/u/{}", person.id)>
                                        <Avatar name=person.name.clone() seed=seed(&id)/>
                                        <span class="phone__title">{person.name}</span>
                                    </a>
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                </Transition>
            </div>
        </section>
    }
}
