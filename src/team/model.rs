//! Operators, their roles and sessions, as the screens see them.

use crate::{account::model::AccountBrief, i18n::Lang, id::OperatorId};
use serde::{Deserialize, Serialize};

/// What an operator may do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, and the only one who can make another owner.
    Owner,
    /// Accounts and team.
    Admin,
    /// Chats.
    Operator,
}

impl Role {
    /// Every role, the strongest first.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Admin, Self::Operator];

    /// The name that stands in forms and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Operator => "operator",
        }
    }

    /// May connect accounts and manage the team.
    pub fn manages(self) -> bool {
        self != Self::Operator
    }
}

/// The operator who is logged in, and the accounts they can open.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Me {
    pub id: OperatorId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub lang: Lang,
    pub accounts: Vec<AccountBrief>,
    pub single_keys: bool,
}

/// One line of the team list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OperatorRow {
    /// Their id.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// What they log in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// When they last did something, Unix ms; none before the first log-in.
    pub seen_at: Option<i64>,
    /// This is the operator who asks.
    pub me: bool,
}

/// One browser in which the operator is logged in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SessionRow {
    /// The browser that asks.
    pub current: bool,
    /// The browser's own description of itself.
    pub agent: String,
    /// When it logged in, Unix ms.
    pub created_at: i64,
    /// When it was last used, Unix ms.
    pub seen_at: i64,
    /// Names the session without being its token.
    pub id: String,
}

/// What a server function demands of whoever calls it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// See conversations.
    ReadChats,
    /// Answer, and change where a room stands.
    Reply,
    /// Connect accounts and see or change their settings.
    ManageAccounts,
    /// See, add, change and remove operators.
    ManageTeam,
    /// One's own name, password and sessions.
    OwnProfile,
    /// Write, sort and delete the saved messages that the whole team uses. One's own need [`Permission::Reply`].
    EditSaved,
}

impl Role {
    /// From the name in forms and in the database.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether this role includes a permission.
    pub fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::ReadChats | Permission::Reply | Permission::OwnProfile => true,
            Permission::ManageAccounts | Permission::ManageTeam => self.manages(),
            Permission::EditSaved => self.manages(),
        }
    }
}
