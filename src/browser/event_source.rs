//! Server-sent events with a memory: after a cut the stream is opened again and says what it had
//! last, so that the server can send what was missed.

use super::window;
use gloo_timers::callback::Timeout;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// One event of the stream.
pub struct Event {
    /// The sequence number that the server gave it; empty when it gave none.
    pub id: String,
    /// The event's data, as sent.
    pub data: String,
    /// Its name; `message` when the server gave it none.
    pub name: String,
}

/// How the stream is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum State {
    /// Not yet open for the first time.
    #[default]
    Connecting,
    /// Open.
    Open,
    /// Cut; it is being opened again.
    Lost,
}

/// A stream that stays open until it is dropped.
pub struct Stream {
    inner: Rc<Inner>,
}

struct Inner {
    url: Box<dyn Fn(&str) -> String>,
    on_event: Box<dyn Fn(Event)>,
    on_state: Box<dyn Fn(State)>,
    last: RefCell<String>,
    attempts: RefCell<u32>,
    source: RefCell<Option<Source>>,
    retry: RefCell<Option<Timeout>>,
}

struct Source {
    source: EventSource,
    _handlers: (Closure<dyn FnMut(MessageEvent)>, Handler, Handler),
}

/// A handler that is told nothing.
type Handler = Closure<dyn FnMut()>;

impl Drop for Source {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Opens a stream. `url` is given the id of the last event that arrived (empty at first), because
/// the browser's own `Last-Event-ID` is lost whenever a new `EventSource` must be made.
pub fn open(
    url: impl Fn(&str) -> String + 'static,
    on_event: impl Fn(Event) + 'static,
    on_state: impl Fn(State) + 'static,
) -> Stream {
    let inner = Rc::new(Inner {
        url: Box::new(url),
        on_event: Box::new(on_event),
        on_state: Box::new(on_state),
        last: RefCell::default(),
        attempts: RefCell::default(),
        source: RefCell::default(),
        retry: RefCell::default(),
    });
    inner.connect();
    Stream { inner }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.inner.source.replace(None);
        self.inner.retry.replace(None);
    }
}

impl Inner {
    fn connect(self: &Rc<Self>) {
        if window().is_none() {
            return;
        }
        let Ok(source) = EventSource::new(&(self.url)(&self.last.borrow())) else { return self.retry_later() };
        let weak = Rc::downgrade(self);
        let message = Closure::new(move |event: MessageEvent| {
            let (Some(inner), Some(data)) = (weak.upgrade(), event.data().as_string()) else { return };
            let id = event.last_event_id();
            if !id.is_empty() {
                inner.last.replace(id.clone());
            }
            (inner.on_event)(Event { id, data, name: event.type_() });
        });
        let weak = Rc::downgrade(self);
        let opened = Closure::new(move || {
            let Some(inner) = weak.upgrade() else { return };
            inner.attempts.replace(0);
            (inner.on_state)(State::Open);
        });
        let weak = Rc::downgrade(self);
        let failed = Closure::new(move || {
            let Some(inner) = weak.upgrade() else { return };
            (inner.on_state)(State::Lost);
            inner.retry_later();
        });
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        // Events with a name are not given to `onmessage`; this listener ends with its source.
        let _ = source.add_event_listener_with_callback("here", message.as_ref().unchecked_ref());
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        self.source.replace(Some(Source { source, _handlers: (message, opened, failed) }));
    }

    /// Half a second at first, then longer, at most eight: a restarted server is found at once, one
    /// that stays away is not hammered.
    fn retry_later(self: &Rc<Self>) {
        let attempt = self.attempts.replace_with(|n| n.saturating_add(1));
        let weak = Rc::downgrade(self);
        let wait = (500_u32 << attempt.min(4)).min(8_000);
        self.retry.replace(Some(Timeout::new(wait, move || {
            if let Some(inner) = weak.upgrade() {
                inner.source.replace(None);
                inner.connect();
            }
        })));
    }
}
