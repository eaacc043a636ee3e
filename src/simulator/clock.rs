//! LINE's calendar: days and months in Japan, whatever the machine's own zone.

use crate::time::{DAY, HOUR};

/// The last moment that the platform's clock can be set to: the year 2100. Message ids have room for it.
pub const END: i64 = 4_102_444_800_000;

/// Year, month and day in Japan (UTC+9, no daylight saving) of Unix milliseconds.
fn civil(time: i64) -> (i64, i64, i64) {
    // Howard Hinnant's days-to-civil, on years that begin in March.
    let days = (time + 9 * HOUR).div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// `yyyyMMdd` as a number.
pub fn day(time: i64) -> i64 {
    let (year, month, day) = civil(time);
    year * 10_000 + month * 100 + day
}

/// Where a day (`yyyyMMdd`) begins in Japan, Unix milliseconds. None for what is no day.
pub fn start(day: i64) -> Option<i64> {
    let (year, month, date) = (day / 10_000, day / 100 % 100, day % 100);
    let shifted = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = shifted.0.div_euclid(400);
    let year_of_era = shifted.0.rem_euclid(400);
    let day_of_year = (153 * shifted.1 + 2) / 5 + date - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let start = (era * 146_097 + day_of_era - 719_468) * DAY - 9 * HOUR;
    (self::day(start) == day).then_some(start)
}

/// `yyyyMMdd` out of a text of eight digits. None for what is no day.
pub fn read(text: &str) -> Option<i64> {
    let digits = Some(text).filter(|text| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).filter(|day| start(*day).is_some())
}

/// `yyyyMM` as a number: quotas begin anew when it changes.
pub fn month(time: i64) -> i64 {
    day(time) / 100
}

/// ISO 8601 in UTC with milliseconds, as LINE writes times into answers.
pub fn iso(time: i64) -> String {
    let (year, month, day) = civil(time - 9 * HOUR);
    let ms = time.rem_euclid(DAY);
    let (hour, minute, second) = (ms / HOUR, ms / 60_000 % 60, ms / 1_000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_and_are_read() {
        assert_eq!(start(20_241_231).map(|time| (day(time), day(time - 1))), Some((20_241_231, 20_241_230)));
        assert_eq!(start(19_700_101), Some(-9 * HOUR));
        for time in (0..800).map(|at| at * 57 * DAY) {
            assert_eq!(start(day(time)).map(day), Some(day(time)));
        }
        assert_eq!(read("20240229"), Some(20_240_229));
        for wrong in ["20230229", "20241301", "20240100", "2024010", "202401011", "2024-1-1", "+2024010"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn japan_is_nine_hours_ahead() {
        assert_eq!(day(0), 19_700_101);
        assert_eq!(day(1_709_132_400_000 + 15 * HOUR), 20_240_229);
        assert_eq!(day(1_735_657_199_999), 20_241_231);
        assert_eq!(day(1_735_657_200_000), 20_250_101);
        assert_eq!(iso(1_735_657_200_123), "2024-12-31T15:00:00.123Z");
    }
}
