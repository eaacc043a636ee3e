//! The pictures of a room, one after another, as large as the screen: arrows, swiping, zooming, saving. It goes on
//! beyond the messages that are on the screen, as far as the room does.

use super::{
    media,
    reading::{End, use_reading},
    use_desktop,
};
use crate::{
    chat::model::Message,
    i18n::{Key, use_i18n},
    id::MessageId,
    ui::{Icon, IconView, Spinner, Time, TimeStyle},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

/// How far a finger must go sideways, in CSS pixels.
const SWIPE: i32 = 48;
/// The steps of zooming, in percent of the screen.
const ZOOMS: [u16; 4] = [100, 160, 250, 400];
/// Pages without a picture that are passed over at one press.
const PATIENCE: usize = 40;

/// Shows the picture that [`super::reading::Reading::picture`] names.
#[component]
pub fn Viewer() -> impl IntoView {
    let i18n = use_i18n();
    let reading = use_reading();
    let desk = use_desktop().feed.desk;
    let (node, stage) = (NodeRef::<html::Dialog>::new(), NodeRef::<html::Div>::new());
    let zoom = RwSignal::new(0_usize);
    let busy = RwSignal::new(false);
    // What is looked at stays, also when the room has moved on; what is taken back goes.
    let shown = Memo::new(move |before: Option<&Option<Message>>| {
        let id = reading.picture.get()?;
        let known = desk.with(|desk| desk.message(id).cloned());
        match known {
            Some(message) => media::is_picture(&message).then_some(message),
            None => before.cloned().flatten().filter(|before| before.id == id),
        }
    });
    let all = move || -> Vec<MessageId> {
        desk.with_untracked(|desk| {
            let messages = desk.open_room().into_iter().flat_map(|open| open.messages());
            messages.filter(|message| media::is_picture(message)).map(|message| message.id).collect()
        })
    };
    let beside = move |end: End| -> Option<MessageId> {
        let at = reading.picture.get_untracked()?;
        let all = all();
        match end {
            End::Oldest => all.into_iter().rev().find(|id| *id < at),
            End::Newest => all.into_iter().find(|id| *id > at),
        }
    };
    let go = move |end: End| {
        if busy.get_untracked() {
            return;
        }
        zoom.set(0);
        if let Some(next) = beside(end) {
            return reading.picture.set(Some(next));
        }
        busy.set(true);
        spawn_local(async move {
            for _ in 0..PATIENCE {
                // Closed meanwhile, or nothing more to read.
                if reading.picture.try_get_untracked().flatten().is_none() || !reading.read_on(end).await {
                    break;
                }
                if let Some(next) = beside(end) {
                    reading.picture.set(Some(next));
                    break;
                }
            }
            busy.try_set(false);
        });
    };
    let step = move |by: isize| {
        zoom.update(|zoom| *zoom = zoom.saturating_add_signed(by).min(ZOOMS.len() - 1));
    };
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match shown.with(Option::is_some) {
            true if !dialog.open() => drop(dialog.show_modal()),
            false if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    // What is larger than the screen is moved by the arrow keys, too.
    Effect::new(move |_| {
        if zoom.get() > 0
            && let Some(stage) = stage.get()
        {
            let _ = stage.focus();
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let whole = zoom.get_untracked() == 0;
        match event.key().as_str() {
            "ArrowLeft" if whole => go(End::Oldest),
            "ArrowRight" if whole => go(End::Newest),
            "+" | "=" => step(1),
            "-" => step(-1),
            "0" => zoom.set(0),
            _ => return,
        }
        event.prevent_default();
    };
    let finger = StoredValue::new(None::<(i32, i32)>);
    let down = move |event: ev::PointerEvent| {
        let touch = event.pointer_type() == "touch" && event.is_primary() && zoom.get_untracked() == 0;
        finger.set_value(touch.then(|| (event.client_x(), event.client_y())));
    };
    let up = move |event: ev::PointerEvent| {
        let Some((x, y)) = finger.try_update_value(Option::take).flatten() else { return };
        let (x, y) = (event.client_x() - x, event.client_y() - y);
        match () {
            () if x.abs() < SWIPE && y < 2 * SWIPE => {}
            // Pulled down: away with it.
            () if y > x.abs() => close(),
            () if x > 0 => go(End::Oldest),
            () => go(End::Newest),
        }
    };
    let beside_it = move |event: ev::MouseEvent| {
        if event.target().and_then(|target| target.dyn_into::<web_sys::HtmlImageElement>().ok()).is_none() {
            close();
        }
    };
    let ended = move |_| {
        reading.picture.set(None);
        zoom.set(0);
    };
    let picture = move || {
        shown.get().and_then(|message| {
            let media = message.media.as_ref()?;
            let (width, height) = media.width.zip(media.height).unwrap_or((4, 3));
            let of = message.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
            Some(view! {
                <img
                    class="viewer__picture"
                    src=media::ours(media)
                    alt=format!("{} {of}", i18n.t(Key::ChatKindImage))
                    width=width
                    height=height
                    decoding="async"
                    draggable="false"
                    on:dblclick=move |_| zoom.update(|zoom| *zoom = if *zoom == 0 { 2 } else { 0 })
                />
            })
        })
    };
    let words = move || {
        shown.get().map(|message| {
            let name = message.person.as_ref().map(|person| person.name.clone());
            let name = name.or_else(|| message.operator.as_ref().map(|operator| operator.name.clone()));
            view! {
                <p class="viewer__words">
                    <span dir="auto">{name}</span>
                    " "
                    <Time at=message.at style=TimeStyle::Full/>
                </p>
            }
        })
    };
    let save = move || {
        shown.get().and_then(|message| {
            let (name, href) = (media::file_name(&message)?, media::ours(message.media.as_ref()?));
            Some(view! {
                <a class="viewer__button" href=href download=name rel="external" aria-label=i18n.t(Key::ChatDownload)
                    title=i18n.t(Key::ChatDownload)>
                    <IconView icon=Icon::Download/>
                </a>
            })
        })
    };
    // Only what can be moved is reached by Tab.
    let reach = move || if zoom.get() > 0 { "0" } else { "-1" };
    let at_most = move || zoom.get() + 1 == ZOOMS.len();
    view! {
        <dialog class="viewer viewer--room" node_ref=node aria-label=i18n.t(Key::ChatPhotos) on:close=ended on:keydown=on_key>
            <div class="viewer__bar">
                {words}
                {move || busy.get().then(|| view! { <Spinner/> })}
                <button type="button" class="viewer__button" aria-label=i18n.t(Key::ChatZoomOut)
                    title=i18n.t(Key::ChatZoomOut) disabled=move || zoom.get() == 0 on:click=move |_| step(-1)>
                    <span aria-hidden="true">"−"</span>
                </button>
                <button type="button" class="viewer__button" aria-label=i18n.t(Key::ChatZoomIn)
                    title=i18n.t(Key::ChatZoomIn) disabled=at_most on:click=move |_| step(1)>
                    <IconView icon=Icon::Plus/>
                </button>
                {save}
                <button type="button" class="viewer__button" aria-label=i18n.t(Key::UiClose)
                    title=i18n.t(Key::UiClose) on:click=move |_| close()>
                    <IconView icon=Icon::Close/>
                </button>
            </div>
            <div
                class="viewer__stage"
                class:viewer__stage--large=move || { zoom.get() > 0 }
                style=move || format!("--zoom: {}%", ZOOMS[zoom.get().min(ZOOMS.len() - 1)])
                role="group"
                aria-label=i18n.t(Key::ChatKindImage)
                tabindex=reach
                node_ref=stage
                on:pointerdown=down
                on:pointerup=up
                on:pointercancel=move |_| finger.set_value(None)
                on:click=beside_it
            >
                {picture}
            </div>
            <button type="button" class="viewer__button viewer__before" aria-label=i18n.t(Key::ChatPhotoBefore)
                title=i18n.t(Key::ChatPhotoBefore) on:click=move |_| go(End::Oldest)>
                <IconView icon=Icon::Back/>
            </button>
            <button type="button" class="viewer__button viewer__after" aria-label=i18n.t(Key::ChatPhotoAfter)
                title=i18n.t(Key::ChatPhotoAfter) on:click=move |_| go(End::Newest)>
                <IconView icon=Icon::Forward/>
            </button>
        </dialog>
    }
}
