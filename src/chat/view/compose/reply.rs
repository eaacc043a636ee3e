//! "Reply", beside a message that can be quoted.

use super::super::use_desktop;
use crate::{
    chat::model::{Direction, Message},
    i18n::{Key, use_i18n},
    line::event::Content,
    ui::{Icon, IconView},
};
use leptos::prelude::*;

/// Nothing where LINE gives no token to quote with.
#[component]
pub fn Reply(
    /// Message.
    message: Message,
) -> impl IntoView {
    let i18n = use_i18n();
    let compose = use_desktop().compose;
    let quotable = match &message.content {
        Content::Text { .. } | Content::Sticker { .. } | Content::Image { .. } | Content::Video { .. } => true,
        // In what friends send, LINE gives these none.
        Content::Rich { .. } => message.direction == Direction::Out,
        _ => false,
    };
    let id = message.id;
    (quotable && message.line_id.is_some() && message.direction != Direction::Event).then(|| {
        view! {
            <button
                type="button"
                class="say__reply"
                aria-label=i18n.t(Key::ChatReplyTo)
                title=i18n.t(Key::ChatReplyTo)
                on:click=move |_| compose.quote(id)
            >
                <IconView icon=Icon::Quote/>
            </button>
        }
    })
}
