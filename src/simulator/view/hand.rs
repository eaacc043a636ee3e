//! What a friend's finger does: taps on messages, on quick replies and on the rich menu, all in one way. The phone
//! does what it does by itself, and tells the platform what it is to know.

use super::{
    deed::Deeds,
    phone::{Phone, use_phone},
    place::Place,
    wanted::{Wanted, Wish},
};
use crate::{
    browser::clipboard,
    simulator::{
        api,
        model::{self, Picker, Tap, action_at},
    },
    ui::{hydrated, phone},
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;

/// What was tapped.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// An area of a rich menu, counted from 0.
    Menu {
        /// The menu's id.
        menu: String,
        /// Which.
        area: u32,
    },
    /// An action of a message.
    Message {
        /// The message's id.
        message: String,
        /// Where the action stands in it.
        pointer: String,
    },
}

/// A friend's hand in one room. It outlives what is drawn of the room, which is made anew whenever that has changed.
#[derive(Clone, Copy)]
pub struct Hand {
    user: Signal<String>,
    room: Signal<String>,
    deeds: Deeds,
    /// The phone.
    pub phone: Phone,
    wish: Wish,
    /// The rich menu is open or closed; as the menu wants it before that.
    open: RwSignal<Option<bool>>,
    /// What is to be told about, once a date or time has been picked.
    asking: RwSignal<Option<(Target, Picker)>>,
    copied: RwSignal<bool>,
    /// The message whose quick replies are gone although nothing was said.
    answered: RwSignal<Option<String>>,
    alive: Signal<bool>,
}

impl Hand {
    /// A hand on the phone of `user`, in a room; `wish` is heard by the line to write in.
    pub fn new(user: Signal<String>, room: Signal<String>, deeds: Deeds, wish: Wish) -> Self {
        let hand = Self {
            user,
            room,
            deeds,
            phone: use_phone(),
            wish,
            open: RwSignal::new(None),
            asking: RwSignal::new(None),
            copied: RwSignal::new(false),
            answered: RwSignal::new(None),
            alive: hydrated().into(),
        };
        // Another room: as if it had just been opened.
        Effect::new(move |before: Option<String>| {
            let now = room.get();
            if before.is_some_and(|before| before != now) {
                hand.open.set(None);
                hand.asking.set(None);
                hand.copied.set(false);
            }
            now
        });
        hand
    }

    /// Something happens when one taps.
    pub fn alive(self) -> bool {
        self.alive.get()
    }

    /// Whether the rich menu was opened or closed; none before.
    pub fn menu_open(self) -> Option<bool> {
        self.open.get()
    }

    /// Opens or closes the rich menu.
    pub fn open_menu(self, open: bool) {
        self.open.set(Some(open));
    }

    /// What is asked for at this moment.
    pub fn asking(self) -> Option<(Target, Picker)> {
        self.asking.get()
    }

    /// Puts the question away.
    pub fn dismiss(self) {
        self.asking.set(None);
    }

    /// Something was just copied.
    pub fn copied(self) -> bool {
        self.copied.get()
    }

    /// Whether the quick replies of a message are gone.
    pub fn has_answered(self, message: &str) -> bool {
        self.answered.with(|answered| answered.as_deref() == Some(message))
    }

    /// For the taps on a message. `body` is its object.
    pub fn taps(self, message: String, body: Value) -> phone::Taps {
        phone::Taps::to(Callback::new(move |phone::Act { at, action }| {
            if action["type"] == "coupon" {
                let id = action["couponId"].as_str().unwrap_or_default();
                return self.phone.go(Place::Coupon { id: id.to_owned() });
            }
            // An address in a text is no action of the message's.
            if at.is_empty() {
                return self.tap_address(message.clone(), &action);
            }
            // Imagemaps have words of their own for the same things.
            let action = action_at(&body, &at).unwrap_or(action);
            self.tap(Target::Message { message: message.clone(), pointer: at }, &Tap::of(&action));
        }))
    }

    fn tap_address(self, message: String, action: &Value) {
        if let Tap::Open { uri } = Tap::of(action) {
            self.phone.open_uri(&uri);
            self.count(Target::Message { message, pointer: String::new() }, uri);
        }
    }

    /// Tells the platform of a tap of which nothing follows, so that it is counted. What it makes of that is nothing
    /// to a phone: links also open in rooms of accounts that are blocked by now.
    fn count(self, target: Target, value: String) {
        let (user, room) = (self.user.get_untracked(), self.room.get_untracked());
        spawn_local(async move {
            let _ = match target {
                Target::Menu { menu, area } => api::tap(user, room, menu, area, value).await,
                Target::Message { message, pointer } => api::act(user, room, message, pointer, value).await,
            };
        });
    }

    /// Tells the platform. `value` is what was picked, or empty.
    pub fn send(self, target: Target, value: String) {
        let (user, room) = (self.user.get_untracked(), self.room.get_untracked());
        match target {
            Target::Menu { menu, area } => self.deeds.run(api::tap(user, room, menu, area, value), |_| ()),
            Target::Message { message, pointer } => {
                self.deeds.run(api::act(user, room, message, pointer, value), |_| ());
            }
        }
    }

    /// Does what the phone does by itself, and tells the platform what it is to know.
    pub fn tap(self, target: Target, tap: &Tap) {
        self.copied.set(false);
        match tap {
            Tap::Send => {}
            Tap::Switch => self.open.set(Some(true)),
            Tap::Postback { input, fill_in } => match input.as_str() {
                "openRichMenu" => self.open.set(Some(true)),
                "closeRichMenu" => self.open.set(Some(false)),
                "openVoice" => {
                    self.open.set(Some(false));
                    self.wish.ask(Wanted::Voice);
                }
                "openKeyboard" => {
                    self.open.set(Some(false));
                    self.wish.ask(Wanted::Keyboard { fill_in: fill_in.clone() });
                }
                _ => {}
            },
            Tap::Pick { picker } => return self.asking.set(Some((target, picker.clone()))),
            Tap::Copy { text } => {
                clipboard::copy(text);
                self.copied.set(true);
                self.put_away(&target);
                return self.count(target, String::new());
            }
            Tap::Open { uri } => {
                self.phone.open_uri(uri);
                self.put_away(&target);
                return self.count(target, String::new());
            }
            // The answers stay until something has been sent.
            Tap::Want { wanted } => {
                return self.wish.ask(match wanted {
                    model::Wanted::Camera => Wanted::Camera,
                    model::Wanted::CameraRoll => Wanted::CameraRoll { many: true },
                    model::Wanted::Location => Wanted::Location,
                });
            }
        }
        self.put_away(&target);
        self.send(target, String::new());
    }

    /// A quick reply that was tapped takes the others with it.
    fn put_away(self, target: &Target) {
        if let Target::Message { message, pointer } = target
            && pointer.starts_with("/quickReply/")
        {
            self.answered.set(Some(message.clone()));
        }
    }
}
