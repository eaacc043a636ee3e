//! Logging in, colleagues, invitations.

use crate::i18n::key::part::Team as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::TeamLogIn => "Log in",
        Key::TeamLogOut => "Log out",
        Key::TeamLogOutHere => "Log out in this browser",
        Key::TeamLogOutEverywhere => "Log out everywhere",
        Key::TeamEmail => "E-mail",
        Key::TeamPassword => "Password",
        Key::TeamPasswordHint => {
            "At least 12 characters. A few words that only you would put together are easy to remember."
        }
        Key::TeamForgot => "Forgotten your password? Somebody who manages the team can give you a new one.",
        Key::TeamSetUp => "Create the owner",
        Key::TeamSetUpMore => {
            "You are the first one here. The owner can do everything: connect LINE accounts, and invite the others."
        }
        Key::TeamSetUpNoToken => {
            "This page needs the one-time link that the server printed when it started for the first time. Look at its console, and open that link."
        }
        Key::TeamName => "Your name",
        Key::TeamNameHint => "Shown to the team, never to friends.",
        Key::TeamMe => "You",
        Key::TeamMeTitle => "Your settings",
        Key::TeamProfile => "Name and language",
        Key::TeamChangePassword => "Change the password",
        Key::TeamCurrentPassword => "Present password",
        Key::TeamNewPassword => "New password",
        Key::TeamPasswordChanged => "The password is changed. Your other sessions have ended.",
        Key::TeamSessions => "Where you are logged in",
        Key::TeamThisBrowser => "this browser",
        Key::TeamSeen => "Last used",
        Key::TeamTitle => "Team",
        Key::TeamMore => "Everybody who works in this console, and what they may do.",
        Key::TeamRole => "Role",
        Key::TeamRoleOwner => "Owner",
        Key::TeamRoleAdmin => "Admin",
        Key::TeamRoleOperator => "Operator",
        Key::TeamRoleHint => "Operators chat. Admins also connect accounts and manage the team. Owners do everything.",
        Key::TeamAdd => "Add somebody",
        Key::TeamMemberName => "Name",
        Key::TeamFirstPassword => "First password",
        Key::TeamFirstPasswordHint => {
            "At least 12 characters. Tell it to them yourself; they can change it in their own settings."
        }
        Key::TeamAdded => "Added. They can log in now.",
        Key::TeamNeverSeen => "Has not logged in yet",
        Key::TeamChangeRole => "Change",
        Key::TeamRemove => "Remove",
        Key::TeamRemoveTitle => "Remove this person from the team?",
        Key::TeamRemoveMore => "{name} is logged out at once and can't log in again. What they wrote to friends stays.",
        Key::TeamYou => "you",
        Key::TeamOnlyManagers => "Only owners and admins see this page.",
        Key::TeamShift => "Shift",
        Key::TeamShiftMore => "New chats are given in turn to those who are on shift, where an account wants it so.",
        Key::TeamOnShift => "On shift",
        Key::TeamOffShift => "Off shift",
        Key::TeamStartShift => "Start my shift",
        Key::TeamEndShift => "End my shift",
        Key::TeamAway => "End my shift by itself",
        Key::TeamAwayNever => "Never",
        Key::TeamAwayMinutes => "After {count} minutes away",
        Key::TeamCrews => "Teams",
        Key::TeamCrewsMore => "A chat can be given to a team; anybody in it can take it.",
        Key::TeamCrewName => "Name of the team",
        Key::TeamCrewMembers => "Members",
        Key::TeamCrewAdd => "Add a team",
        Key::TeamCrewNone => "No teams yet",
        Key::TeamCrewEdit => "Change the team",
        Key::TeamCrewEmpty => "Nobody yet",
        Key::TeamCrewRemoveTitle => "Dissolve the team",
        Key::TeamCrewRemoveMore => "Chats of {name} then belong to no team. What its members have stays with them.",
        Key::TeamCodeTitle => "Enter your code",
        Key::TeamCodeMore => {
            "Open the authenticator app on your phone and enter the six digits it shows for Engawa. Phone lost? Enter one of your recovery codes."
        }
        Key::TeamCode => "Code",
        Key::TeamTwoStep => "Two-step login",
        Key::TeamTwoStepMore => {
            "After your password, Engawa asks for a code from an app on your phone. A stolen password alone is then worth nothing."
        }
        Key::TeamTwoStepIsOn => "Two-step login is on. Recovery codes left: {count}.",
        Key::TeamTwoStepBegin => "Set up",
        Key::TeamTwoStepOff => "Turn off two-step login",
        Key::TeamTwoStepScan => "Scan this picture with an authenticator app, then enter the six digits it shows.",
        Key::TeamTwoStepPicture => "QR code for the authenticator app",
        Key::TeamTwoStepSecret => "No camera? Type this key into the app",
        Key::TeamTwoStepConfirm => "Turn on",
        Key::TeamRecoveryCodes => "Recovery codes",
        Key::TeamRecoveryCodesMore => {
            "Keep these codes in a safe place that is not your phone. Each lets you in once. They will not be shown again."
        }
        Key::TeamRecoveryCodesNew => "Make new recovery codes",
        Key::TeamRecoveryCodesNewMore => "The old ones stop working.",
        Key::TeamTwoStepReset => "Turn off two-step login",
        Key::TeamTwoStepResetMore => {
            "For the day when {name} has lost phone and recovery codes. {name} is logged out everywhere and gets in with the password alone."
        }
        Key::TeamInviteTitle => "Invite a colleague",
        Key::TeamInviteMore => "Makes a link that works once, within seven days. Send it to the person yourself.",
        Key::TeamInviteNote => "For whom",
        Key::TeamInviteNoteHint => "So that you know the link again in the list. May stay empty.",
        Key::TeamInviteMake => "Make the link",
        Key::TeamInviteLink => "Link to join",
        Key::TeamInvitations => "Links not used yet",
        Key::TeamInvitedBy => "Invited by {name}",
        Key::TeamInviteUntil => "Good until",
        Key::TeamRevoke => "Take back",
        Key::TeamJoinTitle => "Join the team",
        Key::TeamJoinMore => "{name} invites you to work here. Your role: {role}.",
        Key::TeamJoin => "Join",
        Key::TeamLinkGone => "This link is no longer good: it was used, taken back, or is too old. Ask for a new one.",
        Key::TeamPasswordLink => "Link to a new password",
        Key::TeamPasswordLinkMore => {
            "With it {name} sets a new password: once, within a day. All sessions of {name} end then."
        }
        Key::TeamNewPasswordTitle => "Set a new password",
        Key::TeamAddDirectly => "Add without a link",
    }
}
