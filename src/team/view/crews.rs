//! Teams of people: a section of the team's page.

use crate::{
    i18n::{Key, use_i18n},
    team::{
        api::{RemoveCrew, SaveCrew},
        model::{Crew, OperatorRow},
    },
    ui::{Avatar, Button, ButtonKind, FormError, Icon, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};

/// What can be done to crews; made once for the page.
#[derive(Clone, Copy)]
pub struct CrewActions {
    save: ServerAction<SaveCrew>,
    add: ServerAction<SaveCrew>,
    remove: ServerAction<RemoveCrew>,
}

impl CrewActions {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self { save: ServerAction::new(), add: ServerAction::new(), remove: ServerAction::new() }
    }

    /// Changes when something was done.
    pub fn version(self) -> (usize, usize, usize) {
        (self.save.version().get(), self.add.version().get(), self.remove.version().get())
    }
}

/// The crews, and adding one. `people` is everybody whom a crew can have.
#[component]
pub fn Crews(people: Vec<OperatorRow>, crews: Vec<Crew>, actions: CrewActions) -> impl IntoView {
    let i18n = use_i18n();
    let CrewActions { save, add, remove } = actions;
    let people = StoredValue::new(people);
    let none = crews.is_empty().then(|| view! { <p class="field__hint">{i18n.t(Key::TeamCrewNone)}</p> });
    view! {
        <section class="section">
            <h2>{i18n.t(Key::TeamCrews)}</h2>
            <p class="field__hint">{i18n.t(Key::TeamCrewsMore)}</p>
            <FormError failure=failure(save)/>
            <FormError failure=failure(remove)/>
            {none}
            <ul class="rows">
                {crews.into_iter().map(|crew| view! { <CrewRow crew people save remove/> }).collect_view()}
            </ul>
            <details class="fold">
                <summary>{i18n.t(Key::TeamCrewAdd)}</summary>
                <CrewForm crew=None people action=add/>
            </details>
        </section>
    }
}

#[component]
fn CrewRow(
    crew: Crew,
    people: StoredValue<Vec<OperatorRow>>,
    save: ServerAction<SaveCrew>,
    remove: ServerAction<RemoveCrew>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (name, id) = (crew.name.clone(), crew.id.to_string());
    let names = people.with_value(|people| {
        let members = people.iter().filter(|person| crew.members.contains(&person.id));
        members.map(|person| person.name.clone()).collect::<Vec<_>>().join(", ")
    });
    let names = if names.is_empty() { i18n.t(Key::TeamCrewEmpty).to_owned() } else { names };
    let said = format!("{} – {name}", i18n.t(Key::TeamCrewEdit));
    view! {
        <li class="row row--fold">
            <Avatar name=name.clone() seed=crew.id.0 group=true/>
            <span class="row__words">
                <span class="row__name">{name.clone()}</span>
                <span class="row__more">{names}</span>
            </span>
            <details class="row__fold">
                <summary class="button button--ghost" aria-label=said>{i18n.t(Key::TeamCrewEdit)}</summary>
                <div class="row__forms">
                    <CrewForm crew=Some(crew) people action=save/>
                    <ActionForm action=remove>
                        <input type="hidden" name="crew" value=id/>
                        <h3>{i18n.t(Key::TeamCrewRemoveTitle)}</h3>
                        <p class="field__hint">{i18n.fill(Key::TeamCrewRemoveMore, &[("name", &name)])}</p>
                        <Button kind=ButtonKind::Danger icon=Icon::Trash busy=remove.pending()>
                            {i18n.t(Key::TeamCrewRemoveTitle)}
                        </Button>
                    </ActionForm>
                </div>
            </details>
        </li>
    }
}

#[component]
fn CrewForm(
    crew: Option<Crew>,
    people: StoredValue<Vec<OperatorRow>>,
    action: ServerAction<SaveCrew>,
) -> impl IntoView {
    let i18n = use_i18n();
    let failure = failure(action);
    let id = crew.as_ref().map(|crew| crew.id.to_string()).unwrap_or_default();
    let label = i18n.t(if crew.is_some() { Key::UiSave } else { Key::TeamCrewAdd });
    let boxes = people.with_value(|people| {
        let member = |person: &OperatorRow| crew.as_ref().is_some_and(|crew| crew.members.contains(&person.id));
        people
            .iter()
            .map(|person| {
                view! {
                    <label class="crew__person">
                        <input type="checkbox" name="members[]" value=person.id.to_string() checked=member(person)/>
                        <span>{person.name.clone()}</span>
                    </label>
                }
            })
            .collect_view()
    });
    let name = crew.as_ref().map(|crew| crew.name.clone()).unwrap_or_default();
    // Several forms stand on the page, so each labels its field by wrapping.
    view! {
        <ActionForm action>
            <FormError failure fields=&["name"]/>
            <input type="hidden" name="crew" value=id.clone()/>
            <label class="field">
                <span class="field__label">{i18n.t(Key::TeamCrewName)}</span>
                <input class="field__input" name="name" value=name autocomplete="off" required maxlength="40"/>
                <span class="field__error" role="alert">{field_error(failure, "name")}</span>
            </label>
            <fieldset class="crew__people">
                <legend class="field__label">{i18n.t(Key::TeamCrewMembers)}</legend>
                {boxes}
            </fieldset>
            <Button kind=ButtonKind::Primary busy=action.pending()>{label}</Button>
        </ActionForm>
    }
}
