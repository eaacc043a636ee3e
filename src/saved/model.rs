//! Saved messages and their rules. Pure: shared by the server and the browser.

pub mod card;
pub mod draft;
pub mod exchange;
pub mod variable;

use crate::{
    chat::model::draft::{Bubble, Flaw},
    i18n::find::{fit, fold},
    id::{FolderId, SavedId},
    line::count::{BUBBLES_LIMIT, graphemes},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use variable::Values;

/// The longest name of a saved message or a folder, in letters as a reader counts them.
pub const NAME_LIMIT: usize = 80;
/// The longest shortcut, in letters.
pub const SHORTCUT_LIMIT: usize = 30;
/// The most saved messages of an account.
pub const MOST: i64 = 1_000;
/// The most folders of an account.
pub const MOST_FOLDERS: i64 = 100;
/// Saved messages on one page of the list.
pub const PAGE: usize = 50;
/// How much of the words a list shows, in characters.
pub const EXCERPT: usize = 160;
/// How long a deleted message can be brought back, in milliseconds.
pub const KEPT: i64 = 30 * crate::time::DAY;

/// A folder; there is one level of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Folder {
    /// Folder.
    pub id: FolderId,
    /// Name.
    pub name: String,
    /// Messages in it.
    pub count: i64,
}

/// What the form of the editor holds.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Name.
    pub name: String,
    /// What is typed after `/` to find it at once; may be empty.
    pub shortcut: String,
    /// The folder that it lies in.
    pub folder: Option<FolderId>,
    /// Only its owner sees it; it lies in no folder then.
    pub mine: bool,
    /// One to five.
    pub bubbles: Vec<Bubble>,
}

/// A saved message.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Saved {
    /// Saved message.
    pub id: SavedId,
    /// Grows with every change: who saves names the version they began with.
    pub version: i64,
    /// What it is.
    pub form: Form,
    /// This operator may change it.
    pub editable: bool,
}

/// A saved message in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Saved message.
    pub id: SavedId,
    /// Name.
    pub name: String,
    /// Shortcut; may be empty.
    pub shortcut: String,
    /// Its folder.
    pub folder: Option<FolderId>,
    /// Only the operator who asks sees it.
    pub mine: bool,
    /// [`kind`] of each bubble.
    pub kinds: Vec<String>,
    /// The beginning of its words.
    pub words: String,
    /// How often it was sent.
    pub uses: i64,
    /// When it was last sent, Unix ms.
    pub used_at: Option<i64>,
    /// When it was last changed, Unix ms.
    pub changed_at: i64,
    /// By whom; none when they have left.
    pub changed_by: Option<String>,
}

/// Which of them a list shows. It stands in the address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// All of them.
    #[default]
    All,
    /// Those of the team that lie in no folder.
    Loose,
    /// Those of the operator who asks.
    Mine,
    /// A folder.
    Folder(FolderId),
}

impl Shelf {
    /// The word in the address; none for all.
    pub fn slug(self) -> Option<String> {
        match self {
            Self::All => None,
            Self::Loose => Some("none".to_owned()),
            Self::Mine => Some("mine".to_owned()),
            Self::Folder(id) => Some(id.to_string()),
        }
    }

    /// From the word in an address; all when it is none of ours.
    pub fn from_slug(slug: &str) -> Self {
        match slug {
            "none" => Self::Loose,
            "mine" => Self::Mine,
            id => id.parse().map_or(Self::All, Self::Folder),
        }
    }

    /// Whether a message lies there.
    pub fn holds(self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::Loose => !line.mine && line.folder.is_none(),
            Self::Mine => line.mine,
            Self::Folder(id) => line.folder == Some(id),
        }
    }
}

/// In which order a list shows them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Most used first.
    #[default]
    Used,
    /// By name.
    Name,
    /// Last changed first.
    Changed,
}

impl Sort {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Used, Self::Name, Self::Changed];

    /// The word in the address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Name => "name",
            Self::Changed => "changed",
        }
    }

    /// From the word in an address.
    pub fn from_slug(slug: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.slug() == slug).unwrap_or_default()
    }
}

/// What a list asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Words of a name, a shortcut or a text; the best fit comes first then.
    pub search: String,
    /// Where to look.
    pub shelf: Shelf,
    /// In which order.
    pub sort: Sort,
    /// How many to leave out at the beginning.
    pub from: u32,
}

/// One page of the list, and the folders beside it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Library {
    /// Folders by name.
    pub folders: Vec<Folder>,
    /// At most [`PAGE`].
    pub lines: Vec<Line>,
    /// How many there are of what was asked for.
    pub found: i64,
    /// How many there are in all, and of those: in no folder, and this operator's own.
    pub counts: [i64; 3],
    /// This operator may change those of the team, and the folders.
    pub editable: bool,
}

/// A saved message about to go into a composer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Taken {
    /// What it is, with its variables.
    pub bubbles: Vec<Bubble>,
    /// What they become.
    pub values: Values,
}

/// What is wrong with a form, by its field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// No name.
    NameEmpty,
    /// Name longer than [`NAME_LIMIT`].
    NameLong,
    /// Shortcut longer than [`SHORTCUT_LIMIT`].
    ShortcutLong,
    /// A shortcut is one word, without a slash.
    Shortcut,
    /// No bubbles.
    NoBubbles,
    /// More than LINE takes at once.
    ManyBubbles,
    /// A bubble can't be sent.
    Bubble(usize, Flaw),
}

/// A shortcut as it is kept: letters made alike, without the slash that one types before it.
pub fn clean_shortcut(shortcut: &str) -> String {
    fold(shortcut.trim().trim_start_matches(['/', '／']))
}

impl Form {
    /// Everything that is wrong with it.
    pub fn check(&self) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        match graphemes(self.name.trim()) {
            0 => wrong.push(Wrong::NameEmpty),
            NAME_LIMIT.. if graphemes(self.name.trim()) > NAME_LIMIT => wrong.push(Wrong::NameLong),
            _ => {}
        }
        let shortcut = clean_shortcut(&self.shortcut);
        if shortcut.contains(|c: char| c.is_whitespace() || c.is_control() || c == '/') {
            wrong.push(Wrong::Shortcut);
        } else if graphemes(&shortcut) > SHORTCUT_LIMIT {
            wrong.push(Wrong::ShortcutLong);
        }
        match self.bubbles.len() {
            0 => wrong.push(Wrong::NoBubbles),
            count if count > BUBBLES_LIMIT => wrong.push(Wrong::ManyBubbles),
            _ => {}
        }
        let flaws = self.bubbles.iter().enumerate();
        wrong.extend(flaws.filter_map(|(at, bubble)| Some(Wrong::Bubble(at, bubble.check().err()?))));
        wrong
    }

    /// Nothing was entered yet.
    pub fn is_blank(&self) -> bool {
        let blank = |bubble: &Bubble| matches!(bubble, Bubble::Text { text, .. } if text.trim().is_empty());
        self.name.trim().is_empty() && self.shortcut.trim().is_empty() && self.bubbles.iter().all(blank)
    }
}

/// The kind of a bubble in one word, as it is kept.
pub fn kind(bubble: &Bubble) -> &'static str {
    match bubble {
        Bubble::Text { .. } => "text",
        Bubble::Sticker { .. } => "sticker",
        Bubble::Image { .. } => "image",
        Bubble::Video { .. } => "video",
        Bubble::Audio { .. } => "audio",
        Bubble::File { .. } => "file",
        Bubble::Location { .. } => "location",
        Bubble::Card { .. } => "card",
        Bubble::Coupon { .. } => "coupon",
    }
}

/// The words of a message, for lists and for searching.
pub fn words(bubbles: &[Bubble]) -> String {
    let words = |bubble: &Bubble| match bubble {
        Bubble::Text { text, .. } => text.clone(),
        Bubble::File { file } => file.name.clone(),
        Bubble::Location { title, address, .. } => format!("{title} {address}"),
        Bubble::Card { message } => message.get("altText").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Bubble::Coupon { title, .. } => title.clone(),
        _ => String::new(),
    };
    let all: Vec<String> = bubbles.iter().map(words).collect();
    all.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}

/// How well a message fits what was typed (folded): the lower the better. Names and shortcuts before words.
pub fn rank(search: &str, name: &str, shortcut: &str, words: &str) -> Option<u32> {
    let search = search.trim();
    if !shortcut.is_empty() && shortcut == search {
        return Some(0);
    }
    let shortcut = (!shortcut.is_empty() && shortcut.starts_with(search)).then_some(1);
    let named = fit(search, &fold(name)).map(|rank| rank + 1);
    let said = || {
        let words = fold(words);
        search.split_whitespace().all(|word| words.contains(word)).then_some(100)
    };
    shortcut.into_iter().chain(named).min().or_else(said)
}

/// The part of a text before the caret that a `/` begins, if one stands there at the start of a word: how many UTF-16
/// units it is long with its slash, and what was typed after it.
pub fn slash(before: &str) -> Option<(usize, &str)> {
    let (at, mark) =
        before.char_indices().rev().take(SHORTCUT_LIMIT + 1).find(|(_, c)| matches!(c, '/' | '／' | '\n'))?;
    let typed = before.get(at + mark.len_utf8()..)?;
    let last = before.get(..at)?.chars().next_back();
    // Scripts without spaces: a sentence ends, or a bracket opens, and a word begins.
    let begins = last.is_none_or(|c| c.is_whitespace() || "、。！？「（(【『…～".contains(c));
    let word = mark != '\n' && !typed.starts_with(char::is_whitespace) && !typed.contains("  ");
    (begins && word).then(|| (crate::line::count::utf16(before.get(at..).unwrap_or_default()), typed))
}

#[cfg(test)]
mod tests;
