//! Connecting an account: three steps in plain words, one form.

use crate::{
    account::api::Connect,
    i18n::{Key, use_i18n},
    team::view::use_session,
    ui::{Button, ButtonKind, EmptyState, Field, FormError, Icon, IconView, PageTitle, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};

/// LINE's console for accounts.
const MANAGER: &str = "https://manager.line.biz/";
/// LINE's console for channels.
const DEVELOPERS: &str = "https://developers.line.biz/console/";

/// A link that leaves the house.
#[component]
fn Outside(href: &'static str, words: Key) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="outside" href=href target="_blank" rel="noopener noreferrer">
            {i18n.t(words)}
            <IconView icon=Icon::External/>
        </a>
    }
}

/// The guided page.
#[component]
pub fn ConnectPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let content = if session.manages() {
        view! { <Steps/> }.into_any()
    } else {
        view! { <EmptyState icon=Icon::Shield title=i18n.t(Key::ErrorForbidden)/> }.into_any()
    };
    view! {
        <PageTitle text=i18n.t(Key::AccountConnectTitle)/>
        <main class="page" id="content" tabindex="-1">
            <header class="page__head">
                <h1>{i18n.t(Key::AccountConnectTitle)}</h1>
                <p class="page__about">{i18n.t(Key::AccountConnectMore)}</p>
            </header>
            {content}
        </main>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<Connect>::new();
    let session = use_session();
    // The next page belongs to an account that this session has not heard of yet.
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(_))) {
            session.refresh();
        }
    });
    view! {
        <ol class="steps">
            <li class="steps__step">
                <h2>{i18n.t(Key::AccountStep1)}</h2>
                <p>{i18n.t(Key::AccountStep1More)}</p>
                <Outside href=MANAGER words=Key::AccountOpenManager/>
            </li>
            <li class="steps__step">
                <h2>{i18n.t(Key::AccountStep2)}</h2>
                <p>{i18n.t(Key::AccountStep2More)}</p>
                <Outside href=DEVELOPERS words=Key::AccountOpenDevelopers/>
                <Form action/>
            </li>
            <li class="steps__step">
                <h2>{i18n.t(Key::AccountStep3)}</h2>
                <p>{i18n.t(Key::AccountStep3More)}</p>
            </li>
        </ol>
    }
}

#[component]
fn Form(action: ServerAction<Connect>) -> impl IntoView {
    let i18n = use_i18n();
    let failure = failure(action);
    view! {
        <ActionForm action>
            <FormError failure fields=&["channel_id", "channel_secret", "access_token", "api_base"]/>
            <Field
                name="channel_id"
                label=i18n.t(Key::AccountChannelId)
                hint=i18n.t(Key::AccountChannelIdHint)
                autocomplete="off"
                required=true
                code=true
                error=field_error(failure, "channel_id")
            />
            <Field
                name="channel_secret"
                kind="password"
                label=i18n.t(Key::AccountSecret)
                hint=i18n.t(Key::AccountSecretHint)
                autocomplete="off"
                required=true
                code=true
                error=field_error(failure, "channel_secret")
            />
            <details class="fold">
                <summary>{i18n.t(Key::AccountAdvanced)}</summary>
                <Field
                    name="access_token"
                    kind="password"
                    label=format!("{} ({})", i18n.t(Key::AccountToken), i18n.t(Key::UiOptional))
                    hint=i18n.t(Key::AccountTokenHint)
                    autocomplete="off"
                    code=true
                    error=field_error(failure, "access_token")
                />
                <Field
                    name="api_base"
                    label=format!("{} ({})", i18n.t(Key::AccountApiBase), i18n.t(Key::UiOptional))
                    hint=i18n.t(Key::AccountApiBaseHint)
                    autocomplete="off"
                    code=true
                    error=field_error(failure, "api_base")
                />
            </details>
            <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::AccountConnect)}</Button>
        </ActionForm>
    }
}
