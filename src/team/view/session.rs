//! The operator who is logged in, for every page inside the frame.

use crate::{
    account::model::AccountBrief,
    browser,
    error::AppError,
    id::AccountId,
    team::{api, model::Me},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{hooks::use_location, location::Url};

/// The present session; a context inside the frame.
#[derive(Clone, Copy)]
pub struct Session {
    /// The operator, with their accounts.
    pub me: RwSignal<Me>,
    /// The account that is open: that of the address, else the one that was open last.
    pub shown: Memo<Option<AccountBrief>>,
}

impl Session {
    /// Hands the session out as context.
    pub fn provide(me: Me) {
        let me = RwSignal::new(me);
        let path = use_location().pathname;
        let shown = Memo::new(move |last: Option<&Option<AccountBrief>>| {
            let last = last.and_then(Option::as_ref).map(|account| account.id);
            let wanted = path.with(|path| account_in(path)).or(last);
            me.with(|me| me.accounts.iter().find(|a| Some(a.id) == wanted).or(me.accounts.first()).cloned())
        });
        provide_context(Self { me, shown });
    }

    /// Asks the server again: after an account was connected, a name changed, a message read.
    pub fn refresh(self) {
        spawn_local(async move {
            match api::me().await {
                Ok(me) => {
                    let _ = self.me.try_set(me);
                }
                Err(error) => self.heed(&error),
            }
        });
    }

    /// Chats with unread messages in an account, as its inbox knows them.
    pub fn set_unread(self, account: AccountId, unread: i64) {
        let known = self.me.with_untracked(|me| me.accounts.iter().any(|a| a.id == account && a.unread != unread));
        if known {
            self.me.update(|me| me.accounts.iter_mut().filter(|a| a.id == account).for_each(|a| a.unread = unread));
        }
    }

    /// Whether this operator is on shift, as an inbox knows it: a shift may end by itself.
    pub fn set_on_shift(self, on: bool) {
        if self.me.with_untracked(|me| me.on_shift != on) {
            self.me.update(|me| me.on_shift = on);
        }
    }

    /// Notes of an account that name the operator and were not read.
    pub fn set_mentions(self, account: AccountId, mentions: i64) {
        let news = self.me.with_untracked(|me| me.accounts.iter().any(|a| a.id == account && a.mentions != mentions));
        if news {
            self.me.update(|me| me.accounts.iter_mut().filter(|a| a.id == account).for_each(|a| a.mentions = mentions));
        }
    }

    /// The same, as it is known now.
    pub fn mentions(self, account: AccountId) -> i64 {
        self.me.with(|me| me.accounts.iter().find(|a| a.id == account).map_or(0, |a| a.mentions))
    }

    /// Sends to the log-in page, and back here afterwards, when this error says that the session has
    /// ended. For errors of calls that are not made by a form.
    pub fn heed(self, error: &AppError) {
        if *error == AppError::Unauthenticated
            && let Some(location) = browser::window().map(|window| window.location())
        {
            let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
            let _ = location.set_href(&format!("/login?next={}", Url::escape(&here)));
        }
    }

    /// May connect accounts and manage the team.
    pub fn manages(self) -> bool {
        self.me.with(|me| me.role.manages())
    }

    /// Address of the open account's chats; empty when there is no account.
    pub fn chats(self) -> String {
        self.shown.with(|shown| shown.as_ref().map(|a| format!("/a/{}/chats", a.id)).unwrap_or_default())
    }

    /// Address of the notes that name the operator, in the open account; empty when there is none.
    pub fn mentions_page(self) -> String {
        self.shown.with(|shown| shown.as_ref().map(|a| format!("/a/{}/mentions", a.id)).unwrap_or_default())
    }

    /// Address of the open account's saved messages; empty when there is no account.
    pub fn messages(self) -> String {
        self.shown.with(|shown| shown.as_ref().map(|a| format!("/a/{}/messages", a.id)).unwrap_or_default())
    }

    /// Address of the settings that this operator can use.
    pub fn settings(self) -> String {
        match self.shown.get() {
            Some(account) if self.manages() => format!("/a/{}/settings", account.id),
            _ => "/settings/me".to_owned(),
        }
    }
}

/// The present session. Only inside the frame.
pub fn use_session() -> Session {
    expect_context()
}

/// The account in a path: `/a/123/chats` is of account 123.
fn account_in(path: &str) -> Option<AccountId> {
    path.strip_prefix("/a/")?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_account_of_a_path() {
        assert_eq!(account_in("/a/12/chats/3"), Some(AccountId(12)));
        assert_eq!(account_in("/a/12"), Some(AccountId(12)));
        assert_eq!(account_in("/a/x"), None);
        assert_eq!(account_in("/settings/me"), None);
    }
}
