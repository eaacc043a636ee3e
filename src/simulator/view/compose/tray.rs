//! What else can be sent: camera, pictures, voice, files, places.

use super::{
    super::{talk::Talk, wanted::Wanted},
    files::Files,
};
use crate::{
    i18n::{Key, use_i18n},
    ui::{Icon, IconView},
};
use leptos::prelude::*;

/// See the module.
#[component]
pub fn Tray(
    /// What goes on in the room.
    talk: Talk,
    /// Asks for files.
    files: Files,
) -> impl IntoView {
    let i18n = use_i18n();
    let ask = move |key: Key, icon: Icon, wanted: Wanted| {
        view! {
            <button type="button" class="compose__thing" on:click=move |_| talk.wish.ask(wanted.clone())>
                <IconView icon/>
                {i18n.t(key)}
            </button>
        }
    };
    view! {
        <div class="compose__tray">
            {ask(Key::SimCamera, Icon::Camera, Wanted::Camera)}
            {ask(Key::SimRoll, Icon::Picture, Wanted::CameraRoll { many: true })}
            {ask(Key::SimVoice, Icon::Mic, Wanted::Voice)}
            <button type="button" class="compose__thing" on:click=move |_| files.any()>
                <IconView icon=Icon::File/>
                {i18n.t(Key::SimFile)}
            </button>
            {ask(Key::SimPlace, Icon::Pin, Wanted::Location)}
        </div>
    }
}
