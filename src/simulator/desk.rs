//! The work behind the server functions of the pages for developers: log, faults, settings, webhooks.

use super::{
    clock,
    control::wire::names,
    model::{Fault, FaultKind, LogDetail, LogPage, LogQuery, Manners, PlatformCard},
    phone::here::sim,
};
use crate::{
    error::{AppError, Reason},
    time,
};

fn wrong(field: &str) -> AppError {
    AppError::field(field, Reason::Invalid)
}

fn number(text: &str, field: &str) -> Result<Option<u64>, AppError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| wrong(field)),
    }
}

/// The lines that fit.
pub fn log(query: &LogQuery) -> Result<LogPage, AppError> {
    let sim = sim()?;
    Ok(sim.log.page(query, &names(&sim)))
}

/// One entry.
pub fn log_entry(id: u64) -> Result<LogDetail, AppError> {
    let sim = sim()?;
    sim.log.detail(id, &names(&sim), &sim.rules.base_url).ok_or(AppError::NotFound)
}

/// What a form of a fault says.
pub struct Wish {
    /// Its kind's word.
    pub kind: String,
    /// Part of a path, or empty.
    pub path: String,
    /// Channel id, or empty.
    pub channel: String,
    /// Per cent, or empty for always.
    pub percent: String,
    /// How many times, or empty.
    pub times: String,
    /// Milliseconds, or empty.
    pub millis: String,
    /// Seconds until it ends by itself, or empty.
    pub seconds: String,
}

/// Switches a fault on.
pub fn switch_on(wish: Wish) -> Result<(), AppError> {
    let kind = FaultKind::from_word(&wish.kind).ok_or_else(|| wrong("kind"))?;
    let percent: f64 = match wish.percent.trim().trim_end_matches('%').trim() {
        "" => 100.0,
        text => text.parse().map_err(|_| wrong("percent"))?,
    };
    if !(0.0..=100.0).contains(&percent) || percent == 0.0 {
        return Err(wrong("percent"));
    }
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let fault = Fault {
        path: wish.path.trim().to_owned(),
        channel: wish.channel,
        probability: percent / 100.0,
        remaining: number(&wish.times, "times")?.map(small),
        millis: number(&wish.millis, "millis")?.unwrap_or(1_000).min(120_000),
        seconds: number(&wish.seconds, "seconds")?.map(small),
        ..Fault::new(kind)
    };
    if fault.remaining == Some(0) {
        return Err(wrong("times"));
    }
    sim()?.with(|world| world.add_fault(fault));
    Ok(())
}

/// What the settings page shows of the platform.
pub fn platform() -> Result<PlatformCard, AppError> {
    let sim = sim()?;
    let strict = sim.rules.strict;
    Ok(sim.with(|world| PlatformCard {
        manners: world.manners,
        audience_wait: world.settings.audience_wait,
        privacy: world.settings.privacy,
        now: world.now(),
        offset: world.offset,
        counts: world.counts(),
        kept: world.keep,
        strict,
    }))
}

/// Changes how the platform behaves.
pub fn set_platform(manners: Manners, audience_wait: i64, privacy: bool) -> Result<(), AppError> {
    if manners.webhook_batch == 0 || manners.webhook_batch > 100 {
        return Err(wrong("webhook_batch"));
    }
    if manners.narrowcast_pace < 0 || manners.redelivery_wait < 0 || audience_wait < 0 || manners.redeliveries > 100 {
        return Err(wrong("value"));
    }
    sim()?.with(|world| {
        world.manners = manners;
        world.settings.audience_wait = audience_wait;
        world.settings.privacy = privacy;
        let settings = world.settings;
        world.save("manners", "", &manners);
        world.save("settings", "", &settings);
        world.changed("");
    });
    Ok(())
}

/// Sets the clock by `2026-12-24T09:30` in Japan, moves it by milliseconds, or (both empty) back to the real time.
pub fn set_clock(at: &str, advance: i64) -> Result<(), AppError> {
    let set = if at.trim().is_empty() { None } else { Some(japan(at.trim()).ok_or_else(|| wrong("at"))?) };
    sim()?.with(|world| {
        let wanted = set.or_else(|| (advance != 0).then(|| world.now().saturating_add(advance)));
        world.offset = wanted.map_or(0, |now| now.clamp(0, clock::END) - time::now());
        world.changed("");
    });
    Ok(())
}

/// Unix milliseconds of a date and time in Japan, as a browser's field writes them.
fn japan(text: &str) -> Option<i64> {
    let (date, clock) = text.split_once('T')?;
    let mut date = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut clock = clock.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (clock.next()??, clock.next()??);
    let plain = (1970..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !plain || !(0..24).contains(&hour) || !(0..60).contains(&minute) {
        return None;
    }
    // Howard Hinnant's days-from-civil, on years that begin in March.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(days * time::DAY + (hour - 9) * time::HOUR + minute * time::MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browsers_field_is_read_in_japan() {
        assert_eq!(japan("1970-01-01T09:00"), Some(0));
        assert_eq!(japan("2024-02-29T09:30"), Some(1_709_166_600_000));
        assert_eq!(japan("2026-12-31T23:59:30"), Some(1_798_729_140_000));
        for text in ["", "2026-13-01T00:00", "2026-12-24", "2026-12-24T25:00", "x"] {
            assert_eq!(japan(text), None, "{text}");
        }
    }
}
