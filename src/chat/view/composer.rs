//! Where an answer is written. The button says what sending costs; what was written is kept until
//! the server has it.

use super::{
    compose::{
        AREA, Compose,
        files::{DropPlace, OnTheWay, pasted},
        later::{Editing, Waiting},
        tools::{Open, Opened, Tools},
        tray::{Parts, Quoting},
    },
    outbox, use_desktop,
};
use crate::{
    chat::{
        api,
        live::feed::ask_to_log_in,
        model::{
            Friendship, Quota, Room, RoomKind,
            draft::{Bubble, Flaw},
        },
    },
    i18n::{Key, use_i18n},
    id::RoomId,
    line::count,
    saved::view::Picker,
    ui::{Icon, IconView, TextArea, Toasts, hydrated, phone::words::clock},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// From this length on the composer counts (UTF-16 units, as LINE does).
const NEAR_LIMIT: usize = 4_500;

/// The composer of a room.
#[component]
pub fn Composer(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let (feed, compose) = (desktop.feed, desktop.compose);
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    keep_draft(compose, id);
    Effect::new(move |_| desktop.quote.set(Some(Callback::new(move |message| compose.quote(message)))));

    let room = Memo::new(move |_| feed.desk.with(|desk| desk.room(id).cloned()));
    let quota = Memo::new(move |_| feed.desk.with(|desk| desk.quota()));
    let now = seconds(room);
    let free = Memo::new(move |_| {
        let now = now.get();
        now > 0 && room.with(|room| room.as_ref().is_some_and(|room| room.reply_is_free(now)))
    });
    let length = Memo::new(move |_| compose.text.with(|text| count::utf16(text.trim())));
    let hindrance = Memo::new(move |_| {
        let gone = room.with(|room| room.as_ref().is_some_and(|room| room.friendship == Friendship::Gone));
        let user = room.with(|room| room.as_ref().is_none_or(|room| room.kind == RoomKind::User));
        let used_up = quota.get().and_then(Quota::left) == Some(0);
        match (gone, user, used_up && !free.get()) {
            (true, true, _) => Some(Key::ChatCantGone),
            (true, false, _) => Some(Key::ChatCantGroupGone),
            (false, _, true) => Some(Key::ChatCantQuota),
            _ => None,
        }
    });
    let problem = Memo::new(move |_| compose.draft().check().err().map(|(_, flaw)| flaw));
    let arriving = Memo::new(move |_| {
        compose.going.with(|going| going.iter().any(|going| going.room == id && going.wrong.is_none()))
    });
    let open = Open::default();
    let more = RwSignal::new(false);
    let save = move || {
        let Some((later, at)) = compose.editing.get_untracked() else { return };
        let draft = untrack(|| compose.draft());
        spawn_local(async move {
            match api::change_later(compose.account(), later, draft, at).await {
                Ok(_) => {
                    if compose.room.get_untracked() == Some(id) {
                        compose.begin(id);
                    }
                    toasts.show(i18n.t(Key::UiSaved));
                }
                Err(error) => {
                    ask_to_log_in(&error);
                    toasts.error(&error);
                }
            }
        });
    };
    let send = move || {
        if compose.editing.get_untracked().is_some() {
            return save();
        }
        if hindrance.get_untracked().is_some() || arriving.get_untracked() {
            return;
        }
        let draft = untrack(|| compose.draft());
        if draft.check().is_ok() {
            // Emptied at once: a second press finds nothing to send.
            compose.clear();
            open.panel.set(false);
            more.set(false);
            feed.send(id, outbox::new_key(), draft);
            feed.desk.update(|desk| desk.change_room(id, |room| room.reply_until = None));
            compose.focus();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // 229: the key that ends a composition, as Safari tells it.
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() != "Enter" || composing || event.shift_key() || event.alt_key() {
            return;
        }
        let with_key = event.ctrl_key() || event.meta_key();
        if with_key || compose.manners.with_untracked(|manners| manners.voice.enter_sends) {
            event.prevent_default();
            send();
        }
    };
    let on_paste = move |event: web_sys::ClipboardEvent| {
        if let Some(files) = pasted(event.as_ref()) {
            event.prevent_default();
            compose.attach(Some(files));
        }
    };
    let cost = move || {
        let members = room.with(|room| room.as_ref().map_or(1, |room| room.members.max(1)));
        match quota.get().and_then(Quota::left) {
            _ if compose.editing.get().is_some() => i18n.t(Key::UiSave).to_owned(),
            _ if free.get() => i18n.t(Key::ChatSendFree).to_owned(),
            Some(left) if alive.get() => i18n.fill(Key::ChatSendUses, &[("count", &members), ("left", &left)]),
            _ => i18n.t(Key::ChatSend).to_owned(),
        }
    };
    // On a phone there is room for no more than this.
    let price = move || {
        let members = room.with(|room| room.as_ref().map_or(1, |room| room.members.max(1)));
        match quota.get().and_then(Quota::left) {
            _ if compose.editing.get().is_some() || !alive.get() => String::new(),
            _ if free.get() => i18n.t(Key::ChatPriceFree).to_owned(),
            Some(_) => format!("−{members}"),
            None => String::new(),
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
    let too_long = move || matches!(problem.get(), Some(Flaw::TooLong { .. }));
    let note = move || {
        let flaw = match problem.get()? {
            Flaw::TooMany => Key::ChatTooMany,
            Flaw::Quote => Key::ChatQuoteNeeds,
            Flaw::Empty | Flaw::TooLong { .. } => return None,
            _ => Key::ChatPartWrong,
        };
        Some(i18n.t(flaw))
    };
    let add = Callback::new(move |bubbles: Vec<Bubble>| {
        if !bubbles.into_iter().all(|bubble| compose.add(bubble)) {
            toasts.show(i18n.t(Key::ChatTooMany));
        }
    });
    let used = Callback::new(move |saved| compose.saved.update(|all| all.push(saved)));
    let off = Signal::derive(move || hindrance.get().is_some_and(|key| key != Key::ChatCantQuota));
    view! {
        <form
            class="composer"
            class:composer--wrong=too_long
            class:composer--more=move || more.get()
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <DropPlace compose/>
            <Waiting compose id/>
            <Editing compose id/>
            <Quoting compose/>
            <Parts compose/>
            <OnTheWay compose room=id/>
            <Opened compose id open/>
            <Picker account=feed.account room=id value=compose.text dialog=open.saved add used/>
            <div class="composer__line">
                <button
                    type="button"
                    class="composer-icon composer__plus"
                    aria-label=i18n.t(Key::ChatPlus)
                    aria-expanded=move || if more.get() { "true" } else { "false" }
                    disabled=move || !alive.get()
                    on:click=move |_| {
                        more.update(|more| *more = !*more);
                        open.panel.set(false);
                    }
                >
                    <IconView icon=Icon::Plus/>
                </button>
                <div class="composer__text" on:paste=on_paste>
                    <TextArea
                        value=compose.text
                        name=AREA
                        label=i18n.t(Key::ChatWrite)
                        placeholder=i18n.t(Key::ChatWrite)
                        rows=1
                        disabled=Signal::derive(move || !alive.get())
                        on:keydown=on_key
                    />
                </div>
                <Tools compose room id open off/>
                <div class="composer__foot">
                    <p class="composer__note" role="status">
                        {move || hindrance.get().map(|key| i18n.t(key))}
                        {note}
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
                </div>
                <button
                    type="submit"
                    class="button button--primary composer__send"
                    title=i18n.t(Key::ChatSendTip)
                    aria-label=cost
                    disabled=move || {
                        !alive.get() || hindrance.get().is_some() || problem.get().is_some() || arriving.get()
                    }
                >
                    <span class="composer__send-words">{cost}</span>
                    <span class="composer__send-sign" aria-hidden="true">
                        <IconView icon=Icon::Send/>
                        <span class="composer__price">{price}</span>
                    </span>
                </button>
            </div>
        </form>
    }
}

/// Brings back what was being written, and keeps it while it is being written.
fn keep_draft(compose: Compose, id: RoomId) {
    Effect::new(move |_| compose.begin(id));
    Effect::new(move |before: Option<()>| {
        if before.is_some() {
            compose.keep(id);
        } else {
            // Looked at, so that changes are heard.
            let _ = (compose.draft(), compose.editing.get());
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
