//! LINE Official Accounts that are connected: their credentials, and whether everything is right.

pub mod api;
pub mod model;
pub mod view;

#[cfg(feature = "ssr")]
pub mod directory;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
