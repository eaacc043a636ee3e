//! The people who work in the console: who they are, what they may do, how they log in.

pub mod api;
pub mod model;
pub mod view;

#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
