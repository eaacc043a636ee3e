//! Pictures, films, sounds and files on their way.

use super::super::talk::Talk;
use crate::{
    browser::{media, upload},
    i18n::{Key, use_i18n},
};
use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use web_sys::{Blob, File, FormData, HtmlInputElement};

/// The largest picture and the largest of everything else, in bytes (line-platform.md §6).
const PICTURE_LIMIT: f64 = 10_000_000.0;
const FILE_LIMIT: f64 = 200_000_000.0;

/// The hidden fields that ask for files, and what is being sent.
#[derive(Clone, Copy)]
pub struct Files {
    talk: Talk,
    camera: NodeRef<html::Input>,
    roll: NodeRef<html::Input>,
    any: NodeRef<html::Input>,
    sound: NodeRef<html::Input>,
    /// How much has left, in hundredths, while something is being sent.
    going: RwSignal<Option<u8>>,
    /// Why the last one was not sent.
    wrong: RwSignal<Option<Key>>,
}

/// What is sent: its name and, for films and sounds, how long it lasts.
struct Piece {
    bytes: Blob,
    name: String,
    length: Option<u32>,
}

fn form(room: &str, pieces: &[Piece]) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("room", room)?;
    for piece in pieces {
        if let Some(length) = piece.length {
            form.append_with_str("duration", &length.to_string())?;
        }
        form.append_with_blob_and_filename("file", &piece.bytes, &piece.name)?;
    }
    Ok(form)
}

fn too_big(piece: &Blob) -> Option<Key> {
    let picture = piece.type_().starts_with("image/");
    if picture && piece.size() > PICTURE_LIMIT {
        return Some(Key::SimTooBigPicture);
    }
    (piece.size() > FILE_LIMIT).then_some(Key::SimTooBigFile)
}

fn click(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        field.click();
    }
}

impl Files {
    /// For a room.
    pub fn new(talk: Talk) -> Self {
        Self {
            talk,
            camera: NodeRef::new(),
            roll: NodeRef::new(),
            any: NodeRef::new(),
            sound: NodeRef::new(),
            going: RwSignal::new(None),
            wrong: RwSignal::new(None),
        }
    }

    /// Opens the camera.
    pub fn take(self) {
        click(self.camera);
    }

    /// Asks for files of any kind.
    pub fn any(self) {
        click(self.any);
    }

    /// Asks for a sound.
    pub fn sound(self) {
        click(self.sound);
    }

    /// Opens the pictures.
    pub fn choose(self, many: bool) {
        if let Some(field) = self.roll.get_untracked() {
            field.set_multiple(many);
            field.click();
        }
    }

    /// Sends a recording.
    pub fn voice(self, sound: Blob, length: u32) {
        let end = if sound.type_().contains("mp4") { "m4a" } else { "webm" };
        self.send(vec![Piece { bytes: sound, name: format!("voice.{end}"), length: Some(length) }]);
    }

    /// Sends what was chosen in a field, and empties it.
    fn chosen(self, field: HtmlInputElement) {
        let list = field.files();
        let files: Vec<File> =
            list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default();
        field.set_value("");
        if files.is_empty() {
            return;
        }
        if let Some(wrong) = files.iter().find_map(|file| too_big(file)) {
            return self.wrong.set(Some(wrong));
        }
        spawn_local(async move {
            let mut pieces = Vec::new();
            for file in files {
                let (film, sound) = (file.type_().starts_with("video/"), file.type_().starts_with("audio/"));
                let length = if film || sound { media::length(&file, film).await } else { None };
                pieces.push(Piece { name: file.name(), bytes: file.into(), length });
            }
            self.send(pieces);
        });
    }

    fn send(self, pieces: Vec<Piece>) {
        let (user, room) = self.talk.here();
        self.wrong.set(None);
        self.going.set(Some(0));
        spawn_local(async move {
            let progress = move |part: u8| {
                let _ = self.going.try_set(Some(part));
            };
            let answer = match form(&room, &pieces) {
                Ok(form) => upload::post(&format!("/simulator/api/users/{user}/upload"), &form, progress).await,
                Err(error) => Err(error),
            };
            let wrong = match answer {
                Ok(200) => None,
                Ok(413) => Some(Key::SimTooBigFile),
                Ok(403) => Some(Key::ErrorForbidden),
                Ok(_) => Some(Key::SimUploadFailed),
                Err(_) => Some(Key::ErrorUnreachable),
            };
            let _ = self.going.try_set(None);
            let _ = self.wrong.try_set(wrong);
            self.talk.deeds.look();
        });
    }
}

/// How far it has got, or why it was not sent.
#[component]
pub fn Going(files: Files) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        {move || files.going.get().map(|part| {
            let words = i18n.fill(Key::SimSending, &[("percent", &part)]);
            view! {
                <div class="compose__going">
                    <progress max="100" value=part aria-label=words.clone()></progress>
                    <span aria-hidden="true">{words}</span>
                </div>
            }
        })}
        <div role="alert" class="sim__trouble">
            {move || files.wrong.get().map(|wrong| view! { <p>{i18n.t(wrong)}</p> })}
        </div>
    }
}

/// The fields themselves, which buttons open.
#[component]
pub fn Inputs(files: Files) -> impl IntoView {
    let chosen = move |event: leptos::ev::Event| files.chosen(event_target::<HtmlInputElement>(&event));
    let field = move |id: &'static str, node, accept: Option<&'static str>, capture: Option<&'static str>| {
        view! {
            <input
                id=id
                type="file"
                class="visually-hidden"
                tabindex="-1"
                aria-hidden="true"
                multiple=id == "room-file"
                accept=accept
                capture=capture
                node_ref=node
                on:change=chosen
            />
        }
    };
    view! {
        {field("room-camera", files.camera, Some("image/*,video/*"), Some("environment"))}
        {field("room-roll", files.roll, Some("image/*,video/*"), None)}
        {field("room-file", files.any, None, None)}
        {field("room-sound", files.sound, Some("audio/*"), None)}
    }
}
