//! The design system: the looks and manners of buttons, fields, dialogs and the like. It knows no
//! room; texts come in from outside, or are the few that every screen shares.

pub mod avatar;
pub mod badge;
pub mod banner;
pub mod button;
pub mod copy;
pub mod dialog;
pub mod empty;
pub mod field;
pub mod icon;
pub mod menu;
pub mod page_title;
pub mod phone;
pub mod picker;
pub mod progress;
pub mod text_area;
pub mod theme;
pub mod time;
pub mod toast;

pub use avatar::{Avatar, AvatarSize};
pub use badge::{Badge, Tag, Tone};
pub use banner::Banner;
pub use button::{Button, ButtonKind, LinkButton};
pub use copy::CopyButton;
pub use dialog::Dialog;
pub use empty::EmptyState;
pub use field::{Field, FormError, SelectField, failure, field_error};
pub use icon::{Icon, IconView, Sprite};
pub use menu::Menu;
pub use page_title::PageTitle;
pub use picker::{Picked, Picker};
pub use progress::{Progress, Skeleton, Spinner};
pub use text_area::TextArea;
pub use theme::{Theme, ThemePicker};
pub use time::{Clock, Time, TimeStyle};
pub use toast::{ToastHost, Toasts};

use leptos::prelude::*;

/// False in the server's HTML, true once the page is alive: a control that needs the browser side
/// is disabled until then.
pub fn hydrated() -> ReadSignal<bool> {
    let (alive, set_alive) = signal(false);
    Effect::new(move |_| set_alive.set(true));
    alive
}
