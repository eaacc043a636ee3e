//! The palette: one place from which everything is reached without a mouse, and with one too. Ctrl-K or ⌘K opens it
//! on every page; it is a combobox with a list (ARIA's pattern), in the browser's own `<dialog>`.

mod entry;
mod help;
mod list;
mod offers;

pub use help::KeysHelp;

use crate::{
    browser::keys,
    chat::api::find_rooms,
    i18n::{Key, use_i18n},
    id::SavedId,
    saved::{api::list_saved, model::Asked},
    team::view::use_session,
    ui::{Button, ButtonKind, Icon, IconView, Toasts},
};
pub use entry::Run;
use entry::{Act, Entry, Group};
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::{sync::Arc, time::Duration};

/// How long typing has to rest before the server is asked.
const REST: Duration = Duration::from_millis(120);
/// Saved messages that are offered for what was typed.
const SAVED: usize = 6;

/// Something that can be done on the page that is shown.
#[derive(Clone)]
pub struct Action {
    /// Names it among those of the page.
    pub id: &'static str,
    /// Its sign.
    pub icon: Icon,
    /// What it does, in words.
    pub name: String,
    /// The key that does it too; may be empty.
    pub key: &'static str,
    /// Does it.
    pub run: Run,
}

/// What the palette and the pages tell each other; a context inside the frame.
#[derive(Clone, Copy)]
pub struct Commands {
    /// The palette is open.
    pub open: RwSignal<bool>,
    /// The list of keys is open.
    pub help: RwSignal<bool>,
    actions: RwSignal<Vec<Action>>,
    insert: RwSignal<Option<Callback<SavedId>>>,
}

impl Commands {
    /// Hands them out as context.
    pub fn provide() -> Self {
        let commands = Self {
            open: RwSignal::new(false),
            help: RwSignal::new(false),
            actions: RwSignal::new(Vec::new()),
            insert: RwSignal::new(None),
        };
        provide_context(commands);
        commands
    }

    /// Offers actions as long as the caller lives.
    pub fn offer(self, actions: impl Fn() -> Vec<Action> + 'static) {
        Effect::new(move |_| self.actions.set(actions()));
        on_cleanup(move || {
            self.actions.try_set(Vec::new());
        });
    }

    /// Takes saved messages that are chosen in the palette, as long as the caller lives.
    pub fn take_saved(self, insert: Callback<SavedId>) {
        Effect::new(move |_| self.insert.set(Some(insert)));
        on_cleanup(move || {
            self.insert.try_set(None);
        });
    }
}

/// Listens for the keys that work on every page.
fn listen(commands: Commands) {
    let session = use_session();
    Effect::new(move |_| {
        let on_key = move |event: ev::KeyboardEvent| {
            if keys::is_command(&event, "k") {
                event.prevent_default();
                commands.open.update(|open| *open = !*open);
            }
            if keys::is_writing(&event) || !session.me.with_untracked(|me| me.single_keys) {
                return;
            }
            match event.key().as_str() {
                "?" => commands.help.set(true),
                "/" if keys::focus_first(&["chat-search", "page-search"]) => {}
                _ => return,
            }
            event.prevent_default();
        };
        let handle = window_event_listener(ev::keydown, on_key);
        on_cleanup(move || handle.remove());
    });
}

/// The dialog, and the keys that open it.
#[component]
pub fn Palette() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let commands = expect_context::<Commands>();
    listen(commands);
    let account = Memo::new(move |_| session.shown.with(|shown| shown.as_ref().map(|account| account.id)));
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Entry>::new());
    let asked = RwSignal::new(0_u32);
    // The server is asked for rooms and saved messages; an answer that comes late is dropped.
    let ask = move || {
        let Some(account) = account.get_untracked() else { return };
        let (words, number) = (typed.get_untracked(), asked.get_untracked() + 1);
        asked.set(number);
        spawn_local(async move {
            let rooms = find_rooms(account, words.clone()).await.unwrap_or_default();
            let search = Asked { search: words.clone(), ..Asked::default() };
            let saved = list_saved(account, search).await.map(|library| library.lines).unwrap_or_default();
            let insert = commands.insert.try_get_untracked().flatten();
            let rooms = rooms.into_iter().map(|room| Entry {
                id: format!("room:{}", room.id),
                group: Group::Rooms,
                icon: if room.group { Icon::Group } else { Icon::Chat },
                title: if room.name.is_empty() { i18n.t(Key::ChatUnknownName).to_owned() } else { room.name },
                hint: String::new(),
                also: String::new(),
                act: Act::Go(format!("/a/{account}/chats/all/{}", room.id)),
            });
            let saved = saved.into_iter().take(SAVED).map(|line| Entry {
                id: format!("saved:{}", line.id),
                group: Group::Saved,
                icon: Icon::Message,
                hint: line.words.chars().take(60).collect(),
                title: line.name,
                also: String::new(),
                act: match insert {
                    Some(insert) => Act::Run(Arc::new(move || {
                        insert.try_run(line.id);
                    })),
                    None => Act::Go(format!("/a/{account}/messages/{}", line.id)),
                },
            });
            if asked.try_get_untracked() == Some(number) {
                found.set(rooms.chain(saved).collect());
            }
        });
    };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<bool>| {
        let open = commands.open.get();
        typed.track();
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        if !open {
            return false;
        }
        if before != Some(true) {
            ask();
        } else {
            waiting.set_value(set_timeout_with_handle(ask, REST).ok());
        }
        true
    });
    let navigate = use_navigate();
    let choose = Callback::new(move |entry: Entry| {
        if let Some(account) = account.get_untracked() {
            let plain = entry.id.trim_start_matches("again:").to_owned();
            entry::remember(account, &Entry { id: plain, ..entry.clone() });
        }
        commands.open.set(false);
        match entry.act {
            Act::Go(href) => navigate(&href, NavigateOptions::default()),
            // The dialog gives the focus back first: what is done may want it.
            Act::Run(run) => set_timeout(move || run(), Duration::ZERO),
        }
    });
    let groups = Memo::new_with_compare(
        move |_| {
            if !commands.open.get() {
                return Vec::new();
            }
            let entries = offers::entries(i18n, session, commands, toasts);
            let last = account.get().map(entry::recent).unwrap_or_default();
            entry::arrange(&typed.get(), &entries, &found.get(), &last)
        },
        |_, _| true,
    );
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if commands.open.get() && !dialog.open() {
            typed.set(String::new());
            let _ = dialog.show_modal();
        } else if !commands.open.get() && dialog.open() {
            dialog.close();
        }
    });
    // A press beside the panel closes it: the panel fills the dialog.
    let outside = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok());
        if target.is_some_and(|target| target.tag_name() == "DIALOG") {
            commands.open.set(false);
        }
    };
    view! {
        <dialog
            class="palette"
            node_ref=dialog
            aria-label=i18n.t(Key::PaletteTitle)
            on:close=move |_| commands.open.set(false)
            on:click=outside
        >
            <div class="palette__panel">
                <list::Choices typed groups choose/>
                <div class="palette__close">
                    <Button
                        kind=ButtonKind::Ghost
                        icon=Icon::Close
                        label=i18n.t(Key::UiClose)
                        on_click=move |_| commands.open.set(false)
                    />
                </div>
            </div>
        </dialog>
        <KeysHelp/>
    }
}

/// The way to the palette for those who use a mouse or a finger.
#[component]
pub fn PaletteButton(
    /// Its class.
    class: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let commands = expect_context::<Commands>();
    let alive = crate::ui::hydrated();
    let keys = move || if alive.get() { format!("{} K", keys::command_key()) } else { "Ctrl K".to_owned() };
    let tip = move || format!("{} ({})", i18n.t(Key::PaletteTitle), keys());
    view! {
        <button
            type="button"
            class=class
            title=tip
            aria-keyshortcuts="Control+K Meta+K"
            disabled=move || !alive.get()
            on:click=move |_| commands.open.set(true)
        >
            <IconView icon=Icon::Search/>
            <span class="way__name">{i18n.t(Key::PaletteFind)}</span>
            <kbd class="way__key" aria-hidden="true">{keys}</kbd>
        </button>
    }
}
