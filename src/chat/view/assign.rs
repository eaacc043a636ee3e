//! Who has the open room: in its head, and the dialog that gives it to somebody.

use super::{head::change, use_desktop};
use crate::{
    browser,
    chat::{
        api,
        live::feed::Feed,
        model::{Holder, Room, Who, handed},
    },
    i18n::{I18n, Key, use_i18n},
    id::{OperatorId, RoomId},
    team::model::Roster,
    ui::{Avatar, AvatarSize, Dialog, Icon, IconView, Tag, Toasts, Tone, hydrated},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// With fewer choices than this nobody needs to search.
const MANY: usize = 8;

/// Who has a room, in words: the person, else the crew.
pub fn holder_name(i18n: I18n, roster: &Roster, room: &Room) -> Option<String> {
    let gone = || i18n.t(Key::ChatSomebody).to_owned();
    match (room.assignee, room.crew) {
        (Some(id), _) => Some(roster.person(id).map_or_else(gone, |person| person.name.clone())),
        (None, Some(id)) => Some(roster.crew(id).map_or_else(gone, |crew| crew.name.clone())),
        (None, None) => None,
    }
}

/// Gives a room to somebody: on the screen at once, taken back when the server refuses.
fn give(feed: Feed, toasts: Toasts, id: RoomId, to: Option<Holder>, only_free: bool) {
    let after = feed.desk.with_untracked(|desk| {
        let crew = desk.room(id).and_then(|room| room.crew);
        handed(crew, to, |crew, person| desk.roster().belongs(crew, person))
    });
    let early = move |room: &mut Room| (room.assignee, room.crew) = after;
    change(feed, toasts, id, early, api::assign(feed.account, id, to, only_free));
}

/// In the head: who has the room; while nobody has it, one press takes it.
#[component]
pub fn Assignee(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let feed = desktop.feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let name = Memo::new(move |_| {
        feed.desk.with(|desk| desk.room(id).and_then(|room| holder_name(i18n, desk.roster(), room)))
    });
    let person = Memo::new(move |_| feed.desk.with(|desk| desk.room(id).and_then(|room| room.assignee)));
    // Whoever works alone has everything anyway.
    let alone = Memo::new(move |_| feed.desk.with(|desk| desk.roster().people.len() < 2));
    let open = move |_| desktop.assigning.set(true);
    let take = move |_| {
        let me = feed.desk.with_untracked(|desk| desk.me());
        give(feed, toasts, id, Some(Holder::Person(me)), true);
    };
    let slot = move || match (name.get(), person.get()) {
        (Some(name), person) => {
            let said = i18n.fill(Key::ChatAssignedTo, &[("name", &name)]);
            view! {
                <button
                    type="button"
                    class="button assign__who"
                    disabled=move || !alive.get()
                    title=format!("{said} (A)")
                    aria-label=said
                    on:click=open
                >
                    <Avatar name=name.clone() seed=person.map_or(0, |id| id.0) group=person.is_none() size=AvatarSize::Small/>
                    <span class="assign__name">{name}</span>
                </button>
            }
            .into_any()
        }
        (None, _) if alone.get() => ().into_any(),
        (None, _) => view! {
            <button
                type="button"
                class="button assign__me"
                disabled=move || !alive.get()
                title=i18n.t(Key::ChatAssignMe)
                on:click=take
            >
                <IconView icon=Icon::User/>
                <span class="button__words">{i18n.t(Key::ChatAssignMe)}</span>
            </button>
            <button
                type="button"
                class="button button--icon assign__more"
                disabled=move || !alive.get()
                title=i18n.t(Key::ChatAssignTip)
                aria-label=i18n.t(Key::ChatAssignTo)
                on:click=open
            >
                <IconView icon=Icon::Down/>
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="assign">{slot}</div>
        <AssignDialog id/>
    }
}

/// One choice of the dialog.
#[derive(Clone, PartialEq)]
struct Choice {
    to: Option<Holder>,
    name: String,
    on_shift: bool,
    /// Rooms that they have and that are not resolved.
    open: i64,
    current: bool,
}

/// Me, nobody, the crews, the colleagues (those on shift first); as far as their names hold what was typed.
fn choices(i18n: I18n, feed: Feed, id: RoomId, typed: &str) -> Vec<(Option<Key>, Vec<Choice>)> {
    feed.desk.with(|desk| {
        let (roster, me) = (desk.roster(), desk.me());
        let (assignee, crew) = desk.room(id).map_or((None, None), |room| (room.assignee, room.crew));
        let typed = typed.trim().to_lowercase();
        let fits = |name: &str| typed.is_empty() || name.to_lowercase().contains(&typed);
        let person = |id: OperatorId, name: String, on_shift| Choice {
            to: Some(Holder::Person(id)),
            name,
            on_shift,
            open: desk.counts_of(Who::Person(id)).inbox,
            current: assignee == Some(id),
        };
        let mut first = Vec::new();
        if let Some(own) = roster.person(me).filter(|own| fits(&own.name)) {
            first.push(person(me, i18n.fill(Key::ChatMe, &[("name", &own.name)]), own.on_shift));
        }
        if typed.is_empty() {
            let current = assignee.is_none() && crew.is_none();
            let name = i18n.t(Key::ChatAssignNobody).to_owned();
            first.push(Choice { to: None, name, on_shift: false, open: 0, current });
        }
        let crews = roster.crews.iter().filter(|one| fits(&one.name)).map(|one| Choice {
            to: Some(Holder::Crew(one.id)),
            name: one.name.clone(),
            on_shift: false,
            open: desk.counts_of(Who::Crew(one.id)).inbox,
            current: crew == Some(one.id) && assignee.is_none(),
        });
        let others = roster.people.iter().filter(|one| one.id != me && fits(&one.name));
        let mut people: Vec<Choice> = others.map(|one| person(one.id, one.name.clone(), one.on_shift)).collect();
        people.sort_by_key(|choice| !choice.on_shift);
        let parts = [(None, first), (Some(Key::TeamCrews), crews.collect()), (Some(Key::ChatWhoPeople), people)];
        parts.into_iter().filter(|(_, choices): &(_, Vec<Choice>)| !choices.is_empty()).collect()
    })
}

#[component]
fn AssignDialog(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let feed = desktop.feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if desktop.assigning.get() {
            // Where the choosing begins: the search, or oneself. It is there only after this has run.
            request_animation_frame(|| {
                let first = browser::document().and_then(|document| {
                    document.query_selector(".assign__find, .assign__lists button").ok().flatten()
                });
                if let Some(first) = first {
                    let _ = first.unchecked_into::<web_sys::HtmlElement>().focus();
                }
            });
        } else {
            typed.set(String::new());
        }
    });
    let many = Memo::new(move |_| feed.desk.with(|desk| desk.roster().people.len() + desk.roster().crews.len() > MANY));
    let parts = Memo::new(move |_| {
        if desktop.assigning.get() { typed.with(|typed| choices(i18n, feed, id, typed)) } else { Vec::new() }
    });
    let choice = move |choice: Choice| {
        let Choice { to, name, on_shift, open, current } = choice;
        let (seed, group) = match to {
            Some(Holder::Person(id)) => (id.0, false),
            Some(Holder::Crew(id)) => (id.0, true),
            None => (0, false),
        };
        let face = match to {
            None => view! { <span class="assign__none"><IconView icon=Icon::Close/></span> }.into_any(),
            Some(_) => view! { <Avatar name=name.clone() seed group size=AvatarSize::Small/> }.into_any(),
        };
        view! {
            <li>
                <button
                    type="button"
                    class="menu__item"
                    aria-current=current.then_some("true")
                    on:click=move |_| {
                        desktop.assigning.set(false);
                        give(feed, toasts, id, to, false);
                    }
                >
                    {face}
                    <span class="menu__words">{name}</span>
                    {on_shift.then(|| view! { <Tag tone=Tone::Moss>{i18n.t(Key::TeamOnShift)}</Tag> })}
                    {(open > 0)
                        .then(|| {
                            view! { <span class="assign__load">{i18n.fill(Key::ChatOpenCount, &[("count", &open)])}</span> }
                        })}
                </button>
            </li>
        }
    };
    let lists = move || {
        let parts = parts.get();
        if parts.is_empty() && !typed.with(String::is_empty) {
            return view! { <p class="field__hint">{i18n.t(Key::ChatAssignNone)}</p> }.into_any();
        }
        parts
            .into_iter()
            .map(|(title, choices)| {
                view! {
                    {title.map(|title| view! { <h3 class="menu__title">{i18n.t(title)}</h3> })}
                    <ul class="assign__list">{choices.into_iter().map(choice).collect_view()}</ul>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <Dialog open=desktop.assigning title=i18n.t(Key::ChatAssignTo) id="assign-title">
            {move || {
                many.get()
                    .then(|| {
                        view! {
                            <input
                                type="search"
                                class="field__input assign__find"
                                aria-label=i18n.t(Key::ChatAssignFind)
                                placeholder=i18n.t(Key::ChatAssignFind)
                                autocomplete="off"
                                prop:value=move || typed.get()
                                on:input=move |event| typed.set(event_target_value(&event))
                            />
                        }
                    })
            }}
            <div class="assign__lists">{lists}</div>
        </Dialog>
    }
}
