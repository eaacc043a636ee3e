//! The line to write in: text, stickers, pictures and files.

use super::{
    deed::Deeds,
    wanted::{Wanted, Wish},
};
use crate::{
    browser,
    error::{AppError, Reason},
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{STICKERS, sticker_url},
    },
    ui::{TextArea, hydrated},
};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Sends the chosen file to the room.
async fn upload(user: String, room: String, input: web_sys::HtmlInputElement) -> Result<(), AppError> {
    let refused = || AppError::Field { field: "file".into(), reason: Reason::Invalid };
    let file = input.files().and_then(|files| files.get(0)).ok_or_else(refused)?;
    let send = || -> Result<js_sys::Promise, JsValue> {
        let form = web_sys::FormData::new()?;
        form.append_with_str("room", &room)?;
        form.append_with_blob_and_filename("file", &file, &file.name())?;
        let init = web_sys::RequestInit::new();
        init.set_method("POST");
        init.set_body(&form);
        let window = browser::window().ok_or(JsValue::NULL)?;
        Ok(window.fetch_with_str_and_init(&format!("/simulator/api/users/{user}/upload"), &init))
    };
    let answer = JsFuture::from(send().map_err(|_| AppError::Unreachable)?).await.map_err(|_| AppError::Unreachable)?;
    let answer: web_sys::Response = answer.dyn_into().map_err(|_| AppError::Unreachable)?;
    input.set_value("");
    if answer.ok() { Ok(()) } else { Err(refused()) }
}

/// The foot of a room.
#[component]
pub fn Compose(
    /// Whose phone it is.
    user: Signal<String>,
    /// The room.
    id: Signal<String>,
    /// The page's deeds.
    deeds: Deeds,
    /// What is being written.
    draft: RwSignal<String>,
    /// Nothing can be sent.
    #[prop(into)]
    blocked: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let stickers = RwSignal::new(false);
    let file = NodeRef::<html::Input>::new();
    let here = move || (user.get_untracked(), id.get_untracked());
    // What an action in a message or a menu asks for.
    let wish = use_context::<Wish>();
    Effect::new(move |_| match wish.and_then(|wish| wish.0.get()) {
        Some(Wanted::Camera | Wanted::CameraRoll { .. }) => {
            if let Some(input) = file.get_untracked() {
                input.click();
            }
        }
        Some(Wanted::Keyboard { fill_in }) => {
            if !fill_in.is_empty() {
                draft.set(fill_in);
            }
            let line = browser::document().and_then(|document| document.get_element_by_id("text"));
            if let Some(line) = line.and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = line.focus();
            }
        }
        Some(Wanted::Location | Wanted::Voice) | None => {}
    });
    let send = move || {
        let text = draft.get_untracked();
        if text.trim().is_empty() || blocked.get_untracked() {
            return;
        }
        let (user, room) = here();
        draft.set(String::new());
        let again = text.clone();
        let work = async move {
            let sent = api::say(user, room, text).await;
            // What could not be sent comes back, unless something else has been begun.
            if sent.is_err() && draft.try_with_untracked(String::is_empty) == Some(true) {
                draft.set(again);
            }
            sent
        };
        deeds.run(work, |()| ());
    };
    let key = move |event: ev::KeyboardEvent| {
        // 229: the key belongs to an input method, which Safari tells only so.
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !composing {
            event.prevent_default();
            send();
        }
    };
    let pick = move |_| {
        if let Some(input) = file.get_untracked() {
            let (user, room) = here();
            deeds.run(upload(user, room, input), |()| ());
        }
    };
    let choices = move || {
        stickers.get().then(|| {
            let each = STICKERS.iter().map(|sticker| {
                let stick = move |_| {
                    let (user, room) = here();
                    stickers.set(false);
                    deeds.run(api::stick(user, room, sticker.id.to_owned()), |()| ());
                };
                view! {
                    <button class="compose__sticker" on:click=stick>
                        <img src=sticker_url(sticker.id) alt=sticker.words/>
                    </button>
                }
            });
            view! { <div class="compose__stickers">{each.collect_view()}</div> }
        })
    };
    let closed = move || !alive.get() || blocked.get();
    view! {
        <div class="compose" on:keydown=key>
            {move || blocked.get().then(|| view! { <p class="phone__hint">{i18n.t(Key::SimBlockedNow)}</p> })}
            {choices}
            <div class="compose__row">
                <TextArea
                    value=draft
                    name="text"
                    label=i18n.t(Key::SimMessage)
                    rows=1
                    disabled=Signal::derive(closed)
                />
                <button class="sim-button sim-button--main" disabled=closed on:click=move |_| send()>
                    {i18n.t(Key::SimSend)}
                </button>
            </div>
            <div class="compose__row">
                <button
                    class="sim-button"
                    disabled=closed
                    aria-expanded=move || if stickers.get() { "true" } else { "false" }
                    on:click=move |_| stickers.update(|open| *open = !*open)
                >
                    {i18n.t(Key::SimStickers)}
                </button>
                <label class="compose__file">
                    <span>{i18n.t(Key::SimPicture)}</span>
                    <input type="file" node_ref=file disabled=closed on:change=pick/>
                </label>
            </div>
        </div>
    }
}
