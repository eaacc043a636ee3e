//! The same text on both sides, in UTC.

use crate::time::{DAY, HOUR, MINUTE, SECOND};

/// Year, month and day of a number of days since 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// `2026-11-21 05:46`, in UTC.
pub fn neutral(ms: i64) -> String {
    let (year, month, day) = civil(ms.div_euclid(DAY));
    let rest = ms.rem_euclid(DAY);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", rest / HOUR, rest % HOUR / MINUTE)
}

/// `2026-11-21T05:46:07Z`, for machines.
pub fn iso(ms: i64) -> String {
    format!("{}:{:02}Z", neutral(ms).replace(' ', "T"), ms.rem_euclid(MINUTE) / SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_calendar() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_399_000), "2000-02-28T23:59:59Z");
        assert_eq!(iso(951_825_600_000), "2000-02-29T12:00:00Z");
        assert_eq!(iso(1_795_240_000_000), "2026-11-21T05:46:40Z");
        assert_eq!(iso(-1_000), "1969-12-31T23:59:59Z");
    }
}
