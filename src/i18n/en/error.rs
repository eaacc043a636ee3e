//! What went wrong.

use crate::i18n::key::part::Error as Key;

pub fn text(key: Key) -> &'static str {
    match key {
        Key::ErrorUnauthenticated => "Your session has ended. Log in to go on.",
        Key::ErrorForbidden => "Your role does not allow this.",
        Key::ErrorNotFound => "This is not here, or no longer here.",
        Key::ErrorTooMany => "Too many attempts. Try again in {seconds} seconds.",
        Key::ErrorConflict => "Somebody else changed this a moment ago. Look again, then decide.",
        Key::ErrorUnavailable => "The server can't save just now. Nothing was changed; try again in a moment.",
        Key::ErrorUnreachable => "The server can't be reached. It will be tried again.",
        Key::ErrorInternal => {
            "Something went wrong on the server. If it goes on, tell the person who runs it this number: {id}"
        }
        Key::ErrorEmpty => "Please fill this in.",
        Key::ErrorTooLong => "Too long: at most {limit} characters.",
        Key::ErrorTooShort => "Too short: at least {limit} characters.",
        Key::ErrorInvalid => "This is not in the right form.",
        Key::ErrorTaken => "This is already in use.",
        Key::ErrorWrongLogin => "E-mail or password is wrong.",
        Key::ErrorRefused => "LINE refused this: {message}",
        Key::ErrorLineUnreachable => "LINE can't be reached. Check the server's connection and try again.",
        Key::ErrorFull => "That is the most: {limit}. Let one go first.",
        Key::ErrorTooLarge => "This file is too large: at most {limit} MB can be sent.",
        Key::ErrorNotPicture => {
            "This picture can't be read, or has more than 50 million pixels. Save it as JPEG or PNG and try again."
        }
        Key::ErrorNotFilm => "LINE plays MP4 films only. Export this one as MP4 (H.264), or send it as a file.",
        Key::ErrorNotSound => "LINE plays M4A and MP3 only. Convert this sound, or send it as a file.",
        Key::ErrorActive => {
            "Pages and SVG drawings can't be sent, because they can run scripts. Send a picture or a PDF of it, or put it into a ZIP."
        }
        Key::ErrorNoAddress => {
            "LINE can't fetch files from this server yet: it needs a public address (--public-url https://…). Ask whoever runs it."
        }
        Key::ErrorGone => "A file or message that this needs is no longer there.",
        Key::ErrorWrongCode => "This code is wrong or was used before. A new one appears every 30 seconds.",
    }
}
