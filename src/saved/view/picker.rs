//! Saved messages in a composer: `/` at the start of a word opens a list above it, and a button of the composer opens
//! one to search in, for fingers. The focus stays where it was; a composition of Japanese, Chinese or Thai keeps its keys.

use super::{preview::with_date, words};
use crate::{
    app::Commands,
    browser::{self, capture, keys, text},
    chat::model::draft::Bubble,
    i18n::{Key, find::fold, use_i18n},
    id::{AccountId, RoomId, SavedId},
    saved::{
        api,
        model::{Asked, Line, rank, slash, variable::fill_bubble},
    },
    ui::{Dialog, IconView, Toasts},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Id of the field that is written in.
const AREA: &str = "chat-text";
/// Id of the list above the composer.
const LIST: &str = "saved-pick";
/// How many are offered above the composer.
const SHOWN: usize = 8;

/// What was chosen goes into a composer: one text where the caret stands, anything else as bubbles of its own.
#[component]
pub fn Picker(
    /// Whose messages.
    account: AccountId,
    /// The room that is written to: its friend fills the variables.
    room: RoomId,
    /// What is being written.
    value: RwSignal<String>,
    /// The list to search in is open.
    dialog: RwSignal<bool>,
    /// Takes bubbles.
    add: Callback<Vec<Bubble>>,
    /// Hears which message went in: it counts once it is sent.
    used: Callback<SavedId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    // What stands after the slash, and how many units it takes with it; none when there is no slash.
    let typed = RwSignal::new(None::<(usize, String)>);
    let closed = RwSignal::new(false);
    let found = RwSignal::new(Vec::<Line>::new());
    let at = RwSignal::new(0_usize);
    let open =
        Memo::new(move |_| typed.with(Option::is_some) && !closed.get() && found.with(|found| !found.is_empty()));
    let put = move |bubbles: Vec<Bubble>| {
        // The room may have been left while the server was asked.
        let (Some(slash), Some(area)) = (typed.try_get_untracked(), area()) else { return };
        if let (Some((units, _)), Some(caret)) = (slash, text::caret(&area)) {
            text::select(&area, caret.saturating_sub(units), caret);
        }
        typed.set(None);
        match bubbles.as_slice() {
            [Bubble::Text { text: words, emojis }] if emojis.is_empty() => text::insert(&area, words),
            _ => {
                text::insert(&area, "");
                add.run(bubbles);
            }
        }
        value.set(area.value());
    };
    let pick = Callback::new(move |id: SavedId| {
        dialog.try_set(false);
        spawn_local(async move {
            let taken = match api::take_saved(account, id, room).await {
                Ok(taken) => taken,
                Err(error) => return toasts.error(&error),
            };
            let values = with_date(i18n, taken.values);
            let mut empty = Vec::new();
            let mut bubbles = taken.bubbles;
            for bubble in &mut bubbles {
                empty.extend(fill_bubble(bubble, &values));
            }
            if !empty.is_empty() {
                empty.dedup();
                toasts.show(i18n.fill(Key::SavedTakenEmpty, &[("names", &empty.join(" "))]));
            }
            // A dialog gives the focus back first.
            set_timeout(
                move || {
                    put(bubbles);
                    used.try_run(id);
                },
                Duration::ZERO,
            );
        });
    });
    if let Some(commands) = use_context::<Commands>() {
        commands.take_saved(pick);
    }
    Effect::new(move |_| {
        value.track();
        let Some(area) = area() else { return };
        let words = area.value();
        let found = text::caret(&area)
            .and_then(|caret| slash(text::before(&words, caret)).map(|(n, typed)| (n, typed.to_owned())));
        if found.is_none() {
            closed.set(false);
        }
        if typed.with_untracked(|known| *known != found) {
            typed.set(found);
        }
    });
    let asked = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let Some((_, search)) = typed.get() else { return found.set(Vec::new()) };
        // What no longer fits goes at once: Enter must not choose it while the server is asked.
        let wanted = fold(&search);
        found.update(|found| found.retain(|line| rank(&wanted, &line.name, &line.shortcut, &line.words).is_some()));
        let number = asked.get_untracked() + 1;
        asked.set(number);
        spawn_local(async move {
            let answer = api::list_saved(account, Asked { search, ..Asked::default() }).await;
            if asked.try_get_untracked() == Some(number)
                && typed.try_with_untracked(Option::is_some) == Some(true)
                && let Ok(mut library) = answer
            {
                library.lines.truncate(SHOWN);
                at.set(0);
                found.set(library.lines);
            }
        });
    });
    tell(open, at);
    let choose = move || {
        if let Some(id) = found.with_untracked(|found| found.get(at.get_untracked()).map(|line| line.id)) {
            pick.run(id);
        }
    };
    Effect::new(move |_| {
        capture::events("keydown", move |event| {
            let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let mine = target.is_some_and(|target| target.id() == AREA);
            if open.try_get_untracked() != Some(true) || !mine || keys::is_composing(key) || key.shift_key() {
                return;
            }
            let count = found.with_untracked(Vec::len);
            match key.key().as_str() {
                "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
                "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
                "Enter" | "Tab" => choose(),
                "Escape" => closed.set(true),
                _ => return,
            }
            // The composer would send, the inbox would close the room.
            event.prevent_default();
            event.stop_immediate_propagation();
        });
    });
    let rows = move || {
        let row = |(mine, line): (usize, Line)| {
            let id = line.id;
            view! {
                <div
                    role="option"
                    id=format!("{LIST}-{mine}")
                    class="saved-pick__row"
                    aria-selected=move || (at.get() == mine).to_string()
                    // The caret stays in the composer.
                    on:pointerdown=|event| event.prevent_default()
                    on:pointermove=move |_| {
                        if at.get_untracked() != mine {
                            at.set(mine);
                        }
                    }
                    on:click=move |_| pick.run(id)
                >
                    <LineWords line/>
                </div>
            }
        };
        found.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <div class="saved-pick" hidden=move || !open.get()>
            <div id=LIST role="listbox" aria-label=i18n.t(Key::SavedTitle) class="saved-pick__list">{rows}</div>
            <p class="saved-pick__hint">{i18n.t(Key::SavedPickHint)}</p>
        </div>
        <p class="visually-hidden" role="status">
            {move || open.get().then(|| i18n.fill(Key::SavedFound, &[("count", &found.with(Vec::len))]))}
        </p>
        <Search account open=dialog pick/>
    }
}

fn area() -> Option<web_sys::HtmlTextAreaElement> {
    browser::document()?.get_element_by_id(AREA)?.dyn_into().ok()
}

/// Tells whoever can't see the list what is chosen in it.
fn tell(open: Memo<bool>, at: RwSignal<usize>) {
    Effect::new(move |_| {
        let (open, at) = (open.get(), at.get());
        let Some(area) = area() else { return };
        let chosen = format!("{LIST}-{at}");
        for (name, value) in
            [("aria-autocomplete", "list"), ("aria-controls", LIST), ("aria-activedescendant", &chosen)]
        {
            let _ = if open { area.set_attribute(name, value) } else { area.remove_attribute(name) };
        }
    });
}

/// Name, shortcut, kinds and the first words.
#[component]
fn LineWords(line: Line) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = line.kinds.iter().filter(|kind| *kind != "text").map(|name| {
        let (icon, name) = words::kind(name);
        view! { <span class="saved-row__kind" title=i18n.t(name)><IconView icon/></span> }
    });
    let kinds = kinds.collect_view();
    view! {
        <span class="saved-pick__name">
            <bdi>{line.name}</bdi>
            {(!line.shortcut.is_empty()).then(|| view! { <code class="saved-row__short">"/"{line.shortcut}</code> })}
            {kinds}
        </span>
        <span class="saved-pick__words" dir="auto">{line.words}</span>
    }
}

/// The list in a dialog of its own, with a field to search in.
#[component]
fn Search(account: AccountId, open: RwSignal<bool>, pick: Callback<SavedId>) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<Line>>);
    let at = RwSignal::new(0_usize);
    let asked = RwSignal::new(0_u32);
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        let (search, number) = (typed.get(), asked.get_untracked() + 1);
        asked.set(number);
        spawn_local(async move {
            let answer = api::list_saved(account, Asked { search, ..Asked::default() }).await;
            if asked.try_get_untracked() == Some(number)
                && let Ok(library) = answer
            {
                at.set(0);
                found.set(Some(library.lines));
            }
        });
    });
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
        }
    });
    let count = move || found.with(|found| found.as_ref().map_or(0, Vec::len));
    let id = |at: usize| format!("saved-search-{at}");
    let on_key = move |event: ev::KeyboardEvent| {
        let count = untrack(count);
        if keys::is_composing(&event) || count == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                let line = found.with_untracked(|found| found.as_ref()?.get(at.get_untracked()).map(|line| line.id));
                line.into_iter().for_each(|id| pick.run(id));
            }
            _ => return,
        }
        event.prevent_default();
        if let Some(row) = keys::shown(&id(at.get_untracked())) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    };
    let rows = move || {
        let row = |(mine, line): (usize, Line)| {
            let saved = line.id;
            view! {
                <div
                    role="option"
                    id=id(mine)
                    class="saved-pick__row"
                    aria-selected=move || (at.get() == mine).to_string()
                    on:click=move |_| pick.run(saved)
                >
                    <LineWords line/>
                </div>
            }
        };
        found.get().unwrap_or_default().into_iter().enumerate().map(row).collect_view()
    };
    let told = move || {
        found.with(|found| found.as_ref().filter(|found| found.is_empty()).map(|_| ()))?;
        Some(i18n.t(if typed.with(|typed| typed.trim().is_empty()) { Key::SavedPickEmpty } else { Key::SavedNothing }))
    };
    view! {
        <Dialog open title=i18n.t(Key::SavedPick) id="saved-search-title">
            <input
                class="field__input"
                type="search"
                role="combobox"
                aria-label=i18n.t(Key::SavedSearch)
                aria-expanded=move || (count() > 0).to_string()
                aria-controls="saved-search"
                aria-autocomplete="list"
                aria-activedescendant=move || (count() > 0).then(|| id(at.get()))
                placeholder=i18n.t(Key::SavedSearch)
                autocomplete="off"
                autofocus
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=on_key
            />
            <div
                id="saved-search"
                role="listbox"
                aria-label=i18n.t(Key::SavedTitle)
                class="saved-pick__list saved-pick__list--dialog"
                hidden=move || count() == 0
            >
                {rows}
            </div>
            <p role="status">{told}</p>
            <a class="saved-pick__manage" href=format!("/a/{account}/messages")>{i18n.t(Key::SavedPickManage)}</a>
        </Dialog>
    }
}
