//! Several accounts in one console: the one that is open, and the way to the others.

use crate::{
    account::model::AccountBrief,
    i18n::{Key, use_i18n},
    team::view::use_session,
    ui::{Avatar, AvatarSize, Badge, Icon, IconView, Menu},
};
use leptos::prelude::*;

/// The account on top of the rail; opens the list of all.
#[component]
pub fn Switcher(account: Memo<Option<AccountBrief>>) -> impl IntoView {
    let i18n = use_i18n();
    let name = Signal::derive(move || {
        account.with(|a| a.as_ref().map_or_else(|| i18n.t(Key::AppNoAccount).to_owned(), |a| a.name.clone()))
    });
    let basic_id = move || account.with(|a| a.as_ref().map(|a| a.basic_id.clone()).unwrap_or_default());
    view! {
        <Menu
            button_class="account-button"
            button=move || {
                view! {
                    {move || account.get().map(|account| view! { <Face account/> })}
                    <span class="account-button__words">
                        <span class="account-button__name">{move || name.get()}</span>
                        <span class="account-button__id">{basic_id}</span>
                    </span>
                    <span class="visually-hidden">{i18n.t(Key::AppSwitchAccount)}</span>
                    <IconView icon=Icon::Down/>
                }
            }
        >
            <AccountEntries account/>
        </Menu>
    }
}

/// An account's picture.
#[component]
fn Face(account: AccountBrief, #[prop(optional)] size: AvatarSize) -> impl IntoView {
    view! { <Avatar name=account.name seed=account.id.0 picture=account.picture size/> }
}

/// The entries of a menu: every account, and connecting one more.
#[component]
pub fn AccountEntries(account: Memo<Option<AccountBrief>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let entries = move || {
        let open = account.with(|a| a.as_ref().map(|a| a.id));
        session
            .me
            .with(|me| me.accounts.clone())
            .into_iter()
            .map(|account| {
                let current = (open == Some(account.id)).then_some("true");
                view! {
                    <a class="menu__item" href=format!("/a/{}/chats", account.id) aria-current=current>
                        <Face account=account.clone() size=AvatarSize::Small/>
                        <span class="menu__words">{account.name}</span>
                        <Badge count=account.unread label=i18n.t(Key::AppUnread)/>
                    </a>
                }
            })
            .collect_view()
    };
    let may_connect = move || session.me.with(|me| me.role.manages());
    view! {
        <p class="menu__title">{i18n.t(Key::AppAccounts)}</p>
        {entries}
        {move || {
            may_connect()
                .then(|| {
                    view! {
                        <a class="menu__item" href="/connect">
                            <IconView icon=Icon::Plus/>
                            {i18n.t(Key::AppAddAccount)}
                        </a>
                    }
                })
        }}
        <hr class="menu__line"/>
    }
}
