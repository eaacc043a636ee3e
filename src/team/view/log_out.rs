//! The way out.

use crate::{
    i18n::{Key, use_i18n},
    team::api::LogOut,
    ui::{Icon, IconView},
};
use leptos::{form::ActionForm, prelude::*};

/// Logs this browser out; an entry of a menu.
#[component]
pub fn LogOutEntry() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<LogOut>::new();
    view! {
        <ActionForm action>
            <button class="menu__item" type="submit">
                <IconView icon=Icon::Logout/>
                {i18n.t(Key::TeamLogOut)}
            </button>
        </ActionForm>
    }
}
