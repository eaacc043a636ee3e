//! Figures of a message in words.

/// Bytes, as people read them: powers of 1,000, one decimal below ten.
pub fn size(bytes: i64) -> String {
    let units = ["KB", "MB", "GB"];
    if bytes < 1_000 {
        return format!("{} B", bytes.max(0));
    }
    let mut tenths = bytes / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < units.len() {
        tenths /= 1_000;
        unit += 1;
    }
    if tenths < 100 {
        format!("{}.{} {}", tenths / 10, tenths % 10, units[unit])
    } else {
        format!("{} {}", tenths / 10, units[unit])
    }
}

/// Minutes and seconds of a countdown or a recording.
pub fn clock(millis: i64) -> String {
    let seconds = millis.max(0).saturating_add(999) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    #[test]
    fn figures_are_short() {
        assert_eq!(super::size(999), "999 B");
        assert_eq!(super::size(1_234), "1.2 KB");
        assert_eq!(super::size(52_400_000), "52 MB");
        assert_eq!(super::size(3_000_000_000), "3.0 GB");
        assert_eq!(super::clock(40_001), "0:41");
        assert_eq!(super::clock(-5), "0:00");
        assert!(super::clock(i64::MAX).ends_with(":55"));
    }
}
