//! LINE Official Accounts and their settings.

use crate::i18n::key::part::Account as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::AccountTitle => "LINE account",
        Key::AccountConnectTitle => "Connect a LINE Official Account",
        Key::AccountConnectMore => "Ten minutes, three steps. You need to be an administrator of the account at LINE.",
        Key::AccountStep1 => "Switch the Messaging API on",
        Key::AccountStep1More => {
            "Open LINE Official Account Manager, choose the account, then Settings, then Messaging API, and enable it. LINE asks for a provider: that is your company; take the one you already have, for it can't be changed later."
        }
        Key::AccountOpenManager => "Open LINE Official Account Manager",
        Key::AccountStep2 => "Copy the channel id and the secret",
        Key::AccountStep2More => {
            "In the LINE Developers Console open the provider, then the channel. Both stand on the tab “Basic settings”."
        }
        Key::AccountOpenDevelopers => "Open LINE Developers Console",
        Key::AccountChannelId => "Channel ID",
        Key::AccountChannelIdHint => "Ten digits.",
        Key::AccountSecret => "Channel secret",
        Key::AccountSecretHint => "32 letters and digits. It is stored encrypted and never shown again.",
        Key::AccountToken => "Channel access token",
        Key::AccountTokenHint => {
            "Leave it empty: tokens are then fetched and renewed by themselves. Only for an old long-lived token that you want to go on using."
        }
        Key::AccountAdvanced => "For special cases",
        Key::AccountApiBase => "Address of LINE's API",
        Key::AccountApiBaseHint => "Leave it empty for LINE itself; enter the simulator's address to try things out.",
        Key::AccountStep3 => "Give LINE the webhook address",
        Key::AccountStep3More => {
            "After connecting, the next page sets the webhook address at LINE for you, or shows it for pasting, and checks that everything works."
        }
        Key::AccountConnect => "Connect",
        Key::AccountWebhook => "Webhook",
        Key::AccountWebhookMore => {
            "LINE sends messages to this address. It is set in the Developers Console on the tab “Messaging API”; there, “Use webhook” must be on."
        }
        Key::AccountWebhookUrl => "Webhook URL",
        Key::AccountSetWebhook => "Set it at LINE for me",
        Key::AccountWebhookSet => "LINE has the address now.",
        Key::AccountChecks => "Does everything work?",
        Key::AccountCheckAgain => "Check again",
        Key::AccountChecking => "Asking LINE…",
        Key::AccountStateOk => "works",
        Key::AccountStateWarn => "look at this",
        Key::AccountStateFail => "does not work",
        Key::AccountStateUnknown => "unknown",
        Key::AccountStateRunning => "checking",
        Key::AccountCheckToken => "Access",
        Key::AccountCheckTokenOk => "LINE accepts our token.",
        Key::AccountCheckTokenFix => {
            "LINE refuses the token. Copy the channel secret again (it changes when somebody presses “Issue”), and enter it under Credentials below."
        }
        Key::AccountCheckWebhookUrl => "Webhook address",
        Key::AccountCheckWebhookUrlOk => "LINE has our address.",
        Key::AccountCheckWebhookUrlFix => {
            "LINE has no address, or that of another system. Press “Set it at LINE for me” above. Another system that uses the account would stop receiving messages."
        }
        Key::AccountCheckWebhookActive => "Webhook switched on",
        Key::AccountCheckWebhookActiveOk => "LINE sends us its events.",
        Key::AccountCheckWebhookActiveFix => {
            "Switch “Use webhook” on: Developers Console, the channel, tab “Messaging API”."
        }
        Key::AccountCheckReachable => "LINE reaches us",
        Key::AccountCheckReachableOk => "LINE's test arrived here.",
        Key::AccountCheckReachableFix => {
            "LINE can't reach this address. It must be https with a certificate from a public authority, and reachable from the internet: look at your domain, your proxy and your firewall."
        }
        Key::AccountCheckSignature => "Signature",
        Key::AccountCheckSignatureOk => "LINE's signature fits the channel secret.",
        Key::AccountCheckSignatureFix => {
            "The last webhook did not fit the channel secret. Copy the secret again from “Basic settings” and enter it under Credentials below."
        }
        Key::AccountCheckChatMode => "Only one answers",
        Key::AccountCheckChatModeOk => "LINE's own chat is off, so friends are not answered twice.",
        Key::AccountCheckChatModeFix => {
            "LINE's own chat is on beside this console: messages answered there are not seen here, and LINE's auto-replies may answer too. In LINE Official Account Manager, under Settings, Response settings, switch off chat and auto-response messages."
        }
        Key::AccountCheckQuota => "Messages left",
        Key::AccountCheckQuotaOk => "There are messages left this month. Replies are always free.",
        Key::AccountCheckQuotaFix => {
            "This month's messages are nearly or entirely used. Replies to friends stay free; for more pushes choose a larger plan in LINE Official Account Manager."
        }
        Key::AccountCheckUnknown => "This could not be looked at, usually because an earlier check failed.",
        Key::AccountQuotaUsed => "{used} of {quota} messages used this month",
        Key::AccountQuotaFree => "{used} messages used this month, no limit",
        Key::AccountFacts => "About this account",
        Key::AccountBasicId => "Basic ID",
        Key::AccountBotId => "User ID of the account",
        Key::AccountTokenKind => "Access token",
        Key::AccountTokenStateless => "fetched and renewed by itself",
        Key::AccountTokenLong => "long-lived, entered by hand",
        Key::AccountCredentials => "Credentials",
        Key::AccountCredentialsMore => "Enter only what has changed; an empty field keeps what is stored.",
        Key::AccountDisconnect => "Disconnect this account",
        Key::AccountDisconnectMore => {
            "Chats, contacts and pictures of this account are deleted from this console for good. At LINE nothing is deleted, but older messages can't be fetched again."
        }
        Key::AccountConfirm => "Type {id} to confirm",
    }
}
