//! A LINE platform to hold in the hand: its HTTP API, its webhooks and its phones. It speaks to the
//! rest of the house only over HTTP, keeps its own database, and can be told to misbehave.
//!
//! `world` is what exists (channels, friends, groups, messages), as plain data behind one lock;
//! `mailing` is what many people got at once, which is kept once; `crowd` is many people at once, who are
//! not kept at all.
//! What changes it stands in `friend` (the phones' side) and `platform` (the bots' side, LINE's API
//! as line-platform.md describes it); `login` and `liff` are LINE Login and the pages that open inside LINE;
//! `host` tells LINE's hosts apart. What follows from a change (webhooks, live phones, the
//! database) is collected by the world and sent off by `state`. `control` is how tests play friends.

pub mod api;
pub mod model;
pub mod view;

#[cfg(feature = "ssr")]
pub mod archive;
#[cfg(feature = "ssr")]
mod clock;
#[cfg(feature = "ssr")]
pub mod control;
#[cfg(feature = "ssr")]
pub mod crowd;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
mod desk;
#[cfg(feature = "ssr")]
mod docs;
#[cfg(feature = "ssr")]
pub mod fault;
#[cfg(feature = "ssr")]
mod friend;
#[cfg(feature = "ssr")]
mod host;
#[cfg(feature = "ssr")]
mod liff;
#[cfg(feature = "ssr")]
mod login;
#[cfg(feature = "ssr")]
mod mailing;
#[cfg(feature = "ssr")]
mod mint;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod phone;
#[cfg(feature = "ssr")]
mod picture;
#[cfg(feature = "ssr")]
mod platform;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod webhook;
#[cfg(feature = "ssr")]
mod wire;
#[cfg(feature = "ssr")]
pub mod world;
