//! Everybody in the team: roles, adding, removing.

use super::{
    crews::{CrewActions, Crews},
    invite::InviteSection,
    role_name,
    settings::SettingsFrame,
    use_session,
};
use crate::{
    i18n::{Key, use_i18n},
    team::{
        api::{AddOperator, ChangeRole, PasswordLink, RemoveOperator, ResetTwoStep, list_crews, list_operators},
        model::{OperatorRow, Role},
    },
    ui::{
        Avatar, Button, ButtonKind, CopyButton, EmptyState, Field, FormError, Icon, SelectField, Skeleton, Tag, Time,
        Tone, failure, field_error,
    },
};
use leptos::{form::ActionForm, prelude::*};

/// The roles that a person of this role may give.
pub fn may_give(own: Role) -> Vec<Role> {
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
    let reset = ServerAction::<ResetTwoStep>::new();
    let rows = Resource::new(
        move || (add.version().get(), change.version().get(), remove.version().get(), reset.version().get()),
        |_| list_operators(),
    );
    let actions = CrewActions::new();
    let crews = Resource::new(move || actions.version(), |_| list_crews());
    view! {
        <section class="section">
            <FormError failure=failure(change)/>
            <FormError failure=failure(remove)/>
            <FormError failure=failure(reset)/>
            <Transition fallback=|| view! { <Skeleton lines=4/> }>
                {move || Suspend::new(async move {
                    match rows.await {
                        Ok(rows) => {
                            view! {
                                <ul class="rows">
                                    {rows.into_iter().map(|row| view! { <Member row change remove reset/> }).collect_view()}
                                </ul>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
                    }
                })}
            </Transition>
        </section>
        <InviteSection/>
        <section class="section">
            <details class="fold">
                <summary>{i18n.t(Key::TeamAddDirectly)}</summary>
                <AddMember add/>
            </details>
        </section>
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
fn Member(
    row: OperatorRow,
    change: ServerAction<ChangeRole>,
    remove: ServerAction<RemoveOperator>,
    reset: ServerAction<ResetTwoStep>,
) -> impl IntoView {
    let i18n = use_i18n();
    let own = use_session().me.with_untracked(|me| me.role);
    let roles = may_give(own);
    let editable = !row.me && roles.contains(&row.role);
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
                    view! { <EditMember row=row.clone() roles change remove reset/> }
                })}
        </li>
    }
}

#[component]
fn EditMember(
    row: OperatorRow,
    roles: Vec<Role>,
    change: ServerAction<ChangeRole>,
    remove: ServerAction<RemoveOperator>,
    reset: ServerAction<ResetTwoStep>,
) -> impl IntoView {
    let i18n = use_i18n();
    let link = ServerAction::<PasswordLink>::new();
    let OperatorRow { id, name, role, two_step, .. } = row;
    let id = id.to_string();
    let about = |key| i18n.fill(key, &[("name", &name)]);
    let (link_more, reset_more) = (about(Key::TeamPasswordLinkMore), about(Key::TeamTwoStepResetMore));
    let remove_more = about(Key::TeamRemoveMore);
    let options = role_options(&roles, |role| i18n.t(role_name(role)));
    let field = format!("role-{id}");
    let (same, linked, lost) = (id.clone(), id.clone(), id.clone());
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
                <ActionForm action=link>
                    <input type="hidden" name="operator" value=linked/>
                    <h3>{i18n.t(Key::TeamPasswordLink)}</h3>
                    <p class="field__hint">{link_more}</p>
                    <FormError failure=failure(link)/>
                    <div role="status">
                        {move || {
                            link.value()
                                .get()
                                .and_then(Result::ok)
                                .map(|link| view! { <CopyButton value=link label=i18n.t(Key::TeamPasswordLink)/> })
                        }}
                    </div>
                    <Button busy=link.pending()>{i18n.t(Key::TeamInviteMake)}</Button>
                </ActionForm>
                {two_step
                    .then(|| {
                        view! {
                            <ActionForm action=reset>
                                <input type="hidden" name="operator" value=lost/>
                                <h3>{i18n.t(Key::TeamTwoStep)}</h3>
                                <p class="field__hint">{reset_more}</p>
                                <Button kind=ButtonKind::Danger busy=reset.pending()>
                                    {i18n.t(Key::TeamTwoStepReset)}
                                </Button>
                            </ActionForm>
                        }
                    })}
                <ActionForm action=remove>
                    <input type="hidden" name="operator" value=id/>
                    <h3>{i18n.t(Key::TeamRemoveTitle)}</h3>
                    <p class="field__hint">{remove_more}</p>
                    <Button kind=ButtonKind::Danger icon=Icon::Trash busy=remove.pending()>
                        {i18n.t(Key::TeamRemove)}
                    </Button>
                </ActionForm>
            </div>
        </details>
    }
}

/// Roles as the options of a field.
pub fn role_options(roles: &[Role], words: impl Fn(Role) -> &'static str) -> Vec<(String, String)> {
    roles.iter().map(|role| (role.as_str().to_owned(), words(*role).to_owned())).collect()
}

#[component]
fn AddMember(add: ServerAction<AddOperator>) -> impl IntoView {
    let i18n = use_i18n();
    let own = use_session().me.with_untracked(|me| me.role);
    let failure = failure(add);
    let done = move || matches!(add.value().get(), Some(Ok(())));
    view! {
        <div>
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
        </div>
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
