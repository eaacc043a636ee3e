//! Where the links lead that are given to colleagues: joining, or a new password.

use super::{login::Doorway, role_name};
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    team::{
        api::{Join, SetNewPassword, invited},
        model::{Invited, Role},
    },
    ui::{Button, ButtonKind, Field, FormError, Skeleton, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

/// Asks what the link is for, and shows its form.
#[component]
pub fn JoinPage() -> impl IntoView {
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    let asked = token.clone();
    let invitation = Resource::new(move || asked.clone(), invited);
    view! {
        <Suspense fallback=|| view! { <Skeleton lines=4/> }>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    match invitation.await {
                        Ok(Some(Invited::Join { role, by })) => view! { <JoinForm token role by/> }.into_any(),
                        Ok(Some(Invited::Password { email })) => view! { <PasswordForm token email/> }.into_any(),
                        Ok(None) | Err(_) => view! { <Gone/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn Gone() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Doorway title=Key::TeamJoinTitle>
            <p class="door__more">{i18n.t(Key::TeamLinkGone)}</p>
        </Doorway>
    }
}

#[component]
fn JoinForm(token: String, role: Role, by: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<Join>::new();
    let failure = failure(action);
    view! {
        <Doorway title=Key::TeamJoinTitle>
            <p class="door__more">
                {i18n.fill(Key::TeamJoinMore, &[("name", &by), ("role", &i18n.t(role_name(role)))])}
            </p>
            <ActionForm action>
                <input type="hidden" name="token" value=token/>
                <FormError failure fields=&["name", "email", "password"]/>
                <Person failure/>
                <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::TeamJoin)}</Button>
            </ActionForm>
        </Doorway>
    }
}

#[component]
fn PasswordForm(token: String, email: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<SetNewPassword>::new();
    let failure = failure(action);
    view! {
        <Doorway title=Key::TeamNewPasswordTitle>
            <p class="door__more">{email.clone()}</p>
            <ActionForm action>
                <input type="hidden" name="token" value=token/>
                // Password managers want to know whose password it is.
                <input class="visually-hidden" type="email" value=email autocomplete="username" readonly tabindex="-1" aria-hidden="true"/>
                <FormError failure fields=&["password"]/>
                <NewPassword error=field_error(failure, "password")/>
                <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::UiSave)}</Button>
            </ActionForm>
        </Doorway>
    }
}

/// The fields of somebody who comes: name, e-mail, password.
#[component]
pub fn Person(failure: Signal<Option<AppError>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field
            name="name"
            label=i18n.t(Key::TeamName)
            hint=i18n.t(Key::TeamNameHint)
            autocomplete="name"
            required=true
            error=field_error(failure, "name")
        />
        <Field
            name="email"
            kind="email"
            label=i18n.t(Key::TeamEmail)
            autocomplete="username"
            required=true
            error=field_error(failure, "email")
        />
        <NewPassword error=field_error(failure, "password")/>
    }
}

#[component]
fn NewPassword(error: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field
            name="password"
            kind="password"
            label=i18n.t(Key::TeamPassword)
            hint=i18n.t(Key::TeamPasswordHint)
            autocomplete="new-password"
            required=true
            error
        />
    }
}
