//! The history as CSV (RFC 4180): one message a line, cells that a spreadsheet would calculate made harmless.

use super::Direction;
use crate::{
    line::event::{Content, Notice},
    time::{DAY, HOUR, MINUTE, SECOND},
};

/// Excel takes a file for UTF-8 only when it begins with this.
pub const BOM: &str = "\u{FEFF}";
/// The names of the columns; scripts read them, so they are the same in every language.
pub const COLUMNS: [&str; 9] = ["time", "room", "room_kind", "direction", "kind", "sender", "text", "file", "link"];

/// One line of the file.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "named after the columns")]
pub struct Line<'a> {
    pub time: String,
    pub room: &'a str,
    pub room_kind: &'a str,
    pub direction: &'a str,
    pub kind: &'a str,
    pub sender: &'a str,
    pub text: String,
    pub file: String,
    pub link: String,
}

impl Line<'_> {
    /// Appends the line to a file.
    pub fn write(&self, out: &mut String) {
        let cells: [&str; 9] = [
            &self.time,
            self.room,
            self.room_kind,
            self.direction,
            self.kind,
            self.sender,
            &self.text,
            &self.file,
            &self.link,
        ];
        write_cells(out, &cells);
    }
}

/// The first line.
pub fn head(out: &mut String) {
    out.push_str(BOM);
    write_cells(out, &COLUMNS);
}

fn write_cells(out: &mut String, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// One cell. What a spreadsheet would take for a formula gets an apostrophe in front, wherever it came from: names
/// and texts are written by strangers.
fn write_cell(out: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let quoted = cell.contains([',', '"', '\r', '\n', ';', '\t']) || cell.starts_with(' ') || cell.ends_with(' ');
    if quoted {
        out.push('"');
    }
    if formula {
        out.push('\'');
    }
    if quoted {
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    } else {
        // A zero byte ends a file for some programs.
        out.push_str(&cell.replace('\0', ""));
    }
}

/// Which way a line went; a note is never taken for something that the friend can see.
pub fn direction(direction: Direction, content: &Content) -> &'static str {
    match content {
        Content::Note { .. } => "internal",
        _ => direction.name(),
    }
}

/// The words of a message, or what happened.
pub fn words(content: &Content) -> String {
    match content {
        Content::Notice { notice } => match notice {
            Notice::Postback { data } => format!("postback: {data}"),
            Notice::Other { name } => name.clone(),
            Notice::Followed => "followed".into(),
            Notice::Unblocked => "unblocked".into(),
            Notice::Blocked => "blocked".into(),
            Notice::Joined => "joined".into(),
            Notice::Left => "left".into(),
            Notice::MembersJoined { users } => format!("members joined: {}", users.join(" ")),
            Notice::MembersLeft { users } => format!("members left: {}", users.join(" ")),
            Notice::Picked { data, value } => format!("picked: {value} ({data})"),
            Notice::MenuSwitched { alias } => format!("rich menu: {alias}"),
            Notice::Beacon { kind } => format!("beacon: {kind}"),
            Notice::AccountLinked { ok: true } => "account linked".into(),
            Notice::AccountLinked { ok: false } => "account not linked".into(),
            Notice::Membership { kind } => format!("membership: {kind}"),
            Notice::VideoSeen { tracking } => format!("video seen: {tracking}"),
            Notice::TookBack { .. } => "took a message back".into(),
            Notice::Changed { .. } => "changed a message".into(),
            Notice::Assigned { to: Some(to), .. } => format!("assigned: {to}"),
            Notice::Assigned { to: None, .. } => "assigned: nobody".into(),
        },
        Content::Location { title, address, latitude, longitude } => {
            let parts = [title.clone(), address.clone(), format!("{latitude}, {longitude}")];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ")
        }
        Content::Sticker { sticker_id, keywords, text, .. } => {
            let words = text.clone().unwrap_or_else(|| keywords.join(", "));
            if words.is_empty() { format!("sticker {sticker_id}") } else { words }
        }
        other => other.words(),
    }
}

/// Where the bytes of a message lie when they are not with us.
pub fn elsewhere(content: &Content) -> Option<&str> {
    match content {
        Content::Image { external, .. } | Content::Video { external, .. } | Content::Audio { external, .. } => {
            external.as_deref()
        }
        _ => None,
    }
}

/// A name for the bytes of a message that came without one.
pub fn file_name(id: &str, content_type: &str) -> String {
    let end = match content_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "audio/mp4" => "m4a",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        "application/pdf" => "pdf",
        _ => "bin",
    };
    format!("{id}.{end}")
}

/// Days since 1970 of a date `YYYY-MM-DD`; none when it is no date.
pub fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| -> Option<i64> {
        let part = parts.next()?;
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = days_of(year, month, day);
    // The 31st of a short month is no date.
    (date_of(days) == (year, month, day)).then_some(days)
}

/// Days since 1970 of a date of the Gregorian calendar, reckoned in years that begin in March.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// A moment in ISO 8601, in a zone that is `zone` minutes ahead of UTC.
pub fn time(at: i64, zone: i64) -> String {
    let local = at + zone * MINUTE;
    let (year, month, day) = date_of(local.div_euclid(DAY));
    let rest = local.rem_euclid(DAY);
    let (hour, minute, second) = (rest / HOUR, rest % HOUR / MINUTE, rest % MINUTE / SECOND);
    let sign = if zone < 0 { '-' } else { '+' };
    let (ahead, minutes) = (zone.abs() / 60, zone.abs() % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{ahead:02}:{minutes:02}")
}

/// What a file system would choke on, or read the wrong way round, becomes a line.
pub fn safe_name(name: &str) -> String {
    let bad = |c: char| {
        c.is_control()
            || "/\\:*?\"<>|".contains(c)
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = name.chars().map(|c| if bad(c) { '_' } else { c }).take(60).collect();
    name.trim().trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        write_cell(&mut out, text);
        out
    }

    #[test]
    fn formulas_become_text() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"] {
            assert_eq!(cell(evil), format!("'{evil}"));
        }
        assert_eq!(cell("\t=1"), "\"'\t=1\"");
        assert_eq!(cell("\r=1"), "\"'\r=1\"");
        assert_eq!(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        assert_eq!(cell("1 = 1"), "1 = 1");
    }

    #[test]
    fn lines_and_quotes_stay_in_their_cell() {
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("a\nb"), "\"a\nb\"");
        assert_eq!(cell("say \"hi\""), "\"say \"\"hi\"\"\"");
        let mut out = String::new();
        head(&mut out);
        assert_eq!(out, "\u{FEFF}time,room,room_kind,direction,kind,sender,text,file,link\r\n");
    }

    #[test]
    fn times_are_iso_8601() {
        assert_eq!(time(0, 0), "1970-01-01T00:00:00+00:00");
        assert_eq!(time(1_795_277_579_123, 540), "2026-11-22T01:12:59+09:00");
        assert_eq!(time(951_782_400_000, -210), "2000-02-28T20:30:00-03:30");
    }

    #[test]
    fn dates_are_dates() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("2000-02-29"), Some(11_016));
        for wrong in ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01x", "", "0000-00-00"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
        for days in -200_000..200_000 {
            let (year, month, day) = date_of(days);
            assert_eq!(days_of(year, month, day), days);
        }
    }

    #[test]
    fn names_of_files_stay_names() {
        assert_eq!(safe_name("a/b\\c:d\u{202E}"), "a_b_c_d_");
        assert_eq!(safe_name("佐藤さん 🌿"), "佐藤さん 🌿");
        assert_eq!(safe_name("..."), "");
    }

    proptest::proptest! {
        /// Whatever a stranger writes, a reader of RFC 4180 gets one cell back, and no spreadsheet a formula.
        #[test]
        fn a_cell_is_read_back(text in "[\\PC\\t\\r\\n\"=@,;-]{0,20}") {
            let written = cell(&text);
            let inner = match written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                Some(inner) => inner.replace("\"\"", "\""),
                None => { proptest::prop_assert!(!written.contains(['"', ',', '\n', '\r'])); written.clone() }
            };
            proptest::prop_assert!(!inner.starts_with(['=', '+', '-', '@', '\t', '\r']));
            proptest::prop_assert_eq!(inner.strip_prefix('\'').filter(|_| !text.starts_with('\'')).unwrap_or(&inner), text.as_str());
        }
    }
}
