//! Where an answer is written. The button says what sending costs; what was written is kept until
//! the server has it.

use super::{outbox, use_desktop};
use crate::{
    browser,
    chat::{
        live::feed::draft_key,
        model::{DraftError, Friendship, Room, check_text},
    },
    i18n::{Key, use_i18n},
    id::RoomId,
    line::count,
    saved::view::Picker,
    ui::{Icon, IconView, TextArea, hydrated, phone::words::clock},
};
use leptos::{ev, html, prelude::*};
use std::time::Duration;

/// From this length on the composer counts (UTF-16 units, as LINE does).
const NEAR_LIMIT: usize = 4_500;

/// The composer of a room.
#[component]
pub fn Composer(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let text = RwSignal::new(String::new());
    let area = NodeRef::<html::Textarea>::new();
    let alive = hydrated();
    keep_draft(draft_key(feed.account, id), text);

    let room = Memo::new(move |_| feed.desk.with(|desk| desk.room(id).cloned()));
    let quota = Memo::new(move |_| feed.desk.with(|desk| desk.quota()));
    let now = seconds(room);
    let free = Memo::new(move |_| {
        let now = now.get();
        now > 0 && room.with(|room| room.as_ref().is_some_and(|room| room.reply_is_free(now)))
    });
    let length = Memo::new(move |_| text.with(|text| count::utf16(text.trim())));
    let hindrance = Memo::new(move |_| {
        let gone = room.with(|room| room.as_ref().is_some_and(|room| room.friendship == Friendship::Gone));
        let user = room.with(|room| room.as_ref().is_none_or(|room| room.kind == crate::chat::model::RoomKind::User));
        let used_up = quota.get().and_then(crate::chat::model::Quota::left) == Some(0);
        match (gone, user, used_up && !free.get()) {
            (true, true, _) => Some(Key::ChatCantGone),
            (true, false, _) => Some(Key::ChatCantGroupGone),
            (false, _, true) => Some(Key::ChatCantQuota),
            _ => None,
        }
    });
    let problem = Memo::new(move |_| text.with(|text| check_text(text).err()));
    let send = move || {
        if hindrance.get_untracked().is_some() {
            return;
        }
        let ready = text.with_untracked(|text| check_text(text).map(str::to_owned));
        if let Ok(words) = ready {
            // Emptied at once: a second press finds nothing to send.
            text.set(String::new());
            feed.send(id, outbox::new_key(), words);
            feed.desk.update(|desk| desk.change_room(id, |room| room.reply_until = None));
            if let Some(area) = area.get_untracked() {
                let _ = area.focus();
            }
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // 229: the key that ends a composition, as Safari tells it.
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !event.alt_key() && !composing {
            event.prevent_default();
            send();
        }
    };
    let cost = move || {
        let members = room.with(|room| room.as_ref().map_or(1, |room| room.members.max(1)));
        match quota.get().and_then(crate::chat::model::Quota::left) {
            _ if free.get() => i18n.t(Key::ChatSendFree).to_owned(),
            Some(left) if alive.get() => i18n.fill(Key::ChatSendUses, &[("count", &members), ("left", &left)]),
            _ => i18n.t(Key::ChatSend).to_owned(),
        }
    };
    let countdown = move || {
        let until = room.with(|room| room.as_ref().and_then(|room| room.reply_until))?;
        free.get().then(|| clock(until - now.get()))
    };
    let counter = move || {
        let length = length.get();
        (length >= NEAR_LIMIT)
            .then(|| i18n.fill(Key::ChatCounter, &[("count", &length), ("limit", &count::TEXT_LIMIT)]))
    };
    let too_long = move || matches!(problem.get(), Some(DraftError::TooLong(_)));
    view! {
        <form
            class="composer"
            class:composer--wrong=too_long
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <TextArea
                value=text
                name="chat-text"
                label=i18n.t(Key::ChatWrite)
                placeholder=i18n.t(Key::ChatWrite)
                rows=2
                disabled=Signal::derive(move || !alive.get())
                node_ref=area
                on:keydown=on_key
            />
            <div class="composer__foot">
                <Picker account=feed.account room=id value=text add=Callback::new(|_| ()) used=Callback::new(|_| ())/>
                <p class="composer__note" role="status">
                    {move || hindrance.get().map(|key| i18n.t(key))}
                    <span class:composer__over=too_long>{counter}</span>
                </p>
                {move || {
                    countdown()
                        .map(|left| {
                            view! {
                                <span class="composer__token" title=i18n.t(Key::ChatTokenTip)>
                                    <IconView icon=Icon::Clock/>
                                    <span class="composer__token-word">{i18n.t(Key::ChatToken)}</span>
                                    " "
                                    {left}
                                </span>
                            }
                        })
                }}
                <button
                    type="submit"
                    class="button button--primary composer__send"
                    title=i18n.t(Key::ChatSendTip)
                    disabled=move || !alive.get() || hindrance.get().is_some() || problem.get().is_some()
                >
                    {cost}
                </button>
            </div>
        </form>
    }
}

/// Brings back what was being written, and keeps it while it is being written.
fn keep_draft(name: String, text: RwSignal<String>) {
    Effect::new(move |before: Option<()>| {
        let draft = text.get();
        if before.is_some() {
            browser::store(&name, Some(draft.as_str()).filter(|draft| !draft.is_empty()));
        } else if let Some(kept) = browser::stored(&name) {
            text.set(kept);
        }
    });
}

/// Now, in Unix ms, once a second while a free answer runs out; zero until the page is alive.
fn seconds(room: Memo<Option<Room>>) -> RwSignal<i64> {
    let now = RwSignal::new(0);
    let until = Memo::new(move |_| room.with(|room| room.as_ref().and_then(|room| room.reply_until)));
    Effect::new(move |_| {
        let until = until.get();
        now.set(crate::time::now());
        if until.is_none_or(|until| until < crate::time::now()) {
            return;
        }
        let tick = move || {
            now.try_set(crate::time::now());
        };
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
    now
}
