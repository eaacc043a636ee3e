//! A voice message: recorded where the browser can, else a file.

use super::files::Files;
use crate::{
    browser::media,
    i18n::{Key, use_i18n},
    ui::{Icon, IconView},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Records at once, and sends or throws away.
#[component]
pub fn Voice(
    /// Where it is sent from.
    files: Files,
    /// Set to false when it is over.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    // None until the microphone is on, then the seconds.
    let seconds = RwSignal::new(None::<u32>);
    let failed = RwSignal::new(false);
    Effect::new(move |before: Option<()>| {
        if before.is_some() {
            return;
        }
        if !media::can_record() {
            return failed.set(true);
        }
        spawn_local(async move {
            match media::record().await {
                Some(()) => {
                    let _ = seconds.try_set(Some(0));
                }
                None => {
                    let _ = failed.try_set(true);
                }
            }
        });
    });
    Effect::new(move |_| {
        let tick = move || seconds.update(|seconds| *seconds = seconds.map(|seconds| seconds + 1));
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
    // Whoever leaves the room records no longer.
    on_cleanup(media::discard);
    let send = move |_| {
        spawn_local(async move {
            if let Some((sound, length)) = media::finish().await {
                files.voice(sound, length);
            }
            open.set(false);
        });
    };
    let words = move || match seconds.get() {
        Some(seconds) => i18n.fill(Key::SimRecording, &[("seconds", &seconds)]),
        None => i18n.t(Key::SimNoMicrophoneYet).to_owned(),
    };
    view! {
        <div class="compose__about compose__about--voice">
            {move || if failed.get() {
                view! {
                    <p role="status">{i18n.t(Key::SimNoMicrophone)}</p>
                    <button type="button" class="sim-button" on:click=move |_| files.sound()>{i18n.t(Key::SimFile)}</button>
                }.into_any()
            } else {
                view! {
                    <p role="status"><span class="compose__red" aria-hidden="true"></span>{words}</p>
                    <button
                        type="button"
                        class="sim-button sim-button--main"
                        disabled=move || seconds.get().is_none()
                        on:click=send
                    >
                        {i18n.t(Key::SimStopAndSend)}
                    </button>
                }.into_any()
            }}
            <button
                type="button"
                class="compose__icon"
                aria-label=i18n.t(Key::UiCancel)
                title=i18n.t(Key::UiCancel)
                on:click=move |_| open.set(false)
            >
                <IconView icon=Icon::Close/>
            </button>
        </div>
    }
}
