//! The documentation as it travels to its page: prose in the reader's language, samples as they are.

use serde::{Deserialize, Serialize};

/// A part with a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocSection {
    /// Names it in the address: `#sdk`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub blocks: Vec<DocBlock>,
}

/// A piece of a part. Prose has code between backticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DocBlock {
    /// A smaller heading.
    Head {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Text {
        /// Its words.
        text: String,
    },
    /// Something to copy.
    Code {
        /// What it is, such as a language or a file's name.
        title: String,
        /// The code.
        text: String,
    },
    /// Points.
    List {
        /// One each.
        items: Vec<String>,
    },
    /// A table.
    Table {
        /// Its columns' names.
        head: Vec<String>,
        /// Its rows; the first cell is code.
        rows: Vec<Vec<String>>,
    },
}
