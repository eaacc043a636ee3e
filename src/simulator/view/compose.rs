//! The foot of a room: the line to write in, and everything else that can be sent.

mod files;
mod mention;
mod panel;
mod place;
mod text;
mod tray;
mod voice;

use super::{bubble::preview, talk::Talk, wanted::Wanted};
use crate::{
    i18n::{Key, use_i18n},
    line::count::{TEXT_LIMIT, utf16},
    simulator::{
        api,
        model::{Author, Message, Room},
    },
    ui::{Icon, IconView, TextArea, hydrated},
};
use files::Files;
use leptos::{ev, html, prelude::*};
use mention::{Mentions, Typing};
use text::Line;

/// What stands open above the line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Above {
    #[default]
    Nothing,
    /// Camera, pictures, voice, files, places.
    Tray,
    /// Emoji and stickers.
    Panel,
}

/// See the module.
#[component]
pub fn Compose(
    /// What goes on in the room.
    talk: Talk,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let above = RwSignal::new(Above::Nothing);
    let area = NodeRef::<html::Textarea>::new();
    let line = Line { talk, area, caret: RwSignal::new(0) };
    let files = Files::new(talk);
    let typing = Typing::new(line);
    let (placing, speaking) = (RwSignal::new(false), RwSignal::new(false));
    let closed = Signal::derive(move || !alive.get() || talk.blocked());
    let toggle = move |what: Above| above.update(|above| *above = if *above == what { Above::Nothing } else { what });

    Effect::new(move |_| {
        let Some(wanted) = talk.wish.0.get() else { return };
        talk.wish.0.set(None);
        above.set(Above::Nothing);
        match wanted {
            Wanted::Camera => files.take(),
            Wanted::CameraRoll { many } => files.choose(many),
            Wanted::Location => placing.set(true),
            Wanted::Voice => speaking.set(true),
            Wanted::Keyboard { fill_in } => line.begin(fill_in),
        }
    });
    Effect::new(move |_| {
        above.track();
        speaking.track();
        typing.track();
        talk.draft.track();
        talk.quoting.track();
        talk.editing.track();
        talk.foot.update(|foot| *foot = foot.wrapping_add(1));
    });
    let key = move |event: ev::KeyboardEvent| {
        // 229: the key belongs to an input method, which Safari tells only so.
        if event.is_composing() || event.key_code() == 229 || typing.key(&event) {
            return;
        }
        if event.key() == "Enter" && !event.shift_key() {
            event.prevent_default();
            talk.write();
        } else if event.key() == "Escape" && above.get_untracked() != Above::Nothing {
            above.set(Above::Nothing);
        }
    };
    let open = move |what: Above| move || if above.get() == what { "true" } else { "false" };
    let left = move || {
        let length = talk.draft.with(|draft| utf16(draft));
        let over = length > TEXT_LIMIT;
        (length + 200 > TEXT_LIMIT).then(|| {
            view! {
                <span class="compose__left" class:compose__left--over=over role="status">
                    {format!("{length} / {TEXT_LIMIT}")}
                </span>
            }
        })
    };
    let sendable = move || talk.draft.with(|draft| !draft.trim().is_empty() && utf16(draft) <= TEXT_LIMIT);
    view! {
        <div class="compose" on:keyup=move |_| line.follow() on:click=move |_| line.follow()>
            <Shut talk/>
            <About talk/>
            <files::Going files/>
            {move || speaking.get().then(|| view! { <voice::Voice files open=speaking/> })}
            <Mentions typing/>
            {move || (above.get() == Above::Tray).then(|| view! { <tray::Tray talk files/> })}
            {move || (above.get() == Above::Panel).then(|| view! { <panel::Panel line/> })}
            <div class="compose__row">
                <button
                    type="button"
                    class="compose__icon"
                    aria-label=i18n.t(Key::SimAttach)
                    title=i18n.t(Key::SimAttach)
                    aria-expanded=open(Above::Tray)
                    disabled=closed
                    on:click=move |_| toggle(Above::Tray)
                >
                    <IconView icon=Icon::Plus/>
                </button>
                <div class="compose__line" on:keydown=key on:input=move |_| line.follow()>
                    <TextArea
                        value=talk.draft
                        name="text"
                        id=talk.phone.id("text")
                        label=i18n.t(Key::SimMessage)
                        rows=1
                        disabled=closed
                        node_ref=area
                    />
                    {left}
                </div>
                <button
                    type="button"
                    class="compose__icon"
                    aria-label=i18n.t(Key::SimStickers)
                    title=i18n.t(Key::SimStickers)
                    aria-expanded=open(Above::Panel)
                    disabled=closed
                    on:click=move |_| toggle(Above::Panel)
                >
                    <IconView icon=Icon::Smile/>
                </button>
                <button
                    type="button"
                    class="compose__icon compose__icon--main"
                    aria-label=i18n.t(Key::SimSend)
                    title=i18n.t(Key::SimSend)
                    disabled=move || closed.get() || !sendable()
                    on:click=move |_| talk.write()
                >
                    <IconView icon=Icon::Send/>
                </button>
            </div>
            <files::Inputs files/>
            {move || placing.get().then(|| view! { <place::PlaceSheet talk open=placing/> })}
        </div>
    }
}

/// Says that the account is blocked, and undoes it.
#[component]
fn Shut(talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let again = move |_| {
        let (user, channel) = talk.here();
        talk.deeds.run(api::add(user, channel), |()| ());
    };
    move || {
        talk.blocked().then(|| {
            view! {
                <div class="compose__about">
                    <p>{i18n.t(Key::SimBlockedNow)}</p>
                    <button type="button" class="sim-button" on:click=again>{i18n.t(Key::SimUnblock)}</button>
                </div>
            }
        })
    }
}

/// Who said this, for those who read it in this room.
pub fn author(room: Option<&Room>, message: &Message) -> String {
    let Some(room) = room else { return String::new() };
    match &message.from {
        Author::User(id) if *id == room.me.id => room.me.name.clone(),
        Author::User(id) => {
            room.members.iter().find(|person| person.id == *id).map(|person| person.name.clone()).unwrap_or_default()
        }
        Author::Bot(_) => room.bot.as_ref().map(|bot| bot.name.clone()).unwrap_or_default(),
        Author::Notice => String::new(),
    }
}

/// What is being quoted or changed.
#[component]
fn About(talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let bar = move |words: String, message: Message, stop: Callback<()>| {
        let line = preview(i18n, &message);
        view! {
            <div class="compose__about">
                <p>
                    <strong>{words}</strong>
                    <span class="compose__quoted">{line}</span>
                </p>
                <button
                    type="button"
                    class="compose__icon"
                    aria-label=i18n.t(Key::UiCancel)
                    title=i18n.t(Key::UiCancel)
                    on:click=move |_| stop.run(())
                >
                    <IconView icon=Icon::Close/>
                </button>
            </div>
        }
    };
    move || {
        if let Some(message) = talk.editing.get() {
            let stop = Callback::new(move |()| talk.stop_editing());
            return Some(bar(i18n.t(Key::SimEditing).to_owned(), message, stop));
        }
        let message = talk.quoting.get()?;
        let name = talk.room.with(|room| author(room.as_ref(), &message));
        let stop = Callback::new(move |()| talk.quoting.set(None));
        Some(bar(i18n.fill(Key::SimQuoting, &[("name", &name)]), message, stop))
    }
}
