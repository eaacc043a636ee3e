//! What something else on a phone may ask of the line to write in: an action inside a message opens the camera, the
//! pictures, the place to choose or the keyboard.

use leptos::prelude::*;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To take a picture or film.
    Camera,
    /// To choose pictures; several if it says so.
    CameraRoll {
        /// More than one may be chosen.
        many: bool,
    },
    /// To send a place.
    Location,
    /// To write, beginning with these words; what was being written stays when there are none.
    Keyboard {
        /// What to begin with.
        fill_in: String,
    },
    /// To record one's voice.
    Voice,
}

/// Where to ask; the room puts it into the context of everything in it.
#[derive(Clone, Copy)]
pub struct Wish(pub RwSignal<Option<Wanted>>);

impl Wish {
    /// Asks. From within a click: browsers open a camera for nobody else.
    pub fn ask(self, wanted: Wanted) {
        self.0.set(Some(wanted));
    }
}
