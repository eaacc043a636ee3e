//! Channels, and how the platform behaves: one card a file, in the order of the page.

mod channels;
mod new_channel;

use super::{
    deed::{Deeds, Trouble},
    faults::Faults,
};
use crate::i18n::{Key, use_i18n};
use channels::Channels;
use leptos::prelude::*;
use new_channel::NewChannel;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds::live(Signal::stored(String::new()));
    view! {
        <div class="sim__page">
            <h1>{i18n.t(Key::SimChannels)}</h1>
            <p>{i18n.t(Key::SimChannelsMore)}</p>
            <Trouble deeds/>
            <Channels deeds/>
            <NewChannel deeds/>
            <Faults deeds/>
        </div>
    }
}
