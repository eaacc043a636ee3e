//! Operators, their roles and sessions, as the screens see them.

use crate::{
    account::model::AccountBrief,
    i18n::Lang,
    id::{CrewId, OperatorId},
    time::{DAY, MINUTE},
};
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
    pub on_shift: bool,
    pub shift_away: i64,
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
    /// They log in with a code too.
    pub two_step: bool,
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

/// How long there is time for the code after the password, in milliseconds.
pub const HALF_LOGIN: i64 = 10 * MINUTE;
/// Recovery codes that are made at once.
pub const RECOVERY_CODES: usize = 10;
/// How long a link to join is good, in milliseconds.
pub const INVITATION_LIFE: i64 = 7 * DAY;
/// How long a link to a new password is good, in milliseconds.
pub const PASSWORD_LINK_LIFE: i64 = DAY;

/// The second step of one's own log-in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TwoStep {
    /// A code is asked for after the password.
    pub on: bool,
    /// Recovery codes that are left, of [`RECOVERY_CODES`].
    pub codes: i64,
}

/// What an authenticator app needs to know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Enrolment {
    /// A picture of the address that holds the secret (SVG).
    pub qr: String,
    /// The secret, to type where no camera is (base32).
    pub secret: String,
}

/// A link to join that nobody has used yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InvitationRow {
    /// Names it without being its token.
    pub id: String,
    /// What whoever joins will be.
    pub role: Role,
    /// For whom it was made.
    pub note: String,
    /// Who made it.
    pub by: String,
    /// Until when it is good, Unix ms.
    pub until: i64,
}

/// What a link is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Invited {
    /// To join.
    Join {
        /// What whoever joins will be.
        role: Role,
        /// Who invites.
        by: String,
    },
    /// To set a new password.
    Password {
        /// Whose: what they log in with.
        email: String,
    },
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
    /// Take the history of one chat away as a file.
    DownloadChat,
    /// Take the history of all chats away as a file.
    DownloadAll,
    /// What can't be undone: leave a group, remove a deleted chat for good.
    EndChats,
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
            Permission::ReadChats | Permission::Reply | Permission::OwnProfile | Permission::DownloadChat => true,
            Permission::ManageAccounts
            | Permission::ManageTeam
            | Permission::DownloadAll
            | Permission::EndChats
            | Permission::EditSaved => self.manages(),
        }
    }
}

/// After how many minutes without a request a shift may end by itself; 0 is never.
pub const SHIFT_AWAY: [i64; 5] = [0, 15, 30, 60, 120];
/// Longest name of a crew, in characters.
pub const CREW_NAME: usize = 40;

/// A colleague whom rooms can be given to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Colleague {
    /// Who.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// Works now.
    pub on_shift: bool,
}

/// A team of people whom rooms can be given to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Crew {
    /// Which.
    pub id: CrewId,
    /// Its name.
    pub name: String,
    /// Who belongs to it.
    pub members: Vec<OperatorId>,
}

/// Everybody, and every crew, by name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Roster {
    /// The account's sequence number at its last change.
    pub seq: i64,
    /// Colleagues.
    pub people: Vec<Colleague>,
    /// Crews.
    pub crews: Vec<Crew>,
}

impl Roster {
    /// A colleague by id.
    pub fn person(&self, id: OperatorId) -> Option<&Colleague> {
        self.people.iter().find(|person| person.id == id)
    }

    /// A crew by id.
    pub fn crew(&self, id: CrewId) -> Option<&Crew> {
        self.crews.iter().find(|crew| crew.id == id)
    }

    /// Whether somebody belongs to a crew.
    pub fn belongs(&self, crew: CrewId, person: OperatorId) -> bool {
        self.crew(crew).is_some_and(|crew| crew.members.contains(&person))
    }
}
