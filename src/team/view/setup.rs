//! The first page of a new house: its owner. Needs the one-time token that the server printed.

use super::{join::Person, login::Doorway};
use crate::{
    i18n::{Key, use_i18n},
    team::api::SetUp,
    ui::{Button, ButtonKind, FormError, failure},
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
            <Person failure/>
            <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::TeamSetUp)}</Button>
        </ActionForm>
    }
}
