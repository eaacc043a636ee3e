//! Screens of the team: logging in, one's own settings, everybody's roles.

mod code;
mod crews;
mod invite;
mod join;
mod keys;
mod log_out;
mod login;
mod me;
mod members;
mod session;
mod sessions;
mod settings;
mod setup;
mod shift;
mod two_step;

pub use code::CodePage;
pub use join::JoinPage;
pub use keys::SingleKeys;
pub use log_out::LogOutEntry;
pub use login::LoginPage;
pub use me::MePage;
pub use members::TeamPage;
pub use session::{Session, use_session};
pub use settings::SettingsFrame;
pub use setup::SetupPage;
pub use shift::ShiftEntry;

use super::model::Role;
use crate::i18n::Key;

/// The name of a role.
pub fn role_name(role: Role) -> Key {
    match role {
        Role::Owner => Key::TeamRoleOwner,
        Role::Admin => Key::TeamRoleAdmin,
        Role::Operator => Key::TeamRoleOperator,
    }
}
