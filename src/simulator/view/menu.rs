//! The rich menu under a chat: its bar, and the picture whose areas are tapped.

use super::{
    deed::Deeds,
    phone::{Phone, use_phone},
};
use crate::{
    browser::{self, clipboard},
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{Area, Mode, Picker, RichMenu, Room, Tap},
    },
    ui::hydrated,
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use wasm_bindgen::JsCast;

/// What a friend has done with the menu since the chat was opened. It outlives the drawn menu, which is
/// made anew whenever the room has changed.
#[derive(Clone, Copy)]
struct Hand {
    user: Signal<String>,
    room: Signal<String>,
    deeds: Deeds,
    draft: RwSignal<String>,
    /// Opened or closed; as the menu wants it before that.
    open: RwSignal<Option<bool>>,
    /// The menu and area whose date or time is asked for.
    asking: RwSignal<Option<(String, u32, Picker)>>,
    copied: RwSignal<bool>,
    /// Something happens when one taps.
    alive: Signal<bool>,
    phone: Phone,
}

impl Hand {
    fn send(self, menu: String, area: u32, value: String) {
        let work = api::tap(self.user.get_untracked(), self.room.get_untracked(), menu, area, value);
        self.deeds.run(work, |()| ());
    }

    /// Does what the phone does by itself, and tells the platform what it is to know.
    fn tap(self, menu: String, area: u32, tap: &Tap) {
        self.copied.set(false);
        match tap {
            Tap::Send => {}
            Tap::Switch => self.open.set(Some(true)),
            Tap::Postback { input, fill_in } => match input.as_str() {
                "openRichMenu" => self.open.set(Some(true)),
                // There is no voice to be recorded here.
                "closeRichMenu" | "openVoice" => self.open.set(Some(false)),
                "openKeyboard" => {
                    self.open.set(Some(false));
                    if !fill_in.is_empty() {
                        self.draft.set(fill_in.clone());
                    }
                    write(self.phone);
                }
                _ => {}
            },
            Tap::Pick { picker } => return self.asking.set(Some((menu, area, picker.clone()))),
            Tap::Copy { text } => {
                clipboard::copy(text);
                return self.copied.set(true);
            }
            Tap::Open { .. } => return,
        }
        self.send(menu, area, String::new());
    }
}

/// Goes to the line to write in.
fn write(phone: Phone) {
    let line = browser::document().and_then(|document| document.get_element_by_id(&phone.id("text")));
    if let Some(line) = line.and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = line.focus();
    }
}

/// The foot of a room whose account has a menu for this friend; nothing elsewhere.
#[component]
pub fn Menu(
    /// Whose phone it is.
    user: Signal<String>,
    /// The room's id.
    id: Signal<String>,
    /// The room.
    room: Resource<Result<Room, AppError>>,
    /// The page's deeds.
    deeds: Deeds,
    /// What is being written; a menu may fill it in.
    draft: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (open, asking, copied) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(false));
    let hand =
        Hand { user, room: id, deeds, draft, open, asking, copied, alive: hydrated().into(), phone: use_phone() };
    // Another room: as if it had just been opened.
    Effect::new(move |before: Option<String>| {
        let now = id.get();
        if before.is_some_and(|before| before != now) {
            open.set(None);
            asking.set(None);
            copied.set(false);
        }
        now
    });
    view! {
        <Transition>
            {move || room.get().and_then(Result::ok).and_then(|room| room.menu).map(|menu| view! { <Drawn menu hand/> })}
        </Transition>
        <p role="status" class="rich-menu__said">{move || copied.get().then(|| i18n.t(Key::UiCopied))}</p>
        {move || asking.get().map(|(menu, area, picker)| view! { <Ask menu area picker hand/> })}
    }
}

/// The bar, and the picture while it is open.
#[component]
fn Drawn(menu: RichMenu, hand: Hand) -> impl IntoView {
    let selected = menu.selected;
    let open = move || hand.open.get().unwrap_or(selected);
    let toggle = move |_| hand.open.set(Some(!hand.open.get_untracked().unwrap_or(selected)));
    let bar = menu.bar.clone();
    let picture = move || {
        open().then(|| {
            let areas = menu.areas.iter().zip(0_u32..);
            let areas = areas.map(|(area, number)| view! { <Spot menu=menu.clone() area=area.clone() number hand/> });
            view! {
                <div class="rich-menu__picture" style=format!("aspect-ratio: {} / {}", menu.width, menu.height)>
                    <img src=format!("/simulator/rich-menu/{}", menu.id) alt=""/>
                    {areas.collect_view()}
                </div>
            }
        })
    };
    view! {
        <div class="rich-menu">
            <button
                class="rich-menu__bar"
                class:rich-menu__bar--open=open
                disabled=move || !hand.alive.get()
                aria-expanded=move || if open() { "true" } else { "false" }
                on:click=toggle
            >
                {bar}
            </button>
            {picture}
        </div>
    }
}

/// A part of `whole` in hundredths, for the style sheet.
fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) * 100.0 / f64::from(whole.max(1))
}

/// An area: a link where it leads somewhere else, a button where it does something here.
#[component]
fn Spot(menu: RichMenu, area: Area, number: u32, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let place = format!(
        "left: {:.3}%; top: {:.3}%; width: {:.3}%; height: {:.3}%",
        share(area.x, menu.width),
        share(area.y, menu.height),
        share(area.width, menu.width),
        share(area.height, menu.height)
    );
    let label = if area.label.is_empty() {
        i18n.fill(Key::SimMenuArea, &[("number", &(number + 1))])
    } else {
        area.label.clone()
    };
    if let Tap::Open { uri } = area.tap {
        // The phone opens it; without its script the browser does.
        return view! {
            <a class="rich-menu__area" style=place href=uri target="_blank" rel="noopener noreferrer" aria-label=label></a>
        }
        .into_any();
    }
    let tap = move |_| hand.tap(menu.id.clone(), number, &area.tap);
    view! {
        <button
            class="rich-menu__area"
            style=place
            aria-label=label
            disabled=move || !hand.alive.get()
            on:click=tap
        ></button>
    }
    .into_any()
}

/// Asks for a date or time with the browser's own field.
#[component]
fn Ask(menu: String, area: u32, picker: Picker, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let field = NodeRef::<html::Input>::new();
    let chosen = RwSignal::new(picker.initial.clone());
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let when = hand.phone.id("when");
    let words = match picker.mode {
        Mode::Date => Key::SimMenuDate,
        Mode::Time => Key::SimMenuTime,
        Mode::Datetime => Key::SimMenuDatetime,
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        hand.asking.set(None);
        hand.send(menu.clone(), area, chosen.get_untracked());
    };
    // Without an end on one side, the attribute must not be there at all.
    let end = |text: String| Some(text).filter(|text| !text.is_empty());
    view! {
        <form class="sim-form rich-menu__ask" on:submit=send>
            <label for=when.clone()>{i18n.t(words)}</label>
            <input
                id=when
                type=picker.mode.field()
                min=end(picker.min)
                max=end(picker.max)
                required=true
                node_ref=field
                prop:value=move || chosen.get()
                on:input=move |event| chosen.set(event_target_value(&event))
            />
            <div class="sim-form__row rich-menu__answer">
                <button class="sim-button sim-button--main">{i18n.t(Key::SimSend)}</button>
                <button type="button" class="sim-button" on:click=move |_| hand.asking.set(None)>
                    {i18n.t(Key::UiCancel)}
                </button>
            </div>
        </form>
    }
}
