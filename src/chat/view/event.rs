//! Something that happened, in small type: what, when, by whom in a group, and LINE's JSON for those who need it.

use super::{bubble::anchor, reading::use_reading, use_desktop, words};
use crate::{
    chat::{
        api,
        model::{Message, RoomKind},
    },
    i18n::{Key, use_i18n},
    line::event::Notice,
    ui::{Time, TimeStyle, hydrated},
};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};

/// One event.
pub fn event(message: &Message, notice: &Notice) -> AnyView {
    let i18n = use_i18n();
    let reading = use_reading();
    let desk = reading.feed().desk;
    let (words, alone) = desk.with_untracked(|desk| {
        let alone = desk.room(reading.room).is_none_or(|room| room.kind == RoomKind::User);
        (words::notice(i18n, notice, desk.open_room()), alone)
    });
    // Whoever comes or goes is named already.
    let named = matches!(notice, Notice::MembersJoined { .. } | Notice::MembersLeft { .. });
    let name = message.person.as_ref().map(|person| person.name.clone()).filter(|name| !name.is_empty());
    let words = match name.filter(|_| !alone && !named) {
        Some(name) => i18n.fill(Key::ChatNoticeBy, &[("name", &name), ("words", &words)]),
        None => words,
    };
    let line = view! { <span dir="auto">{words}</span>" "<Time at=message.at style=TimeStyle::Clock/> };
    let inner = match notice {
        Notice::TookBack { .. } | Notice::Changed { .. } => {
            let (id, to) = (message.id, message.quote.as_ref().map(|quote| quote.id));
            let way = to.map(|to| {
                let go = move |event: MouseEvent| {
                    if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
                        event.prevent_default();
                        reading.jump(id, to);
                    }
                };
                view! { " " <a href=reading.href(to) on:click=go>{i18n.t(Key::ChatNoticeShow)}</a> }
            });
            view! { {line}{way} }.into_any()
        }
        Notice::Postback { .. }
        | Notice::Picked { .. }
        | Notice::MenuSwitched { .. }
        | Notice::Beacon { .. }
        | Notice::AccountLinked { .. }
        | Notice::Membership { .. }
        | Notice::VideoSeen { .. }
        | Notice::Other { .. } => view! { {line}" "<Raw message=message.clone()/> }.into_any(),
        _ => line.into_any(),
    };
    view! { <div class="chat-event" id=anchor(message.id)>{inner}</div> }.into_any()
}

/// LINE's JSON, fetched when it is asked for.
#[component]
fn Raw(message: Message) -> impl IntoView {
    let i18n = use_i18n();
    let (room, account) = (use_reading().room, use_desktop().feed.account);
    let (open, alive) = (RwSignal::new(false), hydrated());
    let json = RwSignal::new(None::<Result<String, String>>);
    let id = message.id;
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked() && !matches!(json.get_untracked(), Some(Ok(_))) {
            spawn_local(async move {
                let answer = api::event_json(account, room, id).await;
                json.try_set(Some(answer.map_err(|error| i18n.error(&error))));
            });
        }
    };
    let shown = move || {
        open.get().then(|| match json.get() {
            None => view! { <p class="chat-event__raw" role="status">{i18n.t(Key::UiLoading)}</p> }.into_any(),
            Some(Ok(json)) => view! {
                <pre class="chat-event__raw" tabindex="0" role="region" aria-label=i18n.t(Key::ChatRaw)>{json}</pre>
            }
            .into_any(),
            Some(Err(words)) => view! { <p class="chat-event__raw" role="alert">{words}</p> }.into_any(),
        })
    };
    view! {
        <button
            type="button"
            class="link-button chat-event__more"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            disabled=move || !alive.get()
            on:click=toggle
        >
            {i18n.t(Key::ChatRaw)}
        </button>
        {shown}
    }
}
