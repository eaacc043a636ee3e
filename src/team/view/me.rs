//! One's own settings: name, language, colours, password, sessions.

use super::{
    keys::SingleKeys, sessions::Sessions, settings::SettingsFrame, shift::Shift, two_step::TwoStepSection, use_session,
};
use crate::{
    i18n::{Key, Lang, use_i18n},
    team::api::{ChangePassword, UpdateProfile},
    ui::{Button, ButtonKind, Field, FormError, SelectField, ThemePicker, Toasts, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};

/// The operator's own page.
#[component]
pub fn MePage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <SettingsFrame title=Key::TeamMeTitle>
            <Profile/>
            <Shift/>
            <section class="section">
                <ThemePicker/>
            </section>
            <section class="section">
                <h2>{i18n.t(Key::KeysTitle)}</h2>
                <SingleKeys id="single-keys"/>
            </section>
            <section class="section">
                <h2>{i18n.t(Key::TeamChangePassword)}</h2>
                <Password/>
            </section>
            <TwoStepSection/>
            <section class="section">
                <h2>{i18n.t(Key::TeamSessions)}</h2>
                <Sessions/>
            </section>
        </SettingsFrame>
    }
}

#[component]
fn Profile() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>();
    let action = ServerAction::<UpdateProfile>::new();
    let failure = failure(action);
    let (name, lang) = session.me.with_untracked(|me| (me.name.clone(), me.lang));
    // A new language is seen by the session, which then asks for the page again.
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            session.refresh();
            if let Some(toasts) = toasts {
                toasts.show(i18n.t(Key::UiSaved));
            }
        }
    });
    view! {
        <section class="section">
            <h2>{i18n.t(Key::TeamProfile)}</h2>
            <ActionForm action>
                <FormError failure fields=&["name"]/>
                <Field
                    name="name"
                    label=i18n.t(Key::TeamName)
                    hint=i18n.t(Key::TeamNameHint)
                    value=name
                    autocomplete="name"
                    required=true
                    error=field_error(failure, "name")
                />
                <SelectField
                    name="lang"
                    label=i18n.t(Key::UiLanguage)
                    value=lang.tag()
                    options=Lang::ALL.map(|lang| (lang.tag().to_owned(), lang.name().to_owned())).to_vec()
                />
                <Button kind=ButtonKind::Primary busy=action.pending()>{i18n.t(Key::UiSave)}</Button>
            </ActionForm>
        </section>
    }
}

#[component]
fn Password() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangePassword>::new();
    let failure = failure(action);
    let done = move || matches!(action.value().get(), Some(Ok(())));
    let email = use_session().me.with_untracked(|me| me.email.clone());
    view! {
        <ActionForm action>
            <FormError failure fields=&["current", "new"]/>
            // Password managers want to know whose password it is.
            <input class="visually-hidden" type="email" value=email autocomplete="username" readonly tabindex="-1" aria-hidden="true"/>
            <Field
                name="current"
                kind="password"
                label=i18n.t(Key::TeamCurrentPassword)
                autocomplete="current-password"
                required=true
                error=field_error(failure, "current")
            />
            <Field
                name="new"
                kind="password"
                label=i18n.t(Key::TeamNewPassword)
                hint=i18n.t(Key::TeamPasswordHint)
                autocomplete="new-password"
                required=true
                error=field_error(failure, "new")
            />
            <div role="status">
                {move || done().then(|| view! { <p class="good">{i18n.t(Key::TeamPasswordChanged)}</p> })}
            </div>
            <Button busy=action.pending()>{i18n.t(Key::TeamChangePassword)}</Button>
        </ActionForm>
    }
}
