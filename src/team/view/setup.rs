//! The first page of a new house: its owner. Needs the one-time token that the server printed.

use super::login::Doorway;
use crate::{
    i18n::{Key, use_i18n},
    team::api::SetUp,
    ui::{Button, ButtonKind, Field, FormError, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

/// Creates the owner.
#[component]
pub fn SetupPage() -> impl IntoView {
    let i18n = use_i18n();
    let token = use_query_map().with_untracked(|query| query.get("token")).unwrap_or_default();
    let form = if token.is_empty() {
        view! { <p class="door__more">{i18n.t(Key::TeamSetUpNoToken)}</p> }.into_any()
    } else {
        view! { <OwnerForm token/> }.into_any()
    };
    view! { <Doorway title=Key::TeamSetUp>{form}</Doorway> }
}

#[component]
fn OwnerForm(token: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<SetUp>::new();
    let failure = failure(action);
    view! {
        <p class="door__more">{i18n.t(Key::TeamSetUpMore)}</p>
        <ActionForm action>
            <input type="hidden" name="token" value=token/>
            <FormError failure fields=&["name", "email", "password"]/>
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
            <Field
                name="password"
                kind="password"
                label=i18n.t(Key::TeamPassword)
                hint=i18n.t(Key::TeamPasswordHint)
                autocomplete="new-password"
                required=true
                error=field_error(failure, "password")
            />
            <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::TeamSetUp)}</Button>
        </ActionForm>
    }
}
