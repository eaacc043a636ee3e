//! A page with one phone, which fills the screen of a real one: the address tells who holds it, and where they are.

use super::{deed::Live, phone::PhoneView, place::Place};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_params_map},
};

/// The page. It stays while its screens change.
#[component]
pub fn OnePhone() -> impl IntoView {
    let params = use_params_map();
    let user = Memo::new(move |_| params.with(|params| params.get("user").unwrap_or_default()));
    let location = use_location();
    let place = Memo::new(move |_| Place::of(&location.pathname.get(), &location.search.get()));
    let navigate = use_navigate();
    let go = Callback::new(move |place: Place| {
        navigate(&place.href(&user.get_untracked()), NavigateOptions::default());
    });
    let live = Live::open(Signal::derive(move || vec![user.get()]));
    live.phone(user.into());
    view! { <PhoneView user=user.into() place go alone=true/> }
}
