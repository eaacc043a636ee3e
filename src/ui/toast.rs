//! Short reports that come and go by themselves.

use super::{
    button::{Button, ButtonKind},
    icon::Icon,
};
use crate::{
    error::AppError,
    i18n::{I18n, Key, use_i18n},
};
use leptos::prelude::*;
use std::time::Duration;

/// How long a report stays, and how long one that offers a way back does.
const STAY: Duration = Duration::from_secs(6);

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    wrong: bool,
    action: Option<(String, Callback<()>)>,
}

/// Hands out reports; a context, given by the program.
#[derive(Clone, Copy)]
pub struct Toasts {
    all: RwSignal<Vec<Toast>>,
    last: RwSignal<u32>,
    /// Kept, because what reports has often waited for the server: there is no context then.
    i18n: I18n,
}

impl Default for Toasts {
    fn default() -> Self {
        Self { all: RwSignal::new(Vec::new()), last: RwSignal::new(0), i18n: use_i18n() }
    }
}

impl Toasts {
    /// Says that something went well.
    pub fn show(self, text: impl Into<String>) {
        self.add(text.into(), false, None);
    }

    /// Says that something went well, in the page's language: for what has waited for the server.
    pub fn say(self, key: Key) {
        self.add(self.i18n.t(key).to_owned(), false, None);
    }

    /// Says what went wrong.
    pub fn error(self, error: &AppError) {
        self.add(self.i18n.error(error), true, None);
    }

    /// Says what went wrong in words of one's own.
    pub fn wrong(self, key: Key, values: &[(&str, &dyn std::fmt::Display)]) {
        self.add(self.i18n.fill(key, values), true, None);
    }

    /// Says that something was done, and offers a button (undo, retry).
    pub fn offer(self, text: impl Into<String>, label: impl Into<String>, action: Callback<()>) {
        self.add(text.into(), false, Some((label.into(), action)));
    }

    fn add(self, text: String, wrong: bool, action: Option<(String, Callback<()>)>) {
        let id = self.last.get_untracked().wrapping_add(1);
        self.last.set(id);
        self.all.update(|all| all.push(Toast { id, text, wrong, action }));
        set_timeout(move || self.remove(id), STAY);
    }

    fn remove(self, id: u32) {
        let _ = self.all.try_update(|all| all.retain(|toast| toast.id != id));
    }
}

/// Where the reports appear; once, at the end of the page.
#[component]
pub fn ToastHost() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts.all.get()
                key=|toast| toast.id
                children=move |toast| {
                    let id = toast.id;
                    view! {
                        <div class="toast" class:toast--wrong=toast.wrong>
                            <span class="toast__text">{toast.text}</span>
                            {toast
                                .action
                                .map(|(label, action)| {
                                    view! {
                                        <Button
                                            kind=ButtonKind::Ghost
                                            on_click=move |_| {
                                                action.run(());
                                                toasts.remove(id);
                                            }
                                        >
                                            {label}
                                        </Button>
                                    }
                                })}
                            <Button
                                kind=ButtonKind::Ghost
                                icon=Icon::Close
                                label=i18n.t(Key::UiClose)
                                on_click=move |_| toasts.remove(id)
                            />
                        </div>
                    }
                }
            />
        </div>
    }
}
