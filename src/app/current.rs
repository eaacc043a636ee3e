//! The account of the page: it stands in the address.

use super::not_found::NotFoundPage;
use crate::{account::model::AccountBrief, id::AccountId, team::view::use_session};
use leptos::prelude::*;
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::use_params_map,
};

/// The account that the address names; context of every page below `/a/:account`.
#[derive(Clone, Copy)]
pub struct CurrentAccount(pub Signal<AccountBrief>);

/// The account of this page. Only below `/a/:account`.
pub fn use_account() -> Signal<AccountBrief> {
    expect_context::<CurrentAccount>().0
}

/// Leads on to the chats of the first account, or to connecting one.
#[component]
pub fn Home() -> impl IntoView {
    let session = use_session();
    let params = use_params_map();
    let path = session.me.with_untracked(|me| {
        let wanted = params.with_untracked(|params| params.get("account"));
        let wanted = wanted.and_then(|id| id.parse::<AccountId>().ok());
        let account = me.accounts.iter().find(|a| Some(a.id) == wanted).or(me.accounts.first());
        match account {
            Some(account) => format!("/a/{}/chats", account.id),
            None if me.role.manages() => "/connect".to_owned(),
            None => "/settings/me".to_owned(),
        }
    });
    view! { <Redirect path/> }
}

/// Everything below an account's address: shown for an account of this operator only, and built
/// anew when the account changes.
#[component]
pub fn AccountFrame() -> impl IntoView {
    let session = use_session();
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(|params| params.get("account")?.parse::<AccountId>().ok()));
    let account = Memo::new(move |_| {
        let wanted = wanted.get()?;
        session.me.with(|me| me.accounts.iter().find(|account| account.id == wanted).cloned())
    });
    let id = Memo::new(move |_| account.with(|account| account.as_ref().map(|account| account.id)));
    move || match id.get().and_then(|_| account.get_untracked()) {
        Some(first) => {
            provide_context(CurrentAccount(Signal::derive(move || account.get().unwrap_or_else(|| first.clone()))));
            view! { <Outlet/> }.into_any()
        }
        None => view! { <NotFoundPage/> }.into_any(),
    }
}
