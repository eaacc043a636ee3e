//! What happened, in words: notices, kinds of messages, reasons, sizes.

use crate::{
    chat::live::OpenRoom,
    chat::model::{Direction, Failure, LastLine, MediaState, Room, RoomKind},
    i18n::{I18n, Key},
    line::event::Notice,
};

/// The name of a room; a word when LINE does not tell it.
pub fn room_name(i18n: I18n, room: &Room) -> String {
    match (room.name.is_empty(), room.kind) {
        (false, _) => room.name.clone(),
        (true, RoomKind::User) => i18n.t(Key::ChatUnknownName).to_owned(),
        (true, _) => i18n.t(Key::ChatUnknownGroup).to_owned(),
    }
}

/// A notice. `open` knows the names of the members; the list does without.
pub fn notice(i18n: I18n, notice: &Notice, open: Option<&OpenRoom>) -> String {
    let names = |users: &[String]| -> String {
        let known = |user: &String| {
            open.and_then(|open| open.person(user))
                .map(|person| person.name.clone())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| i18n.t(Key::ChatUnknownName).to_owned())
        };
        users.iter().map(known).collect::<Vec<_>>().join(", ")
    };
    match notice {
        Notice::Followed => i18n.t(Key::ChatNoticeFollowed).to_owned(),
        Notice::Unblocked => i18n.t(Key::ChatNoticeUnblocked).to_owned(),
        Notice::Blocked => i18n.t(Key::ChatNoticeBlocked).to_owned(),
        Notice::Joined => i18n.t(Key::ChatNoticeJoined).to_owned(),
        Notice::Left => i18n.t(Key::ChatNoticeLeft).to_owned(),
        Notice::MembersJoined { users } => i18n.fill(Key::ChatNoticeMembersJoined, &[("names", &names(users))]),
        Notice::MembersLeft { users } => i18n.fill(Key::ChatNoticeMembersLeft, &[("names", &names(users))]),
        Notice::Postback { data } => i18n.fill(Key::ChatNoticePostback, &[("data", data)]),
        Notice::Assigned { by: None, to: Some(to), .. } => i18n.fill(Key::ChatAssignedInTurn, &[("to", to)]),
        Notice::Assigned { by: None, to: None, .. } => i18n.t(Key::ChatUnassigned).to_owned(),
        Notice::Assigned { by: Some(by), to: Some(_), own: true } => i18n.fill(Key::ChatTaken, &[("by", by)]),
        Notice::Assigned { by: Some(by), to: Some(to), .. } => i18n.fill(Key::ChatAssigned, &[("by", by), ("to", to)]),
        Notice::Assigned { by: Some(by), to: None, .. } => i18n.fill(Key::ChatUnassignedBy, &[("by", by)]),
        Notice::Other { name } => i18n.fill(Key::ChatNoticeOther, &[("name", name)]),
        Notice::Picked { data, value } => {
            // As LINE writes it, 2026-12-01T10:00, but for the letter.
            i18n.fill(Key::ChatNoticePicked, &[("value", &value.replace('T', " ")), ("data", data)])
        }
        Notice::MenuSwitched { alias } if alias.is_empty() => i18n.t(Key::ChatNoticeMenuFailed).to_owned(),
        Notice::MenuSwitched { alias } => i18n.fill(Key::ChatNoticeMenuSwitched, &[("alias", alias)]),
        Notice::Beacon { kind } => match kind.as_str() {
            "banner" => i18n.t(Key::ChatNoticeBeaconBanner).to_owned(),
            "stay" => i18n.t(Key::ChatNoticeBeaconStay).to_owned(),
            _ => i18n.t(Key::ChatNoticeBeaconEnter).to_owned(),
        },
        Notice::AccountLinked { ok: true } => i18n.t(Key::ChatNoticeLinked).to_owned(),
        Notice::AccountLinked { ok: false } => i18n.t(Key::ChatNoticeLinkFailed).to_owned(),
        Notice::Membership { kind } => match kind.as_str() {
            "joined" => i18n.t(Key::ChatNoticeMemberJoined).to_owned(),
            "left" => i18n.t(Key::ChatNoticeMemberLeft).to_owned(),
            "renewed" => i18n.t(Key::ChatNoticeMemberRenewed).to_owned(),
            other => i18n.fill(Key::ChatNoticeOther, &[("name", &format!("membership {other}"))]),
        },
        Notice::VideoSeen { tracking } => i18n.fill(Key::ChatNoticeVideoSeen, &[("name", tracking)]),
        Notice::TookBack { .. } => i18n.t(Key::ChatNoticeTookBack).to_owned(),
        Notice::Changed { .. } => i18n.t(Key::ChatNoticeChanged).to_owned(),
    }
}

/// What a message of this kind is called where it can't be shown; `text` is what it says.
pub fn kind(i18n: I18n, kind: &str, text: &str) -> String {
    let key = match kind {
        "text" | "note" => return text.to_owned(),
        "file" | "rich" if !text.is_empty() => return text.to_owned(),
        "image" => Key::ChatKindImage,
        "video" => Key::ChatKindVideo,
        "audio" => Key::ChatKindAudio,
        "file" => Key::ChatKindFile,
        "location" => Key::ChatKindLocation,
        "sticker" => Key::ChatKindSticker,
        "unsent" => Key::ChatUnsent,
        // Of the kinds with a look of their own, only coupons have no words.
        "rich" => Key::PhoneCoupon,
        _ => Key::ChatKindUnknown,
    };
    match kind {
        "location" if !text.is_empty() => format!("{} · {text}", i18n.t(key)),
        _ => i18n.t(key).to_owned(),
    }
}

/// The last line of a room in the list.
pub fn last_line(i18n: I18n, last: &LastLine) -> String {
    let words = match &last.notice {
        Some(what) => notice(i18n, what, None),
        None => kind(i18n, &last.kind, &last.text),
    };
    if last.direction == Direction::Out { i18n.fill(Key::ChatYou, &[("text", &words)]) } else { words }
}

/// Why LINE did not take a message.
pub fn failure(i18n: I18n, failure: &Failure) -> String {
    match failure {
        Failure::Quota => i18n.t(Key::ChatFailedQuota).to_owned(),
        Failure::Token => i18n.t(Key::ChatFailedToken).to_owned(),
        Failure::Unreachable => i18n.t(Key::ChatFailedUnreachable).to_owned(),
        Failure::Gone => i18n.t(Key::ChatFailedGone).to_owned(),
        Failure::Missing => i18n.t(Key::ChatFailedMissing).to_owned(),
        Failure::Refused { message } => i18n.fill(Key::ChatFailedRefused, &[("message", message)]),
        Failure::RoomDeleted => i18n.t(Key::ChatFailedDeleted).to_owned(),
    }
}

/// Why a picture, video or file can't be shown; none when it can.
pub fn media(i18n: I18n, state: MediaState) -> Option<&'static str> {
    match state {
        MediaState::Ready => None,
        MediaState::Pending => Some(i18n.t(Key::ChatMediaPending)),
        MediaState::Gone => Some(i18n.t(Key::ChatMediaGone)),
        MediaState::Failed => Some(i18n.t(Key::ChatMediaFailed)),
    }
}
