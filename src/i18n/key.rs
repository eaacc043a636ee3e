//! The list of every text, by the part of the house that owns it. Add a key at the end of its part,
//! and its text to the file of that part in every language.

macro_rules! keys {
    ($($(#[$doc:meta])* $part:ident { $($name:ident),* $(,)? })*) => {
        /// One text of the console.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "the English text says what each one is")]
        pub enum Key { $($($name,)*)* }

        impl Key {
            /// Every key, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)*)*];

            /// The key among the keys of its part.
            pub fn part(self) -> Part {
                match self {
                    $($(Self::$name => Part::$part(part::$part::$name),)*)*
                }
            }
        }

        /// A part of the house, with one of its keys.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Part { $($(#[$doc])* $part(part::$part),)* }

        /// The keys of each part.
        #[expect(clippy::enum_variant_names, reason = "the names are those of `Key`")]
        pub mod part {
            $(
                $(#[$doc])*
                #[derive(Clone, Copy, PartialEq, Eq, Debug)]
                pub enum $part { $($name,)* }
            )*
        }
    };
}

keys! {
    /// What went wrong.
    Error {
        ErrorUnauthenticated, ErrorForbidden, ErrorNotFound, ErrorTooMany, ErrorConflict, ErrorUnavailable,
        ErrorUnreachable, ErrorInternal, ErrorEmpty, ErrorTooLong, ErrorTooShort, ErrorInvalid, ErrorTaken,
        ErrorWrongLogin, ErrorRefused, ErrorLineUnreachable, ErrorFull, ErrorTooLarge, ErrorNotPicture, ErrorNotFilm,
        ErrorNotSound, ErrorActive, ErrorNoAddress, ErrorGone, ErrorWrongCode,
    }
    /// The frame and its parts.
    Ui {
        AppName, AppTagline, UiClose, UiCancel, UiSave, UiSaved, UiCopy, UiCopied, UiLoading, UiRetry, UiBack, UiMore,
        UiOptional, UiTheme, UiThemeSystem, UiThemeLight, UiThemeDark, UiLanguage, UiSkip, AppChats, AppSettings,
        AppNavigation, AppUnread, AppAccounts, AppSwitchAccount, AppAddAccount, AppNoAccount, AppShrinkRail,
        AppWidenRail, AppLost, AppNotFound, AppNotFoundMore, AppHome, AppWrong, AppMessages, PaletteTitle,
        PaletteFind, PaletteHint, PaletteNone, PaletteCount, PaletteRecent, PaletteActions, PalettePages, PaletteLook,
        KeysTitle, KeysSingle, KeysOther, KeysSearch, KeysSlash, KeysSwitch, KeysSwitchHint,
    }
    /// Logging in, colleagues, invitations.
    Team {
        TeamLogIn, TeamLogOut, TeamLogOutHere, TeamLogOutEverywhere, TeamEmail, TeamPassword, TeamPasswordHint,
        TeamForgot, TeamSetUp, TeamSetUpMore, TeamSetUpNoToken, TeamName, TeamNameHint, TeamMe, TeamMeTitle,
        TeamProfile, TeamChangePassword, TeamCurrentPassword, TeamNewPassword, TeamPasswordChanged, TeamSessions,
        TeamThisBrowser, TeamSeen, TeamTitle, TeamMore, TeamRole, TeamRoleOwner, TeamRoleAdmin, TeamRoleOperator,
        TeamRoleHint, TeamAdd, TeamMemberName, TeamFirstPassword, TeamFirstPasswordHint, TeamAdded, TeamNeverSeen,
        TeamChangeRole, TeamRemove, TeamRemoveTitle, TeamRemoveMore, TeamYou, TeamOnlyManagers, TeamShift,
        TeamShiftMore, TeamOnShift, TeamOffShift, TeamStartShift, TeamEndShift, TeamAway, TeamAwayNever,
        TeamAwayMinutes, TeamCrews, TeamCrewsMore, TeamCrewName, TeamCrewMembers, TeamCrewAdd, TeamCrewNone,
        TeamCrewEdit, TeamCrewEmpty, TeamCrewRemoveTitle, TeamCrewRemoveMore, TeamCodeTitle, TeamCodeMore, TeamCode,
        TeamTwoStep, TeamTwoStepMore, TeamTwoStepIsOn, TeamTwoStepBegin, TeamTwoStepOff, TeamTwoStepScan,
        TeamTwoStepPicture, TeamTwoStepSecret, TeamTwoStepConfirm, TeamRecoveryCodes, TeamRecoveryCodesMore,
        TeamRecoveryCodesNew, TeamRecoveryCodesNewMore, TeamTwoStepReset, TeamTwoStepResetMore, TeamInviteTitle,
        TeamInviteMore, TeamInviteNote, TeamInviteNoteHint, TeamInviteMake, TeamInviteLink, TeamInvitations,
        TeamInvitedBy, TeamInviteUntil, TeamRevoke, TeamJoinTitle, TeamJoinMore, TeamJoin, TeamLinkGone,
        TeamPasswordLink, TeamPasswordLinkMore, TeamNewPasswordTitle, TeamAddDirectly,
    }
    /// The activity log.
    Audit {
        AuditTitle, AuditMore, AuditSearch, AuditAction, AuditAny, AuditFind, AuditOlder, AuditNothing, AuditNobody,
        AuditLoggedIn, AuditLogInFailed, AuditLoggedOutEverywhere, AuditPasswordChanged, AuditPasswordLinkMade,
        AuditPasswordSetByLink, AuditTwoStepOn, AuditTwoStepOff, AuditTwoStepReset, AuditRecoveryCodesMade,
        AuditRecoveryCodeUsed, AuditInvited, AuditInvitationRevoked, AuditJoined, AuditOperatorAdded,
        AuditRoleChanged, AuditOperatorRemoved, AuditAccountConnected, AuditAccountChanged, AuditAccountDisconnected,
        AuditChatDeleted, AuditChatRestored, AuditChatPurged, AuditGroupLeft, AuditHistoryDownloaded,
    }
    /// LINE Official Accounts and their settings.
    Account {
        AccountTitle, AccountConnectTitle, AccountConnectMore, AccountStep1, AccountStep1More, AccountOpenManager,
        AccountStep2, AccountStep2More, AccountOpenDevelopers, AccountChannelId, AccountChannelIdHint, AccountSecret,
        AccountSecretHint, AccountToken, AccountTokenHint, AccountAdvanced, AccountApiBase, AccountApiBaseHint,
        AccountStep3, AccountStep3More, AccountConnect, AccountWebhook, AccountWebhookMore, AccountWebhookUrl,
        AccountSetWebhook, AccountWebhookSet, AccountChecks, AccountCheckAgain, AccountChecking, AccountStateOk,
        AccountStateWarn, AccountStateFail, AccountStateUnknown, AccountStateRunning, AccountCheckToken,
        AccountCheckTokenOk, AccountCheckTokenFix, AccountCheckWebhookUrl, AccountCheckWebhookUrlOk,
        AccountCheckWebhookUrlFix, AccountCheckWebhookActive, AccountCheckWebhookActiveOk,
        AccountCheckWebhookActiveFix, AccountCheckReachable, AccountCheckReachableOk, AccountCheckReachableFix,
        AccountCheckSignature, AccountCheckSignatureOk, AccountCheckSignatureFix, AccountCheckChatMode,
        AccountCheckChatModeOk, AccountCheckChatModeFix, AccountCheckQuota, AccountCheckQuotaOk, AccountCheckQuotaFix,
        AccountCheckUnknown, AccountQuotaUsed, AccountQuotaFree, AccountFacts, AccountBasicId, AccountBotId,
        AccountTokenKind, AccountTokenStateless, AccountTokenLong, AccountCredentials, AccountCredentialsMore,
        AccountDisconnect, AccountDisconnectMore, AccountConfirm,
    }
    /// The desk: rooms, messages, notes, search.
    Chat {
        ChatTitle, ChatLost, ChatNothingOpen, ChatNothingOpenHint, ChatViews, ChatFilterAll, ChatFilterInbox,
        ChatFilterUnread, ChatFilterFollowUp, ChatFilterResolved, ChatFilterSpam, ChatEmptyAll, ChatEmptyAllHint,
        ChatEmptyInbox, ChatEmptyInboxHint, ChatEmptyUnread, ChatEmptyUnreadHint, ChatEmptyFollowUp,
        ChatEmptyFollowUpHint, ChatEmptyResolved, ChatEmptyResolvedHint, ChatEmptySpam, ChatEmptySpamHint,
        ChatMoreRooms, ChatUnknownName, ChatUnknownGroup, ChatYou, ChatKindImage, ChatKindVideo, ChatKindAudio,
        ChatKindFile, ChatKindLocation, ChatKindSticker, ChatKindUnknown, ChatUnsent, ChatNoticeFollowed,
        ChatNoticeUnblocked, ChatNoticeBlocked, ChatNoticeJoined, ChatNoticeLeft, ChatNoticeMembersJoined,
        ChatNoticeMembersLeft, ChatNoticePostback, ChatNoticeOther, ChatGone, ChatGroupGone, ChatInGroup, ChatFriend,
        ChatNotFriend, ChatMembers, ChatBack, ChatDetails, ChatResolve, ChatResolveTip, ChatReopen, ChatFollowUpTip,
        ChatSpam, ChatNotSpam, ChatLog, ChatNewMessages, ChatAutomatic, ChatEdited, ChatQuoteElsewhere,
        ChatMediaPending, ChatMediaGone, ChatMediaFailed, ChatDownload, ChatOpenMap, ChatSending, ChatWaiting,
        ChatViaReply, ChatViaPush, ChatFateUnknown, ChatSendAgain, ChatSendAgainSure, ChatDiscard, ChatFailedQuota,
        ChatFailedToken, ChatFailedUnreachable, ChatFailedRefused, ChatWrite, ChatSend, ChatSendFree, ChatSendUses,
        ChatSendTip, ChatToken, ChatTokenTip, ChatCounter, ChatCantGone, ChatCantGroupGone, ChatCantQuota,
        ChatFactFriendship, ChatFactLanguage, ChatFactFirstSeen, ChatFactMembers, ChatKeys, ChatKeyNext,
        ChatKeyPrevious, ChatKeyWrite, ChatKeyResolve, ChatKeyFollowUp, ChatKeyBack, ChatKeySend, ChatKeyLine,
        ChatKeyHelp, ChatWho, ChatWhoAnyone, ChatWhoMine, ChatWhoNobody, ChatWhoElse, ChatWhoPeople, ChatAssignMe,
        ChatAssignTo, ChatAssignTip, ChatAssignedTo, ChatAssignNobody, ChatAssignFind, ChatAssignNone, ChatMe,
        ChatOpenCount, ChatSomebody, ChatPin, ChatUnpin, ChatMute, ChatUnmute, ChatPinned, ChatMuted, ChatPinsFull,
        ChatMutesFull, ChatEmptyMine, ChatEmptyMineHint, ChatEmptyNobody, ChatEmptyNobodyHint, ChatEmptyTheirs,
        ChatEmptyTheirsHint, ChatAssigned, ChatTaken, ChatUnassignedBy, ChatUnassigned, ChatAssignedInTurn,
        ChatKeyAssign, ChatRules, ChatRulesAuto, ChatRulesAutoOff, ChatRulesAutoOn, ChatRulesOrder, ChatRulesCapacity,
        ChatRulesCapacityHint, ChatRulesPeople, ChatRulesPeopleHint, ChatRulesTake, ChatSearch, ChatSearchHint,
        ChatSearchClear, ChatSearchFilters, ChatSearchFound, ChatSearchRooms, ChatSearchMessages, ChatSearchCount,
        ChatSearchBusy, ChatSearchFurther, ChatSearchMore, ChatSearchAllRooms, ChatSearchNone, ChatSearchNoneFits,
        ChatSearchScope, ChatSearchScopeFiltered, ChatSearchIndexed, ChatSearchKind, ChatSearchKindText,
        ChatSearchKindCard, ChatSearchKindNote, ChatSearchAny, ChatSearchBy, ChatSearchThem, ChatSearchUs,
        ChatSearchColleague, ChatSearchFrom, ChatSearchUntil, ChatSearchHere, ChatSearchThisRoom, ChatSearchReset,
        ChatSearchMember, ChatSearchFact,
    }
    /// Saved messages.
    Saved {
        SavedTitle, SavedAbout, SavedNew, SavedEdit, SavedLook, SavedEditTitle, SavedSearch, SavedSearchGo, SavedSort,
        SavedSortUsed, SavedSortName, SavedSortChanged, SavedFolders, SavedAll, SavedLoose, SavedMine, SavedEmpty,
        SavedEmptyMore, SavedStart, SavedNothing, SavedNothingMore, SavedFound, SavedFolderAdd, SavedFolderName,
        SavedFolderRename, SavedFolderDelete, SavedFolderDeleteMore, SavedUses, SavedNeverUsed, SavedLast,
        SavedChangedBy, SavedDo, SavedCopy, SavedDelete, SavedDeleted, SavedUndo, SavedMore, SavedName, SavedNameHint,
        SavedShortcut, SavedShortcutHint, SavedShortcutWrong, SavedPlace, SavedParts, SavedPartsHint, SavedAddText,
        SavedAddFile, SavedAddCard, SavedNoBubbles, SavedManyBubbles, SavedTextOf, SavedCardOf, SavedCardHint,
        SavedAlt, SavedCardJson, SavedCardFlaw, SavedUp, SavedDown, SavedDrop, SavedDropped, SavedVariables,
        SavedVarFriend, SavedVarOperator, SavedVarAccount, SavedVarDate, SavedFallback, SavedPreview, SavedPreviewFor,
        SavedPreviewNobody, SavedPreviewFind, SavedPreviewEmpty, SavedVarEmpty, SavedDraftBack, SavedDraftDrop,
        SavedDraftKept, SavedLeave, SavedLeaveMore, SavedStay, SavedLeaveGo, SavedConflict, SavedConflictMine,
        SavedConflictTheirs, SavedReadOnly, SavedPick, SavedPickTip, SavedPickEmpty, SavedPickManage, SavedPickHint,
        SavedTakenEmpty, SavedExport, SavedImport, SavedImportMore, SavedImported, SavedExample1, SavedExample1Short,
        SavedExample1Text, SavedExample2, SavedExample2Short, SavedExample2Text, SavedExample3, SavedExample3Short,
        SavedExample3Text,
    }
    /// The composer and what it sends.
    Compose {
        ChatPlus, ChatEmoji, ChatAddPicture, ChatAddFile, ChatAddPlace, ChatLater, ChatSilent, ChatAsMe, ChatLoading,
        ChatLoadingShown, ChatPriceFree, ChatDropHere, ChatRemove, ChatMoveUp, ChatMoveDown, ChatParts, ChatUploading,
        ChatCancelUpload, ChatSendAsFile, ChatReplyingTo, ChatStopReply, ChatQuoteNeeds, ChatTooMany, ChatPartWrong,
        ChatUndo, ChatUndoIn, ChatEmojiRecent, ChatEmojiFaces, ChatEmojiPeople, ChatEmojiNature, ChatEmojiFood,
        ChatEmojiThings, ChatEmojiSigns, ChatPlaceLink, ChatPlaceLinkHint, ChatPlaceWrong, ChatAdd, ChatLaterWhen,
        ChatLaterHour, ChatLaterTomorrow, ChatLaterSet, ChatLaterWrong, ChatLaterEmpty, ChatLaterCount, ChatLaterList,
        ChatLaterHere, ChatLaterAll, ChatLaterNone, ChatLaterEdit, ChatLaterNow, ChatLaterCancel, ChatLaterEditing,
        ChatLaterDone, ChatLaterCancelled, ChatLink, ChatLinkTitle, ChatLinkCount, ChatLinkUntil, ChatLinkForever,
        ChatLinkRevoke, ChatLinkRevoked, ChatFailedGone, ChatFailedMissing, ChatSettings, ChatSettingsAbout,
        ChatSetAccount, ChatSetMine, ChatSetRead, ChatSetReadOpen, ChatSetReadReply, ChatSetReadNever,
        ChatSetReadHint, ChatSetUndo, ChatSetAsMe, ChatSetLinkDays, ChatSetLinkDaysHint, ChatSetKeys, ChatSetEnter,
        ChatSetCtrl, ChatSetName, ChatSetNameHint, ChatSetIcon, FileTitle, FileDownload, FileUntil, FileEnded,
        FileEndedHint, FileCare, AppMentions, AppMentionsUnread, UiUndo, ChatWriteWhat, ChatReplyTab, ChatNoteTab,
        ChatNote, ChatNoteOnly, ChatNoteWrite, ChatNoteSave, ChatNoteTip, ChatNoteEdit, ChatNoteDelete,
        ChatNoteDeleteSure, ChatNoteNobody, ChatColleagues, ChatMentioned, ChatMentionedOpen, ChatMentionsAbout,
        ChatMentionsReadAll, ChatMentionsNone, ChatMentionsNoneHint, ChatMentionsOlder, ChatLookingToo,
        ChatWritingNow, ChatHistory, ChatHistoryFile, ChatHistoryAbout, ChatHistoryFrom, ChatHistoryTo,
        ChatHistoryDays, ChatHistoryAll, ChatHistoryAllAbout, ChatLeave, ChatLeaveLost, ChatDelete, ChatDeleteLost,
        ChatDeleteAgain, ChatDeleteFirst, ChatDeletedNow, ChatDeletedHere, ChatDeletedHereHint, ChatRestore,
        ChatRestored, ChatDeleted, ChatDeletedTitle, ChatDeletedAbout, ChatDeletedBy, ChatDeletedUntil,
        ChatDeletedNone, ChatDeletedNoneHint, ChatPurge, ChatPurgeLost, ChatFailedDeleted, ChatKin, ChatKinAdd,
        ChatKinAbout, ChatKinName, ChatKinNone, ChatKinUnlink, ChatKinUnlinked, ChatMentionsUs, ChatNoticeTookBack,
        ChatNoticeChanged, ChatNoticePicked, ChatNoticeMenuSwitched, ChatNoticeMenuFailed, ChatNoticeBeaconEnter,
        ChatNoticeBeaconBanner, ChatNoticeBeaconStay, ChatNoticeLinked, ChatNoticeLinkFailed, ChatNoticeMemberJoined,
        ChatNoticeMemberLeft, ChatNoticeMemberRenewed, ChatNoticeVideoSeen, ChatNoticeBy, ChatNoticeShow, ChatRaw,
        ChatMessageGone, ChatToLatest, ChatUnseen, ChatShowMore, ChatShowLess, ChatMessageMenu, ChatCopyText,
        ChatCopyLink, ChatQuote, ChatSaveMedia, ChatQuoted, ChatPhotos, ChatPhotoBefore, ChatPhotoAfter, ChatZoomIn,
        ChatZoomOut,
    }
    /// The simulator, its phones and its documentation.
    Simulator {
        SimTitle, SimNav, SimPhones, SimSettings, SimLog, SimWho, SimWhoMore, SimNewFriend, SimName, SimCreate,
        SimChats, SimNoChats, SimAccounts, SimAdd, SimNoChannels, SimOpen, SimSwitch, SimMessage, SimSend,
        SimStickers, SimPicture, SimUploadFailed, SimUnsend, SimBlock, SimUnblock, SimBlockedNow, SimUnsent, SimAdded,
        SimUnblocked, SimBlocked, SimCame, SimLeft, SimTapped, SimRead, SimBusy, SimPlace, SimNewGroup, SimGroupName,
        SimWithMembers, SimWithAccount, SimNobody, SimMembers, SimInvite, SimRemove, SimLeave, SimChannels,
        SimChannelsMore, SimNewChannel, SimAccountName, SimChannelId, SimSecret, SimToken, SimBaseUrl, SimEndpoint,
        SimNoEndpoint, SimUseWebhook, SimRedelivery, SimQuota, SimNoQuota, SimMonthly, SimFaults, SimFaultsMore,
        SimFaultKind, SimFaultPath, SimFaultTimes, SimFaultMillis, SimSwitchOn, SimSwitchOff, SimNoFaults,
        SimTimesLeft, SimFaultLatency, SimFaultRateLimit, SimFaultMonthlyLimit, SimFaultServerError,
        SimFaultCutBefore, SimFaultCutAfter, SimFaultDuplicateWebhook, SimFaultLateWebhook, SimFaultReorderWebhook,
        SimFaultContentPreparing, SimFaultContentGone, SimLogMore, SimLogEmpty, SimWebhook, SimCall, SimNotFound,
        SimMenuArea, SimMenuDate, SimMenuTime, SimMenuDatetime, FlexCards, PhoneSays, PhonePosts, PhoneShowsAndPosts,
        PhoneOpens, PhonePicks, PhoneCopies, PhoneSwitches, PhoneCamera, PhoneAlbum, PhonePlace, PhoneCards,
        PhoneQuick, PhoneCoupon, PhoneCouponOpen, PhoneCouponUntil, PhoneCouponOff, PhoneCouponBack, PhoneCouponFree,
        PhoneCouponGift, SimSender, SimAttach, SimCamera, SimRoll, SimVoice, SimFile, SimEmoji, SimLineEmoji,
        SimStickerPack, SimStickerNumber, SimSending, SimRecording, SimNoMicrophoneYet, SimNoMicrophone,
        SimStopAndSend, SimTooBigPicture, SimTooBigFile, SimPlaceTitle, SimPlaceAddress, SimLatitude, SimLongitude,
        SimHere, SimNoPosition, SimSamplePlaces, SimQuote, SimEdit, SimEditing, SimQuoting, SimEdited, SimActions,
        SimMentionWho, SimAll, SimJump, SimBelow, SimEmptyRoom, SimGroup, SimInvitePeople, SimTakeOut, SimYou,
        SimRenamed, SimBeginMore, SimPhone, SimFriends, SimFriendsOf, SimGroups, SimRecommended, SimBlockedPart,
        SimNoFriends, SimWallet, SimAddFriends, SimUnread, SimMine, SimMuted, SimMute, SimUnmute, SimById, SimFind,
        SimIdUnknown, SimByLink, SimOpenLink, SimByCode, SimByCodeMore, SimScanPhoto, SimScan, SimNoCode, SimNoSuchId,
        SimCantOpen, SimNoLiff, SimProfile, SimNotYet, SimCameBy, SimPathQr, SimPathLink, SimPathSearch,
        SimPathRecommendation, SimPathLogin, SimItsCode, SimCodeOf, SimCopyLink, SimDelete, SimDeleteSure,
        SimDeleteMore, SimPassOn, SimPassOnTo, SimSendTo, SimCallNumber, SimWriteMail, SimOpenOutside, SimInBrowser,
        SimReload, SimNoFrames, SimCoupon, SimCoupons, SimNoCoupons, SimNoCoupon, SimCouponNew, SimCouponDraw,
        SimCouponEarly, SimCouponReady, SimCouponUsed, SimCouponLost, SimCouponGone, SimCouponOver, SimCouponClosed,
        SimCouponUntil, SimCouponPeriod, SimCouponTimes, SimCouponOnce, SimCouponAgain, SimCouponCondition,
        SimCouponCode, SimCouponBarcode, SimCouponTake, SimCouponTry, SimCouponChance, SimCouponWon, SimCouponLostNow,
        SimCouponUse, SimCouponSure, SimCouponSureMore, SimCouponUsedAt, SimRewardOff, SimRewardBack,
        SimRewardDiscount, SimRewardCashBack, SimRewardFree, SimRewardGift, SimRewardOther, SimSearchPeople,
        SimMorePeople, SimPeopleCount, SimNobodyYet, SimNobodyFound, SimTick, SimTogether, SimSideBySide,
        SimMorePhones, SimNoPhones, SimPutAway, SimWhichPhone, SimEntry, SimPremiumId, SimGreeting, SimLoginTo,
        SimLoginWho, SimLoginAs, SimLoginOther, SimLoginFind, SimLoginSearch, SimLoginNobody, SimLoginHow,
        SimLoginPassword, SimLoginCode, SimLoginTwoFactors, SimLoginWrong, SimConsentTo, SimConsentMore,
        SimConsentNeeded, SimScopeProfile, SimScopeOpenid, SimScopeEmail, SimScopeNoEmail, SimScopeWrite, SimAllow,
        SimCancel, SimFriendAdd, SimFriendUnblock, SimFriendAlready, SimFriendMore, SimNotNow, SimGoOn,
        SimLiffUnknown, SimLiffRefused, SimShareTitle, SimShareFriends, SimShareGroups, SimShareOver, SimLogins,
        SimLoginsMore, SimNewLogin, SimServiceName, SimRedirects, SimLinked, SimProvider, SimMayEmail, SimNative,
        SimLiffApp, SimDocs, SimDocsContents, SimLogFilter, SimLogChannel, SimLogAll, SimLogDirection, SimLogCalls,
        SimLogHooks, SimLogStatus, SimLogBad, SimLogNone, SimLogPath, SimLogText, SimLogShow, SimLogReset,
        SimLogNothing, SimLogOlder, SimLogNewer, SimLogNewest, SimLogClear, SimLogBack, SimLogRequest, SimLogAnswer,
        SimLogHeaders, SimLogNoBody, SimLogNotText, SimLogCut, SimLogRequestId, SimLogNote, SimLogCurl,
        SimLogTokenMore, SimLogCopyBody, SimLogAgain, SimLogAgainMore, SimLogRedeliver, SimLogRedeliverMore,
        SimLogCallMore, SimLogGone, SimFaultsOn, SimFaultsNew, SimFaultsSpent, SimFaultChannel, SimFaultPercent,
        SimFaultSeconds, SimFaultStruck, SimFaultChance, SimFaultWhere, SimFaultFor, SimSwitchAllOff,
        SimFaultGroupAnswers, SimFaultGroupConnection, SimFaultGroupContent, SimFaultGroupWebhooks, SimFaultSlowBody,
        SimFaultExpiredToken, SimFaultBadGateway, SimFaultTruncatedBody, SimFaultWrongType, SimFaultContentMissing,
        SimFaultLostWebhook, SimFaultForgedWebhook, SimFaultLatencyMore, SimFaultRateLimitMore,
        SimFaultMonthlyLimitMore, SimFaultExpiredTokenMore, SimFaultServerErrorMore, SimFaultBadGatewayMore,
        SimFaultWrongTypeMore, SimFaultSlowBodyMore, SimFaultCutBeforeMore, SimFaultCutAfterMore,
        SimFaultTruncatedBodyMore, SimFaultContentPreparingMore, SimFaultContentGoneMore, SimFaultContentMissingMore,
        SimFaultDuplicateWebhookMore, SimFaultLateWebhookMore, SimFaultReorderWebhookMore, SimFaultLostWebhookMore,
        SimFaultForgedWebhookMore, SimHooks, SimHooksMore, SimHooksSince, SimHooksNone, SimHooksTotal, SimHooksOk,
        SimHooksConnect, SimHooksTimeout, SimHooksStatus, SimHooksOther, SimHooksRedelivered, SimHooksRow,
        SimHooksSuspended, SimHooksResume, SimHooksAnew, SimHooksDays, SimHooksHours, SimHooksErrors, SimHooksWhen,
        SimHooksDetail, SimClock, SimClockMore, SimClockShows, SimClockReal, SimClockAt, SimClockSet, SimClockHour,
        SimClockDay, SimClockBack, SimManners, SimMannersMore, SimRateLimits, SimPrivacy, SimNarrowcastPace,
        SimAudienceWait, SimBatch, SimRedeliveries, SimRedeliveryWait, SimSuspendAfter, SimStrict, SimState,
        SimStateMore, SimStateHolds, SimStateMemory, SimStateKept, SimStateDownload, SimStateUpload, SimStateReplace,
        SimStateNow, SimStateThen, SimStateConfirm, SimStateDone, SimCrowds, SimCrowdsMore, SimCrowdNone,
        SimCrowdLine, SimCrowdTold, SimCrowdWaiting, SimCrowdFor, SimCrowdCount, SimCrowdLanguage, SimCrowdMixed,
        SimCrowdSeed, SimCrowdRates, SimCrowdOpen, SimCrowdClick, SimCrowdAnswer, SimCrowdBlock, SimCrowdWebhooks,
        SimCrowdAnnounce, SimCrowdMake, SimSilent, SimBeacon, SimBeaconMore, SimBeaconKind, SimBeaconEnter,
        SimBeaconBanner, SimBeaconStay, SimBeaconHwid, SimBeaconDm, SimBeaconSend, SimBeaconSent, SimCrowdMenu,
        SimCrowdRemove, SimCrowdSure,
    }
}
