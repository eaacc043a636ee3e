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
    fn japan_is_nine_hours_ahead() {
        assert_eq!(day(0), 19_700_101);
        assert_eq!(day(1_709_132_400_000 + 15 * HOUR), 20_240_229);
        assert_eq!(day(1_735_657_199_999), 20_241_231);
        assert_eq!(day(1_735_657_200_000), 20_250_101);
        assert_eq!(iso(1_735_657_200_123), "2024-12-31T15:00:00.123Z");
    }
}
