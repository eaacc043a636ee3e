//! Asks before somebody walks away from what is not saved.

use crate::{
    browser::capture,
    i18n::{Key, use_i18n},
    ui::{Button, ButtonKind, Dialog},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

/// Stands between a click on a link and the page behind it while `dirty`; a tab that is closed asks by itself.
#[component]
pub fn Guard(dirty: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let wanted = RwSignal::new(String::new());
    let navigate = use_navigate();
    Effect::new(move |_| {
        capture::events("click", move |event| {
            let Some(mouse) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
            let plain = mouse.button() == 0 && !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key());
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
            let href = link.filter(|link| !link.has_attribute("target")).and_then(|link| link.get_attribute("href"));
            if let Some(href) = href.filter(|href| plain && href.starts_with('/'))
                && dirty.try_get_untracked() == Some(true)
            {
                event.prevent_default();
                event.stop_propagation();
                wanted.set(href);
                open.set(true);
            }
        });
        capture::events("beforeunload", move |event| {
            if dirty.try_get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
    });
    let leave = move |_| {
        open.set(false);
        navigate(&wanted.get_untracked(), NavigateOptions::default());
    };
    view! {
        <Dialog open title=i18n.t(Key::SavedLeave) id="saved-leave">
            <p>{i18n.t(Key::SavedLeaveMore)}</p>
            <div class="dialog__actions">
                <Button on_click=leave>{i18n.t(Key::SavedLeaveGo)}</Button>
                <Button kind=ButtonKind::Primary on_click=move |_| open.set(false)>{i18n.t(Key::SavedStay)}</Button>
            </div>
        </Dialog>
    }
}
