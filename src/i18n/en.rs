//! English.

use super::Key;

/// The text of `key`.
pub fn text(key: Key) -> &'static str {
    match key {
        // --- errors
        Key::ErrorUnauthenticated => "Your session has ended. Log in to go on.",
        Key::ErrorForbidden => "Your role does not allow this.",
        Key::ErrorNotFound => "This is not here, or no longer here.",
        Key::ErrorTooMany => "Too many attempts. Try again in {seconds} seconds.",
        Key::ErrorConflict => "Somebody else changed this a moment ago. Look again, then decide.",
        Key::ErrorUnavailable => "The server can't save just now. Nothing was changed; try again in a moment.",
        Key::ErrorUnreachable => "The server can't be reached. It will be tried again.",
        Key::ErrorInternal => {
            "Something went wrong on the server. If it goes on, tell the person who runs it this number: {id}"
        }
        Key::ErrorEmpty => "Please fill this in.",
        Key::ErrorTooLong => "Too long: at most {limit} characters.",
        Key::ErrorTooShort => "Too short: at least {limit} characters.",
        Key::ErrorInvalid => "This is not in the right form.",
        Key::ErrorTaken => "This is already in use.",
        Key::ErrorWrongLogin => "E-mail or password is wrong.",
        Key::ErrorRefused => "LINE refused this: {message}",
        Key::ErrorLineUnreachable => "LINE can't be reached. Check the server's connection and try again.",
        // --- ui and app
        Key::AppName => "Engawa",
        Key::AppTagline => "Your veranda on LINE",
        Key::UiClose => "Close",
        Key::UiCancel => "Cancel",
        Key::UiSave => "Save",
        Key::UiSaved => "Saved",
        Key::UiCopy => "Copy",
        Key::UiCopied => "Copied",
        Key::UiLoading => "Loading",
        Key::UiRetry => "Try again",
        Key::UiBack => "Back",
        Key::UiMore => "More",
        Key::UiOptional => "optional",
        Key::UiTheme => "Colours",
        Key::UiThemeSystem => "As the system",
        Key::UiThemeLight => "Light",
        Key::UiThemeDark => "Dark",
        Key::UiLanguage => "Language",
        Key::UiSkip => "Skip to the content",
        Key::AppChats => "Chats",
        Key::AppSettings => "Settings",
        Key::AppNavigation => "Main",
        Key::AppUnread => "unread",
        Key::AppAccounts => "Accounts",
        Key::AppSwitchAccount => "Switch account",
        Key::AppAddAccount => "Connect an account",
        Key::AppNoAccount => "No account yet",
        Key::AppShrinkRail => "Narrow the menu",
        Key::AppWidenRail => "Widen the menu",
        Key::AppLost => "The connection is lost. It comes back by itself; nothing you write is lost.",
        Key::AppNotFound => "There is no such page",
        Key::AppNotFoundMore => "The address may be mistyped, or what it showed has been removed.",
        Key::AppHome => "Go to the first page",
        Key::AppWrong => "This page can't be shown just now",
        // --- team
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
        Key::TeamChangeRole => "Change role",
        Key::TeamRemove => "Remove",
        Key::TeamRemoveTitle => "Remove this person from the team?",
        Key::TeamRemoveMore => "{name} is logged out at once and can't log in again. What they wrote to friends stays.",
        Key::TeamYou => "you",
        Key::TeamOnlyManagers => "Only owners and admins see this page.",
        // --- account
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
        // --- chat
        Key::ChatTitle => "Chats",
        Key::ChatLost => "Connection lost. Reconnecting…",
        Key::ChatNothingOpen => "Choose a chat",
        Key::ChatNothingOpenHint => "Its messages appear here. J and K go from chat to chat, ? lists all keys.",
        Key::ChatViews => "Views",
        Key::ChatFilterAll => "All",
        Key::ChatFilterInbox => "Inbox",
        Key::ChatFilterUnread => "Unread",
        Key::ChatFilterFollowUp => "Follow-up",
        Key::ChatFilterResolved => "Resolved",
        Key::ChatFilterSpam => "Spam",
        Key::ChatEmptyAll => "No chats yet",
        Key::ChatEmptyAllHint => "When a friend writes to this account, the chat appears here at once.",
        Key::ChatEmptyInbox => "Nothing to do",
        Key::ChatEmptyInboxHint => "Chats that are not resolved stand here. New messages appear by themselves.",
        Key::ChatEmptyUnread => "Everything is read",
        Key::ChatEmptyUnreadHint => "Chats with messages that nobody has looked at yet stand here.",
        Key::ChatEmptyFollowUp => "Nothing to come back to",
        Key::ChatEmptyFollowUpHint => "Press the flag in a chat to find it here again.",
        Key::ChatEmptyResolved => "Nothing resolved yet",
        Key::ChatEmptyResolvedHint => "Chats that are done stand here. A new message opens them again.",
        Key::ChatEmptySpam => "No spam",
        Key::ChatEmptySpamHint => "Chats marked as spam stand here and nowhere else.",
        Key::ChatMoreRooms => "Show more chats",
        Key::ChatUnknownName => "Unknown",
        Key::ChatUnknownGroup => "Group",
        Key::ChatYou => "You: {text}",
        Key::ChatKindImage => "Photo",
        Key::ChatKindVideo => "Video",
        Key::ChatKindAudio => "Voice message",
        Key::ChatKindFile => "File",
        Key::ChatKindLocation => "Location",
        Key::ChatKindSticker => "Sticker",
        Key::ChatKindUnknown => "A kind of message that this version does not know",
        Key::ChatUnsent => "Took back a message",
        Key::ChatNoticeFollowed => "Became a friend",
        Key::ChatNoticeUnblocked => "Came back after blocking",
        Key::ChatNoticeBlocked => "Blocked this account",
        Key::ChatNoticeJoined => "This account joined the group",
        Key::ChatNoticeLeft => "This account left the group",
        Key::ChatNoticeMembersJoined => "{names} joined",
        Key::ChatNoticeMembersLeft => "{names} left",
        Key::ChatNoticePostback => "Tapped “{data}”",
        Key::ChatNoticeOther => "Event: {name}",
        Key::ChatGone => "Left or blocked this account",
        Key::ChatGroupGone => "This account is no longer in the group",
        Key::ChatInGroup => "This account is in the group",
        Key::ChatFriend => "Friend",
        Key::ChatNotFriend => "Not known to be a friend",
        Key::ChatMembers => "{count} members",
        Key::ChatBack => "Back to the list",
        Key::ChatDetails => "Details",
        Key::ChatResolve => "Resolve",
        Key::ChatResolveTip => "Resolve or reopen (E)",
        Key::ChatReopen => "Reopen",
        Key::ChatFollowUpTip => "Follow up (F)",
        Key::ChatSpam => "Mark as spam",
        Key::ChatNotSpam => "Not spam",
        Key::ChatLog => "Messages",
        Key::ChatNewMessages => "New messages",
        Key::ChatAutomatic => "Automatic",
        Key::ChatEdited => "edited",
        Key::ChatQuoteElsewhere => "Quotes an earlier message",
        Key::ChatMediaPending => "being fetched from LINE…",
        Key::ChatMediaGone => "LINE no longer has it",
        Key::ChatMediaFailed => "could not be fetched",
        Key::ChatDownload => "Download",
        Key::ChatOpenMap => "Open the map",
        Key::ChatSending => "Sending…",
        Key::ChatWaiting => "Waiting, will try again",
        Key::ChatViaReply => "reply",
        Key::ChatViaPush => "push",
        Key::ChatFateUnknown => "LINE did not answer. This message may or may not have arrived.",
        Key::ChatSendAgain => "Send again",
        Key::ChatSendAgainSure => "Send again although it may arrive twice",
        Key::ChatDiscard => "Discard",
        Key::ChatFailedQuota => "Not sent: this month's messages are used up.",
        Key::ChatFailedToken => {
            "Not sent: LINE no longer accepts this account's access token. Check the account's settings."
        }
        Key::ChatFailedUnreachable => "Not sent: LINE could not be reached for a long time.",
        Key::ChatFailedRefused => "Not sent. LINE says: {message}",
        Key::ChatWrite => "Write a message",
        Key::ChatSend => "Send",
        Key::ChatSendFree => "Send · free",
        Key::ChatSendUses => "Send · uses {count} of {left}",
        Key::ChatSendTip => "Enter sends, Shift + Enter starts a new line",
        Key::ChatToken => "reply token",
        Key::ChatTokenTip => "While this runs, an answer is free",
        Key::ChatCounter => "{count} of {limit}",
        Key::ChatCantGone => "This friend has blocked the account, so nothing can be sent.",
        Key::ChatCantGroupGone => "This account has left the group, so nothing can be sent.",
        Key::ChatCantQuota => {
            "This month's messages are used up. An answer is free within a minute of the friend's message."
        }
        Key::ChatFactFriendship => "Friendship",
        Key::ChatFactLanguage => "Language",
        Key::ChatFactFirstSeen => "First seen",
        Key::ChatFactMembers => "Members we have met",
        Key::ChatKeys => "Keys",
        Key::ChatKeyNext => "Next chat",
        Key::ChatKeyPrevious => "Previous chat",
        Key::ChatKeyWrite => "Write",
        Key::ChatKeyResolve => "Resolve or reopen",
        Key::ChatKeyFollowUp => "Follow up",
        Key::ChatKeyBack => "Back to the list",
        Key::ChatKeySend => "Send",
        Key::ChatKeyLine => "New line",
        Key::ChatKeyHelp => "This list",
        // --- simulator
        Key::SimTitle => "LINE simulator",
        Key::SimNav => "Simulator",
        Key::SimPhones => "Phones",
        Key::SimSettings => "Settings",
        Key::SimLog => "Log",
        Key::SimWho => "Who are you?",
        Key::SimWhoMore => "Choose a virtual friend or make a new one. They exist in this simulator only.",
        Key::SimNewFriend => "New friend",
        Key::SimName => "Name",
        Key::SimCreate => "Create",
        Key::SimChats => "Chats",
        Key::SimNoChats => "No chats yet. Add an account to start one.",
        Key::SimAccounts => "Accounts",
        Key::SimAdd => "Add as a friend",
        Key::SimNoChannels => "There is no account yet. Create a channel under “Settings”.",
        Key::SimOpen => "Open chat",
        Key::SimSwitch => "Change friend",
        Key::SimMessage => "Message",
        Key::SimSend => "Send",
        Key::SimStickers => "Stickers",
        Key::SimPicture => "Picture or file",
        Key::SimUploadFailed => "This could not be sent.",
        Key::SimUnsend => "Unsend",
        Key::SimBlock => "Block",
        Key::SimUnblock => "Unblock",
        Key::SimBlockedNow => "You have blocked this account.",
        Key::SimUnsent => "A message was unsent.",
        Key::SimAdded => "Added as a friend",
        Key::SimUnblocked => "Unblocked",
        Key::SimBlocked => "Blocked",
        Key::SimCame => "{names} joined",
        Key::SimLeft => "{names} left",
        Key::SimTapped => "Tapped: {text}",
        Key::SimRead => "Read",
        Key::SimBusy => "An answer is on its way…",
        Key::SimSticker => "Sticker",
        Key::SimPhoto => "Photo",
        Key::SimVideo => "Video",
        Key::SimSound => "Sound",
        Key::SimPlace => "Location",
        Key::SimNewGroup => "New group",
        Key::SimGroupName => "Group name",
        Key::SimWithMembers => "With",
        Key::SimWithAccount => "With the account",
        Key::SimNobody => "None",
        Key::SimMembers => "Members: {names}",
        Key::SimInvite => "Invite {name}",
        Key::SimRemove => "Remove {name}",
        Key::SimLeave => "Leave the group",
        Key::SimChannels => "Channels",
        Key::SimChannelsMore => {
            "Paste these into the console to connect an account. LINE’s base URL is this simulator’s address."
        }
        Key::SimNewChannel => "New channel",
        Key::SimAccountName => "Account name",
        Key::SimChannelId => "Channel ID",
        Key::SimSecret => "Channel secret",
        Key::SimToken => "Channel access token",
        Key::SimBaseUrl => "API base URL",
        Key::SimEndpoint => "Webhook URL",
        Key::SimNoEndpoint => "Not set yet",
        Key::SimUseWebhook => "Use webhook",
        Key::SimRedelivery => "Deliver failed webhooks again",
        Key::SimQuota => "Used this month: {used} of {quota}",
        Key::SimNoQuota => "Used this month: {used}, without a limit",
        Key::SimMonthly => "Monthly limit (empty: none)",
        Key::SimFaults => "Faults",
        Key::SimFaultsMore => "Make the platform misbehave, to see what your bot does then.",
        Key::SimFaultKind => "What goes wrong",
        Key::SimFaultPath => "Only where the path contains",
        Key::SimFaultTimes => "How many times (empty: until switched off)",
        Key::SimFaultMillis => "Milliseconds",
        Key::SimSwitchOn => "Switch on",
        Key::SimSwitchOff => "Switch off",
        Key::SimNoFaults => "Everything works as it should.",
        Key::SimTimesLeft => "{count} more",
        Key::SimFaultLatency => "Slow answers",
        Key::SimFaultRateLimit => "429, rate limit",
        Key::SimFaultMonthlyLimit => "429, monthly limit",
        Key::SimFaultServerError => "500",
        Key::SimFaultCutBefore => "Connection cut before the work",
        Key::SimFaultCutAfter => "Connection cut after the work",
        Key::SimFaultDuplicateWebhook => "Webhook delivered twice",
        Key::SimFaultLateWebhook => "Webhook delivered late",
        Key::SimFaultReorderWebhook => "Webhooks out of order",
        Key::SimFaultContentPreparing => "Content not ready (202)",
        Key::SimFaultContentGone => "Content gone (410)",
        Key::SimLogMore => "The last 1,000 requests, the newest first: calls that came in and webhooks that went out.",
        Key::SimLogEmpty => "Nothing has happened yet.",
        Key::SimWebhook => "Webhook",
        Key::SimCall => "Call",
        Key::SimNotFound => "There is no such friend or chat here.",
        Key::SimMenuArea => "Area {number}",
        Key::SimMenuDate => "Choose a date",
        Key::SimMenuTime => "Choose a time",
        Key::SimMenuDatetime => "Choose a date and time",
        Key::SimDocs => "Documentation",
        Key::SimDocsContents => "On this page",
        Key::SimLogFilter => "What to show",
        Key::SimLogChannel => "Channel",
        Key::SimLogAll => "All",
        Key::SimLogDirection => "Direction",
        Key::SimLogCalls => "Calls that came in",
        Key::SimLogHooks => "Webhooks that went out",
        Key::SimLogStatus => "Answer",
        Key::SimLogBad => "Everything that failed",
        Key::SimLogNone => "No answer",
        Key::SimLogPath => "Path or address contains",
        Key::SimLogText => "Search in bodies and headers",
        Key::SimLogShow => "Search",
        Key::SimLogReset => "Show everything",
        Key::SimLogNothing => "Nothing in the log fits.",
        Key::SimLogOlder => "Older",
        Key::SimLogNewer => "Newer",
        Key::SimLogNewest => "Newest",
        Key::SimLogClear => "Empty the log",
        Key::SimLogBack => "Back to the log",
        Key::SimLogRequest => "Request",
        Key::SimLogAnswer => "Answer",
        Key::SimLogHeaders => "Headers",
        Key::SimLogNoBody => "No body.",
        Key::SimLogNotText => "{size} bytes that are no text.",
        Key::SimLogCut => "Only the first {kept} of {size} bytes are kept.",
        Key::SimLogRequestId => "Request ID",
        Key::SimLogNote => "What happened",
        Key::SimLogCurl => "As a command",
        Key::SimLogTokenMore => "Tokens are never shown whole. Put one into CHANNEL_ACCESS_TOKEN before you run this.",
        Key::SimLogCopyBody => "Copy the body",
        Key::SimLogAgain => "Send again",
        Key::SimLogAgainMore => "The same bytes with the same signature, to where this channel's webhooks go now.",
        Key::SimLogRedeliver => "Send as a redelivery",
        Key::SimLogRedeliverMore => {
            "As LINE sends what failed: isRedelivery is true, event IDs and timestamps stay, and reply tokens have their minute again."
        }
        Key::SimLogCallMore => {
            "A call can't be sent again from here, because its answer would reach nobody. Copy it as a command."
        }
        Key::SimLogGone => "This entry is no longer kept.",
        Key::SimFaultsOn => "Switched on",
        Key::SimFaultsNew => "Switch on a fault",
        Key::SimFaultsSpent => "Ended by themselves",
        Key::SimFaultChannel => "Only for this channel",
        Key::SimFaultPercent => "How often, in per cent",
        Key::SimFaultSeconds => "Ends by itself after so many seconds (empty: does not)",
        Key::SimFaultStruck => "Struck so far: {count}",
        Key::SimFaultChance => "{percent} % of the time",
        Key::SimFaultWhere => "where the path contains {path}",
        Key::SimFaultFor => "for {seconds} seconds",
        Key::SimSwitchAllOff => "Switch all off",
        Key::SimFaultGroupAnswers => "Answers",
        Key::SimFaultGroupConnection => "Connection",
        Key::SimFaultGroupContent => "Content",
        Key::SimFaultGroupWebhooks => "Webhooks",
        Key::SimFaultSlowBody => "Slow body",
        Key::SimFaultExpiredToken => "401, token expired",
        Key::SimFaultBadGateway => "502 with HTML",
        Key::SimFaultTruncatedBody => "Body cut in the middle",
        Key::SimFaultWrongType => "Wrong content type",
        Key::SimFaultContentMissing => "Content not found (404)",
        Key::SimFaultLostWebhook => "Webhook lost",
        Key::SimFaultForgedWebhook => "Webhook with a wrong signature",
        Key::SimFaultLatencyMore => "Every call waits this long before the work begins.",
        Key::SimFaultRateLimitMore => {
            "Refused because too much came at once. Nothing is done; the same call may succeed later."
        }
        Key::SimFaultMonthlyLimitMore => {
            "Sending is refused because this month's messages are used up. The same status as the rate limit, with other words."
        }
        Key::SimFaultExpiredTokenMore => "Calls are answered as if their token had expired or been revoked.",
        Key::SimFaultServerErrorMore => {
            "The platform fails before it does anything. Try again with the same retry key."
        }
        Key::SimFaultBadGatewayMore => {
            "A gateway in front of LINE answers with a page of HTML where JSON is expected. Nothing is done."
        }
        Key::SimFaultWrongTypeMore => {
            "The work is done, but the header lies: JSON is called HTML, a picture a film, a film a picture."
        }
        Key::SimFaultSlowBodyMore => {
            "The work is done and the headers come at once; the body trickles in over this time, piece by piece. Downloads of content too."
        }
        Key::SimFaultCutBeforeMore => {
            "The connection breaks and nothing is done. Your bot can't tell this from the next one."
        }
        Key::SimFaultCutAfterMore => {
            "The work is done, then the connection breaks without an answer. A retry key shows whether you send twice."
        }
        Key::SimFaultTruncatedBodyMore => "The work is done; half of the body arrives, then the connection breaks.",
        Key::SimFaultContentPreparingMore => "Content is answered with 202: ask again later.",
        Key::SimFaultContentGoneMore => "Content is answered with 410, as after a friend took it back.",
        Key::SimFaultContentMissingMore => "Content is answered with 404, as after LINE deleted it.",
        Key::SimFaultDuplicateWebhookMore => {
            "The same webhook comes twice, with the same event IDs and not marked as a redelivery."
        }
        Key::SimFaultLateWebhookMore => "A webhook comes this much later; those after it do not wait for it.",
        Key::SimFaultReorderWebhookMore => "A webhook changes places with the one after it.",
        Key::SimFaultLostWebhookMore => "A webhook is never sent, and never sent again.",
        Key::SimFaultForgedWebhookMore => {
            "A webhook is signed with a secret that is not the channel's. Your bot should refuse it."
        }
        Key::SimHooks => "Webhook statistics",
        Key::SimHooksMore => "Counted as LINE's console counts: webhooks that were sent, without tests of the address.",
        Key::SimHooksSince => "Counted since",
        Key::SimHooksNone => "No webhook has been sent yet.",
        Key::SimHooksTotal => "Sent",
        Key::SimHooksOk => "OK",
        Key::SimHooksConnect => "Could not connect",
        Key::SimHooksTimeout => "Timed out",
        Key::SimHooksStatus => "Other status",
        Key::SimHooksOther => "Unclassified",
        Key::SimHooksRedelivered => "Sent again",
        Key::SimHooksRow => "Failures in a row",
        Key::SimHooksSuspended => "Webhooks are suspended because too many failed. Events that were not sent: {count}",
        Key::SimHooksResume => "Send webhooks again",
        Key::SimHooksAnew => "Count anew",
        Key::SimHooksDays => "By day, in Japan",
        Key::SimHooksHours => "By hour, the last 24",
        Key::SimHooksErrors => "Last errors",
        Key::SimHooksWhen => "When",
        Key::SimHooksDetail => "Detail",
        Key::SimClock => "Clock",
        Key::SimClockMore => "Statistics, quotas, tokens, coupons and audiences go by the platform's own clock.",
        Key::SimClockShows => "It shows {time} in Japan.",
        Key::SimClockReal => "This is the real time.",
        Key::SimClockAt => "Date and time in Japan",
        Key::SimClockSet => "Set",
        Key::SimClockHour => "One hour on",
        Key::SimClockDay => "One day on",
        Key::SimClockBack => "Back to the real time",
        Key::SimManners => "Pace and limits",
        Key::SimMannersMore => {
            "How long things take, and how strict the platform is. LINE itself takes hours for some of this."
        }
        Key::SimRateLimits => "Refuse with 429 what comes faster than LINE allows",
        Key::SimPrivacy => "Hide what could tell of single people, as LINE does",
        Key::SimNarrowcastPace => "Milliseconds that a narrowcast waits, and again until it is sent",
        Key::SimAudienceWait => "Milliseconds until an audience is filled",
        Key::SimBatch => "Most events in one webhook (1: each by itself)",
        Key::SimRedeliveries => "How often a failed webhook is sent again",
        Key::SimRedeliveryWait => "Milliseconds before that; doubles each time",
        Key::SimSuspendAfter => "Suspend webhooks after so many failures in a row (0: never)",
        Key::SimStrict => "This simulator is strict: https is required everywhere.",
        Key::SimState => "State",
        Key::SimStateMore => {
            "Everything as one JSON file, media included: to keep a situation, or to hand it to somebody."
        }
        Key::SimStateHolds => {
            "Channels: {channels} · friends: {users} · groups: {groups} · messages: {messages} · files: {contents}"
        }
        Key::SimStateMemory => "It is in memory only and gone when the simulator ends.",
        Key::SimStateKept => "It is kept on the disk of the machine that runs the simulator.",
        Key::SimStateDownload => "Download",
        Key::SimStateUpload => "Upload a file",
        Key::SimStateReplace => "Replace everything?",
        Key::SimStateNow => "What is here now and will be gone:",
        Key::SimStateThen => "What the file brings:",
        Key::SimStateConfirm => "Replace everything",
        Key::SimStateDone => "The file is in place now.",
    }
}
