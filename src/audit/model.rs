//! Lines of the log, and how they are looked for.

use crate::id::{AccountId, OperatorId};
use serde::{Deserialize, Serialize};

/// Lines on one page.
pub const PAGE: usize = 50;

macro_rules! actions {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// What was done.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum Action { $($name),* }

        impl Action {
            /// Every action, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As the database has it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

actions! {
    LoggedIn = "logged_in",
    LogInFailed = "log_in_failed",
    LoggedOutEverywhere = "logged_out_everywhere",
    PasswordChanged = "password_changed",
    PasswordLinkMade = "password_link_made",
    PasswordSetByLink = "password_set_by_link",
    TwoStepOn = "two_step_on",
    TwoStepOff = "two_step_off",
    TwoStepReset = "two_step_reset",
    RecoveryCodesMade = "recovery_codes_made",
    RecoveryCodeUsed = "recovery_code_used",
    Invited = "invited",
    InvitationRevoked = "invitation_revoked",
    Joined = "joined",
    OperatorAdded = "operator_added",
    RoleChanged = "role_changed",
    OperatorRemoved = "operator_removed",
    AccountConnected = "account_connected",
    AccountChanged = "account_changed",
    AccountDisconnected = "account_disconnected",
    ChatDeleted = "chat_deleted",
    ChatRestored = "chat_restored",
    ChatPurged = "chat_purged",
    GroupLeft = "group_left",
    HistoryDownloaded = "history_downloaded",
}

impl Action {
    /// From what the database has.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}

/// One line of the log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub seq: i64,
    /// When, Unix ms.
    pub at: i64,
    /// Who; none when nobody was logged in, and what they were called then.
    pub operator: (Option<OperatorId>, String),
    /// Where, if it concerned an account.
    pub account: Option<AccountId>,
    /// [`Action::name`]; shown as it is when this program does not know it.
    pub action: String,
    /// To whom or what: a colleague, a role, an account's name, an id.
    pub subject: String,
    /// From which address.
    pub address: String,
}

/// What to look for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Search {
    /// Part of a name or of a subject; anything when empty.
    pub text: String,
    /// [`Action::name`]; anything when empty.
    pub action: String,
    /// Lines before this number.
    pub before: Option<i64>,
}

/// Lines, the newest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Page {
    /// At most [`PAGE`].
    pub entries: Vec<Entry>,
    /// There are older ones.
    pub more: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_its_own_name() {
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(*action));
        }
        assert_eq!(Action::from_name("flew"), None);
    }
}
