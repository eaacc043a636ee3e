//! Files that an operator brings to send: what LINE takes, and what we make of them.

use crate::id::UploadId;
use serde::{Deserialize, Serialize};

/// The largest film, sound or file, in bytes (line-platform.md §6).
pub const FILE_LIMIT: u64 = 200 << 20;
/// The largest picture that LINE takes, in bytes. A larger one is made smaller by us.
pub const PICTURE_LIMIT: u64 = 10_000_000;
/// The largest picture that we take to make it smaller, in bytes.
pub const PICTURE_SOURCE: u64 = 40 << 20;
/// The largest preview that LINE takes, in bytes.
pub const PREVIEW_LIMIT: u64 = 1_000_000;
/// The longest name of a file, in characters; the rest is cut off before its ending.
pub const NAME_LIMIT: usize = 120;

/// As what a file is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadKind {
    /// JPEG or PNG, made by us from what came.
    Image,
    /// MP4.
    Video,
    /// M4A or MP3.
    Audio,
    /// Anything else: sent as a link to a page of ours, because LINE has no file message.
    File,
}

impl UploadKind {
    /// As the database and the address have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::File => "file",
        }
    }

    /// From the word.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Image, Self::Video, Self::Audio, Self::File].into_iter().find(|kind| kind.name() == name)
    }

    /// What a browser's media type makes of a file.
    pub fn guess(media_type: &str, name: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        match media_type.split('/').next().unwrap_or_default() {
            // What can't be a picture at LINE can still be handed over.
            "image" if !["svg", "tif", "tiff", "psd", "heic", "heif", "avif"].contains(&ending.as_str()) => Self::Image,
            "video" => Self::Video,
            "audio" => Self::Audio,
            _ => Self::File,
        }
    }

    /// The most bytes of a file of this kind.
    pub fn limit(self) -> u64 {
        if self == Self::Image { PICTURE_SOURCE } else { FILE_LIMIT }
    }
}

/// A file that was brought. The browser carries it about; when it is sent, the server reads the row of its id
/// and believes nothing else of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Upload {
    /// Names it in `/a/{account}/upload/{id}`.
    pub id: UploadId,
    /// As what it is sent.
    pub kind: UploadKind,
    /// Its name on the operator's machine, without folders.
    pub name: String,
    /// What its bytes say it is.
    pub content_type: String,
    /// Bytes, as we keep it.
    pub size: i64,
    /// Pixels of a picture.
    #[serde(default)]
    pub width: Option<i64>,
    /// Pixels of a picture.
    #[serde(default)]
    pub height: Option<i64>,
    /// Milliseconds of a film or a sound.
    #[serde(default)]
    pub duration: Option<i64>,
}

/// A name that can be shown and saved under: without folders, control characters, and what turns the reading
/// direction round (`gpj.exe` that shows as `exe.jpg`); never empty.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let clean: String = last
        .chars()
        .map(|c| if matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?') { '_' } else { c })
        .filter(|c| !hidden(*c))
        .collect();
    let clean = clean.trim().trim_start_matches('.');
    if clean.is_empty() {
        return "file".to_owned();
    }
    if clean.chars().count() <= NAME_LIMIT {
        return clean.to_owned();
    }
    let ending = clean.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.chars().count() <= 10);
    let keep = NAME_LIMIT - ending.map_or(0, |ending| ending.chars().count() + 1);
    let stem: String = clean.chars().take(keep).collect();
    ending.map_or(stem.clone(), |ending| format!("{stem}.{ending}"))
}

/// `1.2 MB`: the same in every language of the console.
#[expect(clippy::cast_precision_loss, reason = "rounded to one digit")]
pub fn size_words(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned() {
        assert_eq!(clean_name("C:\\fakepath\\見積 1.pdf"), "見積 1.pdf");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("a\u{202e}fdp.exe"), "afdp.exe");
        assert_eq!(clean_name(" .. "), "file");
        assert_eq!(clean_name("a\r\nb\"<.txt"), "ab__.txt");
        let long = clean_name(&format!("{}.xlsx", "あ".repeat(300)));
        assert_eq!((long.chars().count(), long.ends_with("あ.xlsx")), (NAME_LIMIT, true));
    }

    #[test]
    fn kinds_are_guessed_and_named() {
        assert_eq!(UploadKind::guess("image/webp", "a.webp"), UploadKind::Image);
        assert_eq!(UploadKind::guess("image/svg+xml", "a.SVG"), UploadKind::File);
        assert_eq!(UploadKind::guess("application/pdf", "a.pdf"), UploadKind::File);
        assert_eq!(UploadKind::guess("", ""), UploadKind::File);
        for kind in [UploadKind::Image, UploadKind::Video, UploadKind::Audio, UploadKind::File] {
            assert_eq!(UploadKind::from_name(kind.name()), Some(kind));
        }
    }

    #[test]
    fn sizes_are_words() {
        assert_eq!([999, 1_234, 1_234_567].map(size_words), ["999 B", "1 KB", "1.2 MB"]);
    }
}
