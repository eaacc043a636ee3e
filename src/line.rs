//! LINE as data (both sides) and as a wire (server only).

#[cfg(feature = "ssr")]
pub mod client;
pub mod count;
pub mod event;
pub mod message;
#[cfg(feature = "ssr")]
pub mod signature;
pub mod sticker;
pub mod sticon;
