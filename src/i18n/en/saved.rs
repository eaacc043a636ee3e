//! Saved messages.

use crate::i18n::key::part::Saved as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::SavedTitle => "Saved messages",
        Key::SavedAbout => {
            "What you send again and again: opening hours, directions, thanks. Type / while writing to find one."
        }
        Key::SavedNew => "New saved message",
        Key::SavedEdit => "Edit",
        Key::SavedLook => "View",
        Key::SavedEditTitle => "Edit saved message",
        Key::SavedSearch => "Search saved messages",
        Key::SavedSearchGo => "Search",
        Key::SavedSort => "Sort by",
        Key::SavedSortUsed => "Most used",
        Key::SavedSortName => "Name",
        Key::SavedSortChanged => "Last changed",
        Key::SavedFolders => "Folders",
        Key::SavedAll => "All",
        Key::SavedLoose => "No folder",
        Key::SavedMine => "Only mine",
        Key::SavedEmpty => "Nothing saved yet",
        Key::SavedEmptyMore => {
            "Write an answer once and send it with two keys, with the friend's name filled in. Pictures, files and cards can be saved, too."
        }
        Key::SavedStart => "Begin with three examples",
        Key::SavedNothing => "Nothing fits",
        Key::SavedNothingMore => "Try fewer or other words, or look in another folder.",
        Key::SavedFound => "{count} messages",
        Key::SavedFolderAdd => "New folder",
        Key::SavedFolderName => "Name of the folder",
        Key::SavedFolderRename => "Rename folder",
        Key::SavedFolderDelete => "Delete folder",
        Key::SavedFolderDeleteMore => {
            "“{name}” is deleted. Its {count} messages stay: you find them under “No folder”."
        }
        Key::SavedUses => "Sent {count}×",
        Key::SavedNeverUsed => "Not sent yet",
        Key::SavedLast => "last",
        Key::SavedChangedBy => "Last changed by {name}",
        Key::SavedDo => "More for “{name}”",
        Key::SavedCopy => "Make a copy",
        Key::SavedDelete => "Delete",
        Key::SavedDeleted => "“{name}” was deleted.",
        Key::SavedUndo => "Undo",
        Key::SavedMore => "Show more",
        Key::SavedName => "Name",
        Key::SavedNameHint => "For your team; friends never see it.",
        Key::SavedShortcut => "Shortcut",
        Key::SavedShortcutHint => "One word, such as “hours”: /hours finds it at once.",
        Key::SavedShortcutWrong => "One word without spaces and slashes.",
        Key::SavedPlace => "Kept in",
        Key::SavedParts => "What is sent",
        Key::SavedPartsHint => "Up to five bubbles, sent in this order.",
        Key::SavedAddText => "Text",
        Key::SavedAddFile => "Picture or file",
        Key::SavedAddCard => "Card",
        Key::SavedNoBubbles => "Add what is to be sent.",
        Key::SavedManyBubbles => "LINE takes five bubbles at once.",
        Key::SavedTextOf => "Text {n}",
        Key::SavedCardOf => "Card {n}: JSON of a Flex or template message",
        Key::SavedCardHint => "Paste what a designer of Flex Messages gives you.",
        Key::SavedAlt => "Words for the notification",
        Key::SavedCardJson => "The JSON can't be read: {error}",
        Key::SavedCardFlaw => {
            "LINE does not take this as a card. It needs a Flex or template message, not too large, and words for the notification."
        }
        Key::SavedUp => "Move up",
        Key::SavedDown => "Move down",
        Key::SavedDrop => "Remove",
        Key::SavedDropped => "Removed.",
        Key::SavedVariables => "Insert",
        Key::SavedVarFriend => "Friend's name",
        Key::SavedVarOperator => "Sender's name",
        Key::SavedVarAccount => "Account",
        Key::SavedVarDate => "Date",
        Key::SavedFallback => "there",
        Key::SavedPreview => "Preview",
        Key::SavedPreviewFor => "As it reaches",
        Key::SavedPreviewNobody => "Somebody without a name",
        Key::SavedPreviewFind => "Find a friend",
        Key::SavedPreviewEmpty => "What you write is shown here.",
        Key::SavedVarEmpty => "Nothing is known for {names}. Say what stands there instead, like this: {example}",
        Key::SavedDraftBack => "Changes that were not saved are back.",
        Key::SavedDraftDrop => "Discard them",
        Key::SavedDraftKept => "Not saved yet; kept in this browser.",
        Key::SavedLeave => "Leave without saving?",
        Key::SavedLeaveMore => "Your changes stay in this browser only. Nobody else has them before you save.",
        Key::SavedStay => "Stay",
        Key::SavedLeaveGo => "Leave",
        Key::SavedConflict => "Somebody has changed this message since you opened it.",
        Key::SavedConflictMine => "Save mine over it",
        Key::SavedConflictTheirs => "Look at theirs",
        Key::SavedReadOnly => "Only owners and admins change the team's messages. You can make a copy for yourself.",
        Key::SavedPick => "Insert a saved message",
        Key::SavedPickTip => "Insert a saved message (/)",
        Key::SavedPickEmpty => "There are no saved messages yet.",
        Key::SavedPickManage => "Write and sort them",
        Key::SavedPickHint => "↑ ↓ to choose, Enter to insert, Esc to go on writing",
        Key::SavedTakenEmpty => "Nothing was known for {names}. Please read it before you send it.",
        Key::SavedExport => "Download all",
        Key::SavedImport => "Add from a file",
        Key::SavedImportMore => {
            "A file that was downloaded here, or a table (CSV) with the columns name and text, and shortcut and folder if you like."
        }
        Key::SavedImported => "{count} messages were added.",
        Key::SavedExample1 => "Opening hours",
        Key::SavedExample1Short => "hours",
        Key::SavedExample1Text => {
            "Hello [[friend.name|there]], we are open from 10:00 to 19:00, every day but Tuesday."
        }
        Key::SavedExample2 => "Please wait",
        Key::SavedExample2Short => "wait",
        Key::SavedExample2Text => {
            "Thank you for your message, [[friend.name|there]]. I am looking into it and will write again today. – [[operator.name]], [[account.name]]"
        }
        Key::SavedExample3 => "Thank you",
        Key::SavedExample3Short => "thanks",
        Key::SavedExample3Text => "Thank you for coming, [[friend.name|there]]. We look forward to seeing you again!",
    }
}
