//! Notes: where they are written, beside the answer and never to be taken for it, and how the room shows them.

use super::{composer::Composer, mentions::MentionList, outbox, presence, use_desktop};
use crate::{
    browser,
    chat::{
        api::notes as api,
        live::feed::{ask_to_log_in, note_key},
        model::{Author, Message, check_text, note::put_name},
    },
    i18n::{Key, use_i18n},
    id::{MessageId, OperatorId, RoomId},
    line::event::{Content, Mention, Named},
    team::view::Session,
    ui::{
        Avatar, AvatarSize, Button, ButtonKind, Icon, IconView, TextArea, Time, TimeStyle, Toasts, hydrated,
        phone::{Taps, rich_text},
    },
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

/// Where one writes: an answer to the friend, or a note to colleagues. Both keep what was begun.
#[component]
pub fn Writing(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let noting = RwSignal::new(false);
    let typed = presence::on_typing();
    let tab = move |note: bool, icon: Icon, name: Key| {
        view! {
            <button
                type="button"
                class="writing__tab"
                disabled=move || !alive.get()
                aria-pressed=move || (noting.get() == note).to_string()
                on:click=move |_| noting.set(note)
            >
                <IconView icon/>
                {i18n.t(name)}
            </button>
        }
    };
    let session = use_context::<Session>();
    // R means answering, whatever was written last.
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            let writes = browser::document().and_then(|document| document.active_element());
            let writes =
                writes.is_some_and(|element| ["TEXTAREA", "INPUT", "SELECT"].contains(&element.tag_name().as_str()));
            let on = session.is_none_or(|session| session.me.with_untracked(|me| me.single_keys));
            if on && plain && !writes && event.key().eq_ignore_ascii_case("r") {
                answer(noting);
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <div class="writing" class:writing--note=move || noting.get()>
            <div class="writing__tabs" role="group" aria-label=i18n.t(Key::ChatWriteWhat)>
                {tab(false, Icon::Message, Key::ChatReplyTab)}
                {tab(true, Icon::Pencil, Key::ChatNoteTab)}
                <span class="writing__hint">{move || noting.get().then(|| i18n.t(Key::ChatNoteOnly))}</span>
            </div>
            <div class="writing__part" hidden=move || noting.get() on:input=typed>
                <Composer id/>
            </div>
            <div class="writing__part" hidden=move || !noting.get()>
                <NoteForm id/>
            </div>
        </div>
    }
}

/// Turns from a note to the answer, and puts the caret there once it is shown.
fn answer(noting: RwSignal<bool>) {
    if noting.try_get_untracked() != Some(true) {
        return;
    }
    noting.set(false);
    request_animation_frame(|| {
        let area = browser::document().and_then(|document| document.get_element_by_id("chat-text"));
        if let Some(area) = area {
            let _ = area.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// A new note, kept in this browser until the server has it.
#[component]
fn NoteForm(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let text = RwSignal::new(String::new());
    // What was sent under which key: the same words again after a lost answer are the same note.
    let sent = StoredValue::new(None::<(String, String)>);
    let name = note_key(feed.account, id);
    Effect::new(move |before: Option<()>| {
        let draft = text.get();
        if before.is_some() {
            browser::store(&name, Some(draft.as_str()).filter(|draft| !draft.is_empty()));
        } else if let Some(kept) = browser::stored(&name) {
            text.set(kept);
        }
    });
    let save = Callback::new(move |(words, picked): (String, Vec<OperatorId>)| {
        let key = match sent.get_value().filter(|(before, _)| *before == words) {
            Some((_, key)) => key,
            None => outbox::new_key(),
        };
        sent.set_value(Some((words.clone(), key.clone())));
        let saved = async move {
            let message = api::add_note(feed.account, id, key, words, picked).await?;
            feed.desk.try_update(|desk| desk.put_message(id, message));
            sent.try_set_value(None);
            text.try_set(String::new());
            Ok(())
        };
        Box::pin(saved) as Saving
    });
    view! { <Editor field="note-text" text save label=i18n.t(Key::ChatNoteSave)/> }
}

type Saving = std::pin::Pin<Box<dyn Future<Output = Result<(), crate::error::AppError>>>>;

/// A text area that completes names after an `@`.
#[component]
fn Editor(
    /// Id of the text area.
    #[prop(into)]
    field: String,
    /// The words.
    text: RwSignal<String>,
    /// Saves them; called with the colleagues that were picked from the list.
    save: Callback<(String, Vec<OperatorId>), Saving>,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// Ends it without saving, where that is possible.
    #[prop(optional, into)]
    cancel: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let area = NodeRef::<html::Textarea>::new();
    let busy = RwSignal::new(false);
    let picked = RwSignal::new(Vec::<OperatorId>::new());
    let list = MentionList::new(use_desktop().feed.account, text);
    let put = move |who: &Author| {
        let Some((at, caret)) = list.begun() else { return };
        let (words, caret) = put_name(&text.get_untracked(), at, caret, &who.name);
        picked.update(|picked| picked.push(who.id));
        text.set(words);
        list.close();
        request_animation_frame(move || {
            if let (Some(area), Ok(caret)) = (area.try_get_untracked().flatten(), u32::try_from(caret)) {
                let _ = area.focus();
                let _ = area.set_selection_range(caret, caret);
            }
        });
    };
    let ready = Memo::new(move |_| text.with(|text| check_text(text).is_ok()));
    let save = move || {
        let words = text.with_untracked(|text| check_text(text).map(str::to_owned));
        let Ok(words) = words else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let saving = save.run((words, picked.get_untracked()));
        spawn_local(async move {
            if let Err(error) = saving.await {
                ask_to_log_in(&error);
                toasts.error(&error);
            } else {
                picked.try_set(Vec::new());
            }
            busy.try_set(false);
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let composing = event.is_composing() || event.key_code() == 229;
        if composing {
            return;
        }
        if list.is_open() {
            match event.key().as_str() {
                "ArrowDown" => list.step(1),
                "ArrowUp" => list.step(-1),
                "Enter" | "Tab" => {
                    if let Some(who) = list.chosen() {
                        put(&who);
                    }
                }
                "Escape" => list.close(),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
            return;
        }
        if event.key() == "Enter" && !event.shift_key() && !event.alt_key() {
            event.prevent_default();
            save();
        } else if event.key() == "Escape"
            && let Some(cancel) = cancel
        {
            event.prevent_default();
            event.stop_propagation();
            cancel.run(());
        }
    };
    let look = move || {
        let caret = area.get_untracked().and_then(|area| area.selection_start().ok().flatten());
        list.look(caret.and_then(|caret| usize::try_from(caret).ok()));
    };
    let list_id = format!("{field}-names");
    let (shown_id, active_id) = (list_id.clone(), list_id.clone());
    view! {
        <form
            class="note-form"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            {list.view(list_id, Callback::new(move |who: Author| put(&who)))}
            <TextArea
                value=text
                name="note-text"
                id=field
                label=i18n.t(Key::ChatNoteWrite)
                placeholder=i18n.t(Key::ChatNoteWrite)
                rows=2
                disabled=Signal::derive(move || !alive.get())
                node_ref=area
                attr:aria-autocomplete="list"
                attr:aria-controls=move || list.is_open_now().then(|| shown_id.clone())
                attr:aria-activedescendant=move || list.active(&active_id)
                on:keydown=on_key
                on:input=move |_| look()
                on:click=move |_| look()
                on:blur=move |_| list.close()
            />
            <div class="note-form__foot">
                {cancel
                    .map(|cancel| {
                        view! {
                            <Button kind=ButtonKind::Ghost on_click=move |_| cancel.run(())>
                                {i18n.t(Key::UiCancel)}
                            </Button>
                        }
                    })}
                <button
                    type="submit"
                    class="button note-form__save"
                    title=i18n.t(Key::ChatNoteTip)
                    disabled=move || !alive.get() || !ready.get() || busy.get()
                >
                    {label}
                </button>
            </div>
        </form>
    }
}

/// A note in the room: across it, on a ground of its own.
pub fn note(message: &Message) -> AnyView {
    view! { <Note message=message.clone()/> }.into_any()
}

#[component]
fn Note(message: Message) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_context::<Session>();
    let Content::Note { text, mentions } = message.content.clone() else { return ().into_any() };
    let me = session.map(|session| session.me.with_untracked(|me| (me.id, me.role.manages())));
    let named = mentions.iter().any(|one| Some(one.operator) == me.map(|(id, _)| id));
    let author = message.operator.clone().filter(|author| !author.name.is_empty());
    let mine =
        me.is_some_and(|(id, manages)| manages || message.operator.as_ref().is_some_and(|author| author.id == id));
    let editing = RwSignal::new(false);
    if named {
        read_when_shown(message.id);
    }
    let name = author.as_ref().map_or_else(|| i18n.t(Key::ChatNoteNobody).to_owned(), |author| author.name.clone());
    let seed = author.as_ref().map_or(0, |author| author.id.0);
    let (id, words) = (message.id, text.clone());
    view! {
        <article class="note" class:note--me=named id=super::bubble::anchor(message.id) aria-label=i18n.t(Key::ChatNote)>
            <header class="note__head">
                <Avatar name=name.clone() seed size=AvatarSize::Small/>
                <span class="note__who">{name}</span>
                <span class="note__only"><IconView icon=Icon::Pencil/>{i18n.t(Key::ChatNoteOnly)}</span>
                {message.edited.then(|| view! { <span class="note__edited">{i18n.t(Key::ChatEdited)}</span> })}
                <Time at=message.at style=TimeStyle::Clock/>
            </header>
            {move || {
                if editing.get() {
                    view! { <Edit id words=words.clone() editing/> }.into_any()
                } else {
                    view! {
                        <div class="note__words" dir="auto">{rich_text(&text, &[], &spans(&mentions), Taps::default())}</div>
                        {mine.then(|| view! { <Actions id editing/> })}
                    }
                        .into_any()
                }
            }}
        </article>
    }
    .into_any()
}

/// The names as the renderer of texts marks them; two people of one name stand in one place.
fn spans(named: &[Named]) -> Vec<Mention> {
    let mut spans: Vec<Mention> = named
        .iter()
        .map(|one| Mention { index: one.index, length: one.length, user_id: None, is_self: false })
        .collect();
    spans.dedup_by_key(|span| span.index);
    spans
}

#[component]
fn Edit(id: MessageId, words: String, editing: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let text = RwSignal::new(words);
    let save = Callback::new(move |(words, picked): (String, Vec<OperatorId>)| {
        let saved = async move {
            let Some(room) = feed.desk.try_with_untracked(|desk| desk.open_id()).flatten() else { return Ok(()) };
            let message = api::edit_note(feed.account, room, id, words, picked).await?;
            editing.try_set(false);
            feed.desk.try_update(|desk| desk.put_message(room, message));
            Ok(())
        };
        Box::pin(saved) as Saving
    });
    let cancel = Callback::new(move |()| editing.set(false));
    view! { <Editor field=format!("note-{id}") text save label=i18n.t(Key::UiSave) cancel/> }
}

/// Change and take out; the latter is asked about, because nothing brings the words back.
#[component]
fn Actions(id: MessageId, editing: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let delete = move || {
        let Some(room) = feed.desk.with_untracked(|desk| desk.open_id()) else { return };
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = api::delete_note(feed.account, room, id).await {
                ask_to_log_in(&error);
                toasts.error(&error);
            }
            busy.try_set(false);
        });
    };
    let press = move |_| if asking.get_untracked() { delete() } else { asking.set(true) };
    view! {
        <p class="note__actions">
            <button type="button" class="link-button" disabled=busy on:click=move |_| editing.set(true)>
                {i18n.t(Key::ChatNoteEdit)}
            </button>
            <button
                type="button"
                class="link-button"
                disabled=busy
                on:click=press
                on:blur=move |_| {
                    asking.try_set(false);
                }
            >
                {move || i18n.t(if asking.get() { Key::ChatNoteDeleteSure } else { Key::ChatNoteDelete })}
            </button>
        </p>
    }
}

/// A note that names the reader is read when it stands on the screen.
fn read_when_shown(id: MessageId) {
    let account = use_desktop().feed.account;
    let Some(session) = use_context::<Session>() else { return };
    Effect::new(move |_| {
        // Also of a note that comes while the room is open, once the count has heard of it.
        let unread = session.mentions(account);
        let seen = browser::document().is_some_and(|document| !document.hidden());
        if seen && unread > 0 {
            spawn_local(async move {
                if let Ok(left) = api::read_mentions(account, Some(id)).await {
                    session.set_mentions(account, left);
                }
            });
        }
    });
}
