//! Where the bytes of a message are: with us, with strangers, or nowhere any more.

use super::{use_desktop, words};
use crate::{
    chat::model::{Direction, Media, Message},
    i18n::use_i18n,
    ui::phone::Source,
};

/// Where the bytes of a message are on our server.
fn ours(media: &Media) -> String {
    format!("/media/{}/{}", use_desktop().feed.account, media.id)
}

/// What is known about a message's bytes. `external` is where they lie when LINE does not hold them.
pub fn source(message: &Message, external: Option<&String>) -> Source {
    let Some(media) = &message.media else {
        let full = external.cloned().filter(|address| address.starts_with("https://"));
        // Whoever sends an address must not learn from us who looks at it, and when.
        return Source { full, foreign: message.direction == Direction::In, ..Source::default() };
    };
    let full = ours(media);
    Source {
        small: Some(format!("{full}/thumb")),
        full: Some(full),
        size: media.width.zip(media.height),
        missing: words::media(use_i18n(), media.state),
        foreign: false,
    }
}
