//! Everybody in the team: roles, adding, removing.

use super::{
    crews::{CrewActions, Crews},
    role_name,
    settings::SettingsFrame,
    use_session,
};
use crate::{
    i18n::{Key, use_i18n},
    team::{
        api::{AddOperator, ChangeRole, RemoveOperator, list_crews, list_operators},
        model::{OperatorRow, Role},
    },
    ui::{
        Avatar, Button, ButtonKind, EmptyState, Field, FormError, Icon, SelectField, Skeleton, Tag, Time, Tone,
        failure, field_error,
    },
};
use leptos::{form::ActionForm, prelude::*};

/// The roles that a person of this role may give.
fn may_give(own: Role) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| own == Role::Owner || (own.manages() && *role != Role::Owner)).collect()
}

/// The team.
#[component]
pub fn TeamPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let content = if session.manages() {
        view! { <Members/> }.into_any()
    } else {
        view! {
            <EmptyState icon=Icon::Shield title=i18n.t(Key::ErrorForbidden) text=i18n.t(Key::TeamOnlyManagers)/>
        }
        .into_any()
    };
    view! { <SettingsFrame title=Key::TeamTitle about=Key::TeamMore>{content}</SettingsFrame> }
}

#[component]
fn Members() -> impl IntoView {
    let i18n = use_i18n();
    let add = ServerAction::<AddOperator>::new();
    let change = ServerAction::<ChangeRole>::new();
    let remove = ServerAction::<RemoveOperator>::new();
    let rows = Resource::new(
        move || (add.version().get(), change.version().get(), remove.version().get()),
        |_| list_operators(),
    );
    let actions = CrewActions::new();
    let crews = Resource::new(move || actions.version(), |_| list_crews());
    view! {
        <section class="section">
            <FormError failure=failure(change)/>
            <FormError failure=failure(remove)/>
            <Transition fallback=|| view! { <Skeleton lines=4/> }>
                {move || Suspend::new(async move {
                    match rows.await {
                        Ok(rows) => {
                            view! {
                                <ul class="rows">
                                    {rows.into_iter().map(|row| view! { <Member row change remove/> }).collect_view()}
                                </ul>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
                    }
                })}
            </Transition>
        </section>
        <AddMember add/>
        <Transition fallback=|| view! { <Skeleton lines=2/> }>
            {move || Suspend::new(async move {
                match (rows.await, crews.await) {
                    (Ok(people), Ok(crews)) => view! { <Crews people crews actions/> }.into_any(),
                    (_, Err(error)) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
                    (Err(_), _) => ().into_any(),
                }
            })}
        </Transition>
    }
}

/// One person. Changing the role and removing stand in a fold, so that a slip of the finger changes
/// nothing and everything works without a script.
#[component]
fn Member(row: OperatorRow, change: ServerAction<ChangeRole>, remove: ServerAction<RemoveOperator>) -> impl IntoView {
    let i18n = use_i18n();
    let own = use_session().me.with_untracked(|me| me.role);
    let roles = may_give(own);
    let editable = !row.me && roles.contains(&row.role);
    let id = row.id.to_string();
    view! {
        <li class="row row--fold">
            <Avatar name=row.name.clone() seed=row.id.0/>
            <span class="row__words">
                <span class="row__name">
                    {row.name.clone()} {row.me.then(|| view! { " " <Tag>{i18n.t(Key::TeamYou)}</Tag> })}
                </span>
                <span class="row__more">{row.email.clone()}</span>
                <span class="row__more">
                    {match row.seen_at {
                        Some(at) => view! { {i18n.t(Key::TeamSeen)} " " <Time at/> }.into_any(),
                        None => view! { {i18n.t(Key::TeamNeverSeen)} }.into_any(),
                    }}
                </span>
            </span>
            <Tag tone=if row.role.manages() { Tone::Moss } else { Tone::Plain }>{i18n.t(role_name(row.role))}</Tag>
            {editable
                .then(|| {
                    view! { <EditMember id name=row.name.clone() role=row.role roles change remove/> }
                })}
        </li>
    }
}

#[component]
fn EditMember(
    id: String,
    name: String,
    role: Role,
    roles: Vec<Role>,
    change: ServerAction<ChangeRole>,
    remove: ServerAction<RemoveOperator>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = role_options(&roles, |role| i18n.t(role_name(role)));
    let field = format!("role-{id}");
    let same = id.clone();
    view! {
        <details class="row__fold">
            <summary class="button button--ghost" aria-label=format!("{} – {name}", i18n.t(Key::TeamChangeRole))>
                {i18n.t(Key::TeamChangeRole)}
            </summary>
            <div class="row__forms">
                <ActionForm action=change>
                    <input type="hidden" name="operator" value=same/>
                    <SelectField
                        name="role"
                        id=field
                        label=i18n.t(Key::TeamRole)
                        value=role.as_str()
                        options
                        hint=i18n.t(Key::TeamRoleHint)
                    />
                    <Button busy=change.pending()>{i18n.t(Key::UiSave)}</Button>
                </ActionForm>
                <ActionForm action=remove>
                    <input type="hidden" name="operator" value=id/>
                    <h3>{i18n.t(Key::TeamRemoveTitle)}</h3>
                    <p class="field__hint">{i18n.fill(Key::TeamRemoveMore, &[("name", &name)])}</p>
                    <Button kind=ButtonKind::Danger icon=Icon::Trash busy=remove.pending()>
                        {i18n.t(Key::TeamRemove)}
                    </Button>
                </ActionForm>
            </div>
        </details>
    }
}

fn role_options(roles: &[Role], words: impl Fn(Role) -> &'static str) -> Vec<(String, String)> {
    roles.iter().map(|role| (role.as_str().to_owned(), words(*role).to_owned())).collect()
}

#[component]
fn AddMember(add: ServerAction<AddOperator>) -> impl IntoView {
    let i18n = use_i18n();
    let own = use_session().me.with_untracked(|me| me.role);
    let failure = failure(add);
    let done = move || matches!(add.value().get(), Some(Ok(())));
    view! {
        <section class="section">
            <h2>{i18n.t(Key::TeamAdd)}</h2>
            <ActionForm action=add>
                <FormError failure fields=&["name", "email", "password"]/>
                <Field
                    name="name"
                    label=i18n.t(Key::TeamMemberName)
                    autocomplete="off"
                    required=true
                    error=field_error(failure, "name")
                />
                <Field
                    name="email"
                    kind="email"
                    label=i18n.t(Key::TeamEmail)
                    autocomplete="off"
                    required=true
                    error=field_error(failure, "email")
                />
                <SelectField
                    name="role"
                    label=i18n.t(Key::TeamRole)
                    value=Role::Operator.as_str()
                    options=role_options(&may_give(own), |role| i18n.t(role_name(role)))
                    hint=i18n.t(Key::TeamRoleHint)
                />
                <Field
                    name="password"
                    label=i18n.t(Key::TeamFirstPassword)
                    hint=i18n.t(Key::TeamFirstPasswordHint)
                    autocomplete="off"
                    required=true
                    code=true
                    error=field_error(failure, "password")
                />
                <div role="status">
                    {move || done().then(|| view! { <p class="good">{i18n.t(Key::TeamAdded)}</p> })}
                </div>
                <Button kind=ButtonKind::Primary icon=Icon::Plus busy=add.pending()>{i18n.t(Key::TeamAdd)}</Button>
            </ActionForm>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_owners_make_owners() {
        assert_eq!(may_give(Role::Owner), Role::ALL);
        assert_eq!(may_give(Role::Admin), [Role::Admin, Role::Operator]);
        assert!(may_give(Role::Operator).is_empty());
    }
}
