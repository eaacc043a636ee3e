//! Saved messages: what operators send again and again, with the friend's name and the like filled in. Some belong to
//! the whole team, some to one operator.

pub mod api;
pub mod model;
pub mod view;

#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
