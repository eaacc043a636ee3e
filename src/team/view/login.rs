//! Logging in. Light on purpose: it is the first page of the day, and works without a script.

use crate::{
    browser,
    i18n::{Key, Lang, use_i18n},
    team::api::LogIn,
    ui::{Button, ButtonKind, Field, FormError, PageTitle, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;

/// The frame of the pages outside: the mark, a card, the languages.
#[component]
pub fn Doorway(
    /// Name of the page.
    title: Key,
    /// The card's content.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    // Another language is another page: its texts come with it, and what the address says stays.
    let other = move |lang: Lang| {
        query.with_untracked(|query| {
            let mut query = query.clone();
            query.replace("lang", lang.tag().to_owned());
            query.remove("__err");
            query.remove("__path");
            query.to_query_string()
        })
    };
    view! {
        <PageTitle text=i18n.t(title)/>
        <div class="door">
            <header class="door__head">
                <img class="door__mark" src="/favicon.svg" alt="" width="48" height="48"/>
                <p class="door__name">{i18n.t(Key::AppName)}</p>
                <p class="door__line">{i18n.t(Key::AppTagline)}</p>
            </header>
            <main class="door__card" id="content">
                <h1>{i18n.t(title)}</h1>
                {children()}
            </main>
            <nav class="door__languages" aria-label=i18n.t(Key::UiLanguage)>
                {Lang::ALL
                    .map(|lang| {
                        let current = (lang == i18n.lang).then_some("true");
                        view! {
                            <a
                                href=other(lang)
                                rel="external"
                                lang=lang.tag()
                                hreflang=lang.tag()
                                aria-current=current
                                on:click=move |_| browser::cookie::set("lang", lang.tag())
                            >
                                {lang.name()}
                            </a>
                        }
                    })
                    .collect_view()}
            </nav>
        </div>
    }
}

/// E-mail, password, in.
#[component]
pub fn LoginPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let action = ServerAction::<LogIn>::new();
    let failure = failure(action);
    let next = query.with_untracked(|query| query.get("next")).unwrap_or_default();
    view! {
        <Doorway title=Key::TeamLogIn>
            <ActionForm action>
                <input type="hidden" name="next" value=next/>
                <FormError failure fields=&["email", "password"]/>
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
                    autocomplete="current-password"
                    required=true
                    error=field_error(failure, "password")
                />
                <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::TeamLogIn)}</Button>
            </ActionForm>
            <p class="door__more">{i18n.t(Key::TeamForgot)}</p>
        </Doorway>
    }
}
