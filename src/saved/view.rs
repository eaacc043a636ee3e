//! Screens of saved messages: the list, the editor, and the way into a composer.

mod editor;
mod files;
mod folders;
mod guard;
mod library;
mod parts;
mod picker;
mod preview;
mod row;
mod words;

pub use editor::EditorPage;
pub use library::LibraryPage;
pub use picker::Picker;
