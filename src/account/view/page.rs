//! An account's settings: webhook, checks, credentials, disconnecting.

use super::checks::Checks;
use crate::{
    account::{
        api::{Disconnect, SetWebhook, UpdateCredentials, account_detail},
        model::{AccountDetail, TokenKind},
    },
    chat::view::{AssignRules, DownloadAll},
    i18n::{Key, use_i18n},
    id::AccountId,
    team::view::{SettingsFrame, use_session},
    ui::{
        Avatar, AvatarSize, Button, ButtonKind, CopyButton, EmptyState, Field, FormError, Icon, Skeleton, failure,
        field_error,
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_params_map;

/// The settings of the account in the address.
#[component]
pub fn AccountPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let account = Memo::new(move |_| {
        params.with(|params| params.get("account")).and_then(|id| id.parse::<AccountId>().ok()).unwrap_or_default()
    });
    let detail = Resource::new(move || account.get(), account_detail);
    view! {
        <SettingsFrame title=Key::AccountTitle>
            <Suspense fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match detail.await {
                        Ok(detail) => view! { <Detail detail/> }.into_any(),
                        Err(error) => {
                            view! { <EmptyState icon=Icon::Warning title=i18n.error(&error)/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

#[component]
fn Detail(detail: AccountDetail) -> impl IntoView {
    let id = detail.id;
    let set = ServerAction::<SetWebhook>::new();
    let update = ServerAction::<UpdateCredentials>::new();
    let again = Signal::derive(move || set.version().get() + update.version().get());
    view! {
        <Facts detail=detail.clone()/>
        <Webhook id url=detail.webhook_url set/>
        <Checks account=id again/>
        <AssignRules account=id/>
        <Credentials id update/>
        <DownloadAll id/>
        <Leave id basic_id=detail.basic_id/>
    }
}

#[component]
fn Facts(detail: AccountDetail) -> impl IntoView {
    let i18n = use_i18n();
    let quota = detail.used.map(|used| match detail.quota {
        Some(quota) => i18n.fill(Key::AccountQuotaUsed, &[("used", &used), ("quota", &quota)]),
        None => i18n.fill(Key::AccountQuotaFree, &[("used", &used)]),
    });
    let token = match detail.token_kind {
        TokenKind::Stateless => Key::AccountTokenStateless,
        TokenKind::LongLived => Key::AccountTokenLong,
    };
    let facts = [
        (Key::AccountBasicId, detail.basic_id),
        (Key::AccountChannelId, detail.channel_id),
        (Key::AccountBotId, detail.bot_user_id),
        (Key::AccountTokenKind, i18n.t(token).to_owned()),
        (Key::AccountApiBase, detail.api_base),
    ];
    view! {
        <section class="section">
            <div class="account-head">
                <Avatar name=detail.name.clone() seed=detail.id.0 picture=detail.picture size=AvatarSize::Large/>
                <div>
                    <h2>{detail.name}</h2>
                    <p class="field__hint">{quota}</p>
                </div>
            </div>
            <h3 class="visually-hidden">{i18n.t(Key::AccountFacts)}</h3>
            <dl class="facts">
                {facts
                    .into_iter()
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(name, value)| view! { <div><dt>{i18n.t(name)}</dt><dd>{value}</dd></div> })
                    .collect_view()}
            </dl>
        </section>
    }
}

#[component]
fn Webhook(id: AccountId, url: String, set: ServerAction<SetWebhook>) -> impl IntoView {
    let i18n = use_i18n();
    let done = move || matches!(set.value().get(), Some(Ok(())));
    view! {
        <section class="section">
            <h2>{i18n.t(Key::AccountWebhook)}</h2>
            <p>{i18n.t(Key::AccountWebhookMore)}</p>
            <CopyButton value=url label=i18n.t(Key::AccountWebhookUrl)/>
            <ActionForm action=set>
                <FormError failure=failure(set)/>
                <input type="hidden" name="account" value=id.to_string()/>
                <div role="status">
                    {move || done().then(|| view! { <p class="good">{i18n.t(Key::AccountWebhookSet)}</p> })}
                </div>
                <Button kind=ButtonKind::Primary busy=set.pending()>{i18n.t(Key::AccountSetWebhook)}</Button>
            </ActionForm>
        </section>
    }
}

#[component]
fn Credentials(id: AccountId, update: ServerAction<UpdateCredentials>) -> impl IntoView {
    let i18n = use_i18n();
    let failure = failure(update);
    let done = move || matches!(update.value().get(), Some(Ok(())));
    view! {
        <section class="section">
            <h2>{i18n.t(Key::AccountCredentials)}</h2>
            <p>{i18n.t(Key::AccountCredentialsMore)}</p>
            <ActionForm action=update>
                <FormError failure fields=&["channel_secret", "access_token"]/>
                <input type="hidden" name="account" value=id.to_string()/>
                <Field
                    name="channel_secret"
                    kind="password"
                    label=i18n.t(Key::AccountSecret)
                    hint=i18n.t(Key::AccountSecretHint)
                    autocomplete="off"
                    code=true
                    error=field_error(failure, "channel_secret")
                />
                <Field
                    name="access_token"
                    kind="password"
                    label=i18n.t(Key::AccountToken)
                    hint=i18n.t(Key::AccountTokenHint)
                    autocomplete="off"
                    code=true
                    error=field_error(failure, "access_token")
                />
                <div role="status">
                    {move || done().then(|| view! { <p class="good">{i18n.t(Key::UiSaved)}</p> })}
                </div>
                <Button busy=update.pending()>{i18n.t(Key::UiSave)}</Button>
            </ActionForm>
        </section>
    }
}

#[component]
fn Leave(id: AccountId, basic_id: String) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let action = ServerAction::<Disconnect>::new();
    let failure = failure(action);
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            session.refresh();
        }
    });
    view! {
        <section class="section section--danger">
            <h2>{i18n.t(Key::AccountDisconnect)}</h2>
            <p>{i18n.t(Key::AccountDisconnectMore)}</p>
            <ActionForm action>
                <FormError failure fields=&["confirm"]/>
                <input type="hidden" name="account" value=id.to_string()/>
                <Field
                    name="confirm"
                    label=i18n.fill(Key::AccountConfirm, &[("id", &basic_id)])
                    autocomplete="off"
                    required=true
                    code=true
                    error=field_error(failure, "confirm")
                />
                <Button kind=ButtonKind::Danger icon=Icon::Trash busy=action.pending()>
                    {i18n.t(Key::AccountDisconnect)}
                </Button>
            </ActionForm>
        </section>
    }
}
