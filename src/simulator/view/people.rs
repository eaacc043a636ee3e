//! Finding people among many, and ticking some of them.

use super::seed;
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{api, model::People},
    ui::{Avatar, hydrated},
};
use leptos::prelude::*;

/// How many are shown at first, and how many more each time.
pub const PAGE: u32 = 30;

/// What was found.
pub type Found = Resource<Result<People, AppError>>;

/// The field in which a name is looked for.
#[component]
pub fn SearchField(
    /// Unique on the page.
    id: String,
    /// What is looked for.
    wanted: RwSignal<String>,
    /// How many are shown; begins anew with every letter.
    limit: RwSignal<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    view! {
        <input
            type="search"
            id=id
            class="sim-search"
            aria-label=i18n.t(Key::SimSearchPeople)
            placeholder=i18n.t(Key::SimSearchPeople)
            autocomplete="off"
            disabled=move || !alive.get()
            prop:value=move || wanted.get()
            on:input=move |event| {
                limit.set(PAGE);
                wanted.set(event_target_value(&event));
            }
        />
    }
}

/// The button that shows more of what was found.
#[component]
pub fn More(
    /// What was found.
    found: Found,
    /// How many are shown.
    limit: RwSignal<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let more = move || found.get().and_then(Result::ok).is_some_and(|found| found.more);
    view! {
        <Transition>
            {move || more().then(|| view! {
                <button
                    type="button"
                    class="sim-button"
                    on:click=move |_| limit.update(|limit| *limit = limit.saturating_add(PAGE))
                >
                    {i18n.t(Key::SimMorePeople)}
                </button>
            })}
        </Transition>
    }
}

/// Ticks people; those who are ticked stay so while others are looked for.
#[component]
pub fn Picker(
    /// Unique on the page.
    id: String,
    /// What they are picked for.
    label: Key,
    /// Who is ticked.
    chosen: RwSignal<Vec<String>>,
    /// Who is not offered.
    but: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (wanted, limit) = (RwSignal::new(String::new()), RwSignal::new(PAGE));
    let found: Found =
        Resource::new(move || (wanted.get(), limit.get()), |(wanted, limit)| api::find_people(wanted, limit));
    view! {
        <fieldset class="sim-picker">
            <legend>{i18n.t(label)}</legend>
            <SearchField id wanted limit/>
            <Transition>
                {move || {
                    let people = found.get().and_then(Result::ok).unwrap_or_default().people;
                    let others = people.into_iter().filter(|person| person.id != but.get());
                    others.map(|person| {
                        let id = person.id.clone();
                        let ticked = { let id = id.clone(); move || chosen.with(|chosen| chosen.contains(&id)) };
                        view! {
                            <label class="sim-form__check">
                                <input
                                    type="checkbox"
                                    prop:checked=ticked
                                    on:change=move |event| {
                                        let on = event_target_checked(&event);
                                        chosen.update(|chosen| {
                                            chosen.retain(|other| *other != id);
                                            if on { chosen.push(id.clone()); }
                                        });
                                    }
                                />
                                <Avatar name=person.name.clone() seed=seed(&person.id)/>
                                {person.name}
                            </label>
                        }
                    }).collect_view()
                }}
            </Transition>
            <More found limit/>
        </fieldset>
    }
}
