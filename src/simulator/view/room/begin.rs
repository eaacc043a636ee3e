//! A new group, or a chat of several people, with the account of this room in it.

use super::super::{place::Place, seed, talk::Talk};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::Person},
    ui::{Avatar, AvatarSize, Dialog},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// The people of the simulator without those who are in `not`, once they are known.
pub fn others(not: impl Fn(&str) -> bool + 'static) -> RwSignal<Vec<Person>> {
    let people = RwSignal::new(Vec::new());
    Effect::new(move |before: Option<bool>| {
        // Asked for once, when the sheet opens.
        if before.is_none() {
            let known = api::people();
            spawn_local(async move {
                let _ = people.try_set(known.await.unwrap_or_default());
            });
        }
        true
    });
    Effect::new(move |_| {
        if people.with(|people| people.iter().any(|person| not(&person.id))) {
            people.update(|people| people.retain(|person| !not(&person.id)));
        }
    });
    people
}

/// People to tick.
#[component]
pub fn Ticks(
    /// Who is offered.
    people: RwSignal<Vec<Person>>,
    /// The ids of those who are ticked.
    chosen: RwSignal<Vec<String>>,
    /// What ticking them means.
    #[prop(into)]
    legend: String,
) -> impl IntoView {
    let each = move || {
        let people = people.get();
        people
            .into_iter()
            .map(|person| {
                let id = person.id.clone();
                let tick = move |event: leptos::ev::Event| {
                    let on = event_target_checked(&event);
                    chosen.update(|chosen| {
                        chosen.retain(|other| *other != id);
                        if on {
                            chosen.push(id.clone());
                        }
                    });
                };
                view! {
                    <label class="sim-form__check">
                        <input type="checkbox" on:change=tick/>
                        <Avatar name=person.name.clone() seed=seed(&person.id) size=AvatarSize::Small/>
                        <span class="phone__title">{person.name}</span>
                    </label>
                }
            })
            .collect_view()
    };
    view! { <fieldset class="sim-form__people"><legend>{legend}</legend>{each}</fieldset> }
}

/// See the module.
#[component]
pub fn Begin(
    /// What goes on in the room.
    talk: Talk,
    /// Whether the sheet is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = move |name: &str| talk.phone.id(&format!("begin-{name}"));
    let me = talk.user.get_untracked();
    let people = others(move |id| id == me);
    let (name, chosen) = (RwSignal::new(String::new()), RwSignal::new(Vec::<String>::new()));
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let (user, channel) = talk.here();
        let work = api::begin(user, name.get_untracked(), chosen.get_untracked(), channel);
        talk.deeds.run(work, move |group: String| talk.phone.go(Place::room(&group)));
        open.set(false);
    };
    view! {
        <Dialog open title=i18n.t(Key::SimNewGroup) id=id("title")>
            <form class="sim-form" on:submit=create>
                <label for=id("name")>{i18n.t(Key::SimGroupName)}</label>
                <input
                    id=id("name")
                    maxlength="50"
                    autocomplete="off"
                    aria-describedby=id("more")
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <p class="phone__hint" id=id("more")>{i18n.t(Key::SimBeginMore)}</p>
                <Ticks people chosen legend=i18n.t(Key::SimWithMembers)/>
                <div class="dialog__actions">
                    <button class="sim-button sim-button--main" disabled=move || chosen.with(Vec::is_empty)>
                        {i18n.t(Key::SimCreate)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
