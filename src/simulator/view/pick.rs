//! What a tap asks or tells at the foot of the screen: a date or time, and that something was copied.

use super::hand::{Hand, Target};
use crate::{
    i18n::{Key, use_i18n},
    simulator::model::{Mode, Picker},
};
use leptos::{ev::SubmitEvent, html, prelude::*};

/// The foot of a room, after a tap.
#[component]
pub fn Foot(
    /// The friend's hand.
    hand: Hand,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p role="status" class="rich-menu__said">{move || hand.copied().then(|| i18n.t(Key::UiCopied))}</p>
        {move || hand.asking().map(|(target, picker)| view! { <Ask target picker hand/> })}
    }
}

/// Asks for a date or time with the browser's own field.
#[component]
fn Ask(target: Target, picker: Picker, hand: Hand) -> impl IntoView {
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
        hand.dismiss();
        hand.send(target.clone(), chosen.get_untracked());
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
                <button type="button" class="sim-button" on:click=move |_| hand.dismiss()>
                    {i18n.t(Key::UiCancel)}
                </button>
            </div>
        </form>
    }
}
