//! Files on their way to the server: chosen, dropped or pasted.

use super::Compose;
use crate::{
    browser::{media, upload},
    chat::model::{
        draft::Bubble,
        upload::{Upload, UploadKind, clean_name},
    },
    error::{AppError, Reason},
    i18n::{Key, use_i18n},
    id::RoomId,
    ui::{Icon, IconView},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, File, FileList, HtmlInputElement};

/// A file on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Going {
    /// Names it.
    pub number: u32,
    /// To which room it is to be sent.
    pub room: RoomId,
    /// Its name.
    pub name: String,
    /// As what it is brought.
    pub kind: UploadKind,
    /// How much has left, in hundredths.
    pub part: u8,
    /// Why it did not arrive.
    pub wrong: Option<AppError>,
}

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
    /// Files that may have to be sent again, as something else.
    static FILES: RefCell<HashMap<u32, File>> = RefCell::default();
}

impl Compose {
    /// Brings files to the open room.
    pub fn attach(self, list: Option<FileList>) {
        let Some(room) = self.room.get_untracked() else { return };
        let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at)));
        for file in files {
            let kind = UploadKind::guess(&file.type_(), &file.name());
            self.bring(room, file, kind);
        }
    }

    fn bring(self, room: RoomId, file: File, kind: UploadKind) {
        let number = NEXT.get();
        NEXT.set(number + 1);
        let name = clean_name(&file.name());
        let mut going = Going { number, room, name: name.clone(), kind, part: 0, wrong: None };
        // The server says so, too; here it costs no upload.
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        let most = kind.limit() as f64;
        if file.size() > most {
            let limit = u32::try_from(kind.limit() >> 20).unwrap_or_default();
            going.wrong = Some(AppError::field("file", Reason::TooLarge { limit }));
            return self.going.update(|all| all.push(going));
        }
        self.going.update(|all| all.push(going));
        FILES.with_borrow_mut(|files| files.insert(number, file.clone()));
        spawn_local(async move {
            let url = format!(
                "/a/{}/upload?kind={}&name={}",
                self.account(),
                kind.name(),
                String::from(js_sys::encode_uri_component(&name))
            );
            let told = move |part: u8| {
                self.going.try_update(|all| {
                    all.iter_mut().filter(|going| going.number == number).for_each(|going| going.part = part);
                });
            };
            let answer = read(upload::put(number, &url, &file, told).await);
            match answer {
                Ok(ready) => {
                    if kind == UploadKind::Video {
                        self.picture(number, &ready, &file).await;
                    }
                    self.forget(number);
                    if self.going.try_get_untracked().is_some() {
                        self.deliver(room, Bubble::file(ready));
                    }
                }
                // Stopped: whoever stopped it has taken it out of the list.
                Err(error) => {
                    self.going.try_update(|all| {
                        let mine = all.iter_mut().filter(|going| going.number == number);
                        mine.for_each(|going| going.wrong = Some(error.clone()));
                    });
                }
            }
        });
    }

    /// Gives a film its picture. When the browser can't play it, the server's neutral one stays.
    async fn picture(self, number: u32, film: &Upload, file: &File) {
        if let Some(picture) = media::poster(file).await {
            let url = format!("/a/{}/upload/{}/preview", self.account(), film.id);
            let _ = upload::put(number, &url, &picture, |_| ()).await;
        }
    }

    fn forget(self, number: u32) {
        FILES.with_borrow_mut(|files| files.remove(&number));
        self.going.try_update(|all| all.retain(|going| going.number != number));
    }
}

fn read(answer: Result<(u16, String), JsValue>) -> Result<Upload, AppError> {
    let (status, body) = answer.map_err(|_| AppError::Unreachable)?;
    if status == 200 {
        return serde_json::from_str(&body).map_err(|_| AppError::Unreachable);
    }
    Err(serde_json::from_str(&body).unwrap_or(AppError::Unreachable))
}

/// The files that a drop or a paste carries.
pub fn carried(transfer: Option<DataTransfer>) -> Option<FileList> {
    transfer?.files().filter(|files| files.length() > 0)
}

/// What a paste carries.
pub fn pasted(event: &JsValue) -> Option<FileList> {
    let transfer = js_sys::Reflect::get(event, &"clipboardData".into()).ok()?;
    carried(transfer.dyn_into().ok())
}

/// Files can be dropped anywhere in the window while a room is open.
#[component]
pub fn DropPlace(compose: Compose) -> impl IntoView {
    let i18n = use_i18n();
    let over = RwSignal::new(false);
    Effect::new(move |_| {
        let has_files = |event: &ev::DragEvent| {
            event.data_transfer().is_some_and(|transfer| transfer.types().iter().any(|kind| kind == "Files"))
        };
        let drag = window_event_listener(ev::dragover, move |event| {
            if has_files(&event) {
                event.prevent_default();
                over.try_set(true);
            }
        });
        let leave = window_event_listener(ev::dragleave, move |event| {
            // Leaving one element for another is no leaving.
            if event.related_target().is_none() {
                over.try_set(false);
            }
        });
        let drop = window_event_listener(ev::drop, move |event| {
            over.try_set(false);
            if let Some(files) = carried(event.data_transfer()) {
                event.prevent_default();
                compose.attach(Some(files));
            }
        });
        on_cleanup(move || {
            drag.remove();
            leave.remove();
            drop.remove();
        });
    });
    move || {
        over.get()
            .then(|| view! { <p class="composer-drop"><IconView icon=Icon::Clip/>{i18n.t(Key::ChatDropHere)}</p> })
    }
}

/// The hidden fields that ask for files.
#[component]
pub fn Inputs(
    /// What is being composed.
    compose: Compose,
    /// Pictures and films.
    pictures: NodeRef<html::Input>,
    /// Everything.
    any: NodeRef<html::Input>,
) -> impl IntoView {
    let chosen = move |event: ev::Event| {
        let field = event_target::<HtmlInputElement>(&event);
        compose.attach(field.files());
        field.set_value("");
    };
    let field = move |kind: &'static str, node: NodeRef<html::Input>, accept: Option<&'static str>| {
        view! {
            <input
                data-kind=kind
                type="file"
                class="visually-hidden"
                tabindex="-1"
                aria-hidden="true"
                multiple=true
                accept=accept
                node_ref=node
                on:change=chosen
            />
        }
    };
    view! {
        {field("pictures", pictures, Some("image/*,video/*"))}
        {field("any", any, None)}
    }
}

/// Files of this room that have not arrived.
#[component]
pub fn OnTheWay(compose: Compose, room: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let here = Memo::new(move |_| {
        let all = compose.going.get();
        all.into_iter().filter(|going| going.room == room).collect::<Vec<_>>()
    });
    let one = move |going: Going| {
        let (number, name) = (going.number, going.name.clone());
        let stop = move |_| {
            compose.forget(number);
            upload::stop(number);
        };
        let as_file = move |_| {
            let file = FILES.with_borrow(|files| files.get(&number).cloned());
            compose.forget(number);
            if let Some(file) = file {
                compose.bring(room, file, UploadKind::File);
            }
        };
        let can_be_file = matches!(
            &going.wrong,
            Some(AppError::Field { reason: Reason::NotPicture | Reason::NotFilm | Reason::NotSound, .. })
        );
        let state = match &going.wrong {
            Some(error) => view! {
                <span class="composer-part__words composer-part__words--wrong" role="alert">
                    <strong>{name.clone()}</strong>
                    " "
                    {i18n.error(error)}
                </span>
            }
            .into_any(),
            None => {
                let words = i18n.fill(Key::ChatUploading, &[("name", &name), ("percent", &going.part)]);
                view! {
                    <span class="composer-part__words">{words.clone()}</span>
                    <progress class="composer-part__bar" max="100" value=going.part aria-label=words></progress>
                }
                .into_any()
            }
        };
        view! {
            <li class="composer-part">
                {state}
                {can_be_file
                    .then(|| {
                        view! {
                            <button type="button" class="link-button" on:click=as_file>{i18n.t(Key::ChatSendAsFile)}</button>
                        }
                    })}
                <button
                    type="button"
                    class="composer-icon"
                    aria-label=i18n.fill(Key::ChatCancelUpload, &[("name", &name)])
                    on:click=stop
                >
                    <IconView icon=Icon::Close/>
                </button>
            </li>
        }
    };
    move || {
        let here = here.get();
        (!here.is_empty()).then(|| view! { <ul class="composer-parts">{here.into_iter().map(one).collect_view()}</ul> })
    }
}
