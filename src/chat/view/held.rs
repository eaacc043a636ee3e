//! What can be done with a message: a menu that its button opens, or holding it on a phone.

use super::{
    bubble::anchor,
    media,
    reading::{Reading, use_reading},
    use_desktop,
};
use crate::{
    browser::{self, clipboard},
    chat::model::Message,
    i18n::{Key, use_i18n},
    id::MessageId,
    line::event::Content,
    ui::{Icon, IconView, Toasts, hydrated},
};
use leptos::{ev, html, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How long a touch must last.
const LONG: Duration = Duration::from_millis(450);
/// How far a finger may move meanwhile, in CSS pixels.
const SLACK: i32 = 10;

/// The button of one message. Tab reaches one of them; the arrow keys go on from there ([`walk`]).
#[component]
pub fn More(id: MessageId) -> impl IntoView {
    let i18n = use_i18n();
    let (held, alive) = (use_reading().held, hydrated());
    let press = move |event: ev::MouseEvent| {
        let place = event_target::<Element>(&event).get_bounding_client_rect();
        #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
        held.set(Some((id, place.left() as i32, place.bottom() as i32)));
    };
    view! {
        <button
            type="button"
            class="say__more"
            tabindex="-1"
            aria-haspopup="dialog"
            aria-label=i18n.t(Key::ChatMessageMenu)
            title=i18n.t(Key::ChatMessageMenu)
            disabled=move || !alive.get()
            on:click=press
        >
            <IconView icon=Icon::More/>
        </button>
    }
}

fn buttons(log: &Element) -> Vec<HtmlElement> {
    let Ok(list) = log.query_selector_all(".say__more") else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

/// Tab reaches the newest message's button, unless it reaches another already.
pub fn reachable(log: &Element) {
    if !matches!(log.query_selector(".say__more[tabindex=\"0\"]"), Ok(Some(_)))
        && let Some(last) = buttons(log).last()
    {
        let _ = last.set_attribute("tabindex", "0");
    }
}

/// From message to message by the arrow keys; whether it was one.
pub fn walk(log: &Element, event: &ev::KeyboardEvent) -> bool {
    let by = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        _ => return false,
    };
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let Some(from) = target.filter(|target| target.class_list().contains("say__more")) else { return false };
    let all = buttons(log);
    let at = all.iter().position(|button| *button == from);
    if let Some(next) = at.and_then(|at| all.get(at.checked_add_signed(by)?)) {
        let _ = from.set_attribute("tabindex", "-1");
        let _ = next.set_attribute("tabindex", "0");
        let _ = next.focus();
    }
    true
}

/// A finger on a message.
#[derive(Clone, Copy)]
pub struct Hold {
    reading: Reading,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Where the finger came down.
    from: StoredValue<Option<(i32, i32)>>,
}

impl Hold {
    /// For the messages of this log.
    pub fn new(reading: Reading) -> Self {
        Self { reading, timer: StoredValue::new(None), from: StoredValue::new(None) }
    }

    /// A finger comes down.
    pub fn down(self, event: &ev::PointerEvent) {
        self.let_go();
        if event.pointer_type() != "touch" {
            self.from.set_value(None);
            return;
        }
        let (x, y) = (event.client_x(), event.client_y());
        self.from.set_value(Some((x, y)));
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // Players keep what they do when they are held.
        let said = target.filter(|target| !matches!(target.closest("video, audio"), Ok(Some(_))));
        let said = said.and_then(|target| target.closest(".say [id^=m], .say[id^=m]").ok().flatten());
        let id = said.and_then(|said| said.id().strip_prefix('m')?.parse().ok());
        if let Some(id) = id {
            let open = move || self.reading.held.set(Some((id, x, y)));
            self.timer.set_value(set_timeout_with_handle(open, LONG).ok());
        }
    }

    /// The finger moves: a little is still holding.
    pub fn moved(self, event: &ev::PointerEvent) {
        let far = self
            .from
            .get_value()
            .is_none_or(|(x, y)| (event.client_x() - x).abs().max((event.client_y() - y).abs()) > SLACK);
        if far {
            self.let_go();
        }
    }

    /// The finger goes away, or the browser takes it for scrolling.
    pub fn let_go(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// The browser's own menu for what is held; a mouse gets it.
    pub fn menu(self, event: &ev::MouseEvent) {
        if self.from.get_value().is_some() {
            event.prevent_default();
        }
    }
}

/// The words of a message that can be copied.
fn words(message: &Message) -> Option<String> {
    let words = match &message.content {
        Content::Location { title, address, latitude, longitude } => {
            [title.as_str(), address.as_str(), &format!("{latitude},{longitude}")]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join("\n")
        }
        Content::Notice { .. } | Content::Unknown { .. } => return None,
        content => content.words(),
    };
    Some(words).filter(|words| !words.trim().is_empty())
}

/// The menu of the message that is held.
#[component]
pub fn Held() -> impl IntoView {
    let i18n = use_i18n();
    let reading = use_reading();
    let node = NodeRef::<html::Dialog>::new();
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let held = reading.held;
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if held.get().is_some() && !dialog.open() {
            let _ = dialog.show_modal();
        }
    });
    // The finger that opened the menu by holding goes away above it, which is no press beside it.
    let pressed = StoredValue::new(false);
    let on_click = move |event: ev::MouseEvent| {
        // Beside the menu is the dialog itself.
        let beside = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok()).is_some();
        if beside && pressed.get_value() {
            close();
        }
    };
    let place = move || held.get().map(|(_, x, y)| format!("--x: {x}px; --y: {y}px"));
    let items = move || {
        let (id, ..) = held.get()?;
        let message = reading.feed().desk.with_untracked(|desk| desk.message(id).cloned())?;
        Some(view! { <Deeds message close=Callback::new(move |()| close())/> })
    };
    view! {
        <dialog
            class="held"
            node_ref=node
            aria-label=i18n.t(Key::ChatMessageMenu)
            style=place
            on:pointerdown=move |_| pressed.set_value(true)
            on:click=on_click
            on:close=move |_| {
                pressed.set_value(false);
                held.set(None);
            }
        >
            <div class="held__panel">{items}</div>
        </dialog>
    }
}

#[component]
fn Deeds(message: Message, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let reading = use_reading();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let quote = use_desktop().quote;
    let id = message.id;
    let copied = move || {
        close.run(());
        toasts.show(i18n.t(Key::UiCopied));
    };
    // Inside the open dialog: what stands outside of it can't take the focus, which copying needs.
    let place = NodeRef::<html::Div>::new();
    let put = move |text: &str| {
        if let Some(place) = place.get_untracked() {
            clipboard::copy_within(&place, text);
        }
        copied();
    };
    let copy_text = words(&message).map(|words| {
        view! {
            <button type="button" class="menu__item" on:click=move |_| put(&words)>
                <IconView icon=Icon::Copy/>
                <span class="menu__words">{i18n.t(Key::ChatCopyText)}</span>
            </button>
        }
    });
    let copy_link = move |_| put(&format!("{}{}", browser::origin(), reading.href(id)));
    let can_quote = message.line_id.is_some() && message.content != Content::Unsent;
    let quote = move || {
        quote.get().filter(|_| can_quote).map(|quote| {
            let take = move |_| {
                close.run(());
                quote.run(id);
            };
            view! {
                <button type="button" class="menu__item" on:click=take>
                    <IconView icon=Icon::Quote/>
                    <span class="menu__words">{i18n.t(Key::ChatQuote)}</span>
                </button>
            }
        })
    };
    let save = media::file_name(&message).zip(message.media.as_ref()).map(|(name, media)| {
        view! {
            <a class="menu__item" href=media::ours(media) download=name rel="external" on:click=move |_| close.run(())>
                <IconView icon=Icon::Download/>
                <span class="menu__words">{i18n.t(Key::ChatSaveMedia)}</span>
            </a>
        }
    });
    view! {
        <div node_ref=place data-of=anchor(id)>
            {copy_text}
            <button type="button" class="menu__item" on:click=copy_link>
                <IconView icon=Icon::Link/>
                <span class="menu__words">{i18n.t(Key::ChatCopyLink)}</span>
            </button>
            {quote}
            {save}
        </div>
    }
}
