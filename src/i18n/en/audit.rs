//! The activity log.

use crate::i18n::key::part::Audit as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AuditTitle => "Activity log",
        Key::AuditMore => {
            "Who did what, the newest first. Lines are only ever added; engawa check notices when one was changed."
        }
        Key::AuditSearch => "Name, thing or address",
        Key::AuditAction => "What was done",
        Key::AuditAny => "Everything",
        Key::AuditFind => "Search",
        Key::AuditOlder => "Older lines",
        Key::AuditNothing => "No such line",
        Key::AuditNobody => "Not logged in",
        Key::AuditLoggedIn => "Logged in",
        Key::AuditLogInFailed => "Log-in failed",
        Key::AuditLoggedOutEverywhere => "Logged out everywhere",
        Key::AuditPasswordChanged => "Password changed",
        Key::AuditPasswordLinkMade => "Link to a new password made",
        Key::AuditPasswordSetByLink => "Password set by a link",
        Key::AuditTwoStepOn => "Two-step login turned on",
        Key::AuditTwoStepOff => "Two-step login turned off",
        Key::AuditTwoStepReset => "A colleague's two-step login turned off",
        Key::AuditRecoveryCodesMade => "New recovery codes made",
        Key::AuditRecoveryCodeUsed => "Logged in with a recovery code",
        Key::AuditInvited => "Link to join made",
        Key::AuditInvitationRevoked => "Link to join taken back",
        Key::AuditJoined => "Joined the team",
        Key::AuditOperatorAdded => "Colleague added",
        Key::AuditRoleChanged => "Role changed",
        Key::AuditOperatorRemoved => "Colleague removed",
        Key::AuditAccountConnected => "LINE account connected",
        Key::AuditAccountChanged => "Credentials of the LINE account changed",
        Key::AuditAccountDisconnected => "LINE account disconnected",
        Key::AuditChatDeleted => "Chat deleted",
        Key::AuditChatRestored => "Deleted chat brought back",
        Key::AuditChatPurged => "Deleted chat removed for good",
        Key::AuditGroupLeft => "Left a LINE group",
        Key::AuditHistoryDownloaded => "History downloaded",
    }
}
