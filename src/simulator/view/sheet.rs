//! Pages inside a phone: the browser for links, and LIFF apps at their size.

use super::phone::use_phone;
use crate::{
    browser,
    i18n::{Key, use_i18n},
    simulator::api,
    ui::{Icon, IconView},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

/// How much of the screen a LIFF app takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Half.
    Compact,
    /// Most.
    Tall,
    /// All.
    Full,
}

impl Size {
    /// The size of LINE's word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "compact" => Self::Compact,
            "tall" => Self::Tall,
            _ => Self::Full,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Compact => "phone-page phone-page--compact",
            Self::Tall => "phone-page phone-page--tall",
            Self::Full => "phone-page phone-page--full",
        }
    }
}

/// A page that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What the frame loads.
    pub src: String,
    /// The address that is shown.
    pub shown: String,
    /// The name that is shown.
    pub title: String,
    /// How large.
    pub size: Size,
    /// A LIFF app, which may close itself.
    pub liff: bool,
}

impl Page {
    /// A site.
    pub fn site(url: String) -> Self {
        let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let title = host.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
        Self { src: url.clone(), shown: url, title, size: Size::Full, liff: false }
    }
}

/// The page, while there is one.
#[component]
pub fn PageSheet() -> impl IntoView {
    let phone = use_phone();
    move || phone.page.get().map(|page| view! { <Open page/> })
}

/// What a LIFF app says to the phone: `{source: "liff", type: "closeWindow"}`, or `openWindow` with `url` and
/// `external`.
fn said(data: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(data, &name.into()).ok()
}

#[component]
fn Open(page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let frame = NodeRef::<html::Iframe>::new();
    let sheet = NodeRef::<html::Div>::new();
    let refuses = RwSignal::new(false);
    let (src, own) = (page.src.clone(), browser::origin());
    let foreign = !src.starts_with('/') && !src.starts_with(&own);
    // A page of an encrypted site shows no page of one that is not.
    let mixed = own.starts_with("https:") && src.starts_with("http:");
    Effect::new(move |_| {
        if let Some(sheet) = sheet.get() {
            let _ = sheet.focus();
        }
    });
    // Asked when the page has come: an address that works only once has been used by whom it was meant for.
    let loaded = {
        let src = src.clone();
        move |_| {
            if !foreign {
                return;
            }
            let (url, own) = (src.clone(), browser::origin());
            spawn_local(async move {
                if let Ok(refused) = api::refuses_frames(url, own).await {
                    let _ = refuses.try_set(refused || mixed);
                }
            });
        }
    };
    let close = move || phone.page.set(None);
    let heard = window_event_listener(ev::message, move |event| {
        // Only from our own frame.
        let ours = frame.get_untracked().and_then(|frame| frame.content_window());
        if ours.is_none() || event.source().map(JsValue::from) != ours.map(JsValue::from) {
            return;
        }
        let data = event.data();
        let word = |name: &str| said(&data, name).and_then(|word| word.as_string());
        if word("source").as_deref() != Some("liff") {
            return;
        }
        match word("type").as_deref() {
            Some("closeWindow") => close(),
            Some("openWindow") => {
                let Some(url) = word("url") else { return };
                let outside = said(&data, "external").is_some_and(|external| external.is_truthy());
                if outside && (url.starts_with("https://") || url.starts_with("http://")) {
                    let window = browser::window();
                    let _ =
                        window.map(|window| window.open_with_url_and_target_and_features(&url, "_blank", "noopener"));
                } else {
                    phone.open_uri(&url);
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || heard.remove());
    let again = {
        let src = src.clone();
        move |_| {
            refuses.set(false);
            if let Some(frame) = frame.get_untracked() {
                frame.set_src(&src);
            }
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let outside = src.clone();
    let label = format!("{}: {}", i18n.t(Key::SimInBrowser), page.title);
    view! {
        <div class="phone-veil phone-veil--page" on:keydown=key>
            <div class=page.size.class() role="dialog" aria-label=label tabindex="-1" node_ref=sheet>
                <header class="phone-page__bar">
                    <button
                        type="button"
                        class="phone-page__button"
                        aria-label=i18n.t(Key::UiClose)
                        on:click=move |_| close()
                    >
                        <IconView icon=Icon::Close/>
                    </button>
                    <div class="phone-page__words">
                        <strong>{page.title.clone()}</strong>
                        <span>{page.shown}</span>
                    </div>
                    <button
                        type="button"
                        class="phone-page__button"
                        aria-label=i18n.t(Key::SimReload)
                        on:click=again
                    >
                        <IconView icon=Icon::Retry/>
                    </button>
                    <a
                        class="phone-page__button"
                        href=outside.clone()
                        target="_blank"
                        rel="noopener noreferrer"
                        data-outside=""
                        aria-label=i18n.t(Key::SimOpenOutside)
                    >
                        <IconView icon=Icon::External/>
                    </a>
                </header>
                {move || refuses.get().then(|| {
                    let href = outside.clone();
                    view! {
                        <div class="phone-page__note" role="status">
                            <p>{i18n.t(Key::SimNoFrames)}</p>
                            <a
                                class="sim-button sim-button--main"
                                href=href
                                target="_blank"
                                rel="noopener noreferrer"
                                data-outside=""
                            >
                                {i18n.t(Key::SimOpenOutside)}
                            </a>
                        </div>
                    }
                })}
                <iframe
                    class="phone-page__frame"
                    class:phone-page__frame--refused=move || refuses.get()
                    src=src
                    title=page.title
                    sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads"
                    allow="clipboard-write; geolocation; camera; microphone"
                    referrerpolicy="strict-origin-when-cross-origin"
                    node_ref=frame
                    on:load=loaded
                ></iframe>
            </div>
        </div>
    }
}
