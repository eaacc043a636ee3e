//! The second step of logging in. Works without a script, as the first does.

use super::login::Doorway;
use crate::{
    i18n::{Key, use_i18n},
    team::api::EnterCode,
    ui::{Button, ButtonKind, Field, FormError, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

/// The code of the app, or a recovery code.
#[component]
pub fn CodePage() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<EnterCode>::new();
    let failure = failure(action);
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    view! {
        <Doorway title=Key::TeamCodeTitle>
            <p class="door__more">{i18n.t(Key::TeamCodeMore)}</p>
            <ActionForm action>
                <input type="hidden" name="next" value=next/>
                <FormError failure fields=&["code"]/>
                <Field
                    name="code"
                    label=i18n.t(Key::TeamCode)
                    autocomplete="one-time-code"
                    code=true
                    required=true
                    error=field_error(failure, "code")
                />
                <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::TeamLogIn)}</Button>
            </ActionForm>
        </Doorway>
    }
}
