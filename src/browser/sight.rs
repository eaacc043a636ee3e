//! Tells when an element comes into view, when what is in it has come, and when its size changes.

use super::window;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
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

/// How much of an element's edge may be missing that is in view all the same: places are fractions of a pixel.
const SLACK: f64 = 1.5;
/// Of what is taller than the view, so much of the view must be filled by it.
const FILLS: f64 = 0.9;

/// Whether an element is wholly in view inside `wall`, or, when it is too tall for that, fills it.
fn is_whole(element: &Element, wall: &Element) -> bool {
    let (own, view) = (element.get_bounding_client_rect(), wall.get_bounding_client_rect());
    if own.height() <= 0.0 {
        return false;
    }
    let shown = own.bottom().min(view.bottom()) - own.top().max(view.top());
    shown >= own.height() - SLACK || shown >= view.height() * FILLS
}

/// Calls `seen` with the parts of `wall` that `which` selects whenever some of them come into view with nothing of
/// them missing; ends with the owner of this call. What is put into the wall later is not watched. Nothing happens
/// on the server: call it from an effect.
pub fn whole(wall: &Element, which: &str, seen: impl Fn(Vec<Element>) + 'static) {
    if window().is_none() {
        return;
    }
    let view = wall.clone();
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let target = |entry: JsValue| entry.unchecked_into::<web_sys::IntersectionObserverEntry>().target();
        let found: Vec<Element> = entries.iter().map(target).filter(|element| is_whole(element, &view)).collect();
        if !found.is_empty() {
            seen(found);
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root(Some(wall));
    let steps: Array = (0..=20).map(|step| JsValue::from_f64(f64::from(step) / 20.0)).collect();
    options.set_threshold(&steps);
    let Ok(observer) = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options) else {
        return;
    };
    if let Ok(parts) = wall.query_selector_all(which) {
        let parts = (0..parts.length()).filter_map(|at| parts.get(at)?.dyn_into::<Element>().ok());
        parts.for_each(|part| observer.observe(&part));
    }
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// Calls `stopped` with a film or sound inside the element whenever it stops or ends, and with how much of it was
/// played (percent); ends with the owner of this call. Nothing happens on the server: call it from an effect.
pub fn plays(element: &Element, stopped: impl Fn(Element, u8) + 'static) {
    if window().is_none() {
        return;
    }
    let callback = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        let Some(player) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let number = |name: &str| Reflect::get(&player, &name.into()).ok().and_then(|value| value.as_f64());
        let (Some(at), Some(long)) = (number("currentTime"), number("duration")) else { return };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let percent = if long > 0.0 { (at / long * 100.0).clamp(0.0, 100.0).round() as u8 } else { 0 };
        stopped(player, percent);
    });
    // Such events do not rise: they are caught on their way down.
    let _ = element.add_event_listener_with_callback_and_bool("pause", callback.as_ref().unchecked_ref(), true);
    let kept = StoredValue::new_local((element.clone(), callback));
    on_cleanup(move || {
        kept.try_with_value(|(element, callback)| {
            element.remove_event_listener_with_callback_and_bool("pause", callback.as_ref().unchecked_ref(), true)
        });
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
