//! Several phones side by side, each with a place of its own. On a narrow screen one fills the width, and one
//! swipes to the next.

use super::{deed::Live, phone::PhoneView, place::Place};
use crate::{
    i18n::{Key, use_i18n},
    simulator::model::address::encode,
    ui::{Icon, IconView},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// More would not be of use, and each asks the simulator whenever something happens.
const MOST: usize = 12;

/// The page's address with these people.
pub fn address(users: &[String]) -> String {
    let users: Vec<String> = users.iter().map(|user| format!("u={}", encode(user))).collect();
    if users.is_empty() { "/".to_owned() } else { format!("/phones?{}", users.join("&")) }
}

/// The page.
#[component]
pub fn PhonesPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let users = Memo::new(move |_| {
        let mut users = Vec::<String>::new();
        for user in query.with(|query| query.get_all("u").unwrap_or_default()) {
            if !user.is_empty() && !users.contains(&user) && users.len() < MOST {
                users.push(user);
            }
        }
        users
    });
    // Where all of them begin.
    let room = query.with_untracked(|query| query.get("room")).filter(|room| !room.is_empty());
    let live = Live::open(users.into());
    let more = move || {
        let chosen = address(&users.get());
        chosen.replacen("/phones", "/", 1)
    };
    view! {
        <div class="phones">
            <div class="phones__bar">
                <h1>{i18n.t(Key::SimSideBySide)}</h1>
                <a class="sim-button" href=more><IconView icon=Icon::Plus/> {i18n.t(Key::SimMorePhones)}</a>
            </div>
            {move || users.get().is_empty().then(|| view! {
                <p class="phone__hint">{i18n.t(Key::SimNoPhones)}</p>
            })}
            <div class="phones__row">
                <For each=move || users.get() key=String::clone let:user>
                    <Beside user users live room=room.clone()/>
                </For>
            </div>
        </div>
    }
}

/// One of them.
#[component]
fn Beside(user: String, users: Memo<Vec<String>>, live: Live, room: Option<String>) -> impl IntoView {
    let place = RwSignal::new(room.map_or_else(Place::default, |room| Place::room(&room)));
    let me = user.clone();
    let without = Signal::derive(move || {
        let others: Vec<String> = users.get().into_iter().filter(|other| *other != me).collect();
        address(&others)
    });
    // From the id, so that it is the same on both sides and stays when others come and go.
    let number = user.bytes().fold(17_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let user = Signal::stored(user);
    live.phone(user);
    view! {
        <PhoneView
            user
            place=Memo::new(move |_| place.get())
            go=Callback::new(move |to| place.set(to))
            number
            without
        />
    }
}
