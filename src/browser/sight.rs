//! Tells when an element comes into view, when what is in it has come, and when its size changes.

use super::window;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverInit};

/// How far outside the view it counts already, so that what follows is there in time.
const AHEAD: &str = "300px";

/// Calls `seen` whenever the element comes near the view; ends with the owner of this call. Nothing
/// happens on the server: call it from an effect.
pub fn watch(element: &Element, seen: impl Fn() + 'static) {
    if window().is_none() {
        return;
    }
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let near = |entry: wasm_bindgen::JsValue| {
            entry.unchecked_into::<web_sys::IntersectionObserverEntry>().is_intersecting()
        };
        if entries.iter().any(near) {
            seen();
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(AHEAD);
    let Ok(observer) = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options) else {
        return;
    };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// Calls `loaded` whenever a picture inside the element has come; ends with the owner of this call. Nothing happens
/// on the server: call it from an effect.
pub fn loads(element: &Element, loaded: impl Fn() + 'static) {
    if window().is_none() {
        return;
    }
    let callback = Closure::<dyn FnMut()>::new(loaded);
    // Such events do not rise: they are caught on their way down.
    let _ = element.add_event_listener_with_callback_and_bool("load", callback.as_ref().unchecked_ref(), true);
    let kept = StoredValue::new_local((element.clone(), callback));
    on_cleanup(move || {
        kept.try_with_value(|(element, callback)| {
            element.remove_event_listener_with_callback_and_bool("load", callback.as_ref().unchecked_ref(), true)
        });
    });
}

/// Calls `resized` whenever one of the elements has another size, before it is painted; ends with the owner of this
/// call. Nothing happens on the server: call it from an effect.
pub fn resizes(elements: &[&Element], resized: impl Fn() + 'static) {
    let Some(window) = window() else { return };
    let callback = Closure::<dyn FnMut()>::new(resized);
    // By name: every browser of these years has it, and the list of interfaces that are compiled in stays short.
    let maker =
        Reflect::get(window.as_ref(), &"ResizeObserver".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let Some(maker) = maker else { return };
    let Ok(observer) = Reflect::construct(&maker, &Array::of1(callback.as_ref())) else { return };
    let call = |name: &str, arguments: &Array| {
        let method = Reflect::get(&observer, &name.into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
        method.map(|method| method.apply(&observer, arguments))
    };
    for element in elements {
        call("observe", &Array::of1(element));
    }
    let kept = StoredValue::new_local((observer.clone(), callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| {
            let method =
                Reflect::get(observer, &"disconnect".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
            method.map(|method| method.call0(observer))
        });
    });
}
