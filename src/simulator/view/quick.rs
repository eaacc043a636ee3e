//! The answers that the newest message offers, above the line to write in.

use super::hand::Hand;
use crate::{
    error::AppError,
    simulator::model::{Author, Message, Room},
    ui::phone,
};
use leptos::prelude::*;

/// The message whose answers are offered: the newest one, from an account, as long as nothing has come after it.
fn offered(room: &Room) -> Option<&Message> {
    let newest = room.messages.last()?;
    let offers = matches!(newest.from, Author::Bot(_)) && !room.blocked;
    (offers && phone::has_quick_replies(&newest.body)).then_some(newest)
}

/// The row; nothing when there are no answers, or one was given.
#[component]
pub fn Quick(
    /// The room.
    room: Resource<Result<Room, AppError>>,
    /// The friend's hand.
    hand: Hand,
) -> impl IntoView {
    let row = move || {
        let room = room.get()?.ok()?;
        let message = offered(&room)?;
        if hand.has_answered(&message.id) {
            return None;
        }
        let taps = hand.taps(message.id.clone(), message.body.clone());
        phone::quick_replies(&message.body, taps).map(|row| view! { <div class="phone__quick">{row}</div> })
    };
    view! { <Transition>{row}</Transition> }
}
