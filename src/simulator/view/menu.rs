//! The rich menu under a chat: its bar, and the picture whose areas are tapped.

use super::hand::{Hand, Target};
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::model::{Area, RichMenu, Room, Tap},
};
use leptos::{ev::MouseEvent, prelude::*};

/// The foot of a room whose account has a menu for this friend; nothing elsewhere.
#[component]
pub fn Menu(
    /// The room.
    room: Resource<Result<Room, AppError>>,
    /// The friend's hand.
    hand: Hand,
) -> impl IntoView {
    view! {
        <Transition>
            {move || room.get().and_then(Result::ok).and_then(|room| room.menu).map(|menu| view! { <Drawn menu hand/> })}
        </Transition>
    }
}

/// The bar, and the picture while it is open.
#[component]
fn Drawn(menu: RichMenu, hand: Hand) -> impl IntoView {
    let selected = menu.selected;
    let open = move || hand.menu_open().unwrap_or(selected);
    let toggle = move |_| hand.open_menu(!untrack(open));
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
                disabled=move || !hand.alive()
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
    let target = Target::Menu { menu: menu.id, area: number };
    if let Tap::Open { uri } = &area.tap {
        let href = uri.clone();
        let open = move |event: MouseEvent| {
            if !event.ctrl_key() && !event.meta_key() {
                event.prevent_default();
                hand.tap(target.clone(), &area.tap);
            }
        };
        return view! {
            <a
                class="rich-menu__area"
                style=place
                href=href
                target="_blank"
                rel="noopener noreferrer"
                aria-label=label
                on:click=open
            ></a>
        }
        .into_any();
    }
    let tap = move |_| hand.tap(target.clone(), &area.tap);
    view! {
        <button
            class="rich-menu__area"
            style=place
            aria-label=label
            disabled=move || !hand.alive()
            on:click=tap
        ></button>
    }
    .into_any()
}
