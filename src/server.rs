//! The server: everything that is not a room and does not run in a browser.

pub mod assets;
pub mod backup;
pub mod check;
pub mod command;
pub mod config;
pub mod db;
pub mod demo;
pub mod fault;
pub mod film;
pub mod hub;
pub mod jobs;
pub mod media;
pub mod password;
pub mod picture;
pub mod qr;
pub mod router;
pub mod run;
pub mod security;
pub mod session;
pub mod state;
pub mod telemetry;
pub mod vault;
