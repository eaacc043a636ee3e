//! Hearing of things before the element that they are for.

use super::window;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::Event;

/// Hears every event of this name on its way down; ends with the owner of this call. Nothing happens on the server:
/// call it from an effect.
pub fn events(name: &'static str, heard: impl FnMut(Event) + 'static) {
    let Some(window) = window() else { return };
    let callback = Closure::<dyn FnMut(Event)>::new(heard);
    let _ = window.add_event_listener_with_callback_and_bool(name, callback.as_ref().unchecked_ref(), true);
    let kept = StoredValue::new_local((window, callback));
    on_cleanup(move || {
        kept.try_with_value(|(window, callback)| {
            window.remove_event_listener_with_callback_and_bool(name, callback.as_ref().unchecked_ref(), true)
        });
    });
}
