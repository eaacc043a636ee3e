//! Pictures, videos, sounds, files, places and stickers. Everything has its room on the page before
//! it has loaded, so that nothing jumps.

use super::{rich, use_desktop, words};
use crate::{
    chat::model::{Media, Message},
    i18n::{Key, use_i18n},
    line::event::Content,
    ui::{Icon, IconView},
};
use leptos::{html, prelude::*};

/// The box of a picture, in CSS pixels, when its size is not known.
const UNKNOWN_SIZE: (i64, i64) = (240, 180);

/// Where the bytes of a message are; LINE's own address only when LINE does not hold them.
fn address(media: Option<&Media>, external: Option<&String>) -> Option<String> {
    let account = use_desktop().feed.account;
    match (media, external) {
        (Some(media), _) => Some(format!("/media/{account}/{}", media.id)),
        (None, Some(external)) => Some(external.clone()).filter(|address| address.starts_with("https://")),
        (None, None) => None,
    }
}

/// What stands in for something that can't be shown, in words.
fn missing(media: Option<&Media>, kind: Key) -> Option<AnyView> {
    let i18n = use_i18n();
    let why = words::media(i18n, media?.state)?;
    Some(view! { <p class="bubble__missing">{i18n.t(kind)}" · "{why}</p> }.into_any())
}

/// A picture; pressing it shows the whole of it.
pub fn picture(message: &Message, external: Option<&String>) -> AnyView {
    let i18n = use_i18n();
    let media = message.media.as_ref();
    if let Some(words) = missing(media, Key::ChatKindImage) {
        return words;
    }
    let Some(full) = address(media, external) else {
        return view! { <p class="bubble__missing">{i18n.t(Key::ChatKindImage)}</p> }.into_any();
    };
    let thumb = if media.is_some() { format!("{full}/thumb") } else { full.clone() };
    let (width, height) = media
        .and_then(|media| Some((media.width?, media.height?)))
        .filter(|(w, h)| *w > 0 && *h > 0)
        .unwrap_or(UNKNOWN_SIZE);
    let viewer = NodeRef::<html::Dialog>::new();
    let open = RwSignal::new(false);
    let show = move |event: leptos::ev::MouseEvent| {
        // Without the dialog the link opens the picture by itself.
        if let Some(viewer) = viewer.get_untracked()
            && !event.ctrl_key()
            && !event.meta_key()
        {
            event.prevent_default();
            open.set(true);
            let _ = viewer.show_modal();
        }
    };
    let close = move |_| {
        if let Some(viewer) = viewer.get_untracked() {
            viewer.close();
        }
    };
    let src = full.clone();
    view! {
        <a class="bubble__picture" href=full target="_blank" rel="noopener noreferrer" on:click=show>
            <img src=thumb alt=i18n.t(Key::ChatKindImage) width=width height=height loading="lazy" decoding="async"/>
        </a>
        <dialog class="viewer" node_ref=viewer aria-label=i18n.t(Key::ChatKindImage) on:click=close on:close=move |_| open.set(false)>
            <button type="button" class="button viewer__close" aria-label=i18n.t(Key::UiClose)>
                <IconView icon=Icon::Close/>
            </button>
            {move || open.get().then(|| view! { <img src=src.clone() alt=i18n.t(Key::ChatKindImage)/> })}
        </dialog>
    }
    .into_any()
}

/// A video with its controls.
pub fn video(message: &Message, external: Option<&String>) -> AnyView {
    let i18n = use_i18n();
    let media = message.media.as_ref();
    if let Some(words) = missing(media, Key::ChatKindVideo) {
        return words;
    }
    let poster = media.and_then(|media| address(Some(media), None)).map(|address| format!("{address}/thumb"));
    match address(media, external) {
        Some(src) => view! {
            <video class="bubble__video" controls preload="none" playsinline src=src poster=poster aria-label=i18n.t(Key::ChatKindVideo)></video>
        }
        .into_any(),
        None => view! { <p class="bubble__missing">{i18n.t(Key::ChatKindVideo)}</p> }.into_any(),
    }
}

/// A voice message with its length and controls.
pub fn audio(message: &Message, duration: Option<i64>, external: Option<&String>) -> AnyView {
    let i18n = use_i18n();
    let media = message.media.as_ref();
    if let Some(words) = missing(media, Key::ChatKindAudio) {
        return words;
    }
    match address(media, external) {
        Some(src) => view! {
            <div class="bubble__audio">
                <IconView icon=Icon::Mic/>
                <audio controls preload="none" src=src aria-label=i18n.t(Key::ChatKindAudio)></audio>
                {duration.map(|millis| view! { <span class="bubble__small">{words::clock(millis)}</span> })}
            </div>
        }
        .into_any(),
        None => view! { <p class="bubble__missing">{i18n.t(Key::ChatKindAudio)}</p> }.into_any(),
    }
}

/// A file by its name, with its size and a way to save it.
pub fn file(message: &Message, name: &str, size: i64) -> AnyView {
    let i18n = use_i18n();
    let media = message.media.as_ref();
    let why = media.and_then(|media| words::media(i18n, media.state));
    let below = match why {
        Some(why) => format!("{} · {why}", words::size(size)),
        None => words::size(size),
    };
    let inner = view! {
        <IconView icon=Icon::File/>
        <span class="bubble__file-name">{name.to_owned()}</span>
        <span class="bubble__small">{below}</span>
    };
    match address(media, None).filter(|_| why.is_none()) {
        Some(href) => view! {
            <a class="bubble__file" href=href download=name.to_owned() rel="external" title=i18n.t(Key::ChatDownload)>
                {inner}
                <IconView icon=Icon::Download/>
            </a>
        }
        .into_any(),
        None => view! { <span class="bubble__file">{inner}</span> }.into_any(),
    }
}

/// A place, with a map to open.
pub fn location(title: &str, address: &str, latitude: f64, longitude: f64) -> AnyView {
    let i18n = use_i18n();
    let href = format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}");
    let title = if title.is_empty() { i18n.t(Key::ChatKindLocation).to_owned() } else { title.to_owned() };
    view! {
        <a class="bubble__place" href=href target="_blank" rel="noopener noreferrer">
            <IconView icon=Icon::Pin/>
            <span class="bubble__file-name">{title}</span>
            <span class="bubble__small">{address.to_owned()}</span>
            <span class="bubble__small">{i18n.t(Key::ChatOpenMap)}</span>
        </a>
    }
    .into_any()
}

/// A sticker by LINE's address; its words when LINE does not give the picture out.
pub fn sticker(content: &Content) -> AnyView {
    let i18n = use_i18n();
    let Content::Sticker { sticker_id, keywords, text, .. } = content else { return ().into_any() };
    let words = text.clone().unwrap_or_else(|| keywords.iter().take(3).cloned().collect::<Vec<_>>().join(", "));
    let name = i18n.t(Key::ChatKindSticker);
    let words = if words.is_empty() { name.to_owned() } else { format!("{name} · {words}") };
    let failed = RwSignal::new(!rich::plain(sticker_id));
    // A picture that failed before the page was alive told nobody.
    let picture = NodeRef::<html::Img>::new();
    Effect::new(move |_| {
        if picture.get().is_some_and(|picture| picture.complete() && picture.natural_width() == 0) {
            failed.set(true);
        }
    });
    let src = format!("https://stickershop.line-scdn.net/stickershop/v1/sticker/{sticker_id}/android/sticker.png");
    view! {
        {move || {
            let (src, words) = (src.clone(), words.clone());
            if failed.get() {
                view! { <p class="bubble__missing"><IconView icon=Icon::Sticker/>{words}</p> }.into_any()
            } else {
                view! {
                    <img class="bubble__sticker" src=src alt=words width="150" height="130" decoding="async"
                        node_ref=picture on:error=move |_| failed.set(true)/>
                }
                .into_any()
            }
        }}
    }
    .into_any()
}
