//! Holding a bubble: the other mouse button, a long touch, or its own button.

use super::talk::Talk;
use crate::simulator::model::Message;
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// How long a touch must last.
const LONG: Duration = Duration::from_millis(450);
/// How far a finger may move meanwhile.
const SLACK: i32 = 10;

/// One bubble that can be held.
#[derive(Clone, Copy)]
pub struct Hold {
    talk: Talk,
    message: StoredValue<Message>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Where the finger came down.
    from: StoredValue<(i32, i32)>,
}

impl Hold {
    /// For this message.
    pub fn new(talk: Talk, message: Message) -> Self {
        Self { talk, message: StoredValue::new(message), timer: StoredValue::new(None), from: StoredValue::new((0, 0)) }
    }

    fn open(self, at: (i32, i32)) {
        self.message.try_with_value(|message| self.talk.hold(message, at));
    }

    /// The other mouse button, or what a browser takes for it. Links and players keep their own menus.
    pub fn menu(self, event: &ev::MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let own = target.is_some_and(|target| matches!(target.closest("a, video, audio"), Ok(Some(_))));
        if !own {
            event.prevent_default();
            self.open((event.client_x(), event.client_y()));
        }
    }

    /// A finger comes down.
    pub fn down(self, event: &ev::PointerEvent) {
        self.let_go();
        if event.pointer_type() != "touch" {
            return;
        }
        let at = (event.client_x(), event.client_y());
        self.from.set_value(at);
        self.timer.set_value(set_timeout_with_handle(move || self.open(at), LONG).ok());
    }

    /// The finger moves: a little is still holding.
    pub fn moved(self, event: &ev::PointerEvent) {
        let (x, y) = self.from.get_value();
        if (event.client_x() - x).abs().max((event.client_y() - y).abs()) > SLACK {
            self.let_go();
        }
    }

    /// The finger goes away, or the browser takes it for scrolling.
    pub fn let_go(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// Its own button, by mouse or keyboard.
    pub fn press(self, event: &ev::MouseEvent) {
        let button = event_target::<web_sys::Element>(event).get_bounding_client_rect();
        #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
        self.open((button.left() as i32, button.bottom() as i32));
    }
}
