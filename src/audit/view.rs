//! The log on the screen, among the settings.

use super::{
    api::find,
    model::{Action, Entry, Search},
};
use crate::{
    i18n::{I18n, Key, use_i18n},
    team::view::{SettingsFrame, use_session},
    ui::{Button, EmptyState, Field, Icon, LinkButton, SelectField, Skeleton, Time, TimeStyle},
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map, location::Url};

/// What an action is called.
fn action_name(action: Action) -> Key {
    match action {
        Action::LoggedIn => Key::AuditLoggedIn,
        Action::LogInFailed => Key::AuditLogInFailed,
        Action::LoggedOutEverywhere => Key::AuditLoggedOutEverywhere,
        Action::PasswordChanged => Key::AuditPasswordChanged,
        Action::PasswordLinkMade => Key::AuditPasswordLinkMade,
        Action::PasswordSetByLink => Key::AuditPasswordSetByLink,
        Action::TwoStepOn => Key::AuditTwoStepOn,
        Action::TwoStepOff => Key::AuditTwoStepOff,
        Action::TwoStepReset => Key::AuditTwoStepReset,
        Action::RecoveryCodesMade => Key::AuditRecoveryCodesMade,
        Action::RecoveryCodeUsed => Key::AuditRecoveryCodeUsed,
        Action::Invited => Key::AuditInvited,
        Action::InvitationRevoked => Key::AuditInvitationRevoked,
        Action::Joined => Key::AuditJoined,
        Action::OperatorAdded => Key::AuditOperatorAdded,
        Action::RoleChanged => Key::AuditRoleChanged,
        Action::OperatorRemoved => Key::AuditOperatorRemoved,
        Action::AccountConnected => Key::AuditAccountConnected,
        Action::AccountChanged => Key::AuditAccountChanged,
        Action::AccountDisconnected => Key::AuditAccountDisconnected,
        Action::ChatDeleted => Key::AuditChatDeleted,
        Action::ChatRestored => Key::AuditChatRestored,
        Action::ChatPurged => Key::AuditChatPurged,
        Action::GroupLeft => Key::AuditGroupLeft,
        Action::HistoryDownloaded => Key::AuditHistoryDownloaded,
    }
}

/// The words for an action; its name, when this program does not know it.
fn action_words(i18n: I18n, name: &str) -> String {
    Action::from_name(name).map_or_else(|| name.to_owned(), |action| i18n.t(action_name(action)).to_owned())
}

/// The page: what is looked for stands in the address.
#[component]
pub fn AuditPage() -> impl IntoView {
    let i18n = use_i18n();
    let content = if use_session().manages() {
        view! { <Log/> }.into_any()
    } else {
        view! {
            <EmptyState icon=Icon::Shield title=i18n.t(Key::ErrorForbidden) text=i18n.t(Key::TeamOnlyManagers)/>
        }
        .into_any()
    };
    view! { <SettingsFrame title=Key::AuditTitle about=Key::AuditMore>{content}</SettingsFrame> }
}

#[component]
fn Log() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let search = Memo::new(move |_| {
        query.with(|query| Search {
            text: query.get("text").unwrap_or_default(),
            action: query.get("action").unwrap_or_default(),
            before: query.get("before").and_then(|before| before.parse().ok()),
        })
    });
    let page = Resource::new(move || search.get(), find);
    let asked = search.get_untracked();
    let any = (String::new(), i18n.t(Key::AuditAny).to_owned());
    let named = Action::ALL.iter().map(|action| (action.name().to_owned(), i18n.t(action_name(*action)).to_owned()));
    let options: Vec<_> = std::iter::once(any).chain(named).collect();
    view! {
        <section class="section">
            <Form method="GET" action="" attr:class="audit__search" attr:role="search">
                <Field name="text" label=i18n.t(Key::AuditSearch) value=asked.text autocomplete="off"/>
                <SelectField
                    name="action"
                    label=i18n.t(Key::AuditAction)
                    value=asked.action
                    options
                />
                <Button icon=Icon::Search>{i18n.t(Key::AuditFind)}</Button>
            </Form>
            <Transition fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) if page.entries.is_empty() => {
                            view! { <EmptyState icon=Icon::Search title=i18n.t(Key::AuditNothing)/> }.into_any()
                        }
                        Ok(page) => {
                            let last = page.entries.last().map(|entry| entry.seq).filter(|_| page.more);
                            view! {
                                <ul class="rows">
                                    {page.entries.into_iter().map(|entry| view! { <Line entry/> }).collect_view()}
                                </ul>
                                {last.map(|before| view! { <Older before search/> })}
                            }
                                .into_any()
                        }
                        Err(error) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Line(entry: Entry) -> impl IntoView {
    let i18n = use_i18n();
    let who = match &entry.operator {
        (None, name) if name.is_empty() => i18n.t(Key::AuditNobody).to_owned(),
        (_, name) => name.clone(),
    };
    let accounts = use_session().me;
    let account = entry.account.and_then(|id| {
        accounts.with_untracked(|me| me.accounts.iter().find(|account| account.id == id).map(|a| a.name.clone()))
    });
    let about: Vec<String> =
        [account, Some(entry.subject).filter(|subject| !subject.is_empty())].into_iter().flatten().collect();
    view! {
        <li class="row">
            <span class="row__words">
                <span class="row__name">{action_words(i18n, &entry.action)}</span>
                {(!about.is_empty()).then(|| view! { <span class="row__more">{about.join(" · ")}</span> })}
                <span class="row__more">
                    {who} " · " <Time at=entry.at style=TimeStyle::Full/>
                    {(!entry.address.is_empty()).then(|| format!(" · {}", entry.address))}
                </span>
            </span>
        </li>
    }
}

#[component]
fn Older(before: i64, search: Memo<Search>) -> impl IntoView {
    let i18n = use_i18n();
    let Search { text, action, .. } = search.get_untracked();
    let href = format!("?text={}&action={}&before={before}", Url::escape(&text), Url::escape(&action));
    view! { <LinkButton href>{i18n.t(Key::AuditOlder)}</LinkButton> }
}
