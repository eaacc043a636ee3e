//! A sheet for sending a place. No map service is asked: what is entered is what is sent.

use super::Compose;
use crate::{
    chat::model::{
        draft::{Bubble, PLACE_LIMIT},
        place::read_place,
    },
    i18n::{Key, use_i18n},
    ui::Dialog,
};
use leptos::{ev::SubmitEvent, prelude::*};

/// Open while `open` is true.
#[component]
pub fn PlaceSheet(compose: Compose, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (title, address, link) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<Key>);
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let Some((latitude, longitude)) = link.with_untracked(|link| read_place(link)) else {
            return wrong.set(Some(Key::ChatPlaceWrong));
        };
        let (title, address) = (title.get_untracked(), address.get_untracked());
        let place = Bubble::Location { title, address, latitude, longitude };
        if place.check().is_err() {
            return wrong.set(Some(Key::ErrorInvalid));
        }
        if !compose.add(place) {
            return wrong.set(Some(Key::ChatTooMany));
        }
        open.set(false);
        compose.focus();
    };
    let field = move |id: &'static str, label: Key, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label class="field__label" for=id>{i18n.t(label)}</label>
                <input
                    class="field__input"
                    id=id
                    required=true
                    maxlength=PLACE_LIMIT
                    autocomplete="off"
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
        }
    };
    view! {
        <Dialog open title=i18n.t(Key::ChatAddPlace) id="place-title">
            <form class="composer-sheet" on:submit=add>
                {field("place-name", Key::SimPlaceTitle, title)}
                {field("place-address", Key::SimPlaceAddress, address)}
                <div class="field">
                    <label class="field__label" for="place-link">{i18n.t(Key::ChatPlaceLink)}</label>
                    <input
                        class="field__input"
                        id="place-link"
                        required=true
                        autocomplete="off"
                        aria-describedby="place-hint"
                        prop:value=move || link.get()
                        on:input=move |event| {
                            link.set(event_target_value(&event));
                            wrong.set(None);
                        }
                    />
                    <p class="field__hint" id="place-hint">{i18n.t(Key::ChatPlaceLinkHint)}</p>
                    <p class="field__error" role="alert">{move || wrong.get().map(|wrong| i18n.t(wrong))}</p>
                </div>
                <div class="dialog__actions">
                    <button type="submit" class="button button--primary">{i18n.t(Key::ChatAdd)}</button>
                </div>
            </form>
        </Dialog>
    }
}
