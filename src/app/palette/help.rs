//! The list of keys, and the switch for those who are better off without single ones (WCAG 2.1.4).

use super::Commands;
use crate::{
    browser::keys::command_key,
    i18n::{Key, use_i18n},
    team::view::SingleKeys,
    ui::{Dialog, hydrated},
};
use leptos::prelude::*;

/// Keys that do something by themselves, and those that go with Ctrl, Shift or into a field.
const SINGLE: [(&str, Key); 9] = [
    ("J", Key::ChatKeyNext),
    ("K", Key::ChatKeyPrevious),
    ("R", Key::ChatKeyWrite),
    ("E", Key::ChatKeyResolve),
    ("F", Key::ChatKeyFollowUp),
    ("A", Key::ChatKeyAssign),
    ("/", Key::KeysSearch),
    ("?", Key::ChatKeyHelp),
    ("Esc", Key::ChatKeyBack),
];

/// Opens by `?` and from the palette.
#[component]
pub fn KeysHelp() -> impl IntoView {
    let i18n = use_i18n();
    let commands = expect_context::<Commands>();
    let alive = hydrated();
    let line = move |key: String, what: Key| {
        view! {
            <div class="chat-key">
                <dt><kbd>{key}</kbd></dt>
                <dd>{i18n.t(what)}</dd>
            </div>
        }
    };
    let more = move || {
        let control = if alive.get() { command_key() } else { "Ctrl" };
        [
            (format!("{control} + K"), Key::PaletteTitle),
            ("Enter".to_owned(), Key::ChatKeySend),
            ("Shift + Enter".to_owned(), Key::ChatKeyLine),
            ("/ …".to_owned(), Key::KeysSlash),
        ]
        .map(|(key, what)| line(key, what))
        .collect_view()
    };
    view! {
        <Dialog open=commands.help title=i18n.t(Key::ChatKeys) id="chat-keys">
            <h3 class="keys__title">{i18n.t(Key::KeysSingle)}</h3>
            <dl class="chat-keys">{SINGLE.map(|(key, what)| line(key.to_owned(), what)).collect_view()}</dl>
            <SingleKeys id="keys-single"/>
            <h3 class="keys__title">{i18n.t(Key::KeysOther)}</h3>
            <dl class="chat-keys">{more}</dl>
        </Dialog>
    }
}
