//! Pictures, films, sounds, files, places and stickers. Everything has its room on the page before it has loaded, so
//! that nothing jumps.

use super::{parts, words};
use crate::{
    i18n::{Key, use_i18n},
    ui::{Icon, IconView},
};
use leptos::{html, prelude::*};

/// The box of a picture, in CSS pixels, when its size is not known.
const UNKNOWN_SIZE: (i64, i64) = (240, 180);

/// Where the bytes of a picture, film, sound or file are, as far as one knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// All of it.
    pub full: Option<String>,
    /// A small picture of it.
    pub small: Option<String>,
    /// Width and height in pixels.
    pub size: Option<(i64, i64)>,
    /// Why it can't be shown, in words.
    pub missing: Option<&'static str>,
    /// It lies with strangers: it is shown when the reader asks for it.
    pub foreign: bool,
}

/// What stands in for something that can't be shown.
fn missing(source: &Source, kind: Key) -> Option<AnyView> {
    let i18n = use_i18n();
    let why = source.missing.map(|why| format!(" · {why}"));
    if why.is_none() && source.full.is_some() {
        return None;
    }
    Some(view! { <p class="msg-missing">{i18n.t(kind)}{why}</p> }.into_any())
}

/// A link to something that is not loaded unasked.
fn foreign(source: &Source, kind: Key, icon: Icon) -> Option<AnyView> {
    let i18n = use_i18n();
    let href = source.full.clone().filter(|_| source.foreign)?;
    let words = href.clone();
    Some(
        view! {
            <a class="msg-file" href=href target="_blank" rel="noopener noreferrer">
                <IconView icon/>
                <span class="msg-file__name">{i18n.t(kind)}</span>
                <span class="msg-small">{words}</span>
            </a>
        }
        .into_any(),
    )
}

/// A picture; pressing it shows the whole of it.
pub fn picture(source: &Source) -> AnyView {
    let i18n = use_i18n();
    let instead = missing(source, Key::ChatKindImage).or_else(|| foreign(source, Key::ChatKindImage, Icon::Picture));
    if let Some(words) = instead {
        return words;
    }
    let full = source.full.clone().unwrap_or_default();
    let small = source.small.clone().unwrap_or_else(|| full.clone());
    let (width, height) = source.size.filter(|(w, h)| *w > 0 && *h > 0).unwrap_or(UNKNOWN_SIZE);
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
        <a class="msg-picture" href=full target="_blank" rel="noopener noreferrer" on:click=show>
            <img src=small alt=i18n.t(Key::ChatKindImage) width=width height=height loading="lazy" decoding="async"/>
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

/// Pictures that were sent together, as a grid.
pub fn pictures(pictures: Vec<AnyView>) -> AnyView {
    let each = pictures.into_iter().map(|picture| view! { <li>{picture}</li> });
    view! { <ul class="msg-set">{each.collect_view()}</ul> }.into_any()
}

/// A film with its controls; `ended` hears when it was seen to its end.
pub fn video(source: &Source, ended: Option<Callback<()>>) -> AnyView {
    let i18n = use_i18n();
    let instead = missing(source, Key::ChatKindVideo).or_else(|| foreign(source, Key::ChatKindVideo, Icon::Play));
    if let Some(words) = instead {
        return words;
    }
    let (src, poster) = (source.full.clone(), source.small.clone());
    let shape = source.size.filter(|(w, h)| *w > 0 && *h > 0).map(|(w, h)| format!("aspect-ratio: {w} / {h}"));
    // Without a picture to show, the film's beginning has to do.
    let preload = if poster.is_some() { "none" } else { "metadata" };
    let seen = move |_| {
        if let Some(ended) = ended {
            ended.run(());
        }
    };
    view! {
        <video
            class="msg-video"
            style=shape
            controls
            preload=preload
            playsinline
            src=src
            poster=poster
            aria-label=i18n.t(Key::ChatKindVideo)
            on:ended=seen
        ></video>
    }
    .into_any()
}

/// A sound with its length and controls.
pub fn audio(source: &Source, duration: Option<i64>) -> AnyView {
    let i18n = use_i18n();
    let instead = missing(source, Key::ChatKindAudio).or_else(|| foreign(source, Key::ChatKindAudio, Icon::Mic));
    if let Some(words) = instead {
        return words;
    }
    let src = source.full.clone();
    view! {
        <div class="msg-audio">
            <IconView icon=Icon::Mic/>
            <audio controls preload="none" src=src aria-label=i18n.t(Key::ChatKindAudio)></audio>
            {duration.map(|millis| view! { <span class="msg-small">{words::clock(millis)}</span> })}
        </div>
    }
    .into_any()
}

/// A file by its name, with its size and a way to save it.
pub fn file(source: &Source, name: &str, size: i64) -> AnyView {
    let i18n = use_i18n();
    let below = match source.missing {
        Some(why) => format!("{} · {why}", words::size(size)),
        None => words::size(size),
    };
    let inner = view! {
        <IconView icon=Icon::File/>
        <span class="msg-file__name">{name.to_owned()}</span>
        <span class="msg-small">{below}</span>
    };
    match source.full.clone().filter(|_| source.missing.is_none()) {
        Some(href) => view! {
            <a class="msg-file" href=href download=name.to_owned() rel="external" title=i18n.t(Key::ChatDownload)>
                {inner}
                <IconView icon=Icon::Download/>
            </a>
        }
        .into_any(),
        None => view! { <span class="msg-file">{inner}</span> }.into_any(),
    }
}

/// A place, with a map to open.
pub fn location(title: &str, address: &str, latitude: f64, longitude: f64) -> AnyView {
    let i18n = use_i18n();
    let href = format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}");
    let title = if title.is_empty() { i18n.t(Key::ChatKindLocation).to_owned() } else { title.to_owned() };
    view! {
        <a class="msg-file" href=href target="_blank" rel="noopener noreferrer">
            <IconView icon=Icon::Pin/>
            <span class="msg-file__name">{title}</span>
            <span class="msg-small">{address.to_owned()}</span>
            <span class="msg-small">{i18n.t(Key::ChatOpenMap)}</span>
        </a>
    }
    .into_any()
}

/// A sticker by LINE's address; `words` when LINE does not give the picture out.
pub fn sticker(id: &str, words: &str) -> AnyView {
    let i18n = use_i18n();
    let name = i18n.t(Key::ChatKindSticker);
    let words = if words.is_empty() { name.to_owned() } else { format!("{name} · {words}") };
    let failed = RwSignal::new(!parts::plain(id));
    // A picture that failed before the page was alive told nobody.
    let picture = NodeRef::<html::Img>::new();
    Effect::new(move |_| {
        if picture.get().is_some_and(|picture| picture.complete() && picture.natural_width() == 0) {
            failed.set(true);
        }
    });
    let src = format!("https://stickershop.line-scdn.net/stickershop/v1/sticker/{id}/android/sticker.png");
    view! {
        {move || {
            let (src, words) = (src.clone(), words.clone());
            if failed.get() {
                view! { <p class="msg-missing"><IconView icon=Icon::Sticker/>{words}</p> }.into_any()
            } else {
                view! {
                    <img class="msg-sticker" src=src alt=words width="150" height="130" decoding="async"
                        node_ref=picture on:error=move |_| failed.set(true)/>
                }
                .into_any()
            }
        }}
    }
    .into_any()
}
