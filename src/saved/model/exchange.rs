//! Saved messages as a file: JSON with everything but files, or a table of texts (CSV), as other tools have them.

use super::Form;
use crate::chat::model::draft::Bubble;
use serde::{Deserialize, Serialize};

/// One message in a file.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Name of its folder; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub folder: String,
    /// Name.
    pub name: String,
    /// Shortcut.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub shortcut: String,
    /// What it is. Pictures and other files are left out: they lie on the server that they came from.
    pub bubbles: Vec<Bubble>,
}

impl Entry {
    /// The form that it fills, outside any folder.
    pub fn form(self) -> Form {
        Form { name: self.name, shortcut: self.shortcut, bubbles: self.bubbles, ..Form::default() }
    }
}

/// Reads a file: JSON as we write it, or a table whose first line names the columns `folder`, `name`, `shortcut` and
/// `text` (a shortcut alone is the name too), or that has the columns name and text only. Bubbles with files are dropped. None when it is neither.
pub fn read(file: &str) -> Option<Vec<Entry>> {
    let file = file.trim_start_matches('\u{feff}').trim();
    let mut entries: Vec<Entry> =
        if file.starts_with('[') { serde_json::from_str(file).ok()? } else { read_table(file)? };
    entries.iter_mut().for_each(|entry| entry.bubbles.retain(|bubble| bubble.upload().is_none()));
    Some(entries)
}

fn read_table(file: &str) -> Option<Vec<Entry>> {
    let mut rows = rows(file).into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).peekable();
    let head: Vec<String> = rows.peek()?.iter().map(|cell| cell.trim().to_lowercase()).collect();
    let named = |names: &[&str]| head.iter().position(|cell| names.contains(&cell.as_str()));
    let shortcut = named(&["shortcut", "short_code", "shortcode"]);
    let columns = match (named(&["name", "title"]).or(shortcut), named(&["text", "content", "message", "body"])) {
        (Some(name), Some(text)) => {
            rows.next();
            (named(&["folder", "category"]), name, shortcut, text)
        }
        _ if head.len() == 2 => (None, 0, None, 1),
        _ => return None,
    };
    let (folder, name, shortcut, text) = columns;
    let entry = |row: Vec<String>| {
        let cell = |at: usize| row.get(at).map(|cell| plain(cell)).unwrap_or_default();
        Entry {
            folder: folder.map(cell).unwrap_or_default(),
            name: cell(name),
            shortcut: shortcut.map(cell).unwrap_or_default(),
            bubbles: vec![Bubble::text(cell(text))],
        }
    };
    Some(rows.map(entry).collect())
}

/// A cell without the sign that keeps spreadsheets from reading it as a formula.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell).to_owned()
}

/// The cells of a table, parted by commas, semicolons or tabs, whichever the first line has most of.
fn rows(file: &str) -> Vec<Vec<String>> {
    let first = file.lines().next().unwrap_or_default();
    let parting = [',', ';', '\t'].into_iter().rev().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = file.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            c if quoted => cell.push(c),
            c if c == parting => row.push(std::mem::take(&mut cell)),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    row.push(cell);
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(entry: &Entry) -> &str {
        match entry.bubbles.first() {
            Some(Bubble::Text { text, .. }) => text,
            _ => "",
        }
    }

    #[test]
    fn tables_are_read() {
        let file =
            "\u{feff}Folder,Name,Shortcut,Text\r\nA,\"Hi, all\",hi,\"one\ntwo \"\"three\"\"\"\r\n,'=x,,plain\r\n\r\n";
        let entries = read(file).unwrap_or_default();
        assert_eq!(entries.len(), 2);
        assert_eq!(
            (entries[0].folder.as_str(), entries[0].name.as_str(), text(&entries[0])),
            ("A", "Hi, all", "one\ntwo \"three\"")
        );
        assert_eq!((entries[1].name.as_str(), text(&entries[1])), ("=x", "plain"));
        assert_eq!(read("a;b").map(|entries| text(&entries[0]).to_owned()).as_deref(), Some("b"));
        let coded = read("short_code\tcontent\nhi\tHello").unwrap_or_default();
        assert_eq!(coded.len(), 1);
        assert_eq!((coded[0].name.as_str(), coded[0].shortcut.as_str(), text(&coded[0])), ("hi", "hi", "Hello"));
        assert_eq!(read("just words"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("[{]"), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let entries = vec![Entry { name: "a".into(), bubbles: vec![Bubble::text("x")], ..Entry::default() }];
        assert_eq!(read(&serde_json::to_string_pretty(&entries).unwrap_or_default()), Some(entries));
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(file in "\\PC*") {
            let _ = read(&file);
        }
    }
}
