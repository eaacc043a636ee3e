//! The frame of the settings: the ways between them, and one page.

use super::use_session;
use crate::{
    i18n::{Key, use_i18n},
    ui::PageTitle,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// One page of the settings.
#[component]
pub fn SettingsFrame(
    /// Name of the page.
    title: Key,
    /// A sentence about it.
    #[prop(optional)]
    about: Option<Key>,
    /// Its sections.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let tab = move |href: String, name: Key| view! { <A href exact=true attr:class="tabs__tab">{i18n.t(name)}</A> };
    let of_account = move || {
        let account = session.shown.get().filter(|_| session.manages());
        account.map(|account| tab(format!("/a/{}/settings", account.id), Key::AccountTitle))
    };
    let of_chat =
        move || session.shown.get().map(|account| tab(format!("/a/{}/settings/chat", account.id), Key::ChatSettings));
    view! {
        <PageTitle text=i18n.t(title)/>
        <main class="page" id="content" tabindex="-1">
            <nav class="tabs" aria-label=i18n.t(Key::AppSettings)>
                {of_account}
                {of_chat}
                {move || session.manages().then(|| tab("/settings/team".to_owned(), Key::TeamTitle))}
                {move || session.manages().then(|| tab("/settings/audit".to_owned(), Key::AuditTitle))}
                {tab("/settings/me".to_owned(), Key::TeamMe)}
            </nav>
            <header class="page__head">
                <h1>{i18n.t(title)}</h1>
                {about.map(|about| view! { <p class="page__about">{i18n.t(about)}</p> })}
            </header>
            {children()}
        </main>
    }
}
