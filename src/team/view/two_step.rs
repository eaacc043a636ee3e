//! One's own second step: setting it up, its recovery codes, turning it off.

use super::use_session;
use crate::{
    i18n::{Key, use_i18n},
    team::{
        api::{BeginTwoStep, ConfirmTwoStep, RenewRecoveryCodes, TurnOffTwoStep, two_step},
        model::Enrolment,
    },
    ui::{Button, ButtonKind, CopyButton, Field, FormError, Skeleton, failure, field_error},
};
use leptos::{form::ActionForm, prelude::*};

/// The section on one's own page.
#[component]
pub fn TwoStepSection() -> impl IntoView {
    let i18n = use_i18n();
    let begin = ServerAction::<BeginTwoStep>::new();
    let confirm = ServerAction::<ConfirmTwoStep>::new();
    let renew = ServerAction::<RenewRecoveryCodes>::new();
    let off = ServerAction::<TurnOffTwoStep>::new();
    let state =
        Resource::new(move || (confirm.version().get(), renew.version().get(), off.version().get()), |_| two_step());
    // Shown once: by the answer that made them, and by nothing else.
    let codes = move || {
        let made = |value: Option<Result<Vec<String>, _>>| value.and_then(Result::ok);
        made(renew.value().get()).or_else(|| made(confirm.value().get()))
    };
    Effect::new(move |_| {
        if matches!(off.value().get(), Some(Ok(()))) {
            begin.clear();
            confirm.clear();
            renew.clear();
        }
    });
    view! {
        <section class="section" id="two-step">
            <h2>{i18n.t(Key::TeamTwoStep)}</h2>
            <Transition fallback=|| view! { <Skeleton lines=2/> }>
                {move || Suspend::new(async move {
                    match state.await {
                        Ok(state) if state.on => {
                            view! {
                                <p class="good">{i18n.fill(Key::TeamTwoStepIsOn, &[("count", &state.codes)])}</p>
                                {move || codes().map(|codes| view! { <Codes codes/> })}
                                <Renew renew/>
                                <TurnOff off/>
                            }
                                .into_any()
                        }
                        Ok(_) => view! { <SetUp begin confirm/> }.into_any(),
                        Err(error) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

/// Password first, then the picture and the first code.
#[component]
fn SetUp(begin: ServerAction<BeginTwoStep>, confirm: ServerAction<ConfirmTwoStep>) -> impl IntoView {
    let i18n = use_i18n();
    let begun = move || begin.value().get().and_then(Result::ok);
    let failed = failure(begin);
    view! {
        <p class="field__hint">{i18n.t(Key::TeamTwoStepMore)}</p>
        {move || match begun() {
            Some(enrolment) => view! { <Confirm enrolment confirm/> }.into_any(),
            None => {
                view! {
                    <ActionForm action=begin>
                        <FormError failure=failed fields=&["password"]/>
                        <OwnPassword id="two-step-password" error=field_error(failed, "password")/>
                        <Button kind=ButtonKind::Primary busy=begin.pending()>{i18n.t(Key::TeamTwoStepBegin)}</Button>
                    </ActionForm>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Confirm(enrolment: Enrolment, confirm: ServerAction<ConfirmTwoStep>) -> impl IntoView {
    let i18n = use_i18n();
    let failed = failure(confirm);
    view! {
        <p>{i18n.t(Key::TeamTwoStepScan)}</p>
        // Our own drawing; nothing of it comes from outside but the address that its dots spell.
        <div class="two-step__code" role="img" aria-label=i18n.t(Key::TeamTwoStepPicture) inner_html=enrolment.qr></div>
        <CopyButton value=enrolment.secret label=i18n.t(Key::TeamTwoStepSecret)/>
        <ActionForm action=confirm>
            <FormError failure=failed fields=&["code"]/>
            <Field
                name="code"
                label=i18n.t(Key::TeamCode)
                autocomplete="one-time-code"
                code=true
                required=true
                error=field_error(failed, "code")
            />
            <Button kind=ButtonKind::Primary busy=confirm.pending()>{i18n.t(Key::TeamTwoStepConfirm)}</Button>
        </ActionForm>
    }
}

#[component]
fn Codes(codes: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let all = codes.join("\n");
    view! {
        <div class="two-step__codes" role="status">
            <h3>{i18n.t(Key::TeamRecoveryCodes)}</h3>
            <p>{i18n.t(Key::TeamRecoveryCodesMore)}</p>
            <CopyButton value=all label=i18n.t(Key::TeamRecoveryCodes)/>
        </div>
    }
}

#[component]
fn Renew(renew: ServerAction<RenewRecoveryCodes>) -> impl IntoView {
    let i18n = use_i18n();
    let failed = failure(renew);
    view! {
        <details class="fold">
            <summary>{i18n.t(Key::TeamRecoveryCodesNew)}</summary>
            <ActionForm action=renew>
                <p class="field__hint">{i18n.t(Key::TeamRecoveryCodesNewMore)}</p>
                <FormError failure=failed fields=&["password"]/>
                <OwnPassword id="renew-password" error=field_error(failed, "password")/>
                <Button busy=renew.pending()>{i18n.t(Key::TeamRecoveryCodesNew)}</Button>
            </ActionForm>
        </details>
    }
}

#[component]
fn TurnOff(off: ServerAction<TurnOffTwoStep>) -> impl IntoView {
    let i18n = use_i18n();
    let failed = failure(off);
    view! {
        <details class="fold">
            <summary>{i18n.t(Key::TeamTwoStepOff)}</summary>
            <ActionForm action=off>
                <FormError failure=failed fields=&["password"]/>
                <OwnPassword id="off-password" error=field_error(failed, "password")/>
                <Button kind=ButtonKind::Danger busy=off.pending()>{i18n.t(Key::TeamTwoStepOff)}</Button>
            </ActionForm>
        </details>
    }
}

#[component]
fn OwnPassword(id: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let email = use_session().me.with_untracked(|me| me.email.clone());
    view! {
        <input class="visually-hidden" type="email" value=email autocomplete="username" readonly tabindex="-1" aria-hidden="true"/>
        <Field
            name="password"
            id
            kind="password"
            label=i18n.t(Key::TeamCurrentPassword)
            autocomplete="current-password"
            required=true
            error
        />
    }
}
