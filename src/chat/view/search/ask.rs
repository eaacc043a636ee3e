//! The box that is written in.

use super::{Ask, filters::Filters};
use crate::{
    chat::{model::search::QUESTION_LIMIT, view::use_desktop},
    i18n::{Key, use_i18n},
    ui::{Icon, IconView, hydrated},
};
use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// So long after the last key the question is asked.
const PAUSE: Duration = Duration::from_millis(160);

/// The box, the button that clears it, and the filters below it.
#[component]
pub fn SearchBox() -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let search = desktop.search;
    let alive = hydrated();
    let asleep = move || !alive.get();
    let input = NodeRef::<html::Input>::new();
    // What was last asked from here: when the address says something else, somebody went back.
    let typed = StoredValue::new(search.ask.with_untracked(|ask| ask.words.clone()));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let open = RwSignal::new(search.ask.with_untracked(|ask| ask.filters() > 0));
    let wanted = RwSignal::new(None::<Ask>);
    Effect::new(move |_| {
        let Some(ask) = wanted.get() else { return };
        let before = search.ask.get_untracked();
        typed.set_value(ask.words.trim().to_owned());
        if ask.query(None) == before.query(None) {
            return;
        }
        // One step back leaves the search, however many letters it took.
        let replace = !before.is_empty() && !ask.is_empty();
        let to = desktop.address(&ask);
        use_navigate()(&to, NavigateOptions { scroll: false, replace, ..NavigateOptions::default() });
    });
    let ask = move |ask: Ask| wanted.set(Some(ask));
    let ask_now = move || {
        stop_timer(timer);
        if let Some(input) = input.get_untracked() {
            ask(Ask { words: input.value(), ..search.ask.get_untracked() });
        }
    };
    let ask_soon = move || {
        stop_timer(timer);
        timer.set_value(set_timeout_with_handle(ask_now, PAUSE).ok());
    };
    on_cleanup(move || stop_timer(timer));
    Effect::new(move |before: Option<()>| {
        let words = search.ask.with(|ask| ask.words.clone());
        let Some(input) = input.get() else { return };
        if before.is_none() {
            // Typed before the page was alive.
            if !input.value().is_empty() && input.value() != words {
                ask_soon();
            }
        } else if typed.get_value().trim() != words.trim() {
            typed.set_value(words.clone());
            input.set_value(&words);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Escape" => {
                let Some(input) = input.get_untracked() else { return };
                if input.value().is_empty() {
                    let _ = input.blur();
                } else {
                    input.set_value("");
                    ask_now();
                }
            }
            "ArrowDown" => {
                ask_now();
                super::results::step(1);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let clear = move |_| {
        if let Some(input) = input.get_untracked() {
            input.set_value("");
            ask_now();
            let _ = input.focus();
        }
    };
    let some = Memo::new(move |_| search.ask.with(|ask| !ask.words.is_empty()));
    let count = Memo::new(move |_| search.ask.with(Ask::filters));
    let filters = Callback::new(ask);
    view! {
        <form
            class="chat-search"
            role="search"
            method="get"
            action=move || desktop.place.get().list_href()
            on:submit=move |event| {
                event.prevent_default();
                ask_now();
            }
        >
            <label class="visually-hidden" for="chat-search">{i18n.t(Key::ChatSearch)}</label>
            <div class="chat-search__box">
                <IconView icon=Icon::Search/>
                <input
                    class="chat-search__input"
                    id="chat-search"
                    name="q"
                    type="search"
                    node_ref=input
                    value=search.ask.with_untracked(|ask| ask.words.clone())
                    placeholder=i18n.t(Key::ChatSearchHint)
                    maxlength=QUESTION_LIMIT.to_string()
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="search"
                    aria-keyshortcuts="/"
                    // While a word is being composed it is not a word yet.
                    on:input=move |event| {
                        let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
                        if !composing {
                            ask_soon();
                        }
                    }
                    on:compositionend=move |_| ask_soon()
                    on:keydown=on_key
                />
                {move || {
                    if some.get() {
                        view! {
                            <button
                                type="button"
                                class="chat-search__button"
                                disabled=asleep
                                title=i18n.t(Key::ChatSearchClear)
                                aria-label=i18n.t(Key::ChatSearchClear)
                                on:click=clear
                            >
                                <IconView icon=Icon::Close/>
                            </button>
                        }
                            .into_any()
                    } else {
                        view! { <kbd class="chat-search__key" aria-hidden="true">"/"</kbd> }.into_any()
                    }
                }}
                <button
                    type="button"
                    class="chat-search__button"
                    class:chat-search__button--on=move || count.get() != 0
                    disabled=asleep
                    title=i18n.t(Key::ChatSearchFilters)
                    aria-label=i18n.t(Key::ChatSearchFilters)
                    aria-expanded=move || open.get().to_string()
                    aria-controls="chat-search-filters"
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <IconView icon=Icon::Filter/>
                </button>
            </div>
            <div id="chat-search-filters" hidden=move || !open.get()>
                {move || open.get().then(|| view! { <Filters ask=filters/> })}
            </div>
        </form>
    }
}

fn stop_timer(timer: StoredValue<Option<TimeoutHandle>>) {
    if let Some(timer) = timer.try_update_value(Option::take).flatten() {
        timer.clear();
    }
}
