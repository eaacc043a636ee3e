//! What each fault is called, and what it does.

use crate::{
    i18n::Key,
    simulator::model::{FaultGroup, FaultKind},
};

/// Its name.
pub fn name(kind: FaultKind) -> Key {
    match kind {
        FaultKind::Latency => Key::SimFaultLatency,
        FaultKind::SlowBody => Key::SimFaultSlowBody,
        FaultKind::RateLimit => Key::SimFaultRateLimit,
        FaultKind::MonthlyLimit => Key::SimFaultMonthlyLimit,
        FaultKind::ExpiredToken => Key::SimFaultExpiredToken,
        FaultKind::ServerError => Key::SimFaultServerError,
        FaultKind::BadGateway => Key::SimFaultBadGateway,
        FaultKind::CutBefore => Key::SimFaultCutBefore,
        FaultKind::CutAfter => Key::SimFaultCutAfter,
        FaultKind::TruncatedBody => Key::SimFaultTruncatedBody,
        FaultKind::WrongType => Key::SimFaultWrongType,
        FaultKind::ContentPreparing => Key::SimFaultContentPreparing,
        FaultKind::ContentGone => Key::SimFaultContentGone,
        FaultKind::ContentMissing => Key::SimFaultContentMissing,
        FaultKind::DuplicateWebhook => Key::SimFaultDuplicateWebhook,
        FaultKind::LateWebhook => Key::SimFaultLateWebhook,
        FaultKind::ReorderWebhook => Key::SimFaultReorderWebhook,
        FaultKind::LostWebhook => Key::SimFaultLostWebhook,
        FaultKind::ForgedWebhook => Key::SimFaultForgedWebhook,
    }
}

/// What it does.
pub fn more(kind: FaultKind) -> Key {
    match kind {
        FaultKind::Latency => Key::SimFaultLatencyMore,
        FaultKind::SlowBody => Key::SimFaultSlowBodyMore,
        FaultKind::RateLimit => Key::SimFaultRateLimitMore,
        FaultKind::MonthlyLimit => Key::SimFaultMonthlyLimitMore,
        FaultKind::ExpiredToken => Key::SimFaultExpiredTokenMore,
        FaultKind::ServerError => Key::SimFaultServerErrorMore,
        FaultKind::BadGateway => Key::SimFaultBadGatewayMore,
        FaultKind::CutBefore => Key::SimFaultCutBeforeMore,
        FaultKind::CutAfter => Key::SimFaultCutAfterMore,
        FaultKind::TruncatedBody => Key::SimFaultTruncatedBodyMore,
        FaultKind::WrongType => Key::SimFaultWrongTypeMore,
        FaultKind::ContentPreparing => Key::SimFaultContentPreparingMore,
        FaultKind::ContentGone => Key::SimFaultContentGoneMore,
        FaultKind::ContentMissing => Key::SimFaultContentMissingMore,
        FaultKind::DuplicateWebhook => Key::SimFaultDuplicateWebhookMore,
        FaultKind::LateWebhook => Key::SimFaultLateWebhookMore,
        FaultKind::ReorderWebhook => Key::SimFaultReorderWebhookMore,
        FaultKind::LostWebhook => Key::SimFaultLostWebhookMore,
        FaultKind::ForgedWebhook => Key::SimFaultForgedWebhookMore,
    }
}

/// What a group is called.
pub fn group(group: FaultGroup) -> Key {
    match group {
        FaultGroup::Answers => Key::SimFaultGroupAnswers,
        FaultGroup::Connection => Key::SimFaultGroupConnection,
        FaultGroup::Content => Key::SimFaultGroupContent,
        FaultGroup::Webhooks => Key::SimFaultGroupWebhooks,
    }
}
