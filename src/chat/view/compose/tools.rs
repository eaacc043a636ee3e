//! The tools below the text: what can be added, and how it goes out.

use super::{Compose, files::Inputs, later::LaterSheet, panel::Panel, place::PlaceSheet};
use crate::{
    chat::{
        api,
        live::feed::ask_to_log_in,
        model::{Room, RoomKind},
    },
    i18n::{Key, use_i18n},
    id::RoomId,
    ui::{Icon, IconView, Toasts, hydrated},
};
use leptos::{ev::MouseEvent, html, prelude::*, task::spawn_local};

/// Which of them is open.
#[derive(Clone, Copy)]
pub struct Open {
    /// Emoji and stickers.
    pub panel: RwSignal<bool>,
    /// A place.
    pub place: RwSignal<bool>,
    /// A time.
    pub later: RwSignal<bool>,
    /// Saved messages.
    pub saved: RwSignal<bool>,
}

impl Default for Open {
    fn default() -> Self {
        let shut = || RwSignal::new(false);
        Self { panel: shut(), place: shut(), later: shut(), saved: shut() }
    }
}

/// The row of tools.
#[component]
pub fn Tools(compose: Compose, room: Memo<Option<Room>>, id: RoomId, open: Open, off: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let (pictures, any) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let no_files = Signal::derive(move || alive.get() && !compose.manners.with(|manners| manners.files));
    let shut = Signal::derive(move || !alive.get() || off.get());
    let ask = move |field: NodeRef<html::Input>| {
        // A film can't be fetched from here: said before anything is brought, not after.
        if no_files.get_untracked() {
            return toasts.show(i18n.t(Key::ErrorNoAddress));
        }
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let tool = move |key: Key, icon: Icon, pressed: Option<Signal<bool>>, act: Box<dyn Fn() + Send>| {
        let label = i18n.t(key);
        let state = move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" });
        view! {
            <button
                type="button"
                class="composer-icon"
                aria-label=label
                title=label
                aria-pressed=state
                disabled=move || shut.get()
                on:click=move |_: MouseEvent| act()
            >
                <IconView icon/>
            </button>
        }
    };
    let alone = move || room.with(|room| room.as_ref().is_some_and(|room| room.kind == RoomKind::User));
    let as_me = Signal::derive(move || compose.draft().as_me);
    let loading = move || {
        spawn_local(async move {
            match api::start_loading(compose.account(), id).await {
                Ok(()) => toasts.show(i18n.t(Key::ChatLoadingShown)),
                Err(error) => {
                    ask_to_log_in(&error);
                    toasts.error(&error);
                }
            }
        });
    };
    view! {
        <div class="composer__tools" role="group" aria-label=i18n.t(Key::ChatPlus)>
            {tool(
                Key::ChatEmoji,
                Icon::Smile,
                Some(open.panel.into()),
                Box::new(move || open.panel.update(|open| *open = !*open)),
            )}
            {tool(Key::SavedPickTip, Icon::Saved, None, Box::new(move || open.saved.set(true)))}
            {tool(Key::ChatAddPicture, Icon::Picture, None, Box::new(move || ask(pictures)))}
            {tool(Key::ChatAddFile, Icon::Clip, None, Box::new(move || ask(any)))}
            {tool(Key::ChatAddPlace, Icon::Pin, None, Box::new(move || open.place.set(true)))}
            {tool(Key::ChatLater, Icon::Clock, None, Box::new(move || open.later.set(true)))}
            <span class="composer__tools-gap"></span>
            {tool(
                Key::ChatSilent,
                Icon::Moon,
                Some(compose.silent.into()),
                Box::new(move || compose.silent.update(|silent| *silent = !*silent)),
            )}
            {tool(
                Key::ChatAsMe,
                Icon::User,
                Some(as_me),
                Box::new(move || compose.as_me.set(Some(!as_me.get_untracked()))),
            )}
            {move || alone().then(|| tool(Key::ChatLoading, Icon::More, None, Box::new(loading)))}
        </div>
        <Inputs compose pictures any/>
    }
}

/// What the tools open.
#[component]
pub fn Opened(compose: Compose, id: RoomId, open: Open) -> impl IntoView {
    view! {
        {move || open.panel.get().then(|| view! { <Panel compose/> })}
        {move || open.place.get().then(|| view! { <PlaceSheet compose open=open.place/> })}
        {move || open.later.get().then(|| view! { <LaterSheet compose id open=open.later/> })}
    }
}
