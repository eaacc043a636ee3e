//! The text area and its caret.

use super::super::talk::Talk;
use crate::simulator::model::Mark;
use leptos::{html, prelude::*};

/// The line to write in.
#[derive(Clone, Copy)]
pub struct Line {
    /// What goes on in the room.
    pub talk: Talk,
    /// The element.
    pub area: NodeRef<html::Textarea>,
    /// Where one writes, in UTF-16 units.
    pub caret: RwSignal<usize>,
}

/// The place in bytes of a place in UTF-16 units.
pub fn bytes(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, c) in text.char_indices() {
        if passed >= units {
            return at;
        }
        passed += c.len_utf16();
    }
    text.len()
}

impl Line {
    /// Notes where the caret is.
    pub fn follow(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let at = area.selection_start().ok().flatten().and_then(|at| usize::try_from(at).ok());
        let at = at.unwrap_or_default();
        if self.caret.get_untracked() != at {
            self.caret.set(at);
        }
    }

    /// Goes to the line; `words` stand in it unless they are empty.
    pub fn begin(self, words: String) {
        if !words.is_empty() {
            self.talk.draft.set(words);
        }
        let end = self.talk.draft.with_untracked(|draft| draft.encode_utf16().count());
        self.go(end);
    }

    /// Puts the caret to this place, once the text is drawn.
    fn go(self, to: usize) {
        self.caret.set(to);
        request_animation_frame(move || {
            if let Some(area) = self.area.get_untracked() {
                let _ = area.focus();
                let to = u32::try_from(to).unwrap_or(u32::MAX);
                let _ = area.set_selection_range(to, to);
            }
        });
    }

    /// Writes `words` in the place of what stands between `from` (in bytes) and the caret.
    pub fn replace(self, from: usize, words: &str) {
        let mut to = 0;
        self.talk.draft.update(|draft| {
            let end = bytes(draft, self.caret.get_untracked());
            let from = from.min(end);
            draft.replace_range(from..end, words);
            to = draft[..from].encode_utf16().count() + words.encode_utf16().count();
        });
        self.go(to);
    }

    /// Writes `words` at the caret.
    pub fn insert(self, words: &str) {
        let at = self.talk.draft.with_untracked(|draft| bytes(draft, self.caret.get_untracked()));
        self.replace(at, words);
    }

    /// Remembers that something was chosen and not typed.
    pub fn mark(self, mark: Mark) {
        self.talk.marks.update(|marks| {
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_utf16() {
        assert_eq!((bytes("a🍎あ", 1), bytes("a🍎あ", 3), bytes("a🍎あ", 4), bytes("a", 9)), (1, 5, 8, 1));
    }
}
