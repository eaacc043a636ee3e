//! Beginning and ending one's shift: in the menu at the foot of the rail, and among one's own settings.

use super::use_session;
use crate::{
    i18n::{Key, use_i18n},
    team::{
        api::{SetAway, SetShift},
        model::SHIFT_AWAY,
    },
    ui::{Button, ButtonKind, FormError, Icon, IconView, SelectField, Tag, Toasts, Tone, failure},
};
use leptos::{form::ActionForm, prelude::*};

/// Asks for the session again when the shift has changed: its menu and its settings then say so.
fn use_shift() -> ServerAction<SetShift> {
    let session = use_session();
    let action = ServerAction::<SetShift>::new();
    Effect::new(move |_| {
        if matches!(action.value().get(), Some(Ok(()))) {
            session.refresh();
        }
    });
    action
}

fn words(on: bool) -> Key {
    if on { Key::TeamEndShift } else { Key::TeamStartShift }
}

/// An entry of the operator's menu.
#[component]
pub fn ShiftEntry() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let action = use_shift();
    let on = Memo::new(move |_| session.me.with(|me| me.on_shift));
    view! {
        <ActionForm action>
            <input type="hidden" name="on" prop:value=move || (!on.get()).to_string() value=(!on.get_untracked()).to_string()/>
            <button class="menu__item" type="submit">
                <IconView icon=Icon::Clock/>
                {move || i18n.t(words(on.get()))}
            </button>
        </ActionForm>
    }
}

/// The section of one's own settings.
#[component]
pub fn Shift() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let action = use_shift();
    let away = ServerAction::<SetAway>::new();
    Effect::new(move |_| {
        if matches!(away.value().get(), Some(Ok(()))) {
            session.refresh();
            toasts.say(Key::UiSaved);
        }
    });
    let on = Memo::new(move |_| session.me.with(|me| me.on_shift));
    let kept = session.me.with_untracked(|me| me.shift_away);
    let options = SHIFT_AWAY.map(|minutes| {
        let words = match minutes {
            0 => i18n.t(Key::TeamAwayNever).to_owned(),
            _ => i18n.fill(Key::TeamAwayMinutes, &[("count", &minutes)]),
        };
        (minutes.to_string(), words)
    });
    view! {
        <section class="section">
            <h2>{i18n.t(Key::TeamShift)}</h2>
            <p class="field__hint">{i18n.t(Key::TeamShiftMore)}</p>
            <FormError failure=failure(action)/>
            <ActionForm action>
                <input type="hidden" name="on" prop:value=move || (!on.get()).to_string() value=(!on.get_untracked()).to_string()/>
                <p>
                    {move || {
                        let (tone, words) =
                            if on.get() { (Tone::Moss, Key::TeamOnShift) } else { (Tone::Plain, Key::TeamOffShift) };
                        view! { <Tag tone>{i18n.t(words)}</Tag> }
                    }}
                </p>
                <Button busy=action.pending() icon=Icon::Clock>{move || i18n.t(words(on.get()))}</Button>
            </ActionForm>
            <ActionForm action=away>
                <FormError failure=failure(away)/>
                <SelectField
                    name="minutes"
                    label=i18n.t(Key::TeamAway)
                    value=kept.to_string()
                    options=options.to_vec()
                />
                <Button kind=ButtonKind::Primary busy=away.pending()>{i18n.t(Key::UiSave)}</Button>
            </ActionForm>
        </section>
    }
}
