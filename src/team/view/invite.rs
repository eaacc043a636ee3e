//! Links for colleagues: making one, and those that nobody has used yet.

use super::{
    members::{may_give, role_options},
    role_name, use_session,
};
use crate::{
    i18n::{Key, use_i18n},
    team::{
        api::{Invite, RevokeInvitation, list_invitations},
        model::{InvitationRow, Role},
    },
    ui::{
        Button, ButtonKind, CopyButton, Field, FormError, SelectField, Skeleton, Tag, Time, TimeStyle, failure,
        field_error,
    },
};
use leptos::{form::ActionForm, prelude::*};

/// The section of the team page.
#[component]
pub fn InviteSection() -> impl IntoView {
    let i18n = use_i18n();
    let own = use_session().me.with_untracked(|me| me.role);
    let invite = ServerAction::<Invite>::new();
    let revoke = ServerAction::<RevokeInvitation>::new();
    let failed = failure(invite);
    let rows = Resource::new(move || (invite.version().get(), revoke.version().get()), |_| list_invitations());
    view! {
        <section class="section">
            <h2>{i18n.t(Key::TeamInviteTitle)}</h2>
            <p class="field__hint">{i18n.t(Key::TeamInviteMore)}</p>
            <ActionForm action=invite>
                <FormError failure=failed fields=&["note", "role"]/>
                <Field
                    name="note"
                    label=i18n.t(Key::TeamInviteNote)
                    hint=i18n.t(Key::TeamInviteNoteHint)
                    autocomplete="off"
                    error=field_error(failed, "note")
                />
                <SelectField
                    name="role"
                    id="invite-role"
                    label=i18n.t(Key::TeamRole)
                    value=Role::Operator.as_str()
                    options=role_options(&may_give(own), |role| i18n.t(role_name(role)))
                    hint=i18n.t(Key::TeamRoleHint)
                />
                <Button kind=ButtonKind::Primary busy=invite.pending()>{i18n.t(Key::TeamInviteMake)}</Button>
            </ActionForm>
            <div role="status">
                {move || {
                    invite
                        .value()
                        .get()
                        .and_then(Result::ok)
                        .map(|link| view! { <CopyButton value=link label=i18n.t(Key::TeamInviteLink)/> })
                }}
            </div>
            <FormError failure=failure(revoke)/>
            <Transition fallback=|| view! { <Skeleton lines=1/> }>
                {move || Suspend::new(async move {
                    rows.await
                        .ok()
                        .filter(|rows| !rows.is_empty())
                        .map(|rows| {
                            view! {
                                <h3>{i18n.t(Key::TeamInvitations)}</h3>
                                <ul class="rows">
                                    {rows.into_iter().map(|row| view! { <Row row revoke/> }).collect_view()}
                                </ul>
                            }
                        })
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Row(row: InvitationRow, revoke: ServerAction<RevokeInvitation>) -> impl IntoView {
    let i18n = use_i18n();
    let by = i18n.fill(Key::TeamInvitedBy, &[("name", &row.by)]);
    let (name, more) = if row.note.is_empty() { (by, None) } else { (row.note, Some(by)) };
    view! {
        <li class="row">
            <span class="row__words">
                <span class="row__name">{name.clone()}</span>
                {more.map(|more| view! { <span class="row__more">{more}</span> })}
                <span class="row__more">
                    {i18n.t(Key::TeamInviteUntil)} " " <Time at=row.until style=TimeStyle::Full/>
                </span>
            </span>
            <Tag>{i18n.t(role_name(row.role))}</Tag>
            <ActionForm action=revoke>
                <input type="hidden" name="id" value=row.id/>
                <Button kind=ButtonKind::Ghost busy=revoke.pending() label=format!("{} – {name}", i18n.t(Key::TeamRevoke))>
                    {i18n.t(Key::TeamRevoke)}
                </Button>
            </ActionForm>
        </li>
    }
}
