//! Channels, and the platform itself: one card a file, in the order of the page.

mod channels;
mod clock;
mod manners;
mod new_channel;
mod state;

use super::{
    crowds::Crowds,
    deed::{Deeds, Trouble},
    logins::Logins,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::api,
};
use channels::Channels;
use clock::ClockCard;
use leptos::prelude::*;
use manners::MannersCard;
use new_channel::NewChannel;
use state::StateCard;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds::live(Signal::stored(String::new()));
    let cards = Resource::new(move || deeds.version(), |_| api::cards());
    let platform = Resource::new(move || deeds.version(), |_| api::platform());
    view! {
        <div class="sim__page">
            <h1>{i18n.t(Key::SimChannels)}</h1>
            <p>{i18n.t(Key::SimChannelsMore)}</p>
            <Trouble deeds/>
            <Channels cards deeds/>
            <NewChannel deeds/>
            <Logins deeds/>
            <Crowds cards deeds/>
            <ClockCard platform deeds/>
            <MannersCard platform deeds/>
            <StateCard platform deeds/>
        </div>
    }
}
