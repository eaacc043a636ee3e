//! Whether everything works: one line a check, and what to do about it in words.

use crate::{
    account::{
        api::run_checks,
        model::{Check, CheckKind, CheckState},
    },
    error::AppError,
    i18n::{Key, use_i18n},
    id::AccountId,
    ui::{Button, Icon, IconView, Skeleton, Tag, Tone, hydrated},
};
use leptos::{prelude::*, task::spawn_local};

/// Name, what it means when it is right, what to do when it is not.
fn words(kind: CheckKind) -> (Key, Key, Key) {
    match kind {
        CheckKind::Token => (Key::AccountCheckToken, Key::AccountCheckTokenOk, Key::AccountCheckTokenFix),
        CheckKind::WebhookUrl => {
            (Key::AccountCheckWebhookUrl, Key::AccountCheckWebhookUrlOk, Key::AccountCheckWebhookUrlFix)
        }
        CheckKind::WebhookActive => {
            (Key::AccountCheckWebhookActive, Key::AccountCheckWebhookActiveOk, Key::AccountCheckWebhookActiveFix)
        }
        CheckKind::WebhookReachable => {
            (Key::AccountCheckReachable, Key::AccountCheckReachableOk, Key::AccountCheckReachableFix)
        }
        CheckKind::Signature => {
            (Key::AccountCheckSignature, Key::AccountCheckSignatureOk, Key::AccountCheckSignatureFix)
        }
        CheckKind::ChatMode => (Key::AccountCheckChatMode, Key::AccountCheckChatModeOk, Key::AccountCheckChatModeFix),
        CheckKind::Quota => (Key::AccountCheckQuota, Key::AccountCheckQuotaOk, Key::AccountCheckQuotaFix),
    }
}

fn looks(state: CheckState) -> (Tone, Icon, Key) {
    match state {
        CheckState::Ok => (Tone::Moss, Icon::Check, Key::AccountStateOk),
        CheckState::Warn => (Tone::Warn, Icon::Warning, Key::AccountStateWarn),
        CheckState::Fail => (Tone::Danger, Icon::Close, Key::AccountStateFail),
        CheckState::Running => (Tone::Info, Icon::Clock, Key::AccountStateRunning),
        CheckState::Unknown => (Tone::Plain, Icon::Info, Key::AccountStateUnknown),
    }
}

/// The checks of an account, run when the page opens, and again at will or when `again` changes.
#[component]
pub fn Checks(
    /// Whose.
    account: AccountId,
    /// Runs them again when it changes.
    #[prop(into)]
    again: Signal<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let asked = RwSignal::new(0_u32);
    let checks = RwSignal::new(None::<Result<Vec<Check>, AppError>>);
    let waiting = RwSignal::new(false);
    // Asked for by the browser only: LINE may take its time, and the page should not wait for it. The
    // last answer stays while a new one is waited for.
    Effect::new(move |_| {
        again.track();
        asked.track();
        waiting.set(true);
        spawn_local(async move {
            let answer = run_checks(account).await;
            checks.try_set(Some(answer));
            waiting.try_set(false);
        });
    });
    let shown = move || match checks.get() {
        None => view! {
            <p class="field__hint">{i18n.t(Key::AccountChecking)}</p>
            <Skeleton lines=5/>
        }
        .into_any(),
        Some(Ok(checks)) => view! {
            <ul class="rows">
                {checks.into_iter().map(|check| view! { <CheckRow check/> }).collect_view()}
            </ul>
        }
        .into_any(),
        Some(Err(error)) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
    };
    view! {
        <section class="section" aria-busy=move || waiting.get().then_some("true")>
            <h2>{i18n.t(Key::AccountChecks)}</h2>
            {shown}
            <Button
                icon=Icon::Retry
                busy=waiting
                disabled=Signal::derive(move || !alive.get())
                on_click=move |_| asked.update(|n| *n += 1)
            >
                {i18n.t(Key::AccountCheckAgain)}
            </Button>
        </section>
    }
}

#[component]
fn CheckRow(check: Check) -> impl IntoView {
    let i18n = use_i18n();
    let (name, good, fix) = words(check.kind);
    let (tone, icon, state) = looks(check.state);
    let text = match check.state {
        CheckState::Ok => good,
        CheckState::Warn | CheckState::Fail => fix,
        CheckState::Running => Key::AccountChecking,
        CheckState::Unknown => Key::AccountCheckUnknown,
    };
    view! {
        <li class="row">
            <span class=format!("sign sign--{}", tone.name())><IconView icon/></span>
            <span class="row__words">
                <span class="row__name">{i18n.t(name)}</span>
                <span class="row__more">{i18n.t(text)}</span>
                {check.detail.map(|detail| view! { <code class="row__detail">{detail}</code> })}
            </span>
            <Tag tone>{i18n.t(state)}</Tag>
        </li>
    }
}
