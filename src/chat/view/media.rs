//! Where the bytes of a message are: with us, with strangers, or nowhere any more.

use super::{reading::use_reading, use_desktop, words};
use crate::{
    chat::{
        api,
        live::feed::ask_to_log_in,
        model::{Direction, Media, MediaState, Message},
    },
    i18n::{Key, use_i18n},
    line::event::Content,
    ui::{
        Icon, IconView, Toasts, hydrated,
        phone::{self, Source, words::size},
    },
};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};

/// Where the bytes of a message are on our server.
pub fn ours(media: &Media) -> String {
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
    let size = media.width.zip(media.height);
    // A film has a small picture only when LINE gave one.
    let pictured = size.is_some() || media.content_type.starts_with("image/");
    Source {
        small: pictured.then(|| format!("{full}/thumb")),
        full: Some(full),
        size,
        missing: words::media(use_i18n(), media.state),
        foreign: false,
    }
}

/// A message that is a picture of which we have the bytes.
pub fn is_picture(message: &Message) -> bool {
    matches!(message.content, Content::Image { .. })
        && message.media.as_ref().is_some_and(|media| media.state == MediaState::Ready)
}

/// What the bytes of a message are called on the reader's disk; none while we don't have them.
pub fn file_name(message: &Message) -> Option<String> {
    let media = message.media.as_ref().filter(|media| media.state == MediaState::Ready)?;
    if let Content::File { name, .. } = &message.content {
        return Some(name.clone());
    }
    let end = match media.content_type.as_str() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "audio/mp4" => "m4a",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        _ => "bin",
    };
    Some(format!("line-{}-{}.{end}", message.content.name(), message.id))
}

/// A picture; pressing it shows the whole of it, and leads on to the others of the room.
pub fn picture(message: &Message, external: Option<&String>) -> AnyView {
    let i18n = use_i18n();
    let source = source(message, external);
    if !is_picture(message) {
        return phone::media::picture(&source);
    }
    let (id, picture) = (message.id, use_reading().picture);
    let show = move |event: MouseEvent| {
        // Without a script, and with a key held down, the link opens the picture by itself.
        if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            event.prevent_default();
            picture.set(Some(id));
        }
    };
    let (width, height) = source.size.filter(|(w, h)| *w > 0 && *h > 0).unwrap_or((240, 180));
    view! {
        <a class="msg-picture" href=source.full target="_blank" rel="noopener noreferrer" on:click=show>
            <img
                src=source.small
                alt=i18n.t(Key::ChatKindImage)
                width=width
                height=height
                loading="lazy"
                decoding="async"
            />
        </a>
    }
    .into_any()
}

/// What stands below a picture, film, sound or file: a way to save it, or to try again to get it.
pub fn below(message: &Message) -> Option<AnyView> {
    let i18n = use_i18n();
    let media = message.media.as_ref()?;
    match (media.state, &message.content) {
        (MediaState::Failed, _) if message.content.has_bytes() => {
            Some(view! { <Again message=message.clone()/> }.into_any())
        }
        (MediaState::Ready, Content::Video { .. } | Content::Audio { .. }) => Some(
            view! {
                <a class="say__save" href=ours(media) download=file_name(message) rel="external">
                    <IconView icon=Icon::Download/>
                    {i18n.t(Key::ChatDownload)}
                    " · "
                    {size(media.size)}
                </a>
            }
            .into_any(),
        ),
        _ => None,
    }
}

/// Asks LINE once more.
#[component]
fn Again(message: Message) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let room = use_reading().room;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let (busy, alive) = (RwSignal::new(false), hydrated());
    let id = message.id;
    let again = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::fetch_again(feed.account, room, id).await {
                Ok(message) => {
                    feed.desk.try_update(|desk| desk.put_message(room, message));
                }
                Err(error) => {
                    ask_to_log_in(&error);
                    toasts.error(&error);
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="link-button" disabled=move || busy.get() || !alive.get() on:click=again>
            {i18n.t(Key::UiRetry)}
        </button>
    }
}
