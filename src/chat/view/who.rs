//! Whose rooms the list shows: everybody's, mine, nobody's, a colleague's or a crew's.

use super::use_desktop;
use crate::{
    chat::model::Who,
    i18n::{I18n, Key, use_i18n},
    team::model::Roster,
    ui::{Avatar, AvatarSize, Icon, IconView, Menu},
};
use leptos::prelude::*;

/// What a choice is called.
pub fn who_name(i18n: I18n, roster: &Roster, who: Who) -> String {
    let gone = || i18n.t(Key::ChatSomebody).to_owned();
    match who {
        Who::Anyone => i18n.t(Key::ChatWhoAnyone).to_owned(),
        Who::Mine => i18n.t(Key::ChatWhoMine).to_owned(),
        Who::Nobody => i18n.t(Key::ChatWhoNobody).to_owned(),
        Who::Person(id) => roster.person(id).map_or_else(gone, |person| person.name.clone()),
        Who::Crew(id) => roster.crew(id).map_or_else(gone, |crew| crew.name.clone()),
    }
}

/// The choices, each an address with its count. Whoever works alone sees none of it.
#[component]
pub fn Whose() -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let (desk, place) = (desktop.feed.desk, desktop.place);
    let useful = Memo::new(move |_| place.get().who != Who::Anyone || desk.with(|desk| desk.roster().people.len() > 1));
    let count = move |who: Who| {
        let filter = place.get().filter;
        let count = desk.with(|desk| desk.counts_of(who).of(filter));
        (count > 0).then(|| count.to_string())
    };
    let tab = move |who: Who| {
        let name = desk.with_untracked(|desk| who_name(i18n, desk.roster(), who));
        view! {
            <li>
                <a
                    class="chat-view"
                    href=move || place.get().who_href(who)
                    aria-current=move || (place.get().who == who).then_some("page")
                >
                    <span class="chat-who__name">{name}</span>
                    {(who != Who::Anyone)
                        .then(|| view! { <span class="chat-view__count">{move || count(who)}</span> })}
                </a>
            </li>
        }
    };
    // A colleague or a crew that is shown stands beside the three that are always there.
    let other = Memo::new(move |_| Some(place.get().who).filter(|who| matches!(who, Who::Person(_) | Who::Crew(_))));
    let entry = move |who: Who, name: String, seed: i64, group: bool| {
        view! {
            <a
                class="menu__item"
                href=move || place.get().who_href(who)
                aria-current=move || (place.get().who == who).then_some("true")
            >
                <Avatar name seed group size=AvatarSize::Small/>
                <span class="menu__words">
                    {desk.with_untracked(|desk| who_name(i18n, desk.roster(), who))}
                </span>
                <span class="chat-view__count">{move || count(who)}</span>
            </a>
        }
    };
    let roster = Memo::new(move |_| desk.with(|desk| desk.roster().clone()));
    let entries = move || {
        let me = desk.with_untracked(|desk| desk.me());
        let roster = roster.get();
        let crews: Vec<_> =
            roster.crews.iter().map(|crew| entry(Who::Crew(crew.id), crew.name.clone(), crew.id.0, true)).collect();
        let people = roster.people.iter().filter(|person| person.id != me);
        let people: Vec<_> =
            people.map(|person| entry(Who::Person(person.id), person.name.clone(), person.id.0, false)).collect();
        view! {
            {(!crews.is_empty()).then(|| view! { <p class="menu__title">{i18n.t(Key::TeamCrews)}</p> })}
            {crews}
            <p class="menu__title">{i18n.t(Key::ChatWhoPeople)}</p>
            {people}
        }
    };
    move || {
        useful.get().then(|| {
            view! {
                <div class="chat-who">
                    <nav class="chat-who__tabs" aria-label=i18n.t(Key::ChatWho)>
                        <ul>
                            {[Who::Anyone, Who::Mine, Who::Nobody].map(tab)}
                            {move || other.get().map(tab)}
                        </ul>
                    </nav>
                    <Menu
                        label=i18n.t(Key::ChatWhoElse)
                        button_class="button button--ghost button--icon"
                        button=|| view! { <IconView icon=Icon::People/> }
                    >
                        {entries}
                    </Menu>
                </div>
            }
        })
    }
}
