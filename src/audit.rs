//! Who did what: a log that is only ever added to, searched and downloaded by those who manage the team. It names
//! operators and accounts; what concerns a customer is named by an id, so that erasing a person leaves nothing here.

pub mod api;
pub mod model;
pub mod view;

#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
